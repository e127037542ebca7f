"""The sources: what each answers, by independent numbers, and where it is silent."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gvc
from book import translation
from book.pages import explorer
from exhibits import charts
from gvc import GvcError, panel
from industrial_chains import article, manifest, sources
from industrial_chains import economies as eco
from industrial_chains.charting import names
from industrial_chains.sources import ADB, ARTICLE, COMMON, LRWIOD, OECD, SOURCES, WIOD, SilentError, Source, Years

WORDS: charts.Captions = {"name": "n", "title": "T", "subtitle": "S", "source": "O.", "alt": "A"}


def rows(flow: str, year: int, name: str = "wiod2013") -> pd.DataFrame:
    """Take one flow of one year straight from a panel's rows, origin × destination."""
    frame = gvc.load_panel(name).query("flow == @flow and year == @year")
    return frame.pivot(index="origin", columns="destination", values="value")


# -- those of the book ------------------------------------------------------------------------------------------------


def test_the_sources_answer_in_the_articles_terms() -> None:
    of_print = article.printed(1).query("measure == 'fva_share' and destination == 'ASEAN'").set_index("year")["value"]
    assert ARTICLE.share("NEA", "ASEAN") == of_print.to_dict()
    assert ARTICLE.share("CHN", "IND", "imint_share") == {2021: 9.8}
    assert ARTICLE.link("KOR", "CHN") == {2017: 12.94, 2021: 12.25}
    given = rows("fva_share", 2021, "adb_fva_shares")
    assert ADB.share("NEA", "ASEAN")[2021] == pytest.approx(given.loc[list(eco.GROUPS["NEA"]), "ASEAN"].sum())
    content = rows("va_exports", 2011)["IND"].drop("IND")
    assert WIOD.share("CHN", "IND")[2011] == pytest.approx(100 * content["CHN"] / content.sum())
    links = sources.links(of=[WIOD]).query("origin == 'CHN' and absorber == 'JPN'").set_index("year")["value"]
    assert WIOD.link("CHN", "JPN") == pytest.approx(links.to_dict())
    shares = [WIOD.link("CHN", "JPN", of)[2011] for of in ("exports", "imports")]
    assert WIOD.link("CHN", "JPN")[2011] == pytest.approx(np.sqrt(np.prod(shares)))


@pytest.mark.parametrize(
    "ask",
    [
        lambda: WIOD.share("NEA", "ASEAN"),  # Indonesia alone is not ASEAN
        lambda: WIOD.share("MNG", "IND"),
        lambda: WIOD.share("CHN", "CHN"),
        lambda: WIOD.link("MNG", "CHN"),
        lambda: WIOD.link("CHN", "CHN"),
        lambda: WIOD.share("NEA", "IND")[2012],
        lambda: WIOD.partners("MNG", "exports", 2011),
        lambda: WIOD.passing("MNG", "MEX"),
        lambda: ADB.link("CHN", "JPN"),
        lambda: ADB.share("NEA", "ASEAN", "imint_share"),
        lambda: ADB.share("NEA", "NAFTA"),  # shares of members do not add up to the group's
        lambda: ADB.world_shares("value_added", ("c4",)),
        ADB.reliance,
        lambda: WIOD.by_industry("value_added", ("D10",)),
        lambda: ARTICLE.share("CHN", "ASEAN")[2007],
        lambda: ARTICLE.share("NEA", "ASEAN", base="named"),  # the print leaves the others out
        lambda: ARTICLE.link("CHN", "JPN", "imports"),
        lambda: ARTICLE.shares("NEA", ["IDN"]),
    ],
)
def test_a_source_that_cannot_tell_is_silent(ask: Callable[[], object]) -> None:
    with pytest.raises(SilentError, match=r"expected .*; found .* Ask another source"):
        ask()


def test_shares_of_several_hosts_are_not_averaged() -> None:
    """ADB's figures are shares: without weights nobody may pool Thailand and Viet Nam."""
    with pytest.raises(SilentError, match="THA, VNM"):
        ADB.share("NEA", ("THA", "VNM"))
    assert ADB.share("NEA", ("VNM",))[2022] == ADB.share("NEA", "VNM")[2022]
    assert ADB.share("NEA", "ASEAN")[2022] == pytest.approx(33.48, abs=0.01), "which it has as one"


def test_silence_is_an_error_that_says_what_is_missing() -> None:
    with pytest.raises(GvcError, match="ADB: expected the flow va_final_demand; found fva_share, pool_weight"):
        ADB.link("CHN", "JPN")


def test_a_source_line_says_when_its_panels_were_computed() -> None:
    dates = {entry["path"]: entry["date"] for entry in manifest.load()}
    for source in SOURCES:
        for name in (source.flows, source.industries):
            if isinstance(name, str):
                path = f"panel/{name}.parquet"
                assert path in dates, f"describe {path} in data/manifest.yml, with the date of its computation"
                assert f"{dates[path]:%B %Y}" in source.line, f"let the line of {source.name} say when {path} was made"


def test_every_panel_that_ships_belongs_to_a_source() -> None:
    shipped = {entry["path"] for entry in manifest.load() if entry["path"].startswith("panel/")}
    read = {f"panel/{name}.parquet" for one in SOURCES for name in (one.flows, one.industries) if isinstance(name, str)}
    assert read == shipped, "a file below data/panel has a Source in sources.SOURCES and an entry in data/manifest.yml"


def test_every_economy_and_database_has_a_name_in_the_termbase() -> None:
    codes = {code for source in SOURCES for code in source.economies} | set(explorer.GROUPS)
    labels = {source.label for source in SOURCES}
    wanted = {names.economy(code) for code in codes} | labels
    assert wanted - translation.lexicon().terms("zh_CN").keys() == set(), "give each a row in data/terms.csv"


def test_a_database_keeps_its_stroke() -> None:
    strokes = sources.STROKES
    assert len(strokes) > 5
    # The print and the long-run tables stand side by side nowhere.
    assert len({stroke for name, stroke in strokes.items() if name != "Article, ADB 2022"}) == len(strokes) - 1
    assert [name for name, stroke in strokes.items() if stroke.dash != (1, 0)] == ["OECD, estimates"]
    frame = sources.shares(["NEA"], ["IND"], of=[ADB, WIOD])
    chart = charts.lines(
        frame, "year", "value", "destination", variant="database", strokes=sources.STROKES, **WORDS
    ).to_dict()
    scale = chart["layer"][0]["encoding"]["strokeWidth"]["scale"]
    assert dict(zip(scale["domain"], scale["range"], strict=True)) == {ADB.label: 3, WIOD.label: 2.25}


def test_the_rounding_is_that_of_the_print() -> None:
    assert ARTICLE.rounding(1) == pytest.approx(0.1)
    assert ARTICLE.rounding(3) == pytest.approx(0.01)
    assert WIOD.rounding(1) == ADB.rounding(3) == 0


def test_numbers_are_printed_computed_or_estimated() -> None:
    newer = replace(WIOD, estimates=range(2011, 2022))
    assert [newer.kind(year) for year in (2010, 2011, 2021, 2022)] == ["table", "estimate", "estimate", "table"]
    assert ARTICLE.kind(2007) == "print"


def test_an_estimate_has_a_name_and_a_stroke_of_its_own() -> None:
    assert [OECD.label_in(year) for year in (2011, 2021, 2022)] == ["OECD, estimates"] * 2 + ["OECD, 2025 edition"]
    frame = sources.links(["JPN", "CHN"], of=[OECD])
    assert frame.groupby("database")["year"].agg(["min", "max"]).T.to_dict("list") == {
        "OECD, 2025 edition": [2022, 2022],
        "OECD, estimates": [2011, 2021],
    }
    assert set(frame["database"]) <= set(sources.STROKES)


@pytest.mark.parametrize(
    ("origin", "absorber", "expected"),
    [  # computed elsewhere with a full inverse, for 1965, 1980, 1995, 2000
        ("CHN", "JPN", [6.98, 6.91, 13.74, 14.37]),
        ("JPN", "CHN", [9.22, 9.71, 10.78, 12.20]),
        ("JPN", "KOR", [7.87, 7.95, 11.19, 9.48]),
        ("KOR", "JPN", [2.87, 4.54, 7.73, 6.83]),
        ("CHN", "KOR", [0.09, 0.17, 3.79, 4.94]),
        ("KOR", "CHN", [0.04, 0.14, 6.04, 8.95]),
    ],
)
def test_half_a_century_of_links(origin: str, absorber: str, expected: list[float]) -> None:
    link = LRWIOD.link(origin, absorber)
    assert [round(link[year], 2) for year in (1965, 1980, 1995, 2000)] == expected


@pytest.mark.parametrize(
    ("host", "expected"), [("MEX", [2.73, 4.91, 10.96, 10.82]), ("IND", [6.18, 9.84, 12.33, 9.80])]
)
def test_half_a_century_of_shares(host: str, expected: list[float]) -> None:
    share = LRWIOD.share(("CHN", "JPN", "KOR"), host)
    assert [round(share[year], 2) for year in (1965, 1980, 1995, 2000)] == expected


def test_what_a_table_has_lost_is_a_gap() -> None:
    every = set(range(1965, 2001))
    assert every - set(LRWIOD.link("JPN", "CHN")) == {1984, 1985, 1986}
    assert every == set(LRWIOD.link("CHN", "JPN")), "the other direction is there"
    for of in ("index", "exports", "imports", "intensity"):
        assert np.isnan(LRWIOD.ties(of, 1985).loc["USA", "CHN"])
    assert every - set(LRWIOD.share("JPN", "CHN")) == {1984, 1985, 1986}
    assert every - set(LRWIOD.share(("JPN", "KOR"), "CHN")) == {1984, 1985, 1986}, "a sum of which a part is lost"
    assert {1984, 1985, 1986} <= every - set(LRWIOD.share("ROW", "CHN")), "the rest of the world has what is lost"
    assert {1984, 1985, 1986} <= every - set(LRWIOD.share("IND", "CHN", base="named")), "so all others seem larger"
    assert every == set(LRWIOD.share("IND", "CHN")), "of all suppliers its share is what it was"
    drawn = sources.shares(["JPN"], ["CHN"], of=[LRWIOD]).set_index("year")["value"]
    assert drawn.index.tolist() == sorted(every), "so that no line runs across"
    assert drawn[drawn.isna()].index.tolist() == [1984, 1985, 1986]
    links = sources.links(["JPN", "CHN"], of=[LRWIOD]).query("origin == 'JPN'").set_index("year")["value"]
    assert links[links.isna()].index.tolist() == [1984, 1985, 1986]
    assert WIOD.holes.empty
    assert ADB.holes.empty
    concentration = LRWIOD.concentration(["CHN", "JPN"], "va_exports")["hhi"]
    assert every - set(concentration["CHN"].index) >= {1984, 1985, 1986}, "of suppliers who are not known"
    assert every == set(concentration["JPN"].index)


def test_holes_are_listed_with_their_largest_flow() -> None:
    table = sources.holes_of(LRWIOD, WIOD, OECD)
    china = table.loc[("Long-run WIOD", "China", "1984–1986")]
    assert china["Origins"].startswith("Japan, United States, Canada, Germany, Hong Kong")
    assert china[["Largest before", "in the hole", "after"]].astype(float).round().tolist() == [5665, 74, 8802]
    assert table.index.get_level_values("Source").unique().tolist() == ["Long-run WIOD", "OECD"]
    assert len(table) == 20


def test_coverage_says_who_can_answer_what() -> None:
    table = sources.coverage()
    assert table.loc[ARTICLE.label].tolist() == ["2007–2021", "2007–2021", "2017, 2021"]
    assert table.loc[ADB.label].tolist() == ["2017–2022", "", ""]
    assert table.loc[WIOD.label].tolist() == ["1995–2011"] * 3
    assert table.loc[LRWIOD.label].tolist() == ["1965–2000"] * 3
    assert table.loc[OECD.label].tolist() == ["2011–2022"] * 3


def test_rows_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    source = Source("one", "One", "", lambda: asked.append(1) or panel.load_panel("adb_fva_shares"))
    for host in ("ASEAN", "IND"):
        source.share("CHN", host)
    assert source.matrix("fva_share", 2021) is source.matrix("fva_share", 2021)
    assert len(asked) == 1


# -- shares -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("measure", ["fva_share", "imint_share"])
@pytest.mark.parametrize("host", ["IND", "MEX", "JPN", "NAFTA"])
def test_a_share_is_that_of_the_package(host: str, measure: str) -> None:
    matrix = panel.flow_matrix(gvc.load_panel("wiod2013"), article.MEASURES[measure], 2003)
    for origins in ("CHN", ("CHN", "JPN", "KOR", "RUS")):
        if origins != host:
            assert WIOD.share(origins, host, measure)[2003] == pytest.approx(gvc.origin_share(matrix, origins, host))


@given(st.data())
def test_shares_of_all_suppliers_are_a_hundred(data: st.DataObject) -> None:
    source = data.draw(st.sampled_from([WIOD, ADB]))
    host = data.draw(st.sampled_from(sorted(source.matrix(source._flow("fva_share"), source.years("fva_share")[0]))))
    base = data.draw(st.sampled_from(["all", "named", "common"]))
    table = source.suppliers(host, base=base)
    np.testing.assert_allclose(table.sum(), 100)
    assert ("ROW" in table.index) == (base == "all")
    assert set(table.index) <= set(COMMON) or base != "common"


def test_a_base_without_the_unnamed_by_hand() -> None:
    content = rows("va_exports", 2011)["MEX"].drop(["MEX", "ROW"])
    assert WIOD.share("CHN", "MEX", base="named")[2011] == pytest.approx(100 * content["CHN"] / content.sum())


def test_sources_are_asked_together() -> None:
    frame = sources.shares(["NEA", "CHN"], ("ASEAN", "IND"), of=(ARTICLE, LRWIOD, WIOD, ADB, OECD))
    assert list(dict.fromkeys(frame["database"])) == [
        "Article, ADB 2022",
        "Long-run WIOD, release 1.1",
        "WIOD, 2013 release",
        "ADB, 72 economies",
        "OECD, estimates",
        "OECD, 2025 edition",
    ]
    assert not frame.duplicated(["database", "year", "measure", "destination", "origin"]).any()
    assert frame.query("database == @WIOD.label")["destination"].unique().tolist() == ["IND"]
    assert len(frame.query("database == @ARTICLE.label and origin == 'CHN'")) == 2


def test_the_print_beside_another() -> None:
    table = sources.beside_print(WIOD, hosts=("IND", "MEX")).loc["NEA"]
    assert table.index.tolist() == [2007, 2008, 2009, 2010, 2011]
    assert table.loc[2011, ("IND", "printed")] == 14.7
    # From the inverse of another test.
    assert table.loc[2011, ("IND", "WIOD")] == pytest.approx(25.90, abs=0.005)
    assert table.loc[2011, ("IND", "difference")] == pytest.approx(11.2, abs=0.005)
    by_origin = sources.beside_print(ADB, ("CHN",))
    assert by_origin.index.tolist() == [("CHN", 2021)]
    assert by_origin.loc[("CHN", 2021), ("ASEAN", "printed")] == 20.4


def test_a_pace_is_points_a_year() -> None:
    assert Years({2007: 10.0, 2011: 12.0}).pace(2007, 2011) == 0.5
    assert ARTICLE.share("NEA", "MEX").pace(2017, 2021) == pytest.approx((28.5 - 22.8) / 4)


def test_concentration_is_followed_year_by_year() -> None:
    buyers = (*eco.GROUPS["NEA"], "IDN", "ASEAN", "IND", "MEX", "USA")
    frame = ADB.concentration(buyers).reset_index()
    assert sorted(set(frame["year"])) == list(range(2017, 2023))
    assert set(frame["buyer"]) == {"CHN", "JPN", "KOR", "RUS", "MNG", "IDN", "ASEAN", "IND", "MEX"}
    assert frame["hhi"].between(0, 1).all()
    assert ADB.shares("CHN", ["ASEAN"]).iloc[0, 4] == rows("fva_share", 2021, "adb_fva_shares").loc["CHN", "ASEAN"]


def test_what_passes_an_exporter() -> None:
    passed, absorbed = rows("va_absorbed_by_USA", 2011), rows("va_final_demand", 2011)
    part = 100 * passed.loc["CHN", "MEX"] / absorbed.loc["CHN", "USA"]
    assert WIOD.passing("CHN", "MEX")[2011] == pytest.approx(part)


# -- links ------------------------------------------------------------------------------------------------------------


def test_partners_are_ranked_and_the_rest_of_the_world_is_none() -> None:
    given = rows("gross_exports", 2011)
    sold = given.loc["KOR"].drop(["KOR", "ROW"])
    partners = WIOD.partners("KOR", "exports", 2011, "gross_exports")
    assert partners.index[0] == sold.idxmax() == "CHN"
    assert partners["CHN"] == pytest.approx(100 * sold["CHN"] / given.loc["KOR"].drop("KOR").sum())
    assert partners.is_monotonic_decreasing
    assert not {"KOR", "ROW"} & set(partners.index)


def test_the_union_is_one_partner_but_to_its_members() -> None:
    absorbed = rows("va_final_demand", 2011)
    union = [code for code in eco.GROUPS["EU27"] if code in absorbed]
    assert len(union) == 26, "Croatia is not in it, the United Kingdom is no member"
    taken = absorbed["RUS"].drop("RUS")
    sources_of = WIOD.partners("RUS", "imports", 2011)
    assert sources_of["EU27"] == pytest.approx(100 * taken[union].sum() / taken.sum())
    assert not set(union) & set(sources_of.index)
    assert "GBR" in sources_of.index
    single = WIOD.partners("RUS", "imports", 2011, union=())
    assert single.index[0] == "CHN"
    assert single[union].sum() == pytest.approx(sources_of["EU27"])
    of_member = WIOD.partners("DEU", "imports", 2011)
    assert "FRA" in of_member.index
    assert not {"EU27", "DEU"} & set(of_member.index)


def test_a_union_of_which_a_part_is_lost_is_no_partner() -> None:
    lost = {origin for origin, importer in LRWIOD.lost(1985) if importer == "CHN"}
    assert "DEU" in lost
    assert "EU27" not in LRWIOD.partners("CHN", "imports", 1985).index
    assert "EU27" in LRWIOD.partners("CHN", "imports", 1990).index


def test_links_around() -> None:
    frame = sources.links_by_pair([("JPN", "KOR")])
    assert set(frame["origin"]) == set(frame["absorber"]) == {"JPN", "KOR"}
    latest = frame.query("year == 2021 and database == @ARTICLE.label").set_index("absorber")["value"]
    assert latest.to_dict() == {"KOR": 5.66, "JPN": 4.05}
    years = (frame.groupby("database").size() / 2).to_dict()
    assert (years[ARTICLE.label], years[LRWIOD.label], years[WIOD.label]) == (2, 36, 17), "two directions a year"
    assert years[OECD.label_in(2011)] + years[OECD.label] == 12


# -- industries -------------------------------------------------------------------------------------------------------


def test_shares_of_industries_by_hand() -> None:
    frame = gvc.load_panel("wiod2013_sectors").query("flow == 'value_added' and year == 2011")
    made = frame[frame["sector"].isin(["c4", "c5"])].groupby("origin")["value"].sum()
    assert WIOD.world_shares("value_added", ("c4", "c5")).loc[2011, "CHN"] == pytest.approx(
        100 * made["CHN"] / made.sum()
    )
    whole = frame.groupby("origin")["value"].sum()
    assert WIOD.weight("value_added", ("c4", "c5")).loc[2011, "CHN"] == pytest.approx(100 * made["CHN"] / whole["CHN"])
    vax = gvc.load_panel("wiod2013_sectors").query("flow == 'vax' and year == 2011")
    textiles = vax[vax["sector"].isin(["c4", "c5"])].groupby("origin")["value"].sum()
    every = vax.groupby("origin")["value"].sum()
    index = (textiles["CHN"] / every["CHN"]) / (textiles.sum() / every.sum())
    assert WIOD.advantage(("c4", "c5")).loc[2011, "CHN"] == pytest.approx(index)


# -- a reader's own ---------------------------------------------------------------------------------------------------


def test_a_panel_of_a_reader_is_a_source_like_the_others(tmp_path, monkeypatch) -> None:
    flows, industries = WIOD.frame.query("year == 2011").assign(source="mine"), gvc.load_panel("wiod2013_sectors")
    (tmp_path / "panel").mkdir()
    monkeypatch.setattr(panel, "DATA", tmp_path)
    panel.write(flows, tmp_path / "panel" / "my.parquet")
    source = sources.readers("my")
    assert (source.name, source.line) == ("panel my", "Own computation from mine (panel my).")
    assert source.share("CHN", "IND") == {2011: WIOD.share("CHN", "IND")[2011]}
    with pytest.raises(SilentError, match="by industry; found none"):
        source.by_industry("value_added")
    panel.write(industries, tmp_path / "panel" / "my_sectors.parquet")
    assert sources.readers("my").by_industry("value_added").shape == (17, 41)
