"""What the book adds to the command line ``gvc``: the article's tables, and panels with all that chapters ask for."""

from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from gvc import ICIO, cli
from gvc.checks import Finding
from gvc.cli import Files, Form, Format, Json, Out, Table, Workers, YearOf, checks, show
from gvc.errors import GvcError
from industrial_chains import article, data, league, manifest, panel_contents, tables
from industrial_chains.charting import names

app = typer.Typer()

#: Where the forecasts of the book are.
FORECASTS = data.folder("forecasts")
Number = Annotated[int, typer.Argument(min=1, max=3, help="Which of the three.", show_default=False)]
Year = Annotated[int | None, typer.Option(help="Only this year; for Table 2 the panel's last by default.")]


@app.command(
    epilog="Examples: `gvc build ADB-MRIO62-*.xlsx -o data/panel/adb.parquet`, or a zip of several years: "
    "`gvc build 2016-2022_SML.zip -o data/panel/my_oecd.parquet`. Interrupted, the same command goes on where it was."
)
def build(files: Files, out: Out, count: Workers = None) -> None:
    """Turn tables into a panel of bilateral flows, and one of sector accounts beside it, for the chapters to show."""
    manifest.must_be_own(out)
    cli.build_panel(files, out, count, measure=panel_contents.tidy)


@app.command(
    epilog="Examples: `gvc check ADB-MRIO62-2021_Dec2022.xlsx`, `gvc check adb.parquet`. Exits with 1 if a check fails."
)
def check(file: Table, as_json: Json = False, year: YearOf = None) -> None:
    """Read a table and check its labels, its numbers and whether they add up; look for holes in a panel."""
    cli.check_file(file, as_json, year, more=_shown)


def _shown(icio: ICIO) -> list[checks.Check]:
    """Say whether a table shows the economies of the article's tables."""
    name, absent = "economies of gvc table", [code for code in tables.ECONOMIES if code not in icio.economies]
    findings = tuple(Finding(name, f"no {code}", 0, "WARN") for code in absent)
    return [checks.Check(name, "WARN" if findings else "PASS", findings)]


@app.command(epilog="Example: `gvc table 3 --panel wiod2013 --format csv`")
def table(
    number: Number,
    name: Annotated[
        str | None,
        typer.Option("--panel", help="Recompute from this panel; as printed if left out.", autocompletion=cli.panels),
    ] = None,
    year: Year = None,
    form: Form = Format.text,
) -> None:
    """Show one of the article's tables, as printed or recomputed from a panel."""
    numbers = article.printed(number) if name is None else _recomputed(number, name)
    known = sorted(numbers["year"].unique())
    if number == 2 and year is None:
        year = int(known[-1])
    if year is not None:
        if year not in known:
            raise GvcError(
                "--year", expected=", ".join(map(str, known)), found=str(year), remedy="Ask for one of these."
            )
        numbers = numbers[numbers["year"] == year]
    show.say(show.table(tables.layout(number, numbers, names.economy), 2 if number == 3 else 1, form))


def _recomputed(number: int, name: str) -> pd.DataFrame:
    """Compute one of the tables from a panel that somebody names."""
    numbers = tables.recomputed(number, cli.asked(name))
    if numbers.empty:
        raise GvcError(
            name,
            expected=f"economies that Table {number} shows",
            found="none, or one of a pair only",
            remedy="Build a panel that covers them, by ISO 3166 alpha-3 code.",
        )
    return numbers


@app.command(epilog="Example: `gvc compare --panel adb`")
def compare(
    name: Annotated[str, typer.Option("--panel", help="The panel.", autocompletion=cli.panels)],
    form: Form = Format.text,
    largest: Annotated[int, typer.Option(min=0, help="How many of the largest gaps to name.")] = 10,
) -> None:
    """Hold the article's printed numbers against those that a panel gives, cell by cell."""
    compared = article.compare(cli.asked(name))
    if not len(compared):
        raise GvcError(
            name,
            expected="a year and an economy that the article prints",
            found="none",
            remedy="Build a panel that covers 2007–2021 and the article's economies.",
        )
    if form in (Format.csv, Format.json):
        show.say(show.rows(compared, form))
        return
    named = compared.reindex(compared["gap"].abs().sort_values(ascending=False, kind="stable").index)
    for frame in (article.deviations(compared).reset_index(), named.head(largest)):
        show.say(show.rows(frame, form))
        show.say()


@app.command("league", epilog="Example: `gvc league`, with your own file in data/forecasts.")
def league_(
    folder: Annotated[
        Path, typer.Argument(help="Holds forecasts, CSV files as the page on the league describes them.")
    ] = FORECASTS,
    form: Form = Format.text,
) -> None:
    """Score forecasts of the shares of partners in American imports against what customs have counted."""
    rows, frames = league.read(folder), {}
    for one in league.ROUNDS:
        entered = league.of_round(rows, one)
        if league.is_counted(one) and len(entered):
            frames[str(one)] = league.scores(rows, one)
        elif len(entered) and form == Format.text:
            show.note(str(one), f"open: {entered['forecaster'].nunique()} forecasts wait for the count of {one.last}")
    scored = pd.concat(frames, names=["round"]).reset_index() if frames else pd.DataFrame(columns=["round"])
    if form != Format.text:
        show.say(show.rows(scored, form))
        return
    for name, table in frames.items():
        show.say(f"{name}\n{show.table(table, 2, form)}\n")
