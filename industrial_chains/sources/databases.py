"""The databases of the book, and the panels that its readers have built."""

from exhibits.names import Stroke
from exhibits.text import flat
from gvc import panel
from industrial_chains import article, oecd_tables
from industrial_chains.sources.source import Source

#: The economies of Northeast Asia and the hosts that WIOD shows.
WIOD_NEA, WIOD_HOSTS = ("CHN", "JPN", "KOR", "RUS"), ("IDN", "IND", "MEX")
#: The treatments of :func:`gvc.foreign_value_added`, as the charts name them.
TREATMENTS = {"members": "One by one", "block": "As a block", "merged": "Merged"}

ARTICLE = Source(
    "Article",
    "Article, ADB 2022",
    "Li Qingru (2025), from the UIBE GVC Database on ADB MRIO 2022.",
    flows=article.as_panel,
    stroke=Stroke(width=1.25),
    printed=True,
    yearly="editions",
)
ADB = Source(
    "ADB",
    "ADB, 72 economies",
    "Own computation, November 2026, from ADB MRIO figures, 72-economy edition of August 2023.",
    flows="adb_fva_shares",
    stroke=Stroke(width=3),
    yearly="editions",
)
LRWIOD = Source(
    "Long-run WIOD",
    "Long-run WIOD, release 1.1",
    "Own computation, November 2026, from the Long-run WIOD, release 1.1.",
    flows="lrwiod",
    industries="lrwiod_sectors",
    yearly="unmeasured",
    stroke=Stroke(width=1.25),
)
WIOD = Source(
    "WIOD",
    "WIOD, 2013 release",
    "Own computation, November 2026, from WIOD, 2013 release.",
    flows="wiod2013",
    industries="wiod2013_sectors",
    yearly="unmeasured",
)
OECD = Source(
    "OECD",
    "OECD, 2025 edition",
    oecd_tables.LINE
    if oecd_tables.official()
    else "Own computation, November 2026, from the OECD's tables, 2025 edition: 2022 rebuilt, the years before "
    "estimated.",
    flows="oecd",
    industries="oecd_sectors",
    stroke=Stroke(width=2),
    estimates=range(0) if oecd_tables.official() else range(2011, 2022),
    yearly="trial",
)
#: All of them, the print first; an exhibit that names none asks each, and shows what those say that can answer.
SOURCES = (ARTICLE, LRWIOD, WIOD, ADB, OECD)
#: What the OECD publishes itself, as charts call it.
PUBLISHED = "OECD, as published"
PUBLISHED_LINE = "OECD, Trade in Value Added, 2025 edition, as published."
#: Strokes by database, for charts: solid if measured, dashed if estimated, and of a width each.
STROKES = {source.label: source.stroke for source in SOURCES}
STROKES |= {OECD.label_in(year): Stroke((4, 3), 2) for year in OECD.estimates[:1]}


def readers(name: str) -> Source:
    """Return a panel that a reader has built as a source, with its industries if they are there, too.

    Raises
    ------
    GvcError
        If it is damaged.
    """
    about = panel.about(name)
    label = f"panel {flat(name)}"  # as none of the book's is called
    line = f"Own computation from {about.source} ({label})."
    industries = f"{name}_sectors" if about.by_industry else None
    source = Source(label, label, line, name, industries, yearly="unmeasured")
    source.economies  # noqa: B018 (its numbers are read)
    return source
