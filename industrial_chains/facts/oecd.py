"""Numbers in the sentences on how the OECD's tables were put together."""

from exhibits.prose import Numbers, labelled
from industrial_chains import error_sizes
from industrial_chains.chapters import oecd
from industrial_chains.charting import names


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(**_known(), **_pieces(), **_origins(), **_exports(), **_japan(), **_trial(), **_intervals(), **_rest())


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
    """Say what tables rebuilt and estimated on WIOD miss."""
    of_china = "LINK with China in Northeast Asia"
    region = oecd.missed("share of Northeast Asia in foreign value added of exports", 0, "rebuilt")
    return {
        "LINK_gap_mean_4_years": oecd.missed("LINK", 4)["mean"],
        "LINK_gap_mean_11_years": oecd.missed("LINK", 11)["mean"],
        "LINK_gap_mean_11_years_stayed": oecd.missed("LINK", 11, "stayed")["mean"],
        "LINK_CHN_gap_largest_rebuilt": oecd.missed(of_china, 0, "rebuilt")["largest"],
        "LINK_CHN_gap_largest_11_years": oecd.missed(of_china, 11)["largest"],
        "share_NEA_gap_mean_rebuilt": region["mean"],
        "share_NEA_gap_largest_rebuilt": region["largest"],
        "share_NEA_gap_largest_rebuilt_where": names.economy(region["where"]),
        "foreign_share_gap_mean_11_years": oecd.missed("foreign share in exports", 11)["mean"],
    }


def _intervals() -> Numbers:
    """Say how wide intervals are, and how many published numbers they hold."""
    asean = oecd.half_widths().T[oecd.INTERVALS["fva_share"], names.economy("ASEAN")]["Year"]
    held = {measure: oecd.inside(measure) for measure in oecd.COVERED}
    without = [oecd.inside(measure, "without") for measure in oecd.COVERED]
    return {
        **{f"half_width_NEA_in_ASEAN_{year}": asean[str(year)] for year in (2011, 2021, 2022)},
        **labelled("percent_inside", held),
        "percent_of_both_steps_inside_least": oecd.both_steps_inside().min(),
        "percent_of_both_steps_inside_most": oecd.both_steps_inside().max(),
        "percent_inside_foreign_without": oecd.inside("foreign", "without"),
        "percent_inside_without_least": min(without),
        "percent_inside_without_most": max(without),
        "percent_inside_absorbed_2020": oecd.coverage()[oecd.COVERED["absorbed"], "Inside"]["2020"],
        "factor_of_rebuilt": error_sizes.factors("origins", "in WIOD")[0],
        "factor_of_foreign_in_WIOD": error_sizes.factors("foreign", "in WIOD")[1],
        "factor_of_foreign_not_in_WIOD": error_sizes.factors("foreign", "not in WIOD")[1],
    }


def _rest() -> Numbers:
    """Say what the rest of the world does to a rebuilt table."""
    rests = oecd.rests()
    wiod, larger = rests.loc["WIOD 2011"].iloc[0], rests.loc["OECD 2022"].iloc[1]
    return {
        "rest_in_output_WIOD": wiod["Rest, percent of output"],
        "rest_in_output_OECD": oecd.rest_in_output(),
        "rest_in_output_OECD_larger": larger["Rest, percent of output"],
        "points_missed_WIOD": wiod["Missed on average, points"],
        "points_missed_OECD_larger": larger["Missed on average, points"],
        "economies_put_into_rest": int(rests.loc["OECD 2022"].index[1]),
    }
