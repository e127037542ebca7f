"""Value added after the last table: what a table carried forward says, and how far such tables were from later ones.

`pipeline.nowcast_trial` and `pipeline.nowcast` compute what is read here.
"""

from collections.abc import Mapping
from functools import cache
from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd

from gvc.flows import value_added_in_exports, value_added_in_final_demand
from gvc.icio import ICIO
from gvc.indicators import link_index, without_own
from gvc.labels import Array
from gvc.leontief import domestic_inverse, input_coefficients, multipliers
from industrial_chains import data
from industrial_chains import economies as eco
from industrial_chains.industry_groups import GOODS, codes
from industrial_chains.uncertainty.error_sizes import LEVEL, unit

#: Whose value added is followed to which market, and the ways that stand beside the straight one.
SELLER, MARKET = "CHN", "USA"
WAYS = {"MEX+VNM": ("MEX", "VNM"), "ASEAN10": eco.members("ASEAN10"), "MEX": ("MEX",)}
#: Whose shares in the exports of which hosts, and whose links.
ORIGINS = ("CHN", "JPN", "KOR")
HOSTS = ("ASEAN10", *eco.members("ASEAN10"), "IND", "MEX")

#: Years ahead that are tried.
AHEAD = (1, 2, 3)
#: Of the growth of sales to America, in logarithms, so much is by the exporter's count and the rest by the American.
BLEND = 2 / 3
#: Trials: of the table itself; with exact totals, and without GDP; with totals as noisy as customs; with those where
#: only China and the United States count each year; by gross growth; and with China's customs as they are.
TABLE, EXACT, NO_GDP, NOISY, PATH, GROSS = "table", "exact", "no GDP", "noisy", "path", "gross"
CHINAS, AMERICAN, BLENDED = "China’s customs", "American customs", "both customs"
#: How `pipeline.nowcast` calls its central way.
CENTRAL = "central"
#: What asks no table: nothing changes, or all goes on as over as many years before.
NO_CHANGE, TREND = "no change", "trend"
#: Databases whose trials set bands: the one that is carried, of which some years are estimates, and one of tables.
JUDGED = ("OECD", "WIOD")
#: Shares are told from zero and from all by this much, percent, where an error is measured by them.
LEAST = 0.01

Flows = Mapping[str, pd.DataFrame]


# -- measures of one table -----------------------------------------------------------------------------------------


def goods_sold(icio: ICIO) -> pd.DataFrame:
    """Sum the goods that each economy sells to another, origin × destination; nothing on the diagonal."""
    counted = np.tile(np.isin(icio.sectors, codes(GOODS, icio.sectors)), len(icio.economies))
    sold = (icio.Z @ np.eye(len(icio.result_economies))[icio.home] + icio.demand) * counted[:, None]
    by_pair: Array = np.eye(len(icio.result_economies))[icio.home].T @ sold
    np.fill_diagonal(by_pair, 0)
    return pd.DataFrame(by_pair, icio.result_economies, icio.result_economies)


def gdp(icio: ICIO) -> pd.Series:
    """Sum output less inputs by economy, which is what a nowcast carries by the growth of GDP."""
    earned = pd.Series(icio.x - icio.Z.sum(axis=0)).groupby(icio.home).sum()
    return earned.set_axis(list(icio.result_economies))


def by_last_seller(icio: ICIO, market: str = MARKET) -> pd.DataFrame:
    r"""Part the value added that a market absorbs by who sells it across the market's border last.

    Returns
    -------
    DataFrame, origin × seller
        In the unit of the table. Each row adds up to what the market absorbs of the origin, but for what the market's
        own economy adds without crossing a border: that is in no column.

    Notes
    -----
    Seller s delivers :math:`c_s = y_{su} + A_{su} L_{uu} y_{uu}` to market u: final products, and inputs of what u
    makes for itself. It is :math:`\hat v_o (B c_s)_o` that origin o earns of it. The sum over s is
    :math:`\hat v_o (B y_u)_o` for each other origin, since :math:`B_{ou} = \sum_{s \ne u} B_{os} A_{su} L_{uu}`.
    """
    at = icio.result_economies.index(market)
    own, absorbed = icio.home == at, icio.demand[:, at]
    made = domestic_inverse(icio) @ np.where(own, absorbed, 0)
    delivered = np.where(own, 0, absorbed + input_coefficients(icio)[:, own] @ made[own])
    earned = icio.by_economy(multipliers(icio) * delivered)
    return pd.DataFrame(earned, icio.result_economies, icio.result_economies)


def flows(icio: ICIO) -> dict[str, pd.DataFrame]:
    """Compute the flows that :func:`measures` are of, each origin × another economy."""
    return {
        "exports": value_added_in_exports(icio),
        "absorbed": value_added_in_final_demand(icio),
        "sold": by_last_seller(icio),
    }


def measures(of: Flows) -> dict[str, float]:
    """Ask flows of one year for everything that the page may say.

    Parameters
    ----------
    of : mapping of str to DataFrame
        As :func:`flows` returns them, in million dollars.

    Returns
    -------
    dict
        ``route …``: of China's value added that the United States absorb, what came straight (``CHN``) or by way of
        others, percent; ``dollars …``: the same in billions. ``absorbed USA``: the American part of China's exported
        value added; ``demand CHN``: China's part of the foreign value added in American demand; ``share ORIGIN HOST``:
        of the foreign value added in a host's exports; all percent. ``link ORIGIN ABSORBER``: index to 100. What a
        table does not show is left out.
    """
    there = set(of["absorbed"].index)
    found: dict[str, Any] = {}
    sold, absorbed = of["sold"].loc[SELLER], without_own(of["absorbed"])
    straight, total = sold[SELLER], sold.sum()
    found["route CHN"] = 100 * straight / total
    for way, sellers in WAYS.items():
        if there.issuperset(sellers):
            found[f"route {way}"] = 100 * sold[list(sellers)].sum() / total
    found |= {
        "dollars all": total / 1e3,
        "dollars straight": straight / 1e3,
        "dollars others": (total - straight) / 1e3,
    }
    found["absorbed USA"] = 100 * absorbed[MARKET][SELLER] / absorbed.loc[SELLER].sum()
    found["demand CHN"] = 100 * absorbed[MARKET][SELLER] / absorbed[MARKET].sum()
    foreign = without_own(of["exports"])
    for host in HOSTS:
        members = eco.members(host) if host == "ASEAN10" else (host,)
        if there.issuperset(members):
            total = foreign[list(members)].sum().sum()
            found |= {f"share {o} {host}": 100 * foreign.loc[o, list(members)].sum() / total for o in ORIGINS}
    links = link_index(of["absorbed"])
    found |= {f"link {o} {a}": links[a][o] for o, a in permutations(ORIGINS, 2)}
    return {measure: float(value) for measure, value in found.items()}


def grown(of: Flows, trade: pd.DataFrame, made: pd.Series) -> dict[str, pd.DataFrame]:
    """Let each flow of value added grow as goods do between the two economies: what a nowcast must do better than.

    Parameters
    ----------
    of : mapping of str to DataFrame
        As :func:`flows`.
    trade : DataFrame, origin × destination
        Growth of goods sold, as a factor; NaN where it is not known, and nothing grows.
    made : Series by economy
        Growth of GDP as a factor, for what stays at home.
    """
    factor = trade.fillna(1).to_numpy().copy()
    np.fill_diagonal(factor, made.reindex(trade.index).fillna(1))
    moved = {name: of[name] * factor for name in ("exports", "absorbed")}
    return moved | {"sold": of["sold"] * trade[MARKET].fillna(1)}


# -- how far tables carried forward were from later ones ---------------------------------------------------------------


def family(measure: str) -> str:
    """Name the group of measures whose errors are pooled: amounts each alone, and ASEAN apart from single hosts.

    Examples
    --------
    >>> [family(one) for one in ("route CHN", "dollars all", "share CHN VNM", "share CHN ASEAN10", "demand CHN")]
    ['route', 'dollars all', 'share', 'share ASEAN10', 'demand']
    """
    kind = measure.partition(" ")[0]
    if kind == "dollars":
        return measure
    return f"{kind} ASEAN10" if kind == "share" and measure.endswith("ASEAN10") else kind


def size(measure: str, value: pd.Series) -> pd.Series:
    """Return the unit that errors of a measure are told in: the dollars themselves, or :func:`unit` of a share."""
    return value if measure.startswith("dollars") else unit(value)


@cache
def trials() -> pd.DataFrame:
    """Read what was carried forward beside what came.

    Returns
    -------
    DataFrame
        Columns database, kind, draw, base, ahead, measure, family, before, value, after, unit, error; the last is what
        the nowcast is off by, in units of :func:`size`. Kind :data:`NO_CHANGE` repeats the year of the base,
        :data:`TREND` its change over as many years.
    """
    wide = data.table("nowcast_trial").set_index(["database", "kind", "draw", "base", "year"])
    rows = wide.melt(var_name="measure", ignore_index=False).dropna().reset_index()
    known = rows[rows["kind"] == TABLE].set_index(["database", "year", "measure"])["value"]
    rows = rows[rows["kind"] != TABLE]
    exact = rows[rows["kind"] == EXACT]
    then = _at(known, exact, exact["base"])
    earlier = _at(known, exact, 2 * exact["base"] - exact["year"])
    rows = pd.concat(
        [rows, exact.assign(kind=NO_CHANGE, value=then), exact.assign(kind=TREND, value=2 * then - earlier)],
        ignore_index=True,
    )
    rows = rows.dropna(subset="value").assign(
        ahead=rows["year"] - rows["base"],
        family=rows["measure"].map({one: family(one) for one in rows["measure"].unique()}),
        before=lambda frame: _at(known, frame, frame["base"]),
        after=lambda frame: _at(known, frame, frame["year"]),
    )
    in_dollars = rows["family"].str.startswith("dollars")
    of = rows["value"].where(in_dollars, unit(rows["value"].clip(LEAST, 100 - LEAST)))
    rows["unit"] = of
    rows["error"] = (rows["value"] - rows["after"]) / of
    return rows[rows["after"] != 0]


def _at(known: pd.Series, rows: pd.DataFrame, year: pd.Series) -> Array:
    """Look up what was measured of the same database and measure in a year."""
    keys = pd.MultiIndex.from_arrays([rows["database"], year, rows["measure"]])
    return known.reindex(keys).to_numpy()


def drawn_as(ahead: int) -> str:
    """Say which trial is like the nowcast so many years ahead: in the last year exports of all pairs are counted."""
    return NOISY if ahead == AHEAD[-1] else PATH


@cache
def mean_errors() -> pd.DataFrame:
    """Average how far each kind of trial was off, (database, family, ahead) × kind; points, of dollars percent."""
    rows = trials()
    off = (rows["value"] - rows["after"]).abs()
    off = off.where(~rows["family"].str.startswith("dollars"), 100 * off / rows["after"])
    found: pd.DataFrame = off.groupby([rows[key] for key in ("database", "family", "ahead", "kind")]).mean().unstack()
    return found


def skilled(of: str, ahead: int) -> bool:
    """Say whether a family was less off than no change on the OECD's tables, which are those that are carried.

    With totals as noisy as customs, and three years ahead by the customs of either side. Errors on WIOD set bands.
    """
    found = mean_errors().T[JUDGED[0], of, ahead]
    return bool(found[drawn_as(ahead)] < found[NO_CHANGE]) and _by_either_side(of)


def _by_either_side(of: str) -> bool:
    rows = trials()
    rows = rows[(rows["database"] == JUDGED[0]) & (rows["family"] == of) & (rows["ahead"] == AHEAD[-1])]
    rows = rows[rows["base"].isin(rows["base"][rows["kind"] == CHINAS])]
    off = (rows["value"] - rows["after"]).abs().groupby(rows["kind"]).mean()
    return bool(max(off[CHINAS], off[AMERICAN]) < off[NO_CHANGE])


# -- bands -------------------------------------------------------------------------------------------------------------


@cache
def half_width(of: str, ahead: int, *, without: int | None = None) -> float:
    r"""Return the half-width of the band that holds nine nowcasts in ten, in :func:`size`.

    Parameters
    ----------
    of : str
        A :func:`family`.
    ahead : int
    without : int, optional
        The base year whose trials are left out, to see whether the rest foretell them.

    Notes
    -----
    The quantile of absolute errors on the OECD's tables, times what errors on WIOD are of those on the OECD's in the
    measures that both show, if that is more than one: the OECD's tables before the last are estimates with the inputs
    of the last, so that errors on them are too small. WIOD shows no ASEAN, whose bands are as much wider as those of
    single hosts.
    """
    rows = trials()
    rows = rows[(rows["ahead"] == ahead) & (rows["kind"] == drawn_as(ahead))]
    wiod, oecd = rows[rows["database"] == JUDGED[1]], rows[(rows["database"] == JUDGED[0]) & (rows["base"] != without)]
    both = of if (wiod["family"] == of).any() else of.partition(" ")[0]
    measured = wiod[wiod["family"] == both]
    shared = oecd[(oecd["family"] == both) & oecd["measure"].isin(measured["measure"].unique())]
    return _quantile(oecd[oecd["family"] == of]) * max(1.0, _quantile(measured) / _quantile(shared))


def _quantile(rows: pd.DataFrame) -> float:
    return float(rows["error"].abs().quantile(LEVEL / 100))


def band(measure: str, ahead: int, value: float) -> tuple[float, float]:
    """Return the ends of the band of a nowcast."""
    half = half_width(family(measure), ahead) * float(size(measure, pd.Series([value])).iloc[0])
    return value - half, value + half


def coverage() -> pd.DataFrame:
    """Count how often bands hold what came where they are made without the base year, family × years ahead; percent."""
    rows = trials()
    rows = rows[(rows["database"] == JUDGED[0]) & (rows["kind"] == rows["ahead"].map(drawn_as))]
    asked = zip(rows["family"], rows["ahead"], rows["base"], strict=True)
    halves = [half_width(of, ahead, without=left_out) for of, ahead, left_out in asked]
    inside = rows["error"].abs() <= halves
    found: pd.DataFrame = 100 * inside.groupby([rows["family"], rows["ahead"]]).mean().unstack()
    return found


def signs(of: str, ahead: int) -> tuple[int, int, int]:
    """Count trials of both databases in which a nowcast left its band, those whose table moved so, and their bases."""
    rows = trials()
    rows = rows[rows["database"].isin(JUDGED) & (rows["family"] == of) & (rows["ahead"] == ahead)]
    rows = rows[rows["kind"] == drawn_as(ahead)]
    told, came = rows["value"] - rows["before"], rows["after"] - rows["before"]
    beyond = told.abs() > half_width(of, ahead) * rows["unit"]
    bases = rows.loc[beyond, ["database", "base"]].drop_duplicates()
    return int(beyond.sum()), int((beyond & (told * came > 0)).sum()), len(bases)


# -- after the last table ----------------------------------------------------------------------------------------------


def tables() -> pd.DataFrame:
    """Read the measures of the years that have a table, year × measure."""
    return data.table("nowcast_tables").set_index("year")


def carried() -> pd.DataFrame:
    """Read the measures of the years that have none, (variant, year) × measure."""
    return data.table("nowcast").set_index(["variant", "year"])


def base() -> int:
    """Return the year whose table was carried forward."""
    return int(carried().index.get_level_values("year").min()) - 1


def moved(year: int) -> pd.DataFrame:
    """Set a year's nowcast beside the last table, and say how far it leaves its band.

    Returns
    -------
    DataFrame, measure × {family, before, value, low, high, least, most, beyond, of}
        `low` and `high` are the band, `least` and `most` the ends of all variants; `beyond` counts the variants whose
        band leaves out the number of the last table, on the side of the central one, `of` all variants.
    """
    ways, known, ahead = carried().xs(year, level="year"), tables().T[base()], year - base()
    rows = {}
    for measure in map(str, ways):
        before, found = float(known[measure]), ways[measure]
        central = float(found[CENTRAL])
        low, high = band(measure, ahead, central)
        up = central > before
        ends = [band(measure, ahead, value)[0 if up else 1] for value in found]
        rows[measure] = {
            "family": family(measure),
            "before": before,
            "value": central,
            "low": low,
            "high": high,
            "least": found.min(),
            "most": found.max(),
            "beyond": sum(end > before if up else end < before for end in ends),
            "of": len(ends),
        }
    return pd.DataFrame(rows).T.rename_axis("measure").infer_objects()


def series() -> pd.DataFrame:
    """List every number of the nowcast that is shown, and none of a table.

    Returns
    -------
    DataFrame
        Columns kind, measure, year, value, low, high: kind is ``nowcast`` in every row, measures and their units are
        those of :func:`measures`, and `low` and `high` the band that holds nine in ten. Families and years in whose
        trials the nowcast was no better than no change are left out.
    """
    rows = []
    for year, values in carried().xs(CENTRAL, level="variant").iterrows():
        ahead = int(str(year)) - base()
        for measure, value in values.items():
            if skilled(family(str(measure)), ahead):
                rows.append(("nowcast", measure, year, value, *band(str(measure), ahead, value)))
    return pd.DataFrame(rows, columns=["kind", "measure", "year", "value", "low", "high"])


def scored(known: pd.DataFrame | None = None) -> pd.DataFrame:
    """Hold nowcasts against tables of their years, as soon as there are any.

    Parameters
    ----------
    known : DataFrame, year × measure, optional
        By default :func:`tables`.

    Returns
    -------
    DataFrame, (year, measure) × {before, value, low, high, table, error, inside}
        No rows as long as no table is of a year that a nowcast is of.
    """
    known = tables() if known is None else known
    years = sorted(set(carried().index.get_level_values("year")) & set(known.index))
    found = {year: moved(year)[["before", "value", "low", "high"]].assign(table=known.T[year]) for year in years}
    empty = {0: moved(base() + 1).head(0)[["before", "value", "low", "high"]].assign(table=0.0)}
    rows = pd.concat(found or empty, names=["year", "measure"])
    return rows.assign(error=rows["value"] - rows["table"], inside=rows["table"].between(rows["low"], rows["high"]))
