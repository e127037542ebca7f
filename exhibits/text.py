"""Kinds of text. Strings, which may come from data, are shown as they stand; markup is only what code marks so."""

import re
from collections.abc import Iterable, Mapping
from csv import reader
from typing import Any, Self

import pandas as pd

#: What programs may take for the end of a line or of a field.
_BREAKS = re.compile(r"[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
#: What XML forbids, no reader sees, or turns the direction of what follows.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
#: Beginnings of fields that a spreadsheet would compute; some programs take wide signs for narrow ones.
_FORMULA = re.compile(r'((?:^|[,;])[\s"]*)(?=[-=+@＝＋－＠])')
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", re.IGNORECASE)
#: Most points of a series on one line.
_POINTS = 10


class Myst(str):
    """Inline MyST of the book's own; every other string is text, whatever stands in it.

    What is made of one by adding, formatting or cutting is text again. A language in which it stands
    otherwise is named: ``Myst("{cite:t}`a` 作者", zh="{cite:ts}`a`")``.
    """

    others: Mapping[str, str]

    def __new__(cls, markup: str = "", **others: str) -> Self:
        """Keep it with what stands in its place in other languages."""
        made = super().__new__(cls, markup)
        made.others = others
        return made


class Untranslated(str):
    """Text that stays in its own language, a title or a code: no catalogue is asked for it.

    A language in which it stands otherwise is named: ``Untranslated("Trade (贸易)", zh="贸易")``.
    """

    others: Mapping[str, str]

    def __new__(cls, text: str, **others: str) -> Self:
        """Keep it with what stands in its place in other languages."""
        made = super().__new__(cls, flat(text))
        made.others = {language: flat(other) for language, other in others.items()}
        return made


class Message(str):
    """Text that a language puts together its own way: a message with placeholders, ``{0}``, and its parts.

    Each part is text to translate, or `Untranslated`, or is put together of parts itself.

    Examples
    --------
    >>> Message("{0} Asks: {1}", Untranslated("Trade.", zh="贸易。"), "Why?")
    'Trade. Asks: Why?'
    """

    message: str
    parts: tuple[str, ...]

    def __new__(cls, message: str, *parts: str) -> Self:
        """Keep it with what it is made of."""
        kept = tuple(map(_part, parts))
        made = super().__new__(cls, re.sub(r"\{(\d+)\}", lambda found: kept[int(found[1])], message))
        made.message, made.parts = message, kept
        return made


class Joined(str):
    """Names, numbers and signs of punctuation in a row: a language translates the parts, and has its own signs.

    Each part is what a part of a `Message` is, or a sign: ``": "``.

    Examples
    --------
    >>> Joined("China", ": ", Message("{0} in {1}", Untranslated("3.5"), Untranslated("2021")), ".")
    'China: 3.5 in 2021.'
    """

    parts: tuple[str, ...]

    def __new__(cls, *parts: str) -> Self:
        """Keep it with what it is made of."""
        kept = tuple(map(_part, parts))
        made = super().__new__(cls, "".join(kept))
        made.parts = kept
        return made


def _part(text: str) -> str:
    return text if isinstance(text, Untranslated | Message | Joined) else flat(text)


def joined(sign: str, texts: Iterable[str]) -> Joined:
    """Put texts one after the other, with a sign between them."""
    return Joined(*(part for at, text in enumerate(texts) for part in ([sign, text] if at else [text])))


def enumerated(names: Iterable[str]) -> Joined:
    """List names: ``China, Japan``, in Chinese with the comma of a list, ``中国、日本``."""
    return joined(Untranslated(", ", zh="、"), names)


def calendar_year(number: int) -> Untranslated:
    """Write a year that stands by itself, which in Chinese is called one: ``2021``, ``2021年``."""
    return Untranslated(str(number), zh=f"{number}年")


def coded(text: str) -> Any:
    """Write text with what it is, as JSON has no types of text."""
    if isinstance(text, Message):
        return {"message": text.message, "parts": list(map(coded, text.parts))}
    if isinstance(text, Joined):
        return {"told": list(map(coded, text.parts))}
    for kind, of in (("myst", Myst), ("own", Untranslated)):
        if isinstance(text, of):
            return {kind: str(text), **({"others": dict(text.others)} if text.others else {})}
    return str(text)


def flat(text: str) -> str:
    """Put text on one line, and replace invisible characters by �."""
    return _UNSEEN.sub("\ufffd", _BREAKS.sub(" ", text))


def escape(text: str) -> str:
    """Escape text for Markdown; markup stays as it is."""
    if isinstance(text, Myst):
        return text
    marked = re.sub(r"([\\`*_{}\[\]$<>|#~&])", r"\\\1", flat(text).strip())
    # These mean something at the beginning only: lists, comments, targets.
    return re.sub(r"^(\d*)([.)](?=\s|$)|[-+=%(:])", r"\1\\\2", marked)


def csv(frame: pd.DataFrame, *, index: bool) -> str:
    """Write numbers with six digits as CSV, in which a spreadsheet finds no formula."""
    inert = frame.map(_cell).rename(index=_cell, columns=_cell).rename_axis(index=_cell)
    return inert.to_csv(index=index, float_format="%.6g", lineterminator="\n")


def comment(text: str) -> str:
    """Write text as a line of comment for that CSV, in which a spreadsheet finds no formula either."""
    return f"# {_inert(text)}\n"


def by_series(table: str) -> str:
    r"""Write a table that :func:`csv` has made series by series, for whoever compares two runs.

    Rows whose words are the same are one series, its points in the order of the rows.

    Examples
    --------
    >>> print(by_series("year,economy,value\n2000,CHN,2.5\n2000,JPN,8\n2001,CHN,\n"))
    economy: year value
    CHN: 2000 2.5, 2001 –
    JPN: 2000 8
    """
    head, *rows = reader(table.splitlines())
    words = {i for row in rows for i, cell in enumerate(row) if cell and not _NUMBER.fullmatch(cell)}

    def apart(row: list[str]) -> tuple[str, str]:
        numbers = (cell or "–" for i, cell in enumerate(row) if i not in words)
        return ", ".join(row[i] for i in sorted(words)), " ".join(numbers)

    series: dict[str, list[str]] = {}
    for label, point in map(apart, rows):
        series.setdefault(label, []).append(point)
    lines = [apart(head)]
    for label, points in series.items():
        lines += [(label, ", ".join(points[i : i + _POINTS])) for i in range(0, len(points), _POINTS)]
    return "\n".join(": ".join(filter(None, line)) for line in lines)


def _cell(value: Any) -> Any:
    if isinstance(value, float):
        return value + 0.0  # which side of zero a rest was on before it was rounded differs by processor
    return _inert(value) if isinstance(value, str) and not _NUMBER.fullmatch(value) else value


def _inert(text: str) -> str:
    return _FORMULA.sub(r"\1'", flat(text))
