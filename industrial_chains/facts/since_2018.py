"""Numbers in the sentences on the evidence since 2018."""

from itertools import product

from exhibits.prose import Numbers, labelled
from industrial_chains import literature
from industrial_chains.chapters import since_2018
from industrial_chains.chapters.since_2018 import LAST, SPAN


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(
        **_parts(),
        **_branches(),
        **_connectors(),
        **_duties(),
        **_mined(),
        **_bought(),
        **_pairs(),
        **_finished(),
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
        "connector_r": tests["Correlation"].iloc[0],
        "connector_r_least": tests["least"].iloc[0],
        "growth_r_China": tests["Correlation"].iloc[-2],
        "growth_r_others": tests["Correlation"].iloc[-1],
        "connector_r_industries": since_2018.among_industries()["r"],
    }


def _duties() -> Numbers:
    duties = since_2018.duties()
    added = duties[LAST] - duties["collected"]
    return {
        "duty_CHN_2024": duties["collected"]["CHN"],
        "duty_CHN_peak": duties["2025-04-09"]["CHN"],
        "duty_CHN_now": duties[LAST]["CHN"],
        **labelled("duty_added", added[["CHN", "VNM"]]),
    }


def _mined() -> Numbers:
    """Give China its share in the world's mines, and count the minerals of which it mines more than half."""
    share = since_2018.mined()["China’s share"]
    most = share[share["2024"] > 50]
    return {
        "mined_gallium": share["2024"]["Gallium"],
        "mined_rare": share["2024"]["Rare earths"],
        "minerals_mostly_Chinese": len(most),
        "minerals_that_rose": int((most["2024"] > most["2018"]).sum()),
    }


def _bought() -> Numbers:
    """Give China its share in imports of raw materials."""
    share = since_2018.bought([2007, 2018, 2024]).set_index(["importer", "material", "year"])["share"]
    by_weight = since_2018.concentration_of_imports()["Share by weight", "2024"]
    every = {year: since_2018.of_all_materials(year) for year in (2018, 2024)}
    others = {year: since_2018.of_all_materials(year, without="Lithium hydroxide") for year in (2018, 2024)}
    return {
        **labelled("share_of_all_materials", every),
        **labelled("share_without_lithium", others),
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
    """Give shares at the last stage, and China's in the imports of all but the United States."""
    finished, abroad = since_2018.finished(), since_2018.abroad()
    cells = product(("textiles", "electronics"), ("CHN", "VNM"), SPAN)
    return {
        **labelled("finished", {(what, where, year): finished[where][what, year] for what, where, year in cells}),
        **labelled("abroad_textiles", abroad.loc["Textiles and leather"]),
        **labelled("abroad_electronics", abroad.loc["Electronics"]),
    }
