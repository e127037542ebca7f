"""Statements that customs and other offices answer: recomputed from their files by plain pandas, and turned by them."""

from pathlib import Path
from typing import Any

import fastexcel
import pandas as pd
import pytest

from chapters.frontier import since_2018
from chapters.northeast_asia import claims
from gvc import panel
from industrial_chains import data
from industrial_chains.statements import asked
from industrial_chains.statements.asked import Inquiry
from industrial_chains.trade_model import inputs
from tests.changed_files import with_files
from tests.chapters.by_hand import matrix
from tests.chapters.test_claims import BY_HAND


@pytest.fixture(scope="module")
def customs(test_data: Path) -> pd.DataFrame:
    """Trade of a partner in a year, in 10,000 RMB, as the bulletin prints it."""
    rows = pd.read_csv(test_data / "data/china_customs/china_customs_by_partner_2024_2025_rmb.csv")
    return rows.set_index(["partner", "year"])


@pytest.fixture(scope="module")
def japan_sells(test_data: Path) -> pd.Series:
    rows = pd.read_csv(test_data / "data/imts/imts_exports_2025_top15_6reporters.csv")
    return rows[rows["reporter"] == "JPN"].set_index("partner")["exports_fob_usd"]


@pytest.fixture(scope="module")
def america_buys(test_data: Path) -> pd.DataFrame:
    rows = pd.read_csv(test_data / "data/us_imports/us_imports_naics3_partner_annual_2013_2025.csv")
    rows = rows[rows["CTY_NAME"].eq("JAPAN") & rows["NAICS_SDESC"].eq("ALL PRODUCTS")]
    return rows.set_index("year")[["imports_usd", "imports_jan_nov_usd"]] / 1e9


@pytest.fixture(scope="module")
def invested(test_data: Path) -> pd.DataFrame:
    """Million USD in Indonesia, year × origin; the file names Australia twice."""
    file = test_data / "data/fdi/bps_fdi_country_2000_2024_combined.xlsx"
    rows = fastexcel.read_excel(file).load_sheet(0).to_pandas().astype({"year": int})
    rows = rows.drop_duplicates(["year", "country"])
    return rows.pivot(index="year", columns="country", values="fdi_million usd")


@pytest.fixture(scope="module")
def employed(test_data: Path) -> pd.DataFrame:
    rows = pd.read_csv(test_data / "data/jobs/etd_employment_12_sectors_1990_2018.csv")
    return rows.set_index(["cnt", "year"])


def held(name: str) -> str:
    return claims.audit().loc[name, "held"]


def agree(name: str, found: list[bool]) -> None:
    """Ask that the book counts as many, and that its verdict is what they give."""
    assert held(name) == f"{sum(found)} of {len(found)}"
    part = sum(found) / len(found)
    due = {0.0: "does not hold", 1.0: "holds"}.get(part, "holds in part" if part >= 0.5 else "mostly does not hold")
    assert BY_HAND[name] == due


def before(customs: pd.DataFrame, partner: str, what: str = "total") -> float:
    """Return what a partner traded in 2023, by the growth printed for 2024."""
    row = customs.loc[(partner, 2024)]
    return row[f"{what}_rmb_10k"] / (1 + row[f"yoy_{what}_pct"] / 100)


def test_korea_passed_japan_in_2024(customs) -> None:
    total = customs["total_rmb_10k"]
    ahead = {year: total["Korea", year] > total["Japan", year] for year in (2024, 2025)}
    agree("korea_passed_japan", [ahead[2024], before(customs, "Japan") > before(customs, "Korea")])
    assert ahead[2025], "as the judgement says"
    sold, bought = customs["export_rmb_10k"], customs["import_rmb_10k"]
    assert sold["Japan", 2024] > sold["Korea", 2024]
    assert bought["Korea", 2024] > 1.1 * bought["Japan", 2024]
    assert (round(before(customs, "Korea") / 1e5), round(before(customs, "Japan") / 1e5)) == (2184, 2238)
    oecd = matrix("OECD", "gross_exports", 2022)
    assert oecd.loc["CHN", "JPN"] + oecd.loc["JPN", "CHN"] > oecd.loc["CHN", "KOR"] + oecd.loc["KOR", "CHN"]


def test_trade_of_china_and_japan_fell_in_2024_and_rose_above_it(customs) -> None:
    then, now, later = (
        before(customs, "Japan"),
        *(customs.loc[("Japan", year), "total_rmb_10k"] for year in (2024, 2025)),
    )
    agree("china_and_japan_trade_less", [now < then])
    assert later > then


def test_the_united_states_bought_most_of_what_japan_sold_in_2025(japan_sells, customs, america_buys) -> None:
    named = japan_sells.drop("WLD")
    agree("japans_largest_market", [named.idxmax() == "USA"])
    assert named["CHN"] + named["HKG"] > named["USA"], "the judgement says so"
    # 308.27 billion dollars of trade are 219,343 of the bulletin's units.
    rate = customs.loc[("Japan", 2024), "total_rmb_10k"] / 308.27
    assert customs.loc[("Japan", 2024), "import_rmb_10k"] / rate > america_buys.loc[2024, "imports_usd"]


def test_china_traded_less_with_japan_in_2024_and_the_united_states_bought_no_more(customs, america_buys) -> None:
    fell = [
        customs.loc[("Japan", 2024), f"{what}_rmb_10k"] < before(customs, "Japan", what)
        for what in ("export", "import")
    ]
    bought = america_buys["imports_usd"].round(1)
    agree("japan_follows_the_united_states", [*fell, bought[2024] > bought[2023]])
    months = america_buys["imports_jan_nov_usd"]
    back = [customs.loc[("Japan", 2025), f"yoy_{what}_pct"] > 0 for what in ("export", "import")]
    assert all(back), "in 2025 all three turned the other way"
    assert months[2025] < months[2024]


def test_trade_with_rcep_lost_ground_but_to_the_united_states(customs) -> None:
    members = ["JPN", "KOR", "AUS", "NZL", "BRN", "IDN", "KHM", "LAO", "MMR", "MYS", "PHL", "SGP", "THA", "VNM"]
    share = {}
    for year in (2021, 2022):
        oecd = matrix("OECD", "gross_exports", year)
        both = (oecd.loc["CHN"] + oecd["CHN"]).drop("CHN")
        share[year] = both[members].sum() / both.sum()
    now = {name: customs.loc[(name, 2025)] for name in ("RCEP members", "World", "United States")}
    late = {name: row["total_rmb_10k"] for name, row in now.items()}
    early = {name: row["total_rmb_10k"] / (1 + row["yoy_total_pct"] / 100) for name, row in now.items()}
    grew = {name: row["yoy_total_pct"] for name, row in now.items()}
    rest = [one["World"] - one["United States"] for one in (early, late)]
    agree(
        "rcep_joins_chains",
        [
            share[2022] > share[2021],
            grew["RCEP members"] > grew["World"],
            late["RCEP members"] / early["RCEP members"] > rest[1] / rest[0],
        ],
    )
    assert now["United States"]["yoy_total_pct"] < 0
    # The growth printed for all members is near that of those whose 2024 is printed.
    named = [name for name, _ in customs.index if name in ("Japan", "Korea", "Australia", "New Zealand", "ASEAN-10")]
    own = sum(customs.loc[(name, 2024), "total_rmb_10k"] for name in set(named))
    assert early["RCEP members"] == pytest.approx(own, rel=2e-3)


#: By wave: China and ASEAN's members but Singapore; ASEAN's members, India and Mexico. Brunei is not in the file.
FOURTH = ["CHN", "IDN", "KHM", "LAO", "MMR", "MYS", "PHL", "THA", "VNM"]
FIFTH = [*FOURTH[1:], "SGP", "IND", "MEX"]


def test_manufacturing_employed_more_in_all_hosts_but_two(employed) -> None:
    made, every = employed["Manufacturing"], employed["Total"]
    fourth = {host: made[host, 2010] > made[host, 1990] for host in FOURTH}
    fifth = {host: made[host, 2018] > made[host, 2010] for host in FIFTH}
    agree("jobs_in_hosts", [*fourth.values(), *fifth.values()])
    assert "BRN" not in set(employed.index.get_level_values("cnt"))
    assert [host for host in FIFTH if not fifth[host]] == ["LAO", "SGP"], "as the judgement says"
    part = made / every
    assert [host for host in FOURTH if part[host, 2010] < part[host, 1990]] == ["CHN", "MYS", "PHL"]


@pytest.mark.parametrize("spans", [(range(2015, 2020), range(2020, 2025)), (range(2015, 2018), range(2022, 2025))])
def test_china_and_korea_invest_more_in_indonesia_and_japan_less(invested, spans) -> None:
    mean = [invested.loc[list(span)].mean() for span in spans]
    grew = {
        name: mean[1][name] / mean[0][name] > 1.1 for name in ("Japan", "China", "South Korea", "Hongkong", "Total")
    }
    agree("japan_invests_more_in_asean", [grew["Japan"]])
    agree("china_and_korea_invest_more_in_asean", [grew["China"], grew["South Korea"]])
    assert grew["Total"]
    assert grew["Hongkong"]
    assert mean[1]["Japan"] < mean[0]["Japan"]


def test_numbers_of_the_page_by_plain_pandas(customs, japan_sells, america_buys, employed) -> None:
    found, total = claims._counted(), customs["total_rmb_10k"]
    now = {name: total[name, 2025] for name in ("RCEP members", "World", "United States")}
    grew = {name: customs.loc[(name, 2025), "yoy_total_pct"] for name in now}
    then = {name: now[name] / (1 + grew[name] / 100) for name in now} | {"United States": total["United States", 2024]}
    left = [of["World"] - of["United States"] - of["RCEP members"] for of in (then, now)]
    part = 100 * japan_sells / japan_sells["WLD"]
    due = {
        "trade_of_CHN_with_KOR_2024_RMB": 2334.564,
        "trade_of_CHN_with_JPN_2024_RMB": 2193.431,
        "share_of_USA_in_exports_of_JPN": part["USA"],
        "share_of_CHN_in_exports_of_JPN": part["CHN"],
        "share_of_CHN_and_HKG_in_exports_of_JPN": part["CHN"] + part["HKG"],
        "CHN_buys_from_JPN_2024": 308.27 * 111185.410 / 219343.066,
        "jobs_in_CHN_1990": employed.loc[("CHN", 1990), "Manufacturing"] / 1000,
        "jobs_in_CHN_2010": employed.loc[("CHN", 2010), "Manufacturing"] / 1000,
        "jobs_in_VNM_2010": employed.loc[("VNM", 2010), "Manufacturing"] / 1000,
        "jobs_in_VNM_2018": employed.loc[("VNM", 2018), "Manufacturing"] / 1000,
        "growth_with_RCEP": 5.3,
        "growth_with_others": 100 * (left[1] / left[0] - 1),
    }
    assert {name: float(found[name]) for name in due} == pytest.approx(due, abs=2e-3)
    # What the chapter takes from the table of duties.
    assert since_2018.duties().loc["JPN", "imports"] == pytest.approx(america_buys.loc[2024, "imports_usd"], abs=2e-3)
    assert [found["first_year_of_RCEP"], found["last_year_of_RCEP"], found["year_of_exports_of_JPN"]] == [
        2024,
        2025,
        2025,
    ]


# -- verdicts turn with the files, and another year extends them ------------------------------------------------------


def verdict(name: str, source: Any) -> str:
    return claims.audit([source]).loc[name, "verdict"]


@pytest.mark.parametrize(
    ("name", "where", "by", "after"),
    [
        ("korea_passed_japan", "partner == 'KOR' and year == 2024", 0.93, "does not hold"),
        ("korea_passed_japan", "partner == 'KOR' and year == 2024", 1.03, "does not hold"),  # ahead in 2023, too
        ("korea_passed_japan", "partner == 'JPN' and year == 2025", 2.00, "holds"),  # another year stands beside it
        ("rcep_joins_chains", "partner == 'RCEP' and year == 2025", 1.00, "holds in part"),  # by customs alone
        ("rcep_joins_chains", "partner == 'USA' and year == 2025", 1.30, "fits, cause not shown"),
    ],
)
def test_a_number_of_customs_turns_a_verdict(monkeypatch, name, where, by, after) -> None:
    rows = data.table("china_customs")
    here = rows.index.isin(rows.query(where).index)
    with_files(monkeypatch, china_customs=rows.assign(both=rows["both"].where(~here, by * rows["both"])))
    assert verdict(name, asked.CUSTOMS) == after


def test_growth_of_japans_trade_turns_the_verdict(monkeypatch) -> None:
    rows = data.table("china_customs")
    here = rows["partner"].eq("JPN") & rows["year"].eq(2024)
    with_files(monkeypatch, china_customs=rows.assign(growth_both=rows["growth_both"].where(~here, 1.0)))
    assert verdict("china_and_japan_trade_less", asked.CUSTOMS) == "does not hold"


def test_japans_largest_market_turns_with_the_file_and_takes_another_year(monkeypatch) -> None:
    rows = data.table("markets")
    china = rows["reporter"].eq("JPN") & rows["partner"].eq("CHN")
    later = rows.assign(year=2026, value=rows["value"].where(~china, 2 * rows["value"]))
    with_files(monkeypatch, markets=pd.concat([rows, later]))
    checks = claims.ask("japans_largest_market", Inquiry(asked.MARKETS))
    assert [(check.years, check.holds, check.beside) for check in checks] == [
        ((2025,), True, False),
        ((2026,), False, False),
    ]


def test_another_year_of_customs_stands_beside_or_counts(monkeypatch) -> None:
    rows = data.table("china_customs")
    grown = rows[rows["year"].eq(2025)].assign(year=2026)
    with_files(monkeypatch, china_customs=pd.concat([rows, grown]))
    korea = claims.ask("korea_passed_japan", Inquiry(asked.CUSTOMS))
    assert [(check.years, check.beside) for check in korea] == [
        *(((2023,), False), ((2024,), False), ((2025,), True), ((2026,), True))
    ]
    rcep = claims.ask("rcep_joins_chains", Inquiry(asked.CUSTOMS))
    assert [check.years for check in rcep] == [(2024, 2025), (2025, 2026)] * 2


def test_another_year_of_investment_moves_both_halves(monkeypatch) -> None:
    rows = data.table("investors")
    later = pd.concat([rows, rows[rows["year"].eq(2024)].assign(year=2025)])
    with_files(monkeypatch, investors=pd.concat([later, rows[rows["year"].eq(2024)].assign(year=2026)]))
    (check,) = claims.ask("japan_invests_more_in_asean", Inquiry(asked.INVESTMENT))
    assert check.says == "Japan in Indonesia, billion dollars a year 4.2 (2015 to 2020), 3.5 (2021 to 2026)"


def test_another_year_of_american_imports_extends_what_stands_beside(monkeypatch) -> None:
    rows = inputs.us_imports()
    later = rows[rows["year"].eq(2025)].assign(year=2026)
    later["imports_to"] *= 2
    monkeypatch.setattr(inputs, "us_imports", lambda: pd.concat([rows, later]))
    own, beside = claims.ask("japan_follows_the_united_states", Inquiry(asked.CENSUS))
    assert (own.years, own.holds, beside.years, beside.holds) == ((2023, 2024), False, (2024, 2026), True)


def test_the_other_years_panel_says_who_was_first_before() -> None:
    rows = pd.read_csv(panel.DATA / "northeast_asia" / "markets.csv")
    assert rows["year"].min() >= 2025
    beside = claims.audit().loc["japans_largest_market", "evidence"]
    assert "OECD: 2022 percent of Japan's exports: to China 21.6, to United States 16.6" in beside
