"""One dollar of Viet Nam's electronics exports: who earned it, and every measure of the book on it."""

from functools import cache

import pandas as pd

from exhibits.prose import Numbers
from industrial_chains import data
from industrial_chains import economies as eco
from industrial_chains.charting import names
from industrial_chains.sources import OECD

EXPORTER, BUYER, YEAR = "VNM", "USA", 2022
NEA = ("CHN", "JPN", "KOR", "RUS")
#: Who stands by name in the charts; the others are summed.
EARNERS = ("VNM", "CHN", "KOR", "TWN", "JPN", "USA")
USERS = ("CHN", "USA", "KOR", "JPN", "MEX", "DEU")
OTHERS = "All others"
#: The measures by their names, what each asks of the dollar, and the unit of its number.
MEASURES = {
    "Gross exports, EXGR": ("What buyers abroad paid", "cents"),
    "Domestic content, DC": ("What Viet Nam earned of it, at any stage", "cents"),
    "Domestic value added, DVA": ("The same, each cent counted when it first leaves", "cents"),
    "Domestic double counting, DDC": ("What had left before, inside parts that came back", "cents"),
    "Foreign content, FC": ("What all others earned of it, at any stage", "cents"),
    "Foreign value added, FVA": ("The same, each cent counted when it first passes through", "cents"),
    "Foreign double counting, FDC": ("What had passed through before", "cents"),
    "Absorbed abroad, VAX": ("Of domestic value added, what others finally use", "cents"),
    "Reflected, REF": ("Of domestic value added, what comes home to be used", "cents"),
    "Absorbed by the buyer, DAVAX": ("Of domestic value added, what crosses one border only", "cents"),
    "Backward participation, GVCB": ("Foreign content, and what is counted twice", "cents"),
    "Forward participation, GVCF": ("Domestic value added that buyers send on", "cents"),
    "Upstreamness": ("Stages from the plant to final users", "stages"),
    "Downstreamness": ("Stages behind the plant, itself among them", "stages"),
    "Origin share": ("Northeast Asia’s part of foreign content", "percent"),
    "Concentration, HHI": ("How few earn the foreign content, from 0 to 1", "index"),
    "Direct reliance on China": ("What China sold, of all that the plants bought", "percent"),
    "Reliance on China, counted once": ("What China earned of all that the plants bought", "percent"),
    "Revealed comparative advantage, RCA": ("Electronics’ weight in exports, over the world’s", "ratio"),
    "Vertical specialization, VS": ("Foreign content, of all that Viet Nam exports", "percent"),
    "Vertical specialization, VS1": ("What Viet Nam adds to others’ exports, over its own", "percent"),
    "Link index, LINK": ("Viet Nam’s tie to the United States, all value added", "index"),
    "Trade intensity": ("The same, over what their sizes would predict", "ratio"),
}  # fmt: skip


@cache
def cents(what: str) -> pd.Series:
    """Return a part of the dollar as `chapters.one_dollar_step` lists it; by economy or measure."""
    rows = data.table("dollar")
    return rows[rows["what"] == what].set_index("who")["value"]


def received() -> pd.Series:
    """Return what each economy is first paid: the plants for their own work, and what their suppliers sell; cents."""
    return cents("sold").add(cents("plant"), fill_value=0.0)


def _beside(one: pd.Series, other: pd.Series, shown: tuple[str, ...], heads: tuple[str, str]) -> pd.DataFrame:
    rows = [(names.economy(code), one[code], other[code]) for code in shown]
    rest = [100 - sum(part[code] for code in shown) for part in (one, other)]
    return pd.DataFrame([*rows, (OTHERS, *rest)], columns=["economy", *heads])


def sold_and_earned() -> pd.DataFrame:
    """Set what economies are first paid of the dollar beside what they earn of it, for a chart; cents."""
    return _beside(received(), cents("earned"), EARNERS, ("First paid", "Earned"))


def bought_and_used() -> pd.DataFrame:
    """Set to whom the dollar's goods are shipped beside where they end, for a chart; cents."""
    return _beside(cents("shipped"), cents("absorbed"), USERS, ("Bought", "Used"))


def values() -> dict[str, float]:
    """Return the number of each measure of :data:`MEASURES`."""
    term, all_of_it, earned, bought = cents("measure"), cents("of_all"), cents("earned"), cents("sold").sum()
    foreign = earned.drop(EXPORTER)
    # The rest of the world is many suppliers, and no one of them.
    parts = foreign.drop(eco.ROW) / foreign.sum()
    found = [
        100.0, *term[["DC", "DVA", "DDC", "FC", "FVA", "FDC", "VAX", "REF", "DAVAX", "GVCB", "GVCF"]],
        term["upstreamness"], term["downstreamness"],
        100 * foreign[list(NEA)].sum() / foreign.sum(), float((parts**2).sum()),
        100 * cents("sold")["CHN"] / bought, 100 * earned["CHN"] / bought,
        cents("advantage")[EXPORTER], all_of_it["VS"], all_of_it["VS1"],
        OECD.link(EXPORTER, BUYER)[YEAR], OECD.link(EXPORTER, BUYER, "intensity")[YEAR],
    ]  # fmt: skip
    return dict(zip(MEASURES, map(float, found), strict=True))


def measures() -> pd.DataFrame:
    """Lay the measures out for a table: (measure, what it asks) × {Number, Unit}."""
    rows = {(name, asks): (values()[name], unit) for name, (asks, unit) in MEASURES.items()}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["Number", "Unit"])
    return table.set_index(pd.MultiIndex.from_tuples(rows, names=["Measure", "What it asks of the dollar"]))


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    return {
        "plant": cents("plant")[EXPORTER],
        "services_CHN": cents("services")["CHN"],
        "share_VNM_to_USA": OECD.link(EXPORTER, BUYER, "exports")[YEAR],
        "share_USA_from_VNM": OECD.link(EXPORTER, BUYER, "imports")[YEAR],
    }
