"""How many works the article cites, and how many newer ones the book has read."""

from exhibits.prose import Numbers
from industrial_chains import literature

# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    return {"works_cited_by_the_article": len(literature.works()), "works_newer": len(literature.newer())}
