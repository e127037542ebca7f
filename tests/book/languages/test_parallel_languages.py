"""The translations beside the English book: placed where they are whole, told where they are not."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from industrial_chains.book.languages import parallel_languages


@pytest.fixture
def indexed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    sites: list[Path] = []
    monkeypatch.setattr(parallel_languages.search, "write", sites.append)
    monkeypatch.setattr(parallel_languages.notices, "write", lambda site: None)
    return sites


def app(out: Path, code: str) -> SimpleNamespace:
    """Make what Sphinx gives: an English site that is written, and a Chinese one that is on its way."""
    for page in (out / "index.html", out.parent / "zh" / "html" / "index.html"):
        page.parent.mkdir(parents=True)
        page.write_text(page.parent.parent.name, "utf-8")
    running = {"zh_CN": subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE)}
    return SimpleNamespace(outdir=str(out), statuscode=0, gvc_running=running)


def test_a_whole_translation_lies_in_the_site_and_is_searched(tmp_path: Path, indexed: list[Path]) -> None:
    english = app(tmp_path / "html", "")
    parallel_languages._finish(english, None)
    assert (tmp_path / "html" / "zh" / "index.html").read_text("utf-8") == "zh"
    assert (english.statuscode, indexed) == (0, [tmp_path / "html"])


def test_a_translation_that_fails_fails_the_build_and_costs_nothing_else(tmp_path: Path, indexed: list[Path]) -> None:
    english = app(tmp_path / "html", "raise SystemExit(3)")
    parallel_languages._finish(english, None)
    assert not (tmp_path / "html" / "zh").exists()
    assert (english.statuscode, indexed) == (1, [tmp_path / "html"])


def test_with_an_english_book_that_fails_the_translation_ends(tmp_path: Path, indexed: list[Path]) -> None:
    english = app(tmp_path / "html", "import time; time.sleep(60)")
    parallel_languages._finish(english, RuntimeError())
    assert english.gvc_running["zh_CN"].returncode
    assert (english.statuscode, indexed) == (1, [])


def test_where_nothing_is_to_stand_beside_nothing_is_done(tmp_path: Path, indexed: list[Path]) -> None:
    english = SimpleNamespace(outdir=str(tmp_path), statuscode=0)
    parallel_languages._finish(english, None)
    assert (english.statuscode, indexed) == (0, [])


def test_a_translation_reads_its_first_page_when_the_english_ones_have_run(tmp_path: Path) -> None:
    waits = "import types; from industrial_chains.book.languages import parallel_languages;"
    waits += "parallel_languages._wait(types.SimpleNamespace(config=types.SimpleNamespace(gvc_waits=True)), None, [])"
    english = app(tmp_path / "html", f"{waits}; open({str(tmp_path / 'read')!r}, 'w')")
    process = english.gvc_running["zh_CN"]
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(3)
    assert not (tmp_path / "read").exists()
    parallel_languages._let_go(english, None)
    assert process.wait(60) == 0
    assert (tmp_path / "read").exists()


def test_a_translation_that_failed_at_once_is_told_of_at_the_end(tmp_path: Path, indexed: list[Path]) -> None:
    english = app(tmp_path / "html", "raise SystemExit(3)")
    english.gvc_running["zh_CN"].wait()
    parallel_languages._let_go(english, None)
    parallel_languages._finish(english, None)
    assert (english.statuscode, indexed) == (1, [tmp_path / "html"])
