"""The command line, ``gvc``."""

import sys
import warnings
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from gvc import article, panel, sectors, shares
from gvc import economies as eco
from gvc.errors import GvcError
from gvc.sources import plain, read_icio

app = typer.Typer(
    no_args_is_help=True,
    help="Value added in inter-country input-output tables.",
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)

_errors = Console(stderr=True, soft_wrap=True, highlight=False)

Files = Annotated[list[Path], typer.Argument(help="Tables, one year a file.", show_default=False)]
Table = Annotated[Path, typer.Argument(help="An inter-country input-output table.", show_default=False)]
Out = Annotated[Path, typer.Option("-o", "--out", help="The file to write.", show_default=False)]


class Format(StrEnum):
    """How a table is printed."""

    text = "text"
    csv = "csv"
    md = "md"
    json = "json"


@app.command(epilog="Example: `gvc build wiod*.rda -o data/panel/wiod2013.parquet`")
def build(
    files: Files,
    out: Out,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; all processors by default.")] = None,
) -> None:
    """Turn tables into a panel of bilateral flows, and one of sector accounts beside it."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=_errors, disable=not _errors.is_terminal) as progress:
        task = progress.add_task("years", total=len(files))
        written = panel.build(files, out, workers=workers, done=lambda: progress.advance(task))
    for path in written:
        typer.echo(f"{path}  {path.stat().st_size / 1e6:.1f} MB")


@app.command(epilog="Example: `gvc check wiod07.rda`. Exits with 1 if a check fails.")
def check(file: Table) -> None:
    """Read a table and run its accounting checks."""
    icio = read_icio(file)
    findings = icio.check()
    typer.echo(
        f"{icio.source}, {icio.year}: {len(icio.economies)} economies × {len(icio.sectors)} sectors, {icio.unit}"
    )
    for what in dict.fromkeys(finding.what for finding in findings):
        same = [finding for finding in findings if finding.what == what]
        typer.echo(f"{same[0]}" + (f" and {len(same) - 1} more" if len(same) > 1 else ""))
    failed = any(finding.level == "FAIL" for finding in findings)
    typer.echo("FAIL" if failed else "PASS")
    raise typer.Exit(failed)


@app.command(epilog="Example: `gvc table 3 --panel wiod2013 --format csv`")
def table(
    number: Annotated[int, typer.Argument(min=1, max=3, help="Which of the article's tables.", show_default=False)],
    panel_name: Annotated[
        str | None, typer.Option("--panel", help="Recompute from this panel; as printed if left out.")
    ] = None,
    year: Annotated[int | None, typer.Option(help="Only this year; for Table 2 the panel's last by default.")] = None,
    form: Annotated[Format, typer.Option("--format")] = Format.text,
) -> None:
    """Show one of the article's tables, as printed or recomputed from a panel."""
    numbers = article.recomputed(number, panel.load_panel(panel_name)) if panel_name else article.printed(number)
    known = sorted(numbers["year"].unique())
    if number == 2 and year is None:
        year = int(known[-1])
    if year is not None:
        if year not in known:
            raise GvcError(
                "--year", expected=", ".join(map(str, known)), found=str(year), remedy="Ask for one of these."
            )
        numbers = numbers[numbers["year"] == year]
    typer.echo(_shown(article.layout(number, numbers), 2 if number == 3 else 1, form))


@app.command("shares")
def shares_(
    file: Annotated[Path, typer.Argument(help="CSV: year, origin, exporter, value.", show_default=False)],
    out: Out,
) -> None:
    """Turn foreign value added by origin and exporter into a panel of shares and of weights in ASEAN."""
    panel.write(shares.fva_shares(file), out)
    typer.echo(out)


@app.command()
def sample(file: Table, out: Out) -> None:
    """Aggregate a WIOD table to the small one that the book prints."""
    icio = read_icio(file)
    apart = ("CHN", "JPN", "KOR", "TWN", "RUS", "IND", "IDN", "MEX", "USA")
    joined = {code: "EUU" if code in eco.GROUPS["EU27_2007"] else eco.ROW for code in icio.economies}
    into = {code: code for code in apart} | {
        code: joined[code] for code in sorted(set(icio.economies) - set(apart), key=joined.__getitem__)
    }
    plain.write(icio.aggregate(into, sectors.SAMPLE), out)
    typer.echo(out)


def _shown(wide: pd.DataFrame, decimals: int, form: Format) -> str:
    rounded = wide.round(decimals)
    match form:
        case Format.csv:
            return rounded.to_csv().rstrip()
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


def _number(value: float, decimals: int) -> str:
    return "–" if pd.isna(value) else f"{value:.{decimals}f}"


def main() -> None:
    """Run the command line; an error in the input is one line, not a traceback."""
    said: set[str] = set()

    def note(message: Warning | str, *_: object, **__: object) -> None:
        if str(message) not in said:
            said.add(str(message))
            _errors.print(f"[yellow]note:[/] {message}")

    warnings.showwarning = note
    try:
        app()
    except GvcError as error:
        _errors.print(f"[red]error:[/] {error}")
        sys.exit(1)
