"""From flows to indicators: shares of origins, ties, comparative advantage and concentration."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from gvc import economies as eco
from gvc.errors import GvcError, described
from gvc.labels import Array
from gvc.results import about, known


def without_own(flow: pd.DataFrame) -> pd.DataFrame:
    """Set what each economy delivers to itself to zero, by label: rows and columns need not be the same.

    Parameters
    ----------
    flow : DataFrame, origin × destination
        In any unit.

    Returns
    -------
    DataFrame, origin × destination
        In that unit.

    Examples
    --------
    >>> import gvc
    >>> flow = gvc.intermediate_flows(gvc.load_sample())
    >>> without_own(flow).loc[["CHN", "JPN"], ["CHN", "JPN"]]
    importer       CHN      JPN
    exporter
    CHN            0.0  86787.0
    JPN       135774.0      0.0
    """
    _must_be_flow(flow)
    return flow.mask(np.asarray(flow.index)[:, None] == np.asarray(flow.columns), 0.0)


def origin_share(flow: pd.DataFrame, origins: str | Iterable[str], destinations: str | Iterable[str]) -> float:
    r"""Share of the origins in all that the destinations take from abroad.

    Parameters
    ----------
    flow : DataFrame, origin × destination
        Value added in exports, intermediates …; the diagonal is each economy's own and is left out.
    origins, destinations : str or iterable of str
        Groups or economies. Destinations are pooled member by member: flows are summed, and a fellow member
        counts as foreign.

    Returns
    -------
    float
        Percent; NaN if nothing arrives from abroad or a flow is missing.

    Raises
    ------
    GvcError
        If an economy is not in the flow, or `flow` is not a matrix of flows.

    Notes
    -----
    :math:`100 \sum_{d \in D} \sum_{o \in O,\, o \ne d} f_{od} \,/ \sum_{d \in D} \sum_{o \ne d} f_{od}`.

    Examples
    --------
    >>> import gvc
    >>> content = gvc.value_added_in_exports(gvc.load_sample())
    >>> round(gvc.origin_share(content, ["CHN", "JPN", "KOR", "RUS"], "MEX"), 1)
    28.1
    """
    foreign = without_own(flow)[list(eco.covered(destinations, flow.columns))]
    total = float(foreign.to_numpy().sum())
    part = float(foreign.loc[list(eco.covered(origins, flow.index))].to_numpy().sum())
    return 100 * part / total if total else float("nan")


def link_index(vax: pd.DataFrame) -> pd.DataFrame:
    r"""Link index of each origin with each absorber.

    Parameters
    ----------
    vax : DataFrame, origin × absorber
        Value added absorbed in final demand, of all the world; the diagonal is left out.

    Returns
    -------
    DataFrame, origin × absorber
        From 0 to 100. NaN on the diagonal, where the origin exports or the absorber imports no value added, and where a
        flow of the origin's exports or of the absorber's imports is missing.

    Raises
    ------
    GvcError
        If origins and absorbers are not the same economies, so that shares would be of a part of the world only, or if
        the axes are named as those of another flow.

    Notes
    -----
    .. math:: LINK_{rs} = 100\, \frac{VAEX_{rs}}{\sqrt{VAEX_r \cdot VAIM_s}}

    with :math:`VAEX_r = \sum_s VAEX_{rs}` and :math:`VAIM_s = \sum_r VAEX_{rs}`. It is the geometric mean of the
    two shares that :func:`link_shares` returns.

    Examples
    --------
    >>> import gvc
    >>> link = gvc.link_index(gvc.value_added_in_final_demand(gvc.load_sample()))
    >>> link.loc[["CHN", "JPN"], ["CHN", "JPN", "KOR"]].round(2)
    absorber    CHN    JPN   KOR
    origin
    CHN         NaN  13.08  8.72
    JPN       13.68    NaN  5.96
    """
    foreign, exported, imported = _margins(vax)
    index = pd.DataFrame(100 * foreign / np.sqrt(exported * imported), vax.index, vax.columns)
    return about(index, known(vax), "link index", "points of 100")


def link_shares(vax: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the two shares behind the link index, in percent.

    Parameters
    ----------
    vax : DataFrame, origin × absorber

    Returns
    -------
    of_exports : DataFrame, origin × absorber
        Percent. The absorber's share in the origin's exports of value added. NaN on the diagonal, and where these
        exports are zero or one of them is missing.
    of_imports : DataFrame, origin × absorber
        Percent. The origin's share in the absorber's imports of value added. NaN likewise.

    Raises
    ------
    GvcError
        As in :func:`link_index`.

    Examples
    --------
    >>> import gvc
    >>> of_exports, of_imports = gvc.link_shares(gvc.value_added_in_final_demand(gvc.load_sample()))
    >>> round(float(of_exports.loc["JPN", "CHN"]), 1), round(float(of_imports.loc["JPN", "CHN"]), 1)
    (18.2, 10.3)
    """
    foreign, exported, imported = _margins(vax)
    of_exports, of_imports = (
        about(pd.DataFrame(100 * foreign / total, vax.index, vax.columns), known(vax), f"share of {side}", "percent")
        for side, total in (("exports", exported), ("imports", imported))
    )
    return of_exports, of_imports


def trade_intensity(vax: pd.DataFrame) -> pd.DataFrame:
    r"""Value added sent, relative to what the sizes of origin and absorber alone would predict.

    Parameters
    ----------
    vax : DataFrame, origin × absorber
        Value added absorbed in final demand, of all the world; the diagonal is left out.

    Returns
    -------
    DataFrame, origin × absorber
        A pure number, 1 where the absorber's share in the origin's exports equals its share in the imports of all
        economies but the origin. NaN on the diagonal, and where the origin exports or the absorber imports no value
        added. If any flow is missing, all entries are NaN, since each depends on the world total.

    Raises
    ------
    GvcError
        As in :func:`link_index`.

    Notes
    -----
    .. math:: I_{rs} = \frac{VAEX_{rs}}{VAEX_r} \Big/ \frac{VAIM_s}{VAEX - VAIM_r}, \qquad
              LINK_{rs} = 100\, I_{rs} \sqrt{\frac{VAEX_r}{VAEX - VAIM_r} \cdot \frac{VAIM_s}{VAEX - VAIM_r}},

    with VAEX the sum over all pairs. I is the trade intensity of Yamazawa (1971) for value added; the second equation
    relates it to the link index. No economy exports to itself, so the origin's own imports are subtracted from the
    world's. Yamazawa includes them, which would raise a large origin's intensity with every partner. An origin that
    sells to all others in proportion to their imports has an intensity of 1 with each.

    Examples
    --------
    >>> import gvc
    >>> intensity = gvc.trade_intensity(gvc.value_added_in_final_demand(gvc.load_sample()))
    >>> intensity.loc[["CHN", "JPN"], ["CHN", "JPN", "KOR"]].round(2)
    absorber   CHN  JPN   KOR
    origin
    CHN        NaN  1.2  1.20
    JPN       1.44  NaN  1.29
    """
    foreign, exported, imported = _margins(vax)
    traded = np.where(np.eye(len(foreign), dtype=bool), 0, foreign)
    others = traded.sum() - traded.sum(axis=0)[:, None]
    intensity = pd.DataFrame(foreign * others / (exported * imported), vax.index, vax.columns)
    return about(intensity, known(vax), "trade intensity", "1")


def revealed_comparative_advantage(exports: pd.Series) -> pd.Series:
    r"""Share of a sector in an economy's exports, relative to its share in world exports.

    Parameters
    ----------
    exports : Series by (economy, sector)
        In any unit: :func:`gvc.domestic_value_added_in_exports`, or for the traditional index ``EXGR`` of
        :func:`gvc.borin_mancini` by sector.

    Returns
    -------
    Series by (economy, sector)
        A pure number, 1 where the two shares are equal. NaN where an economy, or the whole world in that sector,
        exports nothing. If any number is missing, all entries are NaN, since each depends on the world total.

    Raises
    ------
    GvcError
        If `exports` is not a series by economy and sector.

    Notes
    -----
    .. math:: RCA_{si} = \frac{e_{si} / \sum_j e_{sj}}{\sum_r e_{ri} / \sum_{rj} e_{rj}}

    Balassa (1965); Koopman, Wang and Wei (2014) compare the index for gross exports and for value added.

    Examples
    --------
    >>> import gvc
    >>> earned = gvc.domestic_value_added_in_exports(gvc.load_sample())
    >>> gvc.revealed_comparative_advantage(earned).xs("Machinery", level="sector").head(3).round(2)
    economy
    CHN    1.34
    JPN    1.80
    KOR    2.40
    Name: RCA, dtype: float64
    """
    right = isinstance(exports, pd.Series) and set(exports.index.names) == {"economy", "sector"}
    if not right or not pd.api.types.is_numeric_dtype(exports):
        raise GvcError(
            "exports",
            expected="a Series by (economy, sector)",
            found=described(exports),
            remedy="Pass what `gvc.domestic_value_added_in_exports` returns.",
        )
    by_economy = exports.groupby(level="economy").transform("sum")
    by_sector = exports.groupby(level="sector").transform("sum")
    advantage = (exports * exports.sum(skipna=False) / (by_economy * by_sector)).rename("RCA")
    return about(advantage, known(exports), "revealed comparative advantage", "1")


def supplier_concentration(flow: pd.DataFrame) -> pd.Series:
    r"""Herfindahl–Hirschman index of each destination's foreign suppliers.

    Parameters
    ----------
    flow : DataFrame, origin × destination
        :func:`gvc.intermediate_flows`, :func:`gvc.value_added_in_exports` …; the diagonal is left out.

    Returns
    -------
    Series by economy
        For each destination, a pure number between 1/n for n equal suppliers and 1 for a single one; NaN where nothing
        arrives from abroad or a flow is missing.

    Notes
    -----
    :math:`\sum_{o \ne d} (f_{od} / \sum_{p \ne d} f_{pd})^2`: Hirschman (1945), Herfindahl (1950). Competition
    authorities state it times 10,000.

    Examples
    --------
    >>> import gvc
    >>> gvc.supplier_concentration(gvc.intermediate_flows(gvc.load_sample())).head(3).round(3)
    economy
    CHN    0.245
    JPN    0.309
    KOR    0.253
    Name: concentration, dtype: float64
    """
    foreign = without_own(flow)
    imported = foreign.sum(skipna=False)
    squared = (foreign / imported.where(imported > 0)).pow(2).sum(min_count=1)
    concentration = squared.rename_axis("economy").rename("concentration")
    return about(concentration, known(flow), "concentration of suppliers", "1")


def _margins(vax: pd.DataFrame) -> tuple[Array, Array, Array]:
    _must_be_flow(vax, "vax", "gvc.value_added_in_final_demand", ("absorber", "destination"))
    if list(vax.index) != list(vax.columns):
        unpaired = sorted(map(str, set(vax.index) ^ set(vax.columns)))
        raise GvcError(
            "vax",
            expected="the economies of the world in rows and columns, in the same order",
            found=f"{', '.join(unpaired[:4])} in one of them only" if unpaired else "two orders",
            remedy="Pass the whole matrix, and choose rows and columns of the result."
            if unpaired
            else "Reindex one like the other.",
        )
    foreign = vax.to_numpy(dtype=float, copy=True)
    # The diagonal counts as nothing; a flow that is missing does not, and takes the sums with it.
    np.fill_diagonal(foreign, 0)
    exported, imported = foreign.sum(axis=1, keepdims=True), foreign.sum(axis=0)
    np.fill_diagonal(foreign, np.nan)
    return foreign, np.where(exported > 0, exported, np.nan), np.where(imported > 0, imported, np.nan)


def _must_be_flow(
    flow: object,
    argument: str = "flow",
    made_by: str = "gvc.value_added_in_exports",
    destinations: tuple[str, ...] = ("destination", "importer", "exporter", "absorber", "maker"),
) -> None:
    """Refuse what is no flow, one that is transposed, and one to others than were asked for; no names say nothing."""
    expected, remedy = f"a DataFrame, origin × {' or '.join(destinations)}", f"Pass what `{made_by}` returns."
    if not isinstance(flow, pd.DataFrame):
        raise GvcError(argument, expected=expected, found=described(flow), remedy=remedy)
    odd = next((name for name, column in flow.items() if not pd.api.types.is_numeric_dtype(column)), None)
    if flow.empty or odd is not None or max(flow.index.nlevels, flow.columns.nlevels) > 1:
        found = f"{flow[odd].dtype} in {odd}" if odd is not None and flow.columns.is_unique else described(flow)
        raise GvcError(argument, expected=f"numbers, {expected}", found=found, remedy=remedy)
    twice = [*flow.index[flow.index.duplicated()], *flow.columns[flow.columns.duplicated()]]
    if twice:
        found = f"{twice[0]} twice"
        raise GvcError(argument, expected="each economy once", found=found, remedy="Sum what belongs to one economy.")
    rows, columns = flow.index.name, flow.columns.name
    if columns in (None, *destinations) and rows in (None, "exporter" if columns == "importer" else "origin"):
        return
    if rows in (None, *destinations) and columns in (None, "exporter" if rows == "importer" else "origin"):
        remedy = "Transpose it by `.T`."
    raise GvcError(argument, expected=expected, found=f"{rows} × {columns}", remedy=remedy)
