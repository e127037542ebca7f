"""Formats references, links each back to where it is cited, and lists at the end of a page the works it cites.

Surnames stand first, the year second; titles are as their authors spell them; an issue may lack a volume.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as field_
from functools import partial
from html import escape
from typing import Any, ClassVar

from docutils import nodes
from pybtex.backends.plaintext import Backend as PlainText
from pybtex.database import Entry
from pybtex.plugin import find_plugin, register_plugin
from pybtex.richtext import Text
from pybtex.style.formatting import toplevel
from pybtex.style.formatting.plain import Style as PlainStyle
from pybtex.style.formatting.unsrt import date, pages
from pybtex.style.template import field, first_of, join, names, optional, sentence, tag, words
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError
from sphinxcontrib.bibtex import plugin
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.style.referencing import BracketStyle, PersonStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

from book.translation import Words
from exhibits.render import by_page
from gvc.errors import GvcError

#: How the names of the styles begin.
NAME = "economists"


class Style(PlainStyle):
    """The plain style with issues that have no volume, as in most Chinese journals."""

    default_name_style = "lastfirst"
    #: An issue that has no volume.
    issue = "issue ", field("number")

    def format_entry(self, label: str, entry: Entry, bib_data: Any = None) -> Any:
        """Drop the year at the end, where the plain style writes it."""
        when = ", ".join(entry.fields[part] for part in ("year", "month") if part in entry.fields)
        fields = {**entry.fields, "year": "", "month": "", "when": when}
        dated = Entry(entry.type, fields, entry.persons)
        dated.key = entry.key
        return super().format_entry(label, dated, bib_data)

    def format_names(self, role: str, as_sentence: bool = True) -> Any:
        """Separate people by semicolons, since names contain commas, and add the year after the authors."""
        people = names(role, sep="; ", sep2=" and ", last_sep="; and ")
        if role == "author":
            return join(sep=" ")[sentence[people], sentence[field("when")]]
        return sentence[people] if as_sentence else people

    def format_title(self, e: Entry, which_field: str, as_sentence: bool = True) -> Any:
        """Keep capitals: the plain style lowers all that is not in braces."""
        title = field(which_field)
        return sentence[title] if as_sentence else title

    def get_article_template(self, e: Entry) -> Any:
        """Write volume, issue and pages, as far as they are known."""
        issue = join["(", field("number"), ")"]
        volume = first_of[optional[join[field("volume"), optional[issue]]], optional[self.issue]]
        place = first_of[
            optional[join[volume, ": ", pages]]
            if {"volume", "number"} & set(e.fields)
            else optional[words["pages", pages]],
            optional[volume],
            optional[words["pages", pages]],
        ]
        return toplevel[
            self.format_names("author"),
            self.format_title(e, "title"),
            sentence[tag("em")[field("journal")], optional[place], optional[date]],
            sentence[optional[field("note")]],
            self.format_web_refs(e),
        ]


class StyleInChinese(Style):
    """As Chinese readers expect it, by GB/T 7714 with author and year: each title says what kind of work it is.

    Chinese works have neither English titles nor notes; a note on another is told in Chinese, by `note_zh`.
    """

    issue = "(", field("number"), ")"
    #: Marks of GB/T 7714 by type of entry; what is on the web alone is `online`.
    marks: ClassVar = {"article": "[J]", "book": "[M]", "incollection": "[M]", "phdthesis": "[D]", "techreport": "[R]"}
    online = "[EB/OL]"

    def format_entry(self, label: str, entry: Entry, bib_data: Any = None) -> Any:
        """Give authors in their own script, and drop the translation of a title."""
        fields = {
            name: _IN_ENGLISH.sub(r"\1", value) if name == "title" else value for name, value in entry.fields.items()
        }
        fields["title"] += self.marks.get(entry.type, self.online)
        if "author_original" in fields:
            fields["author_original"] = fields["author_original"].replace("、", ", ")
        note = fields.pop("note", None)
        if note and fields.get("language") != "Chinese":
            fields["note"] = fields["note_zh"]
        own = Entry(entry.type, fields, entry.persons)
        own.key = entry.key
        return super().format_entry(label, own, bib_data)

    def format_names(self, role: str, as_sentence: bool = True) -> Any:
        """Look at the original names first."""
        if role == "author":
            own = join(sep=" ")[sentence[field("author_original")], sentence[field("when")]]
            return first_of[optional[own], super().format_names(role)]
        return super().format_names(role, as_sentence)


#: A title in Chinese characters, and its English.
_IN_ENGLISH = re.compile(r"([^\[]*[\u4e00-\u9fff][^\[]*) \[.*\]", re.DOTALL)
_WEB = re.compile("https?://", re.IGNORECASE)
_ROUND = partial(BracketStyle, left="(", right=")")
_WIDE = partial(BracketStyle, left="（", right="）", sep="；")


@dataclass
class AuthorYear(AuthorYearReferenceStyle):
    """Citations as economists write them: Koopman et al. (2014)."""

    bracket_textual: BracketStyle = field_(default_factory=_ROUND)
    bracket_parenthetical: BracketStyle = field_(default_factory=_ROUND)


@dataclass
class _People(PersonStyle):
    """Names in Chinese script, where they have one."""

    sep: str = "、"
    sep2: str | None = "和"
    last_sep: str | None = "和"
    other: str | None = "等"

    def author_or_editor_or_title(self, full: bool) -> Any:
        """Look at the original names first."""
        own = field("author_original", apply_func=partial(self._own, full=full), raw=True)
        return first_of[optional[own], super().author_or_editor_or_title(full)]

    def _own(self, people: str, full: bool) -> Text:
        first, *more = people.split("、")
        if full:
            return Text(people)
        return Text(f"{first}等" if len(more) > 1 else people.replace("、", "和"))


@dataclass
class AuthorYearInChinese(AuthorYearReferenceStyle):
    """Citations as Chinese economists write them: Koopman等（2014）; 冯宗敬（2022）."""

    bracket_textual: BracketStyle = field_(default_factory=_WIDE)
    bracket_parenthetical: BracketStyle = field_(default_factory=_WIDE)
    person: PersonStyle = field_(default_factory=_People)
    author_year_sep: str = "，"
    text_reference_sep: str = ""


#: How the book cites, and writes its references, by language.
STYLES = {"en": AuthorYear, "zh_CN": AuthorYearInChinese}
LISTS = {"en": Style, "zh_CN": StyleInChinese}


def citing(language: str) -> str:
    """Name the style that cites in a language."""
    return f"author_year_{language if language in STYLES else 'en'}"


def people(entry: Entry, language: str) -> str:
    """Name who wrote a work, as a citation in a language does."""
    style = STYLES.get(language, AuthorYear)()
    named = style.person.author_or_editor_or_title(full=False).format_data({"entry": entry, "style": style})
    return str(named.render(PlainText()))


def listing(language: str) -> str:
    """Name the style of the references in a language."""
    return f"{NAME}_{language if language in LISTS else 'en'}"


def register(app: Sphinx) -> None:
    """Make the styles known to Sphinx, and connect the rest."""
    for language, written in LISTS.items():
        register_plugin("pybtex.style.formatting", listing(language), written)
    # Else each citation searches all installed packages for it.
    register_plugin("pybtex.backends", "plaintext", PlainText, force=True)
    for language, style in STYLES.items():
        plugin.register_plugin("sphinxcontrib.bibtex.style.referencing", citing(language), style)
    app.connect("config-inited", _configure)
    app.connect("env-before-read-docs", _check)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("doctree-read", note)
    app.connect("env-get-updated", pages_of_lists)
    app.connect("doctree-resolved", undated)
    app.connect("doctree-resolved", link_back)
    app.connect("doctree-resolved", list_cited)


def _configure(app: Sphinx, config: Config) -> None:
    config.bibtex_reference_style = citing(config.language)
    config.bibtex_default_style = listing(config.language)


def check_addresses(entries: Mapping[str, Entry]) -> None:
    """Refuse an address that does not lead to the web: a browser would run one that begins with ``javascript:``.

    Raises
    ------
    GvcError
        For the first, with its entry.
    """
    for key, entry in entries.items():
        if not _WEB.match(address := entry.fields.get("url", "https://")):
            raise GvcError(
                f"references.bib, {key}",
                expected="an address that begins with https:// or http://",
                found=address,
                remedy="Correct its url.",
            )


def _check(app: Sphinx, env: Any, pages: list[str]) -> None:
    try:
        check_addresses(_domain(env).bibdata.data.entries)
    except GvcError as error:
        raise ExtensionError(str(error)) from error


def cited(env: Any) -> dict[str, list[tuple[str, str]]]:
    """Return by page what it cites, place by place: the place's id and the work's key.

    The domain of citations has them, too, but of a translated page those of both languages.
    """
    return by_page(env, "cited")


def _purge(app: Sphinx, env: Any, page: str) -> None:
    cited(env).pop(page, None)


def _merge(app: Sphinx, env: Any, names: set[str], other: Any) -> None:
    cited(env).update({page: places for page, places in cited(other).items() if page in names})


def note(app: Sphinx, page: nodes.document) -> None:
    """Remember what a page cites, when it has been read."""
    cited(app.env)[app.env.docname] = [
        (node["ids"][0], target.key)
        for node in page.findall(addnodes.pending_xref)
        if node.get("refdomain") == "cite"
        for target in parse_citation_targets(node["reftarget"])
    ]


def undated(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Translate "n.d.", for a work without a date."""
    no_date = Words(app.config.language).say("n.d.")
    for text in list(doctree.findall(lambda node: isinstance(node, nodes.Text) and "n.d." in node)):
        text.parent.replace(text, nodes.Text(text.replace("n.d.", no_date)))


def _domain(env: Any) -> Any:
    return env.get_domain("cite")


def pages_of_lists(app: Sphinx, env: Any) -> list[str]:
    """Have the list of references written again at every build, and all citing pages when a work has changed."""
    before, works = getattr(env, "gvc_works", {}), _domain(env).citations
    env.gvc_works = {work.key: str(work.formatted_entry.text) for work in works}
    lists = [key.docname for key in _domain(env).bibliographies]
    return lists if env.gvc_works == before else [*lists, *(page for page, places in cited(env).items() if places)]


def link_back(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Link each reference of a list to the places that cite it, in the order of the book."""
    entries = list(doctree.findall(nodes.citation))
    if not entries or app.builder.name != "html":  # all on one page, a place shares its id with others
        return
    words = Words(app.config.language)
    places = defaultdict(list)
    for origin in app.config.external_site_map:
        for place, key in cited(app.env).get(origin, ()):
            places[key].append(
                (f"{app.builder.get_relative_uri(page, origin)}#{place}", app.env.titles[origin].astext())
            )
    keys = {citation.citation_id: citation.key for citation in _domain(app.env).citations}
    for entry in entries:
        entry.attributes.pop("backrefs", None)  # which lead to this page alone
        links = ""
        for number, (address, title) in enumerate(places[keys[entry["ids"][0]]], 1):
            name = escape(words.say("{0}. Cited in: {1}", str(number), title))
            links += f'<a href="{address}" title="{name}" aria-label="{name}">{number}</a>'
        if links:
            entry[-1] += nodes.raw("", f' <span class="gvc-backlinks">↩{links}</span>', format="html")


def list_cited(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """List at the end of a page, for print, the works that it cites; the printed book has the whole list instead."""
    keys = {key for _, key in cited(app.env).get(page, ())}
    works = [citation for citation in _domain(app.env).citations if citation.key in keys]
    if app.builder.name == "html" and works and not any(doctree.findall(nodes.citation)):
        written = find_plugin("pybtex.backends", "docutils")()
        title = nodes.rubric("", Words(app.config.language).say("Works that this page cites"))
        entries = [written.paragraph(work.formatted_entry) for work in works]
        next(doctree.findall(nodes.section)).append(nodes.container("", title, *entries, classes=["gvc-works-cited"]))
