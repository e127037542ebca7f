"""From an inter-country table to value-added multipliers, by one factorisation."""

import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.linalg import LinAlgWarning, lu_factor, lu_solve
from scipy.linalg.lapack import dgetri
from scipy.sparse import csr_array, eye_array

from gvc import economies as eco
from gvc.amounts import ValueAdded, added_per_output, columns_of, reciprocal
from gvc.errors import GvcError, in_short
from gvc.icio import ICIO, by_row, must_be_table
from gvc.labels import Array, read_only

Factors = tuple[Array, Array]
Kept = TypeVar("Kept")


def input_coefficients(icio: ICIO) -> Array:
    r"""Input coefficients A.

    Parameters
    ----------
    icio : ICIO

    Returns
    -------
    (GN, GN) array
        :math:`A = Z\hat{x}^{-1}`, pure numbers. Row and column of an industry without output are 0: it uses nothing,
        and deliveries that the table records for it (one million USD in WIOD's 1999) are not inputs.

    Notes
    -----
    Miller and Blair (2009), equation 2.4.

    Examples
    --------
    >>> import gvc
    >>> A = input_coefficients(gvc.load_sample())
    >>> A.shape, round(float(A[0, 0]), 3)  # agriculture and mining in China, from itself
    ((55, 55), 0.109)
    """
    must_be_table(icio)
    A = icio.Z * reciprocal(icio.x)
    A[icio.x == 0] = 0
    return A


def value_added_coefficients(icio: ICIO, value_added: ValueAdded = None) -> Array:
    r"""Value added, or anything else that production uses, per unit of output, v.

    Every measure that has an argument `value_added` takes what this function takes.

    Parameters
    ----------
    icio : ICIO
    value_added : {"residual", "table", "taxes"}, name of an account, list of these names, Series or DataFrame, optional
        ``residual``, the default: output less the inputs that :func:`input_coefficients` counts,
        :math:`x - \iota'A\hat{x}`, which includes net taxes on products and margins. ``table``: the table's own row.
        ``taxes``: its row of taxes and margins. Or amounts that each industry of the table uses, such as persons,
        tonnes or labour income: one of the table's `accounts` by name, or several in a list; or a Series by (economy,
        sector), in any order; or several such amounts in the columns of a DataFrame.

    Returns
    -------
    (GN,) array, or (GN, k) of k accounts or a DataFrame with k columns
        Pure numbers, or the unit of the amounts per unit of the table; zero for an industry without output.

    Raises
    ------
    GvcError
        If amounts lack an industry of the table, have another label or no number, or are given for an industry
        without output.

    Notes
    -----
    Only with the residual do input coefficients and v add up to 1 in each column, so that :math:`v'B = \iota'`. A
    measure that divides exports with the residual divides :math:`v'B e`, what exports contain of them, with amounts.
    Of a DataFrame every measure gives its results side by side, under the names of the columns. In the result, the name
    and ``attrs["unit"]`` of the amounts take the place of value added and of the unit of the table.

    Examples
    --------
    >>> import gvc
    >>> table = gvc.load_sample()
    >>> v = value_added_coefficients(table)
    >>> print(f"{v[3]:.3f} in {table.label(3)}, {v[8]:.3f} in {table.label(8)}")
    0.193 in CHN Machinery, 0.294 in JPN Machinery
    """
    must_be_table(icio)
    v, _ = added_per_output(icio, value_added, "value_added")
    return v[:, 0] if columns_of(value_added) is None else v


def multipliers(icio: ICIO, value_added: ValueAdded = None) -> Array:
    r"""Value added of each economy in one unit of final use of each product, V·B.

    Parameters
    ----------
    icio : ICIO
    value_added : {"residual", "table", "taxes"}, name of an account, Series or DataFrame, optional
        See :func:`value_added_coefficients`.

    Returns
    -------
    (R, GN) array, read-only, or (R, GN, k) of a DataFrame with k columns
        Pure numbers, or the unit of the amounts per unit of the table. Row r: :math:`v_r' B` with
        :math:`B = (I - A)^{-1}` and :math:`v_r` the coefficients of economy r, zero elsewhere. With the residual as
        value added, columns sum to 1, or to 0 for an industry without output.

    Raises
    ------
    GvcError
        If :math:`I - A` is singular, or amounts do not fit the table.

    Notes
    -----
    Miller and Blair (2009), chapter 6 (multipliers). B is never formed: :math:`(I - A)'` is factorised once and solved
    for R right-hand sides. Later calls for the same table take no time, unless amounts are given.

    Examples
    --------
    >>> import gvc
    >>> table = gvc.load_sample()
    >>> VB = multipliers(table)
    >>> round(float(VB[0, 3]), 3), round(float(VB[:, 3].sum()), 12)  # China's in its machinery, and that of all
    (0.741, 1.0)
    """
    must_be_table(icio)

    def solve(v: Array) -> Array:
        V = np.zeros((len(v), len(icio.result_economies)), order="F")
        V[icio.own] = v
        return read_only(lu_solve(_factors(icio), V, overwrite_b=True, check_finite=False).T)

    if value_added is None or isinstance(value_added, str):
        name = f"multipliers, {value_added or 'residual'}"
        return _kept(icio, name, lambda: solve(value_added_coefficients(icio, value_added)))
    v = value_added_coefficients(icio, value_added)
    return solve(v) if v.ndim == 1 else read_only(np.stack([solve(column) for column in v.T], axis=-1))


def output_needed(icio: ICIO, demand: ArrayLike) -> Array:
    r"""Gross output required by final demand, B·y.

    Parameters
    ----------
    icio : ICIO
    demand : (GN,) or (GN, k) array, Series or DataFrame
        Final demand by product, in the unit of the table. Labelled demand is put in the order of the table.

    Returns
    -------
    array of the same shape
        In the unit of the table. :math:`(I - A)^{-1} y`, from the factors that :func:`multipliers` uses.

    Notes
    -----
    Miller and Blair (2009), equation 2.11.

    Examples
    --------
    >>> import gvc
    >>> table = gvc.load_sample()
    >>> needed = output_needed(table, table.demand.sum(axis=1))
    >>> round(float(needed.sum() / table.x.sum()), 4)  # rows of the sample fall a little short of output
    0.9991
    """
    output: Array = lu_solve(_factors(icio), by_row(icio, "demand", demand), trans=1, check_finite=False)
    return output


def embodied(icio: ICIO, per_output: ArrayLike) -> Array:
    r"""Amount of something used in production that one unit of final use of each product embodies, c·B.

    Parameters
    ----------
    icio : ICIO
    per_output : (GN,) or (GN, k) array, Series or DataFrame
        c, its amount per unit of output of each industry, in any unit. Labelled amounts are put in the order of the
        table.

    Returns
    -------
    array of the same shape
        :math:`B' c`, in the unit of `per_output`, from the factors that :func:`multipliers` uses.

    Notes
    -----
    Miller and Blair (2009), chapter 6 (multipliers).

    Examples
    --------
    >>> import gvc
    >>> table = gvc.load_sample()
    >>> content = embodied(table, value_added_coefficients(table))
    >>> round(float(content.min()), 12), round(float(content.max()), 12)  # every dollar is value added
    (1.0, 1.0)
    """
    content: Array = lu_solve(_factors(icio), by_row(icio, "per_output", per_output), check_finite=False)
    return content


def inverse(icio: ICIO) -> Array:
    r"""Leontief inverse B, for measures that use it block by block.

    Parameters
    ----------
    icio : ICIO

    Returns
    -------
    (GN, GN) array, read-only
        :math:`B = (I - A)^{-1}`, pure numbers, from the factors that :func:`multipliers` uses; kept for later
        calls.

    Notes
    -----
    Miller and Blair (2009), equation 2.11.

    Examples
    --------
    >>> import gvc
    >>> table = gvc.load_sample()
    >>> error = inverse(table) @ (np.eye(55) - input_coefficients(table)) - np.eye(55)
    >>> bool(abs(error).max() < 1e-12)
    True
    """
    must_be_table(icio)

    return _kept(icio, _INVERSE, lambda: read_only(_inverted(_factors(icio))))


def ghosh_inverse(icio: ICIO) -> Array:
    r"""Ghosh inverse: output of each industry that a unit of another's primary inputs enters, directly or not.

    Parameters
    ----------
    icio : ICIO

    Returns
    -------
    (GN, GN) array
        :math:`(I - \hat{x}^{-1} Z)^{-1} = \hat{x}^{-1} B \hat{x}`, pure numbers, from industries in rows to those in
        columns. An industry without output has 1 on the diagonal and 0 elsewhere.

    Notes
    -----
    Miller and Blair (2009), chapter 12: with v the primary inputs (output less inputs), :math:`x' = v' G`. Row sums are
    :func:`gvc.upstreamness`.

    Examples
    --------
    >>> import gvc
    >>> table = gvc.load_sample()
    >>> G = ghosh_inverse(table)
    >>> bool(np.allclose(value_added_coefficients(table) * table.x @ G, table.x))
    True
    """
    ghosh = inverse(icio) * reciprocal(icio.x)[:, None] * icio.x
    none = icio.x == 0
    ghosh[none, none] = 1
    return ghosh


def domestic_inverse(icio: ICIO) -> csr_array:
    r"""Leontief inverse of each economy on its own, L.

    Parameters
    ----------
    icio : ICIO

    Returns
    -------
    (GN, GN) sparse array
        :math:`L_{ss} = (I - A_{ss})^{-1}` on the diagonal, pure numbers, zero between economies: of (GN)² numbers
        it holds one in R. The parts of an economy form one block. Not kept: R small inverses cost little.

    Notes
    -----
    Wang, Wei and Zhu (2013) call it the local Leontief inverse.

    Examples
    --------
    >>> import gvc
    >>> table = gvc.load_sample()
    >>> L, B = domestic_inverse(table), inverse(table)
    >>> bool((L.toarray()[:5, :5] <= B[:5, :5]).all()), float(abs(L[:5, 5:]).max())  # China's block, and beyond
    (True, 0.0)
    """
    blocks = home_blocks(icio)
    inverses = [_inverted(_factor(icio, _coefficients(icio, own, own), own)).ravel() for own in blocks]
    rows = np.concatenate([own.repeat(len(own)) for own in blocks])
    columns = np.concatenate([np.tile(own, len(own)) for own in blocks])
    return csr_array((np.concatenate(inverses), (rows, columns)), shape=icio.Z.shape)


def imported_inputs(icio: ICIO) -> Array:
    """Input coefficients between economies: A with the block of each result economy set to 0.

    Parameters
    ----------
    icio : ICIO

    Returns
    -------
    (GN, GN) array
        Pure numbers.

    Examples
    --------
    >>> import gvc
    >>> table = gvc.load_sample()
    >>> imported = imported_inputs(table).sum(axis=0)
    >>> print(f"{imported[18]:.2f} in {table.label(18)}, {imported[3]:.2f} in {table.label(3)}")
    0.34 in TWN Machinery, 0.10 in CHN Machinery
    """
    A = input_coefficients(icio)
    for own in home_blocks(icio):
        A[np.ix_(own, own)] = 0
    return A


@dataclass(frozen=True)
class Solver:
    """What :func:`output_needed` and :func:`embodied` are with another inverse than the table's.

    Attributes
    ----------
    output_needed, embodied : callable
        From a (GN,) or (GN, k) array to one of the same shape.
    """

    output_needed: Callable[[Array | csr_array], Array]
    embodied: Callable[[Array], Array]


def without(icio: ICIO, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> Solver:
    r"""Leontief inverse of a table without some of its imported inputs.

    Parameters
    ----------
    icio : ICIO
    rows, columns : (k,) and (m,) arrays
        Industries, by position from 0. What the second buy from the first in another economy is taken away.

    Returns
    -------
    Solver
        With :math:`(I - A + A_E)^{-1}`, pure numbers, in place of B: :math:`A_E` is what is taken away.

    Raises
    ------
    GvcError
        If what is left has no inverse.

    Notes
    -----
    Of little that is taken away, in some rows or columns of A, :math:`A_E = UV` where U has few columns, and

    .. math:: (M + UV)^{-1} = M^{-1} - M^{-1} U (I + V M^{-1} U)^{-1} V M^{-1}

    with M the table's :math:`I - A`, whose factors are known. Where few imports are left, M are the inputs within each
    economy, as in :func:`domestic_inverse`, and UV the imports left, with the other sign. Else all that is left is
    factorised, which then takes fewest operations.

    Hager (1989), "Updating the inverse of a matrix", SIAM Review 31(2).

    Examples
    --------
    >>> import gvc
    >>> table = gvc.load_sample()
    >>> everyone, demand = np.arange(55), table.Y.sum(axis=1)
    >>> alone = without(table, everyone, everyone).output_needed(demand)
    >>> bool(np.allclose(alone, domestic_inverse(table) @ demand))  # where nobody imports inputs
    True
    """
    must_be_table(icio)
    size, everyone = len(icio.x), np.arange(len(icio.x))
    left = everyone, everyone
    if len(columns) == size:
        left = np.setdiff1d(everyone, rows), everyone
    elif len(rows) == size:
        left = everyone, np.setdiff1d(everyone, columns)
    rank, rank_left = (min(map(len, chosen)) for chosen in ((rows, columns), left))
    if 3 * size**2 * rank < rank_left**3:
        table = Solver(
            lambda demand: output_needed(icio, demand if isinstance(demand, np.ndarray) else demand.toarray()),
            lambda per_output: embodied(icio, per_output),
        )
        return _updated(icio, table, rows, columns, 1)
    if rank_left < size:
        L = domestic_inverse(icio)
        return _updated(icio, Solver(lambda demand: L @ demand, lambda per_output: L.T @ per_output), *left, -1)
    A = input_coefficients(icio)
    A[np.ix_(rows, columns)] -= _imported(icio, rows, columns)
    factors = _factor(icio, A, everyone)
    return Solver(
        lambda demand: lu_solve(factors, demand, trans=1, check_finite=False),
        lambda per_output: lu_solve(factors, per_output, check_finite=False),
    )


def _updated(icio: ICIO, known: Solver, rows: NDArray[np.intp], columns: NDArray[np.intp], sign: int) -> Solver:
    """Inverse of what another is known of, with imported inputs taken away or, with -1, added."""
    size, rank = len(icio.x), min(len(rows), len(columns))
    if not rank:
        return known
    imported, unit = sign * _imported(icio, rows, columns), eye_array(size, format="csr")
    if len(rows) == rank:
        U, V, few = unit[:, rows], np.zeros((rank, size)), rows
        V[:, columns] = imported
    else:
        U, V, few = np.zeros((size, rank)), unit[columns], columns
        U[rows] = imported
    reached = known.output_needed(U)
    factors = _factor(icio, -(V @ reached), few)

    def needed(demand: Array) -> Array:
        made = known.output_needed(demand)
        return made - reached @ lu_solve(factors, V @ made, trans=1, check_finite=False)

    def contained(per_output: Array) -> Array:
        return known.embodied(per_output - V.T @ lu_solve(factors, reached.T @ per_output, check_finite=False))

    return Solver(needed, contained)


def home_blocks(icio: ICIO) -> list[NDArray[np.intp]]:
    """Rows of Z of each result economy, its parts' among them.

    Parameters
    ----------
    icio : ICIO

    Returns
    -------
    list of arrays
        R of them, of positions from 0.

    Examples
    --------
    >>> import gvc
    >>> home_blocks(gvc.load_sample())[1].tolist()
    [5, 6, 7, 8, 9]
    """
    must_be_table(icio)
    return [np.flatnonzero(icio.home == economy) for economy in range(len(icio.result_economies))]


def by_industry(icio: ICIO, rows: Array) -> Array:
    """Sum over the parts of economies.

    Parameters
    ----------
    icio : ICIO
    rows : (GN, …) array

    Returns
    -------
    (R, N, …) array
        In the unit of what is summed.

    Examples
    --------
    >>> import gvc
    >>> table = gvc.load_sample()
    >>> by_industry(table, table.x)[1].tolist()  # Japan's output by sector, million USD
    [198318.0, 800499.0, 1497219.0, 1275958.0, 7561415.0]
    """
    must_be_table(icio)
    blocks = rows.reshape(len(icio.economies), len(icio.sectors), *rows.shape[1:])
    total: Array = np.tensordot(icio.membership.T, blocks, axes=1)
    return total


def as_block(icio: ICIO, group: str | Iterable[str], name: str | None = None) -> ICIO:
    """View a group as one economy whose members stay separate in the algebra.

    Every measure of this package then treats the group as a ``block``: trade between members is domestic, and so is
    their value added, but the industries of different members are not averaged.

    Parameters
    ----------
    icio : ICIO
    group : str or iterable of str
        A group of :data:`gvc.economies.GROUPS` or several economies.
    name : str, optional
        Label of the block. Default: the group's name, or the members' codes joined by ``+``.

    Returns
    -------
    ICIO
        The members are `parts` of the block, which takes the place of the first of them. Arrays, factors and inverse
        are shared with `icio`.

    Raises
    ------
    GvcError
        If the table does not show the group, or already has an economy of that name.

    Examples
    --------
    >>> import gvc
    >>> block = gvc.as_block(gvc.load_sample(), ["CHN", "JPN", "KOR"], "CJK")
    >>> block.result_economies[:2]
    ('CJK', 'TWN')
    >>> round(float(gvc.gross_exports(block).loc["CJK"].sum()))  # out of the three, million USD
    2842833
    """
    must_be_table(icio)
    members = eco.covered(group, icio.result_economies)
    if name is not None and not isinstance(name, str):
        raise GvcError("name", expected="a text", found=in_short(name), remedy='Pass it as in `name="EAST"`.')
    name = name or (group if isinstance(group, str) else "+".join(members))
    head = next(code for code in icio.economies if code in members)
    label = {head: name}
    whole = {code: name for code in icio.economies if icio.parts.get(code, code) in members and code != head}
    economies = tuple(label.get(code, code) for code in icio.economies)
    block = replace(icio, economies=economies, parts={**icio.parts, **whole})
    _factors(icio)
    block.kept.update({name: icio.kept[name] for name in (_FACTORS, _INVERSE) if name in icio.kept})
    return block


#: Names under which a table keeps what does not depend on who counts as one economy.
_FACTORS, _INVERSE = "factors", "inverse"


def _factors(icio: ICIO) -> Factors:
    must_be_table(icio)
    return _kept(icio, _FACTORS, lambda: _factor(icio, input_coefficients(icio), np.arange(len(icio.x))))


def _kept(icio: ICIO, name: str, compute: Callable[[], Kept]) -> Kept:
    """Compute once for a table."""
    if name not in icio.kept:
        icio.kept[name] = compute()
    kept: Kept = icio.kept[name]
    return kept


def _factor(icio: ICIO, A: Array, rows: NDArray[np.intp]) -> Factors:
    """LU of (I − A)′ between some industries, in place of A: the C-ordered I − A is its own transpose to LAPACK."""
    system = np.negative(A, out=A)
    system.flat[:: len(system) + 1] += 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LinAlgWarning)  # singularity is judged below
        triangles, order = lu_factor(system.T, overwrite_a=True, check_finite=False)
    pivots = np.abs(triangles.diagonal())
    # Rounding leaves a pivot that should be 0 at some eps, the more the larger the table; those of data are far above.
    if not pivots.min() > len(pivots) * np.finfo(float).eps * max(pivots.max(), 1):
        raise GvcError(
            icio.source or "table",
            expected="an invertible I − A",
            found="a singular one",
            remedy=f"Look at {icio.label(rows[pivots.argmin()])} and at what `check()` lists.",
        )
    return read_only(triangles), read_only(order)


def _inverted(factors: Factors) -> Array:
    """Inverse itself, by two thirds of the operations that solving for each unit vector takes."""
    inverse: Array = dgetri(*factors, lwork=64 * len(factors[0]))[0].T
    return inverse


def _coefficients(icio: ICIO, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> Array:
    """Take some rows and columns of A."""
    A: Array = icio.Z[np.ix_(rows, columns)] * reciprocal(icio.x)[columns]
    A[icio.x[rows] == 0] = 0
    return A


def _imported(icio: ICIO, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> Array:
    """Take from these rows and columns of A what crosses a border."""
    A = _coefficients(icio, rows, columns)
    A[icio.home[rows, None] == icio.home[columns]] = 0
    return A
