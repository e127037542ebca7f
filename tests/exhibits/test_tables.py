"""Tables: what is shown, what is downloaded, and the readable twin."""

import re

import pandas as pd
import pytest
from docutils import nodes
from docutils.utils import new_document

from exhibits import extension, render
from exhibits.tables import MIME, Cards, Table, table
from exhibits.text import Myst

SHARES = pd.DataFrame(
    [[23.14159265, float("nan"), 1234567], [-0.5, 12.0, 2021]],
    index=pd.Index(["ASEAN", "India"], name="Exporter"),
    columns=pd.MultiIndex.from_tuples([("Share", "2007"), ("Share", "2021"), ("Size", "Rows")]),
)


def made(**more: object) -> Table:
    return table(SHARES, name="shares", caption=Myst("Shares of $v$"), source="Invented.", **more)  # type: ignore[arg-type]


def test_cells_are_shown_as_economists_write_numbers() -> None:
    assert made().body == (("ASEAN", "23.1", "–", "1,234,567"), ("India", "−0.5", "12.0", "2021"))


def test_decimals_may_differ_by_column() -> None:
    assert made(decimals={"2007": 3}).body[0][:3] == ("ASEAN", "23.142", "–")
    assert made(decimals=0).body[1][:3] == ("India", "0", "12")


def test_two_levels_of_columns_make_spanner_headings() -> None:
    assert made().head == (
        (("", 1), ("Share", 2), ("Size", 1)),
        (("Exporter", 1), ("2007", 1), ("2021", 1), ("Rows", 1)),
    )
    assert made().stubs == 1


def test_a_table_without_an_index_has_no_heads_of_rows() -> None:
    plain = table(pd.DataFrame({"Code": ["CHN"], "Value": [1.0]}), name="codes", caption="Codes", source="ISO.")
    assert plain.stubs == 0
    assert plain.body == (("CHN", "1.0"),)
    assert plain.numeric == (False, True)


def test_the_download_keeps_six_digits() -> None:
    assert made().csv == "Exporter,Share 2007,Share 2021,Size Rows\nASEAN,23.1416,,1234567\nIndia,-0.5,12,2021\n"


def test_a_notebook_elsewhere_shows_markdown() -> None:
    data, about = made(notes="By residual.")._repr_mimebundle_()
    assert about == {"exhibit": "table"}
    assert data[MIME]["caption"] == {"myst": "Shares of $v$"}
    assert data[MIME]["source"] == ["Invented."]
    assert data["text/markdown"] == (
        "**Shares of $v$**\n\n"
        "| Exporter | Share, 2007 | Share, 2021 | Size, Rows |\n"
        "| :-- | --: | --: | --: |\n"
        "| ASEAN | 23.1 | – | 1,234,567 |\n"
        "| India | −0.5 | 12.0 | 2021 |\n\n"
        "By residual.\n\n"
        "Source: Invented."
    )


def test_decimals_are_those_of_a_column_under_its_heading_or_one() -> None:
    of = pd.DataFrame([[1.26, 1.26, 1.26]], columns=pd.MultiIndex.from_tuples([("A", "x"), ("B", "x"), ("B", "y")]))
    made = table(of, name="t", caption="T", source="S.", decimals={("A", "x"): 0, "x": 2})
    assert made.body == (("1", "1.26", "1.3"),)


def test_rows_of_cards_keep_their_addresses_and_colours() -> None:
    cards = Cards(("statement-a", "statement-b"), ("#0aa568", "#ab486c"), folded=(2,))
    assert made(cards=cards)._repr_mimebundle_()[0][MIME]["cards"] == {
        "ids": ("statement-a", "statement-b"),
        "colours": ("#0aa568", "#ab486c"),
        "chip": 1,
        "folded": (2,),
    }
    assert "cards" not in made()._repr_mimebundle_()[0][MIME]


def test_what_several_say_is_set_out_line_by_line() -> None:
    said = render._facts(
        "Printed: 2017 Japan 2.5, next 1.1; 2021 Japan 3. OECD: Korea 4.2. Other years. OECD: 2011 < 2"
    )
    assert said.count("<dt>") == 4
    assert re.findall("<dd>(.*?)</dd>", said) == [
        "2017 Japan 2.5, next 1.1",
        "2021 Japan 3",
        "Korea 4.2",
        "2011 &lt; 2",
    ]
    assert re.findall("<d[td]>(.*?)</d[td]>", render._facts("原文：甲1.2；乙3。其他年份。经合组织：丙5.6。")) == [
        *("原文", "甲1.2", "乙3", "其他年份。", "经合组织", "丙5.6"),
    ]
    for prose in ("It rose. Then it fell.", "In 2021 it exceeds the other: by half.", "2022: 2 of 2, 2017: 5 of 6", ""):
        assert not render._facts(prose)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("1.2 to 1.8", ["1.2 to 1.8"]),
        ("−0.05 to −0.02", ["−0.05 to −0.02"]),
        ("WIOD, 1995–2011", ["1995–2011"]),
        ("16.6 → 19.6", ["16.6 → 19.6"]),
        ("A duty of 25 points", ["25 points"]),
        ("2024, billion", []),
        ("12 of 16", ["12 of 16"]),
        ("2011—2022年；22%～36%", ["2011—2022年", "22%～36%"]),
        ("上升3个百分点，2015年以后", ["3个百分点", "2015年"]),
        ("−0.05至−0.02", ["−0.05至−0.02"]),
        ("9项中8项", ["9项中8项"]),
        ("Table 3 of four", []),
        ("2018 to the end", []),
    ],
)
def test_no_line_ends_within_a_range_or_before_a_unit(text: str, whole: list[str]) -> None:
    parts = render.unbroken(text)
    assert "".join(part.astext() for part in parts) == text
    assert [part.astext() for part in parts if isinstance(part, nodes.inline)] == whole


def test_words_of_a_column_have_room_for_two_lines_or_three() -> None:
    assert render._room(["China", "The host itself"], 6) == 0
    assert render._room(["China", "2011–2022"], 12) == 0
    assert 4.5 < render._room(["China", "The host itself"], 12) < 5.5
    assert 5.5 < render._room(["Japan", "ASEAN with Myanmar"], 6) <= 6
    assert render._room(["200 draws of elasticities by industry and of those at home"], 6) == pytest.approx(10.3, abs=1)
    assert render._room(["x" * 400], 6) == 14
    assert render._room([], 6) == 0


def test_what_is_set_out_line_by_line_is_not_parted_either() -> None:
    said = render._facts("OECD: from 2 to 3; 5 < 2011–2022.")
    assert re.findall("<dd>(.*?)</dd>", said) == [
        'from <span class="exhibit-whole">2 to 3</span>',
        '5 &lt; <span class="exhibit-whole">2011–2022</span>',
    ]


def test_each_column_of_characters_has_room_and_each_long_column_of_words() -> None:
    of = {"head": [[["", 1], ["", 1], ["", 1]]], "stubs": 1, "numeric": [False, True, False]}
    needed = [
        render._needed(of | {"body": [["甲", "1.0", "9项中8项"], ["一二三四五六七八九十", "2.0", "–"]]}, False, False),
        render._needed(of | {"body": [["China", "1.0", "Some words that fill a line"]]}, False, True),
        render._needed(of | {"body": [["China", "1.0", "x"]], "search": {}}, False, True),
    ]
    assert needed[0][0].startswith("min(") and needed[0][1] == "1.6em" and needed[0][2] != ""
    assert needed[1][:2] == ["", ""] and needed[1][2].startswith("min(")
    assert needed[2][:2] == ["", ""]


def test_a_glued_number_has_the_minus_sign_of_charts() -> None:
    page = new_document("")
    glued = [nodes.inline("", text, classes=["pasted-text"]) for text in ("-0.13", "-", "2-3")]
    page += nodes.paragraph("", "", *glued)
    extension._signed(None, page, "")  # type: ignore[arg-type]
    assert [one.astext() for one in page[0]] == ["−0.13", "-", "2-3"]
