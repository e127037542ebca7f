"""The Chinese edition: catalogues that keep numbers and roles, and a site beside the English one."""

import calendar
import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
import yaml
from babel.messages.catalog import Catalog, Message
from playwright.sync_api import BrowserContext
from sphinx.search.zh import SearchChinese

from book import translation
from book.languages import catalogues, language_links
from book.pages import chinese_bigrams
from exhibits import charts, tables, text
from exhibits import translation as engine
from exhibits.errors import ExhibitError
from exhibits.text import Joined, Untranslated, calendar_year, coded, enumerated, joined
from industrial_chains import literature
from tests.browser import PHONE, parsed
from tests.conftest import ROOT

SITE = ROOT / "_build" / "html"
CATALOGUES = catalogues.read("zh_CN")
#: As many characters in a row as may be chance, or a name.
RUN = 12


def translated() -> Iterator[tuple[str, Message]]:
    for domain, catalog in CATALOGUES.items():
        yield from ((domain, message) for message in catalog if message.id and message.string)


def test_no_translation_is_broken() -> None:
    broken = [
        (domain, found, message.id)
        for domain, message in translated()
        if not message.fuzzy and (found := catalogues.troubles(message))
    ]
    assert broken == []


@pytest.mark.parametrize(
    ("said", "trouble"),
    [
        ("2021年{glue:text}`a:.1f`，见{cite:p}`b,c`，{0}", ""),
        ("2021年{glue:text}`a:.1f`，见{cite:p}`c, b`，{0}", ""),
        ("2022年{glue:text}`a:.1f`，见{cite:p}`b,c`，{0}", "numbers"),
        ("2021年{glue:text}`a:.2f`，见{cite:p}`b,c`，{0}", "roles"),
        ("2021年{glue:text}`a:.1f`，见{cite:p}`b`，{0}", "roles"),
        ("2021年{glue:text}`a:.1f`，见{cite:p}`b,c`", "placeholders"),
        ("2021年{glue:text}`a:.1f`，见{cite:p}`b,c`，{0}，3.5", "numbers"),
    ],
)
def test_a_lost_or_added_number_is_found(said: str, trouble: str) -> None:
    found = catalogues.troubles(Message("{glue:text}`a:.1f` in 2021 {cite:p}`b,c`: {0}", said))
    assert [one.partition(":")[0] for one in found] == ([trouble] if trouble else [])


@pytest.mark.parametrize(
    ("english", "said", "missing"),
    [
        ("Package 0.18.23, means", "包0.18.23，平均值", []),
        ("from 1.55 to 2.0", "从1.5到2.0", ["numbers: 1.5, 1.55"]),
        ("in the 1990s, in 1999", "20世纪90年代，1999年", []),
    ],
)
def test_numbers_are_compared_whole(english: str, said: str, missing: list[str]) -> None:
    """A version with three parts is none, and nothing is cut out of it."""
    assert catalogues.troubles(Message(english, said)) == missing


@pytest.mark.parametrize(
    ("english", "said", "sound"),
    [
        ("Code: <b>MIT</b>.", "代码：<b>MIT</b>。", True),
        ("Where p < 0.05", "p < 0.05之处", True),
        ("{doc}`Waves <waves>` and $a<b$", "{doc}`浪潮 <waves>`与$a<b$", True),
        ("Code", "代码<script>alert(1)</script>", False),
        ("Code", "代码<img src=x onerror=alert(1)>", False),
        ("Code", "代码<img src=x onerror=alert(1) x=", False),
        ("Code", "代码<!-- ", False),
        ("Code", "代码<javascript:alert(1)>", False),
        ("Code: <b>MIT</b>.", '代码：<b onclick="alert(1)">MIT</b>。', False),
        ("Code: <b>MIT</b>.", "代码：MIT。", False),
    ],
)
def test_markup_that_a_translation_adds_or_loses_is_found_and_not_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, english: str, said: str, sound: bool
) -> None:
    found = [one.partition(":")[0] for one in catalogues.troubles(Message(english, said))]
    assert found == ([] if sound else ["tags"])
    path = tmp_path / "zh_CN" / "LC_MESSAGES" / "interface.po"
    path.parent.mkdir(parents=True)
    path.write_text(f"msgid {json.dumps(english)}\nmsgstr {json.dumps(said, ensure_ascii=False)}\n", "utf-8")
    assert engine.Translator("zh_CN", engine.Lexicon(tmp_path)).say(english) == (said if sound else english)
    engine.messages.cache_clear()


@pytest.mark.parametrize(
    ("english", "said", "sound"),
    [
        ("Years before {0}", "{0}年以前", True),
        ("{0} in {1}", "{1}年为{0}", True),
        ("$x_{0}$ in {1}", "{1}年的$x_{0}$", True),
        ("Years before {0}", "年以前", False),
        ("Years before {0}", "{0}年至{1}年", False),
    ],
)
def test_an_exhibit_says_no_message_that_has_lost_a_number(
    tmp_path: Path, english: str, said: str, sound: bool
) -> None:
    path = tmp_path / "zh_CN" / "LC_MESSAGES" / "exhibits.po"
    path.parent.mkdir(parents=True)
    path.write_text(f"msgid {json.dumps(english)}\nmsgstr {json.dumps(said, ensure_ascii=False)}\n", "utf-8")
    assert engine.messages(tmp_path, "zh_CN", "exhibits") == ({english: said} if sound else {})
    engine.messages.cache_clear()


def test_a_broken_message_is_not_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "locale" / "zh_CN" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "page.po").write_text(
        'msgid "{glue:text}`a`"\nmsgstr "{glue:text}`a`年"\n\nmsgid "In 2021"\nmsgstr "2020年"\n', "utf-8"
    )
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path / "locale")
    catalogues.compiled(tmp_path, "zh_CN")
    built = (tmp_path / "_build/locale/zh_CN/LC_MESSAGES/page.po").read_text("utf-8")
    assert 'msgstr "{glue:text}`page.md::a:s`年"' in built
    assert "2020年" not in built


def test_a_guess_is_counted_and_is_no_broken_translation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "zh_CN" / "LC_MESSAGES"
    place.mkdir(parents=True)
    guessed = '#, fuzzy\nmsgid "Of two, {0}"\nmsgstr "其中"\n\n'
    (place / "page.po").write_text(guessed + 'msgid "Of three, {0}"\nmsgstr "三者之中"\n', "utf-8")
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    assert catalogues.report("zh_CN") == 1
    said = capsys.readouterr().out
    assert re.findall(r"^page +(\d+) +(\d+) +(\d+) +(\d+)$", said, re.MULTILINE) == [("2", "0", "1", "2")]
    assert re.findall(r"^BROKEN .*\n +(.*)", said, re.MULTILINE) == ["Of three, {0}"]
    assert f"BROKEN {place / 'page.po'}: placeholders: {{0}}" in said
    assert said.endswith("Let msgstr have what msgid has: what stands behind the colon is in one of the two alone.\n")


def test_the_old_english_stands_above_a_guess_until_it_is_read(tmp_path: Path) -> None:
    """Babel reads it as a comment, and would write it again above each translation for ever."""
    path = tmp_path / "page.po"
    guess = '#, fuzzy\n#| msgid "Of two"\nmsgid "Of both"\nmsgstr "其中"\n'
    read = '#. a note\n# | msgid "Of 3"\n#| msgid "Of four"\nmsgid "Of three"\nmsgstr "三者之中"\n'
    path.write_text(f"{guess}\n{read}", "utf-8")
    for _ in range(2):
        catalogues._write(path, catalogues.parsed(path, "zh_CN"), "zh_CN")
        held = path.read_text("utf-8")
        assert re.findall("^#.*", held, re.MULTILINE) == ["#, fuzzy", '#| msgid "Of two"', "#. a note"]


LONG = " ".join(f'{{glue:text}}`share_{i}:.1f` per "cent"' for i in range(30)) + "."


def test_a_long_old_sentence_stays_whole_and_goes_whole(tmp_path: Path) -> None:
    """Its lines were broken anew at each writing, and all but the first stayed when the guess had been read."""
    path = tmp_path / "page.po"
    catalog = Catalog(locale="zh_CN", charset="utf-8")
    catalog.add("Of both", "其中", flags=["fuzzy"], previous_id=(LONG,))
    for _ in range(3):
        catalogues._write(path, catalog, "zh_CN")
        [catalog] = [catalogues.parsed(path, "zh_CN")]
        assert catalogues.former(catalog["Of both"]) == LONG
    path.write_text(path.read_text("utf-8").replace("#, fuzzy\n", ""), "utf-8")
    catalogues._write(path, catalogues.parsed(path, "zh_CN"), "zh_CN")
    assert "#" not in path.read_text("utf-8")


def test_a_contributor_of_english_is_not_stopped_by_translations(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A changed sentence, even with another year, is a guess; so `make i18n` ends well, and lists it."""
    place = tmp_path / "locale" / "zh_CN" / "LC_MESSAGES"
    place.mkdir(parents=True)
    translated = {"Before": "前", "Korea rose in 2021.": "2021年韩国上升。", "After": "后"}
    content = "\n\n".join(f'msgid "{one}"\nmsgstr "{other}"' for one, other in translated.items())
    (place / "page.po").write_text(content + "\n", "utf-8")
    template = Catalog()
    for said in ("Before", "Korea rose in 2022.", "After", "A paragraph that is new."):
        template.add(said)
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path / "locale")
    monkeypatch.setattr(translation, "LOCALE", tmp_path / "locale")
    monkeypatch.setattr(catalogues, "extract", lambda _: {"page": template})
    monkeypatch.setattr("sys.argv", ["catalogues"])
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        assert catalogues.main() == 0
        said = capsys.readouterr().out
        assert "MISSING page: Korea rose in 2022.\n  was: Korea rose in 2021.\n       2021年韩国上升。\n" in said
        assert "MISSING page: A paragraph that is new.\n\n" in said or said.endswith("that is new.\n")


def test_a_message_without_a_sound_translation_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "zh_CN" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "page.po").write_text(
        'msgid "In 2021"\nmsgstr "2020年"\n\nmsgid "One"\nmsgstr "一"\n\nmsgid "Two"\nmsgstr ""\n', "utf-8"
    )
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    catalogues.report("zh_CN")
    said = capsys.readouterr().out
    assert "MISSING page: In 2021" in said
    assert "MISSING page: Two" in said
    assert "MISSING page: One" not in said


GOOD = 'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n\n#. a note\nmsgid "One"\nmsgstr "一"\n'


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (GOOD.replace('"一"', '"一'), '7: expected .*; found msgstr "一\\.'),
        (GOOD.replace('"一"', '一"'), '7: expected .*; found msgstr 一"'),
        (GOOD.replace('"一"', '"一"二"'), '7: expected .*; found msgstr "一"二"'),
        (GOOD.replace('msgstr "一"', 'msgstring "一"'), '7: expected .*; found msgstring "一"'),
        (GOOD.replace('msgstr "一"', '<<<<<<< HEAD\nmsgstr "一"\n=======\nmsgstr "二"\n>>>>>>> b'), "7: .* HEAD"),
        (GOOD.replace('msgstr "一"', 'msgstr "一"\nmsgstr "二"'), '8: expected msgid after msgstr; found msgstr "二"'),
        (GOOD.replace('msgstr "一"', 'msgstr "一"\n"二"\nmsgstr "三"'), "9: expected msgid after msgstr"),
        (GOOD.replace('msgstr "一"', ""), "6: .*; found missing msgstr for msgid 'One'"),
        (GOOD.replace('msgstr "一"\n', 'msgstr "一"\n# a note\n"二"\n'), "9: .* but not in msgid, msgstr or msgctxt"),
        (GOOD.replace("一", "中国").encode("gb18030"), r"7: expected text in UTF-8; found .* b'\\xd6\\xd0\\xb9\\xfa'"),
    ],
)
@pytest.mark.parametrize("command", ["merge", "count", "build"])
def test_a_damaged_catalogue_is_refused_by_its_line_and_stays_as_it_is(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    bad: str | bytes,
    says: str,
    command: str,
) -> None:
    path = tmp_path / "zh_CN" / "LC_MESSAGES" / "exhibits.po"
    path.parent.mkdir(parents=True)
    content = bad.encode() if isinstance(bad, str) else bad
    path.write_bytes(content)
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    monkeypatch.setattr(translation, "LOCALE", tmp_path)
    monkeypatch.setattr(catalogues, "extract", lambda _: pytest.fail("pages take minutes"))
    monkeypatch.setattr("sys.argv", ["catalogues", command, "zh_CN"])
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match=rf"(?s)^error: {re.escape(str(path))}, line {says}") as ended:
        catalogues.main()
    assert "\n" not in str(ended.value)
    assert path.read_bytes() == content
    engine.messages.cache_clear()
    with pytest.raises(ExhibitError):
        translation.messages("zh_CN", "exhibits")


def test_a_sound_catalogue_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "zh_CN" / "LC_MESSAGES" / "exhibits.po"
    path.parent.mkdir(parents=True)
    text = GOOD + '\n#, fuzzy\nmsgid "Two"\nmsgstr "二"\n\nmsgid ""\n"A \\"b\\" \\\\"\nmsgstr ""\n"甲“乙”\\\\"\n'
    path.write_bytes(text.replace("\n", "\r\n").encode())
    monkeypatch.setattr(translation, "LOCALE", tmp_path)
    engine.messages.cache_clear()
    assert translation.messages("zh_CN", "exhibits") == {"One": "一", 'A "b" \\': "甲“乙”\\"}
    engine.messages.cache_clear()


def test_a_build_of_the_book_begins_with_its_catalogues(tmp_path: Path) -> None:
    """Before any page is read, and by one line."""
    shutil.copytree(ROOT / "book", tmp_path / "book", ignore=shutil.ignore_patterns("__pycache__"))
    path = tmp_path / "locale" / "zh_CN" / "LC_MESSAGES" / "exhibits.po"
    path.parent.mkdir(parents=True)
    path.write_text(GOOD.replace('"一"', '"一'), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "book.publishing.site"],
        cwd=tmp_path,
        env={**os.environ, "LANGUAGES": "en zh_CN", "PYTHONPATH": f"{tmp_path}:{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"error: {path}, line 7: expected ")
    assert done.stderr.count("\n") == 1


def test_catalogues_hold_nothing_old_and_no_places() -> None:
    for path in sorted(translation.LOCALE.rglob("*.po")):
        lines = path.read_text("utf-8").splitlines()
        assert not [line for line in lines if line.startswith(("#~", "#: "))], path
    assert not list(translation.LOCALE.rglob("*.mo"))


def test_every_page_has_a_catalogue() -> None:
    pages = {path.relative_to(ROOT).with_suffix("").as_posix() for path in (ROOT / "chapters").rglob("*.md")}
    assert pages | {"index", *catalogues.OWN} == set(CATALOGUES)


def test_the_interface_is_translated() -> None:
    assert [count.missing for count in catalogues.counts("zh_CN") if count.domain == "interface"] == [0]


def test_a_term_stands_once() -> None:
    with (ROOT / "data" / "terms.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({(row["en"], row["kind"] == "term") for row in rows}) == len(rows)
    said = [row["zh"] for row in rows if row["kind"] == "economy"]
    assert len(set(said)) == len(said)


def _bare(text: str) -> str:
    """Strip text of quotations, titles, roles, addresses and signs."""
    text = re.sub(r"《[^》]*》|“[^”]*”|\(https?://[^)]*\)|(?:\{[\w:-]+\})?`[^`]*`", "|", text)
    return re.sub(r"[\s，。；：、！？（）()\[\]*—–-]", "", text)


def test_no_sentence_of_the_article_is_copied(test_data: Path) -> None:
    article = "".join(_bare(path.read_text("utf-8")) for path in (test_data / "article").glob("*.txt"))
    known = {article[i : i + RUN] for i in range(len(article) - RUN)}
    shared = []
    for domain, message in translated():
        said = _bare(str(message.string))
        shared += [
            (domain, run) for i in range(len(said) - RUN + 1) if "|" not in (run := said[i : i + RUN]) and run in known
        ]
    assert shared == []


# -- what is rendered


def test_labels_keep_their_numbers_and_know_their_names() -> None:
    words = translation.Words("zh_CN")
    assert words.text("China → Japan") == "中国 → 日本"
    assert words.text("Korea 12.3") == "韩国 12.3"
    assert words.text("gvc.gross_exports") == "gvc.gross_exports"
    assert words.text("−1,234.5") == "−1,234.5"
    assert words.text("OECD") == "经合组织"
    assert words.text("China → Japan 11.27") == "中国 → 日本 11.27"
    assert words.text("2007–2021") == "2007—2021年"
    assert words.asked == {}
    assert words.text("Nobody has translated Korea in 2021") == "Nobody has translated Korea in 2021"
    assert words.asked == {"Nobody has translated {0} in {1}": ("Nobody has translated Korea in 2021", "")}


@pytest.mark.parametrize("name", ["ASEAN with Myanmar", "Mining and fuels", "Other services, utilities"])
def test_the_longest_of_two_names_is_the_one_that_is_meant(name: str) -> None:
    assert engine.key(f"{name} 12.3", translation.lexicon().held) == ("{0} {1}", [name, "12.3"])


def test_formulas_and_roles_keep_their_digits() -> None:
    message, values = engine.key("From {cite:p}`li2025` $x_{1}$ in 2021: 3.5")
    assert message == "From {cite:p}`li2025` $x_{1}$ in {0}: {1}"
    assert engine.filled("{1}（{0}）$x_{1}$", values) == "3.5（2021）$x_{1}$"


def test_what_a_link_says_is_words() -> None:
    words = translation.Words("zh_CN")
    assert words.text("{ref}`Product cycle <theory-cycle>`") == "{ref}`产品生命周期 <theory-cycle>`"
    assert words.text("{ref}`theory-cycle` {cite:p}`vernon1966`") == "{ref}`theory-cycle` {cite:p}`vernon1966`"
    assert list(words.asked) == ["{ref}`Product cycle <theory-cycle>`"]


def said(cell: str) -> object:
    """Say a cell of a table in Chinese, as it comes from a notebook that was kept."""
    made = tables.table(pd.DataFrame({"Work": [cell]}), name="x", caption="", source="")
    content = json.loads(json.dumps(made._repr_mimebundle_()[0][tables.MIME], sort_keys=True))
    return translation.Words("zh_CN").table(content)["body"][0][0]


WORK = {
    "key": "hong2024",
    "authors": "Hong, J.; Chen, Y.",
    "authors_original": "洪俊杰、陈洋",
    "title_english": "On relocation",
    "title_original": "国际产业转移论",
    "outlet": "东南亚研究",
    "outlet_english": "Southeast Asian Studies",
    "volume": "",
    "issue": "4",
    "year": 2021,
    "language": "Chinese",
}
IN_ENGLISH = WORK | {
    **{"key": "vernon1966", "authors": "Vernon, Raymond", "authors_original": "", "title_original": "On relocation"},
    **{"outlet": "QJE", "outlet_english": "", "volume": "80", "issue": "2", "year": 1966, "language": "English"},
}


def test_a_work_is_cited_by_all_its_authors_in_their_own_writing() -> None:
    assert said(literature._cited(WORK)) == {"myst": "{cite:ts}`hong2024`"}
    assert said(literature._cited(IN_ENGLISH)) == {"myst": "{cite:t}`vernon1966`"}


def test_a_title_in_chinese_stands_in_chinese() -> None:
    assert literature._titled(WORK) == "On relocation (国际产业转移论)"
    assert said(literature._titled(WORK)) == "国际产业转移论"
    assert said(literature._titled(IN_ENGLISH)) == "On relocation"


@pytest.mark.parametrize(
    ("work", "english", "chinese"),
    [
        (
            WORK,
            "Hong, J.; Chen, Y. 东南亚研究 (Southeast Asian Studies), issue 4, 2021",
            "东南亚研究，第4期，2021",
        ),
        (
            WORK | {"issue": ""},
            "Hong, J.; Chen, Y. 东南亚研究 (Southeast Asian Studies), 2021",
            "东南亚研究，2021",
        ),
        (IN_ENGLISH, *["Vernon, Raymond. QJE, 80(2), 1966"] * 2),
    ],
)
def test_an_outlet_in_chinese_stands_in_chinese(work: dict[str, object], english: str, chinese: str) -> None:
    printed = literature._printed(work)
    assert printed == english
    assert said(printed) == chinese


def test_what_a_work_asks_stands_apart_from_a_title_in_english() -> None:
    asks = "How has industry moved between countries?"
    for work, english, chinese in (
        (WORK, "On relocation (国际产业转移论). Asks: ", "国际产业转移论。问题："),
        (IN_ENGLISH, "On relocation. Asks: ", "On relocation. 问题："),
    ):
        cell = text.Message("{0}Asks: {1}", literature._titled(work, ended=True), asks)
        assert cell == english + asks
        assert str(said(cell)).startswith(chinese)
        assert not re.search("Asks|industry", str(said(cell)))


def test_what_is_put_together_of_parts_is_said_part_by_part() -> None:
    assert said(
        Joined(
            joined("; ", [Joined("China", ": ", Untranslated("3.5")), Joined("Japan", ": ", Untranslated("2.0"))]), "."
        )
    ) == ("中国：3.5；日本：2.0。")


def test_a_list_and_a_year_have_the_signs_of_the_language() -> None:
    every = enumerated(["China", "Japan", "Korea"])
    assert every == "China, Japan, Korea"
    assert said(every) == "中国、日本、韩国"
    dated = Joined("China", ", ", calendar_year(2021))
    assert dated == "China, 2021"
    assert said(dated) == "中国，2021年"


def test_a_chart_is_translated_as_data(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {
        "gross": "总值",
        "Trade of {0}": "{0}年的贸易",
        "Bars.": "条形图。",
        "{0} in {1}": "{1}年为{0}",
        "percent": "百分比",
        "Below {0} it is {1}.": "是{1}，若低于{0}。",
    }
    monkeypatch.setattr(engine, "messages", lambda *_: known)
    spec = {
        "title": {"text": ["Trade of", "2021"], "subtitle": ["percent"]},
        "description": "Bars. China: 3.0 in 2021.",
        "usermeta": {
            "exhibit": {
                "name": "x",
                "source": [],
                "alt": "Bars.",
                "told": coded(
                    Joined("China", ": ", text.Message("{0} in {1}", Untranslated("3.0"), Untranslated("2021")), ".")
                ),
                "csv": "",
                "sentence": {"choices": ["Below {0} it is {1}."], "base": ["0", "7", "2"]},
            }
        },
        "datasets": {"d": [{"who": "China", "what": "gross", "_colour": "#ffffff", "v": 3.0}]},
        "mark": "bar",
        "transform": [{"filter": "datum.what === 'gross' && datum['gross'] != 1"}],
        "encoding": {
            "y": {"field": "who", "sort": ["China"]},
            "x": {"field": "v", "axis": {"title": "percent"}},
            "text": {"field": "what"},
            "color": {"field": "_colour", "scale": None},
        },
    }
    said = translation.Words("zh_CN").chart(spec)
    assert said["title"]["text"] == ["2021年的贸易"]
    assert charts.base_case(said["usermeta"]["exhibit"]["sentence"]) == "是2，若低于7。"
    assert said["description"] == "条形图。中国：2021年为3.0。"
    assert said["datasets"]["d"] == [{"who": "中国", "what": "总值", "_colour": "#ffffff", "v": 3.0}]
    assert said["encoding"]["y"]["sort"] == ["中国"]
    assert said["encoding"]["x"]["axis"]["title"] == "百分比"
    assert said["transform"] == [{"filter": "datum.what === \"总值\" && datum['gross'] != 1"}]
    assert spec["datasets"]["d"][0]["who"] == "China"


def test_two_labels_of_one_series_never_become_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "messages", lambda *_: {"goods": "货物", "wares": "货物"})
    spec = {
        "title": {"text": ["x"], "subtitle": []},
        "description": "",
        "usermeta": {"exhibit": {"name": "x", "source": [], "alt": "", "told": ""}},
        "datasets": {"d": [{"what": "goods"}, {"what": "wares"}]},
        "encoding": {"y": {"field": "what"}},
    }
    with pytest.raises(ValueError, match="one translation"):
        translation.Words("zh_CN").chart(spec)


def test_messages_keep_their_places_whether_a_chart_has_just_run_or_was_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "messages", lambda *_: {})
    spec = {
        "usermeta": {"exhibit": {"name": "x", "source": [], "alt": "", "told": ""}},
        "title": {"text": ["x"], "subtitle": []},
        "description": "",
        "encoding": {"y": {"field": "who", "title": "Firm"}, "color": {"field": "what", "title": "Goods"}},
        "datasets": {"d": [{"who": "maker", "what": "wares"}], "c": [{"who": "owner", "what": "tools"}]},
    }
    kept = json.loads(json.dumps(spec, sort_keys=True))  # as notebooks are written
    just_run, from_the_cache = translation.Words("zh_CN"), translation.Words("zh_CN")
    just_run.chart(spec)
    from_the_cache.chart(kept)
    assert list(just_run.asked) == list(from_the_cache.asked)
    assert {"maker", "wares", "owner", "tools", "Firm", "Goods"} <= set(just_run.asked)


def test_lines_break_between_characters_and_never_before_a_sign() -> None:
    assert engine.folded("一二三四五，六七。", 5) == ["一二三四", "五，六七。"]
    assert engine.folded("Trade of China and Japan", 8) == ["Trade of China", "and Japan"]


def test_pairs_of_characters_are_indexed() -> None:
    assert chinese_bigrams.Pairs({}).split("增加值 VAX") == ["VAX", "增加", "加值"]


def test_words_are_stemmed_as_sphinx_does() -> None:
    words = ["Exports", "of", "intermediates", "in", "OECD", "countries,", "aes", "ies", "VAX", "2022", "增加值"]
    sphinx = SearchChinese({})
    sphinx.split(" ".join(words))
    assert [chinese_bigrams.Pairs({}).stem(word) for word in words] == [sphinx.stem(word) for word in words]


def test_addresses_of_the_other_language() -> None:
    there = language_links.others("zh_CN", "chapters/theory/waves", ["en", "zh_CN"])
    assert [one["address"] for one in there] == [
        "../../../chapters/theory/waves.html",
        "../../../zh/chapters/theory/waves.html",
    ]


# -- the site

_NUMBER = re.compile(r"[-−]?[\d.,]*\d")


def _meant(number: float, after: str) -> set[float]:
    """Return the numbers that English may have: 亿 counts billions and hundreds of millions, 万 millions."""
    if after.startswith("亿"):
        return {round(number / 10, 6), round(number * 100, 6)}
    return {round(number / 100 if re.match("万(?!亿)", after) else number, 6)}


@pytest.fixture(scope="module")
def site() -> Path:
    if not (SITE / "zh").exists():
        pytest.fail("There is no _build/html/zh to look at; build the book first: make book", pytrace=False)
    return SITE


def _pages() -> list[str]:
    every = (path.relative_to(SITE / "zh") for path in (SITE / "zh").rglob("*.html"))
    moved = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["sphinx"]["config"]["gvc_moved"]
    pages = (path.as_posix() for path in every if not path.parts[0].startswith("_"))
    return sorted(page for page in pages if page.removesuffix(".html") not in moved)


@pytest.fixture(scope="module", params=_pages() or ["no page"])
def name(site: Path, request: pytest.FixtureRequest) -> str:
    assert site
    return str(request.param)


def test_each_page_stands_in_both_languages_and_says_where(site: Path, name: str) -> None:
    for folder, language in (("", "en"), ("zh/", "zh-CN")):
        page = parsed(f"{folder}{name}")
        links = {str(link["hreflang"]): str(link["href"]) for link in page.select("link[hreflang]")}
        assert page.html and page.html["lang"] == language
        assert set(links) == {"en", "zh-CN", "x-default"}
        for code, address in links.items():
            there = ((site / folder / name).parent / address).resolve()
            assert there == (site / ("zh" if code == "zh-CN" else "") / name).resolve()
        assert len(page.select("a.gvc-language")) == 1


def _glued(page: str) -> list[set[float]]:
    return [
        _meant(float(number.replace(",", "").replace("−", "-")), str(span.next_sibling))
        for span in parsed(page).select("span.pasted-text")
        for number in _NUMBER.findall(span.text)
    ]


def test_glued_numbers_are_those_of_the_english_page(name: str) -> None:
    english = {number for meant in _glued(name) for number in meant}
    # A glued month is a word in English and a number in Chinese.
    said = {span.text.strip() for span in parsed(name).select("span.pasted-text")}
    english |= {float(at) for at, month in enumerate(calendar.month_name) if month and month in said}
    chinese = _glued(f"zh/{name}")
    assert [meant for meant in chinese if not meant & english] == []
    assert english <= {number for meant in chinese for number in meant}


def test_numbers_are_glued(site: Path) -> None:
    assert site
    assert len(_glued("zh/chapters/northeast_asia/long_run.html")) > 10


def test_headings_are_chinese(site: Path) -> None:
    for name in ("chapters/explorer.html", "chapters/methods/bibliography.html"):
        assert all(
            re.search(r"[\u4e00-\u9fff]", one.text) for one in parsed(f"zh/{name}").select("article h1, article h2")
        )


def test_the_switch_keeps_the_section_and_the_offer_can_be_dismissed(site: Path, browser: BrowserContext) -> None:
    page = browser.new_page()
    page.goto((site / "zh/chapters/methods/bibliography.html").as_uri() + "#all-references")
    assert page.locator(".gvc-offer").inner_text().startswith("This book is in English")
    # At one go, since a section jumped to is still on its way when a page has loaded.
    moved = """() => {
      const top = () => document.querySelector('#all-references').getBoundingClientRect().top + scrollY;
      const under = top();
      document.querySelector('.gvc-offer button').click();
      return top() - under;
    }"""
    assert page.evaluate(moved) == 0
    page.wait_for_timeout(500)  # the browser writes down in its own time what a page remembers
    page.reload()
    assert page.locator(".gvc-offer").count() == 0
    page.locator("a.gvc-language").first.click()
    page.wait_for_url("**/html/chapters/methods/bibliography.html#all-references")
    page.locator("a.gvc-language").first.click()
    page.wait_for_url("**/html/zh/chapters/methods/bibliography.html#all-references")
    page.close()


def test_the_explorer_speaks_chinese(site: Path, browser: BrowserContext) -> None:
    page = browser.new_page()
    page.goto((site / "zh/chapters/explorer.html").as_uri())
    page.wait_for_selector("#gvc-explorer[data-shown]")
    said = page.locator(".gvc-explorer-said").inner_text()
    assert re.search(r"\d{4}年，东北亚占墨西哥出口国外增加值的[\d.]+%；\d{4}年为[\d.]+（经合组织", said)
    assert not re.search(r"[a-z]{4}", said)
    page.close()


def test_search_finds_characters(site: Path, browser: BrowserContext) -> None:
    page = browser.new_page()
    page.goto((site / "zh/search.html").as_uri() + "?q=估计值")
    page.wait_for_selector("#search-results a[href*='explorer']")
    page.close()


def test_no_column_of_words_is_one_character_wide(site: Path, browser: BrowserContext) -> None:
    page = browser.new_page()
    page.set_viewport_size(PHONE)
    page.goto((site / "zh/chapters/theory/modes.html").as_uri())
    widths = page.eval_on_selector_all("#geese-table tbody th", "cells => cells.map((cell) => cell.clientWidth)")
    assert widths
    assert min(widths) > 40
    page.close()
