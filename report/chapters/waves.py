"""Waves of relocation: a timeline, who handed what to whom, and the rise of China."""

import pandas as pd

from gvc import economies as eco
from report import article
from report.handover import INDUSTRIES, NIES, SOURCES, share, shares
from report.literature import words
from report.look import names
from report.sectors import GOODS, MANUFACTURING
from report.sources import LRWIOD, OECD, WIOD, Source

#: What two shares must differ by, in points, before the book calls it a change.
CLEAR = 1.0
#: Hosts of the fifth wave, as the article names them.
HOSTS = (*eco.GROUPS["ASEAN10"], "IND", "MEX")
#: Of each wave who sent, who received, and the database and years in which that can be seen.
SIDES: dict[str, tuple[tuple[str, ...], tuple[str, ...], Source, int, int]] = {
    "Second, its end": (("USA",), ("JPN", "DEU"), LRWIOD, 1965, 1970),
    "Third": (("JPN",), NIES, LRWIOD, 1970, 1990),
    "Fourth": (("JPN", "USA", "DEU", "KOR", "TWN"), ("CHN",), WIOD, 1995, 2010),
    "Fifth, so far": (("CHN",), HOSTS, OECD, 2011, 2022),
}
#: What a sender's and a host's change say of a wave, by whether each is clear: -1 fell, 1 rose.
FOUND = {
    (-1, 1): "Handed on",
    (1, 1): "Both grew",
    (0, 1): "Host grew",
    (-1, 0): "Sender fell",
    (1, 0): "Sender grew",
    (0, 0): "No clear move",
    (-1, -1): "Both fell",
    (0, -1): "Host fell",
    (1, -1): "Handed back",
}


def waves() -> pd.DataFrame:
    """Five waves of relocation, for the timeline.

    Returns
    -------
    DataFrame
        Columns wave, start, end, who, what.
    """
    return words("waves")[["start", "end", "who", "what"]].reset_index(names="wave")


def relay() -> pd.DataFrame:
    """Shares in the world's exported value added of textiles and clothing, 1965 to 2000.

    Returns
    -------
    DataFrame
        Columns of :func:`report.handover.shares`.
    """
    frame = shares(["Textiles and clothing"], ("USA", "DEU", "JPN", *NIES, "CHN", "IND", "MEX"))
    return frame[frame["database"] == LRWIOD.label]


def every_industry() -> pd.DataFrame:
    """Return the same of all four industries since 1965, every second year, for the leaders in them."""
    frame = shares(INDUSTRIES, ("USA", "JPN", "KOR", "CHN"))
    return frame[frame["year"] % 2 == 0]


def handovers(flow: str = "vax") -> pd.DataFrame:
    """Shares of senders and hosts of each wave at its start and its end, by industry, and what that says.

    Parameters
    ----------
    flow : str
        Of what the shares are, see :func:`report.handover.share`.

    Returns
    -------
    DataFrame, (Wave, Industry) × {Senders, Hosts, Start, End, sender_start, sender_end, host_start, host_end, Found, Database}
        Percent of the world's; found as in :data:`FOUND`.
    """
    rows = {}
    for wave, (senders, hosts, source, start, end) in SIDES.items():
        for industry in INDUSTRIES:
            sent, held = share(industry, senders, source, flow), share(industry, hosts, source, flow)
            signs = (_sign(sent[end] - sent[start]), _sign(held[end] - held[start]))
            rows[wave, industry] = {
                "Senders": _named(senders),
                "Hosts": _named(hosts),
                "Start": start,
                "End": end,
                "sender_start": sent[start],
                "sender_end": sent[end],
                "host_start": held[start],
                "host_end": held[end],
                "Found": FOUND[signs],
                "Database": source.name,
            }
    return pd.DataFrame(rows).T.rename_axis(index=["Wave", "Industry"]).infer_objects()


def _sign(change: float) -> int:
    return 0 if abs(change) < CLEAR else 1 if change > 0 else -1


def _named(codes: tuple[str, ...]) -> str:
    shown = ("ASEAN", *codes[-2:]) if codes == HOSTS else codes
    return ", ".join(map(names.economy, shown))


def shown_handovers() -> pd.DataFrame:
    """Lay the hand-overs out for a table."""
    frame = handovers()
    short = {"Senders": "Sender", "Hosts": "Host"}
    for side, column in (("sender", "Senders"), ("host", "Hosts")):
        pairs = zip(frame[f"{side}_start"], frame[f"{side}_end"], strict=True)
        frame[f"{short[column]}, percent"] = [f"{before:.1f} → {after:.1f}" for before, after in pairs]
    years = [f"{start}–{end}" for start, end in zip(frame["Start"], frame["End"], strict=True)]
    return frame.assign(Years=years)[["Sender, percent", "Host, percent", "Found", "Years", "Database"]]


def fifth() -> pd.DataFrame:
    """Shares in exported value added of China and of the hosts of the fifth wave, by industry, OECD.

    Returns
    -------
    DataFrame
        Columns year, economy, industry, value, database.
    """
    rows = []
    for industry in INDUSTRIES:
        for code, who in {"CHN": "CHN", "ASEAN10": eco.GROUPS["ASEAN10"], "IND": "IND", "MEX": "MEX"}.items():
            held = share(industry, who, OECD)
            rows += [
                (year, code, industry, value, OECD.label_in(year))
                for year, value in zip(map(int, held.index), held, strict=True)
            ]
    return pd.DataFrame(rows, columns=["year", "economy", "industry", "value", "database"])


def export_shares() -> pd.DataFrame:
    """Shares of large exporters in world exports of goods, and China's as the article has them.

    Returns
    -------
    DataFrame
        Columns year, exporter, value, database; percent of exports of all economies and the rest of the world.
    """
    frames = []
    for source in SOURCES:
        table = source.world_shares("gross_exports", GOODS)[["CHN", "DEU", "USA", "JPN"]]
        long = table.melt(ignore_index=False, var_name="exporter").reset_index()
        frames.append(long.assign(database=long["year"].map(source.label_in)))
    stated = [(year, "CHN", article.figure("world_export_share", "CHN", year, "WLD")) for year in (1990, 2010)]
    printed = pd.DataFrame(stated, columns=["year", "exporter", "value"])
    return pd.concat([*frames, printed.assign(database="Article, World Bank")], ignore_index=True)


def manufacturing() -> pd.DataFrame:
    """Value added of manufacturing.

    Returns
    -------
    DataFrame
        Columns year, economy, value, database; billion US dollars at current prices.
    """
    frames = []
    for source in SOURCES:
        made = source.by_industry("value_added", MANUFACTURING)[["CHN", "USA", "JPN", "DEU"]] / 1000
        long = made.melt(ignore_index=False, var_name="economy").reset_index()
        frames.append(long.assign(database=long["year"].map(source.label_in)))
    return pd.concat(frames, ignore_index=True)


def first_ahead(source: Source) -> int:
    """Year from which on China makes more than the United States, in one database."""
    made = source.by_industry("value_added", MANUFACTURING)
    above = made["CHN"] > made["USA"]
    return int(above.index[above][0])
