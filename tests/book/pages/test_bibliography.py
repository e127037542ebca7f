"""References keep what the plain style loses."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document
from pybtex.backends.plaintext import Backend
from pybtex.database import parse_file, parse_string
from sphinxcontrib.bibtex.style.referencing import PersonStyle

from book.pages import bibliography
from book.pages.bibliography import AuthorYear, AuthorYearInChinese, Style, StyleInChinese
from gvc.errors import GvcError

ENTRIES = parse_file(str(Path(__file__).parents[3] / "references.bib"), "bibtex").entries
WRITTEN = {entry.key: entry.text.render(Backend()) for entry in Style().format_entries(ENTRIES.values())}


@pytest.mark.parametrize("key", [key for key in ENTRIES if ENTRIES[key].type == "article"])
def test_an_article_keeps_its_issue_pages_and_capitals(key: str) -> None:
    fields, text = ENTRIES[key].fields, WRITTEN[key]
    if "number" in fields:
        issue = f"{fields['volume']}({fields['number']})" if "volume" in fields else f"issue {fields['number']}"
        assert issue.replace("--", "–") in text.replace("--", "–")
    for capital in re.findall(r"(?<![\\{\w])[A-Z][a-z]+", re.sub(r"[{}]|\\\W", "", fields["title"])):
        assert capital in text
    if "pages" in fields:
        assert re.split(r"\D", fields["pages"])[0] in text


def test_references_as_a_whole() -> None:
    assert not [key for key, text in WRITTEN.items() if "`" in text or "''" in text], (
        "quotation marks are those of type"
    )
    assert WRITTEN["vernon1966"] == (
        "Vernon, Raymond. 1966. International Investment and International Trade in the Product Cycle. "
        "The Quarterly Journal of Economics, 80(2): 190–207. doi:10.2307/1880689."
    )
    assert WRITTEN["hong2024"].partition("]. ")[2].startswith("国际贸易, issue ")
    assert "Aiyar, Shekhar; Malacrino, Davide; and Presbitero, Andrea F. 2024. Investing" in WRITTEN["aiyar2024"]


def test_references_as_chinese_readers_write_them() -> None:
    written = {e.key: e.text.render(Backend()) for e in StyleInChinese().format_entries(ENTRIES.values())}
    assert written["hong2024"].startswith("洪俊杰, 陈洋, 杨志浩. 2024. 中国")
    assert "[J]. 国际贸易, (7)" in written["hong2024"]
    assert "[M]" in written["fujita1999"]
    assert "本书所研究的文章" in written["li2025"]
    assert not [text for text in written.values() if "In Chinese" in text]
    marks = {"article": "J", "book": "M", "incollection": "M", "phdthesis": "D", "techreport": "R", "misc": "EB/OL"}
    for key, text in written.items():
        entry = ENTRIES[key]
        assert re.findall(r"\[([A-Z/]+)\]", text) == [marks[entry.type]], text
        translated = re.search("[\u4e00-\u9fff].* \\[", entry.fields["title"])
        assert not (translated and re.search(r"\[\w+ ", text)), text
        if "author_original" not in entry.fields and not translated and entry.fields.get("language") != "Chinese":
            own = re.sub(r"\[[A-Z/]+\]", "", text)
            own = own.replace(entry.fields.get("note_zh", ""), entry.fields.get("note", ""))
            signs = re.compile(r"\W|\bissue\b")
            assert signs.sub("", own) == signs.sub("", WRITTEN[key]), "works in other languages stay"


def _people(style: type[AuthorYear] | type[AuthorYearInChinese], key: str, *, full: bool = False) -> str:
    person: PersonStyle = style().person
    named = person.author_or_editor_or_title(full).format_data({"entry": ENTRIES[key], "style": style()})
    return str(named.render(Backend()))


def test_people_are_cited_as_each_language_does() -> None:
    assert _people(AuthorYear, "hong2024") == "Hong et al."
    assert _people(AuthorYearInChinese, "hong2024") == "洪俊杰等"
    assert _people(AuthorYearInChinese, "hong2024", full=True) == "洪俊杰、陈洋、杨志浩"
    assert _people(AuthorYearInChinese, "tangzhang2022") == "唐宜红和张鹏杨"
    assert _people(AuthorYearInChinese, "feng2022") == "冯宗敬"
    assert _people(AuthorYearInChinese, "aiyar2024") == "Aiyar等"
    assert _people(AuthorYearInChinese, "krugmanvenables1995") == "Krugman和Venables"


@pytest.mark.parametrize("key", [key for key in ENTRIES if "year" in ENTRIES[key].fields])
def test_the_year_stands_second(key: str) -> None:
    *_, last = ENTRIES[key].persons["author"]
    name = " ".join((last.first_names + last.middle_names) or last.last_names).strip("{}").rstrip(".")
    assert re.search(rf"{re.escape(name)}\.? {ENTRIES[key].fields['year']}[.,] ", WRITTEN[key])


@pytest.mark.parametrize("key", [key for key in ENTRIES if ENTRIES[key].fields.get("genre") == "database"])
def test_a_database_can_be_reached(key: str) -> None:
    assert re.search(r"(https?://|doi:10\.)\S+$", WRITTEN[key])


def test_a_doi_is_one_and_belongs_to_one_work() -> None:
    found = [entry.fields["doi"] for entry in ENTRIES.values() if "doi" in entry.fields]
    assert found and len(set(map(str.lower, found))) == len(found)
    assert [doi for doi in found if not re.fullmatch(r"10\.\d{4,5}/\S+", doi)] == []


def test_references_of_all_kinds() -> None:
    assert WRITTEN["millerblair2009"] == (
        "Miller, Ronald E. and Blair, Peter D. 2009. Input–Output Analysis: Foundations and Extensions. "
        "Cambridge University Press, second edition. doi:10.1017/CBO9780511626982."
    )
    assert WRITTEN["herfindahl1950"] == (
        "Herfindahl, Orris C. 1950. Concentration in the Steel Industry. PhD thesis, Columbia University."
    )
    assert WRITTEN["mof2025"].startswith("Ministry of Finance, Japan. 2025, January. ")
    assert (
        WRITTEN["uibe"]
        .partition(". URL: ")[0]
        .endswith("Economics. UIBE GVC Database. Cited by the article as of 12 February 2025")
    )


def test_who_cites_a_work_is_written_again_when_it_has_changed() -> None:
    def works(*told: str) -> SimpleNamespace:
        found = [SimpleNamespace(key=one[0], formatted_entry=SimpleNamespace(text=one)) for one in told]
        return SimpleNamespace(citations=found, bibliographies=[SimpleNamespace(docname="list")])

    known = works("a 1998", "b 2001")
    env = SimpleNamespace(get_domain=lambda _: known, exhibits_cited={"one": [("id", "a")], "two": []})
    assert bibliography.pages_of_lists(None, env) == ["list", "one"]
    assert bibliography.pages_of_lists(None, env) == ["list"]
    known = works("a 1999", "b 2001")
    assert bibliography.pages_of_lists(None, env) == ["list", "one"]


def test_a_language_without_a_style_of_its_own_has_that_of_english() -> None:
    assert bibliography.listing("fr") == bibliography.listing("en") != bibliography.listing("zh_CN")


def test_a_work_without_a_date_says_so_in_the_language_of_the_page() -> None:
    page = new_document("")
    page += nodes.paragraph("", "", nodes.Text("Li n.d.; Wu n.d."), nodes.emphasis("", "2020"))
    bibliography.undated(SimpleNamespace(config=SimpleNamespace(language="zh_CN")), page, "")  # type: ignore[arg-type]
    said = page.astext()
    assert "n.d." not in said
    assert re.search("[\u4e00-\u9fff]", said)


def test_an_address_in_the_references_leads_to_the_web_alone() -> None:
    good = "@book{one, title={A}, url={https://example.org/}} @book{two, title={B}, url={HTTP://example.org/}}"
    bibliography.check_addresses(parse_string(good, "bibtex").entries)
    for address in ("javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//example.org", "example.org"):
        bad = parse_string(f"{good} @book{{li2025, title={{C}}, url={{{address}}}}}", "bibtex").entries
        with pytest.raises(GvcError, match=r"^references\.bib, li2025: expected .*https://.*; found ") as said:
            bibliography.check_addresses(bad)
        assert address.strip() in str(said.value)
