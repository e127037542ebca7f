"""Random balanced tables, edge cases included."""

import numpy as np
from hypothesis import strategies as st

from gvc import ICIO

CODES = ("CHN", "JPN", "KOR", "RUS", "IND", "MEX", "USA")


@st.composite
def tables(draw: st.DrawFn, min_economies: int = 2, max_economies: int = 5, max_sectors: int = 4) -> ICIO:
    """Draw a balanced, productive table: some zero rows, idle industries and negative inventories among them."""
    G = draw(st.integers(min_economies, max_economies))
    N = draw(st.integers(1, max_sectors))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    idle = draw(st.booleans())
    inventories = draw(st.booleans())
    GN = G * N
    A = rng.random((GN, GN)) * (rng.random((GN, GN)) < rng.uniform(0.2, 1))
    A *= rng.uniform(0.05, 0.8, GN) / np.maximum(A.sum(axis=0), 1e-9)
    Y = rng.exponential(100, (GN, G)) + 0.1
    if inventories:
        Y[rng.integers(GN), rng.integers(G)] *= -0.2
    if idle and GN > 2:
        out = rng.integers(GN)
        A[out], A[:, out], Y[out] = 0, 0, 0
    x = np.linalg.solve(np.eye(GN) - A, Y.sum(axis=1))
    Z = A * x
    return ICIO(
        economies=CODES[:G],
        sectors=[f"s{number}" for number in range(1, N + 1)],
        Z=Z,
        Y=Y,
        x=x,
        va=x - Z.sum(axis=0),
        year=2000,
        source="random",
    )
