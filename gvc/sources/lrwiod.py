"""Long-run World Input-Output Database, release 1.1: 1965 to 2000, from its publisher's CSV or, by year, from R data.

A number is known by four labels: economy and code of its row, and those of its column. The wide CSV has a row for each
year, economy and code (``year``, ``row_country``, ``row_isic3``) and a column for each user (``USA_AtB``); the long one
has a line for each number (``col_country``, ``col_isic3``, ``value`` besides); the R data frame of a year is wide and
calls its labels ``Year``, ``Country`` and ``IndustryCode_isic3``. Labels decide, not places: in the publisher's wide
file final demand stands behind each economy's industries, in the R data behind all of them.

Codes that begin with x are no industries. Final demand is ``xCONS_h``, ``xCONS_g``, ``xGFCF`` and ``xINV``. Below the
industries stand the rows of the economy ``xTOT``: inputs ``xII``, value added ``xVA``, output ``xGO``, and between them
net taxes, a statistical discrepancy, purchases of and by non-residents and international margins. In industries only
the margins are not zero; with them columns balance. Right of final demand stand total output ``xTOT_xGO`` and three
memoranda, with which rows do not balance: of the product, what its economy exports (``xX``), what it imports (``xM``,
negative) and what the transport of these imports costs it (``xMRG_int``, negative).

The publisher's CSV files were not at hand: their layout is what programs that read them expect. The R data were, with
numbers of ten digits.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyarrow import csv as arrow_csv

from gvc import economies as eco
from gvc.checks import Provenance
from gvc.errors import GvcError
from gvc.icio import ICIO
from gvc.labels import Array
from gvc.sources import delimited
from gvc.sources.table import Label, in_words, numbers_of, one_year, reading

T = TypeVar("T")

SOURCE = "Long-run WIOD, release 1.1"
_REMEDY = (
    "Take lr_wiod_wiot_wide.csv or lr_wiod_wiot_final_filled.csv of release 1.1, or WIODlr_WIOT_yyyy.rda; "
    "download it again if it is damaged."
)
#: Headings of year, economy and code of a row: the publisher's, and those of the R data.
_LABELS = (("year", "row_country", "row_isic3"), ("Year", "Country", "IndustryCode_isic3"))
_LONG = ("col_country", "col_isic3", "value")
_TOTAL = "xTOT"
_OUTPUT = (_TOTAL, "xGO")
_MEMORANDA = [(_TOTAL, code) for code in ("xX", "xM", "xMRG_int")]
_TAXES = [(_TOTAL, code) for code in ("xTXSP", "xSD", "xPURNR", "xPURR", "xMRG_int")]
_FOOTER = [(_TOTAL, "xII"), (_TOTAL, "xVA"), *_TAXES, _OUTPUT]
_BLOCK = 1 << 24  # bytes that Arrow parses at a time


def labels(headings: Iterable[str]) -> tuple[str, str, str] | None:
    """Headings of year, economy and code of the rows, if these are headings of the layout."""
    there = set(headings)
    return next((names for names in _LABELS if there.issuperset(names)), None)


def read(path: Path, year: int | None = None) -> ICIO:
    """Read one year of the publisher's CSV, wide or long.

    Parameters
    ----------
    path : Path
        The CSV file, or a zip with it.
    year : int, optional
        One of :func:`years`; may be left out if there is one only.

    Returns
    -------
    ICIO
        In million USD. `va` is the table's own, `taxes` are margins, taxes and adjustments.
    """
    source = delimited.text(path)
    _, header, _ = delimited.head(source)
    if labels(header) is None:
        found = ", ".join(header[:4]) or "none"
        raise GvcError(source.where, expected=f"headings {', '.join(_LABELS[0])}", found=found, remedy=_REMEDY)
    there = years(path) if year is None else [year]
    if len(there) != 1:
        raise GvcError(source.where, expected="one year", found=_listed(there), remedy="Pass `year=`.")
    said = there[0] if year is not None else one_year(source.where, there[0], source.name)
    icio = _long(source, header, said) if set(_LONG) <= set(header) else _wide(source, header, said)
    if icio is None:
        raise GvcError(
            source.where, expected=f"rows of {said}", found=_listed(years(path)), remedy="Ask for a year that it holds."
        )
    return icio


def years(path: Path) -> list[int]:
    """Years that a CSV of the layout holds; none if it is of another layout.

    Parameters
    ----------
    path : Path

    Returns
    -------
    list of int
    """
    source = delimited.text(path)
    names = labels(delimited.head(source)[1])
    if names is None:
        return []
    blocks = _scan(source, {names[0]: pa.float64()}, lambda batch: pc.unique(batch.column(0)).to_pylist())
    found = {year for block in blocks for year in block}
    if bad := [year for year in found if year is None or not year.is_integer()]:
        raise GvcError(source.where, expected="a year in each row", found=str(bad[0] or "none"), remedy=_REMEDY)
    return sorted(int(year) for year in found if year is not None)


def table(
    where: str,
    rows: Sequence[Label],
    columns: Sequence[Label],
    values: Array,
    *,
    year: int,
    shown: Callable[[int, int], str] | None = None,
) -> ICIO:
    """Make a table of numbers whose rows and columns are labelled, in whatever order.

    Parameters
    ----------
    where : str
    rows, columns : sequence of (economy, code)
    values : (rows, columns) array
        NaN where nothing stands.
    year : int
    shown : callable, optional
        What stands where no number does, by row and column.

    Returns
    -------
    ICIO

    Raises
    ------
    GvcError
        If a row, a column or a number is missing, or a label is there twice.
    """
    industries = [label for label in rows if label[0] != _TOTAL]
    economies, codes = (list(dict.fromkeys(label[at] for label in industries)) for at in (0, 1))
    users = [(economy, code) for economy in economies for code in codes]
    components = dict.fromkeys(code for economy, code in columns if economy != _TOTAL and code.startswith("x"))
    final = [(economy, component) for economy in economies for component in components]
    row_of = _places(where, "row", rows, [*users, *_FOOTER])
    column_of = _places(where, "column", columns, [*users, *final, _OUTPUT], _MEMORANDA)

    def numbers(rows: Sequence[Label], columns: Sequence[Label]) -> Array:
        down, across = [row_of[label] for label in rows], [column_of[label] for label in columns]
        block = values[np.ix_(down, across)]
        if len(bad := np.argwhere(~np.isfinite(block))):
            row, column = bad[0].tolist()
            raise GvcError(
                f"{where}, row {' '.join(rows[row])}, column {'_'.join(columns[column])}",
                expected="a number",
                found=shown(down[row], across[column]) if shown else in_words(block[row, column]),
                remedy=_REMEDY,
            )
        return block

    if not final:
        raise GvcError(where, expected="final demand (xCONS_h …) of each economy", found="none", remedy=_REMEDY)
    footer = dict(zip(_FOOTER, numbers(_FOOTER, users), strict=True))
    demand = numbers(users, final)
    return ICIO(
        economies=[eco.iso(code, where=where) for code in economies],
        sectors=codes,
        Z=numbers(users, users),
        Y=demand.reshape(len(users), len(economies), -1).sum(axis=2),
        x=numbers(users, [_OUTPUT])[:, 0],
        va=footer[_TOTAL, "xVA"],
        taxes=np.sum([footer[label] for label in _TAXES], axis=0),
        year=year,
        source=SOURCE,
        provenance=Provenance(inputs=footer[_TOTAL, "xII"], output=footer[_OUTPUT]),
    )


def of_frame(where: str, frame: pd.DataFrame, year: int) -> ICIO:
    """Make a table of a data frame of the wide layout, which holds one year."""
    _, economy, code = labels(map(str, frame.columns)) or _LABELS[1]
    at, columns = _numeric(map(str, frame.columns))
    with reading(where, "numbers and labels", _REMEDY):
        rows = list(zip(frame[economy].astype(str), frame[code].astype(str), strict=True))
        cells = frame.iloc[:, at]
        numeric = all(kind.kind in "iuf" for kind in cells.dtypes)
        coerced = cells if numeric else cells.apply(partial(pd.to_numeric, errors="coerce"))
        values = np.asarray(coerced.to_numpy(dtype=np.float64, na_value=np.nan), dtype=np.float64)

    def shown(row: int, column: int) -> str:
        cell = cells.iat[row, column]
        return repr(cell) if isinstance(cell, str) else in_words(values[row, column])

    return table(where, rows, columns, values, year=year, shown=shown)


def _places(
    where: str, kind: str, found: Sequence[Label], due: Sequence[Label], ignored: Collection[Label] = ()
) -> dict[Label, int]:
    """Where each label stands: all that are due, none twice, no other."""
    places: dict[Label, int] = {}
    for at, label in enumerate(found):
        if label not in ignored and places.setdefault(label, at) != at:
            raise GvcError(f"{where}, {kind} {_name(label)}", expected="it once", found="it again", remedy=_REMEDY)
    if missing := [label for label in due if label not in places]:
        raise GvcError(where, expected=f"a {kind} {_name(missing[0])}", found="none", remedy=_REMEDY)
    if strange := list(places.keys() - set(due)):
        raise GvcError(
            f"{where}, {kind} {_name(min(strange))}", expected=f"no such {kind}", found="one", remedy=_REMEDY
        )
    return places


def _name(label: Label) -> str:
    return " ".join(label)


def _listed(years: Sequence[int]) -> str:
    return ", ".join(map(str, years)) or "none"


def _numeric(header: Iterable[str]) -> tuple[list[int], list[Label]]:
    """Columns of numbers in the wide layout, but for the memoranda: positions and labels."""
    known = {name for names in _LABELS for name in names} | {"_".join(label) for label in _MEMORANDA}
    found = {
        at: heading
        for at, heading in enumerate(header)
        if "_" in heading and heading not in known and not heading.startswith("row_")
    }
    parted = (heading.partition("_") for heading in found.values())
    return [*found], [(economy, sector) for economy, _, sector in parted]


def _wide(source: delimited.Text, header: list[str], year: int) -> ICIO | None:
    names = labels(header) or _LABELS[0]
    at, columns = _numeric(header)
    kinds = {names[0]: pa.float64(), names[1]: pa.string(), names[2]: pa.string()}
    lines = _of_year(source, kinds, year, at)
    if not lines.num_rows:
        return None
    rows = list(zip(lines.column(1).to_pylist(), lines.column(2).to_pylist(), strict=True))
    values = numbers_of(lines.select(range(3, lines.num_columns)))
    return table(source.where, rows, columns, values, year=year)


def _long(source: delimited.Text, header: list[str], year: int) -> ICIO | None:
    names = labels(header) or _LABELS[0]
    text = pa.dictionary(pa.int32(), pa.string())
    kinds = {names[0]: pa.float64()} | dict.fromkeys((*names[1:], *_LONG[:2]), text) | {_LONG[2]: pa.float64()}
    lines = _of_year(source, kinds, year).unify_dictionaries()
    if not lines.num_rows:
        return None
    row, rows = _pairs(lines.column(1), lines.column(2))
    column, columns = _pairs(lines.column(3), lines.column(4))
    values = np.full((len(rows), len(columns)), np.nan)
    values[row, column] = lines.column(5).to_numpy()
    times = np.bincount(row * len(columns) + column)
    if (times > 1).any():
        twice = divmod(int(times.argmax()), len(columns))
        raise GvcError(
            f"{source.where}, row {_name(rows[twice[0]])}, column {'_'.join(columns[twice[1]])}",
            expected=f"one number of {year}",
            found=f"{times.max()} of them",
            remedy=_REMEDY,
        )
    return table(source.where, rows, columns, values, year=year)


def _pairs(economies: pa.ChunkedArray, codes: pa.ChunkedArray) -> tuple[NDArray[np.intp], list[Label]]:
    """Give a number to each pair that two columns make, in the order in which they come."""
    (first, economy), (second, code) = (
        (part.indices.to_numpy(), part.dictionary.to_pylist())
        for part in (economies.combine_chunks(), codes.combine_chunks())
    )
    number, pairs = pd.factorize(first.astype(np.int64) * len(code) + second)
    return number, [(economy[pair // len(code)], code[pair % len(code)]) for pair in pairs.tolist()]


def _of_year(source: delimited.Text, kinds: dict[str, pa.DataType], year: int, numbers: Sequence[int] = ()) -> pa.Table:
    """Lines of one year: the columns named, the year first, then those at the positions of `numbers`."""
    return pa.Table.from_batches(
        _scan(source, kinds, lambda batch: batch.filter(pc.equal(batch.column(0), year)), numbers)
    )


def _scan(
    source: delimited.Text,
    kinds: dict[str, pa.DataType],
    keep: Callable[[pa.RecordBatch], T],
    numbers: Sequence[int] = (),
) -> list[T]:
    """Go through a CSV in blocks and keep something of each, since all its years together would take gigabytes."""
    _, header, skip = delimited.head(source)
    wanted = {str(header.index(name)): kind for name, kind in kinds.items()}
    wanted |= {str(at): pa.float64() for at in numbers}
    read = arrow_csv.ReadOptions(column_names=[*map(str, range(len(header)))], skip_rows=skip, block_size=_BLOCK)
    convert = arrow_csv.ConvertOptions(
        column_types=wanted, include_columns=[*wanted], null_values=[""], strings_can_be_null=False
    )
    with reading(source.where, "rows of labels and numbers", _REMEDY):
        try:
            with source.open() as file, delimited.batches_of(file, read, convert_options=convert) as batches:
                return [keep(batch) for batch in batches]
        except pa.ArrowInvalid:
            checked = {*map(str, numbers), *(str(header.index(name)) for name in _LONG[2:] if name in kinds)}
            fields = [f"column {heading}" if str(at) in checked else "" for at, heading in enumerate(header)]
            with source.open() as file:
                delimited.explain(file, source.where, fields, skip)
            raise
