"""Building panels: resumed, bounded, whole or not at all; and the cache of parsed tables."""

import errno
import os
import pickle
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import joblib
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

import gvc
from gvc import ICIO, GvcError, panel, workers
from gvc.checks import Finding
from gvc.panel import building
from gvc.sources import cache, plain
from tests import layouts, synthetic
from tests.layouts import known, same
from tests.slow import slow

LINUX = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for processes in /proc")


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


@pytest.fixture
def here(monkeypatch) -> None:
    """For tests that are not about processes."""
    monkeypatch.setattr(building, "affordable", lambda: 1)


@pytest.fixture(scope="module")
def due(tmp_path_factory) -> Path:
    """Name a folder with workbooks of 2007 to 2009, a panel of the three, and an old one of 2007 alone."""
    folder = tmp_path_factory.mktemp("due")
    files = workbooks(folder, range(2007, 2010))
    panel.build(files, folder / "p.parquet", measure=slow, workers=2)
    panel.build(files[:1], folder / "old.parquet", measure=slow, workers=1)
    return folder


def both(out: Path) -> tuple[bytes, bytes]:
    """Content of the two files of a panel."""
    return out.read_bytes(), out.with_name(f"{out.stem}_sectors.parquet").read_bytes()


def old_panel(due: Path, folder: Path) -> Path:
    """Copy the panel of 2007 alone."""
    for name in ("", "_sectors"):
        shutil.copy(due / f"old{name}.parquet", folder / f"p{name}.parquet")
    return folder / "p.parquet"


def hidden(folder: Path) -> list[str]:
    """Names of what a build has left."""
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


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


def test_a_zip_of_several_years_is_as_many_tables(tmp_path, here) -> None:
    rows = {year: list(layouts.oecd(known(year=year, seed=year))) for year in (2016, 2017)}
    files = {
        f"{year}_SML.csv": layouts.delimited(tmp_path / "t.csv", table).read_text() for year, table in rows.items()
    }
    made, _ = panel.build([layouts.zipped(tmp_path / "2016-2017_SML.zip", files)], tmp_path / "p.parquet", workers=1)
    assert panel.years(gvc.load_panel(str(made))) == [2016, 2017]


def test_a_bad_year_leaves_the_old_panel_and_the_finished_years(due, tmp_path) -> None:
    files, out = sorted(due.glob("*.xlsx")), old_panel(due, tmp_path)
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"PK")
    with pytest.raises(GvcError, match=r"bad\.xlsx"):
        panel.build([bad, *files], out, measure=slow, workers=2)  # one year is begun meanwhile
    assert 1 <= len(list((tmp_path / ".p.years").iterdir())) <= 3
    with pytest.raises(GvcError, match=r"bad\.xlsx"):
        panel.build([*files, bad], out, measure=slow, workers=1)
    assert len(list((tmp_path / ".p.years").iterdir())) == 3
    assert both(out) == both(due / "old.parquet")
    panel.build(files, out, measure=slow, workers=1)
    assert both(out) == both(due / "p.parquet")
    assert hidden(tmp_path) == []


def test_the_order_of_the_files_does_not_matter(tmp_path, here) -> None:
    files = workbooks(tmp_path, range(2007, 2009))
    one, other = tmp_path / "a" / "p.parquet", tmp_path / "b" / "p.parquet"
    panel.build(files, one, workers=1)
    panel.build(reversed(files), other, workers=2)
    assert both(one) == both(other)


def test_an_unbalanced_table_makes_no_panel(tmp_path, here) -> None:
    rows = list(layouts.adb(known(["CHN", "JPN"], ["c1", "c2"])))
    rows[8][6] *= 1.5
    file = layouts.xlsx(tmp_path / "t.xlsx", {"ADB MRIO 2021": rows})
    with pytest.raises(
        GvcError, match=r"t\.xlsx, ADB MRIO 2021!G17: expected column balance of JPN c1 to half a percent"
    ):
        panel.build([file], tmp_path / "p.parquet", workers=1)
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".parquet") == []


def test_what_the_checks_find_is_told_by_table_and_year(tmp_path, here) -> None:
    files = []
    for year, demand in ((2008, -10.0), (2007, 30.0)):
        Y = np.array([[demand, 20], [70, 80]])
        x = Y.sum(axis=1) + 10
        table = {
            "economies": ["CHN", "MEX"],
            "sectors": ["all"],
            "Z": np.diag([10.0, 10]),
            "Y": Y,
            "x": x,
            "va": x - 10,
        }
        plain.write(ICIO(**table, year=year, source="toy"), tmp_path / f"{year}.csv")
        files.append(tmp_path / f"{year}.csv")
    told: list[tuple[Path, int, list[str]]] = []

    def warned(path: Path, year: int, found: Sequence[Finding]) -> None:
        told.append((path, year, [str(finding) for finding in found]))

    with pytest.raises(GvcError, match="no such file"):
        panel.build([*files, tmp_path / "absent.csv"], tmp_path / "p.parquet", workers=1, warned=warned)
    assert told == []
    panel.build(files, tmp_path / "p.parquet", workers=1, warned=warned)  # of years that are finished, too
    assert told == [(files[0], 2008, ["WARN  negative final demand: CHN all → CHN (-10)"])]


def test_a_table_without_a_year_is_named(tmp_path, here) -> None:
    plain.write(known(year=None), tmp_path / "t.csv")
    with pytest.raises(GvcError, match=r"t\.csv, known: expected a year; found none"):
        panel.build([tmp_path / "t.csv"], tmp_path / "p.parquet", workers=1)


# -- one unit ------------------------------------------------------------------------------------------------------


def test_a_panel_says_its_unit(tmp_path, here) -> None:
    plain.write(known(unit="million EUR"), tmp_path / "t.csv")
    for path in panel.build([tmp_path / "t.csv"], tmp_path / "p.parquet", workers=1):
        assert gvc.load_panel(path).attrs["unit"] == "million EUR"
        assert b'"unit": "million EUR"' in pq.read_schema(path).metadata[b"PANDAS_ATTRS"]


def test_tables_of_two_units_are_no_panel(tmp_path, here) -> None:
    units = {2010: "million USD", 2011: "million EUR", 2012: "million USD"}
    for year, unit in units.items():
        plain.write(known(year=year, unit=unit), tmp_path / f"{year}.csv")
    with pytest.raises(GvcError, match=r"2011\.csv: expected million USD, the unit of .*2010\.csv; found million EUR"):
        panel.build([tmp_path / f"{year}.csv" for year in units], tmp_path / "p.parquet", workers=1)
    assert not (tmp_path / "p.parquet").exists()


# -- nothing lost --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("out", "found"),
    [
        ("t.parquet", "t.parquet: .*; found one of the tables to read"),
        ("p.parquet", "p_sectors.parquet: .*; found one of the tables to read"),
        ("q_sectors.parquet", "q_sectors.parquet: .*; found q_sectors.parquet"),
        ("q.parquet", "q_sectors.parquet: .*; found a panel of flows"),
        ("accounts.parquet", "accounts.parquet: .*; found a panel by industry"),
        ("text.parquet", "text.parquet: .*; found something else"),
        ("folder.parquet", "folder.parquet: .*; found something else"),
    ],
)
def test_what_stands_there_and_is_no_older_panel_is_not_lost(due, tmp_path, monkeypatch, out: str, found: str) -> None:
    plain.write(known(), tmp_path / "t.parquet")  # the table
    (tmp_path / "p_sectors.parquet").hardlink_to(tmp_path / "t.parquet")
    shutil.copy(due / "old.parquet", tmp_path / "q_sectors.parquet")  # flows of such a name
    shutil.copy(due / "old_sectors.parquet", tmp_path / "accounts.parquet")
    (tmp_path / "text.parquet").write_text("notes")
    (tmp_path / "folder.parquet").mkdir()
    monkeypatch.setattr(building, "_years_in", None)  # no work is begun
    before = {path: path.is_file() and path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(GvcError, match=found):
        panel.build([tmp_path / "t.parquet"], tmp_path / out)
    assert {path: path.is_file() and path.read_bytes() for path in tmp_path.iterdir()} == before


def test_flows_and_industries_are_replaced_together(due, tmp_path, monkeypatch, here) -> None:
    files, out, fresh = sorted(due.glob("*.xlsx")), old_panel(due, tmp_path), tmp_path / "fresh.parquet"
    move = Path.replace

    def refuse(file: Path, target: Path) -> Path:
        if target.name.endswith("_sectors.parquet") and file.parent != target.parent:
            raise PermissionError(errno.EACCES, "Permission denied", str(target))
        return move(file, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        for target in (out, fresh):
            with pytest.raises(GvcError, match=r"_sectors\.parquet: expected a place to write to; found Permission"):
                panel.build(files, target, measure=slow)
    assert both(out) == both(due / "old.parquet")
    assert not fresh.exists()
    panel.build(files, out, measure=slow)
    assert both(out) == both(due / "p.parquet")
    assert hidden(tmp_path) == [".fresh.years"]


def test_industries_of_another_build_are_refused(due, tmp_path) -> None:
    """What a process leaves that is killed after the first of the two files is replaced."""
    out = old_panel(due, tmp_path)
    shutil.copy(due / "p.parquet", out)
    assert panel.years(gvc.load_panel(out)) == [2007, 2008, 2009]
    with pytest.raises(GvcError, match=r"p_sectors\.parquet: expected what was built together with p\.parquet"):
        gvc.load_panel(tmp_path / "p_sectors.parquet")
    shutil.copy(due / "p_sectors.parquet", tmp_path)
    assert panel.years(gvc.load_panel(tmp_path / "p_sectors.parquet")) == [2007, 2008, 2009]


def test_industries_of_no_build_are_refused_beside_flows_of_one(due, tmp_path) -> None:
    old_panel(due, tmp_path)
    bare = pd.read_parquet(tmp_path / "p_sectors.parquet")
    bare.attrs = {"unit": "million USD"}
    panel.write(bare, tmp_path / "p_sectors.parquet")
    with pytest.raises(GvcError, match=r"p_sectors\.parquet: expected what was built together with p\.parquet"):
        gvc.load_panel(tmp_path / "p_sectors.parquet")


def test_damaged_leftovers_are_dropped_and_said(due, tmp_path, here) -> None:
    files, out, left = workbooks(tmp_path, range(2007, 2011)), tmp_path / "p.parquet", tmp_path / ".p.years"
    panel.build(files, tmp_path / "due.parquet")
    with pytest.raises(GvcError, match="no such file"):
        panel.build([*files, tmp_path / "absent.xlsx"], out)
    first, second, third, whole = sorted(left.iterdir())
    first.write_bytes(first.read_bytes()[:-40])
    flipped = bytearray(second.read_bytes())
    flipped[len(flipped) // 2] ^= 1
    second.write_bytes(flipped)
    third.write_bytes(b"")
    (left / f".{whole.name}.4711").write_bytes(whole.read_bytes()[:100])
    (left / "folder").mkdir()
    (left / ".old").write_text("")
    shutil.copy(tmp_path / "due.parquet", left / "p.parquet")
    kept, times = whole.stat().st_mtime_ns, []
    with pytest.warns(UserWarning, match=r"\.p\.years: dropped 7 that an interrupted build left unfinished"):
        panel.build(files, out, done=lambda _: times.append(whole.stat().st_mtime_ns))
    assert times == [kept] * 4
    assert both(out) == both(tmp_path / "due.parquet")
    assert hidden(tmp_path) == []


def test_a_second_build_to_the_same_place_is_told_who_is_there(due, tmp_path, here) -> None:
    files, out = sorted(due.glob("*.xlsx")), tmp_path / "p.parquet"
    holds = "import sys; from pathlib import Path; from gvc import place\n"
    holds += "with place.alone(Path(sys.argv[1])): print('there', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", holds, str(out)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "there\n"
        with pytest.raises(GvcError, match=rf"p\.parquet: expected no other build.*found one by process {other.pid}\."):
            panel.build(files, out, measure=slow)
        panel.build(files, tmp_path / "q.parquet", measure=slow)
        other.kill()
    assert hidden(tmp_path) == [".p.lock"]
    panel.build(files, out, measure=slow)
    assert both(out) == both(tmp_path / "q.parquet") == both(due / "p.parquet")
    assert hidden(tmp_path) == []


def alive(mark: Path) -> str:
    """Command lines of the processes to whose environment a mark belongs."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if os.fsencode(mark) in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_bytes().decode())
    return "\n".join(found)


def until(condition: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@contextmanager
def a_slow_build(due: Path, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a build over an old panel until two years are finished and the worker of the third waits for a process."""
    files, out = sorted(due.glob("*.xlsx")), old_panel(due, folder)
    # The commands of this package alone: the book, where it is installed, has a `build` of its own.
    script = "from gvc import cli; from tests.slow import slow; cli.app = lambda: cli.own"
    script += "; cli.build_panel.__kwdefaults__['measure'] = slow; cli.main()"
    command = [sys.executable, "-c", script, "build", *map(str, files), "-o", str(out), "--workers", "2"]
    environment = {**os.environ, "SLOW": "2009", "MARK": str(folder)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as begun:
        until(lambda: len(list((folder / ".p.years").glob("[!.]*"))) == 2 and "asleep" in alive(folder), 60)
        yield begun


@LINUX
def test_when_one_worker_is_ended_the_others_end_with_all_they_started(due, tmp_path) -> None:
    with a_slow_build(due, tmp_path) as begun:
        children = Path(f"/proc/{begun.pid}/task/{begun.pid}/children").read_text("utf-8").split()
        served = [child for child in children if "popen_loky" in Path(f"/proc/{child}/cmdline").read_text("utf-8")]
        (idle,) = [child for child in served if not Path(f"/proc/{child}/task/{child}/children").read_text("utf-8")]
        os.kill(int(idle), signal.SIGKILL)
        _, said = begun.communicate(timeout=60)
    until(lambda: not alive(tmp_path), 10)
    assert begun.returncode == 1
    assert "found one that the system ended" in said
    assert both(tmp_path / "p.parquet") == both(due / "old.parquet")
    assert [path.suffix for path in (tmp_path / ".p.years").iterdir()] == [".zip"] * 2


@LINUX
@pytest.mark.parametrize("ending", ["SIGKILL", "SIGTERM"])
def test_an_interrupted_build_leaves_no_process_and_goes_on(due, tmp_path, ending: str) -> None:
    files, out, left = sorted(due.glob("*.xlsx")), tmp_path / "p.parquet", tmp_path / ".p.years"
    with a_slow_build(due, tmp_path) as begun:
        begun.send_signal(signal.Signals[ending])
        _, said = begun.communicate(timeout=60)  # less than what the last worker waits for would take
    until(lambda: not alive(tmp_path), 10)
    assert begun.returncode == (-9 if ending == "SIGKILL" else 130)
    assert "Traceback" not in said
    assert ("Finished years are kept" in said) == (ending == "SIGTERM")
    assert both(out) == both(due / "old.parquet")
    kept = {file: file.stat().st_mtime_ns for file in left.iterdir()}
    assert len(kept) == 2
    times: list[dict[Path, int]] = []

    def done(_: int) -> None:
        times.append({file: file.stat().st_mtime_ns for file in kept})

    panel.build(files, out, measure=slow, workers=1, done=done)
    assert times == [kept] * 3
    assert both(out) == both(due / "p.parquet")
    assert hidden(tmp_path) == []


@LINUX
def test_an_interrupt_while_workers_start_does_not_reach_them(due, tmp_path) -> None:
    """As the terminal tells it to all: to this process, and to each worker that has just begun."""
    script = """if True:
        import os, signal
        from joblib.externals.loky.backend import fork_exec, popen_loky_posix
        from gvc.cli import main

        signal.signal(signal.SIGINT, signal.default_int_handler)  # which what a shell runs in the background ignores
        launch = fork_exec.fork_exec

        def interrupted(*given, **named):
            pid = launch(*given, **named)
            if "popen_loky" in str(given[0]):
                os.killpg(0, signal.SIGINT)
            return pid

        fork_exec.fork_exec = interrupted
        main()
    """
    files, environment = [str(due / f"{year}.xlsx") for year in (2007, 2008)], {**os.environ, "MARK": str(tmp_path)}
    command = [sys.executable, "-c", script, "build", *files, "-o", str(tmp_path / "p.parquet"), "--workers", "2"]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, start_new_session=True, timeout=60
    )
    until(lambda: not alive(tmp_path), 10)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert hidden(tmp_path) == []
    assert panel.years(panel.load_panel(tmp_path / "p.parquet")) == [2007, 2008]


def test_a_worker_that_the_system_ends_is_one_error(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(building, "_one_year", _end)
    with pytest.raises(GvcError, match=r"expected up to 1.5 GB of memory .* one that the system ended"):
        panel.build(workbooks(tmp_path, range(2007, 2009)), tmp_path / "p.parquet", workers=2)


def _end(*_: object) -> None:
    os._exit(9)


def test_what_a_worker_sends_fits_into_a_pipe_at_once(tmp_path) -> None:
    """Of more, half could be there when the system ends the worker, and the build would wait for the rest forever."""
    (file,) = workbooks(tmp_path, range(2007, 2008))
    sent = building._one_year(file, None, tmp_path, 0, (cache.read, panel.tidy))
    assert len(pickle.dumps(sent)) < 4096 / 4, "a quarter of what a pipe takes at once"
    assert building._is_whole(tmp_path / f"{sent.key}.zip")


def test_a_year_that_other_code_has_finished_is_made_again(tmp_path) -> None:
    (file,) = workbooks(tmp_path, range(2007, 2008))
    keys = {
        building._one_year(file, None, tmp_path, 0, work).key
        for work in (
            (cache.read, panel.tidy),
            (cache.read, slow),
            (gvc.read_icio, panel.tidy),
            (cache.read, panel.tidy),
        )
    }
    assert len(keys) == len(list(tmp_path.glob("*.zip"))) == 2  # both readers are code of one package


def test_a_year_counts_as_finished_by_the_code_of_the_whole_package(monkeypatch) -> None:
    read = set[str]()
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.add(path.as_posix()) or b"")
    building._code(cache.read, slow)
    package = Path(gvc.__file__).parent.as_posix()
    assert {f"{package}/{name}" for name in ("flows.py", "panel/measures.py")} <= read
    assert any(name.endswith("tests/slow.py") for name in read)


def test_what_a_worker_has_not_finished_goes_with_the_build(due, tmp_path, monkeypatch, here) -> None:
    files, out = sorted(due.glob("*.xlsx")), tmp_path / "p.parquet"

    def ended(*_: object) -> None:
        (tmp_path / ".p.years" / ".half.zip.123").write_bytes(b"PK")
        raise BrokenProcessPool

    monkeypatch.setattr(building, "_one_year", ended)
    with pytest.raises(GvcError, match="one that the system ended"):
        panel.build(files, out, measure=slow)
    assert hidden(tmp_path) == []


def test_a_full_disk_is_one_error(due, tmp_path, monkeypatch, here) -> None:
    files, out = sorted(due.glob("*.xlsx")), old_panel(due, tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(building, "YEAR", 10**18)
        with pytest.raises(GvcError, match="of free disk; found"):
            panel.build(files, out, measure=slow)
    assert hidden(tmp_path) == []
    for room in (1, 3):  # files that the disk takes: some years, or all of them and not the panel
        left = iter(range(room))

        def sync(_: int, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", sync)
            with pytest.raises(GvcError, match="expected 60 MB of free disk; found"):
                panel.build(files, out, measure=slow)
        assert [file.suffix for file in (tmp_path / ".p.years").iterdir()] == [".zip"] * room
        assert hidden(tmp_path) == [".p.years"]
        assert both(out) == both(due / "old.parquet")
        shutil.rmtree(tmp_path / ".p.years")
    panel.build(files, out, measure=slow)
    assert both(out) == both(due / "p.parquet")
    assert hidden(tmp_path) == []


def test_a_place_that_cannot_be_written(tmp_path, here) -> None:
    (tmp_path / "file").write_text("")
    for out in (tmp_path / "file" / "p.parquet", tmp_path / f"{'p' * 245}.parquet", Path("/proc/self/p.parquet")):
        with pytest.raises(GvcError, match=r"expected a place to write to; found .*\. Choose another one"):
            panel.build(workbooks(tmp_path, range(2007, 2008)), out, workers=1)


def test_two_files_of_one_year_are_both_named(tmp_path, here) -> None:
    one, other = workbooks(tmp_path, range(2007, 2009))
    shutil.copy(one, tmp_path / "again.xlsx")
    with pytest.raises(
        GvcError, match=r"again\.xlsx: expected one file a year .*; found ADB.*, 2007 in .*2007\.xlsx, too"
    ):
        panel.build([one, other, tmp_path / "again.xlsx"], tmp_path / "p.parquet", workers=1)


def test_workers_fit_in_memory(monkeypatch) -> None:
    sizes = {"SC_AVPHYS_PAGES": 4_600_000_000, "SC_PAGE_SIZE": 1}
    monkeypatch.setattr(os, "sysconf", sizes.__getitem__)
    monkeypatch.setattr(workers, "cpu_count", lambda: 16)
    assert workers.affordable() == 3
    sizes["SC_AVPHYS_PAGES"] = 2_900_000_000
    assert workers.affordable() == 1
    sizes["SC_AVPHYS_PAGES"] = 1
    assert workers.affordable() == 1
    sizes["SC_AVPHYS_PAGES"] = 100_000_000_000
    monkeypatch.setattr(workers, "cpu_count", lambda: 2)
    assert workers.affordable() == 2
    monkeypatch.delattr(os, "sysconf")
    assert workers.affordable() == 1


def test_joblibs_configuration_names_the_workers(due, tmp_path, monkeypatch, own_program) -> None:
    """Threads of this process here, as else those of a cluster."""
    files, out, by = sorted(due.glob("*.xlsx")), tmp_path / "p.parquet", set[threading.Thread]()

    def seen(*values: object) -> object:
        by.add(threading.current_thread())
        return one_year(*values)  # type: ignore[arg-type]

    one_year = building._one_year
    monkeypatch.setattr(building, "_one_year", seen)
    with joblib.parallel_config(backend="threading", n_jobs=3):
        assert workers.affordable() == 3
        panel.build(files, out, measure=slow)
    assert by
    assert threading.main_thread() not in by
    assert both(out) == both(due / "p.parquet")


def test_two_sources_of_one_year_make_a_panel(tmp_path) -> None:
    files = [tmp_path / f"{source}.csv" for source in ("one", "another")]
    for file in files:
        plain.write(replace(known(), source=file.stem), file)
    panel.build(files, tmp_path / "p.parquet", workers=1)
    assert set(gvc.load_panel(tmp_path / "p.parquet")["source"]) == {"one", "another"}


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


def tables(folder: Path) -> list[Path]:
    return list(folder.glob("*.npz"))


@pytest.mark.parametrize("damage", ["flip", "truncate", "empty", "noise"])
def test_a_damaged_cache_is_read_from_the_source(tmp_path, own_cache, damage: str) -> None:
    (file,) = workbooks(tmp_path, range(2007, 2008))
    first = cache.read(file)
    (kept,) = tables(own_cache)
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
    assert len(tables(own_cache)) == 2


def test_the_cache_goes_by_what_was_asked_for(tmp_path) -> None:
    tables = [known(year=year, seed=year) for year in (2020, 2021)]
    file = layouts.xlsx(tmp_path / "t.xlsx", layouts.adb_years(tables))
    for table in tables:
        found = cache.read(file, year=table.year)
        same(found, table)
        assert found.year == table.year
    # A name may tell the year, and a layout what a number is.
    renamed = shutil.copy(file, tmp_path / "u.xlsx")
    keys = [cache.key(file), cache.key(renamed), cache.key(file, "workbook"), cache.key(file, None, 2021)]
    assert len(set(keys)) == 4


def test_the_cache_is_bounded(tmp_path, own_cache, monkeypatch) -> None:
    files = workbooks(tmp_path, range(2007, 2011))
    size = 0
    for at, file in enumerate(files):
        cache.read(file)
        (newest,) = {path for path in tables(own_cache) if path.stat().st_mtime >= len(files)}
        os.utime(newest, (at, at))
        size = max(size, newest.stat().st_size)
    monkeypatch.setattr(cache, "LIMIT", 2.5 * size)
    (tmp_path / "more").mkdir()
    cache.read(workbooks(tmp_path / "more", range(2015, 2016))[0])
    kept = {cache._load(table).year for table in tables(own_cache)}  # type: ignore[union-attr]
    assert kept == {2010, 2015}


def test_what_a_killed_process_left_in_the_cache_goes(tmp_path, own_cache) -> None:
    (file,) = workbooks(tmp_path, range(2007, 2008))
    own_cache.mkdir()
    (own_cache / ".partial.npz").write_bytes(b"PK")
    cache.read(file)
    assert sorted(path.suffix for path in own_cache.iterdir() if path.name != ".lock") == [".npz"]
    assert not (own_cache / ".partial.npz").exists()


def test_without_a_home_nothing_is_kept(tmp_path, monkeypatch) -> None:
    (file,) = workbooks(tmp_path, range(2007, 2008))
    for name in ("GVC_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)

    def none() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", none)
    assert cache.folder() is None
    same(cache.read(file), known(seed=2007, year=2007))
    monkeypatch.setenv("GVC_CACHE", str(tmp_path / "named"))
    assert cache.folder() == tmp_path / "named"


def test_a_name_of_undecodable_bytes(tmp_path, own_cache) -> None:
    named = tmp_path / os.fsdecode(b"\xb1\xed.csv")
    plain.write(known(), named)
    same(cache.read(named), known())
    assert len(tables(own_cache)) == 1


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


def test_a_part_of_eora_is_cached_by_what_lies_beside_it(tmp_path) -> None:
    folder = tmp_path / "Eora26_2015_bp"
    folder.mkdir()
    for name, content in layouts.eora(layouts.one_sector_row(known(["AFG", "ROW"], ["a", "TOTAL"]))).items():
        (folder / name).write_text(content)
    deliveries = folder / "Eora26_2015_bp_T.txt"
    keys = [cache.key(deliveries)]
    with (folder / "Eora26_2015_bp_FD.txt").open("a") as file:
        file.write(" ")
    keys.append(cache.key(deliveries))
    layouts.zipped(tmp_path / "indices.zip", {"labels_T.txt": "AFG"})
    keys.append(cache.key(deliveries))
    layouts.zipped(tmp_path / "indices.zip", {"labels_T.txt": "ALB"})
    keys.append(cache.key(deliveries))
    assert len(set(keys)) == 4


# -- the whole path, on a set that is made up ---------------------------------------------------------------------


# -- what a panel is --------------------------------------------------------------------------------------------------


def stored(file: Path, unit: str | None = "million USD") -> Path:
    """Write flows of the smallest table of all."""
    frame, _ = panel.tidy(synthetic.toy())
    frame.attrs.update({} if unit is None else {"unit": unit})
    panel.write(frame, file)
    return file


@pytest.mark.parametrize(
    ("said", "unit", "prices"),
    [
        ("million USD", "million USD", "current prices"),
        ("thousand EUR, constant 2010 prices", "thousand EUR", "constant 2010 prices"),
        ("million USD, previous year's prices", "million USD", "previous year's prices"),
        ("million EUR at prices of 2015", "million EUR at prices of 2015", ""),
        ("percent", "percent", ""),
        ("", "", ""),
        (None, "", ""),
    ],
)
def test_a_panel_knows_its_unit_and_its_prices(tmp_path, said, unit, prices) -> None:
    about = panel.about(stored(tmp_path / "p.parquet", said))
    assert (about.unit, about.prices, about.source, about.years) == (unit, prices, "toy", (2000,))


def test_every_name_has_a_key_of_its_own_that_any_file_and_address_can_hold(tmp_path) -> None:
    names = [
        "adb",
        "adb_2",
        "adb__2",
        "adb#2",
        "adb 2",
        "ADB",
        "mine[2021]",
        "x" * 230,
        "x" * 231,
        "\u4e2d\u6587",
        "_",
        "a\nb",
    ]
    keys = [panel.about(stored(tmp_path / f"{name}.parquet")).key for name in names]
    assert keys[:2] == ["adb", "adb_2"]
    assert all(re.fullmatch("[a-z0-9][a-z0-9_-]{0,49}", key) for key in keys)
    assert len({key.replace("_", "-") for key in keys}) == len(names)


def test_the_digest_of_a_panel_is_that_of_both_its_files(tmp_path) -> None:
    file, beside = stored(tmp_path / "p[1].parquet"), tmp_path / "p[1]_sectors.parquet"
    seen = [panel.about(file)]
    for content in (b"a", b"b"):
        beside.write_bytes(content)
        seen.append(panel.about(file))
    stored(file, "million EUR")
    seen.append(panel.about(file))
    assert len({about.digest for about in seen}) == 4
    assert [about.by_industry for about in seen] == [False, True, True, True]
    assert panel.about(file).digest == seen[-1].digest


def test_what_is_no_panel_is_nothing_to_say_anything_of(tmp_path) -> None:
    (tmp_path / "p.parquet").write_bytes(b"PAR1")
    with pytest.raises(GvcError, match="expected a Parquet file"):
        panel.about(tmp_path / "p.parquet")
    with pytest.raises(GvcError, match=r"^nothing: expected (a panel: .*found no such file|the path of a panel)"):
        panel.about("nothing")  # with a folder of panels, and without
    pd.DataFrame({"x": [1]}).to_parquet(tmp_path / "x.parquet")
    with pytest.raises(GvcError, match="expected columns source, year"):
        panel.about(tmp_path / "x.parquet")


def test_rows_in_long_form_keep_their_origin_and_destination() -> None:
    """A matrix that is not square tells rows from columns."""
    rows = pd.MultiIndex.from_tuples([("CHN", "c1"), ("CHN", "c2"), ("JPN", "c1")])
    made = panel.long_form("f", pd.DataFrame([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], rows, ["KOR", "MEX"]))
    said = made[["origin", "sector", "destination", "value", "flow"]].itertuples(index=False, name=None)
    assert list(said) == [
        ("CHN", "c1", "KOR", 1.0, "f"),
        ("CHN", "c1", "MEX", 2.0, "f"),
        ("CHN", "c2", "KOR", 3.0, "f"),
        ("CHN", "c2", "MEX", 4.0, "f"),
        ("JPN", "c1", "KOR", 5.0, "f"),
        ("JPN", "c1", "MEX", 6.0, "f"),
    ]


@LINUX
def test_a_worker_whose_build_has_ended_before_its_first_task_ends(tmp_path) -> None:
    """Killed as soon as its workers are there, which then load their libraries still."""
    script = """if True:
        import os, signal
        from joblib.externals.loky.backend import popen_loky_posix
        from gvc import workers

        launch = popen_loky_posix.Popen._launch

        def killed(self, process):
            launch(self, process)
            os.kill(os.getpid(), signal.SIGKILL)

        popen_loky_posix.Popen._launch = killed
        list(workers.each(abs, [(1,), (2,)], 2))
    """
    environment = {**os.environ, "MARK": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    until(lambda: not alive(tmp_path), 30)


def test_a_panel_without_a_name_has_a_place_in_the_error(monkeypatch, tmp_path) -> None:
    for folder, expected in ((tmp_path, "a panel"), (tmp_path / "absent", "the path of a panel")):
        monkeypatch.setattr(gvc.panel, "DATA", folder)
        with pytest.raises(GvcError, match=rf"^the name of a panel: expected {expected}"):
            gvc.load_panel("")
