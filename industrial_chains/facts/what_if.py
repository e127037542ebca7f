"""Numbers in the sentences on what the trade model answers."""

from exhibits.prose import Numbers, labelled
from industrial_chains import what_if
from industrial_chains.chapters import what_if as page
from industrial_chains.chapters.what_if import spread

#: Names of the ends of a range, as the columns of `spread` have them.
_ENDS = {"Lowest": "low", "Highest": "high"}


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(**_asked(), **_lost(), **_tried(), **_takers(), **_incomes(), **_plants(), **_neighbours())


def _asked() -> Numbers:
    """Say what the model is asked and made of."""
    table = what_if.table(page.YEAR)
    return {
        "points_duty": what_if.POINTS,
        "points_duty_on_all": what_if.POINTS_ON_ALL,
        "economies": len(table.economies),
        "industries": len(table.sectors),
        "percent_more_made": 10,
        "elasticity_unknown": 4,
        "elasticity_services": 5,
    }


def _lost() -> Numbers:
    """Count what China loses on a dollar that leaves, by the model and with fixed recipes; cents."""
    duty, apart = page.lost()[list(_ENDS)].rename(columns=_ENDS), page.lost("apart")[list(_ENDS)].rename(columns=_ENDS)
    bounds = page.bounds().rename(columns=_ENDS)
    return {
        **labelled("cents", duty.drop("left")),
        **labelled("cents_electronics", apart.loc["buyer"]),
        "cents_fixed_plant": bounds["low"]["plant"],
        **labelled("cents_fixed_own", bounds.loc["own"]),
    }


def _tried() -> Numbers:
    """Return the ends over all trials, and over those of one kind; cents and percent."""
    tried = page.tried()
    return {
        **{
            f"cents_{count}_tried_{end}": tried[count].xs(column, level=1).agg(how)
            for count in ("buyer", "real")
            for column, end, how in (("Lowest", "low", "min"), ("Highest", "high", "max"))
        },
        **labelled("percent_fall", tried["fall"]["studies"][list(_ENDS)].rename(index=_ENDS)),
    }


def _takers() -> Numbers:
    """Say what part of China's loss in American final demand Americans make up for; percent."""
    one, two = (spread(page.takers(home)).loc["United States", list(_ENDS)].rename(index=_ENDS) for home in (1.0, 0.5))
    return {**labelled("percent_made_in_USA", one), **labelled("percent_made_in_USA_two_tiers", two)}


def _incomes() -> Numbers:
    """Return changes of real income, percent and billion dollars, without their signs, which sentences tell."""
    asked = {
        "duty": ("CHN",),
        "duty_on_all": ("USA",),
        "answered": ("MEX",),
        "apart": ("USA", "CHN"),
        "apart_with_allies": ("CHN", "KOR", "TWN"),
    }
    percent = {
        f"percent_{scenario}_{code}_{_ENDS[end]}": spread(page.real_income(scenario).abs())[end][code]
        for scenario, codes in asked.items()
        for code in codes
        for end in _ENDS
    }
    billions = spread(-page.dollars("duty")).loc["CHN", list(_ENDS)].rename(index=_ENDS)
    return {
        **percent,
        **labelled("billions_CHN", billions),
    }


def _plants() -> Numbers:
    """Say what a cheaper plant elsewhere costs China or brings it, billion dollars, and its host, percent."""
    gain, loss = spread(page.dollars("cheaper_VNM")), spread(-page.dollars("cheaper_IND"))
    host = spread(page.real_income("cheaper_VNM"))
    return {
        **{f"billions_CHN_cheaper_VNM_{_ENDS[end]}": gain[end]["CHN"] for end in _ENDS},
        **{f"billions_cost_CHN_cheaper_IND_{_ENDS[end]}": loss[end]["CHN"] for end in _ENDS},
        **{f"percent_cheaper_VNM_{_ENDS[end]}": host[end]["VNM"] for end in _ENDS},
    }


def _neighbours() -> Numbers:
    """Say what half the trade costs do in Northeast Asia, percent of real income."""
    income = spread(page.real_income("closer"))
    return {
        **{f"percent_closer_{code}_{_ENDS[end]}": income[end][code] for code in ("CHN", "KOR") for end in _ENDS},
        "percent_closer_TWN_low": -income["Highest"]["TWN"],
        "percent_closer_TWN_high": -income["Lowest"]["TWN"],
    }
