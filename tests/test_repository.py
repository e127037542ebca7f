"""What the repository must hold, and what none of its files may."""

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
MEGABYTE = 1_000_000

TOP_LEVEL = [
    ".ci/run", ".github/workflows/tests.yml", ".github/workflows/weekly.yml", ".pre-commit-config.yaml",
    "CITATION.cff", "CONTRIBUTING.md", "LICENSE", "LICENSE-CONTENT", "Makefile", "README.md", "_config.yml",
    "_toc.yml", "benchmarks/requirements.lock", "data/README.md", "index.md", "pyproject.toml",
    "references.bib", "requirements.lock",
]  # fmt: skip
LOCKS = ["requirements.lock", "benchmarks/requirements.lock", "benchmarks/peers.lock"]

# In pieces, so that this file does not hold what it forbids.
REGISTRIES = (
    *("pypi" + ".org", "python" + "hosted", "cran." + "r-project"),
    *("registry." + "npmjs", "deb." + "debian", "conda." + "anaconda"),
)
FORBIDDEN = re.compile("|".join(map(re.escape, REGISTRIES)) + r"|(?<![\w.%*/-])/(?:work|home|root|Users)/", re.ASCII)
DATA_OUTSIDE = "../" + "shared"


@pytest.fixture(scope="module")
def files() -> list[Path]:
    """List the files that are committed, or would be by ``git add --all``."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def text(path: Path) -> str:
    """Read the bytes of any file as text, one character each."""
    return path.read_bytes().decode("latin-1")


@pytest.mark.parametrize("name", TOP_LEVEL)
def test_file_is_there_and_not_empty(name):
    assert (ROOT / name).stat().st_size


def test_no_file_names_a_registry_or_a_machines_folders(files):
    found = {path.relative_to(ROOT).as_posix(): match[0] for path in files if (match := FORBIDDEN.search(text(path)))}
    assert not found


@pytest.mark.parametrize(
    "line", ["see https://" + REGISTRIES[0] + "/", 'open("/' + 'home/me/x")', "/" + "root/x", " /" + "work/a"]
)
def test_forbidden_is_found(line):
    assert FORBIDDEN.search(line)


@pytest.mark.parametrize("line", ["https://example.org/home/", "gvc/work/a", "python", "the PyPI package", "../root/x"])
def test_the_rest_passes(line):
    assert not FORBIDDEN.search(line)


def test_only_ci_knows_where_the_data_outside_are(files):
    assert [path.relative_to(ROOT).as_posix() for path in files if DATA_OUTSIDE in text(path)] == [".ci/run"]


@pytest.mark.parametrize("name", LOCKS)
def test_lock_has_hashes_and_no_addresses(name):
    content = (ROOT / name).read_text("utf-8")
    assert not re.search(r"://|^--?[a-z]|@ ", content, re.MULTILINE)
    pins = re.findall(r"^[\w.-]+==", content, re.MULTILINE)
    entries = re.split(r"\n(?=\S)", content.strip())
    assert len(pins) == len(entries) == len([entry for entry in entries if "--hash=sha256:" in entry])


def test_pins_of_the_benchmark_are_those_of_the_book():
    book, bench = (
        dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / name).read_text("utf-8"), re.MULTILINE)) for name in LOCKS[:2]
    )
    assert {name: bench[name] for name in bench.keys() & book.keys()}.items() <= book.items()


def test_data_are_small(files):
    assert sum(path.stat().st_size for path in files if path.is_relative_to(ROOT / "data")) < 25 * MEGABYTE


def test_only_panels_of_the_manifest_are_committed(files):
    listed = {entry["path"] for entry in yaml.safe_load((ROOT / "data" / "manifest.yml").read_text("utf-8"))}
    panels = {path.relative_to(ROOT / "data").as_posix() for path in files if path.parent == ROOT / "data" / "panel"}
    assert panels == {path for path in listed if path.startswith("panel/")}


def test_citation():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation.keys() >= {
        "cff-version",
        "message",
        "title",
        "authors",
        "version",
        "date-released",
        "license",
    }
    assert citation["date-released"] == date(2026, 11, 25)
    assert f'version = "{citation["version"]}"' in (ROOT / "pyproject.toml").read_text("utf-8")
    [article] = citation["references"]
    assert (article["type"], article["title"], article["year"]) == (
        "article",
        "产业链转移及其东北亚趋向研析",
        2025,
    )
