"""From an inter-country table to value-added multipliers, by one factorisation."""

import warnings
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import LinAlgWarning, lu_factor, lu_solve

from gvc import economies as eco
from gvc.errors import GvcError, one_of
from gvc.icio import ICIO, Array

ValueAdded = Literal["residual", "table"]


def input_coefficients(icio: ICIO) -> Array:
    r"""Input coefficients A.

    Returns
    -------
    (GN, GN) array
        :math:`A = Z\hat{x}^{-1}`; row and column of an industry without output are 0: it uses nothing, and
        what it delivers all the same (one million USD in WIOD's 1999) is not an input.

    Notes
    -----
    Miller and Blair (2009), equation 2.4.
    """
    A = icio.Z * _reciprocal(icio.x)
    A[icio.x == 0] = 0
    return A


def value_added_coefficients(icio: ICIO, value_added: ValueAdded = "residual") -> Array:
    r"""Value added per unit of output, v.

    Parameters
    ----------
    icio : ICIO
    value_added : {"residual", "table"}
        What remains of output after the inputs that :func:`input_coefficients` counts,
        :math:`x - \iota'A\hat{x}`, which includes net taxes on products and margins; or the table's own row.

    Returns
    -------
    (GN,) array
        Zero for an industry without output.
    """
    one_of("value_added", value_added, ("residual", "table"))
    made = (icio.x != 0).astype(float)
    amount = icio.x - made @ icio.Z if value_added == "residual" else icio.va
    return amount * _reciprocal(icio.x)


def multipliers(icio: ICIO, value_added: ValueAdded = "residual") -> Array:
    r"""Value added of each economy in one unit of final use of each product, V·B.

    Returns
    -------
    (R, GN) array
        Row r: :math:`v_r' B` with :math:`B = (I - A)^{-1}` and :math:`v_r` the coefficients of economy r,
        zero elsewhere. With the residual as value added, columns sum to 1, to 0 for an industry without output.

    Raises
    ------
    GvcError
        If :math:`I - A` is singular.

    Notes
    -----
    Miller and Blair (2009), chapter 6 (multipliers). B is never formed: :math:`(I - A)'` is factorised once and solved
    for R right-hand sides. Asking again for the same table costs nothing.
    """
    one_of("value_added", value_added, ("residual", "table"))
    memo = _MEMO.setdefault(icio, {})
    if value_added not in memo:
        v = value_added_coefficients(icio, value_added)
        V = np.zeros((len(v), len(icio.result_economies)), order="F")
        V[icio.own] = v
        VB = lu_solve(_factors(icio), V, overwrite_b=True, check_finite=False).T
        VB.setflags(write=False)
        memo[value_added] = VB
    return memo[value_added]


def output_needed(icio: ICIO, demand: Array) -> Array:
    r"""Gross output that final demands call forth, B·y.

    Parameters
    ----------
    icio : ICIO
    demand : (GN,) or (GN, k) array
        Final demand by product, in the unit of the table.

    Returns
    -------
    array of the same shape
        :math:`(I - A)^{-1} y`, from the factors that :func:`multipliers` uses.

    Notes
    -----
    Miller and Blair (2009), equation 2.11.
    """
    output: Array = lu_solve(_factors(icio), demand, trans=1, check_finite=False)
    return output


def embodied(icio: ICIO, per_output: Array) -> Array:
    r"""Trace what one unit of final use of each product embodies of something used in production, c·B.

    Parameters
    ----------
    icio : ICIO
    per_output : (GN,) or (GN, k) array
        c, its amount per unit of output of each industry.

    Returns
    -------
    array of the same shape
        :math:`B' c`, from the factors that :func:`multipliers` uses.

    Notes
    -----
    Miller and Blair (2009), chapter 6 (multipliers).
    """
    content: Array = lu_solve(_factors(icio), per_output, check_finite=False)
    return content


def inverse(icio: ICIO) -> Array:
    r"""Leontief inverse B itself, for measures that take it block by block.

    Returns
    -------
    (GN, GN) array
        :math:`B = (I - A)^{-1}`, from the factors that :func:`multipliers` uses, kept for the next question.

    Notes
    -----
    Miller and Blair (2009), equation 2.11.
    """
    memo = _MEMO.setdefault(icio, {})
    if "inverse" not in memo:
        B = lu_solve(_factors(icio), np.eye(len(icio.x)), overwrite_b=True, check_finite=False).T
        B.setflags(write=False)
        memo["inverse"] = B
    return memo["inverse"]


def domestic_inverse(icio: ICIO) -> Array:
    r"""Leontief inverse of each economy on its own, L.

    Returns
    -------
    (GN, GN) array
        :math:`L_{ss} = (I - A_{ss})^{-1}` on the diagonal, zero between economies. The parts of an economy
        form one block. Not kept: R small inverses cost less than the memory.

    Notes
    -----
    Wang, Wei and Zhu (2013) call it the local Leontief inverse.
    """
    A = input_coefficients(icio)
    L = np.zeros_like(A)
    for own in home_blocks(icio):
        block = np.ix_(own, own)
        L[block] = np.linalg.inv(np.eye(len(own)) - A[block])
    return L


def imported_inputs(icio: ICIO) -> Array:
    """Input coefficients between economies: A with the block of each result economy set to 0.

    Returns
    -------
    (GN, GN) array
    """
    A = input_coefficients(icio)
    for own in home_blocks(icio):
        A[np.ix_(own, own)] = 0
    return A


def home_blocks(icio: ICIO) -> list[NDArray[np.intp]]:
    """Rows of Z of each result economy, its parts' among them."""
    return [np.flatnonzero(icio.home == economy) for economy in range(len(icio.result_economies))]


def by_industry(icio: ICIO, rows: Array) -> Array:
    """Sum a (GN, …) array over parts to (R, N, …)."""
    blocks = rows.reshape(len(icio.economies), len(icio.sectors), *rows.shape[1:])
    total: Array = np.tensordot(icio.membership.T, blocks, axes=1)
    return total


def as_block(icio: ICIO, group: str | Iterable[str], name: str | None = None) -> ICIO:
    """See a group as one economy whose members stay apart in the algebra.

    Every measure of this package then treats the group as a ``block``: trade between members is domestic, and
    so is their value added, yet no member's industries are averaged with another's.

    Parameters
    ----------
    icio : ICIO
    group : str or iterable of str
        A group of :data:`gvc.economies.GROUPS` or several economies.
    name : str, optional
        Label of the block. Default: the group's name, or its members' joined by ``+``.

    Returns
    -------
    ICIO
        The members are `parts` of the block, which stands in the place of the first of them. The arrays, the
        factors and the inverse are shared with `icio`.

    Raises
    ------
    GvcError
        If the table does not show the group, or already has an economy of that name.
    """
    members = eco.covered(group, icio.result_economies)
    name = name or (group if isinstance(group, str) else "+".join(members))
    head = next(code for code in icio.economies if code in members)
    label = {head: name}
    whole = {code: name for code in icio.economies if icio.parts.get(code, code) in members and code != head}
    economies = tuple(label.get(code, code) for code in icio.economies)
    block = replace(icio, economies=economies, parts={**icio.parts, **whole})
    _FACTORS[block] = _factors(icio)
    _MEMO[block] = {key: kept for key, kept in _MEMO.get(icio, {}).items() if key == "inverse"}
    return block


Factors = tuple[Array, Array]
_MEMO: WeakKeyDictionary[ICIO, dict[str, Array]] = WeakKeyDictionary()
_FACTORS: WeakKeyDictionary[ICIO, Factors] = WeakKeyDictionary()


def _factors(icio: ICIO) -> Factors:
    if icio not in _FACTORS:
        _FACTORS[icio] = _factor(icio)
    return _FACTORS[icio]


def _factor(icio: ICIO) -> Factors:
    """LU of (I − A)′, in place: the C-ordered I − A is its own transpose to LAPACK."""
    system = input_coefficients(icio)
    np.negative(system, out=system)
    system.flat[:: len(system) + 1] += 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LinAlgWarning)  # singularity is judged below
        factors: Factors = lu_factor(system.T, overwrite_a=True, check_finite=False)
    pivots = np.abs(factors[0].diagonal())
    if not pivots.min() > np.finfo(float).eps * pivots.max():
        raise GvcError(
            icio.source or "table",
            expected="an invertible I − A",
            found="a singular one",
            remedy=f"Look at {icio.label(int(pivots.argmin()))} and at what `check()` lists.",
        )
    return factors


def _reciprocal(x: Array) -> Array:
    return np.divide(1.0, x, out=np.zeros_like(x), where=x != 0)
