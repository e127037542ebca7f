"""Leaves out of the style sheets of others what no page of the book uses, which is most of them."""

import re
from importlib.metadata import distribution
from pathlib import Path

from sphinx.application import Sphinx

#: Packages, and their sheets, as the site has them.
SHEETS = {
    "pydata-sphinx-theme": ("styles/bootstrap.css", "styles/pydata-sphinx-theme.css"),
    "sphinx-book-theme": ("styles/sphinx-book-theme.css",),
    "sphinx-design": ("sphinx-design.min.css",),
    "myst-nb": ("mystnb.*.css",),
}
_CLASS = r"-?[A-Za-z_][\w-]*"


def register(app: Sphinx) -> None:
    """Do so when all pages and scripts are written."""
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
        return rule[0] if any(words.issuperset(re.findall(rf"\.({_CLASS})", one)) for one in asked) else ""

    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    return re.sub(r"@media[^{]*\{\s*\}", "", re.sub(r"([^{}]+)\{[^{}]*\}", kept, sheet))


def _write(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html":
        return
    words = used(Path(app.outdir))
    for package, names in SHEETS.items():
        for path in (path for name in names for path in (Path(app.outdir) / "_static").glob(name)):
            # From its package, since Sphinx copies it only when it writes a page.
            named = re.sub(r"\.[0-9a-f]{64}", "", path.name)
            (whole,) = (file for file in distribution(package).files or () if file.name == named)
            path.write_text(pruned(Path(str(whole.locate())).read_text("utf-8"), words), "utf-8")
