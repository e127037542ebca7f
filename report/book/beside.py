"""The book in other languages beside the English one, built while that is written: what they show has run by then."""

# mypy: disable-error-code="import-untyped,misc"
# (docutils has no types)

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from report.book import search
from report.book.translation import folder


def register(app: Sphinx) -> None:
    """Let a list of languages be given, and connect what builds them."""
    app.add_config_value("gvc_beside", [], "")
    app.connect("env-updated", _begin)
    app.connect("build-finished", _finish, priority=900)  # when the English site is whole


def _begin(app: Sphinx, env: Any) -> None:
    command = [sys.executable, "-m", "report.book.catalogues", "build"]
    app.gvc_running = {  # type: ignore[attr-defined]
        language: subprocess.Popen([*command, language], cwd=app.srcdir) for language in app.config.gvc_beside
    }


def _finish(app: Sphinx, failure: Exception | None) -> None:
    running: dict[str, subprocess.Popen[bytes]] = getattr(app, "gvc_running", {})
    site = Path(app.outdir)
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
