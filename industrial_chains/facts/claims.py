"""Numbers in the sentences on the article's statements."""

import pandas as pd

from exhibits.prose import Numbers, labelled
from gvc import economies as eco
from industrial_chains import article, counted, what_if
from industrial_chains.chapters import claims
from industrial_chains.chapters.claims import Verdict
from industrial_chains.sources import LRWIOD, OECD


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(**_verdicts(), **_choices(), **_draws(), **_textiles(), **_conclusions(), **_counted())


def _verdicts() -> Numbers:
    audited = claims.verdicts()
    ties, frontier = claims.tested(audited)
    tested = int((audited["held"] != "").sum())
    causes = audited.loc[audited["kind"] == "cause", "verdict"]
    return {
        **claims.headline(audited),
        "statements_on_ties_that_hold_in_part": int(ties["verdict"].eq(Verdict.PARTLY).sum()),
        "statements_on_ties_against": int(ties["verdict"].isin([Verdict.RARELY, Verdict.FAILS]).sum()),
        "statements": len(audited),
        "statements_tested": tested,
        "statements_of_other_kinds_tested": tested - len(ties) - len(frontier),
        "statements_on_causes_tested": int((causes != Verdict.UNTESTED).sum()),
        "statements_on_causes_that_fit": int((causes == Verdict.FITS).sum()),
    }


def _choices() -> Numbers:
    """Count what turns by other choices, and by one database alone."""
    counts = claims.by_terms().pivot(index="asked", columns="verdict", values="statements")
    answered, denied = counts.sum(axis=1), counts[[Verdict.RARELY, Verdict.FAILS]].sum(axis=1)
    as_one, singly = claims.that_hold("EU as one partner"), claims.that_hold("Thresholds as described")
    return {
        "most_statements_moved_by_a_choice": claims.turned_by_terms(),
        "fewer_hold_with_EU_as_one": singly - as_one,
        "statements_OECD_answers": int(answered["OECD alone"]),
        "statements_OECD_denies": int(denied["OECD alone"]),
        "statements_all_answer": int(answered["Thresholds as described"]),
        "statements_all_deny": int(denied["Thresholds as described"]),
    }


def _draws() -> Numbers:
    """Say how often verdicts stay when all numbers are drawn anew."""
    found = claims.verdicts()
    stays, close = found["stays"].dropna(), found["verdict"] == Verdict.CLOSE
    return {
        "draws": claims.DRAWS,
        "verdicts_drawn": len(stays),
        "verdicts_that_stay_in_nine_of_ten": int((stays >= 90).sum()),
        "verdicts_too_close": int(close.sum()),
        "verdicts_too_close_that_hold_as_they_stand": int(
            found.loc[close, "as_it_stands"].isin([Verdict.HOLDS, Verdict.FITS]).sum()
        ),
        "percent_of_draws_ASEAN_first": stays["closest_to_asean"],
        "percent_of_draws_rise_is_CHN": stays["rise_in_asean_is_chinas"],
        "percent_of_draws_JPN_above_KOR": stays["japan_above_korea"],
    }


def _textiles() -> Numbers:
    return labelled("year_of_peak_in_textiles", LRWIOD.advantage("textiles")[["JPN", "KOR", "TWN", "CHN"]].idxmax())


#: The last year of which the article speaks.
OF_LATE = 2024


def _counted() -> Numbers:
    """Say what customs and other offices count."""
    both = counted.china_trade("both")
    year = max(counted.years("JPN"))
    sold = counted.exports_of("JPN", year)
    share = (100 * sold.drop("WLD") / sold["WLD"]).to_dict()
    now, bought = both.T[OF_LATE].to_dict(), counted.china_trade("imports")["JPN"].to_dict()
    dollars = article.figure("trade", "CHN", OF_LATE, "JPN") / now["JPN"]
    america = what_if.us_imports().query("partner == 'JPN' and year == @OF_LATE")["imports"].sum() / 1000
    jobs = counted.stored("jobs").set_index(["economy", "year"])["manufacturing"] / 1000
    trade = both[["RCEP", "WLD", "USA"]].dropna()
    rest = trade["WLD"] - trade["USA"] - trade["RCEP"]
    last = int(trade.index[-1])
    return {
        **{f"trade_of_CHN_with_{code}_2024_RMB": now[code] for code in ("KOR", "JPN")},
        "year_of_exports_of_JPN": year,
        **{f"share_of_{code}_in_exports_of_JPN": share[code] for code in ("USA", "CHN")},
        "share_of_CHN_and_HKG_in_exports_of_JPN": share["CHN"] + share["HKG"],
        "CHN_buys_from_JPN_2024": bought[OF_LATE] * dollars,
        "USA_buys_from_JPN_2024": america,
        **{f"jobs_in_CHN_{of}": jobs["CHN", of] for of in (1990, 2010)},
        **{f"jobs_in_VNM_{of}": jobs["VNM", of] for of in (2010, 2018)},
        "first_year_of_RCEP": last - 1,
        "last_year_of_RCEP": last,
        "growth_with_RCEP": 100 * trade["RCEP"].pct_change().iloc[-1],
        "growth_with_others": 100 * rest.pct_change().iloc[-1],
    }


#: First and last year of the OECD's tables, and the year of the article's numbers.
FIRST, PRINTED, LAST = 2011, 2021, 2022


def _conclusions() -> Numbers:
    """Say what bears on the article's conclusions."""
    invested = claims.investors().set_index(["origin", "year"])["value"]
    inputs = {code: OECD.share(code, "ASEAN", "imint_share") for code in ("CHN", "JPN")}
    near, market = OECD.share("NEA", "ASEAN"), OECD.link("JPN", "CHN", "exports")
    found = {
        "invested_in_IDN_CHN_and_HKG_2023": invested["CHN", 2023] + invested["HKG", 2023],
        **{f"invested_in_IDN_{code}_2023": invested[code, 2023] for code in ("JPN", "USA", "SGP")},
        **{f"invested_in_IDN_JPN_{year}": invested["JPN", year] for year in (2017, 2024)},
        **{f"trade_of_CHN_with_{code}_2024": article.figure("trade", "CHN", 2024, code) for code in ("KOR", "JPN")},
        **{f"share_NEA_in_ASEAN_{year}": near[year] for year in (PRINTED, LAST)},
        **{f"part_of_JPN_that_CHN_absorbs_{year}": market[year] for year in (FIRST, PRINTED, LAST)},
    }
    for year in (FIRST, LAST):
        found |= {f"share_{code}_in_inputs_of_ASEAN_{year}": inputs[code][year] for code in inputs}
        abroad = _in_sales_to_usa(year)
        found |= {f"share_{code}_in_sales_of_ASEAN_to_USA_{year}": abroad[code] for code in ("CHN", "JPN")}
        content = OECD.matrix("va_exports", year)["CHN"]
        found[f"foreign_in_exports_of_CHN_{year}"] = 100 * (1 - content["CHN"] / content.sum())
    return found


def _in_sales_to_usa(year: int) -> pd.Series:
    """Return what each origin gives of the foreign value added in ASEAN's exports to the United States; percent."""
    members = list(eco.members("ASEAN10"))
    foreign = OECD.matrix("va_exports_to_USA", year)[members].sum(axis=1).drop(members)
    return 100 * foreign / foreign.sum()
