"""Numbers in the sentences on decompositions of exports."""

import gvc
from exhibits.prose import Numbers, labelled
from gvc.icio import ICIO
from industrial_chains.chapters import decompositions
from industrial_chains.charting import names
from industrial_chains.sample import sample
from industrial_chains.sources import WIOD_NEA


def numbers() -> Numbers:
    """All of them, by name."""
    table = sample()
    return dict(**_counted_twice(table), **_frameworks(table), **_hosts(table), **_through_mexico(table))


def _counted_twice(table: ICIO) -> Numbers:
    found = decompositions.double_counting(table, WIOD_NEA)
    twice, share = found["twice"], found["share"]
    moved = share.sub(share["FC"], axis=0).abs()
    return {
        **labelled("share_counted_twice_lowest", twice.min()),
        **labelled("share_counted_twice_highest", twice.max()),
        **labelled("points_share_moves_most", moved[["BM", "KWW"]].max()),
        "number_of_exporters": len(found),
        "number_of_exporters_whose_share_rises": int((share["KWW"] > share["FC"]).sum()),
    }


def _frameworks(table: ICIO) -> Numbers:
    """How far three frameworks differ, and by how much the rows of the table fall short of output."""
    short = decompositions.rows_fall_short(table)
    missing = 100 * (1 - gvc.kww(table).sum(axis=1) / gvc.gross_exports(table).sum(axis=1))
    return {
        "percent_nine_terms_differ_from_BM_most": decompositions.correspondence(table)["bm"].max(),
        "percent_nine_terms_miss_most": missing.max(),
        "exporter_that_nine_terms_miss_most": names.economy(str(missing.idxmax())),
        "percent_rows_fall_short_most": short.max(),
        "economy_whose_rows_fall_short_most": names.economy(str(short.idxmax())),
    }


def _hosts(table: ICIO) -> Numbers:
    """Northeast Asia's share in the foreign part of exports, and in all of them."""
    shares = decompositions.shares_and_participation(table, WIOD_NEA, ["IDN", "MEX"])
    return {
        **labelled("share_NEA_in_foreign_value_added_of", shares["va_share"]),
        **labelled("share_NEA_in_exports_of", shares["of_exports"]),
    }


def _through_mexico(table: ICIO) -> Numbers:
    absorbed = gvc.value_added_by_route(table, "MEX", "USA")["absorbed"]
    foreign = absorbed.drop("MEX")
    return {
        **labelled("billions_through_MEX_of", absorbed[["MEX", "USA", "CHN"]] / 1000),
        "share_NEA_through_MEX": 100 * foreign[list(WIOD_NEA)].sum() / foreign.sum(),
    }
