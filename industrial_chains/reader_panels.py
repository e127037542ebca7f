"""What the chapters show of panels that a reader has built: the article's tables in full, and how far from the print.

Each function returns outputs for a cell to display; without such a panel none, and the page leaves the section out.
"""

import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import Any

import pandas as pd
from IPython.display import Markdown

from exhibits import words
from exhibits.text import escape
from gvc.errors import GvcError
from industrial_chains import article, manifest, sources
from industrial_chains import economies as eco
from industrial_chains.charting import charts, names, searches, tables
from industrial_chains.sources import ARTICLE, Source

_CAPTIONS = {
    1: "Northeast Asia in the foreign value added and in the imported intermediates of three hosts, percent",
    2: "the same two shares by economy of Northeast Asia, percent",
    3: "link index within Northeast Asia, origin in the row, absorber in the column",
}
_MEASURES = article.HEADINGS | {"link": "Link index"}
_UNITS = {1: "percentage points", 2: "percentage points", 3: "index points"}
_DECIMALS = {1: 1, 2: 1, 3: 2}


def recomputed(*numbers: int) -> list[Any]:
    """Show some of the article's tables from each panel of the reader's, and their deviations from the print.

    Parameters
    ----------
    *numbers : {1, 2, 3}
        Tables of the article.

    Returns
    -------
    list
        For each panel a sentence, each table, a summary of the deviations and charts of them.
    """
    return _of_each(lambda source: _exhibits(source, numbers))


def treatments() -> list[Any]:
    """Show Northeast Asia's share in ASEAN's foreign value added by each treatment of the members.

    Returns
    -------
    list
        For each panel a chart, or a sentence that says why there is none.
    """
    return _of_each(lambda source: [_treatments(source)])


def statements(answered: Callable[[Source], tuple[pd.DataFrame, str]]) -> list[Any]:
    """Put the article's statements to each panel of the reader's alone.

    Parameters
    ----------
    answered : callable
        `chapters.claims.answered`: handed over, lest every page that shows a panel depend on that chapter.

    Returns
    -------
    list
        For each panel a table of the statements that it can answer, or a sentence that says why there is none.
    """
    return _of_each(lambda source: [_statements(source, answered)])


def _statements(source: Source, answered: Callable[[Source], tuple[pd.DataFrame, str]]) -> Any:
    try:
        rows, verdicts = answered(source)
    except GvcError as error:
        return _say(f"{source.line} The statements cannot be put to it: {error}")
    if rows.empty:
        return _say(f"None of the article's statements can be put to {source.label}.")
    return tables.table(
        rows,
        name=f"claims-own-{source.about.key}",
        search=searches.STATEMENTS,
        caption=f"{len(rows)} statement{'s' * (len(rows) > 1)} put to {source.label} alone: {verdicts}",
        source=source.line,
        numbered=False,
    )


def _of_each(show: Callable[[Source], Iterable[Any]]) -> list[Any]:
    """Show something of each panel; of one that cannot be read, what is wrong with it."""
    shown: list[Any] = []
    for name in manifest.own():
        try:
            source = sources.readers(name)
        except GvcError as error:
            shown.append(_say(f"The panel {name} cannot be read: {error}"))
        else:
            shown += show(source)
    return shown


def _exhibits(source: Source, numbers: tuple[int, ...]) -> Iterator[Any]:
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always", eco.CoverageWarning)
        try:
            found = {number: article.recomputed(number, source.frame) for number in numbers}
            compared = article.compare(source.frame, numbers)
        except GvcError as error:
            yield _say(f"{source.line} It does not give {_tables(numbers)}: {error}")
            return
    notes = "; ".join(sorted({str(note.message) for note in said}))
    yield _say(f"{source.line} {_finding(compared, numbers)}.")
    for number, values in found.items():
        if len(values):
            yield _table(source, number, values, f"{notes}." if notes else "")
    if len(compared):
        yield _deviations(source, compared, numbers)
    for number in numbers:
        part = compared[compared["table"] == number]
        if len(part):
            yield from (
                (_over_time(source, found[1], part), _gaps(source, part))
                if number == 1
                else [_differences(source, number, part)]
            )


def _table(source: Source, number: int, values: pd.DataFrame, notes: str) -> tables.Table:
    """Lay a table out as the article does: Tables 2 and 3 for the years it prints, else for the last."""
    if number > 1:
        years = set(article.printed(number)["year"]) & set(values["year"]) or {values["year"].max()}
        values = values[values["year"].isin(years)]
    when = f", {values['year'].iloc[0]}" if number == 2 else ""
    return tables.table(
        article.layout(number, values),
        name=f"own-{source.about.key}-table-{number}",
        caption=f"Table {number} recomputed: {_CAPTIONS[number]}{when}",
        source=source.line,
        notes=notes,
        decimals=_DECIMALS[number],
        numbered=False,
    )


def _deviations(source: Source, compared: pd.DataFrame, numbers: tuple[int, ...]) -> tables.Table:
    summary = article.deviations(compared).loc[list(numbers)].reset_index()
    summary["measure"] = summary["measure"].map(_MEASURES)
    summary["where"] = summary["where"].map(_named)
    heads = {
        "table": "Table",
        "measure": "Measure",
        "printed": "Article",
        "compared": "Recomputed",
        "rounded": "Agree",
        "mean": "Mean gap",
        "largest": "Largest gap",
        "where": "Where",
    }
    return tables.table(
        summary.rename(columns=heads).set_index(["Table", "Measure"]),
        name=f"own-{source.about.key}-deviations-{'-'.join(map(str, numbers))}",
        caption=f"Deviations of {_tables(numbers)}, recomputed, from the print",
        source=(ARTICLE.line, source.line),
        notes="How many numbers the article prints, how many the panel gives, how many agree to the last printed "
        "digit; absolute gaps in points.",
        decimals=2,
        numbered=False,
    )


def _over_time(source: Source, values: pd.DataFrame, part: pd.DataFrame) -> Any:
    both = [values.assign(edition="recomputed"), article.printed(1).assign(edition="as printed")]
    return charts.lines(
        pd.concat(both, ignore_index=True).assign(measure=lambda frame: frame["measure"].map(article.HEADINGS)),
        "year",
        "value",
        "destination",
        facet="measure",
        variant="edition",
        name=f"own-{source.about.key}-over-time",
        title=_finding(part, (1,)),
        subtitle="Share of Northeast Asia, percent",
        source=(source.line, ARTICLE.line),
        alt=f"Line charts of Table 1, recomputed and as printed. {_finding(part, (1,))}.",
    )


def _gaps(source: Source, part: pd.DataFrame) -> Any:
    mean = part["gap"].abs().groupby(part["destination"], sort=False).mean()
    worst = str(mean.idxmax())
    title = f"The print is missed most for {names.economy(worst)}: by {mean[worst]:.1f} percentage points on average"
    if part["rounded"].all():
        title = _finding(part, (1,))
    return charts.lines(
        part.sort_values(["measure", "destination", "year"]).assign(measure=lambda f: f["measure"].map(_MEASURES)),
        "year",
        "gap",
        "destination",
        facet="measure",
        name=f"own-{source.about.key}-gaps",
        title=title,
        subtitle="Table 1, recomputed less printed, percentage points",
        source=(source.line, ARTICLE.line),
        alt=f"Line charts of the gap between recomputed and printed shares by host. {title}.",
    )


def _differences(source: Source, number: int, part: pd.DataFrame) -> Any:
    suppliers = article.SUPPLIERS if number == 2 else article.PARTNERS
    hosts = article.HOSTS if number == 2 else article.PARTNERS
    facet = "measure" if number == 2 else "year"
    part = part.assign(measure=part["measure"].map(_MEASURES), year=part["year"].astype(str))
    panels = pd.DataFrame({facet: part[facet].unique()}).sort_values(facet, ascending=number == 2, kind="stable")
    pairs = pd.DataFrame(product(suppliers, hosts), columns=["origin", "destination"])
    cells = panels.merge(pairs, "cross")
    return charts.heatmap(
        cells.merge(part[[facet, "origin", "destination", "gap"]], "left"),
        "destination",
        "origin",
        "gap",
        facet=facet,
        diverging=True,
        fmt=f".{_DECIMALS[number]}f",
        name=f"own-{source.about.key}-differences-{number}",
        title=_finding(part, (number,)),
        subtitle=f"Table {number}, recomputed less printed, {_UNITS[number]}",
        source=(source.line, ARTICLE.line),
        alt=f"Heat maps of the gap between recomputed and printed numbers. {_finding(part, (number,))}.",
    )


def _treatments(source: Source) -> Any:
    try:
        values = source.by_treatment("ASEAN", "NEA")
    except GvcError as error:
        return _say(f"{source.line} It does not give ASEAN's share: {error}")
    values["treatment"] = values["treatment"].map(sources.TREATMENTS)
    printed = article.printed(1).query("measure == 'fva_share' and destination == 'ASEAN'").set_index("year")["value"]
    gap = (values["value"] - values["year"].map(printed)).abs().groupby(values["treatment"], sort=False).mean()
    spread = values.groupby("year")["value"].agg(lambda shares: shares.max() - shares.min()).max()
    title = f"The treatment moves ASEAN's share by up to {spread:.1f} percentage points"
    if gap.notna().all():
        title += f"; the print is closest to members {str(gap.idxmin()).lower()}, {gap.min():.1f} off on average"
    shown = [values, printed.reset_index().assign(treatment="As printed")]
    return charts.lines(
        pd.concat(shown, ignore_index=True),
        "year",
        "value",
        "treatment",
        name=f"own-{source.about.key}-treatments",
        title=title,
        subtitle="Share of Northeast Asia in the foreign value added of ASEAN's exports, percent",
        source=(source.line, ARTICLE.line),
        alt=f"Line chart of the share by treatment, and as printed. {title}.",
    )


def _finding(compared: pd.DataFrame, numbers: tuple[int, ...]) -> str:
    """How many numbers agree with the print, and where the gap is largest; no full stop."""
    count, agree = len(compared), int(compared["rounded"].sum())
    if not count:
        return f"No number of {_tables(numbers)} can be compared: no year and economy in common with the print"
    if agree == count:
        return f"All {count} numbers of {_tables(numbers)} agree to the last printed digit"
    worst = compared.sort_values("gap", key=lambda gap: -gap.abs(), kind="stable").iloc[0]
    unit, decimals = _UNITS[int(worst["table"])], _DECIMALS[int(worst["table"])]
    place = _named(f"{worst['origin']} → {worst['destination']}")
    return (
        f"{agree} of {count} numbers of {_tables(numbers)} agree to the last printed digit; the largest gap is "
        f"{words.number(worst['gap'], f'.{decimals}f', signed=True)} {unit} ({place}, {worst['year']})"
    )


def _named(where: str) -> str:
    """Put names in the place of codes."""
    return re.sub(r"\b[A-Z]{3,5}\b", lambda code: names.economy(code[0]), where)


def _tables(numbers: tuple[int, ...]) -> str:
    return f"Table{'s' if numbers[1:] else ''} {' and '.join(map(str, numbers))}"


def _say(*parts: str) -> Markdown:
    """Show sentences, what is no markup as it stands."""
    return Markdown(" ".join(map(escape, parts)))
