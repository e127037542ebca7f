"""Effects: shares of manufacturing and of domestic content, as titled, and the verdicts."""

from itertools import permutations, product

import pytest

import gvc
from chapters.theory import effects
from industrial_chains import economies as eco
from industrial_chains import theory_tests
from industrial_chains.sources import ADB, LRWIOD, OECD, WIOD

REGION = ("CHN", "JPN", "KOR", "RUS")


def test_domestic_content_is_a_share() -> None:
    assert effects.domestic_content()["value"].between(0, 100).all()


def test_hosts_turn_as_titled() -> None:
    korea, taiwan, china = effects.content("KOR", LRWIOD), effects.content("TWN", LRWIOD), effects.content("CHN", WIOD)
    assert korea.idxmin() == 1980
    assert korea[1990] > korea[1980] + 5
    assert taiwan[1985] > taiwan[1980] + 3
    # For a time only.
    assert korea[2000] < korea[1990] - 5
    assert taiwan[2000] < taiwan[1980]
    for code in ("KOR", "TWN"):
        assert effects.content(code, OECD)[2020] > effects.content(code, OECD)[2011] + 5
    assert china.idxmin() == 2005
    assert china[2011] > china[2005] + 3
    assert effects.content("MEX", OECD).idxmin() == 2022
    assert effects.content("VNM", OECD)[2022] < effects.content("VNM", OECD)[2011]


def test_manufacturing_as_titled() -> None:
    for code in ("JPN", "USA"):
        weight = effects.weight(code, LRWIOD)
        assert weight[2000] < weight[1970] - 5
    korea, late = effects.weight("KOR", LRWIOD), effects.weight("KOR", OECD)
    assert korea[2000] > korea[1970] + 10
    assert korea.idxmax() == 1988
    assert korea.loc[1988:].idxmin() == 1997
    assert korea[1997] < korea[1988] - 4
    assert late[2011] > effects.weight("KOR", WIOD)[1997] + 3
    assert late[2022] < late[2011]


def test_every_wave_and_every_theory_has_a_verdict() -> None:
    frame = effects.verdicts()
    assert frame.index.is_unique
    tested = frame["Verdict"] != effects.UNTESTED
    for column in ("Rival", "As predicted", "Bystanders", "Same verdict"):
        assert (frame[column] != "–").equals(tested), column
    # As `tests/test_theory_tests.py` has them by plain pandas; what is not tested left out.
    assert frame.loc[tested, ["As predicted", "Bystanders", "Verdict"]].to_numpy().tolist() == [
        ["4 of 4", "1.0", "Fits"],  # second wave
        ["2 of 12", "3.0", "Does not hold"],  # third
        ["15 of 20", "4.5", "Fits"],  # fourth
        ["0 of 16", "2.5", "Does not hold"],  # fifth
        ["21 of 52", "11.0", "In part"],  # all waves
        ["10 of 18", "5.1", "In part"],  # the low end first
        ["4 of 18", "4.7", "Does not hold"],  # the low end most
        ["32 of 39", "23.5", "Fits"],  # factor proportions
        ["24 of 44", "21.1", "No more than elsewhere"],  # product cycle
        ["5 of 8", "2.3", "In part"],  # marginal industries
        ["12 of 56", "8.2", "Does not hold"],  # geese within an economy
        ["34 of 72", "30.1", "Does not hold"],  # geese in a row
        ["19 of 28", "13.2", "In part"],  # core and periphery between countries
        ["24 of 32", "24.7", "No more than elsewhere"],  # tasks
        ["7 of 8", "6.5", "No more than elsewhere"],  # hollowing out
        ["34 of 56", "39.7", "No more than elsewhere"],  # lock-in
    ]
    for name in ("theory-cycle", "theory-monopoly", "theory-geese", "theory-stages", "theory-countries", "theory-oli"):
        assert any(name in theory for theory in frame.index), name


def test_senders_are_as_drawn() -> None:
    shown = effects.senders()
    before_after = shown[["start", "end"]].round(1).to_numpy().tolist()
    # From tables of an independent reader of the panels.
    assert before_after == [
        [26.7, 23.8], [34.3, 26.9], [22.7, 19.2], [15.7, 12.0], [23.7, 22.6], [29.2, 32.4], [28.2, 26.1], [32.8, 28.9],
    ]  # fmt: skip
    assert [str(who) for who in shown["who"]][-1] == "China, 2011–2022"


def test_most_bystanders_lost_manufacturing_too() -> None:
    found = theory_tests.found("hollowing").others
    assert sum(case.held for case in found) > 0.6 * len(found)


def test_half_of_the_hosts_lost_manufacturing() -> None:
    """In value added of manufacturing over that of all, by panel; economies that make a tenth of a percent or more."""
    panels = {
        ("lrwiod", 1965, 1970): (["JPN", "DEU"], r"D(1[5-9]t.*|2\dt?.*|3[0-5]t?.*|nec)"),
        ("lrwiod", 1970, 1990): (["KOR", "TWN", "HKG"], r"D(1[5-9]t.*|2\dt?.*|3[0-5]t?.*|nec)"),
        ("wiod2013", 1995, 2010): (["CHN"], r"c([3-9]|1[0-6])"),
        ("oecd", 2011, 2022): ([*eco.GROUPS["ASEAN"], "IND", "MEX"], r"C(1\d|2\d|3[0-3]).*"),
    }
    lost = []
    for (panel, first, last), (hosts, pattern) in panels.items():
        rows = gvc.load_panel(f"{panel}_sectors").query("flow == 'value_added'")
        rows = rows[rows["year"].isin([first, last])]
        made = rows[rows["sector"].astype(str).str.fullmatch(pattern)]
        whole, making = (of.groupby(["origin", "year"], observed=True)["value"].sum().unstack() for of in (rows, made))
        counts = making[first] / making[first].sum() >= 0.001
        lost += [
            whole.loc[code, last] * making.loc[code, first] > whole.loc[code, first] * making.loc[code, last]
            for code in hosts
            if counts.get(code, False)
        ]
    told = effects.numbers()
    assert (told["hosts_hollowing_held"], told["hosts_hollowing_of"]) == (sum(lost), len(lost)) == (7, 14)


def test_the_fifth_wave_is_as_titled() -> None:
    lead = theory_tests.lead()
    leads = lead["value"].groupby(lead["wave"].str.partition(",")[0])
    assert (leads.get_group("Fifth") <= 2.5).mean() > 0.5
    assert (leads.get_group("Second") > 0).mean() > 0.5
    assert (leads.get_group("Fourth") > 0).mean() > 0.5
    for wave in ("Second", "Third", "Fourth"):
        assert theory_tests.counted("row", wave=wave if wave != "Second" else "Second, its end").verdict == "Fits"


def test_hosts_opened_up_more_often_than_bystanders() -> None:
    found = theory_tests.counted("lock_in")
    assert found.held < found.expected - 5


def test_the_core_lost_in_wiod() -> None:
    rows = gvc.load_panel("wiod2013_sectors").query("flow == 'value_added'")
    made = rows[rows["sector"].isin([f"c{number}" for number in range(3, 17)])]
    by = made.pivot_table(index="year", columns="origin", values="value", aggfunc="sum", observed=True)
    share = 100 * by[["USA", "DEU", "JPN", "GBR", "FRA", "ITA", "CAN"]].sum(axis=1) / by.sum(axis=1)
    assert [round(share[year], 1) for year in (1995, 2011)] == [63.7, 41.2]
    told = effects.numbers()
    assert [round(told[f"core_share_{year}"], 1) for year in (1995, 2011)] == [63.7, 41.2]


def test_asean_leaned_more_on_china_and_less_on_japan() -> None:
    for base, measure in product(("all", "named", "common"), ("fva_share", "imint_share")):
        for origin, sign in (("CHN", 1), ("JPN", -1)):
            share = OECD.share(origin, "ASEAN", measure, base)  # type: ignore[arg-type]
            assert sign * (share[2022] - share[2011]) > 2, (origin, base, measure)
    for member in eco.GROUPS["ASEAN10"]:
        assert OECD.share("JPN", member)[2022] < OECD.share("JPN", member)[2011], member
    assert ADB.share("CHN", "ASEAN").pace(2017, 2022) > 0 > ADB.share("JPN", "ASEAN").pace(2017, 2022)
    # As a whole the rest of the region lost weight, but Korea did not, which a heading on the rest would hide.
    assert OECD.share("KOR", "ASEAN")[2022] > OECD.share("KOR", "ASEAN")[2011] + 1.5
    others = OECD.share("KOR", tuple(code for code in eco.GROUPS["ASEAN"] if code != "VNM"))
    assert abs(others[2022] - others[2011]) < 0.1
    for _, by_year in OECD.by_treatment("ASEAN", "NEA").groupby("treatment"):
        values = by_year.set_index("year")["value"]
        assert values[2022] > values[2011] + 6


def test_links_within_the_region_have_no_common_trend() -> None:
    weaker = {
        end: sum(OECD.link(*pair)[end] < OECD.link(*pair)[2011] for pair in permutations(REGION, 2))
        for end in range(2012, 2023)
    }
    assert weaker[2021] == 6
    assert weaker[2022] == 9
    assert min(weaker.values()) == 5
    assert max(weaker.values()) == 9
    for end, flow, of in product(
        (2021, 2022), ("va_final_demand", "gross_exports", "intermediates"), ("index", "exports", "imports")
    ):
        start, last = (OECD.ties(of, year, flow) for year in (2011, end))  # type: ignore[arg-type]
        assert last.loc["RUS", "CHN"] > start.loc["RUS", "CHN"]
        assert last.loc["JPN", "KOR"] < start.loc["JPN", "KOR"]


def test_domestic_content_lists_china_first() -> None:
    assert list(effects.domestic_content()["economy"].unique()) == ["CHN", "KOR", "TWN", "MEX", "VNM"]


def test_high_savers_among_nine_economies_are_like_low_savers() -> None:
    """Read off the table of nine economies: high savers without brackets, low savers in them."""
    table = effects.by_economy().loc["Factor proportions"]
    cells = {wave: [str(cell) for cell in row if cell != "–"] for wave, row in table.iterrows()}
    high = {wave: [cell for cell in row if not cell.startswith("(")] for wave, row in cells.items()}
    low = {wave: [cell for cell in row if cell.startswith("(")] for wave, row in cells.items()}
    held = sum(cell == "1 of 1" for row in high.values() for cell in row)
    of = sum(map(len, high.values()))
    beside = sum(len(high[wave]) * sum(cell == "(1 of 1)" for cell in low[wave]) / len(low[wave]) for wave in low)
    told = effects.numbers()
    assert (told["proportions_held_of_nine"], told["proportions_of_of_nine"]) == (held, of) == (11, 15)
    assert round(told["proportions_beside_of_nine"], 6) == round(beside, 6) == 11


def test_the_claims_that_depend_on_the_years_are_those_named() -> None:
    turn = {claim for claim in effects.TESTED if theory_tests.alike(claim) < 6}
    assert turn == {"cycle", "marginal", "sequence", "core"}
    # The row counts waves on their own, too.
    same = effects.verdicts()["Same verdict"]
    assert sum(int(one.split()[0]) < 6 for one in same if one != "–") == len(turn)


def test_the_row_of_nations_fits_in_three_waves() -> None:
    for wave in ("Second, its end", "Third", "Fourth"):
        assert theory_tests.counted("row", wave=wave).verdict == "Fits", wave
    assert theory_tests.counted("row").verdict == "Does not hold"
    assert theory_tests.counted("core").verdict == theory_tests.counted("marginal").verdict == "In part"


def test_drawing_at_random_leaves_each_verdict_by_the_rule_of_the_page() -> None:
    table = effects.chances()
    assert len(table) == len(theory_tests.CLAIMS) == effects.numbers()["claims_drawn"]
    for claim, row in table.iterrows():
        held, of = map(int, str(row["As predicted"]).split(" of "))
        rare, often = row["Drawn at random"] <= 10, 4 * held >= 3 * of
        due = (
            ("Fits" if often else "In part") if rare else "No more than elsewhere" if 2 * held > of else "Does not hold"
        )
        assert row["Verdict"] == row["Verdict if drawn"] == due, claim


def test_answers_to_exercises() -> None:
    rows = gvc.load_panel("lrwiod_sectors").query("flow == 'value_added'")
    rows = rows[rows["year"].isin([1970, 2000]) & rows["origin"].isin(["JPN", "USA"])]
    making = rows["sector"].astype(str).str.fullmatch(r"D(1[5-9]t.*|2\dt?.*|3[0-5]t?.*|nec)")
    whole, made = (of.groupby(["origin", "year"], observed=True)["value"].sum() for of in (rows, rows[making]))
    weight = (100 * made / whole).unstack()
    lost = {code: effects.weight(code, LRWIOD)[1970] - effects.weight(code, LRWIOD)[2000] for code in ("JPN", "USA")}
    for code, points in lost.items():
        assert points == pytest.approx(weight.loc[code, 1970] - weight.loc[code, 2000])
    assert lost["JPN"] > lost["USA"]
    # z / (1 - z) = (1024 / 4^theta)^(1 / (1 + theta)) and z^(-1 / theta); half of the gap closed makes theta 8.
    gain = effects.catching_up().set_index(["how", "closed"])["value"]["most where it lags most"]
    for closed, theta in ((0, 4), (50, 8)):
        odds = (1024 / 4**theta) ** (1 / (1 + theta))
        assert gain[closed] == pytest.approx(100 * ((odds / (1 + odds)) ** (-1 / theta) - 1))
