"""Writes formulas as MathML during the build: they need no script, print well and can be read aloud."""

from typing import Any

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.config import Config

NAME = "mathml"


def register(app: Sphinx) -> None:
    """Use MathML for all formulas."""
    app.connect("config-inited", _configure)
    app.add_html_math_renderer(NAME, inline_renderers=(_inline, None), block_renderers=(_block, None))


def _configure(app: Sphinx, config: Config) -> None:
    config.html_math_renderer = NAME


def mathml(latex: str, *, block: bool = False) -> str:
    """Write a formula of LaTeX as MathML.

    Examples
    --------
    >>> mathml("x")
    '<math xmlns="http://www.w3.org/1998/Math/MathML" display="inline"><mrow><mi>x</mi></mrow></math>'
    """
    if block and r"\\" in latex and r"\begin" not in latex:
        latex = rf"\begin{{split}}{latex}\end{{split}}"  # as Sphinx does: a block of several lines
    written: str = convert(latex, display="block" if block else "inline")
    return written.replace("&#x029F8;", "/")  # what strikes a letter out: few fonts have that sign


def _inline(translator: Any, node: nodes.math) -> None:
    translator.body.append(translator.starttag(node, "span", "", CLASS="math notranslate nohighlight"))
    translator.body.append(f"{mathml(node.astext())}</span>")
    raise nodes.SkipNode


def _block(translator: Any, node: nodes.math_block) -> None:
    # It scrolls where it is wider than a phone, by keyboard, too.
    translator.body.append(translator.starttag(node, "div", CLASS="math notranslate nohighlight", tabindex="0"))
    translator.body.append(f"{mathml(node.astext(), block=True)}</div>")
    raise nodes.SkipNode
