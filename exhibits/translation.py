"""Translation of exhibits and interface, looked up when a page is rendered.

Sphinx's own catalogues translate the pages. This module translates what Python and JavaScript write: titles, labels,
cells, buttons. A number is a placeholder, ``{0}``, so that a message outlives it. In labels so is a name of the
lexicon.

Expressions here recognise placeholders, numbers, names, markup and characters. None takes a sentence apart: text that
code puts together comes with its parts (:mod:`exhibits.text`).
"""

import ast
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

from exhibits import charts
from exhibits.errors import ExhibitError

SOURCE = "en"
#: Catalogues of this package's own words to readers.
_OWN = Path(__file__).parent / "locale"
#: A longer label is a sentence, whose names are inflected.
LABEL = 60

#: Roles, code and formulas, which a message has as they are.
WHOLE = re.compile(r"\{[\w:-]+\}`[^`]*`|`[^`]*`|\$[^$]+\$")
PLACEHOLDER = re.compile(r"\{(\d+)\}")
NUMBER = r"(?<![\w.])(?:(?<!\S)[-+−])?\d+(?:,\d{3})*(?:\.\d+)?(?!\w|\.\d)"
_TAG = re.compile(r"<[A-Za-z/!?][^>]*>?")
#: A line of a catalogue: blank, a comment, or text, after a keyword or as a continuation.
_ENTRY = re.compile(r'(?:#.*|(?:(msgid|msgstr|msgctxt) )?"(?:\\.|[^"\\])*")?')
_WORD = re.compile(r"[A-Za-z]{2}")
#: The words of a link, which are text, unless they are its target.
_LINK = re.compile(r"\{(?:ref|doc)\}`([^`<]+) <[^`>]+>`")
#: Names of code, files and codes are the same in any language.
_CODE = re.compile(r"[A-Z0-9_]+|\w+(?:[._]\w+)+|[\w./]+\.[a-z]+")
_CHINESE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")
#: What no line break may part: a Chinese character or a word, with the signs that belong to it.
_PART = re.compile(
    r"[（《“‘]*(?:[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef《“‘]+|[《“‘]+)[，。；：、！？）》”’…]*\s*"
)
#: A string in a formula of Vega, unless it names a column.
_LITERAL = re.compile(r"""(?<!datum\[)("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
_FORMULAS = ("calculate", "words", "filter", "test", "expr", "labelExpr")
_SORTS = ("domain", "sort", "equal", "oneOf")
_CHANNELS = ("text", "tooltip", "x", "y", "color", "strokeDash", "shape", "facet", "row", "column", "detail")
#: Two numbers and what is between, and a list's comma, in a message; and what is a year rather than another number.
_SPAN = re.compile(r"\{(\d+)\}–\{(\d+)\}(%?)")
_COMMA = re.compile(r"(\{(\d+)\}[年%]?), (?=\{(\d+)\})")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
#: Signs of punctuation that stand between parts of what is told.
_SIGNS = {"; ": "；", ": ": "：", ", ": "，", ". ": "。", ".": "。"}


def catalogue(locale: Path, language: str, domain: str) -> Path:
    """Name the file of a catalogue below a folder of them."""
    return locale / language / "LC_MESSAGES" / f"{domain}.po"


@cache
def messages(locale: Path, language: str, domain: str) -> dict[str, str]:
    """Read what is translated; what is not, or not for sure, is missing."""
    path = catalogue(locale, language, domain)
    if language == SOURCE or not path.exists():
        return {}
    found = {str(m.id): str(m.string) for m in parsed(path, language) if m.id and m.string and not m.fuzzy}
    # Some of it becomes part of a page as it is; without a placeholder a number would go unsaid.
    return {
        message: translated
        for message, translated in found.items()
        if tags(message) == tags(translated) and placeholders(message) == placeholders(translated)
    }


def tags(text: str) -> set[str]:
    """Find what a browser would take for markup, closed or not."""
    return set(_TAG.findall(text))


def placeholders(text: str) -> set[str]:
    """Find the placeholders of a message, outside what stands as it is."""
    return {found[0] for found in PLACEHOLDER.finditer(WHOLE.sub("", text))}


def parsed(path: Path, language: str | None = None) -> Catalog:
    """Read a catalogue whole: of a damaged one Babel alone would drop what it does not understand.

    Raises
    ------
    ExhibitError
        For the first line that is none of a catalogue.
    """

    def odd(number: int, expected: str, found: str) -> ExhibitError:
        remedy = "Correct it, or take the file as git keeps it."
        return ExhibitError(f"{path}, line {number}", expected=expected, found=found, remedy=remedy)

    content, last = path.read_bytes(), "msgstr"
    try:
        lines = [line.strip() for line in content.decode().split("\n")]
    except UnicodeDecodeError as error:
        found = f"bytes of another encoding, {content[error.start : error.start + 4]!r}"
        raise odd(content[: error.start].count(b"\n") + 1, "text in UTF-8", found) from error
    for number, line in enumerate(lines, 1):
        entry = _ENTRY.fullmatch(line)
        if not entry:
            raise odd(number, "msgid or msgstr and text in quotation marks", line[:60])
        if entry[1] == last == "msgstr":
            raise odd(number, "msgid after msgstr", line[:60])
        last = entry[1] or last
    try:
        return read_po(lines, locale=language, ignore_obsolete=True, abort_invalid=True)
    except PoFileError as error:
        raise odd(error.lineno + 1, "msgid and msgstr by turns", str(error)) from error


@dataclass(frozen=True)
class Lexicon:
    """Translations of a book: its catalogues, and names that are the same wherever they stand.

    Parameters
    ----------
    locale : Path
        The folder of catalogues, with ``zh_CN/LC_MESSAGES/exhibits.po``. The catalogue `interface` beside it may
        overrule this package's own.
    names : dict
        By language, names by their English: a label may hold them, and its message has placeholders for them.
    cells : dict
        By language, words that are translated only where they stand alone in a cell or as a part of a text.
    """

    locale: Path
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    cells: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @cached_property
    def held(self) -> re.Pattern[str]:
        """Find numbers, and the names that a label may hold."""
        every = dict.fromkeys(name for of in self.names.values() for name in of)
        longest = sorted(every, key=len, reverse=True)
        names = rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w’'-])|" if longest else ""
        return re.compile(f"{names}{NUMBER}")

    def terms(self, language: str) -> Mapping[str, str]:
        """Return the translations of names and words of cells; in the book's own language they are themselves."""
        return self._terms.get(language, {})

    @cached_property
    def _terms(self) -> dict[str, dict[str, str]]:
        languages = {*self.names, *self.cells}
        found = {language: {**self.cells.get(language, {}), **self.names.get(language, {})} for language in languages}
        return found | {SOURCE: {english: english for of in found.values() for english in of}}

    def digest(self, language: str) -> str:
        """Hash all that the translation of any page depends on."""
        files = (catalogue(place, language, "interface") for place in (self.locale, _OWN))
        content = [*(path.read_bytes() for path in (*files, Path(__file__)) if path.exists())]
        content += [repr(sorted(self.terms(language).items())).encode()]
        return hashlib.sha256(b"".join(content)).hexdigest()[:12]


def filled(message: str, values: list[str]) -> str:
    """Put values into the placeholders of a message, outside what stands as it is."""

    def put(text: str) -> str:
        return PLACEHOLDER.sub(lambda found: values[int(found[1])] if int(found[1]) < len(values) else found[0], text)

    return _outside(message, put)


def _outside(text: str, change: Callable[[str], str]) -> str:
    parts, last = [], 0
    for whole in WHOLE.finditer(text):
        parts += [change(text[last : whole.start()]), whole[0]]
        last = whole.end()
    return "".join([*parts, change(text[last:])])


def key(text: str, held: str | re.Pattern[str] = NUMBER) -> tuple[str, list[str]]:
    """Return a text as a message, and what its placeholders stood for: what is found by an expression.

    Examples
    --------
    >>> key("Share of 2021, percent")
    ('Share of {0}, percent', ['2021'])
    """
    values: list[str] = []
    wanted = re.compile(held)

    def put(found: re.Match[str]) -> str:
        values.append(found[0])
        return f"{{{len(values) - 1}}}"

    return _outside(text, lambda part: wanted.sub(put, part)), values


class Translator:
    """Translates the exhibits of one page, and keeps in `asked` each message with an example and its translation."""

    def __init__(self, language: str, lexicon: Lexicon, asked: dict[str, tuple[str, str]] | None = None) -> None:
        self.language, self.lexicon = language, lexicon
        self.asked: dict[str, tuple[str, str]] = {} if asked is None else asked

    def say(self, message: str, *values: str) -> str:
        """Translate a message of the catalogue `interface`, and fill in its values."""
        return filled(self.interface().get(message, message), list(values))

    def interface(self) -> dict[str, str]:
        """Return the translations of the interface; those of the book overrule those of this package."""
        own, of_book = (messages(place, self.language, "interface") for place in (_OWN, self.lexicon.locale))
        return own | of_book

    def _known(self, message: str) -> str:
        return messages(self.lexicon.locale, self.language, "exhibits").get(message, "")

    def text(self, text: str, *, prose: bool = False) -> str:
        """Translate a label; or with `prose` a sentence, whose names stay in the message."""
        terms = self.lexicon.terms(self.language)
        if (term := terms.get(text)) is not None:
            return term
        message, values = key(text, NUMBER if prose or len(text) > LABEL else self.lexicon.held)
        translated = [terms.get(value, value) for value in values]
        left = PLACEHOLDER.sub("", WHOLE.sub("", _LINK.sub(r"\1", message)))
        if not _WORD.search(left) or _CODE.fullmatch(text):
            # As a part of a message it has what the message says of it, such as what years are called.
            return filled(message if prose or self.language == SOURCE else _listed(message, values), translated)
        found = self._known(message)
        self.asked[message] = (text, found)
        return filled(found, translated) if found else text

    def _padded(self, text: str) -> str:
        core = text.strip()
        translated = text.replace(core, self.text(core)) if core else text
        return re.sub(r"(?<=[，。；：]) +| +(?=%)", "", translated) if translated != text else text

    def chart(self, spec: dict[str, Any]) -> dict[str, Any]:
        """Translate the words of a chart in its specification."""
        spec = deepcopy(spec)
        about, title = spec["usermeta"]["exhibit"], spec["title"]
        width = spec["width"] if isinstance(spec.get("width"), int) else charts.WIDTH
        for part, size in (("text", 17), ("subtitle", 13)):
            about[part] = self.text(" ".join(title[part]), prose=True)
            title[part] = folded(about[part], 0.95 * width / size)  # digits are wider than half a sign
        spec["description"] = together([self._prose(about["alt"]), self._any(about["told"], self.text)]).rstrip()
        about["source"] = list(map(self._prose, about["source"]))
        if "view" in about:
            self._view(about["view"])
        if "sentence" in about:
            about["sentence"]["choices"] = [self._filled_in(one) for one in about["sentence"]["choices"]]
        shown = set(_shown(spec))
        labels: dict[str, str] = {}
        for name, values in _columns(spec, shown):
            of_field = {value: self.text(value) for value in values}
            if len(set(of_field.values())) < len(of_field):
                raise ValueError(f"{about['name']}: two labels of {name} have one translation: {of_field}")
            labels |= of_field
        rest = {name: value for name, value in spec.items() if name not in ("title", "usermeta", "config")}
        return spec | {name: self._mapped(value, name, labels, shown) for name, value in sorted(rest.items())}

    def _view(self, view: dict[str, Any]) -> None:
        """Translate what columns and codes are called where a page draws a chart anew."""
        # Sorted, as notebooks from the cache are, lest messages change places.
        view["heads"] = {name: self.text(head) for name, head in sorted(view["heads"].items())}
        for _, of_column in sorted(view["names"].items()):
            of_column.update({code: self.text(name) for code, name in sorted(of_column.items())})
        if "events" in view:
            view["events"] = {self.text(name): moment for name, moment in sorted(view["events"].items())}
        if "across" in view:
            view["across"] = self.text(view["across"])

    def _filled_in(self, message: str) -> str:
        """Translate a message that has placeholders of its own."""
        found = self._known(message)
        self.asked[message] = (message, found)
        return found or message

    def _mapped(self, node: Any, name: str, labels: Mapping[str, str], shown: set[str]) -> Any:
        """Translate what stands under a name of a specification; `labels` are translated already."""
        if isinstance(node, list):
            return [self._mapped(value, name, labels, shown) for value in node]
        if isinstance(node, dict):
            if name == "bind":
                return node | {"name": self._padded(node["name"])}
            # A word that a formula writes has no mark but the name of what it computes: others are code.
            of_words = {"calculate": "words"} if node.get("as") in shown else {}
            return {
                part: self._mapped(value, of_words.get(part, part), labels, shown)
                for part, value in sorted(node.items())
            }
        if name == "title" and isinstance(node, str):
            return self.text(node)
        if name in _FORMULAS and isinstance(node, str):
            return _LITERAL.sub(lambda found: self._literal(found[0], name, labels), node)
        return labels.get(node, node) if isinstance(node, str) and (name in shown or name in _SORTS) else node

    def _literal(self, quoted: str, name: str, labels: Mapping[str, str]) -> str:
        value = ast.literal_eval(quoted)
        if value == "length":  # of a list, for `pluck`
            return quoted
        if value in labels:
            value = labels[value]
        elif name == "labelExpr" or (name == "calculate" and " " in value) or (name == "words" and _WORD.search(value)):
            value = self._padded(value)
        else:
            return quoted
        return json.dumps(value, ensure_ascii=False)

    def table(self, table: dict[str, Any]) -> dict[str, Any]:
        """Translate the words of a table."""
        body = [[self._any(cell, self.text) for cell in row] for row in table["body"]]
        head = [[[self._any(label, self.text), span] for label, span in row] for row in table["head"]]
        around = {"source": [self._any(one, self._prose) for one in table["source"]]}
        around |= {part: self._any(table[part], self._prose) for part in ("caption", "notes")}
        if "search" in table:
            around["search"] = table["search"] | {
                part: self._filled_in(table["search"][part]) for part in ("label", "hint", "count")
            }
        return table | around | {"head": head, "body": body}

    def _prose(self, text: str) -> str:
        return self.text(text, prose=True)

    def _any(self, source: Any, say: Callable[[str], str]) -> Any:
        """Translate text of any kind, as :func:`exhibits.text.coded` writes it; `say` translates a string."""
        if not isinstance(source, dict):
            return say(source)
        if "message" in source:
            parts = [self._any(part, self._prose) for part in source["parts"]]
            return filled(self._filled_in(source["message"]), parts)
        if "told" in source:
            signs: Mapping[str, str] = _SIGNS if self.language != SOURCE else {}
            return "".join(
                signs[part] if isinstance(part, str) and part in signs else self._any(part, self.text)
                for part in source["told"]
            )
        text, others = plain(source), source.get("others", {})
        other = others.get(self.language, others.get(self.language.partition("_")[0], text))
        if "own" in source:
            return other
        return {"myst": other if others else self._prose(text)}


def _listed(message: str, values: list[str]) -> str:
    """Give what has names and numbers but no words the signs of Chinese: no catalogue is asked for it."""
    year = [bool(_YEAR.fullmatch(value)) for value in values]
    number = [value[-1].isdigit() for value in values]

    def span(found: re.Match[str]) -> str:
        first, last = int(found[1]), int(found[2])
        if not (number[first] and number[last]):
            return found[0]
        sign, unit = ("—", "年") if year[first] and year[last] and not found[3] else (f"{found[3]}～", found[3])
        return f"{{{first}}}{sign}{{{last}}}{unit}"

    def comma(found: re.Match[str]) -> str:
        return found[1] + ("、" if number[int(found[2])] == number[int(found[3])] else "，")

    def called(found: re.Match[str]) -> str:
        return found[0] + ("年" if year[int(found[1])] else "")

    said = _COMMA.sub(comma, _SPAN.sub(span, message)).replace("; ", "；")
    listed = any(sign in said for sign in "、，；")
    return re.sub(r"\{(\d+)\}(?![\d年—～%–])", called, said) if listed else said


def plain(text: Any) -> str:
    """Return text as it stands in the book's own language, whatever it is."""
    if not isinstance(text, dict):
        return str(text)
    if "message" in text:
        return filled(text["message"], list(map(plain, text["parts"])))
    if "told" in text:
        return "".join(map(plain, text["told"]))
    return str(text["myst"] if "myst" in text else text["own"])


def together(texts: Iterable[Any]) -> str:
    """Put texts one after the other; Chinese, whose signs are wide, has no gaps between them.

    Examples
    --------
    >>> together(["From A.", "From B."]), together(["取自甲。", "取自乙。"])
    ('From A. From B.', '取自甲。取自乙。')
    """
    return "".join(map(plain, spaced(texts)))


def spaced(texts: Iterable[Any]) -> list[Any]:
    """Put between texts, whatever they are, what stands between them."""
    parts: list[Any] = []
    for text in texts:
        last = plain(parts[-1])[-1:] if parts else ""
        parts += [*([" "] if last and not _CHINESE.match(last) else []), text]
    return parts


def _shown(node: Any) -> Iterator[str]:
    """Name the fields whose values a chart shows as words."""
    if isinstance(node, dict):
        for name, part in node.items():
            if name in _CHANNELS:
                for channel in part if isinstance(part, list) else [part]:
                    if isinstance(channel, dict) and "field" in channel and channel.get("scale", "") is not None:
                        yield channel["field"]
            if name not in ("datasets", "config"):
                yield from _shown(part)
    elif isinstance(node, list):
        for part in node:
            yield from _shown(part)


def _columns(spec: Any, shown: set[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the strings of each field that is shown."""
    found: dict[str, dict[str, None]] = {}

    def gather(node: Any, inside: bool) -> None:
        if isinstance(node, dict):
            for name, value in sorted(node.items()):  # as notebooks from the cache are, lest messages change places
                if inside and isinstance(value, str) and name in shown:
                    found.setdefault(name, {})[value] = None
                elif isinstance(value, dict | list) and name != "config":
                    gather(value, inside or name in ("datasets", "values"))
        elif isinstance(node, list):
            for value in node:
                gather(value, inside)

    gather(spec, False)
    for name, values in found.items():
        yield name, list(values)


def folded(text: str, width: float) -> list[str]:
    """Break text into lines of so many widths of a Chinese character, no sign of punctuation at a line's head."""
    lines, room = [""], width
    for part in _PART.findall(text):
        needed = wide(part.rstrip())
        if needed > room and lines[-1]:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
            room = width
        lines[-1] += part
        room -= wide(part)
    return [line.rstrip() for line in lines]


def wide(text: str) -> float:
    """Estimate the width of text in widths of a Chinese character."""
    # In whole numbers: Python 3.12 and later add fractions otherwise than 3.11 does, and a tenth of a sign is pixels.
    return sum(100 if _CHINESE.match(sign) else 54 for sign in text) / 100
