"""Content: against sums written out with an explicit inverse, numbers of others, and identities."""

import re
import tracemalloc
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gvc
from gvc import ICIO, CoverageWarning, GvcError, contents, leontief
from gvc.contents import DIMENSIONS
from gvc.leontief import inverse, without
from tests import naive
from tests.gvc.test_core import copy_of
from tests.gvc.test_decompositions import close, split_tables
from tests.gvc.test_vectors import CODES, csv

SECTORS = ("origin_sector", "sector")
OTHER = {"exports": "exporter", "final_demand": "absorber"}


def industries(table: ICIO) -> pd.MultiIndex:
    return pd.MultiIndex.from_product([table.economies, table.sectors], names=["economy", "sector"])


def residual(table: ICIO) -> np.ndarray:
    return np.divide(naive.shares(table)[2], table.x, out=np.zeros_like(table.x), where=table.x != 0)


# -- against sums written out -------------------------------------------------------------------------------------


def shares_of_inputs(table: ICIO) -> np.ndarray:
    A = np.divide(table.Z, table.x, out=np.zeros_like(table.Z), where=table.x != 0)
    A[table.x == 0] = 0
    return A


def passing(table: ICIO, asked: dict[str, Any]) -> np.ndarray:
    """(GN, GN) of which inputs pass through the exports asked for."""
    home, _ = naive.homes(table)
    names, N, GN = table.result_economies, len(table.sectors), len(table.x)
    through = np.zeros((GN, GN), dtype=bool)
    for row, column in product(range(GN), repeat=2):
        through[row, column] = (
            home[row] != home[column]
            and names[home[row]] in asked.get("exporter", names)
            and names[home[column]] in asked.get("importer", names)
            and table.sectors[row % N] in asked.get("sector", table.sectors)
            and "intermediate" in asked.get("use", ["intermediate"])
        )
    return through


def written_out(table: ICIO, flow: str, per_output: np.ndarray, gone: np.ndarray) -> pd.Series:
    """Every term of the equation by itself, for tables whose rows add up; inputs that are gone bring nothing."""
    A, Y = shares_of_inputs(table), table.Y @ table.membership
    reached = np.linalg.inv(np.eye(len(A)) - A) @ Y
    B = np.linalg.inv(np.eye(len(A)) - np.where(gone, 0, A))
    home, economies = naive.homes(table)
    names = table.result_economies
    label = [(names[home[row]], table.sectors[row % len(table.sectors)]) for row in range(len(A))]
    terms: dict[tuple[str, ...], float] = {}

    def add(key: tuple[str, ...], amount: float) -> None:
        terms[key] = terms.get(key, 0) + amount

    for row, column in product(range(len(A)), repeat=2):
        unit = per_output[row] * B[row, column]
        for u in economies:
            if flow == "final_demand":
                add((*label[row], *label[column], names[u]), unit * Y[column, u])
                continue
            for r in economies:
                abroad = home[column] != r and table.x[column] != 0
                inputs = A[column, home == r] @ reached[home == r, u]
                add((*label[row], *label[column], names[r], "intermediate", names[u]), abroad * unit * inputs)
                add((*label[row], *label[column], names[r], "final", names[u]), abroad * unit * Y[column, r] * (u == r))
    index = pd.MultiIndex.from_tuples(terms, names=DIMENSIONS[flow])
    return pd.Series(list(terms.values()), index)


@st.composite
def questions(draw: st.DrawFn, table: ICIO) -> dict[str, Any]:
    flow = draw(st.sampled_from(sorted(DIMENSIONS)))
    dimensions = DIMENSIONS[flow]
    asked: dict[str, Any] = {"within": flow, "once": draw(st.booleans())}
    asked["by"] = draw(st.permutations(draw(st.lists(st.sampled_from(dimensions), min_size=1, unique=True))))
    for name in dimensions:
        labels = table.sectors if name in SECTORS else ("intermediate", "final") if name == "use" else None
        if draw(st.booleans()):
            labels = labels or table.result_economies
            asked[name] = draw(st.lists(st.sampled_from(labels), min_size=1, unique=True))
    relative = draw(st.sampled_from([None, "domestic", "foreign"]))
    return asked | ({"origin": relative} if relative else {})


@given(st.data())
def test_content_is_the_sum_of_its_terms(data: st.DataObject) -> None:
    table = data.draw(split_tables())
    asked = data.draw(questions(table))
    flow, by = asked["within"], asked["by"]
    amounts = np.random.default_rng(len(table.x)).exponential(3, len(table.x)) * (table.x != 0)
    used = pd.Series(amounts, industries(table), name="persons")
    per_output = np.divide(amounts, table.x, out=np.zeros_like(amounts), where=table.x != 0)
    gone = np.zeros(table.Z.shape, dtype=bool)
    if asked["once"] and flow == "exports":
        gone = passing(table, asked)
    terms = written_out(table, flow, per_output, gone)
    level = {name: terms.index.get_level_values(name) for name in DIMENSIONS[flow]}
    relative = asked.get("origin") if isinstance(asked.get("origin"), str) else None
    for name in DIMENSIONS[flow]:
        if name in asked and not (name == "origin" and relative):
            terms = terms.where(level[name].isin(asked[name]), 0)
    if relative:
        terms = terms.where((level["origin"] == level[OTHER[flow]]) == (relative == "domestic"), 0)
    found = gvc.content(table, of=used, **asked)
    assert found.index.names == by
    expected = terms.groupby(level=by, sort=False).sum()
    kept = expected.reindex(found.index)
    assert kept.notna().all()
    np.testing.assert_allclose(found, kept, rtol=1e-9, atol=1e-11 * max(1, amounts.sum()))
    # What was not chosen is not there, and would have been nothing.
    assert abs(expected.drop(found.index)).sum() == 0


# -- numbers of others --------------------------------------------------------------------------------------------


def same(actual: object, expected: object, says: str = "") -> None:
    np.testing.assert_allclose(actual, expected, rtol=1e-8, atol=1e-9, err_msg=says)  # type: ignore[arg-type]


@pytest.mark.parametrize(("file", "origin"), [("EXGR", None), ("DC", "domestic"), ("FC", "foreign")])
@pytest.mark.parametrize("folder", ["bm_src", "oecd"])
def test_exvatools_content_of_exports_by_sector_and_importer(
    wiodtest: ICIO, wiodtest_data: Path, folder: str, file: str, origin: str | None
) -> None:
    found = gvc.content(wiodtest, "exports", origin=origin, by=("exporter", "sector", "importer"))
    same(found.unstack("importer").loc[CODES, CODES], csv(wiodtest_data / folder / f"{file}.csv"))


@pytest.mark.parametrize("exporter", CODES)
def test_exvatools_origins_by_sector_and_importer(wiodtest: ICIO, wiodtest_data: Path, exporter: str) -> None:
    """What `make_exvadir` gives, exporter by exporter: content by economy of origin and by sector of the exporter."""
    rows = pd.read_csv(wiodtest_data / "exvadir_origin.csv")
    rows[["origin", "sector"]] = rows["origin"].str.split("_", expand=True)
    rows = rows[(rows["exporter"] == exporter) & ~rows["intra"]]
    asked = {"TC": (None, False), "DC": ("domestic", False), "FC": ("foreign", False)}
    asked |= {"DVA": ("domestic", True), "FVA": ("foreign", True)}
    for kind, (origin, once) in asked.items():
        expected = rows[rows["va_type"] == kind].set_index(["origin", "sector", "importer"])["value"]
        assert len(expected) == 6 * 3 * 6
        for by in (("origin", "sector", "importer"), ("importer", "sector"), ("origin",)):
            found = gvc.content(wiodtest, "exports", origin=origin, exporter=exporter, once=once, by=by)
            same(found, expected.groupby(level=list(by)).sum().reindex(found.index), f"{kind} by {by}")


def test_exvatools_contents_of_exports_and_of_final_demand(wiodtest: ICIO, wiodtest_data: Path) -> None:
    """What `get_va_exgr` and `get_va_fd` give, the world among origins and NAFTA among destinations."""
    flows = pd.read_csv(wiodtest_data / "get_va.csv", index_col=["origin", "dest"]).drop("NAFTA", level="origin")
    for column, flow, to, origin in (
        ("va_exgr_TC", "exports", "exporter", None),
        ("va_exgr_FC", "exports", "exporter", "foreign"),
        ("va_fd", "final_demand", "absorber", None),
    ):
        found = gvc.content(wiodtest, flow, origin=origin, by=("origin", to))
        expected = flows[column].drop("NAFTA", level="dest")
        same(found, expected.drop("WLD", level="origin").reindex(found.index), column)
        same(found.groupby(level=to).sum(), expected["WLD"].sort_index(), column)
    nafta = gvc.content(wiodtest, "final_demand", absorber=["MEX", "USA"])
    same(nafta[CODES], flows["va_fd"].xs("NAFTA", level="dest")[CODES])
    block = gvc.content(gvc.as_block(wiodtest, ["MEX", "USA"], "NAFTA"), "exports", origin="foreign", exporter="NAFTA")
    others = ["ESP", "FRA", "CHN", "ROW"]
    same(block[others], flows["va_exgr_FC"].xs("NAFTA", level="dest")[others])


def test_exvatools_value_added_by_industry_of_origin(wiodtest: ICIO, wiodtest_data: Path) -> None:
    found = gvc.content(wiodtest, "final_demand", by=("origin", "origin_sector", "absorber"))
    same(found.unstack("absorber").loc[CODES, CODES], csv(wiodtest_data / "VBY.csv"))


# -- identities ---------------------------------------------------------------------------------------------------


@given(split_tables())
def test_all_origins_make_up_the_flow(table: ICIO) -> None:
    exports = gvc.content(table, "exports", by=("exporter", "importer"))
    close(table, exports, gvc.gross_exports(table).to_numpy().ravel())
    sold = gvc.content(table, "final_demand", by=("maker", "sector", "absorber"))
    # But what an industry without output is said to sell embodies nothing.
    demand = np.where(table.x[:, None] == 0, 0, table.Y @ table.membership)
    by_maker = [demand[np.asarray(table.home) == home].sum() for home in range(len(table.result_economies))]
    close(table, sold.groupby("maker", sort=False).sum(), by_maker)
    close(table, sold.groupby("absorber", sort=False).sum(), demand.sum(axis=0))


@given(split_tables())
def test_content_is_what_other_measures_say(table: ICIO) -> None:
    pairs, economies = ("exporter", "sector", "importer"), list(table.result_economies)
    vbe, vby = gvc.value_added_in_exports(table), gvc.value_added_in_final_demand(table)
    close(table, gvc.content(table, "exports", by=("origin", "exporter")), vbe.to_numpy().ravel())
    close(table, gvc.content(table, "final_demand", by=("origin", "absorber")), vby.to_numpy().ravel())
    terms = gvc.borin_mancini(table, "source", "bilateral_sector")
    for origin, name in ((None, "EXGR"), ("domestic", "DC"), ("foreign", "FC")):
        found = gvc.content(table, "exports", origin=origin, by=pairs)
        assert found.index.equals(terms.reorder_levels(pairs).index)
        close(table, found, terms[name], name)
    # DVA counts what leaves again and again once only: at home the two differ by DDC.
    once = gvc.domestic_value_added_in_exports(table).groupby("economy", sort=False).sum()
    content = gvc.content(table, "exports", origin="domestic", by="exporter")
    close(table, content - terms["DDC"].groupby("exporter", sort=False).sum(), once)
    by_industry = gvc.content(table, "final_demand", origin="foreign", by=("origin", "origin_sector"))
    close(table, by_industry.groupby("origin", sort=False).sum()[economies], vby.sum(axis=1) - np.diag(vby))


@given(split_tables())
def test_use_and_absorber_divide_exports(table: ICIO) -> None:
    """Where the rows of a table add up, what is exported is absorbed somewhere."""
    whole = gvc.content(table, "exports", by=("exporter", "importer"))
    for dimension in ("use", "absorber"):
        parts = gvc.content(table, "exports", by=("exporter", "importer", dimension))
        close(table, parts.groupby(["exporter", "importer"], sort=False).sum(), whole, dimension)
    final = gvc.content(table, "exports", use="final", by=("importer", "absorber"))
    elsewhere = final[final.index.get_level_values("importer") != final.index.get_level_values("absorber")]
    assert (elsewhere == 0).all()


@given(st.data())
def test_once_is_what_the_world_would_lack(data: st.DataObject) -> None:
    """What passes through exports is what nobody would earn without them: Los, Timmer and de Vries (2016)."""
    table = data.draw(split_tables())
    asked = {
        name: data.draw(st.lists(st.sampled_from(labels), min_size=1, max_size=2, unique=True))
        for name, labels in (
            ("exporter", table.result_economies),
            ("sector", table.sectors),
            ("importer", table.result_economies),
        )
        if data.draw(st.booleans())
    }
    found = gvc.content(table, "exports", once=True, by=("origin", "origin_sector"), **asked)
    gone, N = passing(table, asked), len(table.sectors)
    Y = table.Y @ table.membership
    for row, economy in product(range(len(table.x)), range(len(table.result_economies))):
        chosen = table.result_economies[economy] in asked.get("importer", table.result_economies)
        chosen &= table.result_economies[table.home[row]] in asked.get("exporter", table.result_economies)
        if chosen and table.home[row] != economy and table.sectors[row % N] in asked.get("sector", table.sectors):
            Y[row, economy] = 0
    without = np.linalg.inv(np.eye(len(table.x)) - np.where(gone, 0, shares_of_inputs(table))) @ Y.sum(axis=1)
    lacks = pd.Series(residual(table) * (table.x - without), industries(table))
    joined = lacks.groupby([[table.result_economies[home] for home in table.home], lacks.index.get_level_values(1)])
    close(table, found, joined.sum().reindex(found.index))


@given(split_tables())
def test_once_in_all_exports_of_an_economy_is_bms(table: ICIO) -> None:
    terms = gvc.borin_mancini(table, "source", "bilateral_sector")
    for exporter in table.result_economies:
        for origin, name in (("domestic", "DVA"), ("foreign", "FVA")):
            found = gvc.content(
                table, "exports", origin=origin, exporter=exporter, once=True, by=("exporter", "sector", "importer")
            )
            close(table, found, terms.loc[[exporter], name], name)
    # Through the first border of all, everybody's exports are their own.
    world = gvc.content(table, "exports", origin="foreign", once=True, by="origin")
    close(table, world, 0 * world)


@given(st.data())
def test_what_is_left_of_a_table_has_the_inverse_that_solving_gives(data: st.DataObject) -> None:
    """Whatever is taken away, and seen as whichever economies."""
    table = data.draw(split_tables())
    if data.draw(st.booleans()):
        table = gvc.as_block(table, table.result_economies[:2])
    GN = len(table.x)
    chosen = st.one_of(
        st.just(list(range(GN))), st.lists(st.sampled_from(range(GN)), min_size=1, max_size=GN, unique=True)
    )
    rows, columns = (np.array(sorted(data.draw(chosen))) for _ in range(2))
    home, _ = naive.homes(table)
    left = shares_of_inputs(table)
    for row, column in product(rows, columns):
        left[row, column] *= home[row] == home[column]
    B = np.linalg.inv(np.eye(GN) - left)
    solver, right = without(table, rows, columns), np.random.default_rng(GN).random((GN, 3))
    np.testing.assert_allclose(solver.output_needed(right), B @ right, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(solver.embodied(right), B.T @ right, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("chosen", [{}, {"exporter": "CHN", "importer": "USA"}, {"exporter": ["USA", "CHN", "MEX"]}])
def test_what_is_left_may_have_no_inverse(chosen: dict[str, Any]) -> None:
    """Chinese goods use as much of themselves as is made, and can be sold only since Americans send some back."""
    Z = np.diag([100.0, 40, 50, 50])
    Z[0, 1], Z[1, 0] = 20, 10
    table = ICIO(
        economies=["CHN", "USA", "MEX", "CAN"], sectors=["all"], Z=Z, Y=np.eye(4), x=[100] * 4, va=[-10, 40, 50, 50]
    )
    assert np.isfinite(gvc.content(table, "exports")).all()
    with pytest.raises(GvcError, match=r"expected an invertible I − A; found a singular one\. Look at CHN all"):
        gvc.content(table, "exports", once=True, **chosen)


def test_only_one_economy_trades_with_nobody() -> None:
    alone = ICIO(economies=["CHN"], sectors=["all"], Z=[[50]], Y=[[50]], x=[100], va=[50])
    assert gvc.content(alone, "exports").tolist() == [0]
    assert gvc.content(alone, "final_demand", origin="foreign", by="absorber").tolist() == [0]
    assert gvc.content(alone, "final_demand").tolist() == pytest.approx([50])


def test_what_rows_lack_nobody_absorbs(sample: ICIO) -> None:
    """Rows of the sample fall short of its output, so not all that is exported ends in somebody's final demand."""
    exports = gvc.content(sample, "exports", by="exporter")
    absorbed = gvc.content(sample, "exports", by=("exporter", "absorber")).groupby("exporter", sort=False).sum()
    assert (absorbed < exports).all()
    np.testing.assert_allclose(absorbed, exports, rtol=2e-3)


def test_what_is_delivered_to_who_makes_nothing_goes_nowhere() -> None:
    """American services sell 3 without output, and are said to buy 8 of goods from China: nobody absorbs those."""
    Z = [[0, 0, 20, 8], [0, 0, 0, 0], [10, 0, 0, 0], [0, 0, 0, 0]]
    Y, x = [[60, 12], [0, 0], [20, 50], [0, 3]], [100, 0, 80, 0]
    table = ICIO(economies=["CHN", "USA"], sectors=["goods", "rest"], Z=Z, Y=Y, x=x, va=[90, 0, 60, 0])
    absorbed = gvc.content(table, "exports", by=("exporter", "use", "absorber"))["CHN"]
    # B between Chinese and American goods is [[1, 1/4], [1/10, 1]] over 1 - 1/40; 20 of 80 is in what each ends in.
    output = [(10 / 100 * 60 + 20) / 0.975, (10 / 100 * 12 + 50) / 0.975]
    assert absorbed["intermediate"].tolist() == pytest.approx([output[0] / 4, output[1] / 4])
    assert absorbed["final"].tolist() == [0, 12]
    assert gvc.content(table, "exports", by=("exporter", "importer"))[("CHN", "USA")] == pytest.approx(40)


# -- what is asked for --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample() -> ICIO:
    return gvc.load_sample()


def test_choosing_is_what_selecting_afterwards_gives(sample: ICIO) -> None:
    whole = gvc.content(sample, "exports", by=("origin", "exporter", "sector"))
    machinery = gvc.content(sample, "exports", exporter="MEX", sector="Machinery")
    pd.testing.assert_series_equal(machinery, whole.xs(("MEX", "Machinery"), level=("exporter", "sector")))
    assert machinery.index.name == "origin"
    few = gvc.content(sample, "exports", origin=["KOR", "CHN"], exporter="MEX", by=("sector", "origin"))
    assert list(few["Light"].index) == ["KOR", "CHN"], "in the order asked for"


def test_a_group_is_its_members(sample: ICIO) -> None:
    with pytest.warns(CoverageWarning) as warned:
        found = gvc.content(sample, "exports", origin="RCEP", exporter="NAFTA", by=("origin", "exporter"))
    assert [str(one.message).partition(":")[0] for one in warned] == ["RCEP", "NAFTA"]
    assert {one.filename for one in warned} == {__file__}, "which line asked"
    assert list(found.index.unique("origin")) == ["CHN", "IDN", "JPN", "KOR"]
    vbe = gvc.value_added_in_exports(sample)
    np.testing.assert_allclose(found["KOR"], vbe.loc["KOR", found.index.unique("exporter")])
    # Trade inside counts, and a fellow member is foreign, as in `foreign_value_added`.
    members = ["CHN", "JPN", "KOR"]
    foreign = gvc.content(sample, "exports", origin="foreign", exporter=members)
    pd.testing.assert_series_equal(foreign, gvc.foreign_value_added(sample, members), check_names=False)
    block = gvc.content(gvc.as_block(sample, members, "CJK"), "exports", origin="foreign", exporter="CJK")
    treated = gvc.foreign_value_added(sample, members, "block")
    np.testing.assert_allclose(block[treated.index], treated)
    assert block["CJK"] == 0


def test_results_say_what_they_are(sample: ICIO) -> None:
    found = gvc.content(sample, "exports", exporter="MEX")
    assert found.name == "value added"
    about = {"unit": "million USD", "year": 2011, "source": "WIOD 2013 release"}
    assert found.attrs == {"measure": "value added in exports"} | about
    assert found["CHN":"KOR"].attrs == found.attrs, "through selection"
    hours = pd.Series(1.0, industries(sample), name="hours")
    hours.attrs["unit"] = "million hours"
    found = gvc.content(sample, "final_demand", hours)
    assert found.attrs == {"measure": "hours in final demand"} | about | {"unit": "million hours"}
    assert gvc.content(sample, "final_demand", hours.rename(None)).attrs["measure"] == "content in final demand"


def test_several_amounts_at_once(sample: ICIO) -> None:
    amounts = pd.DataFrame({"persons": sample.x / 10, "tonnes": sample.va * 2}, industries(sample))
    for by in ("origin", "exporter", ("origin", "origin_sector"), ("origin_sector", "exporter", "importer")):
        both = gvc.content(sample, "exports", amounts, exporter=["MEX", "CHN"], by=by)
        assert list(both) == ["persons", "tonnes"]
        for name in both:
            one = gvc.content(sample, "exports", amounts[name], exporter=["MEX", "CHN"], by=by)
            pd.testing.assert_series_equal(both[name], one)
    assert both.attrs["measure"] == "persons, tonnes in exports"


def test_amounts_are_put_in_order_by_their_labels(sample: ICIO) -> None:
    amounts = pd.Series(sample.x / 7, industries(sample))
    expected = gvc.content(sample, "exports", amounts)
    for other in (amounts[::-1], amounts.swaplevel().sort_index()):
        pd.testing.assert_series_equal(gvc.content(sample, "exports", other), expected)


def test_value_added_of_the_table_itself(sample: ICIO) -> None:
    taxed = copy_of(sample, va=sample.va * 0.9, taxes=sample.va * 0.1)
    vbe = gvc.value_added_in_exports(taxed, "table")
    taxes = gvc.content(taxed, "exports", "taxes", by=("origin", "exporter"))
    assert taxes.attrs["measure"] == "taxes in exports"
    np.testing.assert_allclose(taxes + vbe.to_numpy().ravel(), gvc.value_added_in_exports(taxed).to_numpy().ravel())
    for of in ("table", pd.Series(taxed.va, industries(taxed))):
        found = gvc.content(taxed, "exports", of, by=("origin", "exporter"))  # type: ignore[call-overload]
        np.testing.assert_allclose(found, vbe.to_numpy().ravel())


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"within": "imports"}, r"within: expected 'exports' or 'final_demand'; found 'imports'"),
        ({"exporter": "Mexico"}, r"exporter: .* found 'Mexico'\. Did you mean MEX\?"),
        ({"importer": ["USA", "VNM"]}, r"importer: expected economies of the table .* found VNM\."),
        ({"sector": "machinery"}, r"sector: expected some of Primary, .* found 'machinery'\. Did you mean Machinery\?"),
        ({"origin_sector": ["Light", "Service"]}, r"origin_sector: .* found 'Service'\. Did you mean Services\?"),
        ({"sector": "fishing"}, r"found 'fishing'\. Pick among them\."),
        ({"sector": []}, r"sector: .* found none\."),
        ({"use": "fnal"}, r"use: expected some of intermediate, final; found 'fnal'\. Did you mean final\?"),
        ({"by": "exporters"}, r"by: expected some of origin, .*; found 'exporters'\. Did you mean exporter\?"),
        ({"by": ()}, r"by: .* found none\."),
        ({"by": "maker"}, r"by: .* found 'maker'\."),
        ({"maker": "MEX"}, r"maker: expected a dimension of exports .* found maker='MEX'\. Ask for the `exporter`"),
        ({"within": "final_demand", "exporter": "MEX"}, r"exporter: .* of final_demand .* Ask for the `maker`"),
        ({"within": "final_demand", "importer": "MEX"}, r"importer: .* Ask for the `absorber`"),
        ({"within": "final_demand", "use": "final"}, r"use: .* all of final demand is final use"),
        ({"origin": "Domestic"}, r"origin: expected a group .* found 'Domestic'"),
        ({"of": "va"}, r"of: expected 'residual' or 'table' or 'taxes' or 'CO2'; found 'va'"),
        ({"of": np.ones(55)}, r"of: expected 'residual', .* or amounts .* found a ndarray of 55\."),
    ],
)
def test_what_cannot_be_answered_is_refused(sample: ICIO, asked: dict[str, Any], says: str) -> None:
    with pytest.raises(GvcError, match=says):
        gvc.content(sample, **({"within": "exports"} | asked))


def test_amounts_that_are_not_of_the_table_are_refused(sample: ICIO) -> None:
    amounts = pd.Series(1.0, industries(sample), name="persons")
    with pytest.raises(
        GvcError, match=r"of: expected amounts of 55 industries .* a Series of 54 without CHN Primary\. Give"
    ):
        gvc.content(sample, "exports", amounts[1:])
    named = amounts.rename({"Light": "Heavy"}, level="sector")
    with pytest.raises(GvcError, match=r"of, persons, label 2: expected the labels of the table, .* found CHN Heavy"):
        gvc.content(sample, "exports", named)
    with pytest.raises(GvcError, match=r"of, persons, CHN Light: expected a finite number; found nan"):
        gvc.content(sample, "exports", amounts.where(np.arange(55) != 1))
    with pytest.raises(GvcError, match=r"of, tonnes, label 2"):
        gvc.content(sample, "exports", pd.DataFrame({"tonnes": named}))
    idle = copy_of(sample, x=np.where(np.arange(55) == 7, 0, sample.x))
    with pytest.raises(GvcError, match=r"of, persons, JPN Materials: expected 0 .* without output; found 1"):
        gvc.content(idle, "exports", amounts)


def test_no_table_is_refused() -> None:
    with pytest.raises(GvcError, match=r"icio: expected an inter-country table"):
        gvc.content(np.eye(3), "exports")  # type: ignore[call-overload]


# -- memory -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wide() -> ICIO:
    """20 economies of 10 sectors."""
    rng = np.random.default_rng(20)
    A = rng.random((200, 200)) / 200
    Y = rng.exponential(1, (200, 20))
    x = np.linalg.solve(np.eye(200) - A, Y.sum(axis=1))
    economies = [*gvc.economies.GROUPS["EU27"][:18], "CHN", "MEX"]
    Z = A * x
    return ICIO(economies=economies, sectors=[f"s{n}" for n in range(10)], Z=Z, Y=Y, x=x, va=x - Z.sum(axis=0))


@pytest.mark.parametrize(
    "asked",
    [
        {"exporter": "MEX", "by": ("origin", "origin_sector", "sector")},
        {"origin": "domestic", "by": ("exporter", "sector", "importer")},
        {"origin": "foreign", "by": ("origin_sector", "sector", "importer")},
        {"within": "final_demand", "origin": "foreign", "by": ("origin_sector", "sector", "absorber")},
        {"origin": "foreign", "by": ("exporter", "importer", "use", "absorber")},
    ],
)
def test_never_a_number_for_each_pair_of_industries_and_partner(wide: ICIO, asked: dict[str, Any]) -> None:
    """(GN)² × G numbers of the table are 6.4 MB; half of that does for any question."""
    gvc.content(wide, "exports")
    tracemalloc.start()
    gvc.content(wide, **({"within": "exports"} | asked))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * 200**2 * 20 / 2


@pytest.mark.parametrize(
    ("solved", "asked"),
    [
        (1, {"exporter": "MEX", "sector": "s3", "importer": "CHN", "by": ("origin", "origin_sector")}),
        (10, {"exporter": "MEX", "by": ("origin", "origin_sector", "sector")}),
        (1, {"origin": "domestic", "exporter": "MEX", "by": ("sector", "importer")}),
        (2, {"origin": "domestic", "exporter": ["MEX", "CHN"], "by": ("sector", "importer")}),
        (20, {"origin": "domestic", "by": ("exporter", "sector", "importer")}),
        (20, {"origin": "foreign", "by": ("exporter", "sector", "importer")}),
        (20, {"origin": "foreign", "by": ("origin", "origin_sector")}),
        (3, {"origin": ["CHN", "MEX", "DEU"], "by": ("origin", "exporter", "sector", "importer", "use")}),
        (1, {"exporter": "MEX", "absorber": ["CHN", "DEU"], "by": ("origin",)}),
        (2, {"exporter": "MEX", "absorber": ["CHN", "DEU"], "by": ("origin", "absorber")}),
        (20, {"within": "final_demand", "origin": "foreign", "by": ("origin", "origin_sector")}),
        (10, {"within": "final_demand", "origin": "CHN", "by": ("origin_sector", "maker")}),
        (6, {"of": ["hours", "persons"], "origin": ["CHN", "MEX", "DEU"], "by": ("origin", "exporter", "sector")}),
        (2, {"of": ["hours", "persons"], "origin_sector": "s1", "by": ("origin_sector", "exporter", "sector")}),
        (20, {"of": ["hours", "persons"], "by": ("origin", "origin_sector", "exporter")}),
        (10, {"exporter": "MEX", "by": ("origin", "origin_sector", "sector", "importer")}),
    ],
)
def test_solved_for_what_is_fewer(
    wide: ICIO, asked: dict[str, Any], solved: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Right-hand sides that the factors are solved for."""
    sides = []
    for name in ("embodied", "output_needed"):
        solve = getattr(contents, name)
        monkeypatch.setattr(
            contents, name, lambda icio, rhs, solve=solve: sides.append(rhs.shape[1]) or solve(icio, rhs)
        )
    if isinstance(names := asked.get("of"), list):
        asked = asked | {"of": pd.DataFrame(dict.fromkeys(names, wide.x)).set_axis(industries(wide))}
    gvc.content(wide, **({"within": "exports"} | asked))
    # What is followed to its absorbers takes as many more as these are kept apart.
    followed = [len(asked["absorber"]) if "absorber" in asked["by"] else 1] if "absorber" in asked else []
    assert sides == [*followed, solved]


ECONOMIES = [f"E{number:02}" for number in range(20)]


@pytest.mark.parametrize(
    ("asked", "factorised"),
    [
        ({"exporter": "E03"}, [10]),
        ({"exporter": "E03", "sector": "s3"}, [1]),
        ({"importer": "E03"}, [10]),
        ({"sector": "s3"}, [20]),
        ({"exporter": ECONOMIES[:3], "importer": "E05"}, [10]),
        ({"exporter": ECONOMIES[:15]}, [*[10] * 20, 50]),  # each economy, and the five that are left to export
        ({"importer": ECONOMIES[:15]}, [*[10] * 20, 50]),
        ({"exporter": ECONOMIES[:10], "importer": ECONOMIES[10:]}, [200]),
        ({}, [10] * 20),
        ({"use": "final"}, []),
    ],
)
def test_once_factorises_what_is_fewer(
    wide: ICIO, asked: dict[str, Any], factorised: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    table = copy_of(wide, economies=ECONOMIES)
    gone = passing(table, {name: [names] if isinstance(names, str) else names for name, names in asked.items()})
    of = np.random.default_rng(5).random(200)
    B = np.linalg.inv(np.eye(200) - np.where(gone, 0, shares_of_inputs(table)))
    amounts = pd.Series(of * table.x, industries(table))
    sold = gvc.content(table, "exports", amounts, by=("exporter", "sector"), **asked)
    sizes: list[int] = []
    factor = leontief.lu_factor
    monkeypatch.setattr(leontief, "lu_factor", lambda system, **how: sizes.append(len(system)) or factor(system, **how))
    once = gvc.content(table, "exports", amounts, by=("exporter", "sector"), once=True, **asked)
    assert sizes == factorised
    in_one = pd.Series(of @ B / (of @ inverse(table)), industries(table)).rename_axis(["exporter", "sector"])
    pd.testing.assert_series_equal(once, (sold * in_one).reindex(once.index), check_names=False, rtol=1e-10)


def test_more_than_fits_is_refused(wide: ICIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gvc.contents.LARGEST", 1999)
    with pytest.raises(GvcError, match=r"by: expected at most 1,999 numbers; found 2,000 by exporter, sector, origin"):
        gvc.content(wide, "exports", exporter=wide.economies[:10], by=("exporter", "sector", "origin"))
    assert len(gvc.content(wide, "exports", exporter=wide.economies[:9], by=("exporter", "sector", "origin"))) == 1800
    two = pd.DataFrame({"hours": wide.x, "persons": wide.x}, industries(wide))
    with pytest.raises(GvcError, match=r"found 3,600 by exporter"):
        gvc.content(wide, "exports", two, exporter=wide.economies[:9], by=("exporter", "sector", "origin"))


# -- the table of indicators --------------------------------------------------------------------------------------

DOCSTRING = contents.__doc__ or ""
CALLS = re.findall(r"``(content\(t, .+?\))``", " ".join(DOCSTRING.split()))
#: The left-hand column of the table, up to a comma, and the calls beside it, which come first.
INDICATORS = [line[:40].partition(",")[0].strip() for line in DOCSTRING.splitlines() if line[40:51] == "``content(t"]


def called(call: str, table: ICIO) -> pd.Series:
    return eval(call, {"content": gvc.content, "t": table})  # type: ignore[no-any-return]


def test_each_indicator_has_a_call() -> None:
    assert (len(INDICATORS), len(CALLS)) == (3, 22)


@pytest.mark.parametrize("call", CALLS)
def test_the_call_of_an_indicator_runs(sample: ICIO, call: str) -> None:
    found = called(call, sample)
    assert np.isfinite(found).all()
    assert found.sum() > 0


def test_calls_give_the_indicators_as_they_are_defined(sample: ICIO) -> None:
    """A line of the table each, by the measure that has it."""
    asked = dict(zip(INDICATORS, CALLS[: len(INDICATORS)], strict=True))
    vbe, vby = gvc.value_added_in_exports(sample), gvc.value_added_in_final_demand(sample)
    own = pd.Series(np.diag(vbe), vbe.index)
    for name, expected in {
        "VS": vbe.sum() - own,
        "VS1": vbe.sum(axis=1) - own,
        "VAX": (vby - np.diag(np.diag(vby))).to_numpy().ravel(),
    }.items():
        np.testing.assert_allclose(called(asked[name], sample), expected, rtol=1e-9, atol=1e-6, err_msg=name)
