"""The shape of the code: what may import what, what the engine may not name, and how big a thing may grow."""

from __future__ import annotations

import ast
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
ENGINE = ROOT / "communique"
PACKS = ROOT / "packs"
MODULES = sorted(p for p in ENGINE.rglob("*.py") if not {"packs", "demo"} & set(p.relative_to(ENGINE).parts))

# The sentence of the design, left to right. A module imports from its own stage, from those before it, and from
# the ground: model, errors, a rest for the collector, and the loader of packs. What is made from views is offered by
# every end.
STAGES = ("source", "document", "mentions", "claims", "record", "store", "views")
MADE = ("briefs", "charts", "feeds")
ENDS = ("exports", "imports", "web", "cli")
GROUND = ("model", "errors", "resting", "loader")
TIES = ("flow", "engines", "demo", "api")

# Words of the engine that happen to be spelt like a word of a pack. Each needs its reason.
ALLOWED: dict[str, str] = {"id": "what every row is found by; also the code of Indonesian"}

MOST_LINES = 400
DEEPEST = 3  # below communique/, packs/, cases/, tests/


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _stage(path: Path) -> str:
    first = path.relative_to(ENGINE).parts[0]
    return first.removesuffix(".py")


def may_import(stage: str, other: str) -> bool:
    """Whether a module of ``stage`` may import from ``other``."""
    if stage == other or other in GROUND and stage not in GROUND or other == "__init__":
        return True
    if stage in GROUND:
        return other in GROUND[: GROUND.index(stage)] or (stage == "model" and other == "errors")
    if stage in STAGES:
        return other in STAGES[: STAGES.index(stage)]
    if stage in MADE:
        return other in STAGES + MADE
    if stage in TIES:
        return other in STAGES + MADE + ENDS + TIES
    return other in STAGES + MADE + TIES + (ENDS if stage in ("cli", "__main__") else ())


def imports(source: str, module: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Yield line and first folder of every import from ``communique`` in ``source``.

    What is imported for the type checker alone counts too, but for ``flow``: a store may say in its
    signature that it takes the reading that the flow gives.
    """
    tree = ast.parse(source)
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level:
            base = module[: len(module) - node.level]
            names = [".".join(("communique", *base, *filter(None, [node.module])))]
        elif isinstance(node, ast.ImportFrom) and node.module == "communique":
            names = [
                f"communique.{a.name}"
                for a in node.names
                if (ENGINE / a.name).exists() or (ENGINE / f"{a.name}.py").exists()
            ]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == "communique" and len(parts) > 1 and not (parts[1] == "flow" and node in for_types):
                yield node.lineno, parts[1]


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_imports_go_forward_only(path: Path) -> None:
    stage = _stage(path)
    backwards = [
        f"{_name(path)}:{line}: {stage} imports from {other}"
        for line, other in imports(path.read_text(encoding="utf-8"), path.relative_to(ENGINE).parts)
        if not may_import(stage, other)
    ]
    assert not backwards, "an import points backwards along the sentence:\n" + "\n".join(backwards)


def test_the_import_rule_itself() -> None:
    assert may_import("store", "record")
    assert not may_import("record", "store")
    assert not may_import("model", "loader")
    assert not may_import("views", "cli")
    assert not may_import("briefs", "web")
    assert may_import("web", "briefs")
    assert list(imports("from communique.views import find", ("store", "x.py"))) == [(1, "views")]


# --- what the engine may not name -------------------------------------------------------------------------------


@cache
def pack_words() -> dict[str, str]:
    """Words that belong to packs: codes of languages, names of outlets, names and acronyms of mechanisms."""
    words: dict[str, str] = {}
    for path in (PACKS / "languages").glob("*"):
        words[path.stem.lower()] = "a language"
    for path in sorted((PACKS / "outlets").rglob("*.yaml")):
        data = _read(path)
        if data.get("generic"):
            continue
        for word in (data.get("code"), data.get("name"), *data.get("hosts", [])):
            if word:
                words[str(word).lower()] = f"an outlet ({path.name})"
    for path in sorted((PACKS / "mechanisms").rglob("*.yaml")):
        data = _read(path)
        for word in (
            data.get("id"),
            data.get("acronym"),
            *_strings(data.get("acronyms")),
            *_strings(data.get("names")),
        ):
            if word:
                words[str(word).lower()] = f"a mechanism ({path.name})"
    return {w: what for w, what in words.items() if w not in ALLOWED}


def _read(path: Path) -> dict[str, Any]:
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return data if isinstance(data, dict) else {}


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def foreign_letters(text: str) -> set[str]:
    """Letters of a language that the engine must not know: CJK, kana, hangul, and Latin with Vietnamese marks."""
    found = set()
    for letter in set(text):
        if ord(letter) < 0x80:
            continue
        name = unicodedata.name(letter, "")
        base = unicodedata.normalize("NFD", letter)
        if (
            name.startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "IDEOGRAPHIC", "FULLWIDTH"))
            or name.startswith("LATIN")
            and (len(base) > 1 or "STROKE" in name)
        ):
            found.add(letter)
    return found


def named(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and word of every identifier and whole string literal, docstrings apart."""
    tree = ast.parse(source)
    docs = {
        id(n.body[0].value)
        for n in ast.walk(tree)
        if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and n.body
        and isinstance(n.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value
        elif isinstance(node, ast.Name):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            for word in node.name.split("_"):
                yield node.lineno, word


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_engine_names_no_language_outlet_or_mechanism(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    letters = {
        f"{_name(path)}:{n}: the letter {letter!r}"
        for n, line in enumerate(text.splitlines(), 1)
        for letter in foreign_letters(line)
    }
    words = pack_words()
    names = {
        f"{_name(path)}:{line}: {word!r} is {words[word.lower()]}"
        for line, word in named(text)
        if word.lower() in words and not (path.name == "__init__.py" and word == "communique")
    }
    found = sorted(letters | names)
    assert not found, "this belongs into a pack:\n" + "\n".join(found)


def test_the_naming_rule_itself() -> None:
    assert foreign_letters("plain – text… “quoted” × 2") == set()
    assert foreign_letters("越") == {"越"}
    assert foreign_letters("ảnh Đ") == {"ả", "Đ"}
    assert ("zh" in pack_words()) is (PACKS / "languages" / "zh").exists()
    assert {w for _, w in named('"""en"""\nx = "zh"\n')} == {"x", "zh"}


# --- packs --------------------------------------------------------------------------------------------------------


def packs_without_cases() -> list[str]:
    """Packs that carry no cases: a language is its folder, everything else its file."""
    bare = []
    for at in sorted((PACKS / "languages").iterdir()):
        files = [at] if at.is_file() else sorted(at.rglob("*.yaml"))
        if not any(_has_cases(_read(f)) for f in files):
            bare.append(_name(at))
    for folder in ("outlets", "mechanisms", "readings", "posts", "briefs"):
        bare += [_name(p) for p in sorted((PACKS / folder).rglob("*.yaml")) if not _has_cases(_read(p))]
    return bare


def _has_cases(value: Any) -> bool:
    if isinstance(value, dict):
        return bool(value.get("cases")) or any(_has_cases(v) for v in value.values())
    return isinstance(value, list) and any(_has_cases(v) for v in value)


def rules_without_cases() -> Iterator[str]:
    """Rules of language packs that carry no cases."""
    for path in sorted((PACKS / "languages").rglob("*.yaml")):
        data = _read(path)
        commitments = data.get("commitments") or {}
        for rule in [*(data.get("rules") or []), *(commitments.get("rules") or [])]:
            if not rule.get("cases"):
                yield f"{_name(path)}: {rule.get('id')}"


def test_every_pack_has_cases() -> None:
    assert not packs_without_cases(), "a pack needs cases: what it must find and what it must leave alone"


def test_every_rule_has_cases() -> None:
    assert not list(rules_without_cases())


# --- size and words -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_reads_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_folders_go_no_deeper_than_three() -> None:
    folders = {
        p.parent.relative_to(ROOT)
        for top in (ENGINE, PACKS, ROOT / "cases", ROOT / "tests")
        for p in top.rglob("*")
        if p.is_file() and "__pycache__" not in p.parts
    }
    deep = sorted(f.as_posix() for f in folders if len(f.parts) - 1 > DEEPEST)
    assert not deep


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_what_is_public_says_what_it_does(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = [] if ast.get_docstring(tree) or not tree.body else [f"{_name(path)}:1 module"]
    tops = list(tree.body) + [
        m for c in tree.body if isinstance(c, ast.ClassDef) and not c.name.startswith("_") for m in c.body
    ]
    for node in tops:
        public = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name[0] != "_"
        if public and ast.get_docstring(node) is None and not _overload(node):
            bare.append(f"{_name(path)}:{node.lineno} {node.name}")
    assert not bare


def _overload(node: ast.AST) -> bool:
    return any(ast.unparse(d).endswith("overload") for d in getattr(node, "decorator_list", []))


def test_no_debris_is_tracked() -> None:
    try:
        done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no git checkout here")
    rubbish = re.compile(r"(\.pyc|\.db|\.log|\.orig|~)$|__pycache__|\.egg-info")
    debris = [f for f in done.stdout.splitlines() if rubbish.search(f)]
    assert not debris


def test_no_file_names_a_registry_or_a_machine() -> None:
    try:
        done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no git checkout here")
    found = [
        name
        for name in done.stdout.splitlines()
        if name.endswith((".lock", ".toml", ".py", ".md", ".yaml", "Makefile", "run"))
        and name != "tests/test_shape.py"
        and re.search(r"--(extra-)?index-url|--find-links|/work/main|/home/\w+/", (ROOT / name).read_text("utf-8"))
    ]
    assert not found
