"""The real table, small enough to print, that the chapters on method take apart and the experiments change."""

from gvc.icio import ICIO
from gvc.sample import load_sample
from industrial_chains import economies as eco


def sample() -> ICIO:
    """Return the real table, small enough to print, that the chapters on method use: WIOD 2011, 11 × 5."""
    return load_sample()


def small_sample() -> ICIO:
    """Return the sample summed further, to China, Japan and the rest × goods and services: six rows in all."""
    table = sample()
    rest = {code: eco.ROW for code in table.economies if code not in ("CHN", "JPN")}
    goods = {sector: "Services" if sector == "Services" else "Goods" for sector in table.sectors}
    return table.aggregate({"CHN": "CHN", "JPN": "JPN"} | rest, goods)
