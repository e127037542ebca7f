"""One dollar: its numbers against the ledger and against identities."""

import pytest

from chapters import one_dollar
from industrial_chains import data


def test_what_each_earned_is_what_the_ledger_has():
    rows = data.table("ledger").query(
        "database == 'OECD' and industry == 'electronics' and host == 'VNM' and year == 2022"
    )
    cents, earned = rows.set_index("origin")["cents"], one_dollar.cents("earned")
    assert earned["VNM"] == pytest.approx(cents["home"], abs=1e-3)
    for code in ("CHN", "KOR", "JPN", "TWN", "USA"):
        assert earned[code] == pytest.approx(cents[code], abs=1e-3)


@pytest.mark.parametrize("what", ["earned", "shipped", "absorbed"])
def test_every_cent_is_somebodys(what):
    assert one_dollar.cents(what).sum() == pytest.approx(100, abs=1e-3)


def test_the_plants_and_their_suppliers_share_the_dollar():
    assert one_dollar.received().sum() == pytest.approx(100, abs=1e-3)
    both = one_dollar.sold_and_earned().set_index("economy")
    assert both.sum().tolist() == pytest.approx([100, 100])
    assert both.loc["Viet Nam", "Earned"] == pytest.approx(both.loc["Viet Nam", "First paid"] * 2 / 3, rel=0.05), (
        "a third"
    )
    assert (both["Earned"] > both["First paid"]).drop("Viet Nam").all()


def test_measures_by_their_identities():
    said = one_dollar.values()
    assert list(said) == list(one_dollar.MEASURES)
    dc, fc = said["Domestic content, DC"], said["Foreign content, FC"]
    dva, ddc = said["Domestic value added, DVA"], said["Domestic double counting, DDC"]
    assert dc + fc == pytest.approx(said["Gross exports, EXGR"], abs=1e-3)
    assert dva + ddc == pytest.approx(dc, abs=1e-3)
    assert said["Foreign value added, FVA"] + said["Foreign double counting, FDC"] == pytest.approx(fc, abs=1e-3)
    assert said["Absorbed abroad, VAX"] + said["Reflected, REF"] == pytest.approx(dva, abs=1e-3)
    assert said["Backward participation, GVCB"] == pytest.approx(fc + ddc, abs=1e-3)
    forward = said["Forward participation, GVCF"]
    assert forward == pytest.approx(dva - said["Absorbed by the buyer, DAVAX"], abs=1e-3)
    assert ddc < 1, "less than a cent"
    # Foreign content of the four is 19.05 + 11.33 + 3.81 + 0.40 of 55.95 cents.
    assert said["Origin share"] == pytest.approx(61.8, abs=0.05)
    assert said["Reliance on China, counted once"] == pytest.approx(19.0453 / (100 - 24.5367) * 100, abs=0.01)


def test_the_link_is_the_geometric_mean_of_its_shares():
    numbers = one_dollar.numbers()
    mean = (numbers["share_VNM_to_USA"] * numbers["share_USA_from_VNM"]) ** 0.5
    assert one_dollar.values()["Link index, LINK"] == pytest.approx(mean)
