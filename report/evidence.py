"""The numbers behind each exhibit of the Northeast Asia chapters: one function an exhibit, long form, no charts."""

from collections.abc import Iterable
from itertools import combinations

import pandas as pd

from gvc import economies as eco
from gvc import panel
from gvc.icio import ICIO, Array
from gvc.indicators import link_index, link_shares, origin_share
from gvc.sample import load_sample
from report import article
from report.look import names

#: The databases as the charts name them.
ARTICLE, ADB, WIOD = "Article, ADB 2022", "ADB, 72 economies", "WIOD, 2013 release"

#: The same, as source lines.
FROM_ARTICLE = "Li Qingru (2025), from the UIBE GVC Database on ADB MRIO 2022."
FROM_ADB = "Own computation, November 2026, from ADB MRIO figures, 72-economy edition of August 2023."
FROM_WIOD = "Own computation, November 2026, from WIOD, 2013 release."


def figure(name: str, economy: str, year: int, partner: str) -> float:
    """One number that the article states in its text."""
    frame = pd.read_csv(panel.DATA / "article" / "figures.csv").set_index(["name", "economy", "partner", "year"])
    return float(frame["value"].to_dict()[name, economy, partner, year])


def printed(table: int, **where: object) -> float:
    """One cell of a printed table: ``printed(1, year=2021, measure="fva_share", destination="ASEAN")``."""
    frame = article.printed(table)
    for column, wanted in where.items():
        frame = frame[frame[column] == wanted]
    (value,) = frame["value"]
    return float(value)


def adb_shares() -> pd.DataFrame:
    """Shares of NEA's economies in the foreign value added of ASEAN's, India's and Mexico's exports, ADB 2017–2022.

    Returns
    -------
    DataFrame
        Columns year, destination, origin, value; percent.
    """
    frame = panel.load_panel("adb_fva_shares")
    chosen = (
        frame["flow"].eq("fva_share") & frame["origin"].isin(article.NEA) & frame["destination"].isin(article.HOSTS)
    )
    frame = frame.loc[chosen, ["year", "destination", "origin", "value"]]
    for column, order in (("destination", article.HOSTS), ("origin", article.NEA)):
        frame[column] = pd.Categorical(frame[column], order)
    return frame.sort_values(["destination", "origin", "year"]).astype({"destination": str, "origin": str})


def adb_share(origin: str, exporter: str, year: int) -> float:
    """Share of an origin in the foreign value added of an exporter, or of pooled ASEAN; percent, ADB 2017–2022."""
    matrix = panel.flow_matrix(panel.load_panel("adb_fva_shares"), "fva_share", year)
    return float(matrix[exporter].to_dict()[origin])


def fva_share_printed() -> pd.Series:
    """Return Table 1's left half as a series by (host, year), percent."""
    table = article.printed(1).query("measure == 'fva_share'")
    return table.set_index(["destination", "year"])["value"]


def fva_share_adb() -> pd.Series:
    """Return the same share from the later ADB edition, by (host, year) for 2017–2022, percent."""
    return adb_shares().groupby(["destination", "year"], sort=False)["value"].sum()


def shares_over_time() -> pd.DataFrame:
    """NEA's share in foreign value added: as printed 2007–2021, from the later ADB edition 2017–2022.

    Returns
    -------
    DataFrame
        Columns database, year, destination, value; percent.
    """
    printed_, later = fva_share_printed().reset_index(), fva_share_adb().reset_index()
    return pd.concat([printed_.assign(database=ARTICLE), later.assign(database=ADB)], ignore_index=True)


def printed_against_adb() -> pd.DataFrame:
    """Table 1's left half against the later ADB edition, cell by cell.

    Returns
    -------
    DataFrame, year × (host, {printed, ADB, difference})
        Percent, and percentage points.
    """
    return _side_by_side(fva_share_adb(), "ADB", article.HOSTS)


def printed_against_wiod() -> pd.DataFrame:
    """Table 1's left half against WIOD, where Northeast Asia lacks Mongolia.

    Returns
    -------
    DataFrame, year × (host, {printed, WIOD, difference})
        India and Mexico, 2007–2011; percent, and percentage points.
    """
    wiod = wiod_shares().query("measure == 'fva_share'").set_index(["destination", "year"])["value"]
    return _side_by_side(wiod, "WIOD", ("IND", "MEX"))


def _side_by_side(other: pd.Series, name: str, hosts: Iterable[str]) -> pd.DataFrame:
    """Set another database's shares, by host and year, beside the printed ones of the years that both cover."""
    columns: dict[tuple[str, str], pd.Series] = {}
    for host in hosts:
        both = pd.DataFrame({"printed": fva_share_printed()[host], name: other[host]}).dropna()
        columns |= {(host, "printed"): both["printed"], (host, name): both[name]}
        columns[host, "difference"] = both[name] - both["printed"]
    return pd.DataFrame(columns)


def printed_against_adb_by_origin() -> pd.DataFrame:
    """Table 2's left half against the later ADB edition, 2021.

    Returns
    -------
    DataFrame, origin × (host, {printed, ADB, difference})
    """
    old = article.printed(2).query("measure == 'fva_share'").set_index(["destination", "origin"])["value"]
    new = adb_shares().query("year == 2021").set_index(["destination", "origin"])["value"]
    columns: dict[tuple[str, str], pd.Series] = {}
    for host in article.HOSTS:
        columns |= {(host, "printed"): old[host], (host, "ADB"): new[host], (host, "difference"): new[host] - old[host]}
    return pd.DataFrame(columns).reindex(list(article.SUPPLIERS))


def change_by_origin(start: int, end: int) -> pd.DataFrame:
    """Compute what each economy of NEA gained or lost in each host's foreign value added between two years, ADB.

    Returns
    -------
    DataFrame
        Columns destination, origin, value; percentage points. With each host a row for NEA as a whole.
    """
    wide = adb_shares().pivot(index=["destination", "origin"], columns="year", values="value")
    change = (wide[end] - wide[start]).rename("value").reset_index()
    total = change.groupby("destination", as_index=False)["value"].sum().assign(origin="NEA")
    change = pd.concat([change, total])
    for column, order in (("destination", article.HOSTS), ("origin", ("NEA", *article.NEA))):
        change[column] = pd.Categorical(change[column], order)
    ordered: pd.DataFrame = change.sort_values(["destination", "origin"]).astype({"destination": str, "origin": str})
    return ordered


def asean_gain_and_china() -> pd.Series:
    """ASEAN 2007–2021, in points: NEA's gain as printed, China's by the article's text, what is left for the others."""
    shares = {year: printed(1, year=year, measure="fva_share", destination="ASEAN") for year in (2007, 2021)}
    nea = shares[2021] - shares[2007]
    china = printed(2, measure="fva_share", origin="CHN", destination="ASEAN") - figure(
        "fva_share_asean", "CHN", 2007, "ASEAN"
    )
    return pd.Series({"NEA": nea, "CHN": china, "others": nea - china})


def wiod_shares() -> pd.DataFrame:
    """Share of NEA without Mongolia in foreign value added and in imported intermediates, WIOD 1995–2011.

    Returns
    -------
    DataFrame
        Columns year, measure, destination, value; Indonesia, India, Mexico; percent.
    """
    wiod = panel.load_panel("wiod2013")
    shown = [code for code in article.NEA if code in set(wiod["origin"])]
    rows = [
        (year, measure, host, origin_share(panel.flow_matrix(wiod, flow, year), shown, host))
        for measure, flow in article.MEASURES.items()
        for host in ("IDN", "IND", "MEX")
        for year in panel.years(wiod)
    ]
    return pd.DataFrame(rows, columns=["year", "measure", "destination", "value"])


def wiod_share(origin: str, exporter: str) -> pd.Series:
    """Share of one origin in the foreign value added of an exporter, by year, WIOD 1995–2011; percent."""
    wiod = panel.load_panel("wiod2013")
    shares = {
        year: origin_share(panel.flow_matrix(wiod, "va_exports", year), origin, exporter) for year in panel.years(wiod)
    }
    return pd.Series(shares)


# -- within Northeast Asia ----------------------------------------------------------------------------------------


def links() -> pd.DataFrame:
    """Link index of every ordered pair: WIOD year by year 1995–2011, and as printed for 2017 and 2021.

    Returns
    -------
    DataFrame
        Columns database, year, origin, absorber, value.
    """
    wiod = panel.load_panel("wiod2013")
    shown = [code for code in article.PARTNERS if code in set(wiod["origin"])]
    frames = [article.printed(3).assign(database=ARTICLE)]
    for year in panel.years(wiod):
        index = link_index(panel.flow_matrix(wiod, "va_final_demand", year)).loc[shown, shown]
        index = index.rename_axis(columns="absorber")
        frames.append(index.melt(ignore_index=False).dropna().reset_index().assign(year=year, database=WIOD))
    return pd.concat(frames, ignore_index=True)[["database", "year", "origin", "absorber", "value"]]


def link_shares_over_time(pairs: tuple[tuple[str, str], ...]) -> pd.DataFrame:
    """Take the link index of ordered pairs apart into its two shares, WIOD 1995–2011.

    Returns
    -------
    DataFrame
        Columns year, origin, absorber, of (``exports`` of the origin, ``imports`` of the absorber), value in percent,
        and pair (``China → Japan``) and share (``origin's exports``) for a chart.
    """
    wiod = panel.load_panel("wiod2013")
    rows = []
    for year in panel.years(wiod):
        of_exports, of_imports = link_shares(panel.flow_matrix(wiod, "va_final_demand", year))
        for origin, absorber in pairs:
            pair = f"{names.economy(origin)} → {names.economy(absorber)}"
            for share, of, whose in ((of_exports, "exports", "origin"), (of_imports, "imports", "absorber")):
                value = share[absorber].to_dict()[origin]
                rows.append((year, origin, absorber, of, value, pair, f"{whose}'s {of}"))
    return pd.DataFrame(rows, columns=["year", "origin", "absorber", "of", "value", "pair", "share"])


def table_3_change() -> pd.DataFrame:
    """Change of every printed link from 2017 to 2021.

    Returns
    -------
    DataFrame
        Columns origin, absorber, value; index points, NaN on the diagonal.
    """
    wide = article.printed(3).pivot(index=["origin", "absorber"], columns="year", values="value")
    every = pd.MultiIndex.from_product([article.PARTNERS, article.PARTNERS], names=["origin", "absorber"])
    return (wide[2021] - wide[2017]).reindex(every).rename("value").reset_index()


def asymmetry() -> pd.DataFrame:
    """Both directions of every pair of Table 3.

    Returns
    -------
    DataFrame
        Columns pair, year, forth (first to second), back, difference; the pair stands so that in 2021 `forth` is the
        stronger direction.
    """
    table = article.printed(3).set_index(["year", "origin", "absorber"])["value"]
    rows = []
    for a, b in combinations(article.PARTNERS, 2):
        first, second = (a, b) if table[2021, a, b] >= table[2021, b, a] else (b, a)
        for year in (2021, 2017):
            forth, back = table[year, first, second], table[year, second, first]
            rows.append((f"{names.economy(first)} → {names.economy(second)}", year, forth, back, forth - back))
    frame = pd.DataFrame(rows, columns=["pair", "year", "forth", "back", "difference"])
    return frame.sort_values(["year", "difference"], ascending=False, kind="stable", ignore_index=True)


# -- the algebra, on the sample -----------------------------------------------------------------------------------


def link_readings(year: int = 2011) -> pd.DataFrame:
    """Read the damaged formula of the link index in two ways, on WIOD, beside what the article prints for 2021.

    Returns
    -------
    DataFrame, (origin, absorber) × readings
        `share_of_exports` and `share_of_imports` in percent; `product`: 100 times the product of the two shares;
        `geometric_mean`: 100 times its square root; `printed`: the article, 2021; `share_needed`: the larger of the
        two shares must be at least this for `product` to give the printed number, percent.
    """
    vax = panel.flow_matrix(panel.load_panel("wiod2013"), "va_final_demand", year)
    of_exports, of_imports = (share.rename_axis(columns="absorber").stack() for share in link_shares(vax))
    of_print = article.printed(3).query("year == 2021").set_index(["origin", "absorber"])["value"]
    readings = pd.DataFrame(
        {
            "share_of_exports": of_exports,
            "share_of_imports": of_imports,
            "product": of_exports * of_imports / 100,
            "geometric_mean": link_index(vax).rename_axis(columns="absorber").stack(),
            "printed": of_print,
            "share_needed": 10 * of_print**0.5,
        }
    )
    return readings.loc[[("CHN", "JPN"), ("JPN", "CHN"), ("CHN", "KOR"), ("KOR", "CHN")]]


def sample() -> ICIO:
    """Return the real table, small enough to print, that the chapters on method use: WIOD 2011, 11 × 5."""
    return load_sample()


def small_sample() -> ICIO:
    """Return the sample summed further, to China, Japan and the rest × goods and services: six rows in all."""
    table = sample()
    rest = {code: eco.ROW for code in table.economies if code not in ("CHN", "JPN")}
    goods = {sector: "Services" if sector == "Services" else "Goods" for sector in table.sectors}
    return table.aggregate({"CHN": "CHN", "JPN": "JPN"} | rest, goods)


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


def long(matrix: pd.DataFrame) -> pd.DataFrame:
    """Turn a matrix of economies into rows of origin, destination, value, for a heat map."""
    return matrix.rename_axis(index="origin", columns="destination").melt(ignore_index=False).reset_index()


def coverage_by_exhibit() -> pd.DataFrame:
    """List which years each source has for each of the article's tables.

    Returns
    -------
    DataFrame, source × table
        Spans of years; empty where the source has nothing.
    """
    wiod, adb = panel.load_panel("wiod2013"), panel.load_panel("adb_fva_shares")
    rows = {
        ARTICLE: [_span(article.printed(1)), _span(article.printed(1)), _span(article.printed(3))],
        ADB: [_span(adb), "", ""],
        WIOD: [_span(wiod), _span(wiod), _span(wiod)],
    }
    columns = ["Foreign value added", "Imported intermediates", "Link index"]
    return pd.DataFrame(rows, index=columns).T.rename_axis(index="Source")


def _span(frame: pd.DataFrame) -> str:
    known = panel.years(frame)
    return f"{known[0]}–{known[-1]}" if len(known) == known[-1] - known[0] + 1 else ", ".join(map(str, known))


def industries_without_output() -> int:
    """Count the industries of an economy and year that have no output in WIOD."""
    sectors = panel.load_panel("wiod2013_sectors")
    return int(((sectors["flow"] == "output") & (sectors["value"] == 0)).sum())


# -- a group of exporters, treated in three ways ------------------------------------------------------------------

#: The treatments of :func:`gvc.foreign_value_added`, as the charts name them.
TREATMENTS = {"members": "One by one", "block": "As a block", "merged": "Merged"}


def by_treatment(frame: pd.DataFrame, group: str, origins: str) -> pd.DataFrame:
    """Share of some origins in the foreign value added of a group's exports, by each treatment of its members.

    Parameters
    ----------
    frame : DataFrame
        A panel with `va_exports`, `fva_block` and `fva_merged`.
    group, origins : str
        Groups or, as origins, one economy; of their members those that the panel shows.

    Returns
    -------
    DataFrame
        Columns year, treatment, value; percent.
    """
    rows = []
    for year in panel.years(frame):
        content = panel.flow_matrix(frame, "va_exports", year)
        inside, from_ = ([code for code in eco.members(name) if code in content.index] for name in (group, origins))
        rows.append((year, "members", origin_share(content, from_, inside)))
        for treatment in ("block", "merged"):
            values = panel.flow_matrix(frame, f"fva_{treatment}", year)[group]
            rows.append((year, treatment, float(100 * values[from_].sum() / values.sum())))
    return pd.DataFrame(rows, columns=["year", "treatment", "value"])


def wiod_by_treatment() -> pd.DataFrame:
    """Shares of NEA and of China in the foreign value added of two groups, by treatment, WIOD 1995–2011.

    Returns
    -------
    DataFrame
        Columns group, origins, year, treatment, value; percent. NEA lacks Mongolia, the European Union Croatia.
    """
    wiod = panel.load_panel("wiod2013")
    frames = [
        by_treatment(wiod, group, origins).assign(group=group, origins=origins)
        for group in ("NAFTA", "EU27")
        for origins in ("NEA", "CHN")
    ]
    return pd.concat(frames, ignore_index=True)[["group", "origins", "year", "treatment", "value"]]


def wiod_treatments_in(year: int) -> pd.DataFrame:
    """Return one year of :func:`wiod_by_treatment` for a table.

    Returns
    -------
    DataFrame, group × (origins, treatment)
        Percent.
    """
    chosen = wiod_by_treatment().query("year == @year")
    wide = chosen.pivot(index="group", columns=["origins", "treatment"], values="value")
    return wide.reindex(chosen["group"].unique())


def wiod_fellows() -> pd.Series:
    """Share of fellow members in a group's foreign value added, one by one, by (group, year); percent, WIOD."""
    wiod = panel.load_panel("wiod2013")
    shares = {}
    for year in panel.years(wiod):
        content = panel.flow_matrix(wiod, "va_exports", year)
        for group in ("NAFTA", "EU27"):
            inside = [code for code in eco.members(group) if code in content.index]
            shares[group, year] = origin_share(content, inside, inside)
    return pd.Series(shares).sort_index()


def adb_asean_without_fellows() -> pd.DataFrame:
    """NEA's share in ASEAN's foreign value added, fellow members counted as foreign or left out, ADB 2017–2022.

    Returns
    -------
    DataFrame, year × {counted, left_out, fellows}
        Percent. `fellows`: the members' own share where they count. To leave them out is not yet to treat ASEAN as a
        block: trade among the members still counts as exports.
    """
    frame = panel.load_panel("adb_fva_shares")
    shares = pd.DataFrame({year: panel.flow_matrix(frame, "fva_share", year)["ASEAN"] for year in panel.years(frame)})
    counted, fellows = (shares.loc[list(eco.GROUPS[group])].sum() for group in ("NEA", "ASEAN"))
    left_out = 100 * counted / (100 - fellows)
    return pd.DataFrame({"counted": counted, "left_out": left_out, "fellows": fellows}).rename_axis(index="year")
