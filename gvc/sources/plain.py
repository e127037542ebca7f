"""The book's own plain form: one CSV file that anybody can write.

The first lines may say ``# source: …``, ``# year: …``, ``# unit: …``. Then a header: ``label``, one column for each
industry (``CHN_c1``), one or more for the final demand of each economy (``CHN_FD``, ``CHN_GFCF``), ``output``. One row
for each industry in the same order, with its deliveries and its output. A last row ``VA`` may give value added; without
it value added is what output leaves after intermediate inputs. Labels are split at the first underscore.
"""

import csv
import re
from pathlib import Path

import numpy as np

from gvc.errors import GvcError
from gvc.icio import ICIO

_REMEDY = "The plain form is described in the book, under Rebuild."


def read(path: Path, year: int | None = None) -> ICIO:
    """Read a table in the plain form.

    Parameters
    ----------
    path : Path
    year : int, optional
        Overrides the year in the file.

    Returns
    -------
    ICIO
        Economies keep the labels of the file.
    """
    about, rows = _parse(path)
    first = len(about) + 1
    header = rows[0]
    body = [row for row in rows[1:] if row[0] != "VA"]
    industries = [row[0] for row in body]
    GN = len(industries)
    for number, row in enumerate(rows[1:], first + 1):
        if len(row) != len(header):
            raise GvcError(
                f"{path}, line {number}",
                expected=f"{len(header)} fields",
                found=str(len(row)),
                remedy=_REMEDY,
            )
    if header[0] != "label" or header[-1] != "output" or header[1 : GN + 1] != industries:
        wrong = next((pair for pair in zip(header[1:], industries, strict=False) if pair[0] != pair[1]), None)
        raise GvcError(
            f"{path}, line {first}",
            expected="label, the industries in the order of the rows, final demand, output",
            found=f"column {wrong[0]} against row {wrong[1]}" if wrong else f"{header[0]} … {header[-1]}",
            remedy=_REMEDY,
        )
    split = [label.partition("_")[::2] for label in industries]
    economies = tuple(dict.fromkeys(economy for economy, _ in split))
    sectors = tuple(dict.fromkeys(sector for _, sector in split))
    if split != [(economy, sector) for economy in economies for sector in sectors]:
        raise GvcError(
            f"{path}, column 1",
            expected=f"the {len(sectors)} sectors of each of {len(economies)} economies, in one order",
            found=f"{GN} rows in another",
            remedy=_REMEDY,
        )
    demand = [label.partition("_")[0] for label in header[GN + 1 : -1]]
    if set(demand) != set(economies):
        raise GvcError(
            f"{path}, line {first}",
            expected="final demand of each economy",
            found=", ".join(sorted(set(demand) ^ set(economies))) + " on one side only",
            remedy=_REMEDY,
        )
    numbers = np.array([_floats(path, header, at, row) for at, row in enumerate(body, first + 1)])
    Z, final, x = numbers[:, :GN], numbers[:, GN:-1], numbers[:, -1]
    added = [(at, row) for at, row in enumerate(rows[1:], first + 1) if row[0] == "VA"]
    if added:
        at, row = added[0]
        va = np.array(_floats(path, header, at, row[: GN + 1]))
    else:
        va = x - Z.sum(axis=0)
    return ICIO(
        economies=economies,
        sectors=sectors,
        Z=Z,
        Y=np.stack([final[:, [code == economy for code in demand]].sum(axis=1) for economy in economies], axis=1),
        x=x,
        va=va,
        year=year or (int(about["year"]) if "year" in about else None),
        source=about.get("source", path.stem),
        unit=about.get("unit", "million USD"),
    )


def write(icio: ICIO, path: Path) -> None:
    """Write a table in the plain form, final demand one column an economy.

    Parameters
    ----------
    icio : ICIO
    path : Path
    """
    industries = [icio.label(row).replace(" ", "_", 1) for row in range(len(icio.x))]
    with path.open("w", encoding="utf-8", newline="") as file:
        for key in ("source", "year", "unit"):
            file.write(f"# {key}: {getattr(icio, key)}\n")
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["label", *industries, *(f"{code}_FD" for code in icio.economies), "output"])
        for label, *numbers in zip(industries, icio.Z, icio.Y, icio.x, strict=True):
            out.writerow([label, *(f"{value:.10g}" for value in np.hstack(numbers))])
        out.writerow(["VA", *(f"{value:.10g}" for value in icio.va), *[""] * (len(icio.economies) + 1)])


def _parse(path: Path) -> tuple[dict[str, str], list[list[str]]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise GvcError(str(path), expected="UTF-8 text", found=str(error), remedy=_REMEDY) from error
    matches = (re.fullmatch(r"#\s*(source|year|unit)\s*:\s*(.*?)\s*", line) for line in lines)
    about: dict[str, str] = {match[1]: match[2] for match in matches if match}
    rows = [row for row in csv.reader(line for line in lines if not line.startswith("#")) if row]
    if len(rows) < 2:
        raise GvcError(str(path), expected="a header and rows", found=f"{len(rows)} lines", remedy=_REMEDY)
    return about, rows


def _floats(path: Path, header: list[str], line: int, row: list[str]) -> list[float]:
    try:
        return [float(field) for field in row[1:]]
    except ValueError:
        at = next(at for at, field in enumerate(row[1:], 1) if not _is_number(field))
        raise GvcError(
            f"{path}, line {line}, column {header[at]}",
            expected="a number",
            found=repr(row[at]),
            remedy="Use a decimal point, and 0 where nothing flows.",
        ) from None


def _is_number(field: str) -> bool:
    try:
        float(field)
    except ValueError:
        return False
    return True
