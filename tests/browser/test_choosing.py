"""Rows of a list chosen by thumb, and a step taken for them in one act."""

import pytest
from playwright.sync_api import expect

from tests.browser.person import PHONE

STEP = "确定监管责任人"


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def one(request, site, person):
    somebody = person(
        site, viewport=PHONE, has_touch=True, java_script_enabled=request.param
    ).sign_in("李敏")
    somebody.open("/institutions")
    return somebody


def test_cards_are_chosen_by_thumb_for_a_step_of_the_sticky_bar(one):
    targets = one.main.locator("td.pick label")
    expect(one.main.get_by_role("button", name=STEP)).to_be_hidden()

    for number in (0, 1):
        targets.nth(number).tap(position={"x": 6, "y": 6})

    size, bar = targets.first.bounding_box(), one.page.locator(".bottom").bounding_box()
    assert min(size["width"], size["height"]) >= 44
    assert bar["y"] + bar["height"] == PHONE["height"]
    one.press(STEP)
    one.arrives("为2家机构指定监管责任人")


def test_the_bar_on_the_phone_says_how_many_and_takes_the_page_at_once(site, person):
    one = person(site, "李敏", viewport=PHONE, has_touch=True)
    one.open("/institutions")
    boxes = one.main.locator("td.pick input")
    bar = one.page.locator("[data-selection]")

    one.page.get_by_label("选中本页全部").locator("visible=true").check()

    expect(bar).to_contain_text(f"已选{boxes.count()}项")
    one.press("取消选择")
    expect(bar).to_contain_text("没有选择")
    expect(one.main.locator("td.pick input:checked")).to_have_count(0)
