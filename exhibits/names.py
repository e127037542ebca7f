"""What codes in data are called, and the colour each keeps: a book says so once, and charts follow."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class Naming:
    """What a book says of codes: which it knows, what it calls them, and their colours."""

    known: Callable[[str], bool]
    display: Callable[[str], str]
    colour: Callable[[str], str]


#: What holds now; until :func:`naming` is called no code is known, and all are shown as they stand.
GIVEN = Naming(known=lambda code: False, display=str, colour=lambda code: "")


def naming(*, known: Callable[[str], bool], display: Callable[[str], str], colour: Callable[[str], str]) -> None:
    """Say what a book's codes are called, and their colours.

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
