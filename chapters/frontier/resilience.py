"""Resilience: on whom makers rely, by each way to count, and what a cut would take away."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from exhibits.prose import Numbers
from exhibits.text import Joined, calendar_year
from gvc.panel import WORLD
from industrial_chains import data, literature
from industrial_chains import economies as eco
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


def over_time(origin: str | None = None) -> pd.DataFrame:
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
        for count in COUNTS
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


def after_move(count: str = "once", source: Source = OECD, year: int | None = None) -> pd.DataFrame:
    """Return the reliance of the United States on China, and what it is when its direct purchases move to a host.

    Returns
    -------
    DataFrame, host × {before, own, seller}
        Percent, in a year or the last table of the source; the host buys from its own suppliers, or the plant from the
        seller's.
    """
    rows = data.table("purchases")
    of_table = rows["database"].eq(source.name) & rows["year"].eq(year or dict(LAST)[source])
    return rows[of_table & rows["count"].eq(count)].set_index("host")[["before", "own", "seller"]]


def left_after_move(count: str = "once", source: Source = OECD, year: int | None = None) -> pd.DataFrame:
    """Return what is left of the reliance of :func:`after_move`, percent of that before, host × {own, seller}."""
    after = after_move(count, source, year)
    return 100 * after[["own", "seller"]].div(after["before"], axis=0)


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
    """Return :func:`origins` that earn most, and a few hosts beside them; the highest median ratio in the lead."""
    frame = origins()
    kept = [*frame.index[:LARGE], *(code for code in BESIDE if code not in frame.index[:LARGE])]
    return frame.loc[kept].sort_values("median", ascending=False, kind="stable")


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
    """Return what Japan earns of the inputs of Korea's makers, percent."""
    japan = counted(WIOD, "JPN")["once"]
    return {"once_in_KOR_JPN_1995": japan[1995, "KOR"], "once_in_KOR_JPN_2011": japan[2011, "KOR"]}


def _face_value() -> Numbers:
    """Return what the first stage delivers, percent of what all do, and how many times as much all of China's do."""
    reliance = WIOD.reliance("CHN")
    gross, face_value = (reliance[name][2011, "USA"] for name in ("gross", "face_value"))
    return {
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
    """Return how many origins are compared, and how many have a higher ratio than China."""
    median = origins()["median"]
    return {"origins": len(median), "origins_above_CHN": int((median > median["CHN"]).sum())}


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
    """Return what economies lose without one link, percent, that the chart leaves out; and the rank of one there."""
    lost, back = losses("CHN", "USA"), losses("USA", "CHN")[2022]
    now = lost[2022]
    third = now.drop(["CHN", "USA", "EU27", eco.ROW]).dropna()
    return {
        "loss_without_CHN_to_USA_CHN_2022": now["CHN"],
        "loss_without_CHN_to_USA_USA_2022": now["USA"],
        "loss_without_CHN_to_USA_TWN_2011": lost[2011]["TWN"],
        "rank_of_KOR": int((third > third["KOR"]).sum()) + 1,
        "loss_without_USA_to_CHN_USA": back["USA"],
        "loss_without_USA_to_CHN_CAN": back["CAN"],
    }


def _works() -> Numbers:
    """Return how many works on resilience there are, and how many whose title or the article states a method."""
    method = literature.works("resilience")["method"]
    return {"works": len(method), "works_with_a_method": int((method != "").sum())}
