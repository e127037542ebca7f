"""Three tables of a panel: who supplies the hosts of relocation, from Northeast Asia, and how its members are linked.

1 and 2 are origin shares in what is foreign to a host, by year and by supplier; 3 is the link index within the region.
"""

from collections.abc import Callable

import pandas as pd

from gvc.errors import GvcError, one_of
from gvc.indicators import link_index, origin_share
from gvc.panel import flow_matrix, years
from industrial_chains import economies as eco

#: Where industry goes.
HOSTS = ("ASEAN", "IND", "MEX")
#: The order of the rows of Table 2 and of Table 3.
SUPPLIERS = ("CHN", "JPN", "KOR", "MNG", "RUS")
PARTNERS = ("CHN", "JPN", "KOR", "RUS", "MNG")
#: All whom a table of input and output must show for these to be whole.
ECONOMIES = (*eco.GROUPS["NEA"], *eco.GROUPS["ASEAN"], "IND", "MEX")
#: The two measures of Tables 1 and 2, the flow each is a share of, and its heading.
MEASURES = {"fva_share": "va_exports", "imint_share": "intermediates"}
HEADINGS = {
    "fva_share": "Share in foreign value added of exports",
    "imint_share": "Share in imported intermediates",
}
#: Columns of the numbers of each.
COLUMNS = {
    1: ("year", "measure", "destination", "value"),
    2: ("year", "measure", "origin", "destination", "value"),
    3: ("year", "origin", "absorber", "value"),
}


def recomputed(table: int, panel: pd.DataFrame) -> pd.DataFrame:
    """Compute one of the tables from a panel.

    Parameters
    ----------
    table : {1, 2, 3}
    panel : DataFrame
        As :func:`gvc.load_panel` returns it, with `va_exports`, `intermediates` and `va_final_demand`.

    Returns
    -------
    DataFrame
        Every year of the panel, in :data:`COLUMNS`; percent in Tables 1 and 2. Economies that the panel does not show
        are left out, with a warning where they belong to a group.

    Raises
    ------
    GvcError
        If the panel lacks a flow, or shows an economy only as origin or only as destination.

    Examples
    --------
    >>> import gvc
    >>> from gvc.panel import tidy
    >>> links = recomputed(3, tidy(gvc.load_sample())[0])
    >>> links.query("origin == 'JPN' and absorber == 'CHN'").round(2)
       year origin absorber  value
    3  2011    JPN      CHN  13.68
    """
    one_of("table", table, tuple(COLUMNS))
    rows: list[tuple[object, ...]] = []
    for year in years(panel):
        if table == 3:
            link = link_index(flow_matrix(panel, "va_final_demand", year))
            shown = [code for code in PARTNERS if code in link.index]
            rows += [(year, r, s, link.loc[r, s]) for r in shown for s in shown if r != s]
            continue
        for measure, flow in MEASURES.items():
            matrix = flow_matrix(panel, flow, year)
            if unpaired := sorted(set(matrix.index) ^ set(matrix.columns)):
                side = "destinations" if unpaired[0] in matrix.index else "origins"
                raise GvcError(
                    f"panel, {flow} of {year}",
                    expected="the same economies as origins and as destinations",
                    found=f"no {unpaired[0]} among {side}",
                    remedy="Build the panel from whole tables: shares of a part of the world differ.",
                )
            for host in HOSTS:
                if not set(eco.members(host)) & set(matrix.columns):
                    continue
                to = eco.covered(host, matrix.columns)
                if table == 1:
                    rows.append((year, measure, host, origin_share(matrix, "NEA", to)))
                else:
                    shown = [code for code in SUPPLIERS if code in matrix.index]
                    rows += [(year, measure, code, host, origin_share(matrix, code, to)) for code in shown]
    return pd.DataFrame(rows, columns=list(COLUMNS[table]))


def layout(table: int, numbers: pd.DataFrame, name: Callable[[str], str] = str) -> pd.DataFrame:
    """Lay the numbers of a table out to be read.

    Parameters
    ----------
    table : {1, 2, 3}
    numbers : DataFrame
        In :data:`COLUMNS`. Table 2 takes one year.
    name : callable, optional
        From the code of an economy or a group to what it is called; the code itself by default.

    Returns
    -------
    DataFrame
        Table 1: years by measure and host. Table 2: suppliers by measure and host. Table 3: origins (r) by
        year and absorber (s), latest year first.
    """
    one_of("table", table, tuple(COLUMNS))
    if table == 3:
        wide = numbers.pivot(index="origin", columns=["year", "absorber"], values="value")
        spans = sorted(numbers["year"].unique(), reverse=True)
        order = [(year, code) for year in spans for code in PARTNERS if (year, code) in wide.columns]
        wide = wide.reindex(index=[code for code in PARTNERS if code in wide.index])[order]
        wide.columns = pd.MultiIndex.from_tuples([(str(year), name(code)) for year, code in order])
        return wide.rename(index=name).rename_axis(index="Origin (r)")
    rows = "year" if table == 1 else "origin"
    wide = numbers.pivot(index=rows, columns=["measure", "destination"], values="value")
    order = [(measure, host) for measure in MEASURES for host in HOSTS if (measure, host) in wide.columns]
    wide = wide[order]
    wide.columns = pd.MultiIndex.from_tuples([(HEADINGS[measure], name(host)) for measure, host in order])
    if table == 1:
        return wide.rename_axis(index="Year")
    return (
        wide.reindex([code for code in SUPPLIERS if code in wide.index]).rename(index=name).rename_axis(index="Origin")
    )
