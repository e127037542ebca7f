"""Names and colours of the codes in data, and strokes of lines: a book sets them once, and all charts use them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


class Stroke(NamedTuple):
    """How the lines of a variant are drawn, such as those of a database."""

    #: Solid for what is measured, dashed for what is estimated.
    dash: tuple[float, ...] = (1, 0)
    width: float = 2.25


SOLID = Stroke()


@dataclass
class Naming:
    """Which codes a book knows, their names and their colours."""

    known: Callable[[str], bool]
    display: Callable[[str], str]
    colour: Callable[[str], str]


#: The naming in use. Until :func:`naming` is called no code is known, and all are shown as they stand.
GIVEN = Naming(known=lambda code: False, display=str, colour=lambda code: "")


def naming(*, known: Callable[[str], bool], display: Callable[[str], str], colour: Callable[[str], str]) -> None:
    """Set the names and colours of a book's codes.

    Parameters
    ----------
    known : function
        Whether a string is a code that has a name and a colour.
    display : function
        The name of a code that is known.
    colour : function
        Its colour, as ``#rrggbb``.
    """
    GIVEN.known, GIVEN.display, GIVEN.colour = known, display, colour
