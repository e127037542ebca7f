"""How the OECD's tables were put together: what is known of them, and how far they are from what others publish."""

import pandas as pd

from exhibits.prose import Numbers
from industrial_chains import data
from industrial_chains import economies as eco
from industrial_chains.article import HOSTS
from industrial_chains.charting import names
from industrial_chains.sources import OECD
from industrial_chains.uncertainty import error_sizes
from industrial_chains.uncertainty.error_sizes import YEAR

#: The measures that the OECD publishes, as a reader may look them up.
MEASURES = {
    "FDVA": "Origins in final demand",
    "FEXGR_DVA": "In others’ exports",
    "EXGR_DVA": "Domestic in exports",
    "FFD_DVA": "Absorbed abroad",
}
#: Those that estimates are fitted to.
FITTED = ("EXGR_DVA", "FFD_DVA")
#: Among whom they are compared.
_AMONG = {"FDVA": "pairs"} | dict.fromkeys(("FEXGR_DVA", "FFD_DVA", "EXGR_DVA"), "economies")
#: What `oecd.estimate_quality` calls estimates that have not used the shares of their year, and those without any.
AFTER, NONE = "factors of the year after", "no factors"
#: What `oecd.alternatives.estimates` and `oecd.alternatives.rebuilt` call what is different.
ESTIMATES = {
    "kept": "RAS, fitted to published shares",
    "factors of the year after": "RAS, fitted to published shares of the year after",
    "no factors": "RAS, fitted to none",
    "as in 2022": "No estimate: the table of 2022",
    "each flow divided as in 2022": "Each flow divided among uses as in 2022",
    "inputs by product as in 2022": "Inputs by product as in 2022, final demand the rest",
    "goods and one sector of services": "RAS, fitted to none, all services as one industry",
    "cost ratios towards WIOD 2011": "RAS, fitted to none, cost ratios moved towards those of WIOD in 2011",
}
REBUILT = {
    "kept": "As the panel holds it",
    "rest of the world like all": "Rest of the world with the technology of all economies",
    "rest of the world like Africa": "Rest of the world with the technology of Africa",
    "services for final demand as for industries": "Services for final demand from where industries have them",
    "goods and one sector of services": "All services as one industry",
    "value added as printed": "Value added as the national tables print it",
}
#: What the tables of intervals show, as `error_sizes` calls it.
INTERVALS = {
    "fva_share": "Northeast Asia in foreign value added",
    "imint_share": "Northeast Asia in imported intermediates",
    "link": "Link index",
    "passing": "Korean value to the United States through",
    "foreign": "Foreign share in exports",
}
#: What is published and compared, as `pipeline.oecd.intervals` calls it.
COVERED = {
    "origins": MEASURES["FDVA"],
    "onward": MEASURES["FEXGR_DVA"],
    "foreign": "Foreign in exports",
    "absorbed": MEASURES["FFD_DVA"],
}
#: Measures of the trial by which estimates are judged, in the order of the table.
JUDGED = {
    "link": "Link index",
    "passing": "What passes an exporter",
    "cents of goods": "Cents of a dollar of goods, from Northeast Asia",
    "home cents of goods": "Cents of a dollar of goods, own",
    "origins": "Origins in final demand",
    "fva_share": "Northeast Asia in foreign value added",
    "imint_share": "Northeast Asia in imported intermediates",
}


def known() -> pd.Series:
    """Return the output that is given, exact, fitted and modelled, in percent of all output."""
    total = data.table("oecd_blocks").groupby("how")["total"].sum()
    return 100 * total / total.sum()


def gains() -> pd.DataFrame:
    """Compare estimates without and with the shares that they are fitted to, by what neither has used.

    Returns
    -------
    DataFrame, (judged by, measure) × {Compared, Mean without, Mean with, Largest without, Largest with}
        Sizes of the differences, percentage points: from what the OECD publishes of 2012 to 2021, and on WIOD.
    """
    errors = data.table("oecd_errors").query("year < @YEAR")
    rows = {}
    for measure, among, table, label in (
        ("FDVA", "pairs", "kept", MEASURES["FDVA"]),
        ("FEXGR_DVA", "economies", "kept", MEASURES["FEXGR_DVA"]),
        ("EXGR_DVA", "groups", "kept", "Domestic in exports of groups"),
        ("EXGR_DVA", "economies", AFTER, "Domestic in exports, factors of the year after"),
        ("FFD_DVA", "economies", AFTER, "Absorbed abroad, factors of the year after"),
    ):
        part = errors[errors["measure"].eq(measure) & errors["among"].eq(among)].set_index(["table", "year"])
        mean, largest = (part[size].unstack("table") for size in ("mean", "largest"))
        rows["Published shares", label] = (
            int(part["compared"].xs("kept", level="table").sum()),
            *(mean[name].mean() for name in (NONE, table)),
            *(largest[name].max() for name in (NONE, table)),
        )
    tried = data.table("oecd_gains").query("back == 0").set_index("measure")
    sizes = ["compared", "unfitted", "fitted", "unfitted_largest", "fitted_largest"]
    rows |= {("Trial on WIOD", label): tuple(tried.loc[measure, sizes]) for measure, label in JUDGED.items()}
    columns = ["Compared", "Mean without", "Mean with", "Largest without", "Largest with"]
    index = pd.MultiIndex.from_tuples(rows, names=["Judged by", "Measure"])
    return pd.DataFrame(list(rows.values()), index, columns)


def by_year() -> pd.DataFrame:
    """Return the errors of every year, of fitted measures as if none had been published of the year.

    Returns
    -------
    DataFrame, (year, table) × (measure, {Mean, Largest})
    """
    kept, after = differences("kept"), differences(AFTER)
    fitted = after.index.isin(FITTED, level="measure")
    rows = pd.concat(
        [kept[~kept.index.isin(FITTED, level="measure") | (kept.index.get_level_values("year") == YEAR)], after[fitted]]
    )
    wide = pd.concat({size: rows[size].unstack("measure") for size in ("mean", "largest")}, axis=1).swaplevel(axis=1)
    wide = wide[[(measure, size) for measure in MEASURES for size in ("mean", "largest")]]
    wide["Table"] = ["rebuilt" if year == YEAR else "estimate" for year in wide.index]
    return (
        wide.sort_index(ascending=False, kind="stable")
        .set_index("Table", append=True)
        .rename(columns={**MEASURES, "mean": "Mean", "largest": "Largest"})
        .rename_axis(index=["Year", "Table"])
    )


def error(measure: str, year: int) -> pd.Series:
    """Return the mean, median and largest difference of one measure in one year, and where the last is."""
    frame = differences("kept")
    return frame.loc[frame.index == (year, measure)].iloc[0]


def apart(measure: str) -> pd.Series:
    """Return the same for 2022 without China and Mexico."""
    frame = data.table("oecd_errors").query("table == 'kept' and year == @YEAR and measure == @measure")
    return frame[frame["among"].str.contains("without")].iloc[0]


def japan() -> pd.Series:
    """Return by year how far the level of Japan's value added absorbed abroad is from the published one, percent."""
    frame = data.table("oecd_errors").query("table == 'kept' and among == 'Japan'")
    return frame.set_index("year")["mean"]


def tried(labels: dict[str, str], years: tuple[int, ...]) -> pd.DataFrame:
    """Return the mean difference from published shares of the tables kept and of alternatives.

    Returns
    -------
    DataFrame, what is done × (measure, year)
        Percentage points; empty where nothing is published.
    """
    columns = {
        (label, str(year)): pd.Series(
            {text: differences(table)["mean"].get((year, measure), float("nan")) for table, text in labels.items()}
        )
        for measure, label in MEASURES.items()
        for year in years
    }
    return pd.DataFrame(columns).dropna(axis=1, how="all").rename_axis(index="What is done")


def differences(table: str) -> pd.DataFrame:
    """Return the sizes of the differences between shares of a table and published ones, by year and measure.

    Parameters
    ----------
    table : str
        ``kept``, or an alternative: a key of `ESTIMATES` or `REBUILT`.
    """
    frame = data.table("oecd_errors")
    frame = frame[(frame["table"] == table) & (frame["among"] == frame["measure"].map(_AMONG))]
    return frame.set_index(["year", "measure"])


def places(place: str) -> str:
    """Name the economies of a place: ``CHN→THA``."""
    return " → ".join(names.economy(code) for code in place.split("→"))


#: Numbers whose intervals the table shows: the measure, who supplies, and where.
_SHOWN = (
    *(("fva_share", "NEA", host) for host in (*HOSTS, "VNM", "IDN")),
    *(("imint_share", "NEA", host) for host in HOSTS),
    *(("link", *pair) for pair in (("JPN", "CHN"), ("CHN", "JPN"), ("KOR", "CHN"), ("CHN", "KOR"), ("RUS", "CHN"))),
    *(("passing", "KOR", through) for through in ("CHN", "VNM")),
)


def half_widths(
    years: tuple[int, ...] = (2011, 2014, 2017, 2019, 2021, 2022),
    spans: tuple[tuple[int, int], ...] = ((2011, 2021), (2017, 2021), (2021, 2022)),
) -> pd.DataFrame:
    """Return half-widths of the intervals of the OECD's numbers and of their changes.

    Returns
    -------
    DataFrame, (measure, where) × ({Year, Change}, years)
        Percentage points; of links points of the index.
    """
    rows = {}
    for measure, origin, place in _SHOWN:
        if measure == "link":
            found, where = OECD.link(origin, place), places(f"{origin}→{place}")
        elif measure == "passing":
            found, where = OECD.passing(origin, place), names.economy(place)
        else:
            found, where = OECD.share(origin, place, measure), names.economy(place)
        row = {("Year", str(year)): error_sizes.size(OECD, measure, year, found[year], place) for year in years}
        for span in spans:
            off = error_sizes.change(OECD, measure, found, span, place)
            row["Change", "–".join(map(str, span))] = off
        rows[INTERVALS[measure], where] = row
    return pd.DataFrame(rows).T.rename_axis(index=["Measure", "Where"])


def inside(measure: str, column: str = "inside") -> float:
    """Return how many published numbers of all years lie in their intervals, percent; or, without, see `coverage`."""
    rows = data.table("oecd_coverage").query("year == 0 and measure == @measure")
    return float(rows[column].iloc[0])


def both_steps_inside() -> pd.Series:
    """Return how many errors of both steps their sizes together hold, percent, by measure but links, and distance."""
    rows = data.table("oecd_trial").query("table == 'together' and measure != 'link'")
    return rows.set_index(["measure", "back"])["inside"].dropna()


def rest_in_output() -> float:
    """Return the share of the rest of the world in the output of 2022, percent."""
    output = OECD.by_industry("output").T[YEAR]
    return float(100 * output[eco.ROW] / output.sum())


def missed(measure: str, back: int, table: str = "together") -> pd.Series:
    """Return what an estimate from the rebuilt table, or another table in its place, misses of one measure on WIOD."""
    return data.table("oecd_backcast").query("table == @table and back == @back and measure == @measure").iloc[0]


# -- numbers of sentences that no exhibit holds -----------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    return {**_published(), **_trial()}


def _published() -> Numbers:
    """Return how much of the table of 2022 is known, and how far the tables are from published shares."""
    origins, exports, off, how = error("FDVA", YEAR), error("EXGR_DVA", YEAR), japan(), known()
    origin, absorber = map(names.economy, origins["where"].split("→"))
    return {
        "trillion_of_output": data.table("oecd_blocks")["total"].sum() / 1e6,
        "percent_given_or_exact": how["given"] + how["exact"],
        "number_of_FDVA_shares": int(origins["compared"]),
        "FDVA_gap_largest_where": f"{origin} in the final demand of the {absorber}",
        "FDVA_gap_largest_of_others_2022": apart("FDVA")["largest"],
        "EXGR_gap_median_2022": exports["median"],
        "EXGR_gap_largest_of_others_2022": apart("EXGR_DVA")["largest"],
        "input_odds_VNM_2012": data.table("oecd_fit").query("economy == 'VNM' and year == 2012")["inputs"].item(),
        "percent_gap_JPN_level_2022": off[2022],
        "percent_gap_JPN_level_2021": off[2021],
        "percent_gap_JPN_level_2019": off[2019],
    }


def _trial() -> Numbers:
    """Return what tables rebuilt and estimated on WIOD miss, and what the intervals hold."""
    of_china = "LINK with China in Northeast Asia"
    region = missed("share of Northeast Asia in foreign value added of exports", 0, "rebuilt")
    both, without = both_steps_inside(), [inside(measure, "without") for measure in COVERED]
    return {
        "share_NEA_gap_mean_rebuilt": region["mean"],
        "share_NEA_gap_largest_rebuilt": region["largest"],
        "share_NEA_gap_largest_rebuilt_where": names.economy(region["where"]),
        "LINK_CHN_gap_largest_rebuilt": missed(of_china, 0, "rebuilt")["largest"],
        "LINK_CHN_gap_largest_11_years": missed(of_china, 11)["largest"],
        "percent_of_both_steps_inside_least": both.min(),
        "percent_of_both_steps_inside_most": both.max(),
        "percent_inside_without_least": min(without),
        "percent_inside_without_most": max(without),
        "factor_of_rebuilt": error_sizes.factors("origins", "in WIOD")[0],
        "factor_of_onward_in_WIOD": error_sizes.factors("onward", "in WIOD")[1],
        "factor_of_onward_not_in_WIOD": error_sizes.factors("onward", "not in WIOD")[1],
        "rest_in_output_OECD": rest_in_output(),
        "economies_put_into_rest": int(data.table("oecd_rest").query("database == 'OECD'")["merged"].iloc[1]),
    }
