"""What the trade model says that the United States imports after its duties changed, and what its customs count.

`chapters.frontier.back_test_step` makes what :func:`draws` reads, by the functions above it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd

from gvc.icio import ICIO
from industrial_chains import data
from industrial_chains.kept import kept
from industrial_chains.trade_model import back_test, inputs, scenarios
from industrial_chains.trade_model.inputs import BUYER, GOODS, PARTNERS, SERVICES

#: What the price of oil moves.
FUELS = ("B", "C19")


@dataclass(frozen=True)
class Period:
    """Years that customs compare, each up to the month in which the last ends, and the year of the model's table."""

    first: int
    last: int
    table: int

    def __str__(self) -> str:
        """Name it by its years."""
        return f"{self.first}–{self.last}"


#: The duties of 2018 and 2019, and those of 2025.
PERIODS = (Period(2017, 2022, 2017), Period(2022, 2025, 2022))


def imports(year: int) -> pd.DataFrame:
    """Return American imports of all goods, as :func:`inputs.american` does."""
    return inputs.american("imports", year)


@cache
def rates(year: int) -> pd.DataFrame:
    """Return :func:`inputs.charged` on what industries of the model make."""
    return inputs.charged(year)[list(GOODS)]


def duties(period: Period) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return :func:`rates` of the first and of the last year of a period."""
    return rates(period.first), rates(period.last)


def in_force(icio: ICIO, year: int, *, full_year: bool = True) -> pd.DataFrame:
    """Lay the rates of a year, that of a table, out as `gvc.counterfactual` takes them.

    Parameters
    ----------
    icio : ICIO
        Of economies and industries of the model, or of the OECD's own: a member of a group pays what the group does.
    year : int
    full_year : bool
        As `inputs.american`.

    Returns
    -------
    DataFrame, (economy, industry) × economy
        Pure numbers. Duties of all but the United States are not known, and zero.
    """
    whose, made_by = inputs.economies_of(icio.economies), inputs.industries()
    charged_in = inputs.charged(year, full_year=full_year)
    paid = charged_in.reindex(index=list(inputs.ECONOMIES), columns=[*GOODS, *SERVICES], fill_value=0.0)
    products = pd.MultiIndex.from_product([icio.economies, icio.sectors])
    charged = pd.DataFrame(0.0, products, list(icio.economies))
    rows, columns = [whose[code] for code in icio.economies], [made_by.get(code, code) for code in icio.sectors]
    charged[BUYER] = paid.loc[rows, columns].to_numpy().ravel()
    return charged


def at_levels(icio: ICIO, year: int, levels: Mapping[str, float], like: int | None = None) -> pd.DataFrame:
    """Bring American duties to a level for each partner, by the goods that customs counted in a year, that of a table.

    Parameters
    ----------
    icio : ICIO
        Of economies and industries of the model.
    year : int
    levels : mapping of partner to level
        0.25 for 25 percent; other partners keep their duties.
    like : int, optional
        Whose duties by industry are brought there, by `scenarios.at_levels`; default those of the table's year.
    """
    bought = inputs.american("imports", year, full_year=True)[list(GOODS)]
    duties = in_force(icio, like or year, full_year=like is None)
    return scenarios.at_levels(duties, bought, BUYER, levels)


def elasticity(study: str, home: float = 1.0) -> pd.DataFrame:
    """Return the elasticities of a study, industry × {imports, home}; at home `home` times those of imports."""
    numbers = inputs.elasticities()[study]
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
    table = inputs.table(period.table)
    change = back_test.growth(table, BUYER, rates, elasticity, abroad)
    return change.loc[list(PARTNERS), list(GOODS)]


def predicted(period: Period, growth: pd.DataFrame) -> pd.DataFrame:
    """Apply factors to what customs counted in the first year: changes of shares, partner × industry; points.

    Goods that no industry of the model makes keep their value.
    """
    base = imports(period.first)
    return back_test.shares(grown(base, growth)) - back_test.shares(base)


def grown(base: pd.DataFrame, growth: pd.DataFrame) -> pd.DataFrame:
    """Multiply imports by factors; what has no factor keeps its value."""
    return base * growth.reindex(columns=base.columns, fill_value=1.0)


def counted(period: Period) -> pd.DataFrame:
    """Count changes of shares in American imports of all goods, partner × industry; points."""
    first, last = (back_test.shares(imports(year)) for year in (period.first, period.last))
    return last - first


def draws() -> pd.DataFrame:
    """Read what the model predicts with elasticities, or with duties on the other partners, drawn by lot.

    Returns
    -------
    DataFrame
        Columns period, what (``elasticities`` or ``duties``), draw, and each partner's change of its share in American
        imports of goods; points.
    """
    return data.table("back_test_draws")
