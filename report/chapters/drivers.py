"""Drivers of relocation: comparative advantage, factor proportions, marginal industries, as the models have them."""

import numpy as np
import pandas as pd

from report.models import proportions, ricardo
from report.models.ricardo import BASE, OPENED

LABOUR = "Labour abroad (home has 1)"
#: What a small open economy may make: capital and revenue per worker.
INDUSTRIES = pd.DataFrame(
    {"capital": [0.0, 2.0, 6.0, 12.0], "revenue": [1.0, 3.0, 5.4, 7.8]},
    index=["Farming", "Clothing", "Electronics", "Machinery"],
)


def border() -> pd.DataFrame:
    """Both curves of the Ricardian model, for each number of workers abroad.

    Returns
    -------
    DataFrame
        Columns industry, wage, curve and the labour abroad.
    """
    z = 1 / (1 + np.exp(-np.linspace(-4.6, 4.6, 47)))
    rows = []
    for labour in range(1, 9):
        world = ricardo.World(labour=labour)
        curves = {"Home's advantage A": world.advantage(z), "Market for labour B": world.demanded(z)}
        rows += [
            (at, wage, curve, labour) for curve, wages in curves.items() for at, wage in zip(z, wages, strict=True)
        ]
    return pd.DataFrame(rows, columns=["industry", "wage", "curve", LABOUR])


def borders() -> pd.DataFrame:
    """Where the two curves meet.

    Returns
    -------
    DataFrame
        Columns industry, wage, text, its place (dx, dy) and the labour abroad.
    """
    worlds = [ricardo.World(labour=labour) for labour in range(1, 9)]
    rows = [(w.border(), w.wage(), f"home makes {100 * w.border():.0f} %", w.labour) for w in worlds]
    return pd.DataFrame(rows, columns=["industry", "wage", "text", LABOUR]).assign(dx=14, dy=-4)


def two_causes() -> pd.DataFrame:
    """Relative and real wages as labour, or productivity, abroad grows up to fourfold.

    Returns
    -------
    DataFrame
        Columns factor, cause, measure, value; 100 at the start.
    """
    factors = np.linspace(1, 4, 25)
    names = {"wage": "Home's wage over that abroad", "home": "Real wage at home", "abroad": "Real wage abroad"}
    paths = {"Labour": ricardo.opening(factors, BASE), "Skill": ricardo.learning(factors, BASE)}
    frames = [
        (100 * path / path.iloc[0])[list(names)]
        .rename(columns=names)
        .melt(ignore_index=False, var_name="measure")
        .reset_index()
        .assign(cause=cause)
        for cause, path in paths.items()
    ]
    return pd.concat(frames, ignore_index=True)


def rungs() -> pd.DataFrame:
    """Employment by industry as a small open economy saves.

    Returns
    -------
    DataFrame
        Columns capital, industry, value; percent of the labour force.
    """
    path = 100 * proportions.ladder(np.linspace(0, 12, 73), INDUSTRIES)[list(INDUSTRIES.index)]
    frame = path.melt(ignore_index=False, var_name="industry").reset_index().round(6)
    # A curve begins and ends on the axis; where the industry does not exist there is none.
    near = frame["value"].groupby(frame["industry"]).transform(lambda value: value.rolling(3, 1, center=True).max())
    return frame[near > 0].reset_index(drop=True)


def wage_steps() -> pd.Series:
    """Wage on each stretch of the ladder, by the industry that it leaves behind."""
    middle = (INDUSTRIES["capital"].to_numpy()[:-1] + INDUSTRIES["capital"].to_numpy()[1:]) / 2
    wages = proportions.ladder(middle, INDUSTRIES)["wage"]
    return wages.set_axis(INDUSTRIES.index[:-1])


def marginal_industries() -> pd.DataFrame:
    """Technology transfer that each tenth of home's industries would take to move, most marginal first.

    Returns
    -------
    DataFrame
        Columns industry, value; percent.
    """
    z = np.arange(0.05, 1, 0.1)
    needed = OPENED.transfer_needed(z)
    names = ["1 (home's strongest)", *map(str, range(2, 10)), "10 (abroad's strongest)"]
    frame = pd.DataFrame({"industry": names, "value": needed})
    return frame.iloc[::-1].reset_index(drop=True)
