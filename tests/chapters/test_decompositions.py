"""The chapter on decompositions: its comparisons find a difference where there is one."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

import gvc
from chapters.methods import decompositions
from gvc import ICIO
from industrial_chains.sources import OECD, WIOD, Source
from tests.gvc.test_core import USA_CHN
from tests.gvc.test_decompositions import SIXTEEN, close, five_stages
from tests.strategies import tables


@pytest.mark.parametrize(
    ("source", "made", "years"),
    [
        (WIOD, ("c13", "c14", "c15"), (2005, 2011)),
        (OECD, ("C26", "C27", "C28", "C29", "C301", "C302T309"), (2011, 2022)),
    ],
)
def test_machinery_electronics_and_vehicles_together_weigh_less_in_value_added(
    source: Source, made: tuple[str, ...], years: tuple[int, ...]
) -> None:
    def advantage(flow: str, year: int) -> pd.Series:
        these, all_of_them = source.by_industry(flow, made).loc[year], source.by_industry(flow).loc[year]
        return (these / all_of_them) / (these.sum() / all_of_them.sum())

    for year in years:
        gain = advantage("vax", year) - advantage("gross_exports", year)
        assert gain[["CHN", "MEX"]].max() < -0.1
        assert gain["KOR"] > 0.1


def test_the_dictionary_is_the_one_that_the_tests_use() -> None:
    assert {nine: names.split(" + ") for _, nine, names in decompositions.SAME} == SIXTEEN


@given(tables())
def test_on_a_balanced_table_nothing_differs(table: ICIO) -> None:
    exports = gvc.gross_exports(table).sum(axis=1)
    if (exports > 1e-3 * table.x.max()).all():
        assert decompositions.correspondence(table)[["wwz", "bm"]].to_numpy().max() < 1e-6
        assert decompositions.identities(table).max() < 1e-6
        assert decompositions.rows_fall_short(table).abs().max() < 1e-6


def test_a_wrong_entry_in_the_dictionary_is_seen(monkeypatch: pytest.MonkeyPatch, sample: ICIO) -> None:
    wrong = [(bm, nine, names.replace("DDC_FIN + DDC_INT", "DDC_INT")) for bm, nine, names in decompositions.SAME]
    monkeypatch.setattr(decompositions, "SAME", wrong)
    differs = decompositions.correspondence(sample)["wwz"]
    assert list(differs[differs > 1e-6].index.get_level_values(1)) == ["DDC"]


def test_the_nine_terms_are_shown_in_percent_of_exports(sample: ICIO) -> None:
    share = decompositions.correspondence(sample)["share"]
    terms, exports = gvc.kww(sample), gvc.gross_exports(sample).to_numpy().sum()
    assert share.xs("FDC", level=1).item() == pytest.approx(100 * terms["FDC"].sum() / exports)
    assert share.sum() == pytest.approx(100 * terms.to_numpy().sum() / exports)


def test_rows_that_fall_short_are_what_the_nine_terms_miss(sample: ICIO) -> None:
    """Fill the rows up, in final demand at home, and every identity holds."""
    short = sample.x - sample.Z.sum(axis=1) - sample.Y.sum(axis=1)
    Y = sample.Y.copy()
    Y[np.arange(len(short)), sample.home] += short
    full = ICIO(
        economies=sample.economies, sectors=sample.sectors, Z=sample.Z, Y=Y, x=sample.x, va=sample.va, unit=sample.unit
    )
    assert decompositions.identities(sample)["The nine terms make exports"] > 0.1
    assert decompositions.identities(full).max() < 1e-9
    assert decompositions.correspondence(full)[["wwz", "bm"]].to_numpy().max() < 1e-9
    by_economy = pd.Series(short).groupby(np.array(sample.economies)[sample.home], sort=False).sum()
    output = pd.Series(sample.x).groupby(np.array(sample.economies)[sample.home], sort=False).sum()
    np.testing.assert_allclose(decompositions.rows_fall_short(sample), 100 * by_economy / output)


def test_exports_in_parts_are_whole(sample: ICIO) -> None:
    parts = decompositions.parts(sample).pivot(index="exporter", columns="part", values="value")
    np.testing.assert_allclose(parts.sum(axis=1), 100)
    assert (parts >= 0).to_numpy().all()
    assert parts.index.size == len(sample.economies)
    vbe, nine = gvc.value_added_in_exports(sample), gvc.kww(sample)
    np.testing.assert_allclose(parts["Foreign"], 100 * (1 - np.diag(vbe) / vbe.sum()).loc[parts.index])
    home = nine[["RDV_FIN", "RDV_INT", "DDC"]].sum(axis=1) / vbe.sum()
    np.testing.assert_allclose(parts["Own, back"], 100 * home.loc[parts.index])


# -- what is counted twice ----------------------------------------------------------------------------------------


def test_double_counting_by_hand() -> None:
    """One unit of value at each of five stages, from C1 to C2 and back twice; two fifths of the good stay in C1.

    C1 exports 1, then 3, then the 3/5 of its good that C2 uses, which is 3. C2's unit of stage two leaves C1 at stage
    three and, three fifths of it, once more at stage five; its unit of stage four leaves C1 only then.
    """
    found = decompositions.double_counting(five_stages(), ["C1", "C2"])
    np.testing.assert_allclose(found["twice", "BM"]["C1"], 100 * 0.6 / (1 + 0.6 + 0.6))
    # As Koopman, Wang and Wei print them: 1.0 of 1.2 + 0 + 1.0, and 2.2 of 0 + 0.8 + 2.2.
    np.testing.assert_allclose(found["twice", "KWW"], [100 * 1.0 / 2.2, 100 * 2.2 / 3.0])
    np.testing.assert_allclose(found["share"], 100)


def test_how_much_counts_twice_depends_on_the_definition(sample: ICIO) -> None:
    found = decompositions.double_counting(sample, ["CHN", "JPN", "KOR", "RUS"])
    assert found["twice", "BM"].max() < 1.5
    assert found["twice", "KWW"].min() > 10
    moved = found["share"].sub(found["share", "FC"], axis=0).abs().max()
    assert moved["BM"] < 0.02 < moved["KWW"] < 0.6


@given(tables(min_economies=3))
def test_what_counts_once_by_origin_is_the_sums_written_out(table: ICIO) -> None:
    """Two origins in the third economy's exports: Koopman, Wang and Wei's terms, and a world without its inputs."""
    exporter, N, G = table.economies[2], len(table.sectors), len(table.economies)
    block = [slice(g * N, (g + 1) * N) for g in range(G)]
    A = np.divide(table.Z, table.x, out=np.zeros_like(table.Z), where=table.x != 0)
    v = np.where(table.x != 0, 1 - A.sum(axis=0), 0)
    made = table.x[block[2]] != 0
    others = [g for g in range(G) if g != 2]
    one = np.eye(N)
    reaching = sum(
        table.Y[block[2], r] + A[block[2], block[r]] @ np.linalg.inv(one - A[block[r], block[r]]) @ table.Y[block[r], r]
        for r in others
    )
    exports = sum(table.Y[block[2], r] + table.Z[block[2], block[r]].sum(axis=1) for r in others)
    no_inputs = A.copy()
    for r in others:
        no_inputs[block[2], block[r]] = 0
    found = decompositions.double_counting(table, table.economies[:2])["share"].loc[exporter]
    for name, world, flow in (("KWW", A, reaching), ("BM", no_inputs, exports), ("FC", A, exports)):
        B = np.linalg.inv(np.eye(len(A)) - world)
        content = [v[block[t]] @ B[block[t], block[2]] @ (flow * made) for t in others]
        if sum(content) > 1e-6 * table.x.max():
            assert found[name] == pytest.approx(100 * sum(content[:2]) / sum(content), rel=1e-8), name


# -- beside participation -------------------------------------------------------------------------------------------


def test_shares_beside_participation(sample: ICIO) -> None:
    nea = ["CHN", "JPN", "KOR", "RUS"]
    found = decompositions.shares_and_participation(sample, nea, ["MEX", "IND"])
    vbe = gvc.value_added_in_exports(sample)
    np.testing.assert_allclose(found["of_exports"], (100 * vbe.loc[nea].sum() / vbe.sum())[["MEX", "IND"]])
    np.testing.assert_allclose(found["va_share"]["MEX"], gvc.origin_share(vbe, nea, "MEX"))
    np.testing.assert_allclose(
        found["input_share"]["IND"], gvc.origin_share(gvc.intermediate_flows(sample), nea, "IND")
    )
    pd.testing.assert_frame_equal(
        found[["backward", "forward"]], gvc.participation(sample).loc[["MEX", "IND"]], check_names=False
    )


def test_identities_see_what_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    table = ICIO(**USA_CHN)  # type: ignore[arg-type]
    assert decompositions.identities(table).max() < 1e-9
    right = decompositions.kww
    monkeypatch.setattr(decompositions, "kww", lambda icio: right(icio).assign(FDC=1.0))
    broken = decompositions.identities(table)
    assert list(broken[broken > 1e-6].index) == ["The sixteen terms make the nine", "The nine terms make exports"]
    assert broken.max() == pytest.approx(100 / 70)
    close(table, right(table).sum(axis=1), gvc.gross_exports(table).sum(axis=1))
