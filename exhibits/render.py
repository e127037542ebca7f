"""Render the charts and tables of notebooks as numbered figures and tables of the book."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from exhibits import charts, drawings, file_cache, fonts, tables, views
from exhibits.addresses import NONE, Numbers, of_chart, of_table
from exhibits.svg_minify import slim
from exhibits.text import comment
from exhibits.translation import SOURCE, WHOLE, Translator, filled, folded, plain, spaced, together, wide

FOLDER = "_exhibits"
#: Folder of a site for small pictures without words, one of the first chart of each page.
CARDS = "_cards"

#: The theme's own variables, which follow its light and dark modes; Vega hands them through to the SVG.
ROLES = {
    charts.INK: "var(--pst-color-text-base)",
    charts.MUTED: "var(--pst-color-text-muted)",
    charts.GRID: "var(--pst-color-border)",
    charts.PAPER: "var(--pst-color-background)",
}


#: Width of a column on a phone, and of the narrowest panel, as `exhibits.js` has it.
PHONE, SMALLEST_PANEL = 358, 170

#: Margin of a drawing to download, in pixels: a reader's font may be wider than ours.
_MARGIN = 8

_CODE = re.compile(r"(?<!\})`([^`]*)`")
_AMOUNT = r"[−+]?\d+(?:,\d{3})*(?:\.\d+)?%?"
_UNIT = r"(?:年|月|项|种|亿?美元|个百分点|个?(?:经济体|行业|部门)|\s(?:points?|per ?cent|cents|billion|million)\b)"
#: What no line may part in a cell: a range, how many of how many, and a number with its unit.
_UNPARTED = re.compile(
    rf"(?<![\w.,−]){_AMOUNT}\s?(?:[–—～→至]|项中|(?:to|of)\b)\s?{_AMOUNT}{_UNIT}?|(?<![A-Za-z\d.,−]){_AMOUNT}{_UNIT}"
)
_WHOLE_HTML = partial(_UNPARTED.sub, r'<span class="exhibit-whole">\g<0></span>')
#: The most that heads of rows take in a table of numbers, and in one of words, in widths of a Chinese character.
_HEADS, _WORDS = 14.0, 4.5
_HTML = partial(nodes.raw, "", format="html")


@dataclass(frozen=True)
class Exhibit:
    """Files an exhibit writes at the end of the build, by suffix."""

    files: dict[str, bytes]
    source: str = ""
    drawn: bool = False
    numbered: bool = True
    #: A drawing without words, for the first chart of a page; else empty.
    card: str = ""
    #: What addresses in sentences lead to.
    numbers: Numbers = NONE


#: Kept of each page between builds: its exhibits, the messages that they looked up, and the addresses of its sentences.
REMEMBERED = ("exhibits", "asked", "addresses")


def by_page(env: BuildEnvironment, what: str) -> dict[str, Any]:
    """Return what is kept between builds under a name, by page."""
    kept: dict[str, Any] = vars(env).setdefault(f"exhibits_{what}", {})
    return kept


def exhibits(env: BuildEnvironment) -> dict[str, dict[str, Exhibit]]:
    """Exhibits by document and name."""
    return by_page(env, "exhibits")


def translator(env: BuildEnvironment) -> Translator:
    """Return what translates the page that is being read."""
    return Translator(
        env.config.language, env.config.exhibits_lexicon, by_page(env, "asked").setdefault(env.docname, {})
    )


class ExhibitRenderer:
    """The plugin of myst-nb for charts and tables."""

    mime_priority_overrides = (("*", charts.MIME, 1), ("*", tables.MIME, 1))

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """Turn an output of a cell into nodes, or decline it."""
        if data.mime_type == "text/markdown" and data.output_metadata.get("exhibit"):
            return []  # the readable twin of a table
        if inline or data.mime_type not in (charts.MIME, tables.MIME):
            return None
        content: Any = data.content
        if data.mime_type == charts.MIME and "exhibit" not in content.get("usermeta", {}):
            where = f"{renderer.source}:{data.line}"
            raise ExtensionError(f"{where}: a chart without name and words; finish it with exhibits.charts.exhibit")
        # In the language of the book, as addresses are.
        numbers = of_table(content) if data.mime_type == tables.MIME else of_chart(content["usermeta"]["exhibit"])
        env = renderer.renderer.sphinx_env
        translate, extracts = translator(env), env.app.builder.name == "gettext"
        if translate.language != SOURCE or extracts:
            content = translate.table(content) if data.mime_type == tables.MIME else translate.chart(content)
        if extracts:
            return []
        if data.mime_type == tables.MIME:
            return _table(renderer, content, data.line or 0, translate, numbers)
        return _chart(renderer, content, translate, numbers)


def _chart(
    renderer: NbElementRenderer, spec: dict[str, Any], translate: Translator, found: Numbers
) -> list[nodes.Element]:
    about, title = spec["usermeta"]["exhibit"], spec["title"]
    name, source = about["name"], together(about["source"])
    caption, scope = (about.get(part, " ".join(title[part])) for part in ("text", "subtitle"))
    cited = translate.say("Source: {0}", source)
    live = {key: value for key, value in spec.items() if key not in ("title", "usermeta")}
    live["config"] = live["config"] | {"background": "transparent", "padding": 0, "aria": False}
    env: Any = renderer.renderer.sphinx_env
    folder = Path(env.srcdir) / file_cache.PLACE
    font = fonts.family(json.dumps([live, title, cited], ensure_ascii=False), f"{env.docname}, chart {name!r}")
    # A notebook shows it as wide as its cell; a drawing has a width of its own.
    drawn = drawings.svg(folder, live | {"width": charts.WIDTH} if live.get("width") == "container" else live, font)
    drawn = _clipped(drawn, name)
    svg = _standalone(drawn, title, spec["description"], cited)
    numbers = _commented(about["csv"], caption, scope, cited)
    files = {"csv": numbers, "svg": svg.encode()}
    if env.config.exhibits_png:
        files["png"] = drawings.png(folder, svg, font)
    tinted = partial(themed, tints=about.get("view", {}).get("kind") != "stacked")  # whose numbers stand in the colours
    themed_live = json.loads(tinted(json.dumps(live)))
    scripts = {
        "js": _call("exhibitValues", name, list(csv.reader(about["csv"].splitlines()))),
        "live.js": _call("exhibitChart", name, themed_live),
    }
    if "view" in about:
        words = {"title": caption, "subtitle": scope, "source": together(about["source"])}
        place = {"page": env.docname, "id": nodes.make_id(name)}
        scripts["view.js"] = _call("exhibitView", name, {**words, **place, **views.compact(about)})
    drawing = slim(tinted(drawn))
    first = not any(known.drawn for known in exhibits(env).get(env.docname, {}).values())
    card = wordless(drawing) if first else ""
    # The page draws charts anew when a reader does something; until then a phone shows this one of the first chart.
    phone = drawings.svg(folder, fitted(live, PHONE, _size(drawing)[0]), font) if first else ""
    depth = _remember(renderer, name, Exhibit(files | scripts, source, drawn=True, card=card, numbers=found))
    knob = (
        f'<div class="exhibit-knob" id="{name}-knob"></div>' if any("bind" in p for p in spec.get("params", [])) else ""
    )
    sentence = _sentence(about["sentence"]) if "sentence" in about else ""
    values, more = escape(translate.say("Values")), escape(translate.say("The first {0} of {1} rows; the CSV has all."))
    pictures = _static(drawing) + (
        _static(slim(tinted(_clipped(phone, f"{name}-phone"))), "exhibit-phone") if phone else ""
    )
    least = about.get("least", 0)
    scrolled = f' tabindex="0" style="--exhibit-least: {least}px"' if least else ""
    html = (
        f'<div class="exhibit-picture" role="img" aria-label="{escape(spec["description"])}"{scrolled}>'
        f"{pictures}"
        f'<div class="exhibit-live" aria-hidden="true" data-chart="{depth}{FOLDER}/{name}.live.js"></div></div>'
        f"{sentence}{knob}"
        f'<details class="exhibit-values" data-values="{depth}{FOLDER}/{name}.js" data-more="{more}">'
        f"<summary>{values}</summary></details>"
        f'<p class="exhibit-source">{escape(cited)} {_downloads(depth, name, files, translate)}</p>'
    )
    figure = chart(
        "",
        chart_caption(
            "",
            "",
            nodes.Text(f"{caption} "),
            nodes.inline("", scope, classes=["exhibit-subtitle"]),
        ),
        nodes.raw("", html, format="html"),
        classes=["exhibit-chart"],
    )
    _name(renderer, figure, name)
    return [figure]


def fitted(designed: dict[str, Any], width: int, designed_width: float) -> dict[str, Any]:
    """Fit a chart to a narrow column, as `exhibits.js` does."""
    spec = designed | {
        "config": designed["config"] | {"legend": {**designed["config"].get("legend", {}), "columns": 1}}
    }
    if spec.get("width") == "container":
        return spec | {"width": width}
    if "facet" not in spec:
        return spec
    gap, inner = spec["config"]["facet"]["spacing"], spec["spec"]
    room = width - (designed_width - spec["columns"] * inner["width"] - (spec["columns"] - 1) * gap) + gap
    columns = max(1, min(spec["columns"], int(room // (SMALLEST_PANEL + gap))))
    params = [one | {"value": columns} if one["name"] == "across" else one for one in spec.get("params", [])]
    inner = inner | {"width": int(room // columns - gap)}
    return spec | {"columns": columns, "spec": inner} | ({"params": params} if params else {})


def _clipped(drawn: str, name: str) -> str:
    """Name the clips of a drawing: Vega counts them through all that a process draws, and a page has many charts."""
    return re.sub(r"\bclip(?=\d+\b)", f"{name}-clip", drawn)


def _static(drawing: str, name: str = "exhibit-static") -> str:
    width, height = _size(drawing)
    # A browser lays out a drawing that is out of view when it comes near, and keeps its place until then.
    place = f"max-width: {width:g}px; aspect-ratio: {width:g} / {height:g}"
    return f'<div class="{name}" aria-hidden="true" style="{place}">{drawing}</div>'


def _sentence(sentence: dict[str, Any]) -> str:
    """Write two paragraphs beside sliders: the sentence of the base case, and an empty one that the page fills."""
    choices = escape(json.dumps(sentence["choices"], ensure_ascii=False))
    return (
        f'<p class="exhibit-sentence">{escape(charts.base_case(sentence))}</p>'
        f'<p class="exhibit-sentence" aria-live="polite" data-sentences="{choices}"></p>'
    )


def _size(svg: str) -> tuple[float, float]:
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    assert size, "vl-convert writes a viewBox"
    return float(size[1]), float(size[2])


def themed(text: str, *, tints: bool = False) -> str:
    """Replace colours by the variables of the theme; with `tints`, others by those for a dark page, if there are any.

    Examples
    --------
    >>> themed('stroke="#d6123c"', tints=True)
    'stroke="var(--on-dark-d6123c, #d6123c)"'
    """
    for role, variable in ROLES.items():
        text = text.replace(role, variable)
    return re.sub(r'(?<=")#([0-9a-f]{6})(?=")', r"var(--on-dark-\1, #\1)", text) if tints else text


def wordless(svg: str) -> str:
    """Remove the words from a drawing that is shown too small to be read, and give it fixed colours.

    Examples
    --------
    >>> wordless('<svg><path fill="var(--pst-color-background)"/><text x="1">China</text></svg>')
    '<svg><path fill="#ffffff"/></svg>'
    """
    for role, variable in ROLES.items():
        svg = svg.replace(variable, role)
    svg = re.sub(r"var\(--on-dark-\w+, (#\w+)\)", r"\1", svg)
    return re.sub(r"<text\b.*?</text>", "", svg, flags=re.DOTALL)


def _standalone(drawn: str, title: dict[str, list[str]], description: str, cited: str) -> str:
    """Write title, subtitle and source around a drawing, for readers who download it without its caption.

    Vega could draw a title, too, but would lay out the whole chart again for it.
    """
    look = charts.THEME["title"]
    width, height = _size(drawn)
    wide = max(width + 2 * _MARGIN, charts.WIDTH)
    above = len(title["text"]) * look["lineHeight"]
    top = above + len(title["subtitle"]) * look["subtitleLineHeight"] + look["offset"] + 2
    sources = folded(cited, 0.93 * wide / 12)  # capitals and digits are wider than half a sign
    tall = top + height + 18 * len(sources) + 14
    heads = f'font-size="{look["fontSize"]}" font-weight="{look["fontWeight"]}" fill="{look["color"]}"'
    scopes = f'font-size="{look["subtitleFontSize"]}" fill="{look["subtitleColor"]}"'
    rows = [
        *((18 + look["lineHeight"] * i, heads, line) for i, line in enumerate(title["text"])),
        *((16 + above + look["subtitleLineHeight"] * i, scopes, line) for i, line in enumerate(title["subtitle"])),
        *(
            (top + height + 18 + 18 * i, f'font-size="12" fill="{charts.MUTED}"', line)
            for i, line in enumerate(sources)
        ),
    ]
    text = "".join(f'<text x="{_MARGIN}" y="{y:g}" {style}>{escape(line)}</text>' for y, style, line in rows)
    # As a group, because a drawing in a drawing takes twice as long to turn into pixels.
    place = f'<g transform="translate({_MARGIN},{top:g})">'
    drawing = re.sub(r"^<svg\b[^>]*>(.*)</svg>\s*$", rf"{place}\1</g>", drawn, flags=re.DOTALL)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{wide:g}" height="{tall:g}" viewBox="0 0 {wide:g} {tall:g}" role="img" '
        f'aria-label="{escape(description)}">'
        f'<rect width="100%" height="100%" fill="{charts.PAPER}"/>'
        f'{drawing}<g font-family="{charts.FONT}">{text}</g></svg>'
    )


def _commented(table: str, caption: str, scope: str, cited: str) -> bytes:
    """Write caption, scope and source as lines of comment before the numbers."""
    lines = [caption, scope, cited]
    return "".join([*(comment(line) for line in lines if line), table]).encode()


def _call(function: str, name: str, content: Any) -> bytes:
    """Write data that a page loads on demand, as a script: a page opened from a folder can load nothing else."""
    arguments = (json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in (name, content))
    return f"{function}({', '.join(arguments)});\n".encode()


def _table(
    renderer: NbElementRenderer, table: dict[str, Any], line: int, translate: Translator, found: Numbers
) -> list[nodes.Element]:
    def text(source: Any) -> list[nodes.Node]:
        if isinstance(source, str) or "myst" not in source:
            return [nodes.Text(plain(source))] if plain(source) else []
        holder = nodes.Element()
        with renderer.renderer.current_node_context(holder):
            renderer.renderer.nested_render_text(source["myst"], line, inline=True)
        return list(holder.children)

    def cell(kind: type[nodes.entry], source: Any, **attributes: Any) -> nodes.entry:
        # Translated already: Sphinx would take a word of the page for the same word in a cell.
        parts = [one for part in text(source) for one in (unbroken(part) if isinstance(part, nodes.Text) else [part])]
        return kind("", nodes.paragraph("", "", *parts, translatable=False), **attributes)

    name, stubs, searched, cards = table["name"], table["stubs"], table.get("search"), table.get("cards")
    caption, notes, source = plain(table["caption"]), plain(table["notes"]), together(table["source"])
    files = {"csv": _commented(table["csv"], caption, notes, translate.say("Source: {0}", source))}
    depth = _remember(renderer, name, Exhibit(files, source, numbered=table["numbered"], numbers=found))

    classes = [["number"] if numeric else [] for numeric in table["numeric"]]
    *spanners, labels = table["head"]
    for row in spanners:
        for column, (label, _) in _columns(row):
            if label and column > stubs:
                classes[column] = [*classes[column], "group"]
    worded = searched is not None or (len(table["head"]) == 1 and not any(table["numeric"]))
    needed = _needed(table, worded, translate.language == SOURCE)
    group = nodes.tgroup(cols=len(classes))
    group += [nodes.colspec(colwidth=1) for _ in classes]
    head = nodes.thead()
    for row in table["head"]:
        head += nodes.row()
        for column, (label, span) in _columns(row):
            scope = "col" if row is labels else "colgroup"
            least = needed[column] if row is labels else ""
            head[-1] += cell(heading, label, scope=scope, morecols=span - 1, classes=classes[column], least=least)
    body = nodes.tbody()
    # Such a column may not break, which would double the height of every row for the sake of a year.
    short = [not room for room in _rooms(table)[:stubs]]
    for row in table["body"]:
        cells = zip(row, classes, strict=True)
        body += nodes.row()
        body[-1] += [
            cell(heading, label, scope="row", classes=["short"] if one else [])
            for one, (label, _) in zip(short, islice(cells, stubs), strict=True)
        ]
        body[-1] += [
            cell(worded_cell if worded else nodes.entry, value, classes=of_column) for value, of_column in cells
        ]
    heads = [one.astext() for one in head[-1]]
    if worded:
        _label(body, heads)
    if cards:
        _deal(cards, body, heads)
    elif searched:
        for one in head[-1]:
            one[0][:] = [_HTML('<button type="button" disabled>'), *one[0].children, _HTML("</button>")]
    group += [head, body]
    kinds = [
        "exhibit-grid",
        *(["exhibit-worded"] if worded else []),
        *(["exhibit-many"] if len(classes) > 8 else []),
        *(["exhibit-cards" if cards else "exhibit-searched"] if searched else []),
    ]
    grid = nodes.table("", nodes.title("", "", *text(table["caption"])), group, classes=kinds)
    _name(renderer, grid, name)

    below = []
    if table["notes"]:
        below.append(nodes.paragraph("", "", *text(table["notes"]), classes=["exhibit-notes"]))
    below.append(
        nodes.paragraph(
            "",
            "",
            nodes.Text(translate.say("Source: {0}", "")),
            *(node for one in spaced(table["source"]) for node in text(one)),
            nodes.raw("", f" {_downloads(depth, name, files, translate)}", format="html"),
            classes=["exhibit-source"],
        )
    )
    above = [_HTML(_bar(searched, heads, len(body), translate))] if searched else []
    return [nodes.compound("", *above, grid, *below, classes=["exhibit-table"])]


def unbroken(text: str) -> list[nodes.Node]:
    """Write text so that no line ends within a range, nor between a number and its unit."""
    found: list[nodes.Node] = []
    last = 0
    for part in _UNPARTED.finditer(text):
        found += [nodes.Text(text[last : part.start()]), nodes.inline("", part[0], classes=["exhibit-whole"])]
        last = part.end()
    return [node for node in [*found, nodes.Text(text[last:])] if node.astext()]


def _room(cells: list[str], columns: int) -> float:
    """Return the width that words of a column need, in widths of a Chinese character: that of two lines or three.

    Short ones stay on one line, which takes no width of its own: zero. Where columns are many, they are only years and
    the shortest names, and others break before the table scrolls.
    """
    longest = max(map(wide, cells), default=0.0)
    return 0.0 if longest < (8.5 if columns < 7 else 6) else min(_HEADS, max(min(6.0, 0.62 * longest), longest / 3))


def _label(body: nodes.tbody, heads: list[str]) -> None:
    """Say in each cell what it is: on a narrow screen the rows are cards, without their heads."""
    for row in body:
        for one, head in zip(row, heads, strict=True):
            one["label"] = head if one.astext().strip() else ""


def _deal(cards: dict[str, Any], body: nodes.tbody, heads: list[str]) -> None:
    """Give each row its address, what it says in a word its colour, and fold what only some readers want."""
    for row, name, colour in zip(body, cards["ids"], cards["colours"], strict=True):
        row["ids"] = [nodes.make_id(name)]
        row[0][0] += _HTML(f'<a class="headerlink" href="#{nodes.make_id(name)}">#</a>')
        chip = row[cards["chip"]][0]
        chip[:] = [
            _HTML(f'<span class="exhibit-chip" style="--chip: {escape(colour)}">'),
            *chip.children,
            _HTML("</span>"),
        ]
        for column in cards["folded"]:
            cell = row[column]
            del cell["label"]
            if cell.astext() == "–":
                cell["classes"] = [*cell["classes"], "exhibit-void"]
                continue
            words = (nodes.Text, nodes.inline)
            plain_words = all(type(node) in words for one in cell.children for node in one.children)
            if plain_words and (facts := _facts(cell.astext())):
                cell[:] = [_HTML(facts)]
            summary = f"<summary>{escape(heads[column])}</summary>"
            cell[:] = [_HTML(f'<details class="exhibit-fold">{summary}'), *cell.children, _HTML("</details>")]


#: The end of a sentence, in English and in Chinese, but no decimal point.
_SENTENCE = re.compile(r"(?<=\.)\s+|(?<=。)\s*")


def _facts(words: str) -> str:
    """Set out what several say, ``A: one; two. B: three.``, as a list of who and what; other words give nothing."""
    rows = []
    for sentence in _SENTENCE.split(words.strip()):
        who, *what = re.split(r":\s|：", sentence, maxsplit=1)
        rows.append((who, [one for said in what for one in re.split(r"[;；]\s*", said.rstrip(".。"))]))
    if max(len(said) for _, said in rows) < 2 and sum(bool(said) for _, said in rows) < 2:
        return ""
    inside = "".join(
        f"<dt>{escape(who)}</dt>{''.join(f'<dd>{_WHOLE_HTML(escape(one))}</dd>' for one in said)}"
        for who, said in rows
        if who
    )
    return f'<dl class="exhibit-facts">{inside}</dl>'


def grid(rows: list[list[nodes.Node]], **attributes: Any) -> nodes.table:
    """Lay rows of nodes out as a table, the first of them its head."""
    group = nodes.tgroup(cols=len(rows[0]))
    group += [nodes.colspec(colwidth=1) for _ in rows[0]]
    head, body = nodes.thead(), nodes.tbody()
    for place, row in enumerate(rows):
        (body if place else head).append(made := nodes.row())
        made += [nodes.entry("", nodes.paragraph("", "", cell)) for cell in row]
    group += [head, body]
    return nodes.table("", group, **attributes)


def _bar(search: dict[str, Any], heads: list[str], rows: int, translate: Translator) -> str:
    """Write the search bar of a table, disabled: the script enables it, so that nothing on the page moves."""
    every = escape(translate.say("All"))
    choices = "".join(
        f'<label class="exhibit-search-filter">{escape(heads[column])}'
        f'<select disabled data-column="{column}"><option value="">{every}</option></select></label>'
        for column in search["by"]
    )
    box = f'<input type="search" placeholder="{escape(search["hint"])}" autocomplete="off" disabled>'
    counted = escape(filled(search["count"], [str(rows)] * 2))
    status = f'<span class="exhibit-search-count" role="status" data-count="{escape(search["count"])}">{counted}</span>'
    return f'<div class="exhibit-search-bar"><label>{escape(search["label"])}{box}</label>{choices}{status}</div>'


def _rooms(table: dict[str, Any]) -> list[float]:
    columns = len(table["numeric"])
    return [_room([plain(row[column]) for row in table["body"]], columns) for column in range(columns)]


def _needed(table: dict[str, Any], worded: bool, source: bool) -> list[str]:
    """Write the least width of each column, as CSS has it; tables that are searched have widths of their own."""
    stubs, numeric = table["stubs"], table["numeric"]
    if table.get("search"):
        return [""] * len(numeric)
    least = [""] * len(numeric) if source else [f"{width:.1f}em" for width in _least(table)]
    if worded and not source:
        return least
    rooms = _rooms(table)
    if worded:
        return [f"{min(room, _WORDS):.1f}em" if room and at < stubs else "" for at, room in enumerate(rooms)]
    # Heads of rows stay in view beside the others, and may not fill a phone.
    part = 35 if sum(map(bool, rooms[:stubs])) == 1 else 22
    caps = [f"{part}cqw"] * stubs + ["60cqw"] * (len(rooms) - stubs)
    words = [f"min({room:.1f}em, {cap})" if room else "" for room, cap in zip(rooms, caps, strict=True)]
    return [one if number else other or one for number, one, other in zip(numeric, least, words, strict=True)]


def _least(table: dict[str, Any]) -> list[float]:
    """Return the least width of each column, in characters: Chinese may break between any two of them."""
    columns = zip([label for label, _ in table["head"][-1]], *table["body"], strict=True)
    longest = [max(wide(WHOLE.sub("", _CODE.sub(r"\1", plain(cell)))) for cell in column) for column in columns]
    return [
        min(length, 3 if numeric else 4 + length / 10)
        for length, numeric in zip(longest, table["numeric"], strict=True)
    ]


def _columns(row: list[tuple[Any, int]]) -> Iterator[tuple[int, tuple[Any, int]]]:
    """Give each heading the column in which it begins."""
    column = 0
    for label, span in row:
        yield column, (label, span)
        column += span


class chart(nodes.figure):  # noqa: N801  (docutils dispatches on the class's name)
    """A figure with its caption above: the caption of a long drawing would arrive late and push it down."""


class chart_caption(nodes.caption):  # noqa: N801
    """The caption of a chart."""


def depart_chart(translator: Any, node: chart) -> None:
    """Close the figure alone: docutils would close a caption with it."""
    translator.body.append("</figure>\n")


def depart_chart_caption(translator: Any, node: chart_caption) -> None:
    """Close the caption where it ends."""
    translator.depart_caption(node)
    translator.body.append("</figcaption>\n")


class worded_cell(nodes.entry):  # noqa: N801  (docutils dispatches on the class's name)
    """A cell of a table of words, with the heading of its column."""


def visit_worded_cell(translator: Any, node: worded_cell) -> None:
    """Write the `data-label`, which a docutils cell cannot carry."""
    node.parent.column += 1
    more = {"data-label": node["label"]} if node.get("label") else {}
    translator.body.append(translator.starttag(node, "td", "", **more))
    translator.context.append("</td>\n")


class heading(nodes.entry):  # noqa: N801  (docutils dispatches on the class's name)
    """A table cell that heads a row, a column or a group of columns."""


def visit_heading(translator: Any, node: heading) -> None:
    """Write what docutils' own cells cannot carry: the `scope`, the `colspan`, the `data-label` and the width."""
    span = node.get("morecols", 0) + 1
    node.parent.column += span
    tag, scope = ("th", {"scope": node["scope"]}) if node.astext() else ("td", {})
    more = {"colspan": span} if span > 1 else {}
    if node.get("label"):
        more["data-label"] = node["label"]
    if node.get("least"):
        more["style"] = f"box-sizing: content-box; min-width: {node['least']}"
    translator.body.append(translator.starttag(node, tag, "", **scope, **more))
    translator.context.append(f"</{tag}>\n")


def register(app: Sphinx) -> None:
    """Have Sphinx write these nodes."""
    app.add_node(heading, html=(visit_heading, lambda self, node: self.depart_entry(node)))
    app.add_node(worded_cell, html=(visit_worded_cell, lambda self, node: self.depart_entry(node)))
    app.add_enumerable_node(chart, "figure", html=(lambda self, node: self.visit_figure(node), depart_chart))
    app.add_node(chart_caption, html=(lambda self, node: self.visit_caption(node), depart_chart_caption))


def _remember(renderer: NbElementRenderer, name: str, exhibit: Exhibit) -> str:
    """Keep an exhibit for the end of the build, and return the path from its page to the root of the book."""
    env: Any = renderer.renderer.sphinx_env
    page: str = env.docname
    for document, known in exhibits(env).items():
        if name in known:
            raise ExtensionError(
                f"{page}: a second chart or table named {name!r}; the first is in {document}. Rename one."
            )
    exhibits(env).setdefault(page, {})[name] = exhibit
    return "../" * page.count("/")


def _name(renderer: NbElementRenderer, node: nodes.Element, name: str) -> None:
    node["names"].append(nodes.fully_normalize_name(name))
    renderer.renderer.document.note_explicit_target(node, node)
    if node["ids"][0] != nodes.make_id(name):  # else its address would hang on how many others clash
        raise ExtensionError(
            f"{renderer.source}: a heading of the page has the name of the exhibit {name!r}. Rename one."
        )


def _downloads(depth: str, name: str, files: dict[str, bytes], translate: Translator) -> str:
    links = " · ".join(f'<a href="{depth}{FOLDER}/{name}.{ending}" download>{ending.upper()}</a>' for ending in files)
    return f'<span class="exhibit-downloads">{translate.say("Download: {0}", links)}</span>'
