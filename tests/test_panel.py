"""Building panels: resumed, bounded, whole or not at all; and the cache of parsed tables."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import gvc
from gvc import GvcError, panel, sources
from gvc.sources import cache
from report import article
from tests import layouts, synthetic
from tests.layouts import known, same


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch) -> Path:
    """Keep tables of a test to itself, and all of them however fast they are read."""
    monkeypatch.setenv("GVC_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "WORTH", 0)
    return tmp_path / "cache"


def workbooks(folder: Path, years: range) -> list[Path]:
    return [
        layouts.xlsx(folder / f"{year}.xlsx", {f"ADB MRIO {year}": layouts.adb(known(year=year, seed=year))})
        for year in years
    ]


# -- building -----------------------------------------------------------------------------------------------------


def test_a_panel_holds_what_each_file_gives(tmp_path) -> None:
    files = workbooks(tmp_path, range(2007, 2010))
    calls: list[int] = []
    made, accounts = panel.build(files, tmp_path / "p.parquet", workers=2, done=calls.append)
    assert calls == [3, 3, 3]
    assert [file.name for file in (made, accounts)] == ["p.parquet", "p_sectors.parquet"]
    frame = gvc.load_panel(str(made))
    assert panel.years(frame) == [2007, 2008, 2009]
    table = gvc.read_icio(files[1])
    np.testing.assert_allclose(
        panel.flow_matrix(frame, "va_exports", 2008), gvc.value_added_in_exports(table), rtol=1e-12
    )
    assert sorted(file.name for file in tmp_path.iterdir() if file.name.startswith(".")) == []


def test_a_zip_of_several_years_is_as_many_tables(tmp_path) -> None:
    rows = {year: list(layouts.oecd(known(year=year, seed=year))) for year in (2016, 2017)}
    files = {
        f"{year}_SML.csv": layouts.delimited(tmp_path / "t.csv", table).read_text() for year, table in rows.items()
    }
    made, _ = panel.build([layouts.zipped(tmp_path / "2016-2017_SML.zip", files)], tmp_path / "p.parquet", workers=1)
    assert panel.years(gvc.load_panel(str(made))) == [2016, 2017]


def test_a_bad_year_leaves_the_old_panel_and_the_finished_years(tmp_path) -> None:
    files = workbooks(tmp_path, range(2007, 2009))
    out = tmp_path / "p.parquet"
    panel.build(files[:1], out, workers=1)
    old = out.read_bytes()
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"PK")
    with pytest.raises(GvcError, match=r"bad\.xlsx"):
        panel.build([*files, bad], out, workers=1)
    assert out.read_bytes() == old
    finished = sorted(file.name for file in (tmp_path / ".p.years").glob("*.flows.parquet"))
    assert len(finished) == 2
    panel.build(files, out, workers=1)
    assert panel.years(gvc.load_panel(str(out))) == [2007, 2008]
    assert not (tmp_path / ".p.years").exists()


def test_a_killed_build_leaves_the_old_panel_and_goes_on(tmp_path) -> None:
    files = synthetic.write(tmp_path, range(2007, 2013), sectors=4)
    out = tmp_path / "p.parquet"
    panel.build(files[:1], out, workers=1)
    old = out.read_bytes()
    command = [
        sys.executable,
        "-c",
        "from report.cli import main; main()",
        "build",
        *map(str, files),
        "-o",
        str(out),
        "--workers",
        "1",
    ]
    running = subprocess.Popen([*command, "--workers", "1"], start_new_session=True, stderr=subprocess.DEVNULL)
    finished = tmp_path / ".p.years"
    deadline = time.monotonic() + 60
    while not list(finished.glob("*.sectors.parquet")) and running.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    assert out.read_bytes() == old
    kept = {file: file.stat().st_mtime_ns for file in finished.glob("[!.]*.sectors.parquet")}
    assert kept
    seen: dict[Path, int] = {}
    panel.build(
        files, out, workers=1, done=lambda _: seen.update((f, f.stat().st_mtime_ns) for f in kept if f.exists())
    )
    assert seen == kept
    assert panel.years(gvc.load_panel(str(out))) == list(range(2007, 2013))


def test_a_worker_that_the_system_ends_is_one_error(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(panel, "_one_year", _end)
    with pytest.raises(GvcError, match=r"expected up to 1.5 GB of memory .* one that the system ended"):
        panel.build(workbooks(tmp_path, range(2007, 2008)), tmp_path / "p.parquet", workers=1)


def _end(*_: object) -> None:
    os._exit(9)


def test_a_full_disk_is_one_error(tmp_path, monkeypatch) -> None:
    files = workbooks(tmp_path, range(2007, 2008))
    with monkeypatch.context() as patch:
        patch.setattr(panel, "YEAR", 10**18)
        with pytest.raises(GvcError, match="of free disk; found"):
            panel.build(files, tmp_path / "p.parquet", workers=1)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(panel, "write", full)
    with pytest.raises(GvcError, match="of free disk; found"):
        panel.build(files, tmp_path / "p.parquet", workers=1)
    assert not (tmp_path / "p.parquet").exists()


def test_a_folder_that_is_no_folder(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(GvcError, match="a folder to write to"):
        panel.build(workbooks(tmp_path, range(2007, 2008)), tmp_path / "file" / "p.parquet", workers=1)


def test_two_files_of_one_year(tmp_path) -> None:
    (file,) = workbooks(tmp_path, range(2007, 2008))
    with pytest.raises(GvcError, match="one file a year"):
        panel.build([file, file], tmp_path / "p.parquet", workers=1)


def test_workers_fit_in_memory(monkeypatch) -> None:
    sizes = {"SC_AVPHYS_PAGES": 3 * panel.WORKER, "SC_PAGE_SIZE": 1}
    monkeypatch.setattr(os, "sysconf", sizes.__getitem__)
    monkeypatch.setattr(os, "cpu_count", lambda: 16)
    assert panel._affordable() == 3
    sizes["SC_AVPHYS_PAGES"] = 1
    assert panel._affordable() == 1


def test_a_year_from_two_sources_has_no_one_matrix(tmp_path) -> None:
    frame, _ = panel.tidy(known())
    both = pd.concat([frame, frame.assign(source="another")])
    with pytest.raises(GvcError, match="found several, from known, another"):
        panel.flow_matrix(both, "va_exports", 2021)


# -- the cache ----------------------------------------------------------------------------------------------------


def test_a_cached_table_is_the_table(tmp_path, own_cache, monkeypatch) -> None:
    rows = list(layouts.adb(known(taxed=False)))
    next(row for row in rows if row[3] == "r61")[5] = None
    file = layouts.xlsx(tmp_path / "t.xlsx", {"ADB MRIO 2021": rows})
    first = cache.read(file)
    monkeypatch.setattr(cache, "read_as_it_is", None)
    again = cache.read(file)
    same(again, first)
    assert (again.year, again.source, again.unit) == (first.year, first.source, first.unit)
    assert again.check() == first.check() != []
    assert again.provenance.cells == first.provenance.cells
    np.testing.assert_array_equal(again.provenance.inputs, first.provenance.inputs)


@pytest.mark.parametrize("damage", ["flip", "truncate", "empty", "noise"])
def test_a_damaged_cache_is_read_from_the_source(tmp_path, own_cache, damage: str) -> None:
    (file,) = workbooks(tmp_path, range(2007, 2008))
    first = cache.read(file)
    (kept,) = own_cache.iterdir()
    content = bytearray(kept.read_bytes())
    middle = content.find(np.ascontiguousarray(first.Z).tobytes()[:32])
    assert middle > 0
    content[middle + 3] ^= 0xFF
    kept.write_bytes({"flip": content, "truncate": content[:-50], "empty": b"", "noise": os.urandom(999)}[damage])
    same(cache.read(file), first)


def test_the_cache_goes_by_content(tmp_path, own_cache) -> None:
    (file,) = workbooks(tmp_path, range(2007, 2008))
    cache.read(file)
    other = layouts.xlsx(file, {"ADB MRIO 2007": layouts.adb(known(seed=5, year=2007))})
    same(cache.read(other), known(seed=5, year=2007))
    assert len(list(own_cache.iterdir())) == 2


def test_the_cache_is_bounded(tmp_path, own_cache, monkeypatch) -> None:
    files = workbooks(tmp_path, range(2007, 2011))
    size = 0
    for at, file in enumerate(files):
        cache.read(file)
        (newest,) = set(own_cache.iterdir()) - {path for path in own_cache.iterdir() if path.stat().st_mtime < at}
        os.utime(newest, (at, at))
        size = max(size, newest.stat().st_size)
    monkeypatch.setattr(cache, "LIMIT", 2.5 * size)
    (tmp_path / "more").mkdir()
    cache.read(workbooks(tmp_path / "more", range(2015, 2016))[0])
    assert len(list(own_cache.iterdir())) == 2


def test_a_cache_that_cannot_be_written_is_a_warning(tmp_path, monkeypatch) -> None:
    (file,) = workbooks(tmp_path, range(2007, 2008))
    monkeypatch.setenv("GVC_CACHE", str(file / "below a file"))
    with pytest.warns(UserWarning, match="the table is not kept there"):
        same(cache.read(file), known(seed=2007, year=2007))


def test_eora_is_cached_by_all_its_files(tmp_path, own_cache) -> None:
    table = layouts.one_sector_row(known(["AFG", "ROW"], ["a", "TOTAL"]))
    for name, content in layouts.eora(table).items():
        (tmp_path / name).write_text(content)
    assert cache.key(tmp_path) != cache.key(tmp_path / "Eora26_2015_bp_T.txt")
    before = cache.key(tmp_path)
    with (tmp_path / "Eora26_2015_bp_VA.txt").open("a") as file:
        file.write(" ")
    assert cache.key(tmp_path) != before


# -- the whole path, on a set that is made up ---------------------------------------------------------------------


def test_the_articles_tables_from_a_full_set(tmp_path) -> None:
    files = synthetic.write(tmp_path, [2017, 2021])
    assert sources.read_icio(files[0]).check() == []
    made, _ = panel.build(files, tmp_path / "p.parquet", workers=1)
    frame = gvc.load_panel(str(made))
    assert frame["source"].unique().tolist() == [f"ADB MRIO, {len(synthetic.ECONOMIES) - 1} economies, synthetic"]
    compared = article.compare(frame)
    assert compared["table"].value_counts().to_dict() == {1: 12, 2: 30, 3: 40}
    np.testing.assert_allclose(compared["gap"], compared["recomputed"] - compared["printed"])
    summary = article.deviations(compared)
    assert summary["printed"].to_dict() == {
        (1, "fva_share"): 45, (1, "imint_share"): 45, (2, "fva_share"): 15, (2, "imint_share"): 15, (3, "link"): 40,
    }  # fmt: skip
    assert summary.loc[(3, "link"), "compared"] == 40
    worst = compared[compared["table"] == 3].iloc[0]
    assert summary.loc[(3, "link"), "where"] == f"{worst['origin']} → {worst['destination']} {worst['year']}"
    assert summary.loc[(3, "link"), "largest"] == pytest.approx(abs(worst["gap"]))


def test_the_printed_numbers_agree_with_themselves(monkeypatch) -> None:
    monkeypatch.setattr(article, "recomputed", lambda table, _: article.printed(table))
    compared = article.compare(pd.DataFrame())
    assert len(compared) == 160
    assert compared["rounded"].all()
