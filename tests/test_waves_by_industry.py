"""Hand-overs: shares by hand from the panels, signs that last, and what the waves' table says."""

import pandas as pd
import pytest

import gvc
from industrial_chains import waves_by_industry
from industrial_chains.sources import LRWIOD, OECD, WIOD

TEXTILES = "Textiles and clothing"


def test_a_share_by_hand() -> None:
    rows = gvc.load_panel("lrwiod_sectors").query("flow == 'vax' and year == 1970 and sector == 'D17t19'")
    by_hand = 100 * rows.loc[rows["origin"] == "JPN", "value"].sum() / rows["value"].sum()
    assert waves_by_industry.share(TEXTILES, "JPN", LRWIOD)[1970] == pytest.approx(by_hand)
    assert round(by_hand, 1) == 12.0


def test_metals_stand_for_steel_by_the_codes_of_each() -> None:
    for source, codes in ((LRWIOD, ("D27t28",)), (WIOD, ("c12",)), (OECD, ("C24A", "C24B", "C25"))):
        due = source.world_shares("vax", codes)["CHN"]
        pd.testing.assert_series_equal(
            waves_by_industry.share("Steel and other metals", "CHN", source), due, check_names=False
        )


def test_hong_kong_is_not_shown_where_its_trade_passes_through() -> None:
    shown = waves_by_industry.shares([TEXTILES], ("HKG", "KOR")).groupby("economy")["database"].unique()
    assert set(shown["HKG"]) == {LRWIOD.label}
    assert OECD.label in shown["KOR"]


def test_who_passed_whom() -> None:
    assert waves_by_industry.passed(TEXTILES, "JPN", waves_by_industry.NIES, LRWIOD) == 1975
    assert waves_by_industry.passed(TEXTILES, waves_by_industry.NIES, "CHN", LRWIOD) == 1995
    assert waves_by_industry.passed("Electronics", "JPN", "CHN", WIOD) == 2005
    # Ahead throughout, and behind at the end.
    assert waves_by_industry.passed(TEXTILES, "JPN", "CHN", OECD) is None
    assert waves_by_industry.passed("Electronics", "JPN", "CHN", LRWIOD) is None
    assert waves_by_industry.turned(TEXTILES, "JPN", LRWIOD) == 1969


def test_the_fourth_wave_alone_handed_everything_on() -> None:
    found = waves_by_industry.handovers()["Found"].eq("Handed on").groupby("Wave").sum()
    assert found.to_dict() == {"Second, its end": 3, "Third": 1, "Fourth": 4, "Fifth, so far": 0}


@pytest.mark.parametrize(
    ("changes", "due"), [((-2, 2), "Handed on"), ((0.5, 3), "Host grew"), ((2, -2), "Handed back")]
)
def test_a_change_must_be_clear(changes: tuple[float, float], due: str) -> None:
    signs = tuple(waves_by_industry._sign(one) for one in changes)
    assert waves_by_industry.FOUND[signs] == due  # type: ignore[index]
    assert len(waves_by_industry.FOUND) == 9


def shares_by_hand(code: str, panel: str, who: tuple[str, ...]) -> pd.Series:
    rows = gvc.load_panel(panel).query("flow == 'vax'")
    rows = rows[rows["sector"].eq(code)]
    mine = rows[rows["origin"].isin(who)].groupby("year")["value"].sum()
    return 100 * mine / rows.groupby("year")["value"].sum()


@pytest.mark.parametrize(
    ("industry", "code", "to_1990", "to_2000"),
    [
        # Read off a table of changes of shares, for which another program read the panels.
        ("Steel and other metals", "D27t28", [*range(1972, 1986)], [*range(1971, 1990), 1991, 1992, 1994]),
        ("Electronics", "D30t33", [1984, 1985, 1986], [*range(1983, 1997)]),
        (
            "Cars and other vehicles",
            "D34t35",
            [1976, 1977, 1978],
            [1976, 1977, 1978, *range(1981, 1990), 1991, 1992, 1993],
        ),
    ],
)
def test_from_which_years_the_third_wave_handed_on(
    industry: str, code: str, to_1990: list[int], to_2000: list[int]
) -> None:
    years = waves_by_industry.years_of("Third")[industry]
    japan, nies = (shares_by_hand(code, "lrwiod_sectors", who) for who in (("JPN",), ("KOR", "TWN", "HKG")))
    for last, due in ((1990, to_1990), (2000, to_2000)):
        by_hand = [y for y in range(1965, last) if japan[y] - japan[last] >= 1 and nies[last] - nies[y] >= 1]
        found = years.xs(last, level="last")
        assert found.index[found].tolist() == by_hand == due


def test_every_pair_of_years_is_there_once() -> None:
    for wave, count in {"Second, its end": 36, "Third": 36, "Fourth": 17, "Fifth, so far": 12}.items():
        years = waves_by_industry.years_of(wave)
        assert years.index.is_unique
        assert len(years) == count * (count - 1) / 2
        own = waves_by_industry.handovers().loc[wave]
        first, last = own["Start"].iloc[0], own["End"].iloc[0]
        assert years.loc[first, last].tolist() == own["Found"].eq("Handed on").tolist()


def test_a_sign_that_lasts() -> None:
    value = pd.Series([1.0, -1.0, 2.0, 3.0], [2000, 2001, 2002, 2003])
    assert waves_by_industry.lasting(value, 1) == 2002
    assert waves_by_industry.lasting(value, -1) is None
    assert waves_by_industry.lasting(value.abs(), 1) is None


def test_balances_are_between_imports_only_and_exports_only() -> None:
    frame = waves_by_industry.balances(waves_by_industry.ECONOMIES)
    assert frame["value"].between(-100, 100).all()
    assert waves_by_industry.balance("Cars and other vehicles", "KOR", LRWIOD)[1965] < -90
    assert waves_by_industry.lasting(waves_by_industry.balance("Cars and other vehicles", "KOR", LRWIOD), 1) == 1975
