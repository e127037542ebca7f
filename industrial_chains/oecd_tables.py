"""Which tables the OECD's numbers of the book are from: a reconstruction, or the OECD's own files.

The book ships the first. ``python -m pipeline official FOLDER`` puts the second in their place, and all that follows
from whole tables except :data:`LEFT`.
"""

from functools import cache

from gvc import panel
from gvc.errors import GvcError

#: Files of ``data/`` that the command computes anew, the panel first.
REPLACED = (
    "panel/oecd.parquet",
    "panel/oecd_sectors.parquet",
    "frontier/reliance.csv",
    "frontier/origins.csv",
    "frontier/purchases.csv",
    "frontier/plants.csv",
    "frontier/without.csv",
    "frontier/rerouted.csv",
    "frontier/assembled.csv",
    "frontier/us_imports_content.csv",
    "frontier/nowcast_tables.csv",
    "northeast_asia/ledger.csv",
    "northeast_asia/finished.csv",
    "theory/final_goods.csv",
    "theory/products.csv",
)
#: Files that stay as they are: how often verdicts stay, the trade model's tables, what it says on them, nowcasts, and
#: one dollar of exports.
LEFT = (
    "article/draws.csv",
    "frontier/what_if_2017.parquet",
    "frontier/what_if_2022.parquet",
    "frontier/what_if_trials.csv",
    "frontier/back_test_draws.csv",
    "frontier/nowcast.csv",
    "frontier/nowcast_trial.csv",
    "northeast_asia/dollar.csv",
    "theory/answers.csv",
)
#: What charts of the reconstruction call its estimates; sentences name their cells so.
ESTIMATES = "OECD, estimates"
#: What is said of each build, and on top of each page.
NOTICE = (
    "This copy stands on the OECD’s own tables, put in place of the reconstruction that the text describes. Where the "
    "text speaks of estimates, of a table rebuilt and of margins of error, it speaks of the copy that was published. "
    f"Still from the reconstruction are the trade model, nowcasts and how often verdicts stay: {', '.join(LEFT)}."
)
#: The line of sources below what is of them.
LINE = "Own computation, from the OECD's own tables; what the trade model says, from their reconstruction."


@cache
def official() -> bool:
    """Whether the panel of the OECD is made of the OECD's own files: the column `source` tells."""
    try:
        source = panel.about("oecd").source
    except GvcError:  # there is none, or a damaged one, as whoever reads it is told
        return False
    return "rebuilt" not in source and "estimate" not in source
