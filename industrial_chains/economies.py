"""Who, as the book's data and addresses call them: as in `gvc`, but ASEAN is the article's nine, ASEAN10 all ten."""

from collections.abc import Iterable

from gvc import economies as eco
from gvc.economies import ROW, CoverageWarning, is_economy, iso, standard_name

__all__ = ["GROUPS", "ROW", "CoverageWarning", "covered", "is_economy", "iso", "members", "standard_name"]

#: What `gvc` calls a group that goes by another name here.
_CALLED = {"ASEAN": "ASEAN9", "ASEAN10": "ASEAN"}


def members(group: str) -> tuple[str, ...]:
    """Codes of the members of a group, as :func:`gvc.economies.members`.

    Examples
    --------
    >>> set(members("ASEAN10")) - set(members("ASEAN"))
    {'MMR'}
    """
    return eco.members(_CALLED.get(group, group))


GROUPS = {group: members(group) for group in ("NEA", "ASEAN", "EU27", "NAFTA", "ASEAN10", "EU27_2007")}


def covered(group: str | Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Members of a group that a table shows, as :func:`gvc.economies.covered`."""
    known = tuple(known)
    if isinstance(group, str) and group not in known:
        group = _CALLED.get(group, group)
    return eco.covered(group, known)
