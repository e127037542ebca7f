"""An address leads to one cell, or says why not; a word of direction stands where its cells bear it."""

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibits import charts, tables
from exhibits.addresses import AddressError, Numbers, cell, cells, direction, number, of_chart, of_table, words
from exhibits.cited_numbers import _look_up
from exhibits.render import Exhibit

LONG = pd.DataFrame(
    {
        "origin": ["CHN", "CHN", "JPN", "JPN", "CHN"],
        "absorber": ["JPN", "JPN", "CHN", "CHN", "USA"],
        "year": [2017, 2022, 2017, 2022, 2022],
        "value": [10.123456, 20.5, 8.0, 4.0, None],
    }
)
WIDE = pd.DataFrame(
    {("Share", "2017"): [10.5, 8.0], ("Share", "2022"): [21.0, None], ("Largest", ""): ["Korea", "China"]},
    index=pd.Index(["China", "Japan"], name="Origin"),
)


@pytest.fixture
def known() -> dict[str, Numbers]:
    frame = LONG.assign(link=LONG["origin"] + LONG["absorber"])
    words_ = {"title": "t", "subtitle": "s", "source": "s", "alt": "a"}
    drawn = charts.lines(frame.dropna(), "year", "value", "origin", facet="absorber", name="links", **words_)
    holes = charts.lines(frame, "year", "value", "origin", facet="absorber", name="holes", **words_)
    table = tables.table(WIDE, name="shares", caption="c", source="s")
    shown, _ = table._repr_mimebundle_()
    charts_ = {one.usermeta["exhibit"]["name"]: of_chart(one.usermeta["exhibit"]) for one in (drawn, holes)}
    losses = Numbers('what,value\nlost,-2.5\n"won, and kept",3\n', (("what",), ("value",)), (0,), (1,))
    return {**charts_, "shares": of_table(shown[tables.MIME]), "losses": losses}


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("links[CHN, JPN, 2017]:.2f", "10.12"),
        ("links[2022, CHN, JPN]:.1f", "20.5"),
        ("links[JPN, CHN, last]:.0f", "4"),
        ("links[JPN, CHN, first]:.0f", "8"),
        ("links[JPN, CHN, 2022]", "4"),
        ("links[CHN, JPN, 2022] - links[JPN, CHN, 2022]:.1f", "16.5"),
        ("links[JPN, CHN, 2022] - links[JPN, CHN, 2017]:+.1f", "-4.0"),
        ("links[CHN, JPN, 2022] / links[JPN, CHN, 2022]:.2f", "5.12"),
        ("shares[CHN, 2022]:.1f", "21.0"),  # by the code of what the table calls China
        ("shares[China, Share, 2017]:.1f", "10.5"),
        ("shares[JPN, first]:.0f", "8"),
        ("-losses[lost]:.1f", "2.5"),
        ('losses["won, and kept"]:.0f', "3"),
    ],
)
def test_an_address_is_a_cell_or_two(known: dict[str, Numbers], address: str, said: str) -> None:
    assert number(address, known)[0] == said


def test_the_order_of_keys_counts_where_they_could_be_either(known: dict[str, Numbers]) -> None:
    assert [cell("links", keys, known).value for keys in ("CHN, JPN, 2022", "JPN, CHN, 2022")] == [20.5, 4]


def test_a_cell_knows_its_place_in_the_csv(known: dict[str, Numbers]) -> None:
    found = cell("links", "JPN, CHN, 2022", known)
    row = known["links"].table.splitlines()[1 + found.row].split(",")
    assert row[found.column] == "4"
    assert {"JPN", "CHN", "2022"} <= set(row)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("lniks[CHN, JPN, 2022]", "no exhibit is named 'lniks'"),
        ("links[CHN, KOR, 2022]", "no label is KOR; its keys are, in their order, CHN, JPN | JPN, CHN | 2017, 2022"),
        ("links[CHN, JPN]", "2 cells are links[CHN, JPN]"),
        ("holes[CHN, USA, 2022]", "holds no number but ''"),
        ("holes[CHN, USA, last]", "holds no number but ''"),
        ("shares[JPN, 2022]", "holds no number"),
        ("shares[China, Korea]", "no label is Korea"),
        ("links[CHN, JPN, 2022]:.1q", "is no format of a number"),
        ("links[CHN, JPN, 2022] * links[CHN, JPN, 2017]", "write exhibit[key, key]:.1f"),
        ("links", "write exhibit[key, key]:.1f"),
    ],
)
def test_what_leads_nowhere_says_so(known: dict[str, Numbers], address: str, told: str) -> None:
    with pytest.raises(AddressError) as raised:
        number(address, known)
    assert told in str(raised.value)


def test_a_ratio_to_nothing_is_refused() -> None:
    known = {"zero": Numbers("year,value\n2017,0\n2022,3\n", (("year",), ("value",)), (0,), (1,))}
    with pytest.raises(AddressError, match="divides nothing"):
        number("zero[2022] / zero[2017]", known)


@given(
    st.lists(
        st.tuples(st.sampled_from(["CHN", "JPN", "KOR"]), st.integers(1990, 2025), st.floats(-1e6, 1e6)),
        unique_by=lambda row: row[:2],
        min_size=1,
    )
)
def test_every_cell_has_an_address_that_leads_to_it(rows: list[tuple[str, int, float]]) -> None:
    table = "code,year,value\n" + "".join(f"{code},{year},{value:.6g}\n" for code, year, value in rows)
    known = {"any": Numbers(table, (("code",), ("year",), ("value",)), (0, 1), (2,))}
    for at, (code, year, value) in enumerate(rows):
        for keys in (f"{code}, {year}", f"{year}, {code}, value"):
            found = cell("any", keys, known)
            assert (found.row, found.value) == (at, float(f"{value:.6g}"))
    assert len(cells(known["any"])) == len(rows)


@pytest.mark.parametrize(
    "text",
    [
        "rose: links[CHN, JPN, 2017], links[CHN, JPN, 2022]",
        "fell: links[JPN, CHN, 2017], links[JPN, CHN, 2022]",
        "halved: links[JPN, CHN, 2017], links[JPN, CHN, 2022]",
        "doubled: shares[CHN, 2017], shares[CHN, 2022]",
        "exceeded: links[CHN, JPN, 2022], links[JPN, CHN, 2022]",
        "stayed: links[CHN, JPN, 2017], shares[CHN, 2017]",
        "升至：links[CHN, JPN, 2017], links[CHN, JPN, 2022]",
        "rose: links[CHN, JPN, 2017], links[CHN, JPN, 2022] ± 10.3",
    ],
)
def test_a_word_that_its_cells_bear_stands(known: dict[str, Numbers], text: str) -> None:
    assert direction(text, known)[0] == text.replace("：", ":").partition(":")[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("fell: links[CHN, JPN, 2017], links[CHN, JPN, 2022]", "do not bear 'fell' (down)"),
        ("rose: links[CHN, JPN, 2022], links[CHN, JPN, 2022]", "do not bear 'rose'"),
        ("rose: links[CHN, JPN, 2017], links[CHN, JPN, 2022] ± 10.4", "a difference begins at 10.4"),
        ("stayed: links[JPN, CHN, 2017], links[JPN, CHN, 2022]", "do not bear 'stayed'"),
        ("doubled: links[JPN, CHN, 2017], links[JPN, CHN, 2022]", "do not bear 'doubled'"),
        ("soared: links[CHN, JPN, 2017], links[CHN, JPN, 2022]", "'soared' stands for no direction"),
        ("overtook: links[CHN, JPN, 2017], links[CHN, JPN, 2022]", "is about 4 cells, and 2 are named"),
        ("rose", "write word:"),
    ],
)
def test_a_word_that_its_cells_do_not_bear_is_refused(known: dict[str, Numbers], text: str, told: str) -> None:
    with pytest.raises(AddressError) as raised:
        direction(text, known)
    assert told in str(raised.value)


def test_lost_is_refused_of_what_grew_by_a_hundredth() -> None:
    """What the book's brief once said of Japan's dollars, 52.8 and then 53.4 billion."""
    known = {"dollars": Numbers("year,value\n2011,52.8\n2022,53.4\n", (("year",), ("value",)), (0,), (1,))}
    with pytest.raises(AddressError, match="do not bear 'lost'"):
        direction("lost: dollars[2011], dollars[2022]", known)
    assert direction("stayed: dollars[2011], dollars[2022]", known)[0] == "stayed"


def said(word: str, *numbers: float | str) -> bool:
    """Whether numbers bear a word."""
    table = "at,value\n" + "".join(f"a{at},{one}\n" for at, one in enumerate(numbers))
    known = {"e": Numbers(table, (("at",), ("value",)), (0,), (1,))}
    try:
        direction(f"{word}: " + ", ".join(f"e[a{at}]" for at in range(len(numbers))), known)
    except AddressError:
        return False
    return True


@pytest.mark.parametrize(
    ("word", "borne", "not_borne"),
    [
        ("rose", (100, 101.1), (100, 100.9)),
        ("fell", (101.1, 100), (100.9, 100)),
        ("above", (101.1, 100), (100, 101.1)),
        ("below", (100, 101.1), (101.1, 100)),
        ("stayed", (100, 104.9), (100, 105.6)),
        ("doubled", (100, 195), (100, 185)),
        ("halved", (100, 51), (100, 56)),
        ("tripled", (100, 290), (100, 200)),
        ("overtook", (1, 5, 2, 3), (2.5, 5, 2, 3)),  # it was above before
        ("overtook", (1, 5, 2, 3), (1, 3, 2, 5)),  # it is not now
    ],
)
def test_how_much_a_word_claims(word: str, borne: tuple[float, ...], not_borne: tuple[float, ...]) -> None:
    assert (said(word, *borne), said(word, *not_borne)) == (True, False)


def test_no_number_is_a_hole() -> None:
    for text in ("nan", "inf", ""):
        known = {"e": Numbers(f"at,value\na,{text}\n", (("at",), ("value",)), (0,), (1,))}
        with pytest.raises(AddressError, match="holds no number"):
            number("e[a]", known)


def test_a_table_that_offers_another_has_no_addresses() -> None:
    shown, _ = tables.table(WIDE, name="shares", caption="c", source="s")._repr_mimebundle_()
    whole = shown[tables.MIME] | {"csv": "code,year,value\nCHN,2017,10.5\n"}
    with pytest.raises(AddressError, match="offers another table than it shows"):
        number("shares[CHN, 2017]", {"shares": of_table(whole)})


def test_years_of_a_chart_that_says_nothing_of_its_columns_are_labels() -> None:
    bare = of_chart({"csv": "year,tonnes\n2017,3\n2018,4\n"})
    assert number("bare[2018]", {"bare": bare})[0] == "4"


def test_every_language_of_the_words_has_the_main_directions() -> None:
    claims = words()
    chinese = {claim for word, claim in claims.items() if not word.isascii()}
    english = {claim for word, claim in claims.items() if word.isascii()}
    assert {"up", "down", "flat", "above", "below", "doubled", "halved", "overtook"} <= chinese & english


def answered(
    tonnes: float, before: Any = None, *, address: str = "wheat[2018]", renamed: dict[str, str] | None = None
) -> tuple[list[str], Any]:
    """Look up what page one says of the chart of page two; `renamed` are labels that are called otherwise now."""
    numbers = Numbers(f"year,tonnes\n2018,{tonnes}\n", (("year",), ("tonnes",)), (0,), (1,))
    asked = {"one": {("n", f"{address}:.1f"): 1}, "two": {}}
    env = SimpleNamespace(exhibits_exhibits={"two": {"wheat": Exhibit({}, numbers=numbers)}}, exhibits_addresses=asked)
    env.exhibits_answers = before or {}
    config = SimpleNamespace(exhibits_renamed=renamed or {})
    return _look_up(SimpleNamespace(builder=SimpleNamespace(name="html"), config=config), env), env.exhibits_answers


def test_a_label_that_is_called_otherwise_finds_its_cell() -> None:
    _, given = answered(4.0, address='wheat["2018, estimates"]', renamed={'"2018, estimates"': "2018"})
    assert given["one"]["n", 'wheat["2018, estimates"]:.1f'][0] == "4.0"


def test_a_page_is_written_again_when_a_cell_elsewhere_says_something_else() -> None:
    _, first = answered(4.0)
    assert first["one"]["n", "wheat[2018]:.1f"][0] == "4.0"
    assert answered(4.0, first)[0] == []
    assert answered(5.0, first)[0] == ["one"]
