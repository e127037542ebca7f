"""Scenarios for Northeast Asia: sentences, tariffs by plain sums, and incomes by a solver of its own."""

from itertools import permutations
from pathlib import Path

import h5py
import numpy as np
import pandas as pd
import pytest

from chapters.frontier import scenarios as page
from chapters.frontier import scenarios_step as step
from gvc import ICIO, content, load_sample, panel
from industrial_chains.trade_model import inputs, scenarios


def by_own_solver(Z: np.ndarray, Y: np.ndarray, theta: np.ndarray, old: np.ndarray, new: np.ndarray) -> np.ndarray:
    """Real income after duties (g, n, d) change, as a factor: damped iteration on levels of prices and wages."""
    G, N = old.shape[:2]
    uses = np.concatenate([Z.reshape(G, N, G, N), Y.reshape(G, N, G, 1)], axis=3)
    paid = uses * (1 + old)[..., None]
    made = uses.sum(axis=(2, 3))
    inputs_ = paid[..., :N].sum(axis=(0, 1))
    earned = made - inputs_
    spends = paid[..., N].sum(axis=(0, 1))
    gap_of = spends - earned.sum(axis=1) - (old[..., None] * uses).sum(axis=(0, 1, 3))
    budget = paid.sum(axis=0)
    idle = made == 0
    part = budget / np.concatenate([made + idle, spends[:, None]], axis=1)
    factor = np.where(idle, 1, earned / (made + idle))
    share = paid / np.where(budget > 0, budget, 1)
    wage, cost, output, spend = np.ones(G), np.ones((G, N)), made.copy(), spends.copy()
    for _ in range(4000):
        relative = cost[..., None] * (1 + new) / (1 + old)
        price = (share * (relative ** -theta[:, None])[..., None]).sum(axis=0) + (budget == 0)
        price **= -1 / theta[:, None, None]
        next_cost = wage[:, None] ** (factor) * np.prod(price[..., :N] ** part[..., :N], axis=0)
        whole = part * np.concatenate([output, spend[:, None]], axis=1)
        bought = share * (relative ** -theta[:, None])[..., None] * price ** theta[:, None, None] * whole
        sold = bought / (1 + new)[..., None]
        next_output = sold.sum(axis=(2, 3))
        income = (factor * next_output).sum(axis=1)
        next_wage = wage * (income / (wage * earned.sum(axis=1))) ** min(0.3, 2 / theta.max())
        next_wage *= earned.sum() / (next_wage @ earned.sum(axis=1))
        next_spend = wage * earned.sum(axis=1) + gap_of + (new[..., None] * sold).sum(axis=(0, 1, 3))
        pairs = ((next_cost, cost), (next_output, output), (next_wage, wage), (next_spend, spend))
        gap = max((abs(a - b) / (b + 1e-9)).max() for a, b in pairs)
        cost, output, wage, spend = next_cost, (output + next_output) / 2, next_wage, (spend + next_spend) / 2
        if gap < 1e-9:
            return spend / spends / np.prod(price[..., N] ** part[..., N], axis=0)
    raise AssertionError(gap)


@pytest.mark.parametrize("scenario", ["agreement", "origin", "in_force", "end"])
def test_incomes_by_a_solver_of_its_own(scenario: str) -> None:
    """With the table of the model and the elasticities of each study."""
    table = inputs.table(2022)
    base, before, after = (one.to_numpy().reshape(21, 22, 21) for one in step.changes()[scenario])
    for study, theta in inputs.elasticities().items():
        was, now = (by_own_solver(table.Z, table.Y, theta.to_numpy(), base, rates) for rates in (before, after))
        kept = page.results().loc[(scenario, "studies", "income", study), list(table.economies)]
        np.testing.assert_allclose(kept.to_numpy(float), 100 * (now / was - 1), atol=2e-5, err_msg=str(study))


def test_each_case_of_a_study_is_what_the_book_holds() -> None:
    asked = [case for case in step.cases() if case[2] == "giri_yi_yilmazkuday_2021"]
    assert len(asked) == 27
    for case in asked:
        for row in step.solved(*case):
            kept = page.results().loc[(case[0], case[1], row["measure"], case[2])]
            found = pd.Series(row).reindex(kept.index).astype(float)
            np.testing.assert_allclose(kept.to_numpy(float), found, rtol=1e-3, atol=1e-5, err_msg=str(case[:2]))
    assert len(page.results()) == 7 * (6 + 4 * 5 + 1) + 7 * 6 * 3


def test_tariffs_of_2022_by_plain_sums(test_data: Path) -> None:
    with h5py.File(test_data / "data" / "oecd_icio" / "ICIO2022.mat") as file:
        codes = ["".join(map(chr, file[at][()].ravel())) for at in file["data/countries"][()].ravel()]
        flows, rates = (file["data"][name][()][:27] for name in ("Xjik_3D", "tjik_3D"))
    for seller, buyer, due in (("JPN", "CHN", 7.2), ("JPN", "KOR", 5.3), ("KOR", "CHN", 3.8)):
        i, j = codes.index(seller), codes.index(buyer)
        plain = 100 * (flows[:, j, i] * rates[:, j, i]).sum() / flows[:, j, i].sum()
        assert plain == pytest.approx(due, abs=0.05)
        assert page.average(seller, buyer) == pytest.approx(plain, rel=1e-3)
    assert (inputs.tariffs().loc["CHN", "CHN"] == 0).all()


def test_a_duty_on_content_takes_what_the_content_is_worth() -> None:
    table = load_sample()
    rates = scenarios.on_content(table, "USA", "CHN", {"MEX": 0.5, "KOR": 0.25}, table.sectors)
    for code in ("MEX", "KOR"):
        i, d = table.economies.index(code), table.economies.index("USA")
        sold = table.Z.reshape(11, -1, 11, len(table.sectors)).sum(axis=3)[i, :, d]
        sold = sold + table.Y.reshape(11, -1, 11)[i, :, d]
        inside = content(table, "exports", exporter=code, importer="USA", origin="CHN").sum()
        assert sold @ rates["USA"].loc[code] == pytest.approx((0.5 if code == "MEX" else 0.25) * inside)
    assert rates.drop(columns="USA").to_numpy().sum() == 0
    assert rates["USA"].drop(["MEX", "KOR"], level=0).sum() == 0


def test_nothing_is_left_among_members_and_all_else_stays() -> None:
    table: ICIO = load_sample()
    products = pd.MultiIndex.from_product([table.economies, table.sectors])
    free = scenarios.duty_free(pd.DataFrame(0.1, products, list(table.economies)), ("CHN", "JPN"))
    assert free.loc[["CHN", "JPN"], ["CHN", "JPN"]].to_numpy().sum() == 0
    assert free.to_numpy().sum() == pytest.approx(0.1 * 5 * (11 * 11 - 4))


def test_what_sentences_say_of_all_studies() -> None:
    rows = page.results()
    for trial in set(rows.loc["agreement"].index.get_level_values("trial")):
        income = rows.loc[("agreement", trial, "income")]
        assert (income["CHN"] < income[["JPN", "KOR"]].min(axis=1)).all(), trial
    usual = rows.loc[("agreement", "studies", "income")]
    assert (usual["CHN"] < 0).all()
    assert (usual[["JPN", "KOR"]] > 0).all(axis=None)
    for trial in ("double", "two_tiers"):
        assert (rows.loc[("agreement", trial, "income"), "CHN"] > 0).any()
    doubled = rows.loc[("agreement", "double", "income")] / usual
    assert (doubled["JPN"] > 1.5).all()
    assert (doubled["KOR"] > 2).all()
    assert rows.loc[("agreement", "half", "income"), "KOR"].min() < 0
    shielded = rows.loc[("shielded", "studies", "income")] - rows.loc[("in_force", "studies", "income")]
    assert shielded[["CHN", "JPN", "KOR"]].abs().max(axis=None) < 0.006
    assert (rows.loc[("with_russia", "studies", "income"), "CHN"] < usual["CHN"]).all()
    assert (rows.loc[("origin", "studies", "sold_to_USA"), "CHN"] > 0).all()
    force = rows.loc[("in_force", "studies", "income")]
    assert (force["KOR"] < force["CHN"]).all()
    balanced = rows.loc[("in_force", "balanced", "income"), "CHN"] / force["CHN"]
    assert balanced.between(0.6, 0.72).all()
    everywhere = {
        what: rows.loc[(what, "all_duties", "income")] / rows.loc[(what, "studies", "income")]
        for what in ("agreement", "origin")
    }
    assert everywhere["agreement"]["KOR"].max() < 1
    assert everywhere["agreement"]["KOR"].min() < 0.1
    assert everywhere["origin"]["VNM"].between(1.1, 1.26).all()


#: What stems of the page's numbers are: scenario, measure, and the sign with which sentences tell it.
ENDS = {
    "pact_JPN": ("agreement", "income", 1),
    "pact_KOR": ("agreement", "income", 1),
    "loss_CHN": ("agreement", "income", -1),
    "loss_TWN": ("agreement", "income", -1),
    "sold_JPN": ("agreement", "sold_in_region", 1),
    "four_RUS": ("with_russia", "income", 1),
    "now_CHN": ("in_force", "income", -1),
    "now_KOR": ("in_force", "income", -1),
    "origin_VNM": ("origin", "income", -1),
    "origin_MEX": ("origin", "income", -1),
    "sold_VNM": ("origin", "sold_to_USA", -1),
    "end_CHN": ("end", "income", 1),
    "end_VNM": ("end", "income", -1),
}


def test_numbers_of_sentences_are_the_ends_over_seven_studies() -> None:
    rows = pd.read_csv(panel.DATA / "frontier" / "regional_scenarios.csv").query("trial == 'studies'")
    said, rows = page.numbers(), rows.set_index(["scenario", "measure"]).sort_index()
    for stem, (scenario, measure, sign) in ENDS.items():
        told = sign * rows.loc[(scenario, measure), stem[-3:]]
        assert len(told) == 7
        assert 0 < told.min() == said[f"{stem}_low"] < told.max() == said[f"{stem}_high"], stem
    assert {name[:-4] for name in said if name.endswith("_low")} == set(ENDS)
    assert said["origin_CHN_most"] == -rows.loc[("origin", "income"), "CHN"].min() < 0.003


def test_cells_are_the_ends_of_their_trial_and_scenario() -> None:
    """Read off the file and rounded: with the sign of a loss, and one number where both ends round alike."""
    tried, incomes = (table.map(str) for table in (page.tried(), page.incomes()))
    assert tried["Agreement: Japan"].tolist() == [
        *(
            "0.17 to 0.27",
            "0.12 to 0.18",
            "0.26 to 0.45",
            "0.19 to 0.29",
            "0.24 to 0.37",
            "0.17 to 0.27",
            "0.17 to 0.26",
        ),
    ]
    assert tried.loc["Farming and food left out of the agreement", "Content: Viet Nam"] == ""
    assert incomes["Back to the duties of 2017"][["China", "Viet Nam"]].tolist() == ["0.19 to 0.35", "−0.54 to −0.27"]
    assert incomes.loc["China", "American duty on Chinese content"] == "0.00"
    rows = pd.read_csv(panel.DATA / "frontier" / "regional_scenarios.csv").set_index(["scenario", "trial", "measure"])
    for trial, said in (("half", "Elasticities of goods halved"), ("balanced", "Every economy spends what it earns")):
        ends = rows.sort_index().loc[("agreement", trial, "income"), "KOR"].agg(["min", "max"])
        assert tried.loc[said, "Agreement: Korea"] == f"{ends['min']:.2f} to {ends['max']:.2f}".replace("-", "−")


def test_what_a_duty_on_content_adds_for_hosts() -> None:
    """Points: what the Chinese content pays, over the goods that it is in."""
    table, said, goods = inputs.table(2022), page.numbers(), list(inputs.GOODS)
    for code in ("VNM", "MEX"):
        i, d = table.economies.index(code), table.economies.index("USA")
        sold = table.Z.reshape(21, 22, 21, 22)[i, :17, d].sum() + table.Y.reshape(21, 22, 21)[i, :17, d].sum()
        inside = content(table, "exports", exporter=code, importer="USA", sector=goods, origin="CHN").sum()
        assert said[f"added_{code}"] == pytest.approx(said["rate_on_content"] * inside / sold, rel=1e-9)
    assert [round(said[f"added_{code}"], 1) for code in ("VNM", "MEX")] == [3.9, 1.9]
    assert (inputs.NOW, round(said["rate_on_content"], 1)) == ("2026-08", 22.8)


def test_headings_and_counts_in_words() -> None:
    said, rows = page.numbers(), page.results()
    paid = {(seller, buyer): page.average(seller, buyer) for seller, buyer in permutations(step.MEMBERS, 2)}
    assert max(paid, key=paid.get) == ("JPN", "CHN"), "China charges the most"
    assert min(paid["JPN", "CHN"], paid["KOR", "CHN"]) > max(paid["CHN", "JPN"], paid["CHN", "KOR"])
    joins = rows.loc[("with_russia", "studies", "income")] - rows.loc[("agreement", "studies", "income")]
    assert (joins.astype(float).idxmax(axis=1) == "RUS").all(), "by joining Russia gains most"
    fell = rows.loc[("origin", "studies", "income")].astype(float)
    assert (fell.idxmin(axis=1) == "VNM").all(), "Viet Nam pays"
    assert len(page.LABELS) == 5, "five scenarios"
    assert len(inputs.STUDIES) == said["studies"] == 7, "seven studies"
    assert step.MEMBERS == ("CHN", "JPN", "KOR")
    agreed = [rows.loc[("agreement", trial, "income"), "KOR"] for trial in ("all_duties", "studies")]
    assert (agreed[0] / agreed[1] < 0.1).sum() == 1, "in one to nearly nothing"
