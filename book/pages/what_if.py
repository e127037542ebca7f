"""The calculator of duties: the first case, which stands without scripts, and the table for others.

``trade_model.js`` is the model of :func:`gvc.counterfactual` on that table; ``what_if.js`` asks it for a reader's case.
"""

import hashlib
import json
from calendar import month_name
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import gvc
from book.pages import bibliography
from book.translation import LOCALE, Words
from exhibits.text import Untranslated, flat
from exhibits.translation import SOURCE, catalogue
from gvc import panel
from gvc.errors import GvcError
from gvc.icio import ICIO
from gvc.labels import Array
from industrial_chains import literature
from industrial_chains.charting import names
from industrial_chains.sources import OECD
from industrial_chains.trade_model import forecasts, inputs, scenarios

#: Where a site keeps the table, below its static files.
FOLDER = "what_if"
YEAR = 2022
#: The case that the page opens with; `rate` in points.
FIRST: dict[str, Any] = {
    "importer": inputs.BUYER,
    "exporters": [inputs.SELLER],
    "industries": "goods",
    "rate": 25,
    "retaliation": False,
    "study": inputs.MAIN,
}


def cases() -> dict[str, dict[str, Any]]:
    """List what a reader may choose by name: a duty for each partner, and those before if not those of the table."""
    month = inputs.charged_in
    return {
        "in_force": {"before": {}, "rates": month(inputs.NOW)},
        "ruling": {"before": month(inputs.BEFORE_RULING), "rates": month(inputs.AFTER_RULING)},
    }


#: Names that a sentence gives an article.
_WITHIN = {
    "USA": "the United States",
    "GBR": "the United Kingdom",
    "EU27": "the European Union",
    "ROW": "the rest of the world",
}
_PLACE = """
<div id="gvc-what-if">
<script type="application/json">{index}</script>
<ul class="gvc-what-if-said">{said}</ul>
<div class="gvc-what-if-table" tabindex="0" role="region" aria-label="{label}">{table}</div>
<p class="exhibit-source">{source} {note}</p>
<noscript><p>{noscript}</p></noscript>
</div>
"""


def register(app: Sphinx) -> None:
    """Connect the directive, and write the table if a page uses it."""
    app.add_directive("what-if", WhatIf)
    app.connect("build-finished", _finish)


def _finish(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html" or not hasattr(app.env, "gvc_what_if"):
        return
    if app.config.language == SOURCE:  # a translation uses the file there
        table = inputs.table(YEAR)
        write(Path(app.outdir) / "_static", table, in_force(table))


class WhatIf(SphinxDirective):
    """``{what-if}``, without options: the first case and its answer, before which the script puts the form."""

    def run(self) -> list[nodes.Node]:
        """Solve the first case, and say on which page it is."""
        self.env.gvc_what_if = self.env.docname  # pyrefly: ignore[missing-attribute]
        words = Words(self.env.config.language)
        made_of = [
            panel.DATA / "frontier" / file
            for file in (f"what_if_{YEAR}.parquet", "elasticities.csv", "us_imports.csv", "us_market_by_month.csv")
        ]
        said_in = (panel.DATA / "terms.csv", catalogue(LOCALE, words.language, "interface"))
        for path in (*made_of, *said_in, Path(__file__), Path(str(gvc.equilibrium.__file__))):
            if path.exists():
                self.env.note_dependency(str(path))
        return [nodes.raw("", place(inputs.table(YEAR), inputs.elasticities(), words), format="html")]


def place(table: ICIO, elasticities: pd.DataFrame, words: Words) -> str:
    """Return what stands in the page: the first case and its answer, and what the form is made of."""
    answers = {study: answer(table, elasticities[study], FIRST) for study in elasticities}
    about = index(table, elasticities, words) | {"answers": answers}
    parts = {
        "said": "".join(f"<li>{escape(one)}</li>" for one in sentences(about, answers[FIRST["study"]], words)),
        "label": escape(words.say("What changes in each economy")),
        "table": _table(about, answers[FIRST["study"]], words),
        "source": escape(words.say("Source: {0}", words.text(flat(OECD.line), prose=True))),
        "note": escape(
            " ".join(
                (
                    words.say("American duties of 2022: US Census data in M. Waugh's tracker."),
                    words.say("Factor income is measured against the world's."),
                )
            )
        ),
        "noscript": escape(words.say("Other cases are computed in the page, which needs JavaScript.")),
    }
    return _PLACE.format(index=_json(about).replace("</", "<\\/"), **parts)


def in_force(table: ICIO) -> np.ndarray:
    """Return the rates of duty that stand before a case, (GN, G), 0.25 for 25 percent."""
    return forecasts.in_force(table, YEAR).to_numpy()


def write(static: Path, table: ICIO, rates: np.ndarray) -> None:
    """Write the table and the duties in force, and delete those of another build."""
    folder = static / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / _name(table, rates)
    for left in set(folder.iterdir()) - {file}:
        left.unlink()
    file.write_text(content(table, rates), "utf-8")


def content(table: ICIO, rates: np.ndarray) -> str:
    """Return the script that brings the table and the duties in force: numbers as they are, to the last digit.

    Raises
    ------
    GvcError
        If the table holds what the page's model does not know: parts of economies, taxes, or numbers below zero.
    """
    if table.parts or table.taxes.any() or (table.Z < 0).any() or (table.Y < 0).any():
        raise GvcError(
            str(table.source),
            expected="deliveries of 0 or more between whole economies, and no taxes",
            found="parts of economies, taxes or numbers below 0",
            remedy="Make the table by pipeline.what_if.",
        )
    return f"gvcWhatIf.take({_json({'Z': _short(table.Z), 'Y': _short(table.Y), 'T': _short(rates)})});\n"


def _name(table: ICIO, rates: np.ndarray) -> str:
    return f"table-{hashlib.sha256(table.Z.tobytes() + table.Y.tobytes() + rates.tobytes()).hexdigest()[:12]}.js"


def index(table: ICIO, elasticities: pd.DataFrame, words: Words) -> dict[str, Any]:
    """Return what the form needs before it has the table."""

    def economy(code: str) -> dict[str, str]:
        name = words.text(names.economy(code))
        return {"code": code, "name": name, "within": _WITHIN.get(code, name) if words.language == SOURCE else name}

    def study(key: str) -> str:
        work = literature.entries()[inputs.STUDIES[key]]
        return words.say("{0} ({1})", bibliography.people(work, words.language), work.fields["year"])

    return {
        "table": (f"../../../_static/{FOLDER}/" if words.language != SOURCE else "") + _name(table, in_force(table)),
        "first": FIRST,
        "collects": inputs.BUYER,
        "cases": _named(words),
        "counted": [_short(row) for row in weights(table, inputs.BUYER).to_numpy()],
        "economies": [
            economy(code) | {"spent": round(float(spent), 2)}
            for code, spent in zip(table.economies, table.demand.sum(axis=0), strict=True)
        ],
        "industries": [
            {"code": code, "name": words.text(inputs.NAMES[code]), "good": code in inputs.GOODS}
            for code in table.sectors
        ],
        "studies": {
            key: {"name": study(key), "elasticities": list(map(float, elasticities[key]))}
            for key in map(str, elasticities)
        },
    }


def _named(words: Words) -> dict[str, dict[str, Any]]:
    """Say of which months the cases with a name are."""
    months = {
        "in_force": {"after": inputs.NOW},
        "ruling": {"since": inputs.BEFORE_RULING, "after": inputs.AFTER_RULING},
    }
    said = {key: {end: _month(month, words.language) for end, month in of.items()} for key, of in months.items()}
    return {key: case | said[key] for key, case in cases().items()}


def _month(month: str, language: str) -> str:
    year, number = map(int, month.split("-"))
    text = Untranslated(f"{month_name[number]} {year}", zh=f"{year}年{number}月")
    return text.others.get(language.partition("_")[0], str(text))


def before(table: ICIO, case: dict[str, Any]) -> np.ndarray:
    """Rates before a case, (GN, G): those in force, with a partner's own level if the case has one."""
    return _levels(table, case, case.get("before", {}))


def weights(table: ICIO, importer: str) -> pd.DataFrame:
    """Return what averages of duties weigh, economy × industry: what customs counted of goods, if they did."""
    bought = pd.DataFrame(
        scenarios.by_buyer(table)[:, :, table.economies.index(importer)], list(table.economies), list(table.sectors)
    )
    if importer == inputs.BUYER:
        counted = inputs.american("imports", YEAR, full_year=True)[list(inputs.GOODS)]
        bought.loc[counted.index, counted.columns] = counted
    return bought


def _levels(table: ICIO, case: dict[str, Any], levels: dict[str, float]) -> np.ndarray:
    charged = [table.sectors[n] for n in _charged(table, case)]
    bought = weights(table, case["importer"])[charged]
    return scenarios.at_levels(forecasts.in_force(table, YEAR), bought, case["importer"], levels).to_numpy()


def duties(table: ICIO, case: dict[str, Any]) -> np.ndarray:
    """Rates after a case, (GN, G), 0.25 for 25 percent: those before with what it adds, or each partner's level."""
    if "rates" in case:
        return _levels(table, case, case["before"] | case["rates"])
    G, N = len(table.economies), len(table.sectors)
    rates = in_force(table).reshape(G, N, G).copy()
    d = table.economies.index(case["importer"])
    charged = _charged(table, case)
    for g in _sellers(table, case):
        rates[g, charged, d] += case["rate"] / 100
        if case["retaliation"]:
            rates[d, charged, g] += case["rate"] / 100
    return rates.reshape(G * N, G)


def _sellers(table: ICIO, case: dict[str, Any]) -> list[int]:
    codes = (
        [code for code in table.economies if code != case["importer"]]
        if case["exporters"] == "all"
        else case["exporters"]
    )
    return [table.economies.index(code) for code in codes]


def _charged(table: ICIO, case: dict[str, Any]) -> list[int]:
    whole = {"all": list(table.sectors), "goods": [code for code in table.sectors if code in inputs.GOODS]}
    codes = whole[case["industries"]] if isinstance(case["industries"], str) else case["industries"]
    return [table.sectors.index(code) for code in codes]


def answer(table: ICIO, elasticity: pd.Series, case: dict[str, Any]) -> dict[str, Any]:
    """Solve a case as the page does.

    Returns
    -------
    dict
        In percent: the duty in force on what the importer imports of the products from the exporters (`duty`); by
        economy changes of real income (`income`) and of factor income at the world's (`earned`); before and after the
        economy's share in what the importer imports of the products (`trade`) and in the foreign value added that it
        finally uses (`content`). If all others export, in what it uses, and in all value added. If partners have duties
        of their own, `duty` is that on all imports of the products before and after, and `used` the share of imports in
        what the importer uses of them.
    """
    base = in_force(table)
    old = gvc.counterfactual(table, tariffs=(base, before(table, case)), elasticity=elasticity)
    after = gvc.counterfactual(table, tariffs=(base, duties(table, case)), elasticity=elasticity)
    d, charged = table.economies.index(case["importer"]), _charged(table, case)

    def bought(of: ICIO) -> Array:
        """Sum what the importer buys, origin × product charged."""
        return scenarios.by_buyer(of)[:, charged, d]

    def percent(amounts: np.ndarray) -> list[float | None]:
        among = [case.get("exporters") == "all" or g != d for g in range(len(amounts))]
        whole = amounts[among].sum()
        return [_rounded(100 * amount / whole) if one else None for amount, one in zip(amounts, among, strict=True)]

    def trade(of: ICIO) -> list[float | None]:
        return percent(bought(of).sum(axis=1))

    def held(of: ICIO) -> list[float | None]:
        return percent(gvc.value_added_in_final_demand(of).to_numpy()[:, d])

    def used(of: ICIO) -> float:
        amounts = bought(of).sum(axis=1)
        return _rounded(100 * (1 - amounts[d] / amounts.sum()))

    weight = weights(table, case["importer"]).to_numpy()[:, charged]

    def average(rates: np.ndarray, sellers: list[int], weight: Array) -> float:
        paid = rates.reshape(len(table.economies), -1, len(table.economies))[:, charged, d] * weight
        return _rounded(100 * paid[sellers].sum() / weight[sellers].sum())

    own = "rates" in case
    partners = [g for g in range(len(table.economies)) if g != d]
    ends = (before(table, case), duties(table, case))
    return {
        "duty": [average(rates, partners, weight) for rates in ends]
        if own
        else average(base, _sellers(table, case), bought(table)),
        "income": [_rounded(100 * (factor - 1)) for factor in after.real_income / old.real_income],
        "earned": [_rounded(100 * (factor - 1)) for factor in after.wages / old.wages],
        "trade": [trade(old.table), trade(after.table)],
        "content": [held(old.table), held(after.table)],
        **({"used": [used(old.table), used(after.table)]} if own else {}),
    }


# -- the first case without scripts, in the words of what_if.js -----------------------------------------------------


def sentences(about: dict[str, Any], of: dict[str, Any], words: Words) -> list[str]:
    """Say what happens in the first case: one exporter, whose shares fall, and no retaliation."""
    say, economies = words.say, {one["code"]: one for one in about["economies"]}
    codes = list(economies)
    (seller,), buyer = FIRST["exporters"], FIRST["importer"]
    i, best = codes.index(seller), int(np.argmax(of["income"]))
    exporter, importer = economies[seller]["within"], economies[buyer]["within"]
    more = say("{0} more points", str(FIRST["rate"]))
    duty = say("With {0} of duty in {1} on {2} from {3}", more, importer, say("goods"), exporter)
    falls = "{0} in {1} falls from {2} to {3} per cent"
    share = say("the share of {0}", exporter)
    trade, held = (
        say(falls, share, place, *(f"{one[i]:.1f}" for one in of[part]))
        for part, place in (
            ("trade", say("the {0} that {1} imports", say("goods"), importer)),
            ("content", say("the foreign value added that {0} finally uses", importer)),
        )
    )
    gainer = economies[codes[best]]["within"]
    return [
        say("{0}, {1}.", duty, trade),
        say("{0}.", held[0].upper() + held[1:]),
        say(
            "Real income changes by {0} per cent in {1} and by {2} per cent in {3}.",
            *(_change(of["income"][i]), exporter, _change(of["income"][codes.index(buyer)]), importer),
        ),
        say(
            "{0} gains most: its real income changes by {1} per cent.",
            *(gainer[0].upper() + gainer[1:], _change(of["income"][best])),
        ),
        say(
            "At the rates that {0} collected by industry in 2022, these imports already bear {1} per cent of duty.",
            *(importer, f"{of['duty']:.1f}"),
        ),
    ]


def _table(about: dict[str, Any], of: dict[str, Any], words: Words) -> str:
    importer = next(one["within"] for one in about["economies"] if one["code"] == FIRST["importer"])
    heads = [
        words.say("Economy"),
        words.say("Real income, percent"),
        words.say("Factor income, percent"),
        words.say("Share in what {0} imports, points", importer),
    ]
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    body = ""
    for g in sorted(range(len(about["economies"])), key=lambda g: -of["income"][g]):
        before, after = (of["trade"][when][g] for when in (0, 1))
        cells = [_change(of["income"][g]), _change(of["earned"][g])]
        cells += ["" if before is None else _change(after - before, 1)]
        row = "".join(f"<td>{cell}</td>" for cell in cells)
        body += f'<tr><th scope="row">{escape(about["economies"][g]["name"])}</th>{row}</tr>'
    return f'<table class="exhibit-grid"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _change(value: float, digits: int = 2) -> str:
    said = f"{value:+.{digits}f}"
    return said.replace("-", "\u2212") if float(said) else said[1:]


def _rounded(percent: float) -> float:
    return round(float(percent), 6)


def _short(numbers: np.ndarray) -> list[float]:
    return [int(one) if one.is_integer() else one for one in map(float, numbers.ravel())]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
