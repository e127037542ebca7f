"""Words and codes of the book, as tables: every measure, every group, every economy."""

import pandas as pd

from exhibits.text import Myst, Untranslated, enumerated
from industrial_chains import data
from industrial_chains import economies as eco
from industrial_chains.charting import names
from industrial_chains.sources import ADB, WIOD


def definitions() -> pd.DataFrame:
    """Read ``data/definitions.csv``: one row a measure.

    Returns
    -------
    DataFrame
        Columns topic, measure, definition, function, unit, source, as text. `definition` is inline MyST, `function` a
        full name, `source` keys of ``references.bib``, separated by commas.
    """
    return data.table("definitions", text=True)


def measures(topic: str) -> pd.DataFrame:
    """Return the measures of one topic, for a table.

    Returns
    -------
    DataFrame, measure × {Definition, Function, Unit, Source}
        Definition, Function and Source as inline MyST.
    """
    rows = definitions().query("topic == @topic").set_index("measure").rename_axis(index="Measure")
    columns = {
        "Definition": rows["definition"].map(Myst),
        "Function": (
            "`" + rows["function"].str.replace(r"^(gvc|industrial_chains|pipeline)\.", "", regex=True) + "`"
        ).map(Myst),
        "Unit": rows["unit"],
        "Source": [Myst("{cite:t}`" + keys + "`" if keys else "") for keys in rows["source"]],
    }
    return pd.DataFrame(columns)


def terms() -> pd.DataFrame:
    """Read the words of the field in the termbase: those that it gives a meaning."""
    base = data.table("terms", text=True)
    return base.query("kind == 'term' and meaning != ''")


def bilingual() -> pd.DataFrame:
    """Return every term and every measure in both languages, by its English name; of two of one name the term.

    Returns
    -------
    DataFrame, English × {Chinese, Meaning}
        Both names stand as they are on a page of any language; Meaning is inline MyST, in the language of the page.
    """
    words = terms().rename(columns={"en": "English", "zh": "Chinese", "meaning": "Meaning"})
    named = definitions().rename(columns={"measure": "English", "zh": "Chinese", "definition": "Meaning"})
    both = pd.concat([words, named])[["English", "Chinese", "Meaning"]]
    both = both.loc[~both["English"].str.casefold().duplicated().to_numpy()]
    both = both.sort_values("English", key=lambda column: column.str.casefold(), kind="stable")
    both["Meaning"] = both["Meaning"].map(Myst)
    for name in ("English", "Chinese"):
        both[name] = both[name].map(Untranslated)
    return both.set_index("English")


def groups() -> pd.DataFrame:
    """Return who belongs to which group.

    Returns
    -------
    DataFrame, code × {Group, Members}
    """
    members = {Untranslated(code): enumerated(map(names.economy, of)) for code, of in eco.GROUPS.items()}
    rows = {code: (names.economy(code), of) for code, of in members.items()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["Group", "Members"]).rename_axis(index="Code")


def economies() -> pd.DataFrame:
    """Return every economy that one of the book's panels shows.

    Returns
    -------
    DataFrame, code × {Economy, Groups, WIOD, ADB}
        By code, the rest of the world last. WIOD, ADB: whether the database shows it.
    """
    shown = {source.name: source.economies for source in (WIOD, ADB)}
    codes = [*sorted(frozenset.union(*shown.values()) - {eco.ROW}), eco.ROW]
    rows = [
        {
            "Code": Untranslated(code),
            "Economy": names.economy(code),
            "Groups": Untranslated(", ".join(group for group, members in eco.GROUPS.items() if code in members)),
            **{label: "yes" if code in known else "" for label, known in shown.items()},
        }
        for code in codes
    ]
    return pd.DataFrame(rows).set_index("Code")
