"""What changed from one table to another: why value added did, and where the tables differ."""

import warnings
from collections.abc import Sequence
from itertools import product
from typing import Literal

import numpy as np
import pandas as pd

from gvc.amounts import ValueAdded, added_per_output, columns_of, in_words, unit_of
from gvc.errors import GvcError, described, one_of
from gvc.icio import ICIO, must_be_table
from gvc.leontief import input_coefficients, multipliers
from gvc.results import about

Labels = Sequence[tuple[str, ...]]

#: What changes: v, A, Y, and what the rows of a table lack of its output.
TERMS = ("coefficients", "inputs", "final_demand", "discrepancy")
FORMS = ("mean", "polar_1", "polar_2")
#: Blocks of a table, and what :func:`differences` tells apart in each.
BLOCKS = ("Z", "Y", "x", "va", "taxes")
BY: dict[str, tuple[str, ...]] = {
    "block": (),
    "economy": ("seller", "buyer"),
    "cell": ("seller", "sector", "buyer", "buyer_sector"),
}


def structural_decomposition(
    before: ICIO, after: ICIO, value_added: ValueAdded | tuple[ValueAdded, ValueAdded] = None
) -> pd.DataFrame:
    r"""Split the change of each economy's value added into what changed: coefficients, inputs, final demand.

    Parameters
    ----------
    before, after : ICIO
        Two tables of the same economies, sectors and unit.
    value_added : {"residual", "table", "taxes"}, name of an account, or pair of Series or DataFrames, optional
        As in :func:`gvc.value_added_coefficients`. An account is that of each table. Own amounts differ from table to
        table: a pair, of the first and of the second.

    Returns
    -------
    DataFrame, economy of origin × (form, term)
        In the unit of the tables, or in that of the amounts. The forms are the two polar ones, ``polar_1`` and
        ``polar_2``, and their ``mean``. In each the four terms add up to the change of what the economy adds. Of
        DataFrames with several amounts, columns are by ``amount``, too.

    Raises
    ------
    GvcError
        If the tables have other economies, sectors, parts or units, or amounts do not fit them.

    Notes
    -----
    Value added of an economy is :math:`v' B y`, with v its value added per unit of output and 0 elsewhere,
    :math:`B = (I - A)^{-1}`, and y final demand for each product. Indices 0 and 1 are the first and the second table,
    and :math:`\Delta B = B_0\, \Delta A\, B_1 = B_1\, \Delta A\, B_0`:

    .. math::
        \text{polar\_1:} \quad & \Delta v' B_1 y_1 + v_0' B_0\, \Delta A\, B_1 y_1 + v_0' B_0\, \Delta y \\
        \text{polar\_2:} \quad & \Delta v' B_0 y_0 + v_1' B_1\, \Delta A\, B_0 y_0 + v_1' B_1\, \Delta y

    The terms are ``coefficients``, ``inputs`` (technology and suppliers' shares together) and ``final_demand`` (level,
    mix and suppliers' shares together, of all absorbers). The rows of many tables do not quite add up to output; y is
    here :math:`x - Ax`, so that :math:`By = x`, and what :math:`\Delta y` has besides final demand is
    the ``discrepancy``. With three factors there are six orders in which they can change, each with another answer.
    Dietzenbacher and Los (1998) find the mean of the two polar forms close to that of all; how far the
    two are apart shows how far the answer depends on the order. An industry without output in one table has
    coefficients of 0 in it.

    The terms explain nothing by prices. In tables at current prices, coefficients are ratios of values, so that
    dearer oil is a change of inputs and of final demand; inflation, and in a common currency exchange rates, are
    a growth of final demand. For volumes take tables at constant prices: previous years' prices or deflated.

    B is not formed: each table is factorised and solved for its economies.

    Dietzenbacher and Los (1998), "Structural Decomposition Techniques: Sense and Sensitivity", Economic Systems
    Research 10(4), 307–324, doi 10.1080/09535319800000023.

    Examples
    --------
    China assembles parts of the United States, and then makes more of the parts itself and sells more.

    >>> import gvc
    >>> alike = dict(economies=["USA", "CHN"], sectors=["all"])
    >>> before = gvc.ICIO(**alike, Z=[[100, 50], [0, 50]], Y=[[30, 20], [70, 80]], x=[200, 200], va=[100, 100])
    >>> after = gvc.ICIO(**alike, Z=[[80, 20], [0, 100]], Y=[[30, 30], [80, 120]], x=[160, 300], va=[80, 180])
    >>> change = gvc.structural_decomposition(before, after)
    >>> change["mean"].round(1)
    term     coefficients  inputs  final_demand  discrepancy
    economy
    USA               0.0   -40.8          20.8          0.0
    CHN              25.0    15.8          39.2          0.0
    >>> change["mean"].sum(axis=1).round(9).to_dict()
    {'USA': -20.0, 'CHN': 80.0}
    """
    _must_be_alike(before, after)
    pair = value_added if isinstance(value_added, tuple) else (value_added, value_added)
    if len(pair) != 2 or isinstance(value_added, pd.Series | pd.DataFrame):
        raise GvcError(
            "value_added",
            expected="own amounts of both tables, in a pair",
            found=f"{len(pair)} in a tuple" if isinstance(value_added, tuple) else described(value_added),
            remedy="Pass `(amounts_before, amounts_after)`, or give each table an account of the same name.",
        )
    tables = before, after
    v, names = zip(*(added_per_output(*one, "value_added") for one in zip(tables, pair, strict=True)), strict=True)
    units = [unit_of(*one) for one in zip(tables, pair, strict=True)]
    if names[0] != names[1] or units[0] != units[1]:
        raise GvcError(
            "value_added",
            expected="the same amounts of both tables, in one unit",
            found=" and ".join(f"{', '.join(those)} ({unit})" for those, unit in zip(names, units, strict=True)),
            remedy='Give both the same names and the same `attrs["unit"]`.',
        )
    x = np.column_stack([table.x for table in tables])
    # Each table's inputs for either output, and its final demand.
    inputs = np.stack([input_coefficients(table) @ x for table in tables])
    demand = np.stack([table.Y.sum(axis=1) for table in tables])
    lacking = np.stack([x[:, at] - inputs[at, :, at] - demand[at] for at in (0, 1)])
    forms = []
    for weight, origin in ((1, 0), (0, 1)):  # whose output, and whose multipliers
        VB = multipliers(tables[origin], pair[origin])
        changes = np.column_stack([np.diff(one, axis=0)[0] for one in (inputs[:, :, weight], demand, lacking)])
        through = np.einsum("rik,ij->kjr", VB.reshape(*VB.shape[:2], -1), changes)
        directly = before.by_economy((v[1] - v[0]).T * x[:, weight])
        forms.append(np.concatenate([directly[:, None], through], axis=1))
    values = np.stack([(forms[0] + forms[1]) / 2, *forms], axis=1)  # (k, form, term, R)
    columns: list[pd.Index] = [pd.Index(FORMS, name="form"), pd.Index(TERMS, name="term")]
    amounts = columns_of(pair[0])
    if amounts is not None:
        columns.insert(0, amounts.rename(amounts.name or "amount"))
    frame = pd.DataFrame(
        values.reshape(-1, values.shape[-1]).T,
        pd.Index(before.result_economies, name="economy"),
        pd.MultiIndex.from_product(columns),
    )
    said = {"year": _from_to(before.year, after.year), "source": _from_to(before.source, after.source)}
    return about(frame, said, f"change of {in_words(names[0])}", units[0])


def differences(
    first: ICIO, second: ICIO, by: Literal["block", "economy", "cell"] = "block", largest: int = 20
) -> pd.DataFrame:
    """Show where two tables differ, such as two releases for one year, the largest differences first.

    Parameters
    ----------
    first, second : ICIO
        Two tables of the same economies, sectors and unit.
    by : {"block", "economy", "cell"}
        The blocks Z, Y, x, va and taxes as wholes; each by economy that sells and economy that buys; or each cell.
    largest : int
        How many rows to show.

    Returns
    -------
    DataFrame by block, and by (seller, buyer) or (seller, sector, buyer, buyer_sector)
        Only what differs: of equal tables it is empty. ``first`` and ``second`` are sums of each table,
        ``difference`` is the second less the first, and ``absolute`` the sum of the sizes of all differences of its
        cells, by which rows are sorted: all in the unit of the tables. ``percent`` is the difference in percent of the
        first, NaN where that is 0. Of x, va and taxes the seller is the industry, and the buyer empty.

    Raises
    ------
    GvcError
        If the tables have other economies, sectors, parts or units.

    Warns
    -----
    UserWarning
        If the tables are of different years.

    Notes
    -----
    Differences of cells may cancel out in their sum: ``absolute`` is at least as large as ``difference``, and much
    larger where something has moved between cells. Accounts are not compared.

    Examples
    --------
    >>> import gvc
    >>> from dataclasses import replace
    >>> table = gvc.load_sample()
    >>> Z = table.Z.copy()
    >>> Z[3, 28] += 500  # machinery of China to that of India
    >>> Z[3, 23] -= 400  # and to that of Russia
    >>> other = replace(table, Z=Z)
    >>> gvc.differences(table, other)
                first      second  difference   percent  absolute
    block
    Z      72440092.0  72440192.0       100.0  0.000138     900.0
    >>> gvc.differences(table, other, "economy").round(2)
                          first   second  difference  percent  absolute
    block seller buyer
    Z     CHN    IND    46891.0  47391.0       500.0     1.07     500.0
                 RUS    16337.0  15937.0      -400.0    -2.45     400.0
    """
    _must_be_alike(first, second)
    one_of("by", by, tuple(BY))
    if isinstance(largest, bool) or not isinstance(largest, int) or largest < 1:
        raise GvcError("largest", expected="a whole number above 0", found=repr(largest), remedy="Leave it out for 20.")
    if first.year != second.year:
        years = f"tables of {first.year} and {second.year}"
        warnings.warn(f"{years}: what changed in between is among the differences", stacklevel=2)
    industries, whole = list(product(first.economies, first.sectors)), first.result_economies
    users: dict[str, Labels] = {"Z": industries, "Y": [(code, "") for code in first.economies]}
    of_industry = np.repeat(first.membership, len(first.sectors), axis=0)
    rows: list[pd.DataFrame] = []
    for name in BLOCKS:
        cells = [getattr(table, name).reshape(len(industries), -1) for table in (first, second)]
        cells.append(np.abs(cells[1] - cells[0]))
        sellers: Labels = industries
        buyers = users.get(name, [("", "")])
        if by == "block":
            cells, sellers, buyers = [cell.sum(keepdims=True) for cell in cells], [()], [()]
        elif by == "economy":
            of_user = {"Z": of_industry, "Y": first.membership}.get(name, np.ones((1, 1)))
            cells, sellers = [of_industry.T @ cell @ of_user for cell in cells], [(code,) for code in whole]
            buyers = sellers if name in users else [("",)]
        size = cells[2].ravel()
        most = np.sort(np.argpartition(-size, min(largest, len(size)) - 1)[:largest])
        places = np.unravel_index(most[size[most] > 0], cells[2].shape)
        labels = [(name, *sellers[row], *buyers[column]) for row, column in zip(*places, strict=True)]
        numbers = dict(zip(("first", "second", "absolute"), (cell[places] for cell in cells), strict=True))
        rows.append(pd.DataFrame(numbers, pd.MultiIndex.from_tuples(labels, names=["block", *BY[by]])))
    found = pd.concat(rows)
    if by == "block":
        found.index = found.index.get_level_values("block")
    found = found.sort_values("absolute", ascending=False, kind="stable")[:largest]
    found.insert(2, "difference", found["second"] - found["first"])
    found.insert(3, "percent", 100 * found["difference"] / found["first"].where(found["first"] != 0))
    return found


def _from_to(one: object, other: object) -> object:
    return one if one == other else f"{one} to {other}"


def _must_be_alike(one: ICIO, other: ICIO) -> None:
    """Refuse two tables whose cells do not stand for the same."""
    must_be_table(one)
    must_be_table(other)
    for name in ("economies", "sectors"):
        labels, others = getattr(one, name), getattr(other, name)
        if labels == others:
            continue
        alone = [f"{label} only in the first" for label in labels if label not in others]
        alone += [f"{label} only in the second" for label in others if label not in labels]
        raise GvcError(
            "the two tables",
            expected=f"the same {name} in the same order",
            found=", ".join(alone[:4]) + (f" and {len(alone) - 4} more" if len(alone) > 4 else "") or "another order",
            remedy="Sum both to the same labels by `aggregate`, which also puts them in the order of its mapping.",
        )
    if dict(one.parts) != dict(other.parts):
        raise GvcError(
            "the two tables",
            expected="the same parts of economies",
            found=f"{dict(one.parts)} and {dict(other.parts)}",
            remedy="Sum parts to their whole by `aggregate`.",
        )
    if one.unit != other.unit:
        raise GvcError(
            "the two tables",
            expected="one unit",
            found=f"{one.unit} and {other.unit}",
            remedy="Convert one by `dataclasses.replace`: Z, Y, x, va, taxes and `unit`.",
        )
