"""``gvc download``: a table from its publisher, asked for and confirmed, or how to get it by hand."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

from gvc import download as publishers
from gvc.cli import show
from gvc.errors import GvcError, one_of

EPILOG = (
    "Examples: `gvc download` lists the databases, `gvc download exiobase3 2020 ixi --yes`, `gvc download oecd 2018`, "
    "`gvc download adb`. Interrupted, the same command goes on where it was."
)


def download(
    database: Annotated[str, typer.Argument(help="Which database; without one, all are listed.")] = "",
    year: Annotated[int | None, typer.Argument(help="Of which year.")] = None,
    system: Annotated[str, typer.Argument(help="Of EXIOBASE: ixi, industries, or pxp, products.")] = "ixi",
    folder: Annotated[Path, typer.Option("-o", "--folder", help="Where the file is to stand.")] = Path(),
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether to get it.")] = False,
) -> None:
    """Get a table from its publisher; size and licence are said first. Without a sure address, say how by hand."""
    if not database:
        for name, about in publishers.DATABASES.items():
            show.say(f"{name:<10} {about.title}\n{'':<10} {about.page}\n{'':<10} licence: {about.licence}")
        return
    one_of("database", database, tuple(publishers.DATABASES))
    try:
        file = publishers.find(database, year, system)
    except GvcError:
        about = publishers.DATABASES[database]
        show.say(f"{about.title}\nlicence: {about.licence}")
        raise
    size = f"{file.size / 1e6:,.0f} MB" if file.size else "not told by the publisher; some hundred MB are usual"
    for head, said in (
        ("file", f"{folder / file.name}"),
        ("of", file.title),
        ("from", file.address),
        ("size", size),
        ("licence", file.licence),
    ):
        show.say(f"{head:<8} {said}")
    if not yes and not typer.confirm("Download it?"):
        raise typer.Exit(1)
    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(
        TextColumn("{task.description}"), *columns, console=show.errors, disable=not show.errors.is_terminal
    ) as progress:
        task = progress.add_task(file.name, total=file.size)
        got = publishers.fetch(
            file, folder, progress=lambda done, total: progress.update(task, completed=done, total=total)
        )
    show.say(f"{got}  {got.stat().st_size / 1e6:,.1f} MB")
    show.say(f"next     gvc check {got}{f' --year {year}' if year is not None else ''}")
