"""What exhibits say in another language: names of a lexicon, messages with fields, and text that stays as it is."""

import json
from pathlib import Path

import pandas as pd
import pytest
from docutils import nodes

from exhibits import extension
from exhibits.sliders import Curve, Knob, Panel, Point, Sentence, slider_chart
from exhibits.tables import MIME, table
from exhibits.text import Joined, Message, Myst, Untranslated, calendar_year, enumerated, joined
from exhibits.translation import Lexicon, Translator, messages, plain, together, wide

KNOWN = {"{0} of {1}": "{1}的{0}", "Why?": "为什么？", "{0} asks: {1}": "{0}问：{1}"}


@pytest.fixture
def words(tmp_path: Path) -> Translator:
    catalogue = tmp_path / "zh_CN/LC_MESSAGES/exhibits.po"
    catalogue.parent.mkdir(parents=True)
    said = (f"msgid {json.dumps(one)}\nmsgstr {json.dumps(KNOWN[one], ensure_ascii=False)}\n" for one in KNOWN)
    catalogue.write_text("\n".join(said), "utf-8")
    messages.cache_clear()
    return Translator("zh_CN", Lexicon(tmp_path, {"zh_CN": {"China": "中国"}}, {"zh_CN": {"Share": "份额"}}))


def cell(words: Translator, text: str) -> object:
    """Say a cell of a table as it comes from a notebook that was kept, whose keys are sorted."""
    made = table(pd.DataFrame({"a": [text]}), name="x", caption="", source="")._repr_mimebundle_()[0][MIME]
    kept = json.loads(json.dumps(made, sort_keys=True))
    assert plain(kept["body"][0][0]) == text
    return words.table(kept)["body"][0][0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Share", "份额"),
        ("China of 2021", "2021的中国"),
        ("Share of China", "Share of China"),  # a word of cells is part of a label's words, which nobody has translated
        (Untranslated("China"), "China"),
        (Untranslated("Trade (贸易)", zh="贸易"), "贸易"),
        (Untranslated("Trade (貿易)", zh_TW="貿易"), "Trade (貿易)"),
        (Message("{0} asks: {1}", Untranslated("Trade", zh="贸易"), "Why?"), "贸易问：为什么？"),
        (
            Message(
                "{0} asks: {1}", Untranslated("China"), Message("{0} of {1}", Untranslated("a"), Untranslated("b"))
            ),
            "China问：b的a",
        ),
        (Joined(joined("; ", [Joined("China", ": ", Untranslated("3.5")), "Share"]), "."), "中国：3.5；份额。"),
        (Joined("China: 3.5", ", ", Untranslated("a, b")), "中国: 3.5，a, b"),  # signs within a part are the part's
        (
            Joined("China", " ", Message("{0} of {1}", Untranslated("a"), "China"), ". ", "Why?"),
            "中国 中国的a。为什么？",
        ),
        (enumerated(["China", "Share"]), "中国、份额"),
        (Joined("China", ", ", calendar_year(2021)), "中国，2021年"),
        ("2011–2022", "2011—2022年"),
        ("71–74", "71～74"),
        ("22–36%", "22%～36%"),
        ("2022", "2022"),
        ("4,022", "4,022"),
        ("2025; China, China", "2025年；中国、中国"),
        ("1971–1989, 1991–1992, 1994", "1971—1989年、1991—1992年、1994年"),
        ("China, 2021", "中国，2021年"),
        (Joined("China", ", ", "2011–2022"), "中国，2011—2022年"),
        (
            Message("{0} of {1}", Untranslated("a"), "2011–2022"),
            "2011–2022的a",
        ),  # whose message says what the years are called
        (Myst("$x$", zh="$y$"), {"myst": "$y$"}),
        (Myst("$x$"), {"myst": "$x$"}),
        (Myst("{cite:t}`a` Josef", zh="{cite:ts}`a`"), {"myst": "{cite:ts}`a`"}),
    ],
)
def test_a_cell_is_said_by_what_it_is(words: Translator, text: str, said: object) -> None:
    assert cell(words, text) == said


def test_what_stays_as_it_is_is_asked_of_nobody(words: Translator) -> None:
    cell(words, Message("{0} asks: {1}", Untranslated("Trade"), "Why?"))
    cell(words, Untranslated("A title"))
    english = Translator("en", words.lexicon, words.asked)
    cell(english, Myst("{cite:t}`a` Josef", zh="{cite:ts}`a`"))
    assert set(words.asked) == {"{0} asks: {1}", "Why?"}


def test_sources_stand_one_after_the_other(words: Translator) -> None:
    of = ("Why?", Myst("{cite:t}`a`."), Message("{0} of {1}", Untranslated("a"), Untranslated("b")))
    made = table(pd.DataFrame({"a": [1]}), name="x", caption="", source=of)._repr_mimebundle_()[0][MIME]
    assert together(made["source"]) == "Why? {cite:t}`a`. a of b"
    said = words.table(made)
    assert said["source"] == ["为什么？", {"myst": "{cite:t}`a`."}, "b的a"]
    assert together(said["source"]) == "为什么？{cite:t}`a`. b的a"


def test_fields_are_on_one_line_and_fill_no_others() -> None:
    assert Message("{0}: {1}", "a\nb", "{0}") == "a b: {0}"
    assert Untranslated("a\tb", zh="c\nd").others == {"zh": "c d"}
    assert Joined("a\nb", ": ", "{0}") == "a b: {0}"


def test_the_extension_speaks_for_itself_where_a_book_says_nothing(words: Translator, tmp_path: Path) -> None:
    assert words.say("Source: {0}", "x") == "资料来源：x"
    (tmp_path / "zh_CN/LC_MESSAGES/interface.po").write_text('msgid "Source: {0}"\nmsgstr "出处：{0}"\n', "utf-8")
    messages.cache_clear()
    assert words.say("Source: {0}", "x") == "出处：x"


def test_a_word_beside_a_point_is_asked_for_and_what_a_formula_compares_is_not(words: Translator) -> None:
    point = Point("1", "2", "if(k > 1, 'during', 'after ' + format(k, '.0f'))")
    curve = Curve("rising", "datum.x", [0.0, 5.0])
    said = [Sentence("It is {0}.", [("k", ".0f")])]
    turned = slider_chart(
        [Panel("Rise", (0, 5), [curve], [point])], {"k": Knob("Knob", 0, 2, 1, 1)}, said=said, name="n", title="T",
        subtitle="S", source="o", alt="a",
    )  # fmt: skip
    words.chart(turned.to_dict())
    assert {"during", "after", "rising"} <= set(words.asked)
    assert not {"curve", "point", "base", ".0f"} & set(words.asked)


def test_a_glued_number_has_the_sign_of_charts() -> None:
    glued = ["-0.38", "1995-2000", "-", "China", "0.5"]
    page = nodes.paragraph("", "", *(nodes.inline("", text, classes=["pasted-text"]) for text in glued))
    page += nodes.inline("", "-1")
    extension._signed(None, page, "a")  # pyrefly: ignore[bad-argument-type]
    assert [child.astext() for child in page] == ["−0.38", *glued[1:], "-1"]


def test_a_text_is_as_wide_on_every_python() -> None:
    """Added up in fractions it was 16.49999999999999 on Python 3.11, and its column a tenth of a sign narrower."""
    assert wide("Lashkaripour和Lugovskyy（2023）") == 16.5
    assert wide("a" * 25 + "中国人") == 16.5
