"""The databases, each a :class:`Source` that is asked in the article's terms.

`database` knows what a database is and reads it; `source` asks it for shares, links and industries; `databases` has
those of the book; `several` asks more than one of them.
"""

from industrial_chains.sources.database import Database, Group, Rows, SilentError, Yearly, Years, silent
from industrial_chains.sources.databases import (
    ADB,
    ARTICLE,
    LRWIOD,
    OECD,
    PUBLISHED,
    PUBLISHED_LINE,
    SOURCES,
    STROKES,
    TREATMENTS,
    WIOD,
    WIOD_HOSTS,
    WIOD_NEA,
    readers,
)
from industrial_chains.sources.several import beside_print, coverage, holes_of, links, links_by_pair, shares
from industrial_chains.sources.source import COMMON, UNION, Base, Side, Source, Tie, Who

__all__ = [
    "ADB",
    "ARTICLE",
    "COMMON",
    "LRWIOD",
    "OECD",
    "PUBLISHED",
    "PUBLISHED_LINE",
    "SOURCES",
    "STROKES",
    "TREATMENTS",
    "UNION",
    "WIOD",
    "WIOD_HOSTS",
    "WIOD_NEA",
    "Base",
    "Database",
    "Group",
    "Rows",
    "Side",
    "SilentError",
    "Source",
    "Tie",
    "Who",
    "Yearly",
    "Years",
    "beside_print",
    "coverage",
    "holes_of",
    "links",
    "links_by_pair",
    "readers",
    "shares",
    "silent",
]
