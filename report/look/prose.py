"""Numbers for sentences: a chapter keeps them here and its text glues them in."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from myst_nb import glue


def keep(**numbers: float | str) -> None:
    """Keep computed values under their names for ``{glue:text}`` in the text.

    Parameters
    ----------
    **numbers : float, int or str
        Floats are kept to six significant digits, so that the same chapter gives the same output on any machine.
    """
    for name, value in numbers.items():
        glue(name, value if isinstance(value, (str, int)) else float(f"{value:.6g}"), display=False)


def keep_all(prefix: str, values: pd.Series | Mapping[Any, float]) -> None:
    """Keep every entry under the prefix and its labels: ``link_2021_JPN_CHN``.

    Parameters
    ----------
    prefix : str
    values : Series or mapping
        Labels of one or several levels, each a word or a number.
    """
    for label, value in values.items():
        parts = label if isinstance(label, tuple) else (label,)
        keep(**{"_".join(map(str, (prefix, *parts))): value})
