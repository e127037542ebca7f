"""What American customs count: who sells what to the United States, what duty it pays, and how much may be Chinese.

`pipeline.us_customs` makes what is stored. The last year of the files may be a part of one: years are compared from
January to the month in which the files end.
"""

from calendar import month_name, monthrange
from collections.abc import Callable, Iterable
from functools import cache
from typing import Literal

import numpy as np
import pandas as pd

from exhibits.text import Message, calendar_year
from gvc import panel
from industrial_chains import data, ledger
from industrial_chains.industry_groups import GROUPS
from industrial_chains.trade_model import inputs
from industrial_chains.trade_model.inputs import GOODS, OTHER, SELLER

#: Who gained while China lost, and is followed.
GAINERS = ("VNM", "MEX", "IND", "TWN", "THA")
#: Members of the European Union that customs show beside it, and others that the trade model does not tell apart.
UNION = {
    "AUT": "AUSTRIA",
    "BEL": "BELGIUM",
    "FRA": "FRANCE",
    "DEU": "GERMANY",
    "IRL": "IRELAND",
    "ITA": "ITALY",
    "NLD": "NETHERLANDS",
    "ESP": "SPAIN",
    "SWE": "SWEDEN",
}
MEMBERS = UNION | {"CHL": "CHILE", "COL": "COLOMBIA", "ISR": "ISRAEL"}
#: Whose value added is told apart in what partners sell, beside their own.
CONTENT = (SELLER, inputs.BUYER)
#: The year of the tables of value added, and the last before the duties of 2025.
BASE, EVE = inputs.YEARS[-1], 2024
#: Electronics, as in the ledger, are two industries of the trade model; here they are one.
ELECTRONICS = "electronics"
_ONE = dict.fromkeys(GROUPS["electronics"]["OECD"], ELECTRONICS)
#: What industries make, electronics as one; and how exhibits name them and all other goods.
MADE = tuple(dict.fromkeys(_ONE.get(code, code) for code in GOODS))
NAMES = inputs.NAMES | {ELECTRONICS: "Electronics", OTHER: "Second-hand, returned and other goods"}
#: What gold is counted with, beside other metals.
METALS = ("C24",)
#: What charts mark: the first duties on China, the end of the tables of value added, the duties on all.
EVENTS = {"July 2018": 2018.5, "end of 2022": 2022.99, "April 2025": 2025.25}

Cells = pd.DataFrame


# -- imports ----------------------------------------------------------------------------------------------------------


@cache
def by_month() -> pd.DataFrame:
    """Read American imports for consumption, (year, month) × partner and ``WLD``; million USD."""
    rows = data.table("us_imports_by_month")
    return rows.set_index(["year", "month"])


def end() -> tuple[int, int]:
    """Return the year and the month in which the files end."""
    year, month = by_month().index.max()
    return int(year), int(month)


def month() -> str:
    """Name the month in which the files end."""
    return month_name[end()[1]]


def to_month(text: str) -> Message:
    """Say of which months something is: the text has places for the last month, ``{0}``, and its year, ``{1}``."""
    return Message(text, month(), calendar_year(end()[0]))


def years() -> list[int]:
    """List the years of the files."""
    return sorted({int(year) for year in inputs.us_imports()["year"]})


def amounts(what: Literal["imports", "duty"], year: int) -> Cells:
    """Return imports or duty of all goods, in a year up to the month in which the files end; million USD."""
    return with_electronics(inputs.american(what, year))


def with_electronics(cells: Cells) -> Cells:
    """Sum the two industries of electronics, which are columns of cells."""
    return cells.T.groupby(lambda code: _ONE.get(code, code), sort=False).sum().T


def shares(year: int, without: Iterable[str] = ()) -> pd.Series:
    """Return each partner's share in American imports; percent, of all industries but those left out."""
    sums = amounts("imports", year).drop(columns=list(without)).sum(axis=1)
    return 100 * sums / sums.sum()


def moved(first: int, last: int, without: Iterable[str] = ()) -> pd.Series:
    """Return the change of :func:`shares`; points."""
    return shares(last, without) - shares(first, without)


def monthly_shares() -> pd.DataFrame:
    """Return each partner's share in the imports of each month, (year, month) × partner; percent."""
    rows = by_month()
    return 100 * rows.drop(columns=panel.WORLD).div(rows[panel.WORLD], axis=0)


def points(first: int, last: int, partner: str = SELLER) -> pd.Series:
    """Return in which industries :func:`moved` came about; points of all imports, which add up to it."""
    then, now = (amounts("imports", year) for year in (first, last))
    change: pd.Series = 100 * (now.T[partner] / now.to_numpy().sum() - then.T[partner] / then.to_numpy().sum())
    return change


def part_of_electronics(first: int, last: int) -> float:
    """Return how much of the change in China's share of all imports is electronics, by :func:`points`; percent."""
    change = points(first, last)
    return float(100 * change[ELECTRONICS] / change.sum())


def of_industry(year: int) -> Cells:
    """Return each partner's share in what is imported of each industry, partner × industry; percent."""
    sold = amounts("imports", year)
    return 100 * sold / sold.sum()


def gains(first: int, last: int) -> Cells:
    """Say how much more each partner sold in the last year than at its share of each industry in the first.

    Returns
    -------
    DataFrame, partner × industry
        Billion USD; of each industry they add up to zero, and what a partner lost is below zero.
    """
    change: Cells = of_industry(last) - of_industry(first)
    return change * amounts("imports", last).sum() / 1e5


# -- duty -------------------------------------------------------------------------------------------------------------


def rates(year: int) -> pd.Series:
    """Return the duty collected on each partner's goods, and as ``WLD`` on all; percent of imports."""
    duty, sold = (amounts(what, year).sum(axis=1) for what in ("duty", "imports"))
    duty[panel.WORLD], sold[panel.WORLD] = duty.sum(), sold.sum()
    return 100 * inputs.rate(duty, sold)


def rates_by_industry(year: int) -> Cells:
    """Return the duty collected on each partner's goods of each industry, partner × industry; pure numbers."""
    return inputs.rate(amounts("duty", year), amounts("imports", year))


def duty_on_replacements(first: int, last: int, without: Iterable[str] = ()) -> dict[str, float]:
    r"""Compare the duty on what was bought instead of China's goods with the duty on these.

    Returns
    -------
    dict
        `China`, `others` and `before`: percent. `sum`: what China lost, billion USD.

    Notes
    -----
    With :math:`l_i` what China lost in industry i and :math:`w_{pi}` the part of partner p in what all gainers there
    gained, `others` is :math:`\sum_i l_i \sum_p w_{pi} t_{pi} / \sum_i l_i`, where t is the duty collected over imports
    in the last year; `China` and `before` take China's t of the last and of the first year.
    """
    kept = [code for code in [*MADE, OTHER] if code not in set(without)]
    change = gains(first, last)[kept]
    lost = -change.T[SELLER].clip(upper=0)
    won = change.drop(index=SELLER).clip(lower=0)
    now, then = (rates_by_industry(year)[kept] for year in (last, first))
    parts = {"China": now.T[SELLER], "others": (won / won.sum() * now.loc[won.index]).sum(), "before": then.T[SELLER]}
    means = {name: float(100 * np.average(rate, weights=lost)) for name, rate in parts.items()}
    return {**means, "sum": float(lost.sum())}


@cache
def by_law(partner: str, bought: bool = False) -> float:
    """Average what the law charges a partner in the last year, up to the month in which the files end; percent.

    Parameters
    ----------
    partner : str
        One of the tracker's, or ``WLD``.
    bought : bool
        Weigh each month by what was bought of the partner in it; else all days count alike.

    Notes
    -----
    The duty collected in 2024 with all that was added since, on the goods of 2024. Before the tracker's first day
    nothing was added; after its last day the last rate stands.
    """
    rows = data.table("duties").query("partner == @partner")
    steps = pd.Series(rows["added"].to_numpy(), pd.to_datetime(rows["date"])).sort_index(kind="stable")
    year, last = end()
    days = pd.date_range(f"{year}-01-01", f"{year}-{last:02}-{monthrange(year, last)[1]}")
    added = steps.reindex(steps.index.union(days)).ffill().reindex(days).fillna(0.0)
    if bought:
        months = added.groupby(days.month).mean()
        weights = by_month()[partner].loc[year]
        mean = float(np.average(months, weights=weights.loc[months.index]))
    else:
        mean = float(added.mean())
    return float(rows["collected"].iloc[0]) + mean


# -- whose value added ------------------------------------------------------------------------------------------------


@cache
def content() -> pd.DataFrame:
    """Read whose value added was in what partners sold to the United States in :data:`BASE`.

    Returns
    -------
    DataFrame, (exporter, industry) × {exports, home, CHN, USA}
        Million USD.
    """
    rows = data.table("us_imports_content").replace({"industry": _ONE})
    return rows.groupby(["exporter", "industry"], sort=False).sum()


def cents(without: Iterable[str] = ()) -> pd.DataFrame:
    """Say who earns a dollar of each partner's goods, partner × {home, CHN, foreign, third}; cents.

    `third` is foreign and not American.
    """
    sums = content().drop(index=list(without), level="industry").groupby(level="exporter", sort=False).sum()
    return _cents(sums)


def cents_by_industry() -> pd.DataFrame:
    """Do as :func:`cents` does, (exporter, industry) × the same."""
    return _cents(content())


def cents_of_ledger() -> pd.DataFrame:
    """Do as :func:`cents` does with the ledger's goods exports to all, for the gainers that it follows."""
    here = {host: ledger.cents(ledger.earned(host))[BASE] for host in GAINERS if host in ledger.LEDGER_HOSTS}
    rows = {
        host: {
            "home": one[ledger.HOME],
            SELLER: one[SELLER],
            "foreign": 100 - one[ledger.HOME],
            "third": 100 - one[ledger.HOME] - one["USA"],
        }
        for host, one in here.items()
    }
    return pd.concat([pd.DataFrame(rows).T, cents().drop(index=list(here))])


def _cents(sums: pd.DataFrame) -> pd.DataFrame:
    parts = 100 * sums.div(sums["exports"], axis=0)
    foreign = 100 - parts[ledger.HOME]
    return pd.DataFrame(
        {"home": parts[ledger.HOME], SELLER: parts[SELLER], "foreign": foreign, "third": foreign - parts["USA"]}
    )


def chinese_content_of_gains(
    first: int,
    last: int,
    gainers: Iterable[str] = GAINERS,
    without: Iterable[str] = (),
    of: Callable[[], pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """Say how much Chinese value added what each gained can hold, if a dollar of its goods is made as in :data:`BASE`.

    Parameters
    ----------
    first, last : int
        The gain is the change of the share in all imports, times imports of the last year.
    gainers : iterable of str
        Those among them that lost are left out.
    without : iterable of str
        Industries.
    of : function, default :func:`cents`

    Returns
    -------
    DataFrame, gainer × {gain, average, third, foreign}
        Billion USD: the gain; what is Chinese in it at the average cents; if all foreign value but American were
        Chinese; if all foreign value were. The row ``CHN`` has what China lost, and in all other columns its own value
        added in that.
    """
    left = list(without)
    points = moved(first, last, left)
    gain = points * amounts("imports", last).drop(columns=left).to_numpy().sum() / 1e5
    part = (cents(left) if of is None else of()) / 100
    here = [code for code in gainers if gain[code] > 0]
    rows = pd.DataFrame({"gain": gain[here], **{to: gain[here] * part.loc[here, a] for to, a in _COLUMNS.items()}})
    lost = -gain[SELLER]
    own = lost * part.loc[SELLER, "home"]
    return pd.concat([rows, pd.DataFrame({"gain": lost, **dict.fromkeys(_COLUMNS, own)}, index=[SELLER])])


def chinese_content_of_gains_by_industry(
    first: int,
    last: int,
    gainers: Iterable[str] = GAINERS,
    industries: Iterable[str] = MADE,
    lost: bool = False,
) -> pd.DataFrame:
    """Do as :func:`chinese_content_of_gains` does, industry by industry.

    Parameters
    ----------
    lost : bool
        Only gains in industries in which China lost, and no losses against them.
    """
    change, part = gains(first, last).T, cents_by_industry() / 100
    kept = [code for code in industries if not lost or change[SELLER][code] < 0]
    own = -float((change[SELLER][kept] * part["home"][SELLER][kept]).sum())
    rows = {}
    for code in gainers:
        gain = change[code][kept].clip(lower=0 if lost else None)
        each = part.xs(code).loc[kept]
        rows[code] = {"gain": gain.sum(), **{to: (gain * each[a]).sum() for to, a in _COLUMNS.items()}}
    rows[SELLER] = {"gain": -change[SELLER][kept].sum(), **dict.fromkeys(_COLUMNS, own)}
    return pd.DataFrame(rows).T


def share_of_loss(of: pd.DataFrame) -> pd.Series:
    """Sum what :func:`chinese_content_of_gains` says over gainers, in percent of the value added in what China lost."""
    columns = list(_COLUMNS)
    return 100 * of.drop(index=SELLER)[columns].sum() / of[columns].T[SELLER]


#: Columns of :func:`chinese_content_of_gains`, by those of :func:`cents`.
_COLUMNS = {"average": SELLER, "third": "third", "foreign": "foreign"}
