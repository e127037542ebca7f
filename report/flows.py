"""Which flows of a table the book's panels hold, beyond those that everybody needs."""

from collections.abc import Iterator

import pandas as pd

from gvc import economies as eco
from gvc import panel
from gvc.decompositions import borin_mancini, routes
from gvc.flows import all_stage_inputs, first_stage_inputs, foreign_value_added, value_added_by_industry
from gvc.icio import ICIO
from gvc.panel import long_form

#: The market to which the panel follows value added through each exporter.
MARKET = "USA"
#: Groups of exporters that the panel holds by each treatment of :func:`gvc.foreign_value_added`.
POOLS = ("NEA", "ASEAN", "EU27", "NAFTA")
#: Terms of :func:`gvc.borin_mancini` at the source that the panel holds, exporter × importer.
TERMS = ("DVA", "DAVAX", "DDC", "FVA", "FDC")


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
        As :func:`gvc.panel.tidy`; within Northeast Asia also `va_final_demand` by industry of origin.
    """
    flows, sectors = panel.tidy(icio)
    absorbed = value_added_by_industry(icio)
    near = [code for code in eco.GROUPS["NEA"] if code in absorbed.columns]
    by_industry = panel.of_year(icio, [long_form("va_final_demand", absorbed.loc[near, near])])
    return pd.concat([flows, panel.of_year(icio, _further(icio))]), pd.concat([sectors, by_industry])


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
