"""The calculator of the built site: what it computes is what gvc does, and an address brings a case back."""

import csv
import os
from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Playwright, expect

import gvc
from book.pages import what_if
from industrial_chains.trade_model import inputs as model
from tests.browser import PHONE, built, chromium

PAGE = "chapters/frontier/what_if.html"
CASE = {
    "importer": "USA",
    "exporters": "CHN",
    "industries": "goods",
    "rate": 25,
    "retaliation": "no",
    "study": "fontagne_2022",
}
OWN = {"importer": "USA", "rates": "CHN:0.25,VNM:0.1", "industries": "goods", "study": "fontagne_2022"}
SHOWN = "#gvc-what-if[data-shown]"


@pytest.fixture(scope="module")
def page(browser: BrowserContext) -> Iterator[Page]:
    with built(browser, PAGE) as page:
        page.wait_for_selector(SHOWN)
        yield page


def ask(page: Page, **case: object) -> None:
    """Go to the address of a case, and wait until all studies have answered it."""
    go(page, CASE | case)


def go(page: Page, case: dict[str, object]) -> None:
    page.evaluate("delete document.getElementById('gvc-what-if').dataset.shown")
    page.evaluate("hash => { location.hash = '' ; location.hash = hash }", urlencode(case, safe=",:"))
    page.wait_for_selector(SHOWN)


def said(page: Page) -> list[str]:
    return page.locator("#gvc-what-if .gvc-what-if-said li").all_inner_texts()


def rows(page: Page) -> dict[str, list[str]]:
    """Read the numbers of the table, without what only a reader of screens hears."""
    found = page.locator(".gvc-what-if-table tbody tr").evaluate_all(
        """all => all.map(row => [...row.cells].map(cell => {
          const copy = cell.cloneNode(true);
          copy.querySelectorAll(".visually-hidden").forEach(one => one.remove());
          return copy.textContent;
        }))"""
    )
    return {name: cells for name, *cells in found}


def taken(page: Page) -> list[dict[str, str]]:
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    lines = download.value.path().read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def arrange(case: dict[str, object]) -> dict[str, object]:
    """Write a case of the address as the page's module has it."""
    lists = {
        name: str(case[name]) if case[name] in ("all", "goods") else str(case[name]).split(",")
        for name in ("exporters", "industries")
        if name in case
    }
    if "rates" in case:
        pairs = {
            name: [one.split(":") for one in str(case.get(name, "")).split(",") if one] for name in ("rates", "before")
        }
        return case | lists | {name: {code: float(rate) for code, rate in of} for name, of in pairs.items()}
    return case | lists | {"retaliation": case["retaliation"] == "yes"}


CASES = [
    CASE,
    CASE | {"exporters": "all", "rate": 10},
    CASE | {"retaliation": "yes", "study": "caliendo_parro_2015"},
    CASE | {"importer": "EU27", "exporters": "CHN,JPN", "industries": "C26,C29_30", "rate": 100},
    CASE | {"importer": "MEX", "exporters": "all", "industries": "all", "retaliation": "yes", "study": "shapiro_2016"},
    OWN,
    OWN | {"rates": "CHN:0.05,VNM:0.2,ROW:0", "before": "CHN:0.3,MEX:0.1", "study": "caliendo_parro_2015"},
    OWN | {"importer": "EU27", "rates": "CHN:0.25,USA:0.1", "industries": "C26,C29_30", "study": "shapiro_2016"},
]


@pytest.mark.parametrize("case", CASES)
def test_a_case_is_answered_as_gvc_does(page: Page, case: dict[str, object]) -> None:
    go(page, case)
    table, elasticities = model.table(2022), model.elasticities()
    every = {study: what_if.answer(table, elasticities[study], arrange(case)) for study in elasticities}
    due = every[str(case["study"])]
    parts = {
        "real_income": lambda of: of["income"],
        "factor_income": lambda of: of["earned"],
        "share_before": lambda of: of["trade"][0],
        "share_after": lambda of: of["trade"][1],
    }
    found = taken(page)
    assert [row["economy"] for row in found] == list(table.economies)
    for name, of in parts.items():
        numbers = [float(row[name]) if row[name] else None for row in found]
        assert numbers == pytest.approx(of(due), abs=2e-6), name
        for end, name_of_end in ((min, "lowest"), (max, "highest")):
            ends = [None if None in row else end(row) for row in zip(*map(of, every.values()), strict=True)]
            numbers = [float(row[f"{name}_{name_of_end}"]) if row[name] else None for row in found]
            assert numbers == pytest.approx(ends, abs=2e-6), (name, name_of_end)


@pytest.mark.parametrize("case", CASES)
def test_the_model_of_the_page_is_that_of_gvc(page: Page, case: dict[str, object]) -> None:
    table, theta = model.table(2022), model.elasticities()[str(case["study"])]
    rates = what_if.duties(table, arrange(case))
    due = gvc.counterfactual(table, tariffs=(what_if.in_force(table), rates), elasticity=theta)
    d = table.economies.index(str(case["importer"]))
    found = page.evaluate(
        """async ([theta, rates, d]) => {
          const take = gvcWhatIf.take;
          let given;
          gvcWhatIf.take = (one) => { given = one; };
          const { table } = JSON.parse(document.querySelector("#gvc-what-if script").textContent);
          await fetched(new URL(`../../_static/what_if/${table}`, location.href));
          gvcWhatIf.take = take;
          const world = gvcTradeModel.world({ economies: 21, sectors: 22, ...given });
          const made = gvcTradeModel.solve(world, theta, rates);
          const { wages, prices, realIncome, flows, content } = made;
          return { content: [...content(d)], ...Object.fromEntries(
            Object.entries({ wages, prices, realIncome, flows }).map(([name, list]) => [name, [...list]])) };
        }""",
        [list(theta), rates.ravel().tolist(), d],
    )
    after = due.table
    flows = after.Z.reshape(462, 21, 22).sum(axis=2) + after.Y
    assert found["wages"] == pytest.approx(list(due.wages), rel=1e-6)
    assert found["prices"] == pytest.approx(list(due.price_index), rel=1e-6)
    assert found["realIncome"] == pytest.approx(list(due.real_income), rel=1e-6)
    assert found["flows"] == pytest.approx(flows.ravel().tolist(), rel=1e-6)
    content = gvc.value_added_in_final_demand(after).to_numpy()[:, d]
    assert found["content"] == pytest.approx(content.tolist(), rel=1e-6)


def test_it_says_what_the_table_shows(page: Page) -> None:
    ask(page)
    shown = rows(page)
    first, second, incomes, gains, before, shares, ranges = said(page)
    assert first.startswith(
        "With 25 more points of duty in the United States on goods from China, the share of China in"
    )
    assert first.endswith(" per cent.")
    assert second.startswith("The share of China in the foreign value added that the United States finally uses falls")
    china, usa = shown["China"][0], shown["United States"][0]
    assert incomes == f"Real income changes by {china} per cent in China and by {usa} per cent in the United States."
    best = next(iter(shown))
    assert gains == f"{best} gains most: its real income changes by {shown[best][0]} per cent."
    assert before.startswith(
        "At the rates that the United States collected by industry in 2022, these imports already bear "
    )
    assert shares.startswith("Over 7 studies the first share ends between ")
    assert ranges.endswith(f"per cent in {best}.")


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ({"rate": 1}, "With one more point of duty in the United States on goods from China"),
        ({"industries": "C26"}, "in the “computers and electronics” that the United States imports falls"),
        ({"industries": "C26,C27"}, "on products of 2 industries from China"),
        ({"exporters": "CHN,VNM"}, "from China and Viet Nam, the share of China and Viet Nam in"),
        (
            {"exporters": "all"},
            "from all other economies, the share of imports in the goods that the United States uses",
        ),
        ({"retaliation": "yes"}, "from China, and as much in return, the share"),
        ({"rate": 0}, "imports stays at 18.1 per cent."),
    ],
)
def test_the_sentence_fits_the_case(page: Page, case: dict[str, object], words: str) -> None:
    ask(page, **case)
    assert words in said(page)[0]


def test_it_says_what_comes_of_duties_by_partner(page: Page) -> None:
    table, theta = model.table(2022), model.elasticities()["fontagne_2022"]
    go(page, OWN)
    due, shown = what_if.answer(table, theta, arrange(OWN)), rows(page)
    duty, loser, gainer, used, income, best, worst, *ranges = said(page)
    old, now = (f"{one:.1f}" for one in due["duty"])
    place = "the goods that the United States imports"
    assert duty == f"On average {place} pay {old} per cent of duty before and {now} per cent after."
    old, now = (f"{of[table.economies.index('CHN')]:.1f}" for of in due["trade"])
    assert loser == f"The share of China in {place} falls from {old} to {now} per cent."
    assert gainer.startswith(f"The share of the European Union in {place} rises from ")
    old, now = (f"{one:.1f}" for one in due["used"])
    assert used == f"The share of imports in the goods that the United States uses falls from {old} to {now} per cent."
    assert income == f"Real income changes by {shown['United States'][0]} per cent in the United States."
    assert (
        best == f"{next(iter(shown))} gains most: its real income changes by {next(iter(shown.values()))[0]} per cent."
    )
    last = list(shown)[-1]
    assert worst == f"{last} loses most: its real income changes by {shown[last][0]} per cent."
    assert ranges[0].startswith("Over 7 studies the share of China ends between ")
    assert len(ranges) == 5


def test_cases_with_a_name_fill_the_fields_and_the_address(browser: BrowserContext) -> None:
    with built(browser, PAGE) as page:
        page.wait_for_selector(SHOWN)
        for key, named in what_if.cases().items():
            page.evaluate("delete document.getElementById('gvc-what-if').dataset.shown")
            page.locator("#gvc-what-if-duties").select_option(key)
            page.wait_for_selector(SHOWN)
            told = parse_qs(urlsplit(page.url).fragment)
            assert told["rates"] == [",".join(f"{code}:{rate:g}" for code, rate in named["rates"].items())]
            assert ("before" in told) == bool(named["before"])
            field = page.locator("input[name='rates-CHN']")
            assert float(field.input_value()) == pytest.approx(100 * named["rates"]["CHN"])
            assert len(rows(page)) == 21
        for name in ("rate", "retaliation"):
            assert page.locator(f"#gvc-what-if input[name={name}]").is_hidden()
        page.get_by_text("Duties by partner: all others").click()
        field.fill("50")
        field.blur()
        page.wait_for_function("location.hash.includes('CHN%3A0.5%2C')")
        assert page.locator("#gvc-what-if-duties").input_value() == "own"
        field.fill("50.25")
        field.blur()
        assert said(page) == ["Give duties in per cent from 0 to 100, in tenths."]
        page.locator("#gvc-what-if-duties").select_option("one")
        page.wait_for_selector(SHOWN)
        assert said(page)[0].startswith("With 25 more points")


def test_an_address_may_come_behind_a_question_mark(browser: BrowserContext) -> None:
    with built(browser, PAGE) as page:
        page.goto(page.url.split("#")[0] + "?rates=CHN:0.25,VNM:0.1")
        page.wait_for_selector(SHOWN)
        told = said(page)
        go(page, OWN)
        assert said(page) == told
        assert page.locator("#gvc-what-if-duties").input_value() == "own"


@pytest.mark.parametrize(
    ("case", "wrong"),
    [
        (CASE | {"importer": "DEU"}, "importer=DEU"),
        (CASE | {"exporters": "CHN,XXX"}, "exporters=XXX"),
        (CASE | {"exporters": "USA"}, "exporters=USA"),
        (CASE | {"rate": "2.5"}, "rate=2.5"),
        (CASE | {"retaliation": "maybe"}, "retaliation=maybe"),
        (CASE | {"study": "toString"}, "study=toString"),
        (CASE | {"colour": "red"}, "colour=red"),
        (OWN | {"rates": "CHN:0.25,DEU:0.1"}, "rates=DEU:0.1"),
        (OWN | {"rates": "CHN:25"}, "rates=CHN:25"),
        (OWN | {"rates": "CHN:-0.1,VNM"}, "rates=CHN:-0.1, rates=VNM"),
        (OWN | {"rates": "CHN:0.2505"}, "rates=CHN:0.2505"),
        (OWN | {"rates": "CHN:0.1,CHN:0.2"}, "rates=CHN:0.2"),
        (OWN | {"rates": "USA:0.1"}, "rates=USA:0.1"),
        (OWN | {"rates": ""}, "rates="),
        (OWN | {"before": "CHN:x"}, "before=CHN:x"),
        (OWN | {"rate": 25}, "rate=25"),
    ],
)
def test_what_an_address_has_wrong_is_said(page: Page, case: dict[str, object], wrong: str) -> None:
    go(page, case)
    assert said(page) == [f"Nothing is shown, since the address asks for what there is not: {wrong}."]


def test_it_says_which_duty_is_in_force(page: Page) -> None:
    table, theta = model.table(2022), model.elasticities()["fontagne_2022"]
    case = CASE | {"exporters": "CHN,JPN", "industries": "C26,C29_30"}
    ask(page, **case)
    due = what_if.answer(table, theta, arrange(case))["duty"]
    assert said(page)[4].endswith(f"these imports already bear {due:.1f} per cent of duty.")
    ask(page, importer="EU27")
    assert said(page)[4] == "The model leaves out the duties that the European Union charged before."


def test_without_a_duty_nothing_changes(page: Page) -> None:
    ask(page, rate=0)
    assert {number for numbers in rows(page).values() for number in numbers} == {"0.00", "0.0", ""}
    assert "No economy gains as much as 0.01 per cent of its real income." in said(page)


def test_it_waits_with_the_table_until_it_is_touched(browser: BrowserContext) -> None:
    with built(browser, PAGE) as page:
        page.wait_for_selector(SHOWN)
        table = page.locator("script[src*='what_if/table-']")
        assert table.count() == 0
        page.locator("#gvc-what-if-rate").focus()
        expect(table).to_have_count(1)


def test_the_first_case_stands_without_scripts(playwright: Playwright, page: Page) -> None:
    ask(page)
    with chromium(playwright, scripts=False) as context, built(context, PAGE) as bare:
        assert said(bare) == said(page)[:5]
        assert rows(bare) == rows(page)
        assert "needs JavaScript" in bare.locator("#gvc-what-if noscript").inner_text()
        assert bare.locator("#gvc-what-if :is(form, input)").count() == 0


def test_an_address_brings_a_case_back(browser: BrowserContext, page: Page) -> None:
    ask(page, importer="EU27", exporters="CHN,JPN", industries="C26", rate=40, retaliation="yes", study="shapiro_2016")
    told, address = said(page), page.url
    with built(browser, PAGE) as other:
        other.goto("about:blank")
        other.goto(address)
        other.wait_for_selector(SHOWN)
        assert said(other) == told
        assert other.locator("#gvc-what-if-importer").input_value() == "EU27"
        assert other.locator("#gvc-what-if-rate").input_value() == "40"
        assert other.locator("#gvc-what-if-study").input_value() == "shapiro_2016"
        assert other.get_by_label("The exporters charge as much in return").is_checked()
        chosen = other.locator("#gvc-what-if input:checked").evaluate_all("all => all.map(one => one.value)")
        assert chosen == ["CHN", "JPN", "C26", "on"]
        assert other.locator("#gvc-what-if-duties").input_value() == "one"
        assert other.locator("#gvc-what-if-importer").evaluate(
            "one => one.closest('form').getBoundingClientRect().top >= 0"
        ), "the bar at the top leaves the form free"


def test_the_link_that_is_copied_is_the_case(browser: BrowserContext, page: Page) -> None:
    browser.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, rate=7)
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    told = parse_qs(urlsplit(page.evaluate("navigator.clipboard.readText()")).fragment)
    assert told == {name: [str(value)] for name, value in (CASE | {"rate": 7}).items()}


def test_the_keyboard_does_all(page: Page) -> None:
    ask(page)
    page.get_by_text("Exporters: China").focus()
    page.keyboard.press("Enter")
    for _ in range(2):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "None"
    page.keyboard.press("Enter")
    assert said(page) == ["Choose an exporter and an industry."]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "CHN", "the importer itself cannot be chosen"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_selector(SHOWN)
    assert "goods from Japan" in said(page)[0]
    page.locator("#gvc-what-if-rate").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("30")
    page.keyboard.press("Tab")
    page.wait_for_selector(SHOWN)
    assert "With 30 more points" in said(page)[0]
    page.keyboard.press("ArrowRight")
    expect(page.locator(".gvc-what-if-said li").first).to_contain_text("With 31 more points")
    page.wait_for_selector(SHOWN)
    assert "rate=31" in page.url
    assert "exporters=JPN" in page.url
    page.get_by_role("button", name="First case").press("Enter")
    expect(page.locator(".gvc-what-if-said li").first).to_contain_text("With 25 more points")


def test_a_duty_that_is_none_is_refused(page: Page) -> None:
    ask(page)
    for wrong in ("101", "-1", "2.5", ""):
        page.locator("#gvc-what-if-rate").fill(wrong)
        page.locator("#gvc-what-if-rate").blur()
        assert said(page) == ["Give the duty in whole points from 0 to 100."]
        assert rows(page) == {}


def test_a_study_without_an_equilibrium_is_left_out_and_said_where_it_is_chosen(browser: BrowserContext) -> None:
    with built(browser, PAGE) as page:
        page.wait_for_selector(SHOWN)
        page.evaluate(
            """() => {
              const { solve } = gvcTradeModel;
              gvcTradeModel.solve = (of, theta, rates) => (theta[6] > 60 ? null : solve(of, theta, rates));
            }"""
        )
        ask(page, rate=30)
        assert said(page)[5].startswith("Over 6 studies")
        ask(page, rate=30, study="caliendo_parro_2015")
        assert said(page) == ["The model finds no equilibrium for this case. Try a smaller duty."]
        assert rows(page) == {}
        ask(page, rate=30, study="shapiro_2016")
        assert len(rows(page)) == 21


def test_an_answer_takes_less_than_a_second_on_a_phone(page: Page) -> None:
    """Of the time of a processor that is slowed down four times; seven studies answer, one after another."""
    ask(page)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})  # what else runs here does not count

    def spent() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return float(next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration"))

    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    try:
        begun = spent()
        ask(page, rate=11)
        assert 0.1 < (spent() - begun) / 7 < 1
    finally:
        session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        session.detach()


# Colours hang on the theme and the form on the width: each is looked at once, and all four by `make exhaustive`.
@pytest.mark.parametrize(
    ("theme", "width"),
    [("light", 1280), ("dark", 390), *([("light", 390), ("dark", 1280)] if "GVC_EXHAUSTIVE" in os.environ else [])],
)
def test_all_of_the_form_is_accessible(page: Page, theme: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(reduced_motion="reduce")
    go(page, OWN if theme == "dark" else CASE | {"exporters": "CHN,JPN"})
    page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
    page.locator(".gvc-what-if-choice").evaluate_all("all => all.forEach(one => { one.open = true })")
    found = Axe().run(page, "#gvc-what-if").response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_an_answer_is_read_out_but_not_what_the_page_opens_with(browser: BrowserContext) -> None:
    with built(browser, PAGE) as page:
        page.wait_for_selector(SHOWN)
        told = page.locator(".gvc-what-if-said")
        assert told.evaluate_all("all => all.map(one => one.ariaLive)") == [None, None]
        page.locator("#gvc-what-if-rate").focus()
        assert told.evaluate_all("all => all.map(one => one.ariaLive)") == ["polite", "polite"]


def test_it_fits_a_phone(page: Page) -> None:
    for size in (PHONE, {"width": 390, "height": 800}, {"width": 320, "height": 640}):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for case in (CASE | {"exporters": "all", "retaliation": "yes"}, OWN):
            go(page, case)
            page.locator(".gvc-what-if-choice").evaluate_all("all => all.forEach(one => { one.open = true })")
            assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
            table = page.locator(".gvc-what-if-table")
            assert table.evaluate("one => one.scrollWidth - one.clientWidth") <= 0


def test_it_speaks_chinese(browser: BrowserContext) -> None:
    two = CASE | {"exporters": "CHN,JPN", "industries": "C26", "retaliation": "yes"}
    with built(browser, f"zh/{PAGE}") as page:
        for case, begins in (
            (CASE | {"exporters": "all"}, "若美国对来自"),
            (two, "若美国对来自"),
            (OWN, "美国进口的货物平均承担的关税率：之前"),
        ):
            go(page, case)
            told = "".join(said(page))
            assert told.startswith(begins)
            form = page.locator("#gvc-what-if form").inner_text() + page.locator(".gvc-what-if-table").inner_text()
            studies = page.locator("#gvc-what-if-study").inner_text()
            assert not [letter for letter in told + form.replace(studies, "") if letter.isascii() and letter.isalpha()]
