"""Every chart of the chapters is a view that readers can alter: under each stands a link to it.

A chart opens as its own numbers, which lie beside its CSV. Of some the explorer has more: other years, partners,
databases; these open as that.
"""

from html import escape
from urllib.parse import urlencode

from docutils import nodes
from sphinx.application import Sphinx

from book.translation import Words
from exhibits.render import chart, exhibits


def _view(
    measure: str,
    *pairs: tuple[str, str],
    database: str = "oecd",
    years: tuple[int, int] = (2011, 2022),
    kind: str = "lines",
) -> dict[str, object]:
    (origin, partner), *more = pairs
    view: dict[str, object] = {"measure": measure, "origin": origin, "partner": partner, "database": database}
    view |= {"from": years[0], "to": years[1]}
    if more:
        view["also"] = [f"{one}.{other}" for one, other in more]
    return view if kind == "lines" else view | {"view": kind}


_HOSTS = (("NEA", "ASEAN"), ("NEA", "MEX"), ("NEA", "IND"))
_NEIGHBOURS = ("JPN", "KOR", "RUS")
_FROM_CHINA = [("CHN", code) for code in _NEIGHBOURS]
_TO_CHINA = [(code, "CHN") for code in _NEIGHBOURS]

#: By name of an exhibit what the explorer shows of it, with more around it: the same numbers, or those behind them.
VIEWS: dict[str, dict[str, object]] = {
    "headline": _view("fva_share", *_HOSTS),
    "shares-over-time": _view("fva_share", *_HOSTS),
    "member-years": _view(
        "fva_share",
        *(("NEA", code) for code in ("VNM", "KHM", "THA", "MYS", "IDN", "PHL")),
    ),
    "who-gained": _view("fva_share", ("CHN", "ASEAN"), years=(2017, 2021), kind="change"),
    "china-in-hosts": _view("fva_share", *(("CHN", code) for code in ("ASEAN", "IDN", "IND", "MEX"))),
    "leaning-on-china": _view(
        "fva_share",
        *(("CHN", code) for code in ("VNM", "IDN", "JPN", "KOR", "MEX", "USA")),
        years=(2017, 2022),
    ),
    "suppliers": _view("fva_share", *((code, "MEX") for code in ("CHN", "JPN", "USA", "EU27"))),
    "links-over-time": _view("link", *_FROM_CHINA, *_TO_CHINA),
    "closeness": _view("intensity", *_FROM_CHINA, *_TO_CHINA),
    "detours": _view("passing", *((origin, code) for origin in ("KOR", "TWN", "JPN") for code in ("CHN", "VNM"))),
    "two-shares": _view("exports", *_FROM_CHINA, *_TO_CHINA),
    "backward-forward": _view("backward", ("TWN", "MEX"), database="wiod2013", years=(2011, 2011), kind="ranking"),
}


def register(app: Sphinx) -> None:
    """Connect the step that adds the links."""
    app.connect("doctree-resolved", link)


def address(view: dict[str, object]) -> str:
    """Return a view as the explorer's address has it, behind the ``#``."""
    return urlencode(view, doseq=True)


def link(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Put the link beside the downloads of each chart."""
    explorer = getattr(app.env, "gvc_explorer", None)
    if not explorer or app.builder.name != "html":  # on paper nothing opens
        return
    label = escape(Words(app.config.language).say("Open as a view"))
    known = exhibits(app.env).get(page, {})
    for exhibit in doctree.findall(chart):
        name = next((one for one in exhibit["names"] if one in known and "view.js" in known[one].files), "")
        if not name:
            continue
        href = escape(f"{app.builder.get_relative_uri(page, explorer)}#{address(VIEWS.get(name, {'chart': name}))}")
        for raw in exhibit.findall(nodes.raw):
            if 'class="exhibit-downloads"' in raw.astext():
                before, end, after = raw.astext().rpartition("</span></p>")
                added = f'{before}</span> <a class="gvc-open" href="{href}">{label}</a></p>{after}'
                raw.replace_self(nodes.raw("", added if end else raw.astext(), format="html"))
