"""Writes docs/cli.md, docs/packs.md and the example in README.md from the program itself.

``--check`` only says whether they are current.
"""

from __future__ import annotations

import inspect
import re
import shlex
import subprocess
import sys
import tempfile
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import typer.main
from pydantic import BaseModel
from pydantic.fields import FieldInfo

EXAMPLE = re.compile(r"(?P<head>```text\n\$ (?P<line>communique [^\n]+)\n).*?\n```", re.DOTALL)
IDS = re.compile(r"\b[a-z][0-9a-f]{20}\b")  # they change with every field that a rule adds
HERE = Path(__file__).resolve().parent
NOTE = "<!-- Written by `make reference`. Change the code, not this page. -->\n\n"

PACKS_INTRO = """# Fields of the packs

Packs are YAML under `packs/`. They are found by walking the folders; nothing is registered. A field that does not
exist, a missing one, or a value of the wrong type stops the program with file and line.

| folder | one pack is | fields |
|---|---|---|
| `packs/languages/` | a folder `<code>/` of files, or one file `<code>.yaml` | [LanguagePack](#languagepack) |
| `packs/mechanisms/` | a file | [MechanismPack](#mechanismpack) |
| `packs/outlets/` | a file | [OutletPack](#outletpack) |
| `packs/readings/` | a file | [ReadingsPack](#readingspack) |
| `packs/posts/` | a file | [PostsPack](#postspack) |
| `packs/levels/` | a file | [LevelsPack](#levelspack) |
    tops = (MechanismPack, OutletPack, ReadingsPack, PostsPack, LevelsPack, TablePack, EventsPack, BriefPack)
    for top in (LanguagePack, *FILES.values(), *tops):

In a language's folder, a file named after a section (`states.yaml`, `blocs.yaml`, `places.yaml`, `ranks.yaml`,
`persons.yaml`, `offices.yaml`) holds that section; the top-level keys of all other files are the sections that they
name, and lists that stand in two files (rules) are joined.

Every pack carries `cases`: texts written for it, with what must be found and what must be left alone. `make test` runs
them. No sentence of a case is copied from a source.
"""


def main() -> int:
    """Write the pages, or with ``--check`` return 1 where one is not current."""
    stale = []
    readme = HERE.parent / "README.md"
    made = {HERE / "cli.md": command_line(), HERE / "packs.md": packs(), readme: example(readme.read_text("utf-8"))}
    for page, text in made.items():
        if page.exists() and IDS.sub("id", page.read_text(encoding="utf-8")) == IDS.sub("id", text):
            continue
        if "--check" in sys.argv:
            stale.append(page.name)
        else:
            page.write_text(text, encoding="utf-8")
            print(f"wrote {page.name}")
    if stale:
        print(f"not current: {', '.join(stale)}. Run: make reference", file=sys.stderr)
    return 1 if stale else 0


def example(readme: str) -> str:
    """Return the README with the outputs of its examples, which are run on the demo pages.

    An example is a block that begins with ``$ communique ...``; the line is run by the shell as it stands.
    """
    pages = str(HERE.parent / "cases" / "demo")
    with tempfile.TemporaryDirectory() as folder:
        _run(f"communique read {shlex.quote(pages)}", folder)

        def block(m: re.Match[str]) -> str:
            lines = _run(m["line"], folder).strip("\n").splitlines()
            return f"{m['head']}{chr(10).join(line.rstrip() for line in lines)}\n```"

        return EXAMPLE.sub(block, readme)


def _run(line: str, folder: str) -> str:
    program = f"{shlex.quote(sys.executable)} -c 'from communique.cli import main; main()'"
    script = f'communique() {{ {program} "$@"; }}\n{line}'
    return subprocess.run(["bash", "-c", script], cwd=folder, check=True, capture_output=True, encoding="utf-8").stdout


def command_line() -> str:
    """Return the page of the command line."""
    from communique.cli import app

    root: Any = typer.main.get_command(app)
    pages = [NOTE, "# Command line\n\n", _help(root), "\n"]
    for path, command in _commands(root, ("communique",)):
        pages += [f"## {' '.join(path)}\n\n", _help(command), "\n"]
        usage = command.get_usage(click.Context(command, info_name=" ".join(path))).removeprefix("Usage: ")
        pages += ["```text\n", " ".join(usage.split()), "\n```\n\n"]
        rows = [_row(p) for p in command.params if not getattr(p, "hidden", False)]
        if rows:
            pages += ["| option or argument | default | what it is |\n|---|---|---|\n", *rows, "\n"]
    return "".join(pages).rstrip("\n") + "\n"


def _commands(group: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, command in group.commands.items():
        if command.hidden:
            continue
        if hasattr(command, "commands"):
            if command.invoke_without_command:
                yield (*path, name), command
            yield from _commands(command, (*path, name))
        else:
            yield (*path, name), command


def _help(command: Any) -> str:
    text = inspect.cleandoc(command.help or "").replace("\b\n", "").replace("\f", "")
    out: list[str] = []
    for block in re.split(r"\n\s*\n", text):
        code = block.lstrip().startswith(("communique ", "$ "))
        if code and out and out[-1].startswith("```"):
            out[-1] = out[-1].removesuffix("```") + f"{block.strip()}\n```"
        else:
            out.append(f"```text\n{block.strip()}\n```" if code else block.strip())
    return "\n\n".join(filter(None, out)) + "\n"


def _row(param: Any) -> str:
    option = param.opts[0].startswith("-")
    names = (
        ", ".join(f"`{n}`" for n in (*param.opts, *param.secondary_opts))
        if option
        else f"`{param.metavar or param.name.upper()}`"
    )
    value = param.default
    plain = isinstance(value, str | int | float) and value is not False and value != ""
    words = " ".join((getattr(param, "help", None) or "").split())
    choices = getattr(getattr(param, "type", None), "choices", None)
    if choices:
        words += f" One of: {', '.join(str(getattr(c, 'value', c)) for c in choices)}."
    words = words.replace("|", "\\|")
    return f"| {names} | {f'`{value}`' if plain else ''} | {words} |\n"


def packs() -> str:
    """Return the page of the packs' fields."""
    from communique.loader.briefs import BriefPack
    from communique.loader.events import EventsPack
    from communique.loader.gazetteer import FILES, MechanismPack
    from communique.loader.language import LanguagePack
    from communique.loader.levels import LevelsPack
    from communique.loader.outlet import OutletPack
    from communique.loader.posts import PostsPack
    from communique.loader.readings import ReadingsPack
    from communique.loader.schema import TablePack

    models: dict[str, type[BaseModel]] = {}
    tops = (MechanismPack, OutletPack, ReadingsPack, PostsPack, LevelsPack, TablePack, EventsPack, BriefPack)
    for top in (LanguagePack, *FILES.values(), *tops):
        _collect(top, models)
    parts = [NOTE, PACKS_INTRO]
    for label, model in models.items():
        parts += [f"\n## {label}\n\n", _doc(model), "\n| field | type | default |\n|---|---|---|\n"]
        labels = {m: shown for shown, m in models.items()}
        parts += [_field(name, field, labels) for name, field in model.model_fields.items()]
    return "".join(parts)


def _collect(model: type[BaseModel], into: dict[str, type[BaseModel]]) -> None:
    if model in into.values():
        return
    label = model.__name__
    if label in into:
        label = f"{label} ({model.__module__.rpartition('.')[2]})"
    into[label] = model
    for field in model.model_fields.values():
        for inner in _inside(field.annotation):
            _collect(inner, into)


def _inside(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and not typing.get_args(annotation):
        if issubclass(annotation, BaseModel):
            yield annotation
        return
    for part in typing.get_args(annotation):
        yield from _inside(part)


def _doc(model: type[BaseModel]) -> str:
    """Return the docstring, its ``Attributes:`` as a list."""
    lines = inspect.cleandoc(model.__doc__ or "").splitlines()
    out = []
    for line in lines:
        if line.strip() == "Attributes:":
            continue
        bare = line.strip()
        name, colon, rest = bare.partition(": ")
        if line.startswith("    ") and not line.startswith("     ") and colon and " " not in name.replace(", ", ","):
            out.append(f"- `{name}`: {rest}")
        else:
            out.append(f"  {bare}" if line.startswith("     ") else bare)
    return "\n".join(out).replace("``", "`") + "\n"


def _field(name: str, field: FieldInfo, labels: dict[type[BaseModel], str]) -> str:
    if field.is_required():
        default = "required"
    else:
        value = field.get_default(call_default_factory=True)
        plain = value is None or isinstance(value, str | int | float | bool) or value == ()
        default = f"`{value!r}`" if plain else "`{}`" if value == {} else "`[]`" if value == [] else "as its model"
    return f"| `{name}` | {_type(field.annotation, labels)} | {default} |\n"


def _type(annotation: Any, labels: dict[type[BaseModel], str]) -> str:
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Literal:
        return " \\| ".join(f"`{a}`" for a in args)
    if origin in (typing.Union, types.UnionType):
        return " or ".join("nothing" if a is type(None) else _type(a, labels) for a in args)
    if origin is typing.Annotated:
        return _type(args[0], labels)
    if origin in (list, tuple, set, frozenset):
        inner = [a for a in args if a is not Ellipsis]
        words = [_type(a, labels) for a in inner]
        return f"list of {words[0]}" if len(words) == 1 else f"list: {', '.join(words)}"
    if origin is dict:
        return f"{_type(args[0], labels)} → {_type(args[1], labels)}"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        label = labels[annotation]
        anchor = label.lower().replace(" ", "-").replace("(", "").replace(")", "")
        return f"[{annotation.__name__}](#{anchor})"
    names = {"str": "text", "int": "number", "float": "number", "bool": "yes or no", "Pattern": "regular expression"}
    word = getattr(origin or annotation, "__name__", str(annotation))
    return names.get(word, word)


if __name__ == "__main__":
    sys.exit(main())
