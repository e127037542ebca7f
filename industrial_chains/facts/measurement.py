"""Numbers in the sentences on measurement."""

import gvc
from exhibits.prose import Numbers, labelled
from industrial_chains.chapters import measurement
from industrial_chains.sample import sample
from industrial_chains.sources import ARTICLE, OECD, WIOD_NEA


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(**_sample(), **_link_readings(), **_north_america(), **_fellows(), **_asean())


def _sample() -> Numbers:
    content = gvc.value_added_in_exports(sample())
    return {"share_NEA_in_MEX_2011": gvc.origin_share(content, WIOD_NEA, "MEX")}


def _link_readings() -> Numbers:
    """Of the link from Japan to China, read in two ways, and of how far the printed links are from either."""
    readings = measurement.link_readings()
    pair = readings.T["JPN", "CHN"]
    to_mean, to_product = (readings["printed"] / readings[other] for other in ("geometric_mean", "product"))
    return {
        "link_printed_JPN_CHN_2021": pair["printed"],
        "link_as_mean_JPN_CHN_2011": pair["geometric_mean"],
        "link_as_product_JPN_CHN_2011": pair["product"],
        "share_needed_for_product_JPN_CHN": pair["share_needed"],
        "share_CHN_in_exports_of_JPN_2011": pair["share_of_exports"],
        "share_JPN_in_imports_of_CHN_2011": pair["share_of_imports"],
        "ratio_printed_to_mean_lowest": to_mean.min(),
        "ratio_printed_to_mean_highest": to_mean.max(),
        "ratio_printed_to_product_lowest": to_product.min(),
    }


def _north_america() -> Numbers:
    """Northeast Asia's share by treatment of the members; and how far two treatments are apart, in Europe, too."""
    shares = measurement.by_treatment().pivot(index=["origins", "group", "year"], columns="treatment", values="value")
    america = shares.loc["NEA"].loc["NAFTA"][["members", "block"]]
    return {
        **labelled("share_NEA_in_NAFTA", america.loc[[2011]].T),
        **labelled("rise_NEA_in_NAFTA", america.loc[2011] - america.loc[1995]),
        "points_between_block_and_merged_most": (shares["merged"] - shares["block"]).abs().max(),
    }


def _fellows() -> Numbers:
    return labelled("share_fellows_in", measurement.fellows()[[("NAFTA", 1995), ("NAFTA", 2011), ("EU27", 2011)]])


def _asean() -> Numbers:
    """Northeast Asia's share with fellow members and without, in print, and by two treatments."""
    asean = measurement.asean_without_fellows()
    counted = asean[["counted", "left_out"]]
    oecd = OECD.by_treatment("ASEAN", "NEA").query("year == 2022").set_index("treatment")["value"]
    return {
        "share_NEA_in_ASEAN_2021_printed": ARTICLE.share("NEA", "ASEAN")[2021],
        **labelled("share_NEA_in_ASEAN_2021_fellows", counted.loc[2021]),
        **labelled("rise_NEA_in_ASEAN_fellows", counted.loc[2021] - counted.loc[2018]),
        "share_fellows_in_ASEAN_2021": asean["fellows"][2021],
        **labelled("share_NEA_in_ASEAN_2022_OECD", oecd[["members", "block"]]),
    }
