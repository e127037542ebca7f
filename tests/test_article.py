"""What the printed tables say about themselves."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gvc
from gvc import panel, sources
from industrial_chains import article
from tests import synthetic


def test_rounding_is_carried_through() -> None:
    low, high = article.bounds(lambda first, last: last - first, 23.1, 34.3)
    assert (low, high) == pytest.approx((11.1, 11.3))
    assert article.bounds(lambda a, b: a - b, 9.06, 12.25, table=3) == pytest.approx((-3.2, -3.18))


@given(*[st.floats(1, 50)] * 2, *[st.floats(-0.05, 0.05)] * 2)
def test_no_unrounded_numbers_leave_the_bounds(first: float, last: float, up: float, down: float) -> None:
    def growth(start: float, end: float) -> float:
        return 100 * (end / start - 1)

    low, high = article.bounds(growth, first, last)
    assert low - 1e-9 <= growth(first + up, last + down) <= high + 1e-9


def test_who_changes_a_printed_table_changes_a_copy() -> None:
    table = article.printed(1)
    table["value"] = -1.0
    assert (article.printed(1)["value"] > 0).all()


def test_table_2_adds_up_to_table_1_within_rounding() -> None:
    """Five rounded numbers and their rounded sum: the article's tables do not contradict one another."""
    total = article.printed(1).query("year == 2021").set_index(["measure", "destination"])["value"]
    parts = article.printed(2).groupby(["measure", "destination"])["value"].agg(list)
    assert len(parts) == 6
    for key, numbers in parts.items():
        low, high = article.bounds(lambda *terms: sum(terms[1:]) - terms[0], total[key], *numbers)
        assert low <= 0 <= high, key


def test_printed_tables_are_those_of_the_article(test_data) -> None:
    print_ = json.loads((test_data / "article" / "tables.json").read_text(encoding="utf-8"))
    table1 = article.printed(1).set_index(["measure", "destination", "year"])["value"].sort_index()
    table2 = article.printed(2).set_index(["measure", "destination", "origin"])["value"]
    table3 = article.printed(3).set_index(["year", "origin", "absorber"])["value"]
    count = 0
    for measure in ("fva_share", "imint_share"):
        for host in article.HOSTS:
            values = print_["table1"][measure][host]
            assert table1.loc[measure, host].tolist() == values
            suppliers = print_["table2_2021"]["sources"]
            assert [table2[measure, host, code] for code in suppliers] == print_["table2_2021"][measure][host]
            count += len(values) + len(suppliers)
    order = print_["table3"]["order"]
    for year in (2017, 2021):
        for r, line in zip(order, print_["table3"][str(year)], strict=True):
            for s, value in zip(order, line, strict=True):
                if value is not None:
                    assert table3[year, r, s] == value
                    count += 1
    assert count == len(table1) + len(table2) + len(table3) == 160


def test_recomputed_tables_have_the_columns_of_the_printed_ones() -> None:
    with pytest.warns(gvc.CoverageWarning):
        tables = {
            number: article.recomputed(number, gvc.load_panel("wiod2013").query("year == 2011")) for number in (1, 2, 3)
        }
    for number, frame in tables.items():
        assert list(frame.columns) == list(article.printed(number).columns)
    india = tables[1].set_index(["measure", "destination"])["value"]
    assert round(india["fva_share", "IND"], 2) == 25.90
    assert round(india["imint_share", "MEX"], 2) == 22.90
    one = tables[2].groupby(["measure", "destination"])["value"].sum()
    pd.testing.assert_series_equal(one, india.sort_index(), check_exact=False)


@pytest.mark.parametrize("table", [1, 2])
@pytest.mark.parametrize(("side", "says"), [("origin", "no JPN among origins"), ("destination", "no JPN among desti")])
def test_no_table_is_recomputed_from_a_part_of_the_world(table: int, side: str, says: str) -> None:
    """Northeast Asia without Japan would else be given for the whole."""
    part = gvc.load_panel("wiod2013").query(f"year == 2011 and {side} != 'JPN'")
    with pytest.raises(gvc.GvcError, match=rf"panel, va_exports of 2011: expected the same .*; found {says}"):
        article.recomputed(table, part)


def test_layouts() -> None:
    first = article.layout(1, article.printed(1))
    assert first.shape == (15, 6)
    assert first.columns[0] == ("Share in foreign value added of exports", "ASEAN")
    third = article.layout(3, article.printed(3))
    assert third.columns.get_level_values(0).tolist() == ["2021"] * 5 + ["2017"] * 5
    assert third.loc["Japan", ("2021", "China")] == 13.43
    with pytest.raises(gvc.GvcError, match="1, 2 or 3; found 4"):
        article.printed(4)


def test_the_articles_tables_from_a_full_set(tmp_path) -> None:
    files = synthetic.write(tmp_path, [2017, 2021])
    assert sources.read_icio(files[0]).check() == []
    made, _ = panel.build(files, tmp_path / "p.parquet", workers=1)
    frame = gvc.load_panel(str(made))
    assert frame["source"].unique().tolist() == [f"ADB MRIO, {len(synthetic.ECONOMIES) - 1} economies, synthetic"]
    compared = article.compare(frame)
    assert compared["table"].value_counts().to_dict() == {1: 12, 2: 30, 3: 40}
    np.testing.assert_allclose(compared["gap"], compared["recomputed"] - compared["printed"])
    summary = article.deviations(compared)
    assert summary["printed"].to_dict() == {
        (1, "fva_share"): 45, (1, "imint_share"): 45, (2, "fva_share"): 15, (2, "imint_share"): 15, (3, "link"): 40,
    }  # fmt: skip
    assert summary.loc[(3, "link"), "compared"] == 40
    worst = compared[compared["table"] == 3].iloc[0]
    assert summary.loc[(3, "link"), "where"] == f"{worst['origin']} → {worst['destination']} {worst['year']}"
    assert summary.loc[(3, "link"), "largest"] == pytest.approx(abs(worst["gap"]))


def test_the_printed_numbers_agree_with_themselves(monkeypatch) -> None:
    monkeypatch.setattr(article, "recomputed", lambda table, _: article.printed(table))
    compared = article.compare(pd.DataFrame())
    assert len(compared) == 160
    assert compared["rounded"].all()
