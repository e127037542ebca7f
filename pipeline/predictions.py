"""What duties the law set, as it was known on two days, and what two studies predict of American imports.

For `industrial_chains.entrants` to read.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from gvc.errors import GvcError
from industrial_chains.league import PARTNERS, REST
from industrial_chains.trade_model import inputs
from industrial_chains.trade_model.inputs import BUYER, ECONOMIES

#: The folder of ``data/`` that it writes to.
INTO = "frontier"

#: Editions of the tracker of duties, by the day on which each was as it is.
TRACKERS = {
    "2025-11-15": "us_tariffs_2026/country-by-time_vintage_2025-11-15.csv",
    "2026-08-31": "us_tariffs/country-by-time.csv",
}
#: The region of the Budget Lab that each partner is in, where it is not one of "row".
REGIONS = {
    "CHN": "china",
    "CAN": "canada",
    "MEX": "mexico",
    "JPN": "japan",
    "AUS": "ftrow",
    "KOR": "ftrow",
    "SGP": "ftrow",
}
#: Others of its regions, as the tracker calls them; what is left is "row".
REGIONS_OF_REST = {
    "EUROPEAN UNION": "eu",
    "UNITED KINGDOM": "uk",
    **dict.fromkeys(
        (
            "CHILE",
            "COLOMBIA",
            "PERU",
            "COSTA RICA",
            "GUATEMALA",
            "HONDURAS",
            "NICARAGUA",
            "EL SALVADOR",
            "DOMINICAN REPUBLIC",
            "ISRAEL",
        ),
        "ftrow",
    ),
}
#: Which duties the Budget Lab's prediction is of.
MONTH = "2025-11"
#: Of Ignatenko and others: the trade elasticity, that of labour supply, and that of cost to employment.
EPSILON, KAPPA = 4.0, 0.5
PSI = 0.67 / EPSILON
#: What of its sales abroad a seller spends where it sells, in the United States: solved from shares of affiliates.
NU = 0.270696203863214
#: No partner pays less.
LEAST = 0.1


def duties_by_law(folder: Path) -> pd.DataFrame:
    """List what the law has added to duties since the start of 2025, by edition of the tracker, partner and date.

    Returns
    -------
    DataFrame
        Columns edition, partner, date, added: percent of the imports of 2024. Partners are those of the trade model;
        ``ROW`` is those of the tracker's that the model does not name, by their imports.
    """
    frames = []
    for edition, name in TRACKERS.items():
        rows = pd.read_csv(folder / name)
        # The tracker lists Slovakia beside the Union, of which it is a part.
        rows = rows[(rows["country_name"] != "SLOVAKIA") & (rows["date"] <= edition)]
        codes = {name: code for code, name in ECONOMIES.items() if name}
        if absent := set(codes) - set(rows["country_name"]):
            raise GvcError(
                str(folder / name),
                expected=", ".join(codes),
                found=f"no {', '.join(sorted(absent))}",
                remedy="Take the file again.",
            )
        rows = rows.assign(
            partner=rows["country_name"].map(codes).fillna("ROW"),
            weighted=rows["effective tariff"] * rows["total imports"],
        )
        sums = rows.groupby(["partner", "date"], as_index=False)[["weighted", "total imports"]].sum()
        frames.append(sums.assign(edition=edition, added=sums["weighted"] / sums["total imports"]))
    return pd.concat(frames, ignore_index=True)[["edition", "partner", "date", "added"]]


def budget_lab(folder: Path) -> pd.Series:
    """Read by what factor the Budget Lab's model changes imports from each partner, in the long run.

    Returns
    -------
    Series by partner
        Members of a region change alike. :data:`REST` is weighted by the imports of 2024.
    """
    path = folder / "predictions" / "budgetlab_gtap_us_import_predictions_goods_2025-07_2026-02.csv"
    sums = pd.read_csv(path).groupby("source_region")[["baseline_musd", f"postsim_musd_{MONTH}"]].sum()
    factor = sums[f"postsim_musd_{MONTH}"] / sums["baseline_musd"]
    bought = pd.read_csv(folder / TRACKERS["2025-11-15"]).groupby("country_name")["total imports"].first()
    rest = bought.reindex(list(REGIONS_OF_REST)).groupby(list(REGIONS_OF_REST.values())).sum()
    named = inputs.american("imports", 2024, full_year=True).sum(axis=1)
    rest["row"] = 1e6 * named.drop(list(PARTNERS)).sum() - rest.sum()
    of = {code: factor[REGIONS.get(code, "row")] for code in PARTNERS}
    return pd.Series({**of, REST: float(np.average(factor[rest.index], weights=rest))})


def liberation_day(folder: Path) -> pd.Series:
    r"""Compute by what factor the model of Ignatenko and others changes imports from each partner.

    Returns
    -------
    Series by partner
        Taiwan, which its data do not have, is in :data:`REST` with the others.

    Notes
    -----
    Equilibrium shares of its one-sector model are

    .. math::
        \lambda'_j \propto \lambda_j \left(\hat w_j / \hat L_j^{\psi}\right)^{-\epsilon} (1 + t_j)^{-\epsilon \phi},
        \qquad \phi = 1 + \frac{1 + \theta}{(1 - \nu) \theta} - \frac{1}{\theta} - 1, \quad
        \theta = \epsilon / 0.67

    and imports before duty are :math:`\lambda'_j E' / (1 + t_j)`. Employment :math:`\hat L` and prices
    :math:`\hat P` are its output, of the case without retaliation. Its supply of labour,
    :math:`\hat L = (\hat w / \hat P)^{\kappa}` where no duty is new, gives wages.
    """
    source = folder / "predictions"
    world = pd.read_csv(source / "ignatenko_et_al_2025_output_map.csv", index_col="iso3") / 100 + 1
    charged = pd.read_csv(source / "ignatenko_liberation_day_tariffs.csv", index_col="iso3")["applied_tariff"]
    flows = pd.read_parquet(source / "baci_2023_bilateral_totals_194.parquet")
    sold = flows[flows["col"] == BUYER].set_index("row")["v"]
    labour, price = world["employment_pct"][sold.index], world["prices_pct"][sold.index]
    wage = price * labour ** (1 / KAPPA)
    duty = 1 + charged[sold.index].clip(lower=LEAST)
    theta = EPSILON / 0.67
    phi = (1 + theta) / ((1 - NU) * theta) - 1 / theta
    after = sold * (wage / labour**PSI) ** -EPSILON * duty ** (-EPSILON * phi) / duty
    alone = [code for code in PARTNERS if code in sold.index]
    group = [code if code in alone else REST for code in sold.index]
    factor: pd.Series = after.groupby(group).sum() / sold.groupby(group).sum()
    return factor[[*alone, REST]]


def study_factors(folder: Path) -> pd.DataFrame:
    """List both: columns study, partner, factor."""
    studies = {"budget_lab": budget_lab(folder), "liberation_day": liberation_day(folder)}
    return pd.concat(studies, names=["study", "partner"]).rename("factor").reset_index()


def main(data: Path, out: Path) -> None:
    """Compute both tables from the sources, and write them."""
    for name, frame in {"duties_by_law": duties_by_law(data), "study_factors": study_factors(data)}.items():
        frame.to_csv(out / f"{name}.csv", index=False, float_format="%.6g", lineterminator="\n")
