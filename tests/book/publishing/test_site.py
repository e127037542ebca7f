"""What a site is made of, and what it is: where none of it has changed, there is nothing to build."""

import os
from pathlib import Path

import pytest

from industrial_chains.book.publishing import site


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "chapters/one.md",
        "industrial_chains/module.py",
        "industrial_chains/__pycache__/module.pyc",
        "data/panel.parquet",
        "note",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("one", "utf-8")
    monkeypatch.setattr(site, "DATA", tmp_path / "data")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "matters"),
    [
        ("chapters/one.md", True),
        ("chapters/two.md", True),
        ("industrial_chains/module.py", True),
        ("data/panel.parquet", True),
        ("data/panel/mine.parquet", True),
        ("references.bib", True),
        ("industrial_chains/__pycache__/module.pyc", False),
        ("note", False),
        ("_build/html/index.html", False),
        ("_build/where-industrial-chains-go.pdf", True),
    ],
)
def test_a_file_that_pages_are_made_of_matters(book: Path, name: str, matters: bool) -> None:
    before = site.state(book, ["zh_CN"])
    path = book / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("another", "utf-8")
    assert (site.state(book, ["zh_CN"]) != before) == matters


def test_a_file_touched_or_lost_and_another_language_or_date_matter(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [site.state(book, ["zh_CN"]), site.state(book, [])]
    os.utime(book / "industrial_chains/module.py", (0, 0))
    found.append(site.state(book, ["zh_CN"]))
    (book / "industrial_chains/module.py").unlink()
    found.append(site.state(book, ["zh_CN"]))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    found.append(site.state(book, ["zh_CN"]))
    assert len(set(found)) == 5


def test_a_page_that_is_lost_or_changed_is_built_again(tmp_path: Path) -> None:
    page = tmp_path / "zh" / "index.html"
    page.parent.mkdir()
    page.write_text("one", "utf-8")
    found = [site.listed(tmp_path)]
    page.write_text("another", "utf-8")
    found.append(site.listed(tmp_path))
    page.unlink()
    found.append(site.listed(tmp_path))
    assert len(set(found)) == 3


def test_pages_of_one_build_are_not_built_again_and_some_of_another_are_where_all_are_asked_for(tmp_path: Path) -> None:
    kept, found = tmp_path / "state", {}
    for written in ("", "now whole", "now in part", "then whole"):
        if written:
            kept.write_text(written)
        found[written] = [site.stands(kept, "now", every=every) for every in (False, True)]
    assert found == {
        "": [False, False],
        "now whole": [True, True],
        "now in part": [True, False],
        "then whole": [False, False],
    }


@pytest.fixture
def ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, int], list[str]]:
    """Let Sphinx write a page of each language, and end as it is told; return what it is told, and what was done."""
    status, done = {"en": 0, "zh_CN": 0}, []

    def write(language: str, site: Path) -> int:
        done.append(language)
        if not status[language]:
            site.mkdir(parents=True, exist_ok=True)
            (site / "index.html").write_text(language, "utf-8")
        return status[language]

    monkeypatch.setenv("LANGUAGES", "en zh_CN")
    monkeypatch.setattr(site, "strict", lambda book, out, trees, overrides: write("en", out))
    monkeypatch.setattr(site.catalogues, "build", lambda book, tongue: write(tongue, book / "_build" / "zh" / "html"))
    monkeypatch.setattr(site.search, "write", lambda out: done.append("search"))
    monkeypatch.setattr(site.notices, "write", lambda out: done.append("notices"))
    return status, done


def test_a_translation_lies_in_the_site_and_one_index_is_made_of_both(tmp_path: Path, ended) -> None:
    _, done = ended
    assert site.build(tmp_path, every=False) == 0
    assert (tmp_path / "_build/html/zh/index.html").read_text("utf-8") == "zh_CN"
    assert done == ["en", "zh_CN", "search", "notices"]
    assert site.build(tmp_path, every=False) == 0
    assert done == ["en", "zh_CN", "search", "notices"], "nothing has changed"


def test_a_translation_that_fails_fails_the_build_and_costs_nothing_else(tmp_path: Path, ended) -> None:
    status, done = ended
    status["zh_CN"] = 3
    assert site.build(tmp_path, every=False) == 3
    assert not (tmp_path / "_build/html/zh").exists()
    assert done == ["en", "zh_CN", "search", "notices"]
    status["zh_CN"] = 0
    assert site.build(tmp_path, every=False) == 0, "it is built again"


def test_without_an_english_book_nothing_is_translated(tmp_path: Path, ended) -> None:
    status, done = ended
    status["en"] = 1
    assert site.build(tmp_path, every=False) == 1
    assert done == ["en"]
