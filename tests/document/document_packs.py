"""The packs that this stage needs, and no others, so that a fault elsewhere does not hide one here."""

from __future__ import annotations

from communique.document import read
from communique.loader import yamlfile
from communique.loader.detect import DetectPack
from communique.loader.language import LanguagePack
from communique.loader.outlet import load_outlets
from communique.loader.packs import Packs, root
from communique.model import Document, Raw


def _languages() -> dict[str, LanguagePack]:
    found = {}
    for path in sorted((root() / "languages").glob("*/detect.yaml")):
        data, lines = yamlfile.read(path)
        yamlfile.check(LanguagePack, data, lines, path)
        found[data["code"]] = LanguagePack(code=data["code"], detect=DetectPack(**data["detect"]))
    return found


PACKS = Packs(root(), _languages(), (), load_outlets(root() / "outlets"), {})
DETECT = [pack.detect for pack in PACKS.languages.values() if pack.detect]


def read_text(text: str, media: str = "text/plain", source: str = "page.txt", url: str | None = None) -> Document:
    return read_bytes(text.encode("utf-8", "surrogatepass"), media, source, url)


def read_bytes(data: bytes, media: str = "text/plain", source: str = "page.txt", url: str | None = None) -> Document:
    return read(Raw(source, data, media, source, url), PACKS)
