"""Numbers for sentences: a cell of a chapter keeps them, and its text glues them in."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from IPython.display import display
from myst_nb import glue

#: Numbers, and words that code chooses, by the names under which the text glues them in.
Numbers = dict[str, float | str]


def keep(**numbers: float | str) -> None:
    """Keep computed values under their names for ``{glue:text}`` in the text.

    Parameters
    ----------
    **numbers : float, int or str
        Floats are kept to six significant digits, so that the same chapter gives the same output on any machine.
        The cell shows them.
    """
    kept = {
        name: value if isinstance(value, (str, int)) else float(f"{value:.6g}") + 0.0 for name, value in numbers.items()
    }
    for name, value in kept.items():
        glue(name, value, display=False)
    display({"text/plain": "\n".join(f"{name} = {value}" for name, value in kept.items())}, raw=True)


def labelled(prefix: str, values: pd.Series | pd.DataFrame | Mapping[Any, float]) -> Numbers:
    """Name every entry by the prefix and its labels.

    Parameters
    ----------
    prefix : str
    values : Series, DataFrame or mapping
        Labels of one or several levels, each a word or a number; of a frame, row before column.

    Examples
    --------
    >>> labelled("link", {(2021, "JPN", "CHN"): 13.7})
    {'link_2021_JPN_CHN': 13.7}
    """
    series: Any = values.stack(future_stack=True) if isinstance(values, pd.DataFrame) else values
    rows = [(label if isinstance(label, tuple) else (label,), value) for label, value in series.items()]
    return {"_".join(map(str, (prefix, *parts))): value for parts, value in rows}
