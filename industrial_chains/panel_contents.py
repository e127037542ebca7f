"""Which flows of a table the book's panels hold, beyond those that everybody needs."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from gvc import panel
from gvc.decompositions import borin_mancini, routes
from gvc.flows import (
    all_stage_inputs,
    first_stage_inputs,
    foreign_value_added,
    industry_exports,
    value_added_by_industry,
)
from gvc.icio import ICIO
from gvc.labels import Array
from gvc.leontief import by_industry, multipliers, output_needed, value_added_coefficients
from gvc.panel import WORLD, long_form
from industrial_chains import economies as eco

#: The market to which the panel follows value added through each exporter.
MARKET = "USA"
#: Groups of exporters that the panel holds by each treatment of :func:`gvc.foreign_value_added`.
POOLS = ("NEA", "ASEAN", "EU27", "NAFTA")
#: Terms of :func:`gvc.borin_mancini` at the source that the panel holds, exporter × importer.
TERMS = ("DVA", "DAVAX", "DDC", "FVA", "FDC")
#: The hosts of the fifth wave, ASEAN member by member: the panel holds their foreign value added by industry.
HOST_ECONOMIES = (*eco.GROUPS["ASEAN10"], "IND", "MEX")


def tidy(icio: ICIO) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All flows of one table that the chapters ask for, in long form.

    Parameters
    ----------
    icio : ICIO
        With a year and a source.

    Returns
    -------
    flows : DataFrame
        As :func:`gvc.panel.tidy`, and further flows. In `inputs_first_stage` and `inputs_every_stage` the destination
        is the maker of the final product. :data:`TERMS` run from exporter to importer. In `va_exports_to_USA` and
        `va_absorbed_by_USA` the destination is the exporter through which the value added reaches :data:`MARKET`; in
        `fva_block` and `fva_merged` it is one of :data:`POOLS`.
    sectors : DataFrame
        As :func:`gvc.panel.tidy`; within Northeast Asia also `va_final_demand` by industry of origin; and for
        :data:`HOST_ECONOMIES` their foreign value added, :func:`foreign_by_industry`.
    """
    flows, sectors = panel.tidy(icio)
    absorbed = value_added_by_industry(icio)
    near = [code for code in eco.GROUPS["NEA"] if code in absorbed.columns]
    linked = [long_form("va_final_demand", absorbed.loc[near, near])] if near else []
    linked += [long_form(name, values) for name, values in foreign_by_industry(icio).items()]
    further = [panel.of_year(icio, linked)] if linked else []
    return pd.concat([flows, panel.of_year(icio, _further(icio))]), pd.concat([sectors, *further])


def foreign_by_industry(icio: ICIO) -> dict[str, pd.DataFrame]:
    r"""Foreign value added in the exports of the hosts, by the industry that earns and by the one that exports.

    Returns
    -------
    dict of DataFrame, (origin, sector) × exporter
        `va_exports`: the sector is an industry of the origin, which earns
        :math:`\hat v_o (B e_s)_o` in the exports of s; over sectors it adds up to
        :func:`gvc.value_added_in_exports`. `va_exports_of_industry`: the sector is an industry of the exporter, and in
        what that exports the origin earns :math:`v_o' B_{o,sj} e_{sj}`; with the same sum. Origins are the economies of
        Northeast Asia, the United States, the European Union as one, and ``WLD``, all economies but the exporter.
        Empty where the table shows no host.

    Notes
    -----
    The two ways to part V·B·E of Koopman, Wang and Wei (2014), by industry of origin and by exporting industry.
    """
    names, sectors = list(icio.result_economies), icio.sectors
    hosts = [code for code in HOST_ECONOMIES if code in names]
    if not hosts:
        return {}
    places = [names.index(code) for code in hosts]
    exports = industry_exports(icio).sum(axis=1)
    sent = np.where(icio.home[:, None] == places, exports[:, None], 0.0)
    earned = by_industry(icio, value_added_coefficients(icio)[:, None] * output_needed(icio, sent))
    content = by_industry(icio, (multipliers(icio) * exports).T)[places].transpose(2, 1, 0)
    groups = {code: [code] for code in (*eco.GROUPS["NEA"], MARKET)} | {"EU27": list(eco.GROUPS["EU27"])}
    shown = {name: rows for name, codes in groups.items() if (rows := [names.index(c) for c in codes if c in names])}
    index = pd.MultiIndex.from_product([[*shown, WORLD], sectors], names=["origin", "sector"])

    def together(values: Array) -> pd.DataFrame:
        """Sum (R, N, hosts) over groups of origins; in none is the host itself."""
        foreign = values.copy()
        foreign[places, :, np.arange(len(hosts))] = 0
        sums = [foreign[rows].sum(axis=0) for rows in shown.values()] + [foreign.sum(axis=0)]
        return pd.DataFrame(np.concatenate(sums), index, pd.Index(hosts, name="exporter"))

    return {"va_exports": together(earned), "va_exports_of_industry": together(content)}


def _further(icio: ICIO) -> Iterator[pd.DataFrame]:
    """Flows beyond the article's tables; those to a market or of a group that the table does not show are left out."""
    yield long_form("inputs_first_stage", first_stage_inputs(icio))
    yield long_form("inputs_every_stage", all_stage_inputs(icio))
    terms, economies = borin_mancini(icio, detail="bilateral"), list(icio.result_economies)
    for term in TERMS:
        yield long_form(term, terms[term].unstack("importer").loc[economies, economies])
    if MARKET in icio.result_economies:
        exported, absorbed = routes(icio, MARKET)
        yield long_form(f"va_exports_to_{MARKET}", exported)
        yield long_form(f"va_absorbed_by_{MARKET}", absorbed)
    for group in POOLS:
        shown = [code for code in eco.GROUPS[group] if code in icio.result_economies]
        if 1 < len(shown) < len(icio.result_economies):
            for treatment in ("block", "merged"):
                values = foreign_value_added(icio, shown, treatment)
                yield long_form(f"fva_{treatment}", values.to_frame(group))
