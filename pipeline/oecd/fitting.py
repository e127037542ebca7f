"""Arrays fitted to sums that are known, as close to a prior as these allow."""

import numpy as np

from gvc.errors import GvcError
from gvc.labels import Array

#: A factor beyond which no sum is ever met: factors of sums that contradict each other grow without end.
RUNAWAY = 1e30
_REMEDY = "Look for sums that contradict each other or the zeros of the prior."


def fit(
    prior: Array, *margins: tuple[int, Array], where: str = "fit", tolerance: float = 1e-10, rounds: int = 20_000
) -> Array:
    r"""Fit an array to sums along its axes: iterative proportional fitting.

    Parameters
    ----------
    prior : array
        Not negative; a zero stays one.
    *margins : (int, array)
        An axis, and what the sums along it should be; NaN where nothing is known.
    where : str
        What an error calls the array.
    tolerance : float
        Of the total, how much all sums together may miss.
    rounds : int
        After how many to give up.

    Returns
    -------
    array of the same shape
        Of all arrays with these sums the closest to the prior :math:`P` in relative entropy, that which minimises
        :math:`\sum T \ln(T / P)`.

    Raises
    ------
    GvcError
        If a number is negative or missing, or the sums are not met.

    Notes
    -----
    One sum after the other is met by scaling, :math:`T \leftarrow T \cdot t_m / \sum_m T`, until all are: Deming and
    Stephan (1940). For a matrix with two margins it is RAS.
    """
    _must_not_be_negative(where, prior, *(target for _, target in margins))
    fitted, missed = np.array(prior, dtype=float), np.inf
    for _ in range(rounds):
        missed = 0.0
        for axis, target in margins:
            sums, known = fitted.sum(axis=axis), ~np.isnan(target)
            missed += float(np.abs(sums - target)[known].sum())
            fitted *= np.expand_dims(np.divide(target, sums, out=np.ones_like(sums), where=known & (sums > 0)), axis)
        total = float(fitted.sum())
        if missed <= tolerance * total:
            return fitted
        if total == 0:
            break
    raise _not_met(where, missed, tolerance)


def ras(
    prior: Array,
    rows: Array,
    columns: Array,
    *,
    where: str = "RAS",
    tolerance: float = 1e-10,
    rounds: int = 20_000,
) -> Array:
    r"""Fit a matrix to row and column sums: the RAS method.

    Parameters
    ----------
    prior : (m, k) array
        Not negative; a zero stays one.
    rows : (m,) array
    columns : (k,) array
        With the same total as the rows.
    where : str
        What an error calls the matrix.
    tolerance : float
        Of the total, how much the columns together may miss; rows are met.
    rounds : int
        After how many to give up.

    Returns
    -------
    (m, k) array
        :math:`\hat r P \hat s`, with the sums asked for.

    Raises
    ------
    GvcError
        If a number is negative or missing, the totals differ, or the sums are not met: factors run away from sums
        that contradict the zeros of the prior.

    Notes
    -----
    :math:`r_i = u_i / \sum_j P_{ij} s_j` and :math:`s_j = v_j / \sum_i r_i P_{ij}` in turn: Stone (1961); Bacharach
    (1970); Miller and Blair (2009), section 7.4. Scaling a row or a column of the prior changes nothing. So whether
    the prior is in coefficients or in flows, in prices of one year or of another, makes no difference.
    """
    _must_not_be_negative(where, prior, rows, columns)
    if np.isnan(rows).any() or np.isnan(columns).any():
        raise GvcError(where, expected="a sum of each row and column", found="no number", remedy=_REMEDY)
    total = float(rows.sum())
    if abs(total - columns.sum()) > tolerance * total:
        raise GvcError(
            where,
            expected=f"columns that add up to {total:,.6g}, as rows do",
            found=f"{columns.sum():,.6g}",
            remedy=_REMEDY,
        )
    s, missed = np.ones(prior.shape[1]), np.inf
    for _ in range(rounds):
        sums = prior @ s
        r = np.divide(rows, sums, out=np.zeros_like(sums), where=sums > 0)
        sums = r @ prior
        gaps = np.abs(s * sums - columns)
        missed = float(gaps.sum() + rows[r == 0].sum())
        if missed <= tolerance * total:
            return prior * r[:, None] * s
        s = np.divide(columns, sums, out=np.zeros_like(sums), where=sums > 0)
        if not (r.max() <= RUNAWAY and s.max() <= RUNAWAY):
            break
    raise _not_met(where, missed, tolerance, f", the most in column {int(gaps.argmax()) + 1}")


def _must_not_be_negative(where: str, prior: Array, *sums: Array) -> None:
    worst = min(float(np.nanmin(array)) for array in (prior, *sums))
    if worst < 0 or not np.isfinite(prior).all():
        raise GvcError(
            where,
            expected="a prior and sums that are not negative",
            found=f"{worst:,.6g}" if worst < 0 else "no number",
            remedy=_REMEDY,
        )


def _not_met(where: str, missed: float, tolerance: float, most: str = "") -> GvcError:
    expected, found = f"sums met to {tolerance:g} of the total", f"{missed:,.3g} missing{most}"
    return GvcError(where, expected=expected, found=found, remedy=_REMEDY)
