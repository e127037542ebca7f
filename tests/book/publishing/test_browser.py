"""The browser is found wherever it lies, or installed where that is allowed, or one line says how to get it."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from book.publishing import browser
from gvc import GvcError


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a machine that has nothing: a folder of commands, one of applications, and Playwright's own place."""
    for name in ("bin", "Applications"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(browser, "_APPLICATIONS", (tmp_path / "Applications",))
    return tmp_path


def playwright(machine: Path) -> Any:
    return SimpleNamespace(chromium=SimpleNamespace(executable_path=str(machine / "playwright" / "chrome")))


def write(path: Path, script: str = "#!/bin/sh\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(script, "utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    "place",
    [
        "bin/chromium",
        "bin/google-chrome",
        "bin/google-chrome-stable",
        "Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "Applications/Chromium.app/Contents/MacOS/Chromium",
        "playwright/chrome",
    ],
)
def test_it_is_found(machine: Path, place: str) -> None:
    there = write(machine / place)
    assert browser.executable(playwright(machine)) == str(there)


def test_none_says_how_to_get_one(machine: Path) -> None:
    with pytest.raises(GvcError, match=r"Debian: apt-get install chromium\. macOS: brew .*playwright install chromium"):
        browser.executable(playwright(machine))


APT = '#!/bin/sh\necho "$@" >> "{log}"\n'
SUDO = '#!/bin/sh\necho "sudo $1" >> "{log}"\nshift\nexec "$@"\n'
ENV = '#!/bin/sh\nshift\nexec "$@"\n'


@pytest.mark.parametrize(
    ("user", "commands", "done"),
    [
        (0, {"apt-get": APT}, ["-q update", "-q install -y --no-install-recommends chromium libatomic1"]),
        (
            1000,
            {"apt-get": APT, "sudo": SUDO},
            ["sudo -n", "sudo -n", "-q update", "sudo -n", "-q install -y --no-install-recommends chromium libatomic1"],
        ),
        (1000, {"apt-get": APT, "sudo": "#!/bin/sh\nexit 1\n"}, []),  # it would ask for a password
        (1000, {"apt-get": APT}, []),
        (0, {}, []),
    ],
)
def test_it_is_installed_where_that_is_allowed(
    machine: Path, monkeypatch: pytest.MonkeyPatch, user: int, commands: dict[str, str], done: list[str]
) -> None:
    log = machine / "log"
    for name, script in ({"env": ENV, "true": "#!/bin/sh\n"} | commands).items():
        write(machine / "bin" / name, script.format(log=log))
    monkeypatch.setattr(browser.os, "geteuid", lambda: user)
    browser._install()
    assert (log.read_text().splitlines() if log.exists() else []) == done


def test_an_installation_that_fails_says_what_it_said(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(machine / "bin" / "apt-get", "#!/bin/sh\necho E: no network >&2\nexit 100\n")
    write(machine / "bin" / "env", ENV)
    write(machine / "bin" / "true")
    monkeypatch.setattr(browser.os, "geteuid", lambda: 0)
    with pytest.raises(SystemExit, match=r"E: no network\nerror: apt-get update failed"):
        browser._install()


def test_it_shows_latin_and_chinese_with_the_fonts_of_charts(browser: BrowserContext) -> None:
    """Whatever fonts the machine has, tests see the same widths: 12 px of Arial's digits, and a whole em of Chinese."""
    page = browser.new_page()
    page.set_content('<span style="font: 100px Arial">1A</span><span style="font: 100px sans-serif">产业</span>')
    latin, chinese = (span.bounding_box()["width"] for span in page.locator("span").all())
    page.close()
    assert latin == pytest.approx(55.6 + 66.7, abs=0.5)
    assert chinese == pytest.approx(200, abs=0.5)
