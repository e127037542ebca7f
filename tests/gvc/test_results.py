"""Results say what they are, and join on the dimensions that they share."""

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


def test_what_is_no_result_is_refused() -> None:
    with pytest.raises(gvc.GvcError, match="expected a Series or DataFrame; found a ndarray of 2"):
        gvc.as_rows(EXPORTS.to_numpy()[0, :2])  # type: ignore[arg-type]
