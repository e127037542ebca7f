"""Data: what the panels lack."""

from report.sources import WIOD


def industries_without_output() -> int:
    """Count the industries of an economy and year that have no output in WIOD."""
    return int((WIOD.accounts("output")["value"] == 0).sum())
