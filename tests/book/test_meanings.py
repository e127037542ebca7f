"""Words of the glossary on the pages that use them."""

from docutils import nodes

from report.book.meanings import PAGE, _parts, defined
from tests.browser import SITE, built

WORDS = {
    "value added": ("term-value-added", "What labour and capital earn."),
    "foreign value added": ("term-foreign-value-added", "What others earn."),
    "host": ("term-host", "Where production moves to."),
    "承接地": ("term-1", "产业移入的经济体。"),
}


def split(text: str, words: dict[str, tuple[str, str]], of: type[nodes.Element] = nodes.paragraph) -> list[str]:
    node = of("", text)
    return [
        f"[{part.astext()}: {part['uri']}]" if isinstance(part, defined) else part.astext()
        for part in _parts(node.children[0], words)  # type: ignore[arg-type]
    ]


def test_the_first_use_of_a_word_is_marked_the_longest_word_first() -> None:
    words = dict(WORDS)
    assert split("Foreign value added of hosts, a host and others' value added.", words) == [
        "",
        "[Foreign value added: term-foreign-value-added]",
        " of ",
        "[hosts: term-host]",
        ", a host and others' ",
        "[value added: term-value-added]",
        ".",
    ]
    assert words == {"承接地": WORDS["承接地"]}
    assert split("Value added again.", words) == []


def test_a_part_of_a_word_is_no_word_but_in_chinese() -> None:
    assert split("A ghost, a host-country and hosting.", dict(WORDS)) == []
    assert split("三个承接地的出口", dict(WORDS)) == ["三个", "[承接地: term-1]", "的出口"]


def test_a_word_that_the_page_defines_itself_is_not_marked() -> None:
    for said in (nodes.emphasis, nodes.strong):
        words = dict(WORDS)
        assert split("hosts", words, said) == []
        assert "host" not in words


def test_the_meaning_shows_by_mouse_and_keyboard_and_goes_with_escape() -> None:
    for name, word, meaning in (
        ("chapters/northeast_asia/intraregional.html", "absorbed", "Used in an economy as consumption or investment"),
        ("zh/chapters/northeast_asia/intraregional.html", "吸收", "在某一经济体用于消费或投资"),
    ):
        with built(name) as page:
            link = page.locator(f".gvc-word > a:text-is('{word}')")
            shown = page.locator(f"#{link.get_attribute('aria-describedby')}")
            assert not shown.is_visible()
            link.hover()
            shown.wait_for(state="visible")
            assert meaning in shown.inner_text()
            page.keyboard.press("Escape")
            shown.wait_for(state="hidden")
            page.mouse.move(0, 0)
            link.focus()
            shown.wait_for(state="visible")
            box = shown.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 1280
            link.press("Enter")
            page.wait_for_url(f"**/{PAGE}.html#term-*")
            assert (SITE / name).exists()
