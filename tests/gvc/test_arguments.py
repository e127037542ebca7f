"""Arguments of every function, right, nearly right and wrong: a result or a GvcError, and nothing else."""

import inspect
import os
import warnings
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
from hypothesis import given, note, settings
from hypothesis import strategies as st

import gvc
from gvc.labels import read_only

#: ``make fuzz COUNT=10000`` draws as many as one likes.
COUNT = int(os.environ.get("GVC_FUZZ", "200"))

TABLE = gvc.load_sample().aggregate(
    {"CHN": "CHN", "JPN": "JPN", "MEX": "MEX"}
    | dict.fromkeys([code for code in gvc.load_sample().economies if code not in ("CHN", "JPN", "MEX")], "ROW"),
    {"Primary": "Primary", "Services": "Services", "Light": "Goods", "Materials": "Goods", "Machinery": "Goods"},
)
INDUSTRIES = pd.MultiIndex.from_product([TABLE.economies, TABLE.sectors], names=["economy", "sector"])
HOURS = pd.Series(TABLE.x / 7, INDUSTRIES, name="hours")
FRAME = HOURS.to_frame()
DEMAND = pd.DataFrame(TABLE.Y, INDUSTRIES, TABLE.economies)
INPUTS = pd.DataFrame(TABLE.Z, INDUSTRIES, INDUSTRIES)
EXPORTS, VAX = gvc.value_added_in_exports(TABLE), gvc.value_added_in_final_demand(TABLE)
PANEL, _ = gvc.panel.tidy(TABLE)
ONES = pd.DataFrame(1.0, INDUSTRIES, TABLE.economies)
MISSING = HOURS.where(HOURS.iloc[3] != HOURS)
STRANGE = HOURS.rename({"CHN": "XYZ"}, level="economy")

#: What a system of pymrio has.
SYSTEM = SimpleNamespace(Z=INPUTS, Y=DEMAND, x=FRAME * 7, unit=None, get_extensions=lambda data: [])
NAMES = pd.DataFrame({"from": TABLE.sectors, "to": ["a", "b", "c"]})

TABLES = [TABLE, gvc.as_block(TABLE, ["CHN", "JPN"], "EAST")]
ECONOMIES = ["CHN", ["CHN", "MEX"], "NAFTA", ("ROW",), np.array(["JPN"]), pd.Series(["MEX"])]
SECTORS = ["Goods", ["Goods", "Services"]]
BY_INDUSTRY = [HOURS, HOURS.swaplevel(), HOURS.iloc[::-1], FRAME]
FLOWS = [EXPORTS, VAX, gvc.gross_exports(TABLE), gvc.intermediate_flows(TABLE)]
ADDED = ["residual", "table"]
FLAGS = [True, False, np.bool_(True)]

#: What may stand for each argument of that name, in whatever function.
RIGHT: dict[str, list[object]] = {
    "icio": TABLES,
    "io": [SYSTEM],
    "value_added": [*ADDED, "CO2", ["CO2"]],
    "of": ["residual", "table", "taxes", "CO2", ["CO2"], *BY_INDUSTRY],
    "group": ECONOMIES,
    "name": ["EAST", "CHN", None],
    "exporters": ECONOMIES,
    "origins": ECONOMIES,
    "destinations": ECONOMIES,
    "treatment": ["members", "block", "merged"],
    "approach": ["source", "sink"],
    "detail": [None, "bilateral", "sector", "bilateral_sector"],
    "perspective": ["exporter", "world"],
    "linkage": ["forward", "backward"],
    "basis": ["trade", "content", "output"],
    "within": ["exports", "final_demand"],
    **{name: [None, *ECONOMIES] for name in ["exporter", "maker", "importer", "absorber", "seller"]},
    **{name: [None, "domestic", "foreign", *ECONOMIES] for name in ["origin", "buyer"]},
    **{name: [None, *SECTORS] for name in ["origin_sector", "sector"]},
    "market": ["domestic", "importer", "intermediate", "final", *ECONOMIES, None],
    "use": [None, "final", "intermediate", ["final"]],
    "once": FLAGS,
    "strict": FLAGS,
    "by": ["origin", "exporter", ["origin", "absorber"], ("origin_sector", "sector")],
    "change": [HOURS, HOURS.iloc[:1], -HOURS],
    "per_output": [HOURS, FRAME, TABLE.x, TABLE.Y],
    "demand": [HOURS, FRAME, TABLE.x, TABLE.Y],
    "flow": [*FLOWS, "gross_exports", "va_exports"],
    "vax": [VAX, VAX * 2],
    "exports": [gvc.domestic_value_added_in_exports(TABLE), HOURS],
    "panel": [PANEL],
    "year": [2011, None, np.int64(2011)],
    "result": [EXPORTS, gvc.kww(TABLE), HOURS, gvc.upstreamness(TABLE)],
    "path": [gvc.sample.FILE, str(gvc.sample.FILE)],
    "source": [None, "plain", "", "mine"],
    "costs": [None, ONES, ONES.to_numpy()],
    "tariffs": [None, (ONES * 0, ONES * 0.1), [ONES * 0, ONES * 0]],
    "productivity": [None, HOURS * 0 + 1.1],
    "trade": [pd.DataFrame({"MEX": {"CHN": 1.1, "ROW": np.nan}})],
    "gdp": [None, pd.Series({"CHN": 1.05, "ROW": 0.97})],
    "elasticity": [4, 4.0, {"Primary": 3, "Goods": 4, "Services": 5}, [3, 4, 5]],
    "balances": ["fixed", "zero"],
    "economies": [TABLE.economies, list(TABLE.economies), None, {"CHN": "EAST", "JPN": "EAST"}],
    "sectors": [TABLE.sectors, list(TABLE.sectors), None, {"Goods": "all"}, NAMES],
    "Z": [TABLE.Z, INPUTS, TABLE.Z.tolist()],
    "Y": [TABLE.Y, DEMAND],
    "x": [TABLE.x, HOURS, None],
    "va": [TABLE.va, HOURS, None],
    "taxes": [None, TABLE.taxes],
    "unit": ["million USD", ""],
    "parts": [None, {}, {"JPN": "CHN"}],
    "provenance": [None],
    "account": ["CO2", ["CO2"], None],
    **dict.fromkeys(["first", "second", "before", "after"], TABLES),
    "indicator": ["EXGR_FVA", "FFD_DVA", "EXGR_DVA"],
    "largest": [1, 20],
    "accounts": [None, (), "CO2", TABLE.accounts],
    "above_500_percent": FLAGS,
}
#: What may be meant for some argument, and fits none or few.
WRONG: list[object] = [
    None,
    0,
    3,
    -1.5,
    float("nan"),
    float("inf"),
    10**400,
    1j,
    True,
    np.float64(2),
    np.nan,
    pd.NA,
    pd.NaT,
    pd.Timestamp("2011-01-01"),
    "",
    "no",
    "China",
    "chn",
    "ASEAN",
    "EU27",
    "\0",
    "\ud800",
    b"CHN",
    object(),
    int,
    len,
    Path("absent.csv"),
    [],
    (),
    {},
    set(),
    [None],
    ["CHN", 3],
    ["CHN", "CHN"],
    [["CHN"]],
    [float("nan")],
    [pd.NA],
    {"CHN": 1},
    {1: "CHN"},
    {"CHN": "JPN"},
    {"CHN": ["JPN"]},
    {"XYZ": "JPN"},
    iter(["CHN"]),
    range(4),
    [[1, 2], [3]],
    np.array([]),
    np.array(3),
    np.zeros((2, 2)),
    np.zeros((3, 3, 3)),
    np.array(["CHN", "JPN"]),
    np.array([["CHN"]]),
    np.array([None, 1], dtype=object),
    np.arange("2011", "2014", dtype="datetime64[Y]"),
    TABLE.x.astype(str),
    TABLE.x + np.nan,
    TABLE.x[:-1],
    TABLE.x * 0,
    -TABLE.x,
    TABLE.Y.T,
    TABLE.Z.T,
    TABLE.Z + np.inf,
    np.ma.masked_less(TABLE.x, 1e6),
    pd.Series(dtype=float),
    pd.Series(["CHN", "JPN"]),
    pd.Series([1.0, np.nan]),
    HOURS.astype(str),
    HOURS.astype(object),
    HOURS.astype("Float64"),
    HOURS.reset_index(drop=True),
    HOURS.droplevel("sector"),
    HOURS.iloc[:-1],
    pd.concat([HOURS, HOURS]),
    MISSING,
    STRANGE,
    HOURS > 1,
    pd.DataFrame(),
    pd.DataFrame(index=INDUSTRIES),
    pd.DataFrame(columns=["CHN"]),
    FRAME.T,
    FRAME.astype(str),
    pd.concat([FRAME, FRAME], axis=1),
    EXPORTS.T,
    EXPORTS.iloc[:0],
    EXPORTS.iloc[:, :1],
    EXPORTS.astype(str),
    EXPORTS.astype(object),
    EXPORTS.rename_axis(None).rename_axis(None, axis=1),
    pd.concat([EXPORTS, EXPORTS]),
    pd.concat([EXPORTS, EXPORTS], axis=1),
    EXPORTS.mask(EXPORTS > 1e6),
    DEMAND.T,
    INPUTS.T.swaplevel(),
    INPUTS.droplevel(0),
    PANEL.iloc[:0],
    PANEL.drop(columns="value"),
    PANEL.assign(value="1"),
    PANEL.assign(origin=np.nan),
    PANEL.assign(year=2011.5),
    PANEL.sample(frac=0.7, random_state=1),
    pd.concat([PANEL, PANEL]),
    PANEL.astype("category"),
    ONES * -1,
    ONES * 1e300,
    (ONES, ONES, ONES),
    ("a", "b"),
    TABLE,
    gvc,
]
#: Classes that are made by whoever calls; the others are what functions return, warn or raise.
CALLED = {name: getattr(gvc, name) for name in gvc.__all__ if inspect.isfunction(getattr(gvc, name))}
CALLED |= {
    "ICIO": gvc.ICIO,
    "ICIO.from_frames": gvc.ICIO.from_frames,
    "ICIO.aggregate": lambda icio, economies=None, sectors=None: icio.aggregate(economies, sectors),
    "holes.find": gvc.holes.find,
    "panel.tidy": gvc.panel.tidy,
}
#: Nobody writes to these, or one draw would spoil another.
for one in WRONG:
    if isinstance(one, np.ndarray):
        read_only(one)


def kind(value: object) -> str:
    return f"{type(value).__name__} {str(value)[:70]!r}"


@settings(max_examples=COUNT, deadline=None)
@given(st.sampled_from(sorted(CALLED)), st.data())
def test_any_argument_gives_a_result_or_a_gvc_error(name: str, data: st.DataObject) -> None:
    function, passed = CALLED[name], {}
    for argument, parameter in inspect.signature(function).parameters.items():
        right = RIGHT.get(argument, [])
        # Most are right, or the first wrong one would hide all others.
        among = data.draw(st.sampled_from(["right"] * 5 + ["default"] * 2 + ["wrong"] * 2), argument)
        if among == "default" and parameter.default is not parameter.empty:
            continue
        passed[argument] = data.draw(st.sampled_from(WRONG if among == "wrong" or not right else right), argument)
    if name == "ICIO.aggregate" and not isinstance(passed["icio"], gvc.ICIO):
        return
    note(f"{name}: " + ", ".join(f"{argument}={kind(value)}" for argument, value in passed.items()))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            function(**passed)
        except gvc.GvcError as error:
            assert all((error.where, error.expected, error.found, error.remedy)), repr(error)
            assert len(str(error)) < 3000


def test_every_argument_has_right_values() -> None:
    """Of a new function no argument is drawn from wrong values alone."""
    asked = {argument for function in CALLED.values() for argument in inspect.signature(function).parameters}
    assert asked == {*RIGHT}
