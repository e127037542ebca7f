"""Lists the versions of the programs that computed the numbers."""

import platform
from importlib.metadata import version

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

#: What computes and draws, the three packages of the book first.
_PROGRAMS = (
    "gvc-measures", "sphinx-exhibits", "industrial-chains", "numpy", "scipy", "pandas", "pyarrow", "altair",
    "vl-convert-python", "Sphinx", "myst-nb",
)  # fmt: skip


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that compute, draw and build."""
    return {"Python": platform.python_version()} | {name: version(name) for name in _PROGRAMS}


class Versions(SphinxDirective):
    """``{versions}``, without options: a list of them."""

    def run(self) -> list[nodes.Node]:
        """Write it as the build finds it."""
        items = [nodes.list_item("", nodes.paragraph("", f"{name} {number}")) for name, number in versions().items()]
        return [nodes.bullet_list("", *items)]


def register(app: Sphinx) -> None:
    """Connect it."""
    app.add_directive("versions", Versions)
