"""FIGARO, Eurostat's inter-country tables, industry by industry or product by product: the CSV of a matrix, or flat.

Labels are ``AT_A01``, final demand ``AT_P3_S14``, the rest of the world ``FIGW1``. Below the block stand taxes and
purchases abroad (``W2_D21X31``, ``W2_OP_RES``, ``W2_OP_NRES``) and the parts of value added (``W2_D1``, ``W2_D29X39``,
``W2_B2A3G``). Output is not printed: it is what a row adds up to, and the columns must agree.

The flat file has a line for each number: the labels of its row and column (``icioiRow``, ``icioiCol``; of products
``iciopRow``, ``iciopCol``), each again in two fields, and ``obsValue``. It may leave out zeros: what it does not list
is read as zero, and counted in a finding. That is safe only because a row must add up to its column.
"""

import re
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from gvc.checks import Finding
from gvc.errors import GvcError
from gvc.icio import ICIO
from gvc.sources import delimited
from gvc.sources.table import Label

FOOTER = dict.fromkeys(("D21X31", "OP_RES", "OP_NRES"), "taxes") | dict.fromkeys(("D1", "D29X39", "B2A3G"), "added")
_DEMAND = re.compile(r"P[35]\w*")  # consumption and capital formation, in the codes of ESA 2010
_REMEDY = "Take the file as its publisher offers it, or the matrix in its place."


def read(path: Path, year: int | None = None) -> ICIO:
    """Read one year.

    Parameters
    ----------
    path : Path
        The CSV file, of the matrix or flat, or a zip with it.
    year : int, optional
        Chooses the file in a zip; the year, where the name does not tell it.

    Returns
    -------
    ICIO
        In million EUR.
    """
    source = delimited.text(path, year)
    _, header, skip = delimited.head(source)
    lines = _pivoted(source, header, skip) if is_flat(header) else delimited.load(source)
    edition = re.search(r"(\d\d)ed", lines.name)
    return delimited.table(
        lines,
        footer={code: (f"(?:W2_)?{code}", kind) for code, kind in FOOTER.items()},
        total=(),
        whole=True,
        source=f"FIGARO, 20{edition[1]} edition" if edition else "FIGARO",
        year=delimited.agreed(source.where, delimited.years_of(source.name), year, "in its name"),
        unit="million EUR",
    )


def is_flat(header: Sequence[str]) -> bool:
    """Whether these are the headings of a flat file."""
    names = [re.fullmatch("icio([a-z]?)(Row|Col)", heading) for heading in header[:2]]
    return len(names) == 2 and all(names) and "obsValue" in header


def _pivoted(source: delimited.Text, header: Sequence[str], skip: int) -> delimited.Lines:
    """Turn a flat file into the lines of the matrix, labels in the order of the alphabet as they stand there."""
    text = pa.dictionary(pa.int32(), pa.string())
    kinds = {0: text, 1: text, header.index("obsValue"): pa.float64()}
    table = delimited.columns_of(source, header, skip, kinds).unify_dictionaries().combine_chunks()
    sides = [table.column(side).chunk(0) for side in (0, 1)]
    labels, headings = ([_split(label) for label in side.dictionary.to_pylist()] for side in sides)
    where = f"{source.where}, lines {skip + 1} to {skip + table.num_rows}"
    sellers = [label for label in labels if not _below(label)]
    bought = {use for _, use in headings}
    components = sorted(use for use in bought if _DEMAND.fullmatch(use))
    economies = _same(where, "economy", {code for code, _ in sellers}, {code for code, _ in headings})
    sectors = _same(where, "sector", {sector for _, sector in sellers}, bought.difference(components))
    industries = list(product(economies, sectors))
    rows = [*industries, *(label for label in labels if _below(label))]
    columns = [*industries, *product(economies, components)]
    at = _places(sides[0], labels, rows) * len(columns) + _places(sides[1], headings, columns)
    listed = np.zeros(len(rows) * len(columns), dtype=bool)
    listed[at] = True
    if listed.sum() < len(at):
        again = np.setdiff1d(np.arange(len(at)), np.unique(at, return_index=True)[1])[0]
        row, column = divmod(int(at[again]), len(columns))
        raise GvcError(
            f"{source.where}, line {skip + 1 + again}",
            expected="each number once",
            found=f"row {'_'.join(rows[row])}, column {'_'.join(columns[column])} again",
            remedy=_REMEDY,
        )

    def written(row: int, column: int) -> str:
        line = int(np.flatnonzero(at == row * len(columns) + column)[0])
        return delimited.field(source, skip, line, header.index("obsValue"))

    values = np.zeros(len(listed))
    values[at] = table.column(2).to_numpy()
    absent = ~listed.reshape(len(rows), len(columns))
    absent[len(industries) :, len(industries) :] = False  # taxes and value added are those of industries
    remarks = []
    if absent.any():
        row, column = np.argwhere(absent)[0]
        first = f"{'_'.join(rows[row])} → {'_'.join(columns[column])}"
        remarks.append(Finding("not listed, read as 0", f"{first} first", float(absent.sum()), "WARN"))
    return delimited.Lines(
        source.where,
        source.name,
        {},
        ["_".join(label) for label in columns],
        ["_".join(label) for label in rows],
        values.reshape(absent.shape),
        tuple(remarks),
        written,
    )


def _split(label: str) -> Label:
    economy, _, rest = label.partition("_")
    return economy, rest


def _below(label: Label) -> bool:
    """Whether a label is of a row of taxes or value added."""
    return label[1] in FOOTER


def _same(where: str, what: str, rows: set[str], columns: set[str]) -> list[str]:
    """Labels in order, which must be the same in rows and columns."""
    if odd := sorted(rows ^ columns):
        raise GvcError(
            where,
            expected=f"each {what} in the rows and in the columns",
            found=f"{odd[0] or 'an empty label'} in the {'rows' if odd[0] in rows else 'columns'} only",
            remedy=_REMEDY,
        )
    return sorted(rows)


def _places(side: pa.DictionaryArray, found: Sequence[Label], due: Sequence[Label]) -> NDArray[np.intp]:
    """Places, among the labels due, of the labels found in each line."""
    known = {label: at for at, label in enumerate(due)}
    places: NDArray[np.intp] = np.array([known[label] for label in found])[side.indices.to_numpy()]
    return places
