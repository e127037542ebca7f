"""What of the shares' changes is exchange rates, inflation and fuel."""

from collections.abc import Iterable
from functools import cache
from typing import Literal

import numpy as np
import pandas as pd

from exhibits.prose import Numbers
from gvc.indicators import link_index, trade_intensity
from gvc.panel import WORLD
from industrial_chains import data
from industrial_chains import economies as eco
from industrial_chains.analysis import revaluation
from industrial_chains.article import HOSTS
from industrial_chains.charting import names
from industrial_chains.industry_groups import OECD_BRANCHES
from industrial_chains.sources import OECD, WIOD, WIOD_HOSTS, WIOD_NEA, Base, Source

#: What is held: units of currency per US dollar, the deflator of gross domestic product, the price of exports in
#: dollars, to 2018; and, for comparison, the rates of the Federal Reserve and of the European Central Bank.
Column = Literal["rate", "deflator", "export_price", "fed", "ecb"]
#: Whose price is meant: of a unit of currency, of what an economy adds, or of the goods that it exports.
Priced = Literal["currency", "value added", "exports"]
#: The rest of the world has no currency. It is taken to have the dollar and American prices.
DOLLAR = "USA"
#: Whose shares are revalued, and in which year's rates and prices.
ORIGINS, BASE = ("CHN", "JPN", "KOR"), 2011
#: What a share is valued in, and by which price of :func:`in_dollars` its dollars are divided for that.
DOLLARS, RATES, PRICES = "In dollars", f"At {BASE} rates", f"At {BASE} rates and prices"
VALUED: dict[str, Priced] = {RATES: "currency", PRICES: "value added"}
#: What the change of a share is split into.
PARTS = {"change": "Change", "currency": "Exchange rates", "deflator": "Inflation", "rest": "What remains"}
#: The last year of which the price of exports is no extrapolation.
EXPORTS_TO = 2018
#: Value earned by whom counts as fuel: in mining of all kinds and in refining.
FUEL = "Mining and fuels"
#: What is counted with fuel and what without.
COUNTED = ("all value", "without mining and refining")
#: The links that the book follows.
PAIRS = (("CHN", "JPN"), ("JPN", "CHN"), ("CHN", "KOR"), ("KOR", "CHN"))
#: The line of sources for all but the tables.
LINE = "Exchange rates and deflators: World Bank, Federal Reserve, IMF. Prices of exports: Penn World Table 10.01."
#: Trials: the source and its hosts, first and last year, and of which suppliers.
TRIALS: tuple[tuple[Source, tuple[str, ...], int, int, Base], ...] = (
    (OECD, HOSTS, 2011, 2022, "all"),
    (OECD, HOSTS, 2011, 2022, "named"),
    (OECD, HOSTS, 2011, 2022, "common"),
    (OECD, HOSTS, 2011, 2021, "all"),
    (OECD, HOSTS, 2018, 2022, "all"),
    (OECD, HOSTS, 2021, 2022, "all"),
    (WIOD, WIOD_HOSTS, 1995, 2011, "all"),
    (WIOD, WIOD_HOSTS, 1995, 2011, "named"),
)
#: Bases of a share, as the trials name them.
BASES: dict[Base, str] = {"all": "all", "named": "identified", "common": "the ten"}


# -- exchange rates and inflation ----------------------------------------------------------------------------------


@cache
def rates(column: Column) -> pd.DataFrame:
    """Read one column of the file.

    Parameters
    ----------
    column : {"rate", "deflator", "export_price", "fed", "ecb"}

    Returns
    -------
    DataFrame, economy × year
        `rate`, `fed`, `ecb`: units of currency per US dollar, mean of the year; of an economy that has the euro today
        all years are in euros. `deflator`, `export_price`: 100 in 2011. Empty where the source has none: `fed` and
        `ecb` are there for main currencies, the euro's under Germany.
    """
    rows = data.table("rates")
    return rows.pivot(index="economy", columns="year", values=column).rename_axis(index="origin")


@cache
def in_dollars(of: Priced) -> pd.DataFrame:
    r"""Return what something cost in US dollars, as an index.

    Parameters
    ----------
    of : {"currency", "value added", "exports"}
        A unit of the economy's currency; what it adds, by the deflator of its gross domestic product; its exports.

    Returns
    -------
    DataFrame, origin × year
        Of each origin in units of its own, so that only ratios of two years mean something. The rest of the world is
        there as :data:`DOLLAR`. Empty where the file is.

    Notes
    -----
    With e units of currency per dollar and P the deflator, :math:`1 / e` and :math:`P / e`.

    Examples
    --------
    >>> yen = in_dollars("currency").loc["JPN"]
    >>> print(f"{yen[2022] / yen[2011]:.2f}")
    0.61
    """
    if of == "exports":
        found = rates("export_price")
    else:
        found = 1 / rates("rate")
        found = found * rates("deflator") if of == "value added" else found
    return pd.concat([found, found.loc[[DOLLAR]].rename(index={DOLLAR: eco.ROW})])


def shares(host: str, base: int = BASE) -> dict[str, pd.DataFrame]:
    """Return what each origin gives of a host's foreign value added, in dollars and in the rates and prices of a year.

    Parameters
    ----------
    host : str
    base : int

    Returns
    -------
    dict of DataFrame, origin × year
        By :data:`DOLLARS`, :data:`RATES`, :data:`PRICES`, percent, by the OECD.
    """
    given = OECD.suppliers(host)
    return {DOLLARS: given} | {how: revaluation.at_prices_of(base, given, in_dollars(of)) for how, of in VALUED.items()}


def side_by_side(year: int = 2022, hosts: Iterable[str] = HOSTS) -> pd.DataFrame:
    """Set the shares of the first and of another year in dollars beside those in constant rates and prices.

    Returns
    -------
    DataFrame, (Host, Origin) × {first year in dollars, the other in dollars, at rates, at rates and prices}
        Percent; the last row of a host is Northeast Asia as a whole.
    """
    rows = {}
    for host in hosts:
        found = shares(host)
        for origin in (*ORIGINS, "NEA"):
            members = list(WIOD_NEA) if origin == "NEA" else [origin]
            row = {f"{BASE} in dollars": found[DOLLARS].loc[members, BASE].sum()}
            row |= {f"{year} {how[0].lower()}{how[1:]}": given.loc[members, year].sum() for how, given in found.items()}
            rows[names.economy(host), names.economy(origin)] = row
    return pd.DataFrame(rows).T.rename_axis(index=["Host", "Origin"])


def parts(source: Source, host: str, start: int, end: int, base: Base = "all") -> pd.DataFrame:
    """Split the change of each origin's share into exchange rates, inflation and what remains.

    Returns
    -------
    DataFrame, origin × {change, currency, deflator, rest}
        Percentage points of the host's foreign value added, as :func:`revaluation.split` has them.
    """
    worth = {"currency": in_dollars("currency")}
    worth["deflator"] = in_dollars("value added") / worth["currency"]
    return revaluation.split(source.suppliers(host, base=base)[[start, end]], worth)


def trials() -> pd.DataFrame:
    """Split the changes of Japan's and of China's share in other years, on other bases and by another database.

    Returns
    -------
    DataFrame, (Database, Years, Suppliers, Host) × (origin, part)
        Percentage points; inflation is what the parts shown leave of the change.
    """
    rows = {}
    for source, hosts, start, end, base in TRIALS:
        for host in hosts:
            found = parts(source, host, start, end, base)
            rows[source.name, f"{start}–{end}", BASES[base], names.economy(host)] = {
                (names.economy(origin), PARTS[part]): found.loc[origin, part]
                for origin in ("JPN", "CHN")
                for part in ("change", "currency", "rest")
            }
    return pd.DataFrame(rows).T.rename_axis(index=["Database", "Years", "Suppliers", "Host"])


def worth(origin: str) -> pd.DataFrame:
    """Return an economy's value added by the OECD in dollars and in its own currency, and its price in dollars.

    Returns
    -------
    DataFrame, year × {dollars, own, currency, price}
        Trillions of each; what its currency, and what its value added, cost in dollars, :data:`BASE` being 1.
    """
    dollars = OECD.by_industry("value_added")[origin] / 1e6
    frame = pd.DataFrame({"dollars": dollars, "own": dollars * rates("rate").loc[origin]}).dropna()
    for column, of in (("currency", "currency"), ("price", "value added")):
        index = in_dollars(of).loc[origin]
        frame[column] = index / index[BASE]
    return frame


def gaps(years: Iterable[int] = range(2011, 2023)) -> pd.DataFrame:
    """Compare the rates with those of two central banks.

    Returns
    -------
    DataFrame, economy × {fed, ecb}
        The largest difference of a year, percent; empty where that bank has no rate.
    """
    used, over = rates("rate"), list(years)
    found = {bank: (100 * (rates(bank) / used - 1)).abs()[over].max(axis=1) for bank in ("fed", "ecb")}
    return pd.DataFrame(found).dropna(how="all")


# -- links ---------------------------------------------------------------------------------------------------------


def links(year: int = 2022) -> pd.DataFrame:
    """Compute links and trade intensities in dollars and in the rates and prices of the first year.

    Returns
    -------
    DataFrame, pair × (measure, {first year in dollars, the other in dollars, at rates, at rates and prices})
        Index points, and times.
    """
    flows = {f"{BASE}": OECD.matrix("va_final_demand", BASE), f"{year}": OECD.matrix("va_final_demand", year)}
    for how, of in VALUED.items():
        index = in_dollars(of)
        flows[f"{year} {how[0].lower()}{how[1:]}"] = flows[f"{year}"].div(index[year] / index[BASE], axis=0)
    columns = {}
    for measure, of in (("Link index", link_index), ("Trade intensity", trade_intensity)):
        for label, flow in flows.items():
            found = of(flow)
            columns[measure, label] = {
                f"{names.economy(origin)} to {names.economy(to)}": found.loc[origin, to] for origin, to in PAIRS
            }
    return pd.DataFrame(columns).rename_axis(index="Direction")


# -- fuel ----------------------------------------------------------------------------------------------------------


def fuels(years: Iterable[int], hosts: Iterable[str] = HOSTS) -> pd.DataFrame:
    """Compute Northeast Asia's share with and without value that mining and refining earned anywhere.

    Returns
    -------
    DataFrame, (Host, Counted) × year
        Percent of foreign value added, by the OECD.
    """
    rows = OECD.accounts("va_exports")
    fuel = rows["sector"].map(OECD_BRANCHES).eq(FUEL)
    found = {}
    for host in hosts:
        here = rows["destination"].isin(eco.members(host))
        for counted, chosen in zip(COUNTED, (here, here & ~fuel), strict=True):
            given = rows[chosen].groupby(["year", "origin"])["value"].sum().unstack()
            share = 100 * given[list(WIOD_NEA)].sum(axis=1) / given[WORLD]
            found[names.economy(host), counted] = share[list(years)]
    return pd.DataFrame(found).T.rename_axis(index=["Host", "Counted"])


def fuel_of(origin: str, host: str) -> pd.Series:
    """Return the points of a host's foreign value added that an origin earned in mining and refining, by year."""
    rows = OECD.accounts("va_exports")
    here = rows[rows["destination"].isin(eco.members(host))]
    every = here[here["origin"].eq(WORLD)].groupby("year")["value"].sum()
    fuel = here["origin"].eq(origin) & here["sector"].map(OECD_BRANCHES).eq(FUEL)
    points: pd.Series = 100 * here[fuel].groupby("year")["value"].sum() / every
    return points


# -- the handover --------------------------------------------------------------------------------------------------


def led(base: int | None = None) -> pd.Series:
    """Count to how many exporters China supplies more than Japan, by WIOD.

    Parameters
    ----------
    base : int, optional
        The year at whose rates and prices; in dollars without.

    Returns
    -------
    Series by year
        Of all exporters that WIOD names but China and Japan.
    """
    dearer, counts = in_dollars("value added"), {}
    for year in WIOD.years("va_exports"):
        given = WIOD.matrix("va_exports", year)[list(_exporters())]
        if base is not None:
            given = given.div(dearer[year] / dearer[base], axis=0)
        counts[year] = int(np.sum(given.loc["CHN"].to_numpy() > given.loc["JPN"].to_numpy()))
    return pd.Series(counts)


def exporters() -> int:
    """Count the exporters of :func:`led`."""
    return len(_exporters())


def _exporters() -> tuple[str, ...]:
    return tuple(sorted(WIOD.economies - {"CHN", "JPN", eco.ROW}))


def year_of_most(base: int | None = None) -> int:
    """Return the first year since which China supplies more than Japan to more than half of the exporters."""
    most = led(base) > exporters() / 2
    return int(most[~most].index.max()) + 1


# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    return {**_japan(), **_exports(), **_handover(), **_fuel(), **_rates()}


def _japan() -> Numbers:
    """Return what rates and inflation explain of Japan's losses, and what became of its value added."""
    own = worth("JPN").to_dict()
    asean, india, mexico = (parts(OECD, host, BASE, 2022).T.to_dict()["JPN"] for host in ("ASEAN", "IND", "MEX"))
    return {
        "percent_by_yen_in_ASEAN": 100 * asean["currency"] / asean["change"],
        "points_remaining_JPN_at_most": max(abs(asean["rest"]), abs(india["rest"]), abs(mexico["rest"])),
        "percent_yen_lost": 100 * (1 - own["currency"][2022]),
        "trillion_dollars_JPN_2011": own["dollars"][2011],
        "trillion_dollars_JPN_2022": own["dollars"][2022],
    }


def _exports() -> Numbers:
    """Return what became of the price of Japan's exports and of that of its value added, percent."""
    price = in_dollars("exports").loc["JPN"].to_dict()
    return {
        "percent_export_price_JPN": 100 * (price[EXPORTS_TO] / price[BASE] - 1),
        "percent_value_added_price_JPN": 100 * (1 - worth("JPN")["price"].to_dict()[EXPORTS_TO]),
    }


def _handover() -> Numbers:
    """Return from which year China supplied more than Japan to most exporters, at the prices of which year."""
    return {
        "year_of_most": year_of_most(),
        "year_of_most_at_2011": year_of_most(2011),
        "year_of_most_at_1995": year_of_most(1995),
    }


def _fuel() -> Numbers:
    """Return what Russia's mining and refining earned of the foreign value added in India's exports, percent."""
    russia = fuel_of("RUS", "IND").to_dict()
    return {
        "fuel_of_RUS_in_IND_2021": russia[2021],
        "fuel_of_RUS_in_IND_2022": russia[2022],
    }


def _rates() -> Numbers:
    """Return how far the rates are from those of central banks."""
    apart = gaps().max(axis=1)
    return {
        "number_of_rated": len(rates("rate")),
        "percent_apart_most": apart.drop(["CHN", "IND"]).max(),
    }
