"""Make the SVG of a page smaller: leave out what only scripts and editors read.

Vega names the parts of a drawing, describes each, draws invisible frames and repeats the font at each word. Files to
download keep all that. In a page it would be more than half of what a reader waits for.
"""

import re
from collections import Counter
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_SVG = "http://www.w3.org/2000/svg"
ElementTree.register_namespace("", _SVG)

_GROUP, _PATH, _TEXT, _CLIP = (f"{{{_SVG}}}{tag}" for tag in ("g", "path", "text", "clipPath"))
_NAMES = re.compile(r"aria-|class$|role$|pointer-events$")
_IDLE = {"opacity": "1", "display": "inherit", "transform": "translate(0,0)"}
_LONG = re.compile(r"-?\d+\.\d\d+")


def slim(svg: str) -> str:
    """Return a drawing that looks the same to a tenth of a pixel.

    Examples
    --------
    >>> slim('<svg xmlns="http://www.w3.org/2000/svg"><g class="marks"><path opacity="1" fill="red" d="M0.123,4"/>'
    ...      '<path class="background" d="M0,0h9v9h-9Z"/></g></svg>')
    '<svg xmlns="http://www.w3.org/2000/svg"><path fill="red" d="M0.1,4" /></svg>'
    """
    root = ElementTree.fromstring(svg)
    fonts = Counter(text.get("font-family", "") for text in root.iter(_TEXT))
    font = max(fonts, key=fonts.__getitem__, default="")
    for element in root.iter():
        _shorten(element, font)
    if font:
        root.set("font-family", font)
    _prune(root)
    return ElementTree.tostring(root, encoding="unicode")


def _shorten(element: Element, font: str) -> None:
    for name, value in list(element.items()):
        if _NAMES.match(name) or _IDLE.get(name) == value or (name == "font-family" and value == font):
            del element.attrib[name]
        elif name in ("d", "transform", "x2", "y2"):
            element.set(name, _LONG.sub(lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), value))


def _prune(parent: Element) -> None:
    """Leave out what is not seen, and groups that say nothing."""
    if parent.tag == _CLIP:
        return
    children: list[Element] = []
    for child in parent:
        _prune(child)
        if child.tag == _GROUP and not child.attrib:
            children += child
        elif not _unseen(child):
            children.append(child)
    parent[:] = children


def _unseen(element: Element) -> bool:
    if element.get("display") == "none" or element.get("opacity") == "0":
        return True
    if element.tag == _PATH:
        return not element.get("d") or not (element.get("fill") or element.get("stroke"))
    return element.tag in (_GROUP, _TEXT) and not len(element) and not element.text
