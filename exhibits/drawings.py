"""Draw charts as SVG and PNG, once for each specification, version of what draws it, and font."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import vl_convert

from exhibits import charts, fonts
from exhibits.file_cache import once


def svg(folder: Path, spec: dict[str, Any], font: str) -> str:
    """Draw a specification of Vega-Lite, or find its drawing in a folder.

    Parameters
    ----------
    folder : Path
        Where drawings are kept.
    spec : dict
        The specification.
    font : str
        A font of :mod:`exhibits.fonts`, in which words are measured. The drawing names the fonts of pages.
    """

    def draw() -> bytes:
        fonts.register(folder.parent / Path(fonts.PLACE).name)
        config = spec.get("config", {}) | {"font": font}
        drawn = vl_convert.vegalite_to_svg(spec | {"config": config})
        return drawn.replace(f'font-family="{font}"', f'font-family="{charts.FONT}"').encode()

    return once(folder / f"{_key(repr(spec), font)}.svg", draw).decode()


def png(folder: Path, drawing: str, font: str) -> bytes:
    """Turn a drawing into pixels, or find them in a folder."""

    def draw() -> bytes:
        fonts.register(folder.parent / Path(fonts.PLACE).name)
        return vl_convert.svg_to_png(drawing.replace(charts.FONT, font), scale=2)

    return once(folder / f"{_key(drawing, font)}.png", draw)


def _key(given: str, font: str) -> str:
    return sha256(f"{fonts.versions()} {font} {given}".encode()).hexdigest()
