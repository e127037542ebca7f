"""How the OECD's tables were put together: what is known of them, and how far they are from what others publish."""

from itertools import product

import pandas as pd

from exhibits.text import Told
from industrial_chains.charting import names
from industrial_chains.estimate_quality import YEAR, stored

#: The measures that the OECD publishes, as a reader may look them up.
MEASURES = {"FDVA": "Origins in final demand", "FFD_DVA": "Absorbed abroad", "EXGR_DVA": "Domestic in exports"}
#: Among whom they are compared.
_AMONG = {"FDVA": "pairs", "FFD_DVA": "economies", "EXGR_DVA": "economies"}
#: What `oecd.alternatives.estimates` and `oecd.alternatives.rebuilt` call what is different.
ESTIMATES = {
    "kept": "RAS, as the panel holds it",
    "as in 2022": "No estimate: the table of 2022",
    "each flow divided as in 2022": "Each flow divided among uses as in 2022",
    "inputs by product as in 2022": "Inputs by product as in 2022, final demand the rest",
    "goods and one sector of services": "RAS, all services as one industry",
    "cost ratios towards WIOD 2011": "RAS, cost ratios moved towards those of WIOD in 2011",
    "imports fitted to published shares": "RAS, imported inputs fitted to published domestic shares",
}
REBUILT = {
    "kept": "As the panel holds it",
    "rest of the world like all": "Rest of the world with the technology of all economies",
    "rest of the world like Africa": "Rest of the world with the technology of Africa",
    "services for final demand as for industries": "Services for final demand from where industries have them",
    "goods and one sector of services": "All services as one industry",
    "value added as printed": "Value added as the national tables print it",
}
#: Measures of the trial on WIOD that the chart shows, and all that the table shows.
TRIAL = {
    "LINK": "Link index",
    "origins of foreign value added in exports": "Origins in foreign value added of exports",
    "foreign share in exports": "Foreign share in exports",
    "LINK with China in Northeast Asia": "Link index, China with Japan, Korea, Russia",
    "share of Northeast Asia in foreign value added of exports": "Northeast Asia in Mexico, India, Indonesia",
}
_METHODS = {"estimate": "Estimate", "stayed": "Table of 2011"}
_MUST = "What must agree or hold"


def identities() -> pd.DataFrame:
    """Return how far the pieces are apart where they must agree, or past a limit.

    Returns
    -------
    DataFrame, what × {Compared, Largest gap, Where, All gaps}
        Million USD.
    """
    frame = stored("identities").rename(
        columns={"what": _MUST, "compared": "Compared", "largest": "Largest gap", "total": "All gaps"}
    )
    frame["Where"] = [_place(label) for label in frame["where"]]
    return frame.set_index(_MUST)[["Compared", "Largest gap", "Where", "All gaps"]]


def _place(label: str) -> Told:
    code, _, industry = label.partition(" ")
    return Told(names.economy(code), ", ", industry.replace("Services (aggregate)", "services"))


def blocks() -> pd.DataFrame:
    """Return how each part of the table of 2022 is known.

    Returns
    -------
    DataFrame, part × {How, Trillion USD, Percent}
    """
    frame = stored("blocks")
    total = frame["total"]
    return pd.DataFrame(
        {"How": frame["how"], "Trillion USD": total / 1e6, "Percent": 100 * total / total.sum()}
    ).set_axis(pd.Index(frame["block"], name="Part of the table"))


def known() -> pd.Series:
    """Return the output that is given, exact, fitted and modelled, in percent of all output."""
    total = stored("blocks").groupby("how")["total"].sum()
    return 100 * total / total.sum()


def errors() -> pd.DataFrame:
    """Return how far shares of the tables in the panel are from published ones, year by year.

    Returns
    -------
    DataFrame, (Year, Table) × (measure, {Mean, Largest})
        Sizes of the differences, percentage points; empty where nothing is published.
    """
    kept = _errors("kept")
    columns: dict[tuple[str, str], pd.Series] = {}
    for measure, label in MEASURES.items():
        part = kept.xs(measure, level="measure")
        columns |= {(label, "Mean"): part["mean"], (label, "Largest"): part["largest"]}
    frame = pd.DataFrame(columns).sort_index(ascending=False)
    return frame.set_index(
        pd.MultiIndex.from_tuples([(year, kind(year)) for year in frame.index], names=["Year", "Table"])
    )


def kind(year: int) -> str:
    """Say whether the table of a year is rebuilt or an estimate."""
    return "rebuilt" if year == YEAR else "estimate"


def error(measure: str, year: int) -> pd.Series:
    """Return the mean, median and largest difference of one measure in one year, and where the last is."""
    frame = _errors("kept")
    return frame.loc[frame.index == (year, measure)].iloc[0]


def apart(measure: str) -> pd.Series:
    """Return the same for 2022 without China and Mexico."""
    frame = stored("errors").query("table == 'kept' and year == @YEAR and measure == @measure")
    return frame[frame["among"].str.contains("without")].iloc[0]


def japan() -> pd.Series:
    """Return by year how far the level of Japan's value added absorbed abroad is from the published one, percent."""
    frame = stored("errors").query("table == 'kept' and among == 'Japan'")
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
            {text: _errors(table)["mean"].get((year, measure), float("nan")) for table, text in labels.items()}
        )
        for measure, label in MEASURES.items()
        for year in years
    }
    return pd.DataFrame(columns).dropna(axis=1, how="all").rename_axis(index="What is done")


def _errors(table: str) -> pd.DataFrame:
    frame = stored("errors")
    frame = frame[(frame["table"] == table) & (frame["among"] == frame["measure"].map(_AMONG))]
    return frame.set_index(["year", "measure"])


def trial() -> pd.DataFrame:
    """Return what an estimate misses on WIOD, where the truth is known, by year.

    Returns
    -------
    DataFrame
        Columns year, value, method, measure: mean differences, percentage points.
    """
    kept = stored("backcast").assign(year=lambda frame: 2011 - frame["back"]).sort_values("year", kind="stable")
    rows = [
        kept[(kept["table"] == table) & (kept["measure"] == measure)].assign(method=method, measure=TRIAL[measure])
        for measure, (table, method) in product(list(TRIAL)[:2], _METHODS.items())
    ]
    return pd.concat(rows, ignore_index=True).rename(columns={"mean": "value"})[["year", "value", "method", "measure"]]


def by_distance(backs: tuple[int, ...] = (1, 4, 8, 11)) -> pd.DataFrame:
    """Return what an estimate misses on WIOD, by the years that lie between it and the table it is made from.

    Returns
    -------
    DataFrame, measure × ({Mean, Largest}, years)
        Percentage points.
    """
    frame = stored("backcast").query("table == 'estimate'").set_index(["measure", "back"])
    columns = {
        (label, str(back)): frame.xs(back, level="back")[column].rename(TRIAL)
        for label, column in (("Mean, years apart", "mean"), ("Largest, years apart", "largest"))
        for back in backs
    }
    return pd.DataFrame(columns).loc[list(TRIAL.values())].rename_axis(index="Measure")


def missed(measure: str, back: int, table: str = "estimate") -> pd.Series:
    """Return what an estimate, or the table of 2011 in its place, misses of one measure on WIOD."""
    return stored("backcast").query("table == @table and back == @back and measure == @measure").iloc[0]
