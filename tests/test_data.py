"""A page reads files of `data/` by their names, and is run again when one of these has changed, and not otherwise."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from book import chapters
from gvc import GvcError, panel
from industrial_chains import data, kept, manifest

ROOT = Path(__file__).parents[1]
CHAPTERS = chapters.chapters(ROOT)


def read_by(chapter: str) -> set[str]:
    files = kept.read("\n".join(chapters.code(ROOT, chapter)))
    return {path.relative_to(ROOT).as_posix() for path in files}


def test_a_file_is_read_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panel, "DATA", tmp_path)
    (tmp_path / "some").mkdir()
    (tmp_path / "some" / "codes.csv").write_text("code,value\nNA,1\nNone,\n,3\n", "utf-8")
    found = data.table("codes")
    assert found["code"].tolist()[:2] == ["NA", "None"]
    assert found.isna().to_numpy().tolist() == [[False, False], [False, True], [True, False]]
    assert data.table("codes", text=True)["value"].tolist() == ["1", "", "3"]
    (tmp_path / "some" / "codes.csv").write_text("code,value\nA,2\n", "utf-8")
    assert data.table("codes")["value"].tolist() == [2]
    found = data.table("codes")
    found["more"] = 1
    assert "more" not in data.table("codes")
    with pytest.raises(GvcError, match="expected one file named cods; found none"):
        data.table("cods")
    (tmp_path / "codes.yml").write_text("", "utf-8")
    with pytest.raises(GvcError, match=re.escape("found codes.yml, some/codes.csv")):
        data.path("codes")


def test_names_of_files_are_unique() -> None:
    names = [file.stem for file in data.every()]
    assert sorted(names) == sorted(set(names))


def test_a_call_that_hides_which_file_it_reads_is_refused() -> None:
    assert data.named("data.table('ledger'); data.path('claims')", "x") == {data.path("ledger"), data.path("claims")}
    for code in ("data.table(name)", "data.path(f'what_if_{year}')", "data.table()"):
        with pytest.raises(GvcError, match="Write a call for each file"):
            data.named(code, "x")


@pytest.mark.parametrize(
    "line", ["from industrial_chains.data import table", "from industrial_chains import data as d"]
)
def test_the_reader_has_one_name(line: str) -> None:
    with pytest.raises(GvcError, match="expected from industrial_chains import data"):
        data.named(f"{line}\n", "x")


def test_nothing_that_a_page_uses_reads_the_data_by_another_way() -> None:
    modules = [*(ROOT / "chapters").rglob("*.py"), *(ROOT / "industrial_chains").rglob("*.py")]
    # The reader; who lists the files; what makes one; who reads forecasts, of any folder.
    own = {"data.py", "manifest.py", "chips_step.py", "league.py"}
    used = [path for path in modules if path.name not in own]
    assert [
        path.name for path in used if re.search(r"panel\.DATA|import DATA\b|pd\.read_", path.read_text("utf-8"))
    ] == []


def test_a_file_runs_the_pages_that_read_it() -> None:
    reading = {chapter: read_by(chapter) for chapter in CHAPTERS}

    def run_by(file: str) -> set[str]:
        return {chapter.rpartition("/")[2] for chapter, files in reading.items() if file in files}

    assert run_by("data/frontier/entry.csv") == {"back_test"}
    assert run_by("data/frontier/origins.csv") == {"resilience"}
    assert run_by("data/theory/answers.csv") == {"newer"}
    assert run_by("data/validation/nafta.csv") == {"validation"}
    assert "waves" not in run_by("data/northeast_asia/markets.csv")
    assert {"american_market", "claims"} <= run_by("data/northeast_asia/markets.csv")
    assert {"ledger", "interregional"} <= run_by("data/panel/oecd.parquet")


def test_what_lies_beside_the_data_runs_pages_too_and_gvc_alone_names_none() -> None:
    assert "references.bib" in read_by("chapters/methods/bibliography")
    assert "gvc/sample/wiod2011.csv" in read_by("chapters/methods/measurement")
    assert [path.name for path in kept.read("import gvc")] == ["wiod2011.csv"]


def test_every_file_that_only_pages_use_is_read_by_one() -> None:
    reading = set().union(*map(read_by, CHAPTERS))
    elsewhere = {"README.md", "manifest.yml", "synonyms.csv", "chips_typed.csv", "oecd_findings.csv", "oecd_areas.csv"}
    unread = {path.relative_to(ROOT).as_posix() for path in data.every()} - reading
    assert {Path(path).name for path in unread} == elsewhere


#: Files that a process has opened while it was asked.
OPENED: set[str] = set()
LISTENS: list[bool] = []


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and LISTENS and isinstance(arguments[0], str | Path):
        OPENED.add(str(arguments[0]))


@pytest.fixture
def opened() -> Iterator[set[str]]:
    if not getattr(sys, "_listens", False):
        sys.addaudithook(_listen)  # for good: a process cannot take one away
        sys._listens = True  # type: ignore[attr-defined]
    OPENED.clear()
    LISTENS.append(True)
    yield OPENED
    LISTENS.clear()


@pytest.mark.parametrize("chapter", ["chapters/frontier/chips", "chapters/theory/waves", "chapters/methods/glossary"])
def test_a_page_opens_no_file_but_those_that_it_names(chapter: str, opened: set[str]) -> None:
    data._table.cache_clear()
    for function in (one for one in vars(kept).values() if hasattr(one, "cache_clear")):
        function.cache_clear()
    names: dict[str, object] = {}
    for cell in chapters.code(ROOT, chapter):
        exec(compile(cell, chapter, "exec"), names)
    within = {Path(one) for one in opened if str(panel.DATA) in one}
    assert within, "the listener hears"
    assert {one.relative_to(ROOT).as_posix() for one in within} <= read_by(chapter) | {"data/manifest.yml"}


def test_the_manifest_names_every_file() -> None:
    listed = {Path(entry["path"]).stem for entry in manifest.load()}
    assert {file.stem for file in data.every()} - listed == {"README", "manifest"}
