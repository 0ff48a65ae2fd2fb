"""Results beneath the search box while somebody types, by keyboard and on the phone."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

from tests.browser.person import PHONE
from tests.browser.test_standards import ASK, AXE

NAME, OTHER = "青禾艺术培训中心", "远山体育培训中心"


@pytest.fixture
def one(site, person):
    one = person(site, "李敏")
    one.open("/items")
    return one


def box(one):
    return one.page.get_by_role("combobox", name="机构名称")


def options(one):
    return one.page.get_by_role("listbox", name="查询结果").get_by_role("option")


def answered(one):
    """What stands in the list answers all that was typed, not the first letters of it."""
    expect(one.page.locator("#search-list")).not_to_have_attribute("aria-busy", "true")


def test_what_is_typed_brings_results_and_the_arrows_choose_one(one):
    one.page.keyboard.press("/")
    expect(box(one)).to_be_focused()
    expect(box(one)).to_have_attribute("aria-expanded", "false")
    one.page.keyboard.type("qinghe", delay=20)

    answered(one)
    expect(options(one).first).to_contain_text(NAME)
    expect(box(one)).to_have_attribute("aria-expanded", "true")
    expect(one.page.locator("[data-search-told]")).to_contain_text("找到")
    one.page.keyboard.press("ArrowDown")
    expect(options(one).first).to_have_attribute("aria-selected", "true")
    expect(box(one)).to_have_attribute(
        "aria-activedescendant", options(one).first.get_attribute("id")
    )
    one.page.keyboard.press("ArrowUp")
    expect(options(one).first).to_have_attribute("aria-selected", "false")
    one.page.keyboard.press("ArrowUp")
    expect(options(one).last).to_have_attribute("aria-selected", "true")
    expect(box(one)).to_be_focused()


def test_enter_opens_what_is_chosen(one, site):
    box(one).click()
    one.page.keyboard.type("qhys")
    answered(one)
    expect(options(one).first).to_contain_text(NAME)

    one.page.keyboard.press("ArrowDown")
    one.page.keyboard.press("Enter")

    one.page.wait_for_url("**/institutions/{institution}".format(**site.records))
    one.arrives(NAME)


def test_enter_without_a_choice_leads_to_the_page_of_results(one):
    box(one).fill("青禾")
    expect(options(one).first).to_be_visible()
    one.page.keyboard.press("Enter")

    one.arrives("查询")
    expect(one.main.get_by_role("link", name=NAME)).to_be_visible()


def test_escape_closes_the_results_and_then_empties_the_box(one):
    box(one).click()
    one.page.keyboard.type("qhys")
    answered(one)
    expect(options(one).first).to_be_visible()

    one.page.keyboard.press("Escape")
    expect(one.page.locator("#search-list")).to_be_hidden()
    expect(box(one)).to_have_value("qhys")
    one.page.keyboard.press("Escape")
    expect(box(one)).to_have_value("")
    one.page.keyboard.press("Escape")
    expect(box(one)).not_to_be_focused()
    one.page.keyboard.press("/")
    expect(box(one)).to_be_focused()
    expect(box(one)).to_have_value("")


def test_the_arrow_opens_results_again_that_were_closed(one):
    box(one).click()
    one.page.keyboard.type("qhys")
    answered(one)
    expect(options(one).first).to_be_visible()
    one.page.keyboard.press("Escape")
    one.page.keyboard.press("ArrowDown")

    expect(options(one).first).to_be_visible()
    one.page.keyboard.press("ArrowDown")
    expect(options(one).first).to_have_attribute("aria-selected", "true")


def test_who_types_on_does_not_open_what_was_chosen_before(one):
    box(one).click()
    one.page.keyboard.type("qhys")
    answered(one)
    expect(options(one).first).to_contain_text(NAME)
    one.page.keyboard.press("ArrowDown")
    one.page.route("**/search/suggestions**", lambda _route: None)  # No answer comes.
    one.page.keyboard.type("q")

    expect(one.page.locator("#search-list")).to_have_attribute("aria-busy", "true")
    expect(options(one).first).to_have_attribute("aria-selected", "false")
    one.page.keyboard.press("Enter")
    one.arrives("查询")
    expect(one.main).to_contain_text("没有找到“qhysq”")


def test_no_more_can_be_typed_than_is_looked_for(one):
    box(one).click()
    one.page.keyboard.insert_text("青禾艺术" * 50)

    expect(box(one)).to_have_value("青禾艺术" * 25)


def test_a_click_opens_a_result_and_a_click_elsewhere_closes_them(one):
    box(one).click()
    one.page.keyboard.type("qhys")
    answered(one)
    expect(options(one).first).to_be_visible()
    one.main.get_by_role("heading", level=1).click()
    expect(one.page.locator("#search-list")).to_be_hidden()

    box(one).click()
    options(one).filter(has_text=NAME).click()

    one.arrives(NAME)


def test_nothing_is_asked_while_characters_are_being_composed(one):
    asked = []
    one.page.on("request", lambda request: asked.append(request.url))
    box(one).click()

    box(one).evaluate("""it => {
      it.dispatchEvent(new CompositionEvent("compositionstart"));
      it.value = "qing";
      it.dispatchEvent(new InputEvent("input", { isComposing: true }));
    }""")
    one.page.wait_for_timeout(400)
    assert not [url for url in asked if "suggestions" in url]
    box(one).evaluate("""it => {
      it.value = "青禾";
      it.dispatchEvent(new CompositionEvent("compositionend"));
    }""")

    expect(options(one).first).to_contain_text(NAME)
    assert len([url for url in asked if "suggestions" in url]) == 1


def test_an_answer_that_comes_too_late_is_not_shown(one):
    held = []

    def keep_the_first(route):
        if "yuan" in route.request.url:
            held.append(route)
        else:
            route.continue_()

    one.page.route("**/search/suggestions**", keep_the_first)
    with one.page.expect_request("**/search/suggestions?q=yuan"):
        box(one).fill("yuan")
    while not held:
        one.page.wait_for_timeout(10)
    box(one).fill("qhys")
    expect(options(one).first).to_contain_text(NAME)
    with suppress(Error):  # The browser may have given it up already.
        held[0].fulfill(body=f"<div data-told='1'><a role='option' id='late'>{OTHER}</a></div>")
    one.page.wait_for_timeout(400)

    assert len(held) == 1
    expect(options(one).filter(has_text=OTHER)).to_have_count(0)


def test_on_the_phone_the_box_is_a_sheet(site, person):
    one = person(site, "李敏", viewport=PHONE, has_touch=True)
    one.open("/items")
    one.page.get_by_role("link", name="查询", exact=True).click()
    expect(box(one)).to_be_focused()
    one.page.keyboard.type("qhys")
    answered(one)
    expect(options(one).first).to_contain_text(NAME)
    sheet = one.page.locator(".search-list").bounding_box()
    assert sheet["width"] == PHONE["width"]

    one.press("关闭")
    expect(box(one)).to_be_hidden()
    one.page.get_by_role("link", name="查询", exact=True).click()
    options(one).filter(has_text=NAME).click()

    one.arrives(NAME)


@pytest.mark.parametrize("window", [{}, {"viewport": PHONE}])
def test_without_scripts_the_box_or_its_page_finds(site, person, window):
    one = person(site, java_script_enabled=False, **window).sign_in("李敏")
    one.page.get_by_role("link", name="查询", exact=True).click() if window else None
    field = one.main if window else one.page.locator(".topbar")
    field.get_by_role("searchbox").fill("qhys")
    one.page.keyboard.press("Enter")

    one.arrives("查询")
    one.follow(NAME)
    one.arrives(NAME)


@pytest.mark.parametrize("window", [{}, {"viewport": PHONE, "has_touch": True}])
def test_the_open_results_have_no_fault(site, person, window):
    one = person(site, "李敏", bypass_csp=True, **window)
    one.open("/items")
    if window:
        one.page.get_by_role("link", name="查询", exact=True).click()
    box(one).fill("青禾")
    expect(options(one).first).to_be_visible()
    one.page.keyboard.press("ArrowDown")
    one.page.evaluate(AXE)

    faults = one.page.evaluate(ASK)

    assert not faults, "\n".join(faults)
    assert re.search("艺术", options(one).first.text_content())
