"""Numbers in the sentences on half a century."""

from exhibits.prose import Numbers, labelled
from gvc import economies as eco
from industrial_chains import error_sizes
from industrial_chains.chapters import long_run
from industrial_chains.sources import ADB, ARTICLE, LRWIOD, OECD, WIOD, Base


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(
        **_centre(),
        **_concentration(),
        **_links(),
        **_foreign_shares(),
        **_hosts(),
        **_leads(),
        **_growth(),
        **_holes(),
    )


def _centre() -> Numbers:
    """Say when China took Japan's place, and where."""
    passed = {code: long_run.overtaken(WIOD, code) for code in ("IND", "MEX", "IDN", "KOR")}
    return {
        "number_led_by_Japan_1990": len(long_run.everywhere()) - long_run.led(LRWIOD, 1990),
        "number_led_by_China_2007": long_run.led(WIOD, 2007),
        "number_with_Japan_first_1990": int(long_run.first_suppliers(LRWIOD, 1990)["JPN"]),
        "number_with_China_first_2022": int(long_run.first_suppliers(OECD, 2022)["CHN"]),
        "share_JPN_in_KOR_1965": LRWIOD.share("JPN", "KOR")[1965],
        "share_JPN_in_KOR_2022": OECD.share("JPN", "KOR")[2022],
        "share_CHN_in_KOR_2022": OECD.share("CHN", "KOR")[2022],
        **{f"lrwiod_share_JPN_in_{code}_1995": LRWIOD.share("JPN", code)[1995] for code in ("TWN", "CHN")},
        **{f"oecd_share_JPN_in_{code}_2022": OECD.share("JPN", code)[2022] for code in ("TWN", "CHN")},
        **labelled("year_CHN_passes_JPN_in", passed | {"TWN": long_run.overtaken(OECD, "TWN")}),
        "wiod_share_ROW_in_IND_2011": WIOD.share("ROW", "IND")[2011],
    }


def _concentration() -> Numbers:
    """Say how concentrated suppliers were."""
    mexico, viet_nam = WIOD.concentration(["MEX"])["hhi"]["MEX"], OECD.concentration(["VNM"])["hhi"]["VNM"]
    return {
        **labelled("wiod_hhi_MEX", mexico[[1995, 2011]]),
        **labelled("oecd_hhi_VNM", viet_nam[[2011, 2022]]),
    }


def _links() -> Numbers:
    least, most = long_run.reach([("CHN", "JPN"), ("JPN", "CHN")])
    return {
        "year_KOR_turns_to_CHN": long_run.stronger(WIOD, ("KOR", "CHN"), ("KOR", "JPN")),
        "year_KOR_turns_from_JPN": long_run.stronger(WIOD, ("CHN", "KOR"), ("JPN", "KOR")),
        "links_CHN_JPN_least": least,
        "links_CHN_JPN_most": most,
        **labelled("wiod_link_CHN_to_RUS", {year: WIOD.link("CHN", "RUS")[year] for year in (1995, 2011)}),
    }


def _foreign_shares() -> Numbers:
    """Say what is foreign in exports, and what others export further."""
    return {
        "lrwiod_foreign_share_KOR_1965": long_run.foreign_share(LRWIOD, "KOR")[1965],
        "wiod_foreign_share_KOR_2008": long_run.foreign_share(WIOD, "KOR")[2008],
        **labelled("foreign_share_points_off", long_run.missed()[["CHN", "MEX"]]),
        **labelled("published_foreign_share_CHN", error_sizes.published_foreign()["CHN"][[2012, 2022]]),
        **labelled("oecd_cents_of_NEA_in_dollar_2022", long_run.cents()[["IDN", "MEX", "VNM"]]),
        "wiod_forward_IDN_2011": long_run.forward("IDN"),
        "wiod_forward_RUS_2011": long_run.forward("RUS"),
    }


def _hosts() -> Numbers:
    """Give Northeast Asia its share in India, Indonesia and Mexico."""
    indonesia = {year: WIOD.share("NEA", "IDN")[year] for year in (1995, 2007)}
    mexico, (gained, doubt) = OECD.share("NEA", "MEX"), long_run.quickened("MEX")
    since_2018 = {host: long_run.quickened(host, at=2018)[0] for host in ("MEX", "IND")}
    return {
        "printed_share_NEA_in_IND_2011": ARTICLE.share("NEA", "IND")[2011],
        "oecd_share_NEA_in_IND_2011": OECD.share("NEA", "IND")[2011],
        "wiod_share_NEA_in_IND_2011": WIOD.share("NEA", "IND")[2011],
        **labelled("wiod_share_NEA_in_IDN", indonesia),
        "ADB_points_NEA_of_all_2017_2021_in_IDN": _gained_in_indonesia("all"),
        "ADB_points_NEA_of_ten_2017_2021_in_IDN": _gained_in_indonesia("common"),
        "oecd_points_lost_NEA_in_MEX_2022": mexico[2021] - mexico[2022],
        "pace_gained_in_MEX_after_2017": gained,
        "pace_doubt_in_MEX_after_2017": doubt,
        **{f"pace_gained_in_{host}_after_2018": pace for host, pace in since_2018.items()},
    }


def _gained_in_indonesia(base: Base) -> float:
    share = ADB.share("NEA", "IDN", base=base)
    return share[2021] - share[2017]


def _leads() -> Numbers:
    """Say what China gained more in the hosts than in all others, points a year."""
    tried, ahead = long_run.leads_tried(), long_run.ahead()
    median, pooled = ahead["hosts"] - ahead["others"], ahead["pooled_hosts"] - ahead["pooled_others"]
    near = long_run.ahead_of_neighbours()
    return {
        "number_of_hosts": len(long_run.TARGETS),
        "number_of_neighbours": len(long_run.AROUND),
        "median_lead_over_neighbours_2011_2017": near["median"]["2011–2017"],
        "median_lead_over_neighbours_2017_2021": near["median"]["2017–2021"],
        "mean_lag_behind_neighbours_2017_2021": -near["mean"]["2017–2021"],
        "number_of_others": len(long_run.gains()) - len(long_run.TARGETS),
        "least_lead_tried": tried.to_numpy().min(),
        "largest_lead_tried": tried.to_numpy().max(),
        "median_lead_2011_2017": median["2011–2017"],
        "median_lead_2017_2021": median["2017–2021"],
        "pooled_lead_2011_2017": pooled["2011–2017"],
        "pooled_lead_2017_2022": pooled["2017–2022"],
        "mean_lead_2017_2021": ahead["mean_lead"]["2017–2021"],
        "mean_lag_2017_2022": -ahead["mean_lead"]["2017–2022"],
    }


def _growth() -> Numbers:
    """Say how fast China's share grew before and after 2017, percent a year."""
    return labelled("growth", long_run.in_proportion().rename(index=lambda period: period.replace("–", "_")))


def _holes() -> Numbers:
    """Count what the Long-run WIOD lacks."""
    union = eco.GROUPS["EU27"]
    return {
        "number_of_flows_lost": len(LRWIOD.holes),
        "members_of_EU": len(union),
        "members_of_EU_in_lrwiod": len(LRWIOD.economies.intersection(union)),
    }
