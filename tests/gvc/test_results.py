"""Results say what they are, and join on the dimensions that they share."""

import io
import pickle
import warnings
from collections.abc import Callable
from contextlib import nullcontext

import pandas as pd
import pytest

import gvc

SAMPLE = gvc.load_sample()
EXPORTS, VAX = gvc.gross_exports(SAMPLE), gvc.value_added_in_final_demand(SAMPLE)
RESULTS = {
    ("economy",): [
        gvc.kww(SAMPLE),
        gvc.borin_mancini(SAMPLE),
        gvc.participation(SAMPLE),
        gvc.vertical_specialization(SAMPLE),
        gvc.supplier_concentration(VAX),
    ],
    ("economy", "sector"): [
        gvc.borin_mancini(SAMPLE, detail="sector"),
        gvc.domestic_value_added_in_exports(SAMPLE),
        gvc.revealed_comparative_advantage(gvc.domestic_value_added_in_exports(SAMPLE)),
        gvc.sector_accounts(SAMPLE),
        gvc.upstreamness(SAMPLE),
        gvc.downstreamness(SAMPLE),
        gvc.production_activities(SAMPLE),
        gvc.production_length(SAMPLE),
    ],
    ("exporter", "importer"): [
        EXPORTS,
        gvc.intermediate_flows(SAMPLE),
        gvc.borin_mancini(SAMPLE, detail="bilateral"),
        gvc.content(SAMPLE, "exports", by=("exporter", "importer")),
    ],
    ("exporter", "sector", "importer"): [gvc.wwz(SAMPLE), gvc.borin_mancini(SAMPLE, detail="bilateral_sector")],
    ("origin",): [gvc.foreign_value_added(SAMPLE, "MEX"), gvc.value_added_by_route(SAMPLE, "MEX", "USA")],
    ("origin", "exporter"): [gvc.value_added_in_exports(SAMPLE)],
    ("origin", "absorber"): [VAX, gvc.link_index(VAX), *gvc.link_shares(VAX), gvc.trade_intensity(VAX)],
    ("origin", "origin_sector", "absorber"): [gvc.value_added_by_industry(SAMPLE)],
}
UNITS = {"million USD", "percent", "points of 100", "stages", "1"}


def dimensions(result: pd.Series | pd.DataFrame) -> tuple[str, ...]:
    columns = [result.columns.name] if isinstance(result, pd.DataFrame) and result.columns.name else []
    return (*result.index.names, *columns)


@pytest.mark.parametrize("names", RESULTS)
def test_a_dimension_has_one_name_in_every_result(names: tuple[str, ...]) -> None:
    assert [dimensions(result) for result in RESULTS[names]] == [names] * len(RESULTS[names])


def test_every_result_says_what_it_is() -> None:
    for result in (one for same in RESULTS.values() for one in same):
        about = result.attrs
        assert list(about) == ["measure", "unit", "year", "source"]
        assert about["unit"] in UNITS, about
        assert (about["year"], about["source"]) == (2011, "WIOD 2013 release")
        assert about["measure"]
        assert result.head(2).attrs == about, "through selection"


def test_units_are_those_of_the_numbers() -> None:
    assert gvc.kww(SAMPLE).attrs["unit"] == EXPORTS.attrs["unit"] == "million USD"
    assert gvc.upstreamness(SAMPLE).attrs["unit"] == "1"
    assert gvc.participation(SAMPLE).attrs["unit"] == gvc.link_shares(VAX)[0].attrs["unit"] == "percent"
    assert gvc.link_index(VAX).attrs["unit"] == "points of 100"
    assert gvc.trade_intensity(VAX).attrs["unit"] == gvc.supplier_concentration(VAX).attrs["unit"] == "1"
    assert gvc.production_length(SAMPLE).attrs["unit"] == "stages"
    assert gvc.production_activities(SAMPLE).attrs["unit"] == gvc.foreign_value_added(SAMPLE, "MEX").attrs["unit"]
    thousand = gvc.ICIO(
        economies=("A",), sectors=("a",), Z=[[1]], Y=[[1]], x=[2], va=[1], year=2000, unit="thousand EUR"
    )
    assert gvc.value_added_in_exports(thousand).attrs["unit"] == "thousand EUR"


def test_two_measures_of_a_table_join_on_what_they_share() -> None:
    joined = gvc.upstreamness(SAMPLE).to_frame().join(gvc.domestic_value_added_in_exports(SAMPLE))
    assert joined.shape == (55, 2)
    rows = pd.merge(
        gvc.as_rows(gvc.upstreamness(SAMPLE)), gvc.as_rows(gvc.sector_accounts(SAMPLE)), on=["economy", "sector"]
    )
    assert len(rows) == 55 * 4


def test_rows_go_to_a_file_with_what_they_are(tmp_path) -> None:
    found = gvc.as_rows(EXPORTS.loc[["JPN"], ["CHN", "KOR"]])
    assert found.columns.tolist() == ["exporter", "importer", "value", "measure", "unit", "year", "source"]
    found.to_csv(tmp_path / "exports.csv", index=False)
    assert (tmp_path / "exports.csv").read_text("utf-8").splitlines()[1] == (
        f"JPN,CHN,{EXPORTS.loc['JPN', 'CHN']},gross exports,million USD,2011,WIOD 2013 release"
    )
    assert gvc.as_rows(gvc.kww(SAMPLE))["term"].unique()[:2].tolist() == ["DVA_FIN", "DVA_INT"]
    assert EXPORTS.attrs["measure"] == "gross exports", "what was given stays as it was"


PARTS: dict[str, Callable[[pd.DataFrame], pd.Series | pd.DataFrame]] = {
    "rows": lambda found: found.loc[["JPN", "CHN"]],
    "a row": lambda found: found.loc["JPN"],
    "columns": lambda found: found[["KOR"]],
    "a column": lambda found: found["KOR"],
    "sorted": lambda found: found.sort_values("KOR"),
    "transposed": lambda found: found.T,
    "in another order": lambda found: found.loc[::-1, ::-1],
    "stacked": lambda found: found.stack(),  # type: ignore[return-value]
    "a copy": lambda found: found.copy(),
    "nothing": lambda found: found.iloc[:0],
    "from a worker": lambda found: pickle.loads(pickle.dumps(found)),
}
OTHERS: dict[str, Callable[[pd.DataFrame], pd.Series | pd.DataFrame]] = {
    "percent": lambda found: 100 * found / found.sum(),
    "by hand": lambda found: found.mask(found == found.max().max(), 1),
    "rounded": lambda found: found.round(-3),
    "nothing left": lambda found: found - found,
    "sums": lambda found: found.sum(),
    "moved": lambda found: found.shift().fillna(0),
    "of another year": lambda found: found / gvc.gross_exports(LATER),
    "of both": lambda found: pd.concat([found, gvc.gross_exports(LATER)]),
    "whole numbers": lambda found: found.rank().astype(int),
    "names of others": lambda found: found.rename(index={"CHN": "JPN", "JPN": "CHN"}),
}
LATER = gvc.ICIO(
    economies=SAMPLE.economies, sectors=SAMPLE.sectors, Z=2 * SAMPLE.Z, Y=2 * SAMPLE.Y, x=2 * SAMPLE.x,
    va=2 * SAMPLE.va, year=2012, unit="million EUR",
)  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_part_of_a_result_is_still_one(part: str) -> None:
    rows = gvc.as_rows(PARTS[part](EXPORTS))
    about = rows[["measure", "unit", "year", "source"]].drop_duplicates().values.tolist()
    assert about == [["gross exports", "million USD", 2011, "WIOD 2013 release"]][: len(rows)]


@pytest.mark.parametrize("change", OTHERS)
def test_other_numbers_have_no_unit_of_a_result(change: str) -> None:
    """Whatever pandas does with `attrs`: versions differ in which of two it keeps."""
    changed = OTHERS[change](EXPORTS)
    said = pytest.warns(UserWarning, match="result: not all of the numbers are those of 'gross exports'")
    with said if changed.attrs else nullcontext():
        rows = gvc.as_rows(changed)
    assert (rows[["measure", "unit", "year", "source"]] == "").all(axis=None)
    assert "value" in rows


def test_a_result_that_was_changed_in_place_is_no_longer_one() -> None:
    found = gvc.gross_exports(SAMPLE)
    found.loc["JPN", "CHN"] = 1
    with pytest.warns(UserWarning, match="gross exports"):
        assert (gvc.as_rows(found)["unit"] == "").all()


def test_shares_of_the_terms_are_not_in_dollars() -> None:
    terms = gvc.kww(SAMPLE)
    with pytest.warns(UserWarning, match="assign"):
        rows = gvc.as_rows(100 * terms.div(terms.sum(axis=1), axis=0))
    assert rows["unit"].unique().tolist() == [""]
    assert gvc.as_rows(terms["DVA_FIN"])["unit"].unique().tolist() == ["million USD"]
    by_sector = gvc.upstreamness(SAMPLE)
    assert gvc.as_rows(by_sector.xs("Machinery", level="sector"))["measure"].unique().tolist() == ["upstreamness"]
    assert gvc.as_rows(terms.loc["CHN"])["unit"].unique().tolist() == ["million USD"]


def test_an_index_of_changed_flows_has_no_year() -> None:
    assert gvc.link_index(VAX).attrs["year"] == 2011
    changed = gvc.link_index(VAX + gvc.value_added_in_final_demand(LATER)).attrs
    assert changed == {"measure": "link index", "unit": "points of 100", "year": None, "source": ""}
    hours = gvc.domestic_value_added_in_exports(SAMPLE) / 1000
    assert gvc.content(SAMPLE, "exports", hours).attrs["unit"] == ""


def test_what_somebody_writes_into_attrs_stands() -> None:
    mine = pd.Series([1.5], index=pd.Index(["JPN"], name="economy"))
    mine.attrs = {"measure": "mine", "unit": "percent"}
    assert gvc.as_rows(mine).values.tolist() == [["JPN", 1.5, "mine", "percent", "", ""]]


def test_attrs_go_to_parquet_and_are_text() -> None:
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        EXPORTS.to_parquet(file)
    assert pd.read_parquet(file).attrs == EXPORTS.attrs
    assert repr(EXPORTS.attrs["measure"]) == "'gross exports'"


def test_what_is_no_result_is_refused() -> None:
    with pytest.raises(gvc.GvcError, match="expected a Series or DataFrame; found a ndarray of 2"):
        gvc.as_rows(EXPORTS.to_numpy()[0, :2])  # type: ignore[arg-type]


def test_columns_that_are_there_twice_are_refused() -> None:
    terms = gvc.kww(gvc.load_sample())[["DDC", "FDC", "DDC"]]
    with pytest.raises(gvc.GvcError, match=r"result: expected each column once; found 'DDC' twice\."):
        gvc.as_rows(terms)


def test_a_number_that_is_missing_has_its_row() -> None:
    frame = pd.DataFrame({"a": [1.0, float("nan")], "b": [3.0, 4.0]}, pd.Index(["CHN", "JPN"], name="economy"))
    assert gvc.as_rows(frame)["value"].isna().tolist() == [False, False, True, False]


def test_dimensions_of_one_name_are_refused_and_one_that_attrs_have_too_stays() -> None:
    table = gvc.load_sample()
    with pytest.raises(
        gvc.GvcError, match=r"result: expected dimensions with names of their own.*; found 'economy' twice"
    ):
        gvc.as_rows(table.to_frames().Z)
    exports = gvc.gross_exports(table)
    with pytest.raises(gvc.GvcError, match=r"none of them value; found value\. Rename one"):
        gvc.as_rows(exports.rename_axis("value"))
    both = pd.concat({2011: exports, 2012: exports * 2}, names=["year"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # one pandas keeps attrs here, another does not
        rows = gvc.as_rows(both)
    assert rows["year"].drop_duplicates().tolist() == [2011, 2012]
    assert set(rows["unit"]) == {""}
