"""What economies consume and produce, against sums of the raw files."""

import numpy as np
import pytest
import rdata

from industrial_chains import data


def test_the_long_run_by_hand(test_data) -> None:
    (raw,) = rdata.read_rda(test_data / "data" / "lrwiod" / "WIODlr_WIOT_1990.rda").values()
    rows = raw[raw["Country"].astype(str) != "xTOT"]
    spent = rows[["KOR_xCONS_h", "KOR_xCONS_g"]].to_numpy().sum()
    invested = rows[["KOR_xGFCF", "KOR_xINV"]].to_numpy().sum()
    own = rows["Country"].astype(str).eq("KOR")
    users = [
        column
        for column in map(str, rows.columns)
        if column.partition("_")[0] in {"xROW", *rows["Country"].astype(str)}
    ]
    here = [column for column in users if column.startswith("KOR_")]
    sold = rows.loc[own, [column for column in users if column not in here]].to_numpy().sum()
    bought = rows.loc[~own, here].to_numpy().sum()
    found = data.table("saving").query("database == 'Long-run WIOD' and year == 1990 and economy == 'KOR'").iloc[0]
    assert found["consumption"] == pytest.approx(spent, rel=1e-5)
    # The product is what is spent and what others buy, less what is bought from them.
    assert found["product"] == pytest.approx(spent + invested + sold - bought, rel=1e-4)


def test_wiod_by_hand(test_data) -> None:
    raw = rdata.read_rda(test_data / "data" / "wiod2013" / "wiod07.rda")
    place = [str(code) for code in raw["countries"]].index("JPN")
    final = np.asarray(raw["final07"], dtype=float)
    spent = sum(final[:, 5 * place + use].sum() for use in (0, 1, 2))
    found = data.table("saving").query("database == 'WIOD' and year == 2007 and economy == 'JPN'").iloc[0]
    assert found["consumption"] == pytest.approx(spent, rel=1e-5)
    assert 0 < found["consumption"] < found["product"]
