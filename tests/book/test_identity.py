"""Who made the book, and how to cite it."""

import json
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import BrowserContext

from book import identity
from book.commit import commit
from book.translation import Words

ROOT = Path(__file__).parents[2]
ENGLISH = Words("en")


def test_the_citation_file_says_the_same() -> None:
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert cff["authors"] == [{"name": identity.AUTHOR}]
    assert cff["title"].startswith(identity.TITLE)
    assert cff["version"] == identity.VERSION


def test_the_byline_has_who_which_when_terms_and_reference() -> None:
    said = identity.byline(date(2026, 3, 5), ENGLISH)
    for part in ("The gvc authors", f"Version {identity.VERSION}", "5 March 2026", "CC BY 4.0", "MIT", 'href="#cite"'):
        assert part in said
    assert "2026年3月5日" in identity.byline(date(2026, 3, 5), Words("zh_CN"))
    assert "None" not in identity.byline(None, ENGLISH)
    assert 'id="cite"' in identity._PLACE


def test_a_page_says_what_it_was_built_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795651200")
    assert identity.footer(tmp_path, ENGLISH) == f"Version {identity.VERSION}, built on 26 November 2026."
    for command in (
        ["init", "-q"],
        ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-q", "--allow-empty", "-m", "one"],
    ):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    known = commit(tmp_path)
    assert re.fullmatch("[0-9a-f]{7}", known)
    assert (
        identity.footer(tmp_path, ENGLISH) == f"Version {identity.VERSION}, commit {known}, built on 26 November 2026."
    )
    script, *_ = identity.script(tmp_path, ENGLISH, {}, {}).splitlines()
    assert json.loads(script.removeprefix("window.gvcBook = ").removesuffix(";"))["year"] == "2026"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_page_leads_to_the_printed_book_once_there_is_one(
    tmp_path: Path, browser: BrowserContext, language: str
) -> None:
    printed = identity.printed(tmp_path, language)
    static, page = tmp_path / "site" / "_static", tmp_path / "site" / "a" / "b.html"
    for folder in (static, page.parent, printed.parent):
        folder.mkdir(parents=True)
    shutil.copy(ROOT / "book/static/cite.js", static)
    scripts = "".join(f'<script defer src="../_static/{name}.js"></script>' for name in ("build", "cite"))
    page.write_text(f'<meta charset="utf-8">{scripts}<span class="gvc-build"></span>', "utf-8")
    found = []
    for there in (False, True):
        if there:
            printed.touch()
        (static / "build.js").write_text(identity.script(tmp_path, Words(language), {}, {}), "utf-8")
        tab = browser.new_page()
        tab.goto(page.as_uri())
        assert tab.locator(".gvc-build").inner_text()
        found.append([link.evaluate("a => a.href") for link in tab.locator("a").all()])
        tab.close()
    assert printed.name in ("where-industrial-chains-go.pdf", "where-industrial-chains-go.zh.pdf")
    assert found == [[], [(tmp_path / "site" / printed.name).as_uri()]]


def test_buttons_lead_to_the_repository_if_there_is_one() -> None:
    plain = {"logo": "x", "use_issues_button": False}
    assert identity.buttons(plain, "") == plain
    on = identity.buttons(plain, "https://example.org/book")
    assert on["repository_url"] == "https://example.org/book"
    assert on["use_repository_button"]
    assert on["use_issues_button"]
    assert on["use_edit_page_button"]
    assert on["launch_buttons"]["binderhub_url"]


def test_scripts_have_the_words_of_exhibits_and_of_the_book() -> None:
    script = identity.script(ROOT, Words("zh_CN"), {"burma": "Myanmar"}, {"墨西哥": "MEX"})
    known = json.loads(script.partition("window.gvcWords = ")[2].partition(";\n")[0])
    assert known["Source: {0}"] == "资料来源：{0}"
    assert known["This page to run yourself: {0}"] == "自行运行本页：{0}"
    assert '"spellings": {"burma": "Myanmar"}' in script
