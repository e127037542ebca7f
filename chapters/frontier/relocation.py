"""Relocation: what moves along with a plant, on whole tables, by rules of the move and by what China puts in."""

from typing import Any

import pandas as pd

from exhibits.prose import Numbers
from gvc.icio import ICIO
from industrial_chains import data, literature, whole_table_results
from industrial_chains.analysis import experiments
from industrial_chains.industry_groups import SAMPLE
from industrial_chains.sample import sample
from industrial_chains.sources import ADB, OECD
from industrial_chains.trade_model import inputs
from industrial_chains.whole_table_results import BUYER, SELLER, moving

#: What moves along with a plant, from nothing to another chain.
ALONG = {
    "plant": "The plant alone",
    "services": "Its services, too",
    "everything": "All it bought in China",
    "own": "The host's own chain instead",
}
_GOODS = tuple(dict.fromkeys(group for group in SAMPLE.values() if group != "Services"))
#: China's own content in what it exports, as Koopman, Wang and Wei (2012) have it in their summary: nearly 0.6 of
#: manufactures after it joined the WTO, and 0.3 or less in electronic devices and the like. By groups of the sample.
PROCESSING = {"All goods": (0.6, _GOODS), "Machinery": (0.3, ("Machinery",))}
#: Where goods go in the cases on the sample.
HOST = "MEX"
#: What is done where goods are rerouted.
WAYS = {
    "label": "A new label only",
    "plant": "The last stage",
    "own": "All, with own suppliers",
}


# -- a plant moves ------------------------------------------------------------------------------------------------


def plants_on_whole_tables() -> pd.DataFrame:
    """Return `whole_table_results.plants` on whole tables alone, in which nothing was summed."""
    kept = data.table("plants")
    return kept[
        kept["industries"].eq(35) & kept["economies"].gt(40) | kept["industries"].eq(50) & kept["economies"].gt(80)
    ]


def by_table() -> pd.DataFrame:
    """Show how the sums that a table is made of move the result, for a table.

    Returns
    -------
    DataFrame, (Table, Economies, Industries) × what moves
        What China loses, cents, as text: the range over the hosts that all tables show. With few economies only the
        coarsest industries, since economies make no difference.
    """
    kept = data.table("plants")
    kept = kept[kept["host"].isin(["MEX", "IDN", "IND", "USA"]) & (kept["economies"].gt(11) | kept["industries"].eq(5))]
    order = kept.assign(late=kept["database"].eq(OECD.name)).sort_values(
        ["year", "late", "economies", "industries"], ascending=[True, True, False, False], kind="stable"
    )
    rows: dict[tuple[str, int, int], dict[str, str]] = {}
    keys = ["database", "year", "economies", "industries", "moves"]
    for database, year, economies, industries, key, low, high in (
        order.groupby(keys, sort=False)["lost"].agg(["min", "max"]).reset_index().itertuples(index=False)
    ):
        label = f"{database} {year}" + (", estimate" if database == OECD.name and OECD.kind(year) == "estimate" else "")
        rows.setdefault((label, economies, industries), {})[ALONG[key]] = span(low, high)
    return pd.DataFrame(rows).T.rename_axis(index=["Table", "Economies", "Industries"])


def span(low: float, high: float) -> str:
    """Write a range of whole numbers."""
    ends = dict.fromkeys(f"{end:.0f}" for end in (low, high))
    return "–".join(ends)


def processing(icio: ICIO) -> pd.DataFrame:
    """Let China's plants that work for the United States import more, as in :data:`PROCESSING`, and move to Mexico.

    Parameters
    ----------
    icio : ICIO
        In the groups of the sample.

    Returns
    -------
    DataFrame, (goods, content) × what moves
        What China loses, cents on the dollar moved: by the content that the table gives, and by the estimate. Only
        the goods named move.
    """
    rows = {}
    for name, (content, sectors) in PROCESSING.items():
        ways: dict[str, dict[str, Any]] = {
            ALONG[key]: {**arguments, "sectors": sectors} for key, arguments in moving(icio, HOST).items()
        }
        split = experiments.split_off(icio, SELLER, BUYER, content, sectors)
        for label, table in (("As in the table", icio), (f"{100 * content:.0f} percent", split)):
            rows[name, label] = -experiments.per_dollar_moved(table, SELLER, BUYER, ways)[SELLER]
    return pd.DataFrame(rows).T.rename_axis(index=["Goods", "China's content"], columns=None)


#: By how much more of the new product buyers take by one of the :func:`rules`.
MORE = 0.1


def rules(icio: ICIO) -> pd.DataFrame:
    """Move the same goods by different rules, to Mexico with its own suppliers unless a rule says otherwise.

    Returns
    -------
    DataFrame, rule × economy
        Change of value added, cents on the dollar moved.
    """
    goods = {"to": HOST, "sectors": whole_table_results.goods_of(icio)}
    cases: dict[str, dict[str, Any]] = {
        "All moves": goods,
        "A quarter moves": {**goods, "share": 0.25},
        "Final goods move, too": {**goods, "final": True},
        "Services move, too": {"to": HOST},
        "Machinery only": {**goods, "sectors": ["Machinery"]},
        "Light industry only": {**goods, "sectors": ["Light"]},
        "A tenth more is taken": {**goods, "share": 0.25, "extra": MORE},
        "Everyone takes over": {**goods, "to": experiments.OTHERS},
        "The plant alone": {**goods, "technology": "seller"},
    }
    return experiments.per_dollar_moved(icio, SELLER, BUYER, cases)


def services_in_loss(icio: ICIO) -> float:
    """Of what China loses when goods move to Mexico with its own suppliers, the part in services; percent."""
    moved = experiments.replace_inputs(icio, SELLER, BUYER, HOST, sectors=whole_table_results.goods_of(icio))
    change = experiments.compare(icio, moved, ["economy", "sector"])["change"].loc[SELLER]
    return float(100 * change["Services"] / change.sum())


# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    return {**_model(), **_hosts(), **_moved(), **_china_in_india(), **_works()}


def _model() -> Numbers:
    """Return what China loses by the trade model, cents: the ends of all trials."""
    cents = inputs.trials().set_index("trial")["buyer"]
    by_study, draws = cents.drop("draws"), cents["draws"]
    return {
        # Of draws the lowest and the highest twentieth are left out, as in the table of the trials.
        "cents_model_low": min(by_study.min(), draws.quantile(0.05)),
        "cents_model_high": max(by_study.max(), draws.quantile(0.95)),
    }


def _hosts() -> Numbers:
    """Return how far hosts lie apart in what China loses in 2022, cents."""
    lost = plants_on_whole_tables().query("year == 2022").groupby("moves")["lost"].agg(["min", "max"])
    apart = lost["max"] - lost["min"]
    return {
        "cents_apart_between_hosts_services": apart["services"],
        "cents_apart_between_hosts_own": apart["own"],
    }


def _moved() -> Numbers:
    """Return the part of services in what China loses on the sample, and content as estimated; percent."""
    return {
        "share_services_in_loss_of_CHN": services_in_loss(sample()),
        "content_estimated_all": 100 * PROCESSING["All goods"][0],
        "content_estimated_electronics": 100 * PROCESSING["Machinery"][0],
    }


def _china_in_india() -> Numbers:
    """Return by how much China's share rose among named origins of the foreign value added of India's exports."""
    named = ADB.share("CHN", "IND", base="named")
    return {"points_CHN_in_IND_of_named_ADB": named[2022] - named[2018]}


def _works() -> Numbers:
    """Return how many works on relocation there are, and how many whose title or the article states a method."""
    method = literature.works("relocation")["method"]
    return {"works": len(method), "works_with_a_method": int((method != "").sum())}
