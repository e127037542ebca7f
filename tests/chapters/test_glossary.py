"""The glossary holds every measure of the package, and nothing that is gone."""

import csv
import inspect
import json
import pydoc
import re
from pathlib import Path
from typing import Any

import pytest

import gvc
from book import translation
from chapters.methods import glossary
from exhibits import tables
from industrial_chains import economies as eco
from industrial_chains.analysis import exposure
from industrial_chains.sample import sample

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "chapters/methods/glossary.md").read_text("utf-8")
ROWS = glossary.definitions()
SHORT = (
    *("VAX", "DVA", "FVA", "DDC", "FDC", "REF", "DAVAX", "GVCB", "GVCF"),
    *("HHI", "RCA", "ICIO", "MRIO", "LINK", "NEA"),
)
#: What the package offers besides measures.
READS = {
    *("as_rows", "differences", "flow_matrix", "from_pymrio", "load_panel", "load_sample", "read_icio", "save"),
    "to_pymrio",
}
NAMED = {"tiva"}  # contents, by the OECD's names
MODEL = {"counterfactual", "nowcast"}


def found(name: str) -> Any:
    """Return a function, or that of a class, by its full name."""
    return pydoc.locate(name)


@pytest.mark.parametrize("name", sorted(set(ROWS["function"])))
def test_function_exists(name: str) -> None:
    assert callable(found(name))
    assert not name.rpartition(".")[2].startswith("_")


def test_every_public_measure_is_defined() -> None:
    public = {name for name in gvc.__all__ if inspect.isfunction(getattr(gvc, name))} - READS - MODEL - NAMED
    assert len(public) > 15
    defined = {found(name) for name in set(ROWS["function"])}
    assert [name for name in sorted(public) if getattr(gvc, name) not in defined] == []


def test_every_measure_of_exposure_is_defined() -> None:
    """But for what joins suppliers, or takes the two kinds of inputs as given."""
    own = {
        name
        for name, value in vars(exposure).items()
        if inspect.isfunction(value) and value.__module__ == "industrial_chains.analysis.exposure"
    }
    measures = {name for name in own if not name.startswith("_")} - {"two_ways", "union_as_one"}
    assert {f"industrial_chains.analysis.exposure.{name}" for name in measures} <= set(ROWS["function"])


def test_terms_of_borin_and_mancini_are_defined() -> None:
    table = glossary.definitions().query("function == 'gvc.borin_mancini'")["measure"]
    source, sink = gvc.borin_mancini(sample()), gvc.borin_mancini(sample(), "sink")
    assert {name.partition(",")[0] for name in table} == set(source) | set(sink)


def test_fields_are_filled_and_measures_are_named_once() -> None:
    assert (ROWS[["topic", "measure", "definition", "function"]] != "").all(axis=None)
    assert ROWS["measure"].is_unique


def test_sources_are_in_the_bibliography() -> None:
    keys = set(re.findall(r"^@\w+\{([^,]+),", (ROOT / "references.bib").read_text("utf-8"), re.MULTILINE))
    named = {key for cell in ROWS["source"] for key in cell.split(",") if key}
    assert len(named) > 10
    assert named <= keys


def test_page_shows_every_topic_once() -> None:
    shown = re.findall(r'glossary\.measures\("(\w+)"\)', PAGE)
    assert sorted(shown) == sorted(set(ROWS["topic"]))
    rows = sum(len(glossary.measures(topic)) for topic in shown)
    assert rows == len(ROWS)


def test_a_word_of_the_page_is_in_the_termbase_with_the_same_meaning() -> None:
    listed = PAGE.partition("```{glossary}\n")[2].partition("\n```\n")[0]
    words = dict(re.findall(r"^(\S.*)\n  (.+)$", listed, re.MULTILINE))
    assert len(words) > 35
    with (ROOT / "data" / "terms.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "term"]
    meanings = {row["meaning"] for row in rows}
    assert {word: said for word, said in words.items() if said not in meanings} == {}


def test_the_two_languages_stand_side_by_side_for_every_term_and_measure() -> None:
    with (ROOT / "data" / "terms.csv").open(encoding="utf-8", newline="") as file:
        due = {row["en"]: row["zh"] for row in csv.DictReader(file) if row["meaning"]}
    with (ROOT / "data" / "definitions.csv").open(encoding="utf-8", newline="") as file:
        measures = {row["measure"]: row["zh"] for row in csv.DictReader(file)}
    known = {word.casefold() for word in due}
    due |= {measure: chinese for measure, chinese in measures.items() if measure.casefold() not in known}
    table = glossary.bilingual()
    assert table["Chinese"].to_dict() == due
    assert (table != "").all(axis=None)
    assert table.index.is_unique
    assert table.loc["double counting", "Chinese"] == "重复计算"
    assert table.loc["Leontief inverse", "Chinese"] == "列昂惕夫逆矩阵"


def test_names_of_the_table_stand_in_both_languages_on_a_page_in_chinese() -> None:
    made = tables.table(glossary.bilingual(), name="x", caption="", source="")
    content = json.loads(json.dumps(made._repr_mimebundle_()[0][tables.MIME]))
    rows = translation.Words("zh_CN").table(content)["body"]
    assert ("double counting", "重复计算") in {(str(row[0]), str(row[1])) for row in rows}
    assert ("Gross output", "总产出") in {(str(row[0]), str(row[1])) for row in rows}


def test_nothing_of_the_page_is_folded() -> None:
    assert re.findall(r"\{dropdown\}|:class: dropdown|<details", PAGE) == []


def test_measures_are_written_for_a_table() -> None:
    row = glossary.measures("article").loc["LINK, link index"]
    assert row["Function"] == "`link_index`"
    assert row["Source"] == "{cite:t}`li2025`"
    assert glossary.measures("flows").loc["Gross exports", "Source"] == ""


@pytest.mark.parametrize(
    "short",
    ["VAX", "DVA", "FVA", "DDC", "FDC", "REF", "DAVAX", "GVCB", "GVCF", "HHI", "RCA", "ICIO", "MRIO", "LINK", "NEA"],
)
def test_abbreviation_is_explained(short: str) -> None:
    rows = re.findall(r"^\| ([A-Z, ]+) \| .+ \|$", PAGE, re.MULTILINE)
    assert sum(short in row.split(", ") for row in rows) == 1


def test_groups_and_economies() -> None:
    groups, economies = glossary.groups(), glossary.economies()
    assert groups.loc["NEA", "Members"] == "China, Japan, Korea, Russia, Mongolia"
    assert set(groups.index) == set(eco.GROUPS)
    assert economies.loc["MNG"].tolist() == ["Mongolia", "NEA", "", "yes"]
    assert economies.loc["GBR"].tolist() == ["United Kingdom", "EU27_2007", "yes", ""]
    assert economies.index[-1] == "ROW"
    assert economies.index.is_unique
    for name, label in (("wiod2013", "WIOD"), ("adb_fva_shares", "ADB")):
        assert set(economies.index[economies[label] == "yes"]) == set(gvc.load_panel(name)["origin"])


def test_a_symbol_of_the_models_has_one_row_and_no_meaning_in_the_algebra() -> None:
    table = PAGE.partition("## Symbols of the models")[2].partition("\n## ")[0]
    rows = [row.split("|")[1] for row in table.splitlines() if row.startswith("| $")]
    symbols = [symbol for row in rows for symbol in re.findall(r"\$([^$]+)\$", row)]
    assert len(symbols) == len(set(symbols)) > 20
    algebra = " ".join(ROWS.query("topic in ['table', 'flows', 'exports', 'chains', 'article']")["definition"])
    # The last task is I in its source, as the identity matrix is in the algebra: its row says so.
    assert any("$I$" in row and "identity matrix" in row for row in table.splitlines())
    for symbol in ("T", r"\tau", r"\alpha", r"\sigma", r"\mu", r"\theta", r"\ell", "i", "t(i)"):
        assert symbol in symbols
        assert symbol not in re.findall(r"\\?[A-Za-z]+(?:\(\w\))?", algebra)


def test_theory_chapters_use_the_symbols_of_the_table() -> None:
    """Trade cost was T where T is technology. Curves and tasks have the letters of their sources."""
    drivers, modes = ((ROOT / f"chapters/theory/{name}.md").read_text("utf-8") for name in ("drivers", "modes"))
    assert "$T$ says how far ahead home's technology is" in drivers
    assert all(r"\tau" in page for page in (drivers, modes))
    # Where it says what the source writes, and nowhere else.
    assert re.search(r"\$[^$]*\bT\b", modes.replace("who write $T$ for", "")) is None
    assert "trade cost T" not in modes
    assert "A(z)" in drivers
    assert "a(z)" not in drivers
    assert r"t(i) = 1 + \kappa i" in modes
    assert "h(q)" not in modes
