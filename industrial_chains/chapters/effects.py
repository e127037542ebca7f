"""Effects of relocation: on industry at home, on the gain from trade, on what exports hold; and the verdicts."""

from collections.abc import Iterable, Iterator
from itertools import pairwise, product

import numpy as np
import pandas as pd

from exhibits.text import Myst, Told
from exhibits.words import number
from industrial_chains import waves_by_industry
from industrial_chains.industry_groups import MANUFACTURING
from industrial_chains.models import ricardo
from industrial_chains.models.ricardo import OPENED
from industrial_chains.sources import LRWIOD, OECD, WIOD, Source
from industrial_chains.waves_by_industry import BY_INDUSTRY, NIES

#: The rich countries that led in industry when the data begin.
LEADERS = ("USA", "DEU", "JPN", "GBR", "FRA", "ITA", "CAN")
#: Those that industrialised after Japan, and industries of which they were net importers in 1965.
FOLLOWERS = ("KOR", "TWN", "CHN", "IND", "MEX")
TURNING = {"vehicles": "Cars and other vehicles", "electronics": "Electronics", "metals": "Steel and other metals"}


def hollowing() -> pd.DataFrame:
    """Share of manufacturing in value added, every second year.

    Returns
    -------
    DataFrame
        Columns year, economy, value, database; percent.
    """
    frames = []
    for source in BY_INDUSTRY:
        share = source.weight("value_added", MANUFACTURING)[["CHN", "KOR", "TWN", "DEU", "JPN", "USA"]]
        frames.append(source.long(share, "economy"))
    frame = pd.concat(frames, ignore_index=True)
    return frame[frame["year"].mod(2).eq(0)]


def weight(economy: str, source: Source) -> pd.Series:
    """Share of manufacturing in one economy's value added, by year; percent."""
    return source.weight("value_added", MANUFACTURING)[economy]


def catching_up() -> pd.DataFrame:
    """Home's gain from trade as technology abroad closes its gap, in two ways.

    Returns
    -------
    DataFrame
        Columns closed, how, value; percent.
    """
    names = {"alike": "alike in every industry", "where_it_lags": "most where it lags most"}
    path = ricardo.convergence(np.linspace(0, 0.9, 37), OPENED).rename(columns=names)
    frame = path.melt(ignore_index=False, var_name="how").reset_index()
    return frame.assign(closed=100 * frame["closed"]).round(6)


def domestic_content() -> pd.DataFrame:
    """Share of domestic value added in gross exports.

    Returns
    -------
    DataFrame
        Columns year, economy, value, database; percent.
    """
    rows = [
        (year, code, value, source.label_in(year))
        for code, source in product(("CHN", "KOR", "TWN", "MEX", "VNM"), BY_INDUSTRY)
        if code in source.economies
        for held in [content(code, source)]
        for year, value in zip(map(int, held.index), held, strict=True)
    ]
    return pd.DataFrame(rows, columns=["year", "economy", "value", "database"])


def content(economy: str, source: Source) -> pd.Series:
    """Domestic value added in one economy's exports, percent, by year."""
    found = {}
    for year in source.years("va_exports"):
        held = source.matrix("va_exports", year)[economy]
        found[year] = 100 * float(held[economy]) / float(held.sum())
    return pd.Series(found)


# -- every theory and every wave ---------------------------------------------------------------------------------------

UNTESTED = "Not tested"
#: A claim about what happens may fit; that its cause is the theory's no table can show.
FITS = "Fits; cause not shown"


def verdicts() -> pd.DataFrame:
    """Say of each theory and each wave what it claims, the number that speaks to it, and what that says.

    Returns
    -------
    DataFrame, (Theory or wave) × {Claim, Number, Verdict, Database and years}
    """
    columns = ["Theory or wave", "Claim", "Number", "Verdict", "Database and years"]
    return pd.DataFrame([*_waves(), *_theories(), *_effects()], columns=columns).set_index(columns[0])


Row = tuple[str, str, str, str, str]


def _waves() -> Iterator[Row]:
    yield "First wave", "Industry went from Britain to Europe and North America", "–", UNTESTED, "No table before 1965"
    found = waves_by_industry.handovers()
    for wave, (_, _, source, start, end) in waves_by_industry.SIDES.items():
        rows = found.loc[wave].loc[list(waves_by_industry.CLAIMED[wave])]
        handed = int(rows["Found"].eq("Handed on").sum())
        number = f"{handed} of {len(rows)} industries that it is said to move handed on"
        if handed == 0:
            number += f"; in {int(rows['Found'].eq('Both grew').sum())} both sides grew"
        verdict = "Fits" if handed == len(rows) else "Not so far" if handed == 0 else "In part"
        sides = Told(rows["Senders"].iloc[0], " → ", rows["Hosts"].iloc[0])
        first = wave.split(",")[0]
        yield f"{first} wave", sides, number, verdict, f"{source.name}, {start}–{end}"
    passed = {
        "textiles": waves_by_industry.passed("Textiles and clothing", "JPN", "CHN", LRWIOD),
        "electronics": waves_by_industry.passed("Electronics", "JPN", "CHN", WIOD),
        "vehicles": waves_by_industry.passed("Cars and other vehicles", "JPN", "CHN", OECD),
    }
    taiwan = {
        "electronics": waves_by_industry.passed("Electronics", "TWN", "CHN", WIOD),
        "vehicles": waves_by_industry.passed("Cars and other vehicles", "TWN", "CHN", WIOD),
    }
    fits = [_in_order(years.values()) for years in (passed, taiwan)]
    said = [", ".join(f"{name} in {year}" for name, year in years.items()) for years in (passed, taiwan)]
    yield (
        "All waves",
        "The low end goes first",
        f"China passed Japan in {said[0]}; it passed Taiwan in {said[1]}",
        "Fits" if all(fits) else "In part" if any(fits) else "Does not hold",
        "Long-run WIOD, 1965–2000; WIOD, 1995–2011; OECD, 2011–2022",
    )


def _in_order(years: Iterable[int | None]) -> bool:
    known = [year for year in years if year is not None]
    return known == [*years] and known == sorted(known)


def _theories() -> Iterator[Row]:
    yield (
        Myst("{ref}`Comparative advantage <theory-ricardo>`"),
        "What a country makes follows its relative productivity",
        "–",
        UNTESTED,
        Myst("No data on productivity here; elsewhere it holds {cite:p}`costinot2012`"),
    )
    japan = waves_by_industry.balance("Textiles and clothing", "JPN", LRWIOD)
    yield (
        Myst("{ref}`Factor proportions <theory-proportions>`"),
        "An economy that saves leaves textiles",
        f"Japan's trade balance in textiles {japan[1965]:.0f} in 1965, {number(japan[2000], '.0f')} in 2000 "
        "(100: exports only)",
        FITS if japan[1965] > 0 > japan[2000] else "Does not hold",
        "Long-run WIOD, 1965–2000",
    )
    turns = {
        name: waves_by_industry.lasting(waves_by_industry.balance(industry, "USA", LRWIOD), -1)
        for name, industry in {"electronics": "Electronics", "vehicles": "Cars and other vehicles"}.items()
    }
    yield (
        Myst("{ref}`Product cycle <theory-cycle>`"),
        "The innovator exports, then imports",
        "United States lasting importer of " + ", ".join(f"{name} from {year}" for name, year in turns.items()),
        FITS if all(turns.values()) else "Does not hold",
        "Long-run WIOD, 1965–2000",
    )
    third = waves_by_industry.handovers().loc["Third"]
    handed = int(third["Found"].eq("Handed on").sum())
    yield (
        Myst("{ref}`Marginal industries <theory-marginal>`"),
        "What is about to lose its advantage goes first",
        f"Japan lost share in {handed} of {len(third)} industries, textiles, and gained in the others",
        FITS if handed == 1 and third["Found"].iloc[0] == "Handed on" else "In part",
        "Long-run WIOD, 1970–1990; trade, not investment",
    )
    yield (
        Myst("{ref}`Monopolistic advantage <theory-monopoly>`"),
        "Investment comes from concentrated industries and goes both ways",
        "–",
        UNTESTED,
        "No data on firms here",
    )
    bought = {
        name: [waves_by_industry.balance(industry, code, LRWIOD) for code in FOLLOWERS]
        for name, industry in TURNING.items()
    }
    turned = {name: sum(of[1965] < 0 < of[2000] for of in balances) for name, balances in bought.items()}
    each = ", ".join(f"{name} in {number}" for name, number in turned.items())
    yield (
        Myst("{ref}`Flying geese <theory-geese>`, within an economy"),
        "Imports, then production, then exports",
        f"Net importer in 1965 and net exporter in 2000: {each} of {len(FOLLOWERS)} followers",
        "Fits" if set(turned.values()) == {len(FOLLOWERS)} else "In part",
        "Long-run WIOD, 1965–2000",
    )
    tops = {code: waves_by_industry.turned("Textiles and clothing", code, LRWIOD) for code in ("JPN", *NIES)}
    after = all(tops["JPN"] < tops[code] for code in NIES)
    chips = {code: waves_by_industry.turned("Electronics", code, LRWIOD) for code in ("JPN", "KOR", "TWN")}
    open_ = [code for code in ("KOR", "TWN") if chips[code] == 2000]
    china = waves_by_industry.share("Textiles and clothing", "CHN", OECD)
    left = china[2022] < china.max() / 2
    yield (
        Myst("{ref}`Flying geese <theory-geese>`, nations in a row"),
        "Followers peak after the leader, and leave in their turn",
        f"Textiles: Japan {tops['JPN']}, Hong Kong {tops['HKG']}, Taiwan {tops['TWN']}, Korea {tops['KOR']}; China has "
        f"{china[2022]:.0f} per cent of the world in 2022. "
        f"Electronics: Japan {chips['JPN']}, Korea and Taiwan not before 2000",
        "Fits" if after and left and len(open_) == 2 else "In part",
        "Long-run WIOD, 1965–2000; OECD, 2022",
    )
    yield (
        Myst("{ref}`Location <theory-location>`"),
        "Activities sort by what distance costs them",
        "–",
        UNTESTED,
        "Tables by country have no places",
    )
    yield (
        Myst("{ref}`Core and periphery <theory-core>`, one country"),
        "History decides between two corners",
        "–",
        UNTESTED,
        Myst("Elsewhere divided {cite:p}`davis2002,redding2011`"),
    )
    early, late = (s.world_shares("value_added", MANUFACTURING)[list(LEADERS)].sum(axis=1) for s in (LRWIOD, OECD))
    led = {year: float(early[year]) for year in (1965, 1980, 1990, 2000)}
    falls = all(before > after for before, after in pairwise(led.values())) and late[2011] > late[2022]
    yield (
        Myst("{ref}`Core and periphery <theory-countries>`, between countries"),
        "Cheap trade sends industry back out of the core",
        "Seven rich countries' share of the world's manufacturing, percent: "
        + ", ".join(f"{share:.0f} in {year}" for year, share in led.items())
        + f"; by the OECD {late[2011]:.0f} → {late[2022]:.0f}",
        FITS if falls else "In part",
        "Long-run WIOD, 1965–2000; OECD, 2011–2022",
    )
    world = waves_by_industry.foreign_shares().set_index(["database", "industry", "year"])["value"]
    first, last = world[LRWIOD.label]["Electronics"], world[OECD.label]["Electronics"]
    top = world[WIOD.label]["Electronics"]
    yield (
        Myst("{ref}`Trade in tasks <theory-stages>`"),
        "Cheaper coordination sends stages abroad",
        f"Foreign value in electronics {first[1965]:.0f} → {first[2000]:.0f} per cent; "
        f"highest in {top.idxmax()}; {last[2022]:.0f} in 2022",
        FITS if first[1965] < first[2000] else "Does not hold",
        "Long-run WIOD, 1965–2000; WIOD, 1995–2011; OECD, 2022",
    )
    yield (
        Myst("{ref}`Eclectic paradigm <theory-oli>`"),
        "Direct investment where three advantages meet",
        "–",
        UNTESTED,
        "A framework; no data on firms here",
    )


def _effects() -> Iterator[Row]:
    japan, korea = weight("JPN", LRWIOD), weight("KOR", LRWIOD)
    fell, rose = japan[2000] < japan[1970], korea[2000] > korea[1970]
    yield (
        "Hollowing out",
        "Senders lose manufacturing",
        f"Share of manufacturing 1970 → 2000: Japan {japan[1970]:.0f} → {japan[2000]:.0f} per cent, "
        f"Korea {korea[1970]:.0f} → {korea[2000]:.0f}",
        "In part" if fell and rose else FITS,
        "Long-run WIOD, 1970–2000",
    )
    china, viet_nam = content("CHN", WIOD), content("VNM", OECD)
    turned = china[2011] > china.min() + 1
    stuck = viet_nam[2022] < viet_nam[2011]
    yield (
        "Lock-in",
        "Hosts stay with assembly",
        f"Domestic content of China's exports lowest in {china.idxmin()} at {china.min():.0f} per cent, "
        f"{china[2011]:.0f} in 2011; "
        f"Viet Nam's {viet_nam[2011]:.0f} in 2011, {viet_nam[2022]:.0f} in 2022",
        "In part" if turned and stuck else "Does not hold" if turned else FITS,
        "WIOD, 1995–2011; OECD, 2011–2022",
    )
    yield "Jobs and wages", "The skilled gain on the unskilled", "–", UNTESTED, Myst("No data here; {ref}`theory-jobs`")
