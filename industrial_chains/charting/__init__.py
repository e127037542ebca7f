"""The look of the book: charts and tables that show economies and groups by its names and in its colours."""

from exhibits import charts, tables
from exhibits.names import naming
from industrial_chains.charting import names

__all__ = ["charts", "names", "tables"]

naming(known=names.known, display=names.economy, colour=names.colour)
