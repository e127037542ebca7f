"""How long a full ADB workbook takes: to read, from the cache, to flows, and fifteen years to a panel.

Writes a workbook of 63 economies × 35 industries with all its rows below the block, and reads it by each way in a
process of its own. ``--peers PYTHON`` names an interpreter that has mariopy and pymrio.
"""

import argparse
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from gvc import panel  # noqa: E402
from tests import layouts  # noqa: E402

SECTORS = [f"c{number}" for number in range(1, 36)]
ROUNDS = 3

# Each runs in a fresh process on the workbook named by its first argument, and prints seconds and megabytes.
_TIMED = """
import resource, sys, time
path, start = sys.argv[1], time.perf_counter()
{setup}
start = time.perf_counter()
{work}
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3)
"""
_BARE = (
    "import fastexcel, pyarrow",
    "fastexcel.read_excel(path).load_sheet(0, header_row=None, dtypes='float').to_arrow()",
)
_OURS = ("import gvc", "gvc.read_icio(path)")
_KEEP = ("from gvc.sources import cache", "cache.read(path)")
_FLOWS = (
    "import gvc; from gvc import panel; from gvc.sources import cache; table = cache.read(path)",
    "for flow in panel.FLOWS.values(): flow(table)",
)
_TIDY = (_FLOWS[0] + "; from industrial_chains import panel_contents", "panel_contents.tidy(table)")
_MARIO = ("import mario", "mario.parse_adb(path, calc_all=False)")
_PANDAS = ("import pandas", "pandas.read_excel(path, sheet_name=0, header=None, engine='openpyxl')")


def timed(code: tuple[str, str], path: Path, python: str = sys.executable, rounds: int = ROUNDS) -> tuple[float, float]:
    """Best seconds and largest megabytes of some rounds; NaN for what fails, which is shown."""
    results = []
    for _ in range(rounds):
        command = [python, "-c", _TIMED.format(setup=code[0], work=code[1]), str(path)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"    failed: {done.stderr.strip().splitlines()[-1][:200]}")
            return float("nan"), float("nan")
        results.append(tuple(map(float, done.stdout.split()[-2:])))
    return min(seconds for seconds, _ in results), max(size for _, size in results)


def workbook(path: Path, economies: list[str], year: int) -> Path:
    """Write a balanced table; only the name of the sheet tells the year."""
    rows = layouts.adb(layouts.known(economies, SECTORS, year=year))
    title = next(rows)
    title[0] = "Multiregional Input-Output Table"

    def all_rows():
        yield title
        yield from rows

    icio = layouts.known(economies, ["c1"])
    return layouts.xlsx(path, {f"ADB MRIO {year}": all_rows(), "Legend": layouts.legend(icio)})


def of_another_year(path: Path, old: int, new: int) -> Path:
    """Copy a workbook under another year: all but one small part of it is the same."""
    target = path.with_name(f"{new}.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/workbook.xml":
                content = re.sub(rf"ADB MRIO {old}".encode(), f"ADB MRIO {new}".encode(), content)
            copy.writestr(name, content)
    return target


def show(name: str, seconds: float, size: float, base: float) -> None:
    print(f"  {name:<44}{seconds:8.2f} s {seconds / base:6.2f} × {size:8,.0f} MB")


def one_workbook(path: Path, peers: str | None) -> None:
    print(f"{path.name}: {path.stat().st_size / 1e6:.0f} MB, best of {ROUNDS}, {os.cpu_count()} cores")
    base, size = timed(_BARE, path)
    show("fastexcel, the bare sheet", base, size, base)
    show("gvc.read_icio", *timed(_OURS, path), base)
    timed(_KEEP, path, rounds=1)
    show("gvc, from the cache", *timed(_KEEP, path), base)
    show("gvc, the four flows", *timed(_FLOWS, path), base)
    show("gvc, all that a panel holds", *timed(_TIDY, path), base)
    if peers:
        show("MARIO, parse_adb", *timed(_MARIO, path, peers, rounds=1), base)
        # pymrio has no reader of ADB: what its users do first is this.
        show("pandas with openpyxl, the bare sheet", *timed(_PANDAS, path, peers, rounds=1), base)


def growth(folder: Path) -> None:
    print("one year on one core, by the number of economies:")
    for count in (16, 32, 63):
        path = workbook(folder / "grow.xlsx", [*layouts.ADB62[: count - 1], "ROW"], 2021)
        os.environ["OPENBLAS_NUM_THREADS"] = "1"
        read, _ = timed(_OURS, path)
        timed(_KEEP, path, rounds=1)
        flows, _ = timed(_FLOWS, path)
        del os.environ["OPENBLAS_NUM_THREADS"]
        print(f"  {count:>3} economies, {count * 35:>5}²: {read:6.2f} s to read, {flows:6.2f} s to flows")


def fifteen_years(path: Path, workers: int) -> None:
    files = [of_another_year(path, 2021, year) for year in range(2007, 2022)]
    for name in ("first", "again, tables from the cache"):
        out = path.with_name(f"{name[:5]}.parquet")
        start = time.perf_counter()
        panel.build(files, out, workers=workers)
        print(f"  fifteen years on {workers} processes, {name}: {time.perf_counter() - start:.1f} s")
        out.unlink()
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
    print(f"  largest process: {largest:,.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", metavar="PYTHON", help="An interpreter that has mariopy and pymrio.")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["GVC_CACHE"] = str(folder / "cache")
        path = workbook(folder / "ADB-MRIO62-2021.xlsx", layouts.ADB62, 2021)
        one_workbook(path, arguments.peers)
        growth(folder)
        fifteen_years(path, 2)


if __name__ == "__main__":
    main()
