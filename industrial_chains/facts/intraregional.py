"""Numbers in the sentences on links within Northeast Asia."""

from exhibits.prose import Numbers, labelled
from industrial_chains import article
from industrial_chains.chapters import intraregional
from industrial_chains.sources import ARTICLE, OECD, WIOD


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(
        **_printed(),
        **_agreement(),
        **_weights(),
        **_split(),
        **_leads(),
        **_growth(),
        **_premium(),
        **_region(),
        **_industries(),
        **_mongolia(),
    )


def _printed() -> Numbers:
    """Count the links that rose or fell in print."""
    links = article.changes()
    return {
        "links_risen_2017_2021": int(links["verdict"].eq("rose").sum()),
        "links_fallen_2017_2021": int(links["verdict"].eq("fell").sum()),
        "points_gained_to_CHN_2017_2021": links.xs("CHN", level="absorber")["change"].sum(),
        "points_gained_from_CHN_2017_2021": links.xs("CHN", level="origin")["change"].sum(),
    }


def _agreement() -> Numbers:
    """Count where the OECD agrees with the print."""
    change, level = intraregional.changes(), intraregional.agreement().T[2021]
    same = (change["printed"] > 0) == (change["oecd"] > 0)
    sure = change["oecd"].abs() > change["error"]
    return {
        "directions_compared": len(change),
        "directions_that_agree": int(same.sum()),
        "directions_beyond_error": int(sure.sum()),
        "directions_beyond_error_that_agree": int((same & sure).sum()),
        "links_within_tenth_2021": int(level["Within 10 per cent"]),
        "pairs_of_links": int(level["Pairs of links"]),
        "pairs_in_order_2021": int(level["Same order"]),
    }


def _weights() -> Numbers:
    """Say who weighs in whose trade, and which direction of a pair is the larger."""
    since = intraregional.outweighs_since()
    then, now = WIOD.traded(1995), OECD.traded(2022)
    return {
        **{f"share_CHN_in_exports_of_{code}_2022": OECD.link(code, "CHN", "exports")[2022] for code in ("JPN", "KOR")},
        "year_CHN_outweighs_in_CHN_to_JPN": since["China → Japan"],
        "year_CHN_outweighs_in_JPN_to_CHN": since["Japan → China"],
        "ratio_exports_of_CHN_to_imports_of_JPN_1995": then["exported"]["CHN"] / then["imported"]["JPN"],
        "ratio_exports_of_CHN_to_imports_of_JPN_2022": now["exported"]["CHN"] / now["imported"]["JPN"],
        "ratio_of_flows_JPN_to_CHN_over_back_2021": intraregional.lean(OECD, "JPN", "CHN", 2021),
        "ratio_of_flows_RUS_to_CHN_over_back_2022": intraregional.lean(OECD, "RUS", "CHN", 2022),
    }


def _split() -> Numbers:
    """Say how far the mix of two databases misses what WIOD has for 2011."""
    mix = intraregional.split()
    missed = (mix["mixed"] - mix["known"]).abs().groupby(lambda pair: "RUS" in pair).mean()
    return {"points_mix_misses_without_RUS": missed[False], "points_mix_misses_with_RUS": missed[True]}


def _leads() -> Numbers:
    """Say since when China is first partner, and in which places China's partners are."""
    since, singly = intraregional.leads_since(), intraregional.leads_since(union=())
    market = intraregional.leading(OECD, "JPN", "exports")
    places = {code: place for place, code in enumerate(OECD.partners("CHN", "imports", 2022).index, start=1)}
    both = ("JPN", "KOR")
    return {
        **labelled("year_CHN_leads_gross_exports_of", {code: since["gross_exports", "exports", code] for code in both}),
        "year_CHN_leads_exports_of_KOR": since["va_final_demand", "exports", "KOR"],
        "year_CHN_leads_exports_of_JPN_oecd_first": market[0],
        "year_CHN_leads_exports_of_JPN_oecd_last": market[-1],
        **{f"year_CHN_leads_imports_of_{code}": since["va_final_demand", "imports", code] for code in both},
        **{
            f"year_CHN_leads_imports_of_{code}_members_singly": singly["va_final_demand", "imports", code]
            for code in both
        },
        **{f"place_{code}_in_imports_of_CHN_2022": places[code] for code in both},
    }


def _growth() -> Numbers:
    """Split the growth of links into size and closeness, in log points."""
    close = [OECD.link(*pair, "intensity")[2022] for pair in intraregional.MAIN]
    early, late = intraregional.growth_of_links(end=2003), intraregional.growth_of_links(start=2003)
    later = intraregional.growth_of_links(OECD, 2011, 2022)
    return {
        "closeness_CHN_JPN_KOR_2022_least": min(close),
        "closeness_CHN_JPN_KOR_2022_most": max(close),
        **{
            f"log_points_of_{what.lower()}_{pair}_1995_2003": early[what][pair[:3], pair[-3:]]
            for what in ("Index", "Closeness")
            for pair in ("CHN_to_KOR", "JPN_to_CHN")
        },
        "log_points_lost_of_closeness_2003_2011_least": -max(late["Closeness"][pair] for pair in intraregional.MAIN),
        "log_points_lost_of_closeness_2003_2011_most": -min(late["Closeness"][pair] for pair in intraregional.MAIN),
        "log_points_of_index_2003_2011_most": max(late["Index"][pair] for pair in intraregional.MAIN),
        "log_points_of_closeness_RUS_to_CHN_2011_2022": later["Closeness"]["RUS", "CHN"],
        "log_points_lost_of_closeness_KOR_to_CHN_2011_2022": -later["Closeness"]["KOR", "CHN"],
    }


def _premium() -> Numbers:
    """Say what of the links lies beyond size, and when that was most."""
    found = intraregional.premiums()
    beyond, highest = found["Beyond size 2022, percent"], found["WIOD"]
    of_value, as_one = beyond.loc["Value added"], found.loc["Value added, European Union as one"]
    return {
        "percent_beyond_size_CHN_to_JPN_2022": of_value["Estimate"]["China → Japan"],
        "percent_beyond_size_CHN_to_JPN_2022_least": of_value["At least"]["China → Japan"],
        "percent_beyond_size_CHN_to_JPN_2022_most": of_value["At most"]["China → Japan"],
        "percent_beyond_size_KOR_to_CHN_2022": of_value["Estimate"]["Korea → China"],
        "percent_beyond_size_KOR_to_CHN_2022_least": of_value["At least"]["Korea → China"],
        "percent_beyond_size_KOR_to_CHN_2022_most": of_value["At most"]["Korea → China"],
        "year_of_highest_closeness_first": int(highest["Peak year"].min()),
        "year_of_highest_closeness_last": int(highest["Peak year"].max()),
        "closeness_CHN_JPN_KOR_highest_least": highest["Peak"]["Value added"].min(),
        "closeness_CHN_JPN_KOR_highest_most": highest["Peak"]["Value added"].max(),
        "closeness_EU_as_one_2022_least": as_one["OECD", "2022"].min(),
        "closeness_EU_as_one_2022_most": as_one["OECD", "2022"].max(),
    }


def _region() -> Numbers:
    region = intraregional.region().query("economy == 'NEA' and database == @WIOD.label").set_index("year")["share"]
    return {
        **labelled("share_of_region_in_its_exports", region.loc[[1995, 2011]]),
        "share_of_JPN_KOR_RUS_in_their_exports_2011": intraregional.kept_without_china(2011),
    }


def _industries() -> Numbers:
    """Say what industries earn, gained and lost, how alike they are, and how far from final use."""
    now, points = intraregional.by_branch(OECD, 2022), intraregional.branch_points()
    overlap = {year: intraregional.likeness(WIOD, "JPN", year) for year in (1995, 2011)}
    stages = intraregional.stages()
    return {
        "share_electrical_KOR_to_CHN_2022": now["KOR", "CHN"]["Electrical and optical"],
        "share_mining_RUS_to_CHN_2022": now["RUS", "CHN"]["Mining"],
        "points_gained_KOR_to_CHN_1995_2011": points["KOR", "CHN"]["All"],
        "points_gained_electrical_KOR_to_CHN_1995_2011": points["KOR", "CHN"]["Electrical and optical"],
        "points_lost_food_CHN_to_JPN_1995_2011": -points["CHN", "JPN"]["Agriculture and food"],
        "points_lost_textiles_CHN_to_JPN_1995_2011": -points["CHN", "JPN"]["Textiles and leather"],
        **labelled("overlap_of_industries_CHN_JPN", overlap),
        **labelled("stages_KOR_CHN", {year: stages["KOR", "CHN", year] for year in (1995, 2011)}),
        "stages_by_change_of_industries_max": intraregional.stages_by_cause()["industries"].max(),
    }


def _mongolia() -> Numbers:
    """Give each partner its part in what Mongolia trades with the four."""
    then, now = (intraregional.mongolia(year)["", "Share among the four"] for year in (2017, 2021))
    bought = intraregional.raw_materials()
    return {
        "billions_MNG_to_CHN_2024": bought["China"][2024],
        "billions_MNG_to_all_2024": bought["China"][2024] + bought["Others"][2024],
        "percent_MNG_to_CHN_least": bought["China, percent"].min(),
        "part_CHN_in_market_of_MNG_2017": then["Mongolia", "China"],
        "part_CHN_in_market_of_MNG_2021": now["Mongolia", "China"],
        "part_CHN_in_supply_of_MNG_2021": now["China", "Mongolia"],
        "part_RUS_in_supply_of_MNG_2021": now["Russia", "Mongolia"],
        "share_MNG_in_imports_of_CHN_if_half": ARTICLE.link("MNG", "CHN")[2021] ** 2 / 50,
    }
