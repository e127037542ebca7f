"""What the chapter on validation compares would show a number that is wrong."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import gvc
from chapters.methods import validation
from gvc import panel
from gvc.flows import industry_exports
from gvc.sources import read_icio
from industrial_chains import data
from industrial_chains.sample import sample
from industrial_chains.sources import ARTICLE, LRWIOD, OECD, WIOD, WIOD_NEA, Source
from tests.gvc.test_core import USA_CHN


def test_the_examples_are_those_of_the_vectors(test_data: Path) -> None:
    vectors = json.loads((test_data / "vectors/kww_online_appendix/kww_examples.json").read_text())
    ours = validation.examples()
    assert len(ours) == len(vectors)
    for example, vector in zip(ours, vectors.values(), strict=True):
        assert example["economies"] == vector["countries"]
        for name, called in (("Z", "Z"), ("Y", "Y"), ("x", "X"), ("va", "VA")):
            assert example[name] == vector[called]
        printed, published = example["printed"], vector["published"]
        assert printed.get("exports") == published.get("E")
        assert printed.get("absorbed") == published.get("VBY")
        for code in example["economies"]:
            numbers = published.get(code, {})
            terms = [numbers[f"v{n}"] for n in range(1, 10)] if numbers else None
            assert printed.get(code, {}).get("terms") == terms
            others = {name: value for name, value in numbers.items() if name not in {f"v{n}" for n in range(1, 10)}}
            assert printed.get(code, {}).get("others", {}) == others


def test_every_printed_number_agrees() -> None:
    found = validation.against_print()
    assert found["Numbers"].tolist() == found["Agree"].tolist() == [26, 15, 6, 38]


def test_a_misprint_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = validation.examples()
    example = changed[-1]
    example["printed"]["C2"]["others"]["DC_share"] = 0.6
    example["printed"]["C1"]["terms"][4] = 0.9
    monkeypatch.setattr(validation, "examples", lambda: changed)
    found = validation.against_print().loc[example["name"]]
    assert found["Numbers"] - found["Agree"] == 2
    assert found["Largest gap"] == pytest.approx(1)


def test_rounds_by_hand() -> None:
    """Each of the two keeps half of a dollar and pays the other half to suppliers, who do the same."""
    found = validation.by_rounds(gvc.ICIO(**USA_CHN), [0, 1, 2, 40])
    assert found.loc[[0, 1, 2], "missing"].tolist() == pytest.approx([50, 25, 12.5])
    assert found.loc[40, ["missing", "gap"]].max() < 1e-9


def test_rounds_of_the_sample_close_in_on_the_solution() -> None:
    found = validation.by_rounds(sample(), [0, 1, 2, 4, 8, 16, 32])
    assert found["missing"].is_monotonic_decreasing
    assert found["gap"].is_monotonic_decreasing
    assert found["gap"].iloc[-1] < 1e-4
    table = sample()
    direct = (1 - (table.Z / table.x).sum(axis=0)) * industry_exports(table).sum(axis=1)
    share = direct.reshape(11, 5).sum(axis=1) / gvc.gross_exports(table).sum(axis=1)
    assert found.loc[0, "exporter"] == share.idxmin() == "CHN"
    assert found.loc[0, "missing"] == pytest.approx(100 * (1 - share.min()))


@pytest.mark.parametrize(
    ("source", "pairs", "worst", "open_in_data"),
    [(LRWIOD, 26 * 36, ("CHN", 1985), 7), (WIOD, 41 * 17, ("EST", 1995), 41 * 17), (OECD, 81 * 12, None, 0)],
)
def test_accounts_close_but_for_what_the_data_miss(
    source: Source, pairs: int, worst: tuple[str, int] | None, open_in_data: int
) -> None:
    found = validation.accounts(source)
    assert (found["gap"].iloc[:-1] < 1e-9).all()
    assert (found["open"].iloc[:-1] == 0).all()
    assert set(found["compared"]) == {pairs, pairs - len(source.years("va_exports"))}, (
        "one exporter has no exports to itself"
    )
    last = found.loc[validation.OF_DATA]
    assert last["open"] == open_in_data
    if worst:
        assert (last["economy"], last["year"]) == worst
        assert last["near"] < 1


def test_pairs_that_differ_are_counted_and_not_accounts() -> None:
    """Two economies, each in one year, in one account: two pairs are open."""
    frame = WIOD.frame
    there = (frame["flow"] == "DDC") & (frame["year"] == 2003) & frame["origin"].isin(["KOR", "JPN"])
    wrong = frame.assign(value=frame["value"].where(~there, 1.5 * frame["value"]))
    found = validation.accounts(replace(WIOD, flows=lambda: wrong))
    assert found["open"].iloc[:-1].sum() == 2


@pytest.mark.parametrize(
    ("source", "name", "year"), [(WIOD, "wiod2013/wiod98.rda", 1998), (LRWIOD, "lrwiod/WIODlr_WIOT_1985.rda", 1985)]
)
def test_the_worlds_gap_is_what_the_rows_of_the_table_miss(
    test_data: Path, source: Source, name: str, year: int
) -> None:
    table = read_icio(test_data / "data" / name)
    missing = table.Z.sum() + table.Y.sum() - table.x.sum()
    assert validation.world(source)["demand"][year] == pytest.approx(
        100 * missing / (table.x.sum() - table.Z.sum()), rel=1e-6
    )


def test_world_accounts_close() -> None:
    for source in validation.TABLES:
        assert (validation.world(source)["exports"].abs() < 1e-9).all()
    assert (validation.world(OECD)["demand"].abs() < 1e-9).all()
    assert validation.world(WIOD)["demand"].abs().max() == pytest.approx(0.176, abs=0.0005)


@pytest.mark.parametrize(
    ("flow", "identity"),
    [
        ("va_exports", "Value added of all origins makes gross exports"),
        ("DDC", "DVA, DDC, FVA and FDC make gross exports"),
        ("FDC", "FVA and FDC are the foreign value added of Table 1"),
        ("va_final_demand", "The industries' exports of value added make VAX"),
        ("DVA", "The industries' value added in exports makes DVA"),
        ("va_exports_to_USA", "Value added in exports to the United States makes those exports"),
    ],
)
def test_a_wrong_flow_is_seen(flow: str, identity: str) -> None:
    """Raise what one origin has in one destination by a half, in one year."""
    frame = WIOD.frame
    link = (frame["origin"] == "KOR") & (frame["destination"] == "JPN")
    there = link & (frame["flow"] == flow) & (frame["year"] == 2003)
    wrong = frame.assign(value=frame["value"].where(~there, 1.5 * frame["value"]))
    found = validation.accounts(replace(WIOD, flows=lambda: wrong)).loc[identity]
    assert found["gap"] > 0.01
    assert found["year"] == 2003
    assert found["economy"] in ("KOR", "JPN")
    assert found["near"] == found["gap"]


# -- databases against each other -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def overlaps() -> pd.DataFrame:
    return validation.overlap_table()


def test_every_overlap_is_compared(overlaps: pd.DataFrame) -> None:
    assert overlaps.loc["Long-run WIOD and WIOD, 1995–2000", "compared"].tolist() == [6 * 24 * 23, 6 * 24, 6 * 24 * 23]
    assert overlaps.loc["WIOD and OECD, 2011", "compared"].tolist() == [40 * 39, 40, 40 * 39]
    assert overlaps.loc[("Article and OECD, 2017–2021", "Links"), "compared"] == 24
    # Ten partners of 15 exporters, seven of them partners themselves, in five years.
    assert overlaps.loc[("ADB and OECD, 2018–2022", "Origins"), "compared"] == 5 * (150 - 7)


def test_links_of_two_databases_by_hand(overlaps: pd.DataFrame) -> None:
    both = sorted(set(WIOD.economies) & set(LRWIOD.economies) - {"ROW"})
    sizes, ranks = [], []
    for year in range(1995, 2001):
        pair = [
            gvc.link_index(panel.flow_matrix(gvc.load_panel(name), "va_final_demand", year)).loc[both, both].to_numpy()
            for name in ("lrwiod", "wiod2013")
        ]
        apart = ~np.eye(len(both), dtype=bool)
        sizes += list(np.abs(pair[1] - pair[0])[apart])
        order = [one[apart].argsort().argsort() for one in pair]
        ranks.append(np.corrcoef(*order)[0, 1])
    row = overlaps.loc[("Long-run WIOD and WIOD, 1995–2000", "Links")]
    assert row["size"] == pytest.approx(np.mean(sizes))
    assert row["rank"] == pytest.approx(np.mean(ranks))
    # Japan to China in 2000, as both databases were computed elsewhere.
    assert [LRWIOD.link("JPN", "CHN")[2000], WIOD.link("JPN", "CHN")[2000]] == pytest.approx([12.20, 11.67], abs=0.005)


def test_the_print_beside_the_oecd_by_hand(overlaps: pd.DataFrame) -> None:
    row = overlaps.loc[("Article and OECD, 2017–2021", "Links")]
    changes = {
        (a, b): [s.link(a, b)[2021] - s.link(a, b)[2017] for s in (ARTICLE, OECD)]
        for a in WIOD_NEA
        for b in WIOD_NEA
        if a != b
    }
    told = [pair for pair in changes.values() if abs(pair[0]) > 0.5]
    assert row["direction"] == f"{sum(a * b > 0 for a, b in told)} of {len(told)}" == "6 of 7"
    shares = overlaps.loc[("Article and ADB, 2017–2021", "Origins")]
    assert shares["size"] == pytest.approx(0.83, abs=0.005)
    level = [OECD.share("NEA", "ASEAN")[2021] - 34.3, overlaps.loc[("Article and OECD, 2017–2021", "Origins"), "mean"]]
    assert min(level) > 2, "the second less the first"
    assert shares["where"] == "Northeast Asia→India, 2018"


def test_the_foreign_share_is_the_weak_side(overlaps: pd.DataFrame) -> None:
    foreign = overlaps.xs("Foreign share", level=1)["size"]
    assert foreign.tolist() == pytest.approx([1.58, 3.36], abs=0.005)
    assert (overlaps["rank"].drop("Foreign share", level=1) > 0.91).all()


# -- against what is published, and against the print -----------------------------------------------------------------


def test_published_shares_are_counted_by_hand() -> None:
    table = validation.published()
    compared = table.xs("Compared", axis=1, level=1).sum(axis=1)
    assert compared.loc["FDVA"].tolist() == [42 * 11 * 3]
    assert compared.loc["EXGR_DVA"].tolist() == compared.loc["FEXGR_DVA"].tolist() == [80 * 11, 16 * 11, 11]
    areas = data.table("oecd_areas").query("measure == 'FEXGR_DVA' and among == 'economies'")
    mean = table.loc[("FEXGR_DVA", "economies"), ("Estimates", "Mean")]
    assert mean == pytest.approx(areas["mean"].mean(), rel=1e-4)
    assert table.loc[("FEXGR_DVA", "economies"), ("Estimates", "Largest")] == areas["largest"].max()


def test_databases_are_compared_where_they_meet() -> None:
    table = validation.agreement().set_index(["database", "measure", "destination"])
    assert len(table) == 13
    india = table.loc[("WIOD", "fva_share", "IND")]
    gaps = np.array([19.81 - 12.3, 25.90 - 14.7])  # 2007 and 2011, computed elsewhere with a full inverse
    assert [india["smallest"], india["first"], india["last"]] == [pytest.approx(gaps[0], abs=0.01), 2007, 2011]
    assert india["largest"] > gaps[1]
    asean = table.loc[("ADB", "fva_share", "ASEAN")]
    # 2021: the article has a fall, the later edition a rise.
    assert [asean["same"], asean["told"]] == [3, 4]
    assert table.loc[("OECD", "fva_share", "IND"), "mean"] == pytest.approx(
        np.mean([OECD.share("NEA", "IND")[y] - ARTICLE.share("NEA", "IND")[y] for y in range(2011, 2022)])
    )


def test_databases_rank_the_hosts_alike() -> None:
    assert validation.same_order() == (21, 21)  # five years with WIOD, five with the ADB, eleven with the OECD


def test_a_change_that_rounding_could_have_made_has_no_sign() -> None:
    assert [validation._sign(20.1, after) for after in (20.0, 20.1, 20.2, 20.3, 19.9)] == [0, 0, 0, 1, -1]


def test_reasons_for_the_gap() -> None:
    reasons = validation.gap_reasons()
    assert reasons.loc["Five industries, eleven economies"].round(2).tolist() == [-4.25, -0.40]
    assert (reasons.loc["Mongolia, at most"] < 0.05).all()
    assert (reasons.loc["Double counting, at most"] < 0.5).all()
    assert reasons.loc["WIOD less the OECD, foreign value added", "IND"] == pytest.approx(25.90 - 11.66, abs=0.01)
    # Among suppliers with a name little of India's gap goes, and none of Mexico's.
    of_ten, all_ = (
        reasons.loc[f"WIOD less the OECD, {what}"] for what in ("among ten suppliers", "foreign value added")
    )
    assert 0.75 < of_ten["IND"] / all_["IND"] < 0.85
    assert of_ten["MEX"] > all_["MEX"]


def test_the_bound_of_double_counting_bounds() -> None:
    """Whatever of the double count is Northeast Asia's, leaving it out moves the share by less than the bound."""
    bound = validation.gap_reasons().loc["Double counting, at most", "MEX"]
    wiod = panel.load_panel("wiod2013")
    twice, once = (panel.flow_matrix(wiod, term, 2011).loc["MEX"].sum() for term in ("FDC", "FVA"))
    content = panel.flow_matrix(wiod, "va_exports", 2011)["MEX"].drop("MEX")
    assert twice + once == pytest.approx(content.sum())
    near = content[list(WIOD_NEA)].sum()
    for taken in (0, twice):
        assert abs((near - taken) / once - near / (once + twice)) * 100 <= bound + 1e-9


def test_nafta_as_published_and_exact() -> None:
    """From their Table 2; of real income Mexico has a hundredth of a per cent and not 1.31."""
    table = validation.nafta()
    assert table.loc[("Brought to zero", "Welfare"), ("Mexico", "Published")] == 1.31
    published, here = (table.xs(which, axis=1, level=1) for which in ("Published", "Here"))
    due = published.dropna()
    assert due.map("{:.2f}".format).equals(here.loc[due.index].map("{:.2f}".format)), "as the table prints them"
    here = here.round(2)
    assert here.loc[("Brought to zero", "Real wages")].tolist() == [0.32, 1.72, 0.11]
    assert here.loc[("Brought to zero", "Real income")].tolist() == [-0.11, 0.01, 0.07]
    assert here.loc[("Kept", "Real income")].tolist() == [-0.08, -0.05, 0.08]
