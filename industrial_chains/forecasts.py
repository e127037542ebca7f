"""What the trade model says that the United States imports after its duties changed, and what its customs count.

`pipeline.forecasts` makes what :func:`draws` reads, by the functions above it.
"""

from dataclasses import dataclass
from functools import cache

import pandas as pd

from gvc import panel
from industrial_chains import what_if
from industrial_chains.analysis import back_test
from industrial_chains.kept import kept
from industrial_chains.what_if import BUYER, GOODS, PARTNERS

#: Second-hand, returned, scrap and the like, of which the model knows nothing.
OTHER = "other"
#: What the price of oil moves.
FUELS = ("B", "C19")


@dataclass(frozen=True)
class Period:
    """Years that customs compare, and the year of the model's table; if so, both years up to November only."""

    first: int
    last: int
    table: int
    to_november: bool = False

    def __str__(self) -> str:
        """Name it by its years."""
        return f"{self.first}–{self.last}"


#: The duties of 2018 and 2019, and those of 2025.
PERIODS = (Period(2017, 2022, 2017), Period(2022, 2025, 2022, to_november=True))


@cache
def imports(year: int, to_november: bool = False, other: bool = False) -> pd.DataFrame:
    """Return imports for consumption, partner × industry of goods, if so with :data:`OTHER`; million USD."""
    return _customs("imports", year, to_november, other)


@cache
def rates(year: int, to_november: bool = False) -> pd.DataFrame:
    """Return the duty collected over imports, partner × industry; pure numbers, 0 where nothing was imported."""
    value = imports(year, to_november)
    return (_customs("duty", year, to_november) / value.where(value > 0)).fillna(0.0)


def duties(period: Period) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return :func:`rates` of the first and of the last year of a period."""
    return rates(period.first, period.to_november), rates(period.last, period.to_november)


def _customs(what: str, year: int, to_november: bool, other: bool = False) -> pd.DataFrame:
    rows = what_if.us_imports().query("year == @year")
    wide = rows.pivot(index="partner", columns="industry", values=f"{what}_to" if to_november else what)
    return wide.loc[list(PARTNERS), [*GOODS, *([OTHER] if other else [])]]


def elasticity(study: str, home: float = 1.0) -> pd.DataFrame:
    """Return the elasticities of a study, industry × {imports, home}; at home `home` times those of imports."""
    numbers = what_if.elasticities()[study]
    return pd.DataFrame({"imports": numbers, "home": home * numbers})


@kept
def factors(period: Period, study: str, home: float = 1.0) -> pd.DataFrame:
    """Return the factors of change that the model gives for the duties of a period, partner × industry of goods."""
    return modelled(period, duties(period), elasticity(study, home))


def modelled(
    period: Period,
    rates: tuple[pd.DataFrame, pd.DataFrame],
    elasticity: pd.Series | pd.DataFrame,
    abroad: tuple[pd.DataFrame, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """Do as :func:`factors` does, for duties and elasticities of one's own."""
    table = what_if.table(period.table)
    change = back_test.growth(table, BUYER, rates, elasticity, abroad)
    return change.loc[list(PARTNERS), list(GOODS)]


def predicted(period: Period, growth: pd.DataFrame) -> pd.DataFrame:
    """Apply factors to what customs counted in the first year: changes of shares, partner × industry; points."""
    base = imports(period.first, period.to_november)
    return back_test.shares(base * growth) - back_test.shares(base)


def counted(period: Period) -> pd.DataFrame:
    """Count changes of shares in American imports of goods, partner × industry; points."""
    first, last = (back_test.shares(imports(year, period.to_november)) for year in (period.first, period.last))
    return last - first


def draws() -> pd.DataFrame:
    """Read what the model predicts with elasticities, or with duties on the other partners, drawn by lot.

    Returns
    -------
    DataFrame
        Columns period, what (``elasticities`` or ``duties``), draw, and each partner's change of its share in American
        imports of goods; points.
    """
    return pd.read_csv(panel.DATA / "frontier" / "back_test_draws.csv")
