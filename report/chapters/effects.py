"""Effects of relocation: on industry at home, on the gain from trade, on what exports hold."""

import numpy as np
import pandas as pd

from report.models import ricardo
from report.models.ricardo import OPENED
from report.sectors import MANUFACTURING
from report.sources import WIOD


def hollowing() -> pd.DataFrame:
    """Share of manufacturing in value added, WIOD.

    Returns
    -------
    DataFrame
        Columns year, economy, value; percent.
    """
    share = WIOD.weight("value_added", MANUFACTURING)[["CHN", "KOR", "TWN", "DEU", "JPN", "USA"]]
    return share.melt(ignore_index=False, var_name="economy").reset_index()


def catching_up() -> pd.DataFrame:
    """Home's gain from trade as technology abroad closes its gap, in two ways.

    Returns
    -------
    DataFrame
        Columns closed, how, value; percent.
    """
    names = {"alike": "alike in every industry", "where_it_lags": "most where it lags most"}
    path = ricardo.convergence(np.linspace(0, 0.9, 37), OPENED).rename(columns=names)
    frame = path.melt(ignore_index=False, var_name="how").reset_index()
    return frame.assign(closed=100 * frame["closed"]).round(6)


def domestic_content() -> pd.DataFrame:
    """Share of domestic value added in gross exports, WIOD.

    Returns
    -------
    DataFrame
        Columns year, economy, value; percent.
    """
    contents = {year: WIOD.matrix("va_exports", year) for year in WIOD.years("va_exports")}
    shown = ["JPN", "IDN", "IND", "CHN", "MEX", "KOR", "TWN"]
    rows = [
        (year, code, 100 * content[code][code] / content[code].sum())
        for code in shown
        for year, content in contents.items()
    ]
    return pd.DataFrame(rows, columns=["year", "economy", "value"])
