"""The works that the article cites are all there, and the list of references has the same."""

import re
from pathlib import Path

import pytest
from pybtex.database import parse_file

from exhibits import tables
from industrial_chains import data, literature

ROOT = Path(__file__).parents[1]
WORKS = literature.works()
ENTRIES = parse_file(str(ROOT / "references.bib"), "bibtex").entries

#: Places of the article: paragraphs by section.
PARAGRAPHS = {
    "0": 1, "1.1": 2, "1.2": 6, "1.3": 4, "1.4": 5, "2": 1, "2.1": 4, "2.2": 4, "2.3": 4, "3.1": 3, "3.2": 5,
}  # fmt: skip


#: The keys of institutions, and those that the book had before.
KEPT = {"uibe", "mof2025", "tangzhang2022", "liyue2024"}


def test_the_count_by_part() -> None:
    counts = literature.citations().groupby("part")["key"].nunique()
    assert counts.tolist() == [1, 37, 57, 9]
    assert len(WORKS) == 103
    # One work is cited in parts two and three.
    assert counts.sum() - len(WORKS) == 1


def test_the_count_by_theme() -> None:
    assert set(WORKS["theme"]) == set(literature.THEMES)
    assert [len(literature.works(section)) for section in ("geopolitics", "resilience", "relocation")] == [
        12, 20, 26,
    ]  # fmt: skip


def test_every_paragraph_with_notes_is_there() -> None:
    cited = literature.citations()
    assert not cited.isna().any().any()
    assert (cited["paragraph"] <= cited["section"].map(PARAGRAPHS)).all()
    two = cited[cited["part"] == "2"].groupby(["section", "paragraph"])["key"].nunique()
    assert {"/".join(map(str, place)): count for place, count in two.items()} == {
        "2/1": 1, "2.1/1": 1, "2.1/2": 3, "2.1/3": 3, "2.1/4": 5, "2.2/1": 1, "2.2/2": 5, "2.2/3": 4, "2.2/4": 9,
        "2.3/1": 3, "2.3/2": 7, "2.3/3": 6, "2.3/4": 9,
    }  # fmt: skip


def test_fields_are_well_formed() -> None:
    assert WORKS["key"].is_unique
    for column in ("authors", "title_original", "title_english", "type", "language", "question", "cited"):
        assert WORKS[column].str.strip().ne("").all(), column
    assert WORKS["theme"].isin(list(literature.THEMES)).all()
    assert WORKS["year"].dropna().between(1776, 2025).all()
    article = WORKS[WORKS["type"] == "article"]
    assert (article["outlet"] != "").all()
    assert (article["issue"] != "").all()
    assert WORKS["pages"].str.fullmatch(r"(\d+(–\d+)?(, )?)*").all()


@pytest.mark.parametrize("work", WORKS.to_dict("records"), ids=lambda work: work["key"])
def test_key_is_family_name_and_year(work) -> None:
    if not re.search(r"[A-Z][\w.'-]*, [A-Z]", work["authors"]) or work["key"] in KEPT:
        return
    family = work["authors"].partition(",")[0].lower().replace("ü", "u")
    assert re.fullmatch(rf"{family}{work['year']}[a-z]*", work["key"])


def test_facts_come_from_the_list_of_references() -> None:
    lu = WORKS.set_index("key").loc["lu1997"].to_dict()
    assert lu == {
        "authors": "Lu, Genxin", "authors_original": "卢根鑫", "year": 1997, "title_original": "国际产业转移论",
        "title_english": "On international industrial relocation", "outlet": "上海人民出版社",
        "outlet_english": "Shanghai People's Publishing House", "type": "book", "volume": "", "issue": "", "pages": "",
        "language": "Chinese", "theme": "waves", "question": "How has industry moved between countries?",
        "method": "historical account", "cited": "1.1/1", "note": "",
    }  # fmt: skip
    kinds = WORKS["type"].value_counts()
    assert kinds[["article", "book", "database"]].tolist() == [86, 6, 3]
    vernon = WORKS.set_index("key").loc["vernon1966"]
    assert vernon[["title_original", "volume", "issue", "pages"]].tolist() == [
        "International Investment and International Trade in the Product Cycle", "80", "2", "190–207",
    ]  # fmt: skip
    assert vernon["authors_original"] == ""


@pytest.mark.parametrize("key", WORKS["key"])
def test_what_a_work_is_stands_once(key: str) -> None:
    text = (ROOT / "data" / "article" / "literature.csv").read_text("utf-8")
    assert ENTRIES[key].fields["title"].strip("{}") not in text
    assert text.splitlines()[0] == "key,theme,question,method,cited,note"


def test_a_damaged_page_range_is_left_out() -> None:
    damaged = WORKS[WORKS["note"].str.startswith("Pages printed as")]
    assert len(damaged) == 12
    assert damaged["pages"].eq("").all()
    spans = WORKS["pages"].str.extract(r"(\d+)–(\d+)").dropna().astype(int)
    assert (spans[1] - spans[0]).between(0, 64).all()


def test_tables_and_counts_for_a_chapter() -> None:
    frame = literature.shown("geopolitics")
    assert list(frame.columns) == ["Title", "Question", "Method", "Theme", "Where"]
    assert frame.index.name == "Work"
    table = tables.table(frame, name="works-x", caption="Works", source=literature.FROM_ARTICLE)
    assert literature.downloadable(table, "geopolitics").csv.startswith("key,authors,")


def test_works_of_a_part() -> None:
    assert len(literature.of_part("2")) == 57


@pytest.mark.parametrize("name", ["waves", "fifth", "theories", "effects", "motives"])
def test_tables_of_words_are_complete(name: str) -> None:
    frame = literature.words(data.table(name))
    assert frame.index.is_unique
    assert not (frame.astype(str) == "").any().any()


def test_newer_works_are_not_the_articles_and_are_whole() -> None:
    newer = literature.newer()
    assert len(newer) == 47
    assert not set(newer["key"]) & set(WORKS["key"])
    for column in ("authors", "title_english", "outlet", "question", "data", "finding", "says", "method"):
        assert newer[column].str.strip().ne("").all(), column
    assert newer["year"].between(2018, 2026).all()
    assert newer["theme"].unique().tolist() == list(literature.NEWER_THEMES)
    assert newer.groupby("theme")["year"].apply(lambda year: year.is_monotonic_increasing).all()
    shown = literature.findings()
    assert list(shown.columns) == ["Question", "Data, years", "Finding", "Bearing on the article"]
    aiyar = newer.set_index("key").loc["aiyar2023"]
    assert len(aiyar["authors"].split("; ")) == 13


def test_the_list_of_all_works_can_be_narrowed() -> None:
    listed = literature.listed()
    assert len(listed) == len(WORKS) + len(literature.newer()) == 150
    text = (listed.index.to_series().astype(str) + " " + listed.astype(str).agg(" ".join, axis=1)).tolist()
    assert sum("吕越" in one for one in text) == sum("Lü, Yue" in one for one in text) == 3
    assert sum("国际贸易 (Intertrade)" in one for one in text) == 7
    assert set(listed["Language"]) == {"Chinese", "English", "Swedish", "Japanese"}
    assert listed["Method"].ne("").all()
    assert listed["Authors and outlet"].str.contains("80(2)", regex=False).sum() == 1
    assert not listed["Title"].str.contains("?.", regex=False).any()
    assert (
        listed["Title"]
        .str.contains("On international industrial relocation (国际产业转移论). Asks:", regex=False)
        .any()
    )
    assert (listed["Method"] == "Model").sum() == 8
    decision = listed.loc[listed["Title"].str.contains("推进中国式现代化的决定")].iloc[0]
    assert decision["Authors and outlet"] == "Central Committee of the Communist Party of China. 2024"
    assert decision["Authors and outlet"].others == {"zh": "2024"}
    assert "Gholz等" not in " ".join(map(str, listed.index)), "who writes in English is named so on an English page"


def test_a_work_that_a_section_cites_twice_counts_once() -> None:
    assert literature.citations().duplicated(["key", "section"]).sum() == 1
    cited = {(row.key, row.section) for row in literature.citations().itertuples() if row.section[:2] == "2."}
    assert literature.sections_over_years()["works"].sum() == len(cited) == 56
