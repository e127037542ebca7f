"""Tables from their publishers: one list of what there is, and a transfer that goes on where it stopped.

Nothing here runs unless it is asked for. Where no address of a single file is known for certain, the list names the
publisher's page and what to take there.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from gvc.errors import GvcError, one_of
from gvc.place import alone, must_have_room, writing

#: Seconds without a byte until a server counts as silent.
PATIENCE = 60
#: Bytes read at a time.
_PIECE = 1 << 20
SYSTEMS = ("ixi", "pxp")


@dataclass(frozen=True)
class Database:
    """A database that `gvc` reads.

    Attributes
    ----------
    title, page, licence : str
        Its name, its publisher's page, and on which terms it is given.
    by_hand : str
        What to take from that page, how large it is, and what it is called there.
    """

    title: str
    page: str
    licence: str
    by_hand: str

    @property
    def remedy(self) -> str:
        """How to get it without this module."""
        return f"By hand: open {self.page}. {self.by_hand}"


#: What can be had, by the names of the command line.
DATABASES: dict[str, Database] = {
    "oecd": Database(
        "OECD Inter-Country Input-Output tables (ICIO)",
        "https://www.oecd.org/en/data/datasets/inter-country-input-output-tables.html",
        "CC BY 4.0 (OECD terms since July 2024)",
        "Take the zip of the years that you need, such as 2016-2022_SML.zip of the 2025 edition (1995-2022, a CSV of "
        "4,053 lines a year). Leave it zipped: gvc reads it as it is.",
    ),
    "wiod2016": Database(
        "World Input-Output Database, 2016 release",
        "https://www.rug.nl/ggdc/valuechain/wiod/wiod-2016-release",
        "CC BY 4.0; cite Timmer et al. (2015)",
        "Take the world input-output tables of 2000-2014, as Excel (WIOT2014_Nov16_ROW.xlsb, one a year) or as R data.",
    ),
    "wiod2013": Database(
        "World Input-Output Database, 2013 release",
        "https://www.rug.nl/ggdc/valuechain/wiod/wiod-2013-release",
        "as the page says; cite Timmer et al. (2015)",
        "Take the world input-output tables of 1995-2011 (WIOT07_ROW_Apr12.xlsx, one a year); the package wiod of R "
        "holds the same as .rda.",
    ),
    "lrwiod": Database(
        "Long-run World Input-Output Database, release 1.1",
        "https://doi.org/10.34894/A7AXDN",
        "CC BY 4.0",
        "Take lr_wiod_wiot_wide.csv or lr_wiod_wiot_final_filled.csv, which hold 1965-2000.",
    ),
    "exiobase3": Database(
        "EXIOBASE 3, version 3.8.2",
        "https://doi.org/10.5281/zenodo.5589597",
        "CC BY-SA 4.0",
        "Take IOT_2020_ixi.zip (industries) or IOT_2020_pxp.zip (products), one a year. Leave it zipped: gvc reads it "
        "as it is.",
    ),
    "figaro": Database(
        "FIGARO, Eurostat's EU inter-country tables",
        "https://ec.europa.eu/eurostat/web/esa-supply-use-input-tables/database",
        "free with acknowledgement of the source (Eurostat's terms)",
        "Take the industry by industry table of the year as CSV, such as matrix_eu-ic-io_ind-by-ind_24ed_2021.csv.",
    ),
    "adb": Database(
        "ADB Multiregional Input-Output Tables (MRIO)",
        "https://kidb.adb.org/globalization/current",
        "ADB's terms of use; cite ADB",
        "Take the workbooks of the years, such as ADB-MRIO62-2021_Dec2022.xlsx.",
    ),
    "eora26": Database(
        "Eora26",
        "https://worldmrio.com/simplified/",
        "free for academic work, after registration",
        "Register there, and take Eora26_2015_bp.zip of each year and indices.zip, into one folder.",
    ),
    "gloria": Database(
        "GLORIA",
        "https://ielab.info/labs/ielab-gloria",
        "free for academic work",
        "Take the year's results and the ReadMe; pymrio.parse_gloria makes a table of them, for gvc.ICIO.from_frames.",
    ),
}

#: Addresses of the OECD's zips of the 2023 edition, by their years, as pymrio 0.7.0 has them (`download_oecd`).
OECD_2023 = {
    (1995, 2000): "http://stats.oecd.org/wbos/fileview2.aspx?IDFile=d26ad811-5b58-4f0c-a4e3-06a1469e475c",
    (2001, 2005): "http://stats.oecd.org/wbos/fileview2.aspx?IDFile=7cb93dae-e491-4cfd-ac67-889eb7016a4a",
    (2006, 2010): "http://stats.oecd.org/wbos/fileview2.aspx?IDFile=ea165bfb-3a85-4e0a-afee-6ba8e6c16052",
    (2011, 2015): "http://stats.oecd.org/wbos/fileview2.aspx?IDFile=1f791bc6-befb-45c5-8b34-668d08a1702a",
    (2016, 2020): "http://stats.oecd.org/wbos/fileview2.aspx?IDFile=d1ab2315-298c-4e93-9a81-c6f2273139fe",
}
#: Where Zenodo keeps the version of EXIOBASE above; its interface tells sizes and checksums.
ZENODO, EXIOBASE_RECORD = "https://zenodo.org", "5589597"


@dataclass(frozen=True)
class File:
    """One file to get.

    Attributes
    ----------
    title, licence, address, name : str
        What it is, on which terms, where it is, and what it is to be called here.
    remedy : str
        How to get it by hand.
    size : int, optional
        Bytes, where its publisher says how many.
    md5 : str, optional
        Its checksum, where its publisher states one.
    """

    title: str
    licence: str
    address: str
    name: str
    remedy: str
    size: int | None = None
    md5: str | None = None


def find(database: str, year: int | None = None, system: str = "ixi") -> File:
    """Find the file of a year.

    Parameters
    ----------
    database : str
        A key of :data:`DATABASES`.
    year : int, optional
        Needed where there is a file for each year, or for some.
    system : {"ixi", "pxp"}
        Of EXIOBASE: industries or products.

    Returns
    -------
    File

    Raises
    ------
    GvcError
        If the publisher's page has to be used: the remedy says what to take there. Or if the publisher's list of files
        cannot be read.

    Notes
    -----
    For EXIOBASE this asks Zenodo for its list of files, with their sizes and MD5 sums.

    Examples
    --------
    >>> file = find("oecd", 2018)
    >>> file.name, file.title
    ('ICIO2023_2016-2020.zip', 'OECD Inter-Country Input-Output tables (ICIO), 2023 edition, 2016–2020')
    """
    one_of("database", database, tuple(DATABASES))
    one_of("system", system, SYSTEMS)
    about = DATABASES[database]
    match database:
        case "oecd" if year is not None and (found := [span for span in OECD_2023 if span[0] <= year <= span[1]]):
            first, last = found[0]
            title = f"{about.title}, 2023 edition, {first}–{last}"
            return File(title, about.licence, OECD_2023[found[0]], f"ICIO2023_{first}-{last}.zip", about.remedy)
        case "exiobase3" if year is not None:
            return _exiobase(about, f"IOT_{year}_{system}.zip")
    raise GvcError(
        f"{database}{f' {year}' if year is not None else ''}",
        expected="the address of one file",
        found="none that is certain" if database not in ("oecd", "exiobase3") or year is not None else "no year",
        remedy=about.remedy,
    )


def _exiobase(about: Database, name: str) -> File:
    listed = f"{ZENODO}/api/records/{EXIOBASE_RECORD}"
    with _asking(listed, about.remedy), urlopen(_request(listed), timeout=PATIENCE) as answer:
        text = answer.read()
    try:
        files = {one["key"]: (int(one["size"]), str(one["checksum"])) for one in json.loads(text)["files"]}
    except (ValueError, LookupError, TypeError) as error:
        raise GvcError(listed, expected="a list of files", found="something else", remedy=about.remedy) from error
    if name not in files:
        years = sorted({key[4:8] for key in files if key.startswith("IOT_")})
        found = f"tables of {years[0]}–{years[-1]}" if years else "no tables"
        raise GvcError(listed, expected=name, found=found, remedy=f"Ask for another year. {about.remedy}")
    size, checksum = files[name]
    md5 = checksum.removeprefix("md5:") if checksum.startswith("md5:") else None
    address = f"{ZENODO}/records/{EXIOBASE_RECORD}/files/{name}"
    return File(f"{about.title}, {name}", about.licence, address, name, about.remedy, size, md5)


def fetch(file: File, folder: str | Path = ".", *, progress: Callable[[int, int | None], None] | None = None) -> Path:
    """Get a file, or the rest of it.

    Parameters
    ----------
    file : File
    folder : path
        Where it is to stand. Until it is whole and its checksum is right it stands there as ``NAME.part``, with which
        the next call goes on.
    progress : callable, optional
        Called with the bytes there are and the bytes there will be, where that is known.

    Returns
    -------
    Path
        The file. If it stands there already, nothing is asked of anybody, unless its size or checksum is wrong.

    Raises
    ------
    GvcError
        If the server refuses or falls silent, the file is not what its publisher states, or it cannot be written.
    """
    out = Path(folder) / file.name
    part = out.with_name(f"{out.name}.part")
    with writing(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        with alone(out):
            if out.exists():
                _must_be_whole(out, file, f"{file.remedy} Or remove the file, and the same command gets it again.")
                return out
            _transfer(file, part, progress)
            try:
                _must_be_whole(part, file, f"It is removed: the same command begins anew. {file.remedy}")
            except GvcError:
                part.unlink()
                raise
            part.replace(out)
    return out


def _transfer(file: File, part: Path, progress: Callable[[int, int | None], None] | None) -> None:
    """Add to the part what it lacks."""
    there = part.stat().st_size if part.exists() else 0
    if file.size is not None and there == file.size:
        return
    with _asking(file.address, file.remedy):
        try:
            answer: HTTPResponse = urlopen(_request(file.address, there), timeout=PATIENCE)
        except HTTPError as error:
            if error.code != 416 or not there:
                raise
            if error.headers["Content-Range"] == f"bytes */{there}":
                return  # there is no more of it
            there, answer = 0, urlopen(_request(file.address), timeout=PATIENCE)
    with answer:
        if answer.status != 206 or not (answer.headers["Content-Range"] or "").startswith(f"bytes {there}-"):
            if answer.status == 206:
                raise GvcError(
                    file.address,
                    expected=f"the file from byte {there:,}",
                    found=str(answer.headers["Content-Range"]),
                    remedy=f"Remove {part}. {file.remedy}",
                )
            there = 0  # a server that knows no parts sends the whole
        length = answer.headers["Content-Length"]
        total = there + int(length) if length else file.size
        must_have_room(part, total - there if total else 0)
        with part.open("r+b" if there else "wb") as target:
            target.seek(there)
            target.truncate()
            while piece := _read(answer, file):
                target.write(piece)
                there += len(piece)
                if progress:
                    progress(there, total)
    if total is not None and there < total:
        raise _broken(file, f"{there:,}")


def _read(answer: HTTPResponse, file: File) -> bytes:
    try:
        return answer.read(_PIECE)
    except (OSError, HTTPException) as error:
        raise _broken(file, f"{type(error).__name__} on the way") from error


def _broken(file: File, found: str) -> GvcError:
    return GvcError(
        file.address,
        expected="all of the file",
        found=f"{found} bytes" if found[0].isdigit() else found,
        remedy=f"What came is kept, and the same command goes on from there. {file.remedy}",
    )


def _must_be_whole(path: Path, file: File, remedy: str) -> None:
    """Refuse a file of another size or checksum than its publisher states, or a zip that does not open."""
    if file.size is not None and (size := path.stat().st_size) != file.size:
        raise GvcError(str(path), expected=f"{file.size:,} bytes", found=f"{size:,}", remedy=remedy)
    if file.md5:
        with path.open("rb") as source:
            found = hashlib.file_digest(source, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
        if found != file.md5:
            raise GvcError(str(path), expected=f"the MD5 sum {file.md5}", found=found, remedy=remedy)
    elif file.name.endswith(".zip"):
        try:
            with zipfile.ZipFile(path) as archive:
                damaged = archive.testzip()
        except (zipfile.BadZipFile, zlib.error, EOFError):
            damaged = "something else"
        if damaged:
            raise GvcError(str(path), expected="a whole zip", found=f"{damaged}, damaged"[:200], remedy=remedy)


@contextmanager
def _asking(address: str, remedy: str) -> Iterator[None]:
    """Turn what a server or the network says into the one exception."""
    try:
        yield
    except HTTPError as error:
        raise GvcError(address, expected="the file", found=f"{error.code} {error.reason}", remedy=remedy) from error
    except (OSError, HTTPException) as error:
        found = f"no connection, {getattr(error, 'reason', None) or error or type(error).__name__}"
        raise GvcError(address, expected="an answer", found=found, remedy=remedy) from error


def _request(address: str, start: int = 0) -> Request:
    headers = {"User-Agent": "gvc-measures", "Accept-Encoding": "identity"}
    return Request(address, headers=headers | ({"Range": f"bytes={start}-"} if start else {}))
