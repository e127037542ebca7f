"""What all tests share."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import nbval.kernel
import pytest
from jupyter_client.manager import KernelManager
from playwright.sync_api import BrowserContext, Playwright, sync_playwright

from gvc import ICIO, panel
from industrial_chains import sample as tables
from industrial_chains.book.building import kernels, references
from tests import light, synthetic
from tests.browser import chromium
from tests.fixtures import test_data, toys

ROOT = Path(__file__).parents[1]
__all__ = ["test_data", "toys"]


class _ByFiles(kernels.Files, KernelManager):
    """As the kernels of the book: of two that look for ports at once, one can die."""


def pytest_configure() -> None:
    """Give nbval such kernels, and hold the tests of `make check` to what they may ask for."""
    nbval.kernel.KernelManager = _ByFiles
    if "GVC_LIGHT" in os.environ:
        sys.addaudithook(light.refuse)


#: The longest files, from the longest. Tests of a file follow one another in one process: whichever began last would
#: leave the other processes idle.
LONGEST = [
    *("site/test_site.py", "building/test_processes.py", "building/test_mistakes.py", "test_reader_panels.py"),
    *("site/test_what_if.py", "site/test_access.py", "site/test_explorer.py", "book/test_extension.py"),
    *("gvc/test_decompositions.py", "pipeline/test_nafta.py", "reference/index.ipynb", "northeast_asia/claims.ipynb"),
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files. With ``--dist loadfile`` it takes ``--no-loadscope-reorder`` to keep this order."""
    order = {item.path: [item.path.as_posix().endswith(f"/{one}") for one in LONGEST] for item in items}
    items.sort(key=lambda item: order[item.path], reverse=True)  # stable


def pytest_itemcollected(item: pytest.Item) -> None:
    """Let nbval look away from what the references do not hold."""
    if not set(references.UNCOMPARED) <= set(getattr(item.parent, "skip_compare", references.UNCOMPARED)):
        item.parent.skip_compare += references.UNCOMPARED


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[BrowserContext]:
    with chromium(playwright) as context:
        yield context


@pytest.fixture(scope="session")
def sample() -> ICIO:
    """Read the real table, small enough to print."""
    return tables.sample()


@pytest.fixture
def own_folders(tmp_path, monkeypatch) -> None:
    """Keep tests of commands from the tables that this machine has read, and from its signals."""
    monkeypatch.setenv("GVC_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("signal.signal", lambda *_: None)  # the runner's own remain


@pytest.fixture(scope="session")
def full(tmp_path_factory) -> Path:
    """Name a data folder with a panel of 2017 and 2021 in full coverage."""
    folder = tmp_path_factory.mktemp("data")
    panel.build(synthetic.write(folder / "files", [2017, 2021]), folder / "panel" / "adb.parquet", workers=1)
    return folder
