"""A real table that is small enough to print, and the way to it."""

from pathlib import Path

from gvc.icio import ICIO
from gvc.sources import plain

#: WIOD 2011, 2013 release, summed to nine economies, the European Union of then and the rest of the world × 5 sectors.
FILE = Path(__file__).with_name("wiod2011.csv")


def load_sample() -> ICIO:
    """Load a small real table for trying out measures: WIOD 2011, 11 economies × 5 sectors.

    Returns
    -------
    ICIO
        In million USD, current prices. Nine economies, the European Union of 2011 (``EUU``) and the rest of the world
        (``ROW``), summed from the 2013 release of the World Input-Output Database (Timmer, Dietzenbacher, Los, Stehrer
        and de Vries 2015). Its account ``CO2``, in kt, is summed from the database's environmental accounts (Corsatea
        and others 2019, doi 10.2760/024036), which are of its 2016 release; there ``F_Y`` is what households emit.

    Examples
    --------
    >>> import gvc
    >>> gvc.load_sample()
    <ICIO: 11 economies × 5 sectors, 2011, WIOD 2013 release, million USD>
    """
    return plain.read(FILE)
