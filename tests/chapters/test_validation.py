"""What the chapter on validation compares would show a number that is wrong."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

import gvc
from gvc.flows import industry_exports
from report.chapters import validation
from report.sample import sample
from report.sources import WIOD
from tests.test_core import USA_CHN


def test_the_examples_are_those_of_the_vectors(test_data: Path) -> None:
    vectors = json.loads((test_data / "vectors/kww_online_appendix/kww_examples.json").read_text())
    ours = validation.examples()
    assert len(ours) == len(vectors)
    for example, vector in zip(ours, vectors.values(), strict=True):
        assert example["economies"] == vector["countries"]
        for name, called in (("Z", "Z"), ("Y", "Y"), ("x", "X"), ("va", "VA")):
            assert example[name] == vector[called]
        printed, published = example["printed"], vector["published"]
        assert printed.get("exports") == published.get("E")
        assert printed.get("absorbed") == published.get("VBY")
        for code in example["economies"]:
            numbers = published.get(code, {})
            terms = [numbers[f"v{n}"] for n in range(1, 10)] if numbers else None
            assert printed.get(code, {}).get("terms") == terms
            others = {name: value for name, value in numbers.items() if name not in {f"v{n}" for n in range(1, 10)}}
            assert printed.get(code, {}).get("others", {}) == others


def test_every_printed_number_agrees() -> None:
    found = validation.against_print()
    assert found["Numbers"].tolist() == found["Agree"].tolist() == [26, 15, 6, 38]


def test_a_misprint_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = validation.examples()
    example = changed[-1]
    example["printed"]["C2"]["others"]["DC_share"] = 0.6
    example["printed"]["C1"]["terms"][4] = 0.9
    monkeypatch.setattr(validation, "examples", lambda: changed)
    found = validation.against_print().loc[example["name"]]
    assert found["Numbers"] - found["Agree"] == 2
    assert found["Largest gap"] == pytest.approx(1)


def test_rounds_by_hand() -> None:
    """Each of the two keeps half of a dollar and pays the other half to suppliers, who do the same."""
    found = validation.by_rounds(gvc.ICIO(**USA_CHN), [0, 1, 2, 40])
    assert found.loc[[0, 1, 2], "missing"].tolist() == pytest.approx([50, 25, 12.5])
    assert found.loc[40, ["missing", "gap"]].max() < 1e-9


def test_rounds_of_the_sample_close_in_on_the_solution() -> None:
    found = validation.rounds_of_sample()
    assert found["missing"].is_monotonic_decreasing
    assert found["gap"].is_monotonic_decreasing
    assert found["gap"].iloc[-1] < 1e-4
    table = sample()
    direct = (1 - (table.Z / table.x).sum(axis=0)) * industry_exports(table).sum(axis=1)
    share = direct.reshape(11, 5).sum(axis=1) / gvc.gross_exports(table).sum(axis=1)
    assert found.loc[0, "exporter"] == share.idxmin() == "CHN"
    assert found.loc[0, "missing"] == pytest.approx(100 * (1 - share.min()))


def test_accounts_close_but_for_rounding() -> None:
    found = validation.accounts()
    assert (found["gap"].iloc[:-1] < 1e-9).all()
    assert (found["compared"] > 600).all()
    last = found.iloc[-1]
    assert (last["economy"], last["year"]) == ("EST", 1995)
    assert last["near"] < 1 < last["gap"]


@pytest.mark.parametrize(
    ("flow", "identity"),
    [
        ("va_exports", "Value added of all origins makes gross exports"),
        ("DDC", "DVA, DDC, FVA and FDC make gross exports"),
        ("FDC", "FVA and FDC are the foreign value added of Table 1"),
        ("va_final_demand", "The industries' exports of value added make VAX"),
        ("DVA", "The industries' value added in exports makes DVA"),
        ("va_exports_to_USA", "Value added in exports to the United States makes those exports"),
    ],
)
def test_a_wrong_flow_is_seen(flow: str, identity: str) -> None:
    """Raise what one origin has in one destination by a half, in one year."""
    frame = WIOD.frame
    link = (frame["origin"] == "KOR") & (frame["destination"] == "JPN")
    there = link & (frame["flow"] == flow) & (frame["year"] == 2003)
    wrong = frame.assign(value=frame["value"].where(~there, 1.5 * frame["value"]))
    found = validation.accounts(replace(WIOD, flows=lambda: wrong)).loc[identity]
    assert found["gap"] > 0.01
    assert found["year"] == 2003
    assert found["economy"] in ("KOR", "JPN")
    assert found["near"] == found["gap"]
