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
    _running(app).update(
        {language: subprocess.Popen([*command, language], cwd=app.srcdir) for language in app.config.gvc_beside}
    )


def _finish(app: Sphinx, failure: Exception | None) -> None:
    for language, process in _running(app).items():
        if failure:
            process.terminate()
        if process.wait():
            app.statuscode = 1
            continue
        place = Path(app.outdir) / folder(language)
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(
            Path(app.outdir).parents[0] / folder(language) / "html",
            place,
            copy_function=os.link,
            ignore=shutil.ignore_patterns(".*", "_sources"),
        )
    if _running(app) and not app.statuscode:
        search.write(Path(app.outdir))  # one index holds all languages


def _running(app: Any) -> dict[str, subprocess.Popen[bytes]]:
    if not hasattr(app, "gvc_running"):
        app.gvc_running = {}
    running: dict[str, subprocess.Popen[bytes]] = app.gvc_running
    return running
