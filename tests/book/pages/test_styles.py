"""What is left out of style sheets of others is what no page uses."""

import re
from importlib.metadata import distribution
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from book.pages import styles
from tests.browser import SITE, built, parsed

#: Rules of a sheet, by name, that something on the page answers to in any of its states.
ANSWERED = """([whole, left]) => {
  const selectors = (text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    const found = [];
    const look = (rules) => {
      for (const rule of rules) rule.selectorText ? found.push(rule.selectorText) : look(rule.cssRules ?? []);
    };
    look(sheet.cssRules);
    return found;
  };
  const kept = new Set(selectors(left));
  const gone = selectors(whole).filter((selector) => !kept.has(selector));
  const state = /::?(?!is|not|where|has|nth|first|last|only|root)[\\w-]+(\\([^)]*\\))?/g;
  const answers = (selector) => {
    try {
      return document.querySelector(selector.replace(state, "")) !== null;
    } catch {
      return false;
    }
  };
  return [gone.length, gone.filter(answers)];
}"""


@pytest.mark.parametrize(
    "name", ["index", "chapters/explorer", "chapters/northeast_asia/claims", "zh/chapters/methods/api"]
)
def test_no_rule_is_missing_that_a_page_answers_to(browser: BrowserContext, name: str) -> None:
    static = SITE / ("zh" if name.startswith("zh/") else "") / "_static"
    lost = 0
    with built(browser, f"{name}.html") as page:
        for package in ("pydata-sphinx-theme", "sphinx-book-theme", "sphinx-design"):
            for sheet in styles.SHEETS[package]:
                (file,) = (one for one in distribution(package).files or () if str(one).endswith(f"static/{sheet}"))
                whole = Path(str(file.locate())).read_text("utf-8")
                gone, missed = page.evaluate(ANSWERED, [whole, (static / sheet).read_text("utf-8")])
                lost += gone
                assert missed in ([], ["legend + *"]), "which the explorer's sheet has for its own legends"
    assert lost > 1000


def selectors(sheet: str) -> set[str]:
    found = re.findall(r"([^{};]+)\{", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))
    return {" ".join(one.split()) for one in found}


@pytest.mark.parametrize("folder", ["", "zh/"])
def test_a_page_waits_for_one_sheet_which_has_the_rules_of_all(folder: str) -> None:
    links = {
        page: [str(link["href"]) for link in parsed(f"{folder}{page}.html").select("link[rel=stylesheet]")]
        for page in ("chapters/theory/modes", "chapters/explorer", "404")
    }
    asked = {page: [href.partition("?")[0].rpartition("/")[2] for href in of] for page, of in links.items()}
    assert asked["chapters/theory/modes"] == asked["404"] == ["book.css"]
    assert asked["chapters/explorer"] == ["book.css", "explorer.css"]
    static = SITE / folder / "_static"
    whole = (static / "book.css").read_text("utf-8")
    parts = [path for path in (*static.glob("*.css"), *static.glob("styles/*.css")) if path.name != "book.css"]
    apart = [path.name for path in parts if not selectors(path.read_text("utf-8")) <= selectors(whole)]
    assert sorted(apart) == ["explorer.css", "sphinx-thebe.css", "togglebutton.css"], (
        "what no page links to, and one apart"
    )
    assert len(parts) - len(apart) > 12
    assert "@import" not in whole
    assert not re.search(r"(summary\s*~|legend\s*\+)\s*\*", whole), "a change beside it would style all of it anew"
