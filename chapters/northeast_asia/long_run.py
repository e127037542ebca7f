"""Half a century on one axis: who stood at the centre, who took the place, and what the trade war added."""

from collections.abc import Iterable
from itertools import product

import numpy as np
import pandas as pd

from exhibits.prose import Numbers
from gvc.indicators import without_own
from industrial_chains import economies as eco
from industrial_chains import sources
from industrial_chains.analysis import exposure
from industrial_chains.sources import ADB, ARTICLE, LRWIOD, OECD, WIOD, WIOD_NEA, Base, Source
from industrial_chains.uncertainty import error_sizes

#: Databases whose tables hold all flows, in the order of their years.
TABLES = (LRWIOD, WIOD, OECD)
#: All of them; where two end in one year the chart writes the number of the first.
EVERY = (ARTICLE, LRWIOD, WIOD, OECD, ADB)
#: Exporters whose suppliers can be followed since 1965, and those suppliers.
EXPORTERS = ("KOR", "TWN", "CHN", "IND", "MEX")
SUPPLIERS = ("CHN", "JPN", "USA", "EU27")
#: Exporters whose foreign share is followed.
OPEN = ("CHN", "JPN", "KOR", "TWN", "MEX", "IND")
#: Where Northeast Asia's share is followed; by itself a database may show Indonesia alone of ASEAN.
HOSTS_WITH_INDONESIA = ("ASEAN", "IDN", "IND", "MEX")
#: Where relocation is said to go, member by member, and of these the large ones.
TARGETS = (*eco.GROUPS["ASEAN10"], "IND", "MEX")
LARGE = ("VNM", "MYS", "THA", "IDN", "PHL", "SGP", "MEX", "IND")
#: Neighbours of China that nobody counts among the hosts.
NEAR = ("JPN", "KOR", "TWN")
#: These and the other exporters of Asia and the Pacific that the OECD shows outside the hosts.
AROUND = (*NEAR, "HKG", "AUS", "NZL", "BGD", "PAK", "KAZ")
#: Before and after the United States began to raise its tariffs; and other ends, which the finding must survive.
BEFORE, AFTER = (2011, 2017), (2017, 2021)
SPANS = (BEFORE, AFTER, (2018, 2021), (2017, 2022))
BASES: dict[Base, str] = {"all": "of all suppliers", "common": "of ten suppliers"}


# -- the centre -------------------------------------------------------------------------------------------------------


def everywhere() -> tuple[str, ...]:
    """Name the exporters other than China and Japan that all of :data:`TABLES` show."""
    shown = frozenset.intersection(*(source.economies for source in TABLES))
    return tuple(sorted(shown - {"CHN", "JPN", eco.ROW}))


def leads(source: Source, exporters: Iterable[str]) -> pd.DataFrame:
    """Say to whom China supplies more than Japan.

    Returns
    -------
    DataFrame, exporter × year
        Whether China's share in the foreign value added of the exports is above Japan's; 1 or 0, NaN in a hole. The
        denominator of the two is the same, so that no choice of it matters.
    """
    china, japan = (source.shares(code, exporters) for code in ("CHN", "JPN"))
    ahead: pd.DataFrame = (china > japan).astype(float).where(china.notna() & japan.notna())
    return ahead


def crossing() -> pd.DataFrame:
    """Count to whom China supplies more than Japan, year by year.

    Returns
    -------
    DataFrame
        Columns year, value (percent of the exporters), exporters (which), database; a year in which a hole hides an
        exporter has no value.
    """
    frames = []
    for source in TABLES:
        same = everywhere()
        named = tuple(sorted(source.economies - {"CHN", "JPN", eco.ROW}))
        for which, those in (("Covered by all", same), ("Covered by each", named)):
            ahead = leads(source, those)
            share = (100 * ahead.mean()).where(ahead.notna().all())
            frames.append(source.long(share.to_frame(which), "exporters"))
    return pd.concat(frames, ignore_index=True)[["year", "value", "exporters", "database"]]


def led(source: Source, year: int) -> int:
    """Count those of :func:`everywhere` to whom China supplies more than Japan."""
    return int(leads(source, everywhere())[year].sum())


def first_suppliers(source: Source, year: int) -> pd.Series:
    """Count for how many of :func:`everywhere` each economy is the largest supplier that has a name."""
    first = [source.suppliers(code)[year].drop([code, eco.ROW], errors="ignore").idxmax() for code in everywhere()]
    return pd.Series(first).value_counts()


def overtaken(source: Source, exporter: str) -> int:
    """Return the first year from which China's share stays above Japan's."""
    ahead = leads(source, [exporter]).T[exporter]
    return int(max(ahead.index[ahead.eq(0)])) + 1


def suppliers() -> pd.DataFrame:
    """Who supplies the foreign value added of :data:`EXPORTERS`, of all suppliers; as `sources.shares`."""
    return sources.shares(SUPPLIERS, EXPORTERS, of=TABLES).sort_values("year", kind="stable")


def stronger(source: Source, one: tuple[str, str], other: tuple[str, str]) -> int:
    """Return the first year from which one link index, (origin, absorber), stays above another."""
    first, second = (source.link(*pair) for pair in (one, other))
    behind = [year for year in sorted(set(first) & set(second)) if first[year] <= second[year]]
    return behind[-1] + 1


def reach(pairs: Iterable[tuple[str, str]], since: int = 1995) -> tuple[float, float]:
    """Return the lowest and the highest link index of some pairs, over all databases that compute it."""
    found = [
        value for source in TABLES for pair in pairs for year, value in source.link(*pair).items() if year >= since
    ]
    return min(found), max(found)


# -- how long chains are ----------------------------------------------------------------------------------------------


def foreign_share(source: Source, exporter: str) -> pd.Series:
    """Return by year the foreign value added in an economy's exports, in percent of them."""
    content = {year: source.matrix("va_exports", year)[[exporter]] for year in source.years("va_exports")}
    return pd.Series({year: exposure.foreign(exposure.reliance(given))[exporter] for year, given in content.items()})


def foreign_shares() -> pd.DataFrame:
    """Follow the foreign share of exports of :data:`OPEN`; from 2012 on as the OECD publishes it, estimates beside.

    Returns
    -------
    DataFrame
        Columns year, value, exporter and economy (the same), database; percent.
    """
    published, frames = error_sizes.published_foreign(), []
    for exporter in OPEN:
        for source in TABLES:
            share = foreign_share(source, exporter)
            if source is OECD:  # of its tables, too, the published number is plotted where there is one
                share = share[share.index.isin(OECD.estimates) | ~share.index.isin(published.index)]
            frames.append(source.long(share.to_frame(exporter), "exporter"))
        series = published[exporter].rename("value").reset_index()
        frames.append(series.assign(exporter=exporter, database=sources.PUBLISHED))
    frame = pd.concat(frames, ignore_index=True)
    frame["economy"] = frame["exporter"]
    ordered: pd.DataFrame = frame[["year", "value", "exporter", "economy", "database"]]
    return ordered


def missed() -> pd.Series:
    """Return what estimates miss of the foreign share in exports on average, 2012–2021, by economy; points."""
    published = error_sizes.published_foreign()
    ours = pd.DataFrame({exporter: foreign_share(OECD, exporter) for exporter in OPEN})
    return (ours - published).loc[2012:2021].abs().mean()


def cents() -> pd.Series:
    """Count Northeast Asia's cents in a dollar of each economy's exports, its own not counted; OECD, 2022, percent."""
    content = OECD.matrix("va_exports", 2022)
    given = without_own(content).loc[list(WIOD_NEA)].sum()
    return 100 * given / content.sum()


def forward(exporter: str, year: int = 2011) -> float:
    """Return an economy's forward participation by WIOD, after Borin and Mancini: DVA − DAVAX, percent of exports."""
    dva, absorbed, exports = (WIOD.matrix(flow, year).T[exporter].sum() for flow in ("DVA", "DAVAX", "gross_exports"))
    return float(100 * (dva - absorbed) / exports)


# -- hosts ------------------------------------------------------------------------------------------------------------


def shares_in_hosts() -> pd.DataFrame:
    """Northeast Asia's share in the foreign value added of the hosts' exports, 1965–2022.

    Returns
    -------
    DataFrame
        Columns year, destination, value, database, base, low, high; percent. Of all suppliers with the error of a
        number where it is known; of those that every database names without.
    """
    frames = []
    for base, called in BASES.items():
        frame = sources.shares(["NEA"], HOSTS_WITH_INDONESIA, of=EVERY, base=base).sort_values("year", kind="stable")
        off = error_sizes.bands(frame, "fva_share") if base == "all" else frame.assign(low=np.nan, high=np.nan)
        frames.append(off.assign(base=called))
    frame = pd.concat(frames, ignore_index=True).drop(columns=["measure", "origin"])
    order = pd.Categorical(frame["destination"], HOSTS_WITH_INDONESIA)
    return frame.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def pace() -> pd.DataFrame:
    """How fast Northeast Asia's share in foreign value added changed, period by period.

    Returns
    -------
    DataFrame, (host, base) × (database, period)
        Percentage points a year; NaN where the database is silent. ADB's figures begin in 2018, their break.
    """
    periods = {
        WIOD: ((2001, 2007), (2007, 2011)),
        ARTICLE: ((2007, 2011), BEFORE, AFTER),
        OECD: (BEFORE, AFTER),
        ADB: ((2018, 2021),),
    }
    rows = {}
    for (base, called), host in product(BASES.items(), HOSTS_WITH_INDONESIA):
        columns: dict[tuple[str, str], float] = {}
        for source, spans in periods.items():
            for start, end in spans:
                label = source.label_in(start), f"{start}–{end}"
                try:
                    columns[label] = source.share("NEA", host, base=base).pace(start, end)
                except sources.SilentError:
                    columns[label] = np.nan
        rows[host, called] = columns
    frame = pd.DataFrame.from_dict(rows, orient="index").rename_axis(index=["Host", "Share"])
    return frame.loc[[(host, called) for host in HOSTS_WITH_INDONESIA for called in BASES.values()]]


def quickened(host: str, at: int = 2017) -> tuple[float, float]:
    """Return by how much the pace of Northeast Asia's share in a host rose, and the half-width of its interval; OECD.

    Parameters
    ----------
    host : str
    at : int
        The year between the two periods, which begin in 2011 and end in 2021.

    Returns
    -------
    (float, float)
        Percentage points a year.
    """
    share, (start, end) = OECD.share("NEA", host), (BEFORE[0], AFTER[1])
    of = {start: 1 / (at - start), at: -1 / (at - start) - 1 / (end - at), end: 1 / (end - at)}
    return sum(weight * share[year] for year, weight in of.items()), error_sizes.of_sum("fva_share", share, of, host)


# -- a control group --------------------------------------------------------------------------------------------------


def gains(measure: str = "fva_share", base: Base = "all") -> pd.DataFrame:
    """Change of China's share in what every exporter takes from abroad, by the OECD.

    Returns
    -------
    DataFrame, exporter × period
        Percentage points a year; all economies that the OECD names but China.
    """
    exporters = tuple(sorted(OECD.economies - {"CHN", eco.ROW}))
    shares = OECD.shares("CHN", exporters, measure, base)
    return pd.DataFrame({f"{start}–{end}": (shares[end] - shares[start]) / (end - start) for start, end in SPANS})


def ahead(measure: str = "fva_share", base: Base = "all") -> pd.DataFrame:
    """Hold the hosts against all other exporters.

    Returns
    -------
    DataFrame, period × {hosts, others, pooled_hosts, pooled_others, mean_lead}
        Medians of :func:`gains` of the :data:`TARGETS` and of all others; the gain in the exports of each group as one,
        members taken together, NaN where a hole takes a part; and the lead of the hosts by the plain mean.
    """
    gain = gains(measure, base)
    hosts, others = gain.loc[list(TARGETS)], gain.drop(list(TARGETS))
    pooled = {
        name: pd.Series(OECD.share("CHN", tuple(group.index), measure, base)).reindex(OECD.years(measure))
        for name, group in (("pooled_hosts", hosts), ("pooled_others", others))
    }
    paces = {
        name: {f"{start}–{end}": (share[end] - share[start]) / (end - start) for start, end in SPANS}
        for name, share in pooled.items()
    }
    return pd.DataFrame(
        {
            "hosts": hosts.median(),
            "others": others.median(),
            **paces,
            "mean_lead": hosts.mean() - others.mean(),
        }
    )


def ahead_of_neighbours() -> pd.DataFrame:
    """Hold the hosts against :data:`AROUND` alone, period × {median, mean}; percentage points a year."""
    gain = gains()
    hosts, near = gain.loc[list(TARGETS)], gain.loc[list(AROUND)]
    return pd.DataFrame({"median": hosts.median() - near.median(), "mean": hosts.mean() - near.mean()})


def in_proportion() -> pd.DataFrame:
    """Compare the growth of China's share in the hosts and in all other exporters.

    Returns
    -------
    DataFrame, period × {hosts, others}
        Medians of what the share in foreign value added grew by, percent a year.
    """
    shares = OECD.shares("CHN", sorted(OECD.economies - {"CHN", eco.ROW}))
    growth = pd.DataFrame(
        {
            f"{start}–{end}": 100 * ((shares[end] / shares[start]) ** (1 / (end - start)) - 1)
            for start, end in (BEFORE, AFTER)
        }
    )
    return pd.DataFrame({"hosts": growth.loc[list(TARGETS)].median(), "others": growth.drop(list(TARGETS)).median()})


def leads_tried() -> pd.DataFrame:
    """Ask whether the hosts' lead survives another measure, base, period and average.

    Returns
    -------
    DataFrame, (measure, base) × (average, period)
        What China gained more in the hosts than in others by :func:`ahead`, percentage points a year.
    """
    measures = {"fva_share": "Foreign value added", "imint_share": "Imported intermediates"}
    bases: dict[Base, str] = {
        "all": "of all suppliers",
        "named": "of those identified",
        "common": "of ten suppliers",
    }
    rows = {}
    for (measure, called), (base, of) in product(measures.items(), bases.items()):
        found = ahead(measure, base)
        median, pooled = found["hosts"] - found["others"], found["pooled_hosts"] - found["pooled_others"]
        rows[called, of] = pd.concat({"By the median": median, "Each group as one": pooled})
    return pd.DataFrame(rows).T.rename_axis(index=["China's share in", "Taken"])


# -- numbers of sentences that no exhibit holds -----------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    return _centre() | _chains() | _hosts() | _leads()


def _centre() -> Numbers:
    """Return when China took Japan's place, and where, and the links between economies."""
    mexico, viet_nam = WIOD.concentration(["MEX"])["hhi"]["MEX"], OECD.concentration(["VNM"])["hhi"]["VNM"]
    least, most = reach([("CHN", "JPN"), ("JPN", "CHN")])
    return {
        "number_led_by_Japan_1990": len(everywhere()) - led(LRWIOD, 1990),
        "number_led_by_China_2007": led(WIOD, 2007),
        "number_with_Japan_first_1990": int(first_suppliers(LRWIOD, 1990)["JPN"]),
        "number_with_China_first_2022": int(first_suppliers(OECD, 2022)["CHN"]),
        "year_CHN_passes_JPN_in_IND": overtaken(WIOD, "IND"),
        "year_CHN_passes_JPN_in_MEX": overtaken(WIOD, "MEX"),
        "year_CHN_passes_JPN_in_IDN": overtaken(WIOD, "IDN"),
        "year_CHN_passes_JPN_in_KOR": overtaken(WIOD, "KOR"),
        "year_CHN_passes_JPN_in_TWN": overtaken(OECD, "TWN"),
        "wiod_share_ROW_in_IND_2011": WIOD.share("ROW", "IND")[2011],
        "wiod_hhi_MEX_1995": mexico[1995],
        "wiod_hhi_MEX_2011": mexico[2011],
        "oecd_hhi_VNM_2011": viet_nam[2011],
        "year_KOR_turns_to_CHN": stronger(WIOD, ("KOR", "CHN"), ("KOR", "JPN")),
        "year_KOR_turns_from_JPN": stronger(WIOD, ("CHN", "KOR"), ("JPN", "KOR")),
        "links_CHN_JPN_least": least,
        "links_CHN_JPN_most": most,
        "wiod_link_CHN_to_RUS_1995": WIOD.link("CHN", "RUS")[1995],
        "wiod_link_CHN_to_RUS_2011": WIOD.link("CHN", "RUS")[2011],
    }


def _chains() -> Numbers:
    """Return what is foreign in exports, what others export further, and what the Long-run WIOD lacks."""
    off, of_dollar, union = missed(), cents(), eco.GROUPS["EU27"]
    return {
        "foreign_share_points_off_CHN": off["CHN"],
        "foreign_share_points_off_MEX": off["MEX"],
        "oecd_cents_of_NEA_in_dollar_2022_IDN": of_dollar["IDN"],
        "oecd_cents_of_NEA_in_dollar_2022_MEX": of_dollar["MEX"],
        "oecd_cents_of_NEA_in_dollar_2022_VNM": of_dollar["VNM"],
        "wiod_forward_IDN_2011": forward("IDN"),
        "wiod_forward_RUS_2011": forward("RUS"),
        "number_of_flows_lost": len(LRWIOD.holes),
        "members_of_EU": len(union),
        "members_of_EU_in_lrwiod": len(LRWIOD.economies.intersection(union)),
    }


def _hosts() -> Numbers:
    """Return how much faster Northeast Asia's share rose in Mexico and India, and by how much that may be wrong."""
    return {
        "pace_doubt_in_MEX_after_2017": quickened("MEX")[1],
        "pace_gained_in_MEX_after_2018": quickened("MEX", at=2018)[0],
        "pace_gained_in_IND_after_2018": quickened("IND", at=2018)[0],
    }


def _leads() -> Numbers:
    """Return what China gained more in the hosts than in others, points a year, and how fast its share grew."""
    found, near, tried, growth = ahead(), ahead_of_neighbours(), leads_tried(), in_proportion()
    pooled = found["pooled_hosts"] - found["pooled_others"]
    return {
        "number_of_hosts": len(TARGETS),
        "number_of_others": len(gains()) - len(TARGETS),
        "number_of_neighbours": len(AROUND),
        "median_lead_over_neighbours_2011_2017": near["median"]["2011–2017"],
        "median_lead_over_neighbours_2017_2021": near["median"]["2017–2021"],
        "mean_lag_behind_neighbours_2017_2021": -near["mean"]["2017–2021"],
        "least_lead_tried": tried.min().min(),
        "largest_lead_tried": tried.max().max(),
        "mean_lead_2017_2021": found["mean_lead"]["2017–2021"],
        "mean_lag_2017_2022": -found["mean_lead"]["2017–2022"],
        "pooled_lead_2011_2017": pooled["2011–2017"],
        "pooled_lead_2017_2022": pooled["2017–2022"],
        "growth_2011_2017_hosts": growth["hosts"]["2011–2017"],
        "growth_2011_2017_others": growth["others"]["2011–2017"],
        "growth_2017_2021_hosts": growth["hosts"]["2017–2021"],
        "growth_2017_2021_others": growth["others"]["2017–2021"],
    }
