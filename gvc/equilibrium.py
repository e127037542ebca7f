r"""A trade model on an inter-country table: what other costs, duties or productivities would make of it.

Exact hat algebra: the equilibrium after a change is solved for in factors of change, so that the table itself says all
that a model must know but for its elasticities.
"""

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from gvc.checks import Finding
from gvc.errors import GvcError, must_be_flag, one_of
from gvc.icio import ICIO, must_be_table
from gvc.labels import Array, frozen, handed_over

Balances = Literal["fixed", "zero"]
Labelled = ArrayLike | pd.DataFrame | pd.Series

#: No price, output or wage moves by more than this part of itself in the last round.
TOLERANCE = 1e-10
#: Rounds after which an equilibrium is given up; real tables take 40 to 90, and up to 200 where balances can hardly be
#: paid.
ROUNDS = 2000
#: Below, a price index keeps fewer digits than `TOLERANCE`: it is a sum of shares, near 1, to the power of -1 / theta.
LEAST_ELASTICITY = 1e-6
#: What an error says of numbers that overflow, or vanish.
TOO_LARGE = "numbers too large or too small to compute with"
#: Rates of duty above this, 500 percent, are more likely a percentage.
HIGHEST_RATE = 5
#: Earlier rounds from which the next one is extrapolated.
MEMORY = 30


@dataclass(frozen=True, eq=False, repr=False)
class Counterfactual:
    """The economies of a table after a change, from :func:`counterfactual`.

    Attributes
    ----------
    wages : Series by economy
        Factor income relative to that before the change, with world factor income as numeraire: a pure number. NaN
        where nothing is earned.
    price_index : Series by economy
        Price of final demand, duty included, relative to that before the change. NaN where there is none.
    real_income : Series by economy
        Final demand at constant prices relative to that before the change: factor income, duty and balance, divided by
        the price index.
    residual : float
        Largest gap between the supply of a product or factor and the demand for it, as a share of the world's factor
        income.
    table : ICIO
        The world after the change, before duty, in the unit of the table and at its world factor income, so that every
        measure of this package applies to it. `va` is factor income. `taxes` are the duties on inputs and whatever else
        the table showed there, which keeps its share of factor income.
    findings : tuple of Finding
        What the model had to change in the table, and how much that was.

    Examples
    --------
    >>> import gvc
    >>> result = gvc.counterfactual(gvc.load_sample(), elasticity=4)
    >>> result
    <Counterfactual: 11 economies, residual 0>
    >>> print(result.findings[0])
    WARN  negative final demand: KOR Primary, set to zero (-145)
    """

    wages: pd.Series
    price_index: pd.Series
    real_income: pd.Series
    residual: float
    table: ICIO
    findings: tuple[Finding, ...]

    def __repr__(self) -> str:
        return f"<Counterfactual: {len(self.wages)} economies, residual {self.residual:.1g}>"


def counterfactual(
    icio: ICIO,
    *,
    costs: Labelled | None = None,
    tariffs: tuple[Labelled, Labelled] | None = None,
    productivity: Labelled | None = None,
    elasticity: float | Labelled | Mapping[str, float],
    balances: Balances = "fixed",
    above_500_percent: bool = False,
) -> Counterfactual:
    r"""Equilibrium of a trade model on a table after a change in costs, duties or productivities.

    Each user, an industry or an economy's final demand, spends a fixed share on each product and chooses among its
    origins by cost. Each user has its own shares of origins, so that without a change the model reproduces the table.
    Each economy has one factor of production, fixed in supply and mobile between industries; the parts of an economy
    share it. Markets are competitive.

    Parameters
    ----------
    icio : ICIO
        Value added is the residual. Output is the sum of its uses: where the rows of a table do not add up, the
        difference goes to value added. Negative entries of `Z` and `Y` are set to zero, and so are inputs of an
        industry without output; a warning and `findings` list these and the
        gaps in rows, with their sizes.
    costs : (GN, G) array or DataFrame, optional
        Iceberg cost of each product (row) to each economy (column), as a multiple of that before the change, above 0. A
        product's own economy is a destination like any other. Default: 1.
    tariffs : pair of (GN, G) arrays or DataFrames, optional
        Rates of duty before and after the change, by product and importer, above -1; 0.25 is 25 percent. Rates above 5
        are refused, as percentages that were meant, unless `above_500_percent`. Duty is paid on the value in the table
        and is income of the importer's consumers. Default: 0.
    productivity : (GN,) array or Series, optional
        Productivity of each industry, as a multiple of that before the change, above 0. Default: 1.
    elasticity : float, (N,) or (N, 2) array, Series, DataFrame or Mapping by sector
        :math:`\theta`, 1e-6 at least: an origin's share varies with its cost to the power :math:`-\theta`, so that the
        elasticity of substitution is :math:`\theta + 1`. Of two columns, ``imports`` and ``home``, the first applies
        between foreign origins (and between the parts of the home economy), the second between home and imports, as in
        ``[[8, 4]] * N`` for all sectors.
    balances : {"fixed", "zero"}
        Whether an economy's spending beyond its income stays as before, in units of world factor income, or is set to
        zero first, in which case changes are relative to that equilibrium.
    above_500_percent : bool
        Whether rates of duty above 5 are meant.

    Returns
    -------
    Counterfactual
        Values relative to those before the change, by economy (pure numbers); world factor income is the numeraire.

    Raises
    ------
    GvcError
        If a shape, a label or a number is not valid, an economy has negative income or spends none of it, or the solver
        finds no equilibrium with positive final demand within 1e-10, as where so little is traded that a balance cannot
        be paid.

    Warns
    -----
    UserWarning
        If something in the table had to be changed.

    Notes
    -----
    Primes denote values after the change, hats their ratio to values before. Product n of economy i has unit cost

    .. math:: \hat c_{in} = \hat w_i^{\gamma_{in}} \prod_m \hat P_{m,in}^{\alpha_{m,in}} / \hat T_{in}

    with :math:`\alpha_{m,in}` the cost share of product m, duty included,
    :math:`\gamma_{in} = 1 - \sum_m \alpha_{m,in}` the factor's, and T productivity. User u in economy d faces

    .. math::
        \hat p_{in,d} = \hat c_{in} \hat\kappa_{in,d} \frac{1 + t'_{in,d}}{1 + t_{in,d}}, \qquad
        \hat P_{n,u} = \Big(\sum_i \pi_{in,u} \hat p_{in,d}^{-\theta_n}\Big)^{-1/\theta_n}, \qquad
        \hat\pi_{in,u} = (\hat p_{in,d} / \hat P_{n,u})^{-\theta_n}

    with :math:`\pi_{in,u}` the share of origin i in its spending on n, duty included. With two elasticities, the same
    holds first among origins and then between the two bundles. Output is what all users buy, before duty,

    .. math:: x'_{in} = \sum_u \frac{\pi'_{in,u} \alpha_{n,u} S'_u}{1 + t'_{in,d}}

    with :math:`S'_u` output :math:`x'_u` or, for final demand, the sum of factor income
    :math:`\hat w_d F_d = \sum_n \gamma_{dn} x'_{dn}`, duties and balance. The price index of final demand is
    :math:`\prod_n \hat P_{n,u}^{\alpha_{n,u}}`. Each round computes unit costs from the last prices, outputs from the
    last spending and wages from factor income; rounds are extrapolated by the method of Anderson (1965).

    Dekle, Eaton and Kortum (2007), "Unbalanced Trade", American Economic Review 97(2), for exact hat algebra; Caliendo
    and Parro (2015), Review of Economic Studies 82(1), for industries, inputs and duties.

    Examples
    --------
    American users pay a quarter more for goods from China, and the extra cost is lost in transit:

    >>> import gvc
    >>> table = gvc.load_sample()
    >>> products = pd.MultiIndex.from_product([table.economies, table.sectors])
    >>> costs = pd.DataFrame(1.0, index=products, columns=table.economies)
    >>> costs.loc[("CHN", ["Primary", "Light", "Materials", "Machinery"]), "USA"] = 1.25
    >>> result = gvc.counterfactual(table, costs=costs, elasticity=4)
    >>> (100 * (result.real_income - 1)).round(2)[["CHN", "MEX", "USA"]]
    economy
    CHN   -0.35
    MEX    0.13
    USA   -0.25
    Name: real_income, dtype: float64

    If the extra cost is a duty, they receive the revenue:

    >>> none = costs - costs
    >>> result = gvc.counterfactual(table, tariffs=(none, costs - 1), elasticity=4)
    >>> (100 * (result.real_income - 1)).round(2)[["CHN", "MEX", "USA"]]
    economy
    CHN   -0.41
    MEX    0.13
    USA   -0.01
    Name: real_income, dtype: float64

    Every measure applies to the new table. China's share of the foreign value added in American exports, in percent:

    >>> for year in (table, result.table):
    ...     print(round(gvc.origin_share(gvc.value_added_in_exports(year), "CHN", "USA"), 1))
    11.9
    7.4
    """
    must_be_table(icio)
    one_of("balances", balances, ("fixed", "zero"))
    must_be_flag("above_500_percent", above_500_percent)
    theta = _elasticities(icio, elasticity)
    cost = _numbers(icio, "costs", costs, default=1, above=0)
    before, after = (
        _numbers(
            icio, f"tariffs, {when}", rates, default=0, above=-1, most=np.inf if above_500_percent else HIGHEST_RATE
        )
        for when, rates in zip(("before", "after"), _pair(tariffs), strict=True)
    )
    gain = _numbers(icio, "productivity", productivity, default=1, above=0, by_destination=False)
    uses, findings = _uses(icio)
    start = world = _World(icio, uses, theta, before)
    _must_earn_and_spend(world)
    # What a table prints beside value added holds the duties of then, if it prints any.
    other = icio.taxes.reshape(world.earned.shape) - world.duty if icio.taxes.any() else np.zeros_like(world.earned)
    other_share = _ratio(other, world.earned, 0)
    if balances == "zero":
        nothing = np.zeros_like(cost), before, np.zeros_like(gain), np.zeros_like(world.balance)
        start = _World(icio, world.after(_Change(*nothing)).uses, theta, before)
    wedge = np.log(cost) + np.log1p(after) - np.log1p(before)
    end = start.after(_Change(wedge, after, np.log(gain), world.balance * (balances == "fixed")))

    new = _World(icio, end.uses, theta, after)
    G, N = new.x.shape
    taxes = other_share * new.earned
    index = pd.Index(icio.result_economies, name="economy")
    return Counterfactual(
        wages=pd.Series(np.where(start.income > 0, end.wages, np.nan), index, name="wages"),
        price_index=pd.Series(end.prices, index, name="price_index"),
        real_income=pd.Series(end.real, index, name="real_income"),
        residual=end.residual,
        table=ICIO(
            economies=icio.economies,
            sectors=icio.sectors,
            Z=handed_over(end.uses[..., :N].reshape(G * N, G * N)),
            Y=end.uses[..., N].reshape(G * N, G),
            x=new.x.ravel(),
            va=(new.earned - taxes).ravel(),
            year=icio.year,
            source=f"{icio.source or 'table'}, counterfactual",
            unit=icio.unit,
            parts=icio.parts,
            taxes=(taxes + new.duty).ravel(),
        ),
        findings=findings,
    )


# -- what is given --------------------------------------------------------------------------------------------------


def _numbers(
    table: ICIO,
    name: str,
    given: Labelled | None,
    *,
    default: float,
    above: float,
    most: float = np.inf,
    by_destination: bool = True,
) -> Array:
    """Numbers by economy and sector of the product and, if so, its destination: (G, N) or (G, N, G)."""
    products = [(economy, sector) for economy in table.economies for sector in table.sectors]
    destinations = [(economy,) for economy in table.economies]
    axes = (products, destinations) if by_destination else (products,)
    shape = (len(table.economies), len(table.sectors), len(table.economies))[: len(axes) + 1]
    if given is None:
        return np.full(shape, float(default))
    numbers = frozen(name, given, axes)
    odd = np.argwhere(~((numbers > above) & (numbers <= most)))
    if len(odd):
        place = tuple(odd[0])
        high = numbers[place] > most
        raise GvcError(
            f"{name}, {' × '.join(' '.join(labels[at]) for labels, at in zip(axes, place, strict=True))}",
            expected="rates, not percent: write 0.25 for 25 percent" if high else f"a number above {above}",
            found=f"{numbers[place]:g}",
            remedy=f"If rates above {most:.0%} are meant, pass `above_500_percent=True`."
            if high
            else "Give factors of change as 1.25 and rates of duty as 0.25, both for 25 percent more.",
        )
    return numbers.reshape(shape)


def _pair(tariffs: tuple[Labelled, Labelled] | None) -> tuple[Labelled | None, Labelled | None]:
    if tariffs is None:
        return None, None
    # An array of no dimension has a length that cannot be asked for.
    length = len(tariffs) if np.iterable(tariffs) and hasattr(tariffs, "__len__") else None
    if isinstance(tariffs, pd.DataFrame) or length != 2:
        size = "" if length is None else f" of {length}"
        raise GvcError(
            "tariffs",
            expected="rates before and after, a pair",
            found=f"a {type(tariffs).__name__}{size}",
            remedy="Where there was no duty before, give zeros of the same shape.",
        )
    return tariffs


def _elasticities(table: ICIO, given: float | Labelled | Mapping[str, float]) -> Array:
    """(N, 2): between origins, and between home and imports."""
    sectors = [(sector,) for sector in table.sectors]
    if isinstance(given, Mapping):
        given = pd.Series(given)
    if isinstance(given, str) or not np.iterable(given):
        given = np.full(len(sectors), given)
    if np.ndim(np.asarray(given, dtype=object)) == 2:
        theta = frozen("elasticity", given, (sectors, [("imports",), ("home",)]))
    else:
        theta = np.repeat(frozen("elasticity", given, (sectors,))[:, None], 2, axis=1)
    if not (theta >= LEAST_ELASTICITY).all():
        sector = np.argwhere(~(theta >= LEAST_ELASTICITY))[0][0]
        raise GvcError(
            f"elasticity, {table.sectors[sector]}",
            expected=f"a number above 0, of {LEAST_ELASTICITY:g} at least: shares move with cost to minus its power",
            found=f"{theta[sector].min():g}",
            remedy="Give it without its sign; where trade does not react, give a small number such as 0.1.",
        )
    return theta


def _uses(table: ICIO) -> tuple[Array, tuple[Finding, ...]]:
    """Take from a table what the model can, and say what it cannot.

    Uses (G, N, G, N + 1) of each product, by economy and sector, in each economy, by its industries and final demand.
    """
    G, N = len(table.economies), len(table.sectors)
    uses = np.empty((G, N, G, N + 1))
    uses[..., :N] = table.Z.reshape(G, N, G, N)
    uses[..., N] = table.Y.reshape(G, N, G)
    gap = np.abs(table.x - uses.reshape(G * N, -1).sum(axis=1))
    findings = []
    for what, block in (("negative intermediate delivery", uses[..., :N]), ("negative final demand", uses[..., N])):
        below = block < 0
        if below.any():
            g, n = np.nonzero(below)[:2]
            sizes = np.zeros(G * N)
            np.add.at(sizes, g * N + n, block[below])
            findings.append(_finding(table, what, "set to zero", sizes))
            block[below] = 0
    lacking = np.zeros(G * N)
    while True:
        inputs = np.einsum("gndk->dk", uses[..., :N])
        idle = np.einsum("gndk->gn", uses) == 0
        lost = np.where(idle, inputs, 0)
        if not lost.any():
            break
        lacking += lost.ravel()
        d, k = np.nonzero(lost)
        uses[:, :, d, k] = 0
    if lacking.any():
        findings.append(_finding(table, "inputs without output", "set to zero", lacking))
    if (gap > table.noise).any():
        findings.append(_finding(table, "row balance", "output is the sum of its uses", gap * (gap > table.noise)))
    if findings:
        said = "; ".join(f"{one.what}: {one.where} ({one.size:,.6g})" for one in findings)
        warnings.warn(f"{table.source or 'table'}: {said}", stacklevel=3)
    return uses, tuple(findings)


def _finding(table: ICIO, what: str, done: str, sizes: Array) -> Finding:
    """Say in one line which industry has most of something, how many others have it, and how much it is in all."""
    others = np.count_nonzero(sizes) - 1
    most = table.label(int(np.abs(sizes).argmax()))
    return Finding(what, f"{most}{f' and {others:,} more' if others else ''}, {done}", float(sizes.sum()), "WARN")


def _must_earn_and_spend(world: "_World") -> None:
    odd = np.flatnonzero((world.income < 0) | ((world.income > 0) & (world.demand == 0)))
    if odd.size:
        name = world.table.result_economies[odd[0]]
        raise GvcError(
            f"{world.table.source or 'table'}, {name}",
            expected="factor income above 0, and final demand for it",
            found=f"an income of {world.income[odd[0]]:,.6g}, a final demand of {world.demand[odd[0]]:,.6g}",
            remedy="In Python, name it as a part of another in `parts`, or `aggregate` it with another.",
        )


# -- the model ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Change:
    """What changes: log costs with duty, rates after, log productivity, and balances after."""

    wedge: Array
    rates: Array
    productivity: Array
    balance: Array


@dataclass(frozen=True)
class _Round:
    """What a round makes of a state: its image, and how far that is from it at most.

    Of the prices in the state also follow those of final demand (G,), its spending (R,) as a factor, and by how much
    uses change: by product and destination (G, N, G), times a factor of the bundle by product and user (N, G, N + 1).
    """

    image: Array
    gap: float
    prices: Array
    spending: Array
    cheaper: Array
    moved: list[Array]


@dataclass(frozen=True)
class _Equilibrium:
    """Uses before duty (G, N, G, N + 1); factors of wages, of prices of final demand and of its volume, (R,)."""

    uses: Array
    wages: Array
    prices: Array
    real: Array
    residual: float


class _World:
    """A table as the model sees it.

    Axes are economy and sector of a product, g and n, and economy and user of who buys it, d and k; the users of an
    economy are its N industries and, last, its final demand.
    """

    def __init__(self, table: ICIO, uses: Array, theta: Array, rates: Array) -> None:
        self.table, self.uses, self.theta, self.rates = table, uses, theta, rates
        self.member, self.home = table.membership, table.membership.argmax(axis=1)
        # Pairs of economies whose trade is in a bundle of its own; with one tier, all origins are in the same bundle.
        same = np.equal.outer(self.home, self.home) & (theta[:, 0] != theta[:, 1]).any()
        self.pairs, self.others = np.argwhere(same), ~same[:, None, :]
        self.bundles = self.over_origins(1 + rates)
        self.spent: Array = sum(self.bundles[1:], self.bundles[0])
        N = uses.shape[1]
        self.to_final = uses[..., N].copy()  # close together: it is read in each round
        self.x = np.einsum("gndk->gn", uses)
        inputs = self.spent[..., :N].sum(axis=0)
        self.duty = inputs - np.einsum("gndk->dk", uses[..., :N])
        self.earned = self.x - inputs
        self.final = self.spent[..., N].sum(axis=0)
        self.income = self.earned.sum(axis=1) @ self.member
        self.demand = self.final @ self.member
        self.balance = self.demand - self.income - (rates * uses.sum(axis=3)).sum(axis=(0, 1)) @ self.member
        self.factor_share = _ratio(self.earned, self.x, 0)
        self.cost_share = _ratio(self.spent, np.column_stack([self.x, self.final]), 0)

    def over_origins(self, weights: Array) -> list[Array]:
        """Sum weighted uses over origins, (N, G, N + 1): over all, or over those abroad and those at home."""
        bundles = [np.einsum("gnd,gndk->ndk", weights * self.others, self.uses)]
        if len(self.pairs):
            bundles.append(np.zeros_like(bundles[0]))
            for g, d in self.pairs:
                bundles[1][:, d] += weights[g, :, d, None] * self.uses[g, :, d]
        return bundles

    def over_industries(self, weights: list[Array]) -> Array:
        """Sum uses weighted by bundle over the industries of an economy: (G, N, G)."""
        N = self.uses.shape[1]
        sold: Array = np.einsum("gndk,ndk->gnd", self.uses[..., :N], weights[0][..., :N])
        for g, d in self.pairs:
            sold[g, :, d] = (self.uses[g, :, d, :N] * weights[1][:, d, :N]).sum(axis=1)
        return sold

    def of_final_demand(self, weights: list[Array]) -> Array:
        """Weigh uses of final demand by bundle: (G, N, G)."""
        N = self.uses.shape[1]
        sold = self.to_final * weights[0][..., N]
        for g, d in self.pairs:
            sold[g, :, d] = self.to_final[g, :, d] * weights[1][:, d, N]
        return sold

    def round(self, state: Array, change: _Change) -> _Round:
        """Compute unit costs, outputs and wages from the last."""
        G, N = self.x.shape
        log_cost, output, log_wages = np.split(state, [G * N, 2 * G * N])
        log_cost, output, wages = log_cost.reshape(G, N), output.reshape(G, N), np.exp(log_wages)
        upper, lower = self.theta.T[:, :, None, None]

        cheaper = np.exp(-upper[:, 0] * (log_cost[:, :, None] + change.wedge)) * (1 + self.rates)
        bundles = [_ratio(new, old, 1) for new, old in zip(self.over_origins(cheaper), self.bundles, strict=True)]
        tiers = [bundle ** (lower / upper) for bundle in bundles] if len(self.pairs) else bundles
        whole = sum((old * tier for old, tier in zip(self.bundles, tiers, strict=True)), np.zeros_like(self.spent))
        whole = _ratio(whole, self.spent, 1)
        prices = -(self.cost_share * np.log(whole) / lower).sum(axis=0)
        new_cost = self.factor_share * log_wages[self.home, None] + prices[:, :N] - change.productivity

        cheaper /= 1 + change.rates
        moved = [tier / (bundle * whole) for tier, bundle in zip(tiers, bundles, strict=True)]
        sold = cheaper * self.over_industries([factor[..., :N] * output for factor in moved])
        sold_per_final = cheaper * self.of_final_demand(moved)
        duty, duty_per_final = ((change.rates * one).sum(axis=(0, 1)) @ self.member for one in (sold, sold_per_final))
        spending = _ratio(wages * self.income + change.balance + duty, self.demand - duty_per_final, 1)
        sold += sold_per_final * spending[self.home]
        made = sold.sum(axis=2)

        earned = (self.factor_share * made).sum(axis=1) @ self.member
        wanted = _ratio(earned, wages * self.income, 1)
        # Wages move until trade balances, not until the factor is employed, although either follows from the other:
        # where trade nearly ends, the factor is employed at any wage. Not all the way: what is dearer is exported less
        # and imported more, the more so the larger the elasticities.
        trade = self.member.T @ sold.sum(axis=1) @ self.member
        np.fill_diagonal(trade, 0)
        received = trade.sum(axis=1) + np.maximum(change.balance, 0)
        balanced = _ratio(received, trade.sum(axis=0) - np.minimum(change.balance, 0), 1)
        new_wages = log_wages + np.log(np.clip(balanced, 0.01, 100)) / (1 + self.theta.mean())
        new_wages -= np.log(np.exp(new_wages) @ self.income / self.income.sum())
        image = np.concatenate([new_cost.ravel(), _ratio(made, self.x, 1).ravel(), new_wages])
        gap = float(np.abs(np.concatenate([image - state, wanted - 1])).max())
        return _Round(image, gap, prices[:, N], spending, cheaper, moved)

    def after(self, change: _Change) -> _Equilibrium:
        """Find the equilibrium. Its uses take the place of this world's: there is one array of that size."""
        G, N = self.x.shape
        start = np.concatenate([np.zeros(G * N), np.ones(G * N), np.zeros(len(self.income))])
        with np.errstate(all="ignore"):  # what overflows on the way is not extrapolated from
            state, found = _fixed_point(lambda state: self.round(state, change), start)
            if not found.gap <= TOLERANCE or (found.spending < 0).any():
                raise self._none(change, self._why_none(found))
            prices = np.exp(_ratio((self.final * found.prices) @ self.member, self.demand, np.nan))
            real = found.spending / prices
        if not ((np.isfinite(real) & (prices > 0)) | (self.demand == 0)).all():
            raise self._none(change, TOO_LARGE)
        output = self._moved(state, found)
        made = np.einsum("gndk->gn", self.uses)
        wages = np.exp(state[2 * G * N :])
        idle = (self.factor_share * made).sum(axis=1) @ self.member - wages * self.income
        residual = np.abs([*(made - self.x * output).ravel(), *idle]).max() / self.income.sum()
        return _Equilibrium(self.uses, wages, prices, real, float(residual))

    def _moved(self, state: Array, found: _Round) -> Array:
        """Let uses be those of a round, and return the outputs (G, N) in it, as factors of change."""
        G, N = self.x.shape
        # Of an industry that all but ends, an output below 0 is within `TOLERANCE` of it; the residual counts the gap.
        output = np.maximum(state[G * N : 2 * G * N], 0).reshape(G, N)
        growth = np.column_stack([output, found.spending[self.home]])
        weights = [factor * growth for factor in found.moved]
        own = [self.uses[g, :, d] * weights[1][:, d] for g, d in self.pairs]
        self.uses *= weights[0]
        for (g, d), uses in zip(self.pairs, own, strict=True):
            self.uses[g, :, d] = uses
        self.uses *= found.cheaper[..., None]
        return output

    def _none(self, change: _Change, found: str) -> GvcError:
        return GvcError(
            f"counterfactual of {self.table.source or 'table'}",
            expected="an equilibrium in which all economies have something to spend",
            found=found,
            remedy="Try a smaller change" + (", or set balances to zero." if change.balance.any() else "."),
        )

    def _why_none(self, found: _Round) -> str:
        """Say why there is no equilibrium, as far as the last round tells."""
        if not np.isfinite(found.gap):
            return TOO_LARGE
        if (below := np.flatnonzero(found.spending < 0)).size:
            last = "" if found.gap <= TOLERANCE else f", after {ROUNDS:,} rounds"
            return f"none for {self.table.result_economies[below[0]]}, which owes more than it earns{last}"
        return f"a gap of {found.gap:.0e} after {ROUNDS:,} rounds"


def _fixed_point(advance: Callable[[Array], _Round], state: Array) -> tuple[Array, _Round]:
    """Iterate until nothing moves, extrapolating from the last rounds (Anderson 1965), or until `ROUNDS` are over."""
    past = _Past(len(state))
    safe, least = state, np.inf
    for _ in range(ROUNDS):
        now = advance(state)
        if now.gap <= TOLERANCE:
            break
        if now.gap < 10 * least:
            safe, least = now.image, min(least, now.gap)
            state = past.extrapolated(now.image - state, now.image)
        else:  # too far, or not a number: go on from the last good round
            state, least, past = safe, np.inf, _Past(len(state))
    return state, now


class _Past:
    """What moved from round to round, of the last `MEMORY`: steps of length one, and what the images moved with them.

    Where rounds take a millisecond, to lay all of them out anew for each would take another half.
    """

    def __init__(self, size: int) -> None:
        self.steps, self.shifts = np.empty((2, MEMORY, size))
        self.products = np.empty((MEMORY, MEMORY))
        self.number = 0
        self.last: tuple[Array, Array] | None = None

    def extrapolated(self, move: Array, image: Array) -> Array:
        """Mix the images of rounds so that what moved in them would cancel, were all linear."""
        if self.last is not None:
            at = self.number % MEMORY
            step = move - self.last[0]
            size = np.linalg.norm(step)
            if 0 < size < np.inf:  # of a step that is none there is no direction
                self.steps[at], self.shifts[at] = step / size, (image - self.last[1]) / size
                self.number += 1
                held = min(self.number, MEMORY)
                self.products[at, :held] = self.products[:held, at] = self.steps[:held] @ self.steps[at]
        self.last = move, image
        held = min(self.number, MEMORY)
        if not held:
            return image
        weights = np.linalg.lstsq(self.products[:held, :held], self.steps[:held] @ move, rcond=1e-14)[0]
        mixed: Array = image - weights @ self.shifts[:held]
        return mixed


def _ratio(over: Array, under: Array, otherwise: float) -> Array:
    """Divide, where there is something to divide by."""
    return np.divide(over, under, out=np.full_like(over, otherwise), where=under != 0)
