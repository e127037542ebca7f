"""The OECD's inter-country tables: 2022 put together from three pieces, and estimates of the years before.

What is known stands in `pieces`, how an array is fitted to known sums in `fitting`, how both make a table in `tables`,
how an estimate takes up what the OECD publishes of its year in `shares`, how far the tables are from what they did not
take up in `estimate_quality` and `intervals`, and how far the method is from the truth in `trial`.
"""

from pathlib import Path

from threadpoolctl import threadpool_limits

from gvc.icio import ICIO
from pipeline.oecd.pieces import YEAR, flows_file, read_flows, read_pieces, years
from pipeline.oecd.shares import factors
from pipeline.oecd.tables import ESTIMATE, REBUILT, estimate, whole_table

__all__ = ["ESTIMATE", "REBUILT", "YEAR", "estimate", "read", "whole_table", "years"]


def read(folder: str | Path, year: int | None = None) -> ICIO:
    """Make the table of one year from a folder of pieces.

    Parameters
    ----------
    folder : path
        As `oecd.pieces.read_pieces` reads it.
    year : int, optional
        :data:`YEAR` by default, of which the table is rebuilt; of any other of :func:`years` it is an estimate, with
        the factors that the book ships.

    Returns
    -------
    ICIO
        :attr:`gvc.ICIO.source` says which of both it is.

    Raises
    ------
    GvcError
        If a piece is missing or damaged, or there are no flows of the year.

    Notes
    -----
    On one thread, so that the same pieces give the same bytes.
    """
    with threadpool_limits(1):
        table = whole_table(read_pieces(folder))
        if year in (None, YEAR):
            return table
        return estimate(table, read_flows(flows_file(folder, int(year))), factors(table, int(year)))
