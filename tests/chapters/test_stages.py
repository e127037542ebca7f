"""Stages: foreign value in final goods, as titled."""

from report.chapters import stages
from report.sources import LRWIOD, OECD, WIOD


def test_foreign_value_rose_to_2008_and_stood_still() -> None:
    world = stages.chains().set_index(["database", "industry", "year"])["value"]
    for industry in ("Electronics", "Cars and other vehicles", "Textiles and clothing", "Steel and other metals"):
        assert world[LRWIOD.label][industry][2000] > 1.5 * world[LRWIOD.label][industry][1965]
        assert 2005 <= world[WIOD.label][industry].idxmax() <= 2008
        late = world["OECD, estimates"][industry]
        assert abs(world[OECD.label][industry][2022] - late[2011]) < 2


def test_who_assembles() -> None:
    made = stages.makers().query("year == 2022").set_index("economy")["value"]
    assert made[["VNM", "MEX"]].min() > made.drop(["VNM", "MEX"]).max()
    assert made["USA"] == made.min()
