"""Measurement: arrays of a small table with their labels, readings of the link index, treatments of a group."""

import pandas as pd

from exhibits.prose import Numbers
from exhibits.text import Joined, calendar_year
from gvc.icio import ICIO
from gvc.labels import Array
from industrial_chains import economies as eco
from industrial_chains.article import HOSTS
from industrial_chains.charting import names
from industrial_chains.sources import ADB, ARTICLE, OECD, WIOD, Source
from industrial_chains.uncertainty import error_sizes

MAIN = [("CHN", "JPN"), ("JPN", "CHN"), ("CHN", "KOR"), ("KOR", "CHN")]
#: Groups of which WIOD shows several members.
GROUPS = ("NAFTA", "EU27")


def labelled(icio: ICIO, values: Array) -> pd.DataFrame:
    """Put the labels of a table to an array over its industries or economies.

    Parameters
    ----------
    icio : ICIO
    values : array
        Any axis of length GN becomes (economy, sector), any of length G the economies; a vector becomes a column.
    """
    industries = pd.MultiIndex.from_product(
        [[names.economy(code) for code in icio.economies], icio.sectors], names=["Economy", "Sector"]
    )
    by_length: dict[int, pd.Index] = {
        len(icio.economies): pd.Index([names.economy(code) for code in icio.economies], name="Economy"),
        len(industries): industries,
    }
    if values.ndim == 1:
        return pd.DataFrame({"": values}, index=by_length[len(values)])
    rows, columns = (by_length[length] for length in values.shape)
    return pd.DataFrame(values, index=rows, columns=columns)


def link_readings(year: int = 2011) -> pd.DataFrame:
    """Read the damaged formula of the link index in two ways, on WIOD, beside what the article prints for 2021.

    Returns
    -------
    DataFrame, (origin, absorber) × readings
        `share_of_exports` and `share_of_imports` in percent; `product`: 100 times the product of the two shares;
        `geometric_mean`: 100 times its square root; `printed`: the article, 2021; `share_needed`: the larger of the
        two shares must be at least this for `product` to give the printed number, percent.
    """
    rows = {}
    for origin, absorber in MAIN:
        of_exports, of_imports, link = (WIOD.link(origin, absorber, of)[year] for of in ("exports", "imports", "index"))
        printed = ARTICLE.link(origin, absorber)[2021]
        rows[origin, absorber] = {
            "share_of_exports": of_exports,
            "share_of_imports": of_imports,
            "product": of_exports * of_imports / 100,
            "geometric_mean": link,
            "printed": printed,
            "share_needed": 10 * printed**0.5,
        }
    return pd.DataFrame(rows).T.rename_axis(index=["origin", "absorber"])


def doubts() -> pd.DataFrame:
    """Return half-widths of the intervals of numbers, where errors were measured.

    Returns
    -------
    DataFrame, source × {ASEAN, India, Mexico, Japan → China, Measured by}
        Percentage points of the share of Northeast Asia in a host, points of the index of a link.
    """
    rows = {}
    for source, year, how in (
        (ARTICLE, 2021, "two editions of the ADB's tables; of a link the rounding alone"),
        (ADB, 2021, "two editions of the ADB's tables"),
        (OECD, 2011, _TRIAL),
        (OECD, 2017, _TRIAL),
        (OECD, 2021, _TRIAL),
        (OECD, 2022, _TRIAL),
    ):
        label = Joined(source.label_in(year), *([", ", calendar_year(year)] if source is OECD else []))
        shares = {host: source.share("NEA", host)[year] for host in HOSTS}
        off = {names.economy(h): error_sizes.size(source, "fva_share", year, share, h) for h, share in shares.items()}
        link = error_sizes.size(source, "link", year, _link(source, year), "CHN")
        rows[label] = {**off, f"{names.economy('JPN')} → {names.economy('CHN')}": link, "Measured by": how}
    return pd.DataFrame(rows).T.rename_axis(index="Source").infer_objects()


_TRIAL = "rebuilding and estimating, tried together on WIOD, and shares that the OECD publishes"


def _link(source: Source, year: int) -> float:
    return float("nan") if source is ADB else source.link("JPN", "CHN")[year]


# -- a group of exporters, treated in three ways ------------------------------------------------------------------


def by_treatment() -> pd.DataFrame:
    """Shares of NEA and of China in the foreign value added of two groups, by treatment, WIOD 1995–2011.

    Returns
    -------
    DataFrame
        Columns group, origins, year, treatment, value; percent. NEA lacks Mongolia, the European Union Croatia.
    """
    frames = [
        WIOD.by_treatment(group, origins).assign(group=group, origins=origins)
        for group in GROUPS
        for origins in ("NEA", "CHN")
    ]
    return pd.concat(frames, ignore_index=True)[["group", "origins", "year", "treatment", "value"]]


def fellows() -> pd.Series:
    """Share of fellow members in a group's foreign value added, one by one, by (group, year); percent, WIOD."""
    shares: dict[tuple[str, int], float] = {}
    for group in GROUPS:
        inside = tuple(code for code in eco.members(group) if code in WIOD.economies)
        shares |= {(group, year): share for year, share in WIOD.share(inside, inside, "va_exports").items()}
    return pd.Series(shares).sort_index()


def asean_without_fellows() -> pd.DataFrame:
    """NEA's share in ASEAN's foreign value added, fellow members counted as foreign or left out, ADB 2017–2022.

    Returns
    -------
    DataFrame, year × {counted, left_out, fellows}
        Percent. `fellows`: the members' own share where they count. To leave them out is not yet to treat ASEAN as a
        block: trade among the members still counts as exports.
    """
    counted, within = (pd.Series(ADB.share(group, "ASEAN")) for group in ("NEA", "ASEAN"))
    left_out = 100 * counted / (100 - within)
    return pd.DataFrame({"counted": counted, "left_out": left_out, "fellows": within}).rename_axis(index="year")


# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    return {**_printed_links(), **_members(), **_asean()}


def _printed_links() -> Numbers:
    """Return how large the printed links are beside either reading of the index."""
    readings = link_readings()
    to_mean, to_product = (readings["printed"] / readings[other] for other in ("geometric_mean", "product"))
    return {
        "ratio_printed_to_mean_lowest": to_mean.min(),
        "ratio_printed_to_mean_highest": to_mean.max(),
        "ratio_printed_to_product_lowest": to_product.min(),
    }


def _members() -> Numbers:
    """Return what fellow members supply, percent, and how far apart two treatments are at most, points."""
    shares = by_treatment().pivot(index=["origins", "group", "year"], columns="treatment", values="value")
    by_fellows = fellows()
    return {
        "points_between_block_and_merged_most": (shares["merged"] - shares["block"]).abs().max(),
        "share_fellows_in_NAFTA_1995": by_fellows["NAFTA", 1995],
        "share_fellows_in_NAFTA_2011": by_fellows["NAFTA", 2011],
        "share_fellows_in_EU27_2011": by_fellows["EU27", 2011],
    }


def _asean() -> Numbers:
    """Return Northeast Asia's share in ASEAN without fellow members, and as a block; percent."""
    asean = asean_without_fellows()
    block = OECD.by_treatment("ASEAN", "NEA").query("year == 2022").set_index("treatment")["value"]["block"]
    return {
        "share_NEA_in_ASEAN_2021_fellows_left_out": asean["left_out"][2021],
        "rise_NEA_in_ASEAN_fellows_left_out": asean["left_out"][2021] - asean["left_out"][2018],
        "share_fellows_in_ASEAN_2021": asean["fellows"][2021],
        "share_NEA_in_ASEAN_2022_OECD_block": block,
    }
