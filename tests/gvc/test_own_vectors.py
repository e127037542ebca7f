"""One contract for every measure of value added: what `value_added`, or `of`, takes and what comes of it.

The measures are found by their signatures, each with every choice that it offers.
"""

import inspect
import typing
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any
from unittest import mock

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gvc
from gvc import ICIO, GvcError
from gvc.flows import value_added_in_inputs
from tests import naive
from tests.gvc.test_decompositions import close, joined, split_tables

#: Functions of a table in which nobody's value added is counted: a new one stands here, or keeps the contract.
OF_NONE = {
    *("as_block", "downstreamness", "embodied", "ghosh_inverse", "gross_exports", "input_coefficients"),
    *("intermediate_flows", "inverse", "output_needed", "upstreamness"),
    *("save", "to_pymrio"),
    *("counterfactual", "footprint"),  # what is made at other costs; an account, with what final demand has of it
    "nowcast",  # another table
    "tiva",  # published of value added alone
}
ARGUMENTS = ("value_added", "of")


def table(parts: bool = True) -> ICIO:
    """Four economies of two sectors and one of two that is part of another; one industry makes nothing."""
    random = np.random.default_rng(8)
    Z, Y = random.gamma(1, 10, (10, 10)), random.gamma(1, 60, (10, 5))
    Z[3], Z[:, 3], Y[3] = 0, 0, 0
    x = Z.sum(axis=1) + Y.sum(axis=1)
    taxes = 0.1 * (x - Z.sum(axis=0))
    return ICIO(
        economies=["A", "B", "C", "D", "E"],
        sectors=["s1", "s2"],
        Z=Z,
        Y=Y,
        x=x,
        va=x - Z.sum(axis=0) - taxes,
        taxes=taxes,
        parts={"D": "B"} if parts else {},
        year=2000,
        source="made",
    )


def amounts(icio: ICIO, values: np.ndarray, name: str = "jobs", unit: str = "thousand persons") -> pd.Series:
    industries = pd.MultiIndex.from_product([icio.economies, icio.sectors], names=["economy", "sector"])
    series = pd.Series(values, industries, name=name)
    series.attrs["unit"] = unit
    return series


TABLE = table()
JOBS = amounts(TABLE, np.random.default_rng(9).uniform(1, 9, 10) * (TABLE.x > 0))
FRAME = pd.DataFrame({"jobs": JOBS, "wages": JOBS[::-1].to_numpy() * (TABLE.x > 0)})

CALLS: dict[str, Any] = {
    "exporters": ["A"],
    "market": ["B"],
    "within": "exports",
    "change": pd.Series({("B", "s1"): 1.0, ("C", "s2"): 2.0}),
}


def offered() -> dict[str, Callable[..., Any]]:
    public = {name: value for name in gvc.__all__ if inspect.isfunction(value := getattr(gvc, name))}
    return public | {"value_added_in_inputs": value_added_in_inputs}


def argument(function: Callable[..., Any]) -> str:
    return next((name for name in ARGUMENTS if name in inspect.signature(function).parameters), "")


def choices(function: Callable[..., Any]) -> list[dict[str, Any]]:
    """Every combination of the words that its other arguments take."""
    hints = typing.get_type_hints(function)
    words: dict[str, list[Any]] = {}
    for name in inspect.signature(function).parameters:
        kinds = [kind for kind in (hints[name], *typing.get_args(hints[name])) if typing.get_origin(kind)]
        literal = [kind for kind in kinds if typing.get_origin(kind) is typing.Literal]
        if literal and name not in ARGUMENTS:
            words[name] = list(typing.get_args(literal[0]))
    return [dict(zip(words, combination, strict=True)) for combination in product(*words.values())]


OFFERED = offered()
#: Of one table; a function of two takes amounts of both (`test_changes`).
TAKERS = {
    name: function
    for name, function in OFFERED.items()
    if argument(function) and "icio" in inspect.signature(function).parameters
}
CASES = [(name, chosen) for name, function in TAKERS.items() for chosen in choices(function)]
IDS = [" ".join((name, *map(str, chosen.values()))) for name, chosen in CASES]


def call(name: str, chosen: dict[str, Any], *given: object, icio: ICIO = TABLE) -> Any:
    """Call a measure with whatever it needs, and with amounts where these are given."""
    function = TAKERS[name]
    known = {key: CALLS[key] for key in CALLS if key in inspect.signature(function).parameters}
    return function(icio, **known | chosen | dict.fromkeys([argument(function)] if given else [], *given))


def numbers(result: Any) -> dict[str, np.ndarray]:
    """Arrays of a result, by the name of a column where it is a frame."""
    if isinstance(result, pd.DataFrame):
        return {str(column): np.asarray(values) for column, values in result.items()}
    return {"": np.asarray(result)}


def same(found: Any, expected: Any, factor: float = 1) -> None:
    """Equal in all that `found` has; where money alone has it, it may have less."""
    found, expected = numbers(found), numbers(expected)
    assert found
    assert set(expected) - set(found) <= {"EXGR", "output", "gross_exports"}
    for name, values in found.items():
        np.testing.assert_allclose(
            values, factor * expected[name], rtol=1e-12, atol=1e-12 * TABLE.x.max(), err_msg=name
        )


def test_every_function_of_a_table_takes_amounts_or_counts_none() -> None:
    of_table = {name for name, function in OFFERED.items() if "icio" in inspect.signature(function).parameters}
    assert of_table - set(TAKERS) == OF_NONE
    assert len(TAKERS) == 20
    for function in TAKERS.values():
        assert inspect.signature(function).parameters[argument(function)].default is None


@pytest.mark.parametrize(("name", "chosen"), CASES, ids=IDS)
class TestContract:
    def test_the_default_is_the_residual(self, name: str, chosen: dict[str, Any]) -> None:
        default = call(name, chosen)
        for residual in (None, "residual"):
            for part, values in numbers(call(name, chosen, residual)).items():
                np.testing.assert_array_equal(values, numbers(default)[part])
        same(call(name, chosen, amounts(TABLE, TABLE.x - TABLE.Z.sum(axis=0))), default)

    def test_an_account_is_taken_by_its_name(self, name: str, chosen: dict[str, Any]) -> None:
        account = gvc.Account(F=JOBS.to_numpy(), unit="persons")
        found = call(name, chosen, "jobs", icio=replace(TABLE, accounts={"jobs": account}))
        same(found, call(name, chosen, JOBS))
        with pytest.raises(GvcError, match=r"expected .*'residual'.*; found 'jobs'"):
            call(name, chosen, "jobs")

    def test_several_accounts_are_columns_in_their_units(self, name: str, chosen: dict[str, Any]) -> None:
        accounts = {
            "jobs": gvc.Account(F=FRAME["jobs"], unit="persons"),
            "wages": gvc.Account(F=FRAME["wages"], unit="EUR"),
        }
        held = replace(TABLE, accounts=accounts | {"more": gvc.Account(F=np.zeros(10), unit="t")})
        found = call(name, chosen, ["wages", "jobs"], icio=held)
        same(found, call(name, chosen, FRAME[["wages", "jobs"]]))
        if isinstance(found, np.ndarray):
            return
        assert found.columns.names[0] == "account"
        alone = call(name, chosen, "jobs", icio=held)
        rows = gvc.as_rows(found).set_index("account")
        assert set(rows.loc["jobs", "unit"]) == {alone.attrs["unit"]}
        if alone.attrs["unit"] == "persons":
            assert found.attrs["unit"] == {"wages": "EUR", "jobs": "persons"}
            assert set(rows.loc["wages", "unit"]) == {"EUR"}
            assert call(name, chosen, ["jobs"], icio=held).attrs["unit"] == "persons"
        with pytest.raises(GvcError, match=r"expected 'jobs' or 'wages' or 'more'; found 'residual'"):
            call(name, chosen, ["jobs", "residual"], icio=held)

    def test_rows_of_the_table_are_what_they_hold(self, name: str, chosen: dict[str, Any]) -> None:
        for row, values in (("table", TABLE.va), ("taxes", TABLE.taxes)):
            same(call(name, chosen, amounts(TABLE, values)), call(name, chosen, row))

    def test_twice_the_amounts_are_twice_the_result(self, name: str, chosen: dict[str, Any]) -> None:
        once = call(name, chosen, JOBS)
        shares = getattr(once, "attrs", {}).get("unit") in ("percent", "stages")
        same(call(name, chosen, 2 * JOBS), once, 1 if shares else 2)

    def test_labels_put_amounts_in_order(self, name: str, chosen: dict[str, Any]) -> None:
        once, shuffled = call(name, chosen, JOBS), JOBS.sample(frac=1, random_state=3)
        same(call(name, chosen, shuffled), once)
        same(call(name, chosen, shuffled.swaplevel()), once)
        texts = JOBS.set_axis([f"{economy}_{sector}" for economy, sector in JOBS.index])
        same(call(name, chosen, texts), once)

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            (
                JOBS.rename({"A": "Z"}, level="economy"),
                r"jobs, label 1: expected the labels of the table, A s1 .* Z s1",
            ),
            (JOBS.where(np.arange(10) != 4), r"jobs, C s1: expected a finite number; found nan"),
            (JOBS.drop(("C", "s1")), r": expected amounts of 10 industries .* found a Series of 9 without C s1\."),
            (pd.concat([JOBS, JOBS[:1]]), r": expected amounts of 10 industries .* found a Series of 11\."),
            (FRAME.T, r": expected amounts of 10 industries .* DataFrame of 2 × 10\. Transpose it by `\.T`\."),
            (JOBS.unstack(), r": .* DataFrame of 5 × 2\. Make one column .* by `\.stack\(\)`\."),
            (FRAME[[]], r": expected amounts of 10 industries .* found a DataFrame of 10 × 0\."),
            (JOBS + 1, r"jobs, B s2: expected 0 of an industry without output; found 1"),
            (JOBS.to_numpy(), r": expected .* or amounts .* found a ndarray of 10\. Index the amounts .*from_product"),
            (JOBS.to_dict(), r": expected .* or amounts .* found a dict\."),
            ("jobs", r": expected 'residual' or 'table' or 'taxes'; found 'jobs'"),
        ],
    )
    def test_what_is_not_of_the_table_is_refused(
        self, name: str, chosen: dict[str, Any], wrong: object, says: str
    ) -> None:
        separator = "" if says.startswith(":") else ", "
        with pytest.raises(GvcError, match=rf"^{argument(TAKERS[name])}{separator}{says}"):
            call(name, chosen, wrong)

    def test_of_a_frame_there_is_a_result_for_each_column(self, name: str, chosen: dict[str, Any]) -> None:
        together = call(name, chosen, FRAME)
        for at, column in enumerate(FRAME):
            alone = call(name, chosen, FRAME[column])
            part = together[column] if isinstance(together, pd.DataFrame) else together[..., at]
            same(part, alone)
            if isinstance(alone, pd.DataFrame):
                pd.testing.assert_frame_equal(part, alone)
        if isinstance(together, pd.DataFrame):
            assert together.columns.nlevels == alone.ndim
            rows = gvc.as_rows(together)
            assert len(rows) == together.size
            assert set(rows["amount" if alone.ndim > 1 else "term"]) == {"jobs", "wages"}

    def test_a_result_says_what_it_counts_and_in_which_unit(self, name: str, chosen: dict[str, Any]) -> None:
        default, of_jobs = call(name, chosen), call(name, chosen, JOBS)
        if isinstance(default, np.ndarray):
            return
        assert "jobs" not in default.attrs["measure"]
        assert "jobs" in of_jobs.attrs["measure"]
        assert "value added" not in of_jobs.attrs["measure"]
        if isinstance(of_jobs, pd.Series):
            assert "jobs" in str(of_jobs.name)
        if default.attrs["unit"] == "million USD":
            assert of_jobs.attrs["unit"] == "thousand persons"
            assert set(gvc.as_rows(of_jobs)["unit"]) == {"thousand persons"}
            assert call(name, chosen, JOBS.rename(None).set_axis(JOBS.index)).attrs["unit"] == "thousand persons"
        else:
            assert of_jobs.attrs["unit"] == default.attrs["unit"]
        assert {**of_jobs.attrs, "measure": 0, "unit": 0} == {**default.attrs, "measure": 0, "unit": 0}
        assert "taxes" in call(name, chosen, "taxes").attrs["measure"]

    def test_amounts_of_a_block_have_its_labels(self, name: str, chosen: dict[str, Any]) -> None:
        block = gvc.as_block(TABLE, ["A", "E"], "A+E")
        through = {"exporters": ["A+E"]} if "exporters" in inspect.signature(TAKERS[name]).parameters else {}
        own = amounts(block, TABLE.x - TABLE.Z.sum(axis=0))
        same(call(name, chosen | through, own, icio=block), call(name, chosen | through, icio=block))


# -- what results add up to ---------------------------------------------------------------------------------------


def content(within: str, by: str | tuple[str, ...], **asked: Any) -> pd.Series:
    return gvc.content(TABLE, within, JOBS, by=by, **asked)  # type: ignore[call-overload]


def test_all_that_divides_exports_divides_their_content() -> None:
    by_exporter = content("exports", "exporter")
    close(TABLE, gvc.kww(TABLE, JOBS).sum(axis=1), by_exporter)
    close(TABLE, gvc.value_added_in_exports(TABLE, JOBS).sum(), by_exporter)
    close(TABLE, gvc.wwz(TABLE, JOBS).sum(axis=1), content("exports", ("exporter", "sector", "importer")))
    for approach, perspective in product(("source", "sink"), ("exporter", "world")):
        asked: Any = {"approach": approach, "perspective": perspective, "value_added": JOBS}
        for detail, by in (
            (None, "exporter"),
            ("sector", ("exporter", "sector")),
            ("bilateral", ("exporter", "importer")),
            ("bilateral_sector", ("exporter", "sector", "importer")),
        ):
            terms = gvc.borin_mancini(TABLE, detail=detail, **asked)
            assert "EXGR" not in terms
            close(TABLE, terms["DC"] + terms["FC"], content("exports", by))
            close(TABLE, terms[["VAX", "REF", "DDC", "FVA", "FDC"]].sum(axis=1), content("exports", by))
    route = gvc.value_added_by_route(TABLE, ["A", "C"], "B", JOBS)["exported"]
    close(TABLE, route, content("exports", "origin", exporter=["A", "C"], importer="B"))


def test_the_parts_of_exports_are_those_of_their_content() -> None:
    by_origin = content("exports", ("origin", "exporter")).unstack()
    close(TABLE, gvc.value_added_in_exports(TABLE, JOBS), by_origin)
    foreign, own = content("exports", "exporter", origin="foreign"), content("exports", "origin", origin="foreign")
    special = gvc.vertical_specialization(TABLE, JOBS)
    close(TABLE, special["VS"], foreign)
    close(TABLE, special["VS1"], own)
    shares = gvc.participation(TABLE, "content", JOBS)
    close(TABLE, shares, 100 * pd.DataFrame({"b": foreign, "f": own}).div(content("exports", "exporter"), axis=0))
    once = {
        code: content("exports", "origin_sector", origin="domestic", exporter=code, once=True)
        for code in TABLE.result_economies
    }
    close(TABLE, gvc.domestic_value_added_in_exports(TABLE, JOBS), pd.concat(once))
    for treatment in ("members", "block", "merged"):
        found = gvc.foreign_value_added(TABLE, "C", treatment, JOBS)  # type: ignore[arg-type]
        close(TABLE, found, content("exports", "origin", origin="foreign", exporter="C").drop("C"))


def test_final_demand_is_divided_by_what_it_contains() -> None:
    close(
        TABLE,
        gvc.value_added_in_final_demand(TABLE, JOBS),
        content("final_demand", ("origin", "absorber")).unstack(),
    )
    by_industry = content("final_demand", ("origin", "origin_sector", "absorber"))
    close(TABLE, gvc.value_added_by_industry(TABLE, JOBS).stack(), by_industry)
    used = JOBS.rename({"D": "B"}, level="economy").groupby(level=["economy", "sector"], sort=False).sum()
    accounts = gvc.sector_accounts(TABLE, JOBS)
    assert list(accounts) == ["value_added", "vax"]
    close(TABLE, accounts["value_added"], used)
    close(TABLE, accounts["vax"], content("final_demand", ("origin", "origin_sector"), origin="foreign"))
    close(TABLE, gvc.production_activities(TABLE, "forward", JOBS).sum(axis=1), used)
    made = content("final_demand", ("maker", "sector"))
    close(TABLE, gvc.production_activities(TABLE, "backward", JOBS).sum(axis=1), made)


def test_the_arrays_are_the_equations() -> None:
    A = np.divide(TABLE.Z, TABLE.x, out=np.zeros_like(TABLE.Z), where=TABLE.x > 0)
    c, B = JOBS.to_numpy() / np.where(TABLE.x > 0, TABLE.x, 1), np.linalg.inv(np.eye(10) - A)
    np.testing.assert_allclose(gvc.value_added_coefficients(TABLE, JOBS), c, rtol=1e-14)
    np.testing.assert_allclose(gvc.multipliers(TABLE, JOBS).sum(axis=0), c @ B, rtol=1e-12)
    home, economies = naive.homes(TABLE)
    for s in economies:
        np.testing.assert_allclose(gvc.multipliers(TABLE, JOBS)[s], (c * (home == s)) @ B, rtol=1e-12, atol=1e-14)
    final = TABLE.Y.sum(axis=1)
    inputs = np.array([(c * (home == s)) @ (B - np.eye(10)) * final for s in economies])
    close(TABLE, value_added_in_inputs(TABLE, JOBS), np.array([inputs[:, home == d].sum(axis=1) for d in economies]).T)


def test_members_that_are_merged_bring_what_they_use() -> None:
    """By hand: the table summed first, and the amounts with it."""
    plain = table(parts=False)
    found = gvc.foreign_value_added(plain, ["A", "C"], "merged", JOBS)
    merged = plain.aggregate({"A": "A", "C": "A"})
    summed = JOBS.rename({"C": "A"}, level="economy").groupby(level=["economy", "sector"]).sum()
    close(plain, found, gvc.content(merged, "exports", summed, exporter="A", by="origin").drop("A"))


# -- against sums written out and paths followed ------------------------------------------------------------------


@given(split_tables(), st.integers(0, 99))
def test_jobs_in_every_decomposition_are_what_articles_and_paths_say(icio: ICIO, seed: int) -> None:
    """Paths begin with jobs in place of value added."""
    used = np.random.default_rng(seed).gamma(1, 5, len(icio.x)) * (icio.x != 0)
    jobs = amounts(icio, used).sample(frac=1, random_state=seed)
    p, f, _ = naive.shares(icio)
    with mock.patch.object(naive, "shares", return_value=(p, f, used)):
        nine, sixteen, chains = naive.kww(icio), naive.wwz(icio), naive.stages(icio)
        _, routes = naive.follow(icio)
        followed = {approach: naive.borin_mancini(icio, approach) for approach in ("source", "sink")}
        once = naive.once_in_the_world(icio)
    size = replace(icio, x=np.maximum(icio.x, used))  # rounding is that of jobs, where these are more
    close(size, gvc.kww(icio, jobs), nine)
    terms = gvc.wwz(icio, jobs)
    for name, rows in sixteen.items():
        close(size, terms[name], joined(icio, rows), name)
    for approach, expected in followed.items():
        found = gvc.borin_mancini(icio, approach, "bilateral_sector", jobs)  # type: ignore[arg-type]
        assert set(expected) - set(found) == {"EXGR"}
        for name in found:
            close(size, found[name], joined(icio, expected[name]), f"{approach} {name}")
        world = gvc.borin_mancini(icio, approach, "bilateral_sector", jobs, "world")  # type: ignore[arg-type]
        close(size, world["FVA"], joined(icio, once[approach]), approach)
    economies = icio.result_economies
    for s, u in product(range(len(economies)), repeat=2):
        found = gvc.value_added_by_route(icio, economies[s], economies[u], jobs)
        close(size, found["absorbed"], routes[:, s, u])
    for axis, linkage in ((1, "forward"), (0, "backward")):
        activities = gvc.production_activities(icio, linkage, jobs)  # type: ignore[arg-type]
        for name, short in {"D": "D", "RT": "RT", "GVC_S": "S", "GVC_C": "C"}.items():
            close(size, activities[name], joined(icio, chains[short].sum(axis=axis)[:, None]), f"{linkage} {name}")


def test_average_length_weighs_stages_by_jobs() -> None:
    p, f, _ = naive.shares(TABLE)
    with mock.patch.object(naive, "shares", return_value=(p, f, JOBS.to_numpy())):
        chains = naive.stages(TABLE)
    for axis, linkage in ((1, "forward"), (0, "backward")):
        added = {name: joined(TABLE, values.sum(axis=axis)[:, None]) for name, values in chains.items()}
        found = gvc.production_length(TABLE, linkage, JOBS)  # type: ignore[arg-type]
        for name, shorts in {"D": ["D"], "RT": ["RT"], "GVC": ["S", "C"], "total": ["D", "RT", "S", "C"]}.items():
            over, under = (sum(added[f"{kind}{short}"] for short in shorts) for kind in ("long ", ""))
            np.testing.assert_allclose(found[name], np.asarray(over) / under, rtol=1e-9, err_msg=f"{linkage} {name}")
    same_jobs = gvc.production_length(TABLE, "backward", JOBS)["total"]
    assert not np.allclose(same_jobs, gvc.production_length(TABLE, "backward")["total"], rtol=1e-3)
