"""Errors that stop a build: a line says where, what was expected, what was found and what to do."""

from sphinx.errors import ExtensionError


class ExhibitError(ExtensionError):
    """A picture, a word or a catalogue that cannot be shown to readers as it is."""

    def __init__(self, where: str, *, expected: str, found: str, remedy: str) -> None:
        super().__init__(f"{where}: expected {expected}; found {found.removesuffix('.')}. {remedy}")
