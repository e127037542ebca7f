"""What a page gets to draw a chart anew: every number of the CSV, and what each column is."""

import json
from typing import Any

import pandas as pd
import pytest

from exhibits import charts, views
from exhibits.translation import Lexicon, Translator

WORDS: charts.Captions = {
    "name": "wheat",
    "title": "More wheat",
    "subtitle": "Million tonnes",
    "source": "Invented.",
    "alt": "A line rises.",
}
WHEAT = pd.DataFrame(
    {
        "year": [2021, 2022, 2021, 2022],
        "farm_kind": ["wet", "wet", "dry", "dry"],
        "tonnes": [7.125, float("nan"), 3, 4.5],
        "low": [7, float("nan"), 2, 4],
        "high": [8, float("nan"), 4, 5],
    }
)


def _about(chart: Any) -> dict[str, Any]:
    """Read what a chart says of itself as a notebook from the cache has it: sorted."""
    spec = json.loads(json.dumps(chart.to_dict(), sort_keys=True))
    about: dict[str, Any] = spec["usermeta"]["exhibit"]
    return about


def test_lines_keep_rows_gaps_and_bounds() -> None:
    chart = charts.lines(WHEAT, "year", "tonnes", "farm_kind", band=("low", "high"), events={"Rain": 2021.5}, **WORDS)
    view = views.compact(_about(chart))
    assert view["values"] == [7.125, None, 3, 4.5]
    assert view["x"] == {"name": "year", "label": "year", "rows": [2021, 2022, 2021, 2022]}
    assert [bound["rows"] for bound in view["band"]] == [[7, None, 2, 4], [8, None, 4, 5]]
    (farm,) = view["dims"]
    assert (farm["role"], farm["label"]) == ("series", "farm kind")
    assert farm["codes"] == ["wet", "dry"], "as the rows have them, not the alphabet"
    assert farm["rows"] == [0, 0, 1, 1]
    assert len(set(farm["colours"])) == 2
    assert view["events"] == {"Rain": 2021.5}


def test_two_columns_of_numbers_become_rows() -> None:
    wide = pd.DataFrame({"farm": ["wet", "dry"], "2021": [7.0, 3.0], "2022": [8.0, 4.5]})
    view = views.compact(_about(charts.dumbbell(wide, "farm", "2021", "2022", **WORDS)))
    assert view["values"] == [7, 3, 8, 4.5]
    farm, when = view["dims"]
    assert farm["rows"] == [0, 1, 0, 1]
    assert (when["codes"], when["rows"]) == (["2021", "2022"], [0, 0, 1, 1])


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_labels_are_those_of_a_language_and_codes_are_not(tmp_path: Any, language: str) -> None:
    lexicon = Lexicon(tmp_path, {"zh_CN": {"wet": "水田", "dry": "旱地", "farm kind": "类别"}})
    translated = Translator(language, lexicon).chart(charts.bars(WHEAT[:3:2], "farm_kind", "tonnes", **WORDS).to_dict())
    (farm,) = views.compact(translated["usermeta"]["exhibit"])["dims"]
    assert farm["codes"] == ["wet", "dry"]
    assert farm["labels"] == (["水田", "旱地"] if language == "zh_CN" else ["wet", "dry"])
    assert farm["label"] == ("类别" if language == "zh_CN" else "farm kind")
