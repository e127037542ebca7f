"""Value added in inter-country input-output tables.

A file of some database becomes an :class:`ICIO`; an ICIO becomes flows between economies; flows of many years become a
panel. :func:`content` asks it whose value added, or hours, are in which exports and whose final demand.
:func:`load_sample` gives a table to try it on.
"""

from importlib.metadata import version

from gvc import holes, panel
from gvc.changes import differences, structural_decomposition
from gvc.checks import Finding
from gvc.contents import content, footprint
from gvc.decompositions import borin_mancini, domestic_value_added_in_exports, kww, value_added_by_route, wwz
from gvc.economies import CoverageWarning
from gvc.equilibrium import Counterfactual, counterfactual
from gvc.errors import GvcError
from gvc.exchange import from_pymrio, to_pymrio
from gvc.flows import (
    foreign_value_added,
    gross_exports,
    intermediate_flows,
    sector_accounts,
    value_added_by_industry,
    value_added_in_exports,
    value_added_in_final_demand,
)
from gvc.icio import ICIO, Account
from gvc.indicators import (
    link_index,
    link_shares,
    origin_share,
    revealed_comparative_advantage,
    supplier_concentration,
    trade_intensity,
)
from gvc.leontief import (
    as_block,
    embodied,
    ghosh_inverse,
    input_coefficients,
    inverse,
    multipliers,
    output_needed,
    value_added_coefficients,
)
from gvc.nowcasts import nowcast
from gvc.oecd_indicators import tiva
from gvc.panel import flow_matrix, load_panel
from gvc.positions import (
    downstreamness,
    participation,
    production_activities,
    production_length,
    upstreamness,
    vertical_specialization,
)
from gvc.results import as_rows
from gvc.sample import load_sample
from gvc.shocks import extract, impact
from gvc.sources import BalanceWarning, read_icio
from gvc.sources.saved import save

__version__ = version("gvc-measures")

__all__ = [
    "ICIO",
    "Account",
    "BalanceWarning",
    "Counterfactual",
    "CoverageWarning",
    "Finding",
    "GvcError",
    "as_block",
    "as_rows",
    "borin_mancini",
    "content",
    "counterfactual",
    "differences",
    "domestic_value_added_in_exports",
    "downstreamness",
    "embodied",
    "extract",
    "flow_matrix",
    "footprint",
    "foreign_value_added",
    "from_pymrio",
    "ghosh_inverse",
    "gross_exports",
    "holes",
    "impact",
    "input_coefficients",
    "intermediate_flows",
    "inverse",
    "kww",
    "link_index",
    "link_shares",
    "load_panel",
    "load_sample",
    "multipliers",
    "nowcast",
    "origin_share",
    "output_needed",
    "panel",
    "participation",
    "production_activities",
    "production_length",
    "read_icio",
    "revealed_comparative_advantage",
    "save",
    "sector_accounts",
    "structural_decomposition",
    "supplier_concentration",
    "tiva",
    "to_pymrio",
    "trade_intensity",
    "upstreamness",
    "value_added_by_industry",
    "value_added_by_route",
    "value_added_coefficients",
    "value_added_in_exports",
    "value_added_in_final_demand",
    "vertical_specialization",
    "wwz",
]
