"""The OECD's own tables in the place of their reconstruction: the panel, and what follows from whole tables."""

import re
import shutil
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

import pandas as pd
from threadpoolctl import threadpool_limits

from gvc import cli, panel
from gvc.errors import GvcError
from gvc.icio import ICIO
from gvc.place import writing
from gvc.sources import cache
from gvc.sources import years as years_in
from industrial_chains import manifest, panel_contents
from industrial_chains.oecd_tables import REPLACED
from industrial_chains.sources import OECD
from industrial_chains.uncertainty.error_sizes import YEAR
from pipeline import ledger, nowcast, waves_by_industry, whole_table_results
from pipeline.tables import write
from pipeline.trade_since_2011 import assembled
from pipeline.us_customs import us_imports_content

Tables = list[tuple[Path, int]]
#: The command that makes it, for the manifest.
MADE = "python -m pipeline official FOLDER"
_PAGE = "Take the yearly CSVs or their zips, the 2025 edition without regions (SML), from the OECD's page."


def replace(folder: Path, workers: int | None = None) -> tuple[str, ...]:
    """Put the OECD's own tables in the place of their reconstruction.

    Parameters
    ----------
    folder : Path
        Holds the publisher's files, CSV or zip, with all years of the panel in place. Tables of later years are
        measured, so that the nowcast of their year is scored; those of earlier years are left aside.
    workers : int, optional
        Processes, as :func:`gvc.panel.build` takes them.

    Returns
    -------
    tuple of str
        The files of ``data/`` that are new: :data:`industrial_chains.oecd_tables.REPLACED`.

    Raises
    ------
    GvcError
        If a year is missing or there twice, or the tables have not the economies and industries of the panel in place,
        which the pages name. Then nothing is replaced.

    Notes
    -----
    All is computed beside the data first, and moved into place at the end. Years done are kept for the next attempt.
    """
    data = panel.DATA
    wanted = panel.about(str(data / REPLACED[0])).years
    every = tables_in(folder, wanted)
    files, later = every[: len(wanted)], every[len(wanted) :]
    beside = data / ".official"
    with writing(beside):
        (beside / "panel").mkdir(parents=True, exist_ok=True)
    out = beside / REPLACED[0]
    cli.build_panel(files, out, workers, measure=panel_contents.tidy)
    _must_be_like(out, data)
    with threadpool_limits(1):
        _derive(files, later, data, beside)
    editions = panel.about(str(out)).source
    with writing(data):
        for name in REPLACED:
            (beside / name).replace(data / name)
        shutil.rmtree(beside)
        _tell(data, editions)
    return REPLACED


def tables_in(folder: Path, wanted: tuple[int, ...]) -> Tables:
    """Find the file of each year, and those of later ones."""
    found: dict[int, Path] = {}
    for file in sorted(path for path in folder.glob("*") if path.suffix.lower() in (".csv", ".zip")):
        for named in years_in(file):
            year = named or cache.read(file).year  # a table by itself is kept, once read
            if year in found:
                raise GvcError(
                    str(folder),
                    expected="each year once",
                    found=f"{year} in {found[year].name} and {file.name}",
                    remedy="Leave one of both there.",
                )
            if year is not None and (year in wanted or year > wanted[-1]):
                found[year] = file
    missing = [year for year in wanted if year not in found]
    if missing:
        raise GvcError(
            str(folder),
            expected=f"the OECD's tables of {wanted[0]} to {wanted[-1]}",
            found=f"none of {', '.join(map(str, missing))}",
            remedy=f"{_PAGE} `gvc download oecd` says where that is.",
        )
    return [(found[year], year) for year in sorted(found)]


def _must_be_like(new: Path, data: Path) -> None:
    """Refuse tables of other economies or industries than those of which the pages speak."""
    for name, column in ((REPLACED[0], "origin"), (REPLACED[1], "sector")):
        here, due = (set(panel.load_panel(str(path))[column]) for path in (new.with_name(Path(name).name), data / name))
        if here != due:
            raise GvcError(
                str(data / ".official"),
                expected="the economies and industries of the 2025 edition",
                found=f"{len(due - here)} lacking ({', '.join(sorted(due - here)[:3])}), "
                f"{len(here - due)} unknown ({', '.join(sorted(here - due)[:3])})",
                remedy=_PAGE,
            )


def _derive(files: Tables, later: Tables, data: Path, beside: Path) -> None:
    """Compute what follows from whole tables; rows of other databases stay as they are.

    Later tables are only measured beside the nowcast: pages speak of the years of the panel.
    """

    def icios(files: Tables = files) -> Iterator[ICIO]:
        for file, year in files:
            icio = cache.read(file, year=year)
            if icio.parts:
                found = f"regions {', '.join(icio.parts)}"
                raise GvcError(f"{file}, {year}", expected="economies alone", found=found, remedy=_PAGE)
            yield icio

    def since() -> Iterator[ICIO]:
        for icio in icios(later):
            if odd := set(icio.result_economies) ^ set(last.result_economies):
                raise GvcError(
                    f"the table of {icio.year}",
                    expected=f"the economies of {YEAR}",
                    found=f"other ones: {', '.join(sorted(odd)[:3])}",
                    remedy="Take that table out of the folder, or all tables of one edition.",
                )
            yield icio

    last = cache.read({year: file for file, year in files}[YEAR], year=YEAR)
    results: dict[str, dict[str, pd.DataFrame]] = {
        "frontier": {
            **whole_table_results.computed(icios()),
            "assembled": pd.concat(map(assembled, icios())),
            "us_imports_content": us_imports_content(last),
            "nowcast_tables": nowcast.measured(chain(icios(), since())),
        },
        "northeast_asia": ledger.computed(icios()),
        "theory": waves_by_industry.computed((OECD, icio) for icio in icios()),
    }
    for place, frames in results.items():
        order = {"northeast_asia": ledger.in_order, "theory": waves_by_industry.in_order}.get(place, lambda rows: rows)
        write(
            {name: order(_joined(frame, data / place / f"{name}.csv")) for name, frame in frames.items()},
            beside / place,
        )


def _joined(new: pd.DataFrame, shipped: Path) -> pd.DataFrame:
    """Join the OECD's rows to those of other databases that a file holds already."""
    if "database" not in new:
        return new
    kept = pd.read_csv(shipped)
    return pd.concat([kept[kept["database"] != OECD.name], new[new["database"] == OECD.name]])


def _tell(data: Path, edition: str) -> None:
    """Say in the manifest what the new files are."""
    path = data / "manifest.yml"
    first, *entries = re.split(r"(?m)^(?=- path: )", path.read_text("utf-8"))
    told = {"source": "OECD Inter-Country Input-Output tables, the publisher's files", "edition": edition, "made": MADE}
    for at, entry in enumerate(entries):
        if entry.partition("\n")[0].removeprefix("- path: ") in REPLACED:
            entries[at] = _rewritten(entry, told)
    path.write_text(first + "".join(entries), "utf-8")
    manifest.refresh(data)


def _rewritten(entry: str, told: Mapping[str, str]) -> str:
    others = "; ".join(
        name for name in ("WIOD, 2013 release", "Long-run WIOD, release 1.1") if name.split()[0] in entry
    )
    for field, value in told.items():
        text = f"{value}; {others}" if field == "source" and others else value
        entry = re.sub(rf"(?m)^  {field}: .*\n(?:    .*\n)*", lambda _, t=text, f=field: f'  {f}: "{t}"\n', entry)
    return entry
