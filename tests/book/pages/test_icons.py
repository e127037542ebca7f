"""The icons of a site: all that its pages show, and no more."""

from pathlib import Path

from fontTools.ttLib import TTFont

from industrial_chains.book.pages import icons


def test_a_site_keeps_the_icons_that_it_shows(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<i class="fas fa-bars"></i><i class="fa-brands fa-github"></i>', "utf-8")
    styles = tmp_path / "_static/styles"
    styles.mkdir(parents=True)
    (styles / "theme.css").write_text('a:after{content:"\\f107"} b:after{content:"\uf062"}', "utf-8")
    icons.write(tmp_path)
    (folder,) = (tmp_path / "_static/vendor/fontawesome").iterdir()
    style = (folder / "css/all.min.css").read_text("utf-8")
    assert '.fa-github:before{content:"\\f09b"}' in style
    assert ".fa-moon:before" not in style
    assert "woff2" not in style
    held = {file.name: set(TTFont(file).getBestCmap()) for file in (folder / "webfonts").iterdir()}
    assert held == {"fa-brands-400.woff": {0xF09B}, "fa-solid-900.woff": {0xF0C9, 0xF107, 0xF062}}
    assert all(f"/{name})" in style for name in held)
    assert "fa-regular-400" not in style, "a font without a sign is not asked for"
