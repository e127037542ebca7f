"""The command line, ``gvc``. Other packages add commands to it by entry points of the group ``gvc.commands``."""

import io
import json
import platform
import signal
import sys
import warnings
from collections.abc import Callable, Sequence
from dataclasses import asdict
from importlib.metadata import entry_points, version
from pathlib import Path
from typing import Annotated

import numpy as np
import pandas as pd
import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from gvc import economies as eco
from gvc import holes, panel, workers
from gvc.checks import Finding
from gvc.cli import checks, download, show, tariffs
from gvc.cli.show import Format, note, say
from gvc.equilibrium import counterfactual
from gvc.errors import GvcError, printable
from gvc.icio import ICIO
from gvc.sources import READERS, balanced, cache

own = typer.Typer()

Files = Annotated[list[Path], typer.Argument(help="Tables; of a file with several years, all.", show_default=False)]
Table = Annotated[Path, typer.Argument(help="An inter-country input-output table.", show_default=False)]
Out = Annotated[Path, typer.Option("-o", "--out", help="The file to write.", show_default=False)]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        min=1,
        help=f"Processes; by default what processors and memory allow, {workers.WORKER / 1e9:.1f} GB each.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="All findings, for machines.")]
YearOf = Annotated[int | None, typer.Option(help="Which year of a file with several.")]
Form = Annotated[Format, typer.Option("--format")]


def panels() -> list[str]:
    """Names of the panels there are, for the shell to complete."""
    return [file.stem for file in panel.files()]


@own.command(
    epilog="Examples: `gvc build ADB-MRIO62-*.xlsx -o adb.parquet`, or a zip of several years: "
    "`gvc build 2016-2022_SML.zip -o oecd.parquet`. Interrupted, the same command goes on where it was."
)
def build(files: Files, out: Out, count: Workers = None) -> None:
    """Turn tables into a panel of bilateral flows, and one of sector accounts beside it."""
    build_panel(files, out, count)


def build_panel(
    files: Sequence[Path] | Sequence[tuple[Path, int]],
    out: Path,
    count: int | None,
    *,
    read: panel.Read = cache.read,
    measure: panel.Measure = panel.tidy,
) -> None:
    """Build a panel as :func:`gvc.panel.build` does, and say how far it is and what is found."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=show.errors, disable=not show.errors.is_terminal) as progress:
        task = progress.add_task("years", total=len(files))

        def done(total: int) -> None:
            progress.update(task, advance=1, total=total)

        def warned(table: Path, year: int, found: Sequence[Finding]) -> None:
            note("WARN", f"{table.name}, {year}: {checks.brief(found)}")

        try:
            written = panel.build(files, out, read=read, measure=measure, workers=count, done=done, warned=warned)
        except KeyboardInterrupt:
            note("note:", "Finished years are kept, and the same command goes on with the others.")
            raise
    for path in written:
        say(f"{path}  {path.stat().st_size / 1e6:.1f} MB")
    for said in holes.sentences(holes.find(panel.load_panel(written[0]))):
        warnings.warn(said, stacklevel=1)


@own.command(
    epilog="Examples: `gvc check ADB-MRIO62-2021_Dec2022.xlsx`, `gvc check adb.parquet`. Exits with 1 if a check fails."
)
def check(file: Table, as_json: Json = False, year: YearOf = None) -> None:
    """Read a table and check its labels, its numbers and whether they add up; look for holes in a panel."""
    check_file(file, as_json, year)


def check_file(
    file: Path, as_json: bool, year: int | None, *, more: Callable[[ICIO], Sequence[checks.Check]] = lambda _: ()
) -> None:
    """Check a table or a panel, and say what is found; of a table also `more`."""
    try:
        if file.suffix == ".parquet" and file.is_file() and set(panel.COLUMNS) <= panel.columns(file):
            _check_panel(file, as_json)
            return
        icio = cache.read(file, year=year)
    except GvcError as error:
        if not as_json:
            raise
        said = {name: getattr(error, name) for name in ("where", "expected", "found", "remedy")}
        say(json.dumps({"file": str(file), "level": "FAIL", "error": said}, indent=2, ensure_ascii=False))
        raise typer.Exit(1) from None
    found = [*checks.report(icio), *more(icio)]
    worst = min((one.level for one in found), key=("FAIL", "WARN", "PASS").index)
    about = {"source": icio.source, "year": icio.year, "unit": icio.unit}
    about |= {"economies": len(icio.result_economies), "parts": len(icio.parts), "sectors": len(icio.sectors)}
    if as_json:
        listed = [
            {"check": one.name, "level": one.level, "findings": [asdict(finding) for finding in one.findings]}
            for one in found
        ]
        said = {"file": str(file), "level": worst, "table": about, "checks": listed}
        say(json.dumps(said, indent=2, ensure_ascii=False))
    else:
        shape = f"{len(icio.result_economies)} economies × {len(icio.sectors)} sectors"
        say(printable(f"{icio.source}, {icio.year}: {shape}, {icio.unit}"))
        for one in found:
            show.level(one.level, str(one))
        say(worst)
    raise typer.Exit(worst == "FAIL")


def _check_panel(file: Path, as_json: bool) -> None:
    """Say which flows of a panel nearly vanish for some years and return."""
    frame = panel.load_panel(file)
    try:
        found = holes.find(frame)
    except GvcError as error:
        where = error.where.replace("panel", str(file), 1)
        raise GvcError(where, expected=error.expected, found=error.found, remedy=error.remedy) from error
    level = "WARN" if len(found) else "PASS"
    if as_json:
        listed = json.loads(found.to_json(orient="records", force_ascii=False))
        said = {"file": str(file), "level": level, "checks": [{"check": "holes", "level": level, "findings": listed}]}
        say(json.dumps(said, indent=2, ensure_ascii=False))
        return
    for line in holes.sentences(found) or ["holes"]:
        show.level(level, line)
    say(level)


@own.command(
    epilog="Examples: `gvc what-if wiod11.rda --tariff 'CHN>USA:goods:+25' --elasticity 4`, "
    "`gvc what-if adb.xlsx --tariff 'all>USA:c14,c15:+10' --tariff 'USA>CHN,MEX:all:+10' --elasticity 4 --format csv`."
)
def what_if(
    file: Table,
    tariff: Annotated[
        list[str],
        typer.Option(
            help="EXPORTERS>IMPORTERS:SECTORS:+PERCENT, on top of none, above 500, too; can be repeated.",
            show_default=False,
        ),
    ],
    elasticity: Annotated[
        float, typer.Option(help="Of trade: a share moves with cost to the power of minus it.", show_default=False)
    ],
    *,
    form: Form = Format.text,
    year: YearOf = None,
    balances: Annotated[
        tariffs.Balances,
        typer.Option(help="Of trade: as before, in units of world factor income, or set to zero first."),
    ] = tariffs.Balances.fixed,
) -> None:
    """Say what tariffs would do to wages, prices and real income, in a trade model on a table: factors of change."""
    icio = balanced(cache.read(file, year=year), file)
    rates = tariffs.rates(icio, tariff)
    zero = balances is tariffs.Balances.zero
    result = counterfactual(
        icio,
        tariffs=(np.zeros_like(rates), rates),
        elasticity=elasticity,
        balances="zero" if zero else "fixed",
        above_500_percent=True,  # percent is what was typed
    )
    kept = "zero, before and after" if zero else "fixed in units of it"
    note("note:", f"factors of change; the world's factor income is the numeraire, balances are {kept}")
    say(show.table(pd.DataFrame([result.wages, result.price_index, result.real_income]).T, 6, form))


own.command(epilog=download.EPILOG)(download.download)


def asked(name: str) -> pd.DataFrame:
    """Load a panel, and say beside what comes of it which one that is."""
    about, frame = panel.about(name), panel.load_panel(name)
    note("note:", f"panel {about.name}: {_about(about, frame)}")
    return frame


@own.command()
def info() -> None:
    """Say which panels there are, where tables are kept, and what can be read."""
    say(f"gvc {version('gvc-measures')}, Python {platform.python_version()}")
    say(f"layouts   {', '.join(READERS)}")
    say(f"data      {panel.DATA}")
    say(f"cache     {_kept()}")
    say(f"worker    up to {workers.WORKER / 1e9:.1f} GB of memory")
    refused = False
    for name in panels():
        try:
            said = _about(panel.about(name), panel.load_panel(name))
        except GvcError as error:
            refused, said = True, str(error)
        say(printable(f"panel     {name}: {said}"))
    raise typer.Exit(refused)


def _kept() -> str:
    place = cache.folder()
    if place is None:
        return "none, for want of a home folder; GVC_CACHE names one"
    sizes = [file.stat().st_size for file in place.glob("*.npz")]
    return f"{place}: {len(sizes)} tables, {sum(sizes) / 1e6:,.0f} of {cache.LIMIT / 1e6:,.0f} MB"


def _about(about: panel.About, frame: pd.DataFrame) -> str:
    economies = sum(map(eco.is_economy, set(frame["origin"]) - {eco.ROW}))
    unit = ", ".join(filter(None, (about.unit or "no unit said", about.prices)))
    return f"{about.source}, {about.years[0]}–{about.years[-1]}, {economies} economies, {unit}"


def _say_version(asked: bool) -> None:
    if asked:
        say(f"gvc {version('gvc-measures')}")
        raise typer.Exit


def app() -> typer.Typer:
    """All commands: those of this package, and those that others add or put in their place."""
    whole = typer.Typer(
        no_args_is_help=True,
        help="Value added in inter-country input-output tables.",
        rich_markup_mode="markdown",
        pretty_exceptions_enable=False,
    )

    @whole.callback()
    def whatever(
        which: Annotated[
            bool, typer.Option("--version", is_eager=True, callback=_say_version, help="Say it, and end.")
        ] = False,
    ) -> None: ...

    whole.add_typer(own)
    for entry in entry_points(group="gvc.commands"):
        whole.add_typer(entry.load())
    return whole


def main() -> None:
    """Run the command line; an error in the input is one line, not a traceback."""
    run(app())


def run(commands: Callable[[], object]) -> None:
    """Run a command line in that way."""
    said: set[str] = set()

    def once(message: Warning | str, *_: object, **__: object) -> None:
        if str(message) not in said:
            said.add(str(message))
            note("note:", message)

    warnings.showwarning = once
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends this, it ends in order
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        commands()
    except GvcError as error:
        wrong = str(error)
    except OSError as error:
        wrong = f"{error.filename or 'the system'}: {error.strerror or error}. Check the path and its permissions."
    except Exception as error:
        wrong = f"{type(error).__name__}: {error}. This should not happen: please report the command and its file."
    note("error:", wrong, "red")
    sys.exit(1)
