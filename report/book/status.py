"""What a build ran on, for the page that says so."""

import platform
from importlib.metadata import version

import pandas as pd

#: What computes and draws, besides the two packages of the book.
_PROGRAMS = (
    "gvc", "gvc-report", "numpy", "scipy", "pandas", "pyarrow", "altair", "vl-convert-python", "Sphinx", "myst-nb",
)  # fmt: skip


def versions() -> pd.DataFrame:
    """Versions of Python and of the packages that compute, draw and build."""
    found = {"Python": platform.python_version()} | {name: version(name) for name in _PROGRAMS}
    return pd.DataFrame({"Program": list(found), "Version": list(found.values())})
