"""Numbers in the sentences on the ledger of relocation."""

from itertools import product

from exhibits.prose import Numbers
from industrial_chains import error_sizes, ledger
from industrial_chains.chapters import ledger as chapter
from industrial_chains.chapters.ledger import ASKED, BROKEN, FIRST, LAST, Asked, agreement, answer, tried
from industrial_chains.ledger import ASEAN, HOME, MORE, RECIPE, SHIFT


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(**_dollars(), **_changes(), **_industries(), **_finished(), **_beside(), **_trials())


def _both(name: str, asked: Asked) -> Numbers:
    then, now = answer(asked)
    return {f"{name}_{FIRST}": then, f"{name}_{LAST}": now}


def _dollars() -> Numbers:
    """Say what origins earn in goods exports, in cents and in billions."""
    found: dict[str, float | str] = {}
    for host, origin in ((ASEAN, "CHN"), (ASEAN, "JPN"), ("VNM", "CHN"), ("VNM", HOME), ("MEX", HOME), ("MEX", "CHN")):
        found |= _both(f"cents_{origin}_in_{_short(host)}", Asked(host, origin, "cents"))
    for host, origin in (*product((ASEAN,), ("CHN", "JPN", "KOR")), ("VNM", HOME), ("MEX", "CHN")):
        found |= _both(f"billions_{origin}_in_{_short(host)}", Asked(host, origin, "billions"))
    for origin in ("CHN", "JPN"):
        found[f"error_{origin}_in_ASEAN_{FIRST}"] = error_sizes.of_cents(
            ASEAN, "goods", FIRST, origin, answer(Asked(ASEAN, origin, "cents"))[0]
        )
    sold = chapter.exports("VNM")
    return found | {f"exports_VNM_{year}": sold[year] for year in (FIRST, LAST)}


def _cents(origin: str, host: str, industry: str = "goods", of: str = "dollars") -> dict[int, float]:
    """Return the cents of an origin by year."""
    by_year = ledger.cents(ledger.earned(host, industry, of)).T[origin]
    return dict(zip(map(int, by_year.index), map(float, by_year), strict=True))


def _short(host: str) -> str:
    return "ASEAN" if host == ASEAN else host


def _changes() -> Numbers:
    """Say how much of what origins gained came from more exports."""
    asean, viet_nam, mexico = (chapter.change(host) for host in (ASEAN, "VNM", "MEX"))
    gained = {origin: asean[LAST][origin] - asean[FIRST][origin] for origin in ("CHN", "KOR")}
    korean = Asked("VNM", "KOR", "billions")
    through = answer(korean)[1] - answer(korean)[0]
    without = tried(Asked(ASEAN, "KOR", "billions"))["Without Viet Nam"]
    parts = [100 * _more(Asked("VNM", "CHN", MORE, first=first)) for first in (FIRST, *chapter.BASES)]
    sold, china = chapter.exports("VNM"), answer(Asked("VNM", "CHN", "cents"))
    chinese = viet_nam[LAST]["CHN"] - viet_nam[FIRST]["CHN"]
    return {
        **{
            f"percent_of_CHN_in_VNM_by_part_{year}": part * (sold[LAST] - sold[FIRST]) / chinese
            for year, part in zip((FIRST, LAST), china, strict=True)
        },
        "gained_KOR_in_ASEAN": gained["KOR"],
        "gained_KOR_through_VNM": through,
        "gained_KOR_without_VNM": without[1] - without[0],
        "gained_KOR_by_shift": asean[SHIFT]["KOR"],
        "gained_KOR_by_recipe": asean[RECIPE]["KOR"],
        "gained_JPN_in_ASEAN_by_more": asean[MORE]["JPN"],
        "lost_JPN_in_ASEAN_by_recipe": -asean[RECIPE]["JPN"],
        "gained_home_in_VNM_by_more": viet_nam[MORE][HOME],
        "gained_CHN_in_VNM": viet_nam[LAST]["CHN"] - viet_nam[FIRST]["CHN"],
        "percent_of_CHN_in_VNM_by_more": parts[0],
        "percent_of_CHN_in_VNM_by_more_min": min(parts),
        "percent_of_CHN_in_VNM_by_more_max": max(parts),
        "gained_home_in_MEX": mexico[LAST][HOME] - mexico[FIRST][HOME],
        "gained_home_in_MEX_by_more": mexico[MORE][HOME],
        "lost_home_in_MEX_by_recipe": -mexico[RECIPE][HOME],
    }


def _more(asked: Asked) -> float:
    """Return the part of more exports in what an origin gained."""
    then, now = answer(Asked(asked.host, asked.origin, "billions", first=asked.first))
    return answer(asked)[1] / (now - then)


def _industries() -> Numbers:
    """Say what stands in industries, and what Russia earns in India's exports."""
    found: dict[str, float | str] = {}
    own = _cents(HOME, "IND", "machinery")
    found |= {f"cents_home_in_IND_machinery_{year}": own[year] for year in (FIRST, 2017, LAST)}
    found |= _both("cents_CHN_in_IND_electronics", Asked("IND", "CHN", "cents", "electronics"))
    sold = chapter.exports("IND", "electronics")
    found |= {f"exports_IND_electronics_{year}": sold[year] for year in (2018, 2019)}
    gained = chapter.recipes().query("origin == 'China'")["value"]
    found |= {"pairs_of_industries": len(gained), "pairs_CHN_rose": int((gained > 0).sum())}
    russia = _cents("RUS", "IND")
    found |= {f"cents_RUS_in_IND_{year}": russia[year] for year in (2021, LAST)}
    return found | {"cents_RUS_in_IND_without_2022": _cents("RUS", "IND", of="dollars_without")[LAST]}


def _finished() -> Numbers:
    """Say where final products were finished for buyers abroad."""
    found: dict[str, float | str] = {}
    for industry, maker in product(("electronics", "textiles"), ("CHN", "VNM")):
        share = chapter.finished(industry)[maker]
        found |= {f"finished_{industry}_{maker}_{year}": share[year] for year in (FIRST, LAST)}
    old = chapter.finished("electronics", "WIOD")["JPN"]
    found |= {f"finished_electronics_JPN_WIOD_{year}": old[year] for year in (2000, FIRST)}
    electronics = chapter.finished("electronics")["JPN"]
    found |= {f"finished_electronics_JPN_{year}": electronics[year] for year in (FIRST, LAST)}
    change = {industry: chapter.finished(industry) for industry in ledger.DISJOINT}
    found["industries"] = len(change)
    for maker in ("CHN", "JPN"):
        rose = sum(bool(share[maker][LAST] > share[maker][2018]) for share in change.values())
        found[f"industries_{maker}_rose_since_2018"] = rose
    earned = ledger.cents(ledger.earned(ASEAN, of="dollars_abroad", within="finished"))
    for origin in ("CHN", "JPN"):
        along = earned.T[origin].to_dict()
        found |= {f"along_{origin}_{year}": along[year] for year in (FIRST, LAST)}
    return found


def _beside() -> Numbers:
    """Say what the OECD publishes, and what ADB says of Korea and Russia."""
    told = ledger.stored("published").pivot(index="host", columns="year", values="home").T
    adb, oecd = (chapter.foreign("VNM", database).T["KOR"].to_dict() for database in ("ADB", "OECD"))
    russia = chapter.foreign("IND", "ADB").T["RUS"].to_dict()
    asean = chapter.foreign(ASEAN, "ADB").T
    return {
        **{f"published_home_MEX_{year}": told["MEX"][year] for year in (2012, LAST)},
        "published_home_VNM_2012": told["VNM"][2012],
        "own_VNM_2012": _cents(HOME, "VNM", ledger.ALL)[2012],
        **{f"adb_KOR_in_VNM_{year}": adb[year] for year in (2018, LAST)},
        **{f"oecd_KOR_in_VNM_{year}": oecd[year] for year in (2018, LAST)},
        **{f"adb_{code}_in_ASEAN_{LAST}": asean[code].to_dict()[LAST] for code in ("JPN", "KOR")},
        **{f"adb_RUS_in_IND_{year}": russia[year] for year in (2021, LAST)},
    }


def _trials() -> Numbers:
    """Count the trials of the printed numbers, and those that go the same way."""
    counts = [agreement(asked) for asked in ASKED]
    return {
        "numbers_tried": len(ASKED),
        "trials": sum(all_ for _, all_ in counts),
        "trials_same": sum(same for same, _ in counts),
        "numbers_broken": len(BROKEN),
    }
