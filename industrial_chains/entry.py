"""China's entry in the trade model: what one factor of productivity, fitted to one number, predicts of 2007.

`pipeline.entry` makes what :func:`predictions` and :func:`placebo` read.
"""

from functools import cache

import pandas as pd

from gvc import panel

#: Who entered, when the model begins, and when it is asked.
ENTRANT = "CHN"
BASES, END = (1995, 2000), 2007
#: The one number that the factor is fitted to in :data:`END`: the entrant's share in the world's exports of goods, or
#: in the world's factor income; the first is the one that the book shows.
FITTED = ("goods", "income")
#: Industries of the entrant that the factor is given to; the first is the one that the book shows.
SCOPES = ("all", "manufacturing")
#: Elasticities beside those of the studies: four for all goods and services; those of the main study between origins
#: abroad, and half of them between home and imports.
FOUR, TIERS = "four", "two_tiers"
#: Economies whose links are predicted, and whose exports hold value added of the entrant.
LINKED, HOSTS = ("CHN", "JPN", "KOR", "RUS"), ("IND", "MEX", "IDN")


@cache
def predictions() -> pd.DataFrame:
    """Read what the model predicts of the last year, and what the tables say.

    Returns
    -------
    DataFrame, (base, fitted, scope, what, place) × {before, after, an elasticity, …}
        In `base` and in the last year by the table, and in the last year by the model with the elasticities of each
        study. All but ``factor`` and ``link`` are percentages. `what` is

        - ``factor``: the fitted factor of the entrant's productivity, a pure number, which no table shows;
        - ``income``: its share in the world's factor income;
        - ``exports``: the share of economy `place` in the world's exports of goods;
        - ``imports``: the entrant's share in the goods that economy `place` imports;
        - ``industry``: the entrant's share in the world's exports of industry `place`, by WIOD's codes;
        - ``link``: the link index of two economies, ``CHN-JPN`` with China as origin, from 0 to 100;
        - ``origin``: the entrant's share in the foreign value added of the exports of `place`.
    """
    index = ["base", "fitted", "scope", "what", "place"]
    return pd.read_csv(panel.DATA / "frontier" / "entry.csv").set_index(index)


def variant(base: int, fitted: str = FITTED[0], scope: str = SCOPES[0]) -> pd.DataFrame:
    """Choose one of the variants of :func:`predictions`, (what, place) × {before, after, an elasticity, …}."""
    chosen = predictions().groupby(level=["base", "fitted", "scope"]).get_group((base, fitted, scope))
    return chosen.droplevel(["base", "fitted", "scope"])


@cache
def placebo() -> pd.DataFrame:
    """Read how well the same factor would predict the same changes if another economy had had it.

    Returns
    -------
    DataFrame, (base, economy) × {imports, exports}
        Correlations: of the economy's predicted gains in the goods imports of all third economies with the entrant's
        actual ones, and of the predicted with the actual changes in their shares of the world's exports of goods, the
        rest of the world left out. Elasticities of the main study, all industries, the factor fitted to the entrant's
        exports.
    """
    return pd.read_csv(panel.DATA / "frontier" / "entry_placebo.csv").set_index(["base", "economy"])
