"""Tests of the article's statements: operators for rows of ``claims.yml``, and functions by part of the article."""

from industrial_chains.statements import between, frontier, history, resources, upgrading, within

__all__ = ["between", "frontier", "history", "resources", "upgrading", "within"]  # each registers what it tests
