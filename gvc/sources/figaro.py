"""FIGARO, Eurostat's inter-country tables: the CSV of a matrix, industry by industry or product by product.

Labels are ``AT_A01``, final demand ``AT_P3_S14``, the rest of the world ``FIGW1``. Below the block stand taxes and
purchases abroad (``W2_D21X31``, ``W2_OP_RES``, ``W2_OP_NRES``) and the parts of value added (``W2_D1``, ``W2_D29X39``,
``W2_B2A3G``). Output is not printed: it is what a row adds up to, and the columns must agree.
"""

import re
from pathlib import Path

from gvc.icio import ICIO
from gvc.sources import delimited


def read(path: Path, year: int | None = None) -> ICIO:
    """Read one year.

    Parameters
    ----------
    path : Path
        The CSV file, or a zip with it.
    year : int, optional
        Chooses the file in a zip, and overrides the year in its name.

    Returns
    -------
    ICIO
        In million EUR.
    """
    lines = delimited.load(delimited.text(path, year))
    edition = re.search(r"(\d\d)ed", lines.name)
    return delimited.table(
        lines,
        footer={
            r"(W2_)?(D21X31|OP_RES|OP_NRES)": "taxes",
            r"(W2_)?(D1|D29X39|B2A3G)": "added",
        },
        total=(),
        due=("taxes", "added"),
        source=f"FIGARO, 20{edition[1]} edition" if edition else "FIGARO",
        year=year or delimited.year_of(lines.name),
        unit="million EUR",
    )
