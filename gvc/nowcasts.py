r"""A table of a later year from the last one and what is known sooner: growth of trade by pair, and of GDP."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gvc.checks import Finding, Provenance
from gvc.errors import GvcError, described, some_of
from gvc.icio import ICIO, must_be_table
from gvc.labels import Array, frozen, handed_over

#: Rounds end where no total, cost share or GDP is farther from its goal than this part of it, or after so many.
TOLERANCE, ROUNDS = 1e-7, 1000
#: Factors that grow to this would grow for ever: totals contradict each other.
ENDLESS = 1e9
#: From this part of a goal on, what is missed is told.
MISSED = 1e-3
#: Final demand for own products that falls to this part of itself stands for one that would have to be negative.
NONE_LEFT = 1e-6


def nowcast(
    icio: ICIO,
    trade: pd.DataFrame,
    *,
    sectors: str | Iterable[str],
    gdp: pd.Series | None = None,
    year: int | None = None,
) -> ICIO:
    r"""Carry a table to a later year in which trade between economies and GDP are known, and no table is.

    The result is the last table with a factor for each pair of economies, one for the inputs of each industry and one
    for what each economy makes for its own final demand, such that trade and GDP are as given and costs keep their
    shares.

    Parameters
    ----------
    icio : ICIO
        The last table.
    trade : DataFrame, origin × destination
        Growth of the sales of `sectors` from one economy to another, intermediate and final together, as a factor: 1.1
        for 10 percent more, above 0. NaN, or an economy left out, where it is not known; NaN on the diagonal.
    sectors : str or iterable of str
        The sectors whose sales `trade` counts, such as all that customs see.
    gdp : Series by economy, optional
        Growth of GDP as a factor, in the currency of the table. NaN, or left out, where it is not known.
    year : int, optional
        Of the new table.

    Returns
    -------
    ICIO
        In the unit of the table, with its labels, parts, and no accounts, since those of the later year are not known.
        Value added and taxes keep their shares of output. :meth:`gvc.ICIO.check` lists what was missed by 0.1 percent
        or more, with the amount that lacks: ``trade growth not met``, ``GDP growth not met``, ``cost share of inputs
        not kept``.

    Raises
    ------
    GvcError
        If a label is unknown or repeated, a growth is 0 or below, infinite or no number, or one is given for trade of
        an economy with itself; if nothing is known of trade; if GDP and exports contradict each other, so that an
        economy would have to demand less than nothing of its own products.

    Warns
    -----
    UserWarning
        If any of these is missed, as happens where goals contradict each other.

    Notes
    -----
    Primes denote the later year, hats its ratio to the year of the table. Product i of economy r goes to industry j of
    economy s and to its final demand by

    .. math::
        z'_{ij} = \phi_{is}\, q_j\, z_{ij}, \qquad y'_{is} = \phi_{is}\, f_{rs}\, y_{is}, \qquad f_{rs} = 1 \ (r \ne s),

    with :math:`\phi_{is} = p_{rs}` for `sectors` where growth :math:`\hat t_{rs}` of the pair is known. Elsewhere, as
    for services and at home, :math:`\phi_{is} = \sqrt{\hat g_r \hat g_s}`, by the GDP of both. The factors meet

    .. math::
        \sum_{i \in r} \Big(\sum_{j \in s} z'_{ij} + y'_{is}\Big) = \hat t_{rs} \, t_{rs}, \qquad
        \frac{\sum_i z'_{ij}}{x'_j} = \frac{\sum_i z_{ij}}{x_j}, \qquad
        \sum_{j \in r} \Big(x'_j - \sum_i z'_{ij}\Big) = \hat g_r \sum_{j \in r} \Big(x_j - \sum_i z_{ij}\Big),

    the first sum over `sectors` alone, :math:`t_{rs}` what it is in the table, and output :math:`x'` the sum of its
    uses. Where GDP is not known, :math:`\hat g_r` is the growth of all trade that is, :math:`f_{rr} = 1`, and GDP what
    comes of it. So all sectors of one pair move alike, but for what its industries make, and prices are not told from
    quantities. What rows leave unbooked grows by :math:`\hat g_r`. An entry below zero moves as those around it do.

    Scaling in turn until totals are met is RAS (Miller and Blair 2009, chapter 7). For totals of any group of cells it
    is that of Lenzen, Gallego and Wood (2009), "Matrix balancing under conflicting information", Economic Systems
    Research 21(1), which also weighs goals that disagree; here they are told instead. Entries below zero are divided by
    the factor that multiplies others in Junius and Oosterhaven (2003), Economic Systems Research 15(1), and Temurshoev,
    Miller and Bouwmeester (2013), Economic Systems Research 25(3); here all are multiplied.

    Examples
    --------
    American imports of goods from China fall by a third, those from Mexico grow by a sixth; nothing else is known.

    >>> import gvc
    >>> table = gvc.load_sample()
    >>> trade = pd.DataFrame({"USA": {"CHN": 2 / 3, "MEX": 7 / 6}})
    >>> later = gvc.nowcast(table, trade, sectors=table.sectors[:4], year=2014)
    >>> later
    <ICIO: 11 economies × 5 sectors, 2014, WIOD 2013 release, nowcast, million USD>

    China's share in the foreign value added of Mexico's exports, and in that of American final demand, in percent:

    >>> for one in (table, later):
    ...     sold, absorbed = gvc.value_added_in_exports(one), gvc.value_added_in_final_demand(one)
    ...     print(round(gvc.origin_share(sold, "CHN", "MEX"), 1), round(gvc.origin_share(absorbed, "CHN", "USA"), 1))
    17.1 17.0
    17.1 14.5
    """
    must_be_table(icio)
    chosen = some_of("sectors", sectors, icio.sectors)
    growth = _trade(icio, trade)
    counted = np.tile(np.isin(icio.sectors, chosen), len(icio.economies))
    world = _World(icio, counted, growth, _gdp(icio, gdp))
    world.solve()
    Z, Y, x = world.table()
    grown = np.divide(x, icio.x, out=np.ones_like(x), where=icio.x != 0)
    taxes = icio.taxes * grown
    unbooked = (icio.x - icio.Z.sum(axis=0) - icio.taxes - icio.va) * grown
    missed = world.missed(Z, x)
    if missed:
        told = f"{len(missed)} goals were not met, {missed[0].where} first; `.check()` lists them."
        warnings.warn(told, stacklevel=2)
    source = icio.provenance
    return ICIO(
        economies=icio.economies,
        sectors=icio.sectors,
        Z=handed_over(Z),
        Y=handed_over(Y),
        x=x,
        va=x - Z.sum(axis=0) - taxes - unbooked,
        year=year,
        source=f"{icio.source or 'table'}, nowcast",
        unit=icio.unit,
        parts=icio.parts,
        taxes=taxes,
        provenance=Provenance(
            discrepancy=world.unbooked,
            loose=source.loose,
            remarks=missed,
        ),
    )


def _trade(icio: ICIO, given: pd.DataFrame) -> Array:
    """Growth by origin and destination, (R, R); NaN where it is not known."""
    if not isinstance(given, pd.DataFrame):
        remedy = "Pass `pd.DataFrame(growth, index=ORIGINS, columns=DESTINATIONS)`."
        raise GvcError("trade", expected="a DataFrame, origin × destination", found=described(given), remedy=remedy)
    rows, columns = (
        _economies(icio, f"trade, {side}", axis)
        for side, axis in (("origins", given.index), ("destinations", given.columns))
    )
    growth = np.full((len(icio.result_economies),) * 2, np.nan)
    growth[np.ix_(_places(icio, rows), _places(icio, columns))] = _growth("trade", given, (rows, columns))
    within = np.flatnonzero(~np.isnan(growth.diagonal()))
    if len(within):
        code = icio.result_economies[within[0]]
        raise GvcError(
            f"trade, {code} → {code}",
            expected="NaN: an economy does not trade with itself",
            found=f"{growth[within[0], within[0]]:g}",
            remedy="Fill the diagonal with NaN.",
        )
    if np.isnan(growth).all():
        raise GvcError("trade", expected="growth of some pair", found="none", remedy="Give what is known.")
    return growth


def _gdp(icio: ICIO, given: pd.Series | None) -> Array:
    """Growth by economy, (R,); NaN where it is not known."""
    growth = np.full(len(icio.result_economies), np.nan)
    if given is None:
        return growth
    if not isinstance(given, pd.Series):
        remedy = "Pass `pd.Series(growth, index=ECONOMIES)`, or leave it out."
        raise GvcError("gdp", expected="a Series by economy", found=described(given), remedy=remedy)
    rows = _economies(icio, "gdp", given.index)
    growth[_places(icio, rows)] = _growth("gdp", given, (rows,))
    return growth


def _economies(icio: ICIO, where: str, axis: pd.Index) -> tuple[str, ...]:
    """Return the economies of an axis, each once."""
    codes = some_of(where, axis, icio.result_economies)
    if len(codes) < len(axis):
        twice = axis[axis.duplicated()][0]
        raise GvcError(where, expected="each economy once", found=f"{twice} twice", remedy="Keep one of the two.")
    return codes


def _places(icio: ICIO, codes: Sequence[str]) -> list[int]:
    return [icio.result_economies.index(code) for code in codes]


def _growth(name: str, given: pd.Series | pd.DataFrame, axes: tuple[tuple[str, ...], ...]) -> Array:
    """Take factors of growth as an array; NaN stays where nothing is known."""
    known = given.notna().to_numpy()
    numbers = frozen(
        name,
        given.astype(object).where(known, 1.0).to_numpy(),
        tuple([(code,) for code in axis] for axis in axes),
    )
    odd = np.argwhere(numbers <= 0)
    if len(odd):
        place = tuple(odd[0])
        raise GvcError(
            f"{name}, {' → '.join(axis[at] for axis, at in zip(axes, place, strict=True))}",
            expected="growth as a factor above 0: 1.1 for 10 percent more, 0.9 for as much less",
            found=f"{numbers[place]:g}",
            remedy="Add 1 to a rate of growth; where a flow ends, give a small factor, or NaN if nothing is known.",
        )
    return np.where(known, numbers, np.nan)


class _World:
    """A table and the factors that carry it; sums by economy stand for the table until all are found."""

    def __init__(self, icio: ICIO, counted: NDArray[np.bool_], trade: Array, gdp: Array) -> None:
        R = len(icio.result_economies)
        self.icio, self.counted, self.members = icio, counted, np.eye(R)[icio.home]
        self.base, self.known = icio.demand, ~np.isnan(trade)
        inputs = icio.Z.sum(axis=0)
        self.share = np.divide(inputs, icio.x, out=np.zeros_like(inputs), where=icio.x != 0)
        # By origin, those of `sectors` first: what each industry buys.
        self.bought = np.concatenate([(self.members.T * counted) @ icio.Z, (self.members.T * ~counted) @ icio.Z])
        self.q = np.ones(len(icio.x))
        total = self._totals(self._uses() + self.base)
        common = (trade * total)[self.known].sum() / total[self.known].sum()
        self.given = ~np.isnan(gdp)
        self.growth = np.where(self.given, gdp, common if np.isfinite(common) and common > 0 else 1)
        self.maker_growth = self.growth[icio.home]
        self.unbooked = (icio.x - icio.Z.sum(axis=1) - self.base.sum(axis=1)) * self.maker_growth
        self.trade_goal = np.where(self.known, trade * total, np.nan)
        self.gdp_goal = self.growth * ((icio.x - inputs) @ self.members)
        self.other = np.sqrt(np.outer(self.growth, self.growth))
        self.p, self.f = np.where(self.known, trade, self.other), np.ones_like(self.growth)
        # Where an economy demands less than nothing of itself, more of that would earn it less.
        self.moves = self.given & (((1 - self.share) * self.base[icio.own]) @ self.members > 0)

    def _uses(self) -> Array:
        """(GN, R): what the industries of each economy buy of each product, before the factors of pairs."""
        G, N = len(self.icio.economies), len(self.icio.sectors)
        by_user: Array = np.matmul(self.icio.Z.reshape(G * N, G, 1, N), self.q.reshape(G, N, 1))[..., 0, 0]
        sold: Array = by_user @ self.icio.membership
        return sold

    def _totals(self, sold: Array) -> Array:
        """(R, R): sales of `sectors`, of (GN, R) by product and buyer."""
        return (self.members.T * self.counted) @ sold

    def _factors(self) -> Array:
        """(GN, R): the factor of each product's pair."""
        return np.where(self.counted[:, None], self.p[self.icio.home], self.other[self.icio.home])

    def solve(self) -> None:
        """Scale pairs, inputs of industries and final demand at home in turn, until all goals are met."""
        for _ in range(ROUNDS):
            uses, final = self._uses(), self.base.copy()
            final[self.icio.own] *= self.f[self.icio.home]
            total = self._totals(uses + final)
            p = np.divide(self.trade_goal, total, out=self.p.copy(), where=self.known & (self.trade_goal * total > 0))
            gaps, self.p = [np.abs(p / self.p - 1).max()], p
            x = ((uses + final) * self._factors()).sum(axis=1) + self.unbooked
            due, factor = self.share * x, np.concatenate([self.p, self.other])[:, self.icio.home]
            bought = (factor * self.bought).sum(axis=0)
            q = np.divide(due, bought, out=self.q.copy(), where=due * bought > 0)
            gaps, self.q = [*gaps, np.abs(q / self.q - 1).max()], q
            made = ((1 - self.share) * x) @ self.members
            ratio = np.divide(self.gdp_goal, made, out=np.ones_like(made), where=self.moves & (made > 0))
            gaps.append(np.abs(ratio - 1).max())
            self.f = self.f * np.maximum(ratio, 0)
            self._must_demand(made)
            if max(gaps) < TOLERANCE or max(p.max(), 1 / p.min()) > ENDLESS:
                break

    def _must_demand(self, made: Array) -> None:
        for at in np.flatnonzero(self.f < NONE_LEFT):
            times = made[at] / self.gdp_goal[at]
            raise GvcError(
                f"gdp, {self.icio.result_economies[at]}",
                expected="a growth that leaves something to final demand for its own products",
                found=f"exports that alone make {times:.3g} times the GDP of a growth of {self.growth[at]:g}",
                remedy="Compare it with the growth of its exports in `trade`: one is wrong, or of another currency.",
            )

    def table(self) -> tuple[Array, Array, Array]:
        """Z, Y and x, with all factors."""
        icio, factors = self.icio, self._factors()
        final = factors.copy()
        final[icio.own] *= self.f[icio.home]
        Z, Y = icio.Z * self.q, icio.Y * (final @ icio.membership.T)
        G, N = len(icio.economies), len(icio.sectors)
        Z.reshape(G * N, G, N)[...] *= (factors @ icio.membership.T)[..., None]
        return Z, Y, Z.sum(axis=1) + Y.sum(axis=1) + self.unbooked

    def missed(self, Z: Array, x: Array) -> tuple[Finding, ...]:
        """List what differs from its goal, largest first."""
        icio, codes, final = self.icio, self.icio.result_economies, self.base.copy()
        final[icio.own] *= self.f[icio.home]
        total = self._totals((self._uses() + final) * self._factors())
        pairs = [f"{origin} → {destination}" for origin in codes for destination in codes]
        made = (x - Z.sum(axis=0)) @ self.members
        found = []
        for what, where, goals, reached in (
            ("trade growth not met", pairs, self.trade_goal.ravel(), total.ravel()),
            ("GDP growth not met", codes, np.where(self.given, self.gdp_goal, np.nan), made),
            ("cost share of inputs not kept", [*map(icio.label, range(len(x)))], self.share * x, Z.sum(axis=0)),
        ):
            gaps = goals - reached
            beyond = np.flatnonzero((np.abs(gaps) > MISSED * np.abs(goals)) & (np.abs(gaps) > icio.noise))
            found += [Finding(what, where[at], float(gaps[at]), "WARN") for at in beyond]
        return tuple(sorted(found, key=lambda one: -abs(one.size)))
