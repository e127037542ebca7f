"""The way from pieces to estimates, tried on WIOD, where the truth is known.

WIOD's tables are cut into the pieces that the OECD's come in, put together again, and the years before are estimated
from that, fitted to their own shares. Both steps err, and the trial knows by how much. Errors are told in units of
:func:`industrial_chains.uncertainty.error_sizes.unit`, since a share of forty per cent is off by more than one of two.
"""

from collections.abc import Iterable, Mapping
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pandas as pd

from gvc.decompositions import routes
from gvc.flows import industry_exports, intermediate_flows, value_added_in_exports, value_added_in_final_demand
from gvc.icio import ICIO
from gvc.indicators import link_index, origin_share, without_own
from gvc.leontief import multipliers
from gvc.sources import read_icio
from industrial_chains import economies as eco
from industrial_chains.industry_groups import GROUPS
from industrial_chains.panel_contents import MARKET
from industrial_chains.uncertainty.error_sizes import CENTS, unit
from industrial_chains.waves_by_industry import METALS
from pipeline.oecd.pieces import Flows, Intermediates, National, Pieces, by_sector
from pipeline.oecd.shares import fit_to, of_economies, wanted
from pipeline.oecd.tables import estimate, whole_table

#: Industries of goods in WIOD, 2013 release: c1 to c16.
GOODS = 16
PAIRS = (("JPN", "CHN"), ("CHN", "JPN"), ("KOR", "CHN"), ("CHN", "KOR"), ("RUS", "CHN"), ("CHN", "RUS"))
NEA = ("CHN", "JPN", "KOR", "RUS")
TRIED_HOSTS = ("MEX", "IND", "IDN")
#: Years of WIOD whose tables are rebuilt. In 2005 and before 2004 changes in stocks make sales of services negative,
#: which nothing is fitted to.
BASES = (2004, 2006, 2007, 2008, 2009, 2010, 2011)
FIRST, FARTHEST = 1995, 11
#: Shares smaller than this are left out: in whole millions they are noise.
LEAST = 0.05
#: Of errors, the part that an interval holds.
LEVEL = 0.9
#: Sectors of WIOD by industry; what it does not name holds all.
CODES = {name: GROUPS[name]["WIOD"] for name in ("goods", "electronics", "machinery", "vehicles", "textiles")} | {
    "metals": METALS["WIOD"]
}


# -- pieces, and tables made of them -----------------------------------------------------------------------------------


def cut(icio: ICIO, goods: int) -> Pieces:
    """Cut a whole table into the pieces that the OECD's comes in.

    Parameters
    ----------
    icio : ICIO
        The rest of the world is its last economy.
    goods : int
        How many of its industries make goods; they come first.

    Returns
    -------
    Pieces
        A negative flow counts as none, as in the OECD's.
    """
    n, N = len(icio.economies) - 1, len(icio.sectors)
    Z, Y = icio.Z.reshape(n + 1, N, n + 1, N), icio.Y.reshape(n + 1, N, n + 1)
    sold, own = Z.sum(axis=3) + Y, np.arange(n)
    at_home, x = sold[own, :, own], icio.x.reshape(n + 1, N)[:n]
    shown, year = icio.economies[:n], int(icio.year or 0)
    flows = by_sector(np.maximum(sold, 0).transpose(0, 2, 1), goods)
    national = National(
        economies=shown,
        industries=icio.sectors,
        Z=Z[:, :, :n].sum(axis=0).transpose(1, 0, 2),
        final=Y[:, :, :n].sum(axis=0).T,
        exports=sold.sum(axis=2)[:n] - at_home,
        imports=sold[:, :, :n].sum(axis=0).T - at_home,
        va=icio.va.reshape(n + 1, N)[:n],
        x=x,
    )
    return Pieces(
        Flows(year, icio.economies, (*icio.sectors[:goods], "services"), flows),
        Intermediates(shown, icio.sectors, Z[:n, :, :n], x),
        national,
    )


def backcast(folder: str | Path, backs: Iterable[int] = range(1, 12)) -> pd.DataFrame:
    """Put WIOD's table of 2011 together from its pieces, estimate the years before, and compare with the truth.

    Parameters
    ----------
    folder : path
        With ``wiodYY.rda`` of 2011 and the years to estimate.
    backs : iterable of int
        How many years before 2011 these are.

    Returns
    -------
    DataFrame
        Columns table, back, measure, compared, mean, largest, where: percentage points among the economies shown,
        `back` years before 2011. `table` is rebuilt; estimate, made from the true table of 2011; together, made from
        the rebuilt one, both fitted as in :func:`misses`; unfitted, the latter without shares; or stayed: what taking
        2011 for the year misses.
    """
    folder = Path(folder)
    last = read_icio(folder / "wiod11.rda")
    truth = _measures(last)
    made = whole_table(cut(last, GOODS), last.economies[:-1])
    found = [_compared(_measures(made), truth).assign(table="rebuilt", back=0)]
    priors = {"estimate": _without_zeros(last), "together": _without_zeros(made)}
    own, now = {table: of_economies(prior) for table, prior in priors.items()}, of_economies(last)
    for back in backs:
        other, known = (
            read_icio(folder / f"wiod{(2011 - years) % 100:02d}.rda") for years in (back, min(back, FARTHEST - 1))
        )
        then, shares = _measures(other), of_economies(known)
        flows = cut(other, GOODS).flows
        for table, prior in priors.items():
            fitted = fit_to(prior, cut(known, GOODS).flows, wanted(shares, now, own[table]))
            found.append(_compared(_measures(estimate(prior, flows, fitted)), then).assign(table=table, back=back))
        unfitted = _measures(estimate(priors["together"], flows))
        found.append(_compared(unfitted, then).assign(table="unfitted", back=back))
        found.append(_compared(truth, then).assign(table="stayed", back=back))
    return pd.concat(found, ignore_index=True)[["table", "back", "measure", "compared", "mean", "largest", "where"]]


def _without_zeros(icio: ICIO) -> ICIO:
    """Add a little everywhere: in whole millions a zero may be half a million, which RAS cannot make a million."""
    Z, Y = icio.Z + 1e-3, np.maximum(icio.Y, 0) + 1e-3
    x = Z.sum(axis=1) + Y.sum(axis=1)
    return ICIO(economies=icio.economies, sectors=icio.sectors, Z=Z, Y=Y, x=x, va=x - Z.sum(axis=0), year=icio.year)


def _measures(icio: ICIO) -> dict[str, pd.Series]:
    """Compute what the book shows, in percent, by pair or economy; without the rest of the world."""
    vax, content = value_added_in_final_demand(icio), value_added_in_exports(icio)
    shown = list(icio.economies[:-1])
    foreign, of_exports = without_own(vax), without_own(content)
    link = link_index(vax)
    return {
        "LINK": _pairs(link, shown),
        "origins of foreign value added in final demand": _pairs(100 * foreign / foreign.sum(), shown),
        "origins of foreign value added in exports": _pairs(100 * of_exports / of_exports.sum(), shown),
        "foreign share in exports": (100 * of_exports.sum() / content.sum())[shown],
        "LINK with China in Northeast Asia": pd.Series({"→".join(pair): link.at[pair] for pair in PAIRS}),
        "share of Northeast Asia in foreign value added of exports": pd.Series(
            {host: origin_share(content, NEA, host) for host in TRIED_HOSTS}
        ),
    }


def _pairs(matrix: pd.DataFrame, shown: list[str]) -> pd.Series:
    values = matrix.loc[shown, shown].to_numpy()
    apart = ~np.eye(len(shown), dtype=bool)
    names = [f"{origin}→{destination}" for origin in shown for destination in shown if origin != destination]
    return pd.Series(values[apart], names)


def _compared(ours: dict[str, pd.Series], truth: dict[str, pd.Series]) -> pd.DataFrame:
    rows = []
    for measure, due in truth.items():
        size = (ours[measure] - due).abs()
        rows.append((measure, len(size), size.mean(), size.max(), size.idxmax()))
    return pd.DataFrame(rows, columns=["measure", "compared", "mean", "largest", "where"])


# -- both steps together ------------------------------------------------------------------------------------------


def misses(folder: str | Path, bases: Iterable[int] = BASES) -> pd.DataFrame:
    """Rebuild some of WIOD's tables, estimate the years before them, and subtract the truth.

    Parameters
    ----------
    folder : path
        With ``wiodYY.rda`` of 1995 to the last of the bases.
    bases : iterable of int

    Returns
    -------
    DataFrame
        Columns table, base, back, measure, place (``CHN→MEX``, or ``MEX``), value, rest, miss: what a table made here
        gives, percent; the rest of the world's share in what is foreign there, percent; by how much the value is too
        high. `table` is estimate, made from the true table of the base year, or together, made from the rebuilt one;
        the latter of no year back is the rebuilt table itself; unfitted is together without factors. Values below
        :data:`LEAST` are left out.

    Notes
    -----
    Estimates are fitted to the true shares of their year, as the OECD's are to published ones. The farthest year, as
    2011, has none of its own: it takes the factors of the year after it.
    """
    folder = Path(folder)
    bases = tuple(bases)
    tables = {year: read_icio(folder / f"wiod{year % 100:02d}.rda") for year in range(FIRST, max(bases) + 1)}
    truth = {year: printed(table) for year, table in tables.items()}
    found = []
    shares = {year: of_economies(table) for year, table in tables.items()}
    for base in bases:
        rebuilt = whole_table(cut(tables[base], GOODS), tables[base].economies[:-1])
        found.append(_missed(printed(rebuilt), truth[base]).assign(table="together", base=base, back=0))
        for name, table in (("estimate", tables[base]), ("together", rebuilt)):
            prior, fitted = _without_zeros(table), None
            own = of_economies(prior)
            for back in range(1, min(FARTHEST, base - FIRST) + 1):
                year = base - back
                flows = cut(tables[year], GOODS).flows
                if back < FARTHEST:
                    fitted = fit_to(prior, flows, wanted(shares[year], shares[base], own))
                made = {name: estimate(prior, flows, fitted)}
                if name == "together":
                    made["unfitted"] = estimate(prior, flows)
                for kind, icio in made.items():
                    found.append(_missed(printed(icio), truth[year]).assign(table=kind, base=base, back=back))
    columns = ["table", "base", "back", "measure", "place", "value", "rest", "miss"]
    return pd.concat(found, ignore_index=True)[columns]


def printed(icio: ICIO) -> pd.DataFrame:
    """Compute what the book prints of a table, for every place that the trial asks.

    Returns
    -------
    DataFrame, (measure, place) × {value, rest}
        Percent. Shares are those of China, Japan, Korea and Russia, one by one and together (``NEA``), in the foreign
        value added of exports (`fva_share`) and in imported intermediates (`imint_share`); `link` runs among these
        four; `passing` is through each exporter to :data:`~industrial_chains.panel_contents.MARKET`; `foreign` and
        `absorbed` are the foreign share in exports and the part of value added absorbed abroad; `onward` is what others
        export of an economy's value added, in percent of its own exports; `origins` of all in the foreign value added
        of final demand; ``cents of …`` what one of the four earns of a dollar of an industry's
        exports, and ``home cents of …`` what its own economy earns.
    """
    names = list(icio.economies)
    shown, absorbed, content = names[:-1], value_added_in_final_demand(icio), value_added_in_exports(icio)
    final, in_exports, inputs = (without_own(flow) for flow in (absorbed, content, intermediate_flows(icio)))
    origins, suppliers, sellers = (100 * flow / flow.sum() for flow in (final, in_exports, inputs))
    through = (100 * routes(icio, MARKET)[1].T / absorbed[MARKET]).T
    rest, of_final, none = _of_rest(suppliers), _of_rest(origins), pd.Series(1.0, names)
    parts = {
        "fva_share": _of_near(suppliers, rest, together=True),
        "imint_share": _of_near(sellers, rest, together=True),
        "link": _pairs_of(link_index(absorbed), NEA, NEA, of_final),
        "origins": _pairs_of(origins, shown, shown, of_final),
        "passing": _of_near(through, rest),
        "foreign": _of_economies(100 * in_exports.sum() / content.sum(), none),
        "absorbed": _of_economies(100 * final.sum(axis=1) / absorbed.sum(axis=1), none),
        "onward": _of_economies(100 * in_exports.sum(axis=1) / content.sum(), none),
    }
    for industry, cents in cents_by_industry(icio).items():
        own = pd.Series(np.diag(cents), names)
        parts |= {f"cents of {industry}": _of_near(cents, rest), f"home cents of {industry}": _of_economies(own, none)}
    return pd.concat(parts, names=["measure", "place"])


def cents_by_industry(icio: ICIO) -> dict[str, pd.DataFrame]:
    r"""Divide a dollar of each industry's exports among those who earn it.

    Returns
    -------
    dict by industry of DataFrame, origin × exporter
        Cents, :math:`100\, v_o' B_{o,sj} e_{sj} / e_{sj}` summed over the sectors j of an industry of :data:`CODES`.
    """
    size, names = len(icio.economies), list(icio.economies)
    exports = industry_exports(icio).sum(axis=1)
    earned = (multipliers(icio) * exports).reshape(size, size, -1)
    sold = exports.reshape(size, -1)
    found = {}
    for industry in CENTS:
        here = np.isin(icio.sectors, CODES.get(industry, icio.sectors))
        total = sold[:, here].sum(axis=1)
        cents = np.divide(100 * earned[:, :, here].sum(axis=2), total, out=np.zeros((size, size)), where=total > 0)
        found[industry] = pd.DataFrame(cents, names, names)
    return found


def _of_rest(shares: pd.DataFrame) -> pd.Series:
    return shares.T[eco.ROW]


def _of_near(matrix: pd.DataFrame, rest: pd.Series, *, together: bool = False) -> pd.DataFrame:
    """Take the rows of Northeast Asia one by one, and as one."""
    rows = matrix.loc[list(NEA)]
    if together:
        rows = pd.concat([rows, rows.sum().to_frame("NEA").T])
    return _pairs_of(rows, list(rows.index), list(matrix.columns[:-1]), rest)


def _pairs_of(matrix: pd.DataFrame, origins: Iterable[str], places: Iterable[str], rest: pd.Series) -> pd.DataFrame:
    rows, columns = list(origins), list(places)
    given = matrix.loc[rows, columns].to_numpy()
    pairs = [(at, origin, place) for at, (origin, place) in enumerate(product(rows, columns)) if origin != place]
    values = given.ravel()[[at for at, _, _ in pairs]]
    names = [f"{origin}→{place}" for _, origin, place in pairs]
    return pd.DataFrame({"value": values, "rest": rest[[place for _, _, place in pairs]].to_numpy()}, names)


def _of_economies(values: pd.Series, rest: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"value": values, "rest": rest}).iloc[:-1]


def _missed(made: pd.DataFrame, truth: pd.DataFrame) -> pd.DataFrame:
    missed = made.assign(miss=made["value"] - truth["value"]).reset_index()
    return missed[missed["value"] >= LEAST]


def sizes(missed: pd.DataFrame) -> pd.DataFrame:
    """Sum up how large errors are.

    Parameters
    ----------
    missed : DataFrame
        Of :func:`misses`.

    Returns
    -------
    DataFrame
        Columns measure, table, back, compared, size, inside. `size` is the number of units that nine errors in ten do
        not pass. Of the rebuilt table, back 0, the unit is times the root of `rest`: what the rest of the world
        uses is all that is modelled there, and errors grow with its share. `inside` is the percentage of errors of both
        steps together that lie within the root of the sum of squares of the two sizes.
    """
    unit_errors = missed.assign(error=missed["miss"].abs() / unit(missed["value"]))
    rows, found = [], {}
    for (measure, table, back), part in unit_errors.groupby(["measure", "table", "back"], sort=False):
        errors = part["error"] / part["rest"] ** 0.5 if back == 0 else part["error"]
        found[measure, table, back] = float(errors.quantile(LEVEL))
    for (measure, table, back), part in unit_errors.groupby(["measure", "table", "back"], sort=False):
        inside = np.nan
        if table == "together" and back:
            rebuilt = found[measure, "together", 0] * part["rest"] ** 0.5
            inside = 100 * float((part["error"] <= np.hypot(rebuilt, found[measure, "estimate", back])).mean())
        size = found[measure, table, back]
        rows.append((measure, "rebuilt" if back == 0 else table, back, len(part), size, inside))
    return pd.DataFrame(rows, columns=["measure", "table", "back", "compared", "size", "inside"])


def years_together(missed: pd.DataFrame) -> pd.DataFrame:
    r"""Measure how far the errors of two years of one place go together.

    Returns
    -------
    DataFrame
        Columns measure, back, other, compared, correlation, inside: of errors of both steps together, in units, without
        subtracting their mean, since an error that is the same in all places is one, too:
        :math:`\sum e_1 e_2 / \sqrt{\sum e_1^2 \sum e_2^2}`. `inside` is the percentage of changes of the
        error from the one year to the other within what both sizes and the correlation give.
    """
    both = missed[missed["table"] == "together"]
    both = both.assign(error=both["miss"] / unit(both["value"]))
    rows = []
    for measure, part in both.groupby("measure", sort=False):
        wide = part.pivot(index=["base", "place"], columns="back", values="error")
        for back, other in combinations(wide.columns, 2):
            pair = wide[[back, other]].dropna().to_numpy()
            products = pair.T @ pair
            both_err = np.sqrt(products[0, 0] * products[1, 1])
            correlation = products[0, 1] / both_err if both_err > 0 else 0.0
            one, two = np.quantile(np.abs(pair), LEVEL, axis=0)
            change = np.sqrt(max(one**2 + two**2 - 2 * correlation * one * two, 0.0))
            inside = 100 * float((np.abs(pair[:, 1] - pair[:, 0]) <= change).mean())
            rows.append((measure, back, other, len(pair), correlation, inside))
    return pd.DataFrame(rows, columns=["measure", "back", "other", "compared", "correlation", "inside"])


def gains(missed: pd.DataFrame) -> pd.DataFrame:
    """Compare estimates from rebuilt tables without and with the shares that they are fitted to; percentage points.

    Returns
    -------
    DataFrame
        Columns measure, back, compared, unfitted, fitted, unfitted_largest, fitted_largest: means and maxima of the
        sizes of errors over :data:`BASES`; `back` is 0 for all estimates together.
    """
    made = missed[missed["back"].gt(0) & missed["table"].isin(["unfitted", "together"])]
    both = pd.concat([made.assign(back=0), made]).assign(size=missed["miss"].abs())
    wide = both.groupby(["measure", "back", "table"], sort=False)["size"].agg(["size", "mean", "max"]).unstack("table")
    frame = pd.DataFrame(
        {
            "compared": wide["size", "together"],
            "unfitted": wide["mean", "unfitted"],
            "fitted": wide["mean", "together"],
            "unfitted_largest": wide["max", "unfitted"],
            "fitted_largest": wide["max", "together"],
        }
    )
    return frame.reset_index()


def in_points(missed: pd.DataFrame) -> pd.DataFrame:
    """Sum up errors of both steps together at the places that the book writes of; percentage points.

    Returns
    -------
    DataFrame
        Columns measure, place, back, bases, mean, largest: of the sizes of errors over :data:`BASES`.
    """
    places = {
        **{("fva_share", f"NEA→{host}"): host for host in TRIED_HOSTS},
        **{("imint_share", f"NEA→{host}"): host for host in TRIED_HOSTS},
        **{("foreign", host): host for host in (*TRIED_HOSTS, *NEA)},
        **{("link", "→".join(pair)): "→".join(pair) for pair in PAIRS},
        **{("passing", f"KOR→{through}"): through for through in ("CHN", "MEX")},
    }
    both = missed[missed["table"] == "together"].set_index(["measure", "place"]).sort_index(kind="stable")
    rows = []
    for measure, place in places:
        for back, part in both.loc[[(measure, place)]].groupby("back"):
            size = part["miss"].abs()
            rows.append((measure, place, back, len(size), size.mean(), size.max()))
    return pd.DataFrame(rows, columns=["measure", "place", "back", "bases", "mean", "largest"])


# -- what the rest of the world does ------------------------------------------------------------------------------


def with_larger_rest(icio: ICIO, merged: Iterable[str], goods: int, like: Iterable[str]) -> dict[str, float]:
    """Put economies into the rest of the world, and see what the rebuilt table misses then.

    Parameters
    ----------
    icio : ICIO
        Taken for the truth.
    merged : iterable of str
        Economies that are no longer shown.
    goods : int
    like : iterable of str
        Lenders of technology, as :func:`pipeline.oecd.tables.whole_table` takes them; those not merged.

    Returns
    -------
    dict
        `merged`, how many; `output`, the share of the rest of the world in the world's output, percent; `rest`, its
        mean share in the foreign value added of exports; `mean` and `largest`, what is missed of the share of
        Northeast Asia in the foreign value added of exports, percentage points; `size`, in units times the root of
        `rest`, as :func:`sizes` has it, of the shares of its members and of all together.
    """
    merged = list(merged)
    kept = [code for code in icio.economies if code not in merged and code != eco.ROW]
    table = icio.aggregate({code: code for code in kept} | dict.fromkeys([*merged, eco.ROW], eco.ROW))
    made = whole_table(cut(table, goods), [code for code in like if code in kept])
    truth, rebuilt = (
        _of_near(100 * flow / flow.sum(), _of_rest(100 * flow / flow.sum()), together=True)
        for flow in (without_own(value_added_in_exports(one)) for one in (table, made))
    )
    missed = rebuilt["value"] - truth["value"]
    of_region = missed[missed.index.str.startswith("NEA→")].drop([f"NEA→{code}" for code in NEA]).abs()
    units = (missed / unit(rebuilt["value"]) / rebuilt["rest"] ** 0.5)[rebuilt["value"] >= LEAST].abs()
    x = table.x.reshape(len(table.economies), -1).sum(axis=1)
    return {
        "merged": len(merged),
        "output": 100 * float(x[-1] / x.sum()),
        "rest": float(truth["rest"].mean()),
        "mean": float(of_region.mean()),
        "largest": float(of_region.max()),
        "size": float(units.quantile(LEVEL)),
    }


#: Economies that go into the rest of the world, step by step: none is one of Northeast Asia or a host, and none lends
#: its technology to the OECD's.
STEPS = (
    ("AUS", "NZL", "CHE", "NOR", "ISL", "ISR", "TUR", "UKR", "BLR", "HKG"),
    ("BRA", "ARG", "CHL", "COL", "CRI", "PER", "TWN", "LKA"),
    ("GBR", "CAN", "IRL", "DNK", "SWE", "FIN"),
)


def rests(tables: Mapping[str, tuple[ICIO, int, Iterable[str]]]) -> pd.DataFrame:
    """Apply :func:`with_larger_rest` to tables, step by step.

    Parameters
    ----------
    tables : Mapping
        By database a table, how many of its industries make goods, and who lends technology.

    Returns
    -------
    DataFrame
        Columns database, and those of :func:`with_larger_rest`.
    """
    rows = []
    for database, (icio, goods, like) in tables.items():
        for steps in range(len(STEPS) + 1):
            merged = [code for step in STEPS[:steps] for code in step if code in icio.economies]
            if steps or database == "WIOD":  # what the OECD's own rest uses is modelled: it is missed by nothing
                rows.append({"database": database, **with_larger_rest(icio, merged, goods, like)})
    return pd.DataFrame(rows)
