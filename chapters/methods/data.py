"""The sources: what the databases cover, and how far two editions of one of them are apart."""

import pandas as pd

import gvc
from exhibits.prose import Numbers
from exhibits.text import Message, Myst, calendar_year
from industrial_chains import customs, data
from industrial_chains.customs import BASE, SELLER
from industrial_chains.industry_groups import GROUPS
from industrial_chains.sources import ADB, LRWIOD, OECD, WIOD, Source
from industrial_chains.trade_model import inputs
from industrial_chains.uncertainty import error_sizes

#: What stands below exhibits.
CENSUS = "Own computation, November 2026, from US Census data in M. Waugh's trackers."
#: The first year of the duties.
FIRST = 2018


def variants() -> pd.DataFrame:
    """Set numbers side by side whose names are alike: what is counted, the value, and where and why that is done.

    Returns
    -------
    DataFrame, quantity × {Source, Goods, Months, Base, Value, Where and why}
        Percent.
    """
    (last, _), base, first = customs.end(), calendar_year(BASE), calendar_year(FIRST)
    months, year = customs.to_month("January to {0}"), "Full year"
    census, tables, both = "Customs", "OECD", "C26 and C27"
    imported, duty = (
        Message("China in American imports, {0}", first),
        Message("Duty on China’s goods, {0}", calendar_year(last)),
    )
    lost = Message("Electronics in China’s loss, {0} to {1}", base, calendar_year(last))
    shipped, hosted = (
        Message("China in exports of electronics, {0}", base),
        Message("China in ASEAN’s exports, {0}", base),
    )
    goods = data.table("goods").query("year == @FIRST").set_index("economy")["to_USA"].drop(inputs.BUYER)
    sold = gvc.content(inputs.table(BASE), "exports", by=("exporter", "sector")).unstack()
    two = sold[list(GROUPS["electronics"]["OECD"])].sum(axis=1)
    compared = customs.duty_on_replacements(BASE, last)["China"]
    in_asean = {flow: OECD.share(SELLER, "ASEAN10", flow)[BASE] for flow in ("fva_share", "va_exports_to_USA")}
    in_demand = OECD.share(SELLER, inputs.BUYER, "va_final_demand")[FIRST]

    def part(of: pd.Series) -> float:
        return float(100 * of[SELLER] / of.sum())

    covered = customs.shares(FIRST, [inputs.OTHER])[SELLER]
    rows: list[tuple[str, str, str, str, str, float, Myst]] = [
        (imported, census, "All goods", months, "Imports", customs.shares(FIRST)[SELLER], _on("american_market")),
        (imported, census, "Of industries the model covers", months, "Imports", covered, _on("back_test")),
        (imported, tables, "All goods", year, "Imports", part(goods), _on("by both sides")),
        (imported, tables, "All goods and services", year, "Foreign value added", in_demand, _on("value")),
        (duty, census, "All goods", months, "Imports of the same goods", customs.rates(last)[SELLER], _on("duty")),
        (duty, "Law", "All goods", months, "Goods of 2024", customs.by_law(SELLER, bought=True), _on("law")),
        (duty, census, "Those China lost", months, "By what it lost", compared, _on("lost")),
        (lost, census, both, months, "Points of all imports", customs.part_of_electronics(BASE, last), _on("both")),
        (shipped, tables, both, year, "World exports", part(two), _on("ledger")),
        (shipped, tables, "C26 alone", year, "World exports", part(sold["C26"]), _on("what_if")),
        (hosted, tables, "All exports", year, "Foreign value added", in_asean["fva_share"], _on("interregional")),
        (
            hosted,
            tables,
            "Exports to the United States",
            year,
            "Foreign value added",
            in_asean["va_exports_to_USA"],
            _on("claims"),
        ),
    ]
    columns = ["Quantity", "Source", "Goods", "Months", "Base", "Value", "Where and why"]
    return pd.DataFrame(rows, columns=columns).set_index("Quantity")


#: Where a number stands, and why it is another one.
_WHY = {
    "american_market": (
        "../frontier/american_market",
        "all years compare",
        "各年可比",
    ),
    "back_test": ("../frontier/back_test", "what duties can move", "关税能够影响的部分"),
    "by both sides": ("../frontier/american_market", "both sides’ reports", "综合双方报告"),
    "value": ("../frontier/american_market", "who earns, not who ships", "看谁获得收入，而非谁发货"),
    "duty": ("../frontier/american_market", "what was paid", "实际缴纳"),
    "law": ("../frontier/american_market", "if nobody turns away", "假定买方不转向"),
    "lost": ("../frontier/american_market", "beside what was bought instead", "与替代商品相比"),
    "both": ("../frontier/back_test", "adds up to the loss", "各行业的百分点加总等于全部损失"),
    "ledger": ("../northeast_asia/ledger", "one group in every database", "各数据库都有的一组"),
    "what_if": ("../frontier/what_if", "one industry of the model", "模型中的一个行业"),
    "interregional": ("../northeast_asia/interregional", "the article’s measure", "原文的指标"),
    "claims": ("../northeast_asia/claims", "the article’s triangle", "原文的三角分工"),
}


def _on(key: str) -> Myst:
    page, why, zh = _WHY[key]
    return Myst(f"{{doc}}`{page}`: {why}", zh=f"{{doc}}`{page}`：{zh}")


# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    gaps = error_sizes.between_editions()
    of_lrwiod, of_wiod, of_oecd = (source.years("va_exports") for source in (LRWIOD, WIOD, OECD))
    of_adb = ADB.years("fva_share")
    return {
        "first_year_of_lrwiod": of_lrwiod[0],
        "last_year_of_lrwiod": of_lrwiod[-1],
        "economies_in_lrwiod": _economies(LRWIOD),
        "industries_in_lrwiod": _industries(LRWIOD),
        "holes_in_lrwiod": len(LRWIOD.holes),
        "first_year_of_wiod2013": of_wiod[0],
        "last_year_of_wiod2013": of_wiod[-1],
        "economies_in_wiod2013": _economies(WIOD),
        "industries_in_wiod2013": _industries(WIOD),
        "idle_industries_in_wiod2013": int((WIOD.accounts("output")["value"] == 0).sum()),  # over all years
        "first_year_of_oecd": of_oecd[0],
        "last_year_of_oecd": of_oecd[-1],
        "economies_in_oecd": _economies(OECD),
        "industries_in_oecd": _industries(OECD),
        "first_year_of_ADB": of_adb[0],
        "last_year_of_ADB": of_adb[-1],
        "exporters_in_ADB": ADB.rows("fva_share")["destination"].nunique() - 1,  # without ASEAN as a whole
        "origins_in_ADB": len(ADB.economies),
        "cells_in_both_editions": len(gaps),
        "median_gap_between_editions": gaps.median(),
        "nine_in_ten_gaps_between_editions": float(gaps.quantile(0.9)),
    }


def _economies(source: Source) -> int:
    """Return how many economies a source has, without the rest of the world."""
    return len(source.economies) - 1


def _industries(source: Source) -> int:
    return source.accounts("output")["sector"].nunique()
