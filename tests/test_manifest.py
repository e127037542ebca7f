"""The manifest of `data/` and the files there."""

import re
import shutil
from pathlib import Path

from docutils import nodes

from gvc import panel
from industrial_chains import manifest


def test_every_data_file_is_what_the_manifest_says() -> None:
    assert manifest.problems() == []


def test_new_checksums_change_nothing_else_in_the_manifest(tmp_path: Path) -> None:
    """Not even where an entry was begun with a checksum that stands in other words, too."""
    folder = tmp_path / "data"
    shutil.copytree(panel.DATA, folder)
    file = folder / "manifest.yml"
    whole = file.read_text("utf-8")
    begun = re.sub(r'sha256: ".*"', 'sha256: "x"', whole, count=2)
    file.write_text(begun, "utf-8")
    manifest.refresh(folder)
    assert file.read_text("utf-8") == whole
    assert "Mexico" in whole
    typed = [entry for entry in manifest.load(folder) if entry["made"] in ("transcribed", "written by hand")]
    assert len(re.findall(r"[0-9a-f]{64}", whole)) == len(manifest.load(folder)) - len(typed)
    assert len(typed) > 10


def test_the_manifest_sees_a_changed_and_an_unknown_file(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(panel.DATA, folder)
    (folder / "panel" / "adb_fva_shares.parquet").write_bytes((folder / "panel" / "wiod2013.parquet").read_bytes())
    (folder / "stray.csv").write_text("x\n")
    found = manifest.problems(folder)
    assert any(line.startswith("stray.csv: not in the manifest") for line in found)
    assert any(line.startswith("panel/adb_fva_shares.parquet: not the file") for line in found)
    manifest.refresh(folder)
    assert manifest.problems(folder) == ["stray.csv: not in the manifest"]


def test_a_checksum_to_come_leaves_other_words_alone(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("1\n")
    (tmp_path / "manifest.yml").write_text("# x\n- path: a.csv\n  title: text\n  sha256: x\n  unit: index\n")
    manifest.refresh(tmp_path)
    [entry] = manifest.load(tmp_path)
    assert (entry["title"], entry["unit"]) == ("text", "index")
    assert len(entry["sha256"]) == 64


def test_each_file_is_a_card_with_an_address_of_its_own() -> None:
    files, cards = manifest.overview(), manifest.cards()
    assert list(files) == ["File", "Coverage", "Source", "Edition"]
    assert files["File"].tolist() == [entry["path"] for entry in manifest.load()]
    assert len(set(map(nodes.make_id, cards.ids))) == len(files) == len(cards.colours)
    assert [list(files)[column - 1] for column in cards.folded] == ["Source", "Edition"]
