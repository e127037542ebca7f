"""The README files open with the first page's picture as it is now, and say the same in both languages."""

import re
from pathlib import Path

import pytest

from book.translation import folder
from tests.browser import ROOT, SITE

READMES = {"en": "README.md", "zh_CN": "README.zh.md"}
#: What Chinese readers are pointed to besides.
TRANSLATING = "docs/translating.md"


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def picture(language: str) -> tuple[str, Path]:
    """Name the picture of a README, and the file of the site that it is a copy of."""
    part = folder(language)
    return f"picture{part and '.'}{part}.svg", SITE / part / "_exhibits" / "headline.svg"


@pytest.mark.parametrize("language", READMES)
def test_the_picture_is_that_of_the_first_page(language: str) -> None:
    name, built = picture(language)
    assert f"]({name})" in read(READMES[language]).split("\n\n")[2], "it comes before the first paragraph"
    if not built.is_file():
        pytest.fail(f"There is no {built.relative_to(ROOT)}; build the book first: make book", pytrace=False)
    if (ROOT / name).read_bytes() != built.read_bytes():
        pytest.fail(f"{name} is not what the book shows now: cp {built.relative_to(ROOT)} {name}", pytrace=False)


def parts(said: str) -> dict[str, list[str] | list[int]]:
    """Take apart what no language changes: code, names, links, the form of headings and tables."""
    blocks = re.findall(r"```.*?```", said, re.DOTALL)
    prose = re.sub(r"```.*?```", "", said, flags=re.DOTALL)
    return {
        "code": [line.split("#")[0].strip() for block in blocks for line in block.splitlines()],
        "names": sorted(set(re.findall(r"`([^`\n]+)`", prose))),
        "links": sorted(set(re.findall(r"\]\((?!README|picture)([^)]+)\)", prose)) - {TRANSLATING}),
        "headings": re.findall(r"^(##) ", prose, re.MULTILINE),
        "tables": [line.count(" | ") for line in prose.splitlines() if line.startswith("|")],
    }


def test_both_say_the_same() -> None:
    """Chinese has more in one place: what helps where the network is slow."""
    english, chinese = read("README.md"), read("README.zh.md")
    before, _, rest = chinese.partition("### 网络较慢时\n")
    slow, head, after = rest.partition("\n## ")
    assert "PIP_INDEX_URL" in slow
    assert "://" not in slow, "no index is preferred to another"
    assert parts(before + head + after) == parts(english)
    for said in (english, chinese):
        assert len(parts(said)["code"]) > 1
        for must in ("make pdf", "chapters/methods/data.md", "chapters/explorer.md"):
            assert must in said
