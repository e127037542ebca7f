"""The ledger of relocation: of a dollar of exports, or of final products, who earns how much, and why that changed.

`pipeline.ledger` computes what is stored; here it is read, and a change is split into more exports and another recipe.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

import pandas as pd

from industrial_chains import data
from industrial_chains import economies as eco
from industrial_chains.industry_groups import GROUPS
from industrial_chains.waves_by_industry import METALS

#: ASEAN's ten members, each and together, and the others.
MEMBERS = eco.members("ASEAN10")
ASEAN = "ASEAN10"
#: ASEAN's ten as one exporter: what they sell to all others, where the value of each member is home.
AS_ONE = "ASEAN10 as one"
LEDGER_HOSTS = (ASEAN, *MEMBERS, "IND", "MEX")
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

#: Industries that have no product in common; of all goods they leave :data:`OTHER`.
DISJOINT, OTHER = ("electronics", "machinery", "vehicles", "textiles", "metals"), "other goods"
#: What a change of what an origin earns is made of.
MORE, SHIFT, RECIPE = "more exports", "shift between exporters and industries", "another recipe"


@cache
def earned(
    seller: str, industry: str = "goods", of: str = "dollars", *, within: str = "ledger", database: str = "OECD"
) -> pd.DataFrame:
    """Return what each origin earns in the exports of a host, or in the final products of a maker.

    Parameters
    ----------
    seller : str
        One of `LEDGER_HOSTS`, `AS_ONE`, or of `MAKERS`.
    industry : str
        One of `INDUSTRIES`, or `ALL`.
    of : {"dollars", "dollars_without", "dollars_abroad"}
        A column of the stored file.
    within : {"ledger", "finished"}
    database : {"OECD", "WIOD"}

    Returns
    -------
    DataFrame, origin × year
        Million USD.
    """
    rows = data.table("ledger") if within == "ledger" else data.table("finished")
    role = "host" if within == "ledger" else "maker"
    here = rows["database"].eq(database) & rows[role].eq(seller) & rows["industry"].eq(industry)
    wide = rows[here].pivot(index="origin", columns="year", values=of)
    return wide.loc[rows[here]["origin"].unique()]


def cents(earned: pd.DataFrame) -> pd.DataFrame:
    """Turn what origins earn into cents of a dollar sold."""
    return 100 * earned / earned.sum()


def cells(host: str, of: str = "dollars", without: tuple[str, ...] = ()) -> dict[tuple[str, str], pd.DataFrame]:
    """Return what :func:`earned` gives of each exporter and industry that the goods exports of a host are made of.

    Parameters
    ----------
    host : str
        ASEAN is its members.
    of : {"dollars", "dollars_without"}
    without : tuple of str
        Members that are left out.
    """
    found = {}
    for member in MEMBERS if host == ASEAN else (host,):
        if member not in without:
            apart = {industry: earned(member, industry, of) for industry in DISJOINT}
            apart[OTHER] = earned(member, "goods", of) - sum(apart.values())
            found |= {(member, industry): one for industry, one in apart.items()}
    return found


def split(cells: Iterable[pd.DataFrame], first: int, last: int) -> pd.DataFrame:
    r"""Split the change in what each origin earns into more exports, a shift between cells, and another recipe.

    Parameters
    ----------
    cells : iterable of DataFrame, origin × year
        Million USD, as :func:`cells` returns them.
    first, last : int

    Returns
    -------
    DataFrame, origin × {first, last, MORE, SHIFT, RECIPE}
        Million USD; the last three add up to the change.

    Notes
    -----
    With :math:`c_{o,k}` what origin o earns of a dollar of cell k, :math:`E_k` the exports of the cell, no index for
    all cells, and a bar for the mean of both years, as Bennet took it (Diewert 2005),

    .. math::
        \text{more exports} = \bar c_o\, \Delta E, \quad
        \text{another recipe} = \sum_k \bar E_k\, \Delta c_{o,k}, \quad
        \text{shift} = \sum_k \bar c_{o,k}\, \Delta E_k - \bar c_o\, \Delta E .

    Of two parts alone, the shift belongs to the recipe of the whole, :math:`\bar E\, \Delta c_o`. A cell without
    exports in one of the years has the recipe of the other year in both.

    Examples
    --------
    Exports double, and the origin's cents rise from 10 to 20:

    >>> one = pd.DataFrame({2011: [10.0, 90.0], 2022: [40.0, 160.0]}, index=["CHN", "home"])
    >>> split([one], 2011, 2022).loc["CHN"].drop(SHIFT).round(9).tolist()
    [10.0, 40.0, 15.0, 15.0]
    """
    each = [one[[first, last]].fillna(0.0) for one in cells]
    whole = sum(each[1:], start=each[0])
    both = _means_and_changes(whole, first, last)
    more = both["cents"] * both["more"]
    parts = [_means_and_changes(one, first, last) for one in each]
    recipe = sum((part["exports"] * part["change"] for part in parts), start=0 * more)
    shift = whole[last] - whole[first] - more - recipe
    return pd.DataFrame({first: whole[first], last: whole[last], MORE: more, SHIFT: shift, RECIPE: recipe})


def _means_and_changes(one: pd.DataFrame, first: int, last: int) -> dict[str, Any]:
    exports = one.sum()
    parts = one / exports.replace(0, float("nan"))
    then, now = parts[first].fillna(parts[last]).fillna(0.0), parts[last].fillna(parts[first]).fillna(0.0)
    return {
        "cents": (then + now) / 2,
        "change": now - then,
        "exports": (exports[first] + exports[last]) / 2,
        "more": exports[last] - exports[first],
    }
