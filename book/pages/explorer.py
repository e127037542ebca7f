"""The data behind the explorer: every pair of every database, computed in the page from the flows of the panels.

The page holds the first view, which stands without scripts; ``explorer.js`` puts the form before it and asks for the
file of a database when a view needs it. Shares, links and factors are sums over two or three matrices, so the matrices
are what is sent. Another page of its own, ``embed.html``, shows the view of its address and nothing else.
"""

import hashlib
import json
from contextlib import suppress
from html import escape
from itertools import cycle
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from book import identity
from book.pages import addresses, pictures
from book.translation import Words, tag
from exhibits import file_cache
from exhibits.text import flat
from exhibits.translation import SOURCE
from gvc import panel
from gvc.errors import GvcError
from industrial_chains import economies as eco
from industrial_chains import manifest, sources
from industrial_chains.charting import names
from industrial_chains.industry_groups import BRANCHES
from industrial_chains.kept import digest
from industrial_chains.panel_contents import MARKET
from industrial_chains.sources import SilentError, Source
from industrial_chains.uncertainty import error_sizes

#: Where a site keeps them, below its static files.
FOLDER = "explorer"
#: What is sent as matrices where a database has it: flows, and where it has none the measures themselves.
FLOWS = ("va_exports", "intermediates", "va_final_demand", f"va_absorbed_by_{MARKET}")
#: Value added absorbed abroad by industry: economies in rows, groups of industries in columns.
BY_INDUSTRY = "vax_by_industry"
MEASURES = ("fva_share", "imint_share", "link")
GROUPS = ("NEA", "ASEAN", "ASEAN10", "EU27", "NAFTA")
#: The view that the page opens with; its numbers come along, so that it waits for no matrix. Its database, which has
#: most economies, is that of each view whose address names none.
FIRST = {"measure": "fva_share", "origin": "NEA", "partner": "MEX", "database": "oecd"}
#: Digits that are sent: a link or a share keeps its two decimals.
DIGITS = 4
#: How panels of a reader's are drawn, by turns; none of the book's databases is.
_WIDTHS = (4, 1, 3.5, 1.75)
#: Tells apart what other versions of this module wrote.
_MADE_BY = (__file__, error_sizes.__file__, *sorted(Path(str(sources.__file__)).parent.glob("*.py")))
_CODE = hashlib.sha256(b"".join(Path(str(path)).read_bytes() for path in _MADE_BY)).hexdigest()
#: Of whose trade errors were measured: the region and its economies.
_MEASURED = ("NEA", *eco.members("NEA"))
#: Scripts that draw views, in the order in which each needs those before it.
SCRIPTS = ("address", "explorer_data", "explorer_address", "explorer_draw", "explorer_map", "explorer_views")
#: Where an economy stands on the map: column and row of a square.
TILES = Path(__file__).with_name("map_tiles.csv")
#: Colours that tell pairs apart where those of their economies do not.
_PALETTE = ("CHN", "JPN", "MNG", "KOR", "RUS", "VNM")

_PLACE = """
<div id="gvc-explorer">
<h2 class="gvc-explorer-title">{title}</h2>
<div class="exhibit-picture gvc-explorer-chart" role="img" aria-label="{said}">{picture}</div>
<p class="gvc-explorer-said">{said}</p>
<noscript><p>{noscript}</p></noscript>
</div>
"""
_EMBED = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="stylesheet" href="explorer.css">
{scripts}
</head>
<body class="gvc-embedded">
<main id="gvc-view" data-page="{page}"><noscript><p>{noscript}</p></noscript></main>
</body>
</html>
"""


def register(app: Sphinx) -> None:
    """Connect the directive, its button in the bar of each page, and write the data if a page uses it."""
    app.add_directive("explorer", Explorer)
    app.connect("html-page-context", _button, priority=400)  # before the theme drops what of its bar is empty
    app.connect("build-finished", _finish)


def _button(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    if hasattr(app.env, "gvc_explorer"):
        context["explorer"] = {"page": app.env.gvc_explorer, "name": Words(app.config.language).say("Explorer")}


def _finish(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html" or not hasattr(app.env, "gvc_explorer"):
        return
    static, words = Path(app.outdir) / "_static", Words(app.config.language)
    write(static, words, Path(app.srcdir))
    (static / "embed.html").write_text(embed(words, app.env.gvc_explorer), "utf-8")


class Explorer(SphinxDirective):
    """``{explorer}``, without options: the first view, before which the script puts the form."""

    def run(self) -> list[nodes.Node]:
        """Draw the first view, and say on which page it is."""
        self.env.gvc_explorer = self.env.docname  # pyrefly: ignore[missing-attribute]
        words = Words(self.env.config.language)
        origin, partner = (words.text(names.economy(FIRST[who])) for who in ("origin", "partner"))
        picture, told = pictures.share_over_time(FIRST["origin"], FIRST["partner"], words, among=(sources.OECD,))
        noscript = words.say(
            "The explorer computes its views in the page and needs JavaScript. "
            "All its numbers are in {0} of the repository.",
            "<code>data/panel</code>",
        )
        title = words.say("{0}: {1}", words.say("Share in foreign value added of exports"), f"{origin} → {partner}")
        title = words.say("{0} ({1})", title, words.text(sources.OECD.label))
        parts = {"title": escape(title), "picture": picture, "said": escape(" ".join(told)), "noscript": noscript}
        return [nodes.raw("", _PLACE.format(**parts), format="html")]


def embed(words: Words, page: str) -> str:
    """Return the page that shows a view by itself; it lies beside the scripts, below the root of its language."""
    files = ("build", *SCRIPTS, "explorer_files", "explorer_embed")
    parts = {
        "language": tag(words.language),
        "title": escape(words.say(identity.TITLE)),
        "scripts": "\n".join(f'<script defer src="{file}.js"></script>' for file in files),
        "page": escape(f"../{page}.html"),
        "noscript": escape(words.say("This view is computed in the page, which needs JavaScript.")),
    }
    return _EMBED.format(**parts)


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
        parts = {part: f"{key}-{part}-{mark}.js" for part in (*here["held"], "economies", "errors")}
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
    keys, spans = ([database[part] for database in databases] for part in ("key", "years"))
    return {
        "first": FIRST | {"database": next((key for key in (FIRST["database"], *keys) if key in keys), "")},
        "address": addresses.view(
            (*GROUPS, *codes), keys, (min(map(min, spans), default=0), max(map(max, spans), default=0))
        ),
        "databases": databases,
        "groups": {group: eco.members(group) for group in GROUPS},
        "names": {code: words.text(names.economy(code)) for code in (*GROUPS, *codes)},
        "colours": {code: names.colour(code) for code in (*GROUPS, *codes)},
        "tiles": pd.read_csv(TILES, index_col="code").T.to_dict("list"),
        "palette": [names.colour(code) for code in _PALETTE],
        "power": error_sizes.POWER,
        "industries": {branch: words.text(branch) for branch in dict.fromkeys(BRANCHES.values())},
    }


def about(source: Source) -> dict[str, Any]:
    """Say what a database covers, so that the form offers no view that it cannot give, and asks for no file in vain.

    Returns
    -------
    dict
        Among others `held`: by name of a matrix its years. `lost`: by year the pairs whose trade is not known.
        `first`: by year the value of the first view, and in `first_off` how far it may be off. `errors`: by measure the
        origins of whose numbers that is known.
    """
    known = [measure for measure in MEASURES if _has(source, measure)]
    years = sorted({year for measure in known for year in source.years(measure)})
    held = {name: list(source.years(name)) for name in _held(source)}
    if by_industry := _by_industry(source):
        held[BY_INDUSTRY] = sorted(by_industry)
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
        "first": (first := _first(source)),
        "first_off": {
            year: _short(off)
            for year, value in first.items()
            if (off := _off(source, FIRST["measure"], int(year), value, FIRST["partner"])) > 0
        },
        "errors": _errors_known(source, known),
    }


def _off(source: Source, measure: str, year: int, value: float, partner: str) -> float:
    with suppress(GvcError):  # where the databases are not there that tell it
        return error_sizes.size(source, measure, year, value, partner)
    return float("nan")


def _errors_known(source: Source, known: list[str]) -> dict[str, list[str]]:
    if source.yearly == "editions":
        return {"fva_share": list(_MEASURED)} if "fva_share" in known else {}
    tried = (*known, *(["passing"] if _holds(source, FLOWS[-1]) else []))
    return {measure: list(_MEASURED) for measure in tried} if source.yearly == "trial" else {}


def _first(source: Source) -> dict[str, float]:
    with suppress(SilentError):
        found = source.share(FIRST["origin"], FIRST["partner"], FIRST["measure"])
        return {str(year): _short(value) for year, value in found.items()}
    return {}


def content(source: Source) -> dict[str, Any]:
    """Return the matrices of a source, and what it says of each economy.

    Returns
    -------
    dict
        By name of a matrix, by year: rows, columns (codes) and values, row by row, in the unit of the panel or percent.
        `economies`: by measure and code the value of each year. `errors`: by measure, partner and year three numbers,
        of which the page makes how far a number may be off, see :func:`error_parts`.
    """
    flows = {
        name: {str(year): _matrix(source.matrix(name, year)) for year in source.years(name)} for name in _held(source)
    }
    if by_industry := _by_industry(source):
        flows[BY_INDUSTRY] = {str(year): _matrix(table) for year, table in by_industry.items()}
    return {**flows, "economies": _economies(source), "errors": _errors(source)}


def _by_industry(source: Source) -> dict[int, pd.DataFrame]:
    """By year value added absorbed abroad, economy × group of industries; empty for a source with other industries."""
    with suppress(GvcError):
        rows = source.accounts("vax")
        branch = rows["sector"].astype(str).map(BRANCHES)
        if branch.notna().all():
            total = rows["value"].groupby([rows["year"], rows["origin"].astype(str), branch]).sum().unstack()
            return {int(year): total.loc[year] for year in total.index.unique("year")}
    return {}


def _errors(source: Source) -> dict[str, Any]:
    known = _errors_known(source, [measure for measure in MEASURES if _has(source, measure)])
    return {
        measure: {
            partner: {
                str(year): parts
                for year in source.years(FLOWS[-1] if measure == "passing" else measure)
                if not np.isnan(parts := error_parts(source, measure, year, partner)).any()
            }
            for partner in (*GROUPS, *sorted(set(source.economies) - {eco.ROW}))
            if (measure != "link" or partner in _MEASURED)  # what the trial tried
            and set(eco.members(partner)) <= set(source.economies)
        }
        for measure in known
    }


def error_parts(source: Source, measure: str, year: int, partner: str) -> list[float]:
    r"""Return :math:`(c, m, k)` such that a number p may be off by :math:`\sqrt{(c\,u(p))^2 + (m p)^2 + k^2}`.

    That is `error_sizes.size`. An error grows with the unit u(p), with the number itself, or with neither; what two
    numbers may be off by tells them apart.
    All are NaN where a hole has taken a part of what the rest of the world supplies, on which errors depend.
    """
    small, large = 10.0, 50.0
    if source.yearly == "editions":
        fixed = _off(source, measure, year, large, partner)
        return [0, 0, fixed if np.isnan(fixed) else _short(fixed)]
    squares = [_off(source, measure, year, value, partner) ** 2 for value in (small, large)]
    of_unit = [error_sizes.unit(value) ** 2 for value in (small, large)]
    system = np.array([[of_unit[0], small**2], [of_unit[1], large**2]])
    if np.isnan(squares).any():
        return [np.nan] * 3
    found = np.sqrt(np.maximum(np.linalg.solve(system, squares), 0))
    return [_short(found[0]), _short(found[1]) if found[1] > 1e-6 else 0, 0]


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
        "values": [None if isnan(value) else _short(value) for value in numbers.tolist()],
    }


def _short(value: float) -> float:
    rounded = float(f"{value:.{DIGITS}g}")
    return int(rounded) if rounded.is_integer() else rounded


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
