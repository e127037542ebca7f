"""Waves of relocation: who handed what to whom, and the rise of China."""

from collections.abc import Iterable
from typing import cast

import pandas as pd

from exhibits.prose import Numbers
from industrial_chains import article, data, waves_by_industry
from industrial_chains import economies as eco
from industrial_chains.industry_groups import GOODS, MANUFACTURING
from industrial_chains.sources import LRWIOD, OECD, WIOD, Source
from industrial_chains.waves_by_industry import BY_INDUSTRY, INDUSTRIES, NIES, handovers, passed, share, turned

#: Years of the grids: every fifth of the longest database, every third or second of the others, and their ends.
GRIDS = {
    "Second, its end": range(1965, 2001, 5),
    "Third": range(1965, 2001, 5),
    "Fourth": (*range(1995, 2011, 3), 2011),
    "Fifth, so far": (*range(2011, 2022, 2), 2022),
}


def handed_by_years(wave: str) -> pd.DataFrame:
    """Count the industries that a wave handed on, by first and last year.

    Returns
    -------
    DataFrame
        Columns first, last, value; of four industries, see `waves_by_industry.years_of`.
    """
    count = waves_by_industry.years_of(wave).sum(axis=1)
    years = GRIDS[wave]
    rows = [
        (f"From {first}", f"to {last}", float(count.loc[first, last]))
        for last in years
        for first in years
        if first < last
    ]
    return pd.DataFrame(rows, columns=["first", "last", "value"])


def by_first_year() -> pd.DataFrame:
    """Lay out from which first years each wave handed each industry on, to its own last year and the database's.

    Returns
    -------
    DataFrame, (Wave, Industry) × two last years
        Spans of first years as text.
    """
    rows = {}
    for wave, (_, _, source, _, end) in waves_by_industry.SIDES.items():
        years = waves_by_industry.years_of(wave)
        for industry in INDUSTRIES:
            held = [years[industry].xs(last, level="last") for last in (end, max(source.years("va_exports")))]
            rows[wave.partition(",")[0], industry] = [_spans(one.index[one]) for one in held]
    columns = ["To the wave’s last year", "To the database’s last year"]
    frame = pd.DataFrame(rows, columns).T
    return frame.rename_axis(index=["Wave", "Industry"])


def _spans(years: Iterable[int]) -> str:
    """Write years as spans, ``1965–1982, 1991``."""
    found: list[list[int]] = []
    for year in map(int, years):
        if found and found[-1][-1] == year - 1:
            found[-1][-1] = year
        else:
            found.append([year, year])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in found) or "–"


def fifth() -> pd.DataFrame:
    """Shares in exported value added of China and of the hosts of the fifth wave, by industry, OECD.

    Returns
    -------
    DataFrame
        Columns year, economy, industry, value, database.
    """
    rows = []
    for industry in INDUSTRIES:
        for code, who in {"CHN": "CHN", "ASEAN10": eco.GROUPS["ASEAN10"], "IND": "IND", "MEX": "MEX"}.items():
            held = share(industry, who, OECD)
            years = map(int, held.index)
            rows += [(y, code, industry, value, OECD.label_in(y)) for y, value in zip(years, held, strict=True)]
    return pd.DataFrame(rows, columns=["year", "economy", "industry", "value", "database"])


def export_shares() -> pd.DataFrame:
    """Shares of large exporters in world exports of goods, and China's as the article has them.

    Returns
    -------
    DataFrame
        Columns year, exporter, value, database; percent of exports of all economies and the rest of the world.
    """
    frames = []
    for source in BY_INDUSTRY:
        table = source.world_shares("gross_exports", GOODS)[["CHN", "DEU", "USA", "JPN"]]
        frames.append(source.long(table, "exporter"))
    stated = [(year, "CHN", article.figure("world_export_share", "CHN", year, "WLD")) for year in (1990, 2010)]
    printed = pd.DataFrame(stated, columns=["year", "exporter", "value"])
    frames.append(printed.assign(database="Article, World Bank"))
    return pd.concat(frames, ignore_index=True)


def beside_the_union(year: int) -> dict[str, float]:
    """Shares in world exports of goods and services with the European Union as one exporter, OECD.

    Returns
    -------
    dict
        ``exports_of_EU27`` and ``exports_of_CHN``, percent; what members sell to one another counts nowhere.
    """
    sold = OECD.matrix("gross_exports", year).copy()
    union = list(eco.members("EU27"))
    sold.loc[union, union] = 0
    share = 100 * sold.sum(axis=1) / sold.to_numpy().sum()
    return {"exports_of_EU27": float(share[union].sum()), "exports_of_CHN": float(share["CHN"])}


def first_ahead(source: Source) -> int:
    """Year from which on China makes more than the United States, in one database."""
    made = source.by_industry("value_added", MANUFACTURING)
    above = made["CHN"] > made["USA"]
    return int(above.index[above][0])


# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------

TEXTILES, METALS, ELECTRONICS, CARS = INDUSTRIES


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    return {**_leaders(), **_handed_on(), **_pairs_of_years(), **_sales_abroad(), **_manufacturing(), **_fifth()}


def _leaders() -> Numbers:
    """Return when shares in an industry were largest, and when one share passed another."""
    largest = {code: turned(TEXTILES, code, LRWIOD) for code in ("JPN", *NIES)}
    # The tables of these years lack the origins of China's imports.
    hong_kong = share(TEXTILES, "HKG", LRWIOD).drop([1984, 1985, 1986])
    return {
        # `keep` refuses None, of which a sentence would say that nobody passed for good.
        "year_NIEs_passed_JPN": cast("int", passed(TEXTILES, "JPN", NIES, LRWIOD)),
        "year_CHN_passed_NIEs": cast("int", passed(TEXTILES, NIES, "CHN", LRWIOD)),
        "year_CHN_passed_ITA": cast("int", passed(TEXTILES, "ITA", "CHN", LRWIOD)),
        "year_JPN_textiles_largest": largest["JPN"],
        "share_JPN_textiles_largest": share(TEXTILES, "JPN", LRWIOD).max(),
        "year_JPN_cars_largest": turned(CARS, "JPN", LRWIOD),
        "share_JPN_cars_largest": share(CARS, "JPN", LRWIOD).max(),
        "year_JPN_electronics_largest": turned(ELECTRONICS, "JPN", LRWIOD),
        "year_CHN_textiles_largest": turned(TEXTILES, "CHN", OECD),
        "year_largest_HKG": largest["HKG"],
        "year_largest_TWN": largest["TWN"],
        "year_largest_KOR": largest["KOR"],
        "years_after_JPN_TWN": largest["TWN"] - largest["JPN"],
        "years_after_JPN_KOR": largest["KOR"] - largest["JPN"],
        "next_year_HKG": int(hong_kong.index[hong_kong == hong_kong.max()][0]),
    }


def _handed_on() -> Numbers:
    """Return how many industries a wave handed on, by exported value added and by two other measures."""
    found, in_exports, in_production = (handovers(flow)["Found"] for flow in ("vax", "gross_exports", "value_added"))
    made = share(TEXTILES, "JPN", LRWIOD, "value_added")
    return {
        "industries": len(INDUSTRIES),
        "verdicts": len(found),
        "verdicts_alike_in_gross_exports": int((in_exports == found).sum()),
        "verdicts_alike_in_production": int((in_production == found).sum()),
        "handed_Second": _handed(found, "Second, its end"),
        "handed_Third_in_gross_exports": _handed(in_exports, "Third"),
        "handed_Second_in_production": _handed(in_production, "Second, its end"),
        "handed_Third_in_production": _handed(in_production, "Third"),
        "handed_Fifth_in_production": _handed(in_production, "Fifth, so far"),
        "share_JPN_textiles_made_1970": made[1970],
        "share_JPN_textiles_made_1990": made[1990],
    }


def _handed(found: pd.Series, wave: str) -> int:
    return int(found.xs(wave, level="Wave").eq("Handed on").sum())


def _pairs_of_years() -> Numbers:
    """Return of how many pairs of years one finds an industry handed on."""
    third, fifth = waves_by_industry.years_of("Third"), waves_by_industry.years_of("Fifth, so far")
    metals = third[METALS].xs(1990, level="last")
    return {
        "pairs_of_years_third": len(third),
        "percent_textiles_third": 100 * third[TEXTILES].mean(),
        "percent_metals_third": 100 * third[METALS].mean(),
        "percent_electronics_third": 100 * third[ELECTRONICS].mean(),
        "first_start_with_metals": int(metals.index[metals].min()),
        "last_start_with_metals": int(metals.index[metals].max()),
        "handed_Third_1987_to_2000": int(third.xs(2000, level="last").loc[1987].to_numpy().sum()),
        "percent_none_fifth": 100 * float((fifth.sum(axis=1) == 0).mean()),
    }


def _sales_abroad() -> Numbers:
    """Return what Korea and Taiwan sold abroad of the four industries, and the Union's and China's exports."""
    frame = data.table("products")
    made = frame[frame["database"].eq(LRWIOD.name)].groupby(["economy", "year"])[["output", "exports"]].sum()
    sold = 100 * made["exports"] / made["output"]
    return {
        "percent_sold_abroad_KOR_1965": sold["KOR", 1965],
        "percent_sold_abroad_KOR_1990": sold["KOR", 1990],
        "percent_sold_abroad_TWN_1965": sold["TWN", 1965],
        "percent_sold_abroad_TWN_1990": sold["TWN", 1990],
        **beside_the_union(2022),
    }


def _manufacturing() -> Numbers:
    """Return when China made more than the United States, and by how much."""
    made = WIOD.by_industry("value_added", MANUFACTURING)
    more = 100 * (made["CHN"] / made["USA"] - 1)
    return {
        "year_CHN_made_more_WIOD": first_ahead(WIOD),
        "percent_CHN_made_more_than_USA_2009": more[2009],
        "percent_CHN_made_more_than_USA_2010": more[2010],
    }


def _fifth() -> Numbers:
    """Return the share in electronics of ASEAN without Viet Nam."""
    held = share(ELECTRONICS, (code for code in eco.GROUPS["ASEAN10"] if code != "VNM"), OECD)
    return {
        "share_Electronics_ASEAN_but_VNM_2011": held[2011],
        "share_Electronics_ASEAN_but_VNM_2022": held[2022],
    }
