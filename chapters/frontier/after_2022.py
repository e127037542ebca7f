"""American imports after the tables of value added end: who sells what, at what duty, and how much may be Chinese."""

from calendar import month_name

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

#: Before the duties of 2018, and their first year.
BEFORE, FIRST = 2017, 2018
#: Partners that tables show, by size, and those of which the tracker knows what the law charges.
SHOWN = (SELLER, *GAINERS, "EU27", "CAN", "JPN", "KOR")
#: How many industries a chart shows, and how many gainers a table names.
PANELS, NAMED = 6, 3
FIVE = "The five"
#: What stands below exhibits.
CUSTOMS = "Own computation, November 2026, from US Census data in M. Waugh's tracker."
LAW = "Own computation, November 2026, from US Census data and tariffs by law in M. Waugh's trackers."
VALUE = (
    "Own computation, November 2026, from US Census data in M. Waugh's tracker and the OECD's table of 2022, "
    "2025 edition."
)


def last() -> int:
    """Return the year in which the files end."""
    return customs.end()[0]


def years(first: int = BEFORE) -> list[int]:
    """List the years that tables show."""
    return list(dict.fromkeys([first, BASE, EVE, last()]))


# -- shares ---------------------------------------------------------------------------------------------------------


def by_month() -> pd.DataFrame:
    """Follow the shares of China and of the gainers month by month: columns time, month, partner, value; percent."""
    wide = customs.monthly_shares()[[SELLER, *GAINERS]]
    long = wide.melt(ignore_index=False, var_name="partner").reset_index()
    time = long["year"] + (long["month"] - 0.5) / 12
    named = [f"{year}-{month:02}" for year, month in zip(long["year"], long["month"], strict=True)]
    return long.assign(time=time, month=named)[["time", "month", "partner", "value"]]


def events_of_years() -> dict[str, float]:
    """Place the marked events on an axis of years."""
    return {name: float(int(moment)) for name, moment in customs.EVENTS.items()}


def _named(table: pd.DataFrame) -> pd.DataFrame:
    label = {WORLD: "All partners"}
    return table.set_axis(pd.Index([label.get(code) or names.economy(code) for code in table.index], name="Partner"))


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
    return [str(code) for code in customs.gains(BASE, last())[list(MADE)].T[SELLER].nsmallest(count).index]


def by_industry() -> pd.DataFrame:
    """Follow the shares of China and of the gainers together in the industries where China lost most.

    Returns
    -------
    DataFrame
        Columns year, industry, partner, value; percent.
    """
    rows = []
    for code in lost_most(PANELS):
        for year in customs.years():
            share = customs.of_industry(year)[code]
            of = {"China": share[SELLER], FIVE: share[list(GAINERS)].sum()}
            rows += [{"year": year, "industry": NAMES[code], "partner": who, "value": one} for who, one in of.items()]
    return pd.DataFrame(rows)


def industries() -> pd.DataFrame:
    """List China's share in each industry, what it lost there, and who gained most.

    Returns
    -------
    DataFrame, industry × {years, Lost, Gained most}
        Percent, and billion USD as :func:`customs.gains` has it.
    """
    change = customs.gains(BASE, last())[list(MADE)]
    rows = {}
    for code in change.T[SELLER].sort_values(kind="stable").index:
        most = change[code].drop([SELLER, eco.ROW]).nlargest(NAMED)
        rows[NAMES[code]] = {
            **{str(year): customs.of_industry(year).loc[SELLER, code] for year in years()},
            "Lost, billion USD": -change.loc[SELLER, code],
            "Gained most, billion USD": joined(
                ", ", (Joined(names.economy(str(who)), " ", Untranslated(f"{one:.1f}")) for who, one in most.items())
            ),
        }
    return pd.DataFrame(rows).T.infer_objects().rename_axis(index="Industry")


# -- who gained -----------------------------------------------------------------------------------------------------


def gained() -> pd.DataFrame:
    """Lay changes of shares out for a chart, before and after the duties of 2025: columns partner, value, period."""
    order = customs.moved(BASE, last())[[*SHOWN, "CHE"]].sort_values(ascending=False, kind="stable").index
    frames = []
    for first, end in ((BASE, EVE), (EVE, last())):
        points = customs.moved(first, end)[order].rename_axis("partner").rename("value")
        frames.append(points.reset_index().assign(period=f"{first}–{end}"))
    return pd.concat(frames, ignore_index=True)


def members_apart(first: int, end: int) -> pd.Series:
    """Return changes of shares as :func:`customs.moved` does, of the Union's members apart; points."""
    to = customs.end()[1]
    rows = customs.by_month()
    sums = rows[rows.index.get_level_values("month") <= to].groupby(level="year").sum()
    share = 100 * sums.div(sums[WORLD], axis=0).drop(columns=[WORLD, "EU27"]).T
    return share[end] - share[first]


def trials_of_shares() -> pd.DataFrame:
    """Ask in other ways how China's share changed and who gained.

    Returns
    -------
    DataFrame, trial × {China’s share, change; changes of others; who gained most}
        Percent and points.
    """
    end, fuels, metals = last(), list(FUELS), [*FUELS, *METALS]
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
            ("Change, points", FIVE): change.reindex(GAINERS).sum(),
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


# -- duty -----------------------------------------------------------------------------------------------------------


def duties() -> pd.DataFrame:
    """Follow the duty collected on China and on the gainers, year by year: columns year, partner, value; percent."""
    wide = pd.DataFrame({year: customs.rates(year) for year in customs.years()}).loc[[SELLER, *GAINERS]]
    return wide.rename_axis(index="partner").melt(ignore_index=False, var_name="year").reset_index()


def rates() -> pd.DataFrame:
    """Set the duty collected beside the duty by law, partner × {years, by law, as bought, Collected of it}; percent."""
    here = [*SHOWN, WORLD]
    table = pd.DataFrame({("Collected", str(year)): customs.rates(year)[here] for year in years()})
    table["By law", "all days alike"] = [customs.by_law(code) for code in here]
    table["By law", "as bought"] = [customs.by_law(code, bought=True) for code in here]
    table["By law", "collected, percent of it"] = 100 * table["Collected", str(last())] / table["By law", "as bought"]
    return _named(table)


def _by_partner(rates: pd.Series) -> dict[str, float]:
    """Compare China's rate with the mean of those of others, by what each gained in all goods."""
    points = customs.moved(BASE, last())[list(SHOWN)]
    won = points.clip(lower=0)
    return {
        "sum": -float(points[SELLER]) * float(customs.amounts("imports", last()).to_numpy().sum()) / 1e5,
        "before": float(customs.rates(BASE)[SELLER]),
        "China": float(rates[SELLER]),
        "others": float((won * rates[won.index]).sum() / won.sum()),
    }


def trials_of_duty() -> pd.DataFrame:
    """Ask in other ways what duty lies on what was bought instead, trial × {Lost, China before, China, Instead}."""
    end, metals = last(), [*FUELS, *METALS]
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
            pd.Series({code: customs.by_law(code, bought=True) for code in SHOWN})
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


# -- how much may be Chinese ------------------------------------------------------------------------------------------


def counts() -> pd.DataFrame:
    """Count in several ways how much of the value added in China's loss may have come back, count × {…}; percent."""
    end, metals = last(), [*FUELS, *METALS]
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


# -- China's other markets --------------------------------------------------------------------------------------------

#: Markets that stand alone, by the order of the page; the other members of ASEAN stand together.
MARKETS = (BUYER, *GAINERS, "HKG", "JPN", "KOR", "RUS", "CAN")
ASEAN_ELSE, ALL_ELSE = "Other members of ASEAN", "All others"
#: What stands below exhibits of China's own count.
CHINAS_CUSTOMS = official_counts.CUSTOMS


def markets(flow: official_counts.Flow = "exports") -> pd.DataFrame:
    """Return what China sells to each market, by its own customs, in the years of which all markets are known.

    Parameters
    ----------
    flow : {"both", "exports", "imports"}
        Or what it buys, or both.

    Returns
    -------
    DataFrame, market × year
        Billion RMB; the last row is all markets, :data:`ALL_ELSE` what no other row has.
    """
    trade = official_counts.china_trade(flow)
    known = trade[[*MARKETS, WORLD]].dropna().drop(columns=WORLD)
    members = [code for code in eco.members("ASEAN10") if code not in MARKETS]
    known[ASEAN_ELSE] = trade[members].sum(axis=1, skipna=False)
    known[ALL_ELSE] = trade[WORLD] - known.sum(axis=1)
    known[WORLD] = trade[WORLD]
    return known.T


def markets_changed() -> pd.DataFrame:
    """Lay the change from the first to the last of these years out for a chart: columns partner, value; billion RMB."""
    change = _change(markets()).drop(WORLD)
    order = [*change.drop(ALL_ELSE).sort_values(ascending=False, kind="stable").index, ALL_ELSE]
    return change[order].round(1).rename_axis("partner").rename("value").reset_index()


def of_markets(text: str) -> Message:
    """Say between which of these years something is: the text has places for the first and the last."""
    first, *_, last_one = (int(str(year)) for year in markets())
    return Message(text, calendar_year(first), calendar_year(last_one))


def _change(table: pd.DataFrame) -> pd.Series:
    return table.iloc[:, -1] - table.iloc[:, 0]


def shown_markets() -> pd.DataFrame:
    """List the same for a table, market × ({billion RMB, change}, …)."""
    table = markets()
    change = _change(table)
    columns = {("Billion RMB", str(year)): table[year] for year in table}
    columns |= {("Change", "billion RMB"): change, ("Change", "percent"): 100 * change / table.iloc[:, 0]}
    return _named(pd.DataFrame(columns))


def trials_of_markets() -> pd.DataFrame:
    """Ask in other ways what China lost in the United States and gained elsewhere, trial × change; billion RMB."""
    sold, whole = markets(), markets("both")
    years = list(sold)
    # Customs revise a year when they print the next: its growth tells the revised one.
    rows = data.table("china_customs").query("year == @years[-1]").set_index("partner")
    then = rows["exports"] / (1 + rows["growth_exports"] / 100)
    revised = sold.copy()
    revised[years[0]] = then.reindex(sold.index).fillna(sold[years[0]])
    cases = {
        "Exports, as first published": sold,
        "Exports and imports": whole,
        "Exports except to Hong Kong, which re-exports": _less(sold, ["HKG"]),
        "Exports except to ASEAN": _less(sold, [*eco.members("ASEAN10"), ASEAN_ELSE]),
        "Exports except to the markets that stand alone": _less(sold, list(MARKETS[1:])),
    }
    if len(years) == 2:  # the growth is that of one year
        cases["Exports, the first year as revised"] = revised
    found = {}
    for label, table in cases.items():
        change = _change(table)
        found[label] = {
            "United States": change[BUYER],
            "All others": change[WORLD] - change[BUYER],
            "All, percent": 100 * change[WORLD] / table.T[WORLD].iloc[0],
        }
    return pd.DataFrame(found).T.rename_axis(index="Trial")


def _less(table: pd.DataFrame, without: list[str]) -> pd.DataFrame:
    left = table.drop(index=[WORLD, *without], errors="ignore")
    return left.T.assign(**{WORLD: left.sum()}).T


# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    return {**_shares(), **_industries(), **_duty(), **_value(), **_markets()}


def _shares() -> Numbers:
    """Return how far the files reach, China's share by month, and what others gained."""
    end, month = customs.end()
    then, now = (customs.amounts("imports", year).sum(axis=1) for year in (BASE, end))
    monthly = customs.monthly_shares()[SELLER]
    lowest = str(by_month().query("partner == @SELLER").set_index("month")["value"].idxmin())
    won, trials = customs.moved(BASE, end), trials_of_shares()
    return {
        "last_year": end,
        "last_month": customs.month(),
        "month_now": monthly.loc[(end, month)],
        "month_lowest": monthly.min(),
        "lowest_month": month_name[int(lowest[-2:])],
        "lowest_year": int(lowest[:4]),
        "dollars_CHN_fell": 100 - 100 * now[SELLER] / then[SELLER],
        "dollars_all_grew": 100 * now.sum() / then.sum() - 100,
        "gained_five": won[list(GAINERS)].sum(),
        "gained_TWN": won["TWN"],
        "gained_VNM": won["VNM"],
        "gained_MEX": won["MEX"],
        "gained_EU27": won["EU27"],
        "gained_CHE": won["CHE"],
        "gained_IRL": members_apart(BASE, end)["IRL"],
        "trials_of_shares": len(trials),
        "trials_lost_least": -trials["China", "Change"].max(),
    }


def _industries() -> Numbers:
    """Return how much of what China lost is electronics, and what the Union gained in chemicals."""
    change = customs.gains(BASE, last()).T
    return {
        "electronics_percent": customs.part_of_electronics(BASE, last()),
        "chemicals_EU27": change["EU27"]["C20_21"],
        "chemicals_five_lost": -change[list(GAINERS)].T["C20_21"].sum(),
    }


def _duty() -> Numbers:
    """Return the least and the largest gap between the duty on what China lost and on what was bought instead."""
    trials = trials_of_duty()
    gap = trials["On China’s, last year"] - trials["On what was bought instead"]
    return {
        "instead_gap_least": gap.min(),
        "instead_gap_most": gap.max(),
    }


def _value() -> Numbers:
    """Return how much of the value added that China lost may have come back through those who gained."""
    table = counts()
    others = table.drop(index=["Electronics alone", "All partners that gained"])["All foreign"]
    average = table[f"As in {BASE}"]
    return {
        "value_counts": len(table),
        "value_average_least": average.min(),
        "value_average_most": average.max(),
        "value_most_of_others": others.max(),
    }


def _markets() -> Numbers:
    """Return between which years China's sales are compared, and in how many markets and ways they rose."""
    table, trials = markets(), trials_of_markets()
    return {
        "markets_first_year": int(str(table.columns[0])),
        "markets_last_year": int(str(table.columns[-1])),
        "markets_more": int((_change(table)[list(GAINERS)] > 0).sum()),
        "markets_trials": len(trials),
        "markets_gained_least": trials["All others"].min(),
    }
