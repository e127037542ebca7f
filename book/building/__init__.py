"""One build of the book: what runs, what is kept and until when, and how a mistake is told."""

from sphinx.application import Sphinx

from book.building import dependencies, kernels, mistakes


def register(app: Sphinx) -> None:
    """Connect what changes how Sphinx runs chapters and keeps their results."""
    for part in (kernels, dependencies, mistakes):
        part.register(app)
