"""What the United States imports and charges, where goods are finished, and who supplies minerals, since 2011.

All of it comes from sources that the book does not hold; `pipeline.trade_since_2011` computes it.
"""

#: What stands below exhibits of imports of raw materials.
BACI = "Own computation, November 2026, from CEPII BACI (Gaulier and Zignago 2010)."
#: Whose imports are followed, and whose place in them.
BUYER, SELLER = "USA", "CHN"
#: Partners of the United States by their names in the tracker, which shows seven members of ASEAN.
PARTNERS = {
    "CHN": ("CHINA",),
    "MEX": ("MEXICO",),
    "CAN": ("CANADA",),
    "VNM": ("VIETNAM",),
    "JPN": ("JAPAN",),
    "KOR": ("KOREA, SOUTH",),
    "TWN": ("TAIWAN",),
    "IND": ("INDIA",),
    "EU27": ("EUROPEAN UNION",),
    "ASEAN": ("VIETNAM", "THAILAND", "MALAYSIA", "SINGAPORE", "INDONESIA", "PHILIPPINES", "CAMBODIA"),
}
#: Importers of minerals, and codes of the Harmonized System for the goods that are followed.
IMPORTERS = ("JPN", "KOR", "USA")
MATERIALS = {
    "Rare-earth compounds": (284690,),
    "Rare-earth metals": (280530,),
    "Lithium hydroxide": (282520,),
    "Lithium carbonate": (283691,),
    "Graphite": (250410, 250490),
    "Tungsten": (261100, 810110),
    "Cobalt": (282200, 810510),
    "Vanadium": (282530, 720292),
}
#: Fuels, by codes of the Harmonized System: coal and lignite, crude oil, and natural gas, liquid and by pipe.
FUELS = {
    "coal": (270111, 270112, 270119, 270210, 270220),
    "crude oil": (270900,),
    "gas": (271111, 271121),
}
#: All three together, and all that the source follows.
ALL_FUELS, RAW_MATERIALS = "fuels", "raw materials"
#: Gas by pipe, whose weights many customs do not measure.
BY_PIPE = 271121
#: Importers that bought fuels for over ten billion dollars in 2021.
FUEL_BUYERS = ("CHN", "JPN", "KOR", "IND", "THA", "SGP", "DEU", "MEX", "USA")
#: Suppliers that are followed.
FUEL_SELLERS = ("RUS", "MNG")
