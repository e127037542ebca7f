"""Addresses of the explorer, its embed and the calculator: whatever does not fit is told, and nothing else is shown."""

import random
from collections.abc import Iterator
from functools import cache
from urllib.parse import parse_qsl, urlencode

import pandas as pd
import pytest
from playwright.sync_api import BrowserContext, Page

from gvc import panel
from tests.browser import built

VIEW = {"measure": "fva_share", "origin": "CHN", "partner": "MEX", "database": "oecd", "from": "2011", "to": "2022"}
CASE = {
    "importer": "USA",
    "exporters": "CHN",
    "industries": "goods",
    "rate": "25",
    "retaliation": "no",
    "study": "fontagne_2022",
}
EXPLORER, EMBED, CALCULATOR = "chapters/explorer.html", "_static/embed.html", "chapters/frontier/what_if.html"
PLACE = "#gvc-explorer, #gvc-view, #gvc-what-if"
#: What every object of JavaScript has, and what numbers and words are not.
INHERITED = ("constructor", "__proto__", "toString", "hasOwnProperty", "valueOf", "__defineGetter__")
NO_YEARS = (
    "0b11",
    "0x7DB",
    "2e3",
    "2011.5",
    "+2011",
    " 2011",
    "2011 ",
    "02011",
    "-2011",
    "1800",
    "NaN",
    "２０１１",
    "",
)


def go(page: Page, address: str) -> None:
    """Go to an address as a reader does who writes it, and wait until something answers."""
    page.evaluate(
        """([place, hash]) => {
          delete document.querySelector(place).dataset.shown;
          location.hash === `#${hash}` ? dispatchEvent(new Event("hashchange")) : (location.hash = hash);
        }""",
        [PLACE, address],
    )
    page.wait_for_function("place => 'shown' in document.querySelector(place).dataset", arg=PLACE, timeout=8000)


def answers(page: Page) -> dict[str, object]:
    """Tell what the page answers, beside its form."""
    return page.evaluate(
        """(place) => {
          const here = document.querySelector(place);
          const text = (what) => [...here.querySelectorAll(what)]
            .filter((one) => one.checkVisibility()).map((one) => one.textContent.trim()).filter(Boolean);
          return {
            told: text(".gvc-explorer-wrong, .gvc-embed-wrong, .gvc-what-if-said li").join(" "),
            shown: text("h2, h1, .exhibit-subtitle, .gvc-explorer-said li, .gvc-explorer-chart text")
              .concat(text("tbody td, #gvc-explorer .exhibit-source, .gvc-embed-source")),
            pictures: here.querySelectorAll("svg").length,
            busy: here.ariaBusy === "true",
          };
        }""",
        PLACE,
    )


@pytest.fixture(scope="module", params=[EXPLORER, EMBED])
def page(browser: BrowserContext, request: pytest.FixtureRequest) -> Iterator[Page]:
    with built(browser, request.param) as page:
        page.wait_for_selector(":is(#gvc-explorer, #gvc-view)[data-shown]")
        yield page


@pytest.fixture(scope="module")
def calculator(browser: BrowserContext) -> Iterator[Page]:
    with built(browser, CALCULATOR) as page:
        page.wait_for_selector("#gvc-what-if[data-shown]")
        yield page


WRONG = [
    *(
        {name: word}
        for name in ("measure", "origin", "partner", "database", "view", "fixed", "chart")
        for word in INHERITED[:3]
    ),
    *({"also": pair} for pair in ("CHN.constructor", "__proto__.MEX", "CHN", "CHN.MEX.USA", ".", "")),
    *({end: year} for end in ("from", "to") for year in NO_YEARS),
    *({name: ""} for name in ("measure", "origin", "partner", "database", "view")),
    {"also": ["CHN.MEX"] * 6},
    {"origin": ["CHN", "JPN"]},
    {"constructor": "1"},
    {"measure": "link", "origin": "NEA"},
    {"chart": "headline", "hide": "constructor:__proto__"},
    {"chart": "headline", "rows": "constructor"},
]


@pytest.mark.parametrize("asked", WRONG, ids=str)
def test_what_does_not_fit_is_told_and_nothing_is_shown(page: Page, asked: dict[str, object]) -> None:
    go(page, urlencode(VIEW))
    assert answers(page)["pictures"] == 1
    address = urlencode(asked if "chart" in asked else VIEW | asked, doseq=True)
    go(page, address)
    found = answers(page)
    (name, value), *_ = list(asked.items())[-1:]
    last = value if isinstance(value, str) else str(value[-1])  # type: ignore[index]
    assert f"{name}={last}".strip() in str(found["told"])
    assert (found["shown"], found["pictures"], found["busy"]) == ([], 0, False)
    assert page.evaluate("location.hash") == f"#{address}", "the address stays as it was asked"
    go(page, urlencode(VIEW))
    found = answers(page)
    assert (found["told"], found["pictures"]) == ("", 1)


@pytest.mark.parametrize(
    "asked",
    [
        *({"study": word} for word in INHERITED),
        *({name: word} for name in ("importer", "exporters", "industries") for word in INHERITED[:3]),
        *({"retaliation": word} for word in ("true", "", "constructor", "YES", "1")),
        *({"rate": word} for word in ("", "0b11", "1e1", "2.5", "-1", "101", " 25", "025", "Infinity")),
        {"exporters": "CHN,CHN"},
        {"exporters": "CHN,USA"},
        {"exporters": "CHN,,JPN"},
        {"industries": ""},
        {"more": "1"},
    ],
    ids=str,
)
def test_the_calculator_refuses_what_does_not_fit(calculator: Page, asked: dict[str, str]) -> None:
    go(calculator, urlencode(CASE, safe=","))
    assert "25 more points" in str(answers(calculator)["told"])
    go(calculator, urlencode(CASE | asked, safe=","))
    found = answers(calculator)
    (name,) = asked
    assert f"{name}=" in str(found["told"])
    assert "points of duty" not in str(found["told"])
    assert (found["shown"], found["busy"]) == ([], False)


def test_an_anchor_of_the_page_is_no_question(browser: BrowserContext) -> None:
    with built(browser, EXPLORER) as page:
        page.wait_for_selector("#gvc-explorer[data-shown]")
        go(page, urlencode(VIEW))
        page.evaluate("location.hash = 'main-content'")
        page.wait_for_timeout(200)
        found = answers(page)
        assert (found["told"], found["pictures"]) == ("", 1)


#: Pieces that hostile addresses are made of.
PIECES = (
    *INHERITED,
    *NO_YEARS,
    "%",
    "%E0%A4%A",
    "\x00",
    "<img src=x onerror=alert(1)>",
    "CHN,JPN",
    "CHN.MEX",
    "__proto__.__proto__",
    "x" * 3000,
    "中国",
    "\N{RIGHT-TO-LEFT OVERRIDE}CHN",
    "chn",
    "all",
    "yes",
    "true",
    "2011",
    "50",
    "MEX",
    "goods",
)


def hostile(seed: int, sound: dict[str, str], more: tuple[str, ...]) -> str:
    """Write an address that is sound but for some changes, or for none."""
    chance = random.Random(seed)
    pairs = list(sound.items())
    for _ in range(chance.randint(0, 3)):
        at = chance.randrange(len(pairs)) if pairs else 0
        piece = chance.choice(PIECES)
        match chance.randrange(6):
            case 0 | 1 | 2 if pairs:
                pairs[at] = (pairs[at][0], piece)
            case 3 if pairs:
                del pairs[at]
            case 4:
                pairs.insert(at, (chance.choice([*sound, *more, *INHERITED]), piece))
            case _:
                pairs.insert(at, (chance.choice(more), chance.choice(("CHN.MEX", "ranking", "partner", piece))))
    return "&".join(
        f"{name}={value}" if chance.random() < 0.2 and not set(value) & set("&#+\x00") else urlencode({name: value})
        for name, value in pairs
    )


def whole(text: str, least: int, most: int) -> bool:
    return text.isascii() and text.isdigit() and str(int(text[:9])) == text and least <= int(text) <= most


def told(address: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(address, keep_blank_values=True, errors="replace"):
        found.setdefault(name, []).append(value)
    return found


GROUPS = {"NEA", "ASEAN", "ASEAN10", "EU27", "NAFTA"}
SINGLE = {"link", "intensity", "passing", "exports", "imports", "backward", "forward", "upstreamness"}


@cache
def economies() -> set[str]:
    """List who is an origin in the panels' files, and the groups."""
    files = [pd.read_parquet(path, columns=["origin"]) for path in (panel.DATA / "panel").glob("*.parquet")]
    return GROUPS | {str(code) for rows in files for code in rows["origin"].unique()}


def is_view(address: str) -> bool:
    """Say whether an address is of a view of measures, by what the book says of them and by the panels' files."""
    found, codes = told(address), economies()
    one = {
        "measure": SINGLE | {"fva_share", "imint_share", "vax"},
        "origin": codes,
        "partner": codes,
        "database": {"all", "lrwiod", "wiod2013", "oecd", "adb", "print"},
        "view": {"lines", "ranking", "change", "map", "matrix", "industries"},
        "fixed": {"origin", "partner"},
    }
    pairs = [pair.split(".") for pair in found.get("also", [])]
    asked = {code for name in ("origin", "partner") for code in found.get(name, [])}
    asked |= {code for pair in pairs for code in pair}
    of_one = found.get("measure", [""])[0] in SINGLE and found.get("view") != ["industries"]
    return (
        set(found) <= {*one, "from", "to", "also"}
        and all(len(values) == 1 for name, values in found.items() if name != "also")
        and all(values[0] in one[name] for name, values in found.items() if name in one)
        and all(whole(found[end][0], 1965, 2022) for end in ("from", "to") if end in found)
        and len(pairs) <= 5
        and all(len(pair) == 2 and set(pair) <= codes for pair in pairs)
        and not (of_one and asked & GROUPS)
    )


COUNT = 500


def test_500_addresses_of_views_are_judged_as_the_book_does(browser: BrowserContext) -> None:
    addresses = [hostile(seed, VIEW, ("also", "view", "fixed", "show", "hide")) for seed in range(COUNT)]
    with built(browser, EXPLORER) as page:
        page.wait_for_selector("#gvc-explorer[data-shown]")
        found = page.evaluate("all => all.map(one => gvcAddress.read(one).wrong)", addresses)
    due = [is_view(address) for address in addresses]
    assert 50 < sum(due) < 450, "some fit and some do not"
    assert [(one, wrong) for one, wrong, fits in zip(addresses, found, due, strict=True) if fits == bool(wrong)] == []


def test_hostile_addresses_are_answered_one_after_another(page: Page) -> None:
    for seed in range(60):
        address = hostile(seed, VIEW, ("also", "view", "fixed"))
        go(page, address)
        found = answers(page)
        assert not found["busy"], address
        assert bool(found["told"]) != bool(found["shown"]), (address, found)
