"""Words of the glossary on the pages that use them."""

from types import SimpleNamespace

from docutils import nodes
from docutils.utils import new_document
from playwright.sync_api import BrowserContext
from sphinx import addnodes

from book.pages.glossary_tips import PAGE, _parts, _read, defined
from tests.browser import built

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


def glossary(meaning: str) -> nodes.document:
    page = new_document("")
    term = nodes.term("", "host", ids=["term-host"])
    page += addnodes.glossary(
        "", nodes.definition_list("", nodes.definition_list_item("", term, nodes.definition("", nodes.Text(meaning))))
    )
    return page


def test_all_pages_are_written_again_when_a_meaning_has_changed() -> None:
    env = SimpleNamespace(found_docs={"index", PAGE}, get_doctree=lambda _: glossary("Where production moves to."))
    assert _read(None, env) == [PAGE, "index"]
    assert env.gvc_meanings == {"host": ("term-host", "Where production moves to.")}
    assert _read(None, env) == []
    env.get_doctree = lambda _: glossary("An economy to which production moves.")
    assert _read(None, env) == [PAGE, "index"]
    env.found_docs = {"index"}
    assert _read(None, env) == ["index"]
    assert env.gvc_meanings == {}


def test_the_meaning_shows_by_mouse_and_keyboard_and_goes_with_escape(browser: BrowserContext) -> None:
    for name, word, meaning in (
        ("chapters/northeast_asia/intraregional.html", "absorbed", "Used in an economy as consumption or investment"),
        ("zh/chapters/northeast_asia/intraregional.html", "吸收", "在某一经济体用于消费或投资"),
    ):
        with built(browser, name) as page:
            link = page.locator(f".gvc-word > a:text-is('{word}')")
            shown = page.locator(f"#{link.get_attribute('aria-describedby')}")
            assert not shown.is_visible()
            link.hover()
            shown.wait_for(state="visible")
            assert meaning in shown.inner_text()
            at, box = link.bounding_box(), shown.bounding_box()
            assert at and box
            for step in range(11):  # slowly from the word into its meaning
                down = at["y"] + 2 + step / 10 * (box["y"] + 4 - at["y"])
                page.mouse.move(at["x"] + 2, down)
                assert shown.is_visible(), step
            link.focus()
            page.keyboard.press("Escape")
            shown.wait_for(state="hidden")
            page.mouse.move(0, 0)
            page.wait_for_timeout(100)
            assert not shown.is_visible(), "it stays away though the word has the focus"
            page.evaluate("document.activeElement.blur()")
            link.focus()
            shown.wait_for(state="visible")
            box = shown.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 1280
            link.press("Enter")
            page.wait_for_url(f"**/{PAGE}.html#term-*")
