"""What: the groups that the book puts industries in, by database; without another name, those of WIOD, 2013 release."""

#: Five groups, for a table small enough to print.
SAMPLE: dict[str, str] = {
    **dict.fromkeys(("c1", "c2"), "Primary"),
    **dict.fromkeys(("c3", "c4", "c5", "c6", "c7", "c16"), "Light"),
    **dict.fromkeys(("c8", "c9", "c10", "c11", "c12"), "Materials"),
    **dict.fromkeys(("c13", "c14", "c15"), "Machinery"),
    **{f"c{number}": "Services" for number in range(17, 36)},
}

#: Twelve groups, for the industries that carry a link.
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
}

#: Eleven groups of the OECD's fifty industries, for those that carry a host's foreign value added.
OECD_BRANCHES: dict[str, str] = {
    **dict.fromkeys(("A01", "A02", "A03", "C10T12"), "Agriculture and food"),
    **dict.fromkeys(("B05", "B06", "B07", "B08", "B09", "C19"), "Mining and fuels"),
    "C13T15": "Textiles and leather",
    **dict.fromkeys(("C16", "C17_18", "C31T33"), "Other light goods"),
    **dict.fromkeys(("C20", "C21", "C22"), "Chemicals and plastics"),
    **dict.fromkeys(("C23", "C24A", "C24B", "C25"), "Metals and minerals"),
    "C26": "Electronics",
    **dict.fromkeys(("C27", "C28"), "Machinery"),
    **dict.fromkeys(("C29", "C301", "C302T309"), "Transport equipment"),
    **dict.fromkeys(("G", "H49", "H50", "H51", "H52", "H53"), "Trade and transport"),
    **dict.fromkeys(("D", "E", "F", "I", "J58T60", "J61", "J62_63", *"KLMNOPQRST"), "Other services, utilities"),
}

#: Industries that make goods, and those of them that are manufacturing.
GOODS = tuple(f"c{number}" for number in range(1, 17))
MANUFACTURING = GOODS[2:]

#: Industries in the order in which the geese are said to take them up.
FLOCK = {
    "Textiles, clothing and footwear": ("c4", "c5"),
    "Electrical and electronic goods": ("c14",),
    "Machinery": ("c13",),
    "Vehicles and other transport equipment": ("c15",),
}
