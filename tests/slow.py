"""A measure that takes its time, in a module of its own: each worker that measures imports it, and what it imports."""

import os
import subprocess
import sys

import pandas as pd

from gvc import ICIO, panel


def slow(icio: ICIO) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Measure as ever, and wait meanwhile for a process of one's own, as for a workbook that is loaded apart."""
    if icio.year == int(os.environ.get("SLOW", "0")):
        subprocess.run([sys.executable, "-c", "import time; time.sleep(99)"], check=True)
    return panel.tidy(icio)
