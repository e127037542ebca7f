"""What the search field is given besides the pages: rows of the glossary and of the list of works."""

import gzip
from pathlib import Path
from urllib.parse import quote

import pytest

from book.pages import search
from book.translation import Words
from industrial_chains import literature

_ROW = "<tr><th>{0}</th><td>{1}</td><td>{2}</td></tr>"


def _page(site: Path, name: str, table: str, *rows: str) -> None:
    path = site / f"{name}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    body = f'<table class="exhibit-grid" id="{table}"><tbody>{"".join(rows)}</tbody></table>'
    path.write_text(f"<html lang='en'><article class='bd-article'><h1>Page</h1>{body}</article></html>", "utf-8")


def test_rows_are_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flight = "A flying-geese model of industrial upgrading within a large economy?"
    monkeypatch.setattr(literature, "titles", lambda: [flight, 'Geese ("雁行形态"理论)', "War & peace", "War"])
    _page(tmp_path, "chapters/methods/glossary", "economies", _ROW.format("VNM", "Viet Nam", "ASEAN（东盟）"))
    works = [
        _ROW.format("Che (2012)", "Geese (“雁行形态”理论). Asks: What flies?", "Che"),
        _ROW.format("Bown (2022)", "War & <em>peace</em>. Finds: Fell.", "Bown"),
        _ROW.format(
            "Coase (1937)", "A flying-geese model of industrial upgrading within a large economy? Asks: Is it?", ""
        ),
    ]
    _page(tmp_path, "chapters/methods/bibliography", "works", *works)
    found: dict[str, list[str]] = {}
    for entry in search.entries(tmp_path):
        found.setdefault(entry.title, []).append(entry.language)
    assert found == {
        "Viet Nam (VNM)": ["en"],
        "Geese (“雁行形态”理论)": ["en"],
        "War & peace": ["en"],
        "A flying-geese model of industrial upgrading within a large economy?": ["en"],
    }
    places = [entry.url for entry in search.entries(tmp_path)]
    assert places[0] == "chapters/methods/glossary.html#economies:~:text=VNM"
    assert places[-1].endswith("model%20of%20industrial%20upgrading%20within%20a%20large"), "at the end of a word"
    assert "#works:~:text=A%20flying%2Dgeese%20" in places[-1]


def test_a_chinese_row_has_its_title_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(literature, "titles", lambda: ["长" * 70, "“雁行形态”理论研究评述", "Trade"])
    works = [
        _ROW.format("车维汉（2004）", "“雁行形态”理论研究评述。问题：有哪些发现？", ""),
        _ROW.format("Bown（2022）", "Trade. 发现：疏远。", ""),
        _ROW.format("甲（2020）", "长" * 70, ""),
    ]
    _page(tmp_path, "zh/chapters/methods/bibliography", "works", *works)
    found = list(search.entries(tmp_path))
    assert [(entry.title, entry.language) for entry in found] == [
        ("“雁行形态”理论研究评述", "zh-cn"),
        ("Trade", "zh-cn"),
        ("长" * 70, "zh-cn"),
    ]
    assert found[2].url.endswith(quote("长" * 70)), "no word of it ends before"


def test_an_index_is_written_and_nothing_else_of_the_library(tmp_path: Path) -> None:
    _page(tmp_path, "chapters/methods/glossary", "economies", _ROW.format("VNM", "Viet Nam", "ASEAN"))
    search.write(tmp_path)
    names = {path.name for path in (tmp_path / "pagefind").iterdir()}
    assert {"pagefind.js", "pagefind-entry.json"} <= names
    assert not {name for name in names if "ui" in name}


def test_an_index_is_made_again_where_a_word_has_changed_and_not_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    site = tmp_path / "site"
    site.mkdir()
    made = []
    for said in ("eins", "eins<svg><text>Bild</text></svg>", "zwei"):
        (site / "index.html").write_text(
            f"<html lang='en'><p>{len(made)}</p><article class='bd-article'><h1>A</h1><p>{said}</p></article></html>",
            "utf-8",
        )
        search.write(site)
        made.append((site / "pagefind" / "pagefind-entry.json").stat().st_mtime_ns)
    assert made[0] == made[1] < made[2]
    (fragment,) = (site / "pagefind" / "fragment").iterdir()
    assert "zwei" in gzip.decompress(fragment.read_bytes()).decode("utf-8")


def test_prose_is_indexed_and_nothing_beside_it(tmp_path: Path) -> None:
    article = """<h1>Page</h1><p class="gvc-all-code"><button>Zeigen</button></p><p>Prosa</p>
    <div class="output text_plain"><div class="highlight"><pre>Ausgabe</pre></div></div>
    <figure class="exhibit-chart"><figcaption>Bildname</figcaption><details class="exhibit-values">Werte</details>
    <p class="exhibit-source">Quelle <a class="gvc-open">Oeffnen</a></p>
    <details class="gvc-code"><summary>Kode</summary></details></figure>
    <table class="exhibit-grid"><caption>Tafel</caption><tbody><tr><td>Zahl</td></tr></tbody></table>
    <table class="exhibit-grid exhibit-worded"><tbody><tr><td>Satz</td></tr></tbody></table>"""
    (tmp_path / "index.html").write_text(
        f"<html lang='en'><article class='bd-article'>{article}</article></html>", "utf-8"
    )
    search.write(tmp_path)
    [fragment] = (tmp_path / "pagefind" / "fragment").iterdir()
    said = gzip.decompress(fragment.read_bytes()).decode("utf-8")
    for word in ("Prosa", "Bildname", "Tafel", "Satz"):
        assert word in said
    for word in ("Zeigen", "Ausgabe", "Werte", "Quelle", "Oeffnen", "Kode", "Zahl"):
        assert word not in said


def test_other_names_lead_to_ours() -> None:
    spelt = search.spellings(Words("en"))
    assert spelt["vietnam"] == "Viet Nam"
    assert spelt["south korea"] == "Korea"
    assert spelt["russian federation"] == "Russia"
    assert spelt["download data"] == "data to take"
    assert "china" not in spelt
    assert spelt["贸易增加值"] == "增加值贸易"
    assert spelt["附加值"] == "增加值"
    chinese = search.spellings(Words("zh_CN"))
    assert (chinese["vietnam"], chinese["viet nam"], chinese["china"]) == ("越南", "越南", "中国")
    assert (spelt["tariff"], chinese["tariff"]) == ("duties", "关税")


def test_words_are_told_by_language_and_the_most_frequent_first(tmp_path: Path) -> None:
    for name, said in (("index.html", "Tariff, tariff and dutiful"), ("zh/index.html", "关税 TiVA WIOD 与 tiva")):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        article = f"<section id='a'><h1>Page</h1><p>{said}</p><p class='gvc-code'>Kode</p></section>"
        path.write_text(f"<html><article class='bd-article'>{article}</article></html>", "utf-8")
    found = {language: words.split() for language, words in search.words(tmp_path).items()}
    assert found["en"].index("tariff") < found["en"].index("dutiful")
    assert "vietnam" in found["en"], "and what readers may say"
    assert found["zh"].index("tiva") < found["zh"].index("wiod")
    assert "kode" not in found["en"]


def test_a_chinese_heading_is_not_repeated_in_what_stands_below_it(tmp_path: Path) -> None:
    section = '<section id="a"><h1>页</h1><section id="b"><h2>东盟居首</h2><p>份额上升。</p></section></section>'
    path = tmp_path / "zh" / "chapters" / "one.html"
    path.parent.mkdir(parents=True)
    path.write_text(f"<html lang='zh-CN'><article class='bd-article'>{section}</article></html>", "utf-8")
    assert [(part["section"], part["text"]) for part in search.chinese_parts(tmp_path)] == [
        ("", ""),
        ("东盟居首", "份额上升。"),
    ]
