"""Updates, checks and counts the catalogues of translations, and builds the book from them.

``python -m book.languages.catalogues`` brings those of every language up to date with the book and
says what they lack; ``… build zh_CN`` builds the book in that language, or with ``--page`` one page of it, ``… build
en``, too.
"""

import argparse
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import write_po

from book.building import processes, sphinx_build
from book.translation import LOCALE, folder, languages
from exhibits.addresses import words as directions
from exhibits.errors import ExhibitError
from exhibits.extension import WIDE
from exhibits.translation import SOURCE, catalogue, parsed, placeholders, tags
from gvc.errors import GvcError
from industrial_chains import oecd_tables

_BOOK = Path(__file__).parents[1]
#: What is said by Python and JavaScript, each in a catalogue of its own.
OWN = ("interface", "exhibits")
#: What Sphinx, the theme and myst-nb have no Chinese for.
FOREIGN = (
    "Skip to main content", "Back to top", "previous page", "next page", "Link to this heading", "Link to this image",
    "Link to this table", "Link to this term", "Toggle hidden content", "Toggle primary sidebar",
    "Toggle secondary sidebar", "Version warning", "Main", "Page", "© Copyright %(copyright)s.",
    "Please activate JavaScript to enable the search functionality.",
)  # fmt: skip
#: The page that stands for one that is not there, as its extension has it.
NOT_FOUND = {
    "title": "Page not found",
    "body": "<h1>Page not found</h1>\n\nUnfortunately we couldn't find the content you were looking for.",
}
#: Warnings of what stands on other pages.
OPEN = ["ref", "myst.xref_missing", "bibtex", "gvc.notebook", "exhibits.elsewhere"]
_ROLE = re.compile(r"\{([\w:-]+)\}`([^`]*)`")
_TARGET = re.compile(r".*<([^>]+)>", re.DOTALL)
_LINK = re.compile(r"\]\(([^)]*)\)")
_MATHS = re.compile(r"\$[^$]+\$")
#: Years and numbers with a point, which no language writes otherwise; but for decades and large round numbers.
_NUMBER = re.compile(r"(?<![\w.])(?:\d{4}|\d+(?:,\d{3})*\.\d+)(?!\.?\d|s\b|\s*(?:thousand|million|billion|trillion))")
_NUMBER_SAID = re.compile(r"(?<![\d.A-Za-z])(?:\d{4}|\d+(?:,\d{3})*\.\d+)(?![\d万亿])")


@dataclass(frozen=True)
class Count:
    """How much of a catalogue is translated."""

    domain: str
    messages: int
    translated: int
    fuzzy: int

    @property
    def missing(self) -> int:
        """How many messages show in English."""
        return self.messages - self.translated


def read(language: str) -> dict[str, Catalog]:
    """Read the catalogues of a language, by domain: a page, or one of `OWN`."""
    place = LOCALE / language / "LC_MESSAGES"
    return {
        path.relative_to(place).with_suffix("").as_posix(): parsed(path, language)
        for path in sorted(place.rglob("*.po"))
    }


def counts(language: str) -> list[Count]:
    """Count the messages of each catalogue."""
    return [
        Count(
            domain,
            len(found := list(_messages(catalog))),
            sum(map(_sound, found)),
            sum(message.fuzzy for message in found),
        )
        for domain, catalog in read(language).items()
    ]


def former(message: Message) -> str:
    """Return what a message that has changed was in English: Babel writes that, and reads it as a comment.

    Examples
    --------
    >>> guess = Message("Of both", "其中", flags=["fuzzy"], user_comments=['| msgid "Of "', '| "two"'])
    >>> former(guess)
    'Of two'
    """
    noted = "\n".join(one.removeprefix("| ") for one in message.user_comments)
    if "msgid " in noted:
        strings = re.findall(r'"((?:[^"\\]|\\.)*)"', noted[noted.index("msgid ") :])
        return re.sub(r"\\(.)", r"\1", " ".join("".join(strings).split()))  # Babel breaks a comment's lines at blanks
    return str(message.previous_id[0]) if message.previous_id else ""


def _sound(message: Message) -> bool:
    return bool(message.string and not message.fuzzy and not troubles(message))


def troubles(message: Message) -> list[str]:
    """Name the roles, formulas, links, tags, placeholders and numbers that a translation has lost or added.

    Examples
    --------
    >>> troubles(Message("{glue:text}`a:.1f` of {0} in 2021", "2022年{0}的{glue:text}`a:.0f`"))
    ['roles: glue:text a:.0f, glue:text a:.1f', 'numbers: 2021, 2022']
    """
    if not message.string:
        return []
    one, other = str(message.id), str(message.string)
    found = []
    for what, of in _THE_SAME.items():
        if differing := of(one) ^ of(other):
            found.append(f"{what}: {', '.join(sorted(differing))}")
    wanted, given = _numbers(_NUMBER, one), _numbers(_NUMBER_SAID, other)
    if differing := (wanted - _digits(other)) | (given - _digits(one)):
        found.append(f"numbers: {', '.join(sorted(differing))}")
    return found


def _roles(text: str) -> set[str]:
    roles = set()
    for name, content in _ROLE.findall(text):
        target = _TARGET.fullmatch(content)
        named = target[1] if target and not name.startswith("glue") else content
        if name == "d":  # each language has a word of its own for the same direction
            word, _, cells = content.replace("：", ":").partition(":")
            named = f"{directions().get(word.strip(), word)}:{cells}"
        roles |= {f"{name} {part.strip()}" for part in (named.split(",") if name.startswith("cite") else [named])}
    return roles


def _maths(text: str) -> set[str]:
    return set(_MATHS.findall(_ROLE.sub("", text)))


def _links(text: str) -> set[str]:
    return set(_LINK.findall(text))


_THE_SAME = {"roles": _roles, "formulas": _maths, "links": _links, "tags": tags, "placeholders": placeholders}


def _numbers(kind: re.Pattern[str], text: str) -> set[str]:
    return {found[0] for found in kind.finditer(_bare(text))}


def _digits(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", _bare(text)))


def _bare(text: str) -> str:
    return _LINK.sub("", _MATHS.sub("", _ROLE.sub("", text)))


# -- from the book to the catalogues


def extract(root: Path) -> dict[str, Catalog]:
    """Read the messages of every page, of the exhibits and of the interface; pages that have not changed do not run."""
    out = root / "_build" / "gettext"
    shutil.rmtree(out / "pot", ignore_errors=True)
    overrides = {"gettext_compact": False, "gettext_location": False}
    options = {"builder": "gettext", "really_quiet": True, "jobs": sphinx_build.JOBS}
    if sphinx_build.sphinx(root, out / "pot", out / "doctrees", overrides, **options):
        sys.exit("The messages could not be read; make book says why.")
    pages = sorted((out / "pot").rglob("*.pot"))
    found = {path.relative_to(out / "pot").with_suffix("").as_posix(): parsed(path) for path in pages}
    found.pop("sphinx", None)
    if "exhibits" in found:
        found["exhibits"].add(oecd_tables.LINE, auto_comments=["oecd_tables.py"])
    return found | {"interface": _interface(root)}


def _interface(root: Path) -> Catalog:
    catalog = Catalog(charset="utf-8")
    for kind, files in (("javascript", (_BOOK / "static").glob("*.js")), ("python", _BOOK.rglob("*.py"))):
        for path in sorted(files):
            for _, message, _, _ in extract_from_file(kind, path, keywords={"say": None}):
                catalog.add(message, auto_comments=[path.name])
    config = yaml.safe_load((root / "_config.yml").read_text("utf-8"))
    for text in configured(config["sphinx"]["config"]):
        catalog.add(text, auto_comments=["_config.yml"])
    catalog.add(" ".join(config["html"]["extra_footer"].split()), auto_comments=["_config.yml"])
    catalog.add(oecd_tables.NOTICE, auto_comments=["oecd_tables.py"])
    for text in (*FOREIGN, *NOT_FOUND.values()):
        catalog.add(text, auto_comments=["Sphinx and its extensions"])
    return catalog


def configured(config: dict[str, Any]) -> Iterator[str]:
    """Yield the texts of the configuration that readers see."""
    yield from (config[name] for name in ("html_title", "nb_code_prompt_show", "nb_code_prompt_hide"))
    yield from config["numfig_format"].values()


def merge(root: Path) -> None:
    """Update the catalogues of every language. A message whose English has changed a little becomes fuzzy."""
    every = {language: read(language) for language in languages()}  # first, since pages take minutes
    templates = extract(root)
    for language, old in every.items():
        for domain, template in templates.items():
            catalog = old.get(domain) or Catalog(locale=language, charset="utf-8")
            catalog.update(template, update_header_comment=False)
            _write(LOCALE / language / "LC_MESSAGES" / f"{domain}.po", catalog, language)
        for domain in old.keys() - templates.keys():
            (LOCALE / language / "LC_MESSAGES" / f"{domain}.po").unlink()


def _write(path: Path, catalog: Catalog, language: str) -> None:
    """Write a catalogue without dates, places and line breaks, which would fill each difference."""
    catalog.obsolete.clear()
    for message in _messages(catalog):
        message.flags -= {"python-format", "python-brace-format"}
        # The old English helps to read a guess. Babel reads it as a comment, which would stay for ever, line by line.
        if message.fuzzy and (before := former(message)):
            message.previous_id = [before]
        if "\n".join(message.user_comments).endswith('"'):
            message.user_comments = []
    held = BytesIO()
    write_po(held, catalog, width=WIDE, no_location=True, omit_header=True, include_previous=True)
    head = f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head + held.getvalue().decode().strip() + "\n", "utf-8")


def _messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def report(language: str) -> int:
    """Print what a language lacks, by catalogue; return how many translations are broken, guesses apart."""
    print(f"{language}{'':26}messages translated fuzzy missing")
    rows = counts(language)
    for row in [*rows, Count("all", *(sum(getattr(r, c) for r in rows) for c in ("messages", "translated", "fuzzy")))]:
        print(f"{row.domain:32}{row.messages:7}{row.translated:11}{row.fuzzy:6}{row.missing:8}")
    for domain, found in read(language).items():
        for message in _messages(found):
            if not _sound(message):
                print(f"\nMISSING {domain}: {message.id}")
                if before := former(message):
                    print(f"  was: {before}\n       {message.string}")
    broken = [
        (domain, m, t)
        for domain, found in read(language).items()
        for m in _messages(found)
        if not m.fuzzy and (t := troubles(m))
    ]
    for domain, message, trouble in broken:
        path = catalogue(LOCALE, language, domain)
        print(f"\nBROKEN {path}: {'; '.join(trouble)}\n  {message.id}\n  {message.string}")
    if broken:
        print("\nLet msgstr have what msgid has: what stands behind the colon is in one of the two alone.")
    return len(broken)


# -- from the catalogues to a site


def compiled(root: Path, language: str) -> Path:
    """Write the catalogues that Sphinx reads: without broken messages, and with the page of each glued number."""
    place = root / "_build" / "locale"
    folder_ = place / language / "LC_MESSAGES"
    wanted = set()
    for domain, catalog in read(language).items():
        if domain == "exhibits":
            continue
        page = domain.rpartition("/")[2]
        out = Catalog(locale=language, charset="utf-8")
        for message in _messages(catalog):
            if _sound(message):
                out.add(message.id, qualified(str(message.string), page))
        held = BytesIO()
        write_po(held, out, width=WIDE, no_location=True, omit_header=True)
        # Sphinx asks this catalogue for its own words, the theme's, too.
        path = folder_ / f"{'sphinx' if domain == 'interface' else domain}.po"
        wanted.add(path)
        text = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n{held.getvalue().decode()}'
        if not path.exists() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    for path in folder_.rglob("*.po"):
        if path not in wanted:
            path.unlink()
            path.with_suffix(".mo").unlink(missing_ok=True)
    return place


def qualified(text: str, page: str) -> str:
    """Name in each glued number the page that keeps it, and a format, without which myst-nb mistakes that name.

    Examples
    --------
    >>> qualified("{glue:text}`share:.1f`和{glue:text}`count`，{glue:text}`other.md::share:.0f`", "waves")
    '{glue:text}`waves.md::share:.1f`和{glue:text}`waves.md::count:s`，{glue:text}`other.md::share:.0f`'
    """

    def name(found: re.Match[str]) -> str:
        if "::" in found[1]:
            return found[0]
        return f"{{glue:text}}`{page}.md::{found[1]}{'' if ':' in found[1] else ':s'}`"

    return re.sub(r"\{glue:text\}`([^`]+)`", name, text)


def settings(root: Path, language: str) -> dict[str, Any]:
    """Compile the messages of a language, and return how Sphinx's settings differ from ``_config.yml`` in it."""
    if language == SOURCE:
        return {}
    return {
        "language": language,
        "locale_dirs": [str(compiled(root, language).relative_to(root))],
        "gettext_compact": False,
    }


def build(root: Path, language: str, page: str = "") -> int:
    """Build the book in a language, or one page of it; return 0 if that succeeds."""
    place = root / "_build" / (f"{folder(language) or language}-page" if page else folder(language))
    overrides = settings(root, language)
    if page:
        toc = root / ".make" / "toc.yml"
        toc.parent.mkdir(exist_ok=True)
        toc.write_text(f"format: jb-book\nroot: {page}\n", "utf-8")
        # Of one page by itself links to others, and to works that another lists, stay open.
        overrides |= {"external_toc_path": str(toc), "suppress_warnings": OPEN}
    run = sphinx_build.sphinx if page else sphinx_build.strict
    if run(root, place / "html", place / ".doctrees", overrides, quiet=True):
        return 1
    if page:
        print(f"The page: open {(place / 'html' / page).relative_to(root)}.html")
    return 0


def main() -> int:
    """Run as a command."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("what", nargs="?", choices=["merge", "build", "count"], default="merge")
    ask.add_argument("language", nargs="?", default="")
    ask.add_argument("--page", default="")
    told = ask.parse_args()
    root = Path.cwd()
    try:
        with processes.alone(root):
            if told.what == "build":
                return build(root, told.language, told.page)
            if told.what == "merge":
                merge(root)
            return min(1, sum(report(language) for language in languages()))
    except (ExhibitError, GvcError) as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    sys.exit(main())
