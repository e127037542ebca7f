"""Panels as Parquet: what makes a frame one, how it is written, and what its file says."""

import json
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from gvc.errors import GvcError, in_short
from gvc.panel.measures import COLUMNS
from gvc.place import atomic
from gvc.sources.table import reading

#: Columns that say what a row is, besides the year.
_LABELS = ("source", "flow", "origin", "sector", "destination")
#: How the name of a panel by industry ends.
SECTORS = "_sectors"
RESTORE = "Restore it, or make it by `gvc build` or `gvc.panel.build`."
CORRECT = "Correct the table, or the name of its file."


def write(frame: pd.DataFrame, path: Path) -> None:
    """Write a panel as Parquet, either completely or not at all.

    Parameters
    ----------
    frame : DataFrame
        As :func:`gvc.load_panel` returns it, with its unit in ``attrs["unit"]``.
    path : Path

    Raises
    ------
    GvcError
        If :func:`gvc.load_panel` would not accept it.
    """
    frame = must_be_panel(frame, str(path), CORRECT)
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic(path) as file:
        file.write(content_of(frame))


def content_of(frame: pd.DataFrame) -> bytes:
    content: bytes = _by_category(frame).to_parquet(
        compression="zstd",
        index=False,
        write_page_checksum=True,
        # Values hardly repeat: bytes of equal weight side by side take a quarter less than a dictionary of them.
        use_dictionary=[name for name in frame.columns if name != "value"],
        use_byte_stream_split=["value"],
    )
    return content


def _by_category(frame: pd.DataFrame) -> pd.DataFrame:
    """Text as categories, which are short to write and quick to check."""
    texts = [name for name in frame.select_dtypes(["object", "string"]) if name in _LABELS]
    return frame.astype(dict.fromkeys(texts, "category"))


def frame_of(file: BinaryIO, columns: list[str] | None = None) -> pd.DataFrame:
    """Read Parquet in this thread: those that Arrow starts may outlive the interpreter and abort it at its end."""
    with pq.ParquetFile(file, pre_buffer=False, page_checksum_verification=True) as parquet:
        table = parquet.read(columns, use_threads=False)
    frame: pd.DataFrame = table.to_pandas(use_threads=False)
    frame.attrs = json.loads((table.schema.metadata or {}).get(b"PANDAS_ATTRS", b"{}"))
    return frame


def as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Write categories out as text."""
    columns = frame.select_dtypes("category").items()
    return frame.assign(
        **{str(name): column.cat.categories.to_numpy(object)[column.cat.codes] for name, column in columns}
    )


def must_be_panel(frame: pd.DataFrame, where: str, remedy: str = RESTORE) -> pd.DataFrame:
    """Refuse a frame that does not hold a number for each of its labels, and return it with text as categories."""

    def odd(expected: str, found: object) -> GvcError:
        return GvcError(where, expected=expected, found=str(found), remedy=remedy)

    def at(row: int) -> str:
        return " ".join(str(frame[name].iloc[row]) for name in labels)

    must_have_columns(frame, where)
    frame = _by_category(frame)
    if frame.empty:
        raise odd("rows", "none")
    texts = [name for name in _LABELS if name in frame]
    labels = [*texts, "year"]
    for name in texts:
        if not _is_text(frame[name]):
            raise odd(f"text in each row of column {name}", frame[name].unique()[:3].tolist())
    year, value = frame["year"], frame["value"]
    if not pd.api.types.is_integer_dtype(year) or year.isna().any() or not year.between(0, 9999).all():
        raise odd("years in column year, as whole numbers", f"{year.min()} to {year.max()} as {year.dtype}")
    if not pd.api.types.is_float_dtype(value) and not pd.api.types.is_integer_dtype(value):
        raise odd("numbers in column value", value.dtype)
    numbers = value.to_numpy("float64", na_value=np.nan)
    # An industry without output has no position in the chain.
    bad = np.isinf(numbers) if "sector" in frame else ~np.isfinite(numbers)
    if bad.any():
        raise odd("a finite number in each row of column value", f"{numbers[bad][0]} of {at(int(bad.argmax()))}")
    twice = frame.duplicated(labels).to_numpy()
    if twice.any():
        raise odd("each row once", f"{at(int(twice.argmax()))} again")
    return frame


def must_have_columns(frame: pd.DataFrame, where: str) -> None:
    if not isinstance(frame, pd.DataFrame):
        expected = f"a DataFrame with columns {', '.join(COLUMNS)}"
        raise GvcError(where, expected=expected, found=in_short(frame), remedy="Pass what `gvc.load_panel` returns.")
    missing = set(COLUMNS) - set(frame.columns)
    if missing or not frame.columns.is_unique:
        raise GvcError(
            where,
            expected=f"columns {', '.join(COLUMNS)}",
            found=f"no {', '.join(sorted(missing))}" if missing else "one of them twice",
            remedy=RESTORE,
        )


def _is_text(column: pd.Series) -> bool:
    """Whether a column of categories holds text and nothing else."""
    if not isinstance(column.dtype, pd.CategoricalDtype) or column.isna().any():
        return False
    try:
        "".join(column.cat.categories).encode()
    except (TypeError, UnicodeEncodeError):  # not a text, or half a character of an undecodable name
        return False
    return True


def must_fit_its_flows(path: Path, build: object) -> None:
    flows = path.with_name(f"{path.stem.removesuffix(SECTORS)}.parquet")
    if not path.stem.endswith(SECTORS) or not flows.is_file():
        return
    with reading(str(flows), "a Parquet file", RESTORE):
        other = json.loads((schema(flows).metadata or {}).get(b"PANDAS_ATTRS", b"{}")).get("build")
    if other != build:
        raise GvcError(
            str(path),
            expected=f"what was built together with {flows.name}",
            found="another build: one was interrupted, or a file was exchanged",
            remedy="Build it again, by `gvc build` or `gvc.panel.build`.",
        )


def schema(path: Path) -> pa.Schema:
    with reading(str(path), "a Parquet file", RESTORE), path.open("rb") as file:
        return pq.read_schema(file)


def columns(path: Path) -> set[str]:
    """Names of the columns of a Parquet file; those of a panel are :data:`COLUMNS`, and by industry ``sector``, too.

    Raises
    ------
    GvcError
        If it is not Parquet.
    """
    return set(schema(path).names)
