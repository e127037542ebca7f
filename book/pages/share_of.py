"""The field of the first page: share of … in …, in …, with its first answer, which stands without scripts."""

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from book.pages import pictures
from book.translation import Words
from gvc import panel
from industrial_chains import sources

#: The question that the page opens with.
FIRST = ("CHN", "MEX", 2022)
#: Its picture has half the page, on a phone no more: a wider one would be made small with all that is written in it.
_WIDTH = 400

_PLACE = """
<div class="gvc-share-of">
<form>{form}</form>
<p data-answer aria-live="polite">{answer}</p>
<div class="gvc-explorer-chart" data-chart role="img" aria-label="{answer}">{picture}</div>
<p class="gvc-share-of-more"><a href="{address}">{more}</a></p>
</div>
"""


def register(app: Sphinx) -> None:
    """Connect the directive."""
    app.add_directive("share-of", ShareOf)


class ShareOf(SphinxDirective):
    """``{share-of}``, whose argument is the page of the explorer."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Answer the first question, and say on which page it is."""
        self.env.gvc_share_of = self.env.docname  # pyrefly: ignore[missing-attribute]
        for path in (panel.DATA / "terms.csv", __file__, pictures.__file__):
            self.env.note_dependency(str(path))
        up = "../" * self.env.docname.count("/")
        html = place(f"{up}{self.arguments[0]}.html", Words(self.env.config.language))
        return [nodes.raw("", html, format="html")]


def place(explorer: str, words: Words) -> str:
    """Return what stands in the page: the form, which a script enables, and the answer to the first question."""
    origin, partner, year = FIRST
    economies = pictures.economies(words)
    years = sorted({year for source in sources.SOURCES for year in source.years("fva_share")}, reverse=True)
    lists = [
        _select(words.say("Origin"), economies, origin),
        _select(words.say("Exporter"), economies, partner),
        _select(words.say("Year"), [("", [(str(one), str(one)) for one in years])], str(year)),
    ]
    question = words.say("Share of {0} in the foreign value added of the exports of {1} in {2}", "{0}", "{1}", "{2}")
    picture, _ = pictures.share_over_time(origin, partner, words, _WIDTH)
    parts = {
        "form": escape(question).format(*lists),
        "answer": escape(" ".join(pictures.sentences(origin, partner, year, words))),
        "picture": picture,
        "address": escape(f"{explorer}#measure=fva_share&origin={origin}&partner={partner}&database=all"),
        "more": escape(words.say("Open in the explorer")),
    }
    return _PLACE.format(**parts)


def _select(label: str, groups: list[tuple[str, list[tuple[str, str]]]], chosen: str) -> str:
    def options(known: list[tuple[str, str]]) -> str:
        return "".join(
            f'<option value="{escape(code)}"{" selected" if code == chosen else ""}>{escape(name)}</option>'
            for code, name in known
        )

    inside = "".join(
        f'<optgroup label="{escape(name)}">{options(known)}</optgroup>' if name else options(known)
        for name, known in groups
    )
    return f'<select aria-label="{escape(label)}" disabled>{inside}</select>'
