"""A quantity that several pages repeat has one value, computed on In brief, and no page prints another."""

import csv
import re

import pytest

from tests.browser import SITE, tree

#: What a page says of a quantity of the table `headlines`, and on how many pages of a language at least.
SAID = [
    ("A plant that keeps its suppliers", r"keeps its suppliers(?: costs China|, China loses) (\d+) cents", 3),
    ("A plant that keeps its suppliers", r"供应商不变，按经合组织2022年的表，中国(?:每一美元货物)?损失(\d+)美分", 2),
    (
        "China’s share of American imports, 2018",
        r"supplied ([\d.]+) per cent of American goods imports in 2018",
        2,
    ),
    ("China’s share of American imports, 2026", r"American goods imports in 2018 and ([\d.]+) per cent in 2026", 2),
    ("China’s share of American imports, 2026", r"from China, which supplied ([\d.]+) per cent", 1),
    ("China’s share of American imports, 2026", r"中国只占美国货物进口的([\d.]+)%", 1),
    ("Japan’s earnings in ASEAN’s goods exports, 2022", r"Japan earned ([\d.]+) billion dollars in 2022", 1),
    ("What duties miss of China’s share, a year", r"miss China’s share of the American market by ([\d.]+) points", 1),
]


def kept() -> dict[str, float]:
    with (SITE / "_exhibits" / "headlines.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(line for line in file if not line.startswith("#"))
        head = next(rows)
        return {row[0]: float(row[head.index("Value")]) for row in rows}


def paragraphs() -> list[str]:
    found = []
    for path in [*SITE.glob("*.html"), *SITE.glob("zh/*.html"), *SITE.glob("**/chapters/**/*.html")]:
        name = path.relative_to(SITE).as_posix()
        found += [" ".join(str(one.text_content()).split()) for one in tree(name).xpath("//article//p | //article//li")]
    return found


@pytest.mark.parametrize(("quantity", "pattern", "least"), SAID)
def test_every_page_says_the_same_number(quantity: str, pattern: str, least: int) -> None:
    printed = [number for said in paragraphs() for number in re.findall(pattern, said)]
    assert len(printed) >= least
    value = kept()[quantity]
    wrong = [one for one in printed if abs(float(one) - value) > 0.5 * 10 ** -len(one.partition(".")[2]) + 1e-6]
    assert not wrong, f"{quantity} is {value}"
