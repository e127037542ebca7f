"""The first page: numbers of its sentences, from the modules of the pages that it points to."""

from chapters.northeast_asia import claims
from exhibits.prose import Numbers


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    statements = claims.headline(claims.verdicts())
    return {
        "statements_on_ties_tested": statements["statements_on_ties_tested"],
        "statements_on_ties_supported": statements["statements_on_ties_supported"],
    }
