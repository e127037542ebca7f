"""What the search field is given besides the pages: rows of the glossary and of the list of works."""

from pathlib import Path

from report.book import search

_ROW = "<tr><th>{0}</th><td>{1}</td><td>{2}</td></tr>"


def _page(site: Path, name: str, table: str, *rows: str) -> None:
    path = site / f"{name}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    body = f'<table class="gvc" id="{table}"><tbody>{"".join(rows)}</tbody></table>'
    path.write_text(f"<html lang='en'><article class='bd-article'><h1>Page</h1>{body}</article></html>", "utf-8")


def test_rows_are_entries(tmp_path: Path) -> None:
    _page(tmp_path, "chapters/methods/glossary", "economies", _ROW.format("VNM", "Viet Nam", "ASEAN"))
    works = [
        _ROW.format("Che (2012)", "Geese (“雁行形态”理论). Asks: What flies?", "Che"),
        _ROW.format("Bown (2022)", "War & <em>peace</em>. Finds: Fell.", "Bown"),
    ]
    _page(tmp_path, "chapters/methods/bibliography", "works", *works)
    found = {entry.title: (entry.language, entry.url) for entry in search.entries(tmp_path)}
    place = "chapters/methods/{}.html#{}:~:text={}"
    assert found["Viet Nam (VNM)"] == ("en", place.format("glossary", "economies", "VNM"))
    assert found["Geese (“雁行形态”理论)"][0] == "zh-cn"
    assert found["War & peace"][0] == "en"


def test_an_index_is_written_and_nothing_else_of_the_library(tmp_path: Path) -> None:
    _page(tmp_path, "chapters/methods/glossary", "economies", _ROW.format("VNM", "Viet Nam", "ASEAN"))
    search.write(tmp_path)
    names = {path.name for path in (tmp_path / "pagefind").iterdir()}
    assert {"pagefind.js", "pagefind-entry.json"} <= names
    assert not {name for name in names if "ui" in name}


def test_other_names_lead_to_ours() -> None:
    spelt = search.spellings()
    assert spelt["vietnam"] == "Viet Nam"
    assert spelt["south korea"] == "Korea"
    assert spelt["russian federation"] == "Russia"
    assert "china" not in spelt
