"""Finds the browser that prints the book and runs its tests, and installs it where that is allowed.

``python -m book.publishing.browser`` sees to it that there is one.
"""

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from xml.sax.saxutils import escape

from playwright.sync_api import Playwright, sync_playwright

from exhibits import fonts
from gvc.errors import GvcError
from gvc.place import atomic

#: Without sandbox, since containers allow none; and without asking for updates, which a closed network refuses.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

_COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_MAC = ("Google Chrome.app/Contents/MacOS/Google Chrome", "Chromium.app/Contents/MacOS/Chromium")
_APPLICATIONS = (Path("/Applications"), Path.home() / "Applications")

#: What pages name first, and what Chinese characters are taken from, on whatever machine.
_FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<dir>{place}</dir>
{aliases}
</fontconfig>
"""
_ALIAS = """<alias binding="same">
<family>{name}</family><prefer><family>{latin}</family><family>{chinese}</family></prefer>
</alias>"""
_NAMES = ("Helvetica Neue", "Helvetica", "Arial", "Liberation Sans", "sans-serif")


def executable(playwright: Playwright) -> str:
    """Find the browser: Chromium or Chrome as a command or as an application of macOS, or Playwright's own.

    Raises
    ------
    GvcError
        If there is none.
    """
    commands = [Path(found) for name in _COMMANDS if (found := shutil.which(name))]
    applications = [folder / name for folder in _APPLICATIONS for name in _MAC]
    own = Path(playwright.chromium.executable_path)
    found = next((path for path in [*commands, *applications, own] if path.is_file()), None)
    if found is None:
        raise GvcError(
            "PATH",
            expected="Chromium or Chrome, which prints the book and opens its pages in tests",
            found="none",
            remedy="Install it and repeat the command. Debian: apt-get install chromium. macOS: brew install --cask "
            "chromium. Elsewhere: .venv/bin/playwright install chromium",
        )
    return str(found)


def environment(folder: Path) -> dict[str, str | float | bool]:
    """Return the environment in which a browser on Linux uses the fonts of charts for Latin and Chinese.

    Parameters
    ----------
    folder : Path
        Where the fonts are kept, or made if they are not there.
    """
    place = fonts.made(folder)
    aliases = (_ALIAS.format(name=name, latin=fonts.LATIN, chinese=fonts.CHINESE) for name in _NAMES)
    settings = _FONTCONFIG.format(place=escape(str(place)), aliases="\n".join(aliases)).encode()
    file = place / f"{sha256(settings).hexdigest()[:16]}.conf"
    if not file.exists():
        with atomic(file) as part:  # whole, for browsers that begin at the same time
            part.write(settings)
    return {**os.environ, "FONTCONFIG_FILE": str(file)}


def _install() -> None:
    """Install Chromium on Debian, and what Playwright lacks there, for root or with sudo that asks for no password."""
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (root and not shutil.which("sudo")):
        return
    if subprocess.run([*root, "true"], stderr=subprocess.DEVNULL, check=False).returncode:
        return
    sys.stderr.write("Installing Chromium by apt-get, for tests and print (a minute)\n")
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    for command in (["update"], ["install", "-y", "--no-install-recommends", "chromium", "libatomic1"]):
        done = subprocess.run([*apt, *command], capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{done.stdout}{done.stderr}error: apt-get {command[0]} failed, see above")


def _find() -> None:
    """End with one line if Playwright cannot start, or finds no browser."""
    try:
        with sync_playwright() as playwright:
            executable(playwright)
    except GvcError as error:
        sys.exit(f"error: {error}")
    except Exception:  # as Playwright says that its driver, a program of its own, has ended
        sys.exit("error: Playwright does not start, see above. On Debian: apt-get install libatomic1")


if __name__ == "__main__":
    if sys.argv[1:]:
        _find()
    else:  # in another process: the driver of Playwright itself may lack a library
        find = [sys.executable, "-m", "book.publishing.browser", "find"]
        if subprocess.run(find, capture_output=True, check=False).returncode:
            _install()
            sys.exit(subprocess.run(find, check=False).returncode)
