"""Names and colours of the codes in data: a book sets them once, and all charts use them."""

from collections.abc import Callable
from dataclasses import dataclass


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
