"""Accounts of a table and footprints: against an explicit inverse, pymrio's numbers, and identities."""

import itertools
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gvc
from gvc import ICIO, Account, CoverageWarning, GvcError
from gvc.contents import DIMENSIONS, DIRECT
from gvc.sources import plain
from tests import layouts, naive
from tests.gvc.test_contents import shares_of_inputs
from tests.gvc.test_core import whole_table
from tests.gvc.test_decompositions import close, split_tables

# -- against sums written out -------------------------------------------------------------------------------------


def emitting(table: ICIO) -> ICIO:
    """Give a table an account, which is nothing where nothing is made."""
    random = np.random.default_rng(len(table.x))
    F, F_Y = random.exponential(3, len(table.x)) * (table.x != 0), random.exponential(5, len(table.economies))
    return replace(table, accounts={"CO2": Account(F=F, F_Y=F_Y, unit="kt")})


def written_out(table: ICIO) -> pd.Series:
    """All terms by origin, origin_sector, maker, sector and absorber, those of final demand last."""
    account, home, N = table.accounts["CO2"], naive.homes(table)[0], len(table.sectors)
    names, Y = table.result_economies, table.Y @ table.membership
    B = np.linalg.inv(np.eye(len(table.x)) - shares_of_inputs(table))
    per_output = np.divide(account.F, table.x, out=np.zeros_like(table.x), where=table.x != 0)
    terms = [
        ((names[home[t]], table.sectors[t % N], names[home[s]], table.sectors[s % N], user), amount)
        for t in range(len(table.x))
        for s in range(len(table.x))
        for user, amount in zip(names, per_output[t] * B[t, s] * Y[s], strict=True)
    ]
    terms += [
        ((code, DIRECT, code, DIRECT, code), amount)
        for code, amount in zip(names, account.F_Y @ table.membership, strict=True)
    ]
    index = pd.MultiIndex.from_tuples([label for label, _ in terms], names=DIMENSIONS["final_demand"])
    return pd.Series([amount for _, amount in terms], index)


@st.composite
def questions(draw: st.DrawFn, table: ICIO) -> dict[str, Any]:
    by = draw(st.permutations(draw(st.lists(st.sampled_from(DIMENSIONS["final_demand"]), min_size=1, unique=True))))
    some = st.none() | st.lists(st.sampled_from(table.result_economies), min_size=1, unique=True)
    return {"by": by, "absorber": draw(some), "origin": draw(st.sampled_from(["domestic", "foreign"]) | some)}


@given(st.data())
def test_a_footprint_is_the_sum_of_its_terms(data: st.DataObject) -> None:
    table = emitting(data.draw(split_tables()))
    asked = data.draw(questions(table))
    terms = written_out(table)
    origins, absorbers = terms.index.get_level_values("origin"), terms.index.get_level_values("absorber")
    if asked["absorber"]:
        terms = terms.where(absorbers.isin(asked["absorber"]), 0)
    if isinstance(asked["origin"], str):
        terms = terms.where((origins == absorbers) == (asked["origin"] == "domestic"), 0)
    elif asked["origin"]:
        terms = terms.where(origins.isin(asked["origin"]), 0)
    due = terms.groupby(asked["by"]).sum()
    found = gvc.footprint(table, "CO2", **asked)
    np.testing.assert_allclose(found, due.reindex(found.index, fill_value=0), rtol=1e-9, atol=1e-9 * abs(terms).sum())
    assert abs(due.drop(found.index, errors="ignore")).sum() == 0
    assert found.index.names == asked["by"]
    assert found.index.is_unique


@given(split_tables(), st.permutations(DIMENSIONS["final_demand"]))
def test_all_that_is_emitted_is_in_somebodys_footprint(table: ICIO, order: tuple[str, ...]) -> None:
    table = emitting(table)
    account = table.accounts["CO2"]
    emitted = account.F.sum() + account.F_Y.sum()
    for by in order:
        assert gvc.footprint(table, "CO2", by=by).sum() == pytest.approx(emitted)
    by_origin = table.by_economy(account.F) + account.F_Y @ table.membership
    close(table, gvc.footprint(table, "CO2", by="origin"), by_origin)
    at_home, abroad = (gvc.footprint(table, "CO2", origin=origin) for origin in ("domestic", "foreign"))
    close(table, at_home + abroad, gvc.footprint(table, "CO2"))


# -- numbers of others --------------------------------------------------------------------------------------------

#: By pymrio 0.7.0 from the sample with its account, kt: D_cba_reg, D_pba_reg, and D_cba of Mexico's products.
CONSUMPTION = {
    "CHN": 8200167.555, "JPN": 1484410.658, "KOR": 647101.804, "TWN": 258966.410, "RUS": 1483890.892,
    "IND": 1739504.981, "IDN": 475579.655, "MEX": 523938.273, "USA": 5927745.345, "EUU": 4804469.173,
    "ROW": 9445885.500,
}  # fmt: skip
PRODUCTION = {
    "CHN": 9791280.839, "JPN": 1248750.891, "KOR": 681779.846, "TWN": 315891.961, "RUS": 1788871.067,
    "IND": 1846842.433, "IDN": 462984.515, "MEX": 493525.358, "USA": 5252434.031, "EUU": 4003373.381,
    "ROW": 9105925.926,
}  # fmt: skip
BY_PRODUCT = {
    "Primary": 17529.133, "Light": 47026.417, "Materials": 71644.878, "Machinery": 38310.497, "Services": 257766.200
}  # fmt: skip


def test_footprints_of_the_sample_are_those_of_pymrio() -> None:
    table = gvc.load_sample()
    found = gvc.footprint(table, "CO2")
    assert found.to_dict() == pytest.approx(CONSUMPTION, abs=6e-4)
    assert gvc.footprint(table, "CO2", by="origin").to_dict() == pytest.approx(PRODUCTION, abs=6e-4)
    mexico = gvc.footprint(table, "CO2", absorber="MEX", by="sector").to_dict()
    assert mexico.pop(DIRECT) == table.accounts["CO2"].F_Y[table.economies.index("MEX")]
    assert mexico == pytest.approx(BY_PRODUCT, abs=6e-4)
    assert found.name == "CO2"
    assert found.attrs == {
        **{"measure": "CO2 footprint", "unit": "kt", "year": 2011, "source": "WIOD 2013 release"},
    }


@given(st.data())
def test_footprints_of_several_accounts_are_those_of_each(data: st.DataObject) -> None:
    table = emitting(data.draw(split_tables()))
    co2 = table.accounts["CO2"]
    jobs = Account(F=np.sqrt(co2.F), F_Y=co2.F_Y[::-1], unit="persons")
    table = replace(table, accounts={"CO2": co2, "jobs": jobs, "CO": Account(F=co2.F / 9, unit="kt")})
    asked, names = data.draw(questions(table)), data.draw(st.permutations(("CO2", "jobs", "CO")))[:2]
    found = gvc.footprint(table, names, **asked)
    assert found.columns.tolist() == names
    for name in names:
        alone = gvc.footprint(table, name, **asked)
        size = 1e-12 * (table.accounts[name].F.sum() + table.accounts[name].F_Y.sum())
        pd.testing.assert_series_equal(found[name], alone, rtol=1e-9, atol=size)
        assert gvc.as_rows(found[name])["unit"].eq(alone.attrs["unit"]).all()
    assert gvc.footprint(table, **asked).columns.tolist() == ["CO2", "jobs", "CO"]


def test_several_accounts_go_to_a_file_each_in_its_unit(tmp_path) -> None:
    table = gvc.load_sample()
    jobs = Account(F=table.x / 50, unit="persons")
    found = gvc.footprint(replace(table, accounts={**table.accounts, "jobs": jobs}))
    assert found.attrs["unit"] == {"CO2": "kt", "jobs": "persons"}
    rows = gvc.as_rows(found)
    assert dict(zip(rows["account"], rows["unit"], strict=True)) == {"CO2": "kt", "jobs": "persons"}
    assert gvc.as_rows(found)["value"].sum() == pytest.approx(35_014_000 + table.x.sum() / 50, rel=1e-3)
    found.to_parquet(tmp_path / "f.parquet")
    again = pd.read_parquet(tmp_path / "f.parquet")
    pd.testing.assert_frame_equal(gvc.as_rows(again), rows, check_dtype=False)
    with pytest.warns(UserWarning, match="not all of the numbers are those of"):
        assert set(gvc.as_rows(found * 2)["unit"]) == {""}


# -- by name ------------------------------------------------------------------------------------------------------


def test_an_account_is_asked_for_by_its_name_wherever_amounts_are() -> None:
    table = gvc.load_sample()
    industries = pd.MultiIndex.from_product([table.economies, table.sectors])
    F = pd.Series(table.accounts["CO2"].F, industries, name="CO2")
    F.attrs["unit"] = "kt"
    change = pd.Series({("CHN", "Machinery"): 10.0})
    for ask in (
        lambda of: gvc.content(table, "exports", of, by=("origin", "exporter")),
        lambda of: gvc.extract(table, "CHN", of=of),
        lambda of: gvc.impact(table, change, of),
    ):
        pd.testing.assert_series_equal(ask("CO2"), ask(F))
        assert ask("CO2").attrs == ask(F).attrs


@pytest.mark.parametrize(
    ("account", "says"),
    [
        ("co2", r"account: expected 'CO2'; found 'co2'\. Did you mean 'CO2'\?"),
        ("gold", r"account: expected 'CO2'; found 'gold'\. Pick one of these\."),
        (["CO2", "gold"], r"account: expected 'CO2'; found 'gold'\. Pick one of these\."),
        ([], r"account: expected 'CO2'; found none\. Pick one of these\."),
        (3, r"account: expected a name, or several in a list; found 3\. Pass it as in `account=\"NAME\"`"),
        (gvc.load_sample().accounts["CO2"], r"account: expected a name, or several in a list; found a Account\."),
    ],
)
def test_an_account_that_a_table_does_not_have(account: Any, says: str) -> None:
    with pytest.raises(GvcError, match=says):
        gvc.footprint(gvc.load_sample(), account)


def test_a_table_without_accounts_says_how_to_give_it_some() -> None:
    with pytest.raises(GvcError, match=r"account: expected a table with accounts; found 'CO2'\. Give it some: "):
        gvc.footprint(layouts.known(), "CO2")
    with pytest.raises(GvcError, match=r"account: expected a table with accounts; found none\. Give it some: "):
        gvc.footprint(layouts.known())


def test_a_footprint_counts_a_group_member_by_member() -> None:
    table = gvc.load_sample()
    with pytest.warns(CoverageWarning, match="NAFTA: the table shows MEX, USA, not CAN"):
        found = gvc.footprint(table, "CO2", absorber="NAFTA")
    pd.testing.assert_series_equal(found, gvc.footprint(table, "CO2").loc[["MEX", "USA"]])
    block = gvc.footprint(gvc.as_block(table, ["MEX", "USA"], "both"), "CO2")
    assert block["both"] == pytest.approx(found.sum())


# -- what an account holds ----------------------------------------------------------------------------------------


def test_accounts_are_summed_with_their_table() -> None:
    """As pandas sums the same numbers by the same labels."""
    table = gvc.load_sample()
    economies = {code: "ASIA" if code in ("CHN", "JPN", "KOR") else "REST" for code in table.economies}
    sectors = {sector: "Services" if sector == "Services" else "Goods" for sector in table.sectors}
    summed, account = table.aggregate(economies, sectors).accounts["CO2"], table.accounts["CO2"]
    F = pd.Series(account.F, pd.MultiIndex.from_product([table.economies, table.sectors])).rename(economies, level=0)
    due = F.rename(sectors, level=1).groupby(level=[0, 1], sort=False).sum()
    np.testing.assert_allclose(summed.F, due[[*itertools.product(("ASIA", "REST"), ("Goods", "Services"))]])
    by_user = pd.Series(account.F_Y, table.economies).rename(economies).groupby(level=0).sum()
    np.testing.assert_allclose(summed.F_Y, by_user[["ASIA", "REST"]])
    assert summed.unit == "kt"
    assert summed.F.sum() + summed.F_Y.sum() == pytest.approx(35_014_000, rel=1e-3)


def test_frames_of_other_libraries_are_put_in_order_and_summed() -> None:
    table = layouts.known()
    industries = pd.MultiIndex.from_product([table.economies, table.sectors], names=["region", "sector"])
    F = pd.Series(np.arange(15.0), industries)
    users = pd.MultiIndex.from_product([["stock", "home"], table.economies[::-1]], names=["category", "region"])
    F_Y = pd.Series([5, 4, 3, 2, 1, 50, 40, 30, 20, 10], users)
    held = replace(table, accounts={"t": Account(F=F.sample(frac=1, random_state=1), F_Y=F_Y, unit="t")}).accounts["t"]
    assert held.F.tolist() == F.tolist()
    assert held.F_Y.tolist() == [11, 22, 33, 44, 55]
    alone = Account(F=F, F_Y=pd.Series([3, 2, 1, 5, 4], ["KOR", "JPN", "CHN", "ROW", "MEX"]), unit="t")
    assert replace(table, accounts={"t": alone}).accounts["t"].F_Y.tolist() == [1, 2, 3, 4, 5]


INDUSTRIES = pd.MultiIndex.from_product([["CHN", "JPN", "KOR", "MEX", "ROW"], ["c1", "c2", "c3"]])
USERS = pd.MultiIndex.from_product([["CHN", "JPN", "KOR", "MEX", "ROW"], ["C", "I"]], names=["economy", "use"])


@pytest.mark.parametrize(
    ("account", "says"),
    [
        ({"F": [1] * 14}, r"known 2021, account t, F: expected shape \(15,\); found shape \(14,\)"),
        ({"F": [*[1] * 14, np.nan]}, r"account t, F, ROW c3: expected a finite number; found nan"),
        ({"F": ["1"] * 15}, r"account t, F: expected numbers; found 1, a str"),
        ({"F": pd.Series(1, INDUSTRIES.set_levels(["c1", "c2", "c4"], level=1))}, r"account t, F, label 3: .* c4"),
        ({"F_Y": [1] * 4}, r"account t, F_Y: expected shape \(5,\); found shape \(4,\)"),
        ({"F_Y": [*[1] * 4, np.inf]}, r"account t, F_Y, ROW: expected a finite number"),
        ({"F_Y": pd.Series([1.0] * 9 + [None], USERS)}, r"account t, F_Y, ROW I: expected a finite number; found nan"),
        ({"F_Y": pd.Series([1] * 8, USERS[:8])}, r"account t, F_Y: expected each economy .* found none of ROW"),
        ({"F_Y": pd.Series(1, pd.MultiIndex.from_tuples([*USERS, USERS[0]]))}, r"account t, F_Y: .* found CHN C"),
        (
            {"F_Y": pd.Series(1, pd.MultiIndex.from_tuples([*USERS, ("DE", "C")]))},
            r"account t, F_Y: .* found DE C\. Correct the labels\.",
        ),
        (
            {"F_Y": pd.Series([1] * 10, USERS.set_levels(["CN", "JPN", "KOR", "MEX", "ROW"], level=0))},
            r"F_Y: .* found CN C\. Correct the labels: CN is CHN in this table\.",
        ),
    ],
)
def test_what_is_no_account_of_the_table_is_refused(account: dict[str, Any], says: str) -> None:
    with pytest.raises(GvcError, match=says):
        replace(layouts.known(), accounts={"t": Account(**{"F": [1] * 15, "unit": "t"} | account)})


@pytest.mark.parametrize("name", ["residual", "table", "taxes", "", 3])
def test_a_name_that_means_something_else_is_refused(name: Any) -> None:
    account = Account(F=np.ones(15), unit="t")
    with pytest.raises(GvcError, match=rf"expected a gvc\.Account, by a name .* found a Account by the name {name!r}"):
        replace(layouts.known(), accounts={name: account})
    with pytest.raises(GvcError, match=r"found a ndarray of 15 by the name 't'"):
        replace(layouts.known(), accounts={"t": np.ones(15)})  # type: ignore[dict-item]


def test_an_amount_of_an_industry_without_output_is_not_lost() -> None:
    table = layouts.with_zeros(layouts.known(), idle=[4])
    held = replace(table, accounts={"t": Account(F=np.ones(15), unit="t")})
    with pytest.raises(GvcError, match=r"of, t, JPN c2: expected 0 of an industry without output; found 1\."):
        gvc.footprint(held, "t")


def test_what_an_account_holds_cannot_be_altered() -> None:
    table = whole_table()
    with pytest.raises(ValueError, match="read-only"):
        table.accounts["CO2"].F[0] = 1
    with pytest.raises(TypeError):
        table.accounts["more"] = table.accounts["CO2"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        table.accounts["CO2"].unit = "t"  # type: ignore[misc]


# -- files --------------------------------------------------------------------------------------------------------

WITH = replace(
    layouts.known(),
    accounts={
        "CO2, all [kt]": Account(F=np.arange(15.0), F_Y=np.arange(5.0) / 3, unit="kt CO2-eq. (AR5)"),
        "persons": Account(F=np.arange(15.0) / 7, unit=""),
    },
)


@pytest.mark.parametrize("name", ["t.csv", "t.parquet"])
def test_the_plain_form_keeps_accounts(tmp_path, name: str) -> None:
    for taxes in (WITH.taxes, None):
        table = replace(WITH, taxes=taxes, va=WITH.va + (WITH.taxes if taxes is None else 0))
        plain.write(table, tmp_path / name)
        layouts.same(gvc.read_icio(tmp_path / name), table)
    one = gvc.read_icio(tmp_path / name, accounts="persons")
    assert [*one.accounts] == ["persons"]
    with pytest.raises(GvcError, match=r"accounts: .* found 'person'\. Did you mean 'persons'\?"):
        gvc.read_icio(tmp_path / name, accounts="person")


def test_the_plain_form_keeps_as_many_accounts_as_exiobase_has(tmp_path) -> None:
    table = replace(WITH, accounts={f"a{at}": Account(F=np.full(15, at), unit="t") for at in range(1_100)})
    plain.write(table, tmp_path / "t.parquet")
    layouts.same(gvc.read_icio(tmp_path / "t.parquet"), table)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("ACCOUNT persons []", "ACCOUNT persons", r"expected no industry below .*; found ACCOUNT persons\."),
        ("ACCOUNT persons []", "ACCOUNT CO2, all [kt] [t]", r"expected ACCOUNT once; found .* again"),
        ("\nACCOUNT persons [],0,", "\nACCOUNT persons [],,", r"row ACCOUNT persons \[\], column CHN_c1: .*a number"),
        (",0,0,0,0,0,\n", ",0,0,,0,0,\n", r"row ACCOUNT persons \[\], column KOR_FD: expected a number"),
    ],
)
def test_a_damaged_account_of_a_plain_file(tmp_path, old: str, new: str, says: str) -> None:
    plain.write(WITH, tmp_path / "t.csv")
    text = (tmp_path / "t.csv").read_text("utf-8")
    text = text.replace('"ACCOUNT CO2, all [kt] [kt CO2-eq. (AR5)]"', '"ACCOUNT CO2, all [kt] [t]"')
    assert text.count(old) == 1
    label = new.partition("\n")[0]
    quoted = text.replace(old, f'"{new}"' if "," in label and "\n" not in new and new[0] == "A" else new)
    (tmp_path / "t.csv").write_text(quoted, "utf-8")
    with pytest.raises(GvcError, match=says):
        gvc.read_icio(tmp_path / "t.csv")


def test_a_unit_that_could_not_be_read_back_is_not_written(tmp_path) -> None:
    table = replace(WITH, accounts={"t": Account(F=np.ones(15), unit="t [wet]")})
    with pytest.raises(GvcError, match=r"account t: expected a unit without brackets; found t \[wet\]\."):
        plain.write(table, tmp_path / "t.csv")
    assert not (tmp_path / "t.csv").exists()


def test_a_layout_that_has_no_accounts_says_so(tmp_path) -> None:
    file = layouts.delimited(tmp_path / "ICIO2021_2021.csv", layouts.oecd(layouts.known()))
    with pytest.raises(GvcError, match=rf"{re.escape(str(file))}, accounts: expected a table with accounts"):
        gvc.read_icio(file, accounts="CO2")


@pytest.mark.parametrize(
    "given_as", [pd.Series([1.0]), np.array([]), "CO2", [Account]], ids=["series", "array", "word", "list"]
)
def test_accounts_that_no_name_holds_are_refused(given_as: Any) -> None:
    table = gvc.load_sample()
    with pytest.raises(GvcError, match="accounts: expected a dict by name"):
        replace(table, accounts=given_as)
