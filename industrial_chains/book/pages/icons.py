"""The theme's icons: of the 2,000 that it brings, those that the pages show."""

import re
import shutil
from pathlib import Path

import pydata_sphinx_theme
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

_ALL = Path(pydata_sphinx_theme.__file__).parent / "theme/pydata_sphinx_theme/static/vendor/fontawesome"
_NAME = re.compile(r"\bfa-[\w-]+")
_ICON = re.compile(r'(?:\.fa-[\w-]+:before,?)+\{content:"([^"]*)"\}')
_FACE = re.compile(r"@font-face\{[^{}]*?/(fa-[\w-]+)\.woff2[^{}]*\}")
_FILES = re.compile(r"src:[^;}]*")
#: Private use characters, as a style sheet writes them: as they are, or by number.
_SIGN = re.compile(r"[\ue000-\uf8ff]|\\(?:e|f)[0-9a-f]{3}\b")


def write(site: Path) -> None:
    """Put a style sheet and fonts with these icons alone in place of the theme's."""
    (whole,) = _ALL.iterdir()
    mine = site / "_static/vendor/fontawesome" / whole.name
    shutil.rmtree(mine, ignore_errors=True)
    (mine / "css").mkdir(parents=True)
    (mine / "webfonts").mkdir()
    shutil.copyfile(whole / "LICENSE.txt", mine / "LICENSE.txt")

    shown = {name for page in site.rglob("*.html") for name in _NAME.findall(page.read_text("utf-8"))}
    style = (whole / "css/all.min.css").read_text("utf-8")
    style = _ICON.sub(lambda rule: rule[0] if shown & set(_NAME.findall(rule[0])) else "", style)
    sheets = [style, *(sheet.read_text("utf-8") for sheet in (site / "_static/styles").glob("*.css"))]
    signs = {int(sign[1:], 16) if len(sign) > 1 else ord(sign) for sheet in sheets for sign in _SIGN.findall(sheet)}
    held = {font: _subset(whole, mine, font, signs) for font in set(_FACE.findall(style))}

    def face(rule: re.Match[str]) -> str:
        return _FILES.sub(f"src:url(../webfonts/{rule[1]}.woff)", rule[0]) if held[rule[1]] else ""

    (mine / "css/all.min.css").write_text(_FACE.sub(face, style), "utf-8")


def _subset(whole: Path, mine: Path, name: str, signs: set[int]) -> bool:
    """Write a font with some signs alone; whether it has any."""
    font = TTFont(whole / "webfonts" / f"{name}.ttf")
    found = signs & set(font.getBestCmap())
    if found:
        options = Options(layout_features=[])
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=found)
        subsetter.subset(font)
        font.flavor = "woff"
        font.save(mine / "webfonts" / f"{name}.woff")
    return bool(found)
