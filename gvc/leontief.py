"""From an inter-country table to value-added multipliers, by one factorisation."""

import warnings
from typing import Literal
from weakref import WeakKeyDictionary

import numpy as np
from scipy.linalg import LinAlgWarning, lu_factor, lu_solve

from gvc.errors import GvcError
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
    if value_added not in ("residual", "table"):
        raise GvcError(
            "value_added",
            expected="'residual' or 'table'",
            found=repr(value_added),
            remedy="Pick one of them.",
        )
    made = (icio.x != 0).astype(float)
    amount = icio.x - made @ icio.Z if value_added == "residual" else icio.va
    return amount * _reciprocal(icio.x)


def multipliers(icio: ICIO, value_added: ValueAdded = "residual") -> Array:
    r"""Value added of each economy in one unit of final use of each product, V·B.

    Returns
    -------
    (R, GN) array
        Row r: :math:`v_r' B` with :math:`B = (I - A)^{-1}` and :math:`v_r` the coefficients of economy r,
        zero elsewhere. With the residual as value added, columns sum to 1.

    Raises
    ------
    GvcError
        If :math:`I - A` is singular.

    Notes
    -----
    Miller and Blair (2009), section 2.4. B is never formed: :math:`(I - A)'` is factorised once and solved
    for R right-hand sides. Asking again for the same table costs nothing.
    """
    memo = _MEMO.setdefault(icio, {})
    if value_added not in memo:
        v = value_added_coefficients(icio, value_added)
        V = np.zeros((len(v), len(icio.result_economies)), order="F")
        V[np.arange(len(v)), icio.home] = v
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
