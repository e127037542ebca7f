"""Makes one style sheet of many, without the rules of others that no page of the book uses, which are most of them.

Nothing shows before the last sheet of a page has come, and browsers ask for a few at a time.
"""

import re
from hashlib import sha256
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

#: Packages, and their sheets, as the site has them.
SHEETS = {
    "pydata-sphinx-theme": ("styles/bootstrap.css", "styles/pydata-sphinx-theme.css"),
    "sphinx-book-theme": ("styles/sphinx-book-theme.css",),
    "sphinx-design": ("sphinx-design.min.css",),
    "myst-nb": ("mystnb.*.css",),
}
#: What pages link to, and what it is made of, in the order that pages would link to them.
WHOLE = "book.css"
PARTS = (
    *("basic.css", "styles/bootstrap.css", "styles/pydata-sphinx-theme.css", "web_fonts.css", "pygments.css"),
    *("styles/sphinx-book-theme.css", "copybutton.css", "mystnb.*.css", "gvc.css", "exhibits.css", "literature.css"),
    *("library.css", "sphinx-design.min.css"),
)
_CLASS = r"-?[A-Za-z_][\w-]*"
#: Rules for whatever follows: browsers style all of it anew with each change beside it. With one myst-nb lets fade in
#: what is opened; the other clears the float of a legend, which the explorer's style sheet does for its own.
_FOLLOWING = re.compile(r"(?:summary\s*~|legend\s*\+)\s*\*\s*$")


def register(app: Sphinx) -> None:
    """Link pages to the one sheet, and write it when all pages and scripts are written."""
    app.connect("html-page-context", _link, priority=950)
    app.connect("build-finished", _write, priority=900)


def used(site: Path) -> set[str]:
    """Return the classes that pages have, and all words of scripts, which may give them more."""
    scripts = (path for path in (site / "_static").rglob("*.js") if not path.name.startswith("vega"))
    texts = [path.read_text("utf-8") for path in site.rglob("*.html")]
    classes = [name for text in texts for name in re.findall(r'class="([^"]*)"', text)]
    scripted = [name for text in texts for name in re.findall(r"<script[^>]*>(.*?)</script>", text, re.DOTALL)]
    return set(re.findall(_CLASS, " ".join([*classes, *scripted, *(path.read_text("utf-8") for path in scripts)])))


def pruned(sheet: str, words: set[str]) -> str:
    """Leave out rules that ask for classes which nothing has.

    Examples
    --------
    >>> pruned(".a, .b {x: y} .b {x: y} @media print {.b > p {x: y}} .a:not(.b) {x: y}", {"a"})
    '.a, .b {x: y}  .a:not(.b) {x: y}'
    """

    def kept(rule: re.Match[str]) -> str:
        asked = re.sub(r':not\([^)]*\)|"[^"]*"', "", rule[1]).split(",")
        return rule[0] if any(map(answered, asked)) else ""

    def answered(selector: str) -> bool:
        return words.issuperset(re.findall(rf"\.({_CLASS})", selector)) and not _FOLLOWING.search(selector)

    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    return re.sub(r"@media[^{]*\{\s*\}", "", re.sub(r"([^{}]+)\{[^{}]*\}", kept, sheet))


def _link(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Take the parts out of what a page links to; the theme's template links to the whole."""
    context["css_files"] = [one for one in context["css_files"] if not any(map(Path(str(one.filename)).match, PARTS))]
    context["styles"] = f"{WHOLE}?v={_digest(Path(app.outdir) / '_static')}"


def _digest(static: Path) -> str:
    """Return what changes with any of the sheets, before rules are left out, which depends on all pages."""
    own = [path.read_bytes() for path in _parts(static) if not any(map(path.match, _of_others()))]
    versions = [distribution(package).version.encode() for package in SHEETS]
    return sha256(b"".join([*own, *versions])).hexdigest()[:8]


def _parts(static: Path) -> list[Path]:
    return [path for name in PARTS for path in sorted(static.glob(name))]


def _of_others() -> list[str]:
    return [name for names in SHEETS.values() for name in names]


def _write(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html":
        return
    static, words = Path(app.outdir) / "_static", used(Path(app.outdir))
    for package, names in SHEETS.items():
        for path in (path for name in names for path in static.glob(name)):
            # From its package, since Sphinx copies it only when it writes a page.
            named = re.sub(r"\.[0-9a-f]{64}", "", path.name)
            (whole,) = (file for file in distribution(package).files or () if file.name == named)
            path.write_text(pruned(Path(str(whole.locate())).read_text("utf-8"), words), "utf-8")
    together = "\n".join(path.read_text("utf-8") for path in _parts(static))
    bare = re.sub(r"/\*.*?\*/", "", together, flags=re.DOTALL)
    (static / WHOLE).write_text(re.sub(r"\s*\n\s*", "\n", bare), "utf-8")
