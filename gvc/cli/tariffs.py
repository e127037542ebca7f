"""Tariffs as they are typed: ``CHN>USA:goods:+25``."""

import re
from collections.abc import Iterable
from enum import StrEnum

import numpy as np

from gvc import economies as eco
from gvc.errors import GvcError
from gvc.icio import ICIO
from gvc.labels import Array

_FORM = re.compile(
    r"\s*(?P<exporters>[^>:]+)>(?P<importers>[^>:]+):(?P<sectors>.+):\s*\+?(?P<percent>-?[\d.]+)\s*%?\s*"
)
#: Agriculture, mining and manufacturing, as WIOD and ADB number them, and in ISIC 4, where D is electricity.
_GOODS = re.compile(r"c([1-9]|1[0-6])|[ABC](\d.*)?")
#: The same in ISIC 3, where D is manufacturing.
_GOODS_ISIC_3 = re.compile(r"AtB|[ABC](\d.*)?|D.*")


class Balances(StrEnum):
    """What becomes of balances, as in :func:`gvc.counterfactual`."""

    fixed = "fixed"
    zero = "zero"


def rates(table: ICIO, tariffs: Iterable[str]) -> Array:
    """Rates of duty (GN, G) on what is foreign to an importer, 0.25 for 25 percent; of several on a product the sum."""
    total = np.zeros_like(table.Y)
    for typed in tariffs:
        found = _FORM.fullmatch(typed)
        try:
            percent = float(found["percent"]) if found else None
        except ValueError:
            percent = None
        if found is None or percent is None or not np.isfinite(percent):
            raise GvcError(
                "--tariff",
                expected="EXPORTERS>IMPORTERS:SECTORS:+PERCENT",
                found=typed,
                remedy='Write "CHN>USA:goods:+25", with "all", "goods" or labels of the table between commas.',
            )
        products = np.outer(_economies(table, found["exporters"]), _sectors(table, found["sectors"])).ravel()
        importers = _economies(table, found["importers"])
        foreign = np.not_equal.outer(table.home, table.membership.argmax(axis=1))
        charged = np.outer(products, importers) & foreign
        if not charged.any():
            raise GvcError(
                "--tariff",
                expected="an importer that is not the exporter",
                found=f"{found['exporters']}>{found['importers']}",
                remedy="Name another: at home nobody pays a tariff.",
            )
        total += percent / 100 * charged
    if (total <= -1).any():
        row, column = np.argwhere(total <= -1)[0]
        raise GvcError(
            f"--tariff, {table.label(row)} to {table.economies[column]}",
            expected="more than -100 percent in all",
            found=f"{100 * total[row, column]:g}",
            remedy="Take a smaller subsidy: this one leaves nothing to pay.",
        )
    return total


def _economies(table: ICIO, typed: str) -> Array:
    """Tell of each economy whether it is named, a part by its whole."""
    names = [name.strip() for name in typed.split(",")]
    known = table.result_economies
    named = known if names == ["all"] else eco.covered(names[0] if len(names) == 1 else names, known)
    return np.array([table.parts.get(code, code) in named for code in table.economies])


def _sectors(table: ICIO, typed: str) -> Array:
    """Tell of each sector whether it is named."""
    typed = typed.strip()
    names = {typed} if typed in table.sectors else {name.strip() for name in typed.split(",")}
    if names == {"all"}:
        names = set(table.sectors)
    elif names == {"goods"}:
        names = _goods(table)
    if strangers := names - set(table.sectors):
        raise GvcError(
            "--tariff",
            expected=f"all, goods or sectors of the table ({', '.join(table.sectors)})",
            found=", ".join(sorted(strangers)),
            remedy="Name some of these.",
        )
    return np.array([sector in names for sector in table.sectors])


def _goods(table: ICIO) -> set[str]:
    if "Services" in table.sectors:
        return set(table.sectors) - {"Services"}
    form = _GOODS_ISIC_3 if any(re.match(r"D1[5-9]", sector) for sector in table.sectors) else _GOODS
    goods = {sector for sector in table.sectors if form.fullmatch(sector)}
    if not goods:
        raise GvcError(
            "--tariff",
            expected="sectors by code, among which goods can be told",
            found=", ".join(table.sectors),
            remedy="Name sectors in place of goods.",
        )
    return goods
