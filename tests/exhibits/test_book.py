"""Another book adopts the extension: that of its README, of one page, in two languages, built by nothing else."""

import json
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import BrowserContext

from tests import small_books

ROOT = Path(__file__).parents[2]
README = (ROOT / "exhibits" / "README.md").read_text("utf-8")
CHINESE = {
    "More wheat each year": "小麦逐年增加",
    "Million tonnes": "百万吨",
    "Wheat": "小麦",
    "Wheat {0}": "小麦 {0}",
    "A rising line.": "一条上升的线。",
    "Invented.": "虚构数据。",
    "{0} in {1}": "{1}年为{0}",
}
#: What builds it may import, and no package of this repository but one.
ALONE = "import sys; sys.modules.update(gvc=None, industrial_chains=None); from sphinx.cmd.build import main; "


def example() -> dict[str, str]:
    """Read the files of the example from the README."""
    found = re.findall(r"^`([\w.]+)`:\n\n(`{3,})\w+\n(.*?)\n\2$", README, re.MULTILINE | re.DOTALL)
    return {name: text + "\n" for name, _, text in found}


def build(book: Path, *builds: str) -> None:
    """Build a book, once for each of some arguments and in one process."""
    arguments = [["-n", "-W", "--keep-going", "-q", *one.split()] for one in builds]
    command = f"{ALONE}sys.exit(any([main(one) for one in {arguments!r}]))"
    done = subprocess.run([sys.executable, "-c", command], cwd=book, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = tmp_path_factory.mktemp("another")
    small_books.lend_fonts(book)
    for name, text in example().items():
        (book / name).write_text(text, "utf-8")
    catalogue = book / "locale/zh_CN/LC_MESSAGES/exhibits.po"
    catalogue.parent.mkdir(parents=True)
    said = (f"msgid {json.dumps(one)}\nmsgstr {json.dumps(CHINESE[one], ensure_ascii=False)}\n" for one in CHINESE)
    catalogue.write_text("\n".join(said), "utf-8")
    # Only the first runs the page as the example says; the others have one result among them.
    kept = "-D nb_execution_mode=cache -D nb_execution_cache_path=_build/kept ."
    others = ("-b gettext", "-D language=zh_CN", "-b singlehtml")
    places = (f"{how} {kept} _build/{place}" for how, place in zip(others, ("gettext", "zh", "paper"), strict=True))
    build(book, ". _build/html", *places)
    return book


def page(book: Path, site: str) -> BeautifulSoup:
    return BeautifulSoup((book / "_build" / site / "index.html").read_text("utf-8"), "html.parser")


def test_the_example_is_short() -> None:
    files = example()
    assert set(files) == {"conf.py", "index.md"}
    assert len(files["conf.py"].splitlines()) == 3
    assert len(files["index.md"].partition("{code-cell}")[2].splitlines()) < 10


def test_its_chart_is_a_numbered_figure_with_its_numbers_aloud(book: Path) -> None:
    (figure,) = page(book, "html").select("figure#wheat")
    caption = " ".join(figure.select_one("figcaption").get_text().split())
    assert caption.removesuffix("¶") == "Fig. 1 More wheat each year Million tonnes"
    assert figure.select_one("[role=img]")["aria-label"] == ("A rising line. Wheat: 7.1 in 2020, 9.0 in 2022.")
    assert figure.select_one(".exhibit-source").get_text().startswith("Source: Invented. Download: CSV · SVG · PNG")
    links = [link["href"] for link in figure.select("a[download]")]
    assert links == [f"_exhibits/wheat.{ending}" for ending in ("csv", "svg", "png")]
    assert all((book / "_build/html" / link).is_file() for link in links)


def test_its_files_stand_on_their_own(book: Path) -> None:
    folder = book / "_build/html/_exhibits"
    numbers = pd.read_csv(folder / "wheat.csv", comment="#")
    assert numbers.to_dict("list") == {"year": [2020, 2021, 2022], "tonnes": [7.1, 8.4, 9.0], "crop": ["Wheat"] * 3}
    drawn = "".join(ElementTree.parse(folder / "wheat.svg").getroot().itertext())
    assert all(words in drawn for words in ("More wheat each year", "Million tonnes", "Source: Invented.", "Wheat 9.0"))
    assert (folder / "wheat.png").read_bytes().startswith(b"\x89PNG")


def test_what_it_says_can_be_translated(book: Path) -> None:
    asked = set(re.findall(r'^msgid "(.+)"$', (book / "_build/gettext/exhibits.pot").read_text("utf-8"), re.MULTILINE))
    assert set(CHINESE) <= asked


def test_in_another_language_all_of_it_is(book: Path) -> None:
    (figure,) = page(book, "zh").select("figure#wheat")
    assert "小麦逐年增加" in figure.select_one("figcaption").get_text()
    assert figure.select_one("[role=img]")["aria-label"] == "一条上升的线。小麦：2020年为7.1，2022年为9.0。"
    assert figure.select_one(".exhibit-source").get_text().startswith("资料来源：虚构数据。 下载：CSV")
    assert not re.search(r"[A-Za-z]{4}", figure.select_one(".exhibit-static svg").get_text())
    assert "# 资料来源：虚构数据。" in (book / "_build/zh/_exhibits/wheat.csv").read_text("utf-8")


def test_it_is_drawn_live_where_a_reader_comes_near(book: Path, browser: BrowserContext) -> None:
    tab = browser.new_page()
    troubles: list[str] = []
    tab.on("pageerror", lambda error: troubles.append(str(error)))
    tab.goto((book / "_build/html/index.html").as_uri())
    tab.locator("figure#wheat").hover()
    tab.locator("figure#wheat .exhibit-live svg").wait_for()
    assert not tab.locator("figure#wheat .exhibit-static").is_visible()
    tab.locator("figure#wheat summary").click()
    rows = tab.locator("figure#wheat .exhibit-values-table tr")
    rows.last.wait_for()
    assert rows.count() == 4
    tab.close()
    assert troubles == []


def test_a_number_in_its_sentence_leads_to_its_cell(book: Path, browser: BrowserContext) -> None:
    (sentence,) = (p for p in page(book, "html").select("p") if "harvest" in p.get_text())
    assert sentence.get_text() == "The harvest rose to 9.0 million tonnes."
    tab = browser.new_page()
    tab.goto((book / "_build/html/index.html").as_uri())
    tab.get_by_role("link", name="9.0").click()
    marked = tab.locator("figure#wheat td.exhibit-cited")
    marked.wait_for()
    assert marked.inner_text() == "9"
    assert marked.evaluate("cell => cell.parentNode.textContent").startswith("2022")
    assert tab.locator("figure#wheat details").get_attribute("open") is not None
    assert marked.evaluate("cell => cell.getBoundingClientRect().bottom <= innerHeight")
    tab.close()
    (printed,) = (p for p in page(book, "paper").select("p") if "harvest" in p.get_text())
    assert (printed.get_text(), printed.select("a")) == (sentence.get_text(), [])


def test_an_address_that_leads_nowhere_stops_a_strict_build(book: Path, tmp_path: Path) -> None:
    for name in ("conf.py", "index.md"):
        (tmp_path / name).write_text((book / name).read_text("utf-8").replace("last]:.1f", "2023]:.1f"), "utf-8")
    small_books.lend_fonts(tmp_path)
    kept = ["-D", "nb_execution_mode=cache", "-D", f"nb_execution_cache_path={book / '_build/kept'}"]
    command = [sys.executable, "-m", "sphinx", "-W", "-q", *kept, ".", "_build"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    told = re.sub(r"\s+", " ", done.stderr)
    wanted = "no cell is wheat[2023]; no label is 2023; its keys are, in their order, 2020, 2021, 2022 | Wheat | tonnes"
    assert f"index.md:15:{{n}}`wheat[2023]:.1f`: {wanted}" in told


def test_a_phone_has_a_legible_picture_before_it_is_drawn_live(book: Path, browser: BrowserContext) -> None:
    tab = browser.new_page()
    tab.set_viewport_size({"width": 390, "height": 800})
    for site in ("html", "zh"):
        tab.goto((book / f"_build/{site}/index.html").as_uri())
        picture = tab.locator("figure#wheat .exhibit-phone")
        assert picture.is_visible()
        assert not tab.locator("figure#wheat .exhibit-static").is_visible()
        heights = picture.locator("text").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
        assert min(heights) > 10
    tab.locator("figure#wheat").hover()
    tab.locator("figure#wheat .exhibit-live svg").wait_for()
    assert not tab.locator("figure#wheat .exhibit-phone").is_visible()
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.goto((book / "_build/html/index.html").as_uri())
    assert not tab.locator("figure#wheat .exhibit-phone").is_visible()
    tab.emulate_media(media="print")
    assert not tab.locator("figure#wheat .exhibit-phone").is_visible()
    assert tab.locator("figure#wheat .exhibit-static svg").is_visible()
    tab.close()


def test_it_prints(book: Path, browser: BrowserContext) -> None:
    tab = browser.new_page()
    tab.goto((book / "_build/paper/index.html").as_uri())
    tab.emulate_media(media="print")
    assert tab.locator("figure#wheat .exhibit-static svg").is_visible()
    assert not tab.locator("figure#wheat .exhibit-downloads").is_visible()
    assert len(tab.pdf()) > 10_000
    tab.close()


def test_it_needs_none_of_this_repository_but_itself() -> None:
    run = "import sys; sys.modules.update(gvc=None, industrial_chains=None, sphinx=None); "
    run += "from exhibits import charts, prose, tables, sliders"
    subprocess.run([sys.executable, "-c", run], check=True)
