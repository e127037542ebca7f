"""The American market to the last month that is counted: who sells, at what duty, and what changed when duties did."""

from calendar import month_name, monthrange
from functools import cache

import numpy as np
import pandas as pd

from exhibits.prose import Numbers
from exhibits.text import Joined, Message, Untranslated, calendar_year, enumerated, joined
from gvc.panel import WORLD
from industrial_chains import customs, data, official_counts
from industrial_chains import economies as eco
from industrial_chains.charting import names
from industrial_chains.customs import BASE, ELECTRONICS, EVE, GAINERS, MADE, METALS, NAMES
from industrial_chains.trade_model import inputs
from industrial_chains.trade_model.forecasts import FUELS
from industrial_chains.trade_model.inputs import BUYER, OTHER, PARTNERS, SELLER

#: Who is followed by month, who gained while China lost, and who stands in tables.
LINES = ("MEX", SELLER, "VNM", "TWN", "THA", "IND")
SHOWN = (SELLER, "TWN", "VNM", "MEX", "CAN", "THA", "IND", "KOR", "JPN", "MYS", "IDN")
#: Computers, their parts, telephones and routers, storage, and chips: headings of the Harmonized System.
FIVE = ("8471", "8473", "8517", "8523", "8542")
#: Bullion and coins; and special provisions, among them goods that return and parcels of low value.
BULLION, SPECIAL = ("7106", "7108", "7115", "7118"), ("98", "99")
ALL = "all"
#: The first duties on all partners, the rates by country, and the end of the emergency duties.
EVENTS = {"April 2025": (2025, 4), "August 2025": (2025, 8), "February 2026": (2026, 2)}
#: Months on either side of an event, and the part of adjacent windows that an ordinary change does not leave, percent.
WINDOWS, ORDINARY = (3, 6), 90
#: The years whose windows say what is ordinary: those of the older vintage before the duties of 2025.
FIRST_ORDINARY, LAST_ORDINARY = 2015, 2024
#: China's markets that a chart shows.
MARKETS = ("HKG", "THA", "MYS", "VNM", "ASEAN10", "IND", "SGP", "PHL", "IDN", "EU27", "JPN", "MEX", "KOR", BUYER)
#: Before the duties of 2018, and their first year.
BEFORE, FIRST = 2017, 2018
#: Partners of which the tracker knows what the law charges; how tables call the gainers, and how many they name.
KNOWN = (SELLER, *GAINERS, "EU27", "CAN", "JPN", "KOR")
TOGETHER, NAMED = "The five", 3
#: What stands below exhibits.
CENSUS = "Own computation, December 2026, from US Census data of October 2026."
LAW = "Own computation, December 2026, from US Census data of October 2026 and tariffs by law in M. Waugh's tracker."
OLDER = "Own computation, December 2026, from US Census data of October 2026; ordinary changes from M. Waugh's tracker."
TRACKER = "Own computation, November 2026, from US Census data in M. Waugh's tracker."
VALUE = (
    "Own computation, November 2026, from US Census data in M. Waugh's tracker and the OECD's table of 2022, "
    "2025 edition."
)
CHINA = "General Administration of Customs of China, bulletin of July 2026."

Cells = pd.DataFrame


def _months(wide: Cells) -> pd.PeriodIndex:
    return pd.PeriodIndex(wide.index)


# -- months -----------------------------------------------------------------------------------------------------------


@cache
def amounts(what: str = "imports") -> Cells:
    """Read imports for consumption or duty, month × partner and ``WLD``; million USD."""
    wide = data.table("us_market_by_month").pivot(index="month", columns="partner", values=what) / 1e6
    return wide.set_axis(pd.PeriodIndex(wide.index, freq="M"))


def end() -> pd.Period:
    """Return the last month that is counted."""
    last: pd.Period = amounts().index.max()
    return last


def of_months(text: str) -> Message:
    """Say of which months something is: the text has places for the last month, ``{0}``, and its year, ``{1}``."""
    return Message(text, end().strftime("%B"), calendar_year(end().year))


def years() -> list[int]:
    """List the years of which all months to :func:`end` are counted."""
    rows = amounts()[_months(amounts()).month <= end().month]
    count = rows.groupby(_months(rows).year)[WORLD].count()
    return [int(year) for year in count.index[count == end().month]]


def to_month(what: str, year: int) -> pd.Series:
    """Sum imports or duty from January to the last month, by partner; million USD."""
    months = _months(amounts(what))
    total: pd.Series = amounts(what)[(months.year == year) & (months.month <= end().month)].sum()
    return total


def monthly_shares() -> Cells:
    """Return each partner's share in the imports of each month, month × partner; percent."""
    rows = amounts()
    return 100 * rows.drop(columns=WORLD).div(rows[WORLD], axis=0)


def rates() -> Cells:
    """Return the duty calculated over imports, month × partner and ``WLD``; percent."""
    return 100 * amounts("duty") / amounts()


def _laid_out(wide: Cells, column: str = "partner") -> pd.DataFrame:
    """Lay months out for a chart: columns time, month, `column`, value."""
    long = wide.rename_axis(index="month").melt(ignore_index=False, var_name=column).reset_index()
    time = long["month"].dt.year + (long["month"].dt.month - 0.5) / 12
    return long.assign(time=time, month=long["month"].astype(str))


def by_month() -> pd.DataFrame:
    """Follow the shares of those that sell most, and of India and Thailand; percent."""
    return _laid_out(monthly_shares()[list(LINES)])


def moments() -> dict[str, float]:
    """Place the events on an axis of months."""
    return {name: year + (month - 0.5) / 12 for name, (year, month) in EVENTS.items()}


def sold() -> pd.DataFrame:
    """Set what partners sell, and the duty on it, in the same months of several years side by side.

    Returns
    -------
    DataFrame, partner × ({Billion USD, Percent of all, Duty, percent}, year)
    """
    rows = [*SHOWN, WORLD]
    columns = {}
    for year in (years()[0], years()[-1]):
        columns["Billion USD", str(year)] = to_month("imports", year)[rows] / 1000
    for year in years():
        of_year = to_month("imports", year)
        columns["Percent of all", str(year)] = 100 * of_year[rows] / of_year[WORLD]
    for year in years():
        columns["Duty, percent", str(year)] = (100 * to_month("duty", year) / to_month("imports", year))[rows]
    return _named(pd.DataFrame(columns))


def _named(table: pd.DataFrame) -> pd.DataFrame:
    label = {WORLD: "All partners"}
    return table.set_axis(pd.Index([label.get(code) or names.economy(code) for code in table.index], name="Partner"))


# -- duty -------------------------------------------------------------------------------------------------------------


def by_law(partner: str) -> pd.Series:
    """Average what the law charges a partner on the goods of 2024, by month from January 2025; percent.

    Notes
    -----
    The duty collected in 2024 with all that was added since, days alike. After the tracker's last day its rate stands.
    """
    rows = data.table("duties").query("partner == @partner")
    steps = pd.Series(rows["added"].to_numpy(), pd.to_datetime(rows["date"])).sort_index(kind="stable")
    days = pd.date_range("2025-01-01", f"{end()}-{monthrange(end().year, end().month)[1]}")
    added = steps.reindex(steps.index.union(days)).ffill().reindex(days).fillna(0.0)
    return float(rows["collected"].iloc[0]) + added.groupby(days.to_period("M")).mean()


def duties() -> pd.DataFrame:
    """Lay the duty collected and the duty by law out for a chart: columns time, month, kind, partner, value."""
    frames = []
    for partner in (SELLER, "IND", "JPN", "VNM", "MEX", "TWN"):
        law = by_law(partner)
        both = pd.DataFrame({"By law": law, "Collected": rates()[partner].reindex(law.index)})
        frames.append(_laid_out(both, "kind").assign(partner=names.economy(partner)))
    return pd.concat(frames, ignore_index=True)


# -- two engines ------------------------------------------------------------------------------------------------------


@cache
def _headings() -> Cells:
    """Read general imports, (partner, year) × heading and ``all``; billion USD, zero what the source does not list."""
    rows = data.table("us_market_by_heading", text=True).astype({"year": int, "imports": float})
    wide = rows.pivot(index=["partner", "year"], columns="heading", values="imports") / 1e6
    return wide.fillna(0.0)


def heading_years() -> tuple[int, int]:
    """Return the two years of the headings."""
    found = sorted(set(_headings().index.get_level_values("year")))
    return int(found[0]), int(found[-1])


def two_parts() -> Cells:
    """Split general imports into the five headings and all else, partner × ({Five, Else}, year); billion USD."""
    five = _headings()[list(FIVE)].sum(axis=1)
    wide = {
        (part, year): values.xs(year, level="year")
        for part, values in (("Five", five), ("Else", _headings()[ALL] - five))
        for year in heading_years()
    }
    return pd.DataFrame(wide)


def engines() -> pd.DataFrame:
    """Lay the change of both parts out for a chart: columns partner, value, part; billion USD."""
    first, last = heading_years()
    wide = two_parts()
    frames = []
    moved = wide["Five", last] - wide["Five", first] + wide["Else", last] - wide["Else", first]
    order = moved.sort_values(ascending=False)
    for part, label in (("Five", "Computers, parts, phones, storage, chips"), ("Else", "All other goods")):
        change = (wide[part, last] - wide[part, first])[order.index].rename_axis("partner").rename("value")
        frames.append(change.reset_index().assign(part=label))
    return pd.concat(frames, ignore_index=True)


def engines_tried() -> pd.DataFrame:
    """Measure growth with and without the five headings in other ways, partner × measures; percent and billion USD."""
    first, last = heading_years()
    rows = _headings()
    kinds = {
        "All goods": rows[ALL],
        "Without the five": rows[ALL] - rows[list(FIVE)].sum(axis=1),
        "Listed headings without the five": rows.drop(columns=[ALL, *FIVE]).sum(axis=1),
    }
    odd = [code for code in map(str, rows) if code in BULLION or code[:2] in SPECIAL]
    kinds["Without the five, bullion and special provisions"] = kinds["Without the five"] - rows[odd].sum(axis=1)
    table = {}
    for label, values in kinds.items():
        wide = values.unstack("year")
        wide.loc[WORLD] = wide.sum()
        table["Growth, percent", label] = 100 * (wide[last] / wide[first] - 1)
    parts = two_parts()
    parts.loc[WORLD] = parts.sum()
    for year in (first, last):
        table["The five, billion USD", str(year)] = parts["Five", year]
    for year in (first, last):
        table["All else, billion USD", str(year)] = parts["Else", year]
    found = pd.DataFrame(table).sort_values(("Growth, percent", "Without the five"), ascending=False, kind="stable")
    label = {WORLD: "The twelve"}
    return found.set_axis(pd.Index([label.get(code) or names.economy(code) for code in found.index], name="Partner"))


def of_headings() -> Message:
    """Say which headings are the five, bullion and special provisions, and how much of all goods the source lists."""
    rows = _headings()
    covered = 100 * rows.drop(columns=ALL).sum(axis=1) / rows[ALL]
    parts = (", ".join(FIVE), f"{covered.min():.0f}", f"{covered.max():.0f}", ", ".join(BULLION), ", ".join(SPECIAL))
    return Message(
        "The five: headings {0}. Listed headings cover {1} to {2} per cent of each partner’s sales. Bullion: {3}. "
        "Special provisions: chapters {4}.",
        *map(Untranslated, parts),
    )


# -- events -----------------------------------------------------------------------------------------------------------


def index() -> Cells:
    """Set each partner's share against that of the same month in the first twelve, month × partner; these are 100."""
    return _against(monthly_shares(), amounts().index.min())


def _against(shares: Cells, first: pd.Period) -> Cells:
    base = shares.loc[first : first + 11]
    by_calendar = base.set_axis(_months(base).month)
    later = shares.loc[first + 12 :]
    found: Cells = 100 * later / by_calendar.loc[_months(later).month].set_axis(later.index)
    return found


def indexed() -> pd.DataFrame:
    """Lay :func:`index` out for a chart: columns time, month, partner, value."""
    return _laid_out(index()[list(LINES)])


def break_at(levels: Cells, event: pd.Period, window: int) -> pd.Series:
    """Compare the months after an event with those before it, in percent: means of logarithms, without its month."""
    logs: Cells = levels.apply(np.log)
    after, before = logs.loc[event + 1 : event + window], logs.loc[event - window : event - 1]
    if not len(after) == len(before) == window:
        return pd.Series(np.nan, levels.columns)
    return 100 * (after.mean() - before.mean()).map(np.expm1)


@cache
def ordinary(window: int) -> pd.DataFrame:
    """Say between what the same measure lay before the duties of 2025, partner × {low, high}; percent.

    Notes
    -----
    Every month of the years named above takes the place of February 2026, and the twelve months that begin 29 before it
    that of the first twelve. The numbers are of the older vintage, and used for nothing else.
    """
    rows = data.table("us_imports_by_month")
    months = pd.PeriodIndex([f"{y}-{m:02}" for y, m in rows[["year", "month"]].to_numpy()], freq="M")
    wide = rows.drop(columns=["year", "month"]).set_axis(months)
    shares = wide.drop(columns=WORLD).div(wide[WORLD], axis=0)
    back = (pd.Period(year=EVENTS["February 2026"][0], month=2, freq="M") - amounts().index.min()).n
    moved = [
        break_at(_against(shares, event - back), event, window)
        for event in pd.period_range(f"{FIRST_ORDINARY}-06", f"{LAST_ORDINARY}-{12 - window}", freq="M")
    ]
    tail = (100 - ORDINARY) / 200
    found = pd.DataFrame(moved)
    return pd.DataFrame({"low": found.quantile(tail), "high": found.quantile(1 - tail)})


def events() -> pd.DataFrame:
    """Set the breaks at each event beside what is ordinary, partner × ({events, ordinary}, windows); percent."""
    known = [code for code in SHOWN if code in ordinary(WINDOWS[0]).index]
    columns = {}
    for name, (year, month) in EVENTS.items():
        # Six months before August 2025 hold April 2025.
        for window in WINDOWS if name != "August 2025" else WINDOWS[:1]:
            moved = break_at(index(), pd.Period(year=year, month=month, freq="M"), window)
            columns[name, f"{window} months"] = moved[known]
    for window in WINDOWS:
        for side in ("low", "high"):
            columns[f"Ordinary, {window} months", side] = ordinary(window)[side][known]
    return _named(pd.DataFrame(columns))


def outside(name: str, window: int) -> list[str]:
    """List whose break at an event is larger or smaller than an ordinary one."""
    year, month = EVENTS[name]
    moved = break_at(index(), pd.Period(year=year, month=month, freq="M"), window)
    limits = ordinary(window)
    return [code for code in SHOWN if code in limits.index and not limits.low[code] <= moved[code] <= limits.high[code]]


def computing() -> pd.DataFrame:
    """Return imports of computing hardware and of all else, and the duty on each, by month; million USD and percent."""
    rows = data.table("us_market_computing")
    rows = rows.set_index(pd.PeriodIndex(rows["month"], freq="M"))
    every, duty = amounts()[WORLD].reindex(rows.index), amounts("duty")[WORLD].reindex(rows.index)
    hardware = rows["imports"] / 1e6
    rest = every - hardware
    return pd.DataFrame(
        {
            "hardware": hardware,
            "rest": rest,
            "share": 100 * hardware / every,
            "rate": rows["rate"],
            "rate_of_rest": 100 * (duty - hardware * rows["rate"] / 100) / rest,
        }
    )


# -- China's and Korea's count ----------------------------------------------------------------------------------------


def abroad() -> pd.DataFrame:
    """Lay the growth of China's exports out for a chart, by its own customs: columns partner, value; percent."""
    rows = data.table("china_customs_to_month").set_index("partner")["growth_exports"]
    return rows[list(MARKETS)].sort_values(ascending=False, kind="stable").rename("value").reset_index()


# -- since 2013, by the older vintage ----------------------------------------------------------------------------------


def since_2013() -> pd.DataFrame:
    """Follow the shares of China and of the gainers month by month: columns time, month, partner, value; percent."""
    wide = customs.monthly_shares()[[SELLER, *GAINERS]]
    long = wide.melt(ignore_index=False, var_name="partner").reset_index()
    time = long["year"] + (long["month"] - 0.5) / 12
    named = [f"{year}-{month:02}" for year, month in zip(long["year"], long["month"], strict=True)]
    return long.assign(time=time, month=named)[["time", "month", "partner", "value"]]


def imports_and_duties() -> pd.DataFrame:
    """List imports and duty of every partner and industry, since :data:`BEFORE`, for download.

    Returns
    -------
    DataFrame
        Columns partner, industry, imports and duty of each year; million USD, from January to the month in which the
        files end. ``WLD`` is all partners, ``all`` all industries.
    """
    frames = {}
    for what in ("imports", "duty"):
        for year in (year for year in customs.years() if year >= BEFORE):
            cells = inputs.american(what, year).round(3)  # thousands of dollars, the finest industries
            cells = pd.concat([cells, cells.sum().to_frame(WORLD).T])
            frames[f"{what}_{year}"] = cells.assign(all=cells.sum(axis=1)).stack()
    return pd.DataFrame(frames).rename_axis(index=["partner", "industry"]).reset_index()


def lost_most(count: int) -> list[str]:
    """List the industries in which China lost most sales since :data:`BASE`."""
    return [str(code) for code in customs.gains(BASE, customs.end()[0])[list(MADE)].T[SELLER].nsmallest(count).index]


def industries() -> pd.DataFrame:
    """List China's share in each industry, what it lost there, and who gained most.

    Returns
    -------
    DataFrame, industry × {years, Lost, Gained most}
        Percent, and billion USD as :func:`customs.gains` has it.
    """
    change = customs.gains(BASE, customs.end()[0])[list(MADE)]
    rows = {}
    for code in change.T[SELLER].sort_values(kind="stable").index:
        most = change[code].drop([SELLER, eco.ROW]).nlargest(NAMED)
        rows[NAMES[code]] = {
            **{
                str(year): customs.of_industry(year).loc[SELLER, code] for year in (BEFORE, BASE, EVE, customs.end()[0])
            },
            "Lost, billion USD": -change.loc[SELLER, code],
            "Gained most, billion USD": joined(
                ", ", (Joined(names.economy(str(who)), " ", Untranslated(f"{one:.1f}")) for who, one in most.items())
            ),
        }
    return pd.DataFrame(rows).T.infer_objects().rename_axis(index="Industry")


def trials_of_shares() -> pd.DataFrame:
    """Ask in other ways how China's share changed and who gained.

    Returns
    -------
    DataFrame, trial × {China’s share, change; changes of others; who gained most}
        Percent and points.
    """
    end, fuels, metals = customs.end()[0], list(FUELS), [*FUELS, *METALS]
    near = ["CAN", "MEX"]
    cases: dict[str, tuple[pd.Series, pd.Series]] = {
        f"All goods, from {BASE}": (customs.shares(BASE), customs.shares(end)),
        f"From {BEFORE}": (customs.shares(BEFORE), customs.shares(end)),
        f"From {FIRST}": (customs.shares(FIRST), customs.shares(end)),
        f"From {EVE}": (customs.shares(EVE), customs.shares(end)),
        f"{BASE}–{EVE}": (customs.shares(BASE), customs.shares(EVE)),
        "Without fuels": (customs.shares(BASE, fuels), customs.shares(end, fuels)),
        "Without fuels, metals and gold": (customs.shares(BASE, metals), customs.shares(end, metals)),
        "Without electronics": (customs.shares(BASE, [ELECTRONICS]), customs.shares(end, [ELECTRONICS])),
        "Without chemicals and medicine": (customs.shares(BASE, ["C20_21"]), customs.shares(end, ["C20_21"])),
        "Fixed sizes of industries": (_fixed(BASE), _fixed(end)),
        "Without Canada and Mexico": (_apart(BASE, near), _apart(end, near)),
    }
    rows = {}
    for label, (then, now) in cases.items():
        change = now - then
        others = change.drop([SELLER, eco.ROW])
        rows[label] = {
            ("China", "First year"): then[SELLER],
            ("China", "Last year"): now[SELLER],
            ("China", "Change"): change[SELLER],
            ("Change, points", TOGETHER): change.reindex(GAINERS).sum(),
            **{("Change, points", names.economy(code)): change[code] for code in ("TWN", "VNM")},
            ("Change, points", "Gained most"): enumerated(
                names.economy(str(code)) for code in others.nlargest(NAMED).index
            ),
        }
    return pd.DataFrame(rows).T.infer_objects().rename_axis(index="Trial")


def _apart(year: int, without: list[str]) -> pd.Series:
    sold = customs.amounts("imports", year).sum(axis=1).drop(without)
    return 100 * sold / sold.sum()


def _fixed(year: int) -> pd.Series:
    weights = customs.amounts("imports", BASE).sum()
    return (customs.of_industry(year).fillna(0) * weights / weights.sum()).sum(axis=1)


def duty_by_year() -> pd.DataFrame:
    """Follow the duty collected on China and on the gainers, year by year: columns year, partner, value; percent."""
    wide = pd.DataFrame({year: customs.rates(year) for year in customs.years()}).loc[[SELLER, *GAINERS]]
    return wide.rename_axis(index="partner").melt(ignore_index=False, var_name="year").reset_index()


def _by_partner(rates: pd.Series) -> dict[str, float]:
    """Compare China's rate with the mean of those of others, by what each gained in all goods."""
    points = customs.moved(BASE, customs.end()[0])[list(KNOWN)]
    won = points.clip(lower=0)
    return {
        "sum": -float(points[SELLER]) * float(customs.amounts("imports", customs.end()[0]).to_numpy().sum()) / 1e5,
        "before": float(customs.rates(BASE)[SELLER]),
        "China": float(rates[SELLER]),
        "others": float((won * rates[won.index]).sum() / won.sum()),
    }


def trials_of_duty() -> pd.DataFrame:
    """Ask in other ways what duty lies on what was bought instead, trial × {Lost, China before, China, Instead}."""
    end, metals = customs.end()[0], [*FUELS, *METALS]
    every = [*MADE, OTHER]
    cases = {
        f"All goods, from {BASE}": customs.duty_on_replacements(BASE, end),
        f"From {BEFORE}": customs.duty_on_replacements(BEFORE, end),
        f"From {EVE}": customs.duty_on_replacements(EVE, end),
        "Without fuels": customs.duty_on_replacements(BASE, end, FUELS),
        "Without fuels, metals and gold": customs.duty_on_replacements(BASE, end, metals),
        "Without electronics": customs.duty_on_replacements(BASE, end, [ELECTRONICS]),
        "Electronics alone": customs.duty_on_replacements(BASE, end, [code for code in every if code != ELECTRONICS]),
        "Partner by partner": _by_partner(customs.rates(end)),
        "Partner by partner, by law": _by_partner(
            pd.Series({code: customs.by_law(code, bought=True) for code in KNOWN})
        ),
    }
    rows = {
        label: {
            "Lost, billion USD": of["sum"],
            "On China’s, first year": of["before"],
            "On China’s, last year": of["China"],
            "On what was bought instead": of["others"],
        }
        for label, of in cases.items()
    }
    return pd.DataFrame(rows).T.rename_axis(index="Trial")


def counts() -> pd.DataFrame:
    """Count in several ways how much of the value added in China's loss may have come back, count × {…}; percent."""
    end, metals = customs.end()[0], [*FUELS, *METALS]
    every = [code for code in PARTNERS if code != SELLER]
    cases = {
        f"The five, all goods, from {BASE}": customs.chinese_content_of_gains(BASE, end),
        f"From {BEFORE}": customs.chinese_content_of_gains(BEFORE, end),
        f"From {EVE}": customs.chinese_content_of_gains(EVE, end),
        f"{BASE}–{EVE}": customs.chinese_content_of_gains(BASE, EVE),
        "With the ledger’s shares of exports to all": customs.chinese_content_of_gains(
            BASE, end, of=customs.cents_of_ledger
        ),
        "Industry by industry": customs.chinese_content_of_gains_by_industry(BASE, end),
        "Gains only where China lost": customs.chinese_content_of_gains_by_industry(BASE, end, lost=True),
        "Without fuels": customs.chinese_content_of_gains(BASE, end, without=FUELS),
        "Without fuels, metals and gold": customs.chinese_content_of_gains(BASE, end, without=metals),
        "Without electronics": customs.chinese_content_of_gains(BASE, end, without=[ELECTRONICS]),
        "Electronics alone": customs.chinese_content_of_gains_by_industry(BASE, end, industries=[ELECTRONICS]),
        "All partners that gained": customs.chinese_content_of_gains(BASE, end, every),
    }
    rows = {}
    for label, of in cases.items():
        part = customs.share_of_loss(of)
        rows[label] = {
            "Value lost, billion USD": of.loc[SELLER, "average"],
            f"As in {BASE}": part["average"],
            "All foreign but American": part["third"],
            "All foreign": part["foreign"],
        }
    return pd.DataFrame(rows).T.rename_axis(index="Count")


# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def _by_name(values: pd.Series) -> dict[str, float]:
    return {str(month): float(value) for month, value in values.items()}


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    collected, law = rates(), by_law(SELLER)
    last, since = end(), pd.Period("2025-09", freq="M")
    china = index()[SELLER]
    months = computing()
    rows = data.table("china_customs_to_month").set_index("partner")
    korea = data.table("korea_by_month").pivot(index="month", columns=["item", "partner"], values="exports") / 1000
    late = slice(last - 2, last)
    share_of = amounts().loc[late].sum()
    before = amounts().loc[last - 14 : last - 12].sum()
    paid, bought = amounts("duty"), amounts()
    others = 100 * (paid[WORLD] - paid[SELLER]) / (bought[WORLD] - bought[SELLER])
    of_all, of_one = _by_name(collected[WORLD]), _by_name(collected[SELLER])
    gap = _by_name(collected[SELLER] - others)
    parts = two_parts()
    first_of, last_of = heading_years()
    change = {part: parts[part, last_of] - parts[part, first_of] for part in ("Five", "Else")}
    won = change["Else"].drop(SELLER).clip(lower=0)
    counted = int(rows["to"].iloc[0])
    of_china = bought[SELLER][_months(bought).month <= counted].groupby(lambda month: month.year).sum()
    return {
        "market_year": last.year,
        "market_month": last.strftime("%B"),
        "late_TWN": 100 * share_of["TWN"] / share_of[WORLD],
        "late_CHN": 100 * share_of[SELLER] / share_of[WORLD],
        "late_VNM": 100 * share_of["VNM"] / share_of[WORLD],
        "late_CHN_grew": 100 * share_of[SELLER] / before[SELLER] - 100,
        "rate_all_peak": collected[WORLD].max(),
        "rate_all_before": of_all["2026-01"],
        "rate_all_after": of_all["2026-03"],
        "rate_CHN_peak": collected[SELLER].max(),
        "rate_CHN_last": of_one[str(last)],
        "law_CHN_last": law.iloc[-1],
        "gap_October": gap["2025-10"],
        "gap_last": gap[str(last)],
        "index_least": china.loc[since:].min(),
        "index_most": china.loc[since:].max(),
        "general_CHN": _headings()[ALL][SELLER, last_of],
        "general_TWN": _headings()[ALL]["TWN", last_of],
        "general_VNM": _headings()[ALL]["VNM", last_of],
        "five_grew": change["Five"].sum(),
        "else_fell": -change["Else"].sum(),
        "else_lost_CHN": -change["Else"][SELLER],
        "else_gained_others": won.sum(),
        "computing_share_first": months["share"].iloc[:12].mean(),
        "computing_share_last": months["share"].iloc[-3:].mean(),
        "computing_rate": months["rate"].iloc[-1],
        "rest_rate": months["rate_of_rest"].iloc[-1],
        "computing_month": months.index[-1].strftime("%B"),
        "outside_April": len(outside("April 2025", 6)),
        "events_partners": len(events()),
        "china_month": month_name[counted],
        "arrivals_fell": 100 - 100 * of_china[int(rows["year"].iloc[0])] / of_china[int(rows["year"].iloc[0]) - 1],
        "china_all_grew": rows["growth_exports"][WORLD],
        "china_USA_share": 100 * rows["exports"][BUYER] / rows["exports"][WORLD],
        "korea_chips_first": korea["semiconductors", WORLD].iloc[0],
        "korea_chips_last": korea["semiconductors", WORLD].iloc[-1],
        "korea_USA_first": korea[ALL, BUYER].iloc[0],
        "korea_USA_last": korea[ALL, BUYER].iloc[-1],
        **_since_2013(),
        **_markets(),
    }


def _since_2013() -> Numbers:
    """Return how far the older vintage reaches, who gained, at what duty, and how much of the value may be Chinese."""
    end, trials, duty, table = customs.end()[0], trials_of_shares(), trials_of_duty(), counts()
    gap = duty["On China’s, last year"] - duty["On what was bought instead"]
    average = table[f"As in {BASE}"]
    return {
        "last_year": end,
        "last_month": customs.month(),
        "gained_five": customs.moved(BASE, end)[list(GAINERS)].sum(),
        "trials_of_shares": len(trials),
        "trials_lost_least": -trials["China", "Change"].max(),
        "electronics_percent": customs.part_of_electronics(BASE, end),
        "instead_gap_least": gap.min(),
        "instead_gap_most": gap.max(),
        "value_counts": len(table),
        "value_average_least": average.min(),
        "value_average_most": average.max(),
    }


def _markets() -> Numbers:
    """Return what China lost in the United States and gained elsewhere by its own customs; billion RMB."""
    sold = official_counts.china_trade("exports")[[BUYER, WORLD]].dropna()
    change = sold.iloc[-1] - sold.iloc[0]
    return {
        "markets_first_year": int(str(sold.index[0])),
        "markets_last_year": int(str(sold.index[-1])),
        "markets_lost": -change[BUYER],
        "markets_gained": change[WORLD] - change[BUYER],
    }
