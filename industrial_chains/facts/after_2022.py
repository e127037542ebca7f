"""Numbers in the sentences on American imports after the tables of value added end."""

from calendar import month_name

from exhibits.prose import Numbers, labelled
from industrial_chains import customs
from industrial_chains.chapters import after_2022
from industrial_chains.chapters.after_2022 import BEFORE, FIRST, FIVE
from industrial_chains.customs import BASE, EVE, GAINERS
from industrial_chains.what_if import SELLER


def numbers() -> Numbers:
    """All of them, by name; those of the last year end in ``last``, so that a newer file needs no other name."""
    return {**_shares(), **_industries(), **_duty(), **_value(), **_markets()}


def _shares() -> Numbers:
    """Give China's share and what others gained, and say how far the files reach."""
    last, month = customs.end()
    share = {year: customs.shares(year) for year in (FIRST, BASE, last)}
    sold = {year: customs.amounts("imports", year).sum(axis=1) for year in (BASE, last)}
    monthly = customs.monthly_shares()[SELLER]
    lowest = str(after_2022.by_month().query("partner == @SELLER").set_index("month")["value"].idxmin())
    won = customs.moved(BASE, last)
    return {
        "last_year": last,
        "last_month": customs.month(),
        "month_now": monthly.loc[(last, month)],
        "month_lowest": monthly.min(),
        "lowest_month": month_name[int(lowest[-2:])],
        "lowest_year": int(lowest[:4]),
        **labelled("share_CHN", {year: share[year][SELLER] for year in (FIRST, BASE)}),
        "share_CHN_last": share[last][SELLER],
        "lost_before_duties": -customs.moved(BASE, EVE)[SELLER],
        "lost_after_duties": -customs.moved(EVE, last)[SELLER],
        "dollars_CHN_fell": 100 - 100 * sold[last][SELLER] / sold[BASE][SELLER],
        "dollars_all_grew": 100 * sold[last].sum() / sold[BASE].sum() - 100,
        "gained_five": won[list(GAINERS)].sum(),
        **labelled("gained", won[["TWN", "VNM", "MEX", "EU27", "CHE"]]),
        "gained_IRL": after_2022.members_apart(BASE, last)["IRL"],
        **_trials(),
    }


def _trials() -> Numbers:
    table = after_2022.trials_of_shares()
    lost, five = -table["China", "Change"], table["Change, points", FIVE]
    return {
        "trials_of_shares": len(table),
        "trials_lost_least": lost.min(),
        "no_electronics_lost": lost["Without electronics"],
        "no_electronics_five": five["Without electronics"],
    }


def _industries() -> Numbers:
    """Give who took what China lost in electronics, and its share there."""
    last, _ = customs.end()
    change = customs.gains(BASE, last).T
    lost = change[SELLER]
    electronics = {year: customs.of_industry(year)["C26"][SELLER] for year in (BASE, last)}
    return {
        "electronics_lost": -lost["C26"],
        "electronics_percent": 100 * lost["C26"] / lost.clip(upper=0).sum(),
        "electronics_share_base": electronics[BASE],
        "electronics_share_last": electronics[last],
        **labelled("electronics", change[["TWN", "VNM"]].T["C26"]),
        "chemicals_EU27": change["EU27"]["C20_21"],
    }


def _duty() -> Numbers:
    """Give the duty collected, by law, and on what was bought instead."""
    last, _ = customs.end()
    now, eve = customs.rates(last), customs.rates(EVE)
    of, trials = customs.instead(BASE, last), after_2022.trials_of_duty()
    gap = trials["On China’s, last year"] - trials["On what was bought instead"]
    return {
        "duty_CHN_before": customs.rates(BEFORE)[SELLER],
        "duty_CHN_eve": eve[SELLER],
        "duty_CHN_last": now[SELLER],
        **labelled("duty", now[["VNM", "TWN"]]),
        "law_CHN_days": customs.by_law(SELLER),
        "law_CHN_bought": customs.by_law(SELLER, bought=True),
        "law_all": customs.by_law("WLD", bought=True),
        "duty_all": now["WLD"],
        "instead_others": of["others"],
        "instead_CHN": of["China"],
        "instead_gap_least": gap.min(),
        "instead_gap_most": gap.max(),
        "instead_electronics": trials["On what was bought instead"]["Electronics alone"],
        "instead_rest": trials["On what was bought instead"]["Without electronics"],
    }


def _value() -> Numbers:
    """Give how much of the value added that China lost may have come back through those who gained."""
    last, _ = customs.end()
    table, counts = customs.returned(BASE, last), after_2022.counts()
    part = customs.back(table)
    others = counts.drop(index=["Electronics alone", "All partners that gained"])["All foreign"]
    average = counts[f"As in {BASE}"]
    return {
        "value_lost": table["average"][SELLER],
        "value_average": part["average"],
        "value_third": part["third"],
        "value_most": part["foreign"],
        "value_counts": len(counts),
        "value_average_least": average.min(),
        "value_average_most": average.max(),
        "value_most_of_others": others.max(),
        "value_most_electronics": counts["All foreign"]["Electronics alone"],
        "value_most_all": counts["All foreign"]["All partners that gained"],
        "cents_CHN_in_VNM": customs.cents()[SELLER]["VNM"],
        "cents_CHN_in_TWN": customs.cents()[SELLER]["TWN"],
    }


def _markets() -> Numbers:
    """Give what China sells to the United States and to others, by its own customs."""
    table, trials = after_2022.markets(), after_2022.trials_of_markets()
    first, last = table.columns[0], table.columns[-1]
    then, now = table[first].to_dict(), table[last].to_dict()
    change = (table[last] - table[first]).to_dict()
    return {
        "markets_first_year": int(str(first)),
        "markets_last_year": int(str(last)),
        "markets_more": sum(change[code] > 0 for code in GAINERS),
        "markets_lost": -change["USA"],
        "markets_gained": change["WLD"] - change["USA"],
        "markets_HKG": change["HKG"],
        "markets_else": change[after_2022.ALL_ELSE],
        **{f"markets_{code}_first": then[code] for code in ("VNM", "IND", "MEX")},
        **{f"markets_{code}_last": now[code] for code in ("VNM", "IND", "MEX")},
        "markets_trials": len(trials),
        "markets_gained_least": trials["All others"].min(),
    }
