"""Finding and checking packs: everything that is known, as frozen data. Nothing is registered; folders are walked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from communique.errors import PackError
from communique.loader import yamlfile
from communique.loader.events import EventsPack
from communique.loader.gazetteer import FILES, MechanismPack
from communique.loader.language import LanguagePack
from communique.loader.levels import LevelsPack
from communique.loader.outlet import OutletPack
from communique.loader.posts import PostsPack
from communique.loader.readings import ReadingsPack
from communique.loader.schema import TablePack


@dataclass(frozen=True, eq=False)
class Packs:
    """All packs. Compared by identity, so that what is compiled from them can be kept beside them."""

    root: Path
    languages: dict[str, LanguagePack]
    mechanisms: tuple[MechanismPack, ...]
    outlets: tuple[OutletPack, ...]
    schema: dict[str, TablePack]
    readings: tuple[ReadingsPack, ...] = ()
    posts: tuple[PostsPack, ...] = ()
    levels: tuple[LevelsPack, ...] = ()
    events: tuple[EventsPack, ...] = ()


def root() -> Path:
    """Return the folder of the packs that ship with the program.

    Raises:
        PackError: there is none.
    """
    here = Path(__file__).resolve().parent.parent
    for folder in (here / "packs", here.parent / "packs"):
        if folder.is_dir():
            return folder
    raise PackError("the packs are missing", where=str(here), remedy="install communique again")


@lru_cache(maxsize=4)
def load(folder: Path | None = None) -> Packs:
    """Read and check all packs below ``folder`` (default: those that ship).

    Raises:
        PackError: a file that does not hold, with file and line.
    """
    top = folder or root()
    languages = {p.code: p for p in (_language(at) for at in _entries(top / "languages"))}
    mechanisms = tuple(_file(MechanismPack, at) for at in _files(top / "mechanisms"))
    outlets = tuple(_file(OutletPack, at) for at in _files(top / "outlets"))
    schema = {p.kind: p for p in (_file(TablePack, at) for at in _files(top / "schema"))}
    readings = tuple(_file(ReadingsPack, at) for at in _files(top / "readings"))
    posts = tuple(_file(PostsPack, at) for at in _files(top / "posts"))
    levels = tuple(_file(LevelsPack, at) for at in _files(top / "levels"))
    events = tuple(_file(EventsPack, at) for at in _files(top / "events"))
    seen: dict[str, str] = {}
    for m in mechanisms:
        if m.id in seen:
            raise PackError(f"mechanism {m.id!r} stands twice", where=str(top / "mechanisms"), remedy="rename one")
        seen[m.id] = m.id
    return Packs(top, languages, mechanisms, outlets, schema, readings, posts, levels, events)


def _files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*.yaml") if not p.name.startswith("."))


def _entries(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if p.is_dir() or p.suffix == ".yaml") if folder.is_dir() else []


def _file(model: Any, path: Path) -> Any:
    data, lines = yamlfile.read(path)
    return yamlfile.check(model, data, lines, path)


def _language(at: Path) -> LanguagePack:
    """Merge the files of one language; a list in two files is joined (rules), any other key stands once."""
    merged: dict[str, Any] = {}
    for path in [at] if at.is_file() else _files(at):
        if at.is_dir() and path.stem in FILES and path.parent == at:
            merged[path.stem] = _file(FILES[path.stem], path)
            continue
        data, lines = yamlfile.read(path)
        if not isinstance(data, dict):
            raise PackError("a pack is a mapping", where=f"{path}:1", remedy="begin with a field such as code:")
        for key, value in data.items():
            if key not in LanguagePack.model_fields:
                raise PackError(
                    f"unknown field {key!r}",
                    where=f"{path}:{yamlfile.line_of(lines, (key,))}",
                    remedy=f"one of: {', '.join(sorted(LanguagePack.model_fields))}",
                )
            _check_section(key, value, lines, path)
            if key in merged and isinstance(value, list) and isinstance(merged[key], list):
                merged[key] = [*merged[key], *value]
            elif key in merged and merged[key] != value:
                where = f"{path}:{yamlfile.line_of(lines, (key,))}"
                raise PackError(f"{key!r} stands in two files", where=where, remedy="keep one")
            else:
                merged[key] = value
    merged.setdefault("code", at.stem)
    return yamlfile.check(LanguagePack, merged, {}, at)


def _check_section(key: str, value: Any, lines: yamlfile.Lines, path: Path) -> None:
    """Check one section by itself, so that the error names the line of this very file."""
    probe = {"code": "x", key: value} if key != "code" else {"code": value}
    yamlfile.check(LanguagePack, probe, lines, path)
