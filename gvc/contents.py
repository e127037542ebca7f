r"""Value added, hours or emissions of each origin in exports and in final demand.

:func:`gvc.content` computes them by any dimension. The index of a result has these names, one for each dimension:

=================  =======================  ==================================================================
dimension          what it names            where it applies, and its meaning
=================  =======================  ==================================================================
``origin``         economy                  both: the economy whose value added it is
``origin_sector``  sector                   both: the industry of the origin that adds it
``exporter``       economy                  ``"exports"``: the economy that ships the product
``maker``          economy                  ``"final_demand"``: the economy that finishes the product
``sector``         sector                   both: the product, by the industry of its exporter or maker
``importer``       economy                  ``"exports"``: the economy that it is shipped to
``use``            ``intermediate, final``  ``"exports"``: the use that it is shipped for
``absorber``       economy                  both: the economy in whose final demand it ends
``economy``        economy                  measures of one economy alone, or of its industries by ``sector``
``partner``        economy                  a second economy, in an unspecified role
=================  =======================  ==================================================================

Let :math:`c_{tj}` be what industry j of t adds per unit of its output, :math:`B = (I - A)^{-1}`,
:math:`e_{si,r}` what industry i of s ships to another economy r, :math:`y_{si,u}` final demand of u and
:math:`X^u = B y_u` the output that it requires. The contents are

.. math::
    \text{exports:} \quad & c_{tj}\, B_{tj,si}\, e_{si,r}, \qquad
    e_{si,r} = \underbrace{\textstyle\sum_k Z_{si,rk}}_{\text{intermediate}} + \underbrace{y_{si,r}}_{\text{final}} \\
    \text{exports, by absorber:} \quad & c_{tj}\, B_{tj,si}
        \left(\textstyle\sum_k A_{si,rk} X^u_{rk} + y_{si,r} [u = r]\right) \\
    \text{final demand:} \quad & c_{tj}\, B_{tj,si}\, y_{si,u}

These are the contents of gross flows. Value added that crosses two borders counts in the exports at both crossings, as
in the OECD's indicators and in ``icio`` with ``return(gtrade)``, ``return(dc)`` or ``return(fc)``. With ``once=True``
each unit counts only at its first passage through the chosen exports E, as in Borin and Mancini (2019):

.. math:: c_{tj}\, B^{\not E}_{tj,si}\, e_{si,r}, \qquad B^{\not E} = (I - A + A_E)^{-1},

where :math:`A_E` are the inputs that pass through them. The choice of exports sets the perspective.
All exports of one exporter give that of the `exporter`, which :func:`gvc.borin_mancini` computes for all exporters at
once. A further choice of sector, importer or both gives that of the flow itself (`sectexp`, `bilateral`, `sectbil` in
``icio``). All imports of one importer give that of the `importer`; those of one sector give `sectimp`. Each case is
solved with the factors of the table, corrected for the flows that are removed.

Indicators that the OECD publishes have names: :func:`gvc.tiva` takes them, and ``gvc.oecd_indicators.INDICATORS``
holds the call of `content` for each. Of the literature, where ``t`` is the table; a test runs every line:

======================================  ============================================================================
indicator                               call
======================================  ============================================================================
VS, Hummels, Ishii and Yi (2001)        ``content(t, "exports", origin="foreign", by="exporter")``
VS1, the same                           ``content(t, "exports", origin="foreign", by="origin")``
VAX, Johnson and Noguera (2012)         ``content(t, "final_demand", origin="foreign", by=("origin", "absorber"))``
======================================  ============================================================================

Calls of R's ``exvatools`` and Stata's ``icio``, and the same in this package:

* ``get_va_exgr(w, "FC", "USA", "TOTAL", "MEX", "Machinery")``:
  ``content(t, "exports", origin="USA", exporter="MEX", sector="Machinery")``
* ``get_va_exgry(w, geo_orig="CHN", geo_export="MEX", geo_fd="USA")``:
  ``content(t, "exports", origin="CHN", exporter="MEX", absorber="USA")``
* ``get_va_fd(w, geo_orig="USA", sec_orig="Services", geo_fd="CHN", sec_fd="Machinery")``:
  ``content(t, "final_demand", origin="USA", origin_sector="Services", absorber="CHN", sector="Machinery")``
* ``get_va_fd(w, "VAX")``: ``content(t, "final_demand", origin="foreign", by="origin")``
* ``make_exvadir(w, "MEX", "FC")``:
  ``content(t, "exports", origin="foreign", exporter="MEX", by=("origin", "sector", "importer"))``
* ``make_exvadir(w, "MEX", "FVA")``:
  ``content(t, "exports", origin="foreign", exporter="MEX", once=True, by=("origin", "sector", "importer"))``
* ``icio, origin(deu,8) destination(chn,9)``:
  ``content(t, "final_demand", origin="JPN", origin_sector="Services", absorber="CHN", sector="Machinery")``
* ``icio, origin(deu) destination(chn,all)``:
  ``content(t, "final_demand", origin="JPN", absorber="CHN", by="sector")``
* ``icio, destination(all)``: ``content(t, "final_demand", by="absorber")``
* ``icio, exporter(deu) return(dc)``: ``content(t, "exports", origin="domestic", exporter="JPN", by="exporter")``
* ``icio, exporter(deu,20) importer(usa) return(fc)``:
  ``content(t, "exports", origin="foreign", exporter="JPN", sector="Machinery", importer="USA", by="exporter")``
* ``icio, origin(all) exporter(chn) importer(usa) destination(all)``:
  ``content(t, "exports", exporter="CHN", importer="USA", by=("origin", "absorber"))``
* ``icio, origin(all) exporter(chn) importer(usa) destination(all) perspective(bilateral) return(va)``:
  ``content(t, "exports", exporter="CHN", importer="USA", once=True, by=("origin", "absorber"))``
* ``icio, origin(all) exporter(deu) return(fva)``:
  ``content(t, "exports", origin="foreign", exporter="JPN", once=True)``
* ``icio, exporter(chn) importer(usa) perspective(bilateral) return(dva)``:
  ``content(t, "exports", origin="domestic", exporter="CHN", importer="USA", once=True, by="exporter")``
* ``icio, exporter(usa,17) importer(chn) perspective(sectbil) return(dva)``:
  ``content(t, "exports", origin="domestic", exporter="USA", sector="Machinery", importer="CHN", once=True)``
* ``icio, origin(ita,all) exporter(deu,20) perspective(sectexp) return(va)``:
  ``content(t, "exports", origin="KOR", exporter="JPN", sector="Machinery", once=True, by="origin_sector")``
* ``icio, origin(deu) importer(usa) perspective(importer) return(va)``:
  ``content(t, "exports", origin="JPN", importer="USA", once=True)``
* ``icio, origin(deu) importer(usa,20) perspective(sectimp) return(va)``:
  ``content(t, "exports", origin="JPN", importer="USA", sector="Machinery", once=True)``
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from math import prod
from typing import Literal, overload

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gvc import economies as eco
from gvc.amounts import Row, ValueAdded, added_per_output, in_words, labelled, unit_of
from gvc.errors import GvcError, in_short, must_be_flag, one_of, some_of
from gvc.icio import ICIO, chosen_accounts, must_be_table
from gvc.labels import Array
from gvc.leontief import Solver, embodied, inverse, output_needed, without
from gvc.results import about

Within = Literal["exports", "final_demand"]

#: As many numbers as two gigabytes hold: more of them than anybody reads, and than most machines have room for.
LARGEST = 250_000_000

#: Names of the dimensions of each, in the order of the chain.
DIMENSIONS: dict[str, tuple[str, ...]] = {
    "exports": ("origin", "origin_sector", "exporter", "sector", "importer", "use", "absorber"),
    "final_demand": ("origin", "origin_sector", "maker", "sector", "absorber"),
}
#: As what is sold.
USES = ("intermediate", "final")
#: Whose it is, seen from the other end.
RELATIVE = ("domestic", "foreign")
Chosen = str | Iterable[str] | None


@overload
def content(
    icio: ICIO,
    within: Within,
    of: pd.DataFrame | list[str],
    *,
    origin: Chosen = None,
    exporter: Chosen = None,
    maker: Chosen = None,
    importer: Chosen = None,
    absorber: Chosen = None,
    origin_sector: Chosen = None,
    sector: Chosen = None,
    use: Chosen = None,
    once: bool = False,
    by: str | Iterable[str] = "origin",
) -> pd.DataFrame: ...
@overload
def content(
    icio: ICIO,
    within: Within,
    of: Row | pd.Series | None = None,
    *,
    origin: Chosen = None,
    exporter: Chosen = None,
    maker: Chosen = None,
    importer: Chosen = None,
    absorber: Chosen = None,
    origin_sector: Chosen = None,
    sector: Chosen = None,
    use: Chosen = None,
    once: bool = False,
    by: str | Iterable[str] = "origin",
) -> pd.Series: ...
def content(
    icio: ICIO,
    within: Within,
    of: ValueAdded = None,
    *,
    origin: Chosen = None,
    exporter: Chosen = None,
    maker: Chosen = None,
    importer: Chosen = None,
    absorber: Chosen = None,
    origin_sector: Chosen = None,
    sector: Chosen = None,
    use: Chosen = None,
    once: bool = False,
    by: str | Iterable[str] = "origin",
) -> pd.Series | pd.DataFrame:
    r"""Value added, or anything else that production uses, in exports or in final demand, by any dimension.

    Parameters
    ----------
    icio : ICIO
    within : {"exports", "final_demand"}
        The flow whose content is computed.
    of : {"residual", "table", "taxes"}, name of an account, list of these names, Series or DataFrame, optional
        Value added as :func:`gvc.value_added_coefficients` defines it: output less inputs, so that contents add up to
        the whole flow (``residual``, the default); or the table's own row; or its row of taxes and margins. Or amounts
        that each industry of the table uses, such as persons, hours or tonnes: one of the table's `accounts` by name,
        which is ``F`` of :class:`gvc.Account`, or several in a list; or a Series by (economy, sector); or several such
        amounts in the columns of a DataFrame.
    origin : str or iterable of str, optional
        An economy, a group of :data:`gvc.economies.GROUPS`, or several economies; or ``"domestic"`` for the exporter
        (in final demand, the absorber) and ``"foreign"`` for all others. All by default, here and below.
    exporter, maker, importer, absorber : str or iterable of str, optional
        Economies or a group, member by member: a fellow member is foreign, and trade between members counts. To treat
        the group as one economy, pass ``as_block(icio, group)``.
    origin_sector, sector : str or iterable of str, optional
        Sectors of the industry of origin, and of the product.
    use : {"intermediate", "final"}, optional
        Use of the exports.
    once : bool
        Whether to count each unit once in the chosen exports, at its first passage, even if it passes through them
        again. In final demand each unit counts once in any case.
    by : str or iterable of str
        Dimensions of the result, in this order; all others are summed.

    Returns
    -------
    Series, or DataFrame with a column for each account or column of `of`
        In the unit of the table, or in that of `of`. Indexed by the dimensions in `by`, over everything chosen; pairs
        that ``"domestic"`` or ``"foreign"`` excludes are 0. ``attrs`` holds the ``measure``, its ``unit``, and the
        table's ``year`` and ``source``; the unit of amounts is ``of.attrs["unit"]``, if set, and that of accounts in
        different units a dict by name.

    Raises
    ------
    GvcError
        If the table does not show what was chosen, a dimension does not apply to `within`, amounts lack an industry of
        the table or are given for one without output, or the result would not fit into memory.

    Warns
    -----
    CoverageWarning
        If the table does not show all members of a group.

    Notes
    -----
    The documentation of ``gvc.contents`` has the dimensions, the equations, and the calls of other packages;
    :func:`gvc.tiva` has the indicators of the OECD. The factors of the table are solved for whichever are fewest: the
    origins that are kept apart, the products or the flows. B is formed where most industries are on both sides.

    If the rows of a table sum to less than its output, exports by absorber sum to less than exports, because nobody
    absorbs the difference.

    OECD (2021), Guide to OECD's Trade in Value Added Indicators; Borin and Mancini (2019) on gross and net contents.

    Examples
    --------
    Whose value added is in the machinery that Mexico ships to the United States?

    >>> import gvc
    >>> table = gvc.load_sample()
    >>> embodied = gvc.content(table, "exports", exporter="MEX", sector="Machinery", importer="USA")
    >>> embodied.nlargest(3).round()  # million USD
    origin
    MEX    64947.0
    USA    17792.0
    CHN    11068.0
    Name: value added, dtype: float64
    >>> embodied.attrs
    {'measure': 'value added in exports', 'unit': 'million USD', 'year': 2011, 'source': 'WIOD 2013 release'}

    Which foreign industries earn from these exports, to all destinations?

    >>> gvc.content(
    ...     table, "exports", origin="foreign", exporter="MEX", sector="Machinery", by="origin_sector"
    ... ).round()
    origin_sector
    Primary       9053.0
    Light         2902.0
    Materials    15898.0
    Machinery    23472.0
    Services     23415.0
    Name: value added, dtype: float64
    """
    must_be_table(icio)
    one_of("within", within, tuple(DIMENSIONS))
    must_be_flag("once", once)
    dimensions = DIMENSIONS[within]
    kept = some_of("by", by, dimensions)
    asked = {
        "origin": origin,
        "origin_sector": origin_sector,
        "exporter": exporter,
        "maker": maker,
        "sector": sector,
        "importer": importer,
        "use": use,
        "absorber": absorber,
    }
    relative = origin if isinstance(origin, str) and origin in RELATIVE else None
    chosen: dict[str, tuple[str, ...]] = {}
    for name, labels in asked.items():
        if name not in dimensions:
            if labels is not None:
                raise GvcError(
                    name,
                    expected=f"a dimension of {within} ({', '.join(dimensions)})",
                    found=f"{name}={in_short(labels)}",
                    remedy=_REMEDIES[name],
                )
            continue
        known = icio.sectors if "sector" in name else USES if name == "use" else icio.result_economies
        if labels is None or (name == "origin" and relative):
            chosen[name] = known
        elif known is icio.result_economies:
            chosen[name] = eco.covered(labels, known, name)
        else:
            chosen[name] = some_of(name, labels, known)
    per_output, names = added_per_output(icio, of)
    size = prod(len(chosen[name]) for name in kept) * len(names)
    if size > LARGEST:
        raise GvcError(
            "by",
            expected=f"at most {LARGEST:,} numbers",
            found=f"{size:,} by {', '.join(kept)}",
            remedy="Choose an exporter, a sector and so on at a time, or keep fewer dimensions apart.",
        )
    if relative == "domestic" and "origin" not in kept:
        chosen["origin"] = chosen["exporter" if within == "exports" else "absorber"]
    traced = "absorber" in kept or absorber is not None
    values = _Question(icio, within, chosen, kept, relative, traced, once).answer(per_output)
    index = pd.MultiIndex.from_product([chosen[name] for name in kept], names=kept)
    if len(kept) == 1:
        index = pd.Index(chosen[kept[0]], name=kept[0])
    return labelled(icio, of, values, index, names=names, where=within.replace("_", " "))


#: What stands in place of an industry where final demand itself uses or emits something.
DIRECT = "final demand"


@overload
def footprint(
    icio: ICIO, account: str, *, origin: Chosen = None, absorber: Chosen = None, by: str | Iterable[str] = "absorber"
) -> pd.Series: ...
@overload
def footprint(
    icio: ICIO,
    account: Iterable[str] | None = None,
    *,
    origin: Chosen = None,
    absorber: Chosen = None,
    by: str | Iterable[str] = "absorber",
) -> pd.DataFrame: ...
def footprint(
    icio: ICIO,
    account: str | Iterable[str] | None = None,
    *,
    origin: Chosen = None,
    absorber: Chosen = None,
    by: str | Iterable[str] = "absorber",
) -> pd.Series | pd.DataFrame:
    r"""Footprint of final demand: what production for it and final demand itself use or emit, such as CO2 or jobs.

    Parameters
    ----------
    icio : ICIO
    account : str or iterable of str, optional
        Name of one of the table's `accounts`, or of several. All by default.
    origin : str or iterable of str, optional
        Where it is used or emitted, as in :func:`gvc.content`: economies or a group, ``"domestic"`` for the absorber
        itself, ``"foreign"`` for all others. All by default.
    absorber : str or iterable of str, optional
        Whose final demand, as in :func:`gvc.content`.
    by : str or iterable of str
        Dimensions of the result, in this order, among origin, origin_sector, maker, sector and absorber; all others
        are summed.

    Returns
    -------
    Series of one account, or DataFrame with a column for each of several
        In the unit of the account, with ``attrs`` as in :func:`gvc.content`. What final demand of an economy uses or
        emits itself has this economy as origin, maker and absorber; its origin_sector and sector are ``final demand``.

    Raises
    ------
    GvcError
        If the table has no such account or does not show what was chosen, or if the account has an amount for an
        industry without output.

    Warns
    -----
    CoverageWarning
        If the table does not show all members of a group.

    Notes
    -----
    .. math:: F_{tj}\, x_{tj}^{-1}\, B_{tj,si}\, y_{si,u} + F^Y_u \, [t = u]

    By absorber this is the consumption-based account, by origin the production-based one (Miller and Blair 2009,
    chapter 10, with many economies). pymrio calls the first term ``D_cba``, and with the second, by region,
    ``D_cba_reg``. All origins or all absorbers together come to :math:`\sum F + \sum F^Y` if the rows of the table add
    up to its output.

    Examples
    --------
    Of the CO2 of 2011, where did production and households emit it, and for whose final demand?

    >>> import gvc
    >>> import pandas as pd
    >>> table = gvc.load_sample()
    >>> emitted, caused = gvc.footprint(table, "CO2", by="origin"), gvc.footprint(table, "CO2")
    >>> (pd.DataFrame({"emitted": emitted, "caused": caused}) / 1000).loc[["CHN", "USA"]].round()  # million tonnes
         emitted  caused
    CHN   9791.0  8200.0
    USA   5252.0  5928.0

    Where is what American final demand causes emitted?

    >>> gvc.footprint(table, "CO2", absorber="USA", by=("origin", "origin_sector")).nlargest(4).round()  # kt
    origin  origin_sector
    USA     Services         3168395.0
            final demand      916870.0
            Materials         443533.0
    CHN     Materials         270833.0
    Name: CO2, dtype: float64
    """
    must_be_table(icio)
    names = [*chosen_accounts("account", icio.accounts if account is None else account, icio.accounts)]
    kept, economies = some_of("by", by, DIMENSIONS["final_demand"]), icio.result_economies
    absorbers = economies if absorber is None else eco.covered(absorber, economies, "absorber")
    relative = origin if isinstance(origin, str) and origin in RELATIVE else None
    origins = economies if origin is None or relative else eco.covered(origin, economies, "origin")
    used = content(icio, "final_demand", names, origin=relative or origins, absorber=absorbers, by=kept)
    labels = [[*used.index.unique(name), *([DIRECT] if "sector" in name else [])] for name in kept]
    index = pd.MultiIndex.from_product(labels, names=kept) if len(kept) > 1 else pd.Index(labels[0], name=kept[0])
    total = used.reindex(index, fill_value=0)
    direct = np.column_stack([icio.accounts[name].F_Y for name in names])
    for code, amounts in zip(economies, icio.membership.T @ direct, strict=True):
        if code in absorbers and code in origins and relative != "foreign":
            place = tuple(DIRECT if "sector" in name else code for name in kept)
            total.loc[place if len(kept) > 1 else place[0], :] += amounts
    said = {"year": icio.year, "source": icio.source}, f"{in_words(names)} footprint", unit_of(icio, names)
    return about(total[account], *said) if isinstance(account, str) else about(total, *said)


_REMEDIES = {
    "exporter": "Ask for the `maker` of final products, or for exports.",
    "maker": "Ask for the `exporter`, or for final demand.",
    "importer": "Ask for the `absorber` of final products, or for exports.",
    "use": "Leave it out: all of final demand is final use.",
}


@dataclass(frozen=True)
class _Question:
    """Who is chosen, what the result tells apart, and whether only the domestic or the foreign origin counts."""

    icio: ICIO
    within: Within
    chosen: dict[str, tuple[str, ...]]
    kept: tuple[str, ...]
    relative: str | None
    traced: bool
    once: bool

    @property
    def cut(self) -> bool:
        return self.once and self.within == "exports" and "intermediate" in self.chosen["use"]

    @cached_property
    def before(self) -> Solver:
        """What products pass through before they are delivered: once, none of the exports chosen."""
        if self.cut:
            return without(self.icio, self.rows, np.flatnonzero(np.isin(self.homes, self.chosen["importer"])))
        return Solver(partial(output_needed, self.icio), partial(embodied, self.icio))

    @cached_property
    def rows(self) -> NDArray[np.intp]:
        """Industries that make the products chosen."""
        return np.concatenate(self.groups((), self.producer, "sector"))

    @property
    def producer(self) -> str:
        return "exporter" if self.within == "exports" else "maker"

    @property
    def other(self) -> str:
        """The economy that origins are domestic or foreign to."""
        return "exporter" if self.within == "exports" else "absorber"

    @cached_property
    def apart(self) -> set[str]:
        """What has to be told apart on the way: the two economies whose relation decides are summed afterwards."""
        return {*self.kept, "origin", self.other} if self.relative else {*self.kept}

    def count(self, *names: str) -> int:
        return prod(len(self.chosen[name]) for name in names if name in self.apart)

    def answer(self, per_output: Array) -> Array:
        """Contents, (product of what is kept, k): by origins, or by products where these are fewer to solve for."""
        delivered, ends = self.delivered(), DIMENSIONS[self.within][4:]
        origins, products = ("origin", "origin_sector"), (self.producer, "sector")
        flows = self.count(*products, *ends)
        if flows <= len(self.rows) and flows < self.count(*origins) * per_output.shape[1]:
            values, first, rest = self.by_products(per_output, delivered), origins, ("of", *products, *ends)
        else:
            values, first, rest = self.by_origins(per_output, delivered), products, (*origins, "of", *ends)
        lengths = [len(self.chosen[name]) if name in self.kept else 1 for name in first]
        values = values.reshape(*lengths, *values.shape[1:])
        order = [(*first, *rest).index(name) for name in (*self.kept, "of")]
        for axis in {*range(values.ndim)} - {*order}:
            if values.shape[axis] > 1:
                values = values.sum(axis=axis, keepdims=True)
        answer: Array = np.moveaxis(values, order, range(len(order))).reshape(-1, per_output.shape[1])
        return answer

    def by_origins(self, per_output: Array, delivered: Array) -> Array:
        """Contents by group of products, origin, what is added up, and where it ends."""
        in_one = self.in_one(per_output)
        if self.relative and self.within == "exports":
            in_one = in_one * self.counted(self.homes, self.chosen["origin"])[:, :, None, None]
            if "origin" not in self.kept:
                in_one = in_one.sum(axis=1, keepdims=True)
        parts = []
        for rows in self.groups(self.kept, self.producer, "sector"):
            part = np.tensordot(in_one[rows], delivered[rows], axes=(0, 0))
            if self.relative and self.within == "final_demand":
                part *= self.counted(self.chosen["origin"], self.chosen["absorber"])[:, None, None, :]
                # One by one: together they would not fit.
                part = part if "origin" in self.kept else part.sum(axis=0, keepdims=True)
            parts.append(part)
        return np.stack(parts)

    def in_one(self, per_output: Array) -> Array:
        """(GN, origins, their sectors, k) of what a unit of each product chosen contains: solved for what is fewer."""
        height, depth = per_output.shape
        groups = self.groups(self.apart, "origin", "origin_sector")
        shape = height, self.count("origin"), self.count("origin_sector"), depth
        if len(groups) * depth < len(self.rows):
            used = np.zeros((height, len(groups), depth))
            for at, rows in enumerate(groups):
                used[rows, at] = per_output[rows]
            return self.before.embodied(used.reshape(height, -1)).reshape(shape)
        made = self.columns()
        contained = np.zeros((height, len(groups), depth))
        for at, rows in enumerate(groups):
            contained[self.rows, at] = made[rows].T @ per_output[rows]
        return contained.reshape(shape)

    def columns(self) -> Array:
        """Output that a unit of each product chosen calls forth."""
        if not self.cut and 2 * len(self.rows) > len(self.icio.x):
            B = inverse(self.icio)
            return B if len(self.rows) == len(B) else B[:, self.rows]
        unit = np.zeros((len(self.icio.x), len(self.rows)))
        unit[self.rows, np.arange(len(self.rows))] = 1
        return self.before.output_needed(unit)

    def by_products(self, per_output: Array, delivered: Array) -> Array:
        """Contents by group of origins, what is added up, product, and where it ends."""
        height, ends = len(per_output), delivered.shape[1:]
        sent = np.zeros((height, self.count(self.producer, "sector"), *ends))
        for at, rows in enumerate(self.groups(self.apart, self.producer, "sector")):
            sent[rows, at] = delivered[rows]
        made = self.before.output_needed(sent.reshape(height, -1)).reshape(height, self.count(self.producer), -1, *ends)
        if self.relative:
            where = 1 if self.within == "exports" else 3
            counted = self.counted(self.homes, self.chosen[self.other])
            made = made * np.expand_dims(counted, [axis for axis in range(1, made.ndim) if axis != where])
        groups = self.groups(self.kept, "origin", "origin_sector")
        return np.stack([np.tensordot(per_output[rows], made[rows], axes=(0, 0)) for rows in groups])

    @property
    def homes(self) -> tuple[str, ...]:
        return tuple(self.icio.result_economies[home] for home in self.icio.home)

    def counted(self, origins: Sequence[str], others: Sequence[str]) -> NDArray[np.bool_]:
        """Which pairs count."""
        same: NDArray[np.bool_] = np.asarray(origins)[:, None] == np.asarray(others)
        return same if self.relative == "domestic" else ~same

    def groups(self, apart: Iterable[str], economy: str, sector: str) -> list[NDArray[np.intp]]:
        """Rows of the industries chosen, those together that are not told apart; sectors change fastest."""
        places = []
        for name, labels in ((economy, self.icio.result_economies), (sector, self.icio.sectors)):
            place = {label: at if name in apart else 0 for at, label in enumerate(self.chosen[name])}
            places.append(np.array([place.get(label, -1) for label in labels]))
        of_economy, of_sector = places[0][self.icio.home], np.tile(places[1], len(self.icio.economies))
        rows = np.flatnonzero((of_economy >= 0) & (of_sector >= 0))
        group = of_economy[rows] * len(self.icio.sectors) + of_sector[rows]
        order = np.argsort(group, kind="stable")
        return np.split(rows[order], np.flatnonzero(np.diff(group[order])) + 1)

    def delivered(self) -> Array:
        """(GN, …) of what is delivered, by importer, use and absorber; in final demand by absorber alone."""
        icio, economies = self.icio, self.icio.result_economies
        absorbers = np.eye(len(economies))[:, [economies.index(code) for code in self.chosen["absorber"]]]
        if "absorber" not in self.apart:
            absorbers = absorbers.sum(axis=1, keepdims=True)
        if self.within == "final_demand":
            ended: Array = icio.demand @ absorbers
            return ended
        rows = self.rows
        inputs, reached = icio.Z[rows], np.ones((len(icio.x), 1))
        if self.traced:
            needed, x = output_needed(icio, icio.demand @ absorbers), icio.x[:, None]
            reached = np.divide(needed, x, out=np.zeros_like(needed), where=x != 0)
        part = np.zeros((len(rows), self.count("importer"), self.count("use"), absorbers.shape[1]))
        for at, code in enumerate(self.chosen["importer"]):
            importer = economies.index(code)
            there, abroad = icio.home == importer, icio.home[rows] != importer
            for number, use in enumerate(self.chosen["use"]):
                if use == "final":
                    sent = icio.demand[rows, importer, None] * absorbers[importer]
                else:
                    sent = inputs[:, there] @ reached[there]
                # Where they are not told apart, there is one place for all.
                part[:, at % part.shape[1], number % part.shape[2]] += abroad[:, None] * sent
        delivered = np.zeros((len(icio.x), *part.shape[1:]))
        delivered[rows] = part
        return delivered
