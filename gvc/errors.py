"""The one exception of this package, and who raises it for an argument."""

import difflib
import json
from collections.abc import Iterable
from functools import singledispatch


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
    if value not in allowed:
        raise GvcError(
            argument, expected=" or ".join(map(repr, allowed)), found=repr(value), remedy="Pick one of them."
        )


def some_of(argument: str, chosen: str | Iterable[str], known: tuple[str, ...]) -> tuple[str, ...]:
    """Return what was chosen among known names, each once; refuse others, and say which may have been meant."""
    asked = tuple(dict.fromkeys([chosen] if isinstance(chosen, str) else chosen))
    strangers = [name for name in asked if name not in known]
    if strangers or not asked:
        plain = {name.casefold(): name for name in known}
        near = [plain[one] for name in strangers for one in difflib.get_close_matches(str(name).casefold(), plain, 1)]
        raise GvcError(
            argument,
            expected=f"some of {', '.join(known)}",
            found=", ".join(map(repr, strangers)) or "none",
            remedy=f"Did you mean {', '.join(near)}?" if near else "Pick among them.",
        )
    return asked


@singledispatch
def described(value: object) -> str:
    """Say what an argument is, in one line."""
    shape = getattr(value, "shape", None)
    size = f" of {' × '.join(map(str, shape))}" if shape else ""
    return f"a {type(value).__name__}{size}"


def _rebuild(where: str, expected: str, found: str, remedy: str) -> GvcError:
    return GvcError(where, expected=expected, found=found, remedy=remedy)
