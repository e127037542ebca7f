"""From a publisher to a table: what a server on this machine serves, cuts short or refuses."""

import errno
import hashlib
import json
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from gvc import GvcError, download, read_icio
from gvc.download import DATABASES, File, fetch, find
from tests import layouts
from tests.layouts import known
from tests.terminal import fails, run

pytestmark = pytest.mark.usefixtures("own_folders")


class Publisher:
    """A server of files; `cut` bytes are all that it sends of one answer, and `ranges` whether it knows parts."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.asked: list[tuple[str, str | None]] = []
        self.cut: int | None = None
        self.ranges = True
        publisher = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                publisher.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        wanted = request.headers["Range"]
        self.asked.append((request.path, wanted))
        if request.path not in self.files:
            request.send_error(404)
            return
        content, start = self.files[request.path], 0
        if wanted and self.ranges:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            if start >= len(content):
                request.send_response(416)
                request.send_header("Content-Range", f"bytes */{len(content)}")
                request.end_headers()
                return
        request.send_response(206 if start else 200)
        if start:
            request.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        request.send_header("Content-Length", str(len(content) - start))
        request.end_headers()
        request.wfile.write(content[start:] if self.cut is None else content[start : start + self.cut])


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    one = Publisher()
    monkeypatch.setattr(download, "ZENODO", one.address)
    monkeypatch.setattr(download, "OECD_2023", {(2016, 2020): f"{one.address}/oecd?IDFile=d1"})
    yield one
    one.server.shutdown()
    one.server.server_close()


CODES = {"CHN": "CN", "JPN": "JP", "KOR": "KR", "MEX": "MX", "ROW": "WA"}
RECORD, PLACE = "/api/records/5589597", "/records/5589597/files/IOT_2020_ixi.zip"


@pytest.fixture
def exiobase(publisher: Publisher, tmp_path: Path) -> Publisher:
    """Publish a table as EXIOBASE does, with a list of files."""
    table = known(tuple(CODES), taxed=False)
    files = {f"IOT_2020_ixi/{name}": text for name, text in layouts.exiobase(table, CODES).items()}
    content = layouts.zipped(tmp_path / "made.zip", files).read_bytes()
    publisher.files[PLACE] = content
    listed = {"key": "IOT_2020_ixi.zip", "size": len(content), "checksum": f"md5:{hashlib.md5(content).hexdigest()}"}
    publisher.files[RECORD] = json.dumps({"files": [listed]}).encode()
    return publisher


@pytest.fixture
def oecd(publisher: Publisher, tmp_path: Path) -> Publisher:
    """Publish two years as the OECD does, without size or checksum."""
    text = {}
    for year in (2019, 2020):
        table = known(seed=year)
        file = layouts.delimited(tmp_path / f"{year}.csv", layouts.oecd(table, edition=2023))
        text[f"{year}_SML.csv"] = file.read_text("utf-8")
    publisher.files["/oecd?IDFile=d1"] = layouts.zipped(tmp_path / "made.zip", text).read_bytes()
    return publisher


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# -- from the address to the table --------------------------------------------------------------------------------


def test_what_is_got_is_a_table_that_gvc_reads(exiobase, tmp_path) -> None:
    said = run("download", "exiobase3", 2020, "ixi", "-o", tmp_path / "got", "--yes").output
    assert "licence  CC BY-SA 4.0" in said
    assert f"{exiobase.address}{PLACE}" in said
    assert left(tmp_path / "got") == ["IOT_2020_ixi.zip"]
    table = read_icio(tmp_path / "got" / "IOT_2020_ixi.zip")
    assert table.year == 2020
    assert table.Z.sum() == pytest.approx(known(tuple(CODES), taxed=False).Z.sum())
    assert exiobase.asked == [(RECORD, None), (PLACE, None)]


def test_years_of_the_oecd_come_as_one_zip(oecd, tmp_path) -> None:
    run("download", "oecd", 2020, "-o", tmp_path / "got", "--yes")
    table = read_icio(tmp_path / "got" / "ICIO2023_2016-2020.zip", year=2020)
    layouts.same(table, known(seed=2020, year=2020))


def test_nothing_is_got_without_a_yes(exiobase, tmp_path) -> None:
    said = run("download", "exiobase3", 2020, "-o", tmp_path / "got", code=1).output
    assert "Download it?" in said
    assert "MB" in said
    assert exiobase.asked == [(RECORD, None)]
    assert not (tmp_path / "got").exists()


def test_each_year_of_the_oecd_is_in_the_zip_that_says_so() -> None:
    for year in range(1995, 2021):
        first, last = map(int, re.findall(r"[12]\d{3}(?=-|\.)", find("oecd", year).name))
        assert first <= year <= last < first + 6
    assert len({find("oecd", year).address for year in range(1995, 2021)}) == 5
    for year in (1994, 2021):
        with pytest.raises(GvcError, match=rf"oecd {year}: .* By hand: open https://www\.oecd"):
            find("oecd", year)


def test_what_stands_there_whole_is_not_got_again(exiobase, tmp_path) -> None:
    file = find("exiobase3", 2020)
    assert file.md5 == hashlib.md5(exiobase.files[PLACE]).hexdigest()
    fetch(file, tmp_path / "got")
    exiobase.asked.clear()
    fetch(file, tmp_path / "got")
    assert exiobase.asked == []
    (tmp_path / "got" / file.name).write_bytes(b"another")
    with pytest.raises(GvcError, match=r"expected [\d,]+ bytes; found 7\. .*Or remove the file"):
        fetch(file, tmp_path / "got")


# -- interrupted --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ranges", [True, False])
@pytest.mark.parametrize("source", ["exiobase", "oecd"])
def test_what_was_cut_short_goes_on(source, ranges, tmp_path, request) -> None:
    publisher = request.getfixturevalue(source)
    file = find("exiobase3", 2020) if source == "exiobase" else find("oecd", 2018)
    place = file.address.removeprefix(publisher.address)
    publisher.cut = 100
    with pytest.raises(GvcError, match=r"expected all of the file; found 100 bytes\. What came is kept"):
        fetch(file, tmp_path / "got")
    assert left(tmp_path / "got") == [f"{file.name}.part"]
    publisher.cut, publisher.ranges = None, ranges
    seen: list[tuple[int, int | None]] = []
    got = fetch(file, tmp_path / "got", progress=lambda *told: seen.append(told))
    assert publisher.asked[-1] == (place, "bytes=100-")
    assert got.read_bytes() == publisher.files[place]
    assert seen[-1] == (len(publisher.files[place]),) * 2
    assert left(tmp_path / "got") == [file.name]


def test_a_part_that_is_all_or_too_much_is_settled(oecd, tmp_path) -> None:
    file, content = find("oecd", 2018), oecd.files["/oecd?IDFile=d1"]
    (tmp_path / "got").mkdir()
    for kept in (content, content + b"of another edition"):
        (tmp_path / "got" / f"{file.name}.part").write_bytes(kept)
        got = fetch(file, tmp_path / "got")
        assert got.read_bytes() == content
        got.unlink()


@pytest.mark.parametrize("source", ["exiobase", "oecd"])
def test_what_is_not_what_the_publisher_states_is_thrown_away(source, tmp_path, request) -> None:
    publisher = request.getfixturevalue(source)
    file = find("exiobase3", 2020) if source == "exiobase" else find("oecd", 2018)
    place = file.address.removeprefix(publisher.address)
    content = bytearray(publisher.files[place])
    content[60] ^= 255
    publisher.files[place] = bytes(content)
    due = f"expected the MD5 sum {file.md5}" if file.md5 else "expected a whole zip"
    with pytest.raises(GvcError, match=f"{re.escape(due)}; found .* It is removed"):
        fetch(file, tmp_path / "got")
    assert left(tmp_path / "got") == []


# -- refused ------------------------------------------------------------------------------------------------------


def test_an_address_that_is_gone_tells_the_way_by_hand(exiobase, tmp_path, monkeypatch, capsys) -> None:
    del exiobase.files[PLACE]
    line = fails(monkeypatch, capsys, "download", "exiobase3", 2020, "-o", tmp_path / "got", "--yes")
    assert "found 404 Not Found. By hand: open https://doi.org/10.5281/zenodo.5589597. Take IOT_2020_ixi.zip" in line
    assert left(tmp_path / "got") == []


def test_without_a_connection_the_way_by_hand_is_told(publisher, tmp_path, monkeypatch, capsys) -> None:
    publisher.server.shutdown()
    publisher.server.server_close()
    for asked in (("oecd", 2018), ("exiobase3", 2020)):
        line = fails(monkeypatch, capsys, "download", *asked, "-o", tmp_path / "got", "--yes")
        assert re.search(r"expected an answer; found no connection, .*refused.* By hand: open https://", line)


def test_a_year_that_is_not_listed_and_a_list_that_is_none(exiobase) -> None:
    with pytest.raises(GvcError, match=r"expected IOT_2030_ixi\.zip; found tables of 2020–2020"):
        find("exiobase3", 2030)
    exiobase.files[RECORD] = b"<html>"
    with pytest.raises(GvcError, match=r"expected a list of files; found something else\. By hand"):
        find("exiobase3", 2020)


@pytest.mark.parametrize("name", sorted(DATABASES))
def test_each_database_has_a_page_a_licence_and_what_to_take(name) -> None:
    about = DATABASES[name]
    assert re.fullmatch(r"https://\S+", about.page)
    assert about.licence
    with pytest.raises(GvcError, match=re.escape(about.page)):
        find(name, 2022 if name == "oecd" else None)
    assert about.title in run("download").output


def test_a_name_that_is_no_database_lists_them(monkeypatch, capsys) -> None:
    assert "expected 'oecd' or 'wiod2016'" in fails(monkeypatch, capsys, "download", "wiood")


def test_a_folder_that_cannot_be_written_is_one_line(oecd, tmp_path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    with pytest.raises(GvcError, match="expected a place to write to"):
        fetch(find("oecd", 2018), tmp_path / "file")
    assert oecd.asked == []


def test_a_full_disk_is_said_and_what_came_is_kept(oecd, tmp_path, monkeypatch) -> None:
    file = find("oecd", 2018)
    monkeypatch.setattr("gvc.place.shutil.disk_usage", lambda _: type("Disk", (), {"free": 10})())
    with pytest.raises(GvcError, match="expected 0 MB of free disk; found 0 MB"):
        fetch(file, tmp_path / "got")
    monkeypatch.undo()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    here = File(file.title, "", f"{oecd.address}/oecd?IDFile=d1", file.name, "")
    with pytest.raises(GvcError, match="free disk"):
        fetch(here, tmp_path / "got", progress=full)
    part = tmp_path / "got" / f"{file.name}.part"
    assert part.stat().st_size == len(oecd.files["/oecd?IDFile=d1"])
    assert fetch(here, tmp_path / "got").is_file()
