"""What a run took is kept beside what the one before it took, and printed from the longest."""

import time
from pathlib import Path

from book import times


def test_two_runs_are_kept_and_told_side_by_side(tmp_path: Path) -> None:
    assert times.table(tmp_path, "make book", ("clock", "processors")) == ["make book: nothing is kept yet"]
    times.keep(tmp_path, "make book", {"all": (9.0, 1.0)})
    times.keep(tmp_path, "make book", {"pages": (2.04, 3.0), "all": (12.5, 4.0), "search": (0.5, 0.5)})
    told = [line.split() for line in times.table(tmp_path, "make book", ("clock", "processors"))]
    assert told[1:] == [
        ["all", "12.5", "4.0", "9.0", "1.0"],
        ["pages", "2.0", "3.0", "–", "–"],
        ["search", "0.5", "0.5", "–", "–"],
    ]
    times.keep(tmp_path, "make book", {"all": (7.0, 7.0)})
    assert times.table(tmp_path, "make book", ("clock", "processors"))[1].split() == [
        "all",
        "7.0",
        "7.0",
        "12.5",
        "4.0",
    ]


def test_a_stage_takes_the_time_of_the_clock_and_of_processors() -> None:
    stages: times.Stages = {}
    with times.stage(stages, "asleep"):
        time.sleep(0.2)
    with times.stage(stages, "at work"):
        end = time.process_time() + 0.2
        while time.process_time() < end:
            pass
    assert 0.2 <= stages["asleep"][0] < 5
    assert stages["asleep"][1] < 0.1
    assert 0.15 < stages["at work"][1] < 5


def test_what_is_too_much_to_print_is_summed_up(tmp_path: Path) -> None:
    times.keep(tmp_path, "make test", {f"tests/{number}.py": (float(number), 1.0) for number in range(50)})
    told = times.table(tmp_path, "make test", ("seconds", "tests"))
    assert len(told) == 1 + times.MOST + 1
    assert told[-1] == "and 10 more, 45.0"
