"""The steps of ``make data``, each ``python -m pipeline STEP``; they write over what the book ships."""

from pathlib import Path
from typing import Annotated

import typer
from threadpoolctl import threadpool_limits

from gvc import cli, panel
from gvc import economies as eco
from gvc.cli import Files, Out, Table, Workers, show
from gvc.errors import GvcError
from gvc.place import must_not_be, writing
from gvc.sources import plain, read_icio
from industrial_chains import industry_groups, panel_contents
from pipeline import china_customs as of_china
from pipeline import chip_trade as of_chips
from pipeline import entry as of_entry
from pipeline import forecasts as of_forecasts
from pipeline import investors as of_investors
from pipeline import jobs as of_jobs
from pipeline import ledger as of_ledger
from pipeline import markets as of_markets
from pipeline import nafta as of_nafta
from pipeline import oecd as tables_of_oecd
from pipeline import saving as of_saving
from pipeline import scenarios as of_scenarios
from pipeline import theories as of_theories
from pipeline import trade_since_2011 as of_since
from pipeline import us_customs as of_customs
from pipeline import waves_by_industry as of_waves
from pipeline import what_if as of_model
from pipeline import whole_table_results as of_moves
from pipeline.oecd import estimate_quality as of_oecd
from pipeline.shares import fva_shares

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="From source files to data/.", pretty_exceptions_enable=False
)
Folder = Annotated[Path, typer.Argument(help="Holds the source tables, a folder each source.", show_default=False)]


@app.command("panel")
def panel_(files: Files, out: Out, count: Workers = None) -> None:
    """Turn tables into a panel with all that the chapters ask for."""
    cli.build_panel(files, out, count, measure=panel_contents.tidy)


@app.command(
    epilog="Examples: `python -m pipeline oecd oecd_icio -o data/panel/oecd.parquet`; or one table, to check it or to "
    "use elsewhere, `python -m pipeline oecd oecd_icio --year 2017 --table oecd2017.parquet`."
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
        cli.build_panel(
            [(folder, one) for one in known], out, count, read=tables_of_oecd.read, measure=panel_contents.tidy
        )
    elif file is not None:
        if year not in known:
            expected = ", ".join(map(str, known))
            raise GvcError("--year", expected=expected, found=str(year), remedy="Ask for one of these.")
        must_not_be(file, sorted(folder.rglob("*")))
        with writing(file):
            plain.write(tables_of_oecd.read(folder, year), file)
        show.say(f"{file}  {file.stat().st_size / 1e6:.1f} MB")


@app.command()
def shares(
    file: Annotated[Path, typer.Argument(help="CSV: year, origin, exporter, value.", show_default=False)], out: Out
) -> None:
    """Turn foreign value added by origin and exporter into a panel of shares and of weights in ASEAN."""
    _, industries = panel.targets(out, [file])
    if industries.exists():
        remedy = "Choose another name by `-o`, or remove that file."
        raise GvcError(str(out), expected="a panel without industries", found=industries.name, remedy=remedy)
    with writing(out):
        panel.write(fva_shares(file), out)
    show.say(out)


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
        plain.write(icio.aggregate(into, industry_groups.SAMPLE), out)
    show.say(out)


@app.command()
def estimate_quality(folder: Folder) -> None:
    """Measure how good the OECD's tables are, into data/validation."""
    with threadpool_limits(1):
        of_oecd.main(folder, panel.DATA / "validation")


@app.command()
def whole_table_results(folder: Folder) -> None:
    """Compute what reliance and the experiments give on whole tables, into data/frontier."""
    with threadpool_limits(1):
        of_moves.main(folder, panel.DATA / "frontier")


@app.command()
def trade_since_2011(folder: Folder) -> None:
    """Compute what is imported, charged, mined and assembled since 2011, into data/frontier."""
    with threadpool_limits(1):
        of_since.main(folder, panel.DATA / "frontier")


@app.command()
def what_if(folder: Folder) -> None:
    """Sum tables and elasticities for the trade model, into data/frontier."""
    with threadpool_limits(1):
        of_model.main(folder, panel.DATA / "frontier")


@app.command()
def us_customs(folder: Folder) -> None:
    """Sum what American customs count, and whose value added was in it, into data/frontier."""
    with threadpool_limits(1):
        of_customs.main(folder, panel.DATA / "frontier")


@app.command()
def nafta(folder: Annotated[Path, typer.Argument(help="Holds cp2015/, their data.", show_default=False)]) -> None:
    """Hold the trade model against Caliendo and Parro's NAFTA, into data/validation."""
    with threadpool_limits(1):
        of_nafta.main(folder, panel.DATA / "validation")


@app.command()
def theories() -> None:
    """Ask the trade model what each theory of the book says, into data/theory."""
    with threadpool_limits(1):
        of_theories.main(panel.DATA / "theory")


@app.command()
def scenarios(folder: Folder) -> None:
    """Try the trade model's duty on China under other assumptions, into data/frontier."""
    with threadpool_limits(1):
        of_scenarios.main(folder, panel.DATA / "frontier")


@app.command()
def forecasts() -> None:
    """Draw what the trade model predicts of American imports, into data/frontier; after what-if and us-customs."""
    with threadpool_limits(1):
        of_forecasts.main(panel.DATA / "frontier")


@app.command()
def entry(folder: Folder) -> None:
    """Predict China's entry by the trade model, into data/frontier."""
    with threadpool_limits(1):
        of_entry.main(folder, panel.DATA / "frontier")


@app.command()
def waves_by_industry(folder: Folder) -> None:
    """Compute what the waves need of whole tables, into data/theory."""
    with threadpool_limits(1):
        of_waves.main(folder, panel.DATA / "theory")


@app.command()
def saving(folder: Folder) -> None:
    """Sum what economies consume and produce, into data/theory."""
    of_saving.main(folder, panel.DATA / "theory")


@app.command()
def ledger(folder: Folder) -> None:
    """Compute who earns what of a dollar of exports and of final products, into data/northeast_asia."""
    with threadpool_limits(1):
        of_ledger.main(folder, panel.DATA / "northeast_asia")


@app.command()
def chip_trade(folder: Folder) -> None:
    """List what China buys to make chips, and what its partners count, into data/frontier."""
    of_chips.main(folder, panel.DATA / "frontier")


@app.command()
def investors(folder: Folder) -> None:
    """List who invests in Indonesia, into data/northeast_asia."""
    of_investors.main(folder, panel.DATA / "northeast_asia")


@app.command()
def china_customs(folder: Folder) -> None:
    """List with whom China trades, by its customs, into data/northeast_asia."""
    of_china.main(folder, panel.DATA / "northeast_asia")


@app.command()
def markets(folder: Folder) -> None:
    """List to whom Japan and others export, into data/northeast_asia."""
    of_markets.main(folder, panel.DATA / "northeast_asia")


@app.command()
def jobs(folder: Folder) -> None:
    """List persons employed in manufacturing and in all, into data/northeast_asia."""
    of_jobs.main(folder, panel.DATA / "northeast_asia")


if __name__ == "__main__":
    cli.run(app)
