"""What the command line prints: tables in each form, and lines that a terminal shows and does not obey."""

import re
from enum import StrEnum

import pandas as pd
import typer
from rich.console import Console
from rich.text import Text

from gvc.errors import printable

#: Where notes, errors and progress go.
errors = Console(stderr=True, soft_wrap=True, highlight=False)
#: What a spreadsheet computes, where a field begins; some take the wide signs for the narrow ones.
_FORMULA = re.compile(r'((?:^|[,;])[\s"]*)(?=[-=+@＝＋－＠])')


class Format(StrEnum):
    """How a table is printed."""

    text = "text"
    csv = "csv"
    md = "md"
    json = "json"


def table(wide: pd.DataFrame, decimals: int, form: Format) -> str:
    """Write numbers under heads of one or two lines, rounded."""
    rounded = wide.round(decimals)
    match form:
        case Format.csv:
            return csv(rounded, index=True)
        case Format.json:
            flat = rounded.set_axis(list(map(_head, rounded.columns)), axis=1)
            return str(flat.reset_index().to_json(orient="records", indent=2, force_ascii=False))
        case Format.md:
            heads = [str(wide.index.name), *map(_head, wide.columns)]
            lines = [heads, ["---"] + ["--:"] * len(wide.columns)]
            lines += [[str(label), *(_number(value, decimals) for value in row)] for label, *row in wide.itertuples()]
            return "\n".join(f"| {' | '.join(line)} |" for line in lines)
        case Format.text:
            return wide.to_string(float_format=lambda value: f"{value:.{decimals}f}", na_rep="–")


def rows(frame: pd.DataFrame, form: Format) -> str:
    """Write rows as they are, in lines for people numbers with two decimals."""
    match form:
        case Format.csv:
            return csv(frame, index=False)
        case Format.json:
            return str(frame.to_json(orient="records", indent=2, force_ascii=False))
        case Format.text:
            return frame.to_string(index=False, float_format="{:.2f}".format, na_rep="–")
        case Format.md:
            shown = frame.map(lambda value: _number(value, 2) if isinstance(value, float) else str(value))
            lines = [list(frame.columns), ["---"] * len(frame.columns), *shown.to_numpy().tolist()]
            return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _head(column: str | tuple[object, ...]) -> str:
    return column if isinstance(column, str) else " · ".join(map(str, column))


def _number(value: float, decimals: int) -> str:
    return "–" if pd.isna(value) else f"{value:.{decimals}f}"


def csv(frame: pd.DataFrame, *, index: bool) -> str:
    """Write a frame for a spreadsheet, to which no cell is a formula."""
    said = frame.map(_cell).rename(index=_cell, columns=_cell).rename_axis(index=_cell)
    return said.to_csv(index=index, float_format="%.6g", lineterminator="\n").rstrip()


def _cell(value: object) -> object:
    if isinstance(value, float):
        return value + 0.0  # no number is shown as less than zero by nothing
    return _FORMULA.sub(r"\1'", printable(value)) if isinstance(value, str) else value


def say(text: object = "") -> None:
    """Print lines that a terminal shows and does not obey, whatever stands in a file or in its name."""
    typer.echo("\n".join(printable(line) for line in str(text).split("\n")))


def note(head: str, text: object, style: str = "yellow") -> None:
    """Print one line beside what is asked for."""
    errors.print(Text.assemble((head, style), " ", printable(str(text))))


def level(said: str, line: str) -> None:
    """Print one line of a check, behind PASS, WARN or FAIL."""
    style = {"PASS": "green", "WARN": "yellow", "FAIL": "red"}[said]
    typer.echo(f"{typer.style(said, fg=style)}  {printable(line)}")
