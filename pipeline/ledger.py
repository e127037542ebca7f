"""Who earns how much of a dollar of exports, or of final products, for `industrial_chains.ledger` to read."""

from collections.abc import Iterable, Mapping
from functools import reduce
from pathlib import Path

import numpy as np
import pandas as pd

import gvc
from gvc.icio import ICIO
from gvc.labels import Array
from industrial_chains import economies as eco
from industrial_chains.ledger import (
    ALL,
    AS_ONE,
    ASEAN,
    EXTRACTION,
    HOME,
    INDUSTRIES,
    LEDGER_HOSTS,
    MAKERS,
    MEMBERS,
    NAMED,
    PRODUCTS,
)
from pipeline.tables import name_of, tables, write

#: The folder of ``data/`` that it writes to.
INTO = "northeast_asia"
#: Decimals of columns in dollars.
_DOLLARS = dict.fromkeys(("dollars", "dollars_without", "dollars_abroad"), 3)

#: Value added by origin in what each economy sells of each industry: origin × (industry, seller), million USD.
Contents = pd.DataFrame


def ledger(icio: ICIO) -> pd.DataFrame:
    """List who earns what in the exports of each host and industry.

    Parameters
    ----------
    icio : ICIO
        A table of WIOD or of the OECD.

    Returns
    -------
    DataFrame
        Columns database, host, industry, year, origin, cents, dollars, cents_without, dollars_without. `dollars` is
        the value added of the origin in the exports, million USD; `cents` is what it is of a dollar of them. The last
        two leave out what mining and refining earn, at home and abroad. Cents of what a host does not export are empty.

    Notes
    -----
    Value added is what remains of output after inputs, so that all origins add up to exports; net taxes on products
    are in it. The exports of ASEAN are the sum of its members': trade among them counts, a member's own value is home,
    and that of fellow members is ASEAN's. As one exporter, :data:`industrial_chains.ledger.AS_ONE`, it sells to all
    others only, and the value of each member is home. Where a table does not show all members, what they earn is in
    the rest.
    """
    contents = _both(icio)
    accounts = {host: _accounts(contents, host) for host in _shown(icio, LEDGER_HOSTS)}
    if ASEAN in accounts:
        accounts[AS_ONE] = _accounts(_both(gvc.as_block(icio, MEMBERS, AS_ONE)), AS_ONE)
    return _listed(icio, "host", "_without", accounts)


def finished(icio: ICIO) -> pd.DataFrame:
    """List who earns what in the final products that each maker finishes, by industry.

    Returns
    -------
    DataFrame
        Columns database, maker, industry, year, origin, dollars, dollars_abroad: value added of the origin, million
        USD, in the products sold to consumers, governments and investors anywhere, and in those of them that are sold
        outside the maker's economy. The maker ``ROW`` is all that `ledger.MAKERS` does not name, member by member.
    """
    sectors = list(INDUSTRIES[name_of(icio)]["goods"])
    names = icio.result_economies
    answer = gvc.content(icio, "final_demand", by=("origin", "maker", "sector", "absorber"), sector=sectors)
    sold = answer.to_numpy().reshape(len(names), len(names), len(sectors), len(names))
    total: Array = sold.sum(axis=3)
    # The maker's own economy as the absorber, which numpy puts first.
    abroad = total - np.moveaxis(sold[:, np.arange(len(names)), :, np.arange(len(names))], 0, 1)
    contents = _by_industry(icio, total, sectors), _by_industry(icio, abroad, sectors)
    accounts = {maker: _accounts(contents, maker) for maker in _shown(icio, MAKERS)}
    rows = _listed(icio, "maker", "_abroad", accounts).drop(columns=["cents", "cents_abroad"])
    return rows[rows["industry"].isin(PRODUCTS)]


def published(folder: Path) -> pd.DataFrame:
    """Take the hosts' own value added in all their exports from the OECD's published indicators.

    Returns
    -------
    DataFrame
        Columns host, year, home: percent of gross exports, goods and services, as published (EXGR_DVA). ASEAN is one
        exporter there: trade among members is left out, and the value of each is home.
    """
    rows = pd.read_csv(folder / "oecd_tiva" / "oecd_tiva_mainsh_2012_2022_selected.csv")
    rows = rows[rows["MEASURE"].eq("EXGR_DVA")].replace({"REF_AREA": {"ASEAN": AS_ONE}})
    named = {"REF_AREA": "host", "TIME_PERIOD": "year", "OBS_VALUE": "home"}
    rows = rows.rename(columns=named)[[*named.values()]]
    return rows[rows["host"].isin([AS_ONE, *LEDGER_HOSTS])].sort_values(["host", "year"], kind="stable")


def _shown(icio: ICIO, codes: Iterable[str]) -> list[str]:
    """Leave out economies that the table does not show, and groups of which it does not show all."""
    return [code for code in codes if set(eco.members(code)) <= set(icio.result_economies)]


def _both(icio: ICIO) -> tuple[Contents, Contents]:
    """Trace exports with and without what mining and refining earn."""
    return _exported(icio, icio.sectors), _exported(
        icio, [code for code in icio.sectors if code not in EXTRACTION[name_of(icio)]]
    )


def _exported(icio: ICIO, kept: Iterable[str]) -> Contents:
    answer = gvc.content(icio, "exports", origin_sector=kept, by=("origin", "exporter", "sector"))
    size = len(icio.result_economies)
    return _by_industry(icio, answer.to_numpy().reshape(size, size, -1), icio.sectors)


def _by_industry(icio: ICIO, values: Array, sectors: Iterable[str]) -> Contents:
    """Sum values, origin × seller × sector, to industries; with :data:`ALL` where all sectors are there."""
    here, names = list(sectors), icio.result_economies
    groups: Mapping[str, Iterable[str]] = INDUSTRIES[name_of(icio)]
    if here == list(icio.sectors):
        groups = {**groups, ALL: here}
    parts = {
        industry: pd.DataFrame(values[:, :, np.isin(here, list(codes))].sum(axis=2), names, names)
        for industry, codes in groups.items()
    }
    return pd.concat(parts, axis=1)


def _accounts(contents: tuple[Contents, Contents], seller: str) -> list[pd.DataFrame]:
    """Sum two contents of a seller, the sum of its members if it is a group, to the origins that are told apart.

    Returns
    -------
    list of DataFrame, origin × industry
    """
    if seller == eco.ROW:
        named = {code for maker in MAKERS if maker != seller for code in eco.members(maker)}
        sellers = [code for code in contents[0].index if code not in named]
    else:
        sellers = [seller] if seller in contents[0].index else list(eco.members(seller))
    return [
        reduce(lambda one, other: one.add(other, fill_value=0), (_of_one(content, code) for code in sellers))
        for content in contents
    ]


def _of_one(content: Contents, seller: str) -> pd.DataFrame:
    sold = content.xs(seller, axis=1, level=1)
    others = sold.drop(index=seller)
    rows = {HOME: sold.loc[seller]}
    fellows = [code for code in MEMBERS if code in others.index]
    if len(fellows) >= len(MEMBERS) - 1:
        rows[ASEAN] = others.loc[fellows].sum()
        others = others.drop(index=fellows)
    named = [code for code in NAMED if code in others.index]
    rows |= {code: others.loc[code] for code in named}
    rows[eco.ROW] = others.drop(index=named).sum()
    return pd.DataFrame(rows).T


def _listed(icio: ICIO, role: str, suffix: str, accounts: Mapping[str, list[pd.DataFrame]]) -> pd.DataFrame:
    """Lay accounts of sellers out as rows, with cents."""
    keys, frame = [role, "industry"], pd.DataFrame()
    for place, end in enumerate(("", suffix)):
        wide = pd.concat({seller: both[place].T for seller, both in accounts.items()}, names=keys)
        # Of nothing there are no cents.
        cents = 100 * wide.div(wide.sum(axis=1).replace(0, np.nan), axis=0)
        for column, values in ((f"cents{end}", cents), (f"dollars{end}", wide)):
            long = values.reset_index().melt(keys, var_name="origin", value_name=column)
            frame = long if frame.empty else frame.assign(**{column: long[column]})
    # Who is not told apart from a seller has no row there.
    frame = frame.dropna(subset="dollars")
    frame.insert(0, "database", name_of(icio))
    frame.insert(3, "year", icio.year)
    return frame


def computed(icios: Iterable[ICIO]) -> dict[str, pd.DataFrame]:
    """Compute what needs whole tables; a frame for each file."""
    found: dict[str, list[pd.DataFrame]] = {"ledger": [], "finished": []}
    for icio in icios:
        found["ledger"].append(ledger(icio))
        found["finished"].append(finished(icio))
    # Of less than a thousand dollars rounding is all there is.
    return {name: in_order(pd.concat(frames)).round(_DOLLARS) for name, frames in found.items()}


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Sort by database, seller, industry and year; origins keep their order."""
    return rows.sort_values(list(rows.columns[:4]), kind="stable")


def main(data: Path, out: Path) -> None:
    """Compute it from all tables, and write it."""
    write(computed(tables(data)) | {"published": published(data)}, out)
