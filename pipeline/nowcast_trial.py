"""Tables carried forward to years whose tables are known, for `industrial_chains.nowcasts` to score.

Three databases, all their years, one to three years ahead: with exact totals, with totals as far from the tables as
customs are, and with those that customs count.
"""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from joblib import Parallel, delayed

import gvc
from gvc.icio import ICIO
from gvc.labels import Array
from gvc.sources import read_icio
from industrial_chains import data, nowcasts
from industrial_chains import economies as eco
from industrial_chains.industry_groups import GOODS, codes
from industrial_chains.nowcasts import AHEAD, BLEND, MARKET, SELLER
from pipeline.oecd import read, years
from pipeline.tables import write

#: The folder of ``data/`` that it writes to.
INTO = "frontier"

#: How often totals are drawn anew, and what that begins from.
DRAWS, SEED = 4, 20252022
#: What China's customs count by partner, and the GDP of the IMF.
CHINAS = "totals_2022_2025/china_usd/imts_china_25_partners_annual_2017_2024.csv"
OUTLOOK = "totals_2022_2025/weo_2026_04/weo_april_2026_2010_2028.csv"
#: A flow that ends grows by this; one that begins is not known.
ENDED = 1e-3
#: The name of a database, and of files of its tables.
WIOD = {"Long-run WIOD": "lrwiod/WIODlr_WIOT_*.rda", "WIOD": "wiod2013/wiod??.rda"}


@dataclass(frozen=True, eq=False)
class Year:
    """What is known of a year once its table is there."""

    icio: ICIO
    flows: nowcasts.Flows = field(repr=False)
    trade: pd.DataFrame
    gdp: pd.Series

    @classmethod
    def of(cls, icio: ICIO) -> "Year":
        # A copy of the table, so that its inverse is not kept as long as this.
        return cls(icio, nowcasts.flows(replace(icio)), nowcasts.goods_sold(icio), nowcasts.gdp(icio))


@dataclass(frozen=True)
class Noise:
    """How far growth that customs count is from that of tables; logarithms, of one horizon."""

    pair: float
    side: float
    gdp: float


def growth(before: Year, after: Year) -> tuple[pd.DataFrame, pd.Series]:
    """Compute growth of goods by pair, NaN where nothing was sold, and of GDP; factors."""
    trade = (after.trade / before.trade.where(before.trade > 0)).clip(lower=ENDED)
    return trade, after.gdp / before.gdp


# -- how noisy customs are -----------------------------------------------------------------------------------------


def noises(folder: Path, known: dict[int, Year]) -> dict[int, Noise]:
    """Measure how far growth by customs and by the IMF's GDP was from the OECD's, by horizon.

    Notes
    -----
    American imports by partner and China's exports by partner, each less the table's in logarithms over so many years:
    the mean of a reporter's partners is an error of its side, the rest one of the pair. Both are root mean squares over
    years and over the two reporters.
    """
    american, chinese = _american().drop(columns=eco.ROW), _chinese(folder)
    outlook = pd.read_csv(folder / OUTLOOK).pivot(index="year", columns="iso", values="ngdpd")
    tables = {
        "american": pd.DataFrame({year: one.trade[MARKET] for year, one in known.items()}).T,
        "chinese": pd.DataFrame({year: one.trade.loc[SELLER] for year, one in known.items()}).T,
        "gdp": pd.DataFrame({year: one.gdp for year, one in known.items()}).T,
    }
    found = {}
    for ahead in AHEAD:
        gaps = {
            name: _gaps(counted, tables[name], ahead)
            for name, counted in (("american", american), ("chinese", chinese), ("gdp", outlook))
        }
        sides = [gaps["american"], gaps["chinese"]]
        found[ahead] = Noise(
            pair=float(np.sqrt(np.mean([gap.var(axis=1).mean() for gap in sides]))),
            side=float(np.sqrt(np.mean([(gap.mean(axis=1) ** 2).mean() for gap in sides]))),
            gdp=float(np.sqrt((gaps["gdp"] ** 2).mean().mean())),
        )
    return found


def _gaps(counted: pd.DataFrame, table: pd.DataFrame, ahead: int) -> pd.DataFrame:
    """Growth that is counted less that of tables, year × partner; logarithms."""
    shared = counted.columns.intersection(table.columns)
    gaps = (counted[shared] / table[shared]).map(np.log)
    return gaps.diff(ahead).dropna(how="all").dropna(axis=1)


def _american() -> pd.DataFrame:
    """Read American imports, year × partner, whole years."""
    rows = data.table("us_imports").dropna(subset="imports")
    return rows.groupby(["year", "partner"])["imports"].sum().unstack()


def _chinese(folder: Path) -> pd.DataFrame:
    """Read China's exports by its customs, year × partner, whole years."""
    rows = pd.read_csv(folder / CHINAS).query("months == 12")
    return rows.pivot(index="year", columns="partner", values="china_exports_musd")


# -- trials --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Case:
    """A table to carry, by which growth, and how that is called."""

    database: str
    kind: str
    ahead: int
    base: Year
    trade: pd.DataFrame
    gdp: pd.Series | None
    draw: int = 0


def tried(case: Case) -> dict[str, Any]:
    """Carry a table, and return its measures with the name of the case."""
    head = {
        "database": case.database,
        "kind": case.kind,
        "draw": case.draw,
        "base": case.base.icio.year,
        "year": (case.base.icio.year or 0) + case.ahead,
    }
    if case.kind == nowcasts.GROSS and case.gdp is not None:
        return {**head, **nowcasts.measures(nowcasts.grown(case.base.flows, case.trade, case.gdp))}
    with warnings.catch_warnings():
        # Noise makes goals of small flows contradict each other; what that does to a measure is in its error.
        warnings.filterwarnings("ignore", "[0-9]+ goals were not met")
        later = gvc.nowcast(case.base.icio, case.trade, sectors=codes(GOODS, case.base.icio.sectors), gdp=case.gdp)
    return {**head, **nowcasts.measures(nowcasts.flows(later))}


def cases(
    database: str, known: dict[int, Year], noise: dict[int, Noise], seed: np.random.SeedSequence
) -> Iterator[Case]:
    """List what is tried of a database: each base and horizon with exact totals, and of some with noise, too."""
    for base, ahead in [(base, ahead) for base in known for ahead in AHEAD if base + ahead in known]:
        trade, made = growth(known[base], known[base + ahead])

        one = partial(Case, database, ahead=ahead, base=known[base])
        yield one(nowcasts.EXACT, trade=trade, gdp=made)
        yield one(nowcasts.NO_GDP, trade=trade, gdp=None)
        yield one(nowcasts.GROSS, trade=trade, gdp=made)
        if database not in nowcasts.JUDGED:
            continue
        kinds = {nowcasts.NOISY: trade}
        if ahead < AHEAD[-1] and base + AHEAD[-1] in known:
            kinds[nowcasts.PATH] = along(trade, growth(known[base], known[base + AHEAD[-1]])[0], ahead)
        for kind, given in kinds.items():
            for draw, one_seed in enumerate(seed.spawn(DRAWS)):
                rng = np.random.default_rng(one_seed)
                noisy, gdp = disturbed(given, made, noise[ahead], rng)
                yield one(kind, trade=noisy, gdp=gdp, draw=draw)


def along(trade: pd.DataFrame, to_end: pd.DataFrame, ahead: int) -> pd.DataFrame:
    """Keep the growth of pairs that customs of China or the United States count; the rest goes evenly to the end."""
    counted = np.logical_or.outer(trade.index == SELLER, (trade.columns == SELLER) | (trade.columns == MARKET))
    return trade.where(counted, to_end ** (ahead / AHEAD[-1]))


def disturbed(
    trade: pd.DataFrame, made: pd.Series, noise: Noise, rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.Series]:
    """Draw growth anew, as far from the truth as customs are."""
    size = len(trade)
    of_exporter, of_importer = rng.normal(0, noise.side, (2, size))
    errors: Array = of_exporter[:, None] + of_importer + rng.normal(0, noise.pair, (size, size))
    return trade * np.exp(errors), made * np.exp(rng.normal(0, noise.gdp, size))


def counted(folder: Path, known: dict[int, Year]) -> Iterator[Case]:
    """List trials in which China's pairs grow as customs count them, by either side of its sales to America."""
    american, chinese = _american()[SELLER], _chinese(folder)
    ahead = AHEAD[-1]
    for base in [year for year in chinese.index if year + ahead in known]:
        trade, made = growth(known[base], known[base + ahead])
        grew = (chinese.loc[base + ahead] / chinese.loc[base]).dropna()
        trade.loc[SELLER] = grew.reindex(trade.columns).fillna(trade.T[SELLER])
        own, other = grew[MARKET], american[base + ahead] / american[base]
        for kind, factor in {
            nowcasts.CHINAS: own,
            nowcasts.AMERICAN: other,
            nowcasts.BLENDED: own**BLEND * other ** (1 - BLEND),
        }.items():
            both = trade.copy()
            both.loc[SELLER, MARKET] = factor
            yield Case("OECD", kind, ahead, known[base], both, made)


def main(folder: Path, out: Path) -> None:
    """Try all, and write it."""
    oecd = {year: Year.of(read(folder / "oecd_icio", year)) for year in years(folder / "oecd_icio")}
    noise = noises(folder, oecd)
    seeds = dict(zip((*WIOD, "OECD"), np.random.SeedSequence(SEED).spawn(len(WIOD) + 1), strict=True))
    rows = []
    for database, seed in seeds.items():
        icios = (read_icio(file) for file in folder.glob(WIOD[database])) if database in WIOD else None
        known = {icio.year or 0: Year.of(icio) for icio in icios} if icios else oecd
        known = dict(sorted(known.items()))
        rows += [
            {"database": database, "kind": nowcasts.TABLE, "draw": 0, "base": year, "year": year}
            | nowcasts.measures(one.flows)
            for year, one in known.items()
        ]
        asked = [*cases(database, known, noise, seed), *(counted(folder, oecd) if database == "OECD" else ())]
        rows += Parallel(n_jobs=2)(delayed(tried)(case) for case in asked)
    write({"nowcast_trial": pd.DataFrame(rows).round(4)}, out)
