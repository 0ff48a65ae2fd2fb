"""Which place a visit goes to: near me is found by a tap, and never asked for before one."""

from playwright.sync_api import expect

from tests.browser.person import PHONE

NEAR = {"latitude": 29.56, "longitude": 106.55, "accuracy": 8}
# Counts how often the page asks the device where it is.
COUNTED = """
window.asked = 0;
const ask = navigator.geolocation.getCurrentPosition;
navigator.geolocation.getCurrentPosition = function (...how) {
  window.asked += 1;
  return ask.apply(navigator.geolocation, how);
};
"""
BUTTON = "用本机位置查找"


def test_places_near_me_are_found_by_a_tap_and_not_before(site, person):
    one = person(site, "李敏", viewport=PHONE, geolocation=NEAR, permissions=["geolocation"])
    one.page.add_init_script(COUNTED)
    one.open("/visits/new")
    assert one.page.evaluate("asked") == 0

    one.press(BUTTON)

    one.page.wait_for_url("**near=29.560000*")
    expect(one.main.get_by_role("heading", name="附近的机构")).to_be_visible()


def test_a_device_that_tells_nothing_leaves_the_other_ways(site, person):
    one = person(site, "李敏", viewport=PHONE)
    one.open("/visits/new")

    one.press(BUTTON)

    expect(one.main.get_by_text("本机没有给出位置。请按乡镇街道选")).to_be_visible()
    expect(one.main.locator(".towns a").first).to_be_visible()


def test_without_script_the_townships_and_the_search_remain(site, person):
    one = person(site, "李敏", viewport=PHONE, java_script_enabled=False)
    one.open("/visits/new")

    expect(one.main.get_by_role("button", name=BUTTON)).to_be_hidden()
    one.main.locator(".towns a").first.click()

    expect(one.main.get_by_text("青禾艺术培训中心")).to_be_visible()
