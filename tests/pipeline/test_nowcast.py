"""The last table carried forward: growth against the raw files, and what is kept against a second computation."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from gvc import GvcError, panel
from gvc.icio import ICIO
from industrial_chains import nowcasts
from pipeline import nowcast as step
from pipeline.nowcast import VARIANTS, Choice, Counts
from pipeline.oecd import read


@pytest.fixture(scope="module")
def table(test_data: Path) -> ICIO:
    return read(test_data / "data" / "oecd_icio")


@pytest.fixture(scope="module")
def counts(test_data: Path, table: ICIO) -> Counts:
    return Counts(test_data / "data", table)


def test_growth_is_that_of_the_raw_files(counts, test_data) -> None:
    """Of Viet Nam's and China's sales to America by both sides; read off the files by hand."""
    by_exporters = counts.exporters(2025, Choice())
    assert by_exporters.loc["CHN", "USA"] == pytest.approx(421.0 / 582.5, rel=1e-3)
    assert by_exporters.loc["VNM", "USA"] == pytest.approx(159.4 / 107.8, rel=1e-3)
    assert by_exporters.loc["TWN", "USA"] == pytest.approx(198.27 / 75.05)
    imports = pd.read_csv(test_data / "data/us_imports/us_imports_total_monthly.csv").query("month <= 11")
    american = imports.groupby("year")["CHINA"].sum()
    ratio = american[2025] / american[2022]
    assert ratio == pytest.approx(0.57, abs=5e-3)
    both = counts.growth(2025, Choice()).loc["CHN", "USA"]
    assert both == pytest.approx(by_exporters.loc["CHN", "USA"] ** (2 / 3) * ratio ** (1 / 3), rel=1e-5)
    assert counts.growth(2025, VARIANTS["American customs"]).loc["CHN", "USA"] == pytest.approx(ratio, rel=1e-5)
    assert counts.growth(2025, VARIANTS["exporters"]).loc["CHN", "USA"] == pytest.approx(421.0 / 582.5, rel=1e-3)
    assert counts.gdp[2025]["CHN"] == pytest.approx(19626 / 18338, rel=1e-4)


def test_years_between_are_those_of_customs_where_these_count_them(counts) -> None:
    """China's sales to America by its customs 581.8, 500.3, 524.7 billion; a pair that nobody counts goes evenly."""
    between = {year: counts.growth(year, VARIANTS["exporters"]) for year in (2023, 2024, 2025)}
    assert between[2023].loc["CHN", "USA"] == pytest.approx(500.3 / 581.8, rel=2e-3)
    assert between[2024].loc["CHN", "USA"] == pytest.approx(524.7 / 581.8, rel=2e-3)
    assert between[2023].loc["DEU", "FRA"] == pytest.approx(between[2025].loc["DEU", "FRA"] ** (1 / 3))
    assert between[2024].loc["TWN", "USA"] == pytest.approx(111.37 / 75.05)
    assert np.isnan(between[2024].to_numpy().diagonal()).all()


def test_what_is_another_flow_is_not_taken(counts) -> None:
    known = counts.exporters(2025, Choice())
    assert known.loc[["HKG", "KAZ"]].isna().all(axis=None)
    assert known.loc["GBR", ["CHE", "ARE"]].isna().all(), "bullion"
    assert np.isnan(known.loc["KHM", "VNM"]), "fourteen times less than the table has"
    bounded = counts.growth(2025, Choice())
    others = bounded.drop(index=["RUS", "UKR"], columns=["RUS", "UKR"])
    assert others.min(axis=None) >= 1 / 3 - 1e-9
    assert others.max(axis=None) <= 3 + 1e-9
    assert bounded.isna().sum().sum() == int((counts.table == 0).sum().sum())


def test_other_counts_in_place_of_the_pairs(counts, test_data) -> None:
    """Of Taiwan by region, in billions; Russia's fuels in India, in millions and percent; Hong Kong with China."""
    joined = (432.48 - 152.25 - 76.20) / (479.42 - 185.87 - 75.05)
    taiwan = counts.exporters(2025, Choice()).loc["TWN"]
    assert taiwan["VNM"] == pytest.approx(joined * 118.98 / 76.3)
    assert taiwan["JPN"] == pytest.approx(joined * 30.01 / 31.4)
    others = (640.75 - 170.48 - 198.27 - 118.98 - 41.29 - 30.01) / (432.48 - 152.25 - 76.2 - 76.3 - 42.3 - 31.4)
    assert taiwan["IND"] == pytest.approx(joined * others)
    fuels = (188_625 * 30.0673) / (240_966 * 12.3861)
    assert counts.exporters(2025, Choice()).loc["RUS", "IND"] == pytest.approx(fuels, rel=1e-5)
    [file] = (test_data / "data" / step.FOLDER).glob(step.PAIRS)
    sold = pd.read_csv(file).set_index(["exporter", "importer"]).loc["DEU"]
    for variant, importers in ((nowcasts.CENTRAL, ["CHN"]), ("with Hong Kong", ["CHN", "HKG"])):
        sums = sold.loc[importers].sum()
        grew = counts.exporters(2025, VARIANTS[variant]).loc["DEU", "CHN"]
        assert grew == pytest.approx(sums["usd_2025"] / sums["usd_2022"])


def test_what_variants_leave_out(counts, test_data) -> None:
    thin = counts.exporters(2025, VARIANTS["without thin exporters"])
    assert thin.loc[["KHM", "LAO", "MMR", "BRN", "IDN", "MYS", "SGP"]].isna().all(axis=None)
    assert counts.exporters(2025, VARIANTS["without bullion"]).loc[["CHE", "GBR", "ARE", "ZAF"]].isna().all(axis=None)
    assert counts.exporters(2025, VARIANTS["rest of the world as others"]).loc["ROW"].isna().all()
    by_gdp = counts.growth(2025, VARIANTS["rest of the world by GDP"])
    assert by_gdp.loc["ROW"].isna().all()
    assert by_gdp["ROW"].isna().all()
    for variant, cap in (("cap of 2", 2), ("cap of 20", 20)):
        others = counts.growth(2025, VARIANTS[variant]).drop(index=["RUS", "UKR", "CHN", "TWN"])
        others = others.drop(columns=["RUS", "UKR", "CHN", "USA"])
        assert others.max(axis=None) == pytest.approx(cap), variant
    [file] = (test_data / "data" / step.FOLDER).glob(step.PAIRS)
    rows = pd.read_csv(file).query("importer == 'JPN'").dropna().set_index("exporter")
    rest = rows.drop([code for code in (*counts.codes, *step.SPOILT_REST) if code in rows.index]).sum()
    due = rest["usd_2025"] / rest["usd_2022"]
    assert counts.exporters(2025, Choice()).loc["ROW", "JPN"] == pytest.approx(due)


def test_what_is_kept_is_computed_anew(table, counts) -> None:
    kept = pd.read_csv(panel.DATA / "frontier" / "nowcast.csv").set_index(["variant", "year"])
    assert set(kept.index) == {(variant, year) for variant in VARIANTS for year in (2023, 2024, 2025)}
    assert len(VARIANTS) == 15
    found = step.carried(table, counts, nowcasts.CENTRAL, 2025)
    for measure, value in kept.loc[(nowcasts.CENTRAL, 2025)].items():
        assert found[measure] == pytest.approx(value, rel=1e-4), measure
    assert found["route CHN"] == pytest.approx(69.7, abs=0.05)


def copied(folder: Path, tmp_path: Path) -> Path:
    shutil.copytree(folder / step.FOLDER, tmp_path / step.FOLDER)
    for file in (tmp_path / step.FOLDER).rglob("*"):
        file.chmod(0o755 if file.is_dir() else 0o644)
    (tmp_path / step.FOLDER).chmod(0o755)
    return tmp_path


def test_a_newer_file_of_totals_needs_no_edit(test_data, table, counts, tmp_path) -> None:
    folder = copied(test_data / "data", tmp_path)
    [file] = (folder / step.FOLDER).glob(step.PAIRS)
    rows = pd.read_csv(file)
    rows.assign(usd_2024=rows["usd_2022"] * 1.5).to_csv(file.with_name("imf_exports_fob_2022_2026.csv"), index=False)
    newer = Counts(folder, table).growth(2024, VARIANTS["exporters"])
    assert newer.loc["DEU", "FRA"] == pytest.approx(1.5)
    assert counts.growth(2024, VARIANTS["exporters"]).loc["DEU", "FRA"] != pytest.approx(1.5)


def test_a_file_without_the_year_of_the_table_is_refused(test_data, table, tmp_path) -> None:
    folder = copied(test_data / "data", tmp_path)
    [file] = (folder / step.FOLDER).glob(step.PAIRS)
    pd.read_csv(file).drop(columns="usd_2022").to_csv(file, index=False)
    with pytest.raises(GvcError, match=r"imf_exports.*: expected exports of 2022 and of a later year; found 2025"):
        Counts(folder, table)
    file.unlink()
    with pytest.raises(GvcError, match="no such file"):
        Counts(folder, table)
