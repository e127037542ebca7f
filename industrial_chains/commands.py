"""What the book adds to the command line ``gvc``: the article's print, and panels with all that chapters ask for."""

from typing import Annotated

import typer

from gvc import cli
from gvc.cli import Files, Form, Format, Number, Out, Workers, Year, show
from gvc.errors import GvcError
from industrial_chains import article, manifest, panel_contents
from industrial_chains.charting import names

app = typer.Typer()


@app.command(
    epilog="Examples: `gvc build ADB-MRIO62-*.xlsx -o data/panel/adb.parquet`, or a zip of several years: "
    "`gvc build 2016-2022_SML.zip -o data/panel/my_oecd.parquet`. Interrupted, the same command goes on where it was."
)
def build(files: Files, out: Out, count: Workers = None) -> None:
    """Turn tables into a panel of bilateral flows, and one of sector accounts beside it, for the chapters to show."""
    manifest.must_be_own(out)
    cli.build_panel(files, out, count, measure=panel_contents.tidy)


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
    numbers = article.printed(number) if name is None else cli.numbers_of(number, name)
    cli.print_table(number, numbers, year, form, names.economy)


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
