"""Effects: shares of manufacturing and of domestic content, as titled."""

from report.chapters import effects


def test_domestic_content_and_manufacturing_are_shares() -> None:
    for frame in (effects.domestic_content(), effects.hollowing()):
        assert frame["value"].between(0, 100).all()


def test_domestic_content_as_titled() -> None:
    content = effects.domestic_content().pivot(index="year", columns="economy", values="value")
    assert content["CHN"].idxmin() == 2005
    for code in ("KOR", "TWN"):
        assert content[code].idxmin() == 2008
        assert content.loc[2011, code] > content.loc[2008, code]
