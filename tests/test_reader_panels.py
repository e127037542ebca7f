"""The day a reader first brings a table: the chapters show the article's tables in full, beside the print.

The table is made up, says so in all that comes of it, and stays in a temporary folder.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from bs4 import BeautifulSoup

import gvc
from book import chapters, translation
from book.building import references
from book.pages import explorer
from chapters.northeast_asia import claims
from gvc import panel
from industrial_chains import article, manifest, panel_contents, reader_panels, sources
from industrial_chains import economies as eco
from industrial_chains.charting import names, tables
from industrial_chains.sources import Source
from industrial_chains.statements import verdicts
from tests import hostile, layouts, small_books, synthetic

ROOT = Path(__file__).parents[1]
NAME = "My table (1)"
STEM = "own-my-table-1-4ee873ed"
#: The exhibits of such a panel by chapter: those of the section that promises them.
PROMISED = {
    "chapters/northeast_asia/interregional": {
        f"{STEM}-{name}" for name in ("table-1", "table-2", "deviations-1-2", "over-time", "gaps", "differences-2")
    },
    "chapters/northeast_asia/intraregional": {f"{STEM}-table-3", f"{STEM}-deviations-3", f"{STEM}-differences-3"},
    "chapters/northeast_asia/claims": {f"claims-{STEM}"},
    "chapters/methods/measurement": {f"{STEM}-treatments"},
}
#: Panels of bad will, by name, and what they hold of the good one: what gives every table, and what gives none.
BAD = {
    "a{{7*7}}b<img src=x onerror=alert(5)>": "year in (2017, 2021)",
    "c[x](javascript:alert(6))$n$`d`": "origin in ('BRA', 'IND') and destination in ('BRA', 'IND', 'WLD')",
}


def shipped(target: Path) -> Path:
    """Link to the data of the book, without what is a reader's own."""
    for entry in [*(entry["path"] for entry in manifest.load(ROOT / "data")), "manifest.yml"]:
        (target / entry).parent.mkdir(parents=True, exist_ok=True)
        if not entry.startswith("sample/"):  # in the package
            (target / entry).symlink_to(ROOT / "data" / entry)
    return target


def cells(chapter: str) -> list[str]:
    """Code of a chapter that shows the reader's panels."""
    found = chapters.cells(ROOT, chapter)
    return [cell.source for cell in found if references.uncompared(cell)]


def run(code: str) -> list[Any]:
    """Return what a cell displays."""
    shown: list[Any] = []
    exec(code, {"reader_panels": reader_panels, "claims": claims, "display": lambda *outputs: shown.extend(outputs)})
    return shown


def exhibits(shown: list[Any]) -> dict[str, str]:
    """All words and numbers of the exhibits, by name."""
    found = {}
    for one in shown:
        if hasattr(one, "to_dict"):
            spec = one.to_dict()
            found[spec["usermeta"]["exhibit"]["name"]] = str(spec)
        elif isinstance(one, tables.Table):
            found[one.name] = one.markdown()
    return found


# -- the cells that the chapters have for them --------------------------------------------------------------------


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the panel of fifteen years."""
    folder = tmp_path_factory.mktemp("synthetic")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GVC_CACHE", str(folder / "cache"))
        files = synthetic.write_quickly(folder, sectors=1)
        return panel.build(files, folder / f"{NAME}.parquet", measure=panel_contents.tidy, workers=1)[0]


@pytest.fixture(scope="module")
def beside(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Put the panel beside those of the book."""
    folder = shipped(tmp_path_factory.mktemp("beside") / "data")
    for file in made.parent.glob("*.parquet"):
        shutil.copy(file, folder / "panel")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(panel, "DATA", folder)
        yield folder


@pytest.fixture(scope="module")
def shown(beside: Path) -> dict[str, list[Any]]:
    """Run the cells of all chapters."""
    return {chapter: [one for code in cells(chapter) for one in run(code)] for chapter in PROMISED}


def test_every_chapter_that_shows_a_readers_panel_is_known() -> None:
    assert {chapter for chapter in chapters.chapters(ROOT) if cells(chapter)} == set(PROMISED)


@pytest.mark.parametrize("chapter", PROMISED)
def test_with_a_panel_tables_deviations_and_charts_appear(shown, chapter) -> None:
    found = exhibits(shown[chapter])
    assert set(found) == PROMISED[chapter]
    assert all("synthetic" in said for said in found.values())
    page = chapters.source(ROOT, chapter).read_text("utf-8")
    heading = page[: page.index(cells(chapter)[0])].rpartition("\n## ")[2].partition("\n")[0]
    assert "of your own" in heading or chapter == "chapters/methods/measurement"


def named(shown: dict[str, list[Any]], name: str) -> tables.Table:
    every = (one for outputs in shown.values() for one in outputs)
    (found,) = [one for one in every if isinstance(one, tables.Table) and one.name == name]
    return found


def grid(shown: dict[str, list[Any]], table: str) -> dict[str, list[str]]:
    """Cells of a recomputed table as they are shown, by the label of the row."""
    return {row[0]: list(row[1:]) for row in named(shown, f"{STEM}-{table}").body}


def test_the_recomputed_tables_are_those_of_the_table(shown) -> None:
    table = synthetic.table(2021, sectors=1)
    flows = gvc.value_added_in_exports(table), gvc.intermediate_flows(table)
    first, second = grid(shown, "table-1"), grid(shown, "table-2")
    assert list(first) == [str(year) for year in range(2007, 2022)]
    due = [gvc.origin_share(flow, "NEA", eco.members(host)) for flow in flows for host in article.HOSTS]
    assert [float(value) for value in first["2021"]] == pytest.approx(due, abs=0.0501)
    due = [gvc.origin_share(flow, "CHN", eco.members(host)) for flow in flows for host in article.HOSTS]
    assert [float(value) for value in second["China"]] == pytest.approx(due, abs=0.0501)
    link = gvc.link_index(gvc.value_added_in_final_demand(table))
    third = grid(shown, "table-3")
    assert third["Japan"][0] == f"{link.loc['JPN', 'CHN']:.2f}"
    assert len(third["Japan"]) == 10


def test_the_summary_counts_every_printed_number(shown) -> None:
    found = named(shown, f"{STEM}-deviations-1-2")
    assert [list(row[2:4]) for row in found.body] == [["45", "45"], ["45", "45"], ["15", "15"], ["15", "15"]]
    said = {chapter: " ".join(texts(outputs)) for chapter, outputs in shown.items()}
    assert " of 120 numbers of Tables 1 and 2 agree" in said["chapters/northeast_asia/interregional"]
    assert " of 40 numbers of Table 3 agree" in said["chapters/northeast_asia/intraregional"]


def test_the_statements_are_put_to_the_panel(shown) -> None:
    (found,) = shown["chapters/northeast_asia/claims"]
    assert len(found.body) > 25, "a full table answers more than any shipped panel"
    assert "Mongolia" in found.markdown()
    assert not verdicts.audit()["evidence"].str.contains("synthetic").any(), "the book keeps to its sources"


# -- a page that shows them, built --------------------------------------------------------------------------------

PAGE = """---
file_format: mystnb
kernelspec:
  name: python3
---

# A page

```{code-cell} ipython3
from industrial_chains import reader_panels
from chapters.northeast_asia import claims
```
"""
#: The fewest cells that show all there is.
SHOWS = (
    "reader_panels.recomputed(1, 2)",
    "reader_panels.recomputed(3)",
    "reader_panels.treatments()",
    "reader_panels.statements(claims.answered)",
)


def build(book: Path) -> BeautifulSoup:
    done = subprocess.run(
        [Path(sys.executable).with_name("jupyter-book"), "build", book, "-n", "-W", "--keep-going"],
        env={**os.environ, "GVC_DATA": str(book / "data")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    page = BeautifulSoup((book / "_build/html/chapters/own.html").read_text("utf-8"), "html.parser")
    assert not page.select(".output.stderr, .output.traceback")
    return page


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = tmp_path_factory.mktemp("book")
    for name in ("_config.yml", "references.bib", "book/static/favicon.svg"):
        (book / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, book / name)
    (book / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters:\n- file: chapters/own\n", "utf-8")
    (book / "index.md").write_text("# A book\n", "utf-8")
    (book / "chapters").mkdir()
    cells = [
        f"\n## {NAME} {number}\n\n```{{code-cell}} ipython3\n:tags: [nbval-ignore-output]\n\ndisplay(*{shows})\n```\n"
        for number, shows in enumerate(SHOWS)
    ]
    (book / "chapters/own.md").write_text("".join([PAGE, *cells]), "utf-8")
    shipped(book / "data")
    small_books.lend_fonts(book)
    return book


@pytest.fixture(scope="module")
def without(book: Path) -> BeautifulSoup:
    return build(book)


@pytest.fixture(scope="module")
def words(book: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Payloads, the first of them from the name of a sheet."""
    (book / "secret.txt").write_text(hostile.SECRET, "utf-8")
    sheet = "ADB MRIO 2021, {{7*7}} <img src=x onerror=alert(4)>"
    folder = tmp_path_factory.mktemp("hostile")
    rows = layouts.adb(layouts.known(("CHN", "JPN", "ROW"), ("c1", "c2")))
    workbook = layouts.renamed(layouts.xlsx(folder / "ADB.xlsx", {"ADB": rows}), "ADB", sheet)
    edition = gvc.read_icio(workbook).source
    assert edition.endswith("{{7*7}} <img src=x onerror=alert(4)>")
    return [edition, *hostile.words(book)]


@pytest.fixture(scope="module")
def page(book: Path, without: BeautifulSoup, made: Path, words: list[str]) -> BeautifulSoup:
    """Build the page again, in which nothing has changed but the panels beside those of the book."""
    for file in made.parent.glob("*.parquet"):
        shutil.copy(file, book / "data" / "panel" / file.name)
    said, name_of_all = f"{' '.join(words)} {hostile.lines(book)}", "".join(words[1:])
    for part in ("", "_sectors"):
        frame = panel.load_panel(str(made.with_stem(made.stem + part)))
        for name, keep in BAD.items():
            bad = frame.query(keep).assign(source=said).replace({"BRA": name_of_all, "c1": name_of_all})
            panel.write(bad, book / "data" / "panel" / f"{name}{part}.parquet")
    return build(book)


def test_without_a_panel_nothing_stands_on_the_page(without) -> None:
    assert without.select("article h1")
    assert not without.select("article h2"), "nor in the list of its sections"
    assert NAME not in without.get_text()
    assert not without.select(".exhibit-table, .exhibit-chart")


def test_with_a_panel_the_page_shows_it_and_offers_its_numbers(book, page) -> None:
    every = page.select(".exhibit-table, .exhibit-chart")
    shown = {(one if one.name == "figure" else one.select_one("table"))["id"]: one for one in every}
    due = set.union(*PROMISED.values())
    assert {name for name in shown if STEM in name} == due
    assert all("synthetic" in shown[name].get_text() for name in due)
    assert all((book / f"_build/html/_exhibits/{name}.csv").stat().st_size for name in due)
    charts = [name for name in due if shown[name].name == "figure"]
    assert len(charts) == 5
    assert all("synthetic" in (book / f"_build/html/_exhibits/{name}.svg").read_text("utf-8") for name in charts)


def test_what_a_panel_says_is_text(book, page, words) -> None:
    with hostile.opened(book / "_build/html", "chapters/own") as (opened, done):
        found, text = hostile.live(opened), hostile.text(opened)
    assert done == []
    assert not any(found.values()), found
    assert not (book / "ran").exists()
    assert "a49b" not in text
    assert hostile.SECRET not in text
    assert all(word in text for word in [*words, *BAD, "".join(words[1:])])


# -- what is a reader's own -----------------------------------------------------------------------------------------


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = shipped(tmp_path / "data")
    shutil.copy(ROOT / "requirements.lock", tmp_path)
    monkeypatch.setattr(panel, "DATA", folder)
    return folder


def test_own_panels_are_those_between_economies_that_the_manifest_does_not_list(data, made) -> None:
    assert manifest.own() == []
    for file in made.parent.glob("*.parquet"):
        shutil.copy(file, data / "panel")
    shutil.copy(data / "panel" / "adb_fva_shares.parquet", data / "panel" / "shares.parquet")
    shutil.copy(data / "panel" / "oecd_sectors.parquet", data / "panel" / "alone_sectors.parquet")
    pd.DataFrame({"x": [1]}).to_parquet(data / "panel" / "stray.parquet")
    (data / "panel" / "._mac.parquet").write_bytes(b"as macOS leaves it")
    assert manifest.own() == [NAME, "shares"]
    found = [f"panel/{name}.parquet: not in the manifest" for name in ("alone_sectors", "stray")]
    assert manifest.problems(data) == found


def explored(data: Path) -> str:
    """Write what the explorer knows of a reader's panels, and no other, and return its index."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "SOURCES", ())
        explorer.write(data / "static", translation.Words("en"), data.parent)
    return (data / "static" / "explorer" / "index.js").read_text("utf-8")


@pytest.mark.parametrize("shows", SHOWS)
def test_a_panel_that_is_damaged_says_so_and_the_others_are_shown(data, made, shows) -> None:
    cell = f"display(*{shows})"
    put(data, made, "b", "year == 2021")
    alone = [repr(one.name) for one in run(cell) if hasattr(one, "caption")]
    (data / "panel" / "a.parquet").write_bytes(b"PAR1")
    content = bytearray((data / "panel" / "b.parquet").read_bytes())
    content[200] ^= 255  # its columns are still told
    (data / "panel" / "c.parquet").write_bytes(content)
    shown = run(cell)
    first, *_, last = texts(shown)
    assert first.startswith("The panel a cannot be read: ")
    assert last.startswith("The panel c cannot be read: ")
    assert "expected a Parquet file; found" in first
    assert ".. Restore" not in first
    assert [repr(one.name) for one in shown if hasattr(one, "caption")] == alone
    if shows == SHOWS[0]:
        assert '"key":"own-b"' in explored(data)


def put(data: Path, made: Path, name: str, keep: str, **columns: object) -> None:
    panel.write(panel.load_panel(str(made)).query(keep).assign(**columns), data / "panel" / f"{name}.parquet")


def texts(shown: list[object]) -> list[str]:
    return [str(getattr(one, "data", "")) for one in shown]


def test_each_panel_is_shown_and_what_it_lacks_is_said(data, made) -> None:
    put(data, made, "a", "year == 2021 and origin != 'MNG' and destination != 'MNG'")
    put(data, made, "b", "year == 2020 and destination in ('CHN', 'JPN') and origin in ('CHN', 'JPN')")
    shown = reader_panels.recomputed(1, 2)
    names = [one.name for one in shown if hasattr(one, "caption")]
    assert names == ["own-a-table-1", "own-a-table-2", "own-a-deviations-1-2"]
    assert "NEA: the table shows CHN, JPN, KOR, RUS, not MNG." in shown[1].notes
    assert "No number of Tables 1 and 2 can be compared" in texts(shown)[-1]
    third = reader_panels.recomputed(3)
    assert [one.name for one in third if hasattr(one, "caption")][2:] == ["own-b-table-3"]
    assert "2020, China" in third[-1].markdown()


def test_a_panel_that_cannot_give_a_table_says_why_and_the_book_goes_on(data, made) -> None:
    put(data, made, "no_nea", "origin in ('IND', 'DEU') and destination in ('IND', 'DEU')", source="A *B* {c}`d`")
    (said,) = reader_panels.recomputed(1)
    assert said.data.startswith(
        "Own computation from A \\*B\\* \\{c\\}\\`d\\` (panel no\\_nea). It does not give Table 1: "
    )
    assert "expected economies of the table" in said.data


def test_damaged_industries_are_named_and_leave_the_flows(data, made) -> None:
    put(data, made, "a", "year == 2021")
    (data / "panel" / "a_sectors.parquet").write_bytes(b"PAR1")
    *_, said = texts(reader_panels.recomputed(3))
    assert said.startswith("The panel a\\_sectors cannot be read: ")
    assert '"key":"own-a"' in explored(data)


@pytest.mark.parametrize(
    ("shows", "flow"), [(SHOWS[0], "intermediates"), (SHOWS[1], "va_final_demand"), (SHOWS[2], "fva_block")]
)
def test_a_panel_without_the_flows_of_a_table_says_so(data, made, shows, flow) -> None:
    shutil.copy(data / "panel" / "adb_fva_shares.parquet", data / "panel" / "shares.parquet")
    put(data, made, "without", f"year == 2021 and flow != '{flow}'")
    of_shares, of_flows = texts(run(f"display(*{shows})"))
    for said in (of_shares, of_flows):
        assert "It does not give" in said
        assert ": expected" in said
    assert "pool\\_weight" in of_shares
    assert flow.replace("_", "\\_") in of_flows
    assert '"key":"own-shares"' not in explored(data)


def test_a_panel_without_asean_says_that_it_gives_no_share_of_it(data, made) -> None:
    put(data, made, "strangers", "origin in ('BRA', 'DEU') and destination in ('BRA', 'DEU')")
    (said,) = texts(reader_panels.treatments())
    assert "It does not give ASEAN's share: " in said


def test_a_long_name_leaves_room_for_those_of_the_downloads(data, made) -> None:
    shutil.copy(made, data / "panel" / f"{'x' * 240}.parquet")
    assert max(len(one.name) for one in reader_panels.recomputed(3) if hasattr(one, "caption")) < 100


def test_without_a_panel_nothing_is_shown(data) -> None:
    assert (
        reader_panels.recomputed(1, 2)
        == reader_panels.recomputed(3)
        == reader_panels.treatments()
        == reader_panels.statements(claims.answered)
        == []
    )


def test_a_panel_that_answers_nothing_says_so(data, made) -> None:
    put(data, made, "no_nea", "year == 2021 and origin in ('IND', 'DEU') and destination in ('IND', 'DEU')")
    (said,) = reader_panels.statements(claims.answered)
    assert said.data == "None of the article's statements can be put to panel no\\_nea."


def test_agreement_and_the_largest_gap_are_said() -> None:
    rows = article.printed(1).assign(table=1, origin="NEA", gap=0.0, rounded=True)
    assert reader_panels._finding(rows, (1,)) == "All 90 numbers of Table 1 agree to the last printed digit"
    rows.loc[4, ["gap", "rounded"]] = [-0.26, False]
    place = f"Northeast Asia → {names.economy(rows.destination[4])}, {rows.year[4]}"
    assert reader_panels._finding(rows, (1,)) == (
        "89 of 90 numbers of Table 1 agree to the last printed digit; the largest gap is −0.3 percentage points "
        f"({place})"
    )


def test_a_panel_that_gives_the_print_agrees_in_every_cell(data, made, monkeypatch) -> None:
    shutil.copy(made, data / "panel")
    monkeypatch.setattr(article, "recomputed", lambda table, _: article.printed(table))
    charts = [one.to_dict() for one in reader_panels.recomputed(1, 2, 3) if hasattr(one, "to_dict")]
    titles = [" ".join(chart["title"]["text"]) for chart in charts]
    assert titles == [
        f"All {count} numbers of Table {table} agree to the last printed digit"
        for count, table in ((90, 1), (90, 1), (30, 2), (40, 3))
    ]


def _moved(numbers: pd.DataFrame, by: float) -> pd.DataFrame:
    return numbers.assign(value=numbers["value"] + by)


def test_a_number_agrees_within_half_of_its_last_digit(monkeypatch) -> None:
    near = {1: 0.049, 2: -0.049, 3: 0.0049}
    for factor, due in ((1, True), (1.1, False)):
        moved = {table: _moved(article.printed(table), factor * by) for table, by in near.items()}
        monkeypatch.setattr(article, "recomputed", lambda table, _, moved=moved: moved[table])
        compared = article.compare(pd.DataFrame())
        assert len(compared) == 160
        assert (compared["rounded"] == due).all()


def test_treatments_of_asean_need_a_panel_that_shows_it(data, made) -> None:
    put(data, made, "nobody", "destination != 'ASEAN'")
    (said,) = texts(reader_panels.treatments())
    assert "It does not give ASEAN's share: " in said
    assert "fva\\_block" in said
    shutil.copy(made, data / "panel")
    chart, _ = reader_panels.treatments()
    spec = chart.to_dict()
    assert "synthetic" in spec["usermeta"]["exhibit"]["source"][0]
    table = synthetic.table(2021, sectors=1)
    drawn = pd.DataFrame(next(iter(spec["datasets"].values()))).set_index(["treatment", "year"])["value"]
    for treatment, label in sources.TREATMENTS.items():
        values = gvc.foreign_value_added(table, "ASEAN", treatment)
        due = 100 * values[list(eco.GROUPS["NEA"])].sum() / values.sum()
        assert drawn[label, 2021] == pytest.approx(due, abs=1e-4)
    assert drawn["As printed", 2021] == 34.3


def test_a_panel_with_one_year_twice_is_said_and_the_book_goes_on(data, made) -> None:
    frame = panel.load_panel(str(made)).query("year == 2021")
    panel.write(pd.concat([frame, frame.assign(source="another")]), data / "panel" / "two.parquet")
    for shown in (reader_panels.recomputed(1), reader_panels.treatments(), reader_panels.statements(claims.answered)):
        assert "several, from" in texts(shown)[-1]
    assert "own-two" not in explored(data)


def test_gaps_of_opposite_signs_do_not_cancel(made, data) -> None:
    part = pd.DataFrame(
        [
            ("IND", "fva_share", 2021, 5.0),
            ("IND", "input_share", 2021, -5.0),
            ("MEX", "fva_share", 2021, 1.0),
            ("MEX", "input_share", 2021, 1.0),
        ],
        columns=["destination", "measure", "year", "gap"],
    ).assign(rounded=False)
    chart = reader_panels._gaps(Source("p", "p", "source", str(made)), part)
    assert "missed most for India: by 5.0 percentage points" in str(chart.to_dict()["title"])
