"""What reliance and the experiments give on whole tables, which the book does not hold.

`pipeline.whole_table_results` computes it.
"""

from typing import Any

from gvc.icio import ICIO
from industrial_chains import industry_groups
from industrial_chains.industry_groups import CONCORDANCE, SAMPLE

#: Who sells and who buys in every experiment.
SELLER, BUYER = "CHN", "USA"
#: Whose reliance is kept.
MAKERS = ("CHN", "JPN", "KOR", "RUS", "IDN", "IND", "MEX", "USA")
#: Where plants go; the buyer is a return home.
TAKERS = ("MEX", "IDN", "IND", "VNM", "USA")
#: Who takes over all that the buyer's industries buy from the seller.
TAKING_OVER = ("USA", "IND", "IDN", "MEX", "MYS", "THA", "VNM")
#: Through whom goods are rerouted.
THROUGH = ("VNM", "MEX")
#: Industries of the OECD in the groups of the sample.
GROUPS = {code: SAMPLE[wiod[0]] for wiod, codes in CONCORDANCE for code in codes}


def goods_of(icio: ICIO) -> tuple[str, ...]:
    """Sectors of a table that make goods, by the codes of WIOD or the OECD or the groups of the sample."""
    known = {
        *industry_groups.GROUPS["goods"]["WIOD"],
        *(code for code, group in GROUPS.items() if group != "Services"),
        *SAMPLE.values(),
    } - {"Services"}
    return tuple(sector for sector in icio.sectors if sector in known)


def moving(icio: ICIO, host: str, goods: tuple[str, ...] = ()) -> dict[str, dict[str, Any]]:
    """Arguments of `analysis.experiments.replace_inputs`, from the plant alone to another chain.

    Parameters
    ----------
    icio : ICIO
    host : str
    goods : tuple of str
        Sectors that make goods; those of :func:`goods_of` by default.
    """
    goods = goods or goods_of(icio)
    services = tuple(sector for sector in icio.sectors if sector not in goods)
    plant: dict[str, Any] = {"to": host, "sectors": goods, "technology": "seller"}
    return {
        "plant": plant,
        "services": {**plant, "local": services},
        "everything": {**plant, "local": icio.sectors},
        "own": {"to": host, "sectors": goods},
    }
