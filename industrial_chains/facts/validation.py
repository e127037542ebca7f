"""Numbers in the sentences on what the book's numbers are held against."""

from exhibits.prose import Numbers, labelled
from industrial_chains.chapters import validation
from industrial_chains.charting import names
from industrial_chains.sources import LRWIOD, OECD, WIOD


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(
        **_examples(),
        **_nafta(),
        **_rounds(),
        **_accounts(),
        **_absorbed(),
        **_worlds(),
        **_overlaps(),
        **_published(),
        **_print(),
        **_reasons(),
    )


def _examples() -> Numbers:
    printed = validation.against_print()
    return {
        "number_of_results_printed": int(printed["Numbers"].sum()),
        "number_of_results_that_agree": int(printed["Agree"].sum()),
    }


def _nafta() -> Numbers:
    rows = validation.published_nafta()
    mexico = rows[(rows["economy"] == "MEX") & (rows["deficits"] == "zero")].set_index("measure")["computed"].to_dict()
    return {
        "number_of_nafta_published": int((rows["published"] == rows["computed"].round(2)).sum()),
        "nafta_welfare_MEX": mexico["welfare"],
        "nafta_real_income_MEX": mexico["real income"],
    }


def _rounds() -> Numbers:
    """Say what rounds of suppliers leave of the exports."""
    rounds = validation.rounds_of_sample()
    return {
        "exporter_with_most_not_found": names.economy(rounds["exporter"][16]),
        "percent_not_found_after_0_rounds": rounds["missing"][0],
        "percent_not_found_after_16_rounds": rounds["missing"][16],
    }


def _accounts() -> Numbers:
    """Count pairs of numbers that only the package could make differ, and those that the data could, too."""
    of_data = [validation.accounts(source).T[validation.OF_DATA] for source in validation.TABLES]
    exact = [validation.accounts(source).drop(index=validation.OF_DATA) for source in validation.TABLES]
    return {
        "number_of_tables": sum(len(source.years("va_exports")) for source in validation.TABLES),
        "number_of_pairs_compared": sum(int(found["compared"].sum()) for found in exact),
        "number_of_pairs_equal": sum(int((found["compared"] - found["open"]).sum()) for found in exact),
        "number_of_pairs_of_data": sum(int(found["compared"]) for found in of_data),
        "number_of_pairs_of_data_open": sum(int(found["open"]) for found in of_data),
    }


def _absorbed() -> Numbers:
    """Say what final demand does not absorb of an economy's value added, at most."""
    wiod, lrwiod = (validation.accounts(source).T[validation.OF_DATA] for source in (WIOD, LRWIOD))
    return {
        "percent_lost_most": wiod["gap"],
        "economy_that_loses_most": names.economy(wiod["economy"]),
        "year_of_most_lost": int(wiod["year"]),
        "percent_lost_most_in_NEA": wiod["near"],
        "lrwiod_pairs_open": int(lrwiod["open"]),
        "lrwiod_percent_lost_most": lrwiod["gap"],
        "lrwiod_economy_that_loses_most": names.economy(lrwiod["economy"]),
        "lrwiod_year_of_most_lost": int(lrwiod["year"]),
    }


def _worlds() -> Numbers:
    """Count the sums of the world that are equal, and give the largest gaps."""
    gaps = {source: validation.world(source).abs() for source in validation.TABLES}
    equal = {source: (gap < 100 * validation.EQUAL).sum() for source, gap in gaps.items()}
    return {
        "wiod_world_gap": gaps[WIOD]["demand"].max(),
        "lrwiod_world_gap": gaps[LRWIOD]["demand"].max(),
        "number_of_years_exports_equal": int(sum(found["exports"] for found in equal.values())),
        "oecd_years_demand_equal": int(equal[OECD]["demand"]),
        "oecd_years": len(gaps[OECD]),
    }


def _overlaps() -> Numbers:
    """Say how far two databases are apart in the same years."""
    found, (same, compared) = validation.overlap_table(), validation.same_order()
    early, seam, *_, late = map(validation.between, validation.overlaps())
    size, direction = found["size"], found["direction"]
    return {
        "rank_lowest_of_origins_and_links": found["rank"].drop("Foreign share", level=1).min(),
        "comparisons_with_same_order": same,
        "comparisons": compared,
        "gap_of_links_1995_2000": size[early, "Links"],
        "gap_of_links_2011": size[seam, "Links"],
        "gap_of_origins_1995_2000": size[early, "Origins"],
        "gap_of_origins_2018_2022": size[late, "Origins"],
        "gap_of_foreign_1995_2000": size[early, "Foreign share"],
        "gap_of_foreign_2011": size[seam, "Foreign share"],
        "directions_1995_2000": direction[early, "Links"],
        "directions_2018_2022": direction[late, "Origins"],
    }


def _published() -> Numbers:
    """Say how far shares are from those that the OECD publishes."""
    published = validation.published()
    origins, domestic = published.T["FDVA", "pairs"], published.T["EXGR_DVA", "economies"]
    where, _, year = domestic["Estimates", "Where"].parts
    return {
        "number_of_published_shares": int(published.xs("Compared", axis=1, level=1).to_numpy().sum()),
        "number_of_areas": int(published["2022", "Compared"]["EXGR_DVA"].sum()),
        "FDVA_gap_mean_2022": origins["2022", "Mean"],
        "FDVA_gap_mean_estimates": origins["Estimates", "Mean"],
        "EXGR_gap_mean_2022": domestic["2022", "Mean"],
        "EXGR_gap_mean_estimates": domestic["Estimates", "Mean"],
        "EXGR_gap_largest_estimates": domestic["Estimates", "Largest"],
        "EXGR_gap_largest_where": where,
        "EXGR_gap_largest_year": int(year),
    }


def _print() -> Numbers:
    """Say how far databases are from the print, and how many of its changes they confirm."""
    agreement = validation.agreement()
    mean = agreement.set_index(["database", "measure", "destination"])["mean"].sort_index()
    changes = agreement.groupby("database")[["same", "told"]].sum().add_prefix("changes_").T
    return {
        **labelled("WIOD", changes["WIOD"]),
        **labelled("ADB", changes["ADB"]),
        **labelled("OECD", changes["OECD"]),
        "gap_to_print_OECD_fva_share_ASEAN": mean["OECD", "fva_share", "ASEAN"],
        "gap_to_print_WIOD_fva_share_IND": mean["WIOD", "fva_share", "IND"],
        "gap_below_print_OECD_in_IND": -mean["OECD", "fva_share", "IND"],
    }


def _reasons() -> Numbers:
    """Say why WIOD differs."""
    reasons = validation.gap_reasons().T
    every = reasons["WIOD less the OECD, foreign value added"]
    of_ten = reasons["WIOD less the OECD, among ten suppliers"]
    return {
        **labelled("wiod_less_oecd", every),
        **labelled("wiod_less_oecd_of_ten", of_ten),
        **labelled("wiod_less_oecd_of_inputs", reasons["WIOD less the OECD, imported intermediates"]),
        "percent_of_gap_in_IND_by_rest": 100 * (1 - of_ten["IND"] / every["IND"]),
        "share_MNG_max": reasons["Mongolia, at most"].max(),
        "points_by_double_counting_max": reasons["Double counting, at most"].max(),
        "points_lost_on_coarse_table_in_IND": -reasons["Five industries, eleven economies"]["IND"],
    }
