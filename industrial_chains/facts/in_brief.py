"""Numbers in the sentences of the summary for those who decide."""

from exhibits.prose import Numbers, labelled
from industrial_chains.chapters import (
    back_test,
    interregional,
    intraregional,
    ledger,
    long_run,
    prices,
    relocation,
    what_if,
)
from industrial_chains.chapters.ledger import Asked
from industrial_chains.forecasts import PERIODS
from industrial_chains.ledger import ASEAN
from industrial_chains.sources import ADB, ARTICLE, OECD, WIOD


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(**_hosts(), **_ledger(), **_duties(), **_japan(), **_india(), **_china(), **_korea(), **_neighbours())


def _hosts() -> Numbers:
    """Shares in foreign value added in 2021, the lowest and the highest of the databases."""
    asked = {("NEA", host): (ARTICLE, ADB, OECD) for host in ("ASEAN", "MEX", "IND")} | {("CHN", "ASEAN"): (ADB, OECD)}
    return {
        f"share_{origin}_in_{host}_2021_{end.__name__}": end(source.share(origin, host)[2021] for source in of)
        for (origin, host), of in asked.items()
        for end in (min, max)
    }


def _ledger() -> Numbers:
    """Of a dollar of goods that ASEAN exports, cents of China and Japan."""
    return {
        f"cents_{origin}_in_ASEAN_{year}": cents
        for origin in ("CHN", "JPN")
        for year, cents in zip((2011, 2022), ledger.answer(Asked(ASEAN, origin, "cents")), strict=True)
    }


def _duties() -> Numbers:
    """Say what China lost of American imports, by customs and by the trade model that knows duties alone."""
    found: Numbers = {}
    for period in PERIODS:
        china = back_test.by_partner(period).T.to_dict()["CHN"]
        found |= {f"counted_{period.last}": -china["counted"], f"predicted_{period.last}": -china["Model"]}
    return found


def _japan() -> Numbers:
    share = OECD.share("JPN", "ASEAN")
    revalued = prices.shares("ASEAN")[prices.PRICES].T.to_dict()["JPN"]
    return {
        **labelled("share_JPN_in_ASEAN", {year: share[year] for year in (2011, 2022)}),
        "share_JPN_in_ASEAN_2022_at_prices": revalued[2022],
    }


def _india() -> Numbers:
    levels = [source.share("NEA", "IND")[2011] for source in (ARTICLE, WIOD, OECD)]
    return {"points_between_databases_IND_2011": max(levels) - min(levels)}


def _china() -> Numbers:
    """As a supplier, and what it loses with a plant."""
    lost, model, tried = relocation.along(), what_if.lost(), what_if.tried()["buyer"]
    return {
        "cents_model": model["Middle"]["buyer"],
        "cents_model_low": tried.min(),
        "cents_model_high": tried.max(),
        "cents_real_low": model["Lowest"]["real"],
        "cents_real_high": model["Highest"]["real"],
        "exporters": len(long_run.everywhere()),
        "led_by_CHN_2022": long_run.led(OECD, 2022),
        **labelled("percent_of_CHN_in_hosts", {year: interregional.held(year) for year in (2011, 2022)}),
        "cents_lost_CHN_lowest": lost["Lowest"].min(),
        "cents_lost_CHN_highest": lost["Highest"].max(),
    }


def _korea() -> Numbers:
    """Its value added on the way to the United States, by the exporter that it passes."""
    parts = {(code, year): OECD.passing("KOR", code)[year] for code in ("VNM", "CHN") for year in (2011, 2022)}
    return labelled("passing_KOR", parts)


def _neighbours() -> Numbers:
    """Of Japan, Korea, Russia and Mongolia as sellers to China."""
    russia = OECD.link("RUS", "CHN", "intensity")
    close = [OECD.link(*pair, "intensity")[2022] for pair in intraregional.MAIN]
    return {
        "closeness_CHN_JPN_KOR_2022_least": min(close),
        "closeness_CHN_JPN_KOR_2022_most": max(close),
        **{f"share_CHN_in_exports_of_{code}_2022": OECD.link(code, "CHN", "exports")[2022] for code in ("JPN", "KOR")},
        **labelled("closeness_RUS_to_CHN", {year: russia[year] for year in (2011, 2022)}),
        "link_MNG_to_CHN_2021": ARTICLE.link("MNG", "CHN")[2021],
    }
