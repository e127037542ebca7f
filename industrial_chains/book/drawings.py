"""Drawings of charts, made once: how one looks depends on its specification, on what draws it, and on fonts."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import vl_convert

from industrial_chains.book.kept import once
from industrial_chains.look import charts

_SAMPLE = (
    f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60" font-family="{charts.FONT}">'
    '<text y="18">Ag−1</text><text y="36" font-weight="600">Ag−1</text><text y="54">产业</text></svg>'
)


def svg(folder: Path, spec: dict[str, Any]) -> str:
    """Draw a specification of Vega-Lite, or find its drawing in a folder."""
    return once(folder / f"{_key(repr(spec))}.svg", lambda: vl_convert.vegalite_to_svg(spec).encode()).decode()


def png(folder: Path, drawing: str) -> bytes:
    """Turn a drawing into pixels, or find them in a folder."""
    return once(folder / f"{_key(drawing)}.png", lambda: vl_convert.svg_to_png(drawing, scale=2))


def _key(given: str) -> str:
    return sha256(f"{_hand()} {given}".encode()).hexdigest()


@cache
def _hand() -> str:
    """Tell apart machines on which the same words look otherwise."""
    return f"{version('vl-convert-python')} {sha256(vl_convert.svg_to_png(_SAMPLE)).hexdigest()}"
