"""The statements: what `industrial_chains.statements.verdicts` says of each, laid out and counted."""

from calendar import month_name
from collections.abc import Iterable
from functools import cache

import pandas as pd

from exhibits.prose import Numbers
from exhibits.tables import Cards
from exhibits.text import Message
from gvc.panel import WORLD
from industrial_chains import data, official_counts
from industrial_chains import economies as eco
from industrial_chains.charting import names
from industrial_chains.sources import ADB, ARTICLE, LRWIOD, OECD, UNION, WIOD, Source
from industrial_chains.statements.asked import ALL, TERMS, Terms
from industrial_chains.statements.verdicts import ASPECTS, DRAWS, SURE, Verdict, audit, joined, verdicts

#: One colour a verdict.
COLOURS = {
    "holds": "#0aa568",
    "fits, cause not shown": "#2a78b5",
    "supported; the size is uncertain": "#603cf0",
    "holds in part": "#b48709",
    "mostly does not hold": "#b44812",
    "does not hold": "#ab486c",
    "too close to call": "#c060fc",
    "cannot be tested here": "#909099",
}


#: What else the book could have chosen.
OTHER_TERMS = {
    "Clear: from 5 per cent": Terms(clear=0.05),
    "Clear: from 20 per cent": Terms(clear=0.2),
    "By far: from 1.25 times": Terms(far=1.25),
    "By far: from 2 times": Terms(far=2.0),
    "Near: within 3 points": Terms(near=3.0),
    "Main partners: first four": Terms(among=4),
    "EU as one partner": Terms(union=UNION),
}


@cache
def _otherwise() -> dict[str, pd.Series]:
    """Reach every verdict by other terms, and by one database alone."""
    ways: dict[str, tuple[Iterable[Source], Terms]] = {
        "Thresholds as described": (ALL, TERMS),
        **{way: (ALL, terms) for way, terms in OTHER_TERMS.items()},
        **{f"{source.name} alone": ([source], TERMS) for source in (ARTICLE, ADB, OECD, WIOD)},
    }
    return {way: audit(*how)["verdict"] for way, how in ways.items()}


def by_terms() -> pd.DataFrame:
    """Count verdicts by other terms, and by one database alone.

    Returns
    -------
    DataFrame
        Columns asked (what is different), verdict, statements; those that cannot be tested are left out.
    """
    order = [one.value for one in Verdict if one is not Verdict.UNTESTED]
    counted = {way: found.value_counts().reindex(order, fill_value=0) for way, found in _otherwise().items()}
    rows = [(way, verdict, int(number)) for way, found in counted.items() for verdict, number in found.items()]
    return pd.DataFrame(rows, columns=["asked", "verdict", "statements"])


def turned_by_terms() -> int:
    """Return how many verdicts the other terms turn at most."""
    found = _otherwise()
    return max(int((found[way] != found["Thresholds as described"]).sum()) for way in OTHER_TERMS)


def that_hold(way: str) -> int:
    """Return how many statements hold, or fit, by one of the ways of :func:`by_terms`."""
    return int(_otherwise()[way].isin([Verdict.HOLDS, Verdict.FITS]).sum())


#: Origins of investment that the article names, and Singapore, from where most of Indonesia's comes.
INVESTORS = ("CHN", "HKG", "JPN", "KOR", "USA", "SGP")


def investors() -> pd.DataFrame:
    """Return realised direct investment in Indonesia by origin, since its statistics show China.

    Returns
    -------
    DataFrame
        Columns year, origin, value; billion USD, current prices.
    """
    rows = data.table("investors")
    first = rows.loc[rows["origin"] == "CHN", "year"].min()
    rows = rows[rows["origin"].isin(INVESTORS) & (rows["year"] >= first)]
    billions: pd.DataFrame = rows.assign(value=(rows["value"] / 1000).round(2)).reset_index(drop=True)
    return billions


def announced() -> pd.DataFrame:
    """Return what Chinese firms announced to invest by host, those first that got most in industry lately.

    Returns
    -------
    DataFrame, Host × ({All sectors, Industry}, years)
        Billion USD at current prices; the last row is all twelve hosts.
    """
    rows = data.table("chinese_deals")
    rows = rows.assign(years=[f"{first}–{last}" for first, last in rows[["first", "last"]].to_numpy()])
    wide = rows.pivot(index="host", columns="years", values=["all", "industry"]) / 1000
    wide = wide.sort_values(wide.columns[-1], ascending=False, kind="stable")
    wide.loc["All twelve"] = wide.sum()
    labels = {"all": "All sectors", "industry": "Industry"}
    hosts = [names.economy(code) for code in wide.index[:-1]]
    return wide.rename(columns=labels).set_axis(pd.Index([*hosts, "All twelve"], name="Host"))


# -- after the tables -------------------------------------------------------------------------------------------------

#: Chapters of leather goods, clothing, shoes, furniture and toys; heading of telephones and routers.
LABOUR, PHONES = ("42", "61", "62", "63", "64", "65", "94", "95"), "8517"
#: A statement, what customs count, what it says of that, and the counts by year.
Count = tuple[str, str, str, pd.Series]


def _american() -> list[Count]:
    """Set statements beside American customs: the months of the last year, in each year that has them all."""
    rows = data.table("us_market_by_month")
    rows = rows.assign(year=rows["month"].str[:4].astype(int), of=rows["month"].str[5:].astype(int))
    rows = rows[rows["of"] <= rows.loc[rows["year"] == rows["year"].max(), "of"].max()]
    rows = rows[rows.groupby("year")["of"].transform("nunique") == rows["of"].nunique()]
    sums = rows.groupby(["year", "partner"])[["imports", "duty"]].sum()
    imports, duty = sums["imports"].unstack(), sums["duty"].unstack()
    share, rate = 100 * imports.div(imports[WORLD], axis=0), 100 * duty / imports
    goods = data.table("us_market_by_heading", text=True).query("heading != 'all'")
    goods = goods.astype({"year": int, "imports": float})
    phones = goods[goods["heading"] == PHONES].pivot(index="year", columns="partner", values="imports")
    china = goods[goods["partner"] == "CHN"]
    labour = china["heading"].str[:2].isin(LABOUR)
    grew, others_grew = (100 * china[of].groupby("year")["imports"].sum().pct_change() for of in (labour, ~labour))
    in_asean = share[list(eco.members("ASEAN10"))].sum(axis=1)
    apart = "Growth of China’s labour-intensive goods less that of its others"
    return [
        ("politics_moves_american_purchases", "China in American imports", "fell", share["CHN"]),
        ("hosts_take_assembly", "ASEAN in American imports", "rose", in_asean),
        ("hosts_take_assembly", "Mexico in American imports", "rose", share["MEX"]),
        ("hosts_take_assembly", "India in American imports", "rose", share["IND"]),
        ("mexico_pays_less_duty", "Duty on China’s goods less that on Mexico’s", "above", rate["CHN"] - rate["MEX"]),
        ("labour_intensive_first", apart, "below", grew - others_grew),
        ("apple_moves", "Phones from India, over those from China", "rose", 100 * phones["IND"] / phones["CHN"]),
        ("apple_moves", "Phones from Viet Nam, over those from China", "rose", 100 * phones["VNM"] / phones["CHN"]),
    ]


def _asian() -> list[Count]:
    """Set statements beside China's and Korea's customs: whole years, and months of the last."""
    rows = pd.concat([data.table("china_customs"), data.table("china_customs_to_month")])
    columns = ("both", "growth_both", "growth_exports")
    both, grew, sold = (rows.pivot(index="year", columns="partner", values=column) for column in columns)
    korea = data.table("korea_by_month").query("item == 'all'")
    by = korea.groupby("partner")["exports"].sum()
    more = pd.Series({int(korea["month"].max()[:4]): 100 * (by["CHN"] / by["USA"] - 1)})
    beyond_japan = 100 * (both["KOR"] / both["JPN"] - 1)
    closer, beyond = "china_tied_closer_to_asean_and_mexico", "Growth of China’s exports to {0} less that to all"
    return [
        (closer, beyond.format("ASEAN"), "above", sold["ASEAN10"] - sold[WORLD]),
        (closer, beyond.format("Mexico"), "above", sold["MEX"] - sold[WORLD]),
        ("korea_passed_japan", "China’s trade with Korea beyond that with Japan", "above", beyond_japan),
        ("china_and_japan_trade_less", "Growth of China’s trade with Japan", "below", grew["JPN"]),
        ("china_first_partner_of_korea", "Korea’s exports to China beyond those to America", "above", more),
    ]


def _goes_on(values: pd.Series, said: str) -> str:
    """Say whether counts are as stated: a clear rise or fall over the years, or a last number above or below zero."""
    first, last = values.dropna().iloc[[0, -1]]
    if said in ("above", "below"):
        return "as stated" if (last > 0) == (said == "above") else "against it"
    if abs(last / first - 1) <= TERMS.clear:
        return "no clear change"
    return "as stated" if (last > first) == (said == "rose") else "against it"


def since() -> pd.DataFrame:
    """Set statements beside what customs count in the last three years; percent, or points where one is less another.

    Returns
    -------
    DataFrame, Count × (years, Verdict, This year)
    """
    counts, verdict = [*_american(), *_asian()], verdicts()["verdict"]
    wide = pd.DataFrame({what: values for _, what, _, values in counts}).T.sort_index(axis=1)
    years = [int(year) for year in wide.columns]
    table = wide.loc[:, [year >= max(years) - 2 for year in years]].rename(columns=str)
    table["Verdict"] = [verdict[name] for name, *_ in counts]
    table["Since"] = [_goes_on(values, said) for _, _, said, values in counts]
    return table.rename_axis(index="Count")


def of_months() -> Message:
    """Say which months :func:`since` counts, by the data."""
    last = data.table("us_market_by_month")["month"].max(), data.table("korea_by_month")["month"].max()
    american, korean = (month_name[int(month[5:])] for month in last)
    return Message(
        "America: January to {0} of each year, percent of imports for consumption; growth and phones, general imports. "
        "China: whole years, and January to {1} of the last, in renminbi. Korea: twelve months to {2}. "
        "Labour-intensive: leather goods, clothing, shoes, furniture and toys.",
        american,
        month_name[int(data.table("china_customs_to_month")["to"].iloc[0])],
        korean,
    )


def tested(audited: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the statements that are tested on ties between and within regions, and those on the frontier."""
    # An identity is a check of the print, and no measurement.
    found = audited[(audited["verdict"] != Verdict.UNTESTED) & (audited["kind"] != "identity")]
    ties = found["part"].isin(["Between regions", "Within the region"])
    return found[ties], found[found["part"] == "Frontier"]


#: Verdicts on statements that every comparison supports.
SUPPORTED = (Verdict.HOLDS, Verdict.FITS, Verdict.SUPPORTED)


def headline(audited: pd.DataFrame) -> dict[str, int]:
    """Count what the first page says of statements on ties between and within regions, and of those on the frontier.

    The table is that of :func:`verdicts`.
    """
    ties, frontier = tested(audited)
    return {
        "statements_on_ties_tested": len(ties),
        "statements_on_ties_supported": int(ties["verdict"].isin(SUPPORTED).sum()),
        "statements_on_ties_uncertain": int(ties["verdict"].eq(Verdict.SUPPORTED).sum()),
        "statements_on_the_frontier_tested": len(frontier),
        "statements_on_the_frontier_against": int(frontier["verdict"].isin([Verdict.RARELY, Verdict.FAILS]).sum()),
    }


def shown(audited: pd.DataFrame, part: str | None = None) -> pd.DataFrame:
    """Return the statements of one part of the article, or of all, as a table shows them.

    Parameters
    ----------
    audited : DataFrame
        As `verdicts.audit` returns it, or `verdicts.verdicts`: then how often each stays is said, too.
    part : str, optional

    Returns
    -------
    DataFrame, statement × {Verdict, Judgement, How sure, Holds if, Evidence, Other years}
        Behind each statement part and section of the article.
    """
    of_part = _of_part(audited, part).replace({"evidence": "", "beside": ""}, "–")
    columns = {
        "verdict": "Verdict",
        "judgement": "Judgement",
        "sure": "How sure",
        "criterion": "Holds if",
        "evidence": "Evidence",
        "beside": "Other years",
    }
    section = of_part["where"].str.extract(r"(\d(?: \(\d\))?)", expand=False)
    statement = pd.Index(of_part["says"] + " [" + section + "]", name="Statement")
    sure = [_sure(row) for _, row in of_part.iterrows()]
    return of_part.assign(sure=sure)[list(columns)].rename(columns=columns).set_axis(statement)


def _sure(row: pd.Series) -> str:
    """Say of direction, size and rank how many comparisons speak for a statement, and how many draws say the same."""
    said = []
    for aspect in ASPECTS:
        held, stays = row[aspect], row.get(f"stays_{aspect}", float("nan"))
        if held:
            what = Message(aspect.capitalize()), held
            if pd.isna(stays):
                said.append(Message("{0}: {1} comparisons support it.", *what))
            else:
                words = "{0}: {1} comparisons support it, {2} per cent of draws agree."
                said.append(Message(words, *what, f"{stays:.0f}"))
    return joined("{0} {1}", said) if said else "–"


def _of_part(audited: pd.DataFrame, part: str | None) -> pd.DataFrame:
    return audited if part is None else audited[audited["part"] == part]


def cards(audited: pd.DataFrame, part: str) -> Cards:
    """Return what makes the table of :func:`shown` cards."""
    of_part = _of_part(audited, part)
    ids = tuple(f"statement-{name.replace('_', '-')}" for name in of_part.index)
    return Cards(ids, tuple(of_part["verdict"].map(COLOURS)), folded=(3, 4, 5, 6))


def answered(of: Source) -> tuple[pd.DataFrame, str]:
    """Put the statements to one source alone.

    Returns
    -------
    DataFrame, str
        Those that it can answer as :func:`shown` lays them out, and how many got which verdict.
    """
    audited = audit([of]).query("evidence != ''")
    number = audited["verdict"].value_counts()
    verdicts = ", ".join(f"{number[verdict]} {verdict}" for verdict in COLOURS if verdict in number)
    return shown(audited).drop(columns="Judgement"), verdicts


def by_aspect(audited: pd.DataFrame) -> pd.DataFrame:
    """Count what the comparisons say of direction, size and rank, for statements that are tested.

    Returns
    -------
    DataFrame, aspect × {Statements, Supported by all, by some, by none, Drawn anew, The same in nine draws of ten}
    """
    rows = {}
    for aspect in ASPECTS:
        held = audited.loc[audited[aspect] != "", aspect].str.split(" of ", expand=True).astype(int)
        stays = audited.loc[held.index, f"stays_{aspect}"].dropna()
        all_, none = held[0] == held[1], held[0] == 0
        rows[aspect.capitalize()] = [
            len(held),
            all_.sum(),
            (~all_ & ~none).sum(),
            none.sum(),
            len(stays),
            (stays >= SURE).sum(),
        ]
    columns = ["Statements", "Supported by all", "By some", "By none", "Drawn anew", "The same in nine draws of ten"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("What is stated")


def counts(audited: pd.DataFrame) -> pd.DataFrame:
    """Count verdicts by part of the article, for a chart.

    Returns
    -------
    DataFrame
        Columns part, verdict, statements; every verdict of every part, in order.
    """
    parts = list(dict.fromkeys(audited["part"]))
    every = pd.MultiIndex.from_product([parts, [one.value for one in Verdict]], names=["part", "verdict"])
    number = audited.groupby(["part", "verdict"]).size().reindex(every, fill_value=0)
    return number.rename("statements").reset_index()


# -- numbers of sentences that no exhibit holds -----------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    return {**_verdicts(), **_choices(), **_draws(), **_counted(), **_conclusions()}


def _verdicts() -> Numbers:
    """Return how many statements are tested, and what the numbers say of them; more stands in :func:`headline`."""
    audited = verdicts()
    ties, frontier = tested(audited)
    every = int((audited["held"] != "").sum())
    causes = audited.loc[audited["kind"] == "cause", "verdict"]
    return {
        **headline(audited),
        "statements_on_ties_that_hold_in_part": int(ties["verdict"].eq(Verdict.PARTLY).sum()),
        "statements_on_ties_against": int(ties["verdict"].isin([Verdict.RARELY, Verdict.FAILS]).sum()),
        "statements": len(audited),
        "statements_tested": every,
        "statements_of_other_kinds_tested": every - len(ties) - len(frontier),
        "statements_on_causes_tested": int((causes != Verdict.UNTESTED).sum()),
        "statements_on_causes_that_fit": int((causes == Verdict.FITS).sum()),
    }


def _choices() -> Numbers:
    """Return how many verdicts turn by other choices, and by one database alone."""
    counts = by_terms().pivot(index="asked", columns="verdict", values="statements")
    answered, denied = counts.sum(axis=1), counts[[Verdict.RARELY, Verdict.FAILS]].sum(axis=1)
    return {
        "most_statements_moved_by_a_choice": turned_by_terms(),
        "fewer_hold_with_EU_as_one": that_hold("Thresholds as described") - that_hold("EU as one partner"),
        "statements_OECD_answers": int(answered["OECD alone"]),
        "statements_OECD_denies": int(denied["OECD alone"]),
        "statements_all_answer": int(answered["Thresholds as described"]),
        "statements_all_deny": int(denied["Thresholds as described"]),
    }


def _draws() -> Numbers:
    """Return how often verdicts stay when all numbers are drawn anew."""
    found = verdicts()
    stays = found["stays"].dropna()
    return {
        "draws": DRAWS,
        "verdicts_drawn": len(stays),
        "verdicts_that_stay_in_nine_of_ten": int((stays >= SURE).sum()),
        "verdicts_unsure_but_supported": int((found["stays"] < SURE).mul(found["verdict"].isin(SUPPORTED)).sum()),
        "percent_of_draws_ASEAN_first": stays["closest_to_asean"],
        "percent_of_draws_JPN_above_KOR": stays["japan_above_korea"],
    }


def _counted() -> Numbers:
    """Return what customs and other offices count."""
    both, bought = (official_counts.china_trade_usd(flow) for flow in ("both", "imports"))
    year = max(official_counts.years("JPN"))
    sold = {one: official_counts.exports_of("JPN", one) for one in (2023, year)}
    share = {one: 100 * value / value["WLD"] for one, value in sold.items()}
    jobs = data.table("jobs").set_index(["economy", "year"])["manufacturing"] / 1000
    return {
        "trade_of_CHN_with_KOR_2024": both["KOR"][2024],
        "trade_of_CHN_with_JPN_2024": both["JPN"][2024],
        "trade_of_CHN_with_JPN_2021": both["JPN"][2021],
        "CHN_buys_from_JPN_2024": bought["JPN"][2024],
        "share_of_USA_in_exports_of_JPN_2023": share[2023]["USA"],
        "share_of_CHN_in_exports_of_JPN_2023": share[2023]["CHN"],
        "year_of_exports_of_JPN": year,
        "share_of_USA_in_exports_of_JPN": share[year]["USA"],
        "share_of_CHN_in_exports_of_JPN": share[year]["CHN"],
        "share_of_CHN_and_HKG_in_exports_of_JPN": share[year]["CHN"] + share[year]["HKG"],
        "jobs_in_CHN_1990": jobs["CHN", 1990],
        "jobs_in_CHN_2010": jobs["CHN", 2010],
        "jobs_in_VNM_2010": jobs["VNM", 2010],
        "jobs_in_VNM_2018": jobs["VNM", 2018],
    }


def _conclusions() -> Numbers:
    """Return what bears on the article's conclusions, and when textiles peaked."""
    peak, customs = LRWIOD.advantage("textiles").idxmax(), since()["Since"].value_counts()
    invested = investors().set_index(["origin", "year"])["value"]
    content = OECD.matrix("va_exports", 2022)["CHN"]
    # As of its exports to all: what each member treats as foreign, that of fellow members, too.
    china, japan = (OECD.share(code, "ASEAN10", "va_exports_to_USA") for code in ("CHN", "JPN"))
    return {
        "counts_since": int(customs.sum()),
        "counts_since_as_stated": int(customs["as stated"]),
        "year_of_peak_in_textiles_JPN": int(peak["JPN"]),
        "year_of_peak_in_textiles_KOR": int(peak["KOR"]),
        "year_of_peak_in_textiles_TWN": int(peak["TWN"]),
        "year_of_peak_in_textiles_CHN": int(peak["CHN"]),
        "foreign_in_exports_of_CHN_2022": 100 * (1 - content["CHN"] / content.sum()),
        "invested_in_IDN_CHN_and_HKG_2023": invested["CHN", 2023] + invested["HKG", 2023],
        "share_CHN_in_inputs_of_ASEAN_2011": OECD.share("CHN", "ASEAN", "imint_share")[2011],
        "share_JPN_in_inputs_of_ASEAN_2011": OECD.share("JPN", "ASEAN", "imint_share")[2011],
        "share_CHN_in_sales_of_ASEAN_to_USA_2011": china[2011],
        "share_CHN_in_sales_of_ASEAN_to_USA_2022": china[2022],
        "share_JPN_in_sales_of_ASEAN_to_USA_2011": japan[2011],
        "share_JPN_in_sales_of_ASEAN_to_USA_2022": japan[2022],
    }
