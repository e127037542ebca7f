"""Fonts that pages load, each with no more signs than pages show: icons of the theme, and what formulas are set in.

The theme's own files hold two thousand icons, and a system may have no font that lets brackets grow.
"""

import re
from functools import cache, partial
from hashlib import sha256
from importlib.metadata import distribution, version
from io import BytesIO
from pathlib import Path

import pydata_sphinx_theme
import sphinx_book_theme
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from sphinx.application import Sphinx

from exhibits import file_cache, fonts

SHEET = "web_fonts.css"
#: What formulas are set in, as `gvc.css` names it: STIX Two Math.
MATH = Path(str(distribution("ziamath").locate_file("ziamath/fonts/STIXTwoMath-Regular.ttf")))
#: ASCII; letters as browsers set them where they stand alone, in italics; and the other signs of formulas.
SIGNS = frozenset(
    "\xa0¯·×˙…′ℎℓ→∈∏∑−∘∝∞∫≈≠≤≥⏟⟶⟹⧵Δδε𝛤𝛥𝛩𝛬𝛱𝛴𝛷𝛹𝛺𝜕𝜖𝜗𝜙"
    + "".join(map(chr, [*range(0x20, 0x7F), *range(0x1D434, 0x1D468), *range(0x1D6FC, 0x1D715)]))
)
_THEMES = tuple(Path(str(theme.__file__)).parent for theme in (pydata_sphinx_theme, sphinx_book_theme))
_AWESOME = next(_THEMES[0].rglob("fontawesome/*/css/all.min.css")).parents[1]
_STYLE = next(_THEMES[0].rglob("styles/pydata-sphinx-theme.css"))
#: The theme puts their names together.
_PROVIDERS = {"fa-bitbucket", "fa-github", "fa-gitlab"}
_ICONS = """:root {{
  --fa-font-solid: 900 1em/1 "Font Awesome 6 Free";
  --fa-font-brands: 400 1em/1 "Font Awesome 6 Brands";
}}
:is(.fas, .fa-solid, .fab, .fa-brands) {{
  display: inline-block;
  font: var(--fa-font-solid);
  text-rendering: auto;
  -webkit-font-smoothing: antialiased;
}}
:is(.fab, .fa-brands) {{
  font: var(--fa-font-brands);
}}
.fa-lg {{
  font-size: 1.25em;
  line-height: 0.05em;
  vertical-align: -0.075em;
}}
{icons}
"""
_FACE = """@font-face {{
  font-family: "{family}";
  font-weight: {weight};
  font-display: {display};
  src: url({file}) format("woff");
}}"""


def register(app: Sphinx) -> None:
    """Write fonts and their style sheet before the pages, which name its checksum."""
    app.add_css_file(SHEET, priority=1)
    app.connect("builder-inited", _write)


@cache
def icons() -> dict[str, str]:
    """Return the sign of each icon that the theme may write, by its class."""
    listed = re.findall(r'([^{}]+)\{content:"\\([0-9a-f]+)"\}', (_AWESOME / "css/all.min.css").read_text("utf-8"))
    known = {name: chr(int(code, 16)) for names, code in listed for name in re.findall(r"\.(fa-[\w-]+):before", names)}
    sources = (path for theme in _THEMES for kind in ("html", "py", "js") for path in theme.rglob(f"*.{kind}"))
    written = (path.read_text("utf-8") for path in sources if "vendor" not in path.parts)
    asked = _PROVIDERS.union(*(re.findall(r"\bfa-[\w-]+", text) for text in written))
    return {name: known[name] for name in sorted(asked & known.keys())}


def cut(font: Path, signs: frozenset[str]) -> bytes:
    """Return a font in WOFF with some of its signs, and all sizes of those that grow."""
    left = Subsetter(Options(hinting=False, layout_features=[], name_IDs=[0, 1, 2, 13, 14], glyph_names=False))
    left.populate(text="".join(signs))
    with TTFont(font, recalcTimestamp=False) as whole:
        left.subset(whole)
        whole.flavor = "woff"
        content = BytesIO()
        whole.save(content)
    return content.getvalue()


def _write(app: Sphinx) -> None:
    if app.builder.format != "html":
        return
    place = Path(app.outdir) / "_static"
    place.mkdir(parents=True, exist_ok=True)
    shown = frozenset(icons().values()) | set(re.findall("[\ue000-\uf8ff]", _STYLE.read_text("utf-8")))
    solid, brands = (_AWESOME / f"webfonts/{name}.ttf" for name in ("fa-solid-900", "fa-brands-400"))
    faces = []
    for name, font, signs, families, style in (
        ("icons", solid, shown | {"\uf107"}, ("Font Awesome 6 Free", "Font Awesome 5 Free"), (900, "block")),
        ("brands", brands, shown, ("Font Awesome 6 Brands",), (400, "block")),
        ("math", MATH, SIGNS, ("gvc math",), (400, "swap")),
    ):
        made_of = f"{name} {font.stat().st_size} {version('fonttools')} {sorted(signs)}"
        key = sha256(made_of.encode()).hexdigest()[:8]
        content = file_cache.once(Path(app.srcdir) / fonts.PLACE / f"{name}-{key}", partial(cut, font, signs))
        (place / f"{name}.woff").write_bytes(content)
        faces += [
            _FACE.format(family=family, weight=style[0], display=style[1], file=f"{name}.woff?v={key}")
            for family in families
        ]
    rules = (f'.{name}::before {{\n  content: "\\{ord(sign):x}";\n}}' for name, sign in icons().items())
    (place / SHEET).write_text("\n".join([*faces, _ICONS.format(icons="\n".join(rules))]), "utf-8")
