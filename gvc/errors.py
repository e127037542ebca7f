"""The one exception of this package, and who raises it for an argument."""

import difflib
import json
from collections.abc import Iterable
from functools import singledispatch

import numpy as np


class GvcError(ValueError):
    """Input that cannot be used; the message says where, what was expected, what was found and what to do.

    A subclass of :class:`ValueError`, so that code that catches ValueError catches this, too.

    Parameters
    ----------
    where : str
        The file, with the sheet, cell, row or label; or the argument of the call.
    expected, found : str
        What should have been there, and what was.
    remedy : str
        What the user can try.

    Examples
    --------
    >>> import gvc
    >>> gvc.foreign_value_added(gvc.load_sample(), "MEX", "pooled")
    Traceback (most recent call last):
    gvc.errors.GvcError: treatment: expected 'members' or 'block' or 'merged'; found 'pooled'. Pick one of them.
    """

    def __init__(self, where: str, *, expected: str, found: str, remedy: str) -> None:
        self.where, self.expected, self.found, self.remedy = map(printable, (where, expected, found, remedy))
        super().__init__(f"{self.where}: expected {self.expected}; found {self.found.removesuffix('.')}. {self.remedy}")

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions with keyword arguments do not survive the way back from a worker otherwise.
        return _rebuild, (self.where, self.expected, self.found, self.remedy)


def printable(text: str) -> str:
    r"""One line that can be shown and encoded, in JSON too: names may hold line breaks, or bytes that are no text.

    Examples
    --------
    >>> print(printable("a\tb\x9b\u202ec"))
    a\tb\u009b\u202ec
    """
    return "".join(sign if sign.isprintable() else _escaped(sign) for sign in text)


def _escaped(sign: str) -> str:
    return sign.encode("unicode_escape").decode() if sign < " " else json.dumps(sign)[1:-1].replace("\x7f", "\\u007f")


def one_of(argument: str, value: object, allowed: tuple[object, ...]) -> None:
    """Refuse what is none of the values that an argument may have."""
    # By kind before by value: what compares itself number by number, as a Series does, is neither equal nor not.
    if not isinstance(value, str | int | None) or value not in allowed:
        raise GvcError(
            argument, expected=" or ".join(map(repr, allowed)), found=in_short(value), remedy="Pick one of them."
        )


def must_be_flag(argument: str, value: object) -> None:
    """Refuse what is neither True nor False: any text, "no" among them, would count as true."""
    if not isinstance(value, bool | np.bool):
        raise GvcError(
            argument,
            expected="True or False",
            found=in_short(value),
            remedy=f"Pass `{argument}=True`, or leave it out.",
        )


def names_of(argument: str, chosen: object) -> tuple[object, ...]:
    """Return the names in a text or in several, each once; refuse what holds none."""
    try:
        return tuple(dict.fromkeys([chosen] if isinstance(chosen, str) else chosen))  # type: ignore[call-overload]
    except TypeError as error:
        raise GvcError(
            argument,
            expected="a name, or several in a list",
            found=in_short(chosen),
            remedy=f'Pass it as in `{argument}="NAME"` or `{argument}=["NAME", "NAME"]`.',
        ) from error


def in_short(value: object) -> str:
    """Show a text, a number or nothing as it is written, and say of all else what it is."""
    return repr(value)[:200] if isinstance(value, str | int | float | None) else described(value)


def some_of(argument: str, chosen: str | Iterable[str], known: tuple[str, ...]) -> tuple[str, ...]:
    """Return what was chosen among known names, each once; refuse others, and say which may have been meant."""
    asked, labels = names_of(argument, chosen), {*known}
    strangers = [name for name in asked if name not in labels]
    if strangers or not asked:
        plain = {name.casefold(): name for name in known}
        near = [plain[one] for name in strangers for one in difflib.get_close_matches(str(name).casefold(), plain, 1)]
        raise GvcError(
            argument,
            expected=f"some of {', '.join(known)}",
            found=", ".join(map(in_short, strangers)) or "none",
            remedy=f"Did you mean {', '.join(near)}?" if near else "Pick among them.",
        )
    return tuple(map(str, asked))


@singledispatch
def described(value: object) -> str:
    """Say what an argument is, in one line."""
    shape = getattr(value, "shape", None)
    size = f" of {' × '.join(map(str, shape))}" if shape else ""
    return f"a {type(value).__name__}{size}"


def _rebuild(where: str, expected: str, found: str, remedy: str) -> GvcError:
    return GvcError(where, expected=expected, found=found, remedy=remedy)
