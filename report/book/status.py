"""What a build ran on, for the page that says so."""

# mypy: disable-error-code="import-untyped,misc"
# (docutils has no types)

import platform
from importlib.metadata import version

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

#: What computes and draws, besides the two packages of the book.
_PROGRAMS = (
    "gvc", "gvc-report", "numpy", "scipy", "pandas", "pyarrow", "altair", "vl-convert-python", "Sphinx", "myst-nb",
)  # fmt: skip


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that compute, draw and build."""
    return {"Python": platform.python_version()} | {name: version(name) for name in _PROGRAMS}


class Versions(SphinxDirective):
    """``{versions}``, without options: a list of them."""

    def run(self) -> list[nodes.Node]:
        """Write it as the build finds it."""
        items = [nodes.list_item("", nodes.paragraph("", f"{name} {said}")) for name, said in versions().items()]
        return [nodes.bullet_list("", *items)]
