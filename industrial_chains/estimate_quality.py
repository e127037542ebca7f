"""How good the OECD's tables are, as `pipeline.oecd.estimate_quality` has measured it."""

import pandas as pd

from gvc import panel

#: The year whose table is put together from pieces that show it; of the years before there are estimates.
YEAR = 2022


def stored(name: str) -> pd.DataFrame:
    """Read what was measured.

    Parameters
    ----------
    name : {"errors", "areas", "backcast", "identities", "blocks", "findings"}
        Of `summary` by table and year, `by_area`, `backcast`, `identities`, `blocks` and `findings` of
        `pipeline.oecd.estimate_quality`, with their columns.
    """
    return pd.read_csv(panel.DATA / "validation" / f"oecd_{name}.csv")
