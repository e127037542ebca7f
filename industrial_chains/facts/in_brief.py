"""Numbers in the sentences of the summary for those who decide."""

import pandas as pd

from exhibits.prose import Numbers, labelled
from industrial_chains import error_sizes, forecasts, ledger, what_if
from industrial_chains.analysis.back_test import shares
from industrial_chains.chapters import (
    back_test,
    interregional,
    intraregional,
    prices,
    relocation,
    since_2018,
)
from industrial_chains.chapters import what_if as model
from industrial_chains.forecasts import PERIODS
from industrial_chains.ledger import ASEAN
from industrial_chains.sources import ARTICLE, OECD, WIOD

#: The first year of the duties, and the last of the tables of value added.
FIRST, LAST = 2018, 2022
#: The last year of customs, up to November.
CUSTOMS = 2025


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(
        **_cents(),
        **_duties(),
        **_dollar(),
        **_through(),
        **_yen(),
        **_china(),
        **_bought(),
        **_apart(),
        **_russia(),
        **_unknown(),
    )


def _by_year(numbers: pd.Series) -> dict[int, float]:
    return dict(zip(map(int, numbers.index), map(float, numbers), strict=True))


def _cents() -> Numbers:
    """Say what China earns of a dollar of goods that hosts export, how far its change may be off, and its weight."""
    found: Numbers = {}
    for name, host in (("ASEAN", ASEAN), ("MEX", "MEX")):
        cents = _by_year(ledger.cents(ledger.earned(host)).T["CHN"])
        found |= {f"cents_CHN_in_{name}_{year}": cents[year] for year in (FIRST, LAST)}
        found[f"error_cents_CHN_in_{name}"] = error_sizes.of_sum(
            "cents of goods", cents, {FIRST: -1.0, LAST: 1.0}, host
        )
    return {**found, f"percent_of_CHN_in_hosts_{LAST}": interregional.held(LAST)}


def _duties() -> Numbers:
    """Follow China's share of American imports, by customs and by the trade model that knows duties alone."""
    path = back_test.path().set_index(["line", "year"])
    return {
        **{f"counted_{year}": path["value"]["Actual", year] for year in (FIRST, CUSTOMS)},
        "predicted": path["value"]["Predicted", CUSTOMS],
        "predicted_low": path["low"]["Predicted", CUSTOMS],
        "predicted_high": path["high"]["Predicted", CUSTOMS],
        # The solver's last digits are not those of every processor.
        **{f"r_{period.last}": round(back_test.scored(period)["correlation"]["Model"], 4) for period in PERIODS},
    }


def _dollar() -> Numbers:
    """Say what China loses with a dollar of goods, by the trade model and where a plant alone moves; cents."""
    lost, tried = model.lost()["Middle"], model.tried()
    plant = relocation.whole().query("moves == 'plant'")["lost"]
    return {
        "cents_buyer": lost["buyer"],
        "cents_buyer_low": tried["buyer"].min(),
        "cents_buyer_high": tried["buyer"].max(),
        "cents_real": lost["real"],
        "cents_real_low": tried["real"].min(),
        "cents_real_high": tried["real"].max(),
        "cents_plant": plant.median(),
        "cents_plant_low": plant.min(),
    }


def _through() -> Numbers:
    """Follow Korea's value added on the way to the United States, by the exporter that it passes."""
    part = {code: OECD.passing("KOR", code) for code in ("CHN", "VNM")}
    return {
        **{f"passing_KOR_{code}_{year}": part[code][year] for code in part for year in (FIRST, LAST)},
        "passing_KOR_CHN_2011": part["CHN"][2011],
        # That of Viet Nam's part is no larger.
        "error_passing_KOR_CHN": error_sizes.change(OECD, "passing", part["CHN"], (FIRST, LAST), "CHN"),
    }


def _yen() -> Numbers:
    """Say what Japan lost in ASEAN, in dollars and at the rates and prices of the first year."""
    share = OECD.share("JPN", "ASEAN")
    revalued = prices.shares("ASEAN", FIRST)[prices.PRICES].T.to_dict()["JPN"]
    return {
        **labelled("share_JPN_in_ASEAN", {year: share[year] for year in (FIRST, LAST)}),
        "share_JPN_in_ASEAN_at_prices": revalued[LAST],
        "error_share_JPN_in_ASEAN": error_sizes.change(OECD, "fva_share", share, (FIRST, LAST), "ASEAN"),
    }


def _china() -> Numbers:
    """Set what China lost in American purchases by goods beside value added, and say what more duty costs."""
    goods, value_added = since_2018.goods_parts()["CHN"], _by_year(since_2018.parts()["CHN"])
    duty = -model.spread(model.real_income("duty")).T["CHN"]
    sold = back_test.path().query("line == 'Actual'").set_index("year")["value"]
    return {
        "points_lost_CHN_customs": sold[FIRST] - sold[LAST],
        "points_lost_CHN_goods": goods[FIRST] - goods[LAST],
        "points_lost_CHN_value_added": value_added[FIRST] - value_added[LAST],
        "error_CHN_value_added": error_sizes.of_sum("origins", value_added, {FIRST: -1.0, LAST: 1.0}, "USA"),
        "points_duty": what_if.POINTS,
        "percent_duty_CHN": duty["Middle"],
        "percent_duty_CHN_low": duty["Highest"],
        "percent_duty_CHN_high": duty["Lowest"],
        **_collected("CHN", 2024),
        **_collected("CHN", CUSTOMS),
    }


def _collected(partner: str, year: int) -> Numbers:
    """Give the duty that the United States collected up to November, percent of imports."""
    value = forecasts.imports(year, True).T[partner]
    return {f"duty_{partner}_{year}": 100 * (forecasts.rates(year, True).T[partner] * value).sum() / value.sum()}


def _bought() -> Numbers:
    """Say what China absorbs of its neighbours' exports of value added, and follow Japan in the American market."""
    found: Numbers = {}
    for code in ("JPN", "KOR", "RUS"):
        part, link = OECD.link(code, "CHN", "exports"), OECD.link(code, "CHN")
        found |= {f"share_CHN_in_exports_of_{code}_{year}": part[year] for year in (FIRST, LAST)}
        # This share and the link are one flow over different sizes, which hardly err.
        off = error_sizes.change(OECD, "link", link, (FIRST, LAST), "CHN")
        found[f"error_share_CHN_in_exports_of_{code}"] = part[FIRST] * off / link[FIRST]
    sold = {year: shares(forecasts.imports(year, True)).T["JPN"].sum() for year in (FIRST, CUSTOMS)}
    return {**found, **labelled("goods_share_JPN", sold), **_collected("JPN", 2024), **_collected("JPN", CUSTOMS)}


def _apart() -> Numbers:
    """Say what Korea and China lose if electronics part and America's allies take part; percent of real income."""
    lost = -model.spread(model.real_income("apart_with_allies")).T
    return {
        "percent_apart_KOR": lost["KOR"]["Middle"],
        "percent_apart_KOR_low": lost["KOR"]["Highest"],
        "percent_apart_KOR_high": lost["KOR"]["Lowest"],
        "percent_apart_CHN": lost["CHN"]["Middle"],
        f"share_electrical_KOR_to_CHN_{LAST}": intraregional.by_branch(OECD, LAST)["KOR", "CHN"][
            "Electrical and optical"
        ],
    }


def _russia() -> Numbers:
    """Say what mining earns of Russia's sales to China, and what Russia earns in India's exports."""
    share = OECD.share("RUS", "IND")
    return {
        **labelled("share_RUS_in_IND", {year: share[year] for year in (FIRST, LAST)}),
        f"share_mining_RUS_to_CHN_{LAST}": intraregional.by_branch(OECD, LAST)["RUS", "CHN"]["Mining"],
    }


def _unknown() -> Numbers:
    """Give Mongolia's link to China, and how far databases are apart."""
    levels = [source.share("NEA", "IND")[2011] for source in (ARTICLE, WIOD, OECD)]
    return {
        "link_MNG_to_CHN_2021": ARTICLE.link("MNG", "CHN")[2021],
        "points_between_databases_IND_2011": max(levels) - min(levels),
    }
