"""Numbers in the sentences on waves of relocation."""

import pandas as pd

from exhibits.prose import Numbers, labelled
from gvc.economies import GROUPS
from industrial_chains import waves_by_industry
from industrial_chains.chapters import waves
from industrial_chains.industry_groups import MANUFACTURING
from industrial_chains.sources import LRWIOD, OECD, WIOD
from industrial_chains.waves_by_industry import INDUSTRIES, NIES, handovers, passed, share, turned

TEXTILES, METALS, ELECTRONICS, CARS = INDUSTRIES


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(
        **_textiles(),
        **_followers(),
        **_handovers(),
        **_choices_of_years(),
        **_newcomers(),
        **_japan(),
        **_exports_of_goods(),
        **_manufacturing(),
        **_fifth(),
    )


def _textiles() -> Numbers:
    """Shares of Japan and China in the world's exported value added, and who passed whom."""
    japan, china = share(TEXTILES, "JPN", LRWIOD), share(TEXTILES, "CHN", OECD)
    years = {
        "NIEs_passed_JPN": passed(TEXTILES, "JPN", NIES, LRWIOD),
        "CHN_passed_NIEs": passed(TEXTILES, NIES, "CHN", LRWIOD),
        "CHN_passed_ITA": passed(TEXTILES, "ITA", "CHN", LRWIOD),
    }
    return {
        "year_JPN_textiles_largest": turned(TEXTILES, "JPN", LRWIOD),
        "share_JPN_textiles_largest": japan.max(),
        "share_JPN_textiles_2000": japan[2000],
        **labelled("year", pd.Series(years, dtype=int)),  # which raises where nobody passed for good
        **labelled("share_CHN_textiles", china[[2011, 2022]]),
        "year_CHN_textiles_largest": turned(TEXTILES, "CHN", OECD),
    }


def _followers() -> Numbers:
    """Of the exercise on Japan's followers in textiles; of Hong Kong also the next year, outside of the hole."""
    largest = {code: turned(TEXTILES, code, LRWIOD) for code in ("JPN", *NIES)}
    hong_kong = share(TEXTILES, "HKG", LRWIOD).drop([1984, 1985, 1986])
    return {
        **labelled("year_largest", {code: largest[code] for code in NIES}),
        **labelled("years_after_JPN", {code: largest[code] - largest["JPN"] for code in ("KOR", "TWN")}),
        "next_year_HKG": int(hong_kong.index[hong_kong == hong_kong.max()][0]),
    }


def _handovers() -> Numbers:
    """Industries that a wave handed on, by exported value added and by two other measures."""
    flows = ("vax", "gross_exports", "value_added")
    found, in_exports, in_production = (handovers(flow)["Found"] for flow in flows)
    handed, handed_in_exports, handed_in_production = (
        verdicts.eq("Handed on").groupby("Wave").sum().to_dict() for verdicts in (found, in_exports, in_production)
    )
    return {
        "industries": len(INDUSTRIES),
        "verdicts": len(found),
        "verdicts_alike_in_gross_exports": int((in_exports == found).sum()),
        "verdicts_alike_in_production": int((in_production == found).sum()),
        "handed_Second": handed["Second, its end"],
        "handed_Third_in_gross_exports": handed_in_exports["Third"],
        "handed_Second_in_production": handed_in_production["Second, its end"],
        "handed_Third_in_production": handed_in_production["Third"],
        "handed_Fifth_in_production": handed_in_production["Fifth, so far"],
    }


def _choices_of_years() -> Numbers:
    """How many of all pairs of years in a database give a hand-over, by wave and industry, percent."""
    third, fifth = (waves_by_industry.years_of(wave) for wave in ("Third", "Fifth, so far"))
    to_1990 = third[METALS].xs(1990, level="last")
    to_2000 = third.xs(2000, level="last")
    return {
        "pairs_of_years_third": len(third),
        "percent_textiles_third": 100 * third[TEXTILES].mean(),
        "percent_metals_third": 100 * third[METALS].mean(),
        "percent_electronics_third": 100 * third[ELECTRONICS].mean(),
        "first_start_with_metals": int(to_1990.index[to_1990].min()),
        "last_start_with_metals": int(to_1990.index[to_1990].max()),
        "handed_Third_1987_to_2000": int(to_2000.loc[[1987]].to_numpy().sum()),
        "percent_none_fifth": 100 * float((fifth.sum(axis=1) == 0).mean()),
    }


def _newcomers() -> Numbers:
    """Part of their output of the four industries that the NIEs sold abroad, percent."""
    frame = waves_by_industry.stored("products")
    made = frame[frame["database"].eq(LRWIOD.name)].groupby(["economy", "year"])[["output", "exports"]].sum()
    sold = 100 * made["exports"] / made["output"]
    return labelled(
        "percent_sold_abroad", {(code, year): sold[code, year] for code in ("KOR", "TWN") for year in (1965, 1990)}
    )


def _japan() -> Numbers:
    """In the third wave, and Korea in the exercise on it."""
    cars = {code: share(CARS, code, LRWIOD) for code in ("JPN", "KOR")}
    return {
        **labelled("share_JPN_textiles_made", share(TEXTILES, "JPN", LRWIOD, "value_added")[[1970, 1990]]),
        "year_JPN_cars_largest": turned(CARS, "JPN", LRWIOD),
        "share_JPN_cars_1970": cars["JPN"][1970],
        "share_JPN_cars_largest": cars["JPN"].max(),
        "year_JPN_electronics_largest": turned(ELECTRONICS, "JPN", LRWIOD),
        **labelled("points_cars", {code: held[1990] - held[1970] for code, held in cars.items()}),
    }


def _exports_of_goods() -> Numbers:
    """China's share in them, as the article states it and by each database."""
    china = waves.export_shares().query("exporter == 'CHN'").set_index(["database", "year"])["value"]
    wiod = china[WIOD.label]
    return {
        **labelled("stated_share_CHN", china["Article, World Bank"]),
        "share_CHN_1990_long_run": china[LRWIOD.label][1990],
        "share_CHN_2010": wiod[2010],
        "share_CHN_2022": china[OECD.label][2022],
        **waves.beside_the_union(2022),
        "points_CHN_1995_to_2011": wiod[2011] - wiod[1995],
        "points_CHN_2001_to_2011": wiod[2011] - wiod[2001],
    }


def _manufacturing() -> Numbers:
    made = WIOD.by_industry("value_added", MANUFACTURING)
    more = 100 * (made["CHN"] / made["USA"] - 1)
    return {
        "year_CHN_made_more_WIOD": waves.first_ahead(WIOD),
        **labelled("percent_CHN_made_more_than_USA", more[[2009, 2010]]),
    }


def _fifth() -> Numbers:
    """Shares of its hosts in the world's exported value added."""
    held = waves.fifth().set_index(["industry", "economy", "year"])["value"]
    but_viet_nam = tuple(code for code in GROUPS["ASEAN10"] if code != "VNM")
    shares = {
        "share_Electronics": held[ELECTRONICS]["ASEAN10"],
        "share_Electronics_ASEAN_but_VNM": share(ELECTRONICS, but_viet_nam, OECD),
        "share_Vehicles_MEX": held[CARS]["MEX"],
        "share_Textiles_IND": held[TEXTILES]["IND"],
    }
    return {f"{name}_{year}": one[year] for name, one in shares.items() for year in (2011, 2022)}
