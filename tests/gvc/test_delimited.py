"""Text layouts: the right year or an error, the forms in which they are published, one error for what is damaged."""

import csv
import os
import random
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

import gvc
from gvc import ICIO, GvcError, sources
from gvc.sources import cache, oecd, plain
from tests import layouts
from tests.layouts import Row, known, same

TABLE = known(["CHN", "JPN", "ROW"], ["c1", "c2"], year=2018)
EUROPE = known(("AUT", "GRC", "ROW", "USA"), ("A01", "B"))
EORA = layouts.one_sector_row(known(["AFG", "SDN", "ROW"], ["a", "b", "TOTAL"]))


def text(rows: Iterable[Row]) -> str:
    return "\n".join(",".join(map(str, row)) for row in rows) + "\n"


def plain_text(icio: ICIO, folder: Path) -> str:
    plain.write(icio, folder / "written.csv")
    return (folder / "written.csv").read_text("utf-8")


def put(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


OECD, FIGARO, FLAT = text(layouts.oecd(TABLE)), text(layouts.figaro(EUROPE)), text(layouts.figaro_flat(EUROPE))


# -- the right year, or an error ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("2022_SML.csv", 2022),
        ("2018.CSV", 2018),
        ("ICIO2021_2018.csv", 2018),
        ("icio2023_2018.csv", 2018),
        ("ICIO_2018.csv", 2018),
        ("OECD-2023-edition-2018.csv", 2018),
        ("OECD-2018-edition-2023.csv", 2018),
        ("icio 2018, released 2023, release 1.csv", 2018),
        ("2018 downloaded 2024-05-31.csv", 2018),
        ("OECD_2023_edition.csv", None),
        ("OECD_edition_2023.csv", None),
        ("OECD_2023ed.csv", None),
        ("OECD, released 2023.csv", None),
        ("table.csv", None),
        ("table20180.csv", None),
        ("edition 2023, 2018.csv", 2018),
        ("icio2021_2018_nov2021.csv", 2018),
        ("ICIO 2018_Dec2022.csv", 2018),
        ("ICIO 2018, constant 2010 prices.csv", 2018),
        ("ICIO_2018_2015prices.csv", 2018),
        ("ICIO_2018_2015_Prices.csv", 2018),
        ("ICIO_2018_base2015.csv", 2018),
        ("ICIO_2018_base_year_2015.csv", 2018),
        ("ICIO 2018 in prices of 2015.csv", 2018),
        ("ICIO_2018_const2015.csv", 2018),
        ("ICIO_2018 (2015=100).csv", 2018),
        ("2018_2015 base year.csv", 2018),
        ("ICIO_2018_chained_2015.csv", 2018),
        ("ICIO_2018_usd2015.csv", 2018),
        ("ICIO_2018_2015USD.csv", 2018),
        ("ICIO_2018_USD.csv", 2018),
        ("ICIO_USD_2018.csv", 2018),
        ("icio2018_pyp2017.csv", 2018),
        ("ICIO 2018, previous year's prices (2017).csv", 2018),
        ("icio_pyp_2018.csv", 2018),
        ("ICIO2021_2018_2015prices.csv", 2018),
        ("ICIO_base2015.csv", None),
    ],
)
def test_a_name_tells_the_year_and_not_the_edition(tmp_path, name: str, year: int | None) -> None:
    assert gvc.read_icio(put(tmp_path / name, OECD)).year == year


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("matrix_eu-ic-io_ind-by-ind_24ed_2021.csv", 2021),
        ("matrix_eu-ic-io_ind-by-ind_25ed_2021_v2.csv", 2021),
        ("matrix_eu-ic-io_ind-by-ind_2021.csv", 2021),
    ],
)
def test_figaro_names(tmp_path, name: str, year: int) -> None:
    assert gvc.read_icio(put(tmp_path / name, FIGARO)).year == year


@pytest.mark.parametrize(
    "name",
    [
        "figaro_2024_2015.csv",
        "release 2025, 2024, 2015.csv",
        "icio2024_2015.csv",  # no edition is of that year
        "icio2015_2024.csv",  # and none older than its tables
        "icio2024_x2015.csv",
    ],
)
@pytest.mark.parametrize("content", [OECD, FIGARO, FLAT])
def test_a_name_with_two_years_is_refused_until_one_is_asked_for(tmp_path, content: str, name: str) -> None:
    file = put(tmp_path / name, content)
    with pytest.raises(GvcError, match=rf"{re.escape(name)}: expected one year in its name; found 2015, 2024"):
        gvc.read_icio(file)
    assert gvc.read_icio(file, year=2015).year == 2015
    with pytest.raises(GvcError, match="expected the year 2019, as asked for; found 2015, 2024 in its name"):
        gvc.read_icio(file, year=2019)


def test_no_edition_of_the_oecd_has_a_table_of_its_own_year(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(oecd, "EDITIONS", {(3, 2): 2021})
    assert gvc.read_icio(put(tmp_path / "ICIO2021.csv", OECD)).year is None
    assert gvc.read_icio(tmp_path / "ICIO2021.csv", year=2018).year == 2018
    assert gvc.read_icio(put(tmp_path / "oecd_2021_2018.csv", OECD)).year == 2018
    with pytest.raises(GvcError, match="one year in its name; found 2016, 2018"):
        gvc.read_icio(put(tmp_path / "oecd_2016_2018.csv", OECD))


@pytest.mark.parametrize(
    ("economies", "sectors", "edition"),
    [(64, 34, 2016), (65, 36, 2018), (67, 45, 2021), (77, 45, 2023), (81, 50, 2025), (78, 45, None)],
)
def test_each_edition_of_the_oecd_by_its_numbers(tmp_path, monkeypatch, economies, sectors, edition) -> None:
    """As the OECD counts them: 63, 64, 66, 76 and 80 economies, and the rest of the world."""
    labels = [f"E{economy:02}E_{sector}" for economy in range(economies) for sector in range(sectors)]
    shown = SimpleNamespace(labels=[*labels, "CN1_0", "TLS", "VA", "OUT"], name="2014.csv", where="2014.csv")
    monkeypatch.setattr(oecd.delimited, "load", lambda _: shown)
    monkeypatch.setattr(oecd.delimited, "text", lambda *_: None)
    monkeypatch.setattr(oecd.delimited, "table", lambda _, **said: said["source"])
    assert oecd.read(tmp_path) == (f"OECD ICIO, {edition} edition" if edition else "OECD ICIO")


def test_the_numbers_of_economies_and_sectors_tell_the_edition(tmp_path, monkeypatch) -> None:
    assert gvc.read_icio(put(tmp_path / "icio2018_2015.csv", OECD)).year == 2015
    monkeypatch.setattr(oecd, "EDITIONS", {(3, 2): 2021})
    with pytest.raises(GvcError, match="one year in its name; found 2015, 2018"):
        gvc.read_icio(tmp_path / "icio2018_2015.csv")


def test_a_year_that_the_file_contradicts_is_an_error_that_names_both(tmp_path) -> None:
    plain.write(TABLE, tmp_path / "t.parquet")
    eora = layouts.zipped(tmp_path / "Eora26_2018_bp.zip", layouts.eora(EORA, 2018))
    for file, said in (
        (put(tmp_path / "ICIO2021_2018.csv", OECD), "2018 in its name"),
        (put(tmp_path / "matrix_24ed_2018.csv", FIGARO), "2018 in its name"),
        (put(tmp_path / "flatfile_24ed_2018.csv", FLAT), "2018 in its name"),
        (put(tmp_path / "t.csv", plain_text(TABLE, tmp_path)), "2018 after `# year:`"),
        (tmp_path / "t.parquet", "2018 after `# year:`"),
        (layouts.zipped(tmp_path / "one.zip", {"2018.csv": OECD}), "2018 in its name"),
        (layouts.zipped(tmp_path / "2017.zip", {"2017.csv": plain_text(TABLE, tmp_path)}), "2018 after `# year:`"),
        (eora, "Eora26_2018_bp_T.txt"),
    ):
        with pytest.raises(GvcError) as raised:
            gvc.read_icio(file, year=2017)
        assert file.name in raised.value.where
        assert "2017" in raised.value.expected
        assert raised.value.found == said
        assert gvc.read_icio(file, year=2018).year == gvc.read_icio(file).year == 2018


def test_the_name_of_a_plain_file_is_its_owners(tmp_path) -> None:
    content = plain_text(known(year=None), tmp_path)
    assert gvc.read_icio(put(tmp_path / "run2024.csv", content)).year is None
    assert gvc.read_icio(tmp_path / "run2024.csv", year=2011).year == 2011


@pytest.mark.parametrize("year", ["2011", "abc", 2011.0, True, [2011]])
@pytest.mark.parametrize("read", [gvc.read_icio, cache.read])
def test_a_year_that_is_no_whole_number_is_none(tmp_path, read: Callable[..., ICIO], year: object) -> None:
    file = put(tmp_path / "t.csv", plain_text(known(year=None), tmp_path))
    with pytest.raises(
        GvcError,
        match=rf"^year: expected a whole number; found {'a list' if year == [2011] else re.escape(repr(year))}\.",
    ):
        read(file, year=year)
    assert type(read(file, year=np.int64(2011)).year) is int


def several(folder: Path) -> Path:
    """Write a zip of two years that differ in their numbers."""
    files = {f"{year}_SML.csv": text(layouts.oecd(known(seed=year))) for year in (2016, 2022)}
    return layouts.zipped(folder / "2016-2022_SML.zip", files)


def test_the_year_chooses_the_numbers_too(tmp_path) -> None:
    file = several(tmp_path)
    for year in (2016, 2022):
        found = gvc.read_icio(file, year=year)
        assert found.year == year
        same(found, known(seed=year))
    with pytest.raises(GvcError, match=r"one CSV file; found 2016_SML\.csv, 2022_SML\.csv\. Pass `year=`"):
        gvc.read_icio(file)
    with pytest.raises(GvcError, match=r"one CSV file of 2019; found 2016_SML\.csv, 2022_SML\.csv\. Pass `year=`"):
        gvc.read_icio(file, year=2019)


@pytest.mark.parametrize(
    ("names", "year"),
    [
        (("2018.csv", "2018_SML.csv"), 2018),
        (("2018.csv", "2018_SML.csv"), None),
        (("matrix_ind-by-ind_24ed_2021.csv", "matrix_prod-by-prod_24ed_2021.csv"), 2021),
        (("figaro_2024_2015.csv", "figaro_2024_2016.csv"), 2015),
        (("one.csv", "two.csv"), 2015),
    ],
)
def test_what_a_year_cannot_choose_is_listed_to_be_unpacked(tmp_path, names: tuple[str, str], year) -> None:
    file = layouts.zipped(tmp_path / "t.zip", dict.fromkeys(names, OECD))
    said = re.escape(f"found {names[0]}, {names[1]}. Unpack the one that you mean, and read that.")
    with pytest.raises(GvcError, match=said):
        gvc.read_icio(file, year=year)


def test_one_table_in_a_zip_needs_no_name(tmp_path) -> None:
    file = layouts.zipped(tmp_path / "t.zip", {"table.csv": OECD, "ReadMe.txt": "", "__MACOSX/._table.csv": "x"})
    assert gvc.read_icio(file).year is None
    assert gvc.read_icio(file, year=2018).year == 2018


def test_years_of_a_zip_and_of_a_folder(tmp_path) -> None:
    assert sources.years(several(tmp_path)) == [2016, 2022]
    for year in (2015, 2014):
        for name, content in layouts.eora(EORA, year).items():
            put(tmp_path / "eora" / name, content)
    assert sources.years(tmp_path / "eora") == [2014, 2015]
    assert sources.years(tmp_path / "eora" / "Eora26_2015_bp_T.txt") == [None]
    files = {f"{year}/{name}": text for year in (2014, 2015) for name, text in layouts.eora(EORA, year).items()}
    assert sources.years(layouts.zipped(tmp_path / "Eora26.zip", files)) == [2014, 2015]
    assert sources.years(layouts.zipped(tmp_path / "one.zip", {"2018.csv": OECD})) == [None]
    assert sources.years(put(tmp_path / "2018.csv", OECD)) == [None]
    assert sources.years(tmp_path / "no such file") == [None]
    assert sources.years(layouts.zipped(tmp_path / "twice.zip", {"2018.csv": OECD, "2018_SML.csv": OECD})) == [None]
    assert sources.years(layouts.zipped(tmp_path / "none.zip", {"a.csv": OECD, "b.csv": OECD})) == [None]
    for name, said in (("oecd_2023_2015.csv", "2015, 2023"), ("table.csv", "none")):
        file = layouts.zipped(tmp_path / "open.zip", {"2014.csv": OECD, "2016.csv": OECD, name: OECD})
        with pytest.raises(GvcError, match=rf"open\.zip, {name}: expected one year in its name, .* found {said}"):
            sources.years(file)


def test_eora_of_several_years_or_prices(tmp_path) -> None:
    for year in (2014, 2015):
        for name, content in layouts.eora(EORA, year).items():
            put(tmp_path / name, content)
    assert gvc.read_icio(tmp_path, year=2014).year == 2014
    with pytest.raises(GvcError, match=r"found Eora26_2014_bp_T\.txt, Eora26_2015_bp_T\.txt\. Pass the `year=`"):
        gvc.read_icio(tmp_path)
    with pytest.raises(GvcError, match=r"Eora26_2013_bp_T\.txt; found Eora26_2014_bp_T\.txt, Eora26_2015"):
        gvc.read_icio(tmp_path, year=2013)
    put(tmp_path / "Eora26_2015_pp_T.txt", "")
    with pytest.raises(GvcError, match=r"found Eora26_2015_bp_T\.txt, Eora26_2015_pp_T\.txt\. Unpack them, and name"):
        gvc.read_icio(tmp_path, year=2015)
    assert gvc.read_icio(tmp_path / "Eora26_2015_bp_T.txt").year == 2015


# -- published forms ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", ["oecd", "figaro", "flat", "plain"])
def test_a_byte_order_mark_changes_nothing(tmp_path, layout: str) -> None:
    content = {"oecd": OECD, "figaro": FIGARO, "flat": FLAT, "plain": plain_text(TABLE, tmp_path)}[layout]
    bare, marked = put(tmp_path / "1" / "2018.csv", content), put(tmp_path / "2" / "2018.csv", "\ufeff" + content)
    same(gvc.read_icio(marked), gvc.read_icio(bare))
    assert gvc.read_icio(marked).source == gvc.read_icio(bare).source
    zipped = layouts.zipped(tmp_path / "t.zip", {"2018.csv": marked.read_bytes()})
    same(gvc.read_icio(zipped), gvc.read_icio(bare))


def test_a_plain_file_as_a_spreadsheet_program_saves_it(tmp_path) -> None:
    """With a mark, with lines that end in two characters, comments filled up with commas, and one of them in quotes."""
    table = known(["CHN", "JPN"], ["c1"], year=2018, source="mine, second edition")
    rows = list(csv.reader(plain_text(table, tmp_path).replace("mine, second", "mine second").splitlines()))
    with (tmp_path / "t.csv").open("w", encoding="utf-8-sig", newline="") as file:
        for row in rows:
            cells = [cell.replace("mine second", "mine, second") for cell in row]
            csv.writer(file).writerow([*cells, *[""] * (len(rows[-1]) - len(cells))])
    content = (tmp_path / "t.csv").read_bytes()
    assert content.startswith(b'\xef\xbb\xbf"# source: mine, second edition",,')
    assert b"# year: 2018,,,,,\r\n" in content
    found = gvc.read_icio(tmp_path / "t.csv")
    same(found, table)
    assert (found.source, found.year) == ("mine, second edition", 2018)


def test_utf_16_is_one_error(tmp_path) -> None:
    for content in (OECD, FIGARO, plain_text(TABLE, tmp_path)):
        file = put(tmp_path / "t.csv", content.encode("utf-16"))
        with pytest.raises(GvcError, match=r"t\.csv, line 1: expected text in UTF-8; found UTF-16"):
            gvc.read_icio(file)


@pytest.mark.parametrize("labels", ["indices.zip", "deep/indices.zip", "", "indices/", "in it/indices.zip"])
@pytest.mark.parametrize("form", ["zip", "folder", "file"])
def test_eora_whose_labels_lie_elsewhere(tmp_path, labels: str, form: str) -> None:
    files = layouts.eora(EORA)
    names = {name: content for name, content in files.items() if name.startswith("labels_")}
    folder = tmp_path / "Eora26_2015_bp"
    for name in files.keys() - names:
        put(folder / name, files[name])
    zipped = layouts.zipped(tmp_path / "Eora26_2015_bp.zip", {name: files[name] for name in files.keys() - names})
    path = {"zip": zipped, "folder": folder, "file": folder / "Eora26_2015_bp_T.txt"}[form]
    place = folder if labels.startswith("in it") else tmp_path
    if labels.endswith(".zip"):
        inside = "indices/" if labels.startswith("deep") else ""
        layouts.zipped(place / "indices.zip", {inside + name: content for name, content in names.items()})
    else:
        for name, content in names.items():
            put(place / labels / name, "\ufeff" + content)
    if form == "zip" and place == folder:
        with pytest.raises(GvcError, match=r"bp\.zip, labels_T\.txt: expected the file, among the others; found no"):
            gvc.read_icio(path)
    else:
        same(gvc.read_icio(path), EORA)


def test_eora_takes_the_nearest_labels_and_none_of_another_year(tmp_path) -> None:
    other = layouts.eora(layouts.one_sector_row(known(["AFG", "SUN", "ROW"], ["a", "b", "TOTAL"])), 2014)
    files = {f"{year}/{name}": content for year, table in ((2014, other), (2015, layouts.eora(EORA))) for name, content
             in table.items()}  # fmt: skip
    zipped = layouts.zipped(tmp_path / "Eora26.zip", files)
    assert gvc.read_icio(zipped, year=2014).economies == ("AFG", "SUN", "ROW")
    same(gvc.read_icio(zipped, year=2015), EORA)
    layouts.zipped(zipped, files | {"2013/labels_T.txt": ""})
    same(gvc.read_icio(zipped, year=2015), EORA)
    without = {name: content for name, content in files.items() if not name.startswith("2015/labels")}
    layouts.zipped(zipped, without | {"2013/labels_T.txt": other["labels_T.txt"]})
    with pytest.raises(GvcError, match=r"labels_T\.txt: expected the file, among the others"):
        gvc.read_icio(zipped, year=2015)


def test_labels_beside_a_zip_belong_to_what_the_cache_knows_it_by(tmp_path) -> None:
    files = layouts.eora(EORA)
    zipped = layouts.zipped(tmp_path / "Eora26_2015_bp.zip", files)
    before = cache.key(zipped)
    put(tmp_path / "labels_T.txt", files["labels_T.txt"])
    assert cache.key(zipped) != before


@pytest.mark.parametrize("zeros", [True, False])
@pytest.mark.parametrize("products", [True, False])
@pytest.mark.parametrize("order", ["rows", "alphabet", "shuffled"])
def test_a_flat_file_is_the_same_table_as_the_matrix(tmp_path, zeros: bool, products: bool, order: str) -> None:
    matrix = list(layouts.figaro(EUROPE))
    header, *rows = layouts.figaro_flat(EUROPE, products=products)
    for row, column in ((1, 4), (6, 3)):  # 0 for a delivery, and the buyer is left with that much more value added
        label, heading = matrix[row][0], matrix[0][column]
        moved, matrix[row][column] = matrix[row][column], 0.0
        own, added = matrix[0].index(label), matrix[-1]
        added[column], added[own] = added[column] + moved, added[own] - moved
        for line in rows:
            if line[:2] == [label, heading]:
                line[6] = 0.0
            elif line[0] == added[0]:
                line[6] = added[matrix[0].index(line[1])]
    rows = [row for row in rows if row[6] or zeros]
    {"rows": list, "alphabet": list.sort, "shuffled": random.Random(1).shuffle}[order](rows)
    flat = put(tmp_path / "flatfile_eu-ic-io_ind-by-ind_24ed_2015.csv", text([header, *rows]))
    due = gvc.read_icio(put(tmp_path / "matrix_eu-ic-io_ind-by-ind_24ed_2015.csv", text(matrix)))
    found = gvc.read_icio(flat)
    same(found, due)
    assert (found.year, found.source, found.unit) == (2015, "FIGARO, 2024 edition", "million EUR")
    assert due.check() == []
    said = [] if zeros else ["WARN  not listed, read as 0: AT_A01 → EL_B first (2)"]
    assert [str(finding) for finding in found.check()] == said
    zipped = layouts.zipped(tmp_path / "flatfile_24ed_2015.zip", {flat.name: flat.read_bytes()})
    same(gvc.read_icio(zipped), due)


def changed(at: int, value: object) -> Callable[[list[Row]], list[Row]]:
    """Put something in place of a field of line 6."""
    return lambda rows: [*rows[:5], [*rows[5][:at], value, *rows[5][at + 1 :]], *rows[6:]]


def without(at: int, label: str) -> Callable[[list[Row]], list[Row]]:
    return lambda rows: [row for row in rows if row[at] != label]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (
            lambda rows: [*rows, rows[5]],
            r"line \d+: expected each number once; found row AT_A01, column FIGW1_A01 again",
        ),
        (changed(6, ""), "row AT_A01, column FIGW1_A01: expected a number; found nothing"),
        (changed(6, "nan"), "row AT_A01, column FIGW1_A01: expected a number; found 'nan'"),
        (changed(6, "inf"), "row AT_A01, column FIGW1_A01: expected a number; found 'inf'"),
        (changed(6, "x"), r"line 6 \(AT_A01 FIGW1_A01 .*\), column obsValue: expected a number; found 'x'"),
        (lambda rows: [*rows[:5], rows[5][:5], *rows[6:]], "line 6: expected 7 fields; found 5"),
        (without(4, "US"), "each economy in the rows and in the columns; found US in the rows only"),
        (without(2, "US"), "each economy in the rows and in the columns; found US in the columns only"),
        (without(3, "B"), "each sector in the rows and in the columns; found B in the columns only"),
        (without(5, "B"), "each sector in the rows and in the columns; found B in the rows only"),
        (without(3, "D1"), "row W2_B2A3G: expected D1 below the last industry; found W2_D21X31"),
        (without(2, "W2"), "row US_B: expected D1 and D29X39 and B2A3G below the last industry; found no footer"),
        (changed(0, ""), "economy in the rows and in the columns; found an empty label in the rows only"),
        (changed(0, "AT_A0I"), "sector in the rows and in the columns; found A0I in the rows only"),
        (changed(1, "FIGW1_X"), "sector in the rows and in the columns; found X in the columns only"),
        (changed(1, "FIGWI_A01"), "economy in the rows and in the columns; found FIGWI in the columns only"),
    ],
)
def test_a_flat_file_with_something_wrong(tmp_path, spoil: Callable[[list[Row]], list[Row]], said: str) -> None:
    file = put(tmp_path / "flat_2015.csv", text(spoil(list(layouts.figaro_flat(EUROPE)))))
    with pytest.raises(GvcError, match=said) as raised:
        gvc.read_icio(file)
    assert file.name in raised.value.where
    assert raised.value.remedy


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["one", "two"])
@pytest.mark.parametrize("label", ["CHN_c2", "VA"])
def test_what_is_no_number_is_shown_as_it_stands(tmp_path, label: str, newline: str) -> None:
    """In any row below comments and empty lines; what stands where nothing is read does not matter."""
    rows = [line.split(",") for line in plain_text(TABLE, tmp_path).splitlines()]
    at = next(at for at, row in enumerate(rows) if row[0] == label)
    rows[at - 1 : at - 1], at = [[], []], at + 2
    rows[-1][-2] = "nan"
    same(gvc.read_icio(put(tmp_path / "t.csv", newline.join(map(",".join, rows)))), TABLE)
    for written in ("nan", "NaN", " -nan ", "inf", "1e999", ""):
        rows[at][2] = written
        said = (
            f"row {label}, column CHN_c2: expected a number; found {repr(written.strip()) if written else 'nothing'}\\."
        )
        for mark in ("", "\ufeff"):
            with pytest.raises(GvcError, match=said):
                gvc.read_icio(put(tmp_path / "t.csv", mark + newline.join(map(",".join, rows))))


# -- sums and totals, a little under half a percent and a little over ----------------------------------------------

#: Two economies with one industry of an output of 1,000 each.
BALANCED = {
    "oecd": """\
V1,CHN_A,JPN_A,CHN_HFCE,JPN_HFCE,OUT
CHN_A,200,100,<row>600,100,1000
JPN_A,100,300,50,550,1000
TLS,20,30,,,
VA,<column>680,570,,,
OUT,<output>1000,1000,,,
""",
    "oecd 2016": """\
,CHN_A,JPN_A,HFCE_CHN,HFCE_JPN,DISC,TOTAL
CHN_A,200,100,<row>600,100,0,1000
JPN_A,100,300,50,550,0,1000
CHN_TAXSUB,15,5,,,,
JPN_TAXSUB,5,25,,,,
VALU,<column>680,570,,,,
OUTPUT,<output>1000,1000,,,,
""",
    "figaro": """\
rowLabels,CN_A,JP_A,CN_P3_S14,JP_P3_S14
CN_A,200,100,600,100
JP_A,100,300,50,550
W2_D21X31,10,20,0,0
W2_OP_RES,5,5,0,0
W2_OP_NRES,5,5,0,0
W2_D1,500,300,0,0
W2_D29X39,80,70,0,0
W2_B2A3G,<column>100,200,0,0
""",
    "flat": """\
icioiRow,icioiCol,obsValue
CN_A,CN_A,200
CN_A,JP_A,100
CN_A,CN_P3_S14,600
CN_A,JP_P3_S14,100
JP_A,CN_A,100
JP_A,JP_A,300
JP_A,CN_P3_S14,50
JP_A,JP_P3_S14,550
W2_D21X31,CN_A,20
W2_D21X31,JP_A,30
W2_D1,CN_A,500
W2_D1,JP_A,300
W2_D29X39,CN_A,80
W2_D29X39,JP_A,70
W2_B2A3G,CN_A,<column>100
W2_B2A3G,JP_A,200
""",
    "plain": """\
label,CHN_A,JPN_A,CHN_FD,JPN_FD,output
CHN_A,200,100,<row>600,100,1000
JPN_A,100,300,50,550,1000
TAXES,20,30,,,
VA,<column>680,570,,,
""",
}
GAPS = {"row": "row balance", "column": "column balance", "output": "printed output"}
CASES = [(layout, gap) for layout, content in BALANCED.items() for gap in GAPS if f"<{gap}>" in content]


def with_gap(content: str, gap: str, size: float) -> str:
    moved = re.sub(rf"<{gap}>(\d+)", lambda match: str(int(match[1]) + size), content)
    return re.sub(r"<\w+>", "", moved)


@pytest.mark.parametrize(("layout", "gap"), CASES)
def test_a_gap_of_more_than_half_a_percent_is_refused(tmp_path, layout: str, gap: str) -> None:
    for size in (4.9, -4.9):
        found = gvc.read_icio(put(tmp_path / "t.csv", with_gap(BALANCED[layout], gap, size)))
        assert (GAPS[gap], "WARN") in {(finding.what, finding.level) for finding in found.check()}
        np.testing.assert_array_equal(found.Z, [[200, 100], [100, 300]])
    for size in (5.1, -5.1):
        with pytest.raises(GvcError, match=f"{GAPS[gap]} of CHN A to half a percent of its output; found a gap of"):
            gvc.read_icio(put(tmp_path / "t.csv", with_gap(BALANCED[layout], gap, size)))


def test_the_cases_are_all_that_a_layout_can_get_wrong() -> None:
    assert [
        *(("oecd", gap) for gap in ("row", "column", "output")),
        *(("oecd 2016", gap) for gap in ("row", "column", "output")),
        ("figaro", "column"),
        ("flat", "column"),
        ("plain", "row"),
        ("plain", "column"),
    ] == CASES


def test_only_eora_and_a_table_without_its_taxes_may_have_columns_that_do_not_add_up(tmp_path) -> None:
    lower = replace(EORA, va=0.8 * EORA.va)
    found = gvc.read_icio(layouts.zipped(tmp_path / "Eora26_2015_bp.zip", layouts.eora(lower)))
    np.testing.assert_allclose(found.va, lower.va)
    assert {finding.level for finding in found.check() if finding.what == "column balance"} == {"WARN"}
    for layout, rows in (("oecd", r"TLS.*\n"), ("figaro", r"W2_(D21X31|OP_N?RES).*\n"), ("flat", r"W2_D21X31.*\n")):
        content = re.sub(rows, "", with_gap(BALANCED[layout], "column", 300))
        said = {(finding.what, finding.level) for finding in gvc.read_icio(put(tmp_path / "t.csv", content)).check()}
        assert {("footer row missing", "WARN"), ("column balance", "WARN")} <= said
    content = re.sub("TAXES.*\n", "", with_gap(BALANCED["plain"], "column", 300))
    with pytest.raises(GvcError, match="column balance of CHN A"):
        gvc.read_icio(put(tmp_path / "t.csv", content))


@pytest.mark.parametrize("factor", [0, 10, 1000])
def test_taxes_that_are_not_printed_are_not_what_value_added_ten_times_too_large_leaves(tmp_path, factor: int) -> None:
    """A unit mistaken, say: no country taxes a quarter of its output on the way."""
    wrong = replace(TABLE, va=factor * TABLE.va)
    content = re.sub(r"TLS.*\n", "", text(layouts.oecd(wrong)))
    files = [put(tmp_path / "t.csv", content)]
    rows = [row for row in layouts.adb(wrong) if row[3] not in ("r99", "r61", "r62", "r63", "trs")]
    files.append(layouts.xlsx(tmp_path / "t.xlsx", {"ADB MRIO 2018": rows}))
    files.append(layouts.zipped(tmp_path / "Eora26_2015_bp.zip", layouts.eora(replace(EORA, va=factor * EORA.va))))
    for file in files:
        with pytest.raises(GvcError, match="expected column balance of"):
            gvc.read_icio(file)


def test_one_of_several_rows_of_taxes_that_is_missing_excuses_nothing(tmp_path) -> None:
    content = with_gap(BALANCED["figaro"], "", 0).replace("W2_OP_NRES,5,5,0,0\n", "")
    found = sources.read_as_it_is(put(tmp_path / "t.csv", content))
    assert [str(finding) for finding in found.check()] == [
        "WARN  footer row missing: OP_NRES (0)",
        "WARN  column balance: CHN A (5)",
        "WARN  column balance: JPN A (5)",
    ]
    put(tmp_path / "t.csv", content.replace("W2_OP_RES,5,5,0,0\n", "W2_OP_RES,4,5,0,0\n"))
    with pytest.raises(GvcError, match="column balance of CHN A"):
        gvc.read_icio(tmp_path / "t.csv")


@pytest.mark.parametrize(
    ("layout", "row", "said"),
    [
        ("oecd", "VA,680,570,,,", "row VA: expected value added once; found VA again"),
        ("oecd", "VALU,680,570,,,", "row VALU: expected value added once; found VALU again"),
        ("oecd", "TLS,0,0,,,", "row TLS: expected taxes once"),
        ("oecd", "OUT,1000,1000,,,", "row OUT: expected output once"),
        ("oecd 2016", "CHN_TAXSUB,0,0,,,,", "row CHN_TAXSUB: expected taxes once"),
        ("figaro", "W2_D1,0,0,0,0", "row W2_D1: expected D1 once"),
        ("figaro", "D1,0,0,0,0", "row D1: expected D1 once; found D1 again"),
        ("plain", "VA,0,0,,,", "row VA: expected VA once"),
        ("plain", "TAXES,0,0,,,", "row TAXES: expected TAXES once"),
    ],
)
def test_a_row_of_the_footer_that_stands_twice(tmp_path, layout: str, row: str, said: str) -> None:
    file = put(tmp_path / "t.csv", with_gap(BALANCED[layout], "", 0) + row + "\n")
    with pytest.raises(GvcError, match=said):
        gvc.read_icio(file)


def test_value_added_of_a_plain_file_is_what_is_left_after_taxes(tmp_path) -> None:
    content = with_gap(BALANCED["plain"], "", 0)
    whole = gvc.read_icio(put(tmp_path / "t.csv", content))
    assert (whole.taxes.tolist(), whole.va.tolist()) == ([20, 30], [680, 570])
    found = gvc.read_icio(put(tmp_path / "t.csv", content.replace("VA,680,570,,,\n", "")))
    assert (found.taxes.tolist(), found.va.tolist()) == ([20, 30], [680, 570])
    found = gvc.read_icio(put(tmp_path / "t.csv", re.sub("(TAXES|VA).*\n", "", content)))
    assert (found.taxes.tolist(), found.va.tolist()) == ([0, 0], [700, 600])


@pytest.mark.parametrize("head", ["# Unit: thousand EUR\n# YEAR :2011\n", "#unit:thousand EUR\n#  year  : 2011\n"])
def test_what_a_plain_file_says_of_itself_may_be_written_in_any_case(tmp_path, head: str) -> None:
    found = gvc.read_icio(put(tmp_path / "t.csv", head + with_gap(BALANCED["plain"], "", 0)))
    assert (found.year, found.unit, found.check()) == (2011, "thousand EUR", [])


@pytest.mark.parametrize("head", ["", "# unit:\n", "# units: thousand EUR\n"])
def test_a_plain_file_without_a_unit_is_told_which_one_it_was_given(tmp_path, head: str) -> None:
    content = with_gap(BALANCED["plain"], "", 0)
    found = gvc.read_icio(put(tmp_path / "t.csv", head + content))
    assert found.unit == "million USD"
    assert list(map(str, found.check())) == ["WARN  unit assumed: million USD (0)"]
    columns = pa.table({"label": ["A_s", "VA"], "A_s": [1.0, 2.0], "A_FD": [2.0, None], "output": [3.0, None]})
    parquet.write_table(columns.replace_schema_metadata({"Unit ": "EUR"}), tmp_path / "t.parquet")
    assert (gvc.read_icio(tmp_path / "t.parquet").unit, gvc.read_icio(tmp_path / "t.parquet").check()) == ("EUR", [])
    parquet.write_table(columns, tmp_path / "t.parquet")
    assert list(map(str, gvc.read_icio(tmp_path / "t.parquet").check())) == ["WARN  unit assumed: million USD (0)"]


@pytest.mark.parametrize("head", ["", "# source: mine\n", "# source: mine, and yours\n# year: 2011\n", "\ufeff"])
@pytest.mark.parametrize(("sign", "name"), [("\t", "tabs"), (";", "semicolons")])
def test_a_plain_file_with_other_signs_between_its_fields(tmp_path, head: str, sign: str, name: str) -> None:
    content = head + with_gap(BALANCED["plain"], "", 0).replace(",", sign)
    line = 1 + head.count("\n")
    with pytest.raises(GvcError, match=rf"t\.csv, line {line}: expected commas between fields, .*; found {name}\."):
        gvc.read_icio(put(tmp_path / "t.csv", content))


@pytest.mark.parametrize("key", ["source", "year", "unit"])
def test_a_plain_file_says_once_what_it_is(tmp_path, key: str) -> None:
    content = f"# {key}: 2011\n# note: a\n# note: b\n# {key.upper()}: 2012\n{with_gap(BALANCED['plain'], '', 0)}"
    with pytest.raises(GvcError, match=rf"t\.csv, line 4: expected one {key}; found '2011' and '2012'"):
        gvc.read_icio(put(tmp_path / "t.csv", content))


@pytest.mark.parametrize("row", ["VA", "TAXES"])
def test_numbers_that_a_plain_file_has_under_final_demand_of_its_footer_are_not_dropped(tmp_path, row: str) -> None:
    content = with_gap(BALANCED["plain"], "", 0)
    line = next(line for line in content.splitlines() if line.startswith(f"{row},"))
    zeros = gvc.read_icio(put(tmp_path / "t.csv", content.replace(line, line.replace(",,,", ",0,0,9"))))
    assert zeros.va.tolist() == [680, 570]
    with pytest.raises(
        GvcError, match=rf"row {row}, column JPN_FD: expected a blank or 0 under final demand; found '7'"
    ):
        gvc.read_icio(put(tmp_path / "t.csv", content.replace(line, line.replace(",,,", ",,7,"))))


@pytest.mark.parametrize("layout", ["oecd", "figaro", "plain", "flat"])
def test_a_table_of_zeros_is_none(tmp_path, layout: str) -> None:
    content = re.sub(r",\d+", ",0", with_gap(BALANCED[layout], "", 0))
    with pytest.raises(GvcError, match=r"t\.csv: expected flows; found nothing but zeros\. Formulas that were never"):
        gvc.read_icio(put(tmp_path / "t.csv", content))


def test_a_table_of_zeros_in_eoras_form(tmp_path) -> None:
    files = {name: content if "labels" in name else re.sub(r"[-\d.e]+", "0", content)
             for name, content in layouts.eora(EORA).items()}  # fmt: skip
    with pytest.raises(GvcError, match="nothing but zeros"):
        gvc.read_icio(layouts.zipped(tmp_path / "Eora26_2015_bp.zip", files))


# -- one error ----------------------------------------------------------------------------------------------------


def cut_texts(folder: Path) -> dict[str, str]:
    return {
        "oecd": OECD,
        "oecd 2016": text(layouts.oecd(TABLE, edition=2016)),
        "figaro": FIGARO,
        "plain": plain_text(TABLE, folder),
        "flat": text(layouts.figaro_flat(known(("AUT", "USA"), ("A01", "B")))),
    }


@pytest.mark.parametrize("layout", ["oecd", "oecd 2016", "figaro", "plain", "flat"])
def test_a_csv_cut_after_any_line_is_one_error_or_is_said(tmp_path, layout: str) -> None:
    lines = cut_texts(tmp_path)[layout].splitlines(keepends=True)
    whole = gvc.read_icio(put(tmp_path / "whole.csv", "".join(lines)))
    read = []
    for count in range(1, len(lines)):
        file = put(tmp_path / "t.csv", "".join(lines[:count]))
        try:
            found = gvc.read_icio(file)
        except GvcError as error:
            assert "t.csv, " in error.where
            assert re.search(r", (line|lines|row|after row|column|[A-Z]{3}) ", error.where), error
            assert "index" not in str(error)
        else:
            read.append(len(lines) - count)
            if layout in ("oecd", "oecd 2016", "flat"):
                same(found, whole)
    # Output below the block is printed twice; value added, and taxes in a plain file, may be left out; what a flat
    # file lists of final demand below the block is not read.
    assert read == {"oecd": [1], "oecd 2016": [1], "plain": [2, 1], "flat": list(range(10, 0, -1))}.get(layout, [])


@pytest.mark.parametrize("name", sorted(layouts.eora(EORA)))
def test_eora_cut_after_any_line_is_one_error(tmp_path, name: str) -> None:
    files = layouts.eora(EORA)
    lines = files[name].splitlines(keepends=True)
    assert len(lines) > 1
    for count in range(len(lines)):
        zipped = layouts.zipped(tmp_path / "Eora26_2015_bp.zip", files | {name: "".join(lines[:count])})
        with pytest.raises(GvcError, match=r"Eora26_2015_bp\.zip, \w+\.txt(, line \d+)?: expected") as raised:
            gvc.read_icio(zipped)
        assert "line" in f"{raised.value.where} {raised.value.expected}"


def test_a_plain_file_cut_within_its_first_row(tmp_path) -> None:
    content = plain_text(TABLE, tmp_path)
    header = content.index("label")
    first = content.index("\n", header) + 1
    for size in range(header, content.index("\n", first)):
        with pytest.raises(GvcError) as raised:
            gvc.read_icio(put(tmp_path / "t.csv", content[:size]))
        assert "index" not in raised.value.found
        assert "t.csv, line " in raised.value.where or "row " in raised.value.where


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_lines_that_end_otherwise(tmp_path, newline: str) -> None:
    file = put(tmp_path / "2018.csv", OECD.replace("\n", newline))
    if newline == "\r\n":
        same(gvc.read_icio(file), TABLE)
    else:
        with pytest.raises(GvcError, match=r"2018\.csv, line 1"):
            gvc.read_icio(file)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("x" * 131_073 + "\n1,2\n", r"line 1: expected headings between commas; found field larger than field limit"),
        ("label," + "x" * 200_000 + ",output\n1,2,3\n", r"line 1: expected headings between commas"),
        ("# source: " + "x" * 200_000 + "\nlabel,output\n1,2\n", r"line 1: expected headings between commas"),
        ("x" * 20_000_000, r"line 1: expected less than 16,777,216 bytes; found more"),
        ("label" + ",a" * 30_000 + "\n", r"line 1: expected at most 30,000 columns; found 30,001"),
        (OECD + "x" * 20_000_000, r"line 11: expected less than 16,777,216 bytes"),
        (OECD + '"' + "x" * 200_000, r"line 11: expected fields of a CSV; found field larger"),
    ],
)
def test_a_line_that_is_too_long_is_one_error(tmp_path, content: str, said: str) -> None:
    with pytest.raises(GvcError, match=r"t\.csv, " + said):
        gvc.read_icio(put(tmp_path / "t.csv", content))


@pytest.mark.parametrize(("place", "line"), [("label,CHN", 4), ("\nJPN_c1", 7), ("# source: known", 1)])
def test_bytes_of_another_encoding_are_named_by_their_line(tmp_path, place: str, line: int) -> None:
    content = plain_text(TABLE, tmp_path).replace(place, f"{place}中国").encode("gbk")
    with pytest.raises(
        GvcError, match=rf"t\.csv, line {line}: expected text in UTF-8; found bytes of another encoding"
    ):
        gvc.read_icio(put(tmp_path / "t.csv", content))


def test_labels_of_eora_in_another_encoding(tmp_path) -> None:
    files = {name: content.encode() for name, content in layouts.eora(EORA).items()}
    files["labels_T.txt"] = files["labels_T.txt"].replace(b"Country SUD", "国".encode("gbk"), 1)
    with pytest.raises(GvcError, match=r"labels_T\.txt, line 3: expected text in UTF-8"):
        gvc.read_icio(layouts.zipped(tmp_path / "Eora26_2015_bp.zip", files))


def test_a_file_name_in_bytes_that_are_no_text(tmp_path) -> None:
    def named(name: bytes, content: str) -> Path:
        return put(tmp_path / os.fsdecode(name), content)

    path = named(b"\xd6\xd0_2018.csv", OECD)
    assert gvc.read_icio(path).year == 2018
    with pytest.raises(GvcError) as raised:
        gvc.read_icio(named(b"\xd6\xd0_2018.csv", OECD[:900]))
    assert str(raised.value).encode("utf-8").startswith(os.fsencode(tmp_path) + rb"/\udcd6\udcd0_2018.csv, line")
    content = plain_text(TABLE, tmp_path).replace("# source: known\n", "")
    assert gvc.read_icio(named(b"\xd6\xd0.csv", content)).source == r"\udcd6\udcd0"


def test_a_line_break_in_a_name_does_not_break_the_message(tmp_path) -> None:
    with pytest.raises(GvcError, match=r"a\\nb_2018\.csv, line"):
        gvc.read_icio(put(tmp_path / "a\nb_2018.csv", OECD[:900]))
    with pytest.raises(GvcError, match=r"t\.zip, a\\nb_2018\.csv, line"):
        gvc.read_icio(layouts.zipped(tmp_path / "t.zip", {"a\nb_2018.csv": OECD[:900]}))


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize(
    ("name", "first"), [("2018.csv", "label,A_x,A_FD,output\n"), ("labels_T.txt", "\tAFG\tx\ta\n")]
)
def test_a_zip_that_unpacks_to_more_than_a_table_is_not_read(tmp_path, method: int, name: str, first: str) -> None:
    file = tmp_path / "bomb.zip"
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr(name, f"{first}\n" + "0" * 60_000_000)
        for other, content in layouts.eora(EORA).items():
            if name == "labels_T.txt" and other != name:
                archive.writestr(other, content)
    assert file.stat().st_size < 100_000
    with pytest.raises(GvcError, match=rf"bomb\.zip, {name}: expected a table, up to [\d,]+ bytes; found 60,000,0\d\d"):
        gvc.read_icio(file)


def test_a_zip_that_declares_less_than_it_holds_ends_there(tmp_path) -> None:
    file = tmp_path / "t.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("2018.csv", OECD + "0" * 60_000_000)
    content = file.read_bytes()
    size = (len(OECD) + 60_000_000).to_bytes(4, "little")
    assert content.count(size) == 2
    file.write_bytes(content.replace(size, len(OECD).to_bytes(4, "little")))
    with pytest.raises(GvcError, match=r"t\.zip, 2018\.csv: .* found Bad CRC-32"):
        gvc.read_icio(file)


def test_an_encrypted_zip(tmp_path) -> None:
    file = layouts.zipped(tmp_path / "t.zip", {"2018.csv": OECD})
    content = bytearray(file.read_bytes())
    content[6] |= 1
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    file.write_bytes(content)
    with pytest.raises(
        GvcError, match=r"t\.zip, 2018\.csv: expected a zip without a password; found an encrypted file"
    ):
        gvc.read_icio(file)


def test_a_name_that_leads_out_of_the_zip_is_a_name(tmp_path) -> None:
    home = tmp_path / "a" / "b"
    home.mkdir(parents=True)
    found = gvc.read_icio(layouts.zipped(home / "t.zip", {"../../2018.csv": OECD, "/etc/note.txt": ""}))
    assert found.year == 2018
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "b", "t.zip"]


def test_a_zip_of_many_other_files_lists_a_few(tmp_path) -> None:
    file = layouts.zipped(tmp_path / "t.zip", {f"{number}.txt": "" for number in range(500)})
    with pytest.raises(GvcError, match=r"found 0\.txt, 1\.txt, .*, 39\.txt and 460 more"):
        gvc.read_icio(file)


def test_a_parquet_file_of_a_billion_rows_is_not_read(tmp_path) -> None:
    rows = 2_000_000
    parquet.write_table(
        pa.table({"label": pa.repeat("A_x", rows), "A_x": pa.repeat(0.0, rows), "output": pa.repeat(0.0, rows)}),
        tmp_path / "t.parquet",
        compression="zstd",
    )
    with pytest.raises(
        GvcError, match=r"t\.parquet: expected no more rows than columns, .*; found 2,000,000 rows of 3 columns"
    ):
        gvc.read_icio(tmp_path / "t.parquet")


def test_a_parquet_file_may_have_cells_for_its_bytes(tmp_path, monkeypatch) -> None:
    table = known()
    plain.write(table, tmp_path / "t.parquet")
    size = (tmp_path / "t.parquet").stat().st_size
    monkeypatch.setattr(plain, "FEW", 0)
    same(gvc.read_icio(tmp_path / "t.parquet"), table)
    monkeypatch.setattr(plain, "DENSEST", 0.01)
    with pytest.raises(GvcError, match=rf"at most {0.01 * size:,} cells; found 17 rows of 22 columns"):
        gvc.read_icio(tmp_path / "t.parquet")


def test_more_rows_than_columns_are_named(tmp_path) -> None:
    content = "label,A_x,A_FD,output\nA_x,1,1,2\nB_x,1,1,2\nC_x,1,1,2\n"
    with pytest.raises(GvcError, match=r"row C_x: expected no more industries in the rows than the 2 columns; found 3"):
        gvc.read_icio(put(tmp_path / "t.csv", content))


def test_a_plain_file_whose_source_is_blank_is_called_by_its_name(tmp_path) -> None:
    found = gvc.read_icio(put(tmp_path / "t.csv", "# source:\n" + with_gap(BALANCED["plain"], "", 0)))
    assert found.source == "t"


@pytest.mark.parametrize("row", ["VA", "TAXES"])
def test_the_first_number_under_final_demand_of_a_footer_is_named(tmp_path, row: str) -> None:
    content = with_gap(BALANCED["plain"], "", 0)
    line = next(line for line in content.splitlines() if line.startswith(f"{row},"))
    with pytest.raises(GvcError, match=rf"row {row}, column CHN_FD: expected a blank or 0 .*; found '5'"):
        gvc.read_icio(put(tmp_path / "t.csv", content.replace(line, line.replace(",,,", ",5,7,"))))
