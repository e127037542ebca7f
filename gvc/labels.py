"""Labels of a table: what puts numbers in their order, and refuses those that do not fit them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from decimal import Decimal
from itertools import product
from numbers import Real
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from gvc import economies as eco
from gvc.errors import GvcError, described

Array = NDArray[np.float64]
Frozen = TypeVar("Frozen", bound=NDArray[Any])

#: What libraries call the level of a label that is the economy.
_ECONOMY = ("economy", "region", "country")


class Ordered(NamedTuple):
    """Frames and series of a table, in one order; none where none was given."""

    economies: list[str]
    sectors: list[str]
    Z: Array
    Y: Array
    x: Array | None
    va: Array | None
    taxes: Array | None


def read_only(array: Frozen) -> Frozen:
    """Return the array itself, which cannot be written to any more."""
    array.setflags(write=False)
    return array


def handed_over(array: Frozen) -> Frozen:
    """Return the array itself, which cannot be written to any more, nor can what it is a view of."""
    base: object = array
    while isinstance(base, np.ndarray):
        base.setflags(write=False)
        base = base.base
    return array


def rebuilt(kind: type, given: dict[str, Any]) -> object:
    """Make a record by its constructor, out of a pickle, whose arrays are its own."""
    return kind(**{name: read_only(one) if isinstance(one, np.ndarray) else one for name, one in given.items()})


def in_one_order(
    where: str, Z: pd.DataFrame, Y: pd.DataFrame, *, x: pd.Series | None, va: pd.Series | None, taxes: pd.Series | None
) -> Ordered:
    """Put frames and series in the order in which the rows of Z first name economies and sectors."""
    for name, frame, kind in (("Z", Z, pd.DataFrame), ("Y", Y, pd.DataFrame)):
        _must_be(f"{where}, {name}", frame, kind)
    _must_have_two_levels(f"{where}, rows of Z", Z.index)
    level = _economy_level(f"{where}, rows of Z", Z.index, Y.columns)
    users = _users(f"{where}, columns of Y", Y.columns, set(map(str, Z.index.get_level_values(level))))
    rows = _industries(f"{where}, rows of Z", Z.index, users)
    economies, sectors = (list(dict.fromkeys(label[level] for label in rows)) for level in (0, 1))
    due = [*product(economies, sectors)]

    def order(name: str, index: pd.Index) -> list[int]:
        place = f"{where}, {name}"
        return _places(place, _industries(place, index, users), due)

    def vector(name: str, given: pd.Series | None) -> Array | None:
        if given is None:
            return None
        _must_be(f"{where}, {name}", given, pd.Series)
        return frozen(f"{where}, {name}", given.to_numpy()[order(name, given.index)], (due,))

    columns = [tuple(map(str, label if isinstance(label, tuple) else (label,))) for label in Y.columns]
    cells = np.ix_(order("rows of Z", Z.index), order("columns of Z", Z.columns))
    deliveries = frozen(f"{where}, Z", handed_over(Z.to_numpy()[cells]), (due, due))
    demand = frozen(f"{where}, Y", handed_over(Y.to_numpy()[order("rows of Y", Y.index)]), (due, columns))
    by_economy = [[at for at, user in enumerate(users) if user == one] for one in economies]
    absent = [economy for economy, found in zip(economies, by_economy, strict=True) if not found]
    strange = [user for user in users if user not in economies]
    if absent or strange:
        raise GvcError(
            f"{where}, columns of Y",
            expected="final demand of each economy of Z, and of no other",
            found=f"none of {absent[0]}" if absent else f"that of {strange[0]}",
            remedy="Give both frames the same economies.",
        )
    demand = np.stack([demand[:, at].sum(axis=1) for at in by_economy], axis=1)
    return Ordered(economies, sectors, deliveries, demand, vector("x", x), vector("va", va), vector("taxes", taxes))


def by_economy(where: str, values: pd.Series, economies: Sequence[str]) -> Array:
    """Sum numbers by economy and category over the categories."""
    labels = [tuple(map(str, label)) for label in values.index]
    numbers = frozen(where, values.to_numpy(), (labels,))
    level = _economy_level(where, values.index, economies)
    of = np.array([label[level] for label in labels])
    absent = next((economy for economy in economies if economy not in of), None)
    odd = next((at for at, label in enumerate(labels) if of[at] not in economies or label in labels[:at]), None)
    if absent or odd is not None:
        raise GvcError(
            where,
            expected="each economy of the table and no other, each of its categories once",
            found=f"none of {absent}" if odd is None else " ".join(labels[odd]),
            remedy=f"Correct the labels{(odd is not None and _other_name(of[odd], economies)) or '.'}",
        )
    return np.array([numbers[of == economy].sum() for economy in economies])


def frozen(where: str, values: ArrayLike, axes: tuple[Sequence[tuple[str, ...]], ...]) -> Array:
    """Float array whose shape the labels of its axes give, and which nobody can write to.

    An array that can be written to is copied. One that cannot, nor can what it is a view of, is shared: who has made an
    array for a table hands it over by :func:`handed_over`, and pays for no copy.
    """
    try:
        given = np.asarray(values)
        # Text that looks like numbers, and the real part of a complex one, would be converted without a word.
        for one in () if given.dtype.kind in "biuf" else given.flat:
            if given.dtype != object or not isinstance(one, Real | Decimal):
                raise TypeError(f"{str(one)[:100]}, {described(one)}")
        array = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise GvcError(where, expected="numbers", found=str(error), remedy="Convert them first.") from error
    if isinstance(values, np.ma.MaskedArray):
        array = np.where(np.ma.getmaskarray(values), np.nan, array)  # what lies under a mask is no number
    shape = tuple(len(labels) for labels in axes)
    if array.shape != shape:
        raise GvcError(
            where,
            expected=f"shape {shape}",
            found=f"shape {array.shape}",
            remedy="Transpose it."
            if array.shape == shape[::-1]
            else "Order rows and columns by economy, then sector; sum final demand by economy.",
        )
    if isinstance(values, pd.Series | pd.DataFrame):
        array = _in_order(where, values, array, axes)
    # The sum shows in one pass that something is not finite; only then is it looked for.
    if not np.isfinite(array.sum()) and not np.isfinite(array).all():
        place = tuple(np.argwhere(~np.isfinite(array))[0])
        raise GvcError(
            f"{where}, {' × '.join(' '.join(labels[at]) for labels, at in zip(axes, place, strict=True))}",
            expected="a finite number",
            found=str(array[place]),
            remedy="Correct the source: a missing value is not a zero.",
        )
    if _nobody_writes(array):
        return array
    return read_only(array.copy(order="K") if np.may_share_memory(array, given) else array)


def _nobody_writes(array: NDArray[Any]) -> bool:
    """Whether neither an array nor what it is a view of can be written to."""
    base: Any = array
    while isinstance(base, np.ndarray):
        if base.flags.writeable:
            return False
        base = base.base
    try:
        return base is None or memoryview(base).readonly
    except TypeError:  # memory of another library, which does not say
        return False


def _in_order(
    where: str, frame: pd.Series | pd.DataFrame, array: Array, axes: tuple[Sequence[tuple[str, ...]], ...]
) -> Array:
    """Put the numbers of a frame in the order of the table, by the frame's labels."""
    for number, (axis, due) in enumerate(zip(frame.axes, axes, strict=True)):
        if axis.equals(pd.RangeIndex(len(axis))):
            continue
        shown = [_read(label, axis) for label in axis]
        places = {label: place for place, label in enumerate(shown)}
        alone = len({label[1:] for label in due}) == 1  # of one sector, the economy says enough
        readings = [due, [label[::-1] for label in due], [label[:1] if alone else label for label in due]]
        read = [[_read(label, axis) for label in reading] for reading in readings]
        orders = {tuple(map(places.__getitem__, labels)) for labels in read if {*labels} == {*places}}
        if len(places) < len(shown) or len(orders) != 1:
            raise _mislabelled(where, shown, read, " ".join(due[0]))
        (order,) = orders
        if order != (*range(len(order)),):
            array = array.take(order, axis=number)
    return array


def _mislabelled(where: str, shown: list[tuple[str, ...]], read: list[list[tuple[str, ...]]], first: str) -> GvcError:
    known = {label for labels in read for label in labels}
    odd = (at for at, label in enumerate(shown) if label not in known or label in shown[:at])
    at = next(odd, 0)
    due = {part for label in known for part in label}
    hint = next((said for part in shown[at] if (said := _other_name(part, due))), "")
    return GvcError(
        f"{where}, label {at + 1}",
        expected=f"the labels of the table, {first} and so on, each once and so that they tell economy and sector",
        found=" ".join(shown[at]) + (" again" if shown[at] in shown[:at] else ""),
        remedy=f"Correct them{hint or ', or pass `.to_numpy()` if the order is that of the table.'}",
    )


def _other_name(label: str, known: Collection[str]) -> str:
    """Say how a table calls the economy that a label of another database means; empty if it does not show it."""
    with suppress(GvcError):
        code = eco.iso(label, where="")
        if label not in known and code in known:
            return f": {label} is {code} in this table."
    return ""


def _read(label: object, axis: pd.Index) -> tuple[str, ...]:
    """Levels of a label, or ``CHN c1`` for all of ``CHN_c1``, ``CHN.c1`` and ``CHN c1``."""
    levels = tuple(map(str, label if isinstance(label, tuple) else (label,)))
    return levels if axis.nlevels > 1 else (re.sub(r"[\W_]+", " ", " ".join(levels)).strip(),)


def _must_be(where: str, given: object, kind: type) -> None:
    if not isinstance(given, kind):
        raise GvcError(
            where,
            expected=f"a labelled {kind.__name__}",
            found=described(given),
            remedy="Pass arrays that are in order to `gvc.ICIO(...)` itself.",
        )


def _economy_level(where: str, labels: pd.Index, others: Iterable[object]) -> int:
    """Which level of labels is the economy: the one that is called so, or else the one that shares most with others."""
    named = [level for level, name in enumerate(labels.names) if str(name).lower() in _ECONOMY]
    if len(named) == 1:
        return named[0]
    known = {str(part) for other in others for part in (other if isinstance(other, tuple) else (other,))}
    shared = [len(known & set(map(str, labels.get_level_values(level)))) for level in range(labels.nlevels)]
    if not max(shared) or shared.count(max(shared)) > 1:
        raise GvcError(
            where,
            expected="a level that tells the economy",
            found=f"{labels[0]} and so on" if len(labels) else "no labels",
            remedy='Name the levels: `frame.index.names = ["economy", "sector"]`, and the columns likewise.',
        )
    return shared.index(max(shared))


def _users(where: str, columns: pd.Index, economies: set[str]) -> list[str]:
    """Economy of each column of final demand."""
    level = _economy_level(where, columns, economies) if columns.nlevels > 1 else 0
    return [str(label) for label in columns.get_level_values(level)]


def _industries(where: str, labels: pd.Index, economies: Iterable[str]) -> list[tuple[str, str]]:
    """Economy and sector of each label."""
    _must_have_two_levels(where, labels)
    level = _economy_level(where, labels, economies)
    return [(str(label[level]), str(label[1 - level])) for label in labels]


def _must_have_two_levels(where: str, labels: pd.Index) -> None:
    if labels.nlevels != 2:
        raise GvcError(
            where,
            expected="labels of two levels, economy and sector",
            found=f"{labels.nlevels}, as in {labels[0]!r}" if len(labels) else "none",
            remedy='Split them: `frame.index = frame.index.str.split("_", n=1, expand=True)`.',
        )


def _places(where: str, labels: Sequence[tuple[str, str]], due: Sequence[tuple[str, str]]) -> list[int]:
    """Where each industry that is due stands among labels."""
    places, known = {label: place for place, label in enumerate(labels)}, set(due)
    twice = next((label for place, label in enumerate(labels) if places[label] != place), None)
    strange = next((label for label in labels if label not in known), None)
    missing = next((label for label in due if label not in places), None)
    wrong = [f"{' '.join(twice)} twice"] if twice else []
    wrong += [f"no {' '.join(missing)}"] if missing else []
    wrong += [" ".join(strange)] if strange else []
    if wrong:
        raise GvcError(
            where,
            expected="each sector of each economy once, the same as in the rows of Z",
            found=", ".join(wrong),
            remedy="Correct the labels, and give each economy all sectors: zeros where it makes nothing.",
        )
    return [places[label] for label in due]
