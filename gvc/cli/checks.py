"""What ``gvc check`` says of a table: each check passed, or what it found."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from gvc.checks import Finding
from gvc.icio import ICIO

#: All that can be found, in the order in which it is said; the first is what reading itself has checked.
CHECKS = (
    "labels, blocks and numbers",
    "row balance",
    "column balance",
    "printed inputs",
    "printed output",
    "another year",
    "unit assumed",
    "blank in the block",
    "footer row missing",
    "blank in the footer",
    "in the legend only",
    "booked to no user",
    "negative output",
    "negative value added",
    "flows without output",
    "zero output",
    "negative intermediate delivery",
    "negative final demand",
)


@dataclass(frozen=True)
class Check:
    """One check of a table.

    Attributes
    ----------
    name : str
    level : {"PASS", "WARN", "FAIL"}
        The worst of what it found.
    findings : tuple of Finding
        The failures first.
    """

    name: str
    level: Literal["PASS", "WARN", "FAIL"]
    findings: tuple[Finding, ...] = field(default=())

    def __str__(self) -> str:
        """On one line: of what it found, the first and how many more."""
        line = self.name
        if self.findings:
            line += str(self.findings[0]).partition(self.name)[2]
        if len(self.findings) > 1:
            line += f", and {len(self.findings) - 1:,} more"
        return line


def report(icio: ICIO) -> list[Check]:
    """Run all checks of a table.

    Returns
    -------
    list of Check
        Those of :meth:`gvc.ICIO.check`, and that what it finds nothing of has passed.
    """
    found = icio.check()
    return _by_check(found, (*CHECKS, *(finding.what for finding in found)))


def brief(found: Iterable[Finding]) -> str:
    """Say on one line what was found in a table."""
    found = list(found)
    return "; ".join(str(check) for check in _by_check(found, (finding.what for finding in found)))


def _by_check(found: Iterable[Finding], names: Iterable[str]) -> list[Check]:
    found, checks = list(found), []
    for name in dict.fromkeys(names):
        same = sorted((finding for finding in found if finding.what == name), key=lambda finding: finding.level)
        checks.append(Check(name, same[0].level if same else "PASS", tuple(same)))
    return checks
