"""Somebody in front of a browser, who goes by the words on the page and not by its insides."""

import sqlalchemy as sa
from playwright.sync_api import expect

from tests.browser.people import PASSWORD
from training_oversight import clock, database
from training_oversight.accounts import guard, service
from training_oversight.accounts.models import Officer

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}

# A machine that does other work besides is slow, not wrong.
expect.set_options(timeout=20_000)

# Every page is asked for its width, and answers on the console.
WIDTH = """
addEventListener("load", () => {
  const page = document.documentElement;
  if (page.scrollWidth > innerWidth) {
    console.error(`wider than its window: ${page.scrollWidth} > ${innerWidth}`);
  }
});
"""


class Person:
    def __init__(self, chromium, site, **options):
        usual = {"viewport": DESKTOP, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
        self.site, self.complaints = site, []
        self.window = chromium.new_context(**(usual | options))
        self.window.set_default_timeout(30_000)
        if options.get("java_script_enabled", True):
            self.window.add_init_script(WIDTH)
        self.window.on("console", self._heard)
        self.window.on("weberror", lambda fault: self.complaints.append(str(fault.error)))
        self.page = self.window.new_page()

    def _heard(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.location.get('url')}: {message.text}")

    def sign_in(self, name):
        self.open("/sign-in")
        self.write("用户名", self.site.people.username[name])
        self.write("密码", PASSWORD)
        self.press("登录")
        self.arrives("工作台")
        return self

    def be_let_in(self, name):
        """With the cookie of somebody who has signed in before."""
        client = self.site.app.test_client()
        named = sa.select(Officer).filter_by(username=self.site.people.username[name])
        with database.transaction() as session:
            officer = session.scalars(named).one()
            token = service.sign_in(session, officer, device="test", today=clock.today())
        database.close_session()
        with client.session_transaction() as kept:
            kept[guard.TOKEN] = token
        cookie = {"name": "session", "value": client.get_cookie("session").value}
        self.window.add_cookies([cookie | {"url": self.site.url}])
        return self

    def open(self, path):
        self.page.goto(self.site.url + path)

    @property
    def main(self):
        return self.page.get_by_role("main")

    def arrives(self, heading):
        """The page that a step leads to is there."""
        expect(self.main.get_by_role("heading", level=1)).to_contain_text(heading)

    def leads_to(self, address):
        """The page behind a link is there with its scripts: before that, keys go astray."""
        self.page.wait_for_url(f"**{address}**", wait_until="load")

    def told(self, words):
        """What the page says about the step that was made."""
        expect(self.main.get_by_role("status").filter(has_text=words).first).to_be_visible()

    def sees(self, *sentences):
        for words in sentences:
            expect(self.main.get_by_text(words).first).to_be_visible()

    def press(self, words):
        self.page.get_by_role("button", name=words, exact=True).click()

    def follow(self, words, *, exact=True):
        self.page.get_by_role("link", name=words, exact=exact).first.click()

    def write(self, label, words):
        self.main.get_by_label(label).first.fill(words)

    def choose(self, label, words):
        self.main.get_by_label(label, exact=True).first.select_option(words)

    def attach(self, label, path):
        self.main.get_by_label(label).set_input_files(path)

    def tick(self, label):
        self.main.get_by_label(label).check()

    def waiting(self, step, about):
        """The line of the desk for a step; its link is the way there."""
        self.open("/desk")
        line = self.main.get_by_role("row").filter(has_text=about)
        return line.get_by_role("link", name=step, exact=True)
