"""Numbers that others computed: Koopman, Wang and Wei's appendix, R's `decompr` and `gvc`, R's `exvatools`.

Where one of them is wrong the test says why, and shows how its number comes about.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import gvc
from gvc import ICIO
from gvc.flows import industry_exports
from gvc.leontief import domestic_inverse, imported_inputs, input_coefficients, inverse, value_added_coefficients
from tests import naive
from tests.gvc.printed import KWW
from tests.gvc.test_decompositions import close, nine

TOLERANCE = 1e-9


def same(actual: object, expected: object, says: str = "") -> None:
    np.testing.assert_allclose(actual, expected, rtol=TOLERANCE, atol=1e-11, err_msg=says)  # type: ignore[arg-type]


def csv(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, index_col=0)


def made(Z: pd.DataFrame, Y: pd.DataFrame, x: np.ndarray, sectors: list[str]) -> ICIO:
    return ICIO(economies=list(Y), sectors=sectors, Z=Z, Y=Y, x=x, va=x - Z.to_numpy().sum(axis=0))


# -- Koopman, Wang and Wei (2014), online appendix C and D ----------------------------------------------------------


def numbers(printed: Any) -> Any:
    """Give each of the nine terms its name, v1 to v9."""
    if not isinstance(printed, dict) or "terms" not in printed:
        return printed
    others = {name: number for name, number in printed.items() if name != "terms"}
    return {f"v{at}": number for at, number in enumerate(printed["terms"], 1)} | others


@pytest.fixture(params=KWW)
def example(request: pytest.FixtureRequest) -> dict[str, Any]:
    return KWW[request.param]


@pytest.fixture
def recomputed(request: pytest.FixtureRequest, example: dict[str, Any], test_data: Path) -> dict[str, Any]:
    """Name the file of what was computed elsewhere for the same table."""
    examples = json.loads((test_data / "vectors/kww_online_appendix/kww_examples.json").read_text())
    found: dict[str, Any] = examples[next(name for name, one in KWW.items() if one is example)]
    assert found["published"] == {where: numbers(printed) for where, printed in example["published"].items()}
    assert all(found[name] == example[name] for name in example if name != "published")
    return found


@pytest.fixture
def appendix_table(example: dict[str, Any]) -> ICIO:
    """Economies may have different numbers of sectors: those that one lacks are industries without output."""
    economies, count = example["countries"], example["sectors"]
    N = count if isinstance(count, int) else max(count.values())
    home = example.get("country_of_row", np.repeat(range(len(economies)), N))
    rows = [N * at + list(home[:row]).count(at) for row, at in enumerate(home)]
    GN = len(economies) * N
    Z, Y, x, va = np.zeros((GN, GN)), np.zeros((GN, len(economies))), np.zeros(GN), np.zeros(GN)
    Z[np.ix_(rows, rows)], Y[rows], x[rows], va[rows] = example["Z"], example["Y"], example["X"], example["VA"]
    return ICIO(economies=economies, sectors=[f"s{n}" for n in range(N)], Z=Z, Y=Y, x=x, va=va)


def appendix_terms(table: ICIO) -> dict[str, dict[str, float]]:
    kww, vbe = gvc.kww(table), gvc.value_added_in_exports(table)
    exports = gvc.gross_exports(table).sum(axis=1)
    found = {}
    for code in table.economies:
        terms, e = kww.loc[code], exports[code]
        vax, dva = terms.iloc[:3].sum(), terms.iloc[:5].sum()
        found[code] = dict(zip((f"v{n}" for n in range(1, 10)), terms, strict=True)) | {
            "E": e,
            "VAX": vax,
            "VAX_ratio": vax / e if e else np.nan,
            "DVA": dva,
            "DVA_share": dva / e if e else np.nan,
            "FVA": terms["FVA_FIN"] + terms["FVA_INT"],
            "DC": vbe.loc[code, code],
            "DC_share": vbe.loc[code, code] / e if e else np.nan,
            "VS": vbe[code].drop(code).sum(),
            "VS1star": vbe.loc[code].drop(code).sum(),
        }
    return found


def test_kww_as_printed(example: dict[str, Any], appendix_table: ICIO) -> None:
    """Every printed number, to its last digit."""
    found = appendix_terms(appendix_table)
    for where, printed in example["published"].items():
        if where == "VBY":
            assert gvc.value_added_in_final_demand(appendix_table).round(1).to_numpy().tolist() == printed
        elif where == "E":
            same([found[code]["E"] for code in appendix_table.economies], printed)
        else:
            for name, number in numbers(printed).items():
                digits = len(str(number).partition(".")[2])
                assert found[where][name] == pytest.approx(number, abs=0.5 * 10**-digits + 1e-9), (where, name)


def test_kww_as_computed(recomputed: dict[str, Any], appendix_table: ICIO) -> None:
    found = appendix_terms(appendix_table)
    for code, numbers in recomputed["numpy"].items():
        # Stored to ten decimals.
        np.testing.assert_allclose([found[code][name] for name in numbers], list(numbers.values()), atol=1e-10)
    vby = gvc.value_added_in_final_demand(appendix_table)
    np.testing.assert_allclose(vby, recomputed["numpy_VBY_origin_by_absorber"], atol=1e-10)
    # There undefined is written as 0.
    np.testing.assert_allclose(gvc.link_index(vby).fillna(0), recomputed["numpy_LINK"], atol=1e-8)


# -- decompr's leather table --------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def leather_data(test_data: Path) -> Path:
    return test_data / "vectors" / "decompr_leather"


@pytest.fixture(scope="session")
def leather(leather_data: Path) -> ICIO:
    Z, Y = csv(leather_data / "Z.csv"), csv(leather_data / "Y.csv")
    sectors = [label.partition(".")[2] for label in Z.index[:3]]
    return made(Z, Y, csv(leather_data / "X.csv")["output"].to_numpy(), sectors)


def test_leather_flows(leather: ICIO, leather_data: Path) -> None:
    vby = gvc.value_added_in_final_demand(leather)
    same(gvc.value_added_in_exports(leather), csv(leather_data / "headline_VA_origin_in_exports.csv"))
    same(vby, csv(leather_data / "headline_VA_in_final_demand_T.csv"))
    same(gvc.link_index(vby).fillna(0), csv(leather_data / "headline_LINK.csv"))


def test_leather_inverses(leather: ICIO, leather_data: Path) -> None:
    same(inverse(leather), csv(leather_data / "decompr_B.csv"))
    same(domestic_inverse(leather).toarray(), csv(leather_data / "decompr_L.csv"))


def test_leather_leontief_decomposition(leather: ICIO, leather_data: Path) -> None:
    v, B = value_added_coefficients(leather)[:, None], inverse(leather)
    same(v * B, csv(leather_data / "leontief_none.csv"))
    for name, weights in (("exports", industry_exports(leather).sum(axis=1)), ("output", leather.x)):
        same((v * B * weights).ravel(), pd.read_csv(leather_data / f"leontief_{name}.csv")["FVAX"], name)
    same((v * B @ leather.Y).ravel(), pd.read_csv(leather_data / "leontief_final_demand.csv")["Final_Demand"])


def test_leather_kww(leather: ICIO, leather_data: Path) -> None:
    same(gvc.kww(leather), csv(leather_data / "kww.csv"))


def test_leather_wwz(leather: ICIO, leather_data: Path) -> None:
    keys = ["Exporting_Country", "Exporting_Industry", "Importing_Country"]
    expected = pd.read_csv(leather_data / "wwz.csv", index_col=keys)
    terms = gvc.wwz(leather)
    assert terms.index.equals(expected.index)
    assert list(terms) == list(expected)[:16]
    same(terms, expected[list(terms)])
    same(nine(terms), pd.read_csv(leather_data / "wwz2kww.csv", index_col=keys))


def test_leather_wwz_as_the_article_prints_it(leather: ICIO, leather_data: Path) -> None:
    printed = pd.read_csv(leather_data / "published_article_WWZ_example.csv")
    terms = gvc.wwz(leather)
    label = [".".join(key).replace("_", ".") for key in terms.index]
    rows = printed.set_index("exporter.exportingind.importer").loc[label, list(terms)]
    np.testing.assert_allclose(terms, rows, rtol=1e-6, atol=1e-8)


def test_leather_in_the_perspective_of_the_world_as_r_prints_it(leather: ICIO) -> None:
    """At the sink, of R's `icio`, which reproduces Stata's by its description."""
    terms = gvc.borin_mancini(leather, "sink", perspective="world")
    for name, printed in {
        "FVA": [8.471827, 18.265189, 33.128506],
        "FDC": [2.138217, 2.873058, 3.180911],
        "DVA": [52.81756, 89.82482, 106.84240],
        "REF": [6.085473, 12.483373, 10.123261],
    }.items():
        np.testing.assert_allclose(terms[name], printed, rtol=2e-7)


def test_leather_foreign_content_by_sector(leather: ICIO, leather_data: Path) -> None:
    """Importing to export (i2e), and what other economies export of an industry's value added (e2r)."""
    content = gvc.borin_mancini(leather, "source", "sector")["FC"]
    same(content, pd.read_csv(leather_data / "gvc_i2e.csv")["i2e"])
    v, exports = value_added_coefficients(leather), industry_exports(leather).sum(axis=1)
    abroad = ~np.equal.outer(leather.home, leather.home)
    same(v * ((inverse(leather) * abroad) @ exports), pd.read_csv(leather_data / "gvc_e2r.csv")["e2r"])


def test_leather_positions(leather: ICIO, leather_data: Path) -> None:
    """R's `gvc` asks its table for ``A`` and partial matching gives it ``Am``, inputs from abroad only."""
    expected = csv(leather_data / "position_ours_numpy.csv")
    same(gvc.upstreamness(leather), expected["upstreamness_true"])
    same(gvc.downstreamness(leather), expected["downstreamness_true"])
    wrong, unit, x = imported_inputs(leather), np.eye(9), leather.x
    same(np.linalg.inv(unit - wrong * x / x[:, None]).sum(axis=1), expected["gvc_pkg_upstream"])
    same(np.linalg.inv(unit - wrong).sum(axis=0), expected["gvc_pkg_downstream"])
    # Chains tracked round by round side with us.
    stages = naive.stages(leather)
    length, value = (sum(stages[kind + name] for name in ("D", "RT", "S", "C")).sum(axis=1) for kind in ("long ", ""))
    same(length / value, gvc.upstreamness(leather))


def test_leather_advantage(leather: ICIO, leather_data: Path) -> None:
    """R's `gvc` compares domestic content, which counts DDC as well; ours is value added, counted once."""
    expected = pd.read_csv(leather_data / "gvc_nrca.csv")["x"]
    once = gvc.domestic_value_added_in_exports(leather)
    at_home = np.equal.outer(leather.home, leather.home)
    v, exports = value_added_coefficients(leather), industry_exports(leather).sum(axis=1)
    content = pd.Series(v * ((inverse(leather) * at_home) @ exports), once.index)
    same(gvc.revealed_comparative_advantage(content), expected)
    terms = gvc.borin_mancini(leather)
    same(content.groupby("economy", sort=False).sum(), terms["DVA"] + terms["DDC"])
    same(once.groupby("economy", sort=False).sum(), terms["DVA"])
    np.testing.assert_allclose(gvc.revealed_comparative_advantage(once), expected, rtol=0.01)


# -- exvatools' test table ----------------------------------------------------------------------------------------

CODES = ["ESP", "FRA", "MEX", "USA", "CHN", "ROW"]
EXPORTERS = [*CODES, "NAFTA", "EU27"]
BLOCKS = {"NAFTA": ["MEX", "USA"], "EU27": ["ESP", "FRA"]}


@pytest.fixture(scope="session")
def tables_by_exporter(wiodtest: ICIO) -> dict[str, ICIO]:
    """Tables in which each exporter, a group as one block, is an economy."""
    blocks = {name: gvc.as_block(wiodtest, members, name) for name, members in BLOCKS.items()}
    return dict.fromkeys(CODES, wiodtest) | blocks


@pytest.fixture(scope="session")
def totals(wiodtest_data: Path) -> pd.DataFrame:
    rows = pd.read_csv(wiodtest_data / "exvadec_totals.csv")
    return rows.set_index(["method", "output", "exporter"]).sort_index()


def expected_terms(totals: pd.DataFrame, method: str, output: str, exporter: str) -> pd.Series:
    return totals.loc[(method, output, exporter)].set_index("term")["total"]


def test_exvatools_flows(wiodtest: ICIO, tables_by_exporter: dict[str, ICIO], wiodtest_data: Path) -> None:
    same(input_coefficients(wiodtest), csv(wiodtest_data / "A.csv"))
    same(inverse(wiodtest), csv(wiodtest_data / "B.csv"))
    same(domestic_inverse(wiodtest).toarray(), csv(wiodtest_data / "Ld.csv"))
    same(value_added_coefficients(wiodtest), np.diag(csv(wiodtest_data / "W.csv")))
    same(industry_exports(wiodtest), csv(wiodtest_data / "EXGR.csv"))
    flows = pd.read_csv(wiodtest_data / "get_va.csv", index_col=["origin", "dest"])
    vbe, vby = gvc.value_added_in_exports(wiodtest), gvc.value_added_in_final_demand(wiodtest)
    single = flows[flows.index.get_level_values("dest").isin(CODES)]
    for column, flow in (("va_exgr_TC", vbe), ("va_fd", vby), ("va_exgr_FC", vbe - np.diag(np.diag(vbe)))):
        same(flow, single[column].unstack().loc[CODES, CODES], column)
    # exvatools keeps the group's members apart as origins of its exports.
    nafta = flows.xs("NAFTA", level="dest")
    block = gvc.value_added_in_exports(tables_by_exporter["NAFTA"])["NAFTA"]
    others = [code for code in CODES if code not in BLOCKS["NAFTA"]]
    same(block[others], nafta.loc[others, "va_exgr_FC"])
    same(block["NAFTA"], nafta.loc[BLOCKS["NAFTA"], "va_exgr_TC"].sum())
    same(vby[BLOCKS["NAFTA"]].sum(axis=1), nafta.loc[CODES, "va_fd"])


def test_exvatools_value_added_in_final_demand_by_industry(wiodtest: ICIO, wiodtest_data: Path) -> None:
    v = value_added_coefficients(wiodtest)[:, None]
    same(v * (inverse(wiodtest) @ wiodtest.Y), csv(wiodtest_data / "VBY.csv"))


@pytest.mark.parametrize(("folder", "approach"), [("bm_src", "source"), ("my", "source"), ("bm_snk", "sink")])
def test_exvatools_borin_mancini_by_sector_and_importer(
    wiodtest: ICIO, wiodtest_data: Path, folder: str, approach: gvc.decompositions.Approach
) -> None:
    """With Miroudot and Ye (``my``) what counts once is what Borin and Mancini count at the source."""
    terms = gvc.borin_mancini(wiodtest, approach, "bilateral_sector")
    files = sorted((wiodtest_data / folder).glob("*.csv"))
    assert files
    for file in files:
        same(terms[file.stem].unstack("importer").loc[CODES, CODES], csv(file), f"{folder} {file.stem}")


@pytest.mark.parametrize("exporter", EXPORTERS)
def test_exvatools_borin_mancini_totals(
    tables_by_exporter: dict[str, ICIO], totals: pd.DataFrame, exporter: str
) -> None:
    table = tables_by_exporter[exporter]
    source, sink = (gvc.borin_mancini(table, approach).loc[exporter] for approach in ("source", "sink"))
    for method, terms in (("bm_src", source), ("bm_snk", sink), ("my", source)):
        expected = expected_terms(totals, method, "standard", exporter)
        same(terms[expected.index], expected, method)
    # Its finer terms, added up to ours.
    finer = expected_terms(totals, "bm_src", "terms", exporter)
    same(finer[["VAX1", "VAX2"]].sum(), source["DAVAX"])
    same(finer[["VAX3", "VAX4"]].sum(), source["VAX"] - source["DAVAX"])
    for terms, fine in ((source, finer), (sink, expected_terms(totals, "bm_snk", "terms", exporter))):
        same(fine[["REF1", "REF2"]].sum(), terms["REF"])
        same(fine[["FVA1", "FVA2", "FVA3", "FVA4"]].sum(), terms["FVA"])
        same(fine[["DDC", "FDC"]], terms[["DDC", "FDC"]])


def test_exvatools_borin_mancini_all_exporters(wiodtest: ICIO, totals: pd.DataFrame) -> None:
    for method, approach in (("bm_src", "source"), ("bm_snk", "sink"), ("my", "source")):
        expected = expected_terms(totals, method, "standard", "all")
        same(gvc.borin_mancini(wiodtest, approach).sum()[expected.index], expected, method)  # type: ignore[arg-type]


@pytest.mark.parametrize("exporter", EXPORTERS)
def test_exvatools_kww_and_wwz_totals(tables_by_exporter: dict[str, ICIO], totals: pd.DataFrame, exporter: str) -> None:
    table = tables_by_exporter[exporter]
    kww = gvc.kww(table).loc[exporter]
    terms = expected_terms(totals, "kww", "terms", exporter)
    same(kww, terms[["VAX1", "VAX2", "VAX3", "REF1", "REF2", "DDC", "FVA1", "FVA2", "FDC"]])
    wwz = gvc.wwz(table).loc[exporter].sum()
    terms = expected_terms(totals, "wwz", "terms", exporter)
    same(
        wwz,
        terms[
            [
                *("DVA_FIN", "DVA_INT", "DVA_INTrex1", "DVA_INTrex2", "DVA_INTrex3", "RDV_INT", "RDV_FIN1", "RDV_FIN2"),
                *("FVA_FIN2", "FVA_FIN1", "FVA_INT2", "FVA_INT1", "DDC_FIN", "DDC_INT", "ODC", "MDC"),
            ]
        ],
    )
    for method in ("kww", "wwz"):
        standard = expected_terms(totals, method, "standard", exporter)
        same([kww.sum(), *_standard(kww)], standard[["EXGR", *STANDARD]], method)


STANDARD = ["DC", "DVA", "VAX", "REF", "DDC", "FC", "FVA", "FDC"]


def _standard(kww: pd.Series | pd.DataFrame) -> list[pd.Series]:
    """Sum the nine terms to the headings that exvatools gives all methods."""
    vax, ref, ddc = kww.iloc[..., 0:3], kww.iloc[..., 3:5], kww.iloc[..., 5:6]
    fva, fdc = kww.iloc[..., 6:8], kww.iloc[..., 8:9]
    vax, ref, ddc, fva, fdc = (part.sum(axis=part.ndim - 1) for part in (vax, ref, ddc, fva, fdc))
    return [vax + ref + ddc, vax + ref, vax, ref, ddc, fva + fdc, fva, fdc]


def test_exvatools_kww_by_sector_and_wwz_by_sector_and_importer(wiodtest: ICIO, wiodtest_data: Path) -> None:
    full = nine(gvc.wwz(wiodtest))
    by_sector = full.groupby(["exporter", "sector"], sort=False).sum()
    for name, value in zip(STANDARD, _standard(by_sector), strict=True):
        same(value, csv(wiodtest_data / "kww" / f"{name}.csv").squeeze(), name)
    for name, value in zip(STANDARD, _standard(full), strict=True):
        same(value.unstack("importer").loc[CODES, CODES], csv(wiodtest_data / "wwz" / f"{name}.csv"), name)


@pytest.mark.parametrize("exporter", EXPORTERS)
def test_exvatools_swaps_two_names_in_wwz(
    wiodtest: ICIO, tables_by_exporter: dict[str, ICIO], totals: pd.DataFrame, exporter: str
) -> None:
    """Its output ``terms2`` swaps ``OVA_FIN`` and ``OVA_INT``; its ``terms`` have them as the article's sums do."""
    table = tables_by_exporter[exporter]
    wwz = gvc.wwz(table).loc[exporter].sum()
    named = expected_terms(totals, "wwz", "terms2", exporter)
    same(wwz["OVA_FIN"], named["OVA_INT"])
    same(wwz["OVA_INT"], named["OVA_FIN"])
    right = named.drop(["EXGR", "OVA_FIN", "OVA_INT"]).rename(
        {
            "DVA_INTrex1": "DVA_INTrexI1",
            "DVA_INTrex2": "DVA_INTrexF",
            "DVA_INTrex3": "DVA_INTrexI2",
            "RDV_FIN1": "RDV_FIN",
        }
    )
    same(wwz[right.index], right)
    rows = table.home == table.result_economies.index(exporter)
    for name in ("OVA_FIN", "OVA_INT"):
        same(naive.wwz(table)[name][rows].sum(), wwz[name], name)


@pytest.mark.parametrize("exporter", EXPORTERS)
def test_exvatools_oecd_totals(tables_by_exporter: dict[str, ICIO], totals: pd.DataFrame, exporter: str) -> None:
    table = tables_by_exporter[exporter]
    source, vbe = gvc.borin_mancini(table).loc[exporter], gvc.value_added_in_exports(table)
    vby = gvc.value_added_in_final_demand(table)
    others = [code for code in table.result_economies if code != exporter]
    expected = expected_terms(totals, "oecd", "standard", exporter)
    common = ["EXGR", "DC", "DVA", "VAX", "REF", "DDC", "FC"]
    same(source[common], expected[common])
    # The OECD's forward participation is its value added in the exports of others (VS1), not BM's.
    same([vbe.loc[others, exporter].sum(), vbe.loc[exporter, others].sum()], expected[["GVCB", "GVCF"]])
    same(gvc.vertical_specialization(table).loc[exporter, ["VS", "VS1"]], expected[["GVCB", "GVCF"]])
    shares = 100 * expected[["GVCB", "GVCF"]] / expected["EXGR"]
    same(gvc.participation(table, "content").loc[exporter], shares)
    terms = expected_terms(totals, "oecd", "terms", exporter)
    same(
        [source["DVA"], source["DDC"], source["FC"]],
        [terms["EXGR_DDC"] + terms["EXGR_IDC"], *terms[["EXGR_RIM", "EXGR_FVA"]]],
    )
    tiva = expected_terms(totals, "oecd", "tiva", exporter)
    trade = gvc.gross_exports(table)
    same([trade.loc[exporter].sum(), trade[exporter].sum()], tiva[["EXGR", "IMGR"]])
    same(
        [
            vby[exporter].sum() - vby.loc[exporter, exporter],
            vby.loc[exporter, others].sum(),
            vby.loc[exporter, exporter],
        ],
        tiva[["DFD_FVA", "FFD_DVA", "DXD_DVA"]],
    )
    rows = table.home == table.result_economies.index(exporter)
    same([table.va[rows].sum(), table.x[rows].sum()], tiva[["VA", "PROD"]])


def test_exvatools_oecd_mixes_importer_and_absorber(wiodtest: ICIO, wiodtest_data: Path) -> None:
    """By importer, its VAX is by economy of absorption, so its REF = DVA − VAX can be negative; only sums mean REF."""
    v, own = value_added_coefficients(wiodtest), (np.arange(18), wiodtest.home)
    absorbed = v[:, None] * (inverse(wiodtest) @ wiodtest.Y)
    absorbed[own] = 0
    dva = gvc.borin_mancini(wiodtest, "source", "bilateral_sector")["DVA"].unstack("importer").loc[CODES, CODES]
    same(dva, csv(wiodtest_data / "oecd" / "DVA.csv"))
    same(absorbed, csv(wiodtest_data / "oecd" / "VAX.csv"))
    wrong = csv(wiodtest_data / "oecd" / "REF.csv")
    same(dva.to_numpy() - absorbed, wrong)
    assert (wrong < 0).to_numpy().any()
    right = gvc.borin_mancini(wiodtest, "source", "bilateral_sector")["REF"].unstack("importer").loc[CODES, CODES]
    assert (right.to_numpy() >= 0).all()
    followed = naive.borin_mancini(wiodtest, "source")["REF"]
    same(right, followed)
    same(right.groupby("exporter", sort=False).sum().sum(axis=1), wrong.to_numpy().reshape(6, -1).sum(axis=1))


@pytest.fixture(scope="session")
def origins(wiodtest_data: Path) -> pd.DataFrame:
    """Of exvadir: value added by exporter, kind, origin and importer, the origin's industries added."""
    rows = pd.read_csv(wiodtest_data / "exvadir_origin.csv")
    keys = ["exporter", "va_type", "intra", rows["origin"].str[:3], "importer"]
    return rows.groupby(keys)["value"].sum().unstack("importer")[CODES]


@pytest.mark.parametrize("exporter", CODES)
def test_exvatools_origins_by_importer(wiodtest: ICIO, origins: pd.DataFrame, exporter: str) -> None:
    for market in CODES:
        routes = gvc.value_added_by_route(wiodtest, exporter, market)["exported"]
        same(routes, origins.loc[(exporter, "TC", False)].loc[CODES, market], market)
        same(routes.drop(exporter), origins.loc[(exporter, "FC", False)][market][CODES].drop(exporter), market)
    # By origin, what is counted once is what passes through and is absorbed anywhere.
    absorbed = gvc.value_added_by_route(wiodtest, exporter, CODES)["absorbed"]
    same(absorbed.drop(exporter), origins.loc[(exporter, "FVA", False)].sum(axis=1)[CODES].drop(exporter))
    same(absorbed[exporter], origins.loc[(exporter, "DVA", False)].loc[exporter].sum())


def test_exvatools_origins_of_a_block(tables_by_exporter: dict[str, ICIO], origins: pd.DataFrame) -> None:
    nafta, members = tables_by_exporter["NAFTA"], BLOCKS["NAFTA"]
    others = [code for code in CODES if code not in members]
    for market in others:
        routes = gvc.value_added_by_route(nafta, "NAFTA", market)["exported"]
        same(routes[others], origins.loc[("NAFTA", "FC", False)].loc[others, market], market)
        same(routes["NAFTA"], origins.loc[("NAFTA", "DC", False)].loc[members, market].sum(), market)
    absorbed = gvc.value_added_by_route(nafta, "NAFTA", nafta.result_economies)["absorbed"]
    same(absorbed[others], origins.loc[("NAFTA", "FVA", False)].sum(axis=1)[others])
    same(absorbed["NAFTA"], origins.loc[("NAFTA", "DVA", False)].loc[members].to_numpy().sum())


def test_exvatools_counts_twice_inside_a_group(
    wiodtest: ICIO, tables_by_exporter: dict[str, ICIO], origins: pd.DataFrame
) -> None:
    """With trade inside the group (``intra``) its value added is not net of double counting.

    It takes the members' exports one by one, but counts what leaves the block for the first time, not the member: what
    Mexico exports twice by way of the United States counts twice. So Mexico's comes out above Mexico's domestic value
    added in exports.
    """
    members = BLOCKS["NAFTA"]
    for market in CODES:
        routes = sum(gvc.value_added_by_route(wiodtest, member, market)["exported"] for member in members)
        same(routes, origins.loc[("NAFTA", "TC", True)].loc[CODES, market], market)
    inside = np.isin(wiodtest.home, [CODES.index(code) for code in members])
    block = inverse(wiodtest)[:, inside] @ np.linalg.inv(inverse(wiodtest)[np.ix_(inside, inside)])
    once_outside = block @ domestic_inverse(tables_by_exporter["NAFTA"])[np.ix_(inside, inside)]
    exports = industry_exports(wiodtest)[inside]
    counted = (
        value_added_coefficients(wiodtest)[:, None]
        * (once_outside * np.equal.outer(wiodtest.home, wiodtest.home[inside]))
        @ exports
    )
    reported = origins.loc[("NAFTA", "DVA", True)]
    same(wiodtest.by_economy(counted.T).T[[2, 3]], reported.loc[members])
    true = gvc.borin_mancini(wiodtest)["DVA"]
    followed = naive.borin_mancini(wiodtest, "source")["DVA"].sum(axis=1)
    same(true, wiodtest.by_economy(followed))
    assert (reported.loc[members].sum(axis=1) > true[members] * 1.01).all()


# -- a real table -------------------------------------------------------------------------------------------------


def test_frameworks_agree_on_a_real_table(test_data: Path) -> None:
    """WIOD 1999: idle industries that deliver, negative inventories, rows that sum to a little less than output."""
    table = gvc.read_icio(test_data / "data" / "wiod2013" / "wiod99.rda")
    exports = gvc.gross_exports(table).sum(axis=1)
    kww, source, sink = gvc.kww(table), gvc.borin_mancini(table), gvc.borin_mancini(table, "sink")
    close(table, nine(gvc.wwz(table)).groupby("exporter", sort=False).sum(), kww)
    close(table, source.iloc[:, :9], sink.iloc[:, :9])
    close(table, source["DDC"], kww["DDC"])
    close(table, source["EXGR"], exports)
    close(table, source[["DVA", "DDC", "FVA", "FDC"]].sum(axis=1), exports)
    # What the rows lack is final demand that nobody has, and what it would embody is missing in the nine terms.
    assert (kww.sum(axis=1) < exports).all()
    np.testing.assert_allclose(kww.sum(axis=1), exports, rtol=0.01)
