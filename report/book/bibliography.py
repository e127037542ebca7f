"""How references are written: surnames first, titles as their authors spell them, an issue without a volume."""

# mypy: disable-error-code="import-untyped,no-untyped-def,no-untyped-call,misc"
# (pybtex has no types)

from pybtex.plugin import register_plugin
from pybtex.style.formatting import toplevel
from pybtex.style.formatting.plain import Style as PlainStyle
from pybtex.style.formatting.unsrt import date, pages
from pybtex.style.template import field, first_of, join, names, optional, sentence, tag, words

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


def register() -> None:
    """Make the style known to Sphinx."""
    register_plugin("pybtex.style.formatting", NAME, Style)
