"""Builds the index for the search field: sections of pages, and rows of the glossary and of the list of works.

Pagefind reads the built pages. Each row of the glossary and of the list of works is given to it as a page of its own,
so that a measure, an economy or a title is found as such. It parts Chinese at words that it guesses, and misses many:
sections with Chinese words have an index of their own, in which a script looks for what was typed, as it stands.
"""

import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from pathlib import Path
from urllib.parse import quote

import pycountry
from bs4 import BeautifulSoup, Tag

from book.pages import explorer
from book.translation import Words, lexicon
from exhibits import file_cache
from exhibits.file_cache import once
from gvc import panel
from gvc.errors import GvcError
from industrial_chains import economies as eco
from industrial_chains import literature, sources
from industrial_chains.charting import names

#: Where a site keeps the index.
FOLDER = "pagefind"
#: The index of all that has Chinese words.
CHINESE_INDEX = "chinese.json"
#: The prose of the pages: no code or what it prints, no numbers of tables, no contents, no links to files.
ARTICLE = "article.bd-article"
LEFT_OUT = (
    ".cell_input",
    "details.above-input",
    "div.highlight",
    ".output pre",
    ".gvc-all-code",
    ".gvc-code",
    ".gvc-cite",
    ".gvc-open",
    ".exhibit-downloads",
    ".exhibit-search-bar",
    ".exhibit-source",
    ".exhibit-values",
    "table.exhibit-grid:not(.exhibit-worded) tbody",
    "table.gvc-map",
    ".headerlink",
    ".exhibit-picture",
    ".toctree-wrapper",
    ".gvc-backlinks",
    ".gvc-works-cited",
    '.gvc-word > [role="tooltip"]',
)
OWN_PAGES = "index.html", "chapters/**/*.html"
PAGES = *OWN_PAGES, *(f"zh/{pages}" for pages in OWN_PAGES)
#: Tables of which each row is an entry, by page, and where its title stands: in the head of the row or the cell after.
ENTRIES = {"chapters/methods/glossary": 0, "chapters/methods/bibliography": 1}
#: The words of both languages' pages that are of Latin letters, most frequent first, to tell what was misspelt.
WORDS = "words.json"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: What has been read of pages, from the folder of the book.
KEPT = Path(file_cache.PLACE).with_name("search")
_NAMES = "name", "common_name", "official_name"
_WORD = re.compile(r"[a-zà-ÿ]{4,}")
_ARTICLE = re.compile(r"<article\b[^>]*\bbd-article\b")
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
#: Pages have curved quotes where the data may have straight ones.
_STRAIGHT = str.maketrans("‘’“”", "''\"\"")
#: As much of a row as leads to it: browsers look for whole words, and Chinese ones end for sure at a mark alone.
_PLACE = re.compile(r".{,59}\w\b|.+")
#: Scripts of the library's own forms, which this book does not use.
_FORMS = "pagefind-*ui.*", "pagefind-highlight.js"

_ENTRY = """<!doctype html><html lang="{language}"><title>{title}</title><body><article class="bd-article">
<h1>{title}</h1><p>{content}</p><a data-pagefind-meta="url[href]" href="{url}"></a></article></body></html>"""


@dataclass(frozen=True)
class Entry:
    """A row of a table, which is one result."""

    url: str
    title: str
    content: str
    language: str


def write(site: Path) -> None:
    """Index a built site, unless nothing that is searched has changed since it was indexed.

    Raises
    ------
    GvcError
        If the program that indexes fails, with what it says.
    """
    paths = [path for pages in PAGES for path in sorted(site.glob(pages))]
    searched = sha256(
        repr(
            [LEFT_OUT, *(spelt() for spelt in _SPELT.values()), *(_article(path.read_text("utf-8")) for path in paths)]
        ).encode()
    ).hexdigest()
    done = site.with_name(f"{site.name}-searched")
    if (site / FOLDER).is_dir() and done.is_file() and done.read_text("ascii") == searched:
        return
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in paths:
            copy = folder / path.relative_to(site)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
        for number, entry in enumerate(entries(site)):
            parts = {key: escape(value) for key, value in vars(entry).items()}
            (folder / f"entry-{number}.html").write_text(_ENTRY.format(**parts), "utf-8")
        command = ["--site", name, "--output-path", str(site / FOLDER), "--root-selector", ARTICLE, "--keep-index-url"]
        command += ["--exclude-selectors", ", ".join(LEFT_OUT), "--quiet"]
        command = [sys.executable, "-m", "pagefind", *command]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as indexing:
            parts = json.dumps(list(chinese_parts(site)), ensure_ascii=False)  # meanwhile
            said = indexing.communicate()
    if indexing.returncode:
        raise GvcError(
            str(site),
            expected="an index of the pages for the search field",
            found=said[1].strip() or said[0].strip(),
            remedy="Run make clean and make book; report what it says if that does not help.",
        )
    (site / CHINESE_INDEX).write_text(parts, "utf-8")
    (site / WORDS).write_text(json.dumps(words(site), ensure_ascii=False), "utf-8")
    for left in (path for form in _FORMS for path in (site / FOLDER).glob(form)):
        left.unlink()
    done.write_text(searched, "ascii")
    file_cache.truncate(KEPT)


def prepare(site: Path) -> None:
    """Read the pages of one language already, while those of another are still written."""
    for path in (path for pages in OWN_PAGES for path in site.glob(pages)):
        _sections(_article(path.read_text("utf-8")))


def chinese_parts(site: Path) -> Iterator[dict[str, str]]:
    """Yield what has Chinese words: sections of pages, with the page's title, and rows of the glossary and of works."""
    for path in (path for pages in PAGES for path in sorted(site.glob(pages))):
        name = path.relative_to(site).as_posix()
        if name.removeprefix("zh/").removesuffix(".html") not in ENTRIES:
            parts = _sections(_article(path.read_text("utf-8")))
            yield from ({**part, "url": f"{name}{part['url']}"} for part in parts if CHINESE.search(_told(part)))
    for entry in entries(site):
        if CHINESE.search(entry.content):
            kind = "work" if "/bibliography" in entry.url else "word"
            yield {"url": entry.url, "title": entry.title, "section": "", "text": entry.content, "kind": kind}


def words(site: Path) -> dict[str, str]:
    """Return by language the words of Latin letters that a search may mean, of four letters at least."""
    found: dict[str, Counter[str]] = {"en": Counter(), "zh": Counter()}
    for path in (path for pages in PAGES for path in sorted(site.glob(pages))):
        language = "zh" if path.relative_to(site).parts[0] == "zh" else "en"
        for part in _sections(_article(path.read_text("utf-8"))):
            found[language].update(_WORD.findall(_told(part).lower()))
    for entry in entries(site):
        found[entry.language[:2]].update(_WORD.findall(f"{entry.title} {entry.content}".lower()))
    for language, spelt in _SPELT.items():
        found[language].update(_WORD.findall(" ".join(spelt()).lower()))
    return {language: " ".join(word for word, _ in count.most_common()) for language, count in found.items()}


def _told(part: dict[str, str]) -> str:
    return f"{part['section'] or part['title']} {part['text']}"


def _article(page: str) -> str:
    """Cut the prose out of a page, without drawings: half of a page, and no words of either are searched."""
    begin, end = _ARTICLE.search(page), page.rfind("</article>")
    return _DRAWING.sub("", page[begin.start() : end]) if begin else ""


def _sections(article: str) -> list[dict[str, str]]:
    """List the sections, or find them in the folder of what is kept: most pages stay as they are."""
    kept = KEPT / sha256(f"sections {LEFT_OUT}{article}".encode()).hexdigest()
    found: list[dict[str, str]] = json.loads(once(kept, lambda: json.dumps(list(_read(article))).encode()))
    return found


def _read(article: str) -> Iterator[dict[str, str]]:
    soup = BeautifulSoup(article, "html.parser")
    for left in soup.select(", ".join([*LEFT_OUT, "script", "style", "math annotation"])):
        left.decompose()
    title = ""
    for section in soup.find_all("section"):
        head = section.find(["h1", "h2", "h3", "h4"])
        said = _said(head) if head else ""
        title = said if head and head.name == "h1" else title
        # What is within another section belongs to that one, and a heading is told by itself.
        own = " ".join(
            _said(child) for child in section.find_all(recursive=False) if child.name != "section" and child is not head
        )
        place = f"#{section['id']}" if head and head.name != "h1" else ""
        yield {"url": place, "title": title, "section": "" if said == title else said, "text": own}


def entries(site: Path) -> Iterator[Entry]:
    """Yield the rows of the pages that list measures, economies and works."""
    titles = [title.translate(_STRAIGHT) for title in literature.titles()]
    for page, column in [(f"{folder}{page}", column) for folder in ("", "zh/") for page, column in ENTRIES.items()]:
        path = site / f"{page}.html"
        if not path.is_file():  # a book of one page, as `make chapter` builds
            continue
        for table in BeautifulSoup(path.read_text("utf-8"), "html.parser").select("table.exhibit-grid"):
            for row in table.select("tbody tr"):
                cells = [_said(cell) for cell in row.find_all(["th", "td"])]
                content = " ".join(cells)
                code = not column and names.known(cells[0]) and cells[0] != cells[1]
                title = f"{cells[1]} ({cells[0]})" if code else cells[column]
                if column:
                    straight = title.translate(_STRAIGHT)
                    title = title[: next(len(known) for known in titles if straight.startswith(known))]
                # Browsers that know text fragments scroll to the row, others to its table. There a hyphen is a sign.
                place = _PLACE.match(cells[column])
                text = quote(place[0] if place else "", safe="").replace("-", "%2D")
                url = f"{page}.html#{table['id']}:~:text={text}"
                yield Entry(url, title, content, "zh-cn" if page.startswith("zh/") else "en")


def _said(cell: Tag) -> str:
    return " ".join(cell.get_text().split())


def years() -> list[int]:
    """Return the first and the last year of shares in any database."""
    every = [year for source in sources.SOURCES for year in source.years("fva_share")]
    return [min(every), max(every)]


def asked(words: Words) -> dict[str, str]:
    """Map the names of economies and groups of the explorer, in a language and in English, to their codes."""
    known = lexicon().terms("zh_CN").keys()  # every economy of the databases, and no other
    codes = [*explorer.GROUPS, *(country.alpha_3 for country in pycountry.countries)]
    ours = {name: code for code in codes if (name := names.economy(code)) in known}
    return {words.text(name): code for name, code in ours.items()} | ours


def spellings(words: Words) -> dict[str, str]:
    """Map other names of economies, and other words for what the book names, in small letters, to the book's own.

    In another language English names lead to its own, and of a word that has two, one a language, to that one.
    """
    text = (panel.DATA / "synonyms.csv").read_text("utf-8")
    rows = sorted(csv.DictReader(text.splitlines()), key=lambda row: row["language"] == words.language[:2])
    found = {row["said"].lower(): row["ours"] for row in rows}
    for code in (country.alpha_3 for country in pycountry.countries):
        ours = words.text(english := names.economy(code))
        fields = (getattr(pycountry.countries.get(alpha_3=code), field, ours) for field in _NAMES)
        for other in (english, *fields):
            if other.lower() != ours.lower() and eco.is_economy(code):
                found[other.lower()] = ours
    return dict(sorted(found.items()))


#: What readers may call things, by language of the index.
_SPELT = {"en": lambda: spellings(Words("en")), "zh": lambda: spellings(Words("zh_CN"))}
