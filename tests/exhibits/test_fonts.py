"""Charts are drawn with fonts from packages: those of the machine change no byte, and no character becomes a box."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import fontpkg_arimo
import pylopdf_fonts_zh_cn
import pytest
from fontTools.ttLib import TTFont

from exhibits import fonts
from exhibits.errors import ExhibitError

DRAW = """
import hashlib, sys
from pathlib import Path
from exhibits import drawings, fonts
from exhibits.charts import FONT
for words in ("Agriculture", "农业与产业链 Agriculture"):
    spec = {
        "data": {"values": [{"a": words, "b": -1234.5}]},
        "mark": "bar",
        "encoding": {"y": {"field": "a"}, "x": {"field": "b", "type": "quantitative"}},
        "config": {"axis": {"titleFontWeight": 600}},
    }
    font = fonts.family(words, "x")
    svg = drawings.svg(Path(sys.argv[1]), spec, font)
    png = drawings.png(Path(sys.argv[1]), svg, font)
    print(hashlib.sha256(svg.encode()).hexdigest(), hashlib.sha256(png).hexdigest())
"""
DEJAVU = "/usr/share/fonts/truetype/dejavu"
#: Those of the packages under their own names: other cuts of the same families, as a system may have them.
LIKE_OURS = (str(fontpkg_arimo.ROOT / "files"), str(pylopdf_fonts_zh_cn.sans_path().parent))


def drawn(folder: Path, *fonts_of_the_system: str) -> str:
    """Draw on a system that has the fonts in some folders, and no others."""
    system = folder / f"{len(list(folder.iterdir()))}.conf"
    places = "".join(f"<dir>{place}</dir>" for place in fonts_of_the_system)
    system.write_text(f"<fontconfig>{places}<cachedir>{folder}/cache</cachedir></fontconfig>")
    run = [sys.executable, "-c", DRAW, str(system.with_suffix(".kept"))]
    return subprocess.run(
        run, env=os.environ | {"FONTCONFIG_FILE": str(system)}, capture_output=True, text=True, check=True
    ).stdout


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Name a folder in which the fonts are made."""
    folder = tmp_path_factory.mktemp("fonts")
    fonts.made(folder)
    return folder


@pytest.mark.skipif(sys.platform != "linux", reason="only there does a file say which fonts a system has")
def test_the_fonts_of_the_machine_change_no_byte(ours: Path, tmp_path: Path) -> None:
    shutil.copytree(ours, tmp_path / "fonts")
    bare = drawn(tmp_path)
    assert len(set(bare.split())) == 4
    assert drawn(tmp_path, *LIKE_OURS) == bare
    assert drawn(tmp_path, DEJAVU, *LIKE_OURS) == bare


def test_a_text_has_the_font_that_has_all_its_characters() -> None:
    assert fonts.family("Türkiye −1.5 → “x”…", "x") == "Exhibits Sans"
    assert fonts.family("GDP，十亿美元", "x") == "Exhibits Sans SC"
    assert fonts.family("", "x") == "Exhibits Sans"


def test_a_character_that_no_font_has_is_named() -> None:
    with pytest.raises(ExhibitError, match=r"chapters/x, chart 'y': expected .*found ጀ \(U\+1300\), 𓀀 \(U\+13000\)"):
        fonts.family("Ag 农 ጀ 𓀀 \n", "chapters/x, chart 'y'")


def test_latin_is_as_wide_as_the_fonts_of_pages(ours: Path) -> None:
    """By Arial's own table of widths: 1139 for a digit, 1366 for A, 2048 to the em; in bold 1479 for A."""
    place = fonts.made(ours)
    for weight, capital in {400: 1366, 700: 1479}.items():
        font = TTFont(place / f"latin-{weight}.ttf")
        width = {sign: font["hmtx"][font.getBestCmap()[ord(sign)]][0] for sign in "1A"}
        assert width == {"1": 1139, "A": capital}
        assert font["OS/2"].usWeightClass == weight
        assert font["name"].getDebugName(1) == "Exhibits Sans"


def test_fonts_of_another_name_are_made_anew(ours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else words would be measured in whatever font the machine has in their place."""
    shutil.copytree(ours, tmp_path / "fonts")
    monkeypatch.setattr(fonts, "LATIN", "Other Sans")
    assert TTFont(fonts.made(tmp_path / "fonts") / "latin-400.ttf")["name"].getDebugName(1) == "Other Sans"


def test_a_font_that_cannot_be_read_draws_nothing_in_silence(ours: Path, tmp_path: Path) -> None:
    """In another process: fonts once registered stay."""
    shutil.copytree(ours, tmp_path / "fonts")
    (fonts.made(tmp_path / "fonts") / "latin-400.ttf").write_bytes(b"spoiled")
    (fonts.made(tmp_path / "fonts") / "latin-700.ttf").write_bytes(b"spoiled")
    run = [sys.executable, "-c", DRAW, str(tmp_path / "kept")]
    done = subprocess.run(run, capture_output=True, text=True, encoding="utf-8", check=False)
    assert "expected the font Exhibits Sans; found none that draws" in done.stderr.splitlines()[-1]
