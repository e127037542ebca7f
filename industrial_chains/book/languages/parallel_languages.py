"""The book in other languages beside the English one, built while that is written: what they show has run by then.

They begin at once, and wait for a line from the English one before they read the first page.
"""

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from industrial_chains.book.pages import notices, search
from industrial_chains.book.translation import folder


def register(app: Sphinx) -> None:
    """Let a list of languages be given, and connect what builds them."""
    app.add_config_value("gvc_beside", [], "")
    app.add_config_value("gvc_waits", False, "")
    app.connect("builder-inited", _begin)
    app.connect("env-before-read-docs", _wait, priority=900)
    app.connect("env-updated", _let_go)
    app.connect("build-finished", _finish, priority=900)  # when the English site is whole


def _begin(app: Sphinx) -> None:
    command = [sys.executable, "-m", "industrial_chains.book.languages.catalogues", "--wait", "build"]
    app.gvc_running = {  # pyrefly: ignore[missing-attribute]
        language: subprocess.Popen([*command, language], cwd=app.srcdir, stdin=subprocess.PIPE)
        for language in app.config.gvc_beside
    }


def _wait(app: Sphinx, env: Any, pages: list[str]) -> None:
    if app.config.gvc_waits and not sys.stdin.readline():
        sys.exit("The English book was not built.")


def _let_go(app: Sphinx, env: Any) -> None:
    for process in _running(app).values():
        assert process.stdin, "it was begun with one"
        with suppress(BrokenPipeError), process.stdin:  # broken, it has failed, and says so when it is waited for
            process.stdin.write(b"\n")


def _running(app: Sphinx) -> dict[str, subprocess.Popen[bytes]]:
    running: dict[str, subprocess.Popen[bytes]] = getattr(app, "gvc_running", {})
    return running


def _finish(app: Sphinx, failure: Exception | None) -> None:
    running, site = _running(app), Path(app.outdir)
    for language, process in running.items():
        if failure:
            process.terminate()
        if process.wait():
            app.statuscode = 1
            continue
        place = site / folder(language)
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(
            site.parent / folder(language) / "html",
            place,
            copy_function=os.link,
            ignore=shutil.ignore_patterns(".*", "_sources"),
        )
    if running and not failure:
        search.write(site)  # one index holds all languages
        notices.write(site)
