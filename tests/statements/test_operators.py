"""Statements that are rows: each operator against numbers set by hand, and rows that are refused."""

import doctest
from itertools import product
from typing import Any

import pandas as pd
import pytest

from exhibits.text import Message
from gvc import GvcError
from industrial_chains.sources import ADB, ARTICLE, OECD, WIOD, Source
from industrial_chains.statements import asked, operators, verdicts
from industrial_chains.statements.asked import Check, Inquiry, in_turn, points, sentence
from tests.changed_files import with_files


def test_where_nobody_reads_checks_say_nothing() -> None:
    with asked.unsaid():
        says = sentence("{0} in {1}", "China", "Mexico")
        assert says == in_turn([says, says]) == ""
        with pytest.raises(TypeError, match="unhashable"):
            hash(says)
    assert sentence("{0} in {1}", "China", "Mexico") == "China in Mexico"


def checks(test: object, of: Source) -> list[Check]:
    return list(operators.test({"id": "some", "test": test})(Inquiry(of)))


def held(test: object, of: Source) -> list[bool]:
    return [check.holds for check in checks(test, of)]


def shares(by_year: dict[int, dict[str, float]], flow: str = "fva_share", host: str = "ASEAN") -> Source:
    """Make a source that holds shares themselves, by origin, in one host."""
    rows = [("some", year, flow, code, host, one) for year, of in by_year.items() for code, one in of.items()]
    frame = pd.DataFrame(rows, columns=["source", "year", "flow", "origin", "destination", "value"])
    return Source("Some", "Some", "", lambda: frame, printed=True, yearly="editions")


def flows(by_year: dict[int, dict[tuple[str, str], float]]) -> Source:
    """Make a source of value added by origin and absorber."""
    rows = [
        ("some", year, "va_final_demand", *pair, of.get(pair, 0.0))
        for year, of in by_year.items()
        for pair in product(dict.fromkeys(code for pair in of for code in pair), repeat=2)
    ]
    frame = pd.DataFrame(rows, columns=["source", "year", "flow", "origin", "destination", "value"])
    return Source("Some", "Some", "", lambda: frame, yearly="unmeasured")


@pytest.mark.parametrize(
    ("end", "rose", "near"),
    [
        (10.0, False, False),
        (10.05, False, False),
        (10.2, True, False),
        (9.9, False, False),
        (31.2, True, False),
        (31.4, True, True),
        (35.4, True, False),
    ],
)
def test_shares_rise_and_come_near_a_third(end: float, *, rose: bool, near: bool) -> None:
    """Printed numbers tell a difference of more than 0.1 for certain; within two points of 33.3 is near a third."""
    of = shares({2007: {"JPN": 10.0}, 2017: {"JPN": 10.0}, 2021: {"JPN": end}})
    where = {"origin": "JPN", "host": "ASEAN"}
    assert held({"rose": where}, of) == [rose]
    assert held({"near": {**where, "part": "a third"}}, of) == [near, False], "2021, and 2017 beside it"


def test_a_share_grew_if_it_gained_more_than_a_tenth() -> None:
    for end, clear in ((10.9, False), (11.1, True)):
        of = shares({2007: {"CHN": 10.0}, 2021: {"CHN": end}}, "imint_share", "MEX")
        (check,) = checks({"grew": {"origin": "CHN", "host": "MEX", "by": "imint_share"}}, of)
        assert check.holds == clear
        assert str(check.says) == f"China in Mexico's imported intermediates 10.0 (2007) to {end} (2021)"


def test_the_other_edition_is_near_the_printed_share_within_two_points() -> None:
    """The article prints 28.5 for Mexico, and ADB has 28.6."""
    test = {"near_print": {"origin": "NEA", "host": "MEX"}}
    assert [(str(check.says), check.holds) for check in checks(test, ADB)] == [
        ("28.6 in 2021 against 28.5 as stated", True)
    ]
    assert held(test, ARTICLE) == [], "the print is not held against itself"


def test_an_edition_is_near_or_not() -> None:
    test = {"near_print": {"origin": "NEA", "host": "MEX"}}
    for china, holds in ((26.6, True), (26.4, False)):
        origins = {"CHN": china, "JPN": 0.0, "KOR": 0.0, "RUS": 0.0, "USA": 100 - china}
        rows = [("some", 2021, "va_exports", code, "MEX", one) for code, one in origins.items()]
        frame = pd.DataFrame(rows, columns=["source", "year", "flow", "origin", "destination", "value"])
        of = Source("Some", "Some", "", lambda frame=frame: frame, yearly="editions")
        assert held(test, of) == [holds]


def test_levels_of_two_databases_are_not_compared() -> None:
    """In the OECD tables Mexico's share is 31.5, and ASEAN's 39.0."""
    for test in (
        {"near_print": {"origin": "NEA", "host": "MEX"}},
        {"near": {"origin": "NEA", "host": "ASEAN", "part": "a third"}},
    ):
        assert checks(test, OECD) == []


#: What each of four sells to each other: China 6 to Japan, 3 to Korea and 1 to Russia.
SOLD = {
    **{("CHN", "JPN"): 6.0, ("CHN", "KOR"): 3.0, ("CHN", "RUS"): 1.0},
    **{("JPN", "CHN"): 5.0, ("JPN", "KOR"): 3.0, ("JPN", "RUS"): 2.0},
    **{("KOR", "CHN"): 4.0, ("KOR", "JPN"): 5.0, ("KOR", "RUS"): 1.0},
    **{("RUS", "CHN"): 9.0, ("RUS", "JPN"): 0.5, ("RUS", "KOR"): 0.5},
    **{(code, code): 10.0 for code in ("CHN", "JPN", "KOR", "RUS")},
}


def test_markets_and_main_partners() -> None:
    of = flows({2021: SOLD})
    (japan, korea) = checks({"among_main": {"partner": "CHN", "of": ["JPN", "KOR"], "role": "market"}}, of)
    assert (japan.holds, korea.holds) == (True, True)
    assert str(korea.says) == "China number 2 among Korea's markets in 2021, with 40.0 percent"
    wide = flows({2021: SOLD | {("CHN", "USA"): 2.0, ("CHN", "IND"): 1.5}})
    found = checks({"among_main": {"partner": ["KOR", "RUS"], "of": "CHN", "role": "market"}}, wide)
    assert [str(check.says).rpartition(", with ")[0] for check in found] == [
        "Korea number 2 among China's markets in 2021",
        "Russia number 5 among China's markets in 2021",
    ]
    assert [check.holds for check in found] == [True, False]


def test_the_fifth_partner_is_important_and_the_sixth_is_not() -> None:
    """Russia with 1.0 comes fifth among China's markets, and sixth once Viet Nam takes 1.2."""
    test = {"among_important": {"partner": "RUS", "of": "CHN", "role": "market"}}
    more = {("CHN", "USA"): 2.0, ("CHN", "IND"): 1.5}
    assert [check.holds for check in checks(test, flows({2021: SOLD | more}))] == [True]
    assert [check.holds for check in checks(test, flows({2021: SOLD | more | {("CHN", "VNM"): 1.2}}))] == [False]


def test_the_third_partner_is_among_the_main_and_the_fourth_is_not() -> None:
    """Of China's markets the United States come third with 2, India fourth with 1.5; of its sources Korea third."""
    of = flows({2021: SOLD | {("CHN", "USA"): 2.0, ("CHN", "IND"): 1.5, ("USA", "CHN"): 2.0}})
    markets = {"among_main": {"partner": ["USA", "IND"], "of": "CHN", "role": "market"}}
    sources = {"among_main": {"partner": ["KOR", "USA"], "of": "CHN", "role": "source"}}
    assert [(str(check.says), check.holds) for test in (markets, sources) for check in checks(test, of)] == [
        ("United States number 3 among China's markets in 2021, with 14.8 percent", True),
        ("India number 4 among China's markets in 2021, with 11.1 percent", False),
        ("Korea number 3 among China's sources in 2021, with 20.0 percent", True),
        ("United States number 4 among China's sources in 2021, with 10.0 percent", False),
    ]
    assert checks({"among_main": {"partner": "VNM", "of": "CHN", "role": "market"}}, of) == [], "nothing is known of it"


@pytest.mark.parametrize(
    "test",
    [
        {"among_main": {"partner": "KOR", "of": "CHN", "role": "market"}},
        {"leans": {"economy": "RUS", "partner": "CHN", "role": "market"}},
        {"exceeds": {"link": "RUS → CHN", "other": "CHN → RUS", "margin": "far"}},
    ],
)
def test_years_before_2021_stand_beside(test: dict[str, Any]) -> None:
    found = checks(test, flows({2017: SOLD, 2021: SOLD}))
    assert {(check.years, check.beside) for check in found} == {((2021,), False), ((2017,), True)}


def test_a_share_that_leans() -> None:
    """Russia sells China 9 of 10, half of the 18 that China buys. 9 in 10 is 1.8 times 5 in 10."""
    (leans, size) = checks({"leans": {"economy": "RUS", "partner": "CHN", "role": "market"}}, flows({2021: SOLD}))
    assert str(leans.says) == "2021 China in Russia's exports 90.0, Russia in China's imports 50.0"
    assert leans.holds
    # All four sell 40, of which Russia buys 4: China buys 18 of the other 36, and 90 per cent are 1.8 times that half.
    assert str(size.says) == "2021 1.80 times what size would predict"
    assert size.holds
    back = checks({"leans": {"economy": "RUS", "partner": "CHN", "role": "source"}}, flows({2021: SOLD}))
    assert str(back[0].says) == "2021 China in Russia's imports 25.0, Russia in China's exports 10.0"
    assert back[0].holds


def test_a_share_leans_far_and_more_than_size_gives_or_does_not() -> None:
    """Korea sells Japan 5 of 10, of 11.5 that Japan buys: not half as much again, though size would give 34.3."""
    (leans, size) = checks({"leans": {"economy": "KOR", "partner": "JPN", "role": "market"}}, flows({2021: SOLD}))
    assert str(leans.says) == "2021 Japan in Korea's exports 50.0, Korea in Japan's imports 43.5"
    assert str(size.says) == "2021 1.46 times what size would predict"
    assert (leans.holds, size.holds) == (False, True)
    # China buys 18 of the 33.5 that the others buy: Korea sends it 40 of 100, and size would give 53.7.
    (leans, size) = checks({"leans": {"economy": "KOR", "partner": "CHN", "role": "market"}}, flows({2021: SOLD}))
    assert str(leans.says) == "2021 China in Korea's exports 40.0, Korea in China's imports 22.2"
    assert str(size.says) == "2021 0.74 times what size would predict"
    assert (leans.holds, size.holds) == (True, False)


def links(numbers: dict[str, float]) -> Source:
    """Make a source that holds links themselves, 1 where none is given."""
    codes = ("CHN", "JPN", "KOR", "RUS")
    rows = [("some", 2021, "link", one, two, numbers.get(f"{one} → {two}", 1.0)) for one, two in product(codes, codes)]
    frame = pd.DataFrame(rows, columns=["source", "year", "flow", "origin", "destination", "value"])
    return Source("Some", "Some", "", lambda: frame, printed=True, yearly="unmeasured")


def test_a_link_exceeds_others_beyond_rounding_or_by_far() -> None:
    of = links({"JPN → CHN": 3.0, "CHN → JPN": 2.99, "KOR → CHN": 2.01, "RUS → CHN": 1.0})
    assert [str(check.says) for check in checks(BACK, of)] == ["2021 Japan → China 3.00, the reverse 2.99"]
    assert held(BACK, of) == [False], "printed links tell a hundredth"
    far = {"exceeds": {"link": "JPN → CHN", "other": ["KOR → CHN", "RUS → CHN"], "margin": "far"}}
    (check,) = checks(far, of)
    assert str(check.says) == "2021 links to China: Japan 3.00, next 2.01"
    assert not check.holds, "3.00 is less than half as much again"
    one = {"exceeds": {"link": "JPN → CHN", "other": "KOR → CHN", "margin": "rounding"}}
    assert [(str(check.says), check.holds) for check in checks(one, of)] == [
        ("2021 links to China: Japan 3.00, Korea 2.01", True)
    ]


BACK = {"exceeds": {"link": "JPN → CHN", "other": "CHN → JPN", "margin": "rounding"}}


def test_the_last_stage_of_exports_answers_from_its_file_alone() -> None:
    test = {"gained_last_stage": {"economy": "CHN", "industry": ["textiles", "vehicles"], "years": "2017–2022"}}
    assert [(str(check.says), check.holds) for check in checks(test, asked.LAST_STAGE)] == [
        ("China in textiles 35.3 (2017) to 34.0 (2022)", False),
        ("China in vehicles 3.7 (2017) to 8.8 (2022)", True),
    ]
    assert checks(test, OECD) == []


def kept(monkeypatch: pytest.MonkeyPatch, name: str, rows: list[tuple[object, ...]], columns: list[str]) -> None:
    with_files(monkeypatch, **{name: pd.DataFrame(rows, columns=columns)})


def test_jobs_are_counted_at_both_ends_of_the_years_of_the_row(monkeypatch) -> None:
    rows = [("VNM", 1990, 2100.0), ("VNM", 2010, 6600.0), ("VNM", 2018, 6599.0)]
    kept(monkeypatch, "jobs", rows, ["economy", "year", "manufacturing"])
    test = [{"more_in_manufacturing": {"economy": "VNM", "years": years}} for years in ("1990–2010", "2010–2018")]
    assert [(str(check.says), check.holds) for check in checks(test, asked.JOBS)] == [
        ("Viet Nam, millions 2.10 (1990) to 6.60 (2010)", True),
        ("Viet Nam, millions 6.60 (2010) to 6.60 (2018)", False),
    ]
    assert checks({"more_in_manufacturing": {"economy": "LAO", "years": "1990–2010"}}, asked.JOBS) == []
    assert checks({"more_in_manufacturing": {"economy": "VNM", "years": "1990–2011"}}, asked.JOBS) == []


def test_a_list_asks_of_each_in_the_order_of_the_row() -> None:
    by_host = {"grew": {"origin": "CHN", "by": ["fva_share", "imint_share"], "host": ["IND", "MEX"]}}
    added, bought = "{0} in {1}'s foreign value added", "{0} in {1}'s imported intermediates"
    assert [(check.says.parts[1], check.says.message.partition(" {2}")[0]) for check in checks(by_host, OECD)] == [
        ("India", added),
        ("Mexico", added),
        ("India", bought),
        ("Mexico", bought),
    ]


def test_where_a_source_is_silent_on_one_line_it_answers_the_next() -> None:
    """WIOD shows no ASEAN."""
    both = {"grew": {"origin": "CHN", "host": ["ASEAN", "MEX"], "by": "imint_share"}}
    assert [str(check.says).partition("'")[0] for check in checks(both, WIOD)] == ["China in Mexico"]


@pytest.mark.parametrize(
    ("test", "message"),
    [
        ({"rises": {"origin": "NEA", "host": "IND"}}, r": expected an operator: rose, .*; found 'rises'"),
        ({"rose": {"origin": "NEA"}}, r", rose: expected the fields origin, host; found origin\."),
        ({"rose": {"origin": "NEA", "host": "IND", "by": "fva_share"}}, r", rose: .* found origin, host, by\."),
        ({"rose": "NEA"}, r", rose: expected the fields origin, host; found 'NEA'"),
        ({"rose": {"origin": "NEA", "host": "India"}}, r", rose, host: expected the code .*; found 'India'"),
        ({"rose": {"origin": "NEA", "host": []}}, r": expected an operator .*; found nothing"),
        ({"grew": {"origin": "CHN", "host": "MEX", "by": "fva"}}, r", grew, by: expected fva_share or .*; found 'fva'"),
        (
            {"gained_last_stage": {"economy": "CHN", "industry": "textiles", "years": "2021–2017"}},
            r", gained_last_stage, years: expected two years, the first .*"
            r"such as 2017–2021; found '2021–2017'",
        ),
        (
            {"gained_last_stage": {"economy": "CHN", "industry": "textiles", "years": 2021}},
            r", gained_last_stage, years: expected two years.* found 2021",
        ),
        (
            {"exceeds": {"link": "CHN to JPN", "other": "JPN → CHN", "margin": "far"}},
            r", exceeds, link: expected a link such as JPN → CHN; found 'CHN to JPN'",
        ),
        (
            {"exceeds": {"link": "CHN → JPN", "other": ["JPN → CHN", "RUS → KOR"], "margin": "far"}},
            r", exceeds: expected links with an economy in common; found CHN → JPN and .*RUS → KOR",
        ),
        (["rose"], r": expected one operator with its fields, .*; found 'rose'"),
        ([], r": expected an operator with its fields; found nothing"),
        ({"rose": {"origin": "NEA", "host": "IND"}, "near": {}}, r": expected one operator with its fields"),
    ],
)
def test_a_row_that_is_not_well_is_refused_by_its_name_and_field(test: object, message: str) -> None:
    with pytest.raises(GvcError, match=rf"claims\.yml, some, test{message}"):
        operators.test({"id": "some", "test": test})


def test_each_operator_is_used_and_has_a_field_that_reads_its_values() -> None:
    used = set()
    for row in verdicts.statements():
        lines = row.get("test", [])
        used |= {name for line in (lines if isinstance(lines, list) else [lines]) for name in line}
    assert used == set(operators.OPERATORS)


def test_a_sentence_takes_in_the_sentences_it_is_made_of() -> None:
    label = sentence("{0} in {1}", "China", "Mexico")
    whole = sentence("{0} {1} ({2}), {3}", label, "8.0", 2007, in_turn([label, sentence("{0}", points(-0.25))]))
    assert whole == "China in Mexico 8.0 (2007), China in Mexico, −0.2"
    assert isinstance(whole, Message)
    assert whole.message == "{0} in {1} {2} ({3}), {4} in {5}, {6}"
    assert whole.parts == ("China", "Mexico", "8.0", "2007", "China", "Mexico", "−0.2")


@pytest.mark.parametrize("module", [asked, operators])
def test_examples_run(module: Any) -> None:
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed
