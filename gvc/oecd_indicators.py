"""The OECD's indicators of trade in value added, by the names that the OECD gives them."""

from typing import Any

import pandas as pd

from gvc.contents import content
from gvc.errors import GvcError, described
from gvc.icio import ICIO, must_be_table, near_names
from gvc.results import about

_EXPORTS, _FINAL = {"within": "exports"}, {"within": "final_demand"}
_OUT, _IN = ("exporter", "sector", "importer"), ("importer", "sector", "exporter")
_SOURCE = ("origin", "origin_sector")

#: What :func:`gvc.content` is asked for each. Only IMGR_DVA is asked importer by importer, each its own origin.
INDICATORS: dict[str, dict[str, Any]] = {
    "EXGR": {**_EXPORTS, "by": _OUT},
    "EXGR_INT": {**_EXPORTS, "use": "intermediate", "by": _OUT},
    "EXGR_FNL": {**_EXPORTS, "use": "final", "by": _OUT},
    "EXGR_DVA": {**_EXPORTS, "origin": "domestic", "by": _OUT},
    "EXGR_FVA": {**_EXPORTS, "origin": "foreign", "by": _OUT},
    "EXGR_INTDVA": {**_EXPORTS, "origin": "domestic", "use": "intermediate", "by": _OUT},
    "EXGR_FNLDVA": {**_EXPORTS, "origin": "domestic", "use": "final", "by": _OUT},
    "EXGR_BSCI": {**_EXPORTS, "by": ("exporter", "sector", *_SOURCE)},
    "FEXGR_DVA": {**_EXPORTS, "origin": "foreign", "by": ("origin", "exporter")},
    "IMGR": {**_EXPORTS, "by": _IN},
    "IMGR_INT": {**_EXPORTS, "use": "intermediate", "by": _IN},
    "IMGR_FNL": {**_EXPORTS, "use": "final", "by": _IN},
    "IMGR_DVA": {**_EXPORTS, "by": _IN},
    "IMGR_BSCI": {**_EXPORTS, "by": ("importer", "sector", *_SOURCE)},
    "FD_VA": {**_FINAL, "by": ("origin", "absorber")},
    "FDVA_BSCI": {**_FINAL, "by": ("absorber", *_SOURCE)},
    "FFD_DVA": {**_FINAL, "origin": "foreign", "by": (*_SOURCE, "absorber")},
    "DFD_FVA": {**_FINAL, "origin": "foreign", "by": ("absorber", *_SOURCE)},
    "FD_EXGR_VA": {**_EXPORTS, "by": ("origin", "exporter", "absorber")},
    "FD_EXGRINT_VA": {**_EXPORTS, "use": "intermediate", "by": ("origin", "exporter", "absorber")},
    "FD_EXGRFNL_VA": {**_EXPORTS, "use": "final", "by": ("origin", "exporter", "absorber")},
}


def tiva(icio: ICIO, indicator: str) -> pd.Series:
    r"""Compute an indicator of the OECD's Trade in Value Added (TiVA) database, by its name there.

    Parameters
    ----------
    icio : ICIO
    indicator : str
        One of the names below.

        ==============================  ============================================  ================================
        indicator                       amount                                        by
        ==============================  ============================================  ================================
        EXGR, EXGR_INT, EXGR_FNL        gross exports; intermediate; final            exporter, sector, importer
        EXGR_DVA, EXGR_FVA              domestic, foreign value added in them         the same
        EXGR_INTDVA, EXGR_FNLDVA        domestic in intermediate, in final exports    the same
        EXGR_BSCI                       value added in exports, by where it is from   exporter, sector, origin,
                                                                                      origin_sector
        FEXGR_DVA                       domestic value added in exports of others     origin, exporter
        IMGR, IMGR_INT, IMGR_FNL        gross imports; intermediate; final            importer, sector, exporter
        IMGR_DVA                        the importer's own value added in them        the same
        IMGR_BSCI                       value added in imports, by where it is from   importer, sector, origin,
                                                                                      origin_sector
        FD_VA                           value added in final demand                   origin, absorber
        FDVA_BSCI                       the same                                      absorber, origin, origin_sector
        FFD_DVA                         domestic value added in that of others        origin, origin_sector, absorber
        DFD_FVA                         foreign value added in one's own              absorber, origin, origin_sector
        FD_EXGR_VA, FD_EXGRINT_VA,      value added in exports; in intermediate; in   origin, exporter, absorber
        FD_EXGRFNL_VA                   final exports, by who absorbs it
        ==============================  ============================================  ================================

    Returns
    -------
    Series
        In the unit of the table, by the dimensions that ``gvc.contents`` describes. A whole of the OECD, such as
        industry ``_T`` or partner ``W``, is a sum of it. What an indicator leaves out, such as an economy as the origin
        of its own foreign value added, is 0.

    Raises
    ------
    GvcError
        If there is no indicator of that name, or the result would not fit into memory.

    Notes
    -----
    Each is one call of :func:`gvc.content`, which also chooses exporters and so on, and counts other amounts than value
    added. The OECD's shares are percentages of two amounts at the level that is published: EXGR_DVASH is EXGR_DVA in
    EXGR, EXGR_FNLDVASH is EXGR_FNLDVA in EXGR, EXGR_DVAFXSH (later FEXGR_DVA) is FEXGR_DVA in EXGR of the origin.
    In its groups the OECD counts members as one economy: :func:`gvc.as_block`. The OECD's own tables keep
    the exporters of China and Mexico apart.

    EXGR_INTDVA and EXGR_FNLDVA are amounts of which the OECD publishes shares. Value added of services alone,
    EXGR_SERV_FVA, is ``content(icio, "exports", origin="foreign", origin_sector=..., by=("exporter", "sector"))`` with
    the sectors that the table calls so.

    OECD (2021), Guide to OECD's Trade in Value Added Indicators.

    Examples
    --------
    >>> import gvc
    >>> table = gvc.load_sample()
    >>> gvc.tiva(table, "EXGR_FVA")["MEX"].loc["Machinery"].nlargest(2).round()  # million USD
    importer
    USA    54751.0
    ROW    13015.0
    Name: EXGR_FVA, dtype: float64

    EXGR_DVASH of economies, percent:

    >>> domestic, exports = (gvc.tiva(table, name).groupby("exporter").sum() for name in ("EXGR_DVA", "EXGR"))
    >>> (100 * domestic / exports)[["CHN", "MEX"]].round(1).to_dict()
    {'CHN': 78.8, 'MEX': 71.0}
    """
    must_be_table(icio)
    if not isinstance(indicator, str) or indicator not in INDICATORS:
        near = near_names(indicator, INDICATORS) if isinstance(indicator, str) else []
        raise GvcError(
            "indicator",
            expected=f"a name among {', '.join(INDICATORS)}",
            found=repr(indicator) if isinstance(indicator, str) else described(indicator),
            remedy=f"Did you mean {' or '.join(near)}?" if near else "Pick one of these, or ask `gvc.content`.",
        )
    asked = INDICATORS[indicator]
    if indicator == "IMGR_DVA":
        importer, *by = asked["by"]
        own = {code: content(icio, "exports", origin=code, importer=code, by=by) for code in icio.result_economies}
        found = pd.concat(own, names=[importer])
    else:
        found = content(icio, **asked)
    return about(found.rename(indicator), {"year": icio.year, "source": icio.source}, indicator, icio.unit)
