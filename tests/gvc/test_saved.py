"""Tables in a file of their own: all that a table is comes back bit for bit, or one error says why not."""

import os
import zipfile
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import gvc
from gvc import ICIO, Account, Finding, GvcError
from gvc.checks import Cells, Provenance
from gvc.sources import saved, years
from tests.layouts import known


def bits(value: object) -> object:
    """Numbers by their bytes, since -0 equals 0."""
    return (value.shape, value.tobytes()) if isinstance(value, np.ndarray) else value


def assert_equal(found: ICIO, due: ICIO) -> None:
    """Compare every field of a table, of what its reader noticed and of its accounts."""
    assert list(found.accounts) == list(due.accounts)
    pairs = [(found, due), (found.provenance, due.provenance)]
    pairs += [*zip(found.accounts.values(), due.accounts.values(), strict=True)]
    for one, other in pairs:
        for name in {field.name for field in fields(other)} - {"provenance", "accounts"}:
            read, meant = getattr(one, name), getattr(other, name)
            assert type(read) is type(meant), name
            assert bits(read) == bits(meant), name


def there_and_back(icio: ICIO, path: Path, **asked: object) -> ICIO:
    gvc.save(icio, path)
    return gvc.read_icio(path, strict=False, **asked)  # type: ignore[arg-type]


def full() -> ICIO:
    """Every field differs from what it is if nobody gives it."""
    icio = known(["CHN", "CN_1", "a[b]", "", "VA"], ["", "Öl_1", "x\n"], parts={"CN_1": "CHN"}, unit="million EUR")
    provenance = Provenance(
        inputs=icio.x + 1,
        output=icio.x + 2,
        discrepancy=icio.x + 3,
        loose=True,
        remarks=(Finding("a check", "CHN c1", 1.5, "WARN", "Sheet!A1"),),
        cells=Cells("Sheet", 1, 2, 3, 4),
    )
    persons = Account(F=icio.x / 3, F_Y=[1, 2, 3, 4, 0.1], unit="1000 [persons]")
    areas = Account(F=-icio.x, unit="km²")
    return replace(icio, provenance=provenance, accounts={"persons]": persons, "CO2 [kt]": areas})


@pytest.mark.filterwarnings("ignore::gvc.BalanceWarning")
def test_every_field_comes_back(tmp_path) -> None:
    icio = full()
    bare = ICIO(**{name: getattr(icio, name) for name in ("economies", "sectors", "Z", "Y", "x", "va")})
    for given_, without in ((icio, bare), (icio.provenance, Provenance())):
        for name in {field.name for field in fields(without)} - {"economies", "sectors", "Z", "Y", "x", "va"}:
            due, default = getattr(given_, name), getattr(without, name)
            assert name in ("accounts", "provenance") or not np.array_equal(due, default), f"give {name} here, too"
    assert_equal(there_and_back(icio, tmp_path / "t.npz"), icio)
    assert_equal(there_and_back(bare, tmp_path / "t.npz"), bare)


NUMBERS = st.floats(allow_nan=False, allow_infinity=False, width=64)


@pytest.mark.filterwarnings("ignore::gvc.BalanceWarning", "ignore::RuntimeWarning")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    numbers=arrays.arrays(float, (4, 10), elements=NUMBERS),
    texts=st.lists(st.text(st.characters(codec=None)), min_size=8, max_size=8, unique=True),
    year=st.none() | st.integers(-1, 3000),
)
def test_any_numbers_and_any_labels_come_back(tmp_path, numbers, texts, year) -> None:
    one, two, three, four, source, unit, account, name = texts
    Z, Y, (x, va, taxes, F) = numbers[:, :4], numbers[:, 4:6], numbers[:, 6:].T
    icio = ICIO(
        economies=[one, two],
        sectors=[three, four],
        Z=Z,
        Y=Y,
        x=x,
        va=va,
        taxes=taxes,
        year=year,
        source=source,
        unit=unit,
        accounts={f"a{account}": Account(F=F, F_Y=Y[0], unit=name)},
    )
    gvc.save(icio, tmp_path / "t.npz")
    assert_equal(saved.read(tmp_path / "t.npz"), icio)


def test_the_sample_comes_back_from_a_file_of_any_name_without_being_asked_how(tmp_path) -> None:
    sample = gvc.load_sample()
    gvc.save(sample, str(tmp_path / "2010.npz"))
    (tmp_path / "2010.npz").rename(tmp_path / "2010.csv")
    assert_equal(gvc.read_icio(tmp_path / "2010.csv"), sample)
    assert years(tmp_path / "2010.csv") == [None]
    assert [*gvc.read_icio(tmp_path / "2010.csv", accounts="CO2").accounts] == ["CO2"]
    assert gvc.read_icio(tmp_path / "2010.csv", year=2011).year == 2011
    with pytest.raises(GvcError, match=r"2010\.csv: expected the year 2012, as asked for; found 2011 in it"):
        gvc.read_icio(tmp_path / "2010.csv", year=2012)
    assert there_and_back(replace(sample, year=None), tmp_path / "t.npz", year=2012).year == 2012


def test_a_table_that_does_not_balance_is_read_as_any_other(tmp_path) -> None:
    sample = gvc.load_sample()
    wrong = replace(sample, x=2 * sample.x)
    gvc.save(wrong, tmp_path / "t.npz")
    with pytest.raises(GvcError, match="strict=False"):
        gvc.read_icio(tmp_path / "t.npz")
    with pytest.warns(gvc.BalanceWarning):
        assert_equal(gvc.read_icio(tmp_path / "t.npz", strict=False), wrong)


@pytest.mark.parametrize("at", np.linspace(0, 0.999, 12))
def test_a_file_that_is_cut_off_is_refused(tmp_path, at: float) -> None:
    gvc.save(known(), tmp_path / "t.npz")
    content = (tmp_path / "t.npz").read_bytes()
    (tmp_path / "t.npz").write_bytes(content[: int(at * len(content))])
    with pytest.raises(GvcError, match=r"t\.npz"):
        gvc.read_icio(tmp_path / "t.npz")


def test_no_flipped_bit_becomes_another_table(tmp_path) -> None:
    icio = replace(known(), accounts={"CO2": Account(F=np.arange(15), unit="kt")})
    gvc.save(icio, tmp_path / "t.npz")
    content = (tmp_path / "t.npz").read_bytes()
    refused = 0
    for at in np.random.default_rng(3).integers(len(content), size=300):
        spoiled = bytearray(content)
        spoiled[at] ^= 1 << int(at) % 8
        (tmp_path / "t.npz").write_bytes(spoiled)
        try:
            found = gvc.read_icio(tmp_path / "t.npz")
        except GvcError:
            refused += 1
        else:  # dates and permissions, which no number depends on
            assert_equal(found, icio)
    assert refused > 200


def test_arrays_that_are_packed_or_too_few_are_refused(tmp_path) -> None:
    """Millions of zeros take a few bytes where they are packed."""
    gvc.save(known(), tmp_path / "t.npz")
    with np.load(tmp_path / "t.npz") as kept:
        members = dict(kept)
    np.savez_compressed(tmp_path / "packed.npz", **members)
    np.savez(tmp_path / "few.npz", about=members["about"], Z=members["Z"])
    for name, said in (("packed", "about.npy, which is packed"), ("few", "F")):
        with pytest.raises(GvcError, match=f"{name}.npz: expected a whole table .*; found .*{said}.*Save it again"):
            gvc.read_icio(tmp_path / f"{name}.npz")


def test_a_file_is_replaced_by_a_whole_one_or_not_at_all(tmp_path, monkeypatch) -> None:
    gvc.save(known(), tmp_path / "t.npz")
    with monkeypatch.context() as spoiled, pytest.raises(GvcError, match="expected free disk"):
        spoiled.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        gvc.save(known(seed=2), tmp_path / "t.npz")
    assert [file.name for file in tmp_path.iterdir()] == ["t.npz"]
    assert_equal(gvc.read_icio(tmp_path / "t.npz"), known())
    gvc.save(known(seed=2), tmp_path / "t.npz")
    assert_equal(gvc.read_icio(tmp_path / "t.npz"), known(seed=2))
    assert {member.compress_type for member in zipfile.ZipFile(tmp_path / "t.npz").infolist()} == {zipfile.ZIP_STORED}


@pytest.mark.parametrize(
    ("icio", "path", "said"),
    [
        (known(), "no/such/folder/t.npz", "expected a place to write to"),
        (known(), "t.parquet", r"expected the name of a file that ends in \.npz; found .*t\.parquet.*to_frames"),
        (known(), None, "path: expected the name of a file"),
        (np.eye(2), "t.npz", "icio: expected an inter-country table"),
    ],
)
def test_what_cannot_be_saved_is_refused(tmp_path, icio, path, said) -> None:
    with pytest.raises(GvcError, match=said):
        gvc.save(icio, path if path is None else tmp_path / path)
    assert not [*tmp_path.iterdir()]
