"""What all tests share."""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import nbval.kernel
import pytest
from jupyter_client.manager import KernelManager
from playwright.sync_api import BrowserContext, Playwright, sync_playwright
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from book import times
from book.building import kernels, references
from gvc import ICIO, panel
from industrial_chains import kept
from industrial_chains import sample as tables
from tests import light, synthetic
from tests.browser import chromium
from tests.fixtures import forks, own_folders, own_program, test_data, toys

ROOT = Path(__file__).parents[1]
__all__ = ["forks", "own_folders", "own_program", "test_data", "toys"]


class _ByFiles(kernels.Files, KernelManager):
    """As the kernels of the book: of two that look for ports at once, one can die."""


def pytest_configure() -> None:
    """Give nbval such kernels, keep results, and hold the tests of `make check` to what they may ask for."""
    os.environ.setdefault(kept.FOLDER, str(ROOT / ".cache" / "results"))
    nbval.kernel.KernelManager = _ByFiles
    if "GVC_LIGHT" in os.environ:
        sys.addaudithook(light.refuse)


#: The longest files, from the longest: whichever began last would leave the other processes idle.
LONGEST = [
    *("site/test_site.py", "site/test_what_if.py", "site/test_access.py", "site/test_explorer.py"),
    *("building/test_processes.py", "test_reader_panels.py", "pipeline/test_oecd.py", "book/test_extension.py"),
    *("gvc/test_panel.py", "gvc/test_equilibrium.py", "chapters/test_claims.py", "pipeline/test_nafta.py"),
    *("gvc/test_workbooks.py", "chapters/test_back_test.py", "gvc/test_decompositions.py", "exhibits/test_sliders.py"),
    *("languages/test_catalogues.py", "pipeline/test_ledger.py", "building/test_mistakes.py", "exhibits/test_book.py"),
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files. With ``--dist loadfile`` it takes ``--no-loadscope-reorder`` to keep this order."""
    order = {item.path: [item.path.as_posix().endswith(f"/{one}") for one in LONGEST] for item in items}
    items.sort(key=lambda item: order[item.path], reverse=True)  # stable


class ByLanguage(LoadFileScheduling):
    """Has the tests of a file follow one another in one process; but for those of pages, which do by language."""

    def _split_scope(self, nodeid: str) -> str:
        page = re.search(r"\[(zh/)?[\w/]+\.html\b", nodeid)
        return super()._split_scope(nodeid) + (f" {page[1]}" if page else "")


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByLanguage:
    """Hand the tests out so."""
    return ByLanguage(config, log)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Let nbval look away from what the references do not hold."""
    if not set(references.UNCOMPARED) <= set(getattr(item.parent, "skip_compare", references.UNCOMPARED)):
        item.parent.skip_compare += references.UNCOMPARED


def pytest_sessionstart(session: pytest.Session) -> None:
    """Time the files of a whole run, in the one process that hears of all."""
    if session.config.args_source.name != "ARGS" and not hasattr(session.config, "workerinput"):
        session.config.pluginmanager.register(Times())


class Times:
    """Adds up the seconds and the tests of each file, for `make times`."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[float, float]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add a phase of a test to its file."""
        name = report.nodeid.partition("::")[0]
        seconds, tests = self.files.get(name, (0.0, 0.0))
        self.files[name] = seconds + report.duration, tests + (report.when == "call")

    def pytest_sessionfinish(self) -> None:
        """Keep them."""
        times.keep(ROOT, "make test", self.files)


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


@pytest.fixture(scope="session")
def full(tmp_path_factory) -> Path:
    """Name a data folder with a panel of 2017 and 2021 in full coverage."""
    folder = tmp_path_factory.mktemp("data")
    panel.build(synthetic.write(folder / "files", [2017, 2021]), folder / "panel" / "adb.parquet", workers=1)
    return folder
