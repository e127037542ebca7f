r"""Experiments on a table: take a bilateral link out, let another economy take it over, count value added again.

Every experiment moves part of what one economy sells to another over to new suppliers, at the same value. Final
demand, and all input recipes but the buyer's choice of origin, stay as they are; output is solved for anew. A table
that balances goes in and one that balances comes out. Since the value that final buyers spend is unchanged, so is the
world's value added: an experiment only hands it out differently.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.linalg import solve

from gvc.errors import GvcError
from gvc.icio import ICIO
from gvc.labels import Array
from gvc.leontief import by_industry, input_coefficients, multipliers, value_added_coefficients
from industrial_chains import economies as eco
from industrial_chains.analysis.exposure import three_ways

#: The supplier outside the table, to whom a link that is taken out is booked: it makes things out of nothing.
OUTSIDE = "Outside"
#: Every economy but the seller, in proportion to what the buyer has from each already.
OTHERS = "others"

Technology = Literal["host", "seller", "label"]


def replace_inputs(
    icio: ICIO,
    seller: str,
    buyer: str,
    to: str | Iterable[str],
    *,
    share: float = 1.0,
    sectors: Iterable[str] | None = None,
    technology: Technology = "host",
    local: Iterable[str] = (),
    final: bool = False,
    extra: float = 0.0,
) -> ICIO:
    r"""Let a share of what a buyer's industries buy from a seller come from elsewhere.

    Parameters
    ----------
    icio : ICIO
    seller, buyer : str
        Economies of the table.
    to : str or iterable of str
        Who supplies instead: an economy (the buyer itself for a return home), a group or several economies,
        :data:`OTHERS`, or :data:`OUTSIDE`.
    share : float
        What share of these inputs moves, above 0 and up to 1.
    sectors : iterable of str, optional
        Products to move; all by default.
    technology : {"host", "seller", "label"}
        How the new supplier makes them: by the recipe of its own industry, inputs from its own sources (its chain
        competes with the seller's); by the seller's recipe, inputs from where the seller has them (the plant moves
        and the chain extends); or not at all, as it passes the seller's product on under its own name. The last two add
        one part to each new supplier, joined with it in every result.
    local : iterable of str
        Products that a plant which moved no longer buys in the seller's economy but in its new one, where that makes
        them. For the technology of the seller only.
    final : bool
        Whether the buyer's final demand moves as well as its inputs.
    extra : float
        How much more of the new supplier's product the buyer's industries take for the same use, as a share of the old
        amount. They pay it out of their value added. No price changes.

    Returns
    -------
    ICIO
        Rows and columns balance as they did before: what a row missed in millions it still misses, a column in
        proportion to its output. World value added is conserved.

    Raises
    ------
    GvcError
        If an economy is not in the table, a share is out of range, the seller would replace itself, products are local
        to a plant that does not move, or the extra exceeds the value added of one of the buyer's industries.

    Notes
    -----
    With M the moved rows of A (of Y too, if `final`) and W the weights of the new suppliers of each product,

    .. math:: A^*_{rs} = A_{rs} - M, \quad A^*_{ks} = A_{ks} + (1 + e)\, W_k \circ M, \quad
              x^* = (I - A^*)^{-1} (y + d), \quad Z^* = A^* \hat{x}^*,

    where d is what the rows of the table miss. Several suppliers share a product in proportion to what the buyer's
    industry has from each already, or to their outputs where it has none; a product that none of them makes stays
    where it was. Dietzenbacher, van Burken and Kondo (2019) replace a whole industry so, proportionally; Los, Timmer
    and de Vries (2016) extract a bilateral flow without replacing it, which is `OUTSIDE` here.
    """
    takers, rows, columns = _takers(icio, seller, to), _rows_of(icio, seller), _rows_of(icio, buyer)
    _in_range(share, extra, technology)
    nearby = _nearby(icio, local, technology)
    economies, products, size = len(icio.economies), len(icio.sectors), len(icio.x)
    shape = (economies, products, -1)

    uses = np.hstack([input_coefficients(icio), icio.Y])
    if final:
        columns = np.append(columns, size + np.flatnonzero(icio.membership[:, icio.home[columns[0]]]))
    weights = _weights(icio, uses[:, columns], takers)
    able = weights.reshape(shape).sum(axis=0) > 0
    moved = np.zeros((size, len(columns)))
    moved[rows] = share * uses[np.ix_(rows, columns)]
    moved *= np.tile(able * _wanted(icio, sectors)[:, None], (economies, 1))
    priced = moved.reshape(shape).sum(axis=0) * np.where(columns < size, 1 + extra, 1.0)
    arrives = weights * np.tile(priced, (economies, 1))

    uses[:, columns] -= moved
    newcomers: dict[str, Array] = {}
    parts = dict(icio.parts)
    if takers is None:
        newcomers[OUTSIDE] = priced
    elif technology == "host":
        uses[:, columns] += arrives
    else:
        for taker in np.flatnonzero(takers):
            label = f"{icio.result_economies[taker]} moved"
            newcomers[label] = arrives[icio.home == taker].reshape(-1, products, len(columns)).sum(axis=0)
            parts[label] = icio.result_economies[taker]

    per_output = np.divide(1.0, icio.x, out=np.zeros(size), where=icio.x != 0)
    va, taxes = icio.va * per_output, icio.taxes * per_output
    va[columns[columns < size]] -= _bill(icio, columns, extra * moved.sum(axis=0))
    new = len(newcomers)
    recipes, va_of_new, taxes_of_new = np.zeros((size, new * products)), np.ones(products), np.zeros(products)
    if takers is not None:
        mix = _mix(icio, rows, moved[rows].sum(axis=1))
        va_of_new, taxes_of_new = va @ mix, taxes @ mix
    if technology == "label" and takers is not None:
        recipes, va_of_new, taxes_of_new = np.tile(mix, new), np.zeros(products), np.zeros(products)
    elif newcomers and takers is not None:
        bought = input_coefficients(icio) @ mix
        recipes = np.hstack([_bought_nearby(icio, bought, rows, taker, nearby) for taker in np.flatnonzero(takers)])

    sold = np.zeros((new * products, uses.shape[1]))
    sold[:, columns] = np.concatenate([np.zeros((0, len(columns))), *newcomers.values()])
    A = np.block([[uses[:, :size], recipes], [sold[:, :size], np.zeros((len(sold), len(sold)))]])
    Y = np.block([[uses[:, size:], np.zeros((size, new))], [sold[:, size:], np.zeros((len(sold), new))]])
    missing = icio.x - input_coefficients(icio) @ icio.x - icio.Y.sum(axis=1)
    x = solve(np.eye(len(A)) - A, Y.sum(axis=1) + np.append(missing, np.zeros(len(sold))))
    return ICIO(
        economies=(*icio.economies, *newcomers),
        sectors=icio.sectors,
        Z=A * x,
        Y=Y,
        x=x,
        va=np.append(va, np.tile(va_of_new, new)) * x,
        year=icio.year,
        source=f"{icio.source or 'table'}, experiment",
        unit=icio.unit,
        parts=parts,
        taxes=np.append(taxes, np.tile(taxes_of_new, new)) * x,
    )


def split_off(icio: ICIO, seller: str, buyer: str, content: float, sectors: Iterable[str] | None = None) -> ICIO:
    r"""Let the plants of a seller that work for one buyer import more of their inputs than its other plants do.

    Parameters
    ----------
    icio : ICIO
        That shows the seller in one piece.
    seller, buyer : str
    content : float
        Value added of the seller in what these plants sell, as a share of it.
    sectors : iterable of str, optional
        Products to split; all by default.

    Returns
    -------
    ICIO
        Balances as `icio` does. The plants are a part of the seller, which keeps its totals: what they buy abroad in
        place of a domestic input, its other plants buy at home.

    Raises
    ------
    GvcError
        If the content is out of reach, or the seller is in parts.

    Notes
    -----
    Of each input the plants that are split off buy :math:`k` times the industry's average from the seller, and abroad
    as much more as that leaves, from where it buys on average. One k serves all products. Their value added per unit of
    output stays the average. Koopman, Wang and Wei (2012) estimate two recipes so for China's processing trade and its
    other production.
    """
    if seller in icio.parts.values():
        raise GvcError("seller", expected="an economy in one piece", found=seller, remedy="Use the parts that it has.")
    rows, columns, size = _rows_of(icio, seller), _rows_of(icio, buyer), len(icio.x)
    A, wanted = input_coefficients(icio), _wanted(icio, sectors)
    sold = np.where(wanted[:, None], A[np.ix_(rows, columns)] * icio.x[columns], 0.0)
    made, home = sold.sum(axis=1), np.isin(np.arange(size), rows)
    own, foreign = A[:, rows] * home[:, None], A[:, rows] * ~home[:, None]
    more = np.divide(own.sum(axis=0), foreign.sum(axis=0), out=np.zeros(len(rows)), where=foreign.sum(axis=0) > 0)
    earned = multipliers(icio)[icio.result_economies.index(seller)]
    at_home, abroad = earned @ own, earned @ (foreign * more)
    most = float(earned[rows] @ made) / made.sum()
    k = 1 - (most - content) * made.sum() / float((at_home - abroad) @ made)
    recipe = k * own + (1 + (1 - k) * more) * foreign
    rest = icio.Z.copy()
    rest[:, rows] -= recipe * made
    if not 0 <= k <= 1 or (rest[:, rows] < np.minimum(icio.Z[:, rows], 0) - 1e-9).any():
        raise GvcError(
            "content",
            expected=f"a share up to {most:.3f} that other plants can make up for",
            found=f"{content}",
            remedy="Choose a share nearer to that.",
        )
    rest[np.ix_(rows, columns)] -= sold
    part = np.divide(made, icio.x[rows], out=np.zeros(len(rows)), where=icio.x[rows] != 0)
    sales = np.zeros((len(rows), size))
    sales[:, columns] = sold
    left = np.ones(size)
    left[rows] -= part
    label = f"{seller} for {buyer}"
    return ICIO(
        economies=(*icio.economies, label),
        sectors=icio.sectors,
        Z=np.block([[rest, recipe * made], [sales, np.zeros((len(rows), len(rows)))]]),
        Y=np.pad(icio.Y, ((0, len(rows)), (0, 1))),
        x=np.append(icio.x * left, made),
        va=np.append(icio.va * left, icio.va[rows] * part),
        year=icio.year,
        source=f"{icio.source or 'table'}, split",
        unit=icio.unit,
        parts={**icio.parts, label: seller},
        taxes=np.append(icio.taxes * left, icio.taxes[rows] * part),
    )


def extract_link(icio: ICIO, seller: str, buyer: str, *, final: bool = True) -> ICIO:
    """Take a bilateral link out and put nothing in its place.

    Parameters
    ----------
    icio : ICIO
    seller, buyer : str
        Economies of the table.
    final : bool
        Whether final products go as well as inputs.

    Returns
    -------
    ICIO
        With one more economy, :data:`OUTSIDE`, from which the buyer has what the seller sold: the value added that
        stands there is what the world of the table loses.
    """
    return replace_inputs(icio, seller, buyer, OUTSIDE, final=final)


def value_added(icio: ICIO) -> pd.Series:
    """Value added of each industry, what output leaves after inputs, in the unit of the table.

    Returns
    -------
    Series by (economy, sector)
    """
    amount = by_industry(icio, value_added_coefficients(icio) * icio.x)
    index = pd.MultiIndex.from_product([icio.result_economies, icio.sectors], names=["economy", "sector"])
    return pd.Series(amount.ravel(), index=index, name="value_added")


def compare(before: ICIO, after: ICIO, by: str | list[str] = "economy") -> pd.DataFrame:
    """Compare value added before and after.

    Parameters
    ----------
    before, after : ICIO
    by : str or list of str
        ``economy``, ``sector`` or both.

    Returns
    -------
    DataFrame
        Columns before, after, change and percent (the change in percent of before, missing where there was none). A
        change is zero where it is below a millionth of a millionth of what was there before.
    """
    pair = pd.DataFrame({"before": value_added(before), "after": value_added(after)}).fillna(0.0)
    order = pd.MultiIndex.from_product(
        [dict.fromkeys((*before.result_economies, *after.result_economies)), before.sectors],
        names=["economy", "sector"],
    )
    frame = pair.reindex(order).groupby(by, sort=False).sum()
    change = frame["after"] - frame["before"]
    # Each table was solved for by itself, and agrees with the other to a dozen digits where nothing changed.
    change = change.where(change.abs() > 1e-12 * frame["before"].abs(), 0.0)
    return frame.assign(change=change, percent=100 * change / frame["before"].where(frame["before"] != 0))


def per_dollar_moved(icio: ICIO, seller: str, buyer: str, cases: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """Run several replacements of the same link and see who gains and loses how much on each dollar moved.

    Parameters
    ----------
    icio : ICIO
    seller, buyer : str
    cases : mapping of str to mapping
        Arguments of :func:`replace_inputs` by the name of the case.

    Returns
    -------
    DataFrame, case × economy
        Change of value added in cents for each dollar of inputs that moves. Rows add up to zero.
    """
    result = {}
    for name, arguments in cases.items():
        changed = compare(icio, replace_inputs(icio, seller, buyer, **arguments))["change"]
        result[name] = 100 * changed / value_moved(icio, seller, buyer, **arguments)
    return pd.DataFrame(result).T.fillna(0.0).rename_axis(index="case", columns="economy")


def reliance_after(icio: ICIO, origin: str, buyer: str, hosts: Iterable[str]) -> pd.DataFrame:
    """Move all that a buyer's industries buy from an origin to each host in turn, and look through what is left.

    Parameters
    ----------
    icio : ICIO
    origin, buyer : str
    hosts : iterable of str
        The buyer among them stands for a return home.

    Returns
    -------
    DataFrame, (count, host) × {before, host, seller}
        The buyer's reliance on the origin, percent, counted ``once`` and ``gross`` (`analysis.exposure.three_ways`): as
        it is, and after the move by either technology of :func:`replace_inputs`. Direct reliance is zero after each.
    """

    def left(table: ICIO) -> pd.Series:
        return three_ways(table, origin).T[buyer][["once", "gross"]]

    before = left(icio)
    rows = {
        host: pd.DataFrame(
            {
                "before": before,
                "host": left(replace_inputs(icio, origin, buyer, host, technology="host")),
                "seller": left(replace_inputs(icio, origin, buyer, host, technology="seller")),
            }
        )
        for host in hosts
    }
    return pd.concat(rows, names=["host", "count"]).swaplevel().astype(float)


def value_moved(
    icio: ICIO,
    seller: str,
    buyer: str,
    *,
    share: float = 1.0,
    sectors: Iterable[str] | None = None,
    final: bool = False,
    **_: object,
) -> float:
    """Value of what is asked to move, at the output of the table as it is, in its unit."""
    rows, columns = _rows_of(icio, seller), _rows_of(icio, buyer)
    rows = rows[np.tile(_wanted(icio, sectors), len(icio.economies))[rows]]
    inputs = (input_coefficients(icio)[np.ix_(rows, columns)] * icio.x[columns]).sum()
    finals = icio.demand[rows, icio.home[columns[0]]].sum() if final else 0.0
    return float(share * (inputs + finals))


def _mix(icio: ICIO, rows: NDArray[np.intp], sold: Array | None = None) -> Array:
    """(GN, N): in which proportion an economy's recipes make up one, over its parts by what they sold or made."""
    output = icio.x[rows].reshape(-1, len(icio.sectors))
    if sold is not None:
        sales = np.maximum(sold, 0).reshape(output.shape)
        output = np.where(sales.sum(axis=0) > 0, sales, output)
    total = output.sum(axis=0)
    mix = np.zeros((len(icio.x), len(icio.sectors)))
    mix[rows, np.tile(np.arange(len(icio.sectors)), len(output))] = np.divide(
        output, total, out=np.zeros_like(output), where=total != 0
    ).ravel()
    return mix


def _nearby(icio: ICIO, local: Iterable[str], technology: str) -> NDArray[np.bool_]:
    """Which products a plant that moved buys where it has gone."""
    named = tuple(local)
    if named and technology != "seller":
        raise GvcError(
            "local",
            expected="products only for a plant that moves, technology 'seller'",
            found=repr(technology),
            remedy="Leave `local` out, or let the plant move.",
        )
    return _wanted(icio, named, "local") if named else np.zeros(len(icio.sectors), dtype=bool)


def _bought_nearby(
    icio: ICIO, bought: Array, rows: NDArray[np.intp], taker: np.intp, nearby: NDArray[np.bool_]
) -> Array:
    """(GN, N): what a plant buys once the products `nearby` come from the taker, where that makes them."""
    mix = _mix(icio, np.flatnonzero(icio.home == taker))
    made = nearby & (mix.sum(axis=0) > 0)
    given = np.zeros_like(bought)
    moving = rows[np.tile(made, len(icio.economies))[rows]]
    given[moving] = bought[moving]
    arrives: Array = bought - given + mix @ given.reshape(-1, *mix.shape[1:], bought.shape[1]).sum(axis=0)
    return arrives


def _bill(icio: ICIO, columns: NDArray[np.intp], extra: Array) -> Array:
    """Check that the buyer's industries can pay what their inputs cost more out of their value added."""
    buying = columns < len(icio.x)
    payers, bill = columns[buying], extra[buying]
    short = payers[(value_added_coefficients(icio)[payers] < bill) & (bill > 0)]
    if len(short):
        raise GvcError(
            "extra",
            expected="less than the value added of every industry that pays it",
            found=f"more in {icio.label(short[0])}",
            remedy="Lower it, or the share.",
        )
    return bill


def _weights(icio: ICIO, uses: Array, takers: NDArray[np.bool_] | None) -> Array:
    """(GN, columns): what part of a product each row takes over; a product adds up to 1, or to 0 if nobody makes it."""
    if takers is None:
        return np.ones_like(uses)
    able = takers[icio.home] & (icio.x > 0)
    size = np.where(able, icio.x, 0.0)[:, None]
    held = np.maximum(uses, 0.0) * able[:, None]
    by_product = np.tile(np.eye(len(icio.sectors)), (len(icio.economies), 1))
    total, made = (by_product @ (by_product.T @ amount) for amount in (held, size))
    fallback = np.divide(size, made, out=np.zeros_like(size), where=made > 0)
    spread: Array = np.divide(held, total, out=np.broadcast_to(fallback, held.shape).copy(), where=total > 0)
    return spread


def _takers(icio: ICIO, seller: str, to: str | Iterable[str]) -> NDArray[np.bool_] | None:
    """Which result economies take over; None for the outside."""
    if to == OUTSIDE:
        return None
    if to == OTHERS:
        return np.array([code != seller for code in icio.result_economies])
    chosen = eco.covered(to, icio.result_economies)
    if seller in chosen:
        raise GvcError(
            "to",
            expected="economies other than the seller",
            found=seller,
            remedy="Name who shall supply in its place.",
        )
    return np.isin(icio.result_economies, chosen)


def _rows_of(icio: ICIO, economy: str) -> NDArray[np.intp]:
    (code,) = eco.covered([economy], icio.result_economies)
    return np.flatnonzero(icio.home == icio.result_economies.index(code))


def _wanted(icio: ICIO, sectors: Iterable[str] | None, argument: str = "sectors") -> NDArray[np.bool_]:
    """Which products were asked for; all, if none were named."""
    asked = icio.sectors if sectors is None else tuple(sectors)
    strangers = [sector for sector in asked if sector not in icio.sectors]
    if strangers or not asked:
        raise GvcError(
            argument,
            expected=f"sectors of the table ({', '.join(icio.sectors)})",
            found=", ".join(strangers) or "none",
            remedy="Name sectors that the table has.",
        )
    return np.isin(icio.sectors, asked)


def _in_range(share: float, extra: float, technology: str) -> None:
    for name, expected, found, right in (
        ("share", "above 0 and up to 1", share, 0 < share <= 1),
        ("extra", "0 or more", extra, extra >= 0),
        ("technology", "'host', 'seller' or 'label'", technology, technology in get_args(Technology)),
    ):
        if not right:
            raise GvcError(name, expected=expected, found=repr(found), remedy="Change it.")
