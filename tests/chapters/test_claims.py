"""The article's statements: every one has a test or a reason, and verdicts follow the numbers."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from chapters.northeast_asia import claims
from gvc import GvcError, panel
from industrial_chains import article, data
from industrial_chains import economies as eco
from industrial_chains.industry_groups import GROUPS, MANUFACTURING
from industrial_chains.sources import ADB, ARTICLE, LRWIOD, OECD, SOURCES, WIOD, SilentError, Source, Years
from industrial_chains.statements import asked, verdicts
from industrial_chains.statements.asked import Check, Inquiry, Terms
from industrial_chains.statements.verdicts import Verdict
from industrial_chains.uncertainty.resampling import Redrawn
from tests.changed_files import with_files

#: The databases whose numbers stand in this file; another one changes none of them.
FIVE = (ARTICLE, LRWIOD, WIOD, ADB, OECD)
SECTORS = panel.load_panel("wiod2013_sectors")


@pytest.fixture(scope="module")
def audited() -> pd.DataFrame:
    return verdicts.audit()


def of(frame: pd.DataFrame, industries: pd.DataFrame | None = None, name: str = "WIOD") -> Source:
    """Make a source of rows."""
    by_industry = None if industries is None else lambda: industries
    return Source(name, name, "", lambda: frame, by_industry, yearly="unmeasured")


def only(audit: pd.DataFrame, name: str) -> str:
    return audit["verdict"].to_dict()[name]


@pytest.mark.parametrize("source", [LRWIOD, WIOD, OECD], ids=lambda source: source.name)
def test_the_rest_of_the_world_is_nobodys_rival(source: Source) -> None:
    whole = source.world_shares("value_added", MANUFACTURING)
    named = Inquiry(source).world("value_added", MANUFACTURING)
    assert set(whole) - set(named) == {"ROW"}
    assert (named.sum(axis=1) < 99).all(), "but it counts in the total"


def test_the_share_of_several_economies_is_the_sum_of_theirs() -> None:
    shares = OECD.world_shares("value_added", MANUFACTURING)
    several = Inquiry(OECD).world_share(("CHN", "JPN", "KOR"), "value_added", MANUFACTURING)
    for year in (2011, 2022):
        alone = [shares.loc[year, code] for code in ("CHN", "JPN", "KOR")]
        assert several[year] == pytest.approx(alone[0] + alone[1] + alone[2])


# What the printed tables and the panels say, read by hand off the tables before the verdicts were looked at.
BY_HAND = {
    "asean_rose_to_a_third": "holds",
    "mexico_rose": "holds",
    "mexico_rose_faster_under_tariffs": "fits, cause not shown",
    "india_rose": "holds",
    "india_rose_less": "holds",
    "inputs_moved_alike": "holds",
    "closest_to_asean": "holds",
    "china_rose_in_asean": "holds",
    "china_in_india_is_low": "holds",
    "china_in_india_is_flat": "does not hold",
    "core_links_are_high": "holds",
    "core_links_did_not_fall": "holds",
    "core_links_exceed_other_way": "holds",
    "japan_above_korea": "holds",
    "china_ahead_in_russia_and_mongolia": "holds",
    "china_and_the_two_matter_to_each_other": "holds",
    "china_first_partner_of_korea": "holds",
    "china_first_partner_of_japan": "holds",
    "cars_gain_weight": "holds",
    "japan_and_korea_merely_fluctuated": "does not hold",
    "china_japan_korea_lead_in_asean": "holds",
    "mongolia_depends_on_china": "holds",
    "more_market_than_source": "holds in part",
    "china_the_regions_market": "holds in part",
    "table_2_adds_up": "holds",
    "chains_turn_regional": "holds in part",
    "plants_abroad_leave_chinese_suppliers": "cannot be tested here",
    "mexico_for_market_and_scale": "cannot be tested here",
    "japan_spreads_its_supply": "cannot be tested here",
    "united_states_relies_less": "cannot be tested here",
    "asean_first_among_hosts": "fits, cause not shown",
    "investment_in_asean": "cannot be tested here",
    "cooperation_gains_for_all": "holds in part",
    "wages_and_skills": "cannot be tested here",
    "politics_moves_american_purchases": "fits, cause not shown",
    "rare_earths_without_china": "mostly does not hold",
    "key_resources_without_china": "holds in part",
    "assembly_leaves_faster": "cannot be tested here",
    "key_technology_imported": "fits, cause not shown",
    "mexico_pays_less_duty": "fits, cause not shown",
    "hosts_take_assembly": "holds in part",
    # Recomputed from the files of customs and other offices in test_claims_by_counts.py.
    "korea_passed_japan": "holds",
    "china_and_japan_trade_less": "holds",
    "japans_largest_market": "holds",
    "japan_follows_the_united_states": "fits, cause not shown",
    "rcep_joins_chains": "cannot be tested here",
    "jobs_in_hosts": "fits, cause not shown",
    "japan_invests_more_in_asean": "cannot be tested here",
    "china_and_korea_invest_more_in_asean": "cannot be tested here",
    # Recomputed in tests/statements/test_resources.py.
    "energy_supply_unstable": "holds in part",
    "energy_suppliers_diversify": "mostly does not hold",
    "food_and_energy_from_abroad": "holds in part",
    "mongolia_leans_on_china_as_market": "holds",
    # Recomputed in tests/statements/test_upgrading.py.
    "chains_deeply_rebuilt": "does not hold",
    "blockade_slows_upgrading": "cannot be tested here",
    "china_locked_in_low_stages": "does not hold",
    "relocation_weakens_chinas_industry": "holds in part",
    "chinas_market_draws_neighbours": "fits, cause not shown",
    "hosts_locked_in": "holds in part",
    "hosts_lack_suppliers": "holds",
    "relocation_industrialises_asia": "holds in part",
    "india_attracts_chinese_firms": "holds in part",
    "united_states_revives_industry": "holds in part",
    "european_union_moves_up": "does not hold",
    # Recomputed from the files in test_claims_by_hand.py.
    "china_in_world_exports": "holds",
    "china_first_in_manufacturing": "holds",
    "china_host_of_the_fourth_wave": "holds",
    "geese_in_textiles": "holds in part",
    "hollowing_out": "fits, cause not shown",
    "finer_division_of_labour": "holds",
    "double_pressure": "mostly does not hold",
    "labour_intensive_first": "holds in part",
    "mexico_a_springboard": "fits, cause not shown",
    "china_tied_closer_to_asean_and_mexico": "holds",
    "rise_in_asean_is_chinas": "fits, cause not shown",
    "others_in_india_lower_still": "holds",
    "chains_extend_to_asean": "fits, cause not shown",
    "chains_compete_in_india": "holds in part",
    "inputs_carry_value_home": "fits, cause not shown",
    "china_main_market_of_japan_and_korea": "holds",
    "japan_and_korea_main_sources_of_china": "holds",
    "russia_depends_on_china": "holds",
    "russia_leans_on_china_as_market": "holds",
    "russia_leans_on_china_as_source": "holds",
}


@pytest.mark.parametrize("name", BY_HAND)
def test_verdicts_read_by_hand(audited, name) -> None:
    assert only(audited, name) == BY_HAND[name], (
        "the numbers turn this verdict. If that is meant, say so in BY_HAND and give claims.yml a judgement for it"
    )


def test_every_tested_statement_is_read_by_hand() -> None:
    tested = {row["id"] for row in verdicts.statements() if "untested" not in row}
    assert tested - set(BY_HAND) == set(), (
        "put into BY_HAND what the verdict must be: read it off the tables, or recompute it in test_claims_by_hand.py"
    )


def test_every_statement_is_whole(audited) -> None:
    rows = verdicts.statements()
    assert len({row["id"] for row in rows}) == len(rows) > 60
    for row in rows:
        assert {"id", "part", "where", "kind", "says", "criterion"} <= row.keys(), row["id"]
        assert ("untested" in row) != ("judgement" in row), row["id"]
        assert set(row.get("judgement", {})) <= {one.value for one in Verdict}, row["id"]
        assert all(text.endswith(".") for text in (row["says"], row["criterion"])), row["id"]
        if row.get("each"):
            assert re.search(r"\b([Ee]ach|every)\b", row["criterion"]), f"{row['id']}: does the criterion say so?"
    unjudged = audited.loc[audited["judgement"] == "", "verdict"].to_dict()
    assert unjudged == {}, "claims.yml lacks a judgement for this verdict, or the verdict is misspelt there"
    untested = audited["verdict"] == "cannot be tested here"
    assert (audited["held"] == "").equals(untested)
    assert all(said == "" or said.startswith("Other years.") for said in audited.loc[untested, "evidence"])
    assert set(audited["part"]) == {"History and theory", "Frontier", "Between regions", "Within the region"}


def test_what_nothing_at_hand_tests_names_what_would() -> None:
    for row in verdicts.statements():
        assert "would" in row.get("untested", "would"), f"{row['id']}: say which file would test it"


def test_every_printed_number_of_a_statement_is_in_its_evidence(audited) -> None:
    """Where a statement quotes numbers, its test has put these very numbers to use."""
    for name, row in audited[audited["verdict"] != "cannot be tested here"].iterrows():
        for number in re.findall(r"\d+\.\d+", row["says"]):
            assert number in row["evidence"], (name, number)


def test_no_comparison_counts_twice() -> None:
    said: dict[tuple[str, str], str] = {}
    for name in verdicts.tests():
        for source in verdicts.ALL:
            for check in verdicts.ask(name, Inquiry(source)):
                assert check.beside or said.setdefault((source.name, check.says), name) == name, (name, check.says)


def test_numbers_of_a_comparison_have_places_of_their_own() -> None:
    """A language orders them its own way, and a number that moves makes no new message."""
    for name in verdicts.tests():
        for source in verdicts.ALL:
            for check in verdicts.ask(name, Inquiry(source)):
                assert not re.search(r"\d", re.sub(r"\{\d+\}", "", check.says.message)), (name, check.says.message)
                assert str(check.says) == check.says.message.format(*check.says.parts)


def test_a_comparison_names_its_years() -> None:
    """By them a reader knows what is an estimate."""
    for name in verdicts.tests():
        for source in verdicts.ALL:
            assert all(check.years for check in verdicts.ask(name, Inquiry(source))), name


def test_to_2021_all_but_china_had_turned_to_the_region() -> None:
    """What the judgement adds, and the page repeats: by 2022 Japan and Korea had turned back by the OECD."""
    near = ("CHN", "JPN", "KOR", "RUS", "MNG")
    for source, start, exporters in ((OECD, 2017, near[:4]), (ADB, 2018, near)):
        shown = [code for code in near if source is ADB or code != "MNG"]
        share = {code: source.share(tuple(one for one in shown if one != code), code) for code in exporters}
        turned = {code for code in exporters if share[code][2021] > 1.1 * share[code][start]}
        assert turned == set(exporters) - {"CHN"}
    assert all(share[code][2022] < share[code][2021] for code in ("JPN", "KOR", "RUS"))
    assert all(OECD.share(tuple({*near[:4]} - {code}), code).pace(2021, 2022) < -3 for code in ("JPN", "KOR", "RUS"))


# -- verdicts turn with the numbers -------------------------------------------------------------------------------


def printed(changes: dict[tuple[int, str], float]) -> list[Source]:
    """Return the print with some numbers changed: by table and a query that picks one."""
    tables = {number: article.printed(number) for number in (1, 2, 3)}
    for (table, where), value in changes.items():
        chosen = tables[table].query(where).index
        assert len(chosen) == 1
        tables[table].loc[chosen, "value"] = value
    return [replace(ARTICLE, flows=lambda: article.as_panel(tables))]


@pytest.mark.parametrize(
    ("name", "before", "after", "changes"),
    [
        (
            "core_links_exceed_other_way",
            "holds",
            "holds in part",
            {(3, "year == 2021 and origin == 'JPN' and absorber == 'CHN'"): 11.27},
        ),
        (
            "core_links_did_not_fall",
            "holds",
            "holds in part",
            {(3, "year == 2021 and origin == 'KOR' and absorber == 'CHN'"): 11.6},
        ),
        (
            "china_the_regions_market",
            "holds",
            "holds in part",
            {(3, "year == 2021 and origin == 'RUS' and absorber == 'KOR'"): 8.0},
        ),
        (
            "core_links_are_high",
            "holds",
            "does not hold",
            {(3, "year == 2021 and origin == 'CHN' and absorber == 'KOR'"): 4.1},  # the others' average is 2.78
        ),
        (
            "china_ahead_in_russia_and_mongolia",
            "holds",
            "does not hold",
            {(3, "year == 2021 and origin == 'RUS' and absorber == 'JPN'"): 5.4},
        ),
        (
            "closest_to_asean",
            "holds",
            "does not hold",
            {(1, "year == 2021 and measure == 'imint_share' and destination == 'MEX'"): 35.3},
        ),
        (
            "table_2_adds_up",
            "holds",
            "does not hold",
            {(2, "measure == 'fva_share' and origin == 'CHN' and destination == 'IND'"): 11.2},
        ),
        (
            "china_japan_korea_lead_in_asean",
            "holds",
            "does not hold",
            {(2, "measure == 'fva_share' and origin == 'KOR' and destination == 'ASEAN'"): 2.5},
        ),
        (
            "asean_rose_to_a_third",
            "holds",
            "does not hold",
            {
                (1, "year == 2021 and measure == 'fva_share' and destination == 'ASEAN'"): 23.2,
            },
        ),
    ],
)
def test_a_number_changes_and_a_verdict_turns(name, before, after, changes) -> None:
    assert only(verdicts.audit(printed({})), name) == before
    assert only(verdicts.audit(printed(changes)), name) == after


@pytest.mark.parametrize(
    ("name", "where", "beside"),
    [
        ("core_links_exceed_other_way", "origin == 'JPN' and absorber == 'CHN'", "2017: 2 of 2"),
        ("japan_above_korea", "origin == 'JPN' and absorber == 'CHN'", "2017: 2 of 2"),
        ("china_ahead_in_russia_and_mongolia", "origin == 'RUS' and absorber == 'CHN'", "2017: 4 of 4"),
    ],
)
def test_what_was_so_in_2017_stands_beside_the_verdict_and_moves_none(name, where, beside) -> None:
    before = verdicts.audit(printed({})).loc[name]
    after = verdicts.audit(printed({(3, f"year == 2017 and {where}"): 15.0})).loc[name]
    assert (before["verdict"], before["held"]) == (after["verdict"], after["held"])
    assert after["beside"] == beside != before["beside"]


def test_a_share_as_it_is_printed_rises_by_more_than_rounding() -> None:
    cell = (1, "year == 2021 and measure == 'fva_share' and destination == 'MEX'")
    for value, expected in ((20.1, "does not hold"), (20.2, "holds")):
        assert only(verdicts.audit(printed({cell: value})), "mexico_rose") == expected


def test_a_trend_needs_ten_years_and_starts_after_a_break() -> None:
    checks = {source.name: verdicts.ask("india_rose", Inquiry(source)) for source in FIVE}
    assert {name: [(check.when, check.beside, check.holds) for check in found] for name, found in checks.items()} == {
        "Article": [("2007–2021", False, True)],
        "Long-run WIOD": [],
        "WIOD": [("2007–2011", True, True)],
        "ADB": [("2018–2021", True, False)],
        "OECD": [("2011–2021", False, True)],
    }


def test_a_lead_of_nothing_reappears_in_half_of_the_draws() -> None:
    """By the OECD's estimates Japan's link to China was 12.43 in 2017 and the one back 12.42."""
    ahead = []
    for random in np.random.default_rng(1).spawn(400):
        asked_anew = Inquiry(Redrawn(OECD, random))
        (then,) = (
            c for c in verdicts.ask("core_links_exceed_other_way", asked_anew) if c.when == "2017" and "Japan" in c.says
        )
        ahead.append(then.holds)
    assert np.mean(ahead) == pytest.approx(0.5, abs=0.08)


def test_a_panel_turns_a_verdict_too() -> None:
    rows = OECD.frame
    last = rows["year"].eq(2021) & rows["flow"].eq("va_final_demand")
    big = last & rows["origin"].eq("KOR") & rows["destination"].isin(["USA", "JPN", "VNM"])
    changed = rows.assign(value=rows["value"].where(~big, 30 * rows["value"]))
    name = "china_main_market_of_japan_and_korea"
    assert only(verdicts.audit([of(rows)]), name) == "holds"
    assert only(verdicts.audit([of(changed)]), name) == "holds in part"


def test_a_year_in_which_korea_sells_more_elsewhere_is_seen() -> None:
    """Not the last year alone: China has been first for years, and the criterion says each."""
    rows = OECD.frame
    then = rows["year"].eq(2019) & rows["flow"].eq("gross_exports")
    big = then & rows["origin"].eq("KOR") & rows["destination"].eq("USA")
    changed = rows.assign(value=rows["value"].where(~big, 10 * rows["value"]))
    assert only(verdicts.audit([of(changed)]), "china_first_partner_of_korea") == "does not hold"


def test_rank_of_a_market_and_of_a_source() -> None:
    """By country: in 2011 China was the first source of both, Japan its second market, Korea its fifth."""
    checks = verdicts.ask("china_and_the_two_matter_to_each_other", Inquiry(WIOD))
    assert [check.holds for check in checks] == [True, True, True, True]
    assert "number 5 among China's markets" in str(checks[3].says), "important, and no main market"
    assert all(check.beside for check in checks), "2011 is not 2021"
    assert "number 2 among China's markets in 2011, with 8.6 percent" in str(checks[2].says)
    sources = verdicts.ask("japan_and_korea_main_sources_of_china", Inquiry(WIOD))
    assert [check.says for check in sources] == [
        "Japan number 2 among China's sources in 2011, with 10.4 percent",
        "Korea number 5 among China's sources in 2011, with 5.8 percent",
    ]


def test_the_geese_fly_in_order() -> None:
    """Peaks of the advantage in textiles, by the Long-run WIOD."""
    checks = verdicts.ask("geese_in_textiles", Inquiry(LRWIOD))
    said = " ".join(check.says for check in checks)
    assert all(f"{name} {year}" in said for name, year in (("Japan", 1965), ("Korea", 1975), ("China", 1996)))
    assert len(checks) == 6
    assert all(check.holds for check in checks)


@pytest.fixture(scope="module")
def told() -> pd.DataFrame:
    return claims.verdicts()


def test_what_the_first_page_says_of_the_verdicts(told) -> None:
    number, (ties, frontier) = claims.headline(told), claims.tested(told)
    every = ties["verdict"].value_counts()
    assert number["statements_on_ties_tested"] == every.sum() == 42
    supported = every[["holds", "fits, cause not shown", "supported; the size is uncertain"]].sum()
    assert number["statements_on_ties_supported"] == supported
    assert supported / every.sum() == pytest.approx(5 / 6, abs=0.02), "five in six, as the title says"
    assert "too close to call" not in every
    assert 0 < number["statements_on_the_frontier_against"] <= number["statements_on_the_frontier_tested"] / 2
    assert len(frontier) == number["statements_on_the_frontier_tested"]


def test_a_verdict_is_sure_only_if_nine_draws_in_ten_give_it(told) -> None:
    drawn = told[told["stays"].notna() & told["kind"].ne("cause")]
    unsure = drawn["stays"] < 90
    assert 8 < unsure.sum() < len(drawn) / 2
    sides = drawn["verdict"].isin(["supported; the size is uncertain", "too close to call", "holds in part"])
    assert (sides | ~unsure).all()
    assert not (~unsure & drawn["verdict"].isin(["supported; the size is uncertain", "too close to call"])).any()
    every = drawn["held"].str.split(" of ", expand=True)
    assert (drawn["verdict"].eq("supported; the size is uncertain") == (unsure & (every[0] == every[1]))).all()
    assert told.loc[told["stays"].isna(), "verdict"].equals(
        told.loc[told["stays"].isna(), "as_it_stands"].rename("verdict")
    )
    assert not (told["kind"].eq("cause") & told["verdict"].str.startswith("supported")).any(), "no cause is"
    assert told["judgement"].ne("").all(), "claims.yml lacks a judgement for this verdict"


@pytest.mark.parametrize(
    ("name", "stays"),
    [
        ("closest_to_asean", 99.95),  # a lead of 5.8 points, each share off by 2.0 nine times in ten, and two others
        ("mongolia_depends_on_china", 77.0),  # 27.3 against 24.6, each off by 16.2 per cent
        ("china_the_regions_market", 100.0),
    ],
)
def test_draws_are_those_that_others_made(told, name, stays) -> None:
    assert told.loc[name, "stays"] == pytest.approx(stays, abs=1.5)


def test_one_lead_drawn_by_hand(told) -> None:
    """Mongolia: two normal errors of which nine in ten are within 16.2 per cent."""
    random = np.random.default_rng(1)
    china, russia = (value + random.normal(0, 0.1616 * value / 1.645, 100_000) for value in (27.3, 24.6))
    assert told.loc["mongolia_depends_on_china", "stays_rank"] == pytest.approx(100 * np.mean(china > russia), abs=1.5)


def test_estimates_are_named_where_evidence_rests_on_them(audited) -> None:
    assert "OECD, estimates: Northeast Asia in Mexico 24.9 (2011)" in audited.loc["mexico_rose", "evidence"]
    evidence = audited.loc["core_links_are_high", "evidence"]
    assert "OECD, estimates: 2021" in evidence
    assert "OECD: 2022" in evidence, "that table is none"


def test_other_terms_move_few_verdicts() -> None:
    counted = claims.by_terms().set_index(["asked", "verdict"])["statements"].to_dict()
    assert counted["Thresholds as described", "holds"] == (verdicts.audit()["verdict"] == "holds").sum()
    assert claims.turned_by_terms() <= 3
    assert claims.that_hold("EU as one partner") < claims.that_hold("Thresholds as described"), (
        "the page says how many fewer"
    )
    denied = counted["Thresholds as described", "does not hold"]
    assert counted["OECD alone", "does not hold"] > denied, "as the title says"
    assert counted["Article alone", "does not hold"] <= 1


def test_shares_that_end_where_they_began_fluctuate() -> None:
    """Let Japan have a tenth of what is foreign in each member's exports, every year."""
    rows = OECD.frame
    inside = rows[rows["flow"].eq("va_exports") & rows["destination"].isin(eco.GROUPS["ASEAN"])]
    rest = inside[~inside["origin"].eq("JPN") & inside["origin"].ne(inside["destination"])]
    level = rest.groupby(["year", "destination"])["value"].sum().rename("level") / 9
    japan = inside[inside["origin"].eq("JPN")].join(level, on=["year", "destination"])
    flat = rows.assign(value=japan["level"].reindex(rows.index).fillna(rows["value"]))
    checks = verdicts.ask("japan_and_korea_merely_fluctuated", Inquiry(of(flat, name="OECD")))
    assert [check.holds for check in checks] == [True, False]
    assert "Japan in ASEAN 10.0 (2011) to 10.0 (2021)" in checks[0].says


def test_the_european_union_as_one_is_a_larger_partner_of_russia_than_china() -> None:
    name, as_one = "russia_depends_on_china", Terms(union=eco.GROUPS["EU27"])
    assert only(verdicts.audit([OECD]), name) == "holds"
    assert only(verdicts.audit([OECD], as_one), name) == "does not hold"
    (market, *_) = verdicts.ask(name, Inquiry(OECD, as_one))
    assert market.says == "2021 Russia's exports: European Union 30.1, China 13.4"


def test_a_tenth_is_clear_and_four_years_tell_a_trend() -> None:
    asked = Inquiry(WIOD)
    for end, clear in ((10.9, False), (11.1, True)):
        assert asked.grew("", Years({2017: 10.0, 2021: end}), 2017).holds == clear
        assert Inquiry(WIOD, Terms(clear=0.2)).grew("", Years({2017: 10.0, 2021: 11.9}), 2017).holds is False
    with pytest.raises(SilentError):
        asked.grew("", Years({2017: 10.0, 2019: 20.0}), 2017)
    for first, far in ((1.49, False), (1.51, True)):
        assert asked.exceeds(2021, ("", first), ("", 1.0), times=verdicts.TERMS.far).holds == far


YES, NO, OTHER = Check("", True), Check("", False), Check("", False, (2017,), beside=True)


@pytest.mark.parametrize(
    ("checks", "cause", "each", "expected"),
    [
        ([[YES, YES]], False, False, Verdict.HOLDS),
        ([[YES, YES]], True, False, Verdict.FITS),
        ([[YES, NO]], False, False, Verdict.PARTLY),
        ([[YES, NO]], True, False, Verdict.PARTLY),
        ([[YES, NO], [NO]], False, False, Verdict.RARELY),
        ([[NO, NO]], False, False, Verdict.FAILS),
        ([[NO]], True, False, Verdict.FAILS),
        ([[YES] * 9 + [NO]], True, False, Verdict.FITS),
        ([[YES] * 8 + [NO]], True, False, Verdict.PARTLY),
        ([[YES] * 9 + [NO]], False, False, Verdict.PARTLY),
        ([[YES, YES, YES, NO]], False, True, Verdict.FAILS),
        ([[YES, NO], [YES, NO]], False, True, Verdict.FAILS),
        ([[YES, YES], [YES, NO]], False, True, Verdict.PARTLY),
        ([[YES], [NO], [NO]], False, True, Verdict.RARELY),
        ([[YES, OTHER]], False, True, Verdict.HOLDS),
        ([[OTHER]], False, False, Verdict.UNTESTED),
        ([], False, False, Verdict.UNTESTED),
    ],
)
def test_all_most_few_none_nothing(checks, cause, each, expected) -> None:
    assert verdicts.verdict(checks, cause=cause, each=each) is expected


def test_the_table_says_of_direction_size_and_rank_how_many_speak_for_it_and_how_sure(told) -> None:
    assert told["held"].to_dict()["more_market_than_source"] == "2 of 3"
    stated = told.assign(stays_rank=45.0)
    shown = claims.shown(stated, "Within the region")
    close = shown.filter(like="more as an absorber", axis=0)
    assert close["Verdict"].item() == "holds in part"
    assert close["How sure"].item() == "Rank: 2 of 3 comparisons support it, 45 per cent of draws agree."
    both = claims.shown(told, "Between regions").filter(like="about a third", axis=0)["How sure"].item()
    assert re.match(
        r"Direction: 2 of 2 comparisons support it, 100 .* Size: 2 of 2 comparisons support it, 5\d per cent", both
    )
    assert "cannot be tested here" in set(shown["Verdict"])
    assert any(text.endswith("2011: 2 of 2, 2000: 1 of 2") for text in shown["Other years"])


def test_direction_size_and_rank_are_counted_apart(told) -> None:
    counted = claims.by_aspect(told)
    assert list(counted.index) == ["Direction", "Size", "Rank"]
    parts = counted[["Supported by all", "By some", "By none"]].sum(axis=1)
    assert parts.equals(counted["Statements"].rename(None))
    assert (counted["The same in nine draws of ten"] <= counted["Drawn anew"]).all()
    sure = counted["The same in nine draws of ten"] / counted["Drawn anew"]
    assert sure["Direction"] > max(sure["Size"], sure["Rank"]), "as the heading says"


def test_other_years_are_called_years_in_chinese() -> None:
    assert verdicts._years("2018–2021").others == {"zh": "2018—2021年"}
    assert verdicts._years("2022").others == {"zh": "2022年"}


def test_causes_are_never_proved(audited) -> None:
    assert not (audited["kind"].eq("cause") & audited["verdict"].eq("holds")).any()
    assert not (audited["kind"].ne("cause") & audited["verdict"].eq("fits, cause not shown")).any()


# -- numbers drawn anew -------------------------------------------------------------------------------------------


def test_stored_draws_are_those_of_the_numbers_here(told) -> None:
    """A hundred draws here against five thousand there: if this fails, draw again by python -m pipeline draws."""
    few = verdicts.survival(draws=100).set_index(["id", "aspect"])["stays"]
    stored = data.table("draws", text=True).astype({"stays": float}).set_index(["id", "aspect"])["stays"]
    assert set(few.index) == set(stored.index)
    off = 4 * np.sqrt(np.maximum(stored * (100 - stored), 100) / 100)
    assert (few.sort_index() - stored.sort_index()).abs().le(off.sort_index()).all()


def test_what_rests_on_numbers_without_a_known_error_is_not_drawn(told) -> None:
    """Shares of industries, goods trade and files: of none the error was measured."""
    undrawn = [
        "cars_gain_weight",
        "double_pressure",
        "china_first_partner_of_korea",
        "hosts_take_assembly",
        "table_2_adds_up",
    ]
    assert told.loc[[*undrawn, "wages_and_skills"], "stays"].isna().all()


def test_draws_of_other_statements_are_refused(monkeypatch) -> None:
    stored = data.table("draws", text=True)
    with_files(monkeypatch, draws=stored[stored["id"] != "india_rose"])
    with pytest.raises(GvcError, match=r"draws\.csv: expected .*; found others: india_rose\. Draw them again"):
        verdicts.verdicts.__wrapped__()


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("india_rose_less", None),  # a function without a statement
        ("india_rose_less", {"test": {"rose": {"origin": "NEA", "host": "IND"}}}),  # a function and a test
        ("india_rose", {"untested": "Nobody knows."}),  # a test and a reason why there is none
        ("another", {}),
    ],
)
def test_a_statement_has_one_test_or_a_reason(monkeypatch, name, changed) -> None:
    rows = {row["id"]: row for row in verdicts.statements()}
    own = {} if changed is None else {name: {**rows.get(name, {"id": name}), **changed}}
    rows = {other: row for other, row in rows.items() if other != name} | own
    monkeypatch.setattr(verdicts, "statements", lambda: list(rows.values()))
    monkeypatch.setattr(verdicts, "tests", verdicts.tests.__wrapped__)
    with pytest.raises(GvcError, match=rf"claims\.yml: expected for each statement a test .* found {name}\."):
        verdicts.audit([])


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "- id: some\n  test: {rose: {origin: NEA\n  judgement: {}\n",
            r"article/claims\.yml, line 3: expected a list of statements in YAML; found .*\. Close what is open there",
        ),
        (
            "- id: some\n  test: {}\n  judgement:\n",
            r"article/claims\.yml, some, judgement: expected a sentence for each verdict .*; found nothing\. Write",
        ),
        ("- id: some\n  test: {}\n", "some, judgement: expected a sentence for each verdict .*; found nothing"),
        ("- id: some\n  judgement: It holds.\n", "some, judgement: expected .*; found 'It holds\\.'"),
    ],
)
def test_a_mistake_in_the_file_of_statements_names_its_place(monkeypatch, tmp_path, row, message) -> None:
    (tmp_path / "article").mkdir()
    (tmp_path / "article" / "claims.yml").write_text(row, "utf-8")
    monkeypatch.setattr(panel, "DATA", tmp_path)
    with pytest.raises(GvcError, match=message):
        verdicts.statements.__wrapped__()


# -- panels that are not the book's -------------------------------------------------------------------------------


def test_without_china_there_is_nothing_to_say_and_no_error() -> None:
    wiod = WIOD.frame.query("origin != 'CHN' and destination != 'CHN'")
    audited = verdicts.audit([of(wiod)])
    assert only(audited, "china_main_market_of_japan_and_korea") == "cannot be tested here"


def test_an_economy_that_a_panel_shows_from_some_year_on_gives_no_nan() -> None:
    wiod, sectors = WIOD.frame, SECTORS
    late = [frame[~(frame["origin"].isin(["BRA", "TWN"]) & (frame["year"] < 2005))] for frame in (wiod, sectors)]
    late[0] = late[0][~(late[0]["destination"].isin(["BRA", "TWN"]) & (late[0]["year"] < 2005))]
    audited = verdicts.audit([of(*late)])
    assert not audited["evidence"].str.contains("nan").any()
    assert only(audited, "china_host_of_the_fourth_wave") == "holds"


def test_two_sources_of_one_name_are_both_heard() -> None:
    wiod, sectors = WIOD.frame, SECTORS
    twice = verdicts.audit([of(wiod, sectors, "A"), of(wiod, sectors, "A")])
    assert twice.loc["hollowing_out", "held"] == "6 of 8"


def test_a_panel_called_like_the_books_answers_by_its_own_series() -> None:
    """Let Korea's textiles in 2011, and nothing else, earn a hundred times as much abroad: they fell no more."""
    textiles = SECTORS["sector"].isin(GROUPS["textiles"]["WIOD"]) & SECTORS["flow"].eq("vax")
    late = textiles & SECTORS["origin"].eq("KOR") & SECTORS["year"].eq(2011)
    changed = SECTORS.assign(value=SECTORS["value"].where(~late, 100 * SECTORS["value"]))
    before, after = (verdicts.audit([of(WIOD.frame, rows)]) for rows in (SECTORS, changed))
    assert before.loc["geese_in_textiles", "held"] == "3 of 5"
    assert after.loc["geese_in_textiles", "held"] == "2 of 5"
    assert only(verdicts.audit([of(WIOD.frame)]), "geese_in_textiles") == "cannot be tested here"


@pytest.mark.parametrize("years", [[2022], [2011, 2022], [2016, 2018, 2019, 2020, 2021]])
def test_each_of_the_last_five_years_needs_five_in_a_row(years: list[int]) -> None:
    rows = OECD.frame.query("year in @years")
    assert only(verdicts.audit([of(rows)]), "china_first_partner_of_korea") == "cannot be tested here"


# -- what files of the years since 2018 say -----------------------------------------------------------------------


def test_each_statement_on_a_file_is_answered_by_that_file_alone(audited) -> None:
    files = {source.name for source in verdicts.ALL} - {source.name for source in SOURCES}
    asked = audited.loc[audited["asked"].isin(files), "asked"]
    assert asked.to_dict() == {
        "politics_moves_american_purchases": "OECD, goods",
        "rare_earths_without_china": "CEPII BACI",
        "key_resources_without_china": "CEPII BACI",
        "key_technology_imported": "UN Comtrade",
        "hosts_take_assembly": "OECD, last stage",
        "mexico_pays_less_duty": "Waugh’s tracker of tariffs",
        "chains_compete_in_india": "OECD, ledger",
        "jobs_in_hosts": "Economic Transformation Database",
        "china_and_japan_trade_less": "China’s customs",
        "energy_supply_unstable": "CEPII BACI",
        "energy_suppliers_diversify": "CEPII BACI",
        "mongolia_leans_on_china_as_market": "CEPII BACI",
        "food_and_energy_from_abroad": "OECD, goods",
        "hosts_locked_in": "OECD, published indicators",
        "hosts_lack_suppliers": "OECD, ledger",
        "india_attracts_chinese_firms": "China Global Investment Tracker",
        "cooperation_gains_for_all": "Trade model",
    }
    held = audited.loc[asked.index, "held"]
    assert held.to_dict() == {
        "politics_moves_american_purchases": "2 of 2",
        "rare_earths_without_china": "1 of 4",
        "key_resources_without_china": "10 of 12",
        "key_technology_imported": "6 of 6",
        "hosts_take_assembly": "5 of 6",
        "mexico_pays_less_duty": "1 of 1",
        "chains_compete_in_india": "4 of 8",
        "jobs_in_hosts": "18 of 20",
        "china_and_japan_trade_less": "4 of 4",
        "energy_supply_unstable": "14 of 24",
        "energy_suppliers_diversify": "2 of 9",
        "mongolia_leans_on_china_as_market": "2 of 2",
        "food_and_energy_from_abroad": "1 of 2",
        "hosts_locked_in": "7 of 12",
        "hosts_lack_suppliers": "6 of 6",
        "india_attracts_chinese_firms": "1 of 2",
        "cooperation_gains_for_all": "3 of 4",
    }


def test_china_abroad_is_its_share_in_what_others_import() -> None:
    told = verdicts.audit([asked.GOODS_SOLD]).loc["politics_moves_american_purchases", "evidence"]
    assert "−2.4 points in the United States, +3.0 in all others" in told


def test_china_buys_what_mongolia_sells() -> None:
    """In 2021 6.81 of 7.18 billion dollars, by the file."""
    (check, *beside) = verdicts.ask("mongolia_depends_on_china", Inquiry(asked.MINERALS))
    assert check.says == "2021 raw materials that Mongolia sells: to China 94.9, to Singapore 3.4"
    assert check.holds
    assert [(one.years, one.beside) for one in beside] == [((2017,), True), ((2024,), True)]


def test_verdicts_turn_with_the_files(monkeypatch) -> None:
    goods = data.table("goods")
    less = goods.assign(to_USA=goods["to_USA"].where(goods["year"].ne(2022) | goods["economy"].ne("CHN"), 9e5))
    minerals = data.table("bought")
    gone = minerals.assign(share=minerals["share"].where(minerals["year"].ne(2024), 0), share_by_weight=0.0)
    with_files(monkeypatch, goods=less, bought=gone)
    found = verdicts.audit([asked.GOODS_SOLD, asked.MINERALS])
    assert only(found, "politics_moves_american_purchases") == "does not hold"
    assert found["held"]["rare_earths_without_china"] == "2 of 4"
    assert found["held"]["key_resources_without_china"] == "6 of 12"


def test_the_first_page_counts_no_identity(audited) -> None:
    measured = audited[audited["kind"] != "identity"]
    assert len(measured) < len(audited)
    assert claims.headline(measured) == claims.headline(audited)


def test_near_a_third_is_as_near_as_the_terms_say() -> None:
    (_, check, *_), (_, other, *_) = (
        verdicts.ask("asean_rose_to_a_third", Inquiry(ADB, Terms(near=near))) for near in (0.1, 20.0)
    )
    assert (check.holds, other.holds) == (False, True)


def test_the_main_partners_are_as_many_as_the_terms_say() -> None:
    for among, due in ((1, [False, False]), (2, [True, False]), (4, [True, False]), (5, [True, True])):
        checks = verdicts.ask("japan_and_korea_main_sources_of_china", Inquiry(WIOD, Terms(among=among)))
        assert [check.holds for check in checks] == due, "numbers 2 and 5"


def test_those_that_hold_are_those_that_fit_too(audited) -> None:
    assert (audited["verdict"] == Verdict.FITS).any()
    assert claims.that_hold("Thresholds as described") == audited["verdict"].isin([Verdict.HOLDS, Verdict.FITS]).sum()
