"""EXIOBASE 3 in its published layout, from a known table, and damaged copies; what is no table, by its right name."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import gvc
from gvc import GvcError, sources
from gvc.sources import cache, delimited
from tests import layouts
from tests.layouts import known, same

CODES = {"AUT": "AT", "GBR": "GB", "TWN": "TW", "WWA": "WA", "WWF": "WF"}
TABLE = known(tuple(CODES), ("Paddy rice", "Crude petroleum, and services", "Other 'waste' (n.e.c.)"), taxed=False)
ACCOUNTS = {
    "Employment: men": gvc.Account(F=np.linspace(3, 70, 15), F_Y=np.zeros(5), unit="1000 p."),
    "CO2 - combustion - air": gvc.Account(F=np.arange(15.0) ** 3, F_Y=[500, 0, 7, 1, 0.25], unit="t"),
    "CO2 - lime - air": gvc.Account(F=np.arange(15.0), F_Y=[0, 0, 1, 0, 0], unit="t"),
    "Water": gvc.Account(F=np.arange(15.0)[::-1], F_Y=[0, 1, 0, 2, 0], unit="Mm3"),
}
SATELLITES = replace(TABLE, accounts=ACCOUNTS)


def folder(place: Path, spoil: Callable[[dict[str, str]], dict[str, str]] = dict, name: str = "IOT_2019_pxp") -> Path:
    for file, content in spoil(layouts.exiobase(SATELLITES, CODES)).items():
        (place / name / file).parent.mkdir(parents=True, exist_ok=True)
        (place / name / file).write_text(content, "utf-8")
    return place / name


def within(folder: str, names: bool = True) -> dict[str, str]:
    return {folder + name: content for name, content in layouts.exiobase(SATELLITES, CODES, names).items()}


@pytest.mark.parametrize("names", [True, False])
def test_a_zip(tmp_path, names: bool) -> None:
    found = gvc.read_icio(layouts.zipped(tmp_path / "t.zip", within("IOT_2019_ixi/", names)))
    same(found, TABLE)
    assert (found.year, found.source) == (2019, "EXIOBASE 3, industry by industry")
    assert found.unit == "million EUR"
    assert found.check() == []
    assert sources.years(tmp_path / "t.zip") == [None]


def test_a_zip_whose_files_lie_in_no_folder(tmp_path) -> None:
    found = gvc.read_icio(layouts.zipped(tmp_path / "IOT_2011_pxp.zip", within("")))
    same(found, TABLE)
    assert (found.year, found.source) == (2011, "EXIOBASE 3, product by product")


def test_a_folder(tmp_path) -> None:
    found = gvc.read_icio(folder(tmp_path))
    same(found, TABLE)
    assert (found.year, found.source) == (2019, "EXIOBASE 3, product by product")
    assert sources.years(tmp_path / "IOT_2019_pxp") == [None]


def test_a_name_without_a_year_or_a_system(tmp_path) -> None:
    place = folder(tmp_path, name="mine")
    assert gvc.read_icio(place).year is None
    found = gvc.read_icio(place, year=2019)
    assert (found.year, found.source) == (2019, "EXIOBASE 3")
    with pytest.raises(GvcError, match=r"IOT_2019_pxp: expected the year 2018, as asked for; found 2019 in its name"):
        gvc.read_icio(folder(tmp_path), year=2018)


def test_without_files_that_only_repeat(tmp_path) -> None:
    def without(files: dict[str, str]) -> dict[str, str]:
        return {name: content for name, content in files.items() if name in ("Z.txt", "Y.txt")}

    found = gvc.read_icio(folder(tmp_path, without))
    same(found, TABLE)
    assert found.unit == "million EUR"


def test_output_is_what_its_file_says(tmp_path) -> None:
    def more(files: dict[str, str]) -> dict[str, str]:
        header, first, *rest = files["x.txt"].splitlines()
        stem, _, output = first.rpartition("\t")
        return files | {"x.txt": "\n".join([header, f"{stem}\t{float(output) + 1e4!r}", *rest, ""])}

    place = folder(tmp_path, more)
    with pytest.raises(GvcError, match=r"AUT Paddy rice: expected row balance .* found a gap of 10,000\."):
        gvc.read_icio(place)
    with pytest.warns(gvc.BalanceWarning):
        assert gvc.read_icio(place, strict=False).x[0] == pytest.approx(TABLE.x[0] + 1e4)


def test_it_is_cached_by_all_its_files(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("GVC_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "WORTH", -1)
    same(cache.read(folder(tmp_path)), TABLE)
    twice = gvc.read_icio(folder(tmp_path)).Y * 2
    other = layouts.exiobase(TABLE, CODES)["Y.txt"]
    rows = [line.split("\t") for line in other.splitlines()]
    rows[3:] = [[*row[:2], *(repr(2 * float(cell)) for cell in row[2:])] for row in rows[3:]]
    (tmp_path / "IOT_2019_pxp/Y.txt").write_text("\n".join("\t".join(row) for row in rows) + "\n", "utf-8")
    np.testing.assert_allclose(cache.read(tmp_path / "IOT_2019_pxp").Y, twice, rtol=1e-12)


def edited(name: str, old: str, new: str) -> Callable[[dict[str, str]], dict[str, str]]:
    def edit(files: dict[str, str]) -> dict[str, str]:
        assert old in files[name]
        return files | {name: files[name].replace(old, new, 1)}

    return edit


def dropped(name: str, *lines: int) -> Callable[[dict[str, str]], dict[str, str]]:
    def drop(files: dict[str, str]) -> dict[str, str]:
        kept = [line for at, line in enumerate(files[name].splitlines(keepends=True), 1) if at not in lines]
        return files | {name: "".join(kept)}

    return drop


def cell(name: str, line: int, field: int, text: str) -> Callable[[dict[str, str]], dict[str, str]]:
    def put(files: dict[str, str]) -> dict[str, str]:
        rows = [row.split("\t") for row in files[name].splitlines()]
        rows[line - 1][field - 1] = text
        return files | {name: "\n".join("\t".join(row) for row in rows) + "\n"}

    return put


def absent(name: str) -> Callable[[dict[str, str]], dict[str, str]]:
    return lambda files: {key: content for key, content in files.items() if key != name}


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (
            absent("Z.txt"),
            "Z.txt: expected the file, among the others; found A.txt only, as older editions have it. .*pymrio",
        ),
        (cell("Z.txt", 4, 3, "n/a"), r"Z.txt, line 4 \(AT Paddy rice\), field 3: expected a number; found 'n/a'"),
        (
            cell("Z.txt", 5, 4, ""),
            "row AT Crude petroleum, and services, column AT Crude .*expected a number; found nothing",
        ),
        (cell("Y.txt", 6, 5, "nan"), "row AT Other .*, column AT Exports: Total.*: expected a number; found nothing"),
        (cell("Z.txt", 4, 1, "DE"), "expected AT Paddy rice, as in .*column AT Paddy rice; found DE Paddy rice"),
        (cell("Z.txt", 2, 5, "Rice"), "column AT Rice: expected AT Other 'waste' .*; found AT Rice"),
        (cell("Y.txt", 5, 2, "Rice"), "Y.txt: expected AT Crude .*, in the order of the other files; found AT Rice"),
        (dropped("Y.txt", 7), "Y.txt, line 17: expected 15 lines of numbers, one for each industry; found 14"),
        (dropped("Z.txt", 18), "Z.txt, line 17: expected 15 lines of numbers, one for each industry; found 14"),
        (
            lambda files: files | {"Z.txt": files["Z.txt"] + files["Z.txt"].splitlines()[-1] + "\n"},
            "Z.txt, line 19: expected 15 lines of numbers, one for each industry; found more",
        ),
        (edited("Z.txt", "AT\t", ""), "Z.txt, line 2: expected two lines of headings.*; found 16 fields and 17 fields"),
        (cell("Y.txt", 1, 2, "AT"), "Y.txt, line 2: expected two lines of headings.*; found 'AT' and '' in the second"),
        (
            cell("Y.txt", 2, 2, "Rice"),
            "Y.txt, line 2: expected two lines of headings.*; found '' and 'Rice' in the second",
        ),
        (
            lambda files: files | {"Z.txt": "region\t\nsector\t\nregion\tsector\n"},
            "Z.txt, line 2: expected two lines of headings.*; found 2 fields and 2 fields",
        ),
        (lambda files: files | {"Z.txt": ""}, "Z.txt, line 1: expected two lines of headings.*; found nothing"),
        (lambda files: files | {"Y.txt": "region\tsector\n"}, "Y.txt, line 1: .*; found 2 fields"),
        (edited("x.txt", "\tindout", ""), "x.txt, line 1: expected three fields, .*; found 2"),
        (
            cell("x.txt", 3, 3, "much"),
            r"x.txt, line 3: expected economy, sector and a number; found 'AT\\tCrude .*much'",
        ),
        (cell("x.txt", 3, 3, "nan"), "row AT Crude petroleum, and services, output: expected a number; found nothing"),
        (cell("x.txt", 4, 2, "Rice"), "x.txt: expected AT Other .*, in the order of the other files; found AT Rice"),
        (dropped("x.txt", 16), "x.txt: expected WF Other .*, in the order of the other files; found no further one"),
        (cell("unit.txt", 3, 3, "tonnes"), "unit.txt: expected one unit of money, M.EUR; found M.EUR, tonnes"),
        (
            lambda files: {name: content.replace("TW\t", "XX\t") for name, content in files.items()},
            "IOT_2019_pxp: expected an ISO 3166 code, .* found 'XX'",
        ),
    ],
)
def test_a_damaged_table_is_one_error_with_its_place(tmp_path, spoil, said: str) -> None:
    place = folder(tmp_path, spoil)
    with pytest.raises(GvcError, match=said) as raised:
        gvc.read_icio(place)
    assert str(place) in raised.value.where


def test_a_zip_of_two_tables(tmp_path) -> None:
    file = layouts.zipped(tmp_path / "t.zip", within("IOT_2018_pxp/") | within("IOT_2019_pxp/"))
    with pytest.raises(
        GvcError, match=r"t\.zip: expected .* of one table.*; found those of IOT_2018_pxp, IOT_2019_pxp"
    ):
        gvc.read_icio(file)


def test_one_of_its_files_alone(tmp_path) -> None:
    place = folder(tmp_path)
    with pytest.raises(
        GvcError, match=r"Z\.txt: expected the folder .*; found one file of it\. Pass the folder, .*pxp'"
    ):
        gvc.read_icio(place / "Z.txt")
    with pytest.raises(
        GvcError, match=r"x\.txt: expected Z.txt and Y.txt of one table, in a folder or zip; found none"
    ):
        gvc.read_icio(place / "x.txt", source="exiobase")


def test_gloria_is_called_by_its_name(tmp_path) -> None:
    name = "20240111_120secMother_AllCountries_002_T-Results_2022_059_Markup001(full).csv"
    (tmp_path / name).write_text("0.5,1\n2,3\n", "utf-8")
    packed = layouts.zipped(tmp_path / "GLORIA_MRIOs_59_2022.zip", {name: "0.5,1\n2,3\n"})
    for path in (tmp_path, tmp_path / name, packed):
        with pytest.raises(
            GvcError, match=r"found GLORIA's supply and use tables\. .*pymrio\.parse_gloria.*from_frames"
        ):
            gvc.read_icio(path)


def test_more_columns_than_any_table_has_are_refused(tmp_path, monkeypatch) -> None:
    place = folder(tmp_path)
    monkeypatch.setattr(delimited, "WIDEST", 17)  # two labels and fifteen numbers
    same(gvc.read_icio(place), TABLE)
    monkeypatch.setattr(delimited, "WIDEST", 16)
    with pytest.raises(GvcError, match=r"Z\.txt, line 1: expected at most 16 columns; found 17\."):
        gvc.read_icio(place)


def test_a_table_of_one_industry(tmp_path) -> None:
    table = known(("AUT",), ("all",), taxed=False)
    file = layouts.zipped(tmp_path / "IOT_2019_pxp.zip", layouts.exiobase(table, CODES))
    same(gvc.read_icio(file), table)


# -- accounts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("zipped", ["", "IOT_2019_pxp/"])
def test_accounts_are_read_of_all_folders_if_asked_for(tmp_path, zipped: str) -> None:
    for path in (folder(tmp_path), layouts.zipped(tmp_path / "IOT_2019_pxp.zip", within(zipped))):
        same(gvc.read_icio(path), TABLE)
        same(gvc.read_icio(path, accounts=list(ACCOUNTS)), SATELLITES)
        every = gvc.read_icio(path, accounts=None)
        same(replace(every, accounts={name: every.accounts[name] for name in ACCOUNTS}), SATELLITES)
        assert {*every.accounts} == {*ACCOUNTS}
        chosen = {name: ACCOUNTS[name] for name in ("Water", "CO2 - lime - air")}
        same(gvc.read_icio(path, accounts=chosen), replace(TABLE, accounts=chosen))
        same(gvc.read_icio(path, accounts="Water"), replace(TABLE, accounts={"Water": ACCOUNTS["Water"]}))


def test_accounts_of_final_demand_may_be_absent_or_called_as_they_once_were(tmp_path) -> None:
    once = {"air_emissions/F_Y.txt": "air_emissions/F_hh.txt"}
    place = folder(tmp_path, lambda files: {once.get(name, name): text for name, text in files.items()})
    same(gvc.read_icio(place, accounts=list(ACCOUNTS)), SATELLITES)
    (place / "satellite/F_Y.txt").unlink()
    assert gvc.read_icio(place, accounts="Water").accounts["Water"].F_Y.tolist() == [0] * 5


def test_a_name_that_two_folders_have_is_told_by_its_folder(tmp_path) -> None:
    def twice(files: dict[str, str]) -> dict[str, str]:
        satellite = {name: text for name, text in files.items() if name.startswith("satellite/")}
        return files | {name.replace("satellite", "impacts"): text for name, text in satellite.items()}

    place = folder(tmp_path, twice)
    with pytest.raises(GvcError, match=r"found 'Water'\. Did you mean 'impacts/Water' or 'satellite/Water'\?"):
        gvc.read_icio(place, accounts="Water")
    np.testing.assert_array_equal(
        gvc.read_icio(place, accounts="impacts/Water").accounts["impacts/Water"].F, ACCOUNTS["Water"].F
    )


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (
            "co2",
            r"accounts: expected 'CO2 - combustion.* found 'co2'\. Did you mean 'CO2 - comb.*' or 'CO2 - lime - air'\?",
        ),
        ("Watr", r"found 'Watr'\. Did you mean 'Water'\?"),
        ("gold", r"found 'gold'\. Pick one of these\."),
    ],
)
def test_an_account_that_is_not_there_is_named_with_those_near(tmp_path, asked: str, says: str) -> None:
    with pytest.raises(GvcError, match=says):
        gvc.read_icio(folder(tmp_path), accounts=["Water", asked])


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (absent("satellite/unit.txt"), r"satellite/unit\.txt: expected the file, beside F\.txt; found no such file"),
        (cell("satellite/F.txt", 5, 4, "n/a"), r"F\.txt, line 5 \(Water\), column AT Other .*: .* found 'n/a'"),
        (cell("satellite/F.txt", 5, 4, ""), r"F\.txt, line 5 \(Water\), column AT Other .*: .* found nothing"),
        (cell("satellite/F.txt", 1, 2, "DE"), r"F\.txt: expected AT Paddy rice, in the order .*; found DE Paddy rice"),
        (dropped("satellite/F.txt", 5), r"satellite/F\.txt: expected a line Water, as in unit\.txt; found none"),
        (dropped("satellite/F_Y.txt", 5), r"satellite/F_Y\.txt: expected a line Water, as in unit\.txt; found none"),
        (edited("satellite/F.txt", "Water\t", "Water\t1\t"), r"line 5 \(Water\): .* 15 numbers; found one of 16"),
        (cell("satellite/F.txt", 4, 1, "Water"), r"line 5 \(Water\): expected one line .*; found a second one"),
        (cell("satellite/unit.txt", 2, 1, "Water"), r"unit\.txt, line 3: .* each account once; found 'Water\\tMm3'"),
        (edited("satellite/unit.txt", "Water\t", ""), r"unit\.txt, line 3: expected an account and its unit"),
    ],
)
def test_a_damaged_account_is_one_error_with_its_place(tmp_path, spoil, says: str) -> None:
    place = folder(tmp_path, spoil)
    same(gvc.read_icio(place), TABLE)  # who does not ask for it is not kept from reading
    with pytest.raises(GvcError, match=says):
        gvc.read_icio(place, accounts="Water")


def test_labels_of_exiobase_itself_are_told_what_the_table_calls_them(tmp_path) -> None:
    table = gvc.read_icio(folder(tmp_path))
    theirs = pd.MultiIndex.from_product([CODES.values(), TABLE.sectors])
    F = pd.Series(1.0, theirs)
    with pytest.raises(GvcError, match=r"found AT Paddy rice\. Correct them: AT is AUT in this table\."):
        gvc.content(table, "exports", F)
    with pytest.raises(GvcError, match=r"account men, F, label 1: .* AT is AUT in this table\."):
        replace(table, accounts={"men": gvc.Account(F=F, unit="p")})
    with pytest.raises(GvcError, match=r"of: .* in rows, .*found a DataFrame of 2 × 15\. Transpose it by `\.T`"):
        gvc.content(table, "exports", pd.DataFrame([F, F]))


def test_what_no_reader_opens_is_not_hashed(tmp_path) -> None:
    place = folder(tmp_path)
    before = cache.key(place)
    (place / "satellite").mkdir(exist_ok=True)
    (place / "satellite" / "F.txt").write_text("3 GB")
    (place / "F.txt").write_text("3 GB")
    assert cache.key(place) == before
    for name in ("Z.txt", "Y.txt", "x.txt", "unit.txt"):
        whole = (place / name).read_bytes()
        (place / name).write_bytes(whole + b"\n")
        assert cache.key(place) != before
        (place / name).write_bytes(whole)
    assert cache.key(place) == before


def test_an_empty_output_is_said(tmp_path) -> None:
    place = folder(tmp_path)
    (place / "x.txt").write_text("")
    with pytest.raises(GvcError, match=r"x\.txt, line 1: expected three fields.* found an empty file"):
        gvc.read_icio(place)
