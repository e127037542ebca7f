"""Describes each file of ``data/`` by ``data/manifest.yml``, and checks that both agree."""

import hashlib
import re
import sys
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from exhibits.tables import Cards
from exhibits.text import Myst
from gvc import panel, sample
from gvc.errors import GvcError
from gvc.panel import DATA

_FIELDS = ("path", "title", "source", "edition", "coverage", "unit", "terms", "made", "date")
#: A file's name means nothing that a colour could say.
_NO_COLOUR = "var(--pst-color-border)"
#: How files came to be that no code can make again: they have no checksum, and are mended by hand.
TYPED = ("transcribed", "written by hand")


def load(folder: Path = DATA) -> list[dict[str, Any]]:
    """Return the entries of the manifest, one a file."""
    return deepcopy(_parsed((folder / "manifest.yml").read_text(encoding="utf-8")))


@cache
def _parsed(text: str) -> list[dict[str, Any]]:
    """Parse the manifest, once for all who ask: it takes a third of a second."""
    entries: list[dict[str, Any]] = yaml.safe_load(text)
    return entries


def file_of(path: str, folder: Path = DATA) -> Path:
    """Return the path of a file of the manifest; the sample lies inside the package `gvc`."""
    return sample.FILE if path == f"sample/{sample.FILE.name}" else folder / path


def own(folder: Path | None = None) -> list[str]:
    """Name the panels between economies in ``data/panel`` that a reader has built: the manifest does not list them.

    Files that cannot be read are among them: whoever loads one is told what is wrong.
    """
    folder = folder or panel.DATA
    shipped = {entry["path"] for entry in load(folder)}
    found = (file for file in panel.files(folder) if f"panel/{file.name}" not in shipped)
    return [file.stem for file in found if _between_economies(file)]


def _between_economies(file: Path) -> bool:
    try:
        columns = panel.columns(file)
    except GvcError:
        return True
    return set(panel.COLUMNS) <= columns and "sector" not in columns


def must_be_own(out: Path) -> None:
    """Refuse to write over a panel that the book ships: its pages would state another's numbers.

    Raises
    ------
    GvcError
        If `out`, by whatever name, is one.
    """
    there, listed = out.resolve(), panel.DATA / "manifest.yml"
    if there.parent != (panel.DATA / "panel").resolve() or not listed.is_file():
        return
    if f"panel/{there.name}" in {entry["path"] for entry in load(panel.DATA)}:
        raise GvcError(
            str(out),
            expected="a name of your own",
            found=f"{there.name}, which the book ships",
            remedy="Choose another name by `-o`; `python -m pipeline panel` makes a panel of the book.",
        )


def problems(folder: Path = DATA) -> list[str]:
    """List the differences between manifest and folder, without panels and forecasts that a reader has added."""
    entries = {entry.get("path", "?"): entry for entry in load(folder)}
    present = {
        file.relative_to(folder).as_posix()
        for file in folder.rglob("*")
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(folder).parts)
    } - {"manifest.yml", "README.md"}
    present |= {path for path in entries if file_of(path, folder).is_file()}
    present -= {f"panel/{name}{part}.parquet" for name in own(folder) for part in ("", "_sectors")} - set(entries)
    present -= {path for path in present - set(entries) if path.startswith("forecasts/")}
    found = [f"{path}: not in the manifest" for path in sorted(present - set(entries))]
    found += [f"{path}: in the manifest only" for path in sorted(set(entries) - present)]
    for path in sorted(present & set(entries)):
        found += [f"{path}: no {field}" for field in _FIELDS if not entries[path].get(field)]
        due = None if entries[path].get("made") in TYPED else _sha256(file_of(path, folder))
        if entries[path].get("sha256") != due:
            found.append(f"{path}: not the file that the manifest describes; run `make data`")
    return found


def overview(folder: Path = DATA) -> pd.DataFrame:
    """Return the manifest as a table for readers, a row a file: (Content) × {File, Coverage, Source, Edition}.

    Source and edition are inline MyST.
    """
    frame = pd.DataFrame(load(folder))
    rows = frame[["path", "coverage"]].assign(
        source=frame["source"].map(_marked), edition=frame["edition"].map(_marked)
    )
    return rows.set_axis(["File", "Coverage", "Source", "Edition"], axis=1).set_axis(
        pd.Index(frame["title"], name="Content")
    )


def _marked(text: Any) -> str:
    """Take text as inline MyST, unless it is numbers alone: ``2018–2024``."""
    return Myst(text) if re.search("[A-Za-z]", str(text)) else str(text)


def cards(folder: Path = DATA) -> Cards:
    """Return what makes each row of :func:`overview` a card, on which source and edition fold."""
    paths = [entry["path"] for entry in load(folder)]
    return Cards(tuple(f"file {path}" for path in paths), (_NO_COLOUR,) * len(paths), folded=(3, 4))


def refresh(folder: Path = DATA) -> None:
    """Write the checksums of the computed files as they are now."""
    path = folder / "manifest.yml"
    sums = iter([_sha256(file_of(entry["path"], folder)) for entry in load(folder) if "sha256" in entry])
    text = path.read_text(encoding="utf-8")
    # By line, not by value: a checksum not yet filled in may stand in other words, too.
    text = re.sub(r"^  sha256: .*$", lambda _: f'  sha256: "{next(sums)}"', text, flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    refresh()
    sys.exit("\n".join(problems()) or None)
