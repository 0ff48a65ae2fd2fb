"""The desk takes a call by the keyboard alone, while the caller talks."""

from playwright.sync_api import expect

from tests.factories import registry

# How a practised clerk types: about two and a half keys a character, five keys a second.
KEYS_A_CHARACTER, KEYS_A_SECOND, SECONDS = 2.5, 5, 60


class Clerk:
    """Counts every key and every page."""

    def __init__(self, one):
        self.page, self.keys, self.pages = one.page, 0.0, 0
        self.page.on("framenavigated", self._went)

    def _went(self, _frame):
        self.pages += 1

    def types(self, words):
        self.keys += sum(1 if sign.isascii() else KEYS_A_CHARACTER for sign in words)
        self.page.keyboard.type(words)

    def presses(self, *keys):
        for key in keys:
            self.keys += 1
            self.page.keyboard.press(key)

    def goes_to(self, name):
        """By Tab to the next control of that name, as many as it takes."""
        for _ in range(30):
            self.presses("Tab")
            if self.page.evaluate("document.activeElement.name") == name:
                return
        raise AssertionError(f"no way to {name} by Tab")


def test_a_call_is_an_order_within_a_minute_of_typing(live, person):
    registry.licensed_institution(live.people.county, name="青禾艺术培训中心")
    one = person(live, "吴桐")
    one.open("/complaints/new")
    clerk = Clerk(one)

    clerk.types("青禾")
    expect(one.main.get_by_text("台账中的机构")).to_be_visible()
    clerk.goes_to("institution")
    # From the last choice, that it is none of them, on to the first one found.
    clerk.presses("ArrowDown")
    expect(one.main.get_by_text("就是这家机构")).to_be_visible()
    clerk.goes_to("kind")
    clerk.presses("Space", "ArrowDown", "ArrowDown")
    clerk.goes_to("words")
    clerk.types("报了二十四节课，停课不退费，电话打不通。")
    clerk.goes_to("wanted")
    clerk.types("退剩余课时费")
    clerk.goes_to("anonymous")
    clerk.presses("Space")
    clerk.goes_to("name")
    clerk.types("林女士")
    clerk.goes_to("phone")
    clerk.types("13900000001")
    clerk.goes_to("channel")
    clerk.presses("Space", "Control+Enter")

    one.arrives("请念给反映人")
    assert clerk.pages == 1
    assert clerk.keys / KEYS_A_SECOND < SECONDS
    one.sees("青禾艺术培训中心")


def test_what_was_typed_is_there_after_the_browser_was_killed(live, person):
    one = person(live, "吴桐")
    one.open("/complaints/new")
    one.main.get_by_label("反映内容").fill("说到一半，电话断了")
    expect(one.main.get_by_text("草稿已存")).to_be_visible()
    one.window.close()

    again = person(live, "吴桐")
    again.open("/complaints/new")

    expect(again.main.get_by_label("反映内容")).to_have_value("说到一半，电话断了")


def test_without_script_a_place_is_looked_up_by_a_button(live, person):
    registry.licensed_institution(live.people.county, name="青禾艺术培训中心")
    one = person(live, "吴桐", java_script_enabled=False)
    one.open("/complaints/new")

    one.main.get_by_label("哪里").fill("青禾")
    one.press("查询")

    expect(one.main.get_by_text("青禾艺术培训中心")).to_be_visible()
    expect(one.main.get_by_label("哪里")).to_have_value("青禾")


def test_the_beginning_of_a_sentence_is_put_in_by_a_press(live, person):
    one = person(live, "吴桐")
    one.open("/complaints/new")

    one.press("停课后不退剩余课时费：")

    expect(one.main.get_by_label("反映内容")).to_have_value("停课后不退剩余课时费：")
    expect(one.main.get_by_text("草稿已存")).to_be_visible()
