"""A trade model on the OECD's tables, summed to economies and industries that American customs know, too.

`pipeline.what_if` makes what :func:`table`, :func:`elasticities` and :func:`tariffs` read, `pipeline.us_customs` what
:func:`us_imports` reads, and `chapters.frontier.what_if_step` what :func:`trials` reads.
"""

from collections.abc import Iterable
from functools import cache
from typing import Literal, TypeVar

import pandas as pd

import gvc
from gvc.icio import ICIO
from gvc.panel import WORLD
from industrial_chains import data
from industrial_chains import economies as eco
from industrial_chains.trade_model.scenarios import Apart, Cheaper, Closer, Duty, Scenario

#: Where duties are charged in the trial of the model, and whom they are meant for.
BUYER, SELLER = "USA", "CHN"
#: Economies of the model, and how American customs call them; what is left of all is the rest of the world.
ECONOMIES: dict[str, str] = {
    "USA": "",
    "CHN": "CHINA",
    "JPN": "JAPAN",
    "KOR": "KOREA, SOUTH",
    "TWN": "TAIWAN",
    "RUS": "RUSSIA",
    "VNM": "VIETNAM",
    "THA": "THAILAND",
    "MYS": "MALAYSIA",
    "SGP": "SINGAPORE",
    "IDN": "INDONESIA",
    "IND": "INDIA",
    "MEX": "MEXICO",
    "CAN": "CANADA",
    "EU27": "EUROPEAN UNION",
    "GBR": "UNITED KINGDOM",
    "CHE": "SWITZERLAND",
    "AUS": "AUSTRALIA",
    "BRA": "BRAZIL",
    "SAU": "SAUDI ARABIA",
    "ROW": "",
}
#: What no industry of the model makes: second-hand, returned, scrap and the like.
OTHER = "other"
#: Partners of the United States.
PARTNERS = tuple(code for code in ECONOMIES if code != BUYER)
#: Industries that make goods, by those of the OECD and of American customs (NAICS).
GOODS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "A": (("A01", "A02", "A03"), ("111", "112", "113", "114", "115")),
    "B": (("B05", "B06", "B07", "B08", "B09"), ("211", "212")),
    "C10T12": (("C10T12",), ("311", "312")),
    "C13T15": (("C13T15",), ("313", "314", "315", "316")),
    "C16": (("C16",), ("321",)),
    "C17_18": (("C17_18",), ("322", "323")),
    "C19": (("C19",), ("324",)),
    "C20_21": (("C20", "C21"), ("325",)),
    "C22": (("C22",), ("326",)),
    "C23": (("C23",), ("327",)),
    "C24": (("C24A", "C24B"), ("331",)),
    "C25": (("C25",), ("332",)),
    "C26": (("C26",), ("334",)),
    "C27": (("C27",), ("335",)),
    "C28": (("C28",), ("333",)),
    "C29_30": (("C29", "C301", "C302T309"), ("336",)),
    "C31T33": (("C31T33",), ("337", "339")),
}
SERVICES: dict[str, tuple[str, ...]] = {
    "D_E": ("D", "E"),
    "F": ("F",),
    "G_I": ("G", "H49", "H50", "H51", "H52", "H53", "I"),
    "J_N": ("J58T60", "J61", "J62_63", "K", "L", "M", "N"),
    "O_T": ("O", "P", "Q", "R", "S", "T"),
}
#: Industries of the model, as the book calls them.
NAMES: dict[str, str] = {
    "A": "Farming and fishing",
    "B": "Mining",
    "C10T12": "Food",
    "C13T15": "Textiles and clothing",
    "C16": "Wood",
    "C17_18": "Paper and printing",
    "C19": "Refined fuels",
    "C20_21": "Chemicals and medicine",
    "C22": "Rubber and plastics",
    "C23": "Glass and stone",
    "C24": "Basic metals",
    "C25": "Metal products",
    "C26": "Computers and electronics",
    "C27": "Electrical equipment",
    "C28": "Machinery",
    "C29_30": "Transport equipment",
    "C31T33": "Furniture, toys and other goods",
    "D_E": "Power and water",
    "F": "Construction",
    "G_I": "Trade, transport and hotels",
    "J_N": "Finance and business",
    "O_T": "Public and personal services",
}
#: Articles that the elasticities are quoted from, by the key of the work in the references.
STUDIES: dict[str, str] = {
    "caliendo_parro_2015": "caliendo2015",
    "shapiro_2016": "shapiro2016",
    "bagwell_staiger_yurukoglu_2021": "bagwell2021",
    "giri_yi_yilmazkuday_2021": "giri2021",
    "lashkaripour_2021": "lashkaripour2021",
    "fontagne_2022": "fontagne2022",
    "lashkaripour_lugovskyy_2023": "lashkaripour2023",
}
#: The study that is meant where one is named alone: the one that covers most products, from the duties of most years.
MAIN = "fontagne_2022"
#: Years of which a table is kept: the last before the duties of 2018, and the last.
YEARS = (2017, 2022)

#: Whose trade costs are halved: of Northeast Asia, those that the tables show.
NORTHEAST_ASIA = ("CHN", "JPN", "KOR", "RUS")
_MADE = tuple(code for code in GOODS if code.startswith("C"))
#: Points that are added to the duty on goods of China, and on goods of everybody.
POINTS, POINTS_ON_ALL = 25, 10
#: The last whole month before the Supreme Court ended the emergency duties, the first after it, and the latest.
BEFORE_RULING, AFTER_RULING, NOW = "2026-01", "2026-03", "2026-08"
#: What the book asks the model.
SCENARIOS: dict[str, Scenario] = {
    "duty": Duty(POINTS / 100, (SELLER,), BUYER, tuple(GOODS)),
    "duty_on_all": Duty(POINTS_ON_ALL / 100, PARTNERS, BUYER, tuple(GOODS)),
    "answered": Duty(POINTS_ON_ALL / 100, PARTNERS, BUYER, tuple(GOODS), answered=True),
    "cheaper_VNM": Cheaper("VNM", _MADE, 1.1),
    "cheaper_MEX": Cheaper("MEX", _MADE, 1.1),
    "cheaper_IND": Cheaper("IND", _MADE, 1.1),
    "closer": Closer(NORTHEAST_ASIA, (*GOODS, *SERVICES)),
    "apart": Apart((SELLER,), (BUYER,), ("C26",)),
    "apart_with_allies": Apart((SELLER,), (BUYER, "JPN", "KOR", "TWN", "EU27"), ("C26",)),
}


def economies_of(shown: Iterable[str]) -> dict[str, str]:
    """Say which economy of the model each of those that a table shows becomes, in the order of the model."""
    members = eco.GROUPS["EU27"]
    becomes = {code: code if code in ECONOMIES else "EU27" if code in members else "ROW" for code in shown}
    order = list(ECONOMIES)
    return dict(sorted(becomes.items(), key=lambda pair: order.index(pair[1])))


def industries() -> dict[str, str]:
    """Say which industry of the model each industry of the OECD becomes."""
    whole = {code: parts for code, (parts, _) in GOODS.items()} | SERVICES
    return {part: code for code, parts in whole.items() for part in parts}


@cache
def table(year: int) -> ICIO:
    """Read the OECD's table of a year, summed to 21 economies × 22 industries.

    Parameters
    ----------
    year : {2017, 2022}
        2022 is rebuilt from what the OECD publishes, 2017 an estimate.

    Returns
    -------
    ICIO
        Output is the sum of its uses and value added what it leaves, and nothing is below zero.
    """
    return gvc.read_icio(data.path("what_if_2017") if year == 2017 else data.path("what_if_2022"))


@cache
def elasticities() -> pd.DataFrame:
    """Read the trade elasticities of seven studies, by industry of the model.

    Returns
    -------
    DataFrame, industry × study
        Pure numbers above zero. The mean of those that a study has within the industry; where it has none,
        `pipeline.what_if.UNKNOWN`, and for services, which none covers whole, `pipeline.what_if.OF_SERVICES`.
    """
    return data.table("elasticities").set_index("industry")


@cache
def tariffs() -> pd.DataFrame:
    """Read the duties by law of 2021, (economy, industry of goods) × economy that charges them; pure numbers.

    The additional American duties since 2018 are not in them: of the United States take what customs collected.
    """
    return data.table("tariffs").set_index(["economy", "industry"])


@cache
def us_imports() -> pd.DataFrame:
    """Read what the United States imports for consumption, and the duty that it collects.

    Returns
    -------
    DataFrame
        Columns year, partner, industry, imports, duty, imports_to, duty_to; million USD: of the whole year, blank for
        one that is not over, and of its months up to the one in which the last year of the file ends. Industry
        ``other`` is second-hand, returned, scrap and the like.
    """
    return data.table("us_imports")


@cache
def american(what: Literal["imports", "duty"], year: int, *, full_year: bool = False) -> pd.DataFrame:
    """Return American imports for consumption, or the duty collected on them, partner × industry; million USD.

    All goods, :data:`OTHER` among them, from January to the month in which the last year of the file ends, so that
    every year can be compared with that year.

    Parameters
    ----------
    what : {"imports", "duty"}
    year : int
    full_year : bool
        Of all twelve months, as the tables of value added have it; blank for a year that is not over.
    """
    rows = us_imports().query("year == @year")
    wide = rows.pivot(index="partner", columns="industry", values=what if full_year else f"{what}_to")
    return wide.loc[list(PARTNERS), [*GOODS, OTHER]]


Amounts = TypeVar("Amounts", pd.DataFrame, pd.Series)


def rate(duty: Amounts, imports: Amounts) -> Amounts:
    """Return the duty collected over imports of the same goods in the same months; pure numbers, 0 without imports."""
    return (duty / imports.replace(0, float("nan"))).fillna(0.0)


def charged(year: int, *, full_year: bool = False) -> pd.DataFrame:
    """Return :func:`rate` of the United States, partner × industry, as :func:`american` has the amounts."""
    duty, imports = (american(what, year, full_year=full_year) for what in ("duty", "imports"))
    return rate(duty, imports)


@cache
def by_month(what: Literal["imports", "duty"]) -> pd.DataFrame:
    """Read American imports for consumption, or the duty on them, month (2026-08) × partner and ``WLD``; USD."""
    return data.table("us_market_by_month").pivot(index="month", columns="partner", values=what)


def charged_in(month: str) -> dict[str, float]:
    """Return the duty on all that a partner sold in a month, over what it sold; three digits, as addresses have them.

    Partners that the file does not name pay what is left of the duty over what is left of the imports, all the same.
    """
    duty, imports = (by_month(what).T[month] for what in ("duty", "imports"))
    named = [code for code in PARTNERS if code in imports.index]
    left = float(duty[WORLD] - duty[named].sum()) / float(imports[WORLD] - imports[named].sum())
    found = {code: float(duty[code] / imports[code]) if code in named else left for code in PARTNERS}
    return {code: round(rate, 3) for code, rate in found.items()}


@cache
def american_part(year: int) -> pd.Series:
    """American value added in the goods that each partner ships to the United States, percent of their value.

    Parameters
    ----------
    year : {2017, 2022}
    """
    shipped = gvc.content(
        table(year), "exports", importer=BUYER, sector=list(GOODS), by=("origin", "exporter")
    ).unstack()
    part: pd.Series = shipped.T[BUYER] / shipped.sum()
    return 100 * part[list(PARTNERS)]


@cache
def trials() -> pd.DataFrame:
    """Read what becomes of the duty on Chinese goods under other assumptions.

    Returns
    -------
    DataFrame
        Columns trial; case, a study or the number of a draw; fall, of American goods imports from China, percent;
        buyer, abroad, earned, real, as `scenarios.lost` counts them, cents; and cost, of American real income,
        percent.
    """
    return data.table("what_if_trials")
