"""What is shown does not depend on the processor, whose instructions decide in which order OpenBLAS adds."""

import os
import platform
import subprocess
import sys

import numpy as np
import pytest
from threadpoolctl import threadpool_info

#: Kinds of processor that OpenBLAS tells apart, and what numpy says of a machine that can play each.
CORES = {"Prescott": set(), "Haswell": {"AVX2", "X86_V3"}, "SkylakeX": {"AVX512_SKX", "X86_V4"}}

#: What amplifies the last digits most: differences between two solutions, of which some are zero, and shares of them.
SHOWN = """
import gvc
from industrial_chains.analysis.exposure import three_ways
from industrial_chains.chapters import drivers, relocation
from industrial_chains.look.text import csv
from industrial_chains.sample import sample
from threadpoolctl import threadpool_info

table = sample()
measures = [
    relocation.rules, relocation.processing, gvc.kww, gvc.borin_mancini, gvc.wwz, gvc.participation,
    lambda icio: gvc.link_index(gvc.value_added_in_final_demand(icio)), lambda icio: three_ways(icio, "CHN"),
    lambda _: drivers.transfer_and_trade()["panels"][0].curves[0].data,
]
for measure in measures:
    print(csv(measure(table).reset_index(), index=False))
print({one["architecture"] for one in threadpool_info() if one["internal_api"] == "openblas"})
"""


def test_what_is_shown_does_not_depend_on_the_processor() -> None:
    if platform.machine().lower() not in ("x86_64", "amd64"):
        pytest.skip("these kinds of processor are of x86-64")
    if not any(one["internal_api"] == "openblas" for one in threadpool_info()):
        pytest.skip("numpy has no OpenBLAS here")
    known = np.show_config(mode="dicts")["SIMD Extensions"]
    able = {*known["baseline"], *known["found"]}
    shown, played = {}, {}
    for core in (core for core, needed in CORES.items() if not needed or needed & able):
        environment = {**os.environ, "OPENBLAS_CORETYPE": core, "OPENBLAS_NUM_THREADS": "1"}
        done = subprocess.run(
            [sys.executable, "-c", SHOWN], env=environment, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr
        *shown[core], played[core] = done.stdout.splitlines()
    first, *others = shown.values()
    assert len(first) > 1000
    assert len(set(played.values())) == len(shown) > 1, "each was another processor"
    for other in others:
        assert other == first
