"""The calculator of duties: what it sends, its first case, and which rates a case asks for."""

import gzip
import json
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import gvc
from book.pages import what_if
from book.translation import Words
from gvc import panel
from gvc.errors import GvcError
from gvc.icio import ICIO
from industrial_chains.trade_model import inputs as model

CASE = {
    "importer": "USA",
    "exporters": ["CHN"],
    "industries": "goods",
    "rate": 25,
    "retaliation": False,
    "study": "fontagne_2022",
}


@pytest.fixture(scope="module")
def table() -> ICIO:
    return model.table(2022)


@pytest.fixture(scope="module")
def rates(table: ICIO) -> np.ndarray:
    return what_if.in_force(table)


def test_the_page_gets_the_numbers_of_the_table_to_the_last_digit_in_600_kb(table: ICIO, rates: np.ndarray) -> None:
    script = what_if.content(table, rates)
    sent = json.loads(re.fullmatch(r"gvcWhatIf\.take\((.+)\);\n", script)[1])  # type: ignore[index]
    assert np.array_equal(np.array(sent["Z"], dtype=float), table.Z.ravel())
    assert np.array_equal(np.array(sent["Y"], dtype=float), table.Y.ravel())
    assert np.array_equal(np.array(sent["T"], dtype=float), rates.ravel())
    assert len(gzip.compress(script.encode())) < 600_000


def test_a_table_that_the_page_cannot_solve_is_refused(table: ICIO, rates: np.ndarray) -> None:
    below = table.Y.copy()
    below[0, 0] = -1
    with pytest.raises(GvcError, match="deliveries of 0 or more between whole economies, and no taxes"):
        what_if.content(replace(table, Y=below, x=table.x + (below - table.Y).sum(axis=1)), rates)


def test_a_file_is_named_after_its_numbers_and_that_of_another_goes(tmp_path, table: ICIO, rates: np.ndarray) -> None:
    named = what_if.index(table, model.elasticities(), Words("en"))["table"]
    larger = replace(table, Z=2 * table.Z, Y=2 * table.Y, x=2 * table.x, va=2 * table.va)
    for of, duties, same in ((larger, rates, False), (table, 2 * rates, False), (table, rates, True)):
        what_if.write(tmp_path, of, duties)
        (file,) = (tmp_path / "what_if").iterdir()
        assert (file.name == named) == same


@pytest.mark.parametrize(
    ("case", "charged"),
    [
        (CASE, {("CHN", "USA"): 17}),
        (CASE | {"industries": "all", "retaliation": True}, {("CHN", "USA"): 22, ("USA", "CHN"): 22}),
        (CASE | {"exporters": ["JPN", "KOR"], "industries": ["C26"]}, {("JPN", "USA"): 1, ("KOR", "USA"): 1}),
    ],
)
def test_a_case_adds_to_the_duties_of_whom_and_what_it_says(table: ICIO, rates: np.ndarray, case, charged) -> None:
    more = (what_if.duties(table, case) - rates).reshape(21, 22, 21)
    found = {
        (table.economies[g], table.economies[d]): np.count_nonzero(more[g, :, d])
        for g, d in zip(*more.any(axis=1).nonzero(), strict=True)
    }
    assert found == charged
    assert more[more > 0] == pytest.approx(0.25)


def test_all_others_are_twenty(table: ICIO) -> None:
    rates = what_if.duties(table, CASE | {"exporters": "all"}).reshape(21, 22, 21)
    assert rates.any(axis=(1, 2)).sum() == 20
    assert not rates[table.economies.index("USA")].any()


def test_the_duty_in_force_is_that_of_the_same_imports(table: ICIO) -> None:
    """By hand from what customs collected and the table's own imports of two industries from two economies."""
    customs = model.us_imports().query("year == 2022").set_index(["partner", "industry"])
    due, value = 0.0, 0.0
    for place in ((code, sector) for code in ("CHN", "JPN") for sector in ("C26", "C29_30")):
        row = table.economies.index(place[0]) * 22 + table.sectors.index(place[1])
        imports = table.Z[row, :22].sum() + table.Y[row, 0]
        due, value = due + imports * customs.loc[place, "duty"] / customs.loc[place, "imports"], value + imports
    case = CASE | {"exporters": ["CHN", "JPN"], "industries": ["C26", "C29_30"]}
    assert what_if.answer(table, model.elasticities()[CASE["study"]], case)["duty"] == pytest.approx(100 * due / value)
    assert what_if.answer(table, model.elasticities()[CASE["study"]], case | {"importer": "MEX"})["duty"] == 0


def test_levels_of_a_month_are_those_that_customs_count(table: ICIO, rates: np.ndarray) -> None:
    """August 2026 by hand: the level of each partner, on the goods that customs counted in 2022."""
    months = (
        pd.read_csv(panel.DATA / "frontier" / "us_market_by_month.csv").query("month == '2026-08'").set_index("partner")
    )
    levels = months["duty"] / months["imports"]
    amounts = months[["duty", "imports"]]
    others = amounts.loc["WLD"] - amounts[amounts.index.isin(table.economies)].sum()
    case = {"importer": "USA", "industries": "goods", **what_if.cases()["in_force"]}
    after = what_if.duties(table, case).reshape(21, 22, 21)
    customs = model.us_imports().query("year == 2022 and industry != 'other'").set_index(["partner", "industry"])
    for partner, level in (*levels[["CHN", "VNM", "MEX"]].items(), ("EU27", others["duty"] / others["imports"])):
        bought = customs.loc[partner, "imports"][list(table.sectors[:17])]
        charged = after[table.economies.index(partner), :17, 0]
        assert (charged * bought).sum() / bought.sum() == pytest.approx(level, abs=6e-4)
        more = charged - rates.reshape(21, 22, 21)[table.economies.index(partner), :17, 0]
        assert more.max() - more.min() < 1e-9
    assert not after[:, 17:].any()
    assert not after[..., 1:].any()


def test_a_lower_level_lowers_all_duties_in_proportion(table: ICIO, rates: np.ndarray) -> None:
    case = {"importer": "USA", "industries": ["C13T15", "C24"], "rates": {"CHN": 0.02}, "before": {}}
    after, was = (of.reshape(21, 22, 21)[1, :, 0] for of in (what_if.duties(table, case), rates))
    charged = np.isin(table.sectors, case["industries"])
    assert np.ptp(after[charged] / was[charged]) < 1e-12
    assert (after[~charged] == was[~charged]).all()
    assert (after >= 0).all()


def test_the_ruling_is_a_step_from_one_equilibrium_to_the_next(table: ICIO) -> None:
    """From the duties of January to those of March 2026 at once, on the table that the first of them leave."""
    theta = model.elasticities()[CASE["study"]]
    case = {"importer": "USA", "industries": "goods", **what_if.cases()["ruling"]}
    january, march = what_if.before(table, case), what_if.duties(table, case)
    first = gvc.counterfactual(table, tariffs=(what_if.in_force(table), january), elasticity=theta)
    step = gvc.counterfactual(first.table, tariffs=(january, march), elasticity=theta)
    found = what_if.answer(table, theta, case)
    assert found["income"] == pytest.approx(list(100 * (step.real_income - 1)), abs=2e-5)
    assert found["duty"][0] > found["duty"][1] + 2
    uses = step.table.Z.reshape(21, 22, 21, 22)[:, :17, 0].sum(axis=(1, 2)) + step.table.Y.reshape(21, 22, 21)[
        :, :17, 0
    ].sum(axis=1)
    assert found["trade"][1][1] == pytest.approx(100 * uses[1] / uses[1:].sum(), abs=1e-4)
    assert found["used"][1] == pytest.approx(100 * uses[1:].sum() / uses.sum(), abs=1e-4)


def test_shares_before_are_those_of_the_table(table: ICIO) -> None:
    names = pd.MultiIndex.from_product([table.economies, table.sectors], names=["economy", "sector"])
    uses = pd.DataFrame(np.column_stack([table.Z, table.Y]), index=names)
    uses.columns = pd.Index([*names.get_level_values(0), *table.economies])
    bought = uses["USA"].sum(axis=1)[lambda row: ~row.index.get_level_values(1).isin(["D_E", "F", "G_I", "J_N", "O_T"])]
    of_china, all_of_it = bought["CHN"].sum(), bought.drop("USA", level=0).sum()
    found = what_if.answer(table, model.elasticities()["fontagne_2022"], CASE)
    g = table.economies.index("CHN")
    assert found["trade"][0][g] == pytest.approx(100 * of_china / all_of_it, abs=1e-6)
    assert found["trade"][0][table.economies.index("USA")] is None
    assert sum(share for share in found["content"][1] if share is not None) == pytest.approx(100, abs=1e-4)


def test_the_first_case_stands_without_scripts(table: ICIO) -> None:
    said = what_if.place(table, model.elasticities(), Words("en"))
    text = re.sub(r"<script.*?</script>|<[^>]+>", " ", said)
    assert "With 25 more points of duty in the United States on goods from China, the share of China in" in text
    assert "Viet Nam gains most" in text
    assert re.search(
        r"the United States collected by industry in 2022, these imports already bear \d+\.\d per cent", text
    )
    assert said.count("<tr>") == 22
    assert said.count("</script>") == 1


def test_it_is_chinese_in_chinese(table: ICIO) -> None:
    about = what_if.index(table, model.elasticities(), Words("zh_CN"))
    names = [one["name"] for one in (*about["economies"], *about["industries"])]
    assert not [name for name in names if re.search("[A-Za-z]", name)]
    assert about["studies"]["fontagne_2022"]["name"] == "Fontagné等（2022）"
    said = what_if.sentences(about, what_if.answer(table, model.elasticities()["fontagne_2022"], CASE), Words("zh_CN"))
    assert said[0].startswith("若美国对来自中国的货物加征25个百分点的关税，在美国进口的货物中，中国所占份额从18.1%降至")
    assert not re.search("[A-Za-z]", "".join(said))


@pytest.mark.parametrize(
    ("value", "digits", "said"), [(-0.3, 2, "−0.30"), (0.414, 2, "+0.41"), (-0.001, 2, "0.00"), (12.26, 1, "+12.3")]
)
def test_a_change_has_its_sign(value: float, digits: int, said: str) -> None:
    assert what_if._change(value, digits) == said
