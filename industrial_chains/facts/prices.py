"""Numbers in the sentences on exchange rates, inflation and fuel."""

from exhibits.prose import Numbers
from gvc.panel import WORLD
from industrial_chains.article import HOSTS
from industrial_chains.chapters import prices
from industrial_chains.charting import names
from industrial_chains.prices import in_dollars, table
from industrial_chains.sources import OECD, WIOD_NEA


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(**_changes(), **_japan(), **_exports(), **_handover(), **_links(), **_fuel(), **_rates())


def _changes() -> Numbers:
    """Say what rates and inflation explain of Japan's and China's changes."""
    found = {host: prices.parts(OECD, host, 2011, 2022).T.to_dict() for host in HOSTS}
    region = prices.parts(OECD, "ASEAN", 2011, 2022).loc[list(WIOD_NEA)].sum().to_dict()
    japan, china = ({host: parts[code] for host, parts in found.items()} for code in ("JPN", "CHN"))
    return {
        **{f"points_lost_JPN_in_{host}": -japan[host]["change"] for host in ("ASEAN", "MEX")},
        "points_by_yen_in_ASEAN": -japan["ASEAN"]["currency"],
        "points_by_inflation_JPN_in_ASEAN": -japan["ASEAN"]["deflator"],
        **{
            f"percent_by_yen_in_{host}": 100 * japan[host]["currency"] / japan[host]["change"]
            for host in ("ASEAN", "MEX")
        },
        "points_remaining_JPN_at_most": max(abs(parts["rest"]) for parts in japan.values()),
        **{f"points_gained_CHN_in_{host}": china[host]["change"] for host in ("ASEAN", "IND")},
        **{f"points_remaining_CHN_in_{host}": china[host]["rest"] for host in HOSTS},
        "points_by_yuan_in_ASEAN": china["ASEAN"]["currency"],
        "points_gained_NEA_in_ASEAN": region["change"],
        "points_remaining_NEA_in_ASEAN": region["rest"],
    }


def _japan() -> Numbers:
    """Say what became of Japan's value added and of its share in ASEAN."""
    worth, shares = prices.worth("JPN").to_dict(), prices.shares("ASEAN")
    japan = {how: given.loc["JPN"].to_dict() for how, given in shares.items()}
    return {
        **{f"trillion_dollars_JPN_{year}": worth["dollars"][year] for year in (2011, 2022)},
        **{f"trillion_yen_JPN_{year}": worth["own"][year] for year in (2011, 2022)},
        "percent_yen_lost": 100 * (1 - worth["currency"][2022]),
        **{f"share_JPN_in_ASEAN_{year}": japan[prices.DOLLARS][year] for year in (2011, 2022)},
        "share_JPN_in_ASEAN_2022_at_rates": japan[prices.RATES][2022],
        "share_JPN_in_ASEAN_2022_at_prices": japan[prices.PRICES][2022],
    }


def _exports() -> Numbers:
    """Say what remains by the price of exports."""
    asean = prices.by_export_prices().T.to_dict()[names.economy("ASEAN"), names.economy("JPN")]
    export = in_dollars("exports").loc["JPN"].to_dict()
    return {
        "points_lost_JPN_in_ASEAN_2018": -asean["Change"],
        "points_remaining_by_exports": -asean["Remains, by export prices"],
        "percent_export_price_JPN": 100 * (export[2018] / export[2011] - 1),
        "percent_value_added_price_JPN": 100 * (1 - prices.worth("JPN")["price"].to_dict()[2018]),
    }


def _handover() -> Numbers:
    """Say from which year China supplied more than Japan to most exporters, at the prices of which year."""
    dollars = prices.led()
    return {
        "number_of_exporters": prices.exporters(),
        "number_led_2007": int(dollars[2007]),
        "number_led_2011_at_1995": int(prices.led(1995)[2011]),
        "year_of_most": prices.year_of_most(),
        "year_of_most_at_2011": prices.year_of_most(2011),
        "year_of_most_at_1995": prices.year_of_most(1995),
    }


def _links() -> Numbers:
    """Say how Japan's link to China moved, in dollars and at the rates and prices of 2011."""
    index = prices.links()["Link index"].loc[f"{names.economy('JPN')} to {names.economy('CHN')}"]
    return {
        "link_JPN_to_CHN_2011": index["2011"],
        "link_JPN_to_CHN_2022": index["2022"],
        "link_JPN_to_CHN_2022_at_prices": index["2022 at 2011 rates and prices"],
    }


def _fuel() -> Numbers:
    """Say what Northeast Asia's share did in 2022 with and without fuel."""
    found = prices.fuels((2021, 2022)).to_dict()
    bare, region = {}, prices.parts(OECD, "ASEAN", 2021, 2022).loc[list(WIOD_NEA)].sum()
    lost = {}
    for host in HOSTS:
        whole, without = ((names.economy(host), counted) for counted in prices.COUNTED)
        lost[host] = (found[2021][whole] - found[2022][whole], found[2021][without] - found[2022][without])
        bare[host] = found[2022][without]
    russia = prices.fuel_of("RUS", "IND").to_dict()
    return {
        **{f"points_lost_in_{host}_2022": both[0] for host, both in lost.items()},
        **{f"points_lost_in_{host}_2022_bare": both[1] for host, both in lost.items()},
        **{f"share_in_{host}_2022_bare": bare[host] for host in ("IND", "MEX")},
        "points_by_prices_in_ASEAN_2022": -(region["currency"] + region["deflator"]),
        "fuel_of_IND_2022": prices.fuel_of(WORLD, "IND").to_dict()[2022],
        **{f"fuel_of_RUS_in_IND_{year}": russia[year] for year in (2021, 2022)},
    }


def _rates() -> Numbers:
    """Say how far the rates are from those of central banks."""
    apart = prices.gaps().max(axis=1)
    return {
        "number_of_rated": len(table("rate")),
        "percent_apart_JPN": apart["JPN"],
        "percent_apart_CHN": apart["CHN"],
        "percent_apart_IND": apart["IND"],
        "percent_apart_most": apart.drop(["CHN", "IND"]).max(),
    }
