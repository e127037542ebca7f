"""`make check` stays quick: what it runs asks for no browser and no built site."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import light

ROOT = Path(__file__).parents[1]


def test_the_built_site_and_browsers_are_refused_and_nothing_else() -> None:
    light.refuse("open", (str(ROOT / "data/definitions.csv"), "r", 0))
    light.refuse("subprocess.Popen", (sys.executable, ["python"], None, None))
    with pytest.raises(AssertionError, match=r"index\.html belongs to the built site"):
        light.refuse("open", (str(ROOT / "_build/html/index.html"), "r", 0))
    with pytest.raises(AssertionError, match="is a browser, or begins one"):
        light.refuse("subprocess.Popen", ("/usr/bin/chromium", ["chromium"], None, None))


def test_a_browser_test_that_slips_in_fails(tmp_path: Path) -> None:
    (tmp_path / "test_slipped.py").write_text("def test_it(browser):\n    browser.new_page()\n", "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "tests.conftest"]
    environment = os.environ | {"GVC_LIGHT": "", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*command, str(tmp_path)], cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1
    assert "is a browser, or begins one. make check runs no such test" in done.stdout


@pytest.mark.parametrize("which", ["CHECKED", "UNCHECKED"])
def test_make_check_runs_what_is_there_and_leaves_out_what_is_there(which: str) -> None:
    listed = re.search(rf"^{which} = ((?:.*\\\n)*.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert listed
    names = [one.removeprefix("--ignore=") for one in listed[1].replace("\\", "").split()]
    assert [one for one in names if not (ROOT / one).exists()] == []
