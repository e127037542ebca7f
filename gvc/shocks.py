"""What a change of final demand brings to each industry, and what it loses if sales do not take place."""

from dataclasses import replace
from itertools import product
from typing import overload

import numpy as np
import pandas as pd

from gvc import economies as eco
from gvc.amounts import Row, ValueAdded, added_per_output, labelled
from gvc.contents import RELATIVE, USES, Chosen
from gvc.errors import GvcError, described, some_of
from gvc.icio import ICIO, must_be_table
from gvc.labels import Array, frozen, handed_over
from gvc.leontief import by_industry, output_needed


@overload
def impact(icio: ICIO, change: pd.Series, of: pd.DataFrame | list[str]) -> pd.DataFrame: ...
@overload
def impact(icio: ICIO, change: pd.Series, of: Row | pd.Series | None = None) -> pd.Series: ...
def impact(icio: ICIO, change: pd.Series, of: ValueAdded = None) -> pd.Series | pd.DataFrame:
    r"""Value added, or anything else that production uses, that each industry gains from a change in final demand.

    Parameters
    ----------
    icio : ICIO
    change : Series by (economy, sector)
        Change in final demand by product and the economy that makes it, in the unit of the table. Products that it does
        not name do not change.
    of : {"residual", "table", "taxes"}, name of an account, list of these names, Series or DataFrame, optional
        As in :func:`gvc.content`.

    Returns
    -------
    Series, or DataFrame with a column for each account or column of `of`, by (economy, sector)
        In the unit of the table, or in that of `of`. :math:`\hat{c} B\, \Delta y`, with ``attrs`` as in
        :func:`gvc.content`.

    Raises
    ------
    GvcError
        If a label is not in the table or is repeated in `change`, or :func:`gvc.content` does not accept `of`.

    Notes
    -----
    Impact analysis, Miller and Blair (2009), chapters 2 and 6: prices, technology and suppliers' shares do not change.
    If final demand of u changes by a percentage, value added changes by that percentage of
    ``content(icio, "final_demand", absorber=u)``.

    Examples
    --------
    The United States buys machinery for 1,000 million USD from Mexico instead of China.

    >>> import gvc
    >>> change = pd.Series({("CHN", "Machinery"): -1000, ("MEX", "Machinery"): 1000})
    >>> gvc.impact(gvc.load_sample(), change).groupby("economy").sum().loc[["CHN", "MEX", "USA"]].round()
    economy
    CHN   -648.0
    MEX    541.0
    USA    121.0
    Name: value added, dtype: float64
    """
    must_be_table(icio)
    industries = list(product(icio.economies, icio.sectors))
    if not isinstance(change, pd.Series) or change.empty:
        remedy = "Index the amounts by (economy, sector)."
        raise GvcError("change", expected="a Series by (economy, sector)", found=described(change), remedy=remedy)
    known, again = {*industries}, change.index.duplicated()
    odd = [label for label, twice in zip(change.index, again, strict=True) if twice or label not in known]
    if odd:
        raise GvcError(
            "change",
            expected=f"industries of the table, {' '.join(industries[0])} and so on, each once",
            found=" ".join(map(str, odd[0])) if isinstance(odd[0], tuple) else str(odd[0]),
            remedy="Correct the label, or sum what belongs to one industry.",
        )
    whole = change.reindex(pd.MultiIndex.from_tuples(industries), fill_value=0)
    per_output, names = added_per_output(icio, of)
    added = per_output * output_needed(icio, frozen("change", whole, (industries,)))[:, None]
    return _result(icio, of, added, names, "a change of final demand")


@overload
def extract(
    icio: ICIO,
    seller: Chosen = None,
    *,
    of: pd.DataFrame | list[str],
    sector: Chosen = None,
    buyer: Chosen = None,
    use: Chosen = None,
) -> pd.DataFrame: ...
@overload
def extract(
    icio: ICIO,
    seller: Chosen = None,
    *,
    of: Row | pd.Series | None = None,
    sector: Chosen = None,
    buyer: Chosen = None,
    use: Chosen = None,
) -> pd.Series: ...
def extract(
    icio: ICIO,
    seller: Chosen = None,
    *,
    of: ValueAdded = None,
    sector: Chosen = None,
    buyer: Chosen = None,
    use: Chosen = None,
) -> pd.Series | pd.DataFrame:
    r"""Value added, or anything else that production uses, that each industry loses if sales do not take place.

    Parameters
    ----------
    icio : ICIO
    seller : str or iterable of str, optional
        Sellers whose sales are removed: economies or a group, member by member. All by default, as for products and
        buyers below.
    of : {"residual", "table", "taxes"}, name of an account, list of these names, Series or DataFrame, optional
        As in :func:`gvc.content`.
    sector : str or iterable of str, optional
        Products whose sales are removed.
    buyer : str or iterable of str, optional
        Buyers: economies or a group; or ``"domestic"`` for the seller's own economy and ``"foreign"`` for all others.
        The default includes sales at home.
    use : {"intermediate", "final"}, optional
        Use of the products.

    Returns
    -------
    Series, or DataFrame with a column for each account or column of `of`, by (economy, sector)
        In the unit of the table, or in that of `of`; losses are positive. ``attrs`` as in
        :func:`gvc.content`.

    Raises
    ------
    GvcError
        If the table does not show what was chosen, or :func:`gvc.content` does not accept `of`.

    Warns
    -----
    CoverageWarning
        If the table does not show all members of a group.

    Notes
    -----
    Hypothetical extraction, Miller and Blair (2009), chapter 12. The chosen sales, :math:`A_E` of inputs and
    :math:`Y_E` of final demand, are set to 0 and not replaced. Technology and all other final demand do not change.
    Output falls from x to :math:`x^*`, and what industries add to it falls to :math:`\hat{c}\, x^*`:

    .. math::
        \hat{c}\, (x - x^*) = \hat{c}\, (I - A + A_E)^{-1} e_E, \qquad e_E = A_E\, x + Y_E \iota.

    An industry that loses all its sales makes nothing, so that its purchases disappear, too. No other seller steps in:
    the loss shows what depends on these sales, and is not a forecast.

    Removing all exports of one economy is the extraction of Los, Timmer and de Vries (2016): its own loss is DVA of
    :func:`gvc.borin_mancini`, the loss of all others FVA. For exports, :func:`gvc.content` with ``once=True`` returns
    the same loss, and can also split it by the exports that it passes through and by where it ends.

    Examples
    --------
    Who loses if Mexico's machinery does not reach the United States?

    >>> import gvc
    >>> table = gvc.load_sample()
    >>> lost = gvc.extract(table, "MEX", sector="Machinery", buyer="USA")
    >>> lost.groupby("economy").sum().nlargest(3).round()  # million USD
    economy
    MEX    64794.0
    USA    17750.0
    CHN    11042.0
    Name: value added, dtype: float64

    Which industries of Japan depend on the sales of Korea's machinery industry, at home and abroad?

    >>> gvc.extract(table, "KOR", sector="Machinery")["JPN"].round()
    sector
    Primary       395.0
    Light         555.0
    Materials    7038.0
    Machinery    4743.0
    Services     6819.0
    Name: value added, dtype: float64
    """
    must_be_table(icio)
    economies = icio.result_economies
    relative = buyer if isinstance(buyer, str) and buyer in RELATIVE else None
    sellers = economies if seller is None else eco.covered(seller, economies, "seller")
    buyers = economies if buyer is None or relative else eco.covered(buyer, economies, "buyer")
    products = icio.sectors if sector is None else some_of("sector", sector, icio.sectors)
    uses = USES if use is None else some_of("use", use, USES)
    per_output, names = added_per_output(icio, of)
    sold = np.tile(np.isin(icio.sectors, products), len(icio.economies)) & np.isin(economies, sellers)[icio.home]
    link = sold[:, None] & np.isin(economies, buyers)
    if relative:
        same = icio.home[:, None] == np.arange(len(economies))
        link &= same if relative == "domestic" else ~same
    taken, left = np.zeros(len(icio.x)), icio
    if "final" in uses:
        taken += np.where(link, icio.demand, 0).sum(axis=1)
    if "intermediate" in uses:
        inputs = np.where(link[:, icio.home], icio.Z, 0)
        taken += inputs.sum(axis=1)
        left = replace(icio, Z=handed_over(icio.Z - inputs))
    return _result(icio, of, per_output * output_needed(left, taken)[:, None], names, "sales taken out")


def _result(icio: ICIO, of: ValueAdded, added: Array, names: list[str], where: str) -> pd.Series | pd.DataFrame:
    """Label what each industry adds, (GN, k), by economy and sector."""
    index = pd.MultiIndex.from_product([icio.result_economies, icio.sectors], names=["economy", "sector"])
    return labelled(icio, of, by_industry(icio, added).reshape(len(index), -1), index, names=names, where=where)
