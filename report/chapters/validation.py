"""What the book's numbers are held against: printed examples, another way to compute, accounts that must add up."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd
import yaml

import gvc
from gvc import economies as eco
from gvc import panel
from gvc.flows import industry_exports, value_added_in_exports
from gvc.icio import ICIO
from gvc.leontief import input_coefficients, value_added_coefficients
from report.flows import MARKET
from report.sample import sample
from report.sources import WIOD, Source


def examples() -> list[dict[str, Any]]:
    """Read the tables and results that Koopman, Wang and Wei (2014) print in their online appendix, as printed."""
    text = (panel.DATA / "validation" / "kww2014.yml").read_text("utf-8")
    read: list[dict[str, Any]] = yaml.safe_load(text)
    return read


def table_of(example: dict[str, Any]) -> ICIO:
    """Make the table of an example; sectors that an economy lacks are industries without output."""
    economies = example["economies"]
    counts = example.get("sectors", [1] * len(economies))
    N = max(counts)
    rows = [N * at + sector for at, count in enumerate(counts) for sector in range(count)]
    GN = N * len(economies)
    Z, Y, x, va = np.zeros((GN, GN)), np.zeros((GN, len(economies))), np.zeros(GN), np.zeros(GN)
    Z[np.ix_(rows, rows)], Y[rows], x[rows], va[rows] = (example[name] for name in ("Z", "Y", "x", "va"))
    return ICIO(economies=economies, sectors=[f"s{n + 1}" for n in range(N)], Z=Z, Y=Y, x=x, va=va, source="KWW 2014")


def against_print() -> pd.DataFrame:
    """Recompute every printed number of the examples.

    Returns
    -------
    DataFrame, example × {Appendix, Economies, Numbers, Agree, Largest gap}
        A number agrees if it rounds to the printed one. The gap is in units of the last printed digit.
    """
    rows = {}
    for example in examples():
        gaps = [_in_last_digits(found, printed) for found, printed in _pairs(example)]
        rows[example["name"]] = {
            "Appendix": example["appendix"],
            "Economies": len(example["economies"]),
            "Numbers": len(gaps),
            # Beyond a half by what floating point adds to a number that ends in 5.
            "Agree": sum(gap <= 0.5 + 1e-9 for gap in gaps),
            "Largest gap": max(gaps),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(index="Example")


def _pairs(example: dict[str, Any]) -> Iterator[tuple[float, float]]:
    """Each printed number with the one that the package gives."""
    table, printed = table_of(example), example["printed"]
    terms, content = gvc.kww(table), value_added_in_exports(table)
    exports = gvc.gross_exports(table).sum(axis=1)
    if "absorbed" in printed:
        yield from zip(np.ravel(gvc.value_added_in_final_demand(table)), np.ravel(printed["absorbed"]), strict=True)
    if "exports" in printed:
        yield from zip(exports, printed["exports"], strict=True)
    for code in set(printed) & set(table.economies):
        row, total, at_home = terms.loc[code], exports[code], content.loc[code, code]
        found = {
            "E": total,
            "VAX": row.iloc[:3].sum(),
            "DVA": row.iloc[:5].sum(),
            "FVA": row[["FVA_FIN", "FVA_INT"]].sum(),
            "DC": at_home,
            "VS": content[code].sum() - at_home,
            "VS1star": content.loc[code].sum() - at_home,
        }
        found |= {f"{name}_share": found[name] / total for name in ("DVA", "DC")}
        found["VAX_ratio"] = found["VAX"] / total
        yield from zip(row, printed[code]["terms"], strict=True)
        yield from ((found[name], number) for name, number in printed[code]["others"].items())


def _in_last_digits(found: float, printed: float) -> float:
    return float(abs(found - printed)) * 10.0 ** len(str(printed).partition(".")[2])


def by_rounds(icio: ICIO, rounds: Iterable[int]) -> pd.DataFrame:
    r"""Follow value added in exports from supplier to supplier, without solving anything.

    Parameters
    ----------
    icio : ICIO
    rounds : iterable of int
        How many rounds of suppliers, none of them for the exporting industry alone.

    Returns
    -------
    DataFrame, rounds × {missing, exporter, gap}
        `missing`: of the exports of the exporter that has most of it left, what no origin has been found for, in
        percent. `gap`: of any origin in any exporter's exports, how far the sum so far is from
        :func:`gvc.value_added_in_exports`, in percent of the exports.

    Notes
    -----
    :math:`V (I + A + A^2 + \dots + A^k) E`, which tends to :math:`V B E`.
    """
    rounds, names = sorted(rounds), icio.result_economies
    A, v, solved = input_coefficients(icio), value_added_coefficients(icio), value_added_in_exports(icio).to_numpy()
    output = np.zeros((len(icio.x), len(names)))
    output[icio.own] = industry_exports(icio).sum(axis=1)
    exports, found, rows = output.sum(axis=0), np.zeros_like(solved), {}
    for done in range(rounds[-1] + 1):
        found += icio.by_economy((v[:, None] * output).T).T
        output = A @ output
        if done in rounds:
            missing = 100 * (1 - found.sum(axis=0) / exports)
            most = int(missing.argmax())
            gap = float((100 * np.abs(found - solved) / exports).max())
            rows[done] = {"missing": float(missing[most]), "exporter": names[most], "gap": gap}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(index="rounds")


def accounts(source: Source = WIOD) -> pd.DataFrame:
    """Hold the flows of a source against each other: what must be equal, computed by different functions.

    Parameters
    ----------
    source : Source
        With a panel by industry.

    Returns
    -------
    DataFrame, identity × {compared, gap, economy, year, near}
        How many pairs of numbers; the largest gap, in percent of the second; whose and when it is; the largest gap of
        the economies of Northeast Asia.
    """

    def total(flow: str, by: str = "origin", *, abroad: bool = False) -> pd.Series:
        rows = source.rows(flow)
        return _sum(rows[rows["origin"] != rows["destination"]] if abroad else rows, by)

    def made(flow: str) -> pd.Series:
        return _sum(source.accounts(flow), "origin")

    exports, sales = total("gross_exports"), source.rows("gross_exports")
    to_market = _sum(sales[(sales["destination"] == MARKET) & (sales["origin"] != MARKET)], "origin")
    sides = {
        "Value added of all origins makes gross exports": (total("va_exports", "destination"), exports),
        "DVA, DDC, FVA and FDC make gross exports": (
            sum((total(term) for term in ("DVA", "DDC", "FVA", "FDC")), start=0 * exports),
            exports,
        ),
        "FVA and FDC are the foreign value added of Table 1": (
            total("FVA") + total("FDC"),
            total("va_exports", "destination", abroad=True),
        ),
        "The industries' exports of value added make VAX": (made("vax"), total("va_final_demand", abroad=True)),
        "The industries' value added in exports makes DVA": (made("dva_exports"), total("DVA")),
        "Value added in exports to the United States makes those exports": (
            total(f"va_exports_to_{MARKET}", "destination").drop(MARKET, level="economy"),
            to_market,
        ),
        "Value added absorbed anywhere makes value added": (total("va_final_demand"), made("value_added")),
    }
    rows = {}
    for identity, (one, other) in sides.items():
        gap = (100 * (one - other).abs() / other).dropna()
        year, economy = gap.index[int(gap.argmax())]
        near = gap[gap.index.get_level_values("economy").isin(eco.GROUPS["NEA"])]
        rows[identity] = {
            "compared": len(gap),
            "gap": gap.max(),
            "economy": economy,
            "year": year,
            "near": near.max(),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(index="identity")


def rounds_of_sample() -> pd.DataFrame:
    """Follow the suppliers of the sample, in twice as many rounds each time."""
    return by_rounds(sample(), [0, *(2**power for power in range(6))])


def _sum(rows: pd.DataFrame, by: str) -> pd.Series:
    """Add rows up by year and economy."""
    return rows.groupby(["year", by])["value"].sum().rename_axis(["year", "economy"])
