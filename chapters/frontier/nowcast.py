"""Value added after the last table: the route of China's to the United States, and what stays within its band."""

import pandas as pd

from exhibits.names import Stroke
from exhibits.prose import Numbers
from exhibits.text import Message, calendar_year
from gvc.labels import Array
from industrial_chains import customs, data, nowcasts, official_counts
from industrial_chains.nowcasts import (
    CENTRAL,
    EXACT,
    GROSS,
    JUDGED,
    MARKET,
    NO_CHANGE,
    NOISY,
    SELLER,
    TREND,
)

#: How charts tell measured years from the rest.
TABLES, NOWCAST = "OECD tables", "Nowcast"
STROKES = {TABLES: Stroke(), NOWCAST: Stroke((4, 3), 2)}
#: What stands below exhibits.
CARRIED = (
    "Own computation, December 2026, from the OECD's tables, exports by pair and GDP of the IMF, and customs of China, "
    "the United States, Taiwan and Indonesia."
)
TRIED = "Own computation, December 2026, from the OECD's tables, 2025 edition, and WIOD, 2013 release."
#: Lines of charts, by measure.
ROUTES = {"route CHN": "Straight from China", "route MEX+VNM": "Through Mexico and Viet Nam"}
#: Columns of the table of both sides.
SIDES = {
    "route CHN": ("Percent of all", "Straight from China"),
    "route MEX+VNM": ("Percent of all", "Through Mexico and Viet Nam"),
    "dollars straight": ("Billion dollars", "Straight"),
    "dollars others": ("Billion dollars", "Through others"),
    "dollars all": ("Billion dollars", "All"),
    "absorbed USA": ("Percent of exports", "To America"),
}
#: What tables call families of measures.
FAMILIES = {
    "route": "Route to America",
    "dollars straight": "Dollars straight from China",
    "dollars others": "Dollars through others",
    "dollars all": "Dollars in all",
    "absorbed": "America in China’s exported value added",
    "demand": "China in America’s foreign value added",
    "share ASEAN10": "Origins in ASEAN’s exports",
    "share": "Origins in exports of single hosts",
    "link": "Link indices",
}
#: Columns of the table of errors.
KINDS = {NO_CHANGE: "No change", TREND: "Trend", GROSS: "Gross trade", EXACT: "Exact totals", NOISY: "Noisy totals"}


def last() -> int:
    """Return the last year of the nowcast."""
    return int(nowcasts.carried().index.get_level_values("year").max())


def ahead() -> int:
    """Return how many years that is after the last table."""
    return last() - nowcasts.base()


def of_years(text: str) -> Message:
    """Say of which years something is: the text has places for the last table's, ``{0}``, and the last, ``{1}``."""
    return Message(text, calendar_year(nowcasts.base()), calendar_year(last()))


# -- the route ---------------------------------------------------------------------------------------------------------


def followed(lines: dict[str, str]) -> pd.DataFrame:
    """Lay measures out for a chart: columns year, value, low, high, line, kind, panel.

    Years of the nowcast are those in whose trials it was less off than no change.
    """
    frames, central = [], nowcasts.carried().xs(CENTRAL, level="variant")
    for measure, line in lines.items():
        known = nowcasts.tables()[measure]
        frames.append(pd.DataFrame({"year": known.index, "value": known, "line": line, "kind": TABLES}))
        start = float(known[nowcasts.base()])
        rows = [(nowcasts.base(), start, start, start)]
        for year in central.index:
            if nowcasts.skilled(nowcasts.family(measure), year - nowcasts.base()):
                value = float(central[measure][year])
                rows.append((year, value, *nowcasts.band(measure, year - nowcasts.base(), value)))
        columns = ["year", "value", "low", "high"]
        frames.append(pd.DataFrame(rows, columns=columns).assign(line=line, kind=NOWCAST))
    found: pd.DataFrame = pd.concat(frames, ignore_index=True)
    found["panel"] = found["line"]
    return found


def sides() -> pd.DataFrame:
    """Set the nowcast by the count of either side beside the last table, its band and all ways, a row each."""
    measures = list(SIDES)
    ways, moved = nowcasts.carried().xs(last(), level="year")[measures], nowcasts.moved(last()).loc[measures]
    rows: dict[str, Array] = {
        str(nowcasts.base()): moved["before"].to_numpy(),
        "By exporters’ customs": ways.T["exporters"].to_numpy(),
        "By both": moved["value"].to_numpy(),
        "Band of both, low": moved["low"].to_numpy(),
        "Band of both, high": moved["high"].to_numpy(),
        "By American customs": ways.T["American customs"].to_numpy(),
        "Lowest of all ways": moved["least"].to_numpy(),
        "Highest of all ways": moved["most"].to_numpy(),
    }
    columns = pd.MultiIndex.from_tuples(SIDES.values())
    return pd.DataFrame(rows, columns).T.astype(float).rename_axis(index="Count")


def fell() -> tuple[float, float]:
    """Say by how much China's sales to the United States fell by its own customs and by American ones; percent."""
    own = official_counts.china_trade_usd("exports")[MARKET]
    rows = customs.by_month().reset_index()
    american = rows[rows["month"] <= customs.end()[1]].groupby("year")[SELLER].sum()
    first, second = (float(100 * (1 - one[last()] / one[nowcasts.base()])) for one in (own, american))
    return first, second


# -- how good it is ----------------------------------------------------------------------------------------------------


def errors() -> pd.DataFrame:
    """Set mean errors of trials of the last horizon beside each other, (database, family) × kind."""
    found = pd.DataFrame(nowcasts.mean_errors().xs(ahead(), level="ahead"))[list(KINDS)]
    there = [(database, family) for database in JUDGED for family in FAMILIES if (database, family) in found.index]
    labels = [(database, FAMILIES[family]) for database, family in there]
    index = pd.MultiIndex.from_tuples(labels, names=["Tables", "Measure"])
    return found.reindex(there).set_axis(index).set_axis([*KINDS.values()], axis=1)


# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences on the nowcast that no exhibit holds."""
    moved = nowcasts.moved(last())
    own, american = fell()
    beyond, right, _ = nowcasts.signs("route", ahead())
    return {
        "listed": len(data.table("nowcast_series")),
        "year_base": nowcasts.base(),
        "year_last": last(),
        "ways": int(moved["of"].iloc[0]),
        "fell_by_china": own,
        "fell_by_america": american,
        "shares": int(moved["family"].str.startswith("share").sum()),
        "beyond_straight": int(moved["beyond"]["dollars straight"]),
        "covered": nowcasts.coverage()[ahead()]["route"],
        "signs": beyond,
        "signs_right": right,
    }
