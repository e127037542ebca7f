"""Drawings of a page: what is seen of them stays."""

from exhibits.svg_minify import slim

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


def test_what_is_seen_stays() -> None:
    drawn = (
        '<defs><clipPath id="c"><path d="M0,0h9v9Z"/></clipPath></defs>'
        '<g clip-path="url(#c)" class="mark"><path stroke="red" d="M1.26,-2.54L3.999,4" opacity="0.5"/></g>'
        '<text font-family="Arial" aria-hidden="true" opacity="1">a &lt; b</text><text font-family="Times">c</text>'
        '<text font-family="Arial">d</text>'
    )
    assert slim(SVG.format(drawn)) == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" font-family="Arial">'
        '<defs><clipPath id="c"><path d="M0,0h9v9Z" /></clipPath></defs>'
        '<g clip-path="url(#c)"><path stroke="red" d="M1.3,-2.5L4,4" opacity="0.5" /></g>'
        '<text>a &lt; b</text><text font-family="Times">c</text><text>d</text></svg>'
    )


def test_what_is_not_seen_goes() -> None:
    drawn = (
        '<g class="frame" transform="translate(0,0)"><path d="M0,0h9" aria-hidden="true"/><path fill="red" d=""/>'
        '<path fill="red" d="M0,0" opacity="0"/><path fill="red" d="M0,0" display="none"/><text/><g><g/></g></g>'
    )
    assert slim(SVG.format(drawn)) == SVG.format("").replace("></svg>", " />")
