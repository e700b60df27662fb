"""What a pack's words are compiled into is kept: compiling them for every sentence made reading eight times slower."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import pytest

import communique.claims
import communique.mentions
from communique.loader import packs as loader
from communique.loader.gazetteer import StatesPack
from communique.loader.language import LanguagePack

PACKS = loader.load()
NAMES = ("grammar", "book", "rulebook", "words", "_grammar", "_titles")


def _compilers() -> list[str]:
    """The functions that compile the words of a pack, as ``module:name``."""
    found = []
    for package in (communique.claims, communique.mentions):
        for m in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(m.name)
            for name in NAMES:
                function = getattr(module, name, None)
                own = callable(function) and getattr(function, "__module__", None) == m.name
                if own and list(inspect.signature(function).parameters) == ["pack"]:
                    found.append(f"{m.name}:{name}")
    return sorted(found)


def test_there_are_some() -> None:
    assert len(_compilers()) >= 8


@pytest.mark.parametrize("language", sorted(PACKS.languages))
@pytest.mark.parametrize("compiler", _compilers())
def test_words_of_a_pack_are_compiled_once(compiler: str, language: str) -> None:
    module, _, name = compiler.partition(":")
    function = getattr(importlib.import_module(module), name)
    kind = str(inspect.signature(function).parameters["pack"].annotation)
    pack: LanguagePack | StatesPack | None = PACKS.languages[language]
    if kind == "StatesPack":
        pack = PACKS.languages[language].states
    if pack is None or kind not in ("LanguagePack", "StatesPack"):
        pytest.skip("of another part of a pack, or none there")
    assert function(pack) is function(pack)
