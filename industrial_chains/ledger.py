"""The ledger of relocation: of a dollar of exports, or of final products, who earns how much, and why that changed.

`pipeline.ledger` computes what is stored; here it is read, and a change is split into more exports and another recipe.
"""

from collections.abc import Iterable
from functools import cache

import pandas as pd

from gvc import economies as eco
from gvc import panel
from industrial_chains.industry_groups import GROUPS
from industrial_chains.waves_by_industry import METALS

#: ASEAN's ten members, each and together, and the others.
MEMBERS = eco.members("ASEAN10")
ASEAN = "ASEAN10"
#: ASEAN's ten as one exporter: what they sell to all others, where the value of each member is home.
AS_ONE = "ASEAN10 as one"
HOSTS = (ASEAN, *MEMBERS, "IND", "MEX")
#: Who earns: the host itself, ASEAN (for members their fellow members), named economies, and the rest of the world.
HOME, NAMED = "home", ("CHN", "JPN", "KOR", "TWN", "RUS", "USA")
#: Who finishes products; the rest of the world is all others.
MAKERS = (ASEAN, "VNM", "IND", "MEX", "CHN", "JPN", "KOR", "TWN", "USA", eco.ROW)
#: Origin sectors that earn in mining and refining, by the codes of each database.
EXTRACTION = {"WIOD": ("c2", "c8"), "OECD": ("B05", "B06", "B07", "B08", "B09", "C19")}
#: Industries, by the codes of each database; `computers` is what electronics is without electrical goods.
INDUSTRIES: dict[str, dict[str, tuple[str, ...]]] = {
    database: {
        **{name: GROUPS[name][database] for name in ("goods", "electronics", "machinery", "vehicles", "textiles")},
        "metals": METALS[database],
        **({"computers": ("C26",)} if database == "OECD" else {}),
    }
    for database in EXTRACTION
}
#: Of them those whose final products are followed.
PRODUCTS = ("goods", "electronics", "machinery", "vehicles", "textiles", "metals")
#: All that an economy exports, services too.
ALL = "all"


@cache
def stored(name: str = "ledger") -> pd.DataFrame:
    """Read results of `pipeline.ledger`.

    Parameters
    ----------
    name : {"ledger", "finished"}
        Of the functions of these names, with their columns.
    """
    return pd.read_csv(panel.DATA / "northeast_asia" / f"{name}.csv")
