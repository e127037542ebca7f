"""Numbers in the sentences on relocation."""

from exhibits.prose import Numbers, labelled
from industrial_chains import literature
from industrial_chains.chapters import relocation, what_if
from industrial_chains.chapters.relocation import ALONG, PROCESSING, WAYS
from industrial_chains.sample import sample
from industrial_chains.sources import ADB, OECD


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(
        **_along(), **_model(), **_hosts(), **_rules(), **_processing(), **_rerouted(), **_china_in_hosts(), **_works()
    )


def _along() -> Numbers:
    """Say what China loses by what moves along with a plant, cents."""
    lost = relocation.along().set_axis(list(ALONG)).drop("everything").rename(columns=str.lower)
    return labelled("cents_lost", lost.T)


def _model() -> Numbers:
    """Say what China loses by the trade model, in the middle of its studies and at the ends of all trials; cents."""
    tried = what_if.tried()["buyer"]
    return {
        "cents_model": what_if.lost()["Middle"]["buyer"],
        "cents_model_low": tried.min(),
        "cents_model_high": tried.max(),
    }


def _hosts() -> Numbers:
    """Say what another host changes, cents."""
    by_host = relocation.by_host(2022)
    of_china = by_host.xs("China", axis=1, level=1)
    apart = of_china.max() - of_china.min()
    return {
        "cents_VNM_own_2022": by_host[ALONG["own"], "Host"]["Viet Nam"],
        "cents_CHN_to_VNM_own_2022": -by_host[ALONG["own"], "China"]["Viet Nam"],
        "cents_apart_between_hosts_services": apart[ALONG["services"]],
        "cents_apart_between_hosts_own": apart[ALONG["own"]],
    }


def _rules() -> Numbers:
    rules = relocation.rules(sample())
    return {
        "cents_CHN_machinery": -rules["CHN"]["Machinery only"],
        "cents_CHN_light": -rules["CHN"]["Light industry only"],
        "cents_USA_as_much": rules["USA"]["A quarter moves"],
        "cents_USA_more_taken": rules["USA"]["A tenth more is taken"],
        "cents_USA_everyone_takes_over": rules["USA"]["Everyone takes over"],
        "cents_MEX_everyone_takes_over": rules["MEX"]["Everyone takes over"],
        "cents_MEX_all_moves": rules["MEX"]["All moves"],
        "share_services_in_loss_of_CHN": relocation.services_in_loss(sample()),
    }


def _processing() -> Numbers:
    """Say what China loses where it only assembles, beside what the table gives; cents."""
    content = {goods: 100 * share for goods, (share, _) in PROCESSING.items()}
    lost = relocation.processing(sample())
    own, plant = lost[ALONG["own"]], lost[ALONG["plant"]]
    return {
        "content_estimated_all": content["All goods"],
        "content_estimated_electronics": content["Machinery"],
        "cents_table_all": own["All goods"].iloc[0],
        "cents_processing_all": own["All goods"].iloc[1],
        "cents_processing_machinery": own["Machinery"].iloc[1],
        "cents_processing_machinery_plant": plant["Machinery"].iloc[1],
    }


def _rerouted() -> Numbers:
    """Follow goods through Viet Nam, under a new label or after the last stage."""
    routed = relocation.routed().loc["Viet Nam"]
    cents = relocation.whose().set_index(["through", "whose", "way"])["cents"]["Viet Nam"]["China"]
    exports, through = routed["Host's exports"], routed["China's value added through the host"]
    return {
        "billions_rerouted": exports[WAYS["label"]] - exports["As it is"],
        "billions_VNM_before": exports["As it is"],
        "cents_CHN_label": cents[WAYS["label"]],
        "cents_CHN_last_stage": cents[WAYS["plant"]],
        "percent_through_VNM_before": through["As it is"],
        "percent_through_VNM_label": through[WAYS["label"]],
    }


def _china_in_hosts() -> Numbers:
    """Give China its share in the hosts, and Russia its share in India."""
    adb, oecd = (source.shares("CHN", ("ASEAN", "IND", "MEX")) for source in (ADB, OECD))
    named, russia = ADB.share("CHN", "IND", base="named"), ADB.share("RUS", "IND")
    return {
        **labelled("share_CHN_in_ADB", adb.loc[["ASEAN", "MEX"], [2018, 2021]]),
        **labelled("share_CHN_in_IND_ADB", adb.loc["IND", [2018, 2019, 2022]]),
        **labelled("share_CHN_in_IND_OECD", oecd.loc["IND", [2018, 2021, 2022]]),
        "points_CHN_in_IND_of_named_ADB": named[2022] - named[2018],
        **labelled("share_RUS_in_IND_ADB", {year: russia[year] for year in (2021, 2022)}),
    }


def _works() -> Numbers:
    """Count the works on relocation and those whose method title or article state."""
    method = literature.works("relocation")["method"]
    return {"works": len(method), "works_with_a_method": int((method != "").sum())}
