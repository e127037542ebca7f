"""The numbers behind the chapter on decompositions: the frameworks side by side, and what each counts twice."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from exhibits.prose import Numbers
from gvc.decompositions import borin_mancini, kww, routes, value_added_by_route, wwz
from gvc.flows import gross_exports, intermediate_flows, value_added_in_exports, value_added_in_final_demand
from gvc.icio import ICIO
from gvc.indicators import origin_share
from gvc.leontief import domestic_inverse, imported_inputs, multipliers
from gvc.positions import participation
from industrial_chains.charting.names import economy
from industrial_chains.sample import sample
from industrial_chains.sources import WIOD_NEA

#: Which terms of Borin and Mancini, of Koopman, Wang and Wei and of Wang, Wei and Zhu mean the same.
SAME = (
    ("VAX", "DVA_FIN", "DVA_FIN"),
    ("VAX", "DVA_INT", "DVA_INT + DVA_INTrexI1"),
    ("VAX", "DVA_INTrex", "DVA_INTrexF + DVA_INTrexI2"),
    ("REF", "RDV_FIN", "RDV_FIN + RDV_FIN2"),
    ("REF", "RDV_INT", "RDV_INT"),
    ("DDC", "DDC", "DDC_FIN + DDC_INT"),
    ("FVA + FDC", "FVA_FIN", "OVA_FIN + MVA_FIN"),
    ("FVA + FDC", "FVA_INT", "OVA_INT + MVA_INT"),
    ("FVA + FDC", "FDC", "ODC + MDC"),
)


def parts(icio: ICIO) -> pd.DataFrame:
    """Take the exports of each exporter apart, in percent of them, for a chart.

    Returns
    -------
    DataFrame
        Columns exporter, part, value. Domestic value added that the buyer absorbs (DAVAX), that goes on (VAX − DAVAX),
        that comes home (REF + DDC), and foreign content (FC) of :func:`gvc.borin_mancini`; most foreign first.
    """
    terms = borin_mancini(icio)
    of_exports = pd.DataFrame(
        {
            "Own, absorbed": terms["DAVAX"],
            "Own, sent on": terms["VAX"] - terms["DAVAX"],
            "Own, back": terms["REF"] + terms["DDC"],
            "Foreign": terms["FC"],
        }
    ).mul(100 / terms["EXGR"], axis=0)
    ordered = of_exports.rename_axis("exporter").sort_values("Foreign", ascending=False, kind="stable")
    return ordered.melt(ignore_index=False, var_name="part").reset_index()


def correspondence(icio: ICIO) -> pd.DataFrame:
    """Compare terms that mean the same in three frameworks.

    Returns
    -------
    DataFrame, (Borin–Mancini, Koopman–Wang–Wei, Wang–Wei–Zhu) × {share, wwz, bm}
        `share`: the nine terms in percent of all exports of the table. `wwz`, `bm`: the largest difference that any
        exporter shows between the nine terms and the other framework's, in percent of its exports; with Borin and
        Mancini that of the sum over the rows that carry the same terms.
    """
    exports = gross_exports(icio).sum(axis=1)
    nine, totals = kww(icio), borin_mancini(icio)
    sixteen = wwz(icio).groupby("exporter", sort=False).sum()
    rows = {}
    for bm, name, names in SAME:
        group = [other for outer, other, _ in SAME if outer == bm]
        rows[bm, name, names] = {
            "share": 100 * nine[name].sum() / exports.sum(),
            "wwz": _largest(nine[name] - _sum(sixteen, names), exports),
            "bm": _largest(nine[group].sum(axis=1) - _sum(totals, bm), exports),
        }
    index = pd.MultiIndex.from_tuples(list(rows), names=["Borin–Mancini", "Koopman–Wang–Wei", "Wang–Wei–Zhu"])
    return pd.DataFrame(list(rows.values()), index=index)


def identities(icio: ICIO) -> pd.Series:
    """Measure how far each identity between the frameworks is missed.

    Returns
    -------
    Series by identity
        The largest gap that any exporter shows, in percent of its exports.
    """
    exports, vby = gross_exports(icio), value_added_in_final_demand(icio)
    vbe = value_added_in_exports(icio)
    vax = vby.sum(axis=1) - np.diag(vby)
    nine, source, sink = kww(icio), borin_mancini(icio), borin_mancini(icio, "sink")
    sixteen = wwz(icio).sum(axis=1)
    bilateral = borin_mancini(icio, "source", "bilateral")
    common = [name for name in source if name in sink]
    first_three = nine[["DVA_FIN", "DVA_INT", "DVA_INTrex"]].sum(axis=1)
    gaps = {
        "VAX, REF, DDC, FVA and FDC make exports": source[["VAX", "REF", "DDC", "FVA", "FDC"]].sum(axis=1)
        - exports.sum(axis=1),
        "Bilateral terms make the exporter's": bilateral.groupby("exporter", sort=False).sum() - source,
        "Source and sink agree on an exporter": source[common] - sink[common],
        "DC and FC are the column of VBE": vbe.sum() - np.diag(vbe) - source["FC"],
        "The sixteen terms make the nine": sixteen.groupby("exporter", sort=False).sum() - nine.sum(axis=1),
        "VAX is what VBY has off its diagonal": source["VAX"] - vax,
        "Terms 1 to 3 of the nine are what VBY has off its diagonal": first_three - vax,
        "The nine terms make exports": nine.sum(axis=1) - exports.sum(axis=1),
    }
    return pd.Series({name: _largest(gap, exports.sum(axis=1)) for name, gap in gaps.items()}).rename_axis("Identity")


def double_counting(icio: ICIO, origins: str | Iterable[str]) -> pd.DataFrame:
    r"""Ask how much of foreign content is counted twice, and whether the share of some origins depends on it.

    Parameters
    ----------
    icio : ICIO
    origins : str or iterable of str
        A group or economies.

    Returns
    -------
    DataFrame, exporter × ({twice, share}, {FC, BM, KWW})
        Percent. `twice`: FDC in foreign content, by Borin and Mancini and by Koopman, Wang and Wei. `share`: the
        origins' part of all foreign content, and of the foreign value added that either framework counts once.

    Notes
    -----
    By origin, foreign value added counted once is ``absorbed`` of :func:`gvc.value_added_by_route` over all markets,
    and in Koopman, Wang and Wei :math:`V_t B_{ts} \sum_{r \ne s} (Y_{sr} + A_{sr} L_{rr} Y_{rr})`.
    """
    demand, kept = icio.demand, icio.demand[icio.own]
    reaching = demand.sum(axis=1) - kept + imported_inputs(icio) @ (domestic_inverse(icio) @ kept)
    content, codes = value_added_in_exports(icio), icio.result_economies
    flows = {
        "FC": content,
        "BM": routes(icio, codes)[1],
        "KWW": pd.DataFrame(icio.by_economy(multipliers(icio) * reaching), codes, codes),
    }
    bm, nine = borin_mancini(icio), kww(icio)
    columns: dict[tuple[str, str], object] = {
        ("twice", "BM"): 100 * bm["FDC"] / bm["FC"],
        ("twice", "KWW"): 100 * nine["FDC"] / nine[["FVA_FIN", "FVA_INT", "FDC"]].sum(axis=1),
    }
    for name, flow in flows.items():
        columns["share", name] = pd.Series({code: origin_share(flow, origins, code) for code in codes})
    return pd.DataFrame(columns).rename_axis(index="exporter")


def shares_and_participation(icio: ICIO, origins: str | Iterable[str], exporters: Iterable[str]) -> pd.DataFrame:
    """Set the article's two shares beside participation in chains.

    Returns
    -------
    DataFrame, exporter × {va_share, input_share, backward, forward, of_exports}
        Percent. The origins' share in the exporter's foreign value added and in its imported intermediates; backward
        and forward participation in trade; the origins' value added in all of the exporter's exports.
    """
    content, inputs, taking_part = value_added_in_exports(icio), intermediate_flows(icio), participation(icio)
    foreign, exports = borin_mancini(icio)["FC"], content.sum()
    rows = {}
    for code in exporters:
        share = origin_share(content, origins, code)
        rows[code] = {
            "va_share": share,
            "input_share": origin_share(inputs, origins, code),
            **taking_part.loc[code],
            "of_exports": share * foreign[code] / exports[code],
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(index="exporter")


def rows_fall_short(icio: ICIO) -> pd.Series:
    """Sum up by how much rows fall short of output, by economy, in percent of output."""
    short = icio.x - icio.Z.sum(axis=1) - icio.Y.sum(axis=1)
    amounts = icio.by_economy(np.vstack([short, icio.x]))
    return pd.Series(100 * amounts[0] / amounts[1], pd.Index(icio.result_economies, name="economy"))


def _sum(terms: pd.DataFrame, names: str) -> pd.Series:
    total: pd.Series = terms[names.split(" + ")].sum(axis=1)
    return total


def _largest(gap: pd.Series | pd.DataFrame, exports: pd.Series) -> float:
    return float((100 * gap.abs().div(exports, axis=0)).to_numpy().max())


# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    table = sample()
    return {**_counted_twice(table), **_frameworks(table), **_through_mexico(table)}


def _counted_twice(table: ICIO) -> Numbers:
    """Return the ends over exporters of what counts twice, percent, and by how many points the share moves at most."""
    found = double_counting(table, WIOD_NEA)
    twice, share = found["twice"], found["share"]
    moved = share.sub(share["FC"], axis=0).abs().max()
    return {
        "share_counted_twice_lowest_BM": twice["BM"].min(),
        "share_counted_twice_highest_BM": twice["BM"].max(),
        "share_counted_twice_lowest_KWW": twice["KWW"].min(),
        "share_counted_twice_highest_KWW": twice["KWW"].max(),
        "points_share_moves_most_BM": moved["BM"],
        "points_share_moves_most_KWW": moved["KWW"],
        "number_of_exporters": len(found),
        "number_of_exporters_whose_share_rises": int((share["KWW"] > share["FC"]).sum()),
    }


def _frameworks(table: ICIO) -> Numbers:
    """Return how far the nine terms and Borin and Mancini's differ, and whose rows and exports are missed most."""
    short = rows_fall_short(table)
    missing = 1 - kww(table).sum(axis=1) / gross_exports(table).sum(axis=1)
    return {
        "percent_nine_terms_differ_from_BM_most": correspondence(table)["bm"].max(),
        "exporter_that_nine_terms_miss_most": economy(str(missing.idxmax())),
        "percent_rows_fall_short_most": short.max(),
        "economy_whose_rows_fall_short_most": economy(str(short.idxmax())),
    }


def _through_mexico(table: ICIO) -> Numbers:
    """Return what Mexico sends of its own into American final demand, and Northeast Asia's share in the rest."""
    absorbed = value_added_by_route(table, "MEX", "USA")["absorbed"]
    foreign = absorbed.drop("MEX")
    return {
        "billions_through_MEX_of_MEX": absorbed["MEX"] / 1000,
        "share_NEA_through_MEX": 100 * foreign[list(WIOD_NEA)].sum() / foreign.sum(),
    }
