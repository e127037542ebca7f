"""What: names of the industries, and the groups that the book puts them in."""

#: The 35 industries of the World Input-Output Database, 2013 release (NACE revision 1).
WIOD2013: dict[str, str] = {
    "c1": "Agriculture, forestry and fishing",
    "c2": "Mining and quarrying",
    "c3": "Food, beverages and tobacco",
    "c4": "Textiles and clothing",
    "c5": "Leather and footwear",
    "c6": "Wood",
    "c7": "Paper, printing and publishing",
    "c8": "Coke and refined petroleum",
    "c9": "Chemicals",
    "c10": "Rubber and plastics",
    "c11": "Other non-metallic minerals",
    "c12": "Basic and fabricated metals",
    "c13": "Machinery",
    "c14": "Electrical and optical equipment",
    "c15": "Transport equipment",
    "c16": "Other manufacturing and recycling",
    "c17": "Electricity, gas and water",
    "c18": "Construction",
    "c19": "Sale and repair of motor vehicles",
    "c20": "Wholesale trade",
    "c21": "Retail trade",
    "c22": "Hotels and restaurants",
    "c23": "Inland transport",
    "c24": "Water transport",
    "c25": "Air transport",
    "c26": "Other transport services",
    "c27": "Post and telecommunications",
    "c28": "Financial services",
    "c29": "Real estate",
    "c30": "Renting and business services",
    "c31": "Public administration",
    "c32": "Education",
    "c33": "Health and social work",
    "c34": "Other services",
    "c35": "Private households with employees",
}

#: Five groups of those industries, for a table small enough to print.
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
