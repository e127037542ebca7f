"""What addresses of the explorer and of embeds may hold: the schema that the build hands to pages.

A schema has a rule by name: ``one`` of some words; a ``list`` of words parted by commas, or one of the ``words`` that
stand for some; a ``pair`` of words parted by a point; or a ``whole`` number from a least to a most. What is ``needed``
may not be left out, and what may come ``many`` times comes so often at most. ``address.js`` reads an address by it.
"""

from collections.abc import Iterable
from typing import Any

Schema = dict[str, dict[str, Any]]

#: Measures of two economies or groups, of two economies, and of one.
GROUPED = ("fva_share", "imint_share", "vax")
PAIRED = ("link", "intensity", "passing", "exports", "imports")
SINGLE = ("backward", "forward", "upstreamness")
KINDS = ("lines", "ranking", "change", "map", "matrix", "industries")
#: What the numbers of a view may be read as, at its address in `embed.html`.
FILES = ("csv", "json")
#: Pairs that a view may have beside its first.
MORE = 5


def view(economies: Iterable[str], databases: Iterable[str], years: tuple[int, int]) -> Schema:
    """Return what an address of the explorer, or of an embed, may hold: whatever it leaves out is as in the first view.

    Examples
    --------
    >>> view(["CHN", "MEX"], ["oecd"], (1965, 2022))["from"]
    {'whole': [1965, 2022]}
    """
    codes, span = list(economies), {"whole": list(years)}
    return {
        "measure": {"one": [*GROUPED, *PAIRED, *SINGLE]},
        "view": {"one": list(KINDS)},
        "origin": {"one": codes},
        "partner": {"one": codes},
        "fixed": {"one": ["origin", "partner"]},
        "also": {"pair": codes, "many": MORE},
        "database": {"one": ["all", *databases]},
        "from": span,
        "to": span,
        "as": {"one": list(FILES)},
    }
