"""The article's statements put to the numbers: one function a statement, a module a part of the article."""

from industrial_chains.statements import between, frontier, history, within

__all__ = ["between", "frontier", "history", "within"]  # each registers what it tests
