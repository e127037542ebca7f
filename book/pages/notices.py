"""Writes the licences of third-party files that the site contains, as their packages state them."""

import re
from fnmatch import fnmatchcase
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

import vl_convert
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from book.translation import Words
from exhibits.translation import SOURCE

FILE = "notices.txt"
#: Packages, and what the site has of each.
CARRIED = {
    "pydata-sphinx-theme": (
        *("_static/scripts/bootstrap.js*", "_static/scripts/pydata-sphinx-theme.js*"),
        *("_static/styles/bootstrap.css*", "_static/styles/pydata-sphinx-theme.css*", "_static/styles/theme.css"),
        *("_static/icons.woff", "_static/brands.woff", "_static/webpack-macros.html"),
    ),
    "sphinx-book-theme": (
        *("_static/scripts/sphinx-book-theme.js*", "_static/styles/sphinx-book-theme.css*"),
        *("_static/locales/*", "_static/images/logo_*", "_static/sbt-webpack-macros.html"),
    ),
    "Sphinx": (
        *("_static/basic.css", "_static/doctools.js", "_static/documentation_options.js", "_static/language_data.js"),
        *("_static/searchtools.js", "_static/sphinx_highlight.js", "_static/translations.js"),
        *("_static/file.png", "_static/minus.png", "_static/plus.png", "_static/autosummary.css"),
    ),
    "Pygments": ("_static/pygments.css",),
    "sphinx-copybutton": (
        *("_static/clipboard.min.js", "_static/copybutton*", "_static/check-solid.svg", "_static/copy-button.svg"),
    ),
    "sphinx-design": ("_static/design-tabs.js", "_static/sphinx-design.min.css"),
    "sphinx-thebe": ("_static/sphinx-thebe.*", "_static/play-solid.svg"),
    "sphinx-togglebutton": ("_static/togglebutton.*",),
    "myst-nb": ("_static/mystnb.*.css",),
    "vl-convert-python": ("_static/vega-*.js",),
    "pagefind": ("pagefind/*.js", "pagefind/wasm.*"),
    "ziamath": ("_static/math.woff",),
}
#: What those packages hold of others and bring no notice of, as its own repositories have it.
WITHIN = {
    "vl-convert-python": (
        "Vega, Copyright (c) 2015-2023, University of Washington Interactive Data Lab: BSD-3-Clause, as above",
        "Vega-Lite and Vega-Embed, Copyright (c) 2015, by the same: BSD-3-Clause, as above",
        "D3, Copyright 2010-2023 Mike Bostock: ISC, as below",
        "semver, Copyright (c) Isaac Z. Schlueter and Contributors: ISC, as below",
        "fast-json-patch, Copyright (c) 2013, 2014, 2020 Joachim Wester: MIT, as below",
    ),
    "pagefind": ("Pagefind, Copyright 2022 CloudCannon: MIT, as below",),
    "ziamath": (
        "STIX Two Math, Copyright 2001-2020 The STIX Fonts Project Authors (https://github.com/stipub/stixfonts): "
        "SIL Open Font License 1.1, as below; of this font the site has some signs",
    ),
}
ISC = """Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby
granted, provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL
IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF
THIS SOFTWARE."""
_LICENCE = re.compile(r"(?:^|[._-])(?:licen[cs]es?|notice|copying)(?:\.(?:txt|md|rst))?$", re.IGNORECASE)


def register(app: Sphinx) -> None:
    """Connect the directive."""
    app.add_directive("notices", Notices)


class Notices(SphinxDirective):
    """``{notices}``, without options: a link to the notices."""

    def run(self) -> list[nodes.Node]:
        """Link to the file, which all languages share."""
        words = Words(self.env.config.language)
        up = "../" * (self.env.docname.count("/") + (words.language != SOURCE))
        line = words.say(
            "The site carries programs, styles and icons of others. {0} says whose they are and under which terms.",
            f'<a href="{up}{FILE}">{FILE}</a>',
        )
        return [nodes.raw("", f"<p>{line}</p>", format="html")]


def carried(site: Path) -> dict[str, list[str]]:
    """List by package the files that a site has of it."""
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    of = {
        name: [file for file in files if any(fnmatchcase(file.removeprefix("zh/"), one) for one in patterns)]
        for name, patterns in CARRIED.items()
    }
    return {name: found for name, found in of.items() if found}


def write(site: Path) -> None:
    """Write name, version and licences of each package."""
    parts = [_about(name) for name in carried(site)]
    (mit,) = _licences(distribution("gvc-measures"))
    ofl = _licences(distribution("fontpkg-arimo"))[0]
    terms = [f"ISC\n\n{ISC}", f"MIT\n\n{mit[mit.index('Permission is') :].strip()}", ofl[ofl.index("SIL OPEN") :]]
    (site / FILE).write_text(f"\n\n{'-' * 80}\n\n".join([*parts, *terms]) + "\n", "utf-8")


def _about(name: str) -> str:
    package = distribution(name)
    metadata: dict[str, Any] = package.metadata.json
    classified = [one.rpartition(" :: ")[2] for one in metadata.get("classifier", ()) if one.startswith("License ::")]
    licence = metadata.get("license_expression") or metadata.get("license") or ", ".join(classified)
    head = f"{name} {package.version}: {licence}"
    if name == "vl-convert-python":
        lite = vl_convert.get_vegalite_versions()[-1]
        head += f"\nwith Vega {vl_convert.get_vega_version()}, Vega-Lite {lite} and what they need"
    return "\n\n".join([head, *_licences(package), *WITHIN.get(name, ())])


def _licences(package: Distribution) -> list[str]:
    files = [Path(str(package.locate_file(file))) for file in package.files or () if _LICENCE.search(file.name)]
    return [path.read_text("utf-8").strip() for path in sorted(files) if path.is_file()]
