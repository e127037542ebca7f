"""How references are written: surnames first, titles as their authors spell them, an issue without a volume."""

# mypy: disable-error-code="import-untyped,no-untyped-def,no-untyped-call,misc"
# (pybtex has no types)

from dataclasses import dataclass
from dataclasses import field as field_
from functools import partial

from pybtex.plugin import register_plugin
from pybtex.richtext import Text
from pybtex.style.formatting import toplevel
from pybtex.style.formatting.plain import Style as PlainStyle
from pybtex.style.formatting.unsrt import date, pages
from pybtex.style.template import field, first_of, join, names, optional, sentence, tag, words
from sphinxcontrib.bibtex import plugin
from sphinxcontrib.bibtex.style.referencing import BracketStyle, PersonStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

#: The name of the style in ``_config.yml``.
NAME = "economists"


class Style(PlainStyle):
    """The plain style, but for what it loses: most Chinese journals number issues by year and have no volume."""

    default_name_style = "lastfirst"

    def format_names(self, role, as_sentence=True):
        """Set people apart by semicolons, since commas set their names apart."""
        people = names(role, sep="; ", sep2=" and ", last_sep="; and ")
        return sentence[people] if as_sentence else people

    def format_title(self, e, which_field, as_sentence=True):
        """Keep capitals: the plain style lowers all that is not in braces."""
        title = field(which_field)
        return sentence[title] if as_sentence else title

    def get_article_template(self, e):
        """Write volume, issue and pages, as far as they are known."""
        issue = join["(", field("number"), ")"]
        volume = first_of[optional[join[field("volume"), optional[issue]]], optional["issue ", field("number")]]
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


_ROUND = partial(BracketStyle, left="(", right=")")
_WIDE = partial(BracketStyle, left="（", right="）", sep="；")


@dataclass
class AuthorYear(AuthorYearReferenceStyle):
    """Citations as economists write them: Koopman et al. (2014)."""

    bracket_textual: BracketStyle = field_(default_factory=_ROUND)
    bracket_parenthetical: BracketStyle = field_(default_factory=_ROUND)


@dataclass
class _People(PersonStyle):
    """People in their own writing, if it is Chinese."""

    sep: str = "、"
    sep2: str | None = "和"
    last_sep: str | None = "和"
    other: str | None = "等"

    def author_or_editor_or_title(self, full):
        """Look at the original names first."""
        own = field("author_original", apply_func=partial(self._own, full=full), raw=True)
        return first_of[optional[own], super().author_or_editor_or_title(full)]

    def _own(self, people, full):
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


#: How the book cites, by language.
STYLES = {"en": AuthorYear, "zh_CN": AuthorYearInChinese}


def citing(language: str) -> str:
    """Name the style that cites in a language."""
    return f"author_year_{language if language in STYLES else 'en'}"


def register() -> None:
    """Make the styles known to Sphinx."""
    register_plugin("pybtex.style.formatting", NAME, Style)
    for language, style in STYLES.items():
        plugin.register_plugin("sphinxcontrib.bibtex.style.referencing", citing(language), style)
