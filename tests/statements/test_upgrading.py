"""Statements on who moves up and who stays behind: recomputed by plain pandas, and turned by changed numbers."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from industrial_chains import data, ledger
from industrial_chains.sources import OECD, Source
from industrial_chains.statements import asked, verdicts
from industrial_chains.statements.asked import Inquiry
from industrial_chains.trade_model import inputs
from tests.changed_files import with_files
from tests.chapters.by_hand import ASEAN, BRANCHES, DATA, MAKING, flows, matrix

UNION = (
    *("AUT", "BEL", "BGR", "CYP", "CZE", "DEU", "DNK", "ESP", "EST", "FIN", "FRA", "GRC", "HRV", "HUN", "IRL", "ITA"),
    *("LTU", "LUX", "LVA", "MLT", "NLD", "POL", "PRT", "ROU", "SVK", "SVN", "SWE"),
)
INDUSTRIALISE = ["KHM", "IDN", "LAO", "MMR", "MYS", "PHL", "THA", "VNM", "BGD", "IND", "PAK", "LKA", "NPL"]


def held(name: str, source: object = OECD) -> list[bool]:
    return [check.holds for check in verdicts.ask(name, Inquiry(source)) if not check.beside]


def world(flow: str, industries: list[str]) -> pd.DataFrame:
    """Percentage of each economy in what the world's industries make or earn, year × economy."""
    rows = flows("OECD", "_sectors")
    rows = rows[rows["flow"].eq(flow) & rows["sector"].isin(industries)].astype({"origin": str})
    total = rows.groupby(["year", "origin"])["value"].sum().unstack()
    return 100 * total.div(total.sum(axis=1), axis=0)


@pytest.fixture(scope="module")
def published(test_data: Path) -> pd.DataFrame:
    """Own part of exports by the OECD, year × economy; percent."""
    rows = pd.read_csv(test_data / "data/oecd_tiva/oecd_tiva_mainsh_2012_2022_selected.csv")
    rows = rows[rows["MEASURE"] == "EXGR_DVA"]
    return rows.pivot_table(index="TIME_PERIOD", columns="REF_AREA", values="OBS_VALUE")


@pytest.fixture(scope="module")
def employed(test_data: Path) -> pd.DataFrame:
    rows = pd.read_csv(test_data / "data/jobs/etd_employment_12_sectors_1990_2018.csv")
    return rows.set_index(["cnt", "year"])[["Manufacturing", "Total"]]


def test_no_more_imports_changed_their_origin_than_before() -> None:
    def turned(start: int, end: int) -> float:
        parts = []
        for year in (start, end):
            flow = matrix("OECD", "gross_exports", year)
            assert list(flow.index) == list(flow.columns)
            parts.append(flow.mask(np.eye(len(flow), dtype=bool), 0.0))
        changed = (parts[0] / parts[0].sum() - parts[1] / parts[1].sum()).abs().sum() / 2
        return 100 * (changed * parts[1].sum()).sum() / parts[1].sum().sum()

    then, now = turned(2012, 2017), turned(2017, 2022)
    assert held("chains_deeply_rebuilt") == [now > 1.1 * then] == [False]
    (check, beside) = verdicts.ask("chains_deeply_rebuilt", Inquiry(OECD))
    numbers = f"{then:.1f} in 2012–2017, {now:.1f} in 2017–2022"
    assert check.says == f"percent of imports that changed their origin: {numbers}"
    assert (beside.holds, turned(2017, 2021) > 1.1 * turned(2013, 2017)) == (False, False)


def test_china_upgraded_more_slowly_by_one_measure_and_faster_by_another(published) -> None:
    own, share = published["CHN"], world("vax", BRANCHES["electronics"])["CHN"]
    slower = [(of[2018] - of[2012]) / 6 > (of[2022] - of[2018]) / 4 for of in (share, own)]
    assert slower == [False, True], "as the statement on blockades says"


def test_china_moved_away_from_the_low_end() -> None:
    whole = world("vax", MAKING["OECD"])["CHN"]
    relative = {name: world("vax", BRANCHES[name])["CHN"] / whole for name in ("textiles", "electronics", "machinery")}
    change = [of[2022] - of[2017] for of in relative.values()]
    assert held("china_locked_in_low_stages") == [change[0] > 0, change[1] < 0, change[2] < 0] == [False] * 3


def test_manufacturing_in_china(employed) -> None:
    jobs = employed["Manufacturing"]["CHN"]
    rows = flows("OECD", "_sectors").query("flow == 'value_added' and origin == 'CHN'")
    made = rows[rows["sector"].isin(MAKING["OECD"])].groupby("year")["value"].sum()
    part, share = made / rows.groupby("year")["value"].sum(), world("value_added", MAKING["OECD"])["CHN"]
    name = "relocation_weakens_chinas_industry"
    assert held(name) == [part[2022] < part[2011], share[2022] < share[2011]] == [True, False]
    assert held(name, asked.JOBS) == [jobs[2018] < jobs[2010]] == [True]
    assert 0.98 * jobs[2010] < jobs[2018], "slightly fewer"
    assert jobs[2015] > 1.05 * jobs[2010], "after a peak in between"
    assert share[2022] > 1.5 * share[2011], "by half"


def test_china_as_a_market(published) -> None:
    grew = {}
    for code in ("JPN", "KOR", "RUS", None):
        share = {}
        for year in (2011, 2021, 2022):
            flow = matrix("OECD", "va_final_demand", year)
            abroad = flow.mask(np.eye(len(flow), dtype=bool), 0.0)
            sold = abroad.sum() if code is None else abroad.loc[code]
            share[year] = sold["CHN"] / sold.sum()
        grew[code] = share[2021] > 1.1 * share[2011]
        # As the judgement says; Russia's rose again in 2022.
        assert (share[2022] < share[2021]) == (code != "RUS")
    name = "chinas_market_draws_neighbours"
    assert held(name) == list(grew.values()) == [True] * 4
    own = published["CHN"]
    assert held(name, asked.PUBLISHED) == [own[2021] > own[2012]] == [True]


def test_own_part_of_exports_in_hosts(published) -> None:
    hosts = [*ASEAN, "IND", "MEX"]
    fell = {host: published.loc[2022, host] < published.loc[2012, host] for host in hosts}
    checks = {check.says.parts[0]: check.holds for check in verdicts.ask("hosts_locked_in", Inquiry(asked.PUBLISHED))}
    assert sorted(checks.values()) == sorted(fell.values())
    assert [host for host in hosts if not fell[host]] == ["IDN", "MYS", "SGP", "THA", "IND"], "as the judgement says"
    change = (published.loc[2022, hosts] - published.loc[2012, hosts]).sort_values()
    assert list(change.index[:2]) == ["BRN", "VNM"]


def test_foreign_value_in_what_hosts_finish() -> None:
    rows = pd.read_csv(DATA / "northeast_asia" / "finished.csv").query("database == 'OECD' and year == 2022")
    value = rows.groupby(["industry", "maker", "origin"])["dollars"].sum()
    foreign = 1 - value.xs("home", level="origin") / value.groupby(["industry", "maker"]).sum()
    pairs = [(made, host) for made in ("textiles", "electronics") for host in ("ASEAN10", "IND", "MEX")]
    due = [foreign[made, host] > 1.1 * foreign[made, "CHN"] for made, host in pairs]
    assert held("hosts_lack_suppliers", asked.LEDGER) == due == [True] * 6


def test_manufacturing_in_hosts_of_asia(employed) -> None:
    jobs = 100 * employed["Manufacturing"] / employed["Total"]
    more = {host: round(jobs[host, 2018], 1) > round(jobs[host, 2010], 1) for host in INDUSTRIALISE}
    name = "relocation_industrialises_asia"
    assert held(name, asked.JOBS) == list(more.values())
    assert [host for host in INDUSTRIALISE if not more[host]] == ["LAO", "MYS"]
    rows = flows("OECD", "_sectors").query("flow == 'value_added'").astype({"origin": str})
    whole = rows.groupby(["year", "origin"])["value"].sum().unstack()
    made = rows[rows["sector"].isin(MAKING["OECD"])].groupby(["year", "origin"])["value"].sum().unstack()
    part = 100 * made / whole
    shown = [host for host in INDUSTRIALISE if host in part]
    rose = [round(part.loc[2022, host], 1) > round(part.loc[2011, host], 1) for host in shown]
    assert held(name) == rose
    assert (sum(rose), len(rose)) == (5, 11), "nearly half"
    assert (part.loc[2022, shown] - part.loc[2011, shown]).idxmax() == "VNM"


def test_large_chinese_investments_in_india(test_data) -> None:
    """Counted off the file: 21 from 2015 to 2019, most of twelve hosts, and one from 2020 to 2024."""
    rows = pd.read_csv(test_data / "data/china_outward_investment/aei_cgit_host_year_sector_2005_2024.csv")
    rows = rows[rows["sector"].isin(["Chemicals", "Health", "Metals", "Other", "Technology", "Transport"])]
    due = []
    for first, last in ((2015, 2019), (2020, 2024)):
        deals = rows[rows["year"].between(first, last)].groupby("host")["deals"].sum()
        hosts = deals.reindex([*ASEAN, "IND", "MEX"], fill_value=0)
        due.append(int((hosts > hosts["IND"]).sum()) < 3)
    assert held("india_attracts_chinese_firms", asked.DEALS) == due == [True, False]
    told = [check.says for check in verdicts.ask("india_attracts_chinese_firms", Inquiry(asked.DEALS))]
    assert told == [
        "large Chinese investments in India from 2010 to 2014: 0, number 9 of 12 hosts",
        "large Chinese investments in India from 2015 to 2019: 21, number 1 of 12 hosts",
        "large Chinese investments in India from 2020 to 2024: 1, number 8 of 12 hosts",
    ]


def test_the_united_states_and_its_allies(test_data) -> None:
    share = world("value_added", MAKING["OECD"])["USA"]
    assert held("united_states_revives_industry") == [True, share[2022] > 1.1 * share[2020]] == [True, False]
    assert share[2020] < share[2022] < 1.03 * share[2020], "as the judgement says"
    rows = pd.read_csv(test_data / "data/us_imports/us_imports_naics3_partner_annual_2013_2025.csv")
    rows = rows[rows["NAICS_SDESC"].eq("ALL PRODUCTS")].set_index(["year", "CTY_NAME"])["imports_usd"]
    allies = ["EUROPEAN UNION", "UNITED KINGDOM", "CANADA", "JAPAN", "KOREA, SOUTH", "AUSTRALIA"]
    part = {year: rows[year][allies].sum() / rows[year, "TOTAL FOR ALL COUNTRIES"] for year in (2020, 2024)}
    due = [part[2024] > part[2020], part[2024] > 1.1 * part[2020]]
    assert held("united_states_revives_industry", asked.CENSUS) == due == [True, False]


def test_the_union_lost_ground() -> None:
    due = []
    for name in ("electronics", "machinery"):
        share = world("vax", BRANCHES[name])[list(UNION)].sum(axis=1)
        due.append(round(share[2022], 1) > round(share[2017], 1))
    assert held("european_union_moves_up") == due == [False, False]


# -- verdicts turn with the numbers ---------------------------------------------------------------------------------


def verdict(name: str, source: object) -> str:
    return str(verdicts.audit([source]).loc[name, "verdict"])


def changed(rows: pd.DataFrame, where: str, by: float, column: str = "value") -> pd.DataFrame:
    here = rows.index.isin(rows.query(where).index)
    return rows.assign(**{column: rows[column].where(~here, by * rows[column])})


FILES = {
    "published": (asked.PUBLISHED, "home"),
    "oecd_published": (asked.PUBLISHED, "foreign"),
    "jobs": (asked.JOBS, "manufacturing"),
    "chinese_deals": (asked.DEALS, "deals"),
    "finished": (asked.LEDGER, "dollars"),
}


@pytest.mark.parametrize(
    ("name", "change", "after"),
    [
        ("hosts_locked_in", ("published", "year == 2022", 1.5), "does not hold"),
        ("hosts_locked_in", ("published", "year == 2022", 0.5), "fits, cause not shown"),
        ("chinas_market_draws_neighbours", ("oecd_published", "year == 2021", 1.5), "does not hold"),
        ("relocation_weakens_chinas_industry", ("jobs", "year == 2018", 1.1), "does not hold"),
        ("relocation_industrialises_asia", ("jobs", "year == 2018", 0.5), "does not hold"),
        ("relocation_industrialises_asia", ("jobs", "year == 2018", 1.5), "fits, cause not shown"),
        ("india_attracts_chinese_firms", ("chinese_deals", "host == 'IND' and first > 2014", 30), "holds"),
        ("india_attracts_chinese_firms", ("chinese_deals", "host == 'IND'", 0), "does not hold"),
        ("hosts_lack_suppliers", ("finished", "maker == 'CHN' and origin == 'home'", 0.1), "does not hold"),
    ],
)
def test_a_changed_file_turns_a_verdict(monkeypatch, name, change, after) -> None:
    file, where, by = change
    source, column = FILES[file]
    monkeypatch.setattr(ledger, "earned", ledger.earned.__wrapped__)
    with_files(monkeypatch, **{file: changed(data.table(file), where, by, column)})
    assert verdict(name, source) == after


@pytest.mark.parametrize(
    ("name", "where", "by", "after"),
    [
        ("china_locked_in_low_stages", "flow == 'vax' and sector == 'C13T15'", 2.0, "fits, cause not shown"),
        ("china_locked_in_low_stages", "flow == 'vax' and sector == 'C28'", 0.5, "mostly does not hold"),
        ("relocation_weakens_chinas_industry", "flow == 'value_added' and sector < 'D'", 0.3, "fits, cause not shown"),
        ("relocation_weakens_chinas_industry", "flow == 'value_added' and sector < 'D'", 3.0, "does not hold"),
    ],
)
def test_changed_industries_of_china_in_2022_turn_a_verdict(name, where, by, after) -> None:
    industries = changed(flows_of_industries(), f"{where} and origin == 'CHN' and year == 2022", by)
    assert verdict(name, _source(OECD.frame, industries)) == after


@pytest.mark.parametrize(
    ("name", "where", "by", "verdicts"),
    [
        ("european_union_moves_up", "flow == 'vax' and origin == 'DEU'", 3.0, ["does not hold", "holds"]),
        (
            "united_states_revives_industry",
            "flow == 'value_added' and origin == 'USA'",
            1.5,
            ["holds in part", "holds"],
        ),
        (
            "united_states_revives_industry",
            "flow == 'value_added' and origin == 'USA'",
            0.9,
            ["holds in part", "does not hold"],
        ),
    ],
)
def test_changed_industries_elsewhere_turn_a_verdict(name, where, by, verdicts) -> None:
    industries = changed(flows_of_industries(), f"{where} and year == 2022", by)
    assert [verdict(name, of) for of in (OECD, _source(OECD.frame, industries))] == verdicts


def test_changed_flows_turn_a_verdict() -> None:
    sold = changed(OECD.frame, "flow == 'gross_exports' and origin == 'CHN' and year == 2022", 5.0)
    assert verdict("chains_deeply_rebuilt", _source(sold, flows_of_industries())) == "holds"
    absorbed = changed(OECD.frame, "flow == 'va_final_demand' and destination == 'CHN' and year == 2021", 0.3)
    assert verdict("chinas_market_draws_neighbours", _source(absorbed, flows_of_industries())) == "does not hold"


def flows_of_industries() -> pd.DataFrame:
    return pd.read_parquet(DATA / "panel" / "oecd_sectors.parquet").astype({"sector": str, "origin": str, "flow": str})


def _source(frame: pd.DataFrame, industries: pd.DataFrame) -> Source:
    return Source("OECD", "OECD", "", lambda: frame, lambda: industries, yearly="unmeasured")


def test_an_economy_shown_from_some_year_on_changes_no_origins() -> None:
    late = OECD.frame.query("year > 2012 or (origin != 'BRA' and destination != 'BRA')")
    (check, *_) = verdicts.ask("chains_deeply_rebuilt", Inquiry(_source(late, flows_of_industries())))
    then, now = float(check.says.parts[0]), float(check.says.parts[3])
    assert (then, now) == (pytest.approx(9.6, abs=0.2), 9.5)


def test_more_from_allies_turns_the_verdict(monkeypatch) -> None:
    rows = inputs.us_imports()
    more = rows["partner"].isin(["CAN", "JPN"]) & rows["year"].eq(2024)
    rows = rows.assign(imports=rows["imports"].where(~more, 3 * rows["imports"]))
    monkeypatch.setattr(inputs, "us_imports", lambda: rows)
    assert verdict("united_states_revives_industry", asked.CENSUS) == "holds"
