"""Searches Chinese by pairs of characters, since Chinese has no spaces between words."""

import re

from sphinx.application import Sphinx
from sphinx.search import languages
from sphinx.search.zh import SearchChinese

_RUN = re.compile(r"[\u3400-\u9fff]+")


class Pairs(SearchChinese):
    """Indexes Latin words as Sphinx does, and each pair of neighbouring Chinese characters."""

    js_splitter_code = """
function splitQuery(query) {
  const runs = query.match(/[\\u3400-\\u9fff]+/g) ?? [];
  const pairs = runs.flatMap((run) => (run.length < 2 ? [run] : [...run].slice(1).map((_, i) => run.slice(i, i + 2))));
  return [...(query.match(/[a-zA-Z0-9_]+/g) ?? []), ...pairs];
}
"""

    def split(self, input: str) -> list[str]:
        """Split a text into what is indexed.

        Examples
        --------
        >>> Pairs({}).split("全球价值链 GVC")
        ['GVC', '全球', '球价', '价值', '值链']
        """
        latin = [term for term in self.latin1_letters.findall(input) if not _RUN.search(term)]
        runs = _RUN.findall(input)
        return latin + [run[i : i + 2] for run in runs for i in range(max(1, len(run) - 1))]

    def stem(self, word: str) -> str:
        """Stem a word as Sphinx does, but without looking it up in a list of all words of all pages.

        Examples
        --------
        >>> [Pairs({}).stem(word) for word in ("价值", "Exports", "aes")]
        ['价值', 'export', 'aes']
        """
        word = word.lower()
        stemmed = self.stemmer.stemWord(word)
        return word if len(word) >= 3 > len(stemmed) else stemmed


def register(app: Sphinx) -> None:
    """Use it for Chinese."""
    languages["zh"] = Pairs
