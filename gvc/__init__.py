"""Value added in inter-country input-output tables.

A file of some database becomes an :class:`ICIO`; an ICIO becomes flows between economies; flows of many years become a
panel. :func:`load_sample` gives a table to try it on.
"""

from importlib.metadata import version

from gvc.counterfactual import Counterfactual, counterfactual
from gvc.decompositions import borin_mancini, domestic_value_added_in_exports, kww, value_added_by_route, wwz
from gvc.economies import CoverageWarning
from gvc.errors import GvcError
from gvc.flows import (
    foreign_value_added,
    gross_exports,
    intermediate_flows,
    value_added_in_exports,
    value_added_in_final_demand,
)
from gvc.icio import ICIO, Finding
from gvc.indicators import (
    link_index,
    link_shares,
    origin_share,
    revealed_comparative_advantage,
    supplier_concentration,
    trade_intensity,
)
from gvc.leontief import as_block
from gvc.panel import load_panel
from gvc.positions import downstreamness, participation, production_activities, production_length, upstreamness
from gvc.sample import load_sample
from gvc.sources import read_icio

__version__ = version("gvc-measures")

__all__ = [
    "ICIO",
    "Counterfactual",
    "CoverageWarning",
    "Finding",
    "GvcError",
    "as_block",
    "borin_mancini",
    "counterfactual",
    "domestic_value_added_in_exports",
    "downstreamness",
    "foreign_value_added",
    "gross_exports",
    "intermediate_flows",
    "kww",
    "link_index",
    "link_shares",
    "load_panel",
    "load_sample",
    "origin_share",
    "participation",
    "production_activities",
    "production_length",
    "read_icio",
    "revealed_comparative_advantage",
    "supplier_concentration",
    "trade_intensity",
    "upstreamness",
    "value_added_by_route",
    "value_added_in_exports",
    "value_added_in_final_demand",
    "wwz",
]
