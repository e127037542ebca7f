"""What small books that tests build have in common."""

from pathlib import Path

from exhibits import fonts

ROOT = Path(__file__).parents[1]


def lend_fonts(book: Path) -> None:
    """Let a book have the fonts of this one: to make them takes each build of a new book seconds, charts or none."""
    place = book / fonts.PLACE
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(fonts.made(ROOT / fonts.PLACE).parent)
