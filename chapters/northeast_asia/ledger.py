"""The ledger: who earns what of a dollar of exports, why that changed, what was tried, and who left."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, Literal

import numpy as np
import pandas as pd

from exhibits.prose import Numbers
from exhibits.text import Joined, Message, Untranslated
from industrial_chains import data, ledger
from industrial_chains import economies as eco
from industrial_chains.charting import names
from industrial_chains.ledger import AS_ONE, ASEAN, HOME, MORE, RECIPE, SHIFT, cents, earned
from industrial_chains.sources import ADB, OECD
from industrial_chains.uncertainty import error_sizes

#: Hosts and years that the page shows.
SHOWN_HOSTS = ("VNM", ASEAN, "IND", "MEX")
YEARS = (2011, 2018, 2022)
FIRST, LAST = YEARS[0], YEARS[-1]
#: Other first years that are tried.
BASES = (2012, 2017, 2018, 2019)
#: Origins that charts tell apart, the host itself in the lead; what they do not name is with all others.
SHOWN = (HOME, "CHN", "JPN", "KOR", "RUS", "USA")
#: Of them those that bars tell apart: Russia's are thin, and its colour there could be taken for another's.
DRAWN = tuple(origin for origin in SHOWN if origin != "RUS")
TIVA = "OECD (2025), Trade in Value Added, 2025 edition, EXGR_DVA."
#: What they are called; Taiwan and fellow members of ASEAN are among the others.
LABELS = {HOME: "The host itself", eco.ROW: "All others"} | {code: names.economy(code) for code in (*SHOWN[1:], "TWN")}
COLOURS = {LABELS[HOME]: names.colour("ASEAN"), LABELS[eco.ROW]: names.colour(eco.ROW)} | {
    LABELS[code]: names.colour(code) for code in DRAWN[1:]
}
INDUSTRIES = {
    "goods": "All goods",
    "electronics": "Electronics",
    "machinery": "Machinery",
    "vehicles": "Vehicles",
    "textiles": "Textiles",
    "metals": "Metals",
}
#: The parts of a change, as charts name them.
PARTS = {MORE: "Export growth", SHIFT: "Composition", RECIPE: "Sourcing"}


def joined(earned: pd.DataFrame, shown: tuple[str, ...] = SHOWN) -> pd.DataFrame:
    """Sum origins that an exhibit does not tell apart to all others; origin × whatever the columns are."""
    return earned.groupby(lambda origin: origin if origin in shown else eco.ROW).sum().loc[[*shown, eco.ROW]]


def exports(host: str, industry: str = "goods") -> pd.Series:
    """Follow what a host exports of an industry; billion USD, by year."""
    return earned(host, industry).sum() / 1000


# -- a dollar -----------------------------------------------------------------------------------------------------


def over_time(hosts: Iterable[str], origins: Iterable[str] = ("CHN", "JPN", "KOR")) -> pd.DataFrame:
    """Follow what origins earn of a dollar of goods exports, with intervals that hold the truth nine times in ten.

    Returns
    -------
    DataFrame
        Columns host, origin, year, value, low, high, database; cents.
    """
    rows: list[tuple[object, ...]] = []
    for host, origin in product(hosts, origins):
        part = cents(earned(host)).T[origin]
        for year, value in zip(map(int, part.index), part, strict=True):
            off = error_sizes.of_cents(host, "goods", year, origin, value)
            rows.append((host, origin, year, value, value - off, value + off, OECD.label_in(year)))
    return pd.DataFrame(rows, columns=["host", "origin", "year", "value", "low", "high", "database"])


def dollars() -> pd.DataFrame:
    """Set exports of goods and what each origin earns in them side by side, for a table.

    Returns
    -------
    DataFrame, (host, origin) × ({Cents, Billion dollars}, year)
    """
    rows = {}
    for host in SHOWN_HOSTS:
        value = earned(host)[list(YEARS)]
        for origin in (*value.index, "all"):
            here = value.sum() if origin == "all" else value.loc[origin]
            part = 100 * here / value.sum()
            name = "All" if origin == "all" else _called(origin, host)
            rows[names.economy(host), name] = {("Cents", str(year)): part[year] for year in YEARS} | {
                ("Billion dollars", str(year)): here[year] / 1000 for year in YEARS
            }
    return pd.DataFrame(rows).T.rename_axis(index=["Exporter", "Earned by"])


def _called(origin: str, host: str) -> str:
    """Name an origin in the account of a host, which ASEAN is only to others."""
    if origin == ASEAN:
        return "Other members of ASEAN" if host in (ASEAN, *ledger.MEMBERS) else "ASEAN"
    return LABELS[origin]


def ledger_years() -> pd.DataFrame:
    """Return the ledger of the years that the page shows, for readers to take away.

    Returns
    -------
    DataFrame
        Columns host, industry, year, origin, cents, dollars, cents_without, dollars_without: of all hosts and
        industries of the OECD's tables, as `pipeline.ledger.ledger` lists them, rounded; and error, the half-width of
        the interval that holds the cents nine times in ten.
    """
    rows = data.table("ledger")
    rows = rows[rows["database"].eq("OECD") & rows["year"].isin(YEARS)].drop(columns="database")
    asked = rows[["host", "industry", "year", "origin", "cents"]].replace({"host": {AS_ONE: ASEAN}})
    rows["error"] = [error_sizes.of_cents(*row) for row in asked.to_numpy().tolist()]
    cents, dollars = ["cents", "cents_without", "error"], ["dollars", "dollars_without"]
    return rows.round({**dict.fromkeys(cents, 2), **dict.fromkeys(dollars, 1)})


# -- more exports, or another recipe --------------------------------------------------------------------------------


def change(host: str, first: int = FIRST, *, of: str = "dollars", without: tuple[str, ...] = ()) -> pd.DataFrame:
    """Split the change to the last year by origin, all others together; billion USD, as `ledger.split` does."""
    return joined(ledger.split(ledger.cells(host, of, without).values(), first, LAST)) / 1000


# -- by industry ----------------------------------------------------------------------------------------------------


def recipes() -> pd.DataFrame:
    """Lay the change in cents by industry out for a chart: columns host, industry, origin, value."""
    rows = [
        (names.economy(host), label, LABELS[str(origin)], value)
        for host in SHOWN_HOSTS
        for industry, label in list(INDUSTRIES.items())[1:]
        for origin, value in _gain(host, industry).items()
    ]
    return pd.DataFrame(rows, columns=["host", "industry", "origin", "value"])


def _gain(host: str, industry: str) -> pd.Series:
    part = joined(cents(earned(host, industry)))
    gained: pd.Series = part[LAST] - part[FIRST]
    return gained


# -- who left -------------------------------------------------------------------------------------------------------


def finished(industry: str, database: str = "OECD", of: str = "dollars_abroad") -> pd.DataFrame:
    """Follow each maker's share in the world's final products of an industry, year × maker; percent.

    Parameters
    ----------
    industry : str
    database : {"OECD", "WIOD"}
    of : {"dollars_abroad", "dollars"}
        Products sold outside the maker's economy, or anywhere.
    """
    rows = data.table("finished")
    rows = rows[rows["database"].eq(database) & rows["industry"].eq(industry)]
    value = rows.groupby(["year", "maker"])[of].sum().unstack()
    # Viet Nam is in ASEAN, too.
    world = value.drop(columns="VNM", errors="ignore").sum(axis=1)
    return 100 * value.div(world, axis=0)


# -- the other database ---------------------------------------------------------------------------------------------


def foreign(host: str, database: str = "OECD") -> pd.DataFrame:
    """Return what each origin has of the foreign value added in all exports of a host, origin × year; percent."""
    if database == "ADB":
        return ADB.suppliers("ASEAN" if host == ASEAN else host)
    value = earned(host, ledger.ALL).drop(index=HOME)
    return 100 * value / value.sum()


# -- what was tried -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Quantity:
    """A number that a sentence prints: of which host and origin, and what of it."""

    host: str
    origin: str
    #: Cents of a dollar and billions, then and now; or a part of the change, billions.
    what: Literal["cents", "billions", "more exports", "another recipe"]
    industry: str = "goods"
    first: int = FIRST
    of: str = "dollars"
    without: tuple[str, ...] = ()


#: What the page says, in its order.
ASKED = (
    Quantity(ASEAN, "CHN", "cents"),
    Quantity(ASEAN, "JPN", "cents"),
    Quantity(ASEAN, "CHN", "billions"),
    Quantity(ASEAN, "KOR", "billions"),
    Quantity("VNM", "KOR", "billions"),
    Quantity("VNM", HOME, "billions"),
    Quantity("VNM", HOME, "cents"),
    Quantity("VNM", "CHN", "cents"),
    Quantity("VNM", "CHN", MORE),
    Quantity("VNM", "CHN", RECIPE),
    Quantity("MEX", HOME, "cents"),
    Quantity("MEX", HOME, "billions"),
    Quantity("MEX", "CHN", "cents"),
    Quantity("MEX", "CHN", RECIPE),
)
#: What was on trial, too, and turns round in some trial: no sentence prints it as a rise or a fall.
BROKEN = (
    Quantity("VNM", "KOR", "cents"),
    Quantity(ASEAN, "JPN", "billions"),
    Quantity(ASEAN, HOME, "cents"),
    Quantity("IND", HOME, "cents"),
    Quantity("IND", HOME, "cents", "machinery"),
    Quantity("IND", HOME, "cents", "vehicles"),
    Quantity("IND", "CHN", "cents"),
    Quantity("IND", "CHN", "cents", "computers"),
)


def answer(asked: Quantity) -> tuple[float, float]:
    """Return the number then and now; for a part of a change, zero and the part."""
    if asked.what in (MORE, RECIPE):
        parts = ledger.split(ledger.cells(asked.host, asked.of, asked.without).values(), asked.first, LAST)
        return 0.0, parts[asked.what].to_dict()[asked.origin] / 1000
    value = earned(asked.host, asked.industry, asked.of)
    for member in asked.without:
        value = value - earned(member, asked.industry, asked.of)
    found = cents(value) if asked.what == "cents" else value / 1000
    return _at(found, asked.origin, asked.first), _at(found, asked.origin, LAST)


def _at(frame: pd.DataFrame, origin: str, year: int) -> float:
    return float(frame.to_numpy()[frame.index.get_loc(origin), frame.columns.get_loc(year)])


def tried(asked: Quantity) -> dict[str, tuple[float, float]]:
    """Ask a number in every other way that can answer it.

    Returns
    -------
    dict
        By trial, the number then and now. Published: the OECD's own part of all exports, and for others their part of
        what is foreign here, scaled to what is foreign there. ADB: the part of what is foreign in all exports.
    """
    found = {str(year): answer(replace(asked, first=year)) for year in BASES}
    found["Without mining and refining"] = answer(replace(asked, of="dollars_without"))
    if asked.host == ASEAN and asked.what in ("cents", "billions"):
        found["As one exporter"] = answer(replace(asked, host=AS_ONE))
        found["Without Viet Nam"] = answer(replace(asked, without=("VNM",)))
    if asked.what == "cents" and asked.industry == "goods":
        found["Published, 2012–2022"] = _published(asked)
        if asked.origin != HOME:
            shares = foreign(asked.host, "ADB")
            found["ADB, 2017–2022"] = _at(shares, asked.origin, 2017), _at(shares, asked.origin, 2022)
    return found


def _published(asked: Quantity) -> tuple[float, float]:
    host = AS_ONE if asked.host == ASEAN else asked.host
    told = data.table("published").pivot(index="host", columns="year", values="home")
    own = {year: _at(told, host, year) for year in (2012, 2022)}
    if asked.origin == HOME:
        return own[2012], own[2022]
    then, now = ((100 - own[year]) * _at(foreign(host), asked.origin, year) / 100 for year in (2012, 2022))
    return then, now


def agreement(asked: Quantity) -> tuple[int, int]:
    """Count the trials that go the way of the printed number, and all of them."""
    printed = np.sign(np.subtract(*answer(asked)))
    ways = [np.sign(np.subtract(*pair)) for pair in tried(asked).values()]
    return ways.count(printed), len(ways)


def trials(of: Iterable[Quantity] = ASKED) -> pd.DataFrame:
    """Lay :func:`tried` in other years out for a table, a row a number, with how many of all trials go the same way.

    Returns
    -------
    DataFrame, (exporter, who earns, measure) × {years, Same direction}
        The number in each year; of a part of the change, that from the year to the last.
    """
    rows = {}
    for asked in of:
        found, (same, all_) = tried(asked), agreement(asked)
        then, now = answer(asked)
        change = asked.what in (MORE, RECIPE)
        first = {str(FIRST): (then, now), **{str(year): found[str(year)] for year in BASES}}
        rows[_heads(asked)] = {
            **{year: now if change else then for year, (then, now) in first.items()},
            str(LAST): float("nan") if change else now,
            "Same direction": Message("{0} of {1}", Untranslated(str(same)), Untranslated(str(all_))),
        }
    return _laid_out(rows).astype(dict.fromkeys([str(FIRST), *map(str, BASES), str(LAST)], float))


def ways(of: Iterable[Quantity] = ASKED) -> pd.DataFrame:
    """Lay :func:`tried` by other measures out for a table, a row a number: the first year and the last, as text.

    Returns
    -------
    DataFrame, (exporter, who earns, measure) × way
    """
    columns = (
        *("Without mining and refining", "As one exporter", "Without Viet Nam"),
        *("Published, 2012–2022", "ADB, 2017–2022"),
    )
    rows = {}
    for asked in of:
        found = tried(asked)
        rows[_heads(asked)] = {name: _written(asked, found[name]) if name in found else "–" for name in columns}
    return _laid_out(rows)


def _heads(asked: Quantity) -> tuple[str, str, str]:
    industry = "" if asked.industry == "goods" else INDUSTRIES.get(asked.industry, "Computers and electronics")
    said = {
        "cents": "cents per dollar",
        "billions": "billion dollars",
        MORE: "billion dollars from export growth",
        RECIPE: "billion dollars from sourcing",
    }
    host = names.economy(asked.host)
    return Joined(host, ", ", industry) if industry else host, LABELS[asked.origin], said[asked.what]


def _laid_out(rows: dict[tuple[str, str, str], dict[str, Any]]) -> pd.DataFrame:
    index = pd.MultiIndex.from_arrays(
        [pd.Index(heads, dtype=object) for heads in zip(*rows, strict=True)],
        names=["Exporter", "Who earns", "Measure"],
    )
    return pd.DataFrame(list(rows.values()), index=index)


def _written(asked: Quantity, pair: tuple[float, float]) -> Untranslated:
    then, now = (f"{value:.1f}".replace("-", "−") for value in pair)
    return Untranslated(now if asked.what in (MORE, RECIPE) else f"{then}→{now}")


# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    return {**_earnings(), **_export_growth(), **_india(), **_counts()}


def _earnings() -> Numbers:
    """Return earnings, billion dollars."""
    korea = tried(Quantity(ASEAN, "KOR", "billions"))["Without Viet Nam"]
    return {"gained_KOR_without_VNM": korea[1] - korea[0]}


def _export_growth() -> Numbers:
    """Return what China gained in Viet Nam's exports, and how much of that export growth explains."""
    by_mean = [100 * answer(Quantity("VNM", "CHN", MORE, first=first))[1] / _gained(first) for first in (FIRST, *BASES)]
    return {
        "gained_CHN_in_VNM": _gained(FIRST),
        "percent_of_CHN_in_VNM_by_more": by_mean[0],
        "percent_of_CHN_in_VNM_by_more_min": min(by_mean),
        "percent_of_CHN_in_VNM_by_more_max": max(by_mean),
    }


def _gained(first: int) -> float:
    then, now = answer(Quantity("VNM", "CHN", "billions", first=first))
    return now - then


def _india() -> Numbers:
    """Return India's exports of electronics, and Russia's cents."""
    sold, russia = exports("IND", "electronics"), cents(earned("IND"))
    return {
        "exports_IND_electronics_2018": sold[2018],
        "exports_IND_electronics_2019": sold[2019],
        "cents_RUS_in_IND_2021": _at(russia, "RUS", 2021),
        "cents_RUS_in_IND_2022": _at(russia, "RUS", 2022),
        "cents_RUS_in_IND_without_2022": _at(cents(earned("IND", of="dollars_without")), "RUS", 2022),
    }


def _counts() -> Numbers:
    """Return in how many industries shares rose, and how many checks there were."""
    last_stages = [finished(industry) for industry in ledger.DISJOINT]
    return {
        "industries": len(last_stages),
        "industries_CHN_rose_since_2018": sum(bool(share["CHN"][LAST] > share["CHN"][2018]) for share in last_stages),
        "industries_JPN_rose_since_2018": sum(bool(share["JPN"][LAST] > share["JPN"][2018]) for share in last_stages),
        "results_tested": len(ASKED) + len(BROKEN),
        "numbers_tried": len(ASKED),
        "trials": sum(all_ for _, all_ in map(agreement, ASKED)),
        "numbers_broken": len(BROKEN),
    }
