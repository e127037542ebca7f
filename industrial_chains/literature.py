"""What others have written: the works that the article cites, and the tables of words of the theory chapters."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from pybtex.database import parse_file

from exhibits.tables import Table
from exhibits.text import Message, Myst, Untranslated, csv
from industrial_chains import data

#: What a work is about, in the order of the article. The first word names the section of part two, if any.
THEMES = {
    "waves": "Waves of relocation",
    "drivers": "Drivers",
    "modes": "Modes",
    "effects": "Effects",
    "geopolitics-mechanism": "Trend and mechanism",
    "geopolitics-cases": "Sectors and cases",
    "geopolitics-responses": "Challenges, responses",
    "resilience-policies": "Policies",
    "resilience-sectors": "Key sectors",
    "resilience-digital": "Digital economy",
    "resilience-ai": "AI and robots",
    "resilience-productive-forces": "New productive forces",
    "relocation-drivers": "Drivers of the move",
    "relocation-modes": "Modes of the move",
    "relocation-effects": "Effects on China",
    "relocation-firms": "Domestic, foreign firms",
    "relocation-hosts": "Hosts",
    "relocation-responses": "Responses at home",
    "northeast-asia": "Northeast Asia",
}

FROM_ARTICLE = "The notes and the text of Li Qingru (2025). Themes, questions and translations are this book's."


def words(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of words with its first column as the index, and what is no number as inline MyST."""
    return table.set_index(table.columns[0]).map(_myst).rename(index=_myst)


def _myst(value: Any) -> Any:
    return Myst(value) if isinstance(value, str) else value


#: What a kind of entry in the list of references is, where the entry does not say it itself.
_GENRES = {"article": "article", "book": "book", "incollection": "chapter", "techreport": "working paper"}
#: Where a work came out, by the first of these fields that its entry has.
_OUTLETS = ("journal", "booktitle", "publisher", "howpublished", "institution")


def works(theme: str = "") -> pd.DataFrame:
    """Return the works that the article cites, in the order in which it does.

    Parameters
    ----------
    theme : str
        A key of :data:`THEMES` or the beginning of several (``geopolitics``); all works by default.

    Returns
    -------
    DataFrame
        As text: what ``references.bib`` says of the work (key, authors, authors_original, year, title_original,
        title_english, outlet, outlet_english, type, volume, issue, pages, language) and what
        ``data/article/literature.csv`` says of its place in the article (theme, question, method, cited, note); year
        as a number, missing for a source without one. A field that the article does not give, or that is damaged in
        its print, is empty. `method` is filled only where title or article state it, or where the work is a classic.
    """
    places = data.table("literature", text=True)
    facts = pd.DataFrame([_facts(key) for key in places["key"]])
    frame = facts.join(places.drop(columns="key"))
    frame["year"] = pd.to_numeric(frame["year"], errors="coerce").astype("Int64")
    return frame[frame["theme"].str.startswith(theme)].reset_index(drop=True)


@cache
def entries() -> Any:
    """Read the references, by key."""
    return parse_file(str(Path(__file__).parents[1] / "references.bib"), "bibtex").entries


#: What newer works are about, in the order of the book.
NEWER_THEMES = ("Tariffs", "Connectors", "Fragmentation", "Chains", "Resilience", "Models", "Coercion")


@cache
def newer() -> pd.DataFrame:
    """Return works of which the book read an abstract or more, and which the article does not cite.

    Returns
    -------
    DataFrame
        As text: what ``references.bib`` says of the work, as in :func:`works`, and what ``data/frontier/newer.csv``
        does: theme, method, question, data, finding, says, and the address where the finding was `seen`; year as a
        number. By theme and year.
    """
    found = data.table("newer", text=True)
    frame = pd.DataFrame([_facts(key) for key in found["key"]]).join(found.drop(columns="key"))
    frame["year"] = pd.to_numeric(frame["year"], errors="coerce").astype("Int64")
    order = frame["theme"].map({theme: place for place, theme in enumerate(NEWER_THEMES)})
    return (
        frame.assign(order=order).sort_values(["order", "year"], kind="stable", ignore_index=True).drop(columns="order")
    )


def findings() -> pd.DataFrame:
    """Lay :func:`newer` out for a table of the book, work × {Question, Data, Finding, the article’s claims}."""
    frame = newer()
    columns = {"question": "Question", "data": "Data, years", "finding": "Finding", "says": "Bearing on the article"}
    work = ("{cite:t}`" + frame["key"] + "`").map(Myst)
    return frame[list(columns)].rename(columns=columns).set_axis(pd.Index(work, name="Work"))


#: How a work argues, by the first of these words that its method has; elsewhere the method is not known.
_METHODS = {
    "econometrics": "Estimates",
    "estimates": "Estimates",
    "empirical": "Estimates",
    "model": "Model",
    "input–output": "Measures",
    "measure": "Measures",
    "statistics": "Measures",
    "data": "Measures",
    "case": "Cases",
    "review": "Review",
    "polic": "Policy analysis",
    "theor": "Theory",
}
UNKNOWN = "not stated"


def _kind(method: str) -> str:
    known = (kind for word, kind in _METHODS.items() if word in method.lower())
    return next(known, "Account" if method else UNKNOWN)


#: Languages whose titles and outlets readers of Chinese can read.
_CHARACTERS = ("Chinese", "Japanese")


def _printed(work: dict[Any, Any]) -> str:
    """Write out who wrote a work and where it came out; in Chinese the authors stand beside it in their own writing."""
    english, outlet, volume, number = (work[part] for part in ("outlet_english", "outlet", "volume", "issue"))
    authors = f"{work['authors'].rstrip('.')}. "
    printed = f"{outlet} ({english})" if english not in ("", outlet) else outlet
    year = "" if pd.isna(work["year"]) else str(work["year"])
    if work["language"] not in _CHARACTERS or not outlet:
        issue = f"{volume}({number})" if volume and number else volume or (f"issue {number}" if number else "")
        told = authors + ", ".join(filter(None, (printed, issue, year)))
        return (
            Untranslated(told, zh=year or work["authors_original"])
            if work["language"] in _CHARACTERS
            else Untranslated(told)
        )
    parts: list[str] = [Untranslated(authors + printed, zh=outlet)]
    parts += [Message("issue {0}", Untranslated(number))] if number else []
    parts += [Untranslated(year)] if year else []
    return Message(", ".join(f"{{{at}}}" for at in range(len(parts))), *parts) if parts[1:] else parts[0]


def _titled(work: dict[Any, Any], *, ended: bool = False) -> Untranslated:
    """Give a work's title in English and, if that is another, as printed, which in Chinese stands alone.

    An `ended` one has the sign and the space before what follows it.
    """
    english, original = work["title_english"], work["title_original"]
    title = english if original == english else f"{english} ({original})"
    end = "" if not ended else " " if title.endswith(("?", "!")) else ". "
    printed = original != english and work["language"] in _CHARACTERS
    others = {"zh": original + end.replace(". ", "。")} if printed else {}
    return Untranslated(title + end, **others)


def titles() -> list[str]:
    """List the titles of all works in each language of the book, the longest first, since one may begin another."""
    every = map(_titled, pd.concat([works(), newer()]).to_dict("records"))
    found = {" ".join(text.split()) for title in every for text in (title, *title.others.values())}
    return sorted(found, key=lambda title: (-len(title), title))


def _cited(work: dict[Any, Any]) -> Myst:
    """Cite a work, and name its authors in their own writing; in Chinese the citation has that."""
    key, authors = work["key"], work["authors_original"]
    if not authors:
        return Myst(f"{{cite:t}}`{key}`")
    beside = f" {authors}" if work["language"] in _CHARACTERS else ""
    return Myst(f"{{cite:t}}`{key}`{beside}", zh=f"{{cite:ts}}`{key}`")


def listed() -> pd.DataFrame:
    """Lay all works, those that the article cites and newer ones, out for one table that can be searched.

    Returns
    -------
    DataFrame, work × {Title, Authors and outlet, Theme, Method, Language}
        The title with what the work asks or finds.
    """
    cited, later = works(), newer()
    section = cited["theme"].str.partition("-")[0].replace("northeast", "northeast asia").str.capitalize()
    cited = cited.assign(theme=section.replace("Northeast asia", "Northeast Asia"))
    cited = cited.assign(message="{0}Asks: {1}", said=cited["question"])
    both = pd.concat([cited, later.assign(message="{0}Finds: {1}", said=later["finding"])], ignore_index=True)
    every = both.to_dict("records")
    columns = {
        "Title": [Message(work["message"], _titled(work, ended=True), work["said"]) for work in every],
        "Authors and outlet": [_printed(work) for work in every],
        "Theme": both["theme"],
        "Method": both["method"].map(_kind),
        "Language": both["language"],
    }
    return pd.DataFrame(columns).set_axis(pd.Index(map(_cited, every), name="Work"))


def _facts(key: str) -> dict[str, str]:
    entry = entries()[key]
    fields = {name.lower(): _plain(value) for name, value in entry.fields.items()}
    names = [_plain(str(person)) for person in entry.persons.get("author", [])]
    original, _, english = fields["title"].rstrip("]").partition(" [")
    return {
        "key": key,
        "authors": "; ".join("et al." if name == "others" else name for name in names),
        "authors_original": fields.get("author_original", ""),
        "year": fields.get("year", ""),
        "title_original": original,
        "title_english": english or original,
        "outlet": next((fields[name] for name in _OUTLETS if name in fields), ""),
        "outlet_english": fields.get("outlet_english", ""),
        "type": fields.get("genre", _GENRES.get(entry.type, entry.type)),
        "volume": fields.get("volume", ""),
        "issue": fields.get("number", ""),
        "pages": fields.get("pages", ""),
        "language": fields["language"],
    }


def _plain(text: str) -> str:
    """Strip BibTeX of its marks."""
    return re.sub(r"[{}]", "", text).replace("\\&", "&").replace("--", "–")


def citations() -> pd.DataFrame:
    """Return every place where the article cites a work.

    Returns
    -------
    DataFrame
        Columns key, theme, part, section, paragraph: ``2``, ``2.1`` and 3 for the third paragraph of the first
        section of part two.
    """
    frame = works()[["key", "theme", "cited"]]
    frame = frame.assign(cited=frame["cited"].str.split("; ")).explode("cited", ignore_index=True)
    place = frame["cited"].str.extract(r"^(?P<section>(?P<part>\d)(?:\.\d)?)/(?P<paragraph>\d+)$")
    return frame[["key", "theme"]].join(place[["part", "section"]]).assign(paragraph=place["paragraph"].astype(int))


def of_part(part: str) -> pd.DataFrame:
    """Return the works that one part of the article cites, ``2`` for part two."""
    cited, frame = citations(), works()
    return frame[frame["key"].isin(cited.loc[cited["part"] == part, "key"])].reset_index(drop=True)


def sections_over_years() -> pd.DataFrame:
    """Count the works of part two by the section that cites them and by year.

    Returns
    -------
    DataFrame
        Columns section, year, works; a pair without works is missing. The one work of the opening paragraph is left
        out.
    """
    names = {"2.1": "Geopolitics", "2.2": "Resilience", "2.3": "Relocation"}
    cited = citations()[["key", "section"]].drop_duplicates().merge(works()[["key", "year"]], on="key")
    cited = cited[cited["section"].isin(list(names))]
    years = range(int(cited["year"].min()), int(cited["year"].max()) + 1)
    pairs = pd.MultiIndex.from_product([names, years], names=["section", "year"])
    counts = cited.groupby(["section", "year"]).size().reindex(pairs).rename("works").reset_index()
    return counts.assign(section=counts["section"].map(names), year=counts["year"].astype(str))


def shown(theme: str) -> pd.DataFrame:
    """Lay works out for a table of the book.

    Returns
    -------
    DataFrame, work × {Title, Question, Method, Theme, Where}
        The work as a citation, for one in Chinese with its authors' names and its title as printed; where as section
        and paragraph of the article.
    """
    frame = works(theme)
    every = frame.to_dict("records")
    columns = {
        "Title": list(map(_titled, every)),
        "Question": frame["question"],
        "Method": frame["method"].replace("", "–"),
        "Theme": frame["theme"].map(THEMES),
        "Where": frame["cited"].str.replace("/", " ¶", regex=False),
    }
    return pd.DataFrame(columns).set_axis(pd.Index(map(_cited, every), name="Work"))


def downloadable(table: Table, of: str | pd.DataFrame) -> Table:
    """Give a table of works, those of a theme or other ones, all their fields as its CSV."""
    return replace(table, csv=csv(works(of) if isinstance(of, str) else of, index=False))
