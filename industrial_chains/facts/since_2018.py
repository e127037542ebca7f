"""Numbers in the sentences on the evidence since 2018."""

import pandas as pd

from exhibits.prose import Numbers, labelled
from industrial_chains import error_sizes, literature, trade_since_2011, what_if
from industrial_chains.chapters import since_2018
from industrial_chains.chapters.since_2018 import LAST, SPAN


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(
        **_parts(),
        **_branches(),
        **_connectors(),
        **_first_years(),
        **_duties(),
        **_mined(),
        **_bought(),
        **_pairs(),
        **_finished(),
        **_elasticities(),
        newer_works=len(literature.newer()),
    )


def _parts() -> Numbers:
    """Give China and ASEAN their shares in what the United States takes from abroad, by three counts."""
    goods, value_added, inputs = since_2018.goods_parts(), since_2018.parts(), since_2018.parts("imint_share")
    return {
        **labelled("goods_share_CHN", goods["CHN"][[2017, 2021, 2022]]),
        **labelled("value_added_share_CHN", value_added["CHN"][[2017, 2021, 2022]]),
        **labelled("inputs_share_CHN", inputs["CHN"][[2017, 2022]]),
        "goods_lost_CHN": goods["CHN"][2017] - goods["CHN"][2022],
        "goods_lost_CHN_since_2018": goods["CHN"][2018] - goods["CHN"][2022],
        "value_added_lost_CHN_since_2018": value_added["CHN"][2018] - value_added["CHN"][2022],
        "error_value_added_CHN": error_sizes.of_sum(
            "origins", {year: value_added["CHN"][year] for year in SPAN}, {SPAN[0]: -1.0, SPAN[1]: 1.0}, "USA"
        ),
        "goods_gained_ASEAN": goods["ASEAN10"][2022] - goods["ASEAN10"][2017],
    }


def _branches() -> Numbers:
    change = since_2018.gained()["Change"]
    return {
        "lost_CHN_in_textiles": -change["Textiles and leather"],
        "lost_CHN_in_electronics": -change["Electronics"],
    }


def _connectors() -> Numbers:
    """Ask whether those who gained in the United States took more from China."""
    moved, tests = since_2018.moved(), since_2018.tests()
    won, more = moved["gained"] > 0, moved["more"] > 0
    return {
        "economies_compared": len(moved),
        "economies_that_took_more": int(more.sum()),
        "economies_that_took_less_in_2022": int((since_2018.moved(2021)["more"] < 0).sum()),
        "gainers": int(won.sum()),
        "gainers_that_took_more": int((won & more).sum()),
        "losers": int((~won).sum()),
        "losers_that_took_more": int((~won & more).sum()),
        "level": since_2018.LEVEL,
        "connector_r": tests["Correlation"].iloc[0],
        "connector_r_low": tests["low"].iloc[0],
        "connector_r_high": tests["high"].iloc[0],
        "connector_r_least": tests["least"].iloc[0],
        "connector_r_industries": since_2018.among_industries()["r"],
    }


def _first_years() -> Numbers:
    """Count the spans of years and the weights for which both gains go together, and say what growth does."""
    tried = pd.concat([since_2018.by_first_year(last) for last in (2021, 2022)])
    growth = since_2018.growth_by_first_year()
    weighted = tried[tried["first"].eq(SPAN[0]) & tried["weight"].eq("sales")].iloc[-1]
    differs = pd.concat([growth, since_2018.growth_by_first_year(2021)])
    return {
        "intervals_tried": len(tried),
        "intervals_without_zero": int(((tried["low"] > 0) | (tried["high"] < 0)).sum()),
        "connector_r_by_sales": weighted["r"],
        "connector_r_by_sales_low": weighted["low"],
        "connector_r_by_sales_high": weighted["high"],
        **labelled("growth_r_China", growth["China"][[2017, 2018]]),
        **labelled("growth_r_others", growth["others"][[2017, 2018]]),
        "growth_spans": len(differs),
        "growth_spans_China_more": int((differs["low"] > 0).sum()),
        **labelled("growth_r_without_Brunei", since_2018.growth_without("BRN", 2018)),
    }


def _duties() -> Numbers:
    duties = since_2018.duties()
    added = duties[LAST] - duties["collected"]
    return {
        "duty_CHN_2024": duties["collected"]["CHN"],
        "duty_CHN_peak": duties["2025-04-09"]["CHN"],
        "duty_CHN_now": duties[LAST]["CHN"],
        **labelled("duty_added_2025", (duties["2025-12-04"] - duties["collected"])[["CHN", "JPN"]]),
        **labelled("duty_added", added[["CHN", "ASEAN", "JPN", "KOR"]]),
    }


def _elasticities() -> Numbers:
    """Give the studies' medians over the industries that make goods; the lowest and the highest."""
    rows = what_if.elasticities()
    medians = rows[rows.index.str[0].isin(["A", "B", "C"])].median()
    return {"elasticity_least": medians.min(), "elasticity_most": medians.max()}


def _mined() -> Numbers:
    """Give China its share in the world's output, and count the minerals of which it supplies more than half."""
    share = since_2018.mined()["China’s share"]
    most = share[share["2024"] > since_2018.MOST]
    return {
        "mined_gallium": share["2024"]["Gallium"],
        "mined_rare": share["2024"]["Rare Earths (REO)"],
        "minerals": len(share),
        "minerals_mostly_Chinese": len(most),
        "minerals_mostly_Chinese_2018": int((share["2018"] > since_2018.MOST).sum()),
        "minerals_that_rose": int((most["2024"] > most["2018"]).sum()),
    }


def _bought() -> Numbers:
    """Give China its share in imports of raw materials."""
    share = since_2018.bought([2007, 2018, 2024]).set_index(["importer", "material", "year"])["share"]
    by_weight = since_2018.concentration_of_imports()["Share by weight", "2024"]
    years = (2018, 2024)
    return {
        **labelled("share_of_all_materials", {year: since_2018.of_all_materials(year) for year in years}),
        **labelled(
            "share_without_lithium",
            {
                (who, year): since_2018.of_all_materials(year, who, since_2018.LITHIUM)
                for who in trade_since_2011.IMPORTERS
                for year in years
            },
        ),
        **labelled("lithium_KOR", {year: share["Korea", "Lithium hydroxide", year] for year in ("2018", "2024")}),
        **labelled("rare_JPN", {year: share["Japan", "Rare-earth compounds", year] for year in ("2007", "2024")}),
        "rare_weight_JPN_2024": by_weight["Japan", "Rare-earth compounds"],
    }


def _pairs() -> Numbers:
    """Count the pairs of an importer and a material in which China's share rose, or origins spread out."""
    rose = since_2018.rose(2018, 2024)
    by_weight = since_2018.concentration_of_imports()["Share by weight"]
    return {
        "pairs_of_materials": int(rose["pairs"].sum()),
        "pairs_that_rose": int(rose["share"].sum()),
        "pairs_that_rose_since_2017": int(since_2018.rose(2017, 2024)["share"].sum()),
        "pairs_that_rose_by_weight": int((by_weight["2024"] > by_weight["2018"]).sum()),
        "pairs_less_concentrated": int(rose["spread"].sum()),
        "materials": int(rose["pairs"]["USA"]),
        "pairs_that_rose_USA": int(rose["share"]["USA"]),
    }


def _finished() -> Numbers:
    """Give shares at the last stage by market, and China's in the imports of all but the United States."""
    abroad, found = since_2018.abroad(), dict[str, float | str]()
    asked = {
        "to_USA": (("textiles", "CHN"), ("textiles", "VNM"), ("electronics", "VNM"), ("machinery", "MEX")),
        "outside_CHN": (("textiles", "CHN"),),
        "exported": (("textiles", "CHN"),),
        "elsewhere": tuple((industry, "CHN") for industry in ("textiles", "electronics", "machinery", "vehicles")),
    }
    for market, pairs in asked.items():
        share = since_2018.finished(("CHN", "VNM", "MEX"), market)
        cells = {(what, who, year): share[who][what, year] for what, who in pairs for year in SPAN}
        found |= labelled(f"last_{market}", cells)
    return {
        **found,
        **labelled("abroad_textiles", abroad.loc["Textiles and leather"]),
        **labelled("abroad_electronics", abroad.loc["Electronics"]),
    }
