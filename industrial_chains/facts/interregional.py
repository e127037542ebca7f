"""Numbers in the sentences on Northeast Asia in the exports of its hosts."""

import pandas as pd

from exhibits.prose import Numbers, labelled
from gvc import economies as eco
from industrial_chains import article
from industrial_chains.article import HOSTS
from industrial_chains.chapters import interregional
from industrial_chains.sources import ADB, OECD, WIOD


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(
        **_agreement(),
        **_hosts(),
        **_origins(),
        **_china_in_print(),
        **_lead(),
        **_members(),
        **_industries(),
        **_to_usa(),
    )


def _agreement() -> Numbers:
    """Count where the OECD agrees with the printed tables."""
    agreed = interregional.agreement()
    by_table = agreed.groupby("Table").sum()
    return {
        "cells_compared": int(agreed["Cells"].sum()),
        "cells_within_10": int(agreed["Within 10 %"].sum()),
        **labelled("rankings_table", by_table["Rankings"]),
        **labelled("rankings_agreed_table", by_table["Same order"]),
    }


def _hosts() -> Numbers:
    """Say what Northeast Asia and others supply to the hosts."""
    among_ten = OECD.shares("NEA", HOSTS, base="common")[2022]
    return {
        "least_points_gained_2011_2021": _gain(OECD.shares("NEA", HOSTS), 2011).min(),
        **{f"oecd_share_NEA_among_ten_in_{host}_2022": among_ten[host] for host in ("IND", "MEX")},
        "oecd_share_others_in_IND_2022": interregional.by_supplier("IND", 2022)["OECD"]["ROW"],
        **labelled("adb_share_ROW_in_IDN", {year: ADB.share("ROW", "IDN")[year] for year in (2017, 2018)}),
        **{
            f"points_OECD_above_ADB_in_ASEAN_{year}": OECD.share("NEA", "ASEAN")[year] - ADB.share("NEA", "ASEAN")[year]
            for year in (2021, 2022)
        },
        "points_of_others_in_gap_2022": interregional.level_gap("ASEAN", 2022)["Smaller share of other suppliers"],
    }


def _origins() -> Numbers:
    """Say which origin gained and which lost, by the OECD."""
    china, japan, korea = (OECD.shares(origin, HOSTS) for origin in ("CHN", "JPN", "KOR"))
    among_ten = OECD.shares("CHN", HOSTS, base="common")[2021]
    return {
        **{f"oecd_points_gained_CHN_in_{host}_2011_2021": _gain(china, 2011)[host] for host in HOSTS},
        **{f"oecd_points_gained_CHN_in_{host}_2018_2021": _gain(china, 2018)[host] for host in ("ASEAN", "MEX")},
        "oecd_points_gained_KOR_in_ASEAN_2011_2021": _gain(korea, 2011)["ASEAN"],
        "oecd_points_lost_JPN_in_ASEAN_2011_2021": -_gain(japan, 2011)["ASEAN"],
        "oecd_points_lost_CHN_in_IND_2022": china[2021]["IND"] - china[2022]["IND"],
        **{f"oecd_share_CHN_among_ten_in_{host}_2021": among_ten[host] for host in ("ASEAN", "IND")},
    }


def _china_in_print() -> Numbers:
    """Say what China supplied to ASEAN's exports in print."""
    return {
        "printed_share_CHN_in_ASEAN_2007": article.figure("fva_share_asean", "CHN", 2007, "ASEAN"),
        "printed_share_CHN_in_ASEAN_2021": article.number(2, measure="fva_share", origin="CHN", destination="ASEAN"),
    }


def _lead() -> Numbers:
    """Say what carries ASEAN's lead over Mexico."""
    found = interregional.leads()
    nine, eight = found.loc["All nine members"], found.loc["Without Viet Nam"]
    return {
        "points_of_lead_over_MEX_2022": nine["OECD 2022"]["Northeast Asia"],
        "points_of_CHN_in_lead_over_MEX_2022": nine["OECD 2022"]["China"],
        "points_of_CHN_in_lead_over_MEX_2022_adb": nine["ADB 2022"]["China"],
        "points_of_lead_over_MEX_2022_adb": nine["ADB 2022"]["Northeast Asia"],
        "points_of_lead_without_VNM_2022": eight["OECD 2022"]["Northeast Asia"],
        "points_of_doubt_without_VNM_2022": eight["OECD 2022"]["Margin of error"],
        "points_MEX_leads_without_VNM_CHN_2022": -eight["OECD 2022"]["China"],
    }


def _members() -> Numbers:
    """Count ASEAN's members that rose, and whose suppliers became more concentrated, from 2017 to 2021."""
    nine = eco.members("ASEAN")
    index = {source: source.concentration(nine)["hhi"].unstack() for source in (ADB, OECD)}
    return {
        "members_up_ten_adb": int((_gain(ADB.shares("NEA", nine), 2017) >= 10).sum()),
        "largest_gain_of_a_member_oecd": _gain(OECD.shares("NEA", nine), 2017).max(),
        "members_more_concentrated_adb": int((_gain(index[ADB], 2017) > 0).sum()),
        "members_more_concentrated_oecd": int((_gain(index[OECD], 2017) > 0).sum()),
    }


def _gain(by_year: pd.DataFrame, start: int) -> pd.Series:
    """Subtract the column of the start from that of 2021."""
    return by_year[2021] - by_year[start]


def _industries() -> Numbers:
    """Say what exports of industries carry in a host, and what part services earn in Northeast Asia."""
    exporting = {
        (host, year): interregional.industries(year, host, "va_exports_of_industry")["points"]
        for host, year in (("ASEAN", 2022), ("ASEAN", 2011), ("VNM", 2022), ("IND", 2022))
    }
    earning = pd.DataFrame({host: interregional.industries(2022, host, "va_exports")["points"] for host in HOSTS})
    in_services = 100 * earning.loc[["Trade and transport", "Other services, utilities"]].sum() / earning.sum()
    return {
        "points_electronics_in_ASEAN_2022": exporting["ASEAN", 2022]["Electronics"],
        "points_electronics_in_ASEAN_2011": exporting["ASEAN", 2011]["Electronics"],
        "points_electronics_in_VNM_2022": exporting["VNM", 2022]["Electronics"],
        "points_largest_in_IND_2022": exporting["IND", 2022].max(),
        "percent_earned_in_services_min": in_services.min(),
        "percent_earned_in_services_max": in_services.max(),
    }


def _to_usa() -> Numbers:
    """Say what reaches the United States through others."""
    through_mexico = interregional.paths(2022, ["MEX"]).query("market == 'USA'").set_index("origin")["value"]
    korean = interregional.paths(2022, ["CHN", "VNM"]).query("market == 'USA' and origin == 'KOR'")
    billions = korean.set_index("exporter")["value"]
    japanese = interregional.passing(OECD, (2022,), ("JPN",), eco.members("ASEAN10"))["value"]
    in_sales = interregional.part_in_sales_to_usa(OECD, "CHN", "MEX")
    return {
        **labelled("sent_on_to_USA_oecd_2022", interregional.sent_on(OECD, 2022, ["MEX", "ASEAN", "VNM"])),
        **labelled("sent_on_to_USA_oecd_2011", interregional.sent_on(OECD, 2011, ["VNM"])),
        "share_of_USA_in_foreign_value_MEX_to_USA_2022": 100 * through_mexico["USA"] / through_mexico.sum(),
        **labelled("oecd_share_of_CHN_in_sales_of_MEX_to_USA", in_sales[[2011, 2022]]),
        **{f"share_KOR_through_{code}_to_USA_2022": OECD.passing("KOR", code)[2022] for code in ("CHN", "VNM")},
        **{f"wiod_share_{code}_through_CHN_to_USA_2011": WIOD.passing(code, "CHN")[2011] for code in ("KOR", "TWN")},
        "share_JPN_through_ASEAN_at_least": japanese.max(),
        "share_JPN_through_ASEAN_at_most": japanese.sum(),
        **{f"billion_dollars_KOR_in_{code}_to_USA_2022": billions[code] for code in ("CHN", "VNM")},
    }
