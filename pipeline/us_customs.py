"""What American customs count by partner, industry and month, and whose value added was in it.

For `industrial_chains.customs` to read.
"""

import re
from pathlib import Path

import numpy as np
import pandas as pd

import gvc
from gvc import panel
from gvc.errors import GvcError
from gvc.icio import ICIO
from industrial_chains import economies as eco
from industrial_chains.customs import CONTENT, MEMBERS
from industrial_chains.ledger import HOME
from industrial_chains.trade_model.inputs import BUYER, ECONOMIES, GOODS, PARTNERS, YEARS, economies_of
from pipeline.oecd import read

#: The folder of ``data/`` that it writes to.
INTO = "frontier"

#: The Union's imports hold the United Kingdom's until this year: what is left beyond the nine members that the file
#: shows falls by as much in the next.
WITH_UNITED_KINGDOM = 2017
#: How the files call all partners together.
ALL = "TOTAL FOR ALL COUNTRIES"


def newest(folder: Path) -> Path:
    """Find the file by partner and industry that reaches furthest."""
    found = sorted((folder / "us_imports").glob("us_imports_naics3_partner_annual_*.csv"), key=lambda path: path.stem)
    if not found:
        raise GvcError(
            str(folder / "us_imports"),
            expected="us_imports_naics3_partner_annual_….csv",
            found="no such file",
            remedy="The data page says where it comes from.",
        )
    return found[-1]


def us_imports(folder: Path) -> pd.DataFrame:
    """Sum American imports and duties to the economies and industries of the trade model."""
    path = newest(folder)
    rows = pd.read_csv(path, dtype={"NAICS": str})
    # The months that the last year has are in the names of two columns: imports_jan_nov_usd.
    months = rows.groupby("year")["months"].max()
    to = {
        str(name): f"{what}_to"
        for name in rows
        for what in ("imports", "duty")
        if re.fullmatch(rf"{what}_jan(_[a-z]+)?_usd", str(name))
    }
    if len(to) < 2:
        found = ", ".join(map(str, rows))
        raise GvcError(str(path), expected="imports_jan_…_usd, duty_jan_…_usd", found=found, remedy="Name them so.")
    names = {"imports_usd": "imports", "duty_usd": "duty", **to}
    columns = list(map(str, names))
    industry = {naics: code for code, (_, several) in GOODS.items() for naics in several}
    rows = rows[rows["NAICS"] != "00"].assign(industry=rows["NAICS"].map(industry).fillna("other"))
    sums = rows.groupby(["CTY_NAME", "year", "industry"])[columns].sum()
    index = pd.MultiIndex.from_product([sorted(rows["year"].unique()), [*GOODS, "other"]], names=["year", "industry"])

    def of(name: str) -> pd.DataFrame:
        found: pd.DataFrame = sums[sums.index.get_level_values("CTY_NAME") == name].droplevel("CTY_NAME")
        return found.reindex(index, fill_value=0.0)

    by_partner = {code: of(name) for code, name in ECONOMIES.items() if name}
    early = index.get_level_values("year") <= WITH_UNITED_KINGDOM
    by_partner["EU27"] = by_partner["EU27"] - by_partner["GBR"].mul(early, axis=0)
    by_partner["ROW"] = of(ALL) - sum(by_partner.values())
    frame = pd.concat(by_partner, names=["partner"]).reset_index()
    below = frame[columns].lt(-1).any(axis=1)
    if below.any():
        raise GvcError(
            str(path),
            expected="partners that add up to no more than all",
            found=", ".join(map(str, frame[below].iloc[0])),
            remedy="Take the file again.",
        )
    part = frame["year"].map(months) < 12
    frame.loc[part, ["imports_usd", "duty_usd"]] = np.nan
    frame[columns] = frame[columns].clip(lower=0) / 1e6  # below zero are cents of differences
    order = frame["partner"].map(list(ECONOMIES).index)
    frame = frame.assign(order=order).sort_values(["year", "order"], kind="stable")
    return frame.rename(columns=names)[["year", "partner", "industry", "imports", "duty", "imports_to", "duty_to"]]


def us_imports_by_month(folder: Path) -> pd.DataFrame:
    """List American imports for consumption by month: columns year, month and the partners; million USD.

    Notes
    -----
    Members of the European Union stand beside it. ``WLD`` is all partners, also those that have no column.
    """
    rows = pd.read_csv(folder / "us_imports" / "us_imports_total_monthly.csv")
    named = {name: code for code, name in {**ECONOMIES, **MEMBERS, panel.WORLD: ALL}.items() if name}
    frame = rows[["year", "month", *named]].rename(columns=named)
    frame[list(named.values())] /= 1e6
    early = frame["year"] <= WITH_UNITED_KINGDOM
    frame.loc[early, "EU27"] -= frame.loc[early, "GBR"]
    return frame


def us_imports_content(icio: ICIO) -> pd.DataFrame:
    """List whose value added is in what each partner of the trade model sells to the United States, by industry.

    Returns
    -------
    DataFrame
        Columns exporter, industry, exports, home and those of :data:`industrial_chains.customs.CONTENT`; million USD.
        `home` is the value added of the exporter, of a group that of its members. What is left is all others'.
    """
    answer = gvc.content(icio, "exports", importer=BUYER, by=("origin", "exporter", "sector"))
    names, group = list(icio.result_economies), economies_of(icio.result_economies)
    values = answer.to_numpy().reshape(len(names), len(names), -1)
    frames = []
    for partner in PARTNERS:
        places = [at for at, name in enumerate(names) if group[name] == partner]
        for industry, (sectors, _) in GOODS.items():
            here = values[:, places][:, :, [icio.sectors.index(sector) for sector in sectors]].sum(axis=2)
            # Each member of the rest of the world is an economy of its own.
            home = np.trace(here[places]) if partner == eco.ROW else here[places].sum()
            others = {code: 0.0 if code == partner else here[names.index(code)].sum() for code in CONTENT}
            frames.append({"exporter": partner, "industry": industry, "exports": here.sum(), HOME: home, **others})
    return pd.DataFrame(frames)


def _agree(folder: Path) -> None:
    """Refuse files that do not end in the same month."""
    years = pd.read_csv(newest(folder), usecols=["year", "months"])
    months = pd.read_csv(folder / "us_imports" / "us_imports_total_monthly.csv", usecols=["year", "month"])
    ends = [
        "{}, month {}".format(*max(zip(rows["year"], rows[column], strict=True)))
        for rows, column in ((months, "month"), (years, "months"))
    ]
    if ends[0] != ends[1]:
        remedy = "Take both files from the same commit."
        raise GvcError(str(newest(folder)), expected=ends[0], found=ends[1], remedy=remedy)


def main(data: Path, out: Path) -> None:
    """Compute everything from the sources, and write it."""
    _agree(data)
    results = {
        "us_imports": us_imports(data),
        "us_imports_by_month": us_imports_by_month(data),
        "us_imports_content": us_imports_content(read(data / "oecd_icio", YEARS[-1])),
    }
    for name, frame in results.items():
        frame.to_csv(out / f"{name}.csv", index=False, float_format="%.6g", lineterminator="\n")
