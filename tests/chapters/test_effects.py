"""Effects: shares of manufacturing and of domestic content, as titled, and the verdicts."""

from report.chapters import effects
from report.sources import LRWIOD, OECD, WIOD

REGION = ("CHN", "JPN", "KOR", "RUS")


def test_domestic_content_and_manufacturing_are_shares() -> None:
    for frame in (effects.domestic_content(), effects.hollowing()):
        assert frame["value"].between(0, 100).all()


def test_hosts_turn_as_titled() -> None:
    korea, taiwan, china = effects.content("KOR", LRWIOD), effects.content("TWN", LRWIOD), effects.content("CHN", WIOD)
    assert korea.idxmin() == 1980
    assert korea[1990] > korea[1980] + 5
    assert taiwan[1985] > taiwan[1980] + 3
    # For a time only.
    assert korea[2000] < korea[1990] - 5
    assert taiwan[2000] < taiwan[1980]
    for code in ("KOR", "TWN"):
        assert effects.content(code, OECD)[2020] > effects.content(code, OECD)[2011] + 5
    assert china.idxmin() == 2005
    assert china[2011] > china[2005] + 3
    assert effects.content("MEX", OECD).idxmin() == 2022
    assert effects.content("VNM", OECD)[2022] < effects.content("VNM", OECD)[2011]


def test_manufacturing_as_titled() -> None:
    for code in ("JPN", "USA"):
        weight = effects.weight(code, LRWIOD)
        assert weight[2000] < weight[1970] - 5
    korea, late = effects.weight("KOR", LRWIOD), effects.weight("KOR", OECD)
    assert korea[2000] > korea[1970] + 10
    assert korea.idxmax() == 1988
    assert korea.loc[1988:].idxmin() == 1997
    assert korea[1997] < korea[1988] - 4
    assert late[2011] > effects.weight("KOR", WIOD)[1997] + 3
    assert late[2022] < late[2011]


def test_every_wave_and_every_theory_has_a_verdict() -> None:
    frame = effects.verdicts()
    assert frame.index.is_unique
    assert (frame["Number"].eq("–") == frame["Verdict"].eq(effects.UNTESTED)).all()
    tested = frame[frame["Verdict"] != effects.UNTESTED]
    assert tested["Database and years"].str.contains(r"\d{4}").all()
    # By hand, from the numbers in the table; what is not tested left out.
    assert frame.loc[frame["Verdict"] != effects.UNTESTED, "Verdict"].tolist() == [
        "Fits",  # second wave
        "In part",  # third
        "Fits",  # fourth
        "Not so far",  # fifth
        "In part",  # the low end first: China passed Japan in that order, and Taiwan in vehicles before electronics
        effects.FITS,  # factor proportions
        effects.FITS,  # product cycle
        effects.FITS,  # marginal industries
        "Fits",  # geese within an economy
        "In part",  # geese in a row: China has not left textiles
        effects.FITS,  # core and periphery between countries
        effects.FITS,  # tasks
        "In part",  # hollowing out: Japan, not Korea
        "In part",  # lock-in: Viet Nam, not China
    ]
    for name in ("theory-cycle", "theory-monopoly", "theory-geese", "theory-stages", "theory-countries", "theory-oli"):
        assert any(name in theory for theory in frame.index), name


def test_asean_leaned_more_on_the_region_whose_links_go_either_way() -> None:
    share = OECD.share(REGION, "ASEAN")
    assert share[2022] > share[2017] > share[2011]
    pairs = [(one, other) for one in REGION for other in REGION if one != other]
    rose = {end: sum(OECD.link(*pair)[end] > OECD.link(*pair)[2017] for pair in pairs) for end in (2021, 2022)}
    assert rose[2021] > len(pairs) / 2 > rose[2022]
