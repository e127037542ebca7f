"""Who: codes of economies and groups. Nothing here depends on the rest of the package."""

import difflib
import warnings
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from typing import Any

import pycountry

from gvc.errors import GvcError, names_of

ROW = "ROW"

_EU27 = "AUT BEL BGR HRV CYP CZE DNK EST FIN FRA DEU GRC HUN IRL ITA LVA LTU LUX MLT NLD POL PRT ROU SVK SVN ESP SWE"

#: Groups as the article defines them. ASEAN excludes Myanmar, which its source does not show; ASEAN10 includes it.
GROUPS: dict[str, tuple[str, ...]] = {
    "NEA": ("CHN", "JPN", "KOR", "RUS", "MNG"),
    "ASEAN": ("BRN", "KHM", "IDN", "LAO", "MYS", "PHL", "SGP", "THA", "VNM"),
    "EU27": tuple(_EU27.split()),
    "NAFTA": ("CAN", "MEX", "USA"),
}
GROUPS["ASEAN10"] = (*GROUPS["ASEAN"], "MMR")
#: The European Union as it was from 2007 to mid 2013: with the United Kingdom, without Croatia.
GROUPS["EU27_2007"] = tuple(code for code in (*GROUPS["EU27"], "GBR") if code != "HRV")


def members(group: str) -> tuple[str, ...]:
    """Codes of the members of a group; a single economy is a group of one.

    Parameters
    ----------
    group : str
        A key of :data:`GROUPS`, an ISO 3166 alpha-3 code or ``ROW``.

    Returns
    -------
    tuple of str

    Raises
    ------
    GvcError
        If `group` is neither a group of this module nor an economy; says which may have been meant.

    Examples
    --------
    >>> members("NEA")
    ('CHN', 'JPN', 'KOR', 'RUS', 'MNG')
    >>> members("China")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    gvc.errors.GvcError: economies: expected a group (NEA, ...), ROW or an ISO 3166 alpha-3 code; found 'China'. Did \
you mean CHN?
    """
    if group in GROUPS:
        return GROUPS[group]
    if is_economy(group):
        return (group,)
    raise _unknown(group)


def is_economy(code: str) -> bool:
    """Whether `code` is an ISO 3166 alpha-3 code, of today or withdrawn, or ``ROW``.

    Parameters
    ----------
    code : str

    Returns
    -------
    bool

    Examples
    --------
    >>> is_economy("CHN"), is_economy("SUN"), is_economy("PRC")
    (True, True, False)
    """
    return code == ROW or _country(code) is not None


@cache
def _country(code: str) -> Any:
    found = pycountry.countries.get(alpha_3=code) or pycountry.historic_countries.get(alpha_3=code)
    return found if found and found.alpha_3 == code else None  # it passes over case


def standard_name(code: str) -> str:
    """English name that ISO 3166 gives an economy, its common one where it has one.

    Parameters
    ----------
    code : str
        Alpha-3.

    Returns
    -------
    str

    Raises
    ------
    GvcError
        If there is no such economy.

    Examples
    --------
    >>> standard_name("VNM")
    'Vietnam'
    """
    members(code)  # raises on an unknown code
    country = _country(code)
    return str(getattr(country, "common_name", country.name))


def _unknown(asked: str, shown: Iterable[str] = (), argument: str = "economies") -> GvcError:
    everyone = [ROW, *(country.alpha_3 for country in pycountry.countries)]
    return GvcError(
        argument,
        expected=f"a group ({', '.join(GROUPS)}), {ROW} or an ISO 3166 alpha-3 code",
        found=repr(asked),
        remedy=_did_you_mean([asked], [*shown, *GROUPS])
        or _did_you_mean([asked], everyone)
        or "Look its ISO 3166 code up.",
    )


def _did_you_mean(asked: Iterable[str], known: Iterable[str]) -> str:
    known = tuple(known)
    meant = [" or ".join(near) for code in asked if (near := _near(str(code), known))]
    return f"Did you mean {', '.join(meant)}?" if meant else ""


def _near(asked: str, known: tuple[str, ...]) -> list[str]:
    """Those of the labels known that come nearest to what was asked."""
    return [code for code in next(filter(None, _readings(asked, known)), []) if code in known]


def _readings(asked: str, known: tuple[str, ...]) -> Iterator[list[str]]:
    """Guess what was meant, the surest first: another case, a database's code or a name, part of a name, a slip."""
    yield [code for code in known if code.casefold() == asked.casefold()]
    with suppress(GvcError):
        yield [iso(asked, where="", called=asked)]
    with suppress(LookupError):
        # Shorter texts are part of too many names.
        yield [country.alpha_3 for country in pycountry.countries.search_fuzzy(asked) if len(asked) > 3][:3]
    yield difflib.get_close_matches(asked.upper(), known, n=3, cutoff=0.5)


class CoverageWarning(UserWarning):
    """A table does not show every member of the group asked for.

    Examples
    --------
    >>> import warnings
    >>> with warnings.catch_warnings(record=True) as caught:
    ...     covered("NEA", ["CHN", "JPN", "KOR", "RUS"])
    ('CHN', 'JPN', 'KOR', 'RUS')
    >>> print(caught[0].message)
    NEA: the table shows CHN, JPN, KOR, RUS, not MNG
    """


def covered(group: str | Iterable[str], known: Iterable[str], argument: str = "economies") -> tuple[str, ...]:
    """Members of a group that a table shows.

    Parameters
    ----------
    group : str or iterable of str
        A group, one economy or several.
    known : iterable of str
        The economies of the table.
    argument : str
        What an error calls the group.

    Returns
    -------
    tuple of str

    Raises
    ------
    GvcError
        If an economy asked for by its own code is not in the table, or no member of a group is.

    Warns
    -----
    CoverageWarning
        If some members of a named group are not in the table. They are then part of its rest of the world.

    Examples
    --------
    >>> covered(["JPN", "KOR"], ["CHN", "JPN", "KOR", "ROW"])
    ('JPN', 'KOR')
    """
    known = tuple(known)
    if isinstance(group, str):
        if group in known:
            return (group,)
        if group not in GROUPS and not is_economy(group):
            raise _unknown(group, known, argument)
    asked = members(group) if isinstance(group, str) else names_of(argument, group)
    shown = {*known}
    present = tuple(str(code) for code in asked if code in shown)
    absent = [str(code) for code in asked if code not in shown]
    if absent and isinstance(group, str) and group in GROUPS and present:
        warnings.warn(
            f"{group}: the table shows {', '.join(present)}, not {', '.join(absent)}",
            CoverageWarning,
            stacklevel=3,
        )
    elif absent or not present:
        raise GvcError(
            argument,
            expected=f"economies of the table ({', '.join(known)})",
            found=", ".join(map(str, absent)) or "none asked for",
            remedy=_did_you_mean(absent, known) or "Ask for economies that the table shows, or take another table.",
        )
    return present


#: Codes that databases write in place of the ISO 3166 alpha-3 code.
_ALIASES = {
    "ROM": "ROU",
    "ROW": ROW,
    # Long-run WIOD
    "XROW": ROW,
    # ADB
    "SWI": "CHE",
    "PRC": "CHN",
    "GER": "DEU",
    "DEN": "DNK",
    "SPA": "ESP",
    "UKG": "GBR",
    "INO": "IDN",
    "IRE": "IRL",
    "NET": "NLD",
    "POR": "PRT",
    "TAP": "TWN",
    "BAN": "BGD",
    "MAL": "MYS",
    "PHI": "PHL",
    "VIE": "VNM",
    "MON": "MNG",
    "SRI": "LKA",
    "BRU": "BRN",
    "BHU": "BTN",
    "CAM": "KHM",
    "MLD": "MDV",
    "NEP": "NPL",
    "SIN": "SGP",
    "FIJ": "FJI",
    "KUW": "KWT",
    "UAE": "ARE",
    # Eora; the last is what it keeps of the former Soviet Union
    "SDS": "SSD",
    "SUD": "SDN",
    "USR": "SUN",
    # FIGARO
    "EL": "GRC",
    "UK": "GBR",
    "FIGW1": ROW,
}


def iso(code: str, *, where: str, called: str = "") -> str:
    """ISO 3166 alpha-3 code of an economy as a database writes it.

    Parameters
    ----------
    code : str
        Alpha-3, alpha-2 or the database's own.
    where : str
        In which place it stands.
    called : str, optional
        What the database says that it means, where it says so: decides for a code that nobody else uses, and
        must not contradict one that is known.

    Returns
    -------
    str

    Raises
    ------
    GvcError
        If no economy goes by that code, or the name is that of another one.

    Examples
    --------
    >>> iso("PRC", where="legend"), iso("de", where="header"), iso("S01", where="legend", called="Viet Nam")
    ('CHN', 'DEU', 'VNM')
    """
    upper = code.strip().upper()
    known = _ALIASES.get(upper, upper)
    if len(known) == 2 and (country := pycountry.countries.get(alpha_2=known)):
        known = country.alpha_3
    named = _named(called)
    if not is_economy(known) and named:
        return named
    if not is_economy(known) or (named and named != known):
        raise GvcError(
            where,
            expected="an ISO 3166 code, or one that the database uses in its place",
            found=f"{code!r} for {called}" if called else repr(code),
            remedy="Correct the label. In the plain form and in `gvc.ICIO(...)`, economies may be called anything.",
        )
    return known


def _named(text: str) -> str | None:
    try:
        return str(pycountry.countries.lookup(text).alpha_3)
    except LookupError:
        return None
