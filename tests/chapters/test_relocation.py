"""Relocation: the hosts compared, and where they stand in the chain."""

import pytest

from gvc import ICIO, positions
from report.chapters import relocation
from report.sources import ADB, WIOD


def test_chinas_share_rose_in_every_host_and_after_2017_not_in_india() -> None:
    for source, hosts, last in ((WIOD, ["IDN", "IND", "MEX"], 2011), (ADB, ["ASEAN", "IDN", "IND", "MEX"], 2022)):
        share = source.shares("CHN", hosts)
        fell = share[last] < share[share.columns[0]]
        assert fell.index[fell].tolist() == (["IND"] if last == 2022 else [])


def test_chinas_machinery_embodies_most_and_stands_further_from_use_than_its_hosts(sample: ICIO) -> None:
    to_use = positions.upstreamness(sample).unstack()["Machinery"]
    embodied = positions.downstreamness(sample).unstack()["Machinery"]
    assert embodied.idxmax() == "CHN"
    assert to_use["CHN"] > 2 > to_use[["MEX", "IND", "IDN"]].max()
    assert to_use["USA"] == pytest.approx(to_use["IDN"], abs=0.05)


def test_hosts_are_compared() -> None:
    frame = relocation.hosts_compared()
    assert frame.index.tolist() == ["ASEAN", "India", "Mexico"]
