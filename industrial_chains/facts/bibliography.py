"""Numbers in the sentences on the works cited."""

from exhibits.prose import Numbers
from industrial_chains import literature


def numbers() -> Numbers:
    """All of them, by name."""
    return {"works_cited_by_the_article": len(literature.works()), "works_newer": len(literature.newer())}
