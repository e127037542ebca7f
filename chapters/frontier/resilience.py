"""Resilience: on whom makers rely, by each way to count, and what a cut would take away."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from exhibits.prose import Numbers
from exhibits.text import Joined, calendar_year
from gvc import economies as eco
from gvc.panel import WORLD
from industrial_chains import data, literature, whole_table_results
from industrial_chains.analysis import exposure
from industrial_chains.charting import names
from industrial_chains.sources import OECD, WIOD, Source
from industrial_chains.whole_table_results import MAKERS

#: How reliance is counted: who sells, who earned, and all that is delivered on the way.
COUNTS = {"direct": "Direct", "once": "Once", "gross": "Gross"}
#: The last table of each database: both are tables, and no estimates.
LAST = ((WIOD, 2011), (OECD, 2022))
#: The first and the last year of each.
SPANS = ((WIOD, (1995, 2011)), (OECD, (2011, 2022)))
#: Of third economies, how many of those that lose most when one link is cut are shown.
HIT = 12
#: Origins that are set beside China: those that earn most of what makers abroad pay for inputs, and these.
LARGE, BESIDE = 15, ("MEX", "TWN", "VNM")
#: What `analysis.exposure.concentration_by_convention` does with the rest of the world, and the Union.
_UNIONS = {"apart": "EU members apart", "one": "EU as one"}
_RESTS = {"one": "Rest as one", "dropped": "Rest dropped", "many": "Rest as many"}


def counted(source: Source, origin: str | None = None) -> pd.DataFrame:
    """Follow the reliance of the makers on an origin, or on all that is foreign, by each count.

    Returns
    -------
    DataFrame, (year, maker) × {direct, once, gross}
        Percent, `analysis.exposure.three_ways`. `once` is computed on whole tables, see
        `moves`.
    """
    kept = data.table("reliance")
    here = kept[kept["database"].eq(source.name) & kept["origin"].eq(origin or WORLD)]
    once = here.set_index(["year", "maker"])["percent"]
    frame = source.reliance(origin).assign(once=once)[list(COUNTS)]
    return frame[frame.index.isin(MAKERS, level="maker")]


def counted_in(origin: str | None = None) -> pd.DataFrame:
    """Set the counts of the last table of each database side by side, for a table.

    Returns
    -------
    DataFrame, maker × (year and database, count)
        Percent.
    """
    columns = {
        (Joined(calendar_year(year), ", ", source.name), label): counted(source, origin).loc[year][count]
        for source, year in LAST
        for count, label in COUNTS.items()
    }
    makers = [maker for maker in MAKERS if maker != origin]
    return pd.DataFrame(columns).loc[makers].rename(index=names.economy).rename_axis(index="Maker")


def over_time(origin: str | None = None, counts: Iterable[str] = COUNTS) -> pd.DataFrame:
    """Lay the counts of both databases out for a chart with a panel a maker.

    Returns
    -------
    DataFrame
        Columns maker (by name), database, how, year, value; percent.
    """
    numbers = {source: counted(source, origin).to_dict() for source, _ in LAST}
    rows = [
        (names.economy(maker), source.label_in(year), COUNTS[count], year, value)
        for maker in MAKERS
        if maker != origin
        for count in counts
        for source, _ in LAST
        for (year, whose), value in numbers[source][count].items()
        if whose == maker
    ]
    return pd.DataFrame(rows, columns=["maker", "database", "how", "year", "value"])


# -- suppliers ----------------------------------------------------------------------------------------------------


def conventions(measure: str = "imint_share", buyers: Iterable[str] = MAKERS) -> pd.DataFrame:
    """Say how the concentration of buyers' suppliers changed in each database, by each convention.

    Returns
    -------
    DataFrame
        Columns period, buyer, union, rest, change: of the index, between the first and the last year of the period.
    """
    rows = []
    for source, (first, last) in SPANS:
        for buyer in buyers:
            shares = source.suppliers(buyer, measure)
            then, now = (exposure.concentration_by_convention(shares[year], [buyer]) for year in (first, last))
            changes: dict[Any, float] = (now - then).to_dict()
            for (union, rest), change in changes.items():
                rows.append((f"{first}–{last}", buyer, _UNIONS[union], _RESTS[rest], change))
    return pd.DataFrame(rows, columns=["period", "buyer", "union", "rest", "change"])


# -- without each other -------------------------------------------------------------------------------------------


def losses(seller: str, buyer: str) -> pd.DataFrame:
    """Return what each economy loses if nothing replaces what one sells to another.

    Returns
    -------
    DataFrame, economy × year
        Percent of its value added, on the last table of each database; positive where it loses. The European Union of
        today is one more economy, of whatever members the table shows.
    """
    kept = data.table("without")
    kept = kept[kept["seller"].eq(seller) & kept["buyer"].eq(buyer)]
    found = {}
    for source, year in LAST:
        cut = kept[kept["database"].eq(source.name) & kept["year"].eq(year)].set_index("economy")[["before", "change"]]
        union = [code for code in eco.GROUPS["EU27"] if code in cut.index]
        cut.loc["EU27"] = cut.loc[union].sum()
        found[year] = -100 * cut["change"] / cut["before"]
    return pd.DataFrame(found)


def third_parties(seller: str, buyer: str) -> pd.DataFrame:
    """Lay the largest :func:`losses` of third economies out for a chart: columns economy (a name) and percent."""
    lost = losses(seller, buyer)[LAST[-1][1]].drop([seller, buyer, "EU27"]).dropna()
    hit = lost.nlargest(HIT).rename(index=names.economy)
    return (-hit).rename("percent").rename_axis(index="economy").reset_index()


def after_move(count: str = "once", source: Source = OECD) -> pd.DataFrame:
    """Return the reliance of the United States on China when its direct purchases there move to a host.

    Returns
    -------
    DataFrame, host × {before, own, seller}
        Percent, in the last table of the source; the host buys from its own suppliers, or the plant from the seller's.
    """
    return _moved(source, dict(LAST)[source], count)


def _moved(source: Source, year: int, count: str) -> pd.DataFrame:
    rows = data.table("purchases")
    here = rows[rows["database"].eq(source.name) & rows["year"].eq(year) & rows["count"].eq(count)]
    return here.set_index("host")[["before", "own", "seller"]]


def left_after_move(count: str = "once", source: Source = OECD) -> pd.DataFrame:
    """Return what :func:`after_move` leaves of the reliance before, host × {own, seller}; percent."""
    after = after_move(count, source)
    return 100 * after[["own", "seller"]].div(after["before"], axis=0)


def left_by_table() -> pd.DataFrame:
    """Set what is left of reliance side by side, host × (count, table); percent, the host with its own suppliers."""
    columns = {}
    for count, label in (("once", "Once"), ("gross", "Gross")):
        for source, year in ((WIOD, 2011), (OECD, 2011), (OECD, 2022)):
            after = _moved(source, year, count)
            columns[label, Joined(source.name, " ", calendar_year(year))] = 100 * after["own"] / after["before"]
    table = pd.DataFrame(columns).reindex(whole_table_results.HOSTS)
    return table.rename(index=names.economy).rename_axis(index="Host")


# -- beside other origins -----------------------------------------------------------------------------------------


def origins(source: Source = OECD) -> pd.DataFrame:
    """Say what each origin earns of makers' inputs abroad beside what it sells to them, in the last table of a source.

    Returns
    -------
    DataFrame, origin × {earned, makers, more, low, median, high}
        As `pipeline.whole_table_results.origins` has them; those that earn most in the lead.
    """
    rows = data.table("origins")
    here = rows[rows["database"].eq(source.name) & rows["year"].eq(dict(LAST)[source])]
    frame = here.set_index("origin")[["earned", "makers", "more", "low", "median", "high"]]
    return frame.sort_values("earned", ascending=False, kind="stable")


def large_origins() -> pd.DataFrame:
    """Lay the ratios of the large origins out for a chart, the highest in the lead: columns origin, median."""
    frame = _beside()
    return frame["median"].rename(index=names.economy).rename_axis(index="origin").reset_index()


def _beside() -> pd.DataFrame:
    frame = origins()
    kept = [*frame.index[:LARGE], *(code for code in BESIDE if code not in frame.index[:LARGE])]
    return frame.loc[kept].sort_values("median", ascending=False, kind="stable")


def shown_origins() -> pd.DataFrame:
    """Lay out for a table what the large origins earn beside what they sell."""
    frame = _beside()
    columns = {
        "Median ratio": frame["median"],
        "Lower quartile": frame["low"],
        "Upper quartile": frame["high"],
        "Makers with whom it earns more": frame["more"],
        "Of makers": frame["makers"],
    }
    return pd.DataFrame(columns).rename(index=names.economy).rename_axis(index="Origin")


# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    return {
        **_then(),
        **_face_value(),
        **_ratios(),
        **_counts(),
        **_left(),
        **_concentration(),
        **_lost(),
        **_works(),
    }


def _then() -> Numbers:
    """Return what is earned of makers' inputs, percent, in years of which an exhibit shows two databases or none."""
    china_oecd, foreign = counted(OECD, "CHN")["once"], counted(OECD)["once"]
    china, japan = counted(WIOD, "CHN")["once"], counted(WIOD, "JPN")["once"]
    return {
        "once_on_CHN_MEX_2011": china_oecd[2011, "MEX"],
        "once_in_KOR_CHN_2011": china[2011, "KOR"],
        "once_in_KOR_JPN_1995": japan[1995, "KOR"],
        "once_in_KOR_JPN_2011": japan[2011, "KOR"],
        "foreign_once_JPN_2011": foreign[2011, "JPN"],
        "foreign_once_MEX_2011": foreign[2011, "MEX"],
        "foreign_once_CHN_2011": foreign[2011, "CHN"],
    }


def _face_value() -> Numbers:
    """Return what Baldwin and co-authors compare: deliveries of all stages and of the first, percent of the former."""
    gross = counted(WIOD, "CHN")["gross"][2011, "USA"]
    face_value = WIOD.reliance("CHN")["face_value"][2011, "USA"]
    return {
        "reliance_on_CHN_USA_2011_gross": gross,
        "face_value_reliance_on_CHN_USA_2011": face_value,
        "ratio_gross_to_face_value_USA_2011": gross / face_value,
    }


def _ratios() -> Numbers:
    """Return the ends over seven makers of what China earns, each unit once, divided by what it sells directly."""
    wiod, oecd = counted(WIOD, "CHN").loc[2011], counted(OECD, "CHN").loc[2022]
    in_2011, in_2022 = wiod["once"] / wiod["direct"], oecd["once"] / oecd["direct"]
    return {
        "ratio_once_to_direct_lowest_2011": in_2011.min(),
        "ratio_once_to_direct_highest_2011": in_2011.max(),
        "ratio_once_to_direct_lowest_2022": in_2022.min(),
        "ratio_once_to_direct_highest_2022": in_2022.max(),
    }


def _counts() -> Numbers:
    """Return how many origins are compared, how many have a higher ratio than China, and with how many makers."""
    frame = origins()
    return {
        "origins": len(frame),
        "origins_above_CHN": int((frame["median"] > frame["median"]["CHN"]).sum()),
        "makers_of_CHN": int(frame["makers"]["CHN"]),
    }


def _left() -> Numbers:
    """Return the ends over hosts of the reliance that is left when purchases leave China, percent of that before."""
    left, gross, wiod = left_after_move(), left_after_move("gross"), left_after_move(source=WIOD)
    return {
        "left_seller": left["seller"].max(),
        "left_gross_lowest": gross["own"].min(),
        "left_gross_highest": gross["own"].max(),
        "left_gross_seller": gross["seller"].max(),
        "left_by_WIOD_lowest": wiod["own"].min(),
        "left_by_WIOD_highest": wiod["own"].max(),
    }


def _concentration() -> Numbers:
    """Return whose suppliers became more, or less, concentrated from 1995 to 2011, by two conventions."""
    early = conventions().query("period == '1995–2011'").set_index(["union", "rest"])["change"].sort_index()
    return {
        "number_that_rise_rest_as_one": int((early["EU members apart", "Rest as one"] > 0).sum()),
        "number_that_fall_rest_dropped": int((early["EU as one", "Rest dropped"] < 0).sum()),
        "share_unnamed_in_inputs_of_IND_2011": WIOD.share("ROW", "IND", "imint_share")[2011],
    }


def _lost() -> Numbers:
    """Return what economies lose without one link, percent and above zero; the chart has it below."""
    lost, back = losses("CHN", "USA"), losses("USA", "CHN")[2022]
    now = lost[2022]
    third = now.drop(["CHN", "USA", "EU27", eco.ROW]).dropna()
    return {
        "loss_without_CHN_to_USA_CHN_2022": now["CHN"],
        "loss_without_CHN_to_USA_USA_2022": now["USA"],
        "loss_without_CHN_to_USA_COD_2022": now["COD"],
        "loss_without_CHN_to_USA_TWN_2022": now["TWN"],
        "loss_without_CHN_to_USA_AGO_2022": now["AGO"],
        "loss_without_CHN_to_USA_SGP_2022": now["SGP"],
        "loss_without_CHN_to_USA_VNM_2022": now["VNM"],
        "loss_without_CHN_to_USA_CHL_2022": now["CHL"],
        "loss_without_CHN_to_USA_MYS_2022": now["MYS"],
        "loss_without_CHN_to_USA_KOR_2022": now["KOR"],
        "loss_without_CHN_to_USA_TWN_2011": lost[2011]["TWN"],
        "rank_of_KOR": int((third > third["KOR"]).sum()) + 1,
        "loss_without_USA_to_CHN_USA": back["USA"],
        "loss_without_USA_to_CHN_CAN": back["CAN"],
    }


def _works() -> Numbers:
    """Return how many works on resilience there are, and how many whose title or the article states a method."""
    method = literature.works("resilience")["method"]
    return {"works": len(method), "works_with_a_method": int((method != "").sum())}
