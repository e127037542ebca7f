"""The OECD's last table carried to later years by what customs and the IMF count since, and all years with a table.

For `industrial_chains.nowcasts` to read. Customs' growth is taken, never their level: they count another flow than the
table has. Fifteen ways of taking it show what hangs on the choice.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from joblib import Parallel, delayed

import gvc
from gvc.errors import GvcError
from gvc.icio import ICIO
from industrial_chains import customs, data, nowcasts
from industrial_chains import economies as eco
from industrial_chains.industry_groups import GOODS, codes
from industrial_chains.nowcasts import BLEND, MARKET, SELLER
from industrial_chains.trade_model import inputs
from pipeline.oecd import YEAR, read, years
from pipeline.tables import write

#: The folder of ``data/`` that it writes to.
INTO = "frontier"

FOLDER = "totals_2022_2025"
#: Of several files that is read whose name comes last; the years are in the names of its columns.
PAIRS = "imf_bilateral/imf_exports_fob_*.csv"
OUTLOOK = "weo_*/weo_*_2010_2028.csv"
CHINAS = "china_usd/china_customs_by_partner_annual_*_usd.csv"
EARLIER = "china_usd/imts_china_25_partners_annual_2017_2024.csv"
TAIWAN = "taiwan/taiwan_trade_by_region_*.csv"
INDONESIA = "indonesia/comtrade_idn_total_by_partner_2000_2024.csv"

#: Exporters whose partners or totals the IMF estimates too badly for growth, within the table and in the rest of the
#: world: the folder's README names them.
SPOILT = ("MAR", "KAZ", "ISR", "AGO", "NGA", "BLR", "CIV", "MLT", "LUX")
SPOILT_REST = ("QAT", "OMN", "KWT", "GAB", "COG", "GIN", "LBY", "BHR", "TTO", "MKD", "AZE", "UZB", "SDN", "IRN")
#: Where bullion moves among, and whose sales of basic metals to America are bullion.
BULLION, GOLD, METALS = ("CHE", "GBR", "ARE", "ZAF"), ("CHE", "GBR", "AUS"), "C24"
#: What goes through Hong Kong is counted there by neither side as the table has it.
ENTREPOT = "HKG"
#: A pair whose level in the table's year is not within this multiple of the table's is another flow.
SAME = (0.2, 6.0)
#: Growth over the whole span is kept below this factor and above its inverse; but for the trade of a war.
CAP, WAR = 3.0, ("RUS", "UKR")
#: Exporters with few partners or estimated ones, which a variant leaves out.
THIN = ("KHM", "LAO", "MMR", "BRN", "IDN", "MYS", "SGP")


@dataclass(frozen=True)
class Choice:
    """How growth is taken: weights of the exporter's count, caps, and what is left out."""

    america: float = BLEND
    china: float = 1.0
    gdp: bool = True
    cap: float = CAP
    rest: str = "counted"
    without: tuple[str, ...] = ()
    hong_kong: bool = False


#: The central way and fourteen others.
VARIANTS = {
    nowcasts.CENTRAL: Choice(),
    "exporters": Choice(america=1.0),
    "American customs": Choice(america=0.0),
    "China’s customs": Choice(china=0.0),
    "importers": Choice(america=0.0, china=0.0),
    "both sides for China": Choice(china=BLEND),
    "no GDP": Choice(gdp=False),
    "American customs, no GDP": Choice(america=0.0, gdp=False),
    "cap of 2": Choice(cap=2.0),
    "cap of 20": Choice(cap=20.0),
    "rest of the world as others": Choice(rest="default"),
    "rest of the world by GDP": Choice(rest="gdp"),
    "without bullion": Choice(without=BULLION),
    "with Hong Kong": Choice(hong_kong=True),
    "without thin exporters": Choice(without=THIN),
}


def newest(folder: Path, pattern: str) -> Path:
    """Find the file of a pattern whose name comes last."""
    found = sorted((folder / FOLDER).glob(pattern))
    if not found:
        remedy = "The data page says where it comes from."
        raise GvcError(str(folder / FOLDER), expected=pattern, found="no such file", remedy=remedy)
    return found[-1]


class Counts:
    """What was counted since the year of a table: exports by pair, and what importers and other offices know."""

    def __init__(self, folder: Path, table: ICIO) -> None:
        self.base = table.year or 0
        self.table = nowcasts.goods_sold(table)
        self.codes = list(self.table.index)
        file = newest(folder, PAIRS)
        self.pairs = pd.read_csv(file).set_index(["exporter", "importer"])
        counted = [int(re.sub(r"\D", "", str(name))) for name in self.pairs]
        self.pairs.columns = pd.Index(counted, name="year")
        if self.base not in counted or max(counted) <= self.base:
            found = ", ".join(map(str, self.pairs))
            expected = f"exports of {self.base} and of a later year"
            raise GvcError(file.name, expected=expected, found=found, remedy="Name its columns usd_YEAR.")
        self.last = max(counted)
        self.gdp = self._gdp(newest(folder, OUTLOOK))
        self.taiwan = self._taiwan(newest(folder, TAIWAN))
        self._correct(folder / FOLDER)
        self.american = self._american()
        self.chinese = self._chinese(folder / FOLDER)

    def _correct(self, folder: Path) -> None:
        """Put Indonesia's own count in the place of the IMF's estimate."""
        own = pd.read_csv(folder / INDONESIA).query("flowCode == 'X' and refYear == @self.base")
        own = own.assign(iso3=own["iso3"].replace({"S19": "TWN"})).set_index("iso3")["primaryValue"]
        rows = [pair for pair in self.pairs.index if pair[0] == "IDN" and pair[1] in own.index]
        self.pairs.loc[rows, self.base] = [float(own[importer]) for _, importer in rows]

    def _gdp(self, file: Path) -> pd.DataFrame:
        """Growth of GDP in dollars since the base, economy × year; the rest of the world is all that has no table."""
        wide = pd.read_csv(file).pivot(index="iso", columns="year", values="ngdpd")
        rest = wide.drop(index=self.codes, errors="ignore").dropna(subset=[self.base, self.last]).sum()
        wide = wide.reindex(self.codes)
        wide.loc[eco.ROW] = rest
        return wide.div(wide[self.base], axis=0)

    def _taiwan(self, file: Path) -> pd.DataFrame:
        """Growth of Taiwan's exports since the base by destination × year, which it counts by region."""
        rows = pd.read_csv(file).query("flow == 'exports'").pivot(index="year", columns="partner", values="usd_bn")
        near, other, second = "CHN+HKG", "other", self.base + 1
        europe = (*eco.members("EU27"), "GBR", "CHE", "NOR")
        regions = {"JPN": ("JPN",), "ASEAN": eco.members("ASEAN10"), "EUROPE": europe}
        beyond = rows["WLD"] - rows[near] - rows[MARKET]
        rows[other] = beyond - rows[list(regions)].sum(axis=1, min_count=len(regions))
        # Of the first year only the sum of these is known.
        joined = float(beyond[second]) / float(beyond[self.base])
        by = {region: _since(rows[region], self.base) for region in (MARKET, near)}
        by |= {region: joined * _since(rows[region], second) for region in (*regions, other)}
        region_of = {code: region for region, several in regions.items() for code in several}
        region_of |= {SELLER: near, ENTREPOT: near, MARKET: MARKET}
        return pd.DataFrame({code: by[region_of.get(code, other)] for code in self.codes if code != "TWN"}).T

    def _american(self) -> pd.DataFrame:
        """Growth of American imports since the base, partner × year, in the months that the last year has."""
        counted = customs.by_month().reset_index()
        counted = counted[counted["month"] <= customs.end()[1]].groupby("year").sum().drop(columns="month").T
        for year in counted:
            counted.loc[list(GOLD), year] = (
                inputs.american("imports", year).drop(columns=METALS).sum(axis=1)[list(GOLD)]
            )
        return counted.div(counted[self.base], axis=0).reindex(self.codes).dropna(how="all")

    def _chinese(self, folder: Path) -> dict[str, pd.DataFrame]:
        """Growth of China's exports and imports since the base by its customs, partner × year."""
        rows, earlier = pd.read_csv(newest(folder.parent, CHINAS)), pd.read_csv(folder / EARLIER)
        found = {}
        for flow in ("exports", "imports"):
            wide = rows.pivot(index="partner", columns="year", values=f"{flow}_100m_usd") * 100
            before = earlier.query("year == @self.base and months == 12").set_index("partner")[f"china_{flow}_musd"]
            first = wide[self.base].fillna(before)
            found[flow] = wide.assign(**{str(self.base): first}).rename(columns=int).T.groupby(level=0).last().T
            found[flow] = found[flow].div(first, axis=0).reindex(self.codes).dropna(how="all")
        return found

    # -- growth by pair ------------------------------------------------------------------------------------------------

    def exporters(self, year: int, choice: Choice) -> pd.DataFrame:
        """Growth since the base by exporters' count, NaN where it is not known or is of another flow."""
        grew = self.pairs[year] / self.pairs[self.base]
        same = self.pairs[self.base] / 1e6 / self._level()
        growth = grew[same.between(*SAME)].unstack().reindex(index=self.codes, columns=self.codes)
        if choice.rest == "counted":
            growth.loc[eco.ROW], growth[eco.ROW] = self._rest(year, "importer"), self._rest(year, "exporter")
        growth.loc["TWN"] = self.taiwan[year]
        growth.loc[[*SPOILT, ENTREPOT, *choice.without]] = np.nan
        growth[ENTREPOT] = np.nan
        growth.loc[BULLION, list(BULLION)] = np.nan
        if choice.hong_kong:
            both = self.pairs.loc[self.pairs.index.get_level_values("importer").isin([SELLER, ENTREPOT])]
            summed = both.groupby(level="exporter")[[self.base, year]].sum()
            growth[SELLER] = growth[SELLER].where(growth[SELLER].isna(), summed[year] / summed[self.base])
        growth.loc["RUS", [SELLER, "IND"]] = [self.chinese["imports"][year]["RUS"], self._russian_fuels(year)]
        return growth

    def _level(self) -> pd.Series:
        """Return what the table has of each pair of the IMF's."""
        exporters, importers = (self.pairs.index.get_level_values(side) for side in (0, 1))
        wide = self.table.where(self.table > 0).reindex(index=exporters.unique(), columns=importers.unique())
        rows, columns = wide.index.get_indexer(exporters), wide.columns.get_indexer(importers)
        return pd.Series(wide.to_numpy()[rows, columns], self.pairs.index)

    def _rest(self, year: int, other: str) -> pd.Series:
        """Growth of what the table's economies, as importers or exporters, trade with all that are not in it."""
        rows = self.pairs[[self.base, year]].dropna().reset_index()
        rest = rows["exporter" if other == "importer" else "importer"]
        rows = rows[rows[other].isin(self.codes) & ~rest.isin([*self.codes, *SPOILT_REST])]
        sums = rows.groupby(other)[[self.base, year]].sum()
        return (sums[year] / sums[self.base]).reindex(self.codes)

    def _russian_fuels(self, year: int) -> float:
        """Growth of the fuels that India buys from Russia: exporters' count of it is an estimate far too low."""
        fuels = data.table("fuels").query("importer == 'IND' and product == 'fuels'").set_index("year")
        spent = fuels["value"] * fuels["RUS"]
        return float(spent[min(year, spent.index.max())] / spent[self.base])

    def growth(self, year: int, choice: Choice) -> pd.DataFrame:
        """Growth since the base of all pairs: as counted, on the way to the last year, or as others of the pair."""
        whole = year if year in self.pairs else self.last
        part = (year - self.base) / (whole - self.base)
        end = self._bounded(self._filled(self.exporters(whole, choice), choice), choice)
        found = end**part
        # Between what both sides count a gap opens evenly.
        for partner, counted in ((MARKET, self.american), (SELLER, self.chinese["imports"])):
            found[partner] = _so_far(counted, year, whole, end[partner], part).fillna(found[partner])
        own = _so_far(self.chinese["exports"], year, whole, end.T[SELLER], part)
        found.loc[SELLER] = own.fillna(found.T[SELLER])
        if part < 1:
            found.loc["TWN"] = self.taiwan[year]
        found.loc[:, MARKET] = _between(found[MARKET], self.american[year], choice.america)
        gold = [code for code in GOLD if code in self.american.index]
        found.loc[gold, MARKET] = self.american.loc[gold, year]
        found.loc[:, SELLER] = _between(found[SELLER], self.chinese["imports"][year], choice.china)
        if choice.rest == "gdp":
            found.loc[eco.ROW] = found[eco.ROW] = np.nan
        values = found.where(self.table > 0).to_numpy(copy=True)
        np.fill_diagonal(values, np.nan)
        return pd.DataFrame(values, self.codes, self.codes)

    def _filled(self, growth: pd.DataFrame, choice: Choice) -> pd.DataFrame:
        """Let an unknown pair grow as its exporter and its importer do beside all."""
        known = self.table.where(growth.notna())
        grown = known * growth.clip(1 / choice.cap, choice.cap)
        sold, bought = grown.sum(axis=1) / known.sum(axis=1), grown.sum() / known.sum()
        every = grown.sum().sum() / known.sum().sum()
        usual = pd.DataFrame(np.outer(sold.fillna(every), bought.fillna(every)) / every, self.codes, self.codes)
        return growth.fillna(usual)

    @staticmethod
    def _bounded(growth: pd.DataFrame, choice: Choice) -> pd.DataFrame:
        """Keep growth within the caps, which are wide for the trade of a war."""
        bounded = growth.clip(1 / choice.cap, choice.cap)
        at_war = growth.clip(1 / 50, choice.cap)
        for code in WAR:
            bounded.loc[code], bounded[code] = at_war.loc[code], at_war[code]
        return bounded


def _so_far(counted: pd.DataFrame, year: int, whole: int, end: pd.Series, part: float) -> pd.Series:
    """Return growth to a year by a count of each, if it is to end as another count has it."""
    return counted[year] * (end / counted[whole]) ** part


def _since(amounts: pd.Series, year: int) -> pd.Series:
    """Return amounts over that of a year."""
    return amounts / float(amounts[year])


def _between(exporters: pd.Series, importers: pd.Series, weight: float) -> pd.Series:
    """Take the mean of both counts in logarithms, or the one that there is."""
    both = exporters**weight * importers.reindex(exporters.index) ** (1 - weight)
    return both.fillna(exporters)


def carried(table: ICIO, counts: Counts, variant: str, year: int) -> dict[str, Any]:
    """Carry the table to a year in one way, and measure it."""
    choice = VARIANTS[variant]
    grew = counts.gdp[year].reindex(counts.codes)
    later = gvc.nowcast(
        table,
        counts.growth(year, choice),
        sectors=codes(GOODS, table.sectors),
        gdp=grew if choice.gdp else None,
        year=year,
    )
    return {"variant": variant, "year": year, **nowcasts.measures(nowcasts.flows(later))}


def measured(icios: Iterable[ICIO]) -> pd.DataFrame:
    """Measure tables that are known, a row a year."""
    return pd.DataFrame([{"year": one.year, **nowcasts.measures(nowcasts.flows(one))} for one in icios])


def main(folder: Path, out: Path) -> None:
    """Carry the last table, measure all, and write it."""
    table = read(folder / "oecd_icio", YEAR)
    counts = Counts(folder, table)
    asked = [(variant, year) for variant in VARIANTS for year in range(counts.base + 1, counts.last + 1)]
    rows = Parallel(n_jobs=2)(delayed(carried)(table, counts, *one) for one in asked)
    known = measured(read(folder / "oecd_icio", year) for year in years(folder / "oecd_icio"))
    write({"nowcast": pd.DataFrame(rows).round(4), "nowcast_tables": known.round(4)}, out)
