"""Files in each layout, written from a known table: every reader is proved by the way back.

Workbooks and CSVs are lists of rows first, so that a test can spoil a cell before the file is written.
"""

import csv
import re
import struct
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import numpy as np
import pandas as pd
import rdata
import xlsxwriter

from gvc import ICIO

Row = list[Any]

#: The economies of the editions with 62 of them, in their order, and the rest of the world.
ADB62 = re.findall(
    r"\w+",
    """AUS AUT BEL BGR BRA CAN CHE CHN CYP CZE DEU DNK ESP EST FIN FRA GBR GRC HRV HUN IDN IND IRL ITA JPN KOR LTU LUX
    LVA MEX MLT NLD NOR POL PRT ROU RUS SVK SVN SWE TUR TWN USA BGD MYS PHL THA VNM KAZ MNG LKA PAK FJI LAO BRN BTN KGZ
    KHM MDV NPL SGP HKG ROW""",
)
#: What ADB writes where ISO 3166 has another code.
ADB_CODES = {
    "CHE": "SWI", "CHN": "PRC", "DEU": "GER", "DNK": "DEN", "ESP": "SPA", "GBR": "UKG", "IDN": "INO", "IRL": "IRE",
    "NLD": "NET", "PRT": "POR", "ROU": "ROM", "TWN": "TAP", "BGD": "BAN", "MYS": "MAL", "PHL": "PHI", "VNM": "VIE",
    "MNG": "MON", "LKA": "SRI", "BRN": "BRU", "BTN": "BHU", "KHM": "CAM", "MDV": "MLD", "NPL": "NEP", "SGP": "SIN",
    "FJI": "FIJ", "ROW": "RoW",
}  # fmt: skip
#: Shares of the components of final demand: they add up without rounding.
COMPONENTS = (0.5, 0.25, 0.125, 0.0625, 0.0625)
FIGARO_CODES = {"AUT": "AT", "GRC": "EL", "FIN": "FI", "ROW": "FIGW1", "FRA": "FR", "GBR": "UK", "USA": "US"}
LRWIOD_FINAL = ("xCONS_h", "xCONS_g", "xGFCF", "xINV")
LRWIOD_FOOTER = ("xII", "xVA", "xTXSP", "xSD", "xPURNR", "xPURR", "xMRG_int", "xGO")
WIOD2016_FOOTER = ("II_fob", "TXSP", "EXP_adj", "PURR", "PURNR", "VA", "IntTTM", "GO")


def known(
    economies: Sequence[str] = ("CHN", "JPN", "KOR", "MEX", "ROW"),
    sectors: Sequence[str] = ("c1", "c2", "c3"),
    *,
    parts: Mapping[str, str] | None = None,
    taxed: bool = True,
    seed: int = 1,
    **about: Any,
) -> ICIO:
    """Make a balanced table; rows of economies that have parts are empty, and so is final demand of the parts."""
    parts = parts or {}
    random = np.random.default_rng(seed)
    N, GN = len(sectors), len(economies) * len(sectors)
    Z = random.gamma(0.4, 300, (GN, GN))
    Y = random.gamma(0.8, 4000, (GN, len(economies))) + 900
    for at, economy in enumerate(economies):
        rows = slice(at * N, (at + 1) * N)
        if economy in parts.values():
            Z[rows] = Z[:, rows] = 0
            Y[rows] = 0
        if economy in parts:
            Y[:, at] = 0
    x = Z.sum(axis=1) + Y.sum(axis=1)
    taxes = 0.02 * x * taxed
    return ICIO(
        economies=economies,
        sectors=sectors,
        Z=Z,
        Y=Y,
        x=x,
        va=x - Z.sum(axis=0) - taxes,
        taxes=taxes,
        parts=parts,
        **{"year": 2021, "source": "known"} | about,
    )


def with_zeros(icio: ICIO, share: float = 0.3, idle: Sequence[int] = (), seed: int = 1) -> ICIO:
    """Take out a share of all deliveries and of final demand, and all that some industries sell or buy."""
    random = np.random.default_rng(seed)
    Z, Y = (np.where(random.random(flows.shape) < share, 0, flows) for flows in (icio.Z, icio.Y))
    rows = list(idle)
    Z[rows] = Z[:, rows] = 0
    Y[rows] = 0
    x = Z.sum(axis=1) + Y.sum(axis=1)
    taxes = 0.02 * x * icio.taxes.any()
    labels = {name: getattr(icio, name) for name in ("economies", "sectors", "year", "source", "unit", "parts")}
    return ICIO(**labels, Z=Z, Y=Y, x=x, va=x - Z.sum(axis=0) - taxes, taxes=taxes)


def in_whole_numbers(icio: ICIO) -> ICIO:
    """Round flows so that components of final demand and rows of taxes are whole, too; the table balances."""
    labels = {name: getattr(icio, name) for name in ("economies", "sectors", "year", "source", "unit", "parts")}
    Z, Y, taxes = np.rint(icio.Z), 16 * np.rint(icio.Y / 16), 5 * np.rint(icio.taxes / 5)
    x = Z.sum(axis=1) + Y.sum(axis=1)
    return ICIO(**labels, Z=Z, Y=Y, x=x, va=x - Z.sum(axis=0) - taxes, taxes=taxes)


def same(found: ICIO, due: ICIO) -> None:
    """Assert that two tables have the same labels and, to the last digit but one or two, the same numbers."""
    assert (found.economies, found.sectors, found.parts) == (due.economies, due.sectors, due.parts)
    for name in ("Z", "Y", "x", "va", "taxes"):
        largest = float(np.abs(getattr(due, name)).max())
        np.testing.assert_allclose(
            getattr(found, name), getattr(due, name), rtol=1e-12, atol=1e-12 * largest, err_msg=name
        )
    assert [*found.accounts] == [*due.accounts]
    for name, account in due.accounts.items():
        assert found.accounts[name].unit == account.unit
        np.testing.assert_allclose(found.accounts[name].F, account.F, rtol=1e-12, err_msg=name)
        np.testing.assert_allclose(found.accounts[name].F_Y, account.F_Y, rtol=1e-12, err_msg=name)


# -- workbooks ----------------------------------------------------------------------------------------------------


def adb(
    icio: ICIO,
    *,
    codes: Mapping[str, str] = ADB_CODES,
    code_row: bool = False,
    margins: str = "trs",
    blank: str | None = " ",
    zero: Any = 0.0,
    subtitle: str | None = None,
) -> Iterator[Row]:
    """Rows of the sheet ``ADB MRIO 2021``.

    `code_row` puts the numbers of the Latin American edition on top; `zero` stands for each number that is 0.
    """
    count = len(icio.economies)
    title = [
        f"Multiregional Input-Output Table {icio.year}",
        subtitle or f"{count} economies, at current prices (industry by industry)",
        "In millions of US$",
        blank,
    ]
    columns = _columns(icio, codes, [f"F{number}" for number in range(1, 6)])
    names = ["Agriculture and so on"] * len(icio.x) + ["Households"] * (5 * count)
    head: list[Row] = [
        *([[f"{at:04}" for at in range(1, len(names) + 1)]] if code_row else []),
        [*names, "TOTAL"],
        [*(economy for economy, _ in columns), "ToT"],
        [*(code for _, code in columns), blank],
    ]
    for line in title:
        yield [line, blank, blank, blank]
    for row in head:
        yield [blank, blank, blank, blank, *row]
    for row in _body(icio, codes, [blank, "Agriculture and so on"]):
        yield [zero if value == 0 else value for value in row]
    share = icio.taxes / 5
    for code, values in {
        "r60": icio.Z.sum(axis=0),
        "r99": share,
        "r61": share,
        "r62": share,
        "r63": share,
        "r64": icio.va,
        margins: share,
        "r69": icio.x,
    }.items():
        numbers = [zero if value == 0 else value for value in values.tolist()]
        yield [blank, code, "TOT", code, *numbers, *[blank] * (5 * count + 1)]


def adb_years(tables: Iterable[ICIO], **kind: Any) -> dict[str, Iterable[Row]]:
    """Sheets of a workbook of several years, with their legend."""
    tables = list(tables)
    return {f"ADB MRIO {icio.year}": adb(icio, **kind) for icio in tables} | {"Legend": legend(tables[0])}


def wiod2013(icio: ICIO) -> Iterator[Row]:
    """Rows of the sheet ``WIOT_2007``."""
    columns = _columns(icio, {"ROW": "RoW", "ROU": "ROM"}, [f"c{number}" for number in range(37, 42)])
    yield ["World Input-Output Table, " + str(icio.year)]
    yield ["(industry-by-industry)"]
    yield ["(millions of US$)", None, None, None, *["AtB"] * len(columns), None]
    yield [None, None, None, None, *["Agriculture"] * len(columns), "Total output"]
    yield [None, None, None, None, *(economy for economy, _ in columns), "TOT"]
    yield [None, None, None, None, *(code for _, code in columns), "c60"]
    yield from _body(icio, {"ROW": "RoW", "ROU": "ROM"}, ["AtB", "Agriculture"])
    share = icio.taxes / 5
    for code, values in zip(
        ("r60", "r99", "r61", "r62", "r63", "r64", "r65", "r69"),
        (icio.Z.sum(axis=0), share, share, share, share, icio.va, share, icio.x),
        strict=True,
    ):
        yield [None, code, "TOT", code, *values.tolist(), *[None] * (5 * len(icio.economies) + 1)]


def wiod2016(icio: ICIO, *, letter: str = "r") -> Iterator[Row]:
    """Rows of the sheet ``2014``: of industries r1, r2 …; the codes of its footer stand in the first column."""
    columns = _columns(icio, {}, [f"c{number}" for number in range(57, 62)])
    yield ["Intercountry Input-Output Table"]
    yield ["(industry-by-industry)"]
    yield ["(millions of US$)", None, None, None, *["A01"] * len(columns), "GO"]
    yield [None, None, None, None, *["Crop"] * len(columns), "Total output"]
    yield [None, None, None, None, *(economy for economy, _ in columns), "TOT"]
    yield [None, None, None, None, *(code for _, code in columns), "c62"]
    for row in _body(icio, {}, ["A01", "Crop"]):
        yield [*row[:3], letter + row[3].removeprefix("c"), *row[4:]]
    share = icio.taxes / 5
    rows = (icio.Z.sum(axis=0), share, share, share, share, icio.va, share, icio.x)
    for at, (code, values) in enumerate(zip(WIOD2016_FOOTER, rows, strict=True)):
        yield [code, code, "TOT", f"r{65 + at}", *values.tolist(), *[0.0] * (5 * len(icio.economies) + 1)]


def _columns(icio: ICIO, codes: Mapping[str, str], demand: Sequence[str]) -> list[tuple[str, str]]:
    printed = [codes.get(economy, economy) for economy in icio.economies]
    return [(economy, sector) for economy in printed for sector in icio.sectors] + [
        (economy, code) for economy in printed for code in demand
    ]


def _body(icio: ICIO, codes: Mapping[str, str], before: Row) -> Iterator[Row]:
    for row, (inputs, demand) in enumerate(zip(icio.Z, icio.Y, strict=True)):
        economy, sector = divmod(row, len(icio.sectors))
        label = [codes.get(icio.economies[economy], icio.economies[economy]), icio.sectors[sector]]
        yield [*before, *label, *inputs.tolist(), *np.outer(demand, COMPONENTS).ravel().tolist(), float(icio.x[row])]


def legend(icio: ICIO, names: Mapping[str, str] | None = None, codes: Mapping[str, str] = ADB_CODES) -> list[Row]:
    """Rows of the sheet ``Legend``: codes with the names of their countries, where they have one."""
    names = names or {}
    return [["Code", "Country"], *([codes.get(code, code), names.get(code, "")] for code in icio.economies)]


def xlsx(path: Path, sheets: Mapping[str, Iterable[Row]]) -> Path:
    """Write a workbook; None leaves a cell out, text is text even if it looks like a number."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(at, column, value)
                elif isinstance(value, bool):
                    sheet.write_boolean(at, column, value)
                elif value is not None:
                    sheet.write_number(at, column, value)
    book.close()
    return path


def renamed(path: Path, old: str, new: str) -> Path:
    """Give a sheet of a workbook a name that spreadsheets refuse and files can hold."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    name = f'<sheet name="{old}"'.encode()
    assert name in parts["xl/workbook.xml"]
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(name, f"<sheet name={quoteattr(new)}".encode())
    with zipfile.ZipFile(path, "w") as book:
        for part, content in parts.items():
            book.writestr(part, content)
    return path


def xlsb(path: Path, sheets: Mapping[str, Iterable[Row]]) -> Path:
    """Write the few records of a binary workbook that a reader needs: no library writes this format."""

    def record(kind: int, content: bytes = b"") -> bytes:
        head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        length, size = b"", len(content)
        while size > 127:
            length, size = length + bytes([size & 0x7F | 0x80]), size >> 7
        return head + length + bytes([size]) + content

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    def cell(column: int, value: Any) -> bytes:
        head = struct.pack("<II", column, 0)
        return record(6, head + wide(value)) if isinstance(value, str) else record(5, head + struct.pack("<d", value))

    relation = '<Relationship Id="rId{0}" Target="worksheets/sheet{0}.bin" Type="worksheet"/>'
    numbered = list(enumerate(sheets.items(), 1))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        relations = "".join(relation.format(at) for at, _ in numbered)
        archive.writestr("xl/_rels/workbook.bin.rels", f"<Relationships>{relations}</Relationships>")
        bundle = [record(156, struct.pack("<II", 0, at) + wide(f"rId{at}") + wide(name)) for at, (name, _) in numbered]
        archive.writestr("xl/workbook.bin", b"".join([record(131), record(143), *bundle, record(144), record(132)]))
        for at, (_, rows) in numbered:
            data = [list(row) for row in rows]
            size = struct.pack("<IIII", 0, len(data) - 1, 0, max(map(len, data)) - 1)
            body = [record(129), record(148, size), record(145)]
            for number, row in enumerate(data):
                body.append(record(0, struct.pack("<I", number) + bytes(21)))
                body += [cell(column, value) for column, value in enumerate(row) if value is not None]
            archive.writestr(f"xl/worksheets/sheet{at}.bin", b"".join([*body, record(146), record(130)]))
    return path


# -- R data -------------------------------------------------------------------------------------------------------


def write_rda(path: Path, objects: Mapping[str, Any]) -> None:
    """Write R data; the writer knows text as objects alone, and not as pandas 3 keeps it."""
    rdata.write_rda(
        path,
        {
            name: value.astype(dict.fromkeys(value.select_dtypes(exclude="number"), object))
            if isinstance(value, pd.DataFrame)
            else value
            for name, value in objects.items()
        },
    )


def rda2013(icio: ICIO, path: Path) -> Path:
    """Write the objects of the R package `wiod`; numbers as they are, not rounded."""
    short = f"{(icio.year or 0) % 100:02}"
    write_rda(
        path,
        {
            f"inter{short}": np.array(icio.Z),
            f"final{short}": (icio.Y[:, :, None] * COMPONENTS).reshape(len(icio.x), -1),
            f"output{short}": np.array(icio.x),
            "countries": np.array(["RoW" if code == "ROW" else code for code in icio.economies]),
            "industries": np.array(icio.sectors),
        },
    )
    return path


def frame2016(icio: ICIO) -> pd.DataFrame:
    """Make the data frame of a year of WIOD 2016."""
    rows = [row[4:] for row in wiod2016(icio)][6:]
    N = len(icio.sectors)
    names = [
        *(f"{economy}{number}" for economy in icio.economies for number in range(1, N + 1)),
        *(f"{economy}{57 + number}" for economy in icio.economies for number in range(5)),
        "TOT",
    ]
    GN = len(icio.x)
    labels = {
        "IndustryCode": [*(f"A{row % N}" for row in range(GN)), *WIOD2016_FOOTER],
        "IndustryDescription": [*["Crop"] * GN, *WIOD2016_FOOTER],
        "Country": [*(icio.economies[row // N] for row in range(GN)), *["TOT"] * 8],
        "RNr": np.array([*(row % N + 1 for row in range(GN)), *range(65, 73)], dtype=np.int32),
        "Year": np.full(GN + 8, icio.year, dtype=np.int32),
    }
    return pd.DataFrame(labels | {name: [row[at] for row in rows] for at, name in enumerate(names)})


def frame_lrwiod(icio: ICIO) -> pd.DataFrame:
    """Make the data frame of a year of the Long-run WIOD as the R data have it."""
    rows = list(lrwiod(icio))
    frame = pd.DataFrame(rows[1:], columns=rows[0])
    final = [name for name in frame if name.partition("_")[2] in LRWIOD_FINAL]
    users = [name for name in frame if name[:4] not in ("xTOT", "year", "row_") and name not in final]
    labels = {
        "IndustryCode_isic3": frame["row_isic3"],
        "IndustryDescription": "Agriculture, Hunting, Forestry and Fishing",
        "Country": frame["row_country"],
        "Year": frame["year"].astype(float),
    }
    numbers = frame[[*users, *final, *(name for name in frame if name.startswith("xTOT"))]]
    return pd.concat([pd.DataFrame(labels), numbers.astype(float)], axis=1)


def rda_lrwiod(icio: ICIO, path: Path) -> Path:
    """Write a year of the Long-run WIOD as R data."""
    write_rda(path, {f"WIODlr_WIOT_{icio.year}": frame_lrwiod(icio)})
    return path


# -- CSV ----------------------------------------------------------------------------------------------------------


def oecd(icio: ICIO, *, edition: int = 2021) -> Iterator[Row]:
    """Rows of a CSV of the OECD, header first; 2016 and 2018 name totals, taxes and final demand in their way."""
    old = edition <= 2018
    industries = [f"{economy}_{sector}" for economy in icio.economies for sector in icio.sectors]
    users = [economy for economy in icio.economies if economy not in icio.parts]
    parts = ("HFCE", "NPISH", "GGFC", "GFCF", "P33" if old else "INVNT")
    demand = np.stack([icio.Y[:, icio.economies.index(user)] for user in users], axis=1)
    if edition == 2016:
        headings = [f"{part}_{user}" for part in parts for user in users]
        final = np.concatenate([demand * share for share in COMPONENTS], axis=1)
        headings, final = [*headings, "DISC"], np.column_stack([final, np.full(len(icio.x), 0.0)])
    else:
        headings = [f"{user}_{part}" for user in users for part in parts]
        final = (demand[:, :, None] * COMPONENTS).reshape(len(icio.x), -1)
    yield ["" if old else "V1", *industries, *headings, "TOTAL" if old else "OUT"]
    for label, *numbers in zip(industries, icio.Z, final, icio.x, strict=True):
        yield [label, *np.hstack(numbers).tolist()]
    blank = [""] * (len(headings) + 1)
    if old:
        for user in users:
            yield [f"{user}_TAXSUB", *(icio.taxes / len(users)).tolist(), *blank]
    else:
        yield ["TLS", *icio.taxes.tolist(), *blank]
    yield ["VALU" if old else "VA", *icio.va.tolist(), *blank]
    yield ["OUTPUT" if old else "OUT", *icio.x.tolist(), *blank]


def lrwiod(icio: ICIO) -> Iterator[Row]:
    """Rows of the wide CSV of the Long-run WIOD, header first: final demand behind each economy's industries."""
    N, GN = len(icio.sectors), len(icio.x)
    codes = ["xROW" if economy == "ROW" else economy for economy in icio.economies]
    users = [f"{code}_{name}" for code in codes for name in (*icio.sectors, *LRWIOD_FINAL)]
    yield ["year", "row_country", "row_isic3", *users, "xTOT_xX", "xTOT_xM", "xTOT_xMRG_int", "xTOT_xGO"]
    shares = (*COMPONENTS[:3], COMPONENTS[3] + COMPONENTS[4])
    for row in range(GN):
        economy, sector = divmod(row, N)
        own = slice(economy * N, (economy + 1) * N)
        exports = icio.Z[row].sum() - icio.Z[row, own].sum() + icio.Y[row].sum() - icio.Y[row, economy]
        line = [
            number
            for at in range(len(codes))
            for number in (*icio.Z[row, at * N : (at + 1) * N], *(icio.Y[row, at] * share for share in shares))
        ]
        line += [exports, -exports, -0.1 * exports, icio.x[row]]
        yield [icio.year, codes[economy], icio.sectors[sector], *map(float, line)]
    tax = icio.taxes / 5
    for name, values in zip(LRWIOD_FOOTER, (icio.Z.sum(axis=0), icio.va, *[tax] * 5, icio.x), strict=True):
        line = [number for at in range(len(codes)) for number in (*values[at * N : (at + 1) * N], *[0.0] * 4)]
        yield [icio.year, "xTOT", name, *map(float, line), 0.0, 0.0, 0.0, 0.0]


def lrwiod_long(icio: ICIO) -> Iterator[Row]:
    """Rows of the long CSV of the Long-run WIOD, header first: a line for each number."""
    header, *rows = lrwiod(icio)
    codes = list(dict.fromkeys(name for names in (icio.sectors, LRWIOD_FINAL, LRWIOD_FOOTER) for name in names))
    number = {name: at for at, name in enumerate([*codes, "xX", "xM"], 1)}
    yield ["year", "row_country", "row_id", "row_isic3", "col_country", "col_id", "col_isic3", "value"]
    for year, economy, code, *values in rows:
        for heading, value in zip(header[3:], values, strict=True):
            user, _, name = heading.partition("_")
            yield [year, economy, number[code], code, user, number[name], name, value]


def figaro(icio: ICIO) -> Iterator[Row]:
    """Rows of a CSV of FIGARO, header first."""
    codes = [FIGARO_CODES.get(economy, economy) for economy in icio.economies]
    industries = [f"{code}_{sector}" for code in codes for sector in icio.sectors]
    components = ("P3_S13", "P3_S14", "P3_S15", "P51G", "P5M")
    yield ["rowLabels", *industries, *(f"{code}_{component}" for code in codes for component in components)]
    for label, inputs, demand in zip(industries, icio.Z, icio.Y, strict=True):
        yield [label, *inputs.tolist(), *np.outer(demand, COMPONENTS).ravel().tolist()]
    blank = [0.0] * (5 * len(codes))
    for name, values in {
        "D21X31": icio.taxes * 0.5,
        "OP_RES": icio.taxes * 0.25,
        "OP_NRES": icio.taxes * 0.25,
        "D1": icio.va * 0.5,
        "D29X39": icio.va * 0.125,
        "B2A3G": icio.va * 0.375,
    }.items():
        yield [f"W2_{name}", *values.tolist(), *blank]


def figaro_flat(icio: ICIO, *, zeros: bool = True, products: bool = False) -> Iterator[Row]:
    """Rows of FIGARO's flat CSV, header first: each number of the matrix by its two labels, perhaps without zeros."""
    kind, side = ("iciop", "Pp") if products else ("icioi", "Ii")
    yield [f"{kind}Row", f"{kind}Col", "refArea", f"row{side}", "counterpartArea", f"col{side}", "obsValue"]
    matrix = figaro(icio)
    header = next(matrix)[1:]
    for label, *numbers in matrix:
        for heading, number in zip(header, numbers, strict=True):
            if number or zeros:
                yield [label, heading, *label.split("_", 1), *heading.split("_", 1), number]


def delimited(path: Path, rows: Iterable[Row]) -> Path:
    """Write rows as a CSV file, numbers with all their digits."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return path


def zipped(path: Path, files: Mapping[str, bytes | str]) -> Path:
    """Write a zip of files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def one_sector_row(icio: ICIO) -> ICIO:
    """Empty what Eora26 does not have: sector TOTAL but for the rest of the world, and its other sectors."""
    kept = np.array(
        [(economy == "ROW") == (sector == "TOTAL") for economy in icio.economies for sector in icio.sectors]
    )
    Z, Y = icio.Z * np.outer(kept, kept), icio.Y * kept[:, None]
    x = Z.sum(axis=1) + Y.sum(axis=1)
    return ICIO(economies=icio.economies, sectors=icio.sectors, Z=Z, Y=Y, x=x, va=x - Z.sum(axis=0))


def eora(icio: ICIO, year: int = 2015) -> dict[str, str]:
    """Make the files of Eora26 by name, from a table as :func:`one_sector_row` leaves it."""
    N = len(icio.sectors)
    rows = np.flatnonzero(icio.x)
    components = ("Household", "Non-profit", "Government", "Capital", "Inventories")

    def lines(numbers: Any) -> str:
        return "\n".join("\t".join(map(repr, row)) for row in np.asarray(numbers).tolist()) + "\n"

    def label(economy: str, kind: str, name: str) -> str:
        code = {"SDN": "SUD", "SUN": "USR"}.get(economy, economy)
        return f"Country {code}\t{code}\t{kind}\t{name}\t\n"

    return {
        f"Eora26_{year}_bp_T.txt": lines(icio.Z[np.ix_(rows, rows)]),
        f"Eora26_{year}_bp_FD.txt": lines((icio.Y[rows][:, :, None] * COMPONENTS).reshape(len(rows), -1)),
        f"Eora26_{year}_bp_VA.txt": lines(np.outer((0.5, 0.5), icio.va[rows])),
        "labels_VA.txt": "Primary inputs\tCompensation\t\nPrimary inputs\tOther\t\n",
        "labels_T.txt": "".join(label(icio.economies[at // N], "Industries", icio.sectors[at % N]) for at in rows),
        "labels_FD.txt": "".join(
            label(economy, "Final Demand", component) for economy in icio.economies for component in components
        ),
    }


def exiobase(icio: ICIO, codes: Mapping[str, str], names: bool = True) -> dict[str, str]:
    """Make the files of EXIOBASE 3 by name: tabs, headings of two lines and, if wanted, a third that names labels."""
    labels = [(codes[economy], sector) for economy in icio.economies for sector in icio.sectors]
    components = ("Final consumption expenditure by households", "Changes in inventories", "Exports: Total (fob)")
    shares = (0.75, -0.25, 0.5)
    users = [(codes[economy], component) for economy in icio.economies for component in components]

    def text(heads: Sequence[tuple[str, str]], name: str, numbers: Any) -> str:
        lines = [["region", "", *(economy for economy, _ in heads)], [name, "", *(label for _, label in heads)]]
        lines += [["region", "sector", *[""] * len(heads)]] if names else []
        lines += [[*label, *map(repr, row)] for label, row in zip(labels, np.asarray(numbers).tolist(), strict=True)]
        return "".join("\t".join(line) + "\n" for line in lines)

    outputs = [
        ["region", "sector", "indout"],
        *([*label, repr(x)] for label, x in zip(labels, icio.x.tolist(), strict=True)),
    ]
    units = [["region", "sector", "unit"], *([*label, "M.EUR"] for label in labels)]
    return {
        "Z.txt": text(labels, "sector", icio.Z),
        "A.txt": text(labels, "sector", icio.Z / icio.x),
        "Y.txt": text(users, "category", (icio.Y[:, :, None] * shares).reshape(len(icio.x), -1)),
        "x.txt": "".join("\t".join(line) + "\n" for line in outputs),
        "unit.txt": "".join("\t".join(line) + "\n" for line in units),
    } | _accounts(icio, labels, users, shares)


def _accounts(
    icio: ICIO, labels: Sequence[tuple[str, str]], users: Sequence[tuple[str, str]], shares: Sequence[float]
) -> dict[str, str]:
    """Make the files of accounts: those in tonnes in a folder of their own, as newer editions have several."""

    def text(heads: Sequence[tuple[str, str]], name: str, numbers: Mapping[str, Any]) -> str:
        lines = [["region", *(economy for economy, _ in heads)], [name, *(label for _, label in heads)]]
        lines += [["stressor", *[""] * len(heads)], *([one, *map(repr, row.tolist())] for one, row in numbers.items())]
        return "".join("\t".join(line) + "\n" for line in lines)

    files: dict[str, str] = {}
    for folder in ("air_emissions", "satellite"):
        held = {name: one for name, one in icio.accounts.items() if (one.unit == "t") == (folder == "air_emissions")}
        files[f"{folder}/F.txt"] = text(labels, "sector", {name: one.F for name, one in held.items()})
        files[f"{folder}/F_Y.txt"] = text(
            users, "category", {name: np.outer(one.F_Y, shares).ravel() for name, one in held.items()}
        )
        files[f"{folder}/unit.txt"] = "\tunit\n" + "".join(f"{name}\t{one.unit}\n" for name, one in held.items())
    return files
