"""A mistake in a chapter is answered by file, cell and remedy, within ten lines."""

from pathlib import Path

import pytest

from tests import small_books
from tests.book.building.test_processes import ENVIRONMENT, write

CHART = """```{{code-cell}} python
import pandas as pd
from industrial_chains.charting import charts
data = pd.DataFrame({{"x": ["a"], "y": [1.0]}})
charts.bars(data, "x", "y", name="{name}", title="T", subtitle="S", source="Nobody."{alt})
```
"""
WITH, WITHOUT = (CHART.format(name="first", alt=alt) for alt in (', alt="Bars."', ""))

#: What is added to a chapter whose first cell begins at line 8; and what is said: the place, the fault, the remedy.
MISTAKES = {
    "an exception": (
        "\n```{code-cell} python\n\n1 / 0\n```\n",
        ("chapters/p1.md:14, cell 2 (1 / 0): ", "found ZeroDivisionError: division by zero. ", "Mend the line"),
    ),
    "no Python": (
        "\n```{code-cell} python\nx = = 1\n```\n",
        (
            "chapters/p1.md:14, cell 2 (x = = 1): ",
            "expected Python; found invalid syntax, line 1 of the cell",
            "Mend that line",
        ),
    ),
    "no alternative text": (
        f"\n{WITHOUT}",
        (
            "chapters/p1.md:14, cell 2 (import pandas as pd): ",
            "TypeError: ",
            "missing 1 required keyword-only argument: 'alt'",
            'Give the chart alt="…"',
        ),
    ),
    "two exhibits of one name": (
        f"\n{WITH}\n{WITH}",
        (
            ", cell 3 (import pandas as pd): ",
            "a second chart or table named 'first'; the first is in chapters/p1",
            "Rename one.",
        ),
    ),
    "an error that has a remedy": (
        "\n```{code-cell} python\nimport gvc\ngvc.foreign_value_added(gvc.load_sample(), 'MEX', 'pooled')\n```\n",
        (
            "chapters/p1.md:14, cell 2 (import gvc): ",
            "GvcError: treatment: expected",
            "found 'pooled'. Pick one of them.\n",
        ),
    ),
    "a broken role": (
        "\nA {nosuchrole}`thing`.\n",
        (
            "chapters/p1.md:14: WARNING: Unknown interpreted text role",
            "After cell 1 (import time): ",
            "mend the spelling",
        ),
    ),
    "a number that nobody keeps": (
        "\nOne {glue:text}`nobody:.1f`.\n",
        (
            "chapters/p1.md:14: WARNING: No key 'nobody' found",
            "After cell 1 (import time): ",
            "Return the number 'nobody' from numbers() in the page's module, or keep(nobody=…)",
        ),
    ),
    "an address without a cell": (
        f"\n{WITH}\n\nOne {{n}}`first[a, cell]:.1f`.\n",
        (
            "chapters/p1.md:21: WARNING: {n}`first[a, cell]:.1f`: no cell is first[a, cell]; no label is cell; ",
            "its keys are, in their order, a | y",
        ),
    ),
}


#: Those for which the whole book is built, too: what stops it, and what does not.
PAGE, BOOK = ("languages.catalogues", "build", "en", "--page", "chapters/p1"), ("publishing.site",)
BUILT = [*((mistake, PAGE) for mistake in MISTAKES), ("an exception", BOOK), ("an address without a cell", BOOK)]


def errors(folder: Path, added: str, command: tuple[str, ...]) -> tuple[int, str]:
    """Build a small book with something added to a chapter."""
    book = write(folder, "")
    (book / "chapters").mkdir()
    page = (book / "p1.md").rename(book / "chapters/p1.md")
    (book / "_toc.yml").write_text(
        "format: jb-book\nroot: index\nchapters:\n- file: chapters/p1\n- file: p2\n", "utf-8"
    )
    page.write_text(page.read_text("utf-8") + added, "utf-8")
    return small_books.forked(book, f"book.{command[0]}", *command[1:], env=ENVIRONMENT)


@pytest.mark.parametrize(("mistake", "command"), BUILT)
def test_a_mistake_is_said_in_its_first_ten_lines(tmp_path: Path, mistake: str, command: tuple[str, ...]) -> None:
    added, parts = MISTAKES[mistake]
    status, said = errors(tmp_path, added, command)
    first = "\n".join(said.splitlines()[:10]) + "\n"
    assert all(part in first for part in parts), said
    assert "site-packages" not in first, "nothing of what runs the build"
    assert status or ("WARNING" in said and command == PAGE)


def test_a_page_without_mistakes_says_nothing(tmp_path: Path) -> None:
    """What stands on other pages is no mistake of this one."""
    added = f"\n{{doc}}`p2`, {{numref}}`there`, {{cite:t}}`li2025` and {{numref}}`first`.\n\n{WITH}"
    assert errors(tmp_path, added, PAGE) == (0, "")
