"""What: the groups that the book puts industries in, by the codes of each database."""

from collections.abc import Iterable

#: Five groups of WIOD's industries, for a table small enough to print.
SAMPLE: dict[str, str] = {
    **dict.fromkeys(("c1", "c2"), "Primary"),
    **dict.fromkeys(("c3", "c4", "c5", "c6", "c7", "c16"), "Light"),
    **dict.fromkeys(("c8", "c9", "c10", "c11", "c12"), "Materials"),
    **dict.fromkeys(("c13", "c14", "c15"), "Machinery"),
    **{f"c{number}": "Services" for number in range(17, 36)},
}

#: Twelve groups of WIOD's, for the industries that carry a link.
BRANCHES: dict[str, str] = {
    **dict.fromkeys(("c1", "c3"), "Agriculture and food"),
    "c2": "Mining",
    **dict.fromkeys(("c4", "c5"), "Textiles and leather"),
    **dict.fromkeys(("c6", "c7", "c16"), "Other light goods"),
    **dict.fromkeys(("c8", "c9", "c10"), "Chemicals and fuels"),
    **dict.fromkeys(("c11", "c12"), "Metals and minerals"),
    "c13": "Machinery",
    "c14": "Electrical and optical",
    "c15": "Transport equipment",
    **dict.fromkeys(("c19", "c20", "c21", "c23", "c24", "c25", "c26"), "Trade and transport"),
    **dict.fromkeys(("c27", "c28", "c30"), "Finance and business"),
    **dict.fromkeys(("c17", "c18", "c22", "c29", "c31", "c32", "c33", "c34", "c35"), "Other services"),
    # Those of the OECD; another classification, so that post and publishing stand elsewhere.
    **dict.fromkeys(("A01", "A02", "A03", "C10T12"), "Agriculture and food"),
    **dict.fromkeys(("B05", "B06", "B07", "B08", "B09"), "Mining"),
    "C13T15": "Textiles and leather",
    **dict.fromkeys(("C16", "C17_18", "C31T33"), "Other light goods"),
    **dict.fromkeys(("C19", "C20", "C21", "C22"), "Chemicals and fuels"),
    **dict.fromkeys(("C23", "C24A", "C24B", "C25"), "Metals and minerals"),
    "C28": "Machinery",
    **dict.fromkeys(("C26", "C27"), "Electrical and optical"),
    **dict.fromkeys(("C29", "C301", "C302T309"), "Transport equipment"),
    **dict.fromkeys(("G", "H49", "H50", "H51", "H52", "H53"), "Trade and transport"),
    **dict.fromkeys(("J58T60", "J61", "J62_63", "K", "M", "N"), "Finance and business"),
    **dict.fromkeys(("D", "E", "F", "I", "L", "O", "P", "Q", "R", "S", "T"), "Other services"),
}

#: Eleven groups of the OECD's fifty industries, for those that carry a host's foreign value added.
OECD_BRANCHES: dict[str, str] = {
    **dict.fromkeys(("A01", "A02", "A03", "C10T12"), "Agriculture and food"),
    **dict.fromkeys(("B05", "B06", "B07", "B08", "B09", "C19"), "Mining and fuels"),
    "C13T15": "Textiles and leather",
    **dict.fromkeys(("C16", "C17_18", "C31T33"), "Other light goods"),
    **dict.fromkeys(("C20", "C21", "C22"), "Chemicals and plastics"),
    **dict.fromkeys(("C23", "C24A", "C24B", "C25"), "Metals and minerals"),
    **dict.fromkeys(("C26", "C27"), "Electronics"),
    "C28": "Machinery",
    **dict.fromkeys(("C29", "C301", "C302T309"), "Transport equipment"),
    **dict.fromkeys(("G", "H49", "H50", "H51", "H52", "H53"), "Trade and transport"),
    **dict.fromkeys(("D", "E", "F", "I", "J58T60", "J61", "J62_63", *"KLMNOPQRST"), "Other services, utilities"),
}

#: Industries of WIOD, 2013 release, and those of the OECD that they hold; only both together can be compared.
CONCORDANCE: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("c1",), ("A01", "A02", "A03")),
    (("c2",), ("B05", "B06", "B07", "B08", "B09")),
    (("c3",), ("C10T12",)),
    (("c4", "c5"), ("C13T15",)),
    (("c6",), ("C16",)),
    (("c7",), ("C17_18",)),
    (("c8",), ("C19",)),
    (("c9",), ("C20", "C21")),
    (("c10",), ("C22",)),
    (("c11",), ("C23",)),
    (("c12",), ("C24A", "C24B", "C25")),
    (("c13",), ("C28",)),
    (("c14",), ("C26", "C27")),
    (("c15",), ("C29", "C301", "C302T309")),
    (("c16",), ("C31T33",)),
    (("c17",), ("D", "E")),
    (("c18",), ("F",)),
    (("c19", "c20", "c21"), ("G",)),
    (("c22",), ("I",)),
    (("c23",), ("H49",)),
    (("c24",), ("H50",)),
    (("c25",), ("H51",)),
    (("c26",), ("H52",)),
    (("c27",), ("H53", "J61")),
    (("c28",), ("K",)),
    (("c29",), ("L",)),
    (("c30",), ("J58T60", "J62_63", "M", "N")),
    (("c31",), ("O",)),
    (("c32",), ("P",)),
    (("c33",), ("Q",)),
    (("c34", "c35"), ("R", "S", "T")),
)

#: What the book asks of every database by name: the industries of each group, by the codes of the database.
GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
    "goods": {
        "WIOD": tuple(f"c{number}" for number in range(1, 17)),
        "Long-run WIOD": tuple(
            "AtB C D15t16 D17t19 D21t22 D23 D24 D25 D26 D27t28 D29 D30t33 D34t35 Dnec".split()  # noqa: SIM905
        ),
        "OECD": (
            *(f"A0{number}" for number in range(1, 4)),
            *(f"B0{number}" for number in range(5, 10)),
            *(
                f"C{number}"
                for number in ("10T12", "13T15", "16", "17_18", *range(19, 24), "24A", "24B", *range(25, 30))
            ),
            *("C301", "C302T309", "C31T33"),
        ),
    },
    "textiles": {"WIOD": ("c4", "c5"), "Long-run WIOD": ("D17t19",), "OECD": ("C13T15",)},
    "electronics": {"WIOD": ("c14",), "Long-run WIOD": ("D30t33",), "OECD": ("C26", "C27")},
    "machinery": {"WIOD": ("c13",), "Long-run WIOD": ("D29",), "OECD": ("C28",)},
    "vehicles": {"WIOD": ("c15",), "Long-run WIOD": ("D34t35",), "OECD": ("C29", "C301", "C302T309")},
    # Where ships and trains stand apart from cars.
    "cars": {"OECD": ("C29",)},
}
#: All that makes goods but farms and mines: what of goods follows the last of these.
_LAST_PRIMARY = {"WIOD": "c2", "Long-run WIOD": "C", "OECD": "B09"}
GROUPS["manufacturing"] = {
    database: codes[codes.index(_LAST_PRIMARY[database]) + 1 :] for database, codes in GROUPS["goods"].items()
}

GOODS, MANUFACTURING, CARS = "goods", "manufacturing", "cars"
#: Groups in the order in which the geese are said to take them up, as charts name them.
FLOCK = {
    "Textiles, clothing and footwear": "textiles",
    "Electrical and electronic goods": "electronics",
    "Machinery": "machinery",
    "Vehicles and other transport equipment": "vehicles",
}


def codes(group: str, shown: Iterable[str]) -> tuple[str, ...]:
    """Return the industries of a group by the codes that a table shows; none if it shows no such industries.

    Examples
    --------
    >>> codes("textiles", ["c3", "c4", "c5"])
    ('c4', 'c5')
    >>> codes("textiles", ["C13T15", "C16"])
    ('C13T15',)
    """
    there = set(shown)
    return next((of for of in GROUPS[group].values() if there.issuperset(of)), ())
