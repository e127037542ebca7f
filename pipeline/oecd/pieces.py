"""The three pieces that the OECD's table of 2022 is put together from: read, and held against each other.

Throughout o is an economy of origin, d of destination, i a selling and j a buying industry, k a sector of the flows:
industries of goods, which are industries of the tables too, and one sector for all services. Million USD, basic prices.
"""

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import h5py
import numpy as np
import pandas as pd

from gvc.errors import GvcError
from gvc.labels import Array
from gvc.sources.table import reading
from industrial_chains import economies as eco
from industrial_chains.uncertainty.error_sizes import YEAR

INTERMEDIATES = f"intermediate_flows_{YEAR}_80x50.npz"
NATIONAL = f"national_{YEAR}"
#: Final demand of residents; the last is what they buy abroad.
FINAL = ("HFCE", "NPISH", "GGFC", "GFCF", "INVNT", "DPABR")
#: The second is what visitors buy.
EXPORTS = ("EXPO", "CONS_NONRES")
#: What stands between inputs, value added and output, and their printed sum with the inputs.
TAXES = ("IMP_OTHER", "TXS_INT_FNL")
_TOTAL = "TTL_"
#: Of an output, how far sums may be from it: 0.00012 in real estate, where rents are imputed.
LOOSE = 1e-3
#: Of all flows, by how much intermediate use may exceed its flow: 0.00000007, where the carrier cut a negative sum off.
ROUNDED = 1e-6
#: Labels that the flows may have, twice theirs; bytes that the arrays of an archive may, four times theirs.
LABELS, LARGEST = 200, 500_000_000
_AGAIN = "Take the file from its carrier again."
_ONE_EDITION = "Take all pieces from one edition."


@dataclass(frozen=True, eq=False)
class Flows:
    """Gross flows of a year.

    Attributes
    ----------
    year : int
    economies : tuple of str
        G codes, the rest of the world the last.
    sectors : tuple of str
        K labels, services the last.
    X : (G, G, K) array
        From origin to destination by sector, for any use, own use among them.
    """

    year: int
    economies: tuple[str, ...]
    sectors: tuple[str, ...]
    X: Array

    @property
    def goods(self) -> int:
        """How many sectors are industries of goods."""
        return len(self.sectors) - 1

    @property
    def abroad(self) -> Array:
        """Flows that cross a border: what an economy delivers to itself is none."""
        return np.where(np.eye(len(self.economies), dtype=bool)[:, :, None], 0, self.X)


@dataclass(frozen=True, eq=False)
class Intermediates:
    """Intermediate deliveries among n economies with N industries each.

    Attributes
    ----------
    economies, industries : tuple of str
    Z : (n, N, n, N) array
    x : (n, N) array
        Output.
    """

    economies: tuple[str, ...]
    industries: tuple[str, ...]
    Z: Array
    x: Array


@dataclass(frozen=True, eq=False)
class National:
    """National tables of n economies: uses of products whatever their origin, and what closes the columns.

    Attributes
    ----------
    economies, industries : tuple of str
    Z : (n, N, N) array
        Of product i by industry j.
    final, exports, imports : (n, N) array
        Of products. Exports with what visitors buy, final demand and imports with what residents buy abroad.
    va, x : (n, N) array
        Value added and output of industries.
    """

    economies: tuple[str, ...]
    industries: tuple[str, ...]
    Z: Array
    final: Array
    exports: Array
    imports: Array
    va: Array
    x: Array


class Pieces(NamedTuple):
    """What is known of a year, in the same order of economies and industries."""

    flows: Flows
    inter: Intermediates
    national: National


def read_pieces(folder: str | Path) -> Pieces:
    """Read the pieces of :data:`YEAR` and hold them against each other.

    Parameters
    ----------
    folder : path
        With ``ICIOyyyy.mat``, :data:`INTERMEDIATES` and the folder :data:`NATIONAL`.

    Raises
    ------
    GvcError
        If a piece is missing or damaged, or they are not of one table.
    """
    folder = Path(folder)
    return together(
        read_flows(flows_file(folder, YEAR)),
        read_intermediates(folder / INTERMEDIATES),
        read_national(folder / NATIONAL),
    )


def flows_file(folder: str | Path, year: int) -> Path:
    """Name the file with the flows of a year."""
    return Path(folder) / f"ICIO{year}.mat"


def years(folder: str | Path) -> list[int]:
    """Years of which a folder holds flows, in order.

    Raises
    ------
    GvcError
        If it holds none.
    """
    found = sorted(Path(folder).glob("ICIO*.mat"))
    if not found:
        raise GvcError(
            str(folder),
            expected="flows, one file a year: ICIO2011.mat …",
            found="none" if Path(folder).is_dir() else "no such folder",
            remedy="`data/README.md` says what belongs there.",
        )
    return [_year_of(path) for path in found]


def _year_of(path: Path) -> int:
    match = re.fullmatch(r"ICIO(\d{4})", path.stem)
    if not match:
        raise GvcError(str(path), expected="a year in its name, as ICIO2011.mat", found=path.name, remedy="Rename it.")
    return int(match[1])


# -- reading ------------------------------------------------------------------------------------------------------


def read_flows(path: str | Path) -> Flows:
    """Read the flows of one year.

    Parameters
    ----------
    path : path
        ``ICIOyyyy.mat``, MATLAB 7.3, which is HDF5: in the group ``data`` an array ``Xjik_3D`` (sector, destination,
        origin), ``countries`` and ``sectors`` as references to texts in UTF-16, and ``year``.

    Raises
    ------
    GvcError
        If the file is missing or damaged, its labels, shape or numbers are not those of flows, or its year is not
        that of its name.
    """
    return _by_pair(Path(path), "Xjik_3D", "flow")


def read_tariffs(path: str | Path) -> Flows:
    """Read bilateral tariffs from the file of a year's flows: X holds rates, 0.25 for 25 percent.

    They are those of Teti's Global Tariff Database. They leave out the additional American duties since 2018, those of
    2022 are those of 2021, and services have rates although they bear no duty.

    Raises
    ------
    GvcError
        As :func:`read_flows`.
    """
    return _by_pair(Path(path), "tjik_3D", "tariff")


def _by_pair(path: Path, array: str, what: str) -> Flows:
    _must_be_there(path)
    with reading(str(path), "flows as MATLAB 7.3 keeps them", _AGAIN), h5py.File(path) as file:
        data = file["data"]
        # A few kilobytes can stand for arrays of any size: sizes are looked at before what has them.
        if data["year"].size != 1:
            found = f"{data['year'].size:,}"
            raise GvcError(f"{path}, year", expected="one number", found=found, remedy=_AGAIN)
        economies, sectors = (_texts(f"{path}, {name}", file, data[name]) for name in ("countries", "sectors"))
        _shape(path, f"{what}s", data[array].shape, (len(sectors), len(economies), len(economies)))
        values = data[array][()].astype(np.float64)
        year = int(data["year"][()].item())
    _labels(path, "economies", economies)
    _labels(path, "sectors", sectors)
    strangers = [code for code in economies if not eco.is_economy(code)]
    if strangers or economies[-1] != eco.ROW:
        raise GvcError(
            f"{path}, countries",
            expected=f"ISO 3166 alpha-3 codes, the last of them {eco.ROW}",
            found=", ".join(strangers) or f"{economies[-1]} as the last",
            remedy=_AGAIN,
        )
    if year != _year_of(path):
        raise GvcError(str(path), expected=f"flows of {_year_of(path)}", found=f"of {year}", remedy="Rename the file.")
    _numbers(path, what, values, (sectors, economies, economies))
    return Flows(year, economies, sectors, np.ascontiguousarray(values.transpose(2, 1, 0)))


def _texts(where: str, file: h5py.File, labels: h5py.Dataset) -> tuple[str, ...]:
    """Texts that a list of labels refers to."""
    if labels.size > LABELS:
        raise GvcError(where, expected=f"at most {LABELS} labels", found=f"{labels.size:,}", remedy=_AGAIN)
    texts = [file[place] for place in labels[()].ravel()]
    if (longest := max(text.size for text in texts)) > 1000:
        raise GvcError(where, expected="labels of at most 1,000 letters", found=f"one of {longest:,}", remedy=_AGAIN)
    return tuple(bytes(np.asarray(text[()].ravel(), dtype="<u2")).decode("utf-16-le") for text in texts)


def read_intermediates(path: str | Path) -> Intermediates:
    """Read intermediate deliveries and output.

    Parameters
    ----------
    path : path
        An archive of NumPy with ``economies``, ``industries``, ``Z`` (rows and columns by economy, then industry) and
        ``output``. Nothing in it is executed.

    Raises
    ------
    GvcError
        If the file is missing or damaged, or what is in it is not a table.
    """
    path = Path(path)
    _must_be_there(path)
    what = "an archive of NumPy with plain arrays"
    with reading(str(path), what, _AGAIN), zipfile.ZipFile(path) as archive:
        size = sum(part.file_size for part in archive.infolist())
    if size > LARGEST:
        raise GvcError(str(path), expected=f"arrays of at most {LARGEST:,} bytes", found=f"{size:,}", remedy=_AGAIN)
    with reading(str(path), what, _AGAIN), np.load(path, allow_pickle=False) as file:
        economies, industries = (tuple(map(str, file[name].tolist())) for name in ("economies", "industries"))
        Z, x = (file[name].astype(np.float64) for name in ("Z", "output"))
    _labels(path, "economies", economies)
    _labels(path, "industries", industries)
    rows = tuple(f"{economy} {industry}" for economy in economies for industry in industries)
    _shape(path, "Z", Z.shape, (len(rows), len(rows)))
    _shape(path, "output", x.shape, (len(rows),))
    _numbers(path, "Z", Z, (rows, rows))
    _numbers(path, "output", x, (rows,))
    shape = len(economies), len(industries)
    return Intermediates(economies, industries, Z.reshape(*shape, *shape), x.reshape(shape))


def read_national(folder: str | Path) -> National:
    """Read all national tables of a folder, in the order of their codes.

    Parameters
    ----------
    folder : path
        With a file ``XXX2022ttl.csv`` for each economy: rows ``TTL_…`` of products and those that close the columns,
        columns of industries and of final uses.

    Raises
    ------
    GvcError
        If a table is missing, damaged or of another year, or its sums are not met.
    """
    tables = read_tables(folder)
    first = next(iter(tables.values()))
    industries = products_of(first)

    def uses(columns: tuple[str, ...]) -> Array:
        rows = [_TOTAL + industry for industry in industries]
        return np.stack([table.loc[rows, list(columns)].to_numpy() for table in tables.values()])

    def closes(row: str) -> Array:
        return np.stack([table.loc[row, list(industries)].to_numpy() for table in tables.values()])

    return National(
        economies=tuple(tables),
        industries=industries,
        Z=uses(industries),
        final=uses(FINAL).sum(axis=2),
        exports=uses(EXPORTS).sum(axis=2),
        imports=-uses(("IMPO",))[..., 0],
        va=closes("VALU"),
        x=closes("OUTPUT"),
    )


def read_tables(folder: str | Path) -> dict[str, pd.DataFrame]:
    """Read national tables as they are printed, by the code of their economy."""
    folder = Path(folder)
    paths = sorted(folder.glob("*ttl.csv"))
    if not paths:
        raise GvcError(
            str(folder),
            expected=f"national tables, one file an economy: JPN{YEAR}ttl.csv …",
            found="none" if folder.is_dir() else "no such folder",
            remedy="`data/README.md` says what belongs there.",
        )
    tables = {}
    for path in paths:
        code, year = path.name[:3], path.name[3:].removesuffix("ttl.csv")
        if year != str(YEAR):
            raise GvcError(
                str(path), expected=f"a table of {YEAR}, by its name", found=year or "no year", remedy=_ONE_EDITION
            )
        tables[code] = _read_table(path)
        first = next(iter(tables.values()))
        for what, found, due in (
            ("rows", tables[code].index, first.index),
            ("columns", tables[code].columns, first.columns),
        ):
            if list(found) != list(due):
                odd = sorted(set(found) ^ set(due)) or ["another order"]
                raise GvcError(
                    f"{path}, {what}", expected=f"those of {paths[0].name}", found=", ".join(odd), remedy=_ONE_EDITION
                )
    return tables


def products_of(table: pd.DataFrame) -> tuple[str, ...]:
    """Industries of a national table: its products that are columns, too."""
    rows = (str(row) for row in table.index)
    return tuple(
        row.removeprefix(_TOTAL) for row in rows if row.startswith(_TOTAL) and row.removeprefix(_TOTAL) in table.columns
    )


def _read_table(path: Path) -> pd.DataFrame:
    with reading(str(path), "a national table as CSV", _AGAIN):
        table = pd.read_csv(path, index_col=0)
    industries = products_of(table)
    due = {"rows": {*TAXES, "TTL_INT_FNL", "VALU", "OUTPUT"}, "columns": {*FINAL, *EXPORTS, "IMPO", "TOTAL"}}
    for what, labels in (("rows", table.index), ("columns", table.columns)):
        absent = sorted(due[what] - set(labels))
        repeated = sorted(set(labels[labels.duplicated()]))
        if absent or repeated or not industries:
            found = f"no {', '.join(absent)}" if absent else f"{', '.join(map(str, repeated))} repeated"
            raise GvcError(
                f"{path}, {what}",
                expected="products, industries, final uses and totals, each once",
                found=found if absent or repeated else "no industries",
                remedy=_AGAIN,
            )
    texts = {str(name): pd.to_numeric(table[name], errors="coerce") for name in table.select_dtypes(exclude="number")}
    numbers: pd.DataFrame = table.assign(**texts).astype(np.float64)
    bad = np.argwhere(~np.isfinite(numbers.to_numpy()))
    if len(bad):
        row, column = bad[0]
        raise GvcError(
            f"{path}, row {table.index[row]}, column {table.columns[column]}",
            expected="a number",
            found=str(table.iat[row, column]),
            remedy=_AGAIN,
        )
    for identity in sums_of(numbers):
        excess = np.abs(identity.gap) - identity.allowed
        worst = int(excess.argmax())
        if excess[worst] > 0:
            raise GvcError(
                f"{path}, {industries[worst]}",
                expected=f"{identity.what}, to {identity.allowed[worst]:,.3g}",
                found=f"a gap of {identity.gap[worst]:,.6g}",
                remedy=_AGAIN,
            )
    return numbers


class Identity(NamedTuple):
    """What must be equal in a national table: by product or industry the gap, and how much of one may be."""

    what: str
    gap: Array
    allowed: Array


def sums_of(table: pd.DataFrame) -> list[Identity]:
    """Hold the printed sums of a national table against what adds up to them.

    Parameters
    ----------
    table : DataFrame
        One of :func:`read_tables`.

    Returns
    -------
    list of Identity
        Two may miss what three printed decimals leave open, two :data:`LOOSE` of output.
    """
    industries = list(products_of(table))
    products = table.loc[[_TOTAL + industry for industry in industries]]
    below = table[industries]
    output, inputs = below.loc["OUTPUT"].to_numpy(), below.loc["TTL_INT_FNL"].to_numpy()
    total, uses = products["TOTAL"].to_numpy(), products.drop(columns="TOTAL").to_numpy().sum(axis=1)
    bought = below.loc[[*products.index, *TAXES]].to_numpy().sum(axis=0)
    printed = np.full(len(industries), 0.0005 * table.shape[1])
    loose = printed + LOOSE * output
    return [
        Identity("uses of a product that add up to their total", uses - total, printed),
        Identity("inputs and taxes that add up to their total", bought - inputs, printed),
        Identity("uses that add up to output", total - output, loose),
        Identity(
            "inputs, taxes and value added that add up to output",
            inputs + below.loc["VALU"].to_numpy() - output,
            loose,
        ),
    ]


# -- together -----------------------------------------------------------------------------------------------------


def together(flows: Flows, inter: Intermediates, national: National) -> Pieces:
    """Hold the pieces against each other: labels, output, exports and imports, and that no use exceeds its flow.

    Raises
    ------
    GvcError
        If they are not of one table.
    """
    _same_labels(flows, inter, national)
    n, goods = len(inter.economies), flows.goods
    _agree("output in the intermediate flows", inter.x, national.x, inter.economies, inter.industries)
    for what, found, due in (
        ("exports in the flows", flows.abroad[:n].sum(axis=1), national.exports),
        ("imports in the flows", flows.abroad[:, :n].sum(axis=0), national.imports),
    ):
        _agree(what, found, by_sector(due, goods), inter.economies, flows.sectors)
    used = by_sector(inter.Z.sum(axis=3).transpose(0, 2, 1), goods)
    beyond = np.maximum(used - flows.X[:n, :n], 0)
    if beyond.sum() > ROUNDED * flows.X.sum():
        o, d, k = np.unravel_index(int(beyond.argmax()), beyond.shape)
        raise GvcError(
            f"intermediate flows, {inter.economies[o]} {flows.sectors[k]} → {inter.economies[d]}",
            expected=f"at most the flow, {flows.X[o, d, k]:,.6g}",
            found=f"{used[o, d, k]:,.6g}",
            remedy=_ONE_EDITION,
        )
    return Pieces(flows, inter, national)


def by_sector(values: Array, goods: int) -> Array:
    """Sum (…, N) by industry to (…, K) by sector of the flows: services together."""
    return np.concatenate([values[..., :goods], values[..., goods:].sum(axis=-1, keepdims=True)], axis=-1)


def _same_labels(flows: Flows, inter: Intermediates, national: National) -> None:
    absent = [code for code in inter.economies if code not in national.economies]
    if absent:
        raise GvcError(
            NATIONAL,
            expected=f"a table of each of the {len(inter.economies)} economies of the intermediate flows",
            found=f"none of {', '.join(absent)}",
            remedy="Take the missing file from its carrier.",
        )
    goods = flows.goods
    for what, found, due in (
        ("economies of the intermediate flows", inter.economies, flows.economies[:-1]),
        ("economies of the national tables", national.economies, inter.economies),
        ("goods industries of the intermediate flows", inter.industries[:goods], flows.sectors[:goods]),
        ("industries of the national tables", national.industries, inter.industries),
    ):
        if found != due:
            at = next(
                (at for at, pair in enumerate(zip(found, due, strict=False)) if pair[0] != pair[1]),
                min(len(found), len(due)),
            )
            raise GvcError(
                f"{what}, number {at + 1}",
                expected=f"{''.join(due[at : at + 1]) or 'no more'}, as in the other pieces",
                found="".join(found[at : at + 1]) or "no more",
                remedy=_ONE_EDITION,
            )


def _agree(what: str, found: Array, due: Array, economies: tuple[str, ...], labels: tuple[str, ...]) -> None:
    excess = np.abs(found - due) - LOOSE * due
    if excess.max() > 1:
        economy, label = np.unravel_index(int(excess.argmax()), excess.shape)
        raise GvcError(
            f"{what}, {economies[economy]} {labels[label]}",
            expected=f"{due[economy, label]:,.6g}, as in {NATIONAL}/{economies[economy]}{YEAR}ttl.csv",
            found=f"{found[economy, label]:,.6g}",
            remedy=_ONE_EDITION,
        )


def _must_be_there(path: Path) -> None:
    if not path.is_file():
        raise GvcError(str(path), expected="this file", found="none", remedy="`data/README.md` says where to get it.")


def _labels(path: Path, what: str, labels: tuple[str, ...]) -> None:
    repeated = sorted({label for label in labels if labels.count(label) > 1})
    if repeated or not all(labels):
        found = f"{', '.join(repeated)} repeated" if repeated else "an empty one"
        raise GvcError(f"{path}, {what}", expected="labels, each once", found=found, remedy=_AGAIN)


def _shape(path: Path, what: str, shown: tuple[int, ...], due: tuple[int, ...]) -> None:
    if shown != due:
        expected, found = (" × ".join(map(str, shape)) for shape in (due, shown))
        raise GvcError(f"{path}, {what}", expected=expected, found=found, remedy=_AGAIN)


def _numbers(path: Path, what: str, values: Array, axes: tuple[tuple[str, ...], ...]) -> None:
    bad = ~(values >= 0) | np.isinf(values)
    if bad.any():
        at = np.unravel_index(int(bad.argmax()), bad.shape)
        place = ", ".join(labels[index] for labels, index in zip(axes, at, strict=True))
        raise GvcError(
            f"{path}, {what} of {place}",
            expected="a number that is not negative",
            found=str(values[at]),
            remedy=_AGAIN,
        )
