"""Who depends on whom: suppliers and their concentration, and reliance on foreign inputs counted three ways."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from gvc.flows import all_stage_inputs, first_stage_inputs, value_added_in_inputs
from gvc.icio import ICIO
from industrial_chains import economies as eco

#: The European Union stands for one supplier, of whatever members the database has.
UNION = "EU27"


# -- suppliers ----------------------------------------------------------------------------------------------------


def supplier_shares(flow: pd.DataFrame, buyers: str | Iterable[str]) -> pd.Series:
    r"""Return what each foreign supplier gives, of all that is foreign to the buyers.

    Parameters
    ----------
    flow : DataFrame, origin × destination
        Intermediates, value added in exports …; what an economy delivers to itself is left out.
    buyers : str or iterable of str
        An economy, a group, or several economies. They are pooled member by member: a fellow member is foreign.

    Returns
    -------
    Series by supplier
        Percent. :func:`gvc.origin_share` is the sum over some of them.

    Notes
    -----
    :math:`100 \sum_{d \in D} f_{od} / \sum_{d \in D} \sum_{p \ne d} f_{pd}`, :math:`o \ne d`.
    """
    members = eco.covered(buyers, flow.columns)
    places = {code: place for place, code in enumerate(flow.columns)}
    arriving = flow.to_numpy()[:, [places[member] for member in members]]
    own = flow.index.to_numpy()[:, None] == np.array(members)
    # Not by labels, which would take six times as long: some chapters ask thousands of times.
    given = np.nansum(np.where(own, 0.0, arriving), axis=1)
    return pd.Series(100 * given / given.sum(), flow.index)


def union_as_one(shares: pd.Series, buyers: Iterable[str]) -> pd.Series:
    """Sum the members of the European Union to one supplier, :data:`UNION`, unless one of them is a buyer."""
    union = dict.fromkeys({*eco.GROUPS["EU27"], "GBR"}, UNION) if UNION not in shares.index else {}
    if set(buyers) & set(union):
        return shares
    return shares.groupby([union.get(code, code) for code in shares.index], sort=False).sum()


def concentration(shares: pd.Series) -> pd.Series:
    r"""Sum up how concentrated the suppliers are.

    Parameters
    ----------
    shares : Series by supplier
        Percent, from :func:`supplier_shares`, or :func:`union_as_one` of it.

    Returns
    -------
    Series
        `hhi`, the Herfindahl–Hirschman index among named suppliers, between 0 and 1; `largest` and `largest_share`, the
        largest named supplier and its percentage of all; `unnamed`, the percentage of the rest of the world.

    Notes
    -----
    :math:`\sum_o (s_o / \sum_p s_p)^2` over named suppliers o and p (Hirschman 1945; Herfindahl 1950). The rest of the
    world is many suppliers, not one. It is left out of the total as well as of the sum: in the total it would lower the
    index whenever its share rises. :func:`gvc.supplier_concentration` counts it as one supplier.
    """
    named = shares.drop(eco.ROW, errors="ignore")
    largest = str(named.idxmax())
    return pd.Series(
        {
            "hhi": float(((named / named.sum()) ** 2).sum()),
            "largest": largest,
            "largest_share": float(named[largest]),
            "unnamed": float(shares.get(eco.ROW, 0.0)),
        }
    )


def concentration_by_convention(shares: pd.Series, buyers: Iterable[str]) -> pd.Series:
    r"""Compute the index of concentration by each convention that is in use.

    Parameters
    ----------
    shares : Series by supplier
        Percent, from :func:`supplier_shares`.
    buyers : iterable of str
        Whose suppliers they are.

    Returns
    -------
    Series by (union, rest)
        Between 0 and 1. `union`: members of the European Union are ``apart`` or ``one`` supplier. `rest`: the rest of
        the world is ``one`` supplier (:func:`gvc.supplier_concentration`), is ``dropped`` from sum and total
        (:func:`concentration`), or is so ``many`` that each is next to nothing: in the total alone.

    Notes
    -----
    With r the share of the rest and h the sum of squared shares of named suppliers in the total, the three are
    :math:`h + r^2`, :math:`h / (1 - r)^2` and :math:`h`. However the rest is made up, the index of all suppliers lies
    between the last and the first; the second may lie outside.
    """
    found: dict[tuple[str, str], float] = {}
    for union, given in (("apart", shares), ("one", union_as_one(shares, buyers))):
        part = given / 100
        named, rest = part.drop(eco.ROW, errors="ignore"), float(part.get(eco.ROW, 0.0))
        squares = float((named**2).sum())
        found |= {
            (union, "one"): squares + rest**2,
            (union, "dropped"): squares / (1 - rest) ** 2,
            (union, "many"): squares,
        }
    return pd.Series(found, name="hhi").rename_axis(index=["union", "rest"])


# -- reliance on foreign inputs -----------------------------------------------------------------------------------


def reliance(part: pd.DataFrame, whole: pd.DataFrame | None = None) -> pd.DataFrame:
    """Divide each origin's inputs by all inputs of the destination.

    Parameters
    ----------
    part : DataFrame, origin × destination
        Own inputs on the diagonal.
    whole : DataFrame, optional
        Its columns sum to the total; `part` by default.

    Returns
    -------
    DataFrame, origin × destination
        Percent. NaN where a destination uses no inputs.
    """
    total = (part if whole is None else whole).sum()
    return 100 * part / total.where(total > 0)


def foreign(shares: pd.DataFrame) -> pd.Series:
    """Add up the shares of all origins but the destination itself."""
    own = np.asarray(shares.index)[:, None] == np.asarray(shares.columns)
    return shares.mask(own).sum(min_count=1).rename("foreign")


def three_ways(icio: ICIO, origin: str | None = None) -> pd.DataFrame:
    """Compare reliance by who sells, by who earns, and by all that is delivered on the way.

    Parameters
    ----------
    icio : ICIO
    origin : str, optional
        Reliance on this economy; on all that is foreign by default.

    Returns
    -------
    DataFrame, maker × {direct, once, gross, face_value, hidden}
        Percent. `direct` and `once` divide what makers pay for inputs: by who sells them
        (:func:`gvc.flows.first_stage_inputs`), and by who earned it at any stage
        (:func:`gvc.flows.value_added_in_inputs`). `gross` divides the deliveries of all stages, where an input counts
        as often as it changes hands (:func:`gvc.flows.all_stage_inputs`). `face_value`: first-stage inputs from there
        in percent of the deliveries of all stages, and `hidden` what `gross` exceeds it by, as Baldwin, Freeman and
        Theodorakopoulos count it. An origin's reliance on itself is left out.
    """
    frame = two_ways(first_stage_inputs(icio), all_stage_inputs(icio), origin)
    frame.insert(1, "once", _on(reliance(value_added_in_inputs(icio)), origin))
    return frame


def two_ways(first: pd.DataFrame, every: pd.DataFrame, origin: str | None) -> pd.DataFrame:
    """Compare inputs of the first stage with those of every stage, origin × maker, as :func:`three_ways` does."""
    shares = {"direct": reliance(first), "gross": reliance(every), "face_value": reliance(first, every)}
    frame = pd.DataFrame({name: _on(share, origin) for name, share in shares.items()}).rename_axis(index="maker")
    return frame.assign(hidden=frame["gross"] - frame["face_value"])


def _on(shares: pd.DataFrame, origin: str | None) -> pd.Series:
    return foreign(shares) if origin is None else shares.T[origin].drop(origin)
