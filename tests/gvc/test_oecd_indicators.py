"""The OECD's indicators by name: against exvatools, against sums written out, and what each adds up to."""

import inspect
import re
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

import gvc
from gvc import ICIO, GvcError
from gvc.oecd_indicators import INDICATORS
from tests.gvc.test_contents import residual, written_out
from tests.gvc.test_decompositions import close, split_tables
from tests.gvc.test_vectors import CODES

ALL = list(INDICATORS)


def of(table: ICIO, indicator: str, **who: str) -> float:
    """Sum of an indicator over all that is not chosen."""
    (level, code), *_ = who.items()
    return float(gvc.tiva(table, indicator).xs(code, level=level).sum())


@pytest.mark.parametrize("exporter", [*CODES, "NAFTA", "EU27"])
def test_exvatools_indicators_of_the_oecd(wiodtest: ICIO, wiodtest_data: Path, exporter: str) -> None:
    """A group is one economy there. FEXDVAP is FEXGR_DVA, DXD_DVA the domestic part of FD_VA."""
    rows = pd.read_csv(wiodtest_data / "exvadec_totals.csv")
    rows = rows[(rows["method"] == "oecd") & (rows["output"] == "tiva") & (rows["exporter"] == exporter)]
    expected = rows.set_index("term")["total"]
    groups = {"NAFTA": ["MEX", "USA"], "EU27": ["ESP", "FRA"]}
    table = gvc.as_block(wiodtest, groups[exporter], exporter) if exporter in groups else wiodtest
    found = {
        **{name: of(table, name, exporter=exporter) for name in ALL if name in expected and name[:4] == "EXGR"},
        **{name: of(table, name, importer=exporter) for name in ALL if name in expected and name[:4] == "IMGR"},
        "FEXDVAP": of(table, "FEXGR_DVA", origin=exporter),
        "FD_VA": of(table, "FD_VA", origin=exporter),
        "DXD_DVA": gvc.tiva(table, "FD_VA")[exporter, exporter],
        "FFD_DVA": of(table, "FFD_DVA", origin=exporter),
        "DFD_FVA": of(table, "DFD_FVA", absorber=exporter),
    }
    assert len(found) == 13
    np.testing.assert_allclose(list(found.values()), expected[list(found)], rtol=1e-8)


@given(split_tables())
def test_each_is_the_sum_of_its_terms(table: ICIO) -> None:
    """Every chain from origin to absorber written out, and those taken that a name speaks of."""
    none = np.zeros(table.Z.shape, dtype=bool)
    exports, final = (written_out(table, flow, residual(table), none) for flow in ("exports", "final_demand"))
    at = {name: exports.index.get_level_values(name) for name in exports.index.names}
    own, returned = at["origin"] == at["exporter"], at["origin"] == at["importer"]
    inputs = at["use"] == "intermediate"
    home = final.index.get_level_values("origin") == final.index.get_level_values("absorber")
    terms = {
        "EXGR": exports,
        "EXGR_INT": exports.where(inputs, 0),
        "EXGR_FNL": exports.where(~inputs, 0),
        "EXGR_DVA": exports.where(own, 0),
        "EXGR_FVA": exports.where(~own, 0),
        "EXGR_INTDVA": exports.where(own & inputs, 0),
        "EXGR_FNLDVA": exports.where(own & ~inputs, 0),
        "EXGR_BSCI": exports,
        "FEXGR_DVA": exports.where(~own, 0),
        "IMGR": exports,
        "IMGR_INT": exports.where(inputs, 0),
        "IMGR_FNL": exports.where(~inputs, 0),
        "IMGR_DVA": exports.where(returned, 0),
        "IMGR_BSCI": exports,
        "FD_VA": final,
        "FDVA_BSCI": final,
        "FFD_DVA": final.where(~home, 0),
        "DFD_FVA": final.where(~home, 0),
        "FD_EXGR_VA": exports,
        "FD_EXGRINT_VA": exports.where(inputs, 0),
        "FD_EXGRFNL_VA": exports.where(~inputs, 0),
    }
    assert list(terms) == ALL
    for name, chains in terms.items():
        found = gvc.tiva(table, name)
        assert found.index.is_unique
        expected = chains.groupby(level=list(found.index.names)).sum()
        close(table, found, expected.reindex(found.index), name)
        assert len(found) == len(expected), name


def test_each_says_what_it_is() -> None:
    sample = gvc.load_sample()
    for name in ALL:
        found = gvc.tiva(sample, name)
        assert found.name == name
        assert found.attrs == {"measure": name, "unit": "million USD", "year": 2011, "source": "WIOD 2013 release"}
        assert set(gvc.as_rows(found)["measure"]) == {name}


def test_the_docstring_lists_each_with_its_dimensions() -> None:
    text = inspect.getdoc(gvc.tiva) or ""
    rows = [line for line in text.splitlines() if line.startswith("    ")]
    named = [name for line in rows for name in re.findall(r"\b[A-Z]+_[A-Z_]+\b|\b(?:EXGR|IMGR)\b", line[:32])]
    assert sorted(named) == sorted(ALL)


@pytest.mark.parametrize(
    ("indicator", "says"),
    [
        ("EXGR_DVASH", r"^indicator: expected a name among EXGR, .* found 'EXGR_DVASH'\. Did you mean EXGR_DVA or "),
        ("exgr_fva", r"found 'exgr_fva'\. Did you mean EXGR_FVA "),
        ("BSCI", r"Did you mean EXGR_BSCI or IMGR_BSCI or FDVA_BSCI\?"),
        ("VALU", r"found 'VALU'\. Pick one of these, or ask `gvc\.content`\."),
        (5, r"found a int\."),
    ],
)
def test_no_other_name_is_known(indicator: str, says: str) -> None:
    with pytest.raises(GvcError, match=says):
        gvc.tiva(gvc.load_sample(), indicator)


def test_no_table_is_refused() -> None:
    with pytest.raises(GvcError, match="icio: expected an inter-country table"):
        gvc.tiva(np.eye(3), "EXGR")  # type: ignore[arg-type]


def test_amounts_add_up() -> None:
    """Of the sample, whose rows fall a little short: everything but what is followed to its absorbers."""
    sample = gvc.load_sample()
    gross = gvc.gross_exports(sample)
    exports, imports = gvc.tiva(sample, "EXGR"), gvc.tiva(sample, "IMGR")
    for exporter, importer in product(gross.index, gross.columns):
        assert exports[exporter].xs(importer, level="importer").sum() == pytest.approx(gross.loc[exporter, importer])
        assert imports[importer].xs(exporter, level="exporter").sum() == pytest.approx(gross.loc[exporter, importer])
