"""What the book calls economies and groups, and the colour each keeps."""

from industrial_chains import economies as eco
from industrial_chains.economies import GROUPS, ROW

_GROUP_NAMES = {
    "NEA": "Northeast Asia",
    "ASEAN": "ASEAN",
    "ASEAN10": "ASEAN with Myanmar",
    "EU27": "European Union",
    "EU27_2007": "European Union",
    "EUU": "European Union",
    "NAFTA": "North America",
    "WLD": "World",
    "ANY": "Any other economy",
    ROW: "Rest of world",
}

#: Names shorter than the standard's, as economists write them.
_SHORT = {
    "KOR": "Korea",
    "RUS": "Russia",
    "TWN": "Taiwan",
    "USA": "United States",
    "GBR": "United Kingdom",
    "LAO": "Laos",
    "VNM": "Viet Nam",
    "BRN": "Brunei",
    "COD": "DR Congo",
    "TUR": "Türkiye",
    "CZE": "Czechia",
    "HKG": "Hong Kong",
}

#: One colour an economy, the same on every page: at 3:1 from a light page and a dark one, which has lighter tints of
#: some (`--on-dark-…` in `gvc.css`, at 4.2:1), and apart from
#: those it is drawn with for colour-blind readers too (`tests/charting/test_colours.py` computes both, on built pages).
COLOURS: dict[str, str] = {
    "CHN": "#d6123c",
    "JPN": "#186c90",
    "KOR": "#0ca86c",
    "RUS": "#bd66d8",
    "MNG": "#d3700f",
    "ASEAN": "#7884cc",
    "IND": "#b83c0c",
    "MEX": "#a83c60",
    "IDN": "#74994a",
    "VNM": "#0054fc",
    "USA": "#4c89f5",
    "EU27": "#b58709",
    "FRA": "#fb51bb",
    "ITA": "#7a2dfa",
    "TWN": "#606c3c",
    "HKG": "#cc6c90",
    "NEA": "#cc4818",
    ROW: "#8e9196",
}


#: What else has the colour of a group.
_ALIKE = {
    "ASEAN": ("ASEAN10", *GROUPS["ASEAN10"]),
    "EU27": ("EU27_2007", "EUU", *GROUPS["EU27"]),
}


def known(code: str) -> bool:
    """Whether `code` is an economy or a group, by any of the codes that :func:`economy` knows."""
    return code in _GROUP_NAMES or eco.is_economy(code)


def economy(code: str) -> str:
    """English name of an economy or group, short where the standard's is long; a reader's own code as it stands."""
    return _GROUP_NAMES.get(code) or _SHORT.get(code) or (eco.standard_name(code) if eco.is_economy(code) else code)


def colour(code: str) -> str:
    """Colour of an economy or group: its own, else that of its group, else the rest of the world's neutral."""
    same = (group for group, others in _ALIKE.items() if code in others)
    return COLOURS.get(code, COLOURS[next(same, ROW)])
