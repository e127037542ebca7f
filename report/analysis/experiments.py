r"""Experiments on a table: take a bilateral link out, let another economy take it over, count value added again.

Every experiment moves part of what one economy sells to another over to new suppliers, at the same value. Final
demand, and all input recipes but the buyer's choice of origin, stay as they are; output is solved for anew. A table
that balances goes in and one that balances comes out. Since the value that final buyers spend is unchanged, so is the
world's value added: an experiment only hands it out differently.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.linalg import solve

from gvc import economies as eco
from gvc.errors import GvcError
from gvc.icio import ICIO, Array
from gvc.leontief import by_industry, input_coefficients, value_added_coefficients
from report.analysis.exposure import direct_and_full

#: The supplier outside the table, to whom a link that is taken out is booked: it makes things out of nothing.
OUTSIDE = "Outside"
#: Every economy but the seller, in proportion to what the buyer has from each already.
OTHERS = "others"

Technology = Literal["host", "seller"]


def replace_inputs(
    icio: ICIO,
    seller: str,
    buyer: str,
    to: str | Iterable[str],
    *,
    share: float = 1.0,
    sectors: Iterable[str] | None = None,
    technology: Technology = "host",
    final: bool = False,
    cost: float = 0.0,
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
    technology : {"host", "seller"}
        How the new supplier makes them: by the recipe of its own industry, inputs from its own sources (its chain
        competes with the seller's); or by the seller's recipe, inputs from where the seller has them (the plant moves
        and the chain extends). The second adds one part to each new supplier, joined with it in every result.
    final : bool
        Whether the buyer's final demand moves as well as its inputs.
    cost : float
        By how much dearer the new inputs are, as a share of their old price. The buyer's industries pay it out of
        their value added.

    Returns
    -------
    ICIO
        Rows and columns balance as they did before: what a row missed in millions it still misses, a column in
        proportion to its output. World value added is conserved.

    Raises
    ------
    GvcError
        If an economy is not in the table, a share is out of range, the seller would replace itself, or the cost
        exceeds the value added of one of the buyer's industries.

    Notes
    -----
    With M the moved rows of A (of Y too, if `final`) and W the weights of the new suppliers of each product,

    .. math:: A^*_{rs} = A_{rs} - M, \quad A^*_{ks} = A_{ks} + (1 + c)\, W_k \circ M, \quad
              x^* = (I - A^*)^{-1} (y + d), \quad Z^* = A^* \hat{x}^*,

    where d is what the rows of the table miss. Several suppliers share a product in proportion to what the buyer's
    industry has from each already, or to their outputs where it has none; a product that none of them makes stays
    where it was. Dietzenbacher, van Burken and Kondo (2019) replace a whole industry so, proportionally; Los, Timmer
    and de Vries (2016) extract a bilateral flow without replacing it, which is `OUTSIDE` here.
    """
    takers, rows, columns = _takers(icio, seller, to), _rows_of(icio, seller), _rows_of(icio, buyer)
    _in_range(share, cost, technology)
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
    priced = moved.reshape(shape).sum(axis=0) * np.where(columns < size, 1 + cost, 1.0)
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
    va[columns[columns < size]] -= _bill(icio, columns, cost * moved.sum(axis=0))
    recipe, va_of_new, taxes_of_new = np.zeros((size, products)), np.ones(products), np.zeros(products)
    if takers is not None:
        mix = _mix(icio, rows)
        recipe, va_of_new, taxes_of_new = input_coefficients(icio) @ mix, va @ mix, taxes @ mix

    new = len(newcomers)
    sold = np.zeros((new * products, uses.shape[1]))
    sold[:, columns] = np.concatenate([np.zeros((0, len(columns))), *newcomers.values()])
    A = np.block([[uses[:, :size], np.tile(recipe, new)], [sold[:, :size], np.zeros((len(sold), len(sold)))]])
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
        Columns before, after, change, percent (the change in percent of before, missing where there was none) and
        share_before, share_after (percent of the world's).
    """
    pair = pd.DataFrame({"before": value_added(before), "after": value_added(after)}).fillna(0.0)
    order = pd.MultiIndex.from_product(
        [dict.fromkeys((*before.result_economies, *after.result_economies)), before.sectors],
        names=["economy", "sector"],
    )
    frame = pair.reindex(order).groupby(by, sort=False).sum()
    was = frame["before"].where(frame["before"] != 0)
    return frame.assign(
        change=frame["after"] - frame["before"],
        percent=100 * (frame["after"] / was - 1),
        share_before=100 * frame["before"] / frame["before"].sum(),
        share_after=100 * frame["after"] / frame["after"].sum(),
    )


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
    DataFrame, host × {before, host, seller}
        The buyer's full reliance on the origin, percent (:func:`report.analysis.exposure.direct_and_full`): as it is,
        and after the move by either technology of :func:`replace_inputs`. Direct reliance is zero after each.
    """

    def full(table: ICIO) -> float:
        return float(direct_and_full(table, origin)["full"][buyer])

    rows = {
        host: {
            "before": full(icio),
            "host": full(replace_inputs(icio, origin, buyer, host, technology="host")),
            "seller": full(replace_inputs(icio, origin, buyer, host, technology="seller")),
        }
        for host in hosts
    }
    return pd.DataFrame(rows).T.rename_axis(index="host")


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


def _mix(icio: ICIO, rows: NDArray[np.intp]) -> Array:
    """(GN, N): in which proportion an economy's recipes make up one, over its parts by their output."""
    output = icio.x[rows].reshape(-1, len(icio.sectors))
    total = output.sum(axis=0)
    mix = np.zeros((len(icio.x), len(icio.sectors)))
    mix[rows, np.tile(np.arange(len(icio.sectors)), len(output))] = np.divide(
        output, total, out=np.zeros_like(output), where=total != 0
    ).ravel()
    return mix


def _bill(icio: ICIO, columns: NDArray[np.intp], extra: Array) -> Array:
    """Check that the buyer's industries can pay what their inputs cost more out of their value added."""
    buying = columns < len(icio.x)
    payers, bill = columns[buying], extra[buying]
    short = payers[(value_added_coefficients(icio)[payers] < bill) & (bill > 0)]
    if len(short):
        raise GvcError(
            "cost",
            expected="less than the value added of every industry that pays it",
            found=f"more in {icio.label(short[0])}",
            remedy="Lower the cost or the share.",
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


def _wanted(icio: ICIO, sectors: Iterable[str] | None) -> NDArray[np.bool_]:
    """Which products were asked for; all, if none were named."""
    asked = icio.sectors if sectors is None else tuple(sectors)
    strangers = [sector for sector in asked if sector not in icio.sectors]
    if strangers or not asked:
        raise GvcError(
            "sectors",
            expected=f"sectors of the table ({', '.join(icio.sectors)})",
            found=", ".join(strangers) or "none",
            remedy="Name sectors that the table has.",
        )
    return np.isin(icio.sectors, asked)


def _in_range(share: float, cost: float, technology: str) -> None:
    for name, expected, found, right in (
        ("share", "above 0 and up to 1", share, 0 < share <= 1),
        ("cost", "0 or more", cost, cost >= 0),
        ("technology", "'host' or 'seller'", technology, technology in ("host", "seller")),
    ):
        if not right:
            raise GvcError(name, expected=expected, found=repr(found), remedy="Change it.")
