"""The data behind the explorer: every pair of every database, computed in the page from the flows of the panels.

The page holds a form; ``explorer.js`` asks for the file of a database when a view needs it. Shares, links and factors
are sums over two or three matrices, so the matrices are what is sent.
"""

import hashlib
import json
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from exhibits import charts, file_cache
from exhibits.extension import write_library
from exhibits.render import themed
from exhibits.text import flat
from exhibits.translation import SOURCE
from gvc import economies as eco
from gvc import panel
from gvc.errors import GvcError
from industrial_chains import manifest, sources
from industrial_chains.book.building.dependencies import digest
from industrial_chains.book.translation import Words
from industrial_chains.charting import names
from industrial_chains.sources import SilentError, Source

#: Where a site keeps them, below its static files.
FOLDER = "explorer"
#: What is sent as matrices where a database has it: flows, and where it has none the measures themselves.
FLOWS = ("va_exports", "intermediates", "va_final_demand")
MEASURES = ("fva_share", "imint_share", "link")
GROUPS = ("NEA", "ASEAN", "ASEAN10", "EU27", "NAFTA")
#: The view that the page opens with; its numbers come along, so that it waits for no matrix.
FIRST = {"measure": "fva_share", "origin": "NEA", "partner": "MEX", "database": "all", "from": 1965, "to": 2022}
#: Digits that are sent: a link or a share keeps its two decimals.
DIGITS = 4
#: How panels of a reader's are drawn, by turns; none of the book's databases is.
_WIDTHS = (4, 1, 3.5, 1.75)
#: Tells apart what other versions of this module wrote.
_CODE = hashlib.sha256(
    b"".join(path.read_bytes() for path in [Path(__file__), *sorted(Path(str(sources.__file__)).parent.glob("*.py"))])
).hexdigest()

_PLACE = """
<div id="gvc-explorer" data-index="{index}">
<noscript><p>{noscript}</p></noscript>
</div>
"""


def register(app: Sphinx) -> None:
    """Connect the directive, and write the data if a page uses it."""
    app.add_directive("explorer", Explorer)
    app.connect("build-finished", _finish)


def _finish(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html" or not hasattr(app.env, "gvc_explorer"):
        return
    write(Path(app.outdir) / "_static", Words(app.config.language), Path(app.srcdir))
    if app.config.language == SOURCE:  # a translation uses what draws there
        write_library(Path(app.outdir))


class Explorer(SphinxDirective):
    """``{explorer}``, without options: the form and its view."""

    def run(self) -> list[nodes.Node]:
        """Leave the place for the script, and say on which page it is."""
        self.env.gvc_explorer = self.env.docname  # pyrefly: ignore[missing-attribute]
        noscript = Words(self.env.config.language).say(
            "The explorer computes its views in the page and needs JavaScript. "
            "All its numbers are in {0} of the repository.",
            "<code>data/panel</code>",
        )
        return [nodes.raw("", _PLACE.format(index=f"{FOLDER}/index.js", noscript=noscript), format="html")]


def write(static: Path, words: Words, book: Path) -> None:
    """Write the index and a file a part of a database; those that are there are as their panels were, and stay.

    In another language only the index, which leads to the files of the book's own language.
    """
    folder = static / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    databases, files = [], {"index.js"}
    # Reading all panels takes a second, in each language.
    asking = digest("from industrial_chains import sources", book / "requirements.lock")

    def add(source: Source, key: str, **own: object) -> None:
        mark = hashlib.sha256(f"{_CODE} {source.about.digest}".encode()).hexdigest()[:12]
        known = book / file_cache.PLACE / f"{key}-{mark}-{asking}.json"
        here = json.loads(file_cache.once(known, lambda: _json(about(source)).encode()))
        parts = {part: f"{key}-{part}-{mark}.js" for part in (*here["held"], "economies")}
        translated, up = {}, ""
        if words.language != SOURCE:
            translated = {part: words.text(here[part]) for part in ("label", "estimated")}
            translated["line"], up = words.text(here["line"], prose=True), f"../../../_static/{FOLDER}/"
        elif not all((folder / name).exists() for name in parts.values()):
            for part, found in content(source).items():
                call = f"gvcExplorer.take({_json(key)}, {_json(part)}, {_json(found)});\n"
                (folder / parts[part]).write_text(call, "utf-8")
        files.update(parts.values())
        there = {part: f"{up}{name}" for part, name in parts.items()}
        databases.append({**here, **translated, **own, "key": key, "files": there})

    for source in sources.SOURCES:
        add(source, source.about.key)
    for name, width in zip(manifest.own(), cycle(_WIDTHS), strict=False):
        with suppress(GvcError):  # the pages that show a reader's panels say what is wrong with one
            source = sources.readers(name)
            if set(panel.FLOWS) <= set(source.frame["flow"]):
                label = words.say("panel {0}", flat(source.about.name))
                add(source, f"own-{source.about.key}", label=label, width=width)
    (folder / "index.js").write_text(f"gvcExplorer.begin({_json(index(databases, words))});\n", "utf-8")
    for left in folder.iterdir():
        if left.name not in files:
            left.unlink()


def index(databases: list[dict[str, Any]], words: Words) -> dict[str, Any]:
    """Return what the form needs before it has any numbers."""
    codes = sorted({code for database in databases for code in database["codes"]})
    return {
        "first": FIRST,
        "databases": databases,
        "groups": {group: eco.members(group) for group in GROUPS},
        "names": {code: words.text(names.economy(code)) for code in (*GROUPS, *codes)},
        "colours": {code: names.colour(code) for code in (*GROUPS, *codes)},
        "theme": json.loads(themed(json.dumps({**charts.THEME, "background": "transparent"}))),
    }


def about(source: Source) -> dict[str, Any]:
    """Say what a database covers, so that the form offers no view that it cannot give, and asks for no file in vain.

    Returns
    -------
    dict
        Among others `held`: by name of a matrix its years. `lost`: by year the pairs whose trade is not known.
        `first`: by year the value of the first view.
    """
    known = [measure for measure in MEASURES if _has(source, measure)]
    years = sorted({year for measure in known for year in source.years(measure)})
    held = {name: list(source.years(name)) for name in _held(source)}
    lost = {str(year): sorted(source.lost(year)) for year in next(iter(held.values())) if source.lost(year)}
    return {
        "label": source.label,
        "line": flat(source.line),
        "unit": flat(source.about.unit),
        "prices": flat(source.about.prices),
        "estimates": [year for year in years if source.kind(year) == "estimate"],
        "estimated": source.label_in(source.estimates[0]) if source.estimates else "",
        "width": source.stroke.width,
        "codes": sorted(source.economies),
        "years": [years[0], years[-1]],
        "held": held,
        "lost": lost,
        "first": _first(source),
    }


def _first(source: Source) -> dict[str, float]:
    with suppress(SilentError):
        found = source.share(str(FIRST["origin"]), str(FIRST["partner"]), str(FIRST["measure"]))
        return {str(year): _short(value) for year, value in found.items()}
    return {}


def content(source: Source) -> dict[str, Any]:
    """Return the matrices of a source, and what it says of each economy.

    Returns
    -------
    dict
        By name of a matrix, by year: rows, columns (codes) and values, row by row, in the unit of the panel or percent.
        `economies`: by measure and code the value of each year.
    """
    flows = {
        name: {str(year): _matrix(source.matrix(name, year)) for year in source.years(name)} for name in _held(source)
    }
    return {**flows, "economies": _economies(source)}


def _economies(source: Source) -> dict[str, dict[str, dict[str, float]]]:
    """Participation in percent of exports, and the mean distance from final use, weighted by output."""
    found: dict[str, pd.DataFrame] = {}
    terms = ("FVA", "FDC", "DDC", "DVA", "DAVAX", "gross_exports")
    if all(_holds(source, name) for name in terms):
        total = {
            name: pd.DataFrame({year: source.matrix(name, year).sum(axis=1) for year in source.years(name)})
            for name in terms
        }
        exports = total["gross_exports"].where(lambda values: values > 0)
        found["backward"] = 100 * (total["FVA"] + total["FDC"] + total["DDC"]) / exports
        found["forward"] = 100 * (total["DVA"] - total["DAVAX"]) / exports
    with suppress(GvcError):  # silent, or a reader's damaged file, which the pages that show such panels name
        rows = [
            source.accounts(flow).set_index(["year", "origin", "sector"])["value"]
            for flow in ("upstreamness", "output")
        ]
        place, output = pd.concat(rows, axis=1, keys=["place", "output"]).dropna().to_dict("series").values()
        by = ["origin", "year"]
        found["upstreamness"] = ((place * output).groupby(by).sum() / output.groupby(by).sum()).unstack("year")
    return {
        name: {
            str(code): {str(year): _short(value) for year, value in row.dropna().items()}
            for code, row in frame.iterrows()
        }
        for name, frame in found.items()
    }


def _has(source: Source, measure: str) -> bool:
    try:
        return bool(source.years(measure))
    except SilentError:
        return False


def _held(source: Source) -> list[str]:
    return [name for name in (*FLOWS, *MEASURES) if _holds(source, name)]


def _holds(source: Source, flow: str) -> bool:
    try:
        return not source.rows(flow).empty
    except SilentError:
        return False


def _matrix(values: pd.DataFrame) -> dict[str, Any]:
    numbers = values.to_numpy(dtype=float, copy=True).ravel()
    # The long-run tables hold trade of less than a billionth of a cent, which is none.
    numbers[np.abs(numbers) < 1e-15 * np.nanmax(np.abs(numbers), initial=0)] = 0
    return {
        "rows": list(values.index),
        "columns": list(values.columns),
        "values": [None if pd.isna(value) else _short(value) for value in numbers],
    }


def _short(value: float) -> float:
    rounded = float(f"{value:.{DIGITS}g}")
    return int(rounded) if rounded.is_integer() else rounded


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
