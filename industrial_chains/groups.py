"""Groups that the article needs and the field does not know; `gvc` finds them by the entry point ``gvc.groups``.

It is read while `gvc` itself is, and so imports nothing.
"""

GROUPS = {
    "NEA": ("CHN", "JPN", "KOR", "RUS", "MNG"),
    # Without Myanmar, which the article's source does not show.
    "ASEAN9": ("BRN", "KHM", "IDN", "LAO", "MYS", "PHL", "SGP", "THA", "VNM"),
}
