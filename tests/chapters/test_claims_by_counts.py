"""Statements that customs and other offices answer: recomputed from their files by plain pandas, and turned by them."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from chapters.frontier import value_added
from chapters.northeast_asia import claims
from industrial_chains import data
from industrial_chains.statements import asked, verdicts
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
def dollars(test_data: Path) -> pd.DataFrame:
    """Trade of a partner in a year, in 100 million dollars, as the ministry prints it."""
    file = "data/totals_2022_2025/china_usd/china_customs_by_partner_annual_2020_2025_usd.csv"
    return pd.read_csv(test_data / file).set_index(["partner", "year"])


@pytest.fixture(scope="module")
def employed(test_data: Path) -> pd.DataFrame:
    rows = pd.read_csv(test_data / "data/jobs/etd_employment_12_sectors_1990_2018.csv")
    return rows.set_index(["cnt", "year"])


def held(name: str) -> str:
    return verdicts.audit().loc[name, "held"]


def agree(name: str, found: list[bool]) -> None:
    """Ask that the book counts as many, and that its verdict is what they give."""
    assert held(name) == f"{sum(found)} of {len(found)}"
    part = sum(found) / len(found)
    due = {0.0: "does not hold", 1.0: "holds"}.get(part, "holds in part" if part >= 0.5 else "mostly does not hold")
    if part >= 0.9 and name in ("japan_follows_the_united_states", "jobs_in_hosts"):
        due = "fits, cause not shown"
    assert BY_HAND[name] == due


def test_korea_passed_japan_in_2024(dollars) -> None:
    total = dollars["total_100m_usd"]
    assert (total["KOR", 2024], total["JPN", 2024]) == (3280.83, 3082.74), "as the article quotes them"
    ahead = {year: total["KOR", year] > total["JPN", year] for year in (2023, 2024, 2025)}
    agree("korea_passed_japan", [ahead[2024], not ahead[2023]])
    assert ahead[2025], "as the judgement says"
    sold, bought = dollars["exports_100m_usd"], dollars["imports_100m_usd"]
    assert sold["JPN", 2024] > sold["KOR", 2024]
    assert bought["KOR", 2024] > 1.1 * bought["JPN", 2024]
    oecd = matrix("OECD", "gross_exports", 2022)
    assert oecd.loc["CHN", "JPN"] + oecd.loc["JPN", "CHN"] > oecd.loc["CHN", "KOR"] + oecd.loc["KOR", "CHN"]


def test_dollars_and_renminbi_move_alike(customs, dollars) -> None:
    """Two files of the same office: by the growth that each prints, but for the exchange rate."""
    for partner, code in (("Japan", "JPN"), ("Korea", "KOR")):
        grew = customs.loc[(partner, 2025), "yoy_total_pct"] - dollars.loc[(code, 2025), "total_growth_printed_pct"]
        assert 0 < grew < 1, "the renminbi fell by half a per cent against the dollar"


def test_trade_of_china_and_japan_fell_for_three_years_and_rose_in_2025(dollars) -> None:
    total = dollars["total_100m_usd"]["JPN"]
    agree(
        "china_and_japan_trade_less",
        [*(total[y] < total[y - 1] for y in (2022, 2023, 2024)), total[2024] < 0.9 * total[2021]],
    )
    assert total[2024] / total[2021] == pytest.approx(5 / 6, abs=0.005), "by a sixth, as the judgement says"
    assert total[2025] > total[2024]


def test_in_2023_the_united_states_passed_china_as_japans_market(test_data, japan_sells) -> None:
    folder = test_data / "data/totals_2022_2025"
    of_2022 = pd.read_csv(folder / "imf_bilateral/imf_exports_fob_2022_2025.csv").query("exporter == 'JPN'")
    of_2022 = of_2022.set_index("importer")["usd_2022"]
    of_2023 = pd.read_csv(folder / "comtrade_2023/comtrade_2023_top7_partners.csv")
    of_2023 = of_2023.query("reporter == 'JPN' and flow == 'X'").set_index("partner")["usd_m"].drop("WLD")
    of_2025 = japan_sells.drop("WLD")
    agree("japans_largest_market", [of_2022.idxmax() == "CHN", of_2023.idxmax() == "USA"])
    assert of_2025.idxmax() == "USA"
    for year in (of_2022, of_2023, of_2025):
        assert year["CHN"] + year["HKG"] > year["USA"], "the judgement says so"


def test_china_traded_less_with_japan_in_2024_and_the_united_states_bought_no_more(dollars, america_buys) -> None:
    both = [dollars[f"{what}_100m_usd"]["JPN"] for what in ("exports", "imports")]
    bought = america_buys["imports_usd"].round(1)
    agree("japan_follows_the_united_states", [one[2024] < one[2023] for one in both])
    assert bought[2024] <= bought[2023]
    months = america_buys["imports_jan_nov_usd"]
    assert all(one[2025] > one[2024] for one in both), "in 2025 all three turned the other way"
    assert months[2025] < months[2024]


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


def test_numbers_of_the_page_by_plain_pandas(dollars, japan_sells, america_buys, employed) -> None:
    found, total = claims._counted(), dollars["total_100m_usd"]
    part = 100 * japan_sells / japan_sells["WLD"]
    due = {
        "trade_of_CHN_with_KOR_2024": total["KOR", 2024] / 10,
        "trade_of_CHN_with_JPN_2024": total["JPN", 2024] / 10,
        "trade_of_CHN_with_JPN_2021": total["JPN", 2021] / 10,
        "share_of_USA_in_exports_of_JPN_2023": 100 * 145131 / 717946,
        "share_of_CHN_in_exports_of_JPN_2023": 100 * 126440 / 717946,
        "share_of_USA_in_exports_of_JPN": part["USA"],
        "share_of_CHN_in_exports_of_JPN": part["CHN"],
        "share_of_CHN_and_HKG_in_exports_of_JPN": part["CHN"] + part["HKG"],
        "CHN_buys_from_JPN_2024": 156.254,
        "jobs_in_CHN_1990": employed.loc[("CHN", 1990), "Manufacturing"] / 1000,
        "jobs_in_CHN_2010": employed.loc[("CHN", 2010), "Manufacturing"] / 1000,
        "jobs_in_VNM_2010": employed.loc[("VNM", 2010), "Manufacturing"] / 1000,
        "jobs_in_VNM_2018": employed.loc[("VNM", 2018), "Manufacturing"] / 1000,
    }
    assert {name: float(found[name]) for name in due} == pytest.approx(due, abs=2e-3)
    # What the chapter takes from the table of duties.
    assert value_added.duties().loc["JPN", "imports"] == pytest.approx(america_buys.loc[2024, "imports_usd"], abs=2e-3)
    assert found["year_of_exports_of_JPN"] == 2025


# -- verdicts turn with the files, and another year extends them ------------------------------------------------------


def verdict(name: str, source: Any) -> str:
    return verdicts.audit([source]).loc[name, "verdict"]


@pytest.mark.parametrize(
    ("name", "where", "by", "after"),
    [
        ("korea_passed_japan", "partner == 'KOR' and year == 2024", 0.93, "does not hold"),
        ("korea_passed_japan", "partner == 'KOR' and year == 2023", 1.03, "does not hold"),  # ahead then, too
        ("korea_passed_japan", "partner == 'JPN' and year == 2025", 2.00, "holds"),  # another year stands beside it
        ("china_and_japan_trade_less", "partner == 'JPN' and year == 2022", 1.05, "holds in part"),
        ("china_and_japan_trade_less", "partner == 'JPN' and year == 2024", 1.10, "holds in part"),
        ("china_and_japan_trade_less", "partner == 'JPN' and year == 2021", 0.80, "holds in part"),
    ],
)
def test_a_number_of_customs_turns_a_verdict(monkeypatch, name, where, by, after) -> None:
    rows = data.table("china_customs_usd")
    here = rows.index.isin(rows.query(where).index)
    with_files(monkeypatch, china_customs_usd=rows.assign(both=rows["both"].where(~here, by * rows["both"])))
    assert verdict(name, asked.CUSTOMS) == after


def test_japans_largest_market_turns_with_the_file_and_takes_another_year(monkeypatch) -> None:
    rows = data.table("markets")
    china = rows["reporter"].eq("JPN") & rows["partner"].eq("CHN")
    more = rows.assign(value=rows["value"].where(~china | rows["year"].ne(2023), 2 * rows["value"]))
    with_files(monkeypatch, markets=pd.concat([more, more[more["year"] == 2025].assign(year=2026)]))
    checks = verdicts.ask("japans_largest_market", Inquiry(asked.MARKETS))
    assert [(check.years, check.holds, check.beside) for check in checks] == [
        *(((2022,), True, False), ((2023,), False, False), ((2025,), True, True), ((2026,), True, True))
    ]


def test_another_year_of_customs_stands_beside(monkeypatch) -> None:
    rows = data.table("china_customs_usd")
    with_files(monkeypatch, china_customs_usd=pd.concat([rows, rows[rows["year"].eq(2025)].assign(year=2026)]))
    for name, years in (("korea_passed_japan", (2023, 2024)), ("china_and_japan_trade_less", (2022, 2023, 2024, 2021))):
        checks = verdicts.ask(name, Inquiry(asked.CUSTOMS))
        assert {check.years[-1] for check in checks if check.beside} >= {2026}
        assert {check.years[-1] for check in checks if not check.beside} <= set(years)


def test_another_year_of_american_imports_extends_what_stands_beside(monkeypatch) -> None:
    rows = inputs.us_imports()
    later = rows[rows["year"].eq(2025)].assign(year=2026)
    later["imports_to"] *= 2
    monkeypatch.setattr(inputs, "us_imports", lambda: pd.concat([rows, later]))
    full, months = verdicts.ask("japan_follows_the_united_states", Inquiry(asked.CENSUS))
    assert (full.years, full.holds, months.years, months.holds) == ((2023, 2024), False, (2024, 2026), True)
    assert full.beside and months.beside


def test_the_other_years_panel_says_who_was_first_before() -> None:
    beside = verdicts.audit().loc["japans_largest_market", "evidence"]
    assert "OECD: 2022 percent of Japan's exports: to China 21.6, to United States 16.6" in beside


def test_statements_beside_customs_of_this_year(test_data) -> None:
    """Counted anew by plain pandas, from the sources."""
    shown = claims.since()
    months = pd.read_csv(
        test_data / "data/us_imports_2026/us_imports_by_partner_monthly_2023-09_2026-08.csv", dtype={"month": str}
    )
    months = months[months["month"].str[5:] <= "08"]
    by = months.groupby([months["month"].str[:4], "partner"])[["imports_consumption_usd", "duty_usd"]].sum()
    bought, paid = by["imports_consumption_usd"].unstack(), by["duty_usd"].unstack()
    asean = ["BRN", "KHM", "IDN", "LAO", "MYS", "MMR", "PHL", "SGP", "THA", "VNM"]
    for year in ("2024", "2025", "2026"):
        share = 100 * bought.loc[year] / bought.loc[year, "WLD"]
        assert shown[year]["China in American imports"] == pytest.approx(share["CHN"])
        assert shown[year]["ASEAN in American imports"] == pytest.approx(share[asean].sum())
        rate = 100 * paid.loc[year] / bought.loc[year]
        assert shown[year]["Duty on China’s goods less that on Mexico’s"] == pytest.approx(rate["CHN"] - rate["MEX"])
    assert shown["2026"]["China in American imports"] == pytest.approx(7.37, abs=0.005)
    goods = pd.read_csv(
        test_data / "data/us_imports_2026/us_imports_by_partner_hs4_jan_aug_2025_2026.csv", dtype={"hs4": str}
    ).set_index("partner")
    goods.columns = ["hs4", "now", "before"]
    phones = goods[goods["hs4"] == "8517"]["now"]
    assert shown["2026"]["Phones from India, over those from China"] == pytest.approx(
        100 * phones["IND"] / phones["CHN"]
    )
    china = goods.loc["CHN"]
    labour = china["hs4"].str[:2].isin(["42", "61", "62", "63", "64", "65", "94", "95"])
    five = china["hs4"].isin(["8471", "8473", "8517", "8523", "8542"]) | china["hs4"].str[:2].isin(["98", "99"])
    grew = [100 * (part["now"].sum() / part["before"].sum() - 1) for part in (china[labour], china[~labour])]
    label = "Growth of China’s labour-intensive goods less that of its others"
    assert shown["2026"][label] == pytest.approx(grew[0] - grew[1])
    without = china[~labour & ~five]
    assert grew[0] < 100 * (without["now"].sum() / without["before"].sum() - 1), "also without the five"
    july = pd.read_csv(test_data / "data/china_customs_2026/china_customs_by_partner_2026-07_ytd_rmb.csv")
    july = july.set_index("partner")
    total, grown = july["total_jan_jul_2026"], july["exports_yoy_pct"]
    assert shown["2026"]["Growth of China’s trade with Japan"] == july.loc["JPN", "total_yoy_pct"] == 14.2
    ahead = 100 * (total["KOR"] / total["JPN"] - 1)
    assert shown["2026"]["China’s trade with Korea beyond that with Japan"] == pytest.approx(ahead)
    more = grown["ASEAN-11 (with TLS)"] - grown["World"]
    assert shown["2026"]["Growth of China’s exports to ASEAN less that to all"] == pytest.approx(more)
    sold = pd.read_csv(test_data / "data/korea_2026/korea_exports_by_destination_monthly_2025-08_2026-07.csv")
    to = sold.groupby("destination")["exports_100m_usd"].sum()
    ahead = 100 * (to["China"] / to["United States"] - 1)
    assert shown["2026"]["Korea’s exports to China beyond those to America"] == pytest.approx(ahead, abs=0.1)
    against = ["Growth of China’s exports to Mexico less that to all", "Growth of China’s trade with Japan"]
    assert list(shown.index[shown["Since"] == "against it"]) == against
    assert list(shown.index[shown["Since"] == "no clear change"]) == ["India in American imports"]
    assert (claims.numbers()["counts_since"], claims.numbers()["counts_since_as_stated"]) == (13, 10)
    assert "January to August" in str(claims.of_months())


@pytest.mark.parametrize(
    ("values", "said", "due"),
    [
        ([10, 12], "rose", "as stated"),
        ([10, 12], "fell", "against it"),
        ([10, 10.5], "rose", "no clear change"),
        ([5, -1], "above", "against it"),
        ([5, -1], "below", "as stated"),
    ],
)
def test_what_goes_on(values, said, due) -> None:
    assert claims._goes_on(pd.Series(values), said) == due
