"""Numbers in the sentences of the first page."""

from exhibits.prose import Numbers, labelled
from industrial_chains import customs
from industrial_chains.chapters import back_test, claims, ledger, long_run, relocation, what_if
from industrial_chains.chapters.ledger import Asked
from industrial_chains.forecasts import PERIODS
from industrial_chains.ledger import ASEAN
from industrial_chains.sources import ARTICLE, OECD, WIOD
from industrial_chains.what_if import SELLER


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(
        **_asean(),
        **_ledger(),
        **_market(),
        **_duties(),
        **_india(),
        **_suppliers(),
        **_links(),
        **_detours(),
        **_relocation(),
        **claims.headline(claims.verdicts()),
    )


def _asean() -> Numbers:
    printed, oecd, china = ARTICLE.share("NEA", "ASEAN"), OECD.share("NEA", "ASEAN"), OECD.share("CHN", "ASEAN")
    return {
        **labelled("printed_share_NEA_in_ASEAN", {year: printed[year] for year in (2007, 2021)}),
        **labelled("oecd_share_NEA_in_ASEAN", {year: oecd[year] for year in (2021, 2022)}),
        "oecd_points_gained_CHN_in_ASEAN": china[2021] - china[2011],
    }


def _ledger() -> Numbers:
    """Of a dollar of goods that ASEAN exports, cents of China."""
    return labelled(
        "cents_CHN_in_ASEAN", dict(zip((2011, 2022), ledger.answer(Asked(ASEAN, "CHN", "cents")), strict=True))
    )


def _market() -> Numbers:
    """China's share in American imports in 2018 and in the last year of customs, of like months."""
    last, _ = customs.end()
    share = {year: customs.shares(year)[SELLER] for year in (2018, last)}
    return {"share_CHN_first": share[2018], "share_CHN_last": share[last], "last_year": last}


def _duties() -> Numbers:
    """Say what China lost of American imports to 2022, by customs and by the trade model that knows duties alone."""
    china = back_test.by_partner(PERIODS[0]).T.to_dict()["CHN"]
    return {"counted_2022": -china["counted"], "predicted_2022": -china["Model"]}


def _india() -> Numbers:
    printed, wiod, oecd = (source.share("NEA", "IND") for source in (ARTICLE, WIOD, OECD))
    return {
        "printed_share_NEA_in_IND_2011": printed[2011],
        "wiod_share_NEA_in_IND_2011": wiod[2011],
        "printed_points_lost_NEA_in_IND_2017_2021": printed[2017] - printed[2021],
        "oecd_points_gained_NEA_in_IND_2017_2021": oecd[2021] - oecd[2017],
    }


def _suppliers() -> Numbers:
    """To whom China supplies more than Japan, and what it gains a year in the typical host and elsewhere."""
    gains = long_run.ahead().loc[["2011–2017", "2017–2021"], ["hosts", "others"]]
    return {
        "exporters_of_all_databases": len(long_run.everywhere()),
        **labelled("led_by_CHN", {year: long_run.led(WIOD, year) for year in (2000, 2007)}),
        **labelled("points_a_year", gains.rename(index=lambda years: years.replace("–", "_")).T),
    }


def _links() -> Numbers:
    """Trade with China over what the sizes of both alone would give."""
    japan, russia = WIOD.link("CHN", "JPN", "intensity"), OECD.link("RUS", "CHN", "intensity")
    return {
        **labelled("closeness_CHN_to_JPN", {year: japan[year] for year in (1995, 2011)}),
        **labelled("closeness_RUS_to_CHN", {year: russia[year] for year in (2011, 2022)}),
    }


def _detours() -> Numbers:
    """Korean value added on its way to the United States, by the exporter that it passes."""
    parts = {(year, code): OECD.passing("KOR", code)[year] for year in (2021, 2022) for code in ("VNM", "CHN")}
    return labelled("passing_KOR", parts)


def _relocation() -> Numbers:
    lost = relocation.along()
    return {
        "cents_lost_CHN_lowest": lost["Lowest"].min(),
        "cents_lost_CHN_highest": lost["Highest"].max(),
        "cents_model": what_if.lost()["Middle"]["buyer"],
    }
