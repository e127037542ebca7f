"""Value added in inter-country input-output tables.

A file of some database becomes an :class:`ICIO`; an ICIO becomes flows between economies; flows of many years become a
panel; panels become the indicators, charts and tables of the book.
"""

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
from gvc.indicators import link_index, link_shares, origin_share
from gvc.panel import load_panel
from gvc.sources import read_icio

__all__ = [
    "ICIO",
    "CoverageWarning",
    "Finding",
    "GvcError",
    "foreign_value_added",
    "gross_exports",
    "intermediate_flows",
    "link_index",
    "link_shares",
    "load_panel",
    "origin_share",
    "read_icio",
    "value_added_in_exports",
    "value_added_in_final_demand",
]
