"""Numbers in the sentences on the trade model against what came."""

from itertools import product

import pandas as pd

from exhibits.prose import Numbers, labelled
from industrial_chains import entry, what_if
from industrial_chains.chapters import back_test
from industrial_chains.chapters.back_test import ENTRY_ELASTICITIES
from industrial_chains.entry import BASES, ENTRANT, FITTED, SCOPES


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(**_entry(), **_entry_variants())


def _entry() -> Numbers:
    """Give what the model says of China's entry with the elasticities of the main study, and what came."""
    found: Numbers = {}
    for base in BASES:
        came = entry.predictions().xs((base, FITTED[0], SCOPES[0]))
        moved, scores = back_test.entry_moved(base), back_test.entry_scores(base)
        model, actual = moved[what_if.MAIN], moved["actual"]
        others = entry.placebo().xs(base)
        found |= {
            f"entry_goods_{base}": came["before"]["exports", ENTRANT],
            f"entry_factor_{base}": came[what_if.MAIN]["factor", ENTRANT],
            f"entry_income_by_model_{base}": came[what_if.MAIN]["income", ENTRANT],
            f"entry_r_imports_{base}": scores.loc[("imports", what_if.MAIN), "r"],
            f"entry_r_imports_in_proportion_{base}": scores.loc[("imports", "proportion"), "r"],
            f"entry_r_exports_{base}": scores.loc[("exports", what_if.MAIN), "r"],
            f"entry_r_exports_in_proportion_{base}": scores.loc[("exports", "proportion"), "r"],
            f"entry_r_industry_{base}": scores.loc[("industry", what_if.MAIN), "r"],
            f"entry_r_industry_four_{base}": scores.loc[("industry", entry.FOUR), "r"],
            f"entry_better_placebos_{base}": int((others["exports"] > others["exports"][ENTRANT]).sum()),
            f"entry_lost_JPN_{base}": -actual["exports", "JPN"],
            f"entry_lost_JPN_by_model_{base}": -model["exports", "JPN"],
            f"entry_link_CHN_JPN_fell_{base}": -actual["link", "CHN-JPN"],
            f"entry_link_CHN_JPN_by_model_{base}": model["link", "CHN-JPN"],
        }
    later = entry.predictions().xs((BASES[-1], FITTED[0], SCOPES[0]))
    return found | {
        "entry_placebos": len(entry.placebo().xs(BASES[-1]).drop(ENTRANT)),
        "entry_importers": len(later.loc["imports"]),
        "entry_industries": len(later.loc["industry"]),
        "entry_goods_after": later["after"]["exports", ENTRANT],
        "entry_income_after": later["after"]["income", ENTRANT],
        **labelled("entry_r_placebo", entry.placebo().xs(BASES[-1])["imports"][["USA", "JPN", "BRA"]]),
        "entry_gained_KOR": moved["actual"]["exports", "KOR"],
        "entry_lost_KOR_by_model": -moved[what_if.MAIN]["exports", "KOR"],
        "entry_lost_IDN": -moved["actual"]["exports", "IDN"],
        "entry_lost_IDN_by_model": -moved[what_if.MAIN]["exports", "IDN"],
        **labelled("entry_origin_after", later["after"]["origin"]),
        **labelled("entry_origin_by_model", later[what_if.MAIN]["origin"]),
    }


def _entry_variants() -> Numbers:
    """Count in how many variants a finding holds: of base, fitted number, scope and elasticities."""
    r, above, below, relative, lost, higher = [], [], [], [], [], []
    for base, fitted, scope in product(BASES, FITTED, SCOPES):
        scores, moved = back_test.entry_scores(base, fitted, scope), back_test.entry_moved(base, fitted, scope)
        of_imports = scores.loc["imports"]["r"]
        r.append(of_imports[list(ENTRY_ELASTICITIES)])
        above.append(r[-1] > of_imports["proportion"])
        of_exports = scores.loc["exports"]["r"]
        below.append(of_exports[list(ENTRY_ELASTICITIES)] < of_exports["proportion"])
        relative.append(back_test.entry_relative_r(base, fitted, scope))
        if fitted == FITTED[0]:
            japan = moved.loc[("exports", "JPN")]
            lost.append(100 * japan[list(ENTRY_ELASTICITIES)] / japan["actual"])
            income = entry.predictions().loc[(base, fitted, scope, "income", ENTRANT)]
            higher.append((scope, income[list(ENTRY_ELASTICITIES)], income["after"]))
    every, lost_all = pd.concat(r), pd.concat(lost)
    whole = pd.concat([of > after for scope, of, after in higher if scope == SCOPES[0]])
    part = pd.concat([of for scope, of, _ in higher if scope != SCOPES[0]])
    return {
        "entry_variants": len(every),
        "entry_r_imports_least": every.min(),
        "entry_r_imports_most": every.max(),
        "entry_variants_above_proportion": int(pd.concat(above).sum()),
        "entry_variants_below_proportion": int(pd.concat(below).sum()),
        "entry_r_relative_most": pd.concat(relative).max(),
        "entry_variants_of_goods": len(lost_all),
        "entry_lost_JPN_most": lost_all.max(),
        "entry_variants_of_all_industries": len(whole),
        "entry_variants_too_rich": int(whole.sum()),
        "entry_income_of_manufacturing_least": part.min(),
        "entry_income_of_manufacturing_most": part.max(),
        "entry_studies": len(what_if.STUDIES),
    }
