"""Numbers in the sentences on resilience."""

import pandas as pd

from exhibits.prose import Numbers, labelled
from gvc import economies as eco
from industrial_chains import literature
from industrial_chains.chapters import oecd, resilience
from industrial_chains.sources import OECD, WIOD, Source


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(
        **_on_china(),
        **_face_value(),
        **_ratios(),
        **_on_japan(),
        **_foreign(),
        **_origins(),
        **_after_move(),
        **_works(),
        **_concentration(),
        **_losses(),
    )


def _on_china() -> Numbers:
    """Say who relies on China, percent of what makers pay for inputs."""
    by_oecd, by_wiod = (resilience.counted(source, "CHN").swaplevel() for source in (OECD, WIOD))
    return {
        **labelled("reliance_on_CHN_USA_2022", by_oecd.loc[("USA", 2022), ["direct", "once"]]),
        **labelled("direct_on_CHN", by_oecd["direct"].loc[[("USA", 2018), ("USA", 2022)]]),
        **labelled("once_on_CHN", by_oecd["once"].loc[[("MEX", 2011), ("MEX", 2022), ("USA", 2018), ("USA", 2022)]]),
        **labelled("once_in_KOR_CHN", by_wiod["once"]["KOR"].loc[[1995, 2011]]),
    }


def _on_japan() -> Numbers:
    """Say how far Korea relies on Japan."""
    return labelled("once_in_KOR_JPN", resilience.counted(WIOD, "JPN")["once"].xs("KOR", level="maker")[[1995, 2011]])


def _face_value() -> Numbers:
    """Compare what Baldwin and co-authors do: deliveries of all stages and of the first."""
    gross = resilience.counted(WIOD, "CHN")["gross"][2011, "USA"]
    face_value = WIOD.reliance("CHN")["face_value"][2011, "USA"]
    return {
        "reliance_on_CHN_USA_2011_gross": gross,
        "face_value_reliance_on_CHN_USA_2011": face_value,
        "ratio_gross_to_face_value_USA_2011": gross / face_value,
    }


def _ratios() -> Numbers:
    """Divide what is earned, each unit once, by what is sold directly."""
    of_china = {year: _once_to_direct(source, "CHN")[year] for source, year in resilience.LAST}
    return {
        **labelled("ratio_once_to_direct_2022", of_china[2022][["MEX", "KOR"]]),
        **labelled("ratio_once_to_direct_lowest", {year: ratio.min() for year, ratio in of_china.items()}),
        **labelled("ratio_once_to_direct_highest", {year: ratio.max() for year, ratio in of_china.items()}),
        **labelled("ratio_once_to_direct_foreign_2022", _once_to_direct(OECD)[2022][["MEX", "CHN"]]),
    }


def _once_to_direct(source: Source, origin: str | None = None) -> pd.DataFrame:
    """Maker × year."""
    counted = resilience.counted(source, origin)
    return (counted["once"] / counted["direct"]).unstack("year")


def _foreign() -> Numbers:
    """Say what part of inputs is foreign, and how far an estimate of it may be off."""
    once = resilience.counted(OECD)["once"].unstack("year")
    return {
        **labelled("foreign_once", once.loc[["JPN", "MEX", "CHN"], [2011, 2022]]),
        "foreign_once_JPN_2021": once[2021]["JPN"],
        "points_error_of_estimate_2012": oecd.error("EXGR_DVA", 2012)["mean"],
    }


def _origins() -> Numbers:
    """Set China's ratio of earned to sold beside those of other origins."""
    frame = resilience.origins()
    return {
        **labelled("median_ratio", frame["median"][["CHN", "USA", "JPN", "DEU", "IND", "KOR", "RUS", "SAU"]]),
        "origins": len(frame),
        "origins_above_CHN": int((frame["median"] > frame["median"]["CHN"]).sum()),
        "makers_of_CHN": int(frame["makers"]["CHN"]),
        "makers_from_whom_CHN_earns_more": int(frame["more"]["CHN"]),
        "makers_from_whom_KOR_earns_more": int(frame["more"]["KOR"]),
        "makers_from_whom_VNM_earns_more": int(frame["more"]["VNM"]),
    }


def _after_move() -> Numbers:
    """Say what reliance is left when purchases leave China, in the OECD's table of 2022, and by other tables."""
    after, left, gross = resilience.after_move(), resilience.left_after_move(), resilience.left_after_move("gross")
    by_wiod = resilience.left_after_move(source=WIOD)["own"]
    return {
        "once_before_move": after["before"].iloc[0],
        **labelled("once_after_move_own_suppliers", after["own"][["USA", "VNM"]]),
        "once_after_move_CHN_suppliers": after["seller"].iloc[0],
        **labelled("left_own", left["own"][["USA", "MEX", "VNM"]]),
        "left_seller": left["seller"].max(),
        "left_gross_lowest": gross["own"].min(),
        "left_gross_highest": gross["own"].max(),
        "left_gross_seller": gross["seller"].max(),
        "left_by_WIOD_lowest": by_wiod.min(),
        "left_by_WIOD_highest": by_wiod.max(),
    }


def _concentration() -> Numbers:
    """Count by two conventions whose suppliers became more, or less, concentrated from 1995 to 2011."""
    early = resilience.conventions().query("period == '1995–2011'").set_index(["union", "rest"])["change"].sort_index()
    return {
        "number_that_rise_rest_as_one": int((early["EU members apart", "Rest as one"] > 0).sum()),
        "number_that_fall_rest_dropped": int((early["EU as one", "Rest dropped"] < 0).sum()),
        "share_unnamed_in_inputs_of_IND_2011": WIOD.share("ROW", "IND", "imint_share")[2011],
    }


def _losses() -> Numbers:
    """Say what economies lose without one link."""
    lost = resilience.losses("CHN", "USA")
    third = lost[2022].drop(["CHN", "USA", "EU27", eco.ROW]).dropna()
    before_korea = ("COD", "TWN", "AGO", "SGP", "VNM", "CHL", "MYS", "KOR")
    return {
        **labelled("loss_without_CHN_to_USA", lost.loc[["CHN", "USA", *before_korea], [2022]]),
        "loss_without_CHN_to_USA_TWN_2011": lost[2011]["TWN"],
        "rank_of_KOR": int((third > third["KOR"]).sum()) + 1,
        **labelled("loss_without_USA_to_CHN", resilience.losses("USA", "CHN").loc[["USA", "CAN"], 2022]),
    }


def _works() -> Numbers:
    """Count the works on resilience and those whose method title or article state."""
    method = literature.works("resilience")["method"]
    return {"works": len(method), "works_with_a_method": int((method != "").sum())}
