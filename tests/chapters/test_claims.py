"""The article's statements: every one has a test or a reason, and verdicts follow the numbers."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from gvc import GvcError, panel
from gvc import economies as eco
from report import article
from report.chapters import claims
from report.chapters.claims import Check, Verdict
from report.sectors import FLOCK
from report.sources import ADB, ARTICLE, WIOD, SilentError, Source

SECTORS = panel.load_panel("wiod2013_sectors")


@pytest.fixture(scope="module")
def audited() -> pd.DataFrame:
    return claims.audit()


def of(frame: pd.DataFrame, industries: pd.DataFrame | None = None, name: str = "WIOD") -> Source:
    """Make a source of rows."""
    return Source(name, name, "", lambda: frame, None if industries is None else lambda: industries)


def only(audit: pd.DataFrame, name: str) -> str:
    return audit["verdict"].to_dict()[name]


# What the printed tables and the panels say, read by hand off the tables before the functions were written.
BY_HAND = {
    "asean_rose_to_a_third": "holds",
    "mexico_rose": "holds",
    "india_rose_less": "holds in part",
    "inputs_moved_alike": "holds",
    "closest_to_asean": "holds",
    "china_rose_in_asean": "holds",
    "china_in_india_is_low_and_flat": "holds in part",
    "core_links_are_high": "holds",
    "core_links_did_not_fall": "holds",
    "core_links_exceed_other_way": "holds in part",
    "japan_above_korea": "holds in part",
    "china_ahead_in_russia_and_mongolia": "holds in part",
    "china_and_the_two_matter_to_each_other": "holds in part",
    "china_first_partner_of_korea": "holds",
    "cars_gain_weight": "holds",
    "japan_and_korea_merely_fluctuated": "holds",
    "china_japan_korea_lead_in_asean": "holds",
    "russia_leans_on_china_as_market": "holds in part",
    "russia_leans_on_china_as_source": "holds in part",
    "asean_first_among_hosts": "cannot be tested here",
    "russia_and_mongolia_depend_on_china": "holds in part",
    "more_market_than_source": "holds in part",
    "table_2_adds_up": "holds",
    "japan_spreads_its_supply": "cannot be tested here",
    "jobs_and_wages": "cannot be tested here",
}


@pytest.mark.parametrize("name", BY_HAND)
def test_verdicts_read_by_hand(audited, name) -> None:
    assert only(audited, name) == BY_HAND[name]


def test_every_statement_is_whole(audited) -> None:
    rows = claims.statements()
    assert len({row["id"] for row in rows}) == len(rows) > 50
    for row in rows:
        assert {"id", "part", "where", "kind", "says", "criterion"} <= row.keys(), row["id"]
        assert ("untested" in row) != ("judgement" in row), row["id"]
        assert set(row.get("judgement", {})) <= {one.value for one in Verdict} - {"cannot be tested here"}, row["id"]
        assert all(text.endswith(".") for text in (row["says"], row["criterion"])), row["id"]
    assert (audited["judgement"] != "").all(), "a judgement for each verdict that the numbers give"
    assert (audited["evidence"] == "").equals(audited["verdict"] == "cannot be tested here")
    assert set(audited["part"]) == {"History and theory", "Frontier", "Between regions", "Within the region"}


def test_every_printed_number_of_a_statement_is_in_its_evidence(audited) -> None:
    """Where a statement quotes numbers, its test has put these very numbers to use."""
    for name, row in audited[audited["verdict"] != "cannot be tested here"].iterrows():
        for number in re.findall(r"\d+\.\d+", row["says"]):
            assert number in row["evidence"] or name == "china_in_world_exports", (name, number)


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
            "holds in part",
            "holds",
            {(3, "year == 2017 and origin == 'JPN' and absorber == 'CHN'"): 11.99},
        ),
        (
            "core_links_did_not_fall",
            "holds",
            "holds in part",
            {(3, "year == 2021 and origin == 'KOR' and absorber == 'CHN'"): 11.6},
        ),
        (
            "russia_and_mongolia_depend_on_china",
            "holds in part",
            "holds",
            {(3, "year == 2021 and origin == 'RUS' and absorber == 'MNG'"): 1.5},
        ),
        (
            "core_links_are_high",
            "holds",
            "holds in part",
            {(3, "year == 2017 and origin == 'CHN' and absorber == 'KOR'"): 4.2},  # the others' average is 2.83
        ),
        (
            "china_ahead_in_russia_and_mongolia",
            "holds in part",
            "holds",
            {(3, "year == 2017 and origin == 'RUS' and absorber == 'JPN'"): 3.6},
        ),
        (
            "closest_to_asean",
            "holds",
            "holds in part",
            {(1, "year == 2012 and measure == 'imint_share' and destination == 'MEX'"): 26.9},
        ),
        (
            "table_2_adds_up",
            "holds",
            "holds in part",
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
    assert only(claims.audit(printed({})), name) == before
    assert only(claims.audit(printed(changes)), name) == after


def test_a_difference_within_rounding_is_none() -> None:
    """23.1 to 23.2, as printed, may be 23.149 to 23.151."""
    cell = (1, "year == 2021 and measure == 'fva_share' and destination == 'MEX'")
    for value, expected in ((20.1, "does not hold"), (20.2, "holds")):
        assert only(claims.audit(printed({cell: value})), "mexico_rose") == expected


def test_a_panel_turns_a_verdict_too() -> None:
    wiod = WIOD.frame
    last = wiod["year"] == wiod["year"].max()
    big = last & wiod["flow"].eq("va_final_demand") & wiod["origin"].eq("KOR") & wiod["destination"].eq("USA")
    changed = wiod.assign(value=wiod["value"].where(~big, 10 * wiod["value"]))
    name = "china_main_market_of_japan_and_korea"
    assert only(claims.audit([of(wiod)]), name) == "holds"
    assert only(claims.audit([of(changed)]), name) == "holds in part"


def test_a_year_in_which_korea_sells_more_elsewhere_is_seen() -> None:
    """Not the last year alone: China has been first for years."""
    wiod = WIOD.frame
    then = wiod["year"].eq(2007) & wiod["flow"].eq("gross_exports")
    big = then & wiod["origin"].eq("KOR") & wiod["destination"].eq("USA")
    changed = wiod.assign(value=wiod["value"].where(~big, 10 * wiod["value"]))
    assert only(claims.audit([of(changed)]), "china_first_partner_of_korea") == "holds in part"


def test_rank_of_a_market_and_of_a_source() -> None:
    """In 2011 China was the first source of both; Japan was its second market, Korea its fifth, by the panel."""
    checks = list(claims.TESTS["china_and_the_two_matter_to_each_other"](WIOD))
    assert [check.holds for check in checks] == [True, True, True, False]
    assert "number 2 with 8.6" in checks[2].says
    sources = list(claims.TESTS["japan_and_korea_main_sources_of_china"](WIOD))
    assert [check.says for check in sources] == [
        "2011 Japan is source number 2 with 10.4",
        "2011 Korea is source number 5 with 5.8",
    ]


def test_what_the_first_page_says_of_the_verdicts(audited) -> None:
    number = audited["verdict"].value_counts()
    part = number["holds"] / (number["holds"] + number["holds in part"])
    assert 0.4 < part < 0.5, "somewhat less than half"
    assert "does not hold" not in number, "no statement has every check against it"
    against = audited[audited["speaking"] < 0.5]
    assert set(against["held"]) == {"1 of 3", "1 of 5"}


def test_what_only_wiod_can_answer(audited) -> None:
    """Statements on partners within the region whose verdict speaks of 2011."""
    only_wiod = audited[audited["asked"].eq("WIOD") & audited["part"].eq("Within the region")]
    assert len(only_wiod) == 6
    assert only_wiod["criterion"].str.contains("2011 in WIOD").all()
    assert not audited.drop(only_wiod.index)["criterion"].str.contains("2011 in WIOD").any()


def test_shares_that_only_rise_do_not_fluctuate() -> None:
    adb = ADB.frame
    steady = adb["flow"].eq("fva_share") & adb["origin"].eq("JPN")
    rising = adb.assign(value=adb["value"].where(~steady, adb["year"] - 2010))
    checks = list(claims.TESTS["japan_and_korea_merely_fluctuated"](of(rising, name="ADB")))
    assert [check.holds for check in checks] == [False, True]


def test_without_the_european_union_china_is_russias_first_partner() -> None:
    wiod = WIOD.frame
    union = wiod["origin"].isin(eco.members("EU27_2007")) | wiod["destination"].isin(eco.members("EU27_2007"))
    small = wiod.assign(value=wiod["value"].where(~union, 0.1 * wiod["value"]))
    for name in ("russia_leans_on_china_as_market", "russia_leans_on_china_as_source"):
        assert only(claims.audit([of(wiod)]), name) == "holds in part"
        assert only(claims.audit([of(small)]), name) == "holds"


def test_a_tenth_is_clear_and_four_years_tell_a_trend() -> None:
    for end, clear in ((10.9, False), (11.1, True)):
        assert claims._grew("", {2017: 10.0, 2021: end}, 2017).holds == clear
    with pytest.raises(SilentError):
        claims._grew("", {2017: 10.0, 2020: 20.0}, 2017)
    for first, far in ((1.49, False), (1.51, True)):
        assert claims._exceeds(("", first), ("", 1.0), times=claims.FAR).holds == far


def test_all_some_none_nothing() -> None:
    yes, no = Check("", True), Check("", False)
    assert claims.verdict([yes, yes]) is Verdict.HOLDS
    assert claims.verdict([yes, no]) is Verdict.PARTLY
    assert claims.verdict([no, no]) is Verdict.FAILS
    assert claims.verdict([]) is Verdict.UNTESTED
    assert claims.verdict([yes], cause=True) is Verdict.PARTLY, "numbers that fit do not show a cause"
    assert claims.verdict([no], cause=True) is Verdict.FAILS


def test_the_verdict_says_how_many_comparisons_speak_for_it(audited) -> None:
    assert audited["held"].to_dict()["core_links_exceed_other_way"] == "3 of 4"
    shown = claims.shown(audited, "Within the region")["Verdict"]
    assert "holds in part: 3 of 4" in set(shown)
    assert "cannot be tested here" in set(shown)


def test_causes_are_never_proved(audited) -> None:
    assert not (audited["kind"].eq("cause") & audited["verdict"].eq("holds")).any()


def test_a_statement_without_a_function_is_an_error(monkeypatch) -> None:
    rows = [row for row in claims.statements() if row["id"] != "mexico_rose"]
    monkeypatch.setattr(claims, "statements", lambda: rows)
    with pytest.raises(GvcError, match=r"claims\.yml: expected a function .* found mexico_rose"):
        claims.audit([])


# -- panels that are not the book's -------------------------------------------------------------------------------


def test_without_china_there_is_nothing_to_say_and_no_error() -> None:
    wiod = WIOD.frame.query("origin != 'CHN' and destination != 'CHN'")
    audited = claims.audit([of(wiod)])
    assert only(audited, "china_main_market_of_japan_and_korea") == "cannot be tested here"


def test_an_economy_that_a_panel_shows_from_some_year_on_gives_no_nan() -> None:
    wiod, sectors = WIOD.frame, SECTORS
    late = [frame[~(frame["origin"].isin(["BRA", "TWN"]) & (frame["year"] < 2005))] for frame in (wiod, sectors)]
    late[0] = late[0][~(late[0]["destination"].isin(["BRA", "TWN"]) & (late[0]["year"] < 2005))]
    audited = claims.audit([of(*late)])
    assert not audited["evidence"].str.contains("nan").any()
    assert only(audited, "china_host_of_the_fourth_wave") == "holds"


def test_two_sources_of_one_name_are_both_heard() -> None:
    wiod, sectors = WIOD.frame, SECTORS
    twice = claims.audit([of(wiod, sectors, "A"), of(wiod, sectors, "A")])
    assert twice.loc["hollowing_out", "held"] == "6 of 8"


def test_a_panel_called_like_the_books_answers_by_its_own_series() -> None:
    """Let Korea's textiles in 2011, and nothing else, earn a hundred times as much abroad: they fell no more."""
    textiles = SECTORS["sector"].isin(FLOCK["Textiles, clothing and footwear"]) & SECTORS["flow"].eq("vax")
    late = textiles & SECTORS["origin"].eq("KOR") & SECTORS["year"].eq(2011)
    changed = SECTORS.assign(value=SECTORS["value"].where(~late, 100 * SECTORS["value"]))
    before, after = (claims.audit([of(WIOD.frame, rows)]) for rows in (SECTORS, changed))
    assert before.loc["geese_in_textiles", "held"] == "3 of 5"
    assert after.loc["geese_in_textiles", "held"] == "2 of 5"
    assert only(claims.audit([of(WIOD.frame)]), "geese_in_textiles") == "cannot be tested here"


@pytest.mark.parametrize("years", [[2011], [1995, 2011], [2005, 2007, 2008, 2009, 2010, 2011][:5]])
def test_each_of_the_last_five_years_needs_five_in_a_row(years: list[int]) -> None:
    wiod = WIOD.frame.query("year in @years")
    assert only(claims.audit([of(wiod)]), "china_first_partner_of_korea") == "cannot be tested here"
