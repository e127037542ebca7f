"""The fonts that charts are drawn with.

They come from packages, so that a drawing is the same on every machine. Latin is Arimo, as wide as Arial, Helvetica and
Liberation Sans, with which most readers see a page. Chinese is Noto Sans SC. Each is given a family name that no system
has: of two fonts with one name, some machines would draw with the system's.
"""

from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile

import fontpkg_arimo
import pylopdf_fonts_zh_cn
import vl_convert
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from exhibits.errors import ExhibitError

#: The folder that keeps them, from that of the book.
PLACE = ".cache/fonts"
LATIN, CHINESE = "Exhibits Sans", "Exhibits Sans SC"

#: What a drawing depends on besides its specification.
PACKAGES = ("vl-convert-python", "fonttools", "fontpkg-arimo", "pylopdf-fonts-zh-cn")

#: The weights of Arial: a browser shows 600 in the nearer of these, and so does vl-convert.
_WEIGHTS = {400: "Regular", 700: "Bold"}


@cache
def versions() -> str:
    """Name the packages that draw, with their versions."""
    return " ".join(f"{package}=={version(package)}" for package in PACKAGES)


def made(folder: Path) -> Path:
    """Return the place of these fonts in a folder, made if they are not there."""
    place = folder / f"{LATIN} {versions()}".replace(" ", ",")
    place.mkdir(parents=True, exist_ok=True)
    for weight in _WEIGHTS:
        _make(place / f"latin-{weight}.ttf", lambda weight=weight: _latin(weight))
    _make(place / "chinese.otf", _chinese)
    return place.absolute()


def _make(file: Path, content: Callable[[], bytes]) -> None:
    if not file.exists():
        with NamedTemporaryFile(dir=file.parent, delete=False) as part:
            part.write(content())
        Path(part.name).replace(file)  # whole, for others who make it at the same time


@cache
def register(folder: Path) -> None:
    """Let vl-convert draw with the fonts in a folder, in this process.

    Raises
    ------
    ExhibitError
        A font that it cannot read: vl-convert says nothing, and leaves all words out.
    """
    place = made(folder)
    vl_convert.register_font_directory(str(place))
    for name in (LATIN, CHINESE):
        if _drawn(name, "A") == _drawn(name, ""):
            raise ExhibitError(
                str(place),
                expected=f"the font {name}",
                found="none that draws",
                remedy="Remove this folder and the drawings beside it: make clean",
            )


def _drawn(name: str, word: str) -> bytes:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><text y="18">{word}</text></svg>'
    return vl_convert.svg_to_png(drawing.replace("<text", f'<text font-family="{name}"'))


def family(text: str, where: str) -> str:
    """Return the font that has all characters of a text: the Latin one, or the Chinese one, which has Latin, too.

    Parameters
    ----------
    text : str
        All that a drawing says.
    where : str
        The drawing's name, for the error.

    Raises
    ------
    ExhibitError
        A character that neither font has. Drawn from any other, it would differ from machine to machine, or be a box.

    Examples
    --------
    >>> family("Agriculture −1", "a"), family("农业 −1", "b")
    ('Exhibits Sans', 'Exhibits Sans SC')
    """
    characters = {character for character in text if not character.isspace()}
    for name in (LATIN, CHINESE):
        if characters <= _has(name):
            return name
    missing = sorted(characters - _has(CHINESE))
    raise ExhibitError(
        where,
        expected=f"words in characters that {LATIN} (Arimo) or {CHINESE} (Noto Sans SC) has",
        found=", ".join(f"{character} (U+{ord(character):04X})" for character in missing),
        remedy="Write the word in others, or add a font to exhibits/fonts.py.",
    )


@cache
def _has(name: str) -> frozenset[str]:
    with TTFont(_ARIMO if name == LATIN else _NOTO, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


_ARIMO = fontpkg_arimo.ROOT / "files" / "Arimo[wght].ttf"
_NOTO = pylopdf_fonts_zh_cn.sans_path()


def _latin(weight: int) -> bytes:
    # vl-convert draws a variable font in one weight.
    font = instantiateVariableFont(TTFont(_ARIMO), {"wght": weight})
    font["OS/2"].usWeightClass = weight
    return _renamed(font, LATIN, _WEIGHTS[weight])


def _chinese() -> bytes:
    return _renamed(TTFont(_NOTO, lazy=True), CHINESE, "Regular")


def _renamed(font: TTFont, family: str, style: str) -> bytes:
    names = font["name"]
    names.names = []
    for place, text in {1: family, 2: style, 4: f"{family} {style}", 6: f"{family}-{style}".replace(" ", "")}.items():
        names.setName(text, place, 3, 1, 0x409)
    content = BytesIO()
    font.save(content)
    return content.getvalue()
