"""Within the region: dependence, closeness, industries and rounding; by hand, as identities, on real tables."""

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gvc
from gvc import panel
from report import article, sectors, sources
from report.chapters import intraregional
from report.look import names
from report.sources import ADB, WIOD


@pytest.fixture(scope="module")
def vax() -> dict[int, dict[tuple[str, str], float]]:
    """Value added absorbed abroad by year and pair, straight from the panel's rows."""
    rows = gvc.load_panel("wiod2013")
    rows = rows[(rows["flow"] == "va_final_demand") & (rows["origin"] != rows["destination"])]
    return {
        year: {(row.origin, row.destination): row.value for row in part.itertuples()}
        for year, part in rows.groupby("year")
    }


def sent(flow: dict[tuple[str, str], float], economy: str) -> float:
    return sum(value for (origin, _), value in flow.items() if origin == economy)


def taken(flow: dict[tuple[str, str], float], economy: str) -> float:
    return sum(value for (_, absorber), value in flow.items() if absorber == economy)


# -- on WIOD ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pair", intraregional.DIRECTIONS)
def test_intensities_and_growth_from_the_rows_of_the_panel(vax, pair: tuple[str, str]) -> None:
    origin, absorber = pair
    value = {}
    for year in (1995, 2011):
        flow = vax[year]
        world = sum(flow.values())
        value[year] = flow[pair] * world / (sent(flow, origin) * taken(flow, absorber))
        assert INTENSITIES[year, origin, absorber] == pytest.approx(value[year])
    parts = GROWTH.loc[f"{names.economy(origin)} → {names.economy(absorber)}"]
    assert parts["Closeness"] == pytest.approx(100 * math.log(value[2011] / value[1995]))
    assert parts["Origin"] + parts["Absorber"] + parts["Closeness"] == pytest.approx(parts["Index"])
    link = gvc.link_index(panel.flow_matrix(gvc.load_panel("wiod2013"), "va_final_demand", 2011)).loc[pair]
    assert link == pytest.approx(sources.links().set_index(["year", "origin", "absorber"])["value"][2011, *pair])


INTENSITIES = {
    (year, *pair): WIOD.link(*pair, "intensity")[year]
    for year in (1995, 2003, 2011)
    for pair in intraregional.DIRECTIONS
}
GROWTH = intraregional.growth_of_links().pivot(index="pair", columns="part", values="value")


def test_china_grew_and_its_tie_with_japan_loosened() -> None:
    """The finding, in numbers read off by hand."""
    assert round(INTENSITIES[1995, "CHN", "JPN"], 2) == 2.49
    assert round(INTENSITIES[2011, "CHN", "JPN"], 2) == 1.63
    assert GROWTH.loc["China → Japan"].round(1).to_dict() == {
        "Absorber": -17.4,
        "Closeness": -42.4,
        "Index": 4.8,
        "Origin": 64.5,
    }
    main = [INTENSITIES[2003, *pair] - INTENSITIES[2011, *pair] for pair in intraregional.MAIN]
    assert min(main) > 0, "all four were closer in 2003, as the chapter says"


def test_closeness_without_the_own_market(vax) -> None:
    corrected = {}
    for year, flow in vax.items():
        others = sum(flow.values()) - taken(flow, "CHN")
        corrected[year] = flow["CHN", "JPN"] / sent(flow, "CHN") / (taken(flow, "JPN") / others)
    assert [round(corrected[year], 2) for year in (1995, 2011)] == [2.43, 1.48]
    change = 100 * math.log(corrected[2011] / corrected[1995])
    assert intraregional.growth_of_closeness("CHN", "JPN") == pytest.approx(change)


def test_what_the_titles_say() -> None:
    table = article.changes()
    risen = table[table["change"] >= 1].index.get_level_values("origin").tolist()
    assert sorted(risen) == ["CHN", "JPN", "KOR", "RUS"], "every economy but Mongolia has one"
    assert table.loc[list(intraregional.MAIN), "verdict"].value_counts().to_dict() == {"rose": 2, "fell": 2}
    top = sources.links(intraregional.MEMBERS, of=[WIOD]).query("year == 2011").nlargest(5, "value")
    assert (top["origin"].eq("CHN") | top["absorber"].eq("CHN")).all()
    shares = intraregional.dependence().set_index(["view", "origin", "absorber"])["value"]
    for year, leader in ((1995, "JPN"), (2011, "CHN")):
        sold = shares[f"In the origin's exports, {year}"].unstack("absorber").drop(leader)
        bought = shares[f"In the absorber's imports, {year}"].unstack("origin").drop(leader)
        assert (sold.idxmax(axis=1) == leader).all()
        assert (bought.idxmax(axis=1) == leader).all()
    closer = GROWTH["Closeness"]
    assert closer[closer > 15].index.str.contains("Russia").all()
    assert (closer[closer.index.str.contains("Russia")] > 15).all()
    kept = intraregional.kept_within().pivot(index=["side", "economy"], columns="year", values="value")
    turned = (kept[2011] > kept[1995]).unstack("side").all(axis=1)
    assert turned.index[~turned].tolist() == ["CHN"]


def test_two_shares_cross_with_japan_and_part_with_korea() -> None:
    """What title and alt text say of the shares behind the four links."""
    frame = intraregional.link_shares(intraregional.MAIN)
    wide = frame.pivot(index="year", columns=["origin", "absorber", "of"], values="value").sort_index(axis=1)
    for origin, absorber in intraregional.MAIN:
        part = wide[origin, absorber]
        chinas, partners = ("exports", "imports") if origin == "CHN" else ("imports", "exports")
        lead = part[partners] - part[chinas]
        assert (lead[1995] < 0) == ("JPN" in (origin, absorber))
        assert lead[2011] > 0
        if "KOR" in (origin, absorber):
            assert (lead > 0).all()
            assert lead.idxmax() >= 2010
    assert wide["CHN", "KOR", "exports"].round().between(3, 5).all()


def test_what_changed_towards_china_and_from_it() -> None:
    change = article.changes()["change"]
    assert change.xs("CHN", level="absorber").sum() == pytest.approx(4.38)
    assert change.xs("CHN", level="origin").sum() == pytest.approx(0.09)
    assert change.xs("CHN", level="origin").gt(0).pipe(lambda rose: list(rose.index[rose])) == ["KOR"]


def test_the_lead_in_mongolia_is_not_steady() -> None:
    china, russia = ({year: ADB.share(code, "MNG")[year] for year in range(2017, 2023)} for code in ("CHN", "RUS"))
    assert [year for year in china if china[year] < russia[year]] == [2019]


def test_place_among_sources(vax) -> None:
    supplied = {
        origin: value for (origin, absorber), value in vax[2011].items() if absorber == "CHN" and origin != "ROW"
    }
    order = sorted(supplied, key=supplied.__getitem__, reverse=True)
    assert list(WIOD.partners("CHN", "imports", 2011).index) == order
    assert order[:2] == ["USA", "JPN"]
    assert order[4] == "KOR"


def test_dependence_shows_both_shares(vax) -> None:
    shares = intraregional.dependence().set_index(["view", "origin", "absorber"])["value"]
    assert len(shares) == 4 * 16
    assert shares.isna().sum() == 4 * 4
    for year in (1995, 2011):
        for origin, absorber in intraregional.DIRECTIONS:
            flow = vax[year][origin, absorber]
            exports = shares[f"In the origin's exports, {year}", origin, absorber]
            imports = shares[f"In the absorber's imports, {year}", origin, absorber]
            assert exports == pytest.approx(100 * flow / sent(vax[year], origin))
            assert imports == pytest.approx(100 * flow / taken(vax[year], absorber))


def test_sizes(vax) -> None:
    flow = vax[2011]
    traded = WIOD.traded(2011)
    assert traded["exported"]["CHN"] / traded["imported"]["JPN"] == pytest.approx(
        sent(flow, "CHN") / taken(flow, "JPN")
    )
    exported = WIOD.traded(2011)["exported"]
    assert exported["CHN"] / exported["RUS"] == pytest.approx(sent(flow, "CHN") / sent(flow, "RUS"))
    union = [code for code in gvc.economies.GROUPS["EU27_2007"] if code in {origin for origin, _ in flow}]
    to, out_of = sum(flow["RUS", code] for code in union), sum(flow[code, "RUS"] for code in union)
    assert WIOD.partners("RUS", "exports", 2011)[union].sum() == pytest.approx(100 * to / sent(flow, "RUS"))
    assert WIOD.partners("RUS", "imports", 2011)[union].sum() == pytest.approx(100 * out_of / taken(flow, "RUS"))


def test_who_leads_from_when(vax) -> None:
    since = intraregional.leads_since()
    for (flow, of, economy), year in since.items():
        if flow != "va_final_demand":
            continue
        for then in range(1995, 2012):
            rows = vax[then]
            partner = {
                (absorber if of == "exports" else origin): value
                for (origin, absorber), value in rows.items()
                if (origin if of == "exports" else absorber) == economy
            }
            partner.pop("ROW")
            leads = max(partner, key=partner.__getitem__) == "CHN"
            assert leads or then < year
            assert not (leads and then == year - 1)
    assert since["gross_exports", "exports", "KOR"] < since["va_final_demand", "exports", "KOR"]
    assert intraregional.leaders("gross_exports", "RUS", "exports").iloc[-1] != "CHN"
    assert ("gross_exports", "exports", "RUS") not in since.index


@pytest.mark.parametrize("pair", intraregional.DIRECTIONS)
def test_a_lean_is_a_balance(vax, pair: tuple[str, str]) -> None:
    one, other = pair
    flow = vax[2011]
    part = intraregional.lean(one, other, 2011)
    assert part["links"] == pytest.approx(part["flows"] * part["balance"])
    assert part["flows"] == pytest.approx(flow[one, other] / flow[other, one])
    cover = [sent(flow, code) / taken(flow, code) for code in (other, one)]
    assert part["balance"] == pytest.approx(math.sqrt(cover[0] / cover[1]))


@pytest.mark.parametrize("year", [1995, 2003, 2011])
def test_what_the_region_keeps(vax, year: int) -> None:
    flow = vax[year]
    pairs = list(permutations(intraregional.MEMBERS, 2))
    exported = sum(sent(flow, code) for code in intraregional.MEMBERS)
    kept = intraregional.kept_within().set_index(["year", "side", "economy"])["value"]
    whole = sum(flow[pair] for pair in pairs)
    assert kept[year, "Of exported value added", "NEA"] == pytest.approx(100 * whole / exported)
    to_china = sum(flow[code, "CHN"] for code in intraregional.MEMBERS if code != "CHN")
    assert kept[year, "Of foreign value added absorbed", "CHN"] == pytest.approx(100 * to_china / taken(flow, "CHN"))
    row = intraregional.inwardness().loc[year]
    assert row["kept"] == pytest.approx(100 * whole / exported)
    # In proportion to what the others absorb, an origin sells all it sells, and nothing to itself.
    world = sum(flow.values())
    expected = sum(sent(flow, r) * taken(flow, s) / (world - taken(flow, r)) for r, s in pairs)
    assert row["ratio"] == pytest.approx(whole / expected)
    assert row["expected"] == pytest.approx(100 * expected / exported)
    assert row["weight"] == pytest.approx(100 * sum(taken(flow, code) for code in intraregional.MEMBERS) / world)
    assert row["expected"] < row["weight"]
    rest = list(permutations(("JPN", "KOR", "RUS"), 2))
    part = sum(flow[pair] for pair in rest) / sum(sent(flow, code) for code in ("JPN", "KOR", "RUS"))
    assert row["without_china"] == pytest.approx(100 * part)


def test_links_by_pair_and_the_network_hold_every_year_once() -> None:
    pairs = intraregional.links_by_pair()
    assert pairs.groupby("pair", sort=False).size().to_dict() == {
        "China and Japan": 38,
        "China and Korea": 38,
        "China and Russia": 38,
        "Japan and Korea": 38,
        "Japan and Russia": 38,
        "Korea and Russia": 38,
    }
    assert not pairs.duplicated(["year", "origin", "absorber"]).any()
    network = sources.links(intraregional.MEMBERS, of=[WIOD])
    assert network.groupby("year").size().eq(12).all()
    assert sorted(network["year"].unique()) == list(range(1995, 2012))


# -- industries -------------------------------------------------------------------------------------------------------


def test_branches_cover_all_industries() -> None:
    assert set(sectors.BRANCHES) == {f"c{number}" for number in range(1, 36)}
    assert len(set(sectors.BRANCHES.values())) == 12


def test_branches_add_up_to_the_flow_and_to_the_link(vax) -> None:
    frame = intraregional.by_branch()
    links = sources.links().set_index(["year", "origin", "absorber"])["value"]
    for origin, absorber, year in frame["value"]:
        part = frame.xs((origin, absorber, year), axis=1, level=("origin", "absorber", "year"))
        assert part["value"].sum() == pytest.approx(vax[year][origin, absorber])
        assert part["share"].sum() == pytest.approx(100)
        assert part["points"].sum() == pytest.approx(links[year, origin, absorber])
    assert intraregional.branch_shares().sum().to_numpy() == pytest.approx([100.0] * 8)
    assert intraregional.branch_shares().loc["Electrical and optical"].round().tolist() == [
        5,
        12,
        19,
        18,
        6,
        10,
        10,
        27,
    ]
    electrical = frame["value"].loc["Electrical and optical"]
    assert electrical["KOR", "CHN", 2011] == pytest.approx(20051.8, abs=0.05)


def test_growth_by_branch_is_exact(vax) -> None:
    table = intraregional.branch_growth()
    points = intraregional.branch_points().set_index(["partner", "direction", "branch"])["value"]
    links = sources.links().set_index(["year", "origin", "absorber"])["value"]
    for origin, absorber in intraregional.MAIN:
        added = table[f"{names.economy(origin)} → {names.economy(absorber)}"]
        grown = (vax[2011][origin, absorber] - vax[1995][origin, absorber]) / 1000
        assert added["All"] == pytest.approx(grown)
        assert added.drop("All").sum() == pytest.approx(grown)
        key = (
            f"With {names.economy(absorber if origin == 'CHN' else origin)}",
            "from China" if origin == "CHN" else "to China",
        )
        change = links[2011, origin, absorber] - links[1995, origin, absorber]
        assert points[*key, "All"] == pytest.approx(change)
        assert points.loc[key].drop("All").sum() == pytest.approx(change)


def test_likeness_and_stages() -> None:
    rows = gvc.load_panel("wiod2013_sectors").query("year == 2011")
    value = rows.set_index(["flow", "origin", "destination", "sector"])["value"].sort_index()
    there, back = (value["va_final_demand"][pair] for pair in (("CHN", "KOR"), ("KOR", "CHN")))
    distance = (there / there.sum() - back / back.sum()).abs().sum() / 2
    assert intraregional.likeness()["KOR", 2011] == pytest.approx(100 * (1 - distance))
    upstream = value["upstreamness"]["KOR", "WLD"]
    made = upstream.dropna().index
    assert back.drop(made).eq(0).all()
    assert intraregional.stages()["KOR", "CHN", 2011] == pytest.approx(np.average(upstream[made], weights=back[made]))
    retail = there["c21"] / there.sum()
    assert intraregional.retail_share("KOR", 2011) == pytest.approx(100 * retail)


def test_why_links_moved_upstream() -> None:
    stages, parts = intraregional.stages(), intraregional.stages_by_cause()
    for pair in intraregional.MAIN:
        assert parts.loc[pair].sum() == pytest.approx(stages[*pair, 2011] - stages[*pair, 1995])
    # Computed apart, on arrays.
    assert parts["industries"].round(3).tolist() == [0.086, 0.006, 0.058, 0.043]
    assert (parts["industries"] < parts["place"] / 4).all(), "the same industries moved"


# -- printed numbers --------------------------------------------------------------------------------------------------


def test_changes_beyond_rounding() -> None:
    table = article.changes()
    assert table["verdict"].value_counts().to_dict() == {"fell": 11, "rose": 7, "level": 2}
    level = table.index[table["verdict"] == "level"].tolist()
    assert level == [("KOR", "MNG"), ("MNG", "JPN")]
    assert ((table["high"] - table["low"]).round(9) == 0.02).all()


@pytest.mark.parametrize(("low", "high", "verdict"), [(0, 0.02, "level"), (0.01, 0.03, "rose"), (-0.03, -0.01, "fell")])
def test_a_change_that_touches_zero_is_none(low: float, high: float, verdict: str) -> None:
    assert article.sign(low + 1e-12, high - 1e-12) == {"rose": 1, "level": 0, "fell": -1}[verdict]


@pytest.mark.parametrize("year", [2017, 2021])
def test_gaps_carry_rounding(year: int) -> None:
    table = intraregional.gaps(year)
    assert len(table) == 10
    of_print = article.printed(3).query("year == @year").set_index(["origin", "absorber"])["value"]
    gap = of_print["KOR", "CHN"] - of_print["CHN", "KOR"]
    assert table.loc["Korea → China"].tolist() == pytest.approx([gap, gap - 0.01, gap + 0.01])
    assert (table["low"] * table["high"] > 0).all(), "all beyond rounding, as the chapter says"


@given(st.floats(0.01, 100), st.floats(0.01, 100))
def test_no_two_shares_break_the_bounds(exports: float, imports: float) -> None:
    """Whatever the shares, the index as printed bounds them as the table of Mongolia says."""
    printed = round(math.sqrt(exports * imports), 2)
    low = printed - article.ROUNDING[3]
    assert max(exports, imports) >= low - 1e-9
    assert min(exports, imports) >= low * abs(low) / 100 - 1e-9


def test_least_shares_of_mongolia() -> None:
    table = intraregional.least_shares()
    assert len(table) == 8
    china = table.loc[("Mongolia", "China")]
    assert china["Link index"] == 3.66
    assert china["Larger share"] == pytest.approx(3.655)
    assert china["Either share"] == pytest.approx(3.655**2 / 100)
    assert china["Other, if one is half"] * 50 == pytest.approx(3.66**2)
    assert intraregional.supplier_order() == pytest.approx((1.835 / 1.515) ** 2)
