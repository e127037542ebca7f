"""The plain form: one CSV or Parquet file that anybody can write.

The first lines of a CSV may say ``# source: …``, ``# year: …``, ``# unit: …``, each once; in Parquet these are keys of
the schema's metadata. A unit that is not said is taken for million USD, and the table's checks say so. Then a header:
``label``, one column for each industry (``CHN_c1``), one or more for the final demand of each economy (``CHN_FD``,
``CHN_GFCF``; the same for all), ``output``. One row for each industry in the same order, with its deliveries and its
output. Two last rows may follow, blank under final demand: ``TAXES``, net taxes on products and margins, and ``VA``,
value added; without ``VA`` it is what output leaves after inputs and taxes. Labels are split at the first underscore.

Rows of accounts may follow, ``ACCOUNT CO2 [kt]``: the name and, in brackets, the unit. Under an industry stands what it
uses or emits, under final demand what that of the economy does itself, and nothing under output.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from gvc.checks import Finding
from gvc.errors import GvcError, printable
from gvc.icio import ICIO, Account
from gvc.sources import delimited
from gvc.sources.table import reading

#: Cells that a Parquet file may have: ten thousand rows of as many columns, but beyond a few no more than it has bytes
#: for, of which even many zeros take more.
CELLS, FEW, DENSEST = 100_000_000, 1_000_000, 25
#: Letters that a label may have, and how many accounts a table; EXIOBASE has half as many.
LONGEST, ACCOUNTS = 1_000, 2_000
_ACCOUNT = r"ACCOUNT (.+) \[([^][]*)\]"
_NUMBERS = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal, pa.types.is_null)
_REMEDY = "`help('gvc.sources.plain')` describes the plain form."


def read(path: Path, year: int | None = None) -> ICIO:
    """Read a table in the plain form.

    Parameters
    ----------
    path : Path
    year : int, optional
        Chooses the file in a zip; the year, where the file does not say it.

    Returns
    -------
    ICIO
        Economies keep the labels of the file.
    """
    lines = _parquet(path) if _is_parquet(path) else delimited.load(delimited.text(path, year))
    unit = lines.about.get("unit")
    if not unit:
        unit = "million USD"
        lines = replace(lines, remarks=(Finding("unit assumed", unit, 0, "WARN"),))
    found = delimited.table(
        lines,
        footer={"TAXES": ("TAXES", "taxes"), "VA": ("VA", "added"), "ACCOUNT": (r"ACCOUNT (.+) \[[^][]*\]", "account")},
        total=("output",),
        whole=False,
        source=lines.about.get("source") or printable(path.stem),
        year=delimited.agreed(lines.where, _year(lines), year, "after `# year:`"),
        unit=unit,
        code=str,
    )
    GN = len(found.x)
    below = {at: re.fullmatch(_ACCOUNT, label) for at, label in enumerate(lines.labels[GN:], GN)}
    blank = [at for at, account in below.items() if not account]
    lost = np.argwhere(np.nan_to_num(lines.values[blank, GN:-1]))
    if len(lost):
        row, column = blank[lost[0][0]], GN + lost[0][1]
        raise GvcError(
            lines.place(row, column),
            expected="a blank or 0 under final demand",
            found=lines.shown(row, column),
            remedy=_REMEDY,
        )
    users = np.array([heading.partition("_")[0] for heading in lines.header[GN:-1]])
    accounts = {
        account[1]: Account(
            F=lines.numbers(slice(at, at + 1), slice(GN))[0],
            F_Y=[direct[users == economy].sum() for economy in found.economies],
            unit=account[2],
        )
        for at, account in below.items()
        if account
        for direct in lines.numbers(slice(at, at + 1), slice(GN, len(lines.header) - 1))
    }
    return replace(found, accounts=accounts) if accounts else found


def write(icio: ICIO, path: Path) -> None:
    """Write a table in the plain form, final demand one column an economy.

    Parameters
    ----------
    icio : ICIO
    path : Path
        ``.parquet``, or else a CSV file. Numbers keep all their digits.
    """
    if icio.parts or any("_" in code for code in icio.economies):
        raise GvcError(
            str(path),
            expected="economies without parts, and without an underscore in their names",
            found=", ".join(icio.parts or icio.economies),
            remedy="Join them by `aggregate`, which also gives them other names.",
        )
    for name, account in icio.accounts.items():
        if {"[", "]"} & {*account.unit}:
            remedy = "Write it in round ones."
            raise GvcError(
                f"{path}, account {name}", expected="a unit without brackets", found=account.unit, remedy=remedy
            )
    industries = [f"{code}_{sector}" for code in icio.economies for sector in icio.sectors]
    header = ["label", *industries, *(f"{code}_FD" for code in icio.economies), "output"]
    about = {key: str(value) for key in ("source", "year", "unit") if (value := getattr(icio, key)) is not None}
    blank: list[Any] = [None] * len(icio.economies)
    footer = [("TAXES", icio.taxes, blank)] if icio.taxes.any() else []
    footer.append(("VA", icio.va, blank))
    for name, account in icio.accounts.items():
        footer.append((f"ACCOUNT {name} [{account.unit}]", account.F, account.F_Y.tolist()))
    if path.suffix == ".parquet":
        columns: list[list[Any]] = [[*industries, *(name for name, _, _ in footer)]]
        columns += [[*column.tolist(), *(row[at] for _, row, _ in footer)] for at, column in enumerate(icio.Z.T)]
        columns += [[*column.tolist(), *(row[at] for _, _, row in footer)] for at, column in enumerate(icio.Y.T)]
        columns.append([*icio.x.tolist(), *[None] * len(footer)])
        parquet.write_table(pa.table(columns, names=header).replace_schema_metadata(about), path)
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(f"# {key}: {value}\n" for key, value in about.items())
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        for label, inputs, demand, output in zip(industries, icio.Z, icio.Y, icio.x, strict=True):
            out.writerow([label, *_digits([*inputs.tolist(), *demand.tolist(), float(output)])])
        for name, row, direct in footer:
            out.writerow([name, *_digits(row.tolist()), *(direct if direct is blank else _digits(direct)), None])


def _digits(values: Iterable[float]) -> list[str]:
    """Shortest text that reads back as the same number."""
    return [repr(value).removesuffix(".0") for value in values]


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def _parquet(path: Path) -> delimited.Lines:
    with reading(str(path), "a Parquet file of a label and numbers", _REMEDY):
        file = parquet.ParquetFile(path)
        # A few bytes can stand for a billion cells that are alike.
        rows, columns = file.metadata.num_rows, file.metadata.num_columns
        most = min(CELLS, FEW + DENSEST * path.stat().st_size)
        accounts = ACCOUNTS if file.schema_arrow.names[:1] == ["label"] else 0
        if rows > columns + accounts or rows * columns > most:
            raise GvcError(
                str(path),
                expected=f"no more rows than columns, and at most {most:,} cells",
                found=f"{rows:,} rows of {columns:,} columns",
                remedy="It is a panel: `gvc.load_panel` reads it."
                if {"flow", "origin", "destination"} <= set(file.schema_arrow.names)
                else f"A list of figures, such as trade or indicators, is no table. {_REMEDY}",
            )
        names = file.schema_arrow.names
        for name, kind in zip(names[1:], file.schema_arrow.types[1:], strict=True):
            if not any(is_one(kind) for is_one in _NUMBERS):
                raise GvcError(f"{path}, column {name}", expected="numbers", found=str(kind), remedy=_REMEDY)
        # Each text once, however many rows have it.
        labels = parquet.ParquetFile(path, read_dictionary=names[:1]).read(names[:1]).column(0)
        texts = [chunk.dictionary for chunk in labels.chunks if isinstance(chunk, pa.DictionaryArray)]
        longest = max((pc.max(pc.binary_length(text)).as_py() or 0 for text in texts), default=0)
        if longest > LONGEST:
            expected, found = f"labels of at most {LONGEST:,} letters", f"one of {longest:,}"
            raise GvcError(f"{path}, column {names[0]}", expected=expected, found=found, remedy=_REMEDY)
        about: dict[str, str] = {}
        for key, value in (file.schema_arrow.metadata or {}).items():
            delimited.note(about, key.decode(), value.decode(), str(path))
        table = file.read().cast(pa.schema([(names[0], pa.string()), *((name, pa.float64()) for name in names[1:])]))
    source = delimited.Text(str(path), path.name, lambda: path.open("rb"))
    return delimited.of_arrow(source, about, table.schema.names, table)


def _year(lines: delimited.Lines) -> list[int]:
    said = lines.about.get("year", "None")
    if said == "None":
        return []
    if not said.isdecimal():
        raise GvcError(lines.where, expected="a year after `# year:`", found=repr(said), remedy=_REMEDY)
    return [int(said)]
