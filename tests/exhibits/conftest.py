"""Names and colours for the tests of exhibits, which know no book."""

import pytest

from exhibits import names

NAMES = {
    **{"CHN": "China", "JPN": "Japan", "KOR": "Korea", "MEX": "Mexico", "IDN": "Indonesia", "USA": "United States"},
    **{"RUS": "Russia", "MNG": "Mongolia", "ROW": "Rest of world"},
}
COLOURS = dict.fromkeys(NAMES, "#8e9196") | {"CHN": "#d6123c", "JPN": "#186c90", "MEX": "#a83c60"}


@pytest.fixture(autouse=True)
def naming(monkeypatch: pytest.MonkeyPatch) -> None:
    for part, given in {"known": NAMES.__contains__, "display": NAMES.get, "colour": COLOURS.get}.items():
        monkeypatch.setattr(names.GIVEN, part, given)
