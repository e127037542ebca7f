"""The command line, ``gvc``."""

import io
import json
import platform
import signal
import sys
import warnings
from collections.abc import Callable, Sequence
from dataclasses import asdict
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from exhibits.text import csv
from gvc import economies as eco
from gvc import holes, panel, workers
from gvc.errors import GvcError, printable
from gvc.icio import ICIO, Finding
from gvc.place import must_not_be, writing
from gvc.sources import READERS, cache, plain, read_icio
from industrial_chains import article, flows, sectors
from industrial_chains import oecd as tables_of_oecd
from industrial_chains.book import manifest
from industrial_chains.cli import checks, shares

app = typer.Typer(
    no_args_is_help=True,
    help="Value added in inter-country input-output tables.",
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)

_errors = Console(stderr=True, soft_wrap=True, highlight=False)

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
Shipped = Annotated[
    bool, typer.Option("--shipped", help="Make a panel again that the book ships, as `make data` does.")
]


def _panels() -> list[str]:
    """Names of the panels there are, for the shell to complete."""
    return [file.stem for file in panel.files()]


class Format(StrEnum):
    """How a table is printed."""

    text = "text"
    csv = "csv"
    md = "md"
    json = "json"


@app.command(
    epilog="Examples: `gvc build ADB-MRIO62-*.xlsx -o data/panel/adb.parquet`, or a zip of several years: "
    "`gvc build 2016-2022_SML.zip -o data/panel/my_oecd.parquet`. Interrupted, the same command goes on where it was."
)
def build(
    files: Files,
    out: Out,
    count: Workers = None,
    *,
    shipped: Shipped = False,
) -> None:
    """Turn tables into a panel of bilateral flows, and one of sector accounts beside it."""
    _build(files, out, count, cache.read, shipped=shipped)


@app.command(
    epilog="Examples: `gvc oecd oecd_icio -o data/panel/my_oecd.parquet`; or one table, to check it or to use "
    "elsewhere, `gvc oecd oecd_icio --year 2017 --table oecd2017.parquet`."
)
def oecd(
    folder: Annotated[
        Path,
        typer.Argument(help="Holds ICIOyyyy.mat, the intermediate flows and the national tables.", show_default=False),
    ],
    out: Annotated[Path | None, typer.Option("-o", "--out", help="The panel to write, of all years.")] = None,
    file: Annotated[Path | None, typer.Option("--table", help="Or one table to write, in the plain form.")] = None,
    year: Annotated[int, typer.Option(help="Of which year the table is.")] = tables_of_oecd.YEAR,
    count: Workers = None,
    *,
    shipped: Shipped = False,
) -> None:
    """Put the OECD's table of 2022 together from its pieces, and estimate the years before."""
    known = tables_of_oecd.years(folder)
    if (out is None) == (file is None):
        raise GvcError(
            "-o, --table",
            expected="one of the two",
            found="none" if out is None else "both",
            remedy="Name the panel by `-o`, or a table by `--table`.",
        )
    if out is not None:
        _build([(folder, one) for one in known], out, count, tables_of_oecd.read, shipped=shipped)
    elif file is not None:
        if year not in known:
            expected = ", ".join(map(str, known))
            raise GvcError("--year", expected=expected, found=str(year), remedy="Ask for one of these.")
        must_not_be(file, sorted(folder.rglob("*")))
        with writing(file):
            plain.write(tables_of_oecd.read(folder, year), file)
        _say(f"{file}  {file.stat().st_size / 1e6:.1f} MB")


def _build(
    files: Sequence[Path] | Sequence[tuple[Path, int]],
    out: Path,
    count: int | None,
    read: Callable[..., ICIO],
    *,
    shipped: bool,
) -> None:
    if not shipped:
        manifest.must_be_own(out)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=_errors, disable=not _errors.is_terminal) as progress:
        task = progress.add_task("years", total=len(files))

        def done(total: int) -> None:
            progress.update(task, advance=1, total=total)

        def warned(table: Path, year: int, found: Sequence[Finding]) -> None:
            _note("WARN", f"{table.name}, {year}: {checks.brief(found)}")

        try:
            written = panel.build(files, out, read=read, measure=flows.tidy, workers=count, done=done, warned=warned)
        except KeyboardInterrupt:
            _note("note:", "Finished years are kept, and the same command goes on with the others.")
            raise
    for path in written:
        _say(f"{path}  {path.stat().st_size / 1e6:.1f} MB")
    for said in holes.sentences(holes.find(panel.load_panel(written[0]))):
        warnings.warn(said, stacklevel=1)


@app.command(
    epilog="Examples: `gvc check ADB-MRIO62-2021_Dec2022.xlsx`, `gvc check data/panel/adb.parquet`. Exits with 1 if a "
    "check fails."
)
def check(
    file: Table,
    as_json: Annotated[bool, typer.Option("--json", help="All findings, for machines.")] = False,
    year: Annotated[int | None, typer.Option(help="Which year of a file with several.")] = None,
) -> None:
    """Read a table and check its labels, its numbers and whether they add up; look for holes in a panel."""
    try:
        if file.suffix == ".parquet" and file.is_file() and set(panel.COLUMNS) <= panel.columns(file):
            _check_panel(file, as_json)
            return
        icio = cache.read(file, year=year)
    except GvcError as error:
        if not as_json:
            raise
        said = {name: getattr(error, name) for name in ("where", "expected", "found", "remedy")}
        _say(json.dumps({"file": str(file), "level": "FAIL", "error": said}, indent=2, ensure_ascii=False))
        raise typer.Exit(1) from None
    found = checks.report(icio)
    worst = min((one.level for one in found), key=("FAIL", "WARN", "PASS").index)
    about = {"source": icio.source, "year": icio.year, "unit": icio.unit}
    about |= {"economies": len(icio.result_economies), "parts": len(icio.parts), "sectors": len(icio.sectors)}
    if as_json:
        listed = [
            {"check": one.name, "level": one.level, "findings": [asdict(finding) for finding in one.findings]}
            for one in found
        ]
        said = {"file": str(file), "level": worst, "table": about, "checks": listed}
        _say(json.dumps(said, indent=2, ensure_ascii=False))
    else:
        shape = f"{len(icio.result_economies)} economies × {len(icio.sectors)} sectors"
        _say(printable(f"{icio.source}, {icio.year}: {shape}, {icio.unit}"))
        for one in found:
            _print(one.level, str(one))
        _say(worst)
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
        _say(json.dumps(said, indent=2, ensure_ascii=False))
        return
    for line in holes.sentences(found) or ["holes"]:
        _print(level, line)
    _say(level)


def _print(level: str, line: str) -> None:
    style = {"PASS": "green", "WARN": "yellow", "FAIL": "red"}[level]
    typer.echo(f"{typer.style(level, fg=style)}  {printable(line)}")


@app.command(epilog="Example: `gvc compare --panel adb`")
def compare(
    panel_name: Annotated[str, typer.Option("--panel", help="The panel.", autocompletion=_panels)],
    form: Annotated[Format, typer.Option("--format")] = Format.text,
    largest: Annotated[int, typer.Option(min=0, help="How many of the largest gaps to name.")] = 10,
) -> None:
    """Hold the article's printed numbers against those that a panel gives, cell by cell."""
    compared = article.compare(_asked(panel_name))
    if not len(compared):
        raise GvcError(
            panel_name,
            expected="a year and an economy that the article prints",
            found="none",
            remedy="Build a panel that covers 2007–2021 and the article's economies.",
        )
    match form:
        case Format.csv:
            _say(csv(compared, index=False).rstrip())
        case Format.json:
            _say(compared.to_json(orient="records", indent=2, force_ascii=False))
        case Format.md | Format.text:
            named = compared.reindex(compared["gap"].abs().sort_values(ascending=False, kind="stable").index)
            for frame in (article.deviations(compared).reset_index(), named.head(largest)):
                _say(_frame(frame, form))
                _say()


@app.command()
def info() -> None:
    """Say which panels there are, where tables are kept, and what can be read."""
    _say(f"gvc {version('gvc-measures')}, Python {platform.python_version()}")
    _say(f"layouts   {', '.join(READERS)}")
    _say(f"data      {panel.DATA}")
    _say(f"cache     {_kept()}")
    _say(f"worker    up to {workers.WORKER / 1e9:.1f} GB of memory")
    refused = False
    for name in _panels():
        try:
            said = _about(panel.about(name), panel.load_panel(name))
        except GvcError as error:
            refused, said = True, str(error)
        _say(printable(f"panel     {name}: {said}"))
    raise typer.Exit(refused)


def _kept() -> str:
    place = cache.folder()
    if place is None:
        return "none, for want of a home folder; GVC_CACHE names one"
    sizes = [file.stat().st_size for file in place.glob("*.npz")]
    return f"{place}: {len(sizes)} tables, {sum(sizes) / 1e6:,.0f} of {cache.LIMIT / 1e6:,.0f} MB"


def _asked(name: str) -> pd.DataFrame:
    """Load a panel, and say beside what comes of it which one that is."""
    about, frame = panel.about(name), panel.load_panel(name)
    _note("note:", f"panel {about.name}: {_about(about, frame)}")
    return frame


def _about(about: panel.About, frame: pd.DataFrame) -> str:
    economies = sum(map(eco.is_economy, set(frame["origin"]) - {eco.ROW}))
    unit = ", ".join(filter(None, (about.unit or "no unit said", about.prices)))
    return f"{about.source}, {about.years[0]}–{about.years[-1]}, {economies} economies, {unit}"


@app.command(epilog="Example: `gvc table 3 --panel wiod2013 --format csv`")
def table(
    number: Annotated[int, typer.Argument(min=1, max=3, help="Which of the article's tables.", show_default=False)],
    panel_name: Annotated[
        str | None,
        typer.Option("--panel", help="Recompute from this panel; as printed if left out.", autocompletion=_panels),
    ] = None,
    year: Annotated[int | None, typer.Option(help="Only this year; for Table 2 the panel's last by default.")] = None,
    form: Annotated[Format, typer.Option("--format")] = Format.text,
) -> None:
    """Show one of the article's tables, as printed or recomputed from a panel."""
    printed = panel_name is None
    numbers = article.printed(number) if printed else article.recomputed(number, _asked(str(panel_name)))
    if numbers.empty:
        raise GvcError(
            str(panel_name),
            expected=f"economies that the article's Table {number} shows",
            found="none, or one of a pair only",
            remedy="Build a panel that covers them, by ISO 3166 alpha-3 code.",
        )
    known = sorted(numbers["year"].unique())
    if number == 2 and year is None:
        year = int(known[-1])
    if year is not None:
        if year not in known:
            raise GvcError(
                "--year", expected=", ".join(map(str, known)), found=str(year), remedy="Ask for one of these."
            )
        numbers = numbers[numbers["year"] == year]
    _say(_shown(article.layout(number, numbers), 2 if number == 3 else 1, form))


@app.command("shares")
def shares_(
    file: Annotated[Path, typer.Argument(help="CSV: year, origin, exporter, value.", show_default=False)],
    out: Out,
    *,
    shipped: Shipped = False,
) -> None:
    """Turn foreign value added by origin and exporter into a panel of shares and of weights in ASEAN."""
    if not shipped:
        manifest.must_be_own(out)
    _, industries = panel.targets(out, [file])
    if industries.exists():
        remedy = "Choose another name by `-o`, or remove that file."
        raise GvcError(str(out), expected="a panel without industries", found=industries.name, remedy=remedy)
    with writing(out):
        panel.write(shares.fva_shares(file), out)
    _say(out)


@app.command()
def sample(file: Table, out: Out) -> None:
    """Aggregate a WIOD table to the small one that the book prints."""
    must_not_be(out, [file])
    icio = read_icio(file)
    apart = ("CHN", "JPN", "KOR", "TWN", "RUS", "IND", "IDN", "MEX", "USA")
    joined = {code: "EUU" if code in eco.GROUPS["EU27_2007"] else eco.ROW for code in icio.economies}
    into = {code: code for code in apart} | {
        code: joined[code] for code in sorted(set(icio.economies) - set(apart), key=joined.__getitem__)
    }
    with writing(out):
        plain.write(icio.aggregate(into, sectors.SAMPLE), out)
    _say(out)


def _shown(wide: pd.DataFrame, decimals: int, form: Format) -> str:
    rounded = wide.round(decimals)
    match form:
        case Format.csv:
            return csv(rounded, index=True).rstrip()
        case Format.json:
            flat = rounded.set_axis([" · ".join(map(str, column)) for column in rounded.columns], axis=1)
            return str(flat.reset_index().to_json(orient="records", indent=2, force_ascii=False))
        case Format.md:
            heads = [str(wide.index.name), *(" · ".join(map(str, column)) for column in wide.columns)]
            lines = [heads, ["---"] + ["--:"] * len(wide.columns)]
            lines += [[str(label), *(_number(value, decimals) for value in row)] for label, *row in wide.itertuples()]
            return "\n".join(f"| {' | '.join(line)} |" for line in lines)
        case Format.text:
            return wide.to_string(float_format=lambda value: f"{value:.{decimals}f}", na_rep="–")


def _frame(frame: pd.DataFrame, form: Format) -> str:
    """Rows as they are, numbers with two decimals."""
    if form is Format.text:
        return frame.to_string(index=False, float_format="{:.2f}".format, na_rep="–")
    shown = frame.map(lambda value: _number(value, 2) if isinstance(value, float) else str(value))
    lines = [list(frame.columns), ["---"] * len(frame.columns), *shown.to_numpy().tolist()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _number(value: float, decimals: int) -> str:
    return "–" if pd.isna(value) else f"{value:.{decimals}f}"


def _say(text: object = "") -> None:
    """Print lines that a terminal shows and does not obey, whatever stands in a file or in its name."""
    typer.echo("\n".join(printable(line) for line in str(text).split("\n")))


def _note(head: str, text: object, style: str = "yellow") -> None:
    _errors.print(Text.assemble((head, style), " ", printable(str(text))))


def main() -> None:
    """Run the command line; an error in the input is one line, not a traceback."""
    said: set[str] = set()

    def note(message: Warning | str, *_: object, **__: object) -> None:
        if str(message) not in said:
            said.add(str(message))
            _note("note:", message)

    warnings.showwarning = note
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends this, it ends in order
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except GvcError as error:
        wrong = str(error)
    except OSError as error:
        wrong = f"{error.filename or 'the system'}: {error.strerror or error}. Check the path and its permissions."
    except Exception as error:
        wrong = f"{type(error).__name__}: {error}. This should not happen: please report the command and its file."
    _note("error:", wrong, "red")
    sys.exit(1)
