"""The whole table of 2022 from its three pieces, and estimates of other years from their flows.

As in `oecd.pieces` o is an economy of origin, d of destination, i a selling and j a buying
industry; in comments the n economies of the national tables are the shown ones, and ROW is what is left.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gvc.errors import GvcError
from gvc.icio import ICIO
from gvc.labels import Array
from pipeline.oecd.fitting import fit, ras
from pipeline.oecd.pieces import Flows, National, Pieces

SOURCE = "OECD ICIO 2025 edition"
REBUILT = f"{SOURCE}, rebuilt"
ESTIMATE = f"{SOURCE}, estimate"
#: Where most of the rest of the world lies: Africa, the Gulf and the south and west of Asia, without India, Israel and
#: Turkey. These economies lend it their technology.
LIKE_THE_REST = (
    *("AGO", "ARE", "BGD", "CIV", "CMR", "COD", "EGY", "JOR", "KAZ"),
    *("MAR", "NGA", "PAK", "SAU", "SEN", "STP", "TUN", "ZAF"),
)


Prior = Callable[[Array, Array, Array], Array]


def the_same_everywhere(pairs: Array, exports: Array, use: Array) -> Array:
    r"""Prior of :func:`services` in which every origin sells the same services everywhere.

    Parameters
    ----------
    pairs : (n + 1, n + 1) array
        Services sold from origin to destination.
    exports : (n + 1, M) array
        Services of each origin.
    use : (n + 1, M, n) array
        What industries of the destination use: not asked here.

    Returns
    -------
    (n + 1, M, n + 1) array
        :math:`b_{od}\, e_{oi} / \sum_i e_{oi}`.
    """
    mix = exports / exports.sum(axis=1, keepdims=True)
    prior: Array = pairs[:, None, :] * mix[:, :, None]
    return prior


def whole_table(pieces: Pieces, like: Iterable[str] = LIKE_THE_REST, prior: Prior = the_same_everywhere) -> ICIO:
    r"""Put the table of a year together from its pieces.

    Parameters
    ----------
    pieces : Pieces
    like : iterable of str
        Economies whose inputs, final demand and services per unit of output the rest of the world is thought to have
        before it is fitted to what it is known to sell and to buy.
    prior : callable
        Of :func:`services`.

    Returns
    -------
    ICIO
        Rows add up to output, columns with `taxes`, which is what is left beside inputs and value added.

    Raises
    ------
    GvcError
        If the table shows none of the economies of `like`, or a fit fails.

    Notes
    -----
    Among the shown economies :math:`Z` is given. Exact are besides

    .. math:: Z_{ROW,d} = N_d - \sum_o Z_{od}, \qquad y_{od} = X_{od} - Z_{od}\iota \quad \text{(goods)}, \qquad
              y_{dd} = x_d - \text{all other uses},

    with N the national table of d. :func:`services` fits final demand for the services of others and what the rest of
    the world buys of services; :func:`rest_of_world` models what it does with all that it buys.
    """
    flows, inter, national = pieces.flows, pieces.inter, pieces.national
    n, goods = len(inter.economies), flows.goods
    Z, Y = _among_the_shown(pieces)
    fitted = services(flows.X[:, :, goods], Z[:, goods:, :n].sum(axis=3), national, goods, prior)
    Y[:, goods:, :n] = fitted[:, :, :n]
    share = _pool(national, like)
    sold = np.concatenate([flows.X[:, n, :goods], fitted[:, :, n]], axis=1)
    at_home = (national.x - national.exports)[share, goods:].sum(axis=0)
    sold[n, goods:] = flows.X[n, n, goods] * at_home / at_home.sum()
    x = np.vstack([inter.x, Z[n].sum(axis=(1, 2)) + Y[n].sum(axis=1) + sold[n]])
    Z[:, :, n], Y[:, :, n], of_residual = rest_of_world(sold, x[n], national, share)
    own = np.arange(n)
    Y[own, :, own] = 0
    Y[own, :, own] = (x - Z.sum(axis=(2, 3)) - Y.sum(axis=2))[:n]
    left = (x - Z.sum(axis=(0, 1)))[n]
    va = np.vstack([national.va, left * of_residual])
    return in_icio(flows.economies, inter.industries, (Z, Y, x, va), flows.year, REBUILT)


def _among_the_shown(pieces: Pieces) -> tuple[Array, Array]:
    """Z (n + 1, N, n + 1, N) and Y (n + 1, N, n + 1) as far as the pieces give them as they are."""
    flows, inter = pieces.flows, pieces.inter
    (n, N), goods = inter.x.shape, flows.goods
    Z, Y = np.zeros((n + 1, N, n + 1, N)), np.zeros((n + 1, N, n + 1))
    Z[:n, :, :n] = inter.Z
    Z[n, :, :n] = pieces.national.Z.transpose(1, 0, 2) - inter.Z.sum(axis=0)
    Y[:, :goods, :n] = flows.X[:, :n, :goods].transpose(0, 2, 1) - Z[:, :goods, :n].sum(axis=3)
    return Z, Y


def _pool(national: National, like: Iterable[str]) -> NDArray[np.bool_]:
    shown = np.isin(national.economies, list(like))
    if not shown.any():
        raise GvcError(
            "like",
            expected=f"economies of the table ({', '.join(national.economies)})",
            found=", ".join(like) or "none",
            remedy="Name some that the rest of the world is like.",
        )
    return shown


def services(sales: Array, use: Array, national: National, goods: int, prior: Prior = the_same_everywhere) -> Array:
    r"""Fit the services that others buy: for final demand, and the rest of the world for any use.

    Parameters
    ----------
    sales : (n + 1, n + 1) array
        Services sold from origin to destination, all industries and uses together.
    use : (n + 1, M, n) array
        Of them, what industries of the destination use, by selling industry: known.
    national : National
        What each economy exports and imports of each service.
    goods : int
        Where services begin among the industries.
    prior : callable
        From pairs, exports and use, as :func:`the_same_everywhere` takes them, to what is fitted.

    Returns
    -------
    (n + 1, M, n + 1) array
        :math:`T_{oid}`. Zero where an economy meets itself.

    Raises
    ------
    GvcError
        If the sums contradict each other.

    Notes
    -----
    Three sums are what is left of known ones after intermediate use: of each pair of economies, of exports and of
    imports by service,

    .. math:: \sum_i T_{oid} = b_{od}, \qquad \sum_d T_{oid} = e_{oi}, \qquad \sum_o T_{oid} = m_{id};

    the last two are not known of the rest of the world. The fit is `oecd.fitting.fit`.
    """
    n = len(national.economies)
    own = np.arange(n)
    within = use[own, :, own]
    pairs = sales.copy()
    pairs[:, :n] -= use.sum(axis=1)
    np.fill_diagonal(pairs, 0)
    exports = national.exports[:, goods:] - (use[:n].sum(axis=2) - within)
    imports = national.imports[:, goods:] - (use.sum(axis=0).T - within)
    # What the flows print and what the national tables print of one economy differ in the last digits.
    exports *= (pairs[:n].sum(axis=1) / exports.sum(axis=1))[:, None]
    imports *= (pairs[:, :n].sum(axis=0) / imports.sum(axis=1))[:, None]
    unknown = np.full((1, exports.shape[1]), np.nan)
    return fit(
        prior(pairs, np.vstack([exports, exports.sum(axis=0)]), use),
        (1, pairs),
        (2, np.vstack([exports, unknown])),
        (0, np.vstack([imports, unknown]).T),
        where="services for final demand",
    )


def rest_of_world(sold: Array, x: Array, national: National, like: NDArray[np.bool_]) -> tuple[Array, Array, Array]:
    r"""Divide what the rest of the world buys among its industries and final demand.

    Parameters
    ----------
    sold : (n + 1, N) array
        What each economy, itself among them, sells to it, by product.
    x : (N,) array
        Its output.
    national : National
    like : (n,) array of bool
        Economies to take technology from, pooled.

    Returns
    -------
    Z : (n + 1, N, N) array
    y : (n + 1, N) array
        Final demand.
    of_residual : (N,) array
        Of what output leaves after inputs, the part that is value added.

    Raises
    ------
    GvcError
        If the fit fails.

    Notes
    -----
    The pooled inputs and final demand of the lenders are fitted by RAS to products bought, :math:`\sum_o s_{oi}`, and
    to inputs in proportion to output, :math:`x_j \sum_i \bar Z_{ij} / \bar x_j`. Each use of a product has the
    same origins.
    """
    made, inputs = national.x[like].sum(axis=0), national.Z[like].sum(axis=0)
    share = np.divide(x, made, out=np.zeros_like(x), where=made > 0)
    bought = sold.sum(axis=0)
    taken = inputs.sum(axis=0) * share
    fitted = ras(
        np.column_stack([inputs * share, national.final[like].sum(axis=0)]),
        bought,
        np.append(taken, bought.sum() - taken.sum()),
        where="uses of the rest of the world",
    )
    origin = np.divide(sold, bought, out=np.zeros_like(sold), where=bought > 0)
    beside = made - inputs.sum(axis=0)
    of_residual = np.divide(national.va[like].sum(axis=0), beside, out=np.zeros_like(x), where=beside > 0)
    return origin[:, :, None] * fitted[:, :-1], origin * fitted[:, -1], of_residual


# -- other years --------------------------------------------------------------------------------------------------


class Factors(NamedTuple):
    """What an estimate takes from published shares: logarithms by economy, zero where nothing is taken.

    Attributes
    ----------
    imported : (G,) array
        Of the odds that what is imported is an input, of industries that export as much as all of the economy.
    inputs : (G,) array
        Of the odds of inputs to value added in output.
    """

    imported: Array
    inputs: Array


def estimate(table: ICIO, flows: Flows, factors: Factors | None = None) -> ICIO:
    r"""Estimate the table of a year of which only flows are known.

    Parameters
    ----------
    table : ICIO
        A whole table, its industries the goods of the flows and, after them, services.
    flows : Flows
        Of any year, with the economies of the table in its order.
    factors : Factors, optional
        With which the estimate has the shares that `oecd.shares.fit_to` fitted; none by default.

    Returns
    -------
    ICIO
        Its flows are those of the year, its structure is as near to that of `table` as they and the factors allow.

    Raises
    ------
    GvcError
        If labels differ, or a fit fails.

    Notes
    -----
    For each destination d a matrix of products of all origins, :math:`(o, i)`, by uses, industries j and final demand:

    - prior: the column of d in `table`, in which a negative number counts as none; what industries take of imports
      is multiplied by :math:`\omega_d^{w_{dj}}`, with w the part of its output that an industry exports, over that of
      the economy;
    - rows: the flows of the year; in each flow of services the industries weigh as in `table`;
    - columns: inputs in the proportion a to output that `table` has, :math:`a_{dj} = \sum_{oi} Z_{oi,dj} / x^0_j`, but
      with the odds :math:`\kappa_d a / (1 - a)`, and for final demand what is left.

    The fit is `oecd.fitting.ras`. A flow that `table` does not have is used as all other
    deliveries of the product together. An industry without output in `table` has no inputs.
    """
    _must_fit(table, flows)
    G, N = len(table.economies), len(table.sectors)
    Z, Y = (np.maximum(array, 0) for array in (table.Z.reshape(G, N, G, N), table.Y.reshape(G, N, G)))
    sold = Z.sum(axis=3) + Y
    rows = rows_of(sold, flows)
    x = rows.sum(axis=2)
    imported, of_inputs = factors or Factors(np.zeros(G), np.zeros(G))
    inputs = x * _with_odds(_over(Z.sum(axis=(0, 1)), table.x.reshape(G, N)), np.exp(of_inputs)[:, None])
    exported = x - rows[np.arange(G), :, np.arange(G)]
    weights = _over(_over(exported, x), _over(exported.sum(axis=1), x.sum(axis=1))[:, None])
    for d, economy in enumerate(table.economies):
        uses = np.concatenate([Z[:, :, d], Y[:, :, d, None]], axis=2)
        new = (sold[:, :, d] == 0) & (rows[:, :, d] > 0)
        uses[new] = uses.sum(axis=0)[np.nonzero(new)[1]]
        uses[np.arange(G) != d, :, :N] *= np.exp(imported[d] * weights[d])
        bought = rows[:, :, d].ravel()
        fitted = ras(
            uses.reshape(G * N, N + 1),
            bought,
            np.append(inputs[d], bought.sum() - inputs[d].sum()),
            where=f"uses of {economy} in {flows.year}",
        )
        Z[:, :, d], Y[:, :, d] = fitted[:, :-1].reshape(G, N, N), fitted[:, -1].reshape(G, N)
    residual = x - Z.sum(axis=(0, 1))
    beside = (table.va + table.taxes).reshape(G, N)
    va = residual * np.divide(table.va.reshape(G, N), beside, out=np.ones_like(x), where=beside != 0)
    return in_icio(table.economies, table.sectors, (Z, Y, x, va), flows.year, ESTIMATE)


def _over(part: Array, whole: Array) -> Array:
    """Divide, with nothing out of nothing."""
    ratio: Array = np.divide(part, whole, out=np.zeros(np.broadcast_shapes(part.shape, whole.shape)), where=whole > 0)
    return ratio


def _with_odds(share: Array, factor: Array) -> Array:
    """Multiply the odds of a share; one of nothing, of all or of more than all stays."""
    inside = (share > 0) & (share < 1)
    return np.where(inside, factor * share / (1 - share + factor * share), share)


def rows_of(sold: Array, flows: Flows) -> Array:
    """Divide the services of each flow among industries.

    Parameters
    ----------
    sold : (G, N, G) array
        What each industry sells to each destination in a table.
    flows : Flows

    Returns
    -------
    (G, N, G) array
        Services in the mix that the flow has in the table, or in that which the origin sells everywhere.

    Raises
    ------
    GvcError
        If the table does not have any services of an origin that sells some.
    """
    rows, goods = np.empty_like(sold), flows.goods
    rows[:, :goods] = flows.X[:, :, :goods].transpose(0, 2, 1)
    services = sold[:, goods:]
    everywhere = services.sum(axis=2, keepdims=True)
    mix = np.where(services.sum(axis=1, keepdims=True) > 0, services, everywhere)
    total = mix.sum(axis=1, keepdims=True)
    unknown = (total[:, 0] == 0) & (flows.X[:, :, goods] > 0)
    if unknown.any():
        origin = flows.economies[int(unknown.any(axis=1).argmax())]
        raise GvcError(
            f"flows of {flows.year}, services of {origin}",
            expected="none, as in the table",
            found=f"{flows.X[flows.economies.index(origin), :, goods].sum():,.6g}",
            remedy="Take flows and table from one edition.",
        )
    rows[:, goods:] = flows.X[:, None, :, goods] * np.divide(mix, total, out=np.zeros_like(mix), where=total > 0)
    return rows


def _must_fit(table: ICIO, flows: Flows) -> None:
    for what, found, due in (
        ("economies", flows.economies, table.economies),
        ("goods", flows.sectors[:-1], table.sectors[: flows.goods]),
    ):
        if found != due:
            odd = sorted(set(found) ^ set(due)) or ["another order"]
            raise GvcError(
                f"flows of {flows.year}, {what}",
                expected=f"those of the table of {table.year}",
                found=", ".join(odd),
                remedy="Take flows and table from one edition.",
            )


def in_icio(
    economies: tuple[str, ...],
    sectors: tuple[str, ...],
    arrays: tuple[Array, Array, Array, Array],
    year: int,
    source: str,
) -> ICIO:
    """Z, Y, x and va by economy and industry to a table; taxes are what is left down the columns."""
    Z, Y, x, va = arrays
    rows = x.size
    taxes = x - Z.sum(axis=(0, 1)) - va
    return ICIO(
        economies=economies,
        sectors=sectors,
        Z=Z.reshape(rows, rows),
        Y=Y.reshape(rows, -1),
        x=x.ravel(),
        va=va.ravel(),
        taxes=taxes.ravel(),
        year=year,
        source=source,
    )
