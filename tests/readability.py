"""How hard the pages are to read: figures to look at, not to pass.

``python -m tests.readability`` prints by page words, the mean length of a sentence, the share of sentences in the
passive (by form: "was made", "are counted") and the share with more than two numbers, years and references among them.
"""

import re
import sys
from itertools import chain
from pathlib import Path
from statistics import fmean

from tests.test_prose import GAP, PAGES, prose, read

_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")
_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z“])")
_PASSIVE = re.compile(
    r"\b(?:am|is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?(?:\w+(?:ed|wn|ught|ilt|ost|eft|ut)|made|done|held)\b"
)
_NUMBER = re.compile(r"\d[\d.,]*")
#: Fewer words than that are no sentence.
_SHORTEST = 4


def figures(page: str) -> tuple[int, float, float, float]:
    """Words, words a sentence, percent of sentences in the passive, percent with more than two numbers."""
    sentences = [
        sentence
        for sentence in chain.from_iterable(_END.split(text) for _, text in prose(read(page)))
        if len(_WORD.findall(sentence)) >= _SHORTEST
    ]
    lengths = [len(_WORD.findall(sentence)) + sentence.count(GAP) for sentence in sentences]
    passive = fmean(bool(_PASSIVE.search(sentence)) for sentence in sentences)
    heavy = fmean(len(_NUMBER.findall(sentence)) + sentence.count(GAP) > 2 for sentence in sentences)
    return sum(lengths), fmean(lengths), 100 * passive, 100 * heavy


def main() -> None:
    """Print the figures of every page."""
    width = max(map(len, PAGES))
    sys.stdout.write(f"{'':{width}}  words  a sentence  passive  over two numbers\n")
    for page in PAGES:
        words, length, passive, heavy = figures(str(Path(page)))
        sys.stdout.write(f"{page:{width}}  {words:>5}  {length:>10.1f}  {passive:>6.0f}%  {heavy:>15.0f}%\n")


if __name__ == "__main__":
    main()
