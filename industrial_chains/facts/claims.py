"""Numbers in the sentences on the article's statements."""

from exhibits.prose import Numbers, labelled
from industrial_chains.chapters import claims
from industrial_chains.chapters.claims import Verdict
from industrial_chains.sources import LRWIOD


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(**_verdicts(), **_choices(), **_draws(), **_textiles())


def _verdicts() -> Numbers:
    audited = claims.verdicts()
    ties, frontier = claims.tested(audited)
    causes = audited.loc[audited["kind"] == "cause", "verdict"]
    return {
        **claims.headline(audited),
        "statements_on_ties_that_hold_in_part": int(ties["verdict"].eq(Verdict.PARTLY).sum()),
        "statements_on_ties_against": int(ties["verdict"].isin([Verdict.RARELY, Verdict.FAILS]).sum()),
        "statements_on_the_frontier_too_close": int(frontier["verdict"].eq(Verdict.CLOSE).sum()),
        "statements": len(audited),
        "statements_tested": int((audited["held"] != "").sum()),
        "statements_on_causes_tested": int((causes != Verdict.UNTESTED).sum()),
        "statements_on_causes_that_fit": int((causes == Verdict.FITS).sum()),
    }


def _choices() -> Numbers:
    """Count what turns by other choices, and by one database alone."""
    counts = claims.by_terms().pivot(index="asked", columns="verdict", values="statements")
    answered, denied = counts.sum(axis=1), counts[[Verdict.RARELY, Verdict.FAILS]].sum(axis=1)
    singly, as_one = claims.that_hold("EU members one by one"), claims.that_hold("As the book asks")
    return {
        "most_statements_moved_by_a_choice": claims.turned_by_terms(),
        "more_hold_with_members_apart": singly - as_one,
        "statements_OECD_answers": int(answered["OECD alone"]),
        "statements_OECD_denies": int(denied["OECD alone"]),
        "statements_all_answer": int(answered["As the book asks"]),
        "statements_all_deny": int(denied["As the book asks"]),
    }


def _draws() -> Numbers:
    """Say how often verdicts stay when all numbers are drawn anew."""
    found = claims.verdicts()
    stays, close = found["stays"].dropna(), found["verdict"] == Verdict.CLOSE
    return {
        "draws": claims.DRAWS,
        "verdicts_drawn": len(stays),
        "verdicts_that_stay_in_nine_of_ten": int((stays >= 90).sum()),
        "verdicts_too_close": int(close.sum()),
        "verdicts_too_close_that_hold_as_they_stand": int(
            found.loc[close, "as_it_stands"].isin([Verdict.HOLDS, Verdict.FITS]).sum()
        ),
        "percent_of_draws_ASEAN_first": stays["closest_to_asean"],
        "percent_of_draws_rise_is_CHN": stays["rise_in_asean_is_chinas"],
        "percent_of_draws_JPN_above_KOR": stays["japan_above_korea"],
    }


def _textiles() -> Numbers:
    return labelled("year_of_peak_in_textiles", LRWIOD.advantage("textiles")[["JPN", "KOR", "TWN", "CHN"]].idxmax())
