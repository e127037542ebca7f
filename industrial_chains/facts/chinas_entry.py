"""Numbers in the sentences on the trade model against what came."""

from itertools import product

import pandas as pd

from exhibits.prose import Numbers, labelled
from industrial_chains import entry, what_if
from industrial_chains.chapters import chinas_entry
from industrial_chains.chapters.chinas_entry import ELASTICITIES
from industrial_chains.entry import BASES, ENTRANT, FITTED, SCOPES


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(**_entry(), **_entry_variants())


def _entry() -> Numbers:
    """Give what the model says of China's entry with the elasticities of the main study, and what came."""
    found: Numbers = {}
    for base in BASES:
        came, moved, scores = entry.variant(base), chinas_entry.moves(base), chinas_entry.scored(base)["r"]
        model, actual = moved[what_if.MAIN], moved["actual"]
        of_model, others = came[what_if.MAIN], _placebo(base)["exports"]
        found |= {
            f"entry_goods_{base}": float(came["before"]["exports", ENTRANT]),
            f"entry_factor_{base}": float(of_model["factor", ENTRANT]),
            f"entry_income_by_model_{base}": float(of_model["income", ENTRANT]),
            f"entry_r_imports_{base}": float(scores["imports", what_if.MAIN]),
            f"entry_r_imports_in_proportion_{base}": float(scores["imports", "proportion"]),
            f"entry_r_exports_{base}": float(scores["exports", what_if.MAIN]),
            f"entry_r_exports_in_proportion_{base}": float(scores["exports", "proportion"]),
            f"entry_r_industry_{base}": float(scores["industry", what_if.MAIN]),
            f"entry_r_industry_four_{base}": float(scores["industry", entry.FOUR]),
            f"entry_better_placebos_{base}": int((others > others[ENTRANT]).sum()),
            f"entry_lost_JPN_{base}": -float(actual["exports", "JPN"]),
            f"entry_lost_JPN_by_model_{base}": -float(model["exports", "JPN"]),
            f"entry_link_CHN_JPN_fell_{base}": -float(actual["link", "CHN-JPN"]),
            f"entry_link_CHN_JPN_by_model_{base}": float(model["link", "CHN-JPN"]),
        }
    later, moved, others = entry.variant(BASES[-1]), chinas_entry.moves(BASES[-1]), _placebo(BASES[-1])
    return found | {
        "entry_placebos": len(others.drop(ENTRANT)),
        "entry_importers": len(later.loc["imports"]),
        "entry_industries": len(later.loc["industry"]),
        "entry_goods_after": float(later["after"]["exports", ENTRANT]),
        "entry_income_after": float(later["after"]["income", ENTRANT]),
        **labelled("entry_r_placebo", others["imports"][["USA", "JPN", "BRA"]]),
        "entry_gained_KOR": float(moved["actual"]["exports", "KOR"]),
        "entry_lost_KOR_by_model": -float(moved[what_if.MAIN]["exports", "KOR"]),
        "entry_lost_IDN": -float(moved["actual"]["exports", "IDN"]),
        "entry_lost_IDN_by_model": -float(moved[what_if.MAIN]["exports", "IDN"]),
        **labelled("entry_origin_after", later["after"]["origin"]),
        **labelled("entry_origin_by_model", later[what_if.MAIN]["origin"]),
    }


def _placebo(base: int) -> pd.DataFrame:
    return entry.placebo().loc[[base]].droplevel("base")


def _entry_variants() -> Numbers:
    """Count in how many variants a finding holds: of base, fitted number, scope and elasticities."""
    nine = list(ELASTICITIES)
    imports, exports, relative, japan = [], [], [], []
    incomes: dict[str, list[pd.DataFrame]] = {scope: [] for scope in SCOPES}
    for base, fitted, scope in product(BASES, FITTED, SCOPES):
        scores, moved = chinas_entry.scored(base, fitted, scope)["r"], chinas_entry.moves(base, fitted, scope)
        for what, found in (("imports", imports), ("exports", exports)):
            found.append(pd.DataFrame({"r": scores[what][nine], "proportion": scores[what]["proportion"]}))
        relative.append(chinas_entry.relative_r(base, fitted, scope))
        if fitted == FITTED[0]:
            lost = moved.loc[[("exports", "JPN")]]
            japan.append((100 * lost[nine]).div(lost["actual"], axis=0))
            incomes[scope].append(entry.variant(base, fitted, scope).loc[[("income", ENTRANT)]][nine])
    to_china, from_others, of_japan = pd.concat(imports), pd.concat(exports), pd.concat(japan).to_numpy()
    whole, part = (pd.concat(incomes[scope]).to_numpy() for scope in SCOPES)
    after = float(entry.variant(BASES[0])["after"]["income", ENTRANT])
    return {
        "entry_variants": len(to_china),
        "entry_r_imports_least": to_china["r"].min(),
        "entry_r_imports_most": to_china["r"].max(),
        "entry_variants_above_proportion": int((to_china["r"] > to_china["proportion"]).sum()),
        "entry_variants_below_proportion": int((from_others["r"] < from_others["proportion"]).sum()),
        "entry_r_relative_most": pd.concat(relative).max(),
        "entry_variants_of_goods": of_japan.size,
        "entry_lost_JPN_most": float(of_japan.max()),
        "entry_variants_of_all_industries": whole.size,
        "entry_variants_too_rich": int((whole > after).sum()),
        "entry_income_of_manufacturing_least": float(part.min()),
        "entry_income_of_manufacturing_most": float(part.max()),
        "entry_studies": len(what_if.STUDIES),
    }
