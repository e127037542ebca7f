"""Phrases that the book never uses, in either language: ``style.csv`` has each, and what it says instead."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from babel.messages.pofile import read_po

from tests.test_prose import PAGES, ROOT, prose

CATALOGUES = sorted((ROOT / "locale" / "zh_CN" / "LC_MESSAGES").rglob("*.po"))


class Rule(NamedTuple):
    language: str
    never: str
    instead: str


RULES = [Rule(**row) for row in csv.DictReader((ROOT / "tests" / "style.csv").open(encoding="utf-8"))]


def _messages(path: Path) -> Iterator[tuple[int, str, str]]:
    with path.open("rb") as file:
        for message in read_po(file, locale="zh_CN"):
            if message.id:
                yield message.lineno or 0, str(message.id), str(message.string)


def english() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for line, said in prose((ROOT / page).read_text("utf-8")):
            yield f"{page}:{line}", said
    for path in CATALOGUES:
        if path.name in ("exhibits.po", "interface.po"):  # what code says, to pages and to readers
            yield from ((f"{path.name}: {said[:60]}", said) for _, said, _ in _messages(path))


def chinese() -> Iterator[tuple[str, str]]:
    for path in CATALOGUES:
        name = path.relative_to(ROOT).as_posix()
        yield from ((f"{name}:{line}", said) for line, _, said in _messages(path))


@pytest.mark.parametrize(("language", "said"), [("en", english), ("zh", chinese)])
def test_no_phrase_is_one_that_the_book_never_uses(language: str, said: object) -> None:
    rules = [rule for rule in RULES if rule.language == language]
    assert rules
    assert callable(said)
    found = [
        f"{place}: {hit[0]!r}, say {rule.instead!r}"
        for place, text in said()
        for rule in rules
        if (hit := re.search(rule.never, text))
    ]
    assert found == []


def test_the_rules_find_what_they_forbid() -> None:
    examples = {
        "en": "By the OECD China's share in print rose beyond its error, and half do not show.",
        "zh": "中国卖多于买，与日本走近，各国列队，升了十个百分点，2017年至2021年。",
    }
    found = {
        language: sum(bool(re.search(rule.never, text)) for rule in RULES if rule.language == language)
        for language, text in examples.items()
    }
    assert found == {"en": 4, "zh": 6}
