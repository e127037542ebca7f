"""What the repository must hold, and what none of its files may."""

import ast
import itertools
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterable
from datetime import date
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from book import chapters
from industrial_chains.kept import modules

ROOT = Path(__file__).parents[1]
MEGABYTE = 1_000_000

TOP_LEVEL = [
    ".ci/run", ".github/workflows/release.yml", ".github/workflows/tests.yml", ".github/workflows/weekly.yml",
    ".pre-commit-config.yaml",
    "CHANGELOG.md", "CITATION.cff", "CONTRIBUTING.md", "LICENSE", "LICENSE-CONTENT", "Makefile", "README.md",
    "_config.yml", "_toc.yml", "benchmarks/requirements.lock", "data/README.md", "index.md", "pyproject.toml",
    "references.bib", "industrial_chains/pyproject.toml", "requirements.lock",
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
    assert sum(path.stat().st_size for path in files if path.is_relative_to(ROOT / "data")) < 30 * MEGABYTE


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
    assert citation["date-released"] == date(2026, 11, 28)
    assert f'version = "{citation["version"]}"' in (ROOT / "pyproject.toml").read_text("utf-8")
    [article] = citation["references"]
    assert (article["type"], article["title"], article["year"]) == (
        "article",
        "产业链转移及其东北亚趋向研析",
        2025,
    )


# -- the wheel ----------------------------------------------------------------------------------------------------

PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
#: Names of distributions whose module has another.
MODULE = {
    **{"pyyaml": "yaml", "vl-convert-python": "vl_convert", "myst-nb": "myst_nb", "fonttools": "fontTools"},
    **{"fontpkg-arimo": "fontpkg_arimo", "pylopdf-fonts-zh-cn": "pylopdf_fonts_zh_cn"},
}


def needs(pyproject: str) -> set[str]:
    """Name the modules that a package declares to need."""
    declared = tomllib.loads((ROOT / pyproject).read_text("utf-8"))["project"]["dependencies"]
    names = [re.match(r"[\w-]+", line)[0] for line in declared]
    return {MODULE.get(name, name) for name in names}


def imported(files: Iterable[Path], *code: str) -> set[str]:
    trees = [ast.parse(text) for text in (*code, *(path.read_text("utf-8") for path in files))]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    return {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names)


def test_gvc_needs_what_it_imports_and_nothing_else():
    assert needs("pyproject.toml") == imported((ROOT / "gvc").rglob("*.py")) - {"gvc"}


def test_exhibits_need_what_they_import_and_nothing_else():
    # IPython is in every kernel.
    assert needs("exhibits/pyproject.toml") == imported((ROOT / "exhibits").rglob("*.py")) - {"exhibits", "IPython"}


def test_the_book_declares_what_it_needs_beyond_what_sphinx_brings():
    files = [path for folder in ("book", "chapters", "industrial_chains") for path in (ROOT / folder).rglob("*.py")]
    assert needs("industrial_chains/pyproject.toml") <= imported(files)
    assert {"yaml"} <= needs("industrial_chains/pyproject.toml") - needs("pyproject.toml")


def test_both_packages_need_the_same_versions():
    """But for pandas and Python, of which what measures takes later ones than the book."""
    pins = {}
    for pyproject in ("pyproject.toml", "industrial_chains/pyproject.toml"):
        project = tomllib.loads((ROOT / pyproject).read_text("utf-8"))["project"]
        pins[pyproject] = {re.match(r"[\w-]+", line)[0]: line for line in project["dependencies"]}
        pins[pyproject] |= {name: project[name] for name in ("version", "requires-python", "license")}
    ours, books = pins.values()
    later = {"pandas": "pandas>=2.2,<3", "requires-python": ">=3.11,<3.14"}
    assert {name: books.pop(name) for name in later} == later
    assert {name: books[name] for name in ours.keys() & books.keys()}.items() <= ours.items()


def test_the_lock_holds_all_that_is_declared():
    locked = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE))
    declared = []
    for pyproject in ("pyproject.toml", "exhibits/pyproject.toml", "industrial_chains/pyproject.toml"):
        content = tomllib.loads((ROOT / pyproject).read_text("utf-8"))
        declared += [
            *content["project"]["dependencies"],
            *itertools.chain(*content.get("dependency-groups", {}).values()),
        ]
    assert {re.match(r"[\w.-]+", line)[0].lower() for line in declared} <= locked


def test_the_packages_bring_what_chapters_import():
    """Whoever installs both with pip has no lock, and runs a notebook."""
    code = "\n".join(line for name in chapters.chapters(ROOT) for line in chapters.code(ROOT, name))
    found = imported(modules(code), code)
    assert {"numpy", "altair", "gvc"} <= found
    # IPython is in every kernel.
    packages = ("pyproject.toml", "exhibits/pyproject.toml", "industrial_chains/pyproject.toml")
    assert found <= {"chapters", "exhibits", "gvc", "industrial_chains", "IPython"}.union(*map(needs, packages))


def packed() -> set[Path]:
    """Name the tests that MANIFEST.in puts into the source distribution."""
    lines = (ROOT / "MANIFEST.in").read_text("utf-8").splitlines()
    named = {ROOT / name for line in lines if line.startswith("include tests/") for name in line.split()[1:]}
    assert "graft tests/gvc" in lines
    return named | {*(ROOT / "tests" / "gvc").glob("*.py")}


def test_the_source_distribution_holds_what_its_tests_import() -> None:
    found = {
        word.split(".")[1] if "." in word else name
        for path in packed()
        for word, names in re.findall(r"^from (tests(?:\.\w+)*) import (.+)$", path.read_text("utf-8"), re.MULTILINE)
        for name in names.split(", ")
    }
    assert found - {path.stem for path in packed()} - {"gvc"} == set()


def test_the_tests_of_the_package_find_all_that_they_ask_for_without_those_of_the_book() -> None:
    """As they run from the source distribution; none is run here."""
    plan = [
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "-q",
        "-n0",
        "--confcutdir=tests/gvc",
        "tests/gvc",
        "--setup-plan",
    ]
    done = subprocess.run([sys.executable, *plan], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout[-2000:]


def test_the_recipe_of_conda_says_what_the_package_does() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    recipe = yaml.safe_load((ROOT / "conda" / "recipe.yaml").read_text("utf-8"))
    assert (recipe["about"]["summary"], recipe["about"]["license"]) == (project["description"], project["license"])
    assert [recipe["about"]["license_file"]] == project["license-files"]
    built_with = [line.replace(" ", "") for line in recipe["requirements"]["host"]]
    assert {*tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"]} <= {*built_with}
    oldest = re.match(r">=(3\.\d+),", project["requires-python"])
    assert oldest
    assert f"python{oldest[1]}.*" in built_with
    python, *run = recipe["requirements"]["run"]
    assert [line.replace(" ", "") for line in run] == project["dependencies"]
    assert python == f"python {project['requires-python']}"
    assert recipe["context"]["version"] == project["version"]
    assert recipe["build"]["python"]["entry_points"] == [
        f"{name} = {call}" for name, call in project["scripts"].items()
    ]


def test_the_picture_of_the_readme_is_what_its_code_draws(alone, tmp_path) -> None:
    said = (ROOT / "gvc" / "README.md").read_text("utf-8")
    [code] = re.findall(r"```python\n(.*?)```", said, re.DOTALL)
    done = run_alone(alone, tmp_path / "empty", "python", "-", code=code)
    picture = "\n".join(done.stdout.splitlines()[len(re.findall(r"^print", code, re.MULTILINE)) :])
    assert f"```\n{picture}\n```" in said
    assert picture.count("█") > 80


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Build the wheel of ``gvc`` from a copy of what goes into it."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    shutil.copytree(ROOT / "gvc", source / "gvc", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, source)
    build = ["wheel", "--no-build-isolation", "--no-deps", "--no-index", "--wheel-dir", folder, source]
    subprocess.run([*PIP, *build], check=True)
    [made] = folder.glob("*.whl")
    return made


def required(name: str, found: dict[str, Distribution]) -> dict[str, Distribution]:
    """Name a distribution and all that it requires here, directly or not."""
    if name not in found:
        found[name] = distribution(name)
        for line in found[name].requires or []:
            need = Requirement(line)
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                required(canonicalize_name(need.name), found)
    return found


@pytest.fixture(scope="module")
def alone(wheel, tmp_path_factory) -> Path:
    """Make an environment that holds the wheel, what it declares to need, and nothing else; name its programs."""
    folder = tmp_path_factory.mktemp("alone") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    [packages] = folder.glob("lib/python*/site-packages")
    needed = required("gvc-measures", {})
    for dist in (dist for name, dist in needed.items() if name != "gvc-measures"):
        for part in {file.parts[0] for file in dist.files or []} - {"..", "__pycache__"}:
            if not (packages / part).exists():
                (packages / part).symlink_to(dist.locate_file(part))
    install = ["--python", folder, "install", "--no-index", "--no-compile", wheel]
    subprocess.run([*PIP, *install], check=True)
    return folder / "bin"


def run_alone(alone: Path, folder: Path, *words: object, code: str = "") -> subprocess.CompletedProcess[str]:
    """Run a program of that environment in an empty folder."""
    folder.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GVC_", "PYTHON"))}
    done = subprocess.run(
        [alone / str(words[0]), *map(str, words[1:])],
        input=code,
        cwd=folder,
        env=environment | {"PYTHONUTF8": "1", "XDG_CACHE_HOME": str(folder.with_name("cache")), "COLUMNS": "200"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert not list(folder.iterdir())
    return done


def test_the_wheel_holds_gvc_and_its_sample_only(wheel):
    names = [name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name]
    due = {path.relative_to(ROOT).as_posix() for path in (ROOT / "gvc").rglob("*.py")}
    assert {*names} == due | {"gvc/README.md", "gvc/sample/wiod2011.csv", "gvc/py.typed"}


def test_the_python_of_the_readme_runs_with_the_wheel_alone(alone, tmp_path):
    [code] = re.findall(r"```python\n(.*?)```", (ROOT / "gvc" / "README.md").read_text("utf-8"), re.DOTALL)
    assert "load_sample" in code.split("\n\n")[1].splitlines()[0]
    code = code[: code.index("for origin")]
    done = run_alone(alone, tmp_path / "empty", "python", "-", code=f"{code}\nprint(gvc.__file__)")
    *printed, where = done.stdout.splitlines() or [""]
    assert (done.returncode, done.stderr) == (0, "")
    assert Path(where).is_relative_to(alone.parent)
    assert printed == re.findall(r"^print.*\)  # (.*)$", code, re.MULTILINE)


def test_every_module_of_the_wheel_can_be_imported_without_the_book(alone, tmp_path):
    names = sorted(path.relative_to(ROOT).with_suffix("").as_posix() for path in (ROOT / "gvc").rglob("[!_]*.py"))
    code = "\n".join(f"import {name.replace('/', '.')}" for name in [*names, "gvc/cli"])
    code += "\nimport sys; print(sorted({'altair', 'yaml', 'industrial_chains', 'pipeline'} & {*sys.modules}))"
    done = run_alone(alone, tmp_path / "empty", "python", "-", code=code)
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")
    assert run_alone(alone, tmp_path / "second", "python", "-c", "import industrial_chains").returncode == 1


def test_a_panel_of_the_book_is_one_clear_error_without_the_book(alone, tmp_path):
    done = run_alone(alone, tmp_path / "empty", "python", "-c", "import gvc\ngvc.load_panel('wiod2013')")
    assert re.search(
        r"GvcError: wiod2013: expected the path of a panel, a file \.parquet; found a name, which only a folder of "
        r"panels gives a meaning\. The package brings no panels\. Make one by `gvc build` or `gvc\.panel\.build`, and "
        r"pass its path\. .* set the environment variable GVC_DATA to its folder `data` before `import gvc`\.$",
        done.stderr.strip(),
    )


def test_the_wheel_says_its_version(alone, tmp_path):
    done = run_alone(alone, tmp_path / "empty", "python", "-c", "import gvc; print(gvc.__version__)")
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert done.stdout == f"{declared}\n"
    assert f"\n## {declared}\n" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_command_line_comes_with_the_wheel_alone(alone, tmp_path):
    helped = run_alone(alone, tmp_path / "1", "gvc", "--help")
    assert (helped.returncode, helped.stderr) == (0, "")
    assert re.findall(r"^│ (\w+) ", helped.stdout.split("Commands")[1], re.MULTILINE) == [
        "build",
        "check",
        "download",
        "info",
    ]
    sample, out = ROOT / "gvc" / "sample" / "wiod2011.csv", tmp_path / "mine.parquet"
    checked = run_alone(alone, tmp_path / "2", "gvc", "check", sample)
    assert checked.returncode == 0
    assert checked.stdout.startswith("WIOD 2013 release, 2011: 11 economies × 5 sectors, million USD\nPASS  ")
    built = run_alone(alone, tmp_path / "3", "gvc", "build", sample, "-o", out, "--workers", 1)
    assert (built.returncode, built.stdout.splitlines()[0].split()[0]) == (0, str(out))
    assert run_alone(alone, tmp_path / "5", "gvc", "info").returncode == 0


@pytest.mark.parametrize(
    ("words", "page"),
    [
        (["chapter"], ""),
        (["chapter", "NAME=chapters/none"], "chapters/none"),
        (["translation"], ""),
        (["translation", "NAME=index.md"], "index.md"),
        (["refs", "NAME=chapters/none"], "chapters/none"),
    ],
)
def test_make_names_a_page_that_is_not_there(words: list[str], page: str) -> None:
    done = subprocess.run(
        ["make", "--no-print-directory", "-o", ".venv/gvc", "BIN=/bin/false", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines()[0] == f"NAME: no page {page}.md; write it as _toc.yml does"


def test_make_refs_without_a_name_renews_all() -> None:
    done = subprocess.run(
        ["make", "-s", "-o", ".venv/gvc", "BIN=echo ", "refs"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["/python", "-m", "book.building.references"]


def test_what_pip_leaves_is_ignored_and_cleaned() -> None:
    for folder in ("build", "exhibits/build", "industrial_chains/build", "gvc.egg-info"):
        subprocess.run(["git", "check-ignore", "-q", f"{folder}/"], cwd=ROOT, check=True)
    said = subprocess.run(["make", "-n", "clean"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert {"_build", "build", "industrial_chains/build", "*.egg-info", "industrial_chains/*.egg-info"} <= set(said)


# -- what runs elsewhere ------------------------------------------------------------------------------------------

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_names_each_action_by_its_commit_and_says_which_version_that_is(path: Path) -> None:
    used = re.findall(r"uses: *(.*)", path.read_text("utf-8"))
    assert used
    known = r"(actions/[\w-]+|pypa/gh-action-pypi-publish)@[0-9a-f]{40} # v\d+\.\d+\.\d+"
    assert [one for one in used if not re.fullmatch(known, one)] == []


def test_an_action_is_the_same_commit_throughout() -> None:
    used = set(re.findall(r"uses: *(\S+)@(\S+)", "".join(path.read_text("utf-8") for path in WORKFLOWS)))
    assert len({name for name, _ in used}) == len(used)


#: Jobs that can publish: all that they run, and all that they may.
PUBLISHING = {
    "deploy": (["actions/deploy-pages"], ["pages", "id-token"]),
    "publish": (["actions/download-artifact", "pypa/gh-action-pypi-publish"], ["id-token"]),
}


def test_no_step_after_a_checkout_can_push_and_what_can_publish_runs_nothing_of_ours() -> None:
    steps = writing = 0
    for path in WORKFLOWS:
        workflow = yaml.safe_load(path.read_text("utf-8"))
        assert workflow["permissions"] == {"contents": "read"}, path.name
        for name, job in workflow["jobs"].items():
            for step in job["steps"]:
                if step.get("uses", "").startswith("actions/checkout@"):
                    steps += 1
                    assert step["with"]["persist-credentials"] is False, f"{path.name}: {name}"
            if "write" in job.get("permissions", {}).values():
                writing += 1
                used, may = PUBLISHING[name]
                assert [step["uses"].partition("@")[0] for step in job["steps"]] == used, name
                assert job["permissions"] == dict.fromkeys(may, "write"), name
                assert job["environment"], f"{name}: waits for whom?"
    assert (steps, writing) == (6, 2)


def test_a_workflow_installs_nothing_beside_what_make_does() -> None:
    """But for the jobs that test the measuring package as pip installs it, where there is no make."""
    run = {
        (name, step["run"])
        for path in WORKFLOWS
        for name, job in yaml.safe_load(path.read_text("utf-8"))["jobs"].items()
        for step in job["steps"]
        if "run" in step
    }
    alone = ("measures", "try")
    assert sorted(command for name, command in run if name not in alone and not command.startswith("make ")) == []
    needs, test = "pytest hypothesis xlsxwriter psutil", "python -m pytest --confcutdir=tests/gvc tests/gvc"
    assert {command for name, command in run if name == "measures"} == {
        *(f"python -m pip install . {needs}", "rm -r gvc", test)
    }
    assert {command for name, command in run if name == "try"} == {
        *(f"python -m pip install dist/*.whl {needs}", "tar -xzf dist/*.tar.gz --strip-components 1", "rm -r gvc", test)
    }


def test_the_measuring_package_is_tested_on_each_system_and_python_with_what_its_tests_import() -> None:
    job = yaml.safe_load((ROOT / ".github/workflows/tests.yml").read_text("utf-8"))["jobs"]["measures"]
    assert job["strategy"]["matrix"] == {
        "system": ["ubuntu-latest", "macos-latest", "windows-latest"],
        "python": ["3.11", "3.12", "3.13", "3.14"],
    }
    shared = [path for path in packed() if path.parent == ROOT / "tests"]
    used = imported([*(ROOT / "tests/gvc").glob("*.py"), *shared])
    assert used - needs("pyproject.toml") - {"gvc", "tests"} == {"pytest", "hypothesis", "xlsxwriter", "psutil"}


@pytest.mark.parametrize("whole", [True, False])
def test_make_lock_resolves_by_the_uv_that_the_lock_names(whole: bool, tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    if whole:
        (tmp_path / "requirements.lock").write_text(lock, "utf-8")
    (tmp_path / "git").write_text(
        f"#!/bin/sh\n[ \"$*\" = 'show HEAD:requirements.lock' ] && cat {ROOT}/requirements.lock\n"
    )
    (tmp_path / "git").chmod(0o755)
    say = tmp_path / "say"
    say.write_text('#!/bin/sh\necho "$0 $*"\nfor one; do case $one in *uv.lock) cat "$one";; esac; done\n')
    say.chmod(0o755)
    for name in ("pip", "uv"):
        place = tmp_path / ".make/uv/bin" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(say, place)
    environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["make", "-s", f"PYTHON={say}", "lock"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    [pin] = re.findall(r"^uv==[\d.]+", lock, re.MULTILINE)
    assert (done.returncode, done.stderr) == (0, "")
    [installs] = [line for line in done.stdout.splitlines() if "bin/pip" in line]
    assert "--require-hashes" in installs
    assert re.findall(r"^[\w-]+==[\d.]+", done.stdout, re.MULTILINE) == [pin]
    assert done.stdout.count("bin/uv pip compile") == 3
