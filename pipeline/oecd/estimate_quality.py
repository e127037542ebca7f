"""How good the tables are: their pieces against each other, and their shares against published ones.

``python -m pipeline estimate-quality FOLDER`` computes that and the trial of the method on WIOD, `pipeline.oecd.trial`,
from the source tables in a folder, and writes it to ``data/validation``.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from gvc.amounts import Row
from gvc.flows import value_added_in_exports, value_added_in_final_demand
from gvc.icio import ICIO
from gvc.indicators import without_own
from gvc.labels import Array
from gvc.leontief import multipliers
from gvc.sources import read_icio
from industrial_chains import economies as eco
from pipeline.oecd import alternatives, intervals, trial
from pipeline.oecd.pieces import (
    NATIONAL,
    YEAR,
    Pieces,
    by_sector,
    flows_file,
    read_flows,
    read_pieces,
    read_tables,
    sums_of,
    years,
)
from pipeline.oecd.shares import UNUSED, Published, factors, of_economies, published
from pipeline.oecd.tables import LIKE_THE_REST, estimate, whole_table

#: The folder of ``data/`` that it writes to.
INTO = "validation"

#: Value added of Japan absorbed abroad, million USD, as the OECD publishes it (Trade in Value Added, 2025 edition).
JAPAN = {2019: 728_078, 2021: 742_886, 2022: 700_384}
#: What the published figures show in parts and the pieces in one.
UNSPLIT = ("CHN", "MEX")
#: Years whose estimate is held against others: with shares of origins, and the one farthest from the structure used.
TRIED = (2021, 2019, 2012)
#: Economies whose foreign share in exports a chart follows.
SHOWN = ("CHN", "JPN", "KOR", "TWN", "MEX", "IND")

_OECD = (
    "AUS AUT BEL CAN CHE CHL COL CRI CZE DEU DNK ESP EST FIN FRA GBR GRC HUN IRL ISL ISR ITA JPN KOR LTU LUX LVA MEX "
    "NLD NOR NZL POL PRT SVK SVN SWE TUR USA"
)
_EU15 = "AUT BEL DEU DNK ESP FIN FRA GBR GRC IRL ITA LUX NLD PRT SWE"
_EU27, _ASEAN = (" ".join(eco.GROUPS[name]) for name in ("EU27", "ASEAN10"))
_EAST = "CHN HKG JPN KOR TWN"
_AREAS = {
    "ASEAN": _ASEAN,
    "APEC": "AUS BRN CAN CHL CHN HKG IDN JPN KOR MYS MEX NZL PER PHL RUS SGP TWN THA USA VNM",
    "G20": f"{_EU27} ARG AUS BRA CAN CHN GBR IDN IND JPN KOR MEX RUS SAU TUR USA ZAF",
    "OECD": _OECD,
    "NAFTA": " ".join(eco.GROUPS["NAFTA"]),
    "EA19": "AUT BEL CYP DEU ESP EST FIN FRA GRC IRL ITA LTU LUX LVA MLT NLD PRT SVK SVN",
    "EU15": _EU15,
    "EU27_2020": _EU27,
    "EU28": f"{_EU27} GBR",
    "EU28XEU15": " ".join(code for code in eco.GROUPS["EU27"] if code not in _EU15),
    "E": f"{_EU27} BLR CHE GBR ISL NOR RUS UKR",
    "F": " ".join(alternatives.AFRICA),
    "S2": _EAST,
    "S2_S8": f"{_EAST} {_ASEAN}",
    "A5_A7": "ARG BRA CHL COL CRI PER",
}
#: Groups of the published shares. One is left out: the name of W_O does not say whom it holds.
AREAS = {name: tuple(members.split()) for name, members in _AREAS.items()}
#: Whoever is no member of the OECD, the rest of the world among them.
OUTSIDE = "WXOECD"


# -- against published shares -----------------------------------------------------------------------------------------


def area_shares(icio: ICIO, value_added: Row = "residual") -> pd.DataFrame:
    r"""Compute what the OECD publishes of each economy and group, each group as one.

    Returns
    -------
    DataFrame, area × {FFD_DVA, EXGR_DVA, FEXGR_DVA}
        Percent. The rest of the world goes by ``WXD``. With r an area, s the others and :math:`e_r` what leaves the
        area, :math:`100 \sum_s v_r' B y_s / v_r' B y`, :math:`100\, v_r' B_r e_r / \iota' e_r` and
        :math:`100 \sum_s v_r' B_s e_s / \iota' e_r`.
    """
    codes = list(icio.result_economies)
    absorbed = value_added_in_final_demand(icio, value_added).to_numpy()
    content, onward = multipliers(icio, value_added), value_added_in_exports(icio, value_added).to_numpy()
    sales = icio.by_economy(icio.Z) + icio.demand
    members: dict[str, tuple[str, ...]] = {"WXD" if code == eco.ROW else code: (code,) for code in codes}
    members |= {name: those for name, those in AREAS.items() if set(those) <= set(codes)}
    members[OUTSIDE] = tuple(code for code in codes if code not in AREAS["OECD"])
    rows = {}
    for name, those in members.items():
        inside = np.isin(codes, those)
        sent = sales[:, ~inside].sum(axis=1) * inside[icio.home]
        abroad = absorbed[np.ix_(inside, ~inside)].sum() / absorbed[inside].sum()
        own = float((content[inside] @ sent).sum() / sent.sum())
        rows[name] = (100 * abroad, 100 * own, 100 * onward[np.ix_(inside, ~inside)].sum() / sent.sum())
    return pd.DataFrame.from_dict(rows, orient="index", columns=["FFD_DVA", "EXGR_DVA", "FEXGR_DVA"])


def gaps(icio: ICIO, against: Published, year: int | None = None, value_added: Row = "residual") -> pd.DataFrame:
    """Subtract published shares from those of a table.

    Parameters
    ----------
    icio : ICIO
    against : Published
    year : int, optional
        Of the published shares; that of the table by default.
    value_added : {"residual", "table"}

    Returns
    -------
    DataFrame
        Columns measure, among, where, gap. Percentage points; of the levels of Japan percent. `among` is economies,
        groups, rest of the world or, of FDVA, pairs.
    """
    year = year or int(icio.year or 0)
    rows: list[tuple[str, str, str, float]] = []
    if year in against.of_areas.index.unique("year"):
        apart = (area_shares(icio, value_added) - against.of_areas.loc[year]).dropna()
        among = dict.fromkeys((*AREAS, OUTSIDE), "groups") | {"WXD": "rest of the world"}
        rows += [
            (measure, among.get(area, "economies"), area, gap)
            for measure in ("FFD_DVA", "EXGR_DVA", "FEXGR_DVA")
            for area, gap in zip(apart.index, apart[measure].tolist(), strict=True)
        ]
    if year in against.of_origins.index.unique("year"):
        foreign = without_own(value_added_in_final_demand(icio, value_added))
        ours = (100 * foreign / foreign.sum()).stack()
        apart_of = (ours - against.of_origins.loc[year].reindex(ours.index)).dropna()
        rows += [
            ("FDVA", "pairs", f"{source}→{exposed}", gap)
            for (source, exposed), gap in zip(apart_of.index, apart_of.tolist(), strict=True)
        ]
        rows.append(("FFD_DVA, level", "Japan", "JPN", 100 * (foreign.loc["JPN"].to_numpy().sum() / JAPAN[year] - 1)))
    return pd.DataFrame(rows, columns=["measure", "among", "where", "gap"])


def summary(gap: pd.DataFrame) -> pd.DataFrame:
    """Sum gaps up by measure.

    Returns
    -------
    DataFrame
        Columns measure, among, compared, mean, median, largest, where: of the sizes of the gaps. Once more without
        :data:`UNSPLIT`.
    """
    known = gap["where"].str.contains("|".join(UNSPLIT))
    rest = gap[~known & gap["among"].isin(["economies", "pairs"])]
    both = pd.concat([gap, rest.assign(among=rest["among"] + f" without {' and '.join(UNSPLIT)}")])
    rows = []
    for (measure, among), part in both.groupby(["measure", "among"], sort=False):
        size = part["gap"].abs().to_numpy()
        where = part["where"].iloc[int(size.argmax())]
        rows.append((measure, among, len(size), size.mean(), np.median(size), size.max(), where))
    return pd.DataFrame(rows, columns=["measure", "among", "compared", "mean", "median", "largest", "where"])


def _joined(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Join frames of several years; of 2011 nothing is published."""
    return pd.concat([frame for frame in frames if len(frame)], ignore_index=True)


def _all_years(
    folder: Path, against: Published, wiod: str | Path
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]]:
    """Of each year the errors, the gaps of the table kept, its findings, and its shares were none published of it."""
    pieces = read_pieces(folder)
    table = whole_table(pieces)
    base = read_icio(wiod)
    for year in reversed(years(folder)):
        flows = pieces.flows if year == YEAR else read_flows(flows_file(folder, year))
        kept = table if year == YEAR else estimate(table, flows, factors(table, year))
        gap = gaps(kept, against)
        errors, carried = [summary(gap).assign(table="kept")], of_economies(kept)
        if year == YEAR:
            errors += [
                summary(gaps(other(), against)).assign(table=name)
                for name, other in alternatives.rebuilt(pieces).items()
            ]
            errors.append(summary(gaps(table, against, value_added="table")).assign(table="value added as printed"))
        else:
            after = estimate(table, flows, factors(table, year + 1) if year + 1 < YEAR else None)
            carried = of_economies(after)
            others = {"factors of the year after": after, "no factors": estimate(table, flows)}
            if year in TRIED:
                others |= {name: other() for name, other in alternatives.estimates(table, flows, base).items()}
            errors += [summary(gaps(other, against, year)).assign(table=name) for name, other in others.items()]
        yield (
            pd.concat(errors).assign(year=year)[_ERRORS],
            gap.assign(year=year),
            findings(kept),
            carried.assign(year=year),
        )


_ERRORS = ["table", "year", "measure", "among", "compared", "mean", "median", "largest", "where"]


def by_area(gap: pd.DataFrame) -> pd.DataFrame:
    """Sum the gaps of estimates up over the years, economy by economy and group by group.

    Parameters
    ----------
    gap : DataFrame
        Of :func:`gaps`, of several years, with a column year.

    Returns
    -------
    DataFrame
        Columns measure, among, area, years, mean, largest, year: of the sizes of the gaps, and when the largest is.
    """
    estimates = gap[(gap["year"] != YEAR) & gap["measure"].isin(["FFD_DVA", "EXGR_DVA", UNUSED])]
    rows = []
    for (measure, among, area), part in estimates.groupby(["measure", "among", "where"], sort=False):
        size = part["gap"].abs().to_numpy()
        year = part["year"].iloc[int(size.argmax())]
        rows.append((measure, among, area, len(size), size.mean(), size.max(), year))
    return pd.DataFrame(rows, columns=["measure", "among", "area", "years", "mean", "largest", "year"])


def findings(icio: ICIO) -> pd.DataFrame:
    """Count what :meth:`gvc.ICIO.check` finds in a table.

    Returns
    -------
    DataFrame
        Columns year, level, what, number, largest, where.
    """
    found = pd.DataFrame(
        [(f.level, f.what, f.where, f.size) for f in icio.check()], columns=["level", "what", "where", "largest"]
    )
    first = found.groupby(["level", "what"], sort=False)
    return (
        first.first()
        .assign(number=first.size(), year=icio.year)
        .reset_index()[["year", "level", "what", "number", "largest", "where"]]
    )


# -- pieces against each other ------------------------------------------------------------------------------------


def identities(folder: str | Path) -> pd.DataFrame:
    """Measure how far apart the pieces are where they must be equal.

    Returns
    -------
    DataFrame
        Columns what, compared, largest, where, total: gaps in million USD.
    """
    folder = Path(folder)
    pieces, tables = read_pieces(folder), read_tables(folder / NATIONAL)
    flows, inter, national = pieces
    n, goods = len(inter.economies), flows.goods
    rows: list[tuple[str, Array, tuple[str, ...]]] = []
    sums = {code: sums_of(table) for code, table in tables.items()}
    for at, identity in enumerate(next(iter(sums.values()))):
        gap = np.stack([those[at].gap for those in sums.values()])
        rows.append((f"National tables: {identity.what}", gap, inter.industries))
    used = by_sector(inter.Z.sum(axis=3).transpose(0, 2, 1), goods)
    of_rest = national.Z - inter.Z.sum(axis=0).transpose(1, 0, 2)
    rows += [
        ("Output in intermediate flows and national tables", inter.x - national.x, inter.industries),
        (
            "Exports in flows and national tables",
            flows.abroad[:n].sum(axis=1) - by_sector(national.exports, goods),
            flows.sectors,
        ),
        (
            "Imports in flows and national tables",
            flows.abroad[:, :n].sum(axis=0) - by_sector(national.imports, goods),
            flows.sectors,
        ),
        (
            "Intermediate use beyond its flow, among the economies shown",
            np.maximum(used - flows.X[:n, :n], 0).sum(axis=0),
            flows.sectors,
        ),
        (
            "Intermediate use beyond its flow, from the rest of the world",
            np.maximum(by_sector(of_rest.sum(axis=2), goods) - flows.X[n, :n], 0),
            flows.sectors,
        ),
        ("Deliveries of the rest of the world below zero", np.maximum(-of_rest, 0).sum(axis=2), inter.industries),
    ]
    found = []
    for what, gap, labels in rows:
        economy, label = np.unravel_index(int(np.abs(gap).argmax()), gap.shape)
        largest, where = float(np.abs(gap).max()), f"{inter.economies[economy]} {labels[label]}"
        found.append((what, gap.size, largest, where, float(np.abs(gap).sum())))
    return pd.DataFrame(found, columns=["what", "compared", "largest", "where", "total"])


def blocks(pieces: Pieces) -> pd.DataFrame:
    """Say how each part of the whole table is known, and how large it is.

    Returns
    -------
    DataFrame
        Columns block, how, total: `how` is given, exact, fitted or modelled; million USD.
    """
    table = whole_table(pieces)
    n, goods = len(pieces.inter.economies), pieces.flows.goods
    G, N = len(table.economies), len(table.sectors)
    Z, Y = table.Z.reshape(G, N, G, N), table.Y.reshape(G, N, G)
    own = np.arange(n)
    at_home = Y[own, goods:, own].sum()
    rows = [
        ("Inputs among the economies shown", "given", Z[:n, :, :n].sum()),
        ("Inputs from the rest of the world", "exact", Z[n, :, :n].sum()),
        ("Final demand for goods", "exact", Y[:, :goods, :n].sum()),
        ("Final demand for an economy's own services", "exact", at_home),
        ("Final demand for services of others", "fitted", Y[:, goods:, :n].sum() - at_home),
        ("Uses of the rest of the world", "modelled", Z[:, :, n].sum() + Y[:, :, n].sum()),
    ]
    return pd.DataFrame(rows, columns=["block", "how", "total"])


# -- all of it ----------------------------------------------------------------------------------------------------


def foreign_in_exports(against: Published) -> pd.DataFrame:
    """Return the published foreign share in exports that charts show.

    Returns
    -------
    DataFrame
        Columns economy, year, foreign; percent of gross exports.
    """
    wide = 100 - against.of_areas["EXGR_DVA"].unstack("area")[list(SHOWN)]
    return wide.rename_axis(columns="economy").melt(ignore_index=False, value_name="foreign").reset_index()[_FOREIGN]


_FOREIGN = ["economy", "year", "foreign"]


def main(data: Path, out: Path) -> None:
    """Compute everything from the source tables, and write it."""
    folder, against, wiod = data / "oecd_icio", published(data / "oecd_tiva"), data / "wiod2013"
    pieces = read_pieces(folder)
    results = {"identities": identities(folder), "blocks": blocks(pieces)}
    parts = zip(*_all_years(folder, against, wiod / "wiod11.rda"), strict=True)
    errors, gap, found, carried = parts
    errors, gap, found = map(_joined, (errors, gap, found))
    carried = pd.concat(carried).set_index("year", append=True).swaplevel()
    results |= {"errors": errors, "areas": by_area(gap), "findings": found, "backcast": trial.backcast(wiod)}
    missed, apart = trial.misses(wiod), intervals.against_published(*against, carried)
    sizes, last = trial.sizes(missed), read_icio(wiod / "wiod11.rda")
    results |= {
        "trial": sizes,
        "years": trial.years_together(missed),
        "points": trial.in_points(missed),
        "gains": trial.gains(missed),
        "factors": intervals.factors(apart, sizes),
        "coverage": intervals.coverage(apart, sizes),
        "rest": trial.rests(
            {
                "WIOD": (last, trial.GOODS, last.economies[:-1]),
                "OECD": (whole_table(pieces), pieces.flows.goods, LIKE_THE_REST),
            }
        ),
        "published": foreign_in_exports(against),
    }
    for name, frame in results.items():
        frame.to_csv(out / f"oecd_{name}.csv", index=False, float_format="%.6g", lineterminator="\n")
