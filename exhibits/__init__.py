"""Numbered, translated, downloadable charts and tables for books that Sphinx builds.

A notebook uses :mod:`exhibits.charts` and :mod:`exhibits.tables`; Sphinx loads this package as an extension.
"""

from importlib import import_module
from typing import Any


def setup(app: Any) -> dict[str, Any]:
    """Connect the extension."""
    # Here, and by name, since notebooks need no Sphinx.
    connected: dict[str, Any] = import_module("exhibits.extension").setup(app)
    return connected
