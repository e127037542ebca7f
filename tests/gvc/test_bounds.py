"""Files of bad will: none takes much memory or never ends, and each gives one clear error."""

import bz2
import gzip
import lzma
import os
import struct
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

import gvc
from gvc import GvcError, panel, sources
from gvc.sources import apart, cache, plain, rda
from tests import layouts
from tests.layouts import known, same

PIPES = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes that are files are those of Unix")


def assert_one_error(path: Path, *said: str) -> None:
    with pytest.raises(GvcError) as raised:
        gvc.read_icio(path)
    assert all(word in str(raised.value) for word in said), raised.value


@pytest.mark.parametrize("pack", [bz2.compress, gzip.compress, lzma.compress])
def test_r_data_that_unpack_to_more_than_a_table_are_refused(tmp_path, monkeypatch, pack) -> None:
    monkeypatch.setattr(rda, "LARGEST", 100_000)
    file = tmp_path / "t.rda"
    file.write_bytes(pack(b"RDX3\nX\n" + bytes(200_000)))
    assert file.stat().st_size < 1000
    assert_one_error(file, "t.rda", "at most 100,000 bytes", f"more, from {file.stat().st_size}")
    table = known(taxed=False)
    whole = layouts.rda2013(table, tmp_path / "wiod21.rda")
    same(gvc.read_icio(whole), table)


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are those of Linux")
def test_r_data_that_stand_for_more_than_they_hold_are_refused(tmp_path, monkeypatch) -> None:
    """A sequence that R keeps as its first number and its length: a hundred bytes for gigabytes."""
    import resource  # noqa: PLC0415  (which Windows has not)

    monkeypatch.setattr(rda, "MEMORY", 400_000_000)

    def symbol(word: bytes) -> bytes:
        return struct.pack(">iii", 1, 9, len(word)) + word

    end = struct.pack(">i", 254)
    sequence = struct.pack(">iiddd", 14, 3, 1e8, 1, 1)  # its length, the first number and the step
    compact = struct.pack(">ii", 238, 2) + symbol(b"compact_realseq") + end + sequence + end
    content = b"RDX3\nX\n" + struct.pack(">iiii", 3, 263168, 197888, 5) + b"UTF-8"
    content += struct.pack(">i", 1026) + symbol(b"x") + compact + end
    (tmp_path / "t.rda").write_bytes(gzip.compress(content))
    before = resource.getrlimit(resource.RLIMIT_AS)
    assert_one_error(tmp_path / "t.rda", "t.rda", "memory", "not enough")
    assert resource.getrlimit(resource.RLIMIT_AS) == before


@pytest.mark.parametrize(("name", "limit"), [("CELLS", 373), ("DENSEST", 0)])
def test_a_plain_parquet_file_of_more_cells_than_a_table_is_refused_unread(tmp_path, monkeypatch, name, limit) -> None:
    plain.write(known(), tmp_path / "t.parquet")
    same(gvc.read_icio(tmp_path / "t.parquet"), known())
    monkeypatch.setattr(plain, name, limit)
    monkeypatch.setattr(plain, "FEW", 373)
    monkeypatch.setattr(plain.parquet.ParquetFile, "read", None)
    assert_one_error(tmp_path / "t.parquet", "t.parquet", "at most 373 cells", "17 rows of 22 columns")


def test_a_plain_parquet_file_whose_labels_are_no_labels_is_refused(tmp_path) -> None:
    """A dictionary keeps a text once, however many rows have it."""
    plain.write(known(), tmp_path / "t.parquet")
    table = parquet.read_table(tmp_path / "t.parquet")
    for at, said in ((0, "labels of at most 1,000 letters"), (3, "numbers")):
        long = pa.array(["x" * 2000] * len(table)).dictionary_encode()
        parquet.write_table(table.set_column(at, table.column_names[at], long), tmp_path / "long.parquet")
        assert_one_error(tmp_path / "long.parquet", f"long.parquet, column {table.column_names[at]}", said)


def test_a_panel_of_more_rows_than_years_can_fill_is_refused_unread(tmp_path, monkeypatch) -> None:
    flows, _ = panel.tidy(gvc.load_sample())
    panel.write(flows, tmp_path / "p.parquet")
    assert len(panel.load_panel(tmp_path / "p.parquet")) == 484
    monkeypatch.setattr(panel, "ROWS", 483)
    monkeypatch.setattr(pd, "read_parquet", None)
    with pytest.raises(GvcError, match=r"p\.parquet: expected at most 483 rows; found 484"):
        panel.load_panel(tmp_path / "p.parquet")


def test_a_workbook_whose_list_of_sheets_is_no_list_is_refused(tmp_path, monkeypatch) -> None:
    file = layouts.xlsx(tmp_path / "t.xlsx", {"ADB MRIO 2021": layouts.adb(known())})
    assert sources.years(file) == [None]
    layouts.renamed(file, "ADB MRIO 2021", "ADB MRIO 2021" + " " * 10_000_000)
    assert file.stat().st_size > 10_000_000
    monkeypatch.setattr(apart.ElementTree, "fromstring", None)
    for read in (sources.years, gvc.read_icio):
        with pytest.raises(
            GvcError, match=r"t\.xlsx, xl/workbook\.xml: expected no more than 10 MB, .*; found 10\.0 MB"
        ):
            read(file)


@PIPES
def test_a_pipe_and_a_device_are_no_files(tmp_path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path / "pipe.csv", Path("/dev/zero")):
        for read in (gvc.read_icio, cache.read, sources.years):
            with pytest.raises(GvcError, match=f"{path}: expected a file or a folder; found a (pipe|device)"):
                read(path)
        with pytest.raises(GvcError, match="expected a file or a folder"):
            gvc.read_icio(path, source="plain")


@PIPES
def test_a_pipe_among_files_of_eora_is_passed_over(tmp_path) -> None:
    for name, content in layouts.eora(layouts.one_sector_row(known(("CHN", "ROW"), ("a", "TOTAL")))).items():
        (tmp_path / name).write_text(content)
    os.mkfifo(tmp_path / "labels_X.txt")
    assert gvc.read_icio(tmp_path).year == 2015
    (tmp_path / "labels_T.txt").unlink()
    os.mkfifo(tmp_path / "labels_T.txt")
    assert_one_error(tmp_path, "labels_T.txt", "the file, among the others", "no such file")


def test_a_panel_that_unpacks_to_far_more_than_it_packs_is_refused_unread(tmp_path, monkeypatch) -> None:
    flows, _ = panel.tidy(gvc.load_sample())
    panel.write(flows, tmp_path / "p.parquet")
    row = pa.Table.from_pandas(pd.read_parquet(tmp_path / "p.parquet").iloc[:1])
    with parquet.ParquetWriter(tmp_path / "alike.parquet", row.schema, compression="zstd") as out:
        out.write_table(pa.concat_tables([row] * 3_000_000).combine_chunks())
    assert (tmp_path / "alike.parquet").stat().st_size < 200_000
    monkeypatch.setattr(panel, "frame_of", None)
    for read in (panel.load_panel, panel.about):
        with pytest.raises(GvcError, match=r"alike\.parquet: .* found 3,000,000 rows, .* the same over and over"):
            read(tmp_path / "alike.parquet")
