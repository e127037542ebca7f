"""Within the region: dependence, closeness, industries and rounding; by hand, as identities, on real tables."""

import math
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import gvc
from gvc import panel
from report import article, evidence, region, sectors
from report.look import names

#: Three economies; what stands on the diagonal must not count.
VAX = pd.DataFrame(
    [[99.0, 6, 2], [4, 99, 4], [1, 3, 99]],
    index=["CHN", "JPN", "USA"],
    columns=["CHN", "JPN", "USA"],
)
flows = arrays(float, (4, 4), elements=st.floats(0.1, 1000))


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


# -- the measure ------------------------------------------------------------------------------------------------------


def test_intensity_by_hand() -> None:
    # China sends 8 of the world's 20, Japan takes 9: 3.6 are to be expected from China to Japan, and 6 flow.
    intensity = gvc.trade_intensity(VAX)
    assert intensity.loc["CHN", "JPN"] == pytest.approx(6 / 3.6)
    assert intensity.loc["USA", "CHN"] == pytest.approx(1 * 20 / (4 * 5))
    assert intensity.isna().to_numpy().diagonal().all()


@given(flows)
def test_link_is_intensity_times_weights(values: np.ndarray) -> None:
    flow = pd.DataFrame(values, index=list("abcd"), columns=list("abcd"))
    link, intensity = gvc.link_index(flow), gvc.trade_intensity(flow)
    world = values.sum() - np.trace(values)
    for origin, absorber in permutations("abcd", 2):
        exported = flow.loc[origin].sum() - flow.loc[origin, origin]
        imported = flow[absorber].sum() - flow.loc[absorber, absorber]
        weights = math.sqrt(exported / world * imported / world)
        assert link.loc[origin, absorber] == pytest.approx(100 * intensity.loc[origin, absorber] * weights)


@given(flows)
def test_an_absorber_matters_by_its_imports_and_an_origin_by_its_exports(values: np.ndarray) -> None:
    """The ratio of the two shares does not know the flow between the two."""
    flow = pd.DataFrame(values, index=list("abcd"), columns=list("abcd"))
    of_exports, of_imports = gvc.link_shares(flow)
    for origin, absorber in permutations("abcd", 2):
        exported = flow.loc[origin].drop(origin).sum()
        imported = flow[absorber].drop(absorber).sum()
        ratio = of_imports.loc[origin, absorber] / of_exports.loc[origin, absorber]
        assert ratio == pytest.approx(exported / imported)


def test_an_economy_that_sends_nothing_has_no_intensity() -> None:
    mute = VAX.copy()
    mute.loc["USA", ["CHN", "JPN"]] = 0
    assert gvc.trade_intensity(mute).loc["USA"].isna().all()


# -- on WIOD ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pair", region.DIRECTIONS)
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
    assert link == pytest.approx(evidence.links().set_index(["year", "origin", "absorber"])["value"][2011, *pair])


INTENSITIES = region.intensities()
GROWTH = region.growth_of_links().pivot(index="pair", columns="part", values="value")


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
    main = [INTENSITIES[2003, *pair] - INTENSITIES[2011, *pair] for pair in region.MAIN]
    assert min(main) > 0, "all four were closer in 2003, as the chapter says"


def test_closeness_without_the_own_market(vax) -> None:
    corrected = {}
    for year, flow in vax.items():
        others = sum(flow.values()) - taken(flow, "CHN")
        corrected[year] = flow["CHN", "JPN"] / sent(flow, "CHN") / (taken(flow, "JPN") / others)
    assert [round(corrected[year], 2) for year in (1995, 2011)] == [2.43, 1.48]
    change = 100 * math.log(corrected[2011] / corrected[1995])
    assert region.growth_of_closeness("CHN", "JPN") == pytest.approx(change)


def test_what_the_titles_say() -> None:
    table = region.changes()
    risen = table[table["change"] >= 1].index.get_level_values("origin").tolist()
    assert sorted(risen) == ["CHN", "JPN", "KOR", "RUS"], "every economy but Mongolia has one"
    assert table.loc[list(region.MAIN), "verdict"].value_counts().to_dict() == {"rose": 2, "fell": 2}
    top = region.network_by_year().query("Year == 2011").nlargest(5, "value")
    assert (top["origin"].eq("CHN") | top["absorber"].eq("CHN")).all()
    shares = region.dependence().set_index(["view", "origin", "absorber"])["value"]
    for year, leader in ((1995, "JPN"), (2011, "CHN")):
        sold = shares[f"In the origin's exports, {year}"].unstack("absorber").drop(leader)
        bought = shares[f"In the absorber's imports, {year}"].unstack("origin").drop(leader)
        assert (sold.idxmax(axis=1) == leader).all()
        assert (bought.idxmax(axis=1) == leader).all()
    closer = GROWTH["Closeness"]
    assert closer[closer > 15].index.str.contains("Russia").all()
    assert (closer[closer.index.str.contains("Russia")] > 15).all()
    kept = region.kept_within().pivot(index=["side", "economy"], columns="year", values="value")
    turned = (kept[2011] > kept[1995]).unstack("side").all(axis=1)
    assert turned.index[~turned].tolist() == ["CHN"]


def test_two_shares_cross_with_japan_and_part_with_korea() -> None:
    """What title and alt text say of the shares behind the four links."""
    frame = evidence.link_shares_over_time(region.MAIN)
    wide = frame.pivot(index="year", columns=["origin", "absorber", "of"], values="value").sort_index(axis=1)
    for origin, absorber in region.MAIN:
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
    change = region.changes()["change"]
    assert change.xs("CHN", level="absorber").sum() == pytest.approx(4.38)
    assert change.xs("CHN", level="origin").sum() == pytest.approx(0.09)
    assert change.xs("CHN", level="origin").gt(0).pipe(lambda rose: list(rose.index[rose])) == ["KOR"]


def test_the_lead_in_mongolia_is_not_steady() -> None:
    china, russia = (
        {year: evidence.adb_share(code, "MNG", year) for year in range(2017, 2023)} for code in ("CHN", "RUS")
    )
    assert [year for year in china if china[year] < russia[year]] == [2019]


def test_place_among_sources(vax) -> None:
    supplied = {
        origin: value for (origin, absorber), value in vax[2011].items() if absorber == "CHN" and origin != "ROW"
    }
    order = sorted(supplied, key=supplied.__getitem__, reverse=True)
    assert [region.place_among_sources(code, "CHN", 2011) for code in order[:6]] == [1, 2, 3, 4, 5, 6]
    assert order[:2] == ["USA", "JPN"]
    assert order[4] == "KOR"


def test_dependence_shows_both_shares(vax) -> None:
    shares = region.dependence().set_index(["view", "origin", "absorber"])["value"]
    assert len(shares) == 4 * 16
    assert shares.isna().sum() == 4 * 4
    for year in (1995, 2011):
        for origin, absorber in region.DIRECTIONS:
            flow = vax[year][origin, absorber]
            exports = shares[f"In the origin's exports, {year}", origin, absorber]
            imports = shares[f"In the absorber's imports, {year}", origin, absorber]
            assert exports == pytest.approx(100 * flow / sent(vax[year], origin))
            assert imports == pytest.approx(100 * flow / taken(vax[year], absorber))


def test_sizes(vax) -> None:
    flow = vax[2011]
    assert region.exports_over_imports("CHN", "JPN", 2011) == pytest.approx(sent(flow, "CHN") / taken(flow, "JPN"))
    assert region.export_ratio("CHN", "RUS", 2011) == pytest.approx(sent(flow, "CHN") / sent(flow, "RUS"))
    union = [code for code in gvc.economies.GROUPS["EU27_2007"] if code in {origin for origin, _ in flow}]
    to, out_of = sum(flow["RUS", code] for code in union), sum(flow[code, "RUS"] for code in union)
    assert region.european_share("RUS", "exports", 2011) == pytest.approx(100 * to / sent(flow, "RUS"))
    assert region.european_share("RUS", "imports", 2011) == pytest.approx(100 * out_of / taken(flow, "RUS"))


def test_who_leads_from_when(vax) -> None:
    since = region.leads_since()
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
    assert region.leaders("gross_exports", "RUS", "exports").iloc[-1] != "CHN"
    assert ("gross_exports", "exports", "RUS") not in since.index


@pytest.mark.parametrize("pair", region.DIRECTIONS)
def test_a_lean_is_a_balance(vax, pair: tuple[str, str]) -> None:
    one, other = pair
    flow = vax[2011]
    part = region.lean(one, other, 2011)
    assert part["links"] == pytest.approx(part["flows"] * part["balance"])
    assert part["flows"] == pytest.approx(flow[one, other] / flow[other, one])
    cover = [sent(flow, code) / taken(flow, code) for code in (other, one)]
    assert part["balance"] == pytest.approx(math.sqrt(cover[0] / cover[1]))


@pytest.mark.parametrize("year", [1995, 2003, 2011])
def test_what_the_region_keeps(vax, year: int) -> None:
    flow = vax[year]
    pairs = list(permutations(region.MEMBERS, 2))
    exported = sum(sent(flow, code) for code in region.MEMBERS)
    kept = region.kept_within().set_index(["year", "side", "economy"])["value"]
    whole = sum(flow[pair] for pair in pairs)
    assert kept[year, "Of exported value added", "NEA"] == pytest.approx(100 * whole / exported)
    to_china = sum(flow[code, "CHN"] for code in region.MEMBERS if code != "CHN")
    assert kept[year, "Of foreign value added absorbed", "CHN"] == pytest.approx(100 * to_china / taken(flow, "CHN"))
    row = region.inwardness().loc[year]
    assert row["kept"] == pytest.approx(100 * whole / exported)
    # In proportion to what the others absorb, an origin sells all it sells, and nothing to itself.
    world = sum(flow.values())
    expected = sum(sent(flow, r) * taken(flow, s) / (world - taken(flow, r)) for r, s in pairs)
    assert row["ratio"] == pytest.approx(whole / expected)
    assert row["expected"] == pytest.approx(100 * expected / exported)
    assert row["weight"] == pytest.approx(100 * sum(taken(flow, code) for code in region.MEMBERS) / world)
    assert row["expected"] < row["weight"]
    rest = list(permutations(("JPN", "KOR", "RUS"), 2))
    part = sum(flow[pair] for pair in rest) / sum(sent(flow, code) for code in ("JPN", "KOR", "RUS"))
    assert row["without_china"] == pytest.approx(100 * part)


def test_links_by_pair_and_the_network_hold_every_year_once() -> None:
    pairs = region.links_by_pair()
    assert pairs.groupby("pair", sort=False).size().to_dict() == {
        "China and Japan": 38,
        "China and Korea": 38,
        "China and Russia": 38,
        "Japan and Korea": 38,
        "Japan and Russia": 38,
        "Korea and Russia": 38,
    }
    assert not pairs.duplicated(["year", "origin", "absorber"]).any()
    network = region.network_by_year()
    assert network.groupby("Year").size().eq(12).all()
    assert sorted(network["Year"].unique()) == list(range(1995, 2012))


# -- industries -------------------------------------------------------------------------------------------------------


def test_branches_cover_all_industries() -> None:
    assert set(sectors.BRANCHES) == {f"c{number}" for number in range(1, 36)}
    assert len(set(sectors.BRANCHES.values())) == 12


def test_branches_add_up_to_the_flow_and_to_the_link(vax) -> None:
    frame = region.by_branch()
    links = evidence.links().set_index(["year", "origin", "absorber"])["value"]
    for (year, origin, absorber), part in frame.groupby(["year", "origin", "absorber"]):
        assert part["value"].sum() == pytest.approx(vax[year][origin, absorber])
        assert part["share"].sum() == pytest.approx(100)
        assert part["points"].sum() == pytest.approx(links[year, origin, absorber])
    assert region.branch_shares().sum().to_numpy() == pytest.approx([100.0] * 8)
    assert region.branch_shares().loc["Electrical and optical"].round().tolist() == [5, 12, 19, 18, 6, 10, 10, 27]
    electrical = frame.set_index(["year", "origin", "absorber", "branch"])["value"]
    assert electrical[2011, "KOR", "CHN", "Electrical and optical"] == pytest.approx(20051.8, abs=0.05)


def test_growth_by_branch_is_exact(vax) -> None:
    table = region.branch_growth()
    points = region.branch_points().set_index(["partner", "direction", "branch"])["value"]
    links = evidence.links().set_index(["year", "origin", "absorber"])["value"]
    named = names.economy
    for origin, absorber in region.MAIN:
        added = table[f"{named(origin)} → {named(absorber)}"]
        grown = (vax[2011][origin, absorber] - vax[1995][origin, absorber]) / 1000
        assert added["All"] == pytest.approx(grown)
        assert added.drop("All").sum() == pytest.approx(grown)
        key = f"With {named(absorber if origin == 'CHN' else origin)}", "from China" if origin == "CHN" else "to China"
        change = links[2011, origin, absorber] - links[1995, origin, absorber]
        assert points[*key, "All"] == pytest.approx(change)
        assert points.loc[key].drop("All").sum() == pytest.approx(change)


def test_likeness_and_stages() -> None:
    rows = gvc.load_panel("wiod2013_sectors").query("year == 2011")
    value = rows.set_index(["flow", "origin", "destination", "sector"])["value"].sort_index()
    there, back = (value["va_final_demand"][pair] for pair in (("CHN", "KOR"), ("KOR", "CHN")))
    distance = (there / there.sum() - back / back.sum()).abs().sum() / 2
    assert region.likeness()["KOR", 2011] == pytest.approx(100 * (1 - distance))
    upstream = value["upstreamness"]["KOR", "WLD"]
    made = upstream.dropna().index
    assert back.drop(made).eq(0).all()
    assert region.stages()["KOR", "CHN", 2011] == pytest.approx(np.average(upstream[made], weights=back[made]))
    retail = there["c21"] / there.sum()
    assert region.retail_share("KOR", 2011) == pytest.approx(100 * retail)


def test_why_links_moved_upstream() -> None:
    stages, parts = region.stages(), region.stages_by_cause()
    for pair in region.MAIN:
        assert parts.loc[pair].sum() == pytest.approx(stages[*pair, 2011] - stages[*pair, 1995])
    # Computed apart, on arrays.
    assert parts["industries"].round(3).tolist() == [0.086, 0.006, 0.058, 0.043]
    assert (parts["industries"] < parts["place"] / 4).all(), "the same industries moved"


# -- printed numbers --------------------------------------------------------------------------------------------------


def test_changes_beyond_rounding() -> None:
    table = region.changes()
    assert table["verdict"].value_counts().to_dict() == {"fell": 11, "rose": 7, "level": 2}
    level = table.index[table["verdict"] == "level"].tolist()
    assert level == [("KOR", "MNG"), ("MNG", "JPN")]
    assert ((table["high"] - table["low"]).round(9) == 0.02).all()


@pytest.mark.parametrize(("low", "high", "verdict"), [(0, 0.02, "level"), (0.01, 0.03, "rose"), (-0.03, -0.01, "fell")])
def test_a_change_that_touches_zero_is_none(low: float, high: float, verdict: str) -> None:
    assert region._verdict(low + 1e-12, high - 1e-12) == verdict


@pytest.mark.parametrize("year", [2017, 2021])
def test_gaps_carry_rounding(year: int) -> None:
    table = region.gaps(year)
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
    table = region.least_shares()
    assert len(table) == 8
    china = table.loc[("Mongolia", "China")]
    assert china["Link index"] == 3.66
    assert china["Larger share"] == pytest.approx(3.655)
    assert china["Either share"] == pytest.approx(3.655**2 / 100)
    assert china["Other, if one is half"] * 50 == pytest.approx(3.66**2)
    assert region.supplier_order() == pytest.approx((1.835 / 1.515) ** 2)
