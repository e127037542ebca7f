"""What the waves need of whole tables, against the tables."""

import pandas as pd

from gvc import read_icio
from industrial_chains import data
from industrial_chains.analysis.chains import foreign_in_final_goods, trade_by_product
from industrial_chains.sources import LRWIOD
from industrial_chains.waves_by_industry import INDUSTRIES
from pipeline import waves_by_industry


def test_stored_results_are_those_of_the_tables(test_data) -> None:
    table = read_icio(test_data / "data" / "lrwiod" / "WIODlr_WIOT_1975.rda")
    groups = {industry: waves_by_industry.sectors_of(industry, LRWIOD, table.sectors) for industry in INDUSTRIES}
    for name, measure in (("final_goods", foreign_in_final_goods), ("products", trade_by_product)):
        stored = data.table(name).query("database == 'Long-run WIOD' and year == 1975")
        keys = ["industry", "economy"]
        due = measure(table, groups, waves_by_industry.shown(table)).set_index(keys).sort_index()
        found = stored.set_index(keys)[list(due.columns)].sort_index()
        pd.testing.assert_frame_equal(found, due, rtol=1e-5)
