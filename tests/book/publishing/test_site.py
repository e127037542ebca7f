"""What a site is made of, and what it is: where none of it has changed, there is nothing to build."""

import os
import sys
from pathlib import Path

import pytest

from book.publishing import site, whole_site


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
        ("locale/zh_CN/LC_MESSAGES/chapters/one.po", True),
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
    before = site.state(book)
    path = book / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("another", "utf-8")
    assert (site.state(book) != before) == matters


def test_a_file_touched_or_lost_and_another_language_form_or_date_matter(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [site.state(book)]
    for name, value in {"LANGUAGES": "en", "GVC_PNG": "1", "SOURCE_DATE_EPOCH": "0"}.items():
        monkeypatch.setenv(name, value)
        found.append(site.state(book))
    os.utime(book / "industrial_chains/module.py", (0, 0))
    found.append(site.state(book))
    (book / "industrial_chains/module.py").unlink()
    found.append(site.state(book))
    assert len(set(found)) == 6


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


class Ended:
    """Sphinx, which writes a page of each language and ends as it is told, in processes of its own."""

    def __init__(self, folder: Path) -> None:
        self.status = {"en": 0, "zh_CN": 0}
        self._said = folder / "done"

    def write(self, language: str, site: Path) -> int:
        self.do(language)
        if not self.status[language]:
            site.mkdir(parents=True, exist_ok=True)
            (site / "index.html").write_text(language, "utf-8")
        return self.status[language]

    def do(self, what: str) -> None:
        with self._said.open("a") as said:
            said.write(f"{what}\n")

    @property
    def done(self) -> list[str]:
        lines = self._said.read_text().splitlines()
        return [
            *sorted(line for line in lines if line in self.status),
            *(one for one in lines if one not in self.status),
        ]


@pytest.fixture
def ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ended:
    sphinx = Ended(tmp_path)
    monkeypatch.setenv("LANGUAGES", "en zh_CN")
    monkeypatch.setattr(whole_site.runs, "run", lambda book: None)
    monkeypatch.setattr(whole_site.fonts, "made", lambda folder: None)
    monkeypatch.setattr(whole_site, "strict", lambda book, out, trees, overrides: sphinx.write("en", out))
    monkeypatch.setattr(
        whole_site.catalogues, "build", lambda book, tongue: sphinx.write(tongue, book / "_build" / "zh" / "html")
    )
    monkeypatch.setattr(whole_site.search, "write", lambda out: sphinx.do("search"))
    monkeypatch.setattr(whole_site.notices, "write", lambda out: sphinx.do("notices"))
    return sphinx


def test_a_translation_lies_in_the_site_and_one_index_is_made_of_both(tmp_path: Path, ended: Ended) -> None:
    assert whole_site.build(tmp_path, every=False) == 0
    assert (tmp_path / "_build/html/zh/index.html").read_text("utf-8") == "zh_CN"
    assert ended.done == ["en", "zh_CN", "search", "notices"]
    assert whole_site.build(tmp_path, every=False) == 0
    assert ended.done == ["en", "zh_CN", "search", "notices"], "nothing has changed"


def test_a_translation_that_fails_fails_the_build_and_costs_nothing_else(tmp_path: Path, ended: Ended) -> None:
    ended.status["zh_CN"] = 3
    assert whole_site.build(tmp_path, every=False) == 3
    assert not (tmp_path / "_build/html/zh").exists()
    assert ended.done == ["en", "zh_CN", "search", "notices"]
    ended.status["zh_CN"] = 0
    assert whole_site.build(tmp_path, every=False) == 0, "it is built again"


def test_what_a_translation_complains_of_is_told_after_the_english_book(
    tmp_path: Path, ended: Ended, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def complain(book: Path, language: str) -> int:
        print("p1.md: WARNING: inconsistent references", file=sys.stderr, flush=True)
        return 1

    monkeypatch.setattr(whole_site.catalogues, "build", complain)
    assert whole_site.build(tmp_path, every=False) == 1
    assert capfd.readouterr().err == "p1.md: WARNING: inconsistent references\n"
    ended.status["en"] = 1
    assert whole_site.build(tmp_path, every=False) == 1
    assert capfd.readouterr().err == "", "or not at all, where the English book has the same mistake"


def test_without_an_english_book_there_is_none_in_another_language(tmp_path: Path, ended: Ended) -> None:
    ended.status["en"] = 1
    assert whole_site.build(tmp_path, every=False) == 1
    assert not (tmp_path / "_build/html/zh").exists()
    assert set(ended.done) <= {"en", "zh_CN"}, "and nothing is made of them"


def test_a_translation_that_is_cut_off_keeps_nothing_that_it_has_read(tmp_path: Path, ended: Ended) -> None:
    """Else the next build takes these pages for written, though no index of theirs lies there."""
    read = tmp_path / "_build" / "zh" / ".doctrees" / "environment.pickle"
    read.parent.mkdir(parents=True)
    read.touch()
    ended.status["en"] = ended.status["zh_CN"] = 3
    assert whole_site.build(tmp_path, every=False) == 3
    assert not read.exists()
