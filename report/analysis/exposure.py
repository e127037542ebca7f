"""Who depends on whom: suppliers and their concentration, reliance on foreign inputs, direct and full."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from gvc import economies as eco
from gvc import panel
from gvc.flows import all_stage_inputs, first_stage_inputs
from gvc.icio import ICIO
from gvc.indicators import without_own
from report.article import HOSTS, NEA
from report.look import names

#: Whom the chapters follow, as far as a database shows them.
BUYERS = (*NEA, "IDN", *HOSTS, "USA")

#: The European Union stands for one supplier, of whatever members the database has.
UNION = "EU27"


# -- suppliers ----------------------------------------------------------------------------------------------------


def supplier_shares(flow: pd.DataFrame, buyers: str | Iterable[str]) -> pd.Series:
    r"""Return what each foreign supplier gives, of all that is foreign to the buyers.

    Parameters
    ----------
    flow : DataFrame, origin × destination
        Intermediates, value added in exports …; the diagonal is left out.
    buyers : str or iterable of str
        An economy, a group, or several economies. They are pooled member by member: a fellow member is foreign.

    Returns
    -------
    Series by supplier
        Percent, the largest first. Members of the European Union are summed to one supplier, :data:`UNION`, unless
        one of them is the buyer.

    Notes
    -----
    :math:`100 \sum_{d \in D} f_{od} / \sum_{d \in D} \sum_{p \ne d} f_{pd}`, :math:`o \ne d`.
    """
    columns = list(eco.covered(buyers, flow.columns))
    given = without_own(flow)[columns].sum(axis=1)
    union = dict.fromkeys({*eco.GROUPS["EU27"], "GBR"}, UNION) if UNION not in flow.index else {}
    if not set(columns) & set(union):
        given = given.groupby([union.get(code, code) for code in given.index], sort=False).sum()
    share: pd.Series = 100 * given / given.sum()
    return share.sort_values(ascending=False, kind="stable").rename_axis("supplier").rename("share")


def concentration(shares: pd.Series) -> pd.Series:
    r"""Sum up how concentrated the suppliers are.

    Parameters
    ----------
    shares : Series by supplier
        Percent, from :func:`supplier_shares`.

    Returns
    -------
    Series
        `hhi`, the Herfindahl–Hirschman index among named suppliers, between 0 and 1; `largest` and `largest_share`, the
        largest named supplier and its percentage of all; `unnamed`, the percentage of the rest of the world.

    Notes
    -----
    :math:`\sum_o (s_o / \sum_p s_p)^2` over named suppliers o and p (Hirschman 1945; Herfindahl 1950). The rest of the
    world is many suppliers, not one. It is left out of the total as well as of the sum: in the total it would lower the
    index whenever its share rises. :func:`gvc.supplier_concentration` counts it as one supplier.
    """
    named = shares.drop(eco.ROW, errors="ignore")
    largest = str(named.idxmax())
    return pd.Series(
        {
            "hhi": float(((named / named.sum()) ** 2).sum()),
            "largest": largest,
            "largest_share": float(named[largest]),
            "unnamed": float(shares.get(eco.ROW, 0.0)),
        }
    )


def concentration_over_time(name: str, flow: str, buyers: Iterable[str] = BUYERS) -> pd.DataFrame:
    """Follow the concentration of each buyer's suppliers through a panel.

    Parameters
    ----------
    name : str
        A panel, for :func:`gvc.load_panel`.
    flow : str
        One of its flows.
    buyers : iterable of str
        Those that the panel does not show are left out.

    Returns
    -------
    DataFrame
        Columns year, buyer and those of :func:`concentration`.
    """
    frame = panel.load_panel(name)
    rows = []
    for year in panel.years(frame):
        matrix = panel.flow_matrix(frame, flow, year)
        for buyer in buyers:
            if buyer in matrix.columns:
                rows.append({"year": year, "buyer": buyer, **concentration(supplier_shares(matrix, buyer))})
    return pd.DataFrame(rows)


def supplier_over_time(name: str, flow: str, supplier: str, buyers: Iterable[str]) -> pd.DataFrame:
    """Follow one supplier's share in what is foreign to each buyer through a panel.

    Returns
    -------
    DataFrame
        Columns year, buyer, value; percent.
    """
    frame = panel.load_panel(name)
    rows = [
        (year, buyer, supplier_shares(panel.flow_matrix(frame, flow, year), buyer)[supplier])
        for buyer in buyers
        for year in panel.years(frame)
    ]
    return pd.DataFrame(rows, columns=["year", "buyer", "value"])


def suppliers_then_and_now(name: str, flow: str, years: tuple[int, int], buyers: Iterable[str]) -> pd.DataFrame:
    """Set the concentration of buyers' suppliers in two years side by side, for a table.

    Returns
    -------
    DataFrame, buyer × ({Index, Largest supplier, Its share}, year)
        Names, not codes; shares in percent.
    """
    frame = concentration_over_time(name, flow, buyers)
    wide = frame[frame["year"].isin(years)].pivot(index="buyer", columns="year")
    columns = {
        (label, str(year)): wide[column, year].map(names.economy) if column == "largest" else wide[column, year]
        for label, column in (("Index", "hhi"), ("Largest supplier", "largest"), ("Its share", "largest_share"))
        for year in years
    }
    kept = [buyer for buyer in buyers if buyer in wide.index]
    return pd.DataFrame(columns).loc[kept].rename(index=names.economy).rename_axis(index="Buyer")


def hosts_compared(years: tuple[int, int] = (2017, 2022)) -> pd.DataFrame:
    """Compare the article's hosts of relocation by the foreign value added in their exports, ADB.

    Returns
    -------
    DataFrame, host × ({China's share, Northeast Asia's share, Concentration}, year)
        Percent; the index of :func:`concentration`.
    """
    frame = panel.load_panel("adb_fva_shares")
    shares = {
        (host, year): supplier_shares(panel.flow_matrix(frame, "fva_share", year), host)
        for host in HOSTS
        for year in years
    }
    rows: dict[tuple[str, str], dict[str, float]] = {}
    for (host, year), share in shares.items():
        for label, value in (
            ("China's share", share["CHN"]),
            ("Northeast Asia's share", share[list(NEA)].sum()),
            ("Concentration", concentration(share)["hhi"]),
        ):
            rows.setdefault((label, str(year)), {})[names.economy(host)] = float(value)
    labels = dict.fromkeys(label for label, _ in rows)
    return pd.DataFrame(rows)[[(label, str(year)) for label in labels for year in years]].rename_axis(index="Host")


# -- reliance on foreign inputs -----------------------------------------------------------------------------------


def reliance(part: pd.DataFrame, whole: pd.DataFrame | None = None) -> pd.DataFrame:
    """Divide each origin's inputs by all inputs of the destination.

    Parameters
    ----------
    part : DataFrame, origin × destination
        Own inputs on the diagonal.
    whole : DataFrame, optional
        Its columns sum to the total; `part` by default.

    Returns
    -------
    DataFrame, origin × destination
        Percent. NaN where a destination uses no inputs.
    """
    total = (part if whole is None else whole).sum()
    return 100 * part / total.where(total > 0)


def foreign(shares: pd.DataFrame) -> pd.Series:
    """Add up the shares of all origins but the destination itself."""
    own = np.asarray(shares.index)[:, None] == np.asarray(shares.columns)
    return shares.mask(own).sum(min_count=1).rename("foreign")


def reliance_over_time(name: str, origin: str | None = None) -> pd.DataFrame:
    """Follow reliance at face value and looked through in a panel.

    Parameters
    ----------
    name : str
        A panel that `gvc build` made.
    origin : str, optional
        Reliance on this economy; on all that is foreign by default.

    Returns
    -------
    DataFrame, (year, maker) × {direct, full, face_value, hidden}
        As :func:`direct_and_full` has them for one table.
    """
    frame = panel.load_panel(name)
    by_year = {}
    for year in panel.years(frame):
        first = panel.flow_matrix(frame, "inputs_first_stage", year)
        by_year[year] = _two_ways(first, panel.flow_matrix(frame, "inputs_every_stage", year), origin)
    return pd.concat(by_year, names=["year"])


def in_two_panels(reliance_: pd.DataFrame, makers: Iterable[str]) -> pd.DataFrame:
    """Lay direct and full reliance of some makers out for a chart with a panel each.

    Returns
    -------
    DataFrame
        Columns reach, maker, year, value; percent.
    """
    rows = [
        (reach.capitalize(), maker, year, value)
        for reach in ("direct", "full")
        for maker in makers
        for year, value in reliance_[reach].xs(maker, level="maker").items()
    ]
    return pd.DataFrame(rows, columns=["reach", "maker", "year", "value"])


def direct_and_full(icio: ICIO, origin: str | None = None) -> pd.DataFrame:
    """Compare reliance at face value with reliance looked through.

    Parameters
    ----------
    icio : ICIO
    origin : str, optional
        Reliance on this economy; on all that is foreign by default.

    Returns
    -------
    DataFrame, maker × {direct, full, face_value, hidden}
        Percent. `direct`: of the inputs bought at the first stage; `full`: of the inputs of all stages;
        `face_value`: first-stage inputs from there in percent of the inputs of all stages, and `hidden` what `full`
        exceeds it by, as Baldwin, Freeman and Theodorakopoulos count it. An origin's reliance on itself is left out.
    """
    return _two_ways(first_stage_inputs(icio), all_stage_inputs(icio), origin)


def _two_ways(first: pd.DataFrame, every: pd.DataFrame, origin: str | None) -> pd.DataFrame:
    shares = {"direct": reliance(first), "full": reliance(every), "face_value": reliance(first, every)}
    chosen = {
        name: foreign(share) if origin is None else share.loc[origin].drop(origin) for name, share in shares.items()
    }
    frame = pd.DataFrame(chosen).rename_axis(index="maker")
    return frame.assign(hidden=frame["full"] - frame["face_value"])
