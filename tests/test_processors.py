"""What is shown does not depend on the processor, by whose instructions OpenBLAS adds and numpy sorts."""

import ast
import os
import platform
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from book import chapters

ROOT = Path(__file__).parents[1]

#: Kinds of processor that OpenBLAS tells apart, and what numpy says of a machine that can play each.
CORES = {"Prescott": set(), "Haswell": {"AVX2", "X86_V3"}, "SkylakeX": {"AVX512_SKX", "X86_V4"}}

#: What amplifies the last digits most: differences between two solutions, of which some are zero, and shares of them.
SHOWN = """
import gvc
from industrial_chains.analysis.exposure import three_ways
from chapters.theory import drivers
from chapters.frontier import relocation
from exhibits.text import csv
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
        newer = {name for name in known["found"] if core == "Prescott" or name.startswith(("AVX512", "X86_V4"))}
        environment = {**os.environ, "OPENBLAS_CORETYPE": core, "OPENBLAS_NUM_THREADS": "1"}
        environment["NPY_DISABLE_CPU_FEATURES"] = "" if core == "SkylakeX" else ",".join(newer)
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


def loose(code: str) -> list[int]:
    """Find the sorts that leave ties in an order of their own; pandas sorts stably by several columns."""
    lines = []
    for call in ast.walk(ast.parse(code)):
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") in ("sort_values", "argsort"):
            by = [one.value for one in call.keywords if one.arg == "by"] + call.args
            several = by and isinstance(by[0], ast.List) and len(by[0].elts) > 1
            if not several and not any(one.arg == "kind" for one in call.keywords):
                lines.append(call.lineno)
    return lines


def test_what_ties_keeps_its_order_when_it_is_sorted() -> None:
    """By default numpy sorts with the processor's own instructions, and each orders ties in another way."""
    files = [
        path for package in ("book", "exhibits", "gvc", "industrial_chains") for path in (ROOT / package).rglob("*.py")
    ]
    found = {path.relative_to(ROOT).as_posix(): loose(path.read_text("utf-8")) for path in files}
    found |= {name: loose("\n".join(chapters.code(ROOT, name))) for name in chapters.chapters(ROOT)}
    assert len(found) > 120
    assert {name: lines for name, lines in found.items() if lines} == {}, 'say kind="stable"'
    assert loose('f.sort_values("a")\nf.sort_values(["a", "b"])\nf.sort_values("a", kind="stable")') == [1]
