"""Drawings are kept: one that is there is not made again, and one that would look otherwise is."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from exhibits import drawings, file_cache, fonts

SPEC = {"data": {"values": [{"a": 1}, {"a": 3}]}, "mark": "point", "encoding": {"x": {"field": "a"}}}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Name a folder for drawings, beside fonts that are there: to make them takes seconds, and has tests of its own."""
    (tmp_path / "fonts").symlink_to(fonts.made(Path(__file__).parents[2] / fonts.PLACE).parent)
    return tmp_path / "kept"


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """List what has been drawn, by a pen that is quick."""
    found: list[str] = []
    monkeypatch.setattr(drawings.fonts, "register", lambda folder: None)
    monkeypatch.setattr(drawings.fonts, "versions", lambda: "a pen of 2026")
    monkeypatch.setattr(drawings.vl_convert, "vegalite_to_svg", lambda spec: found.append("svg") or f"<{spec}>")
    monkeypatch.setattr(drawings.vl_convert, "svg_to_png", lambda svg, scale: found.append("png") or svg.encode())
    return found


def test_what_is_kept_is_what_is_drawn(place: Path) -> None:
    first, second = drawings.svg(place, SPEC, fonts.LATIN), drawings.svg(place, SPEC, fonts.LATIN)
    assert first == second
    assert first.startswith("<svg")
    assert drawings.png(place, first, fonts.LATIN) == drawings.png(place, first, fonts.LATIN)
    assert drawings.png(place, first, fonts.LATIN).startswith(b"\x89PNG")
    assert sorted(file.suffix for file in place.iterdir()) == [".png", ".svg"]


def test_it_is_drawn_once_and_anew_where_it_differs(drawn: list[str], tmp_path: Path) -> None:
    for spec in ({"a": 1}, {"a": 1}, {"a": 2}):
        drawings.svg(tmp_path, spec, fonts.LATIN)
    for svg in ("<one>", "<one>", "<other>"):
        drawings.png(tmp_path, svg, fonts.LATIN)
    assert drawn == ["svg", "svg", "png", "png"]


def test_another_font_or_another_version_of_it_draws_anew(
    drawn: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for font in (fonts.LATIN, fonts.CHINESE):
        drawings.svg(tmp_path, {}, font)
        drawings.png(tmp_path, "<one>", font)
    assert drawn == ["svg", "png"] * 2
    monkeypatch.setattr(drawings.fonts, "versions", lambda: "a pen of 2027")
    drawings.svg(tmp_path, {}, fonts.LATIN)
    drawings.png(tmp_path, "<one>", fonts.LATIN)
    assert drawn == ["svg", "png"] * 3


def test_a_drawing_names_the_fonts_of_pages(place: Path) -> None:
    """The reader's system has none that is named as ours are."""
    for font in (fonts.LATIN, fonts.CHINESE):
        svg = drawings.svg(place, SPEC, font)
        assert "Exhibits Sans" not in svg
        assert "'Liberation Sans', " in svg


def test_an_interrupted_drawing_is_none(drawn: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(drawings.vl_convert, "vegalite_to_svg", broken)
        with pytest.raises(KeyboardInterrupt):
            drawings.svg(tmp_path, {}, fonts.LATIN)
    assert drawings.svg(tmp_path, {}, fonts.LATIN) == "<{'config': {'font': 'Exhibits Sans'}}>"


def test_what_nobody_asks_for_goes_first(drawn: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_cache, "LIMIT", 2)
    for at in range(3):
        drawings.svg(tmp_path, {"a": at}, fonts.LATIN)
        for file in tmp_path.iterdir():
            os.utime(file, ns=(0, file.stat().st_mtime_ns - 10**9))
    drawings.svg(tmp_path, {"a": 0}, fonts.LATIN)
    file_cache.truncate(tmp_path)
    for at in (0, 2):
        drawings.svg(tmp_path, {"a": at}, fonts.LATIN)
    assert drawn == ["svg"] * 3
    drawings.svg(tmp_path, {"a": 1}, fonts.LATIN)
    assert drawn == ["svg"] * 4


def test_what_another_process_moves_meanwhile_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "moved").symlink_to("nowhere")  # it is listed, and no longer there
    file_cache.truncate(tmp_path)
    assert file_cache.once(tmp_path / "made.svg", lambda: b"made") == b"made"
    file_cache.truncate(tmp_path)
    assert file_cache.once(tmp_path / "made.svg", lambda: b"again") == b"made"


@pytest.mark.parametrize("spoil", [lambda whole: whole[:-20], lambda whole: b"", lambda whole: b"?" + whole[1:]])
def test_a_damaged_drawing_is_made_again_and_one_line_says_so(
    place: Path, capsys: pytest.CaptureFixture[str], spoil: Callable[[bytes], bytes]
) -> None:
    whole = drawings.svg(place, SPEC, fonts.LATIN)
    (file,) = place.iterdir()
    file.write_bytes(spoil(file.read_bytes()))
    assert drawings.svg(place, SPEC, fonts.LATIN) == whole
    assert capsys.readouterr().err.count("\n") == 1
    assert drawings.svg(place, SPEC, fonts.LATIN) == whole
    assert capsys.readouterr().err == ""
