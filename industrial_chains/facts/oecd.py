"""Numbers in the sentences on how the OECD's tables were put together."""

from exhibits.prose import Numbers, labelled
from industrial_chains.chapters import oecd
from industrial_chains.charting import names


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(**_known(), **_pieces(), **_origins(), **_exports(), **_japan(), **_trial())


def _known() -> Numbers:
    """Say how much of the output of 2022 is known, and how."""
    known = oecd.known()
    return {
        "trillion_of_output": oecd.blocks()["Trillion USD"].sum(),
        "percent_given_or_exact": known["given"] + known["exact"],
        "percent_fitted": known["fitted"],
        "percent_modelled": known["modelled"],
    }


def _pieces() -> Numbers:
    """Say how far the pieces are apart."""
    apart = oecd.identities()["Largest gap"]
    return {
        "million_apart_in_real_estate": apart.max(),
        "million_apart_in_trade": apart.filter(like="ports in flows").max(),
    }


def _origins() -> Numbers:
    """Say how far shares of origins in final demand are from the published ones."""
    error = {year: oecd.error("FDVA", year) for year in (2022, 2021, 2019)}
    origin, absorber = map(names.economy, error[2022]["where"].split("→"))
    return {
        "number_of_FDVA_shares": int(error[2022]["compared"]),
        **labelled("FDVA_gap_mean", {year: found["mean"] for year, found in error.items()}),
        "FDVA_gap_largest_2022": error[2022]["largest"],
        "FDVA_gap_largest_where": f"{origin} in the final demand of the {absorber}",
        "FDVA_gap_largest_of_others_2022": oecd.apart("FDVA")["largest"],
    }


def _exports() -> Numbers:
    """Say how far the domestic share in exports is from the published one."""
    error = {year: oecd.error("EXGR_DVA", year) for year in (2022, 2021, 2012)}
    tried = oecd.tried(oecd.REBUILT, (2022,))[oecd.MEASURES["EXGR_DVA"], "2022"]
    return {
        **labelled("EXGR_gap_mean", {year: error[year]["mean"] for year in (2021, 2012)}),
        "EXGR_gap_mean_2022_printed_VA": tried[oecd.REBUILT["value added as printed"]],
        "EXGR_gap_median_2022": error[2022]["median"],
        "EXGR_gap_MEX_2022": error[2022]["largest"],
        "EXGR_gap_largest_of_others_2022": oecd.apart("EXGR_DVA")["largest"],
        "EXGR_gap_largest_2012": error[2012]["largest"],
        "EXGR_gap_largest_2012_where": names.economy(error[2012]["where"]),
    }


def _japan() -> Numbers:
    """Say how far the level of Japan's value added absorbed abroad is off."""
    return labelled("percent_gap_JPN_level", oecd.japan()[[2022, 2021, 2019]])


def _trial() -> Numbers:
    """Say what estimates miss on WIOD."""
    of_china = "LINK with China in Northeast Asia"
    return {
        "LINK_gap_mean_4_years": oecd.missed("LINK", 4)["mean"],
        "LINK_gap_mean_11_years": oecd.missed("LINK", 11)["mean"],
        "LINK_gap_mean_11_years_stayed": oecd.missed("LINK", 11, "stayed")["mean"],
        "LINK_CHN_gap_largest_4_years": oecd.missed(of_china, 4)["largest"],
        "LINK_CHN_gap_largest_11_years": oecd.missed(of_china, 11)["largest"],
        "foreign_share_gap_mean_11_years": oecd.missed("foreign share in exports", 11)["mean"],
    }
