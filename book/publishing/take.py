"""Data to take: files of ``data/`` in the site, panels as CSV too, with checksums and a description."""

import gzip
import io
import json
import shutil
from hashlib import sha256
from pathlib import Path

import pyarrow.csv
import pyarrow.parquet as pq
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from book.publishing import archive
from book.translation import Words
from exhibits import file_cache
from exhibits.render import by_page, grid, unbroken
from exhibits.translation import SOURCE
from industrial_chains import manifest

FOLDER = "_data"
SUMS = "SHA256SUMS"
_CSV = ".csv.gz"
#: Fast, and a seventh of the text.
_LEVEL = 3


def register(app: Sphinx) -> None:
    """Connect the directive and the step that writes the files."""
    app.add_directive("data-to-take", DataToTake)
    app.connect("build-finished", write)


class DataToTake(SphinxDirective):
    """``{data-to-take}``: a table of all files; with ``:panels:`` of the panels alone, else of the others."""

    option_spec = {"panels": directives.flag}  # noqa: RUF012  (as docutils declares it)

    def run(self) -> list[nodes.Node]:
        """Lay out what each file is, how large, on which terms, and where."""
        self.env.gvc_take = self.env.docname  # pyrefly: ignore[missing-attribute]
        words = Words(self.env.config.language, by_page(self.env, "asked").setdefault(self.env.docname, {}))
        up = "../" * (self.env.docname.count("/") + (words.language != SOURCE)) + FOLDER
        heads = [words.say("What"), words.say("Coverage"), words.say("Rows"), words.say("Files"), words.say("Terms")]
        rows: list[list[nodes.Node]] = [[nodes.Text(head) for head in heads]]
        for entry in manifest.load():
            if _is_panel(entry["path"]) == ("panels" in self.options):
                told = [words.text(str(entry[part])) for part in ("title", "coverage", "terms")]
                rows.append(
                    [
                        nodes.Text(told[0]),
                        nodes.inline("", "", *unbroken(told[1])),
                        nodes.Text(_rows(entry["path"])),
                        nodes.raw("", " ".join(_links(entry["path"], up)), format="html"),
                        nodes.Text(told[2]),
                    ]
                )
        about = " · ".join(f'<a href="{up}/{name}">{name}</a>' for name in ("datapackage.json", SUMS))
        below = [nodes.raw("", f"<p>{about}</p>", format="html")] if "panels" in self.options else []
        return [grid(rows, classes=["gvc-take"]), *below]


def _is_panel(path: str) -> bool:
    return path.startswith("panel/")


def _rows(path: str) -> str:
    if not path.endswith(".parquet"):
        return "–"
    return f"{pq.read_metadata(manifest.file_of(path)).num_rows:,}"


def _links(path: str, up: str) -> list[str]:
    size = manifest.file_of(path).stat().st_size
    shown = f"{size / 1e6:.1f}&nbsp;MB" if size >= 1e5 else f"{max(1, size / 1e3):.0f}&nbsp;kB"
    kind = path.rpartition(".")[2]
    links = [f'<a href="{up}/{path}" download>{kind}</a>&nbsp;({shown})']
    if kind == "parquet":
        links.append(f'<a href="{up}/{_as_csv(path)}" download>csv.gz</a>')
    return links


def _as_csv(path: str) -> str:
    return path.removesuffix(".parquet") + _CSV


def write(app: Sphinx, failure: Exception | None) -> None:
    """Write the files beside the English book, for all languages."""
    wanted = hasattr(app.env, "gvc_take") and app.builder.name == "html" and app.config.language == SOURCE
    if wanted and not failure:
        fill(Path(app.outdir) / FOLDER, Path(app.srcdir) / file_cache.PLACE)


def fill(folder: Path, cache: Path) -> None:
    """Write all files of the manifest, their sums and their description into a folder."""
    shutil.rmtree(folder, ignore_errors=True)
    files: dict[str, Path] = {}
    for entry in manifest.load():
        path = entry["path"]
        files[path] = folder / path
        files[path].parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(manifest.file_of(path), files[path])
        if path.endswith(".parquet"):
            made = folder / _as_csv(path)
            made.write_bytes(_packed(files[path], cache))
            files[_as_csv(path)] = made
    sums = "".join(f"{sha256(file.read_bytes()).hexdigest()}  {name}\n" for name, file in sorted(files.items()))
    (folder / SUMS).write_text(sums, "utf-8")
    described = archive.package({f"data/{name}": file for name, file in files.items() if not name.endswith(_CSV)})
    for resource in described["resources"]:
        resource["path"] = resource["path"].removeprefix("data/")
        resource["hash"] = f"sha256:{sha256((folder / resource['path']).read_bytes()).hexdigest()}"
    (folder / "datapackage.json").write_text(json.dumps(described, ensure_ascii=False, indent=1), "utf-8")


def _packed(file: Path, cache: Path) -> bytes:
    def make() -> bytes:
        text = io.BytesIO()
        pyarrow.csv.write_csv(pq.read_table(file), text)
        return gzip.compress(text.getvalue(), _LEVEL, mtime=0)

    key = sha256(file.read_bytes() + f"{_LEVEL}".encode()).hexdigest()
    return file_cache.once(cache / f"{key}.csv.gz", make)
