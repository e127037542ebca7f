"""Systems of pymrio: real ones where it is installed, and always an object with the same attributes."""

import sys
from dataclasses import replace
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

import gvc
from gvc import Account, GvcError
from tests.gvc.test_saved import assert_equal
from tests.layouts import known


class Extension:
    """What pymrio's is, as far as a table goes."""

    def __init__(self, name, F=None, F_Y=None, unit=None) -> None:
        self.name, self.F, self.F_Y, self.unit = name, F, F_Y, unit


class IOSystem:
    def __init__(self, Z=None, Y=None, x=None, unit=None, **extensions) -> None:
        self.Z, self.Y, self.x, self.unit = Z, Y, x, unit
        for name, given in extensions.items():
            setattr(self, name, Extension(**given))

    def get_extensions(self, data=False):
        assert data
        yield from [one for one in vars(self).values() if isinstance(one, Extension)]


@pytest.fixture
def stand_in(monkeypatch) -> None:
    module = ModuleType("pymrio")
    module.IOSystem = IOSystem  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pymrio", module)


def table() -> gvc.ICIO:
    icio = known(unit="million EUR")
    F = np.random.default_rng(1).gamma(1, 9, 15)
    return replace(
        icio, accounts={"CO2": Account(F=F, F_Y=[1, 2, 3, 4, 0.1], unit="kt"), "km²": Account(F=F[::-1], unit="km²")}
    )


def small(**changed: Any) -> IOSystem:
    """Make a system of two regions and two sectors with two categories of final demand, by hand."""
    rows = pd.MultiIndex.from_product([["r1", "r2"], ["a", "b"]], names=["region", "sector"])
    users = pd.MultiIndex.from_product([["r1", "r2"], ["homes", "state"]], names=["region", "category"])
    label = pd.MultiIndex.from_tuples([("CO2", "air"), ("N", "soil")])
    emitted = {
        "name": "Emissions",
        "F": pd.DataFrame([[1.0, 2, 3, 4], [5, 6, 7, 8]], label, rows).iloc[:, ::-1],
        "F_Y": pd.DataFrame([[1.0, 2, 3, 4], [0, 0, 0, 9]], label, users),
        "unit": pd.DataFrame({"unit": ["t", "kg"]}, label),
    }
    given = {
        "Z": pd.DataFrame(np.arange(16.0).reshape(4, 4), rows, rows),
        "Y": pd.DataFrame(10.0 * np.arange(16).reshape(4, 4), rows, users),
        "unit": pd.DataFrame({"unit": ["EUR"] * 4}, rows),
    }
    return IOSystem(**given | {"emissions": emitted} | changed)


@pytest.mark.usefixtures("stand_in")
def test_a_table_comes_back_from_a_system() -> None:
    for icio in (table(), known()):
        assert_equal(gvc.from_pymrio(gvc.to_pymrio(icio), year=icio.year, source=icio.source), icio)


@pytest.mark.usefixtures("stand_in")
def test_a_system_has_the_labels_units_and_extensions_of_pymrio() -> None:
    icio = table()
    io = gvc.to_pymrio(icio)
    assert io.Z.index.names == io.Z.columns.names == ["region", "sector"]
    assert io.Y.columns.names == ["region", "category"]
    assert io.x.loc[("JPN", "c2"), "indout"] == icio.x[4]
    assert io.Z.loc[("JPN", "c2"), ("MEX", "c1")] == icio.Z[4, 9]
    assert {*io.unit["unit"]} == {"million EUR"}
    assert io.value_added.F.loc["taxes"].tolist() == icio.taxes.tolist()
    assert io.accounts.F_Y.loc["CO2", ("MEX", "final demand")] == 4
    assert io.accounts.unit.loc["km²", "unit"] == "km²"


def test_extensions_are_accounts_and_categories_are_summed() -> None:
    icio = gvc.from_pymrio(small(), year=2001, source="by hand")
    assert (icio.economies, icio.sectors, icio.unit, icio.year) == (("r1", "r2"), ("a", "b"), "EUR", 2001)
    assert icio.Y.tolist() == [[10, 50], [90, 130], [170, 210], [250, 290]]
    assert icio.x.tolist() == [66, 242, 418, 594]  # rows of Z and of Y
    assert icio.va.tolist() == [66 - 24, 242 - 28, 418 - 32, 594 - 36]
    co2, nitrogen = icio.accounts["CO2 - air"], icio.accounts["N - soil"]
    assert (co2.F.tolist(), co2.F_Y.tolist(), co2.unit) == ([1, 2, 3, 4], [3, 7], "t")
    assert (nitrogen.F.tolist(), nitrogen.F_Y.tolist(), nitrogen.unit) == ([5, 6, 7, 8], [0, 9], "kg")


def test_amounts_of_final_demand_may_be_absent_or_by_region_alone() -> None:
    emitted = vars(small().emissions)  # type: ignore[attr-defined]
    absent = gvc.from_pymrio(small(emissions=emitted | {"F_Y": None})).accounts["N - soil"]
    assert (absent.F.tolist(), absent.F_Y.tolist()) == ([5, 6, 7, 8], [0, 0])
    by_region = emitted["F_Y"].T.groupby("region").sum().T[["r2", "r1"]]
    assert gvc.from_pymrio(small(emissions=emitted | {"F_Y": by_region})).accounts["CO2 - air"].F_Y.tolist() == [3, 7]


def test_a_system_that_is_no_table_is_refused() -> None:
    emitted = vars(small().emissions)  # type: ignore[attr-defined]
    wrong = {
        "io: expected a pymrio.IOSystem with Z and Y": small(Z=None),
        "io: expected a pymrio.IOSystem": pd.DataFrame(),
        "io.unit: expected one unit .*; found EUR and t": small(unit=small().unit.assign(unit=["EUR", "t"] * 2)),
        "extension Emissions, F: expected a frame .*calc_all": small(emissions=emitted | {"F": None}),
        "extension Emissions, unit: expected a frame": small(emissions=emitted | {"unit": None}),
        "extension Emissions, unit: expected each row": small(emissions=emitted | {"unit": emitted["unit"][:1]}),
        "extension Emissions, F_Y: expected each row": small(emissions=emitted | {"F_Y": emitted["F_Y"][:1]}),
        "expected rows that no other extension has; found CO2 - air again": small(again=emitted),
        "CO2 - air, F: expected shape": small(emissions=emitted | {"F": emitted["F"].iloc[:, :3]}),
        "r2 b": small(emissions=emitted | {"F": emitted["F"] * [np.nan, 1, 1, 1]}),
    }
    for said, io in wrong.items():
        with pytest.raises(GvcError, match=said):
            gvc.from_pymrio(io)


def test_without_pymrio_or_with_parts_no_system_is_made(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "pymrio", None)
    with pytest.raises(GvcError, match=r"expected pymrio; found .*pip install pymrio"):
        gvc.to_pymrio(known())
    with pytest.raises(GvcError, match=r"expected a table without parts, .*; found KOR"):
        gvc.to_pymrio(known(parts={"KOR": "MEX"}))
    with pytest.raises(GvcError, match="expected an inter-country table"):
        gvc.to_pymrio(SimpleNamespace())  # type: ignore[arg-type]


def test_pymrio_computes_the_same_of_it() -> None:
    pytest.importorskip("pymrio")
    icio = table()
    io = gvc.to_pymrio(icio)
    assert_equal(gvc.from_pymrio(io, year=icio.year, source=icio.source), icio)
    io.calc_all()
    assert_equal(gvc.from_pymrio(io, year=icio.year, source=icio.source), icio)
    by_region = io.accounts.D_cba.T.groupby("region", sort=False).sum().T
    found = gvc.footprint(icio, "CO2")
    caused = by_region.loc["CO2"] + io.accounts.F_Y.loc["CO2"].groupby("region", sort=False).sum()
    np.testing.assert_allclose(found[caused.index], caused, rtol=1e-10)


def test_the_table_that_comes_with_pymrio_is_read() -> None:
    pymrio = pytest.importorskip("pymrio")
    io = pymrio.load_test()
    icio = gvc.from_pymrio(io)
    assert (len(icio.economies), len(icio.sectors), icio.unit) == (6, 8, "Mill USD")
    assert [*icio.accounts] == ["Value Added", "emission_type1 - air", "emission_type2 - water"]
    np.testing.assert_allclose(icio.Y.sum(axis=0), io.Y.sum().groupby("region").sum()[[*icio.economies]], rtol=1e-12)
    assert gvc.from_pymrio(gvc.to_pymrio(icio)).accounts["Value Added"].unit == "Mill USD"
