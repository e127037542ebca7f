"""Other tables than the book ships, for tests that ask what would be said of them."""

import pandas as pd
import pytest

from industrial_chains import data


def with_files(monkeypatch: pytest.MonkeyPatch, **changed: pd.DataFrame) -> None:
    """Let code read other tables than ``data/`` has, by their names."""
    shipped = data.table
    monkeypatch.setattr(data, "table", lambda name, **how: changed[name] if name in changed else shipped(name, **how))
