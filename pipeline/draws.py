"""How often each verdict on a statement of the article stays when all numbers are drawn anew."""

from pathlib import Path

from industrial_chains.statements import verdicts

#: The folder of ``data/`` that it writes to.
INTO = "article"


def main(out: Path) -> None:
    """Draw, and write how often each stays."""
    verdicts.survival().to_csv(out / "draws.csv", index=False, float_format="%.2f", lineterminator="\n")
