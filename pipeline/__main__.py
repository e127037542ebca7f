"""The steps of ``make data``, each ``python -m pipeline STEP``; they write over what the book ships."""

from dataclasses import replace
from importlib import import_module
from inspect import signature
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer
from threadpoolctl import threadpool_limits

from gvc import cli, panel
from gvc.cli import Files, Out, Table, Workers, show
from gvc.errors import GvcError
from gvc.place import must_not_be, writing
from gvc.sample import load_sample
from gvc.sources import plain, read_icio
from industrial_chains import economies as eco
from industrial_chains import industry_groups, nowcasts, oecd_tables, panel_contents
from pipeline import emissions
from pipeline import oecd as tables_of_oecd
from pipeline import official as own_tables_of_oecd
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


@app.command(epilog="Example: `python -m pipeline official ~/Downloads/oecd`, then `make book LANGUAGES=en`.")
def official(
    folder: Annotated[
        Path, typer.Argument(help="Holds the OECD's files, CSV or zip, of all years.", show_default=False)
    ],
    count: Workers = None,
) -> None:
    """Put the OECD's own tables in the place of their reconstruction, with all that follows from them."""
    for name in own_tables_of_oecd.replace(folder, count):
        show.say(f"data/{name}")
    show.say(oecd_tables.NOTICE)
    for year, came in nowcasts.scored().groupby(level="year"):
        inside = int(came["inside"].sum())
        show.say(f"Nowcast of {year}: the table is inside the band in {inside} of {len(came)} measures")


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
def sample(
    file: Table,
    emitted: Annotated[
        Path | None, typer.Argument(help="CSV: economy, industry, and CO2 by year; if left out, what the sample has.")
    ] = None,
    *,
    out: Out,
) -> None:
    """Aggregate a WIOD table to the small one that the book prints, with the CO2 of its year."""
    must_not_be(out, [file, *([emitted] if emitted else [])])
    icio = read_icio(file)
    apart = ("CHN", "JPN", "KOR", "TWN", "RUS", "IND", "IDN", "MEX", "USA")
    joined = {code: "EUU" if code in eco.GROUPS["EU27_2007"] else eco.ROW for code in icio.economies}
    into = {code: code for code in apart} | {
        code: joined[code] for code in sorted(set(icio.economies) - set(apart), key=joined.__getitem__)
    }
    small = icio.aggregate(into, industry_groups.SAMPLE)
    account = load_sample().accounts["CO2"]
    if emitted:
        account = emissions.co2(emitted, icio.year or 0, into, (list(small.economies), list(small.sectors)))
    with writing(out):
        plain.write(replace(small, accounts={"CO2": account}), out)
        out.write_text(f"# CO2: {emissions.SOURCE}\n{out.read_text('utf-8')}", "utf-8")
    show.say(out)


def steps() -> dict[str, ModuleType]:
    """Return the steps that are a module, here or beside the page that they serve, by the names of their commands."""
    root = Path(__file__).parents[1]
    files = [*(root / "pipeline").rglob("*.py"), *(root / "chapters").rglob("*_step.py")]
    names = (".".join(file.relative_to(root).with_suffix("").parts) for file in sorted(files))
    modules = [import_module(name) for name in names if not name.rpartition(".")[2].startswith("__")]
    return {
        getattr(module, "COMMAND", module.__name__.rpartition(".")[2].replace("_", "-")): module
        for module in modules
        if hasattr(module, "INTO")
    }


def _add(name: str, step: ModuleType) -> None:
    """Make a command of a step, which reads sources from a folder or the book's own data."""
    out = panel.DATA / step.INTO

    def from_folder(folder: Folder) -> None:
        with threadpool_limits(1):
            step.main(folder, out)

    def from_data() -> None:
        with threadpool_limits(1):
            step.main(out)

    reads = len(signature(step.main).parameters) > 1
    told = f"{str(step.__doc__).partition(chr(10))[0].rstrip('.:')}: into data/{step.INTO}."
    app.command(name, help=told)(from_folder if reads else from_data)


for _name, _step in steps().items():
    _add(_name, _step)


if __name__ == "__main__":
    cli.run(app)
