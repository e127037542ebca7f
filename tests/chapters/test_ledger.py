"""The ledger: what titles and sentences say, by plain sums of the stored rows, and what breaks."""

from itertools import product

import pandas as pd
import pytest

import gvc
from chapters.northeast_asia import ledger as chapter
from chapters.northeast_asia.ledger import ASKED, BROKEN, Quantity, answer, tried
from industrial_chains import ledger
from industrial_chains.ledger import ASEAN, HOME, MORE, RECIPE, SHIFT
from industrial_chains.uncertainty import error_sizes

ROWS = pd.read_csv(gvc.panel.DATA / "northeast_asia" / "ledger.csv")
FINISHED = pd.read_csv(gvc.panel.DATA / "northeast_asia" / "finished.csv")


def sums(host: str, year: int, origin: str | None = None, industry: str = "goods", of: str = "dollars") -> float:
    """Sum what an origin, or all, earn; billion USD by the OECD."""
    here = (ROWS["database"] == "OECD") & (ROWS["host"] == host) & (ROWS["industry"] == industry)
    here &= (ROWS["year"] == year) & (ROWS["origin"].eq(origin) if origin else True)
    return float(ROWS.loc[here, of].sum()) / 1000


def part(host: str, year: int, origin: str, industry: str = "goods", of: str = "dollars") -> float:
    return 100 * sums(host, year, origin, industry, of) / sums(host, year, None, industry, of)


# -- a dollar -------------------------------------------------------------------------------------------------------


def test_cents_over_time_are_plain_sums_within_their_intervals() -> None:
    found = chapter.over_time([ASEAN, "MEX"]).set_index(["host", "origin", "year"])
    assert sorted(found.index.unique("year")) == list(range(2011, 2023))
    assert list(found.index.unique("origin")) == ["CHN", "JPN", "KOR"]
    cents = found["value"]["MEX", "CHN"]
    assert cents[2022] == pytest.approx(part("MEX", 2022, "CHN"), abs=0.01)
    assert cents[2022] - cents[2018] > 1.5
    assert found["value"][ASEAN, "JPN", 2018] == pytest.approx(part(ASEAN, 2018, "JPN"), abs=0.01)
    assert (found["low"] < found["value"]).all()
    assert (found["value"] < found["high"]).all()
    # An estimate errs by more than the table that it is made from.
    width = found["high"] - found["low"]
    assert width[ASEAN, "CHN", 2011] > 5 * width[ASEAN, "CHN", 2022]


# -- the split ------------------------------------------------------------------------------------------------------


def test_a_split_by_hand() -> None:
    """Two cells: the first, with 50 cents for A, doubles; the second stays, and A's part falls from 20 to 10 cents."""
    first = pd.DataFrame({2011: [50.0, 50.0], 2022: [100.0, 100.0]}, index=["A", "B"])
    second = pd.DataFrame({2011: [20.0, 80.0], 2022: [10.0, 90.0]}, index=["A", "B"])
    found = ledger.split([first, second], 2011, 2022).loc["A"]
    # Of 200 dollars A has 70, of 300 it has 110: 35 and 36 2/3 cents, in the mean 35 5/6, of 100 more dollars.
    assert found[MORE] == pytest.approx(100 * (0.35 + 110 / 300) / 2)
    assert found[RECIPE] == pytest.approx(-0.10 * 100)
    assert found[[MORE, SHIFT, RECIPE]].sum() == pytest.approx(110 - 70)
    turned = ledger.split([first, second], 2022, 2011).loc["A"]
    assert turned[[MORE, SHIFT, RECIPE]].to_numpy() == pytest.approx(-found[[MORE, SHIFT, RECIPE]].to_numpy())


def test_a_cell_that_begins_changes_no_recipe() -> None:
    begun = pd.DataFrame({2011: [0.0, 0.0], 2022: [30.0, 70.0]}, index=["A", "B"])
    old = pd.DataFrame({2011: [10.0, 90.0], 2022: [10.0, 90.0]}, index=["A", "B"])
    found = ledger.split([begun, old], 2011, 2022).loc["A"]
    assert found[RECIPE] == pytest.approx(0)
    assert found[MORE] + found[SHIFT] == pytest.approx(30)


@pytest.mark.parametrize("host", ["VNM", "ASEAN10", "IND", "MEX"])
@pytest.mark.parametrize("of", ["dollars", "dollars_without"])
def test_parts_add_up_to_what_origins_gained(host: str, of: str) -> None:
    for first in (2011, 2018):
        parts = ledger.split(ledger.cells(host, of).values(), first, 2022)
        for origin in ("home", "CHN", "JPN", "KOR", "RUS", "USA"):
            due = sums(host, 2022, origin, of=of) - sums(host, first, origin, of=of)
            assert parts.loc[origin, [MORE, SHIFT, RECIPE]].sum() / 1000 == pytest.approx(due, abs=0.01)
            mean = (part(host, 2022, origin, of=of) + part(host, first, origin, of=of)) / 200
            grown = sums(host, 2022, of=of) - sums(host, first, of=of)
            assert parts.loc[origin, MORE] / 1000 == pytest.approx(mean * grown, abs=0.01)


# -- what sentences say ---------------------------------------------------------------------------------------------


def test_the_headline() -> None:
    assert [round(part(ASEAN, year, "CHN"), 1) for year in (2011, 2022)] == [4.4, 9.6]
    assert [round(part(ASEAN, year, "JPN"), 1) for year in (2011, 2022)] == [4.4, 2.8]
    assert [round(sums("VNM", year)) for year in (2011, 2022)] == [87, 345]
    assert [round(part("VNM", year, "home")) for year in (2011, 2022)] == [63, 50]
    assert [round(part("MEX", year, "home")) for year in (2011, 2022)] == [70, 63]
    assert answer(Quantity(ASEAN, "CHN", "billions")) == pytest.approx((38.6, 130.1), abs=0.05)
    assert 3 < sums("VNM", 2022, "home") / sums("VNM", 2011, "home") < 3.5
    # It doubles from 2011, and from no later first year.
    for first, times in ((2011, 2.0), (2012, 1.8), (2017, 1.2), (2018, 1.2), (2019, 1.1)):
        assert times < part(ASEAN, 2022, "CHN") / part(ASEAN, first, "CHN") < times + 0.2


def test_every_printed_number_goes_the_same_way_in_every_trial() -> None:
    for asked in ASKED:
        then, now = answer(asked)
        found = tried(asked)
        assert {"2012", "2017", "2018", "2019", "Without mining and refining"} <= set(found)
        if asked.host == ASEAN:
            assert {"As one exporter", "Without Viet Nam"} <= set(found)
        for trial, (before, after) in found.items():
            assert (after - before) * (now - then) > 0, (asked, trial)


def test_what_the_page_does_not_print_breaks_somewhere() -> None:
    for asked in BROKEN:
        then, now = answer(asked)
        assert any((after - before) * (now - then) < 0 for before, after in tried(asked).values()), asked


def test_a_third_of_the_results_break_as_the_heading_says() -> None:
    said = chapter.numbers()
    assert (said["results_tested"], said["numbers_tried"], said["numbers_broken"]) == (22, 14, 8)
    assert not any(asked.host == "IND" for asked in ASKED), "whose electronics break in 2019"


def test_in_india_russia_gained_most_and_mostly_fuel() -> None:
    origins = ("CHN", "JPN", "KOR", "RUS", "USA", "TWN", ASEAN)
    for first in (2011, 2012, 2017, 2018, 2019, 2021):
        gained = {code: part("IND", 2022, code) - part("IND", first, code) for code in origins}
        assert max(gained, key=gained.__getitem__) == "RUS"
    # Independent: 0.60, 0.64 and 1.88 cents; without mining and refining 0.45 and 0.89.
    assert [round(part("IND", year, "RUS"), 2) for year in (2011, 2021, 2022)] == [0.60, 0.64, 1.88]
    assert [round(part("IND", year, "RUS", of="dollars_without"), 2) for year in (2021, 2022)] == [0.45, 0.89]


def test_trials_by_hand() -> None:
    china = tried(Quantity(ASEAN, "CHN", "cents"))
    less = [
        100 * (sums(ASEAN, y, "CHN") - sums("VNM", y, "CHN")) / (sums(ASEAN, y) - sums("VNM", y)) for y in (2011, 2022)
    ]
    assert china["Without Viet Nam"] == pytest.approx(less)
    assert china["2018"] == pytest.approx((part(ASEAN, 2018, "CHN"), part(ASEAN, 2022, "CHN")))
    without = [part(ASEAN, year, "CHN", of="dollars_without") for year in (2011, 2022)]
    assert china["Without mining and refining"] == pytest.approx(without)
    # As ADB's figures have it.
    shares = gvc.load_panel("adb_fva_shares").query(
        "flow == 'fva_share' and origin == 'CHN' and destination == 'ASEAN'"
    )
    value = shares.set_index("year")["value"]
    assert china["ADB, 2017–2022"] == pytest.approx((value[2017], value[2022]))
    assert tried(Quantity("MEX", HOME, "cents"))["Published, 2012–2022"] == pytest.approx((70.92, 66.20), abs=0.01)
    # China's part of what is foreign here, in what is foreign there.
    foreign = [part("VNM", y, "CHN", "all") / (100 - part("VNM", y, "home", "all")) for y in (2012, 2022)]
    scaled = tried(Quantity("VNM", "CHN", "cents"))["Published, 2012–2022"]
    assert scaled == pytest.approx((foreign[0] * (100 - 65.04), foreign[1] * (100 - 51.50)), abs=0.01)


def test_the_tables_of_trials_hold_each_number_once() -> None:
    years = chapter.trials()
    assert list(years) == ["2011", "2012", "2017", "2018", "2019", "2022", "Same direction"]
    china = years.loc[("ASEAN with Myanmar", "China", "cents per dollar")]
    assert china["2011":"2022"].tolist() == pytest.approx(
        [part(ASEAN, y, "CHN") for y in (2011, 2012, 2017, 2018, 2019, 2022)]
    )
    assert china["Same direction"] == "9 of 9"  # four years and five other measures
    sourced = years.loc[("Mexico", "China", "billion dollars from sourcing")]
    assert sourced["2018"] == pytest.approx(chapter.change("MEX", 2018)[RECIPE]["CHN"])
    assert pd.isna(sourced["2022"])

    other = chapter.ways()
    assert other.index.equals(years.index)
    assert other.loc[("ASEAN with Myanmar", "China", "cents per dollar")]["Without mining and refining"] == "→".join(
        f"{part(ASEAN, y, 'CHN', of='dollars_without'):.1f}" for y in (2011, 2022)
    )
    assert ("India, Vehicles", "The host itself", "cents per dollar") in chapter.trials(BROKEN).index


def test_a_first_year_may_change_nothing_of_what_more_exports_brought_china_in_viet_nam() -> None:
    for first in (2011, 2012, 2017, 2018, 2019):
        gained = sums("VNM", 2022, "CHN") - sums("VNM", first, "CHN")
        mean = (part("VNM", 2022, "CHN") + part("VNM", first, "CHN")) / 200
        assert 0.59 < mean * (sums("VNM", 2022) - sums("VNM", first)) / gained < 0.67


def test_korea_gained_through_viet_nam_from_every_first_year() -> None:
    for first in (2011, 2012, 2017, 2018, 2019):
        gained, through = (sums(host, 2022, "KOR") - sums(host, first, "KOR") for host in (ASEAN, "VNM"))
        assert through > 0.6 * gained > 0
        sourced = chapter.change(ASEAN, first)[RECIPE]["KOR"]
        assert 1 < sourced < 2.5 if first < 2017 else sourced < -2
    assert sums(ASEAN, 2022, "KOR") - sums(ASEAN, 2011, "KOR") == pytest.approx(23.3, abs=0.05)
    assert sums("VNM", 2022, "KOR") - sums("VNM", 2011, "KOR") == pytest.approx(21.2, abs=0.05)


def test_korea_caught_up_with_japan_in_asean_by_both_databases() -> None:
    for host, of in ((ASEAN, "dollars"), (ASEAN, "dollars_without"), ("ASEAN10 as one", "dollars")):
        assert sums(host, 2011, "KOR", of=of) < 0.45 * sums(host, 2011, "JPN", of=of)
        assert 0.98 < sums(host, 2022, "KOR", of=of) / sums(host, 2022, "JPN", of=of) < 1.1
    adb = chapter.foreign(ASEAN, "ADB")[2022]
    assert adb["KOR"] == pytest.approx(adb["JPN"], abs=0.1)
    # Without Viet Nam it did not.
    assert sums(ASEAN, 2022, "KOR") - sums("VNM", 2022, "KOR") < 0.6 * (
        sums(ASEAN, 2022, "JPN") - sums("VNM", 2022, "JPN")
    )


def test_title_on_the_split() -> None:
    for host in ("VNM", ASEAN, "IND", "MEX"):
        parts = chapter.change(host)
        assert (parts[MORE] > 0).all()
        assert parts[RECIPE]["CHN"] > 0 > parts[RECIPE]["JPN"]
    sourced = pd.concat({host: chapter.change(host)[RECIPE] for host in ("VNM", ASEAN, "IND", "MEX")})
    most = {("VNM", HOME), (ASEAN, "JPN"), ("MEX", HOME)}
    assert set(sourced.nsmallest(3).index) == most, "as the picture is described"


def test_title_on_industries_and_what_is_within_the_error() -> None:
    gain = chapter.recipes().set_index(["origin", "host", "industry"])["value"].sort_index()
    china = gain["China"].sort_values(ascending=False, kind="stable")
    assert china.index[0] == ("Viet Nam", "Vehicles")
    within = set()
    for host, industry in product(chapter.SHOWN_HOSTS, list(chapter.INDUSTRIES)[1:]):
        then, now = part(host, 2011, "CHN", industry), part(host, 2022, "CHN", industry)
        if now - then < error_sizes.of_cents(host, industry, 2011, "CHN", then):
            within.add((host, industry))
    assert within == {("IND", "vehicles"), ("IND", "metals")}
    assert (gain["The host itself", "Mexico"] < -2.5).all(), "negative throughout, as the picture is described"
    assert gain["China", "Mexico", "Metals"] == pytest.approx(
        part("MEX", 2022, "CHN", "metals") - part("MEX", 2011, "CHN", "metals"), abs=1e-4
    )


def test_india() -> None:
    machinery = [part("IND", year, "home", "machinery") for year in (2011, 2017, 2022)]
    assert machinery[1] - machinery[0] > 4
    assert machinery[0] < machinery[2] < machinery[1] - 2
    assert sums("IND", 2019, industry="electronics") > 2.2 * sums("IND", 2018, industry="electronics")
    russia, without = ([part("IND", y, "RUS", of=of) for y in (2021, 2022)] for of in ("dollars", "dollars_without"))
    assert russia[1] - russia[0] > 1.2
    assert 0 < without[1] - without[0] < 0.5


# -- who left -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", ["dollars_abroad", "dollars"])
def test_japan_finishes_a_smaller_part_and_china_a_larger_one(of: str) -> None:
    for industry in ("electronics", "machinery", "vehicles", "textiles"):
        share = chapter.finished(industry, of=of)
        for first in (2011, 2012, 2017, 2018):
            assert share["JPN"][2022] < share["JPN"][first]
            if industry != "textiles":
                assert share["CHN"][2022] > share["CHN"][first]
    textiles = chapter.finished("textiles", of=of)
    # Of textiles it finished as much of what others buy, and more with its own market.
    assert (textiles["CHN"][2022] - textiles["CHN"][2011] > 5) == (of == "dollars")
    assert textiles["VNM"][2022] > 1.8 * textiles["VNM"][2011]
    old = chapter.finished("electronics", "WIOD", of)["JPN"]
    assert old[2011] < 0.6 * old[2000]


def test_shares_of_makers_are_of_the_world() -> None:
    here = FINISHED.query("database == 'OECD' and industry == 'electronics' and year == 2022")
    by_maker = here.groupby("maker")["dollars_abroad"].sum()
    due = 100 * by_maker["CHN"] / by_maker.drop("VNM").sum()
    assert chapter.finished("electronics")["CHN"][2022] == pytest.approx(due)
    share = chapter.finished("electronics").loc[2022]
    assert share.drop("VNM").sum() == pytest.approx(100)
    world = chapter.finished("vehicles", "WIOD").loc[2000]
    assert world.sum() == pytest.approx(100)


def test_china_came_along_and_japan_did_not() -> None:
    here = FINISHED.query("database == 'OECD' and industry == 'goods' and maker == 'ASEAN10'")
    for of in ("dollars", "dollars_abroad"):
        value = here.pivot(index="origin", columns="year", values=of)
        cents = 100 * value / value.sum()
        for first in (2011, 2012, 2017, 2018, 2019):
            assert cents[2022]["CHN"] > cents[first]["CHN"]
            assert cents[2022]["JPN"] < cents[first]["JPN"]
    assert cents[2022]["CHN"] == pytest.approx(11.2, abs=0.05)


# -- the other database ---------------------------------------------------------------------------------------------


def test_adb_agrees_on_china_and_japan_and_not_on_korea_in_viet_nam() -> None:
    for host in (ASEAN, "VNM", "MEX"):
        for database in ("OECD", "ADB"):
            shares = chapter.foreign(host, database)
            for first in (2017, 2018):
                assert shares[2022]["CHN"] > shares[first]["CHN"]
                assert shares[2022]["JPN"] < shares[first]["JPN"]
    oecd, adb = (chapter.foreign("VNM", database).loc["KOR"] for database in ("OECD", "ADB"))
    assert oecd[2022] - oecd[2018] < -3
    assert adb[2022] > adb[2018]
    due = 100 * sums("VNM", 2022, "KOR", "all") / (sums("VNM", 2022, None, "all") - sums("VNM", 2022, "home", "all"))
    assert oecd[2022] == pytest.approx(due)


def test_all_others_complete_a_dollar() -> None:
    for seller in chapter.SHOWN_HOSTS:
        exported, products = ledger.earned(seller), ledger.earned(seller, of="dollars_abroad", within="finished")
        for value in (exported, products):
            for shown in (chapter.SHOWN, chapter.DRAWN):
                assert chapter.joined(ledger.cents(value), shown).sum().to_numpy() == pytest.approx(100)
    assert not chapter.dollars().isna().any(axis=None)
