"""What was typed by hand has the form that code expects: columns, codes, years, units. Other tests hold its numbers."""

from pathlib import Path

import pandas as pd
import pytest
import yaml

from industrial_chains import economies as eco
from industrial_chains import manifest
from industrial_chains.charting import names

DATA = Path(__file__).parents[1] / "data"

#: Columns of each typed table, and those of them that may be empty.
COLUMNS = {
    "article/figures.csv": ("name value unit year economy partner where source", ""),
    "article/literature.csv": ("key theme question method cited note", "method note"),
    "article/table1.csv": ("year measure destination value", ""),
    "article/table2.csv": ("year measure origin destination value", ""),
    "article/table3.csv": ("year origin absorber value", ""),
    "definitions.csv": ("topic measure definition function unit source zh", "function unit source"),
    "frontier/chips_typed.csv": ("year hs4 flow partner usd", ""),
    "frontier/newer.csv": ("key theme method question data finding says seen", ""),
    "northeast_asia/rates.csv": (
        "economy year rate deflator export_price fed ecb source",
        "deflator export_price fed ecb",
    ),
    "terms.csv": ("en kind zh meaning note", "meaning note"),
    "synonyms.csv": ("said ours language note", ""),
    "theory/effects.csv": ("Theory|Home|Host|Region and world|Risk", ""),
    "theory/fifth.csv": ("Regularity|Waves one to four|Wave five|What this book can show", ""),
    "theory/motives.csv": ("Motive|What the firm seeks|What decides|In the waves", ""),
    "theory/theories.csv": ("Theory|Question|Mechanism|Unit|Prediction|Where it fails today", ""),
    "theory/waves.csv": ("wave start end who what from to why evidence", ""),
}
#: Keys of a statement, and of its judgements.
VERDICTS = {
    "holds",
    "fits, cause not shown",
    "holds in part",
    "supported; the size is uncertain",
    "mostly does not hold",
    "does not hold",
    "too close to call",
    "cannot be tested here",
}
STATEMENT = {"id", "part", "where", "kind", "says", "criterion"}


def read(path: str) -> pd.DataFrame:
    return pd.read_csv(DATA / path, dtype=str, keep_default_na=False)


def test_every_typed_table_is_listed_here() -> None:
    typed = {entry["path"] for entry in manifest.load() if entry["made"] in ("transcribed", "written by hand")}
    assert typed - {"article/claims.yml", "validation/kww2014.yml"} == set(COLUMNS)


@pytest.mark.parametrize("path", COLUMNS)
def test_columns_are_there_and_filled(path: str) -> None:
    due, blank = (words.split("|" if "|" in words else None) for words in COLUMNS[path])
    frame = read(path)
    assert list(frame.columns) == due
    assert len(frame)
    for column in due:
        assert column in blank or frame[column].str.strip().ne("").all(), column
        assert frame[column].eq(frame[column].str.strip()).all(), column


@pytest.mark.parametrize("path", [path for path in COLUMNS if path.startswith("article/t") or "figures" in path])
def test_codes_years_and_numbers_are_such(path: str) -> None:
    frame = read(path)
    for column in {"origin", "destination", "absorber", "economy", "partner"} & set(frame.columns):
        assert all(names.known(code) or code in eco.GROUPS for code in frame[column]), column
    assert frame["year"].astype(int).between(1990, 2025).all()
    assert frame["value"].astype(float).ge(0).all()
    keys = [column for column in frame.columns if column not in ("value", "unit", "where", "source")]
    assert not frame.duplicated(keys).any()


def test_shares_are_percent_and_waves_follow_each_other() -> None:
    for path in ("article/table1.csv", "article/table2.csv", "article/table3.csv"):
        assert read(path)["value"].astype(float).between(0, 100).all()
    waves = read("theory/waves.csv")[["start", "end"]].astype(int)
    assert (waves["start"] < waves["end"]).all()
    assert waves["start"].is_monotonic_increasing


def test_statements_have_what_the_audit_reads() -> None:
    statements = yaml.safe_load((DATA / "article" / "claims.yml").read_text("utf-8"))
    for statement in statements:
        assert statement.keys() >= STATEMENT, statement.get("id")
        assert ("judgement" in statement) != ("untested" in statement), statement["id"]
        verdicts = set(statement.get("judgement", {}))
        assert verdicts <= VERDICTS, statement["id"]
    ids = [statement["id"] for statement in statements]
    assert len(ids) == len(set(ids))
