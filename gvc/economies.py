"""Who: codes of economies and groups. Nothing here depends on the rest of the package."""

import difflib
import warnings
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from importlib.metadata import entry_points
from typing import Any

import pycountry

from gvc.errors import GvcError, names_of

ROW = "ROW"

#: Members of groups with the year in which each joined and, after a dash, in which it left: it is a member at the end
#: of the years from the first on, to before the second. The European Union and its forerunner by the treaties of
#: accession; ASEAN by its declarations, without Timor-Leste, a member since October 2025 that no table shows; the OECD
#: by the deposit of each one's ratification; BRICS by the summit that took the member in, without Saudi Arabia, which
#: was asked in 2023 and has not said that it accepts; trade agreements by the entry into force for each member, of
#: which only some apply the RCEP to Myanmar.
_SINCE = {
    "ASEAN": "BRN 1984 KHM 1999 IDN 1967 LAO 1997 MYS 1967 PHL 1967 SGP 1967 THA 1967 VNM 1995 MMR 1997",
    "EU": """AUT 1995 BEL 1958 BGR 2007 HRV 2013 CYP 2004 CZE 2004 DNK 1973 EST 2004 FIN 1995 FRA 1958 DEU 1958 GRC 1981
        HUN 2004 IRL 1973 ITA 1958 LVA 2004 LTU 2004 LUX 1958 MLT 2004 NLD 1958 POL 2004 PRT 1986 ROU 2007 SVK 2004
        SVN 2004 ESP 1986 SWE 1995 GBR 1973-2020""",
    "NAFTA": "CAN 1994-2020 MEX 1994-2020 USA 1994-2020",
    "USMCA": "CAN 2020 MEX 2020 USA 2020",
    "RCEP": """AUS 2022 BRN 2022 CHN 2022 IDN 2023 JPN 2022 KHM 2022 KOR 2022 LAO 2022 MMR 2022 MYS 2022 NZL 2022
        PHL 2023 SGP 2022 THA 2022 VNM 2022""",
    "CPTPP": """AUS 2018 BRN 2023 CAN 2018 CHL 2023 GBR 2024 JPN 2018 MEX 2018 MYS 2022 NZL 2018 PER 2021 SGP 2018
        VNM 2019""",
    "OECD": """AUS 1971 AUT 1961 BEL 1961 CAN 1961 CHE 1961 CHL 2010 COL 2020 CRI 2021 CZE 1995 DEU 1961 DNK 1961
        ESP 1961 EST 2010 FIN 1969 FRA 1961 GBR 1961 GRC 1961 HUN 1996 IRL 1961 ISL 1961 ISR 2010 ITA 1962 JPN 1964
        KOR 1996 LTU 2018 LUX 1961 LVA 2016 MEX 1994 NLD 1961 NOR 1961 NZL 1973 POL 1996 PRT 1961 SVK 2000 SVN 2010
        SWE 1961 TUR 1961 USA 1961""",
    "BRICS": "BRA 2009 CHN 2009 IND 2009 RUS 2009 ZAF 2010 ARE 2024 EGY 2024 ETH 2024 IRN 2024 IDN 2025",
}


def _spans(written: str) -> dict[str, range]:
    words = written.split()
    years = [word.split("-") for word in words[1::2]]
    spans = (range(int(first), int(left[0]) if left else 10_000) for first, *left in years)
    return dict(zip(words[::2], spans, strict=True))


_YEARS = {group: _spans(written) for group, written in _SINCE.items()}


def _members_in(group: str, year: int) -> tuple[str, ...]:
    return tuple(code for code, years in _YEARS[group].items() if year in years)


#: Groups and their members of today. ``EU27`` is the Union since 2020; ``EU27_2007`` that from 2007 to mid 2013, with
#: the United Kingdom and without Croatia; ``NAFTA`` the three of North America, whose agreement is ``USMCA`` now.
#: Packages add groups by entry points of the group ``gvc.groups``, each a mapping from names to tuples of codes; those
#: of this module they do not replace. Wherever a group does, several codes do, too.
GROUPS: dict[str, tuple[str, ...]] = {group: _members_in(group, 9_999) for group in _YEARS}
GROUPS |= {"EU27": GROUPS["EU"], "EU27_2007": _members_in("EU", 2007), "NAFTA": _members_in("NAFTA", 1994)}
for _entry in entry_points(group="gvc.groups"):
    GROUPS |= {group: codes for group, codes in _entry.load().items() if group not in GROUPS}


def members(group: str, year: int | None = None) -> tuple[str, ...]:
    """Codes of the members of a group; a single economy is a group of one.

    Parameters
    ----------
    group : str
        A key of :data:`GROUPS`, an ISO 3166 alpha-3 code or ``ROW``.
    year : int, optional
        Who belongs at the end of this year to ``ASEAN``, ``BRICS``, ``CPTPP``, ``EU``, ``NAFTA``, ``OECD``, ``RCEP`` or
        ``USMCA``; those of today by default. Other groups are the same in all years.

    Returns
    -------
    tuple of str

    Raises
    ------
    GvcError
        If `group` is neither a group of this module nor an economy; says which may have been meant. If nobody belongs
        to it in that year.

    Examples
    --------
    >>> members("USMCA")
    ('CAN', 'MEX', 'USA')
    >>> [len(members("EU", year)) for year in (2003, 2007, 2013, 2020)]
    [15, 27, 28, 27]
    >>> members("China")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    gvc.errors.GvcError: economies: expected a group (..., EU, ...), ROW or an ISO 3166 alpha-3 code; found 'China'. \
Did you mean CHN?
    """
    if year is not None and group in _YEARS:
        if found := _members_in(group, year):
            return found
        raise GvcError(
            "year",
            expected=f"one in which {group} has members; its first is {min(map(min, _YEARS[group].values()))}",
            found=str(year),
            remedy="Leave it out for the members of today, or name economies.",
        )
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
    ...     covered("USMCA", ["CHN", "MEX", "USA"])
    ('MEX', 'USA')
    >>> print(caught[0].message)
    USMCA: the table shows MEX, USA, not CAN
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
