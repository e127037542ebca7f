"""A measure that takes its time, in a module of its own: each worker that measures imports it, and what it imports."""

import os
import subprocess
import sys

import pandas as pd

from gvc import ICIO, panel


def slow(icio: ICIO) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Measure as ever, and wait meanwhile for a process that ends with this one, as that which loads a workbook."""
    if icio.year == int(os.environ.get("SLOW", "0")):
        waits = "import sys; sys.stdin.read()  # asleep"
        with subprocess.Popen([sys.executable, "-c", waits], stdin=subprocess.PIPE) as process:
            process.wait()
    return panel.tidy(icio)
