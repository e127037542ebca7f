"""OECD ICIO, editions 2016 to 2025: a CSV a year, alone or in the zip of several years.

Labels are ``AUS_D01T02``. Below the block stand net taxes (``TLS``, in older editions a row ``AUS_TAXSUB`` an economy),
value added (``VA``, ``VALU``) and output (``OUT``, ``OUTPUT``), which also is the last column (``OUT``, ``TOTAL``).
Regions of China and Mexico follow as ``CN1``, ``MX1`` …; the 2016 edition names final demand ``HFCE_AUS`` and has a
column ``DISC`` of what nobody used.
"""

from pathlib import Path

from gvc.icio import ICIO
from gvc.sources import delimited

#: Editions by number of economies, regions not counted, and of sectors.
EDITIONS = {(64, 34): 2016, (65, 36): 2018, (67, 45): 2021, (77, 45): 2023, (81, 50): 2025}


def read(path: Path, year: int | None = None) -> ICIO:
    """Read one year.

    Parameters
    ----------
    path : Path
        The CSV file, or a zip with it.
    year : int, optional
        Chooses the file in a zip; the year, where the name does not tell it.

    Returns
    -------
    ICIO
        In million USD, with the regions as `parts`.
    """
    lines = delimited.load(delimited.text(path, year))
    blocks = {label.partition("_")[::2] for label in lines.labels if "TAXSUB" not in label and "_" in label}
    economies = {economy for economy, _ in blocks if not economy[-1:].isdigit()}
    edition = EDITIONS.get((len(economies), len({sector for _, sector in blocks})))
    # No edition has a table of its own year: a name that says so tells the edition.
    named = [told for told in delimited.years_of(lines.name, edition) if edition is None or told < edition]
    return delimited.table(
        lines,
        footer={
            "taxes": (r"(\w+)_TAXSUB|TLS", "taxes"),
            "value added": ("VA|VALU", "added"),
            "output": ("OUT|OUTPUT", "output"),
        },
        total=("OUT", "TOTAL"),
        whole=True,
        source=f"OECD ICIO, {edition} edition" if edition else "OECD ICIO",
        year=delimited.agreed(lines.where, named, year, "in its name"),
        unit="million USD",
    )
