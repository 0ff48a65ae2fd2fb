"""A visit on a phone, the network cut: what is pressed, what is kept, and who may see it."""

import hashlib
import io
import os
import subprocess
import sys
from datetime import timedelta

import pytest
import sqlalchemy as sa
from PIL import Image
from playwright.sync_api import expect

from tests.browser.person import PHONE, Person
from tests.factories import inspections, registry
from tests.processes import ROOT
from training_oversight import clock, database
from training_oversight.accounts.models import Officer
from training_oversight.field.models import FieldPhoto
from training_oversight.inspections import service as visits
from training_oversight.inspections.models import Answer, Finding, Visit, VisitAnswer
from training_oversight.inspections.workflow import VisitState

HERE = {"latitude": 29.56, "longitude": 106.55, "accuracy": 9}
# Every press of a finger, wherever it lands.
TAPS = """
window.taps = Number(sessionStorage.taps || 0);
addEventListener("pointerdown", () => { sessionStorage.taps = window.taps += 1; }, true);
"""
# Seconds that a busy machine may take.
PATIENCE = 1200
MOST_TAPS, BESIDES, MOST_PAGES = 24, 8, 4


class Officers(Person):
    """The phone of an officer. What a cut network says on the console is no complaint."""

    def __init__(self, chromium, site, name, **options):
        usual = {"viewport": PHONE, "has_touch": True, "is_mobile": True, "geolocation": HERE}
        given = usual | {"permissions": ["geolocation"]} | options
        super().__init__(chromium, site, **given)
        self.window.clock.install(time=clock.now())
        self.window.add_init_script(TAPS)
        self.pages = 0
        self.page.on("load", self._loaded)
        self.be_let_in(name)

    def _loaded(self, _page):
        self.pages += 1

    def _heard(self, message):
        if "Failed to load resource" not in message.text:
            super()._heard(message)

    def taken_along(self):
        self.open("/field/")
        expect(self.page.get_by_text("已备好，可离线")).to_be_visible()
        return self

    def tap(self, words):
        self.page.get_by_role("button", name=words, exact=True).first.tap()

    def answer(self, number, words):
        question = self.page.locator(".question").nth(number)
        question.locator(".segment-part", has_text=words).first.tap()
        return question

    def photo(self, where, content, name="IMG_1.jpg"):
        with self.page.expect_file_chooser() as chosen:
            where.locator("label.button", has_text="拍").first.tap()
        chosen.value.set_files([{"name": name, "mimeType": "image/jpeg", "buffer": content}])

    def bar(self, words):
        expect(self.page.locator("[data-truth]")).to_contain_text(words)

    def close(self):
        self.window.close()
        assert self.complaints == []


@pytest.fixture
def phone_of(chromium):
    phones = []

    def hand_out(site, name, **options):
        phones.append(Officers(chromium, site, name, **options))
        return phones[-1]

    yield hand_out
    for one in phones:
        one.close()


def picture(color=0, size=(64, 48)):
    target = io.BytesIO()
    Image.new("RGB", size, (color, 90, 160)).save(target, "JPEG")
    return target.getvalue()


def planned(site, *names, place=None):
    """A visit that these officers are to make now."""
    county = site.people.county
    officers = [site.people.officers[name] for name in names]
    there = place or registry.licensed_institution(county, name="青禾艺术培训中心")
    made_visit = inspections.planned_visit(
        county,
        there,
        officers=officers,
        by=officers[0],
        happened_at=clock.now() - timedelta(minutes=5),
        checklist=inspections.checklist(county),
    )
    database.close_session()
    return made_visit.id


def office(site, statement):
    """What the office has now."""
    with database.transaction() as session:
        found = session.scalars(statement).all()
    database.close_session()
    return found


def test_a_visit_takes_at_most_24_taps_with_the_network_cut_for_half_of_it(live, phone_of):
    visit_id = planned(live, "李敏", "赵宁")
    one = phone_of(live, "李敏").taken_along()
    one.tap("开始检查")
    for number in range(7):
        one.answer(number, "不符合" if number == 2 else "符合")
    one.page.locator(".question").nth(2).locator(".phrases button").first.tap()
    one.window.set_offline(True)
    for number in range(7, 14):
        one.answer(number, "不符合" if number == 9 else "符合")
    problem = one.page.locator(".question").nth(9)
    problem.locator(".phrases button").first.tap()
    one.photo(problem, picture(1), "IMG_1.jpg")
    one.photo(one.page.locator("[data-dock]"), picture(2), "IMG_2.jpg")
    expect(one.page.get_by_text("等网络")).to_have_count(2)
    one.page.get_by_role("link", name="完成检查").tap()
    one.page.get_by_label("现场负责人", exact=True).focus()
    one.page.keyboard.type("陈某")
    one.page.locator("[data-dock]").get_by_role("button", name="完成检查").tap()
    expect(one.page.get_by_text("已在本机完成")).to_be_visible()
    taps = one.page.evaluate("window.taps")
    one.bar("没有网络")

    one.window.set_offline(False)

    one.bar("已全部上传")
    assert taps <= MOST_TAPS
    assert taps - 14 <= BESIDES
    assert one.pages <= MOST_PAGES
    [visit] = office(live, sa.select(Visit).where(Visit.id == visit_id))
    assert (visit.state, visit.representative) == (VisitState.DONE, "陈某")
    assert visit.position_accuracy == HERE["accuracy"]
    assert len(office(live, sa.select(VisitAnswer))) == 14
    assert len(office(live, sa.select(Finding))) == 2
    sent = {photo.sha256 for photo in office(live, sa.select(FieldPhoto))}
    assert sent == {hashlib.sha256(picture(color)).hexdigest() for color in (1, 2)}


def test_the_page_opens_without_network_and_holds_what_waits(live, phone_of):
    planned(live, "李敏")
    one = phone_of(live, "李敏").taken_along()
    one.window.set_offline(True)
    one.tap("开始检查")
    one.answer(0, "符合")
    expect(one.page.locator(".question").first).to_have_class("question answered-yes")
    one.page.reload()
    one.page.wait_for_load_state()

    expect(one.page.locator(".question").first).to_have_class("question answered-yes")
    one.page.get_by_role("link", name="待上传").first.tap()
    expect(one.page.locator(".field-waiting > li")).to_have_count(3)
    one.window.set_offline(False)
    one.bar("已全部上传")


def test_a_second_officer_on_the_phone_neither_sees_nor_sends_what_the_first_noted(live, phone_of):
    visit_id = planned(live, "李敏")
    one = phone_of(live, "李敏").taken_along()
    one.window.set_offline(True)
    one.tap("开始检查")
    one.answer(0, "不符合")
    one.window.set_offline(False)
    one.window.clear_cookies()
    one.be_let_in("赵宁")

    one.open("/field/")
    expect(one.page.get_by_text("赵宁")).to_be_visible()
    one.bar("本机没有待上传的内容")
    expect(one.page.get_by_text("青禾艺术培训中心")).to_have_count(0)
    assert office(live, sa.select(Visit.state).where(Visit.id == visit_id)) == [VisitState.PLANNED]
    one.window.clear_cookies()
    one.be_let_in("李敏").open("/field/")
    one.bar("已全部上传")
    assert office(live, sa.select(Visit.state).where(Visit.id == visit_id)) == [
        VisitState.UNDER_WAY
    ]


def test_who_signs_out_leaves_nothing_to_be_seen_and_finds_it_again(live, phone_of):
    planned(live, "李敏")
    one = phone_of(live, "李敏").taken_along()
    one.open("/desk")
    one.page.locator(".topbar-me > summary").tap()
    one.page.get_by_role("button", name="退出登录").tap()
    one.page.wait_for_url("**/sign-in**")

    one.window.set_offline(True)
    one.page.goto(one.site.url + "/field/")
    expect(one.page.get_by_text("现在又没有网络")).to_be_visible()
    expect(one.page.get_by_text("青禾艺术培训中心")).to_have_count(0)
    one.window.set_offline(False)
    one.be_let_in("李敏").open("/field/")
    expect(one.page.get_by_text("青禾艺术培训中心").first).to_be_visible()


def test_a_sign_in_that_ended_keeps_what_waits_until_the_officer_is_back(live, phone_of):
    planned(live, "李敏")
    one = phone_of(live, "李敏").taken_along()
    one.window.clear_cookies()
    one.tap("开始检查")
    one.answer(0, "符合")

    one.bar("登录已失效")
    one.be_let_in("李敏").open("/field/")
    one.bar("已全部上传")
    assert len(office(live, sa.select(VisitAnswer))) == 1


def test_what_a_colleague_said_meanwhile_is_shown_beside_ones_own(live, phone_of):
    visit_id = planned(live, "李敏", "赵宁")
    one = phone_of(live, "李敏").taken_along()
    one.tap("开始检查")
    one.bar("已全部上传")
    one.window.set_offline(True)
    one.answer(0, "不符合")
    with database.transaction() as session:
        visit = session.get_one(Visit, visit_id)
        colleague = session.scalars(sa.select(Officer).filter_by(name="赵宁")).one()
        code = visit.checklist.items[0]["code"]
        visits.save_answer(session, visit, code, Answer.YES, by=colleague)
    database.close_session()
    one.window.set_offline(False)

    one.bar("1项需要处理")
    one.page.get_by_role("link", name="1项需要处理").tap()
    expect(one.page.get_by_text("本机：不符合")).to_be_visible()
    expect(one.page.get_by_text("系统里：符合，赵宁")).to_be_visible()
    one.tap("用我的")
    expect(one.page.get_by_text("全部内容都已由服务器收下")).to_be_visible()
    [answer] = office(live, sa.select(VisitAnswer.answer).where(VisitAnswer.item_code == code))
    assert answer.value == "no"


def test_a_phone_that_tells_no_position_goes_on_without(live, phone_of):
    visit_id = planned(live, "李敏")
    one = phone_of(live, "李敏", permissions=[]).taken_along()
    one.tap("附近的机构")
    expect(one.page.get_by_text("手机没有给出定位").first).to_be_visible()
    one.tap("开始检查")
    one.answer(0, "符合")

    one.bar("已全部上传")
    [visit] = office(live, sa.select(Visit).where(Visit.id == visit_id))
    assert (visit.state, visit.latitude) == (VisitState.UNDER_WAY, None)


def test_a_place_nobody_had_planned_begins_with_one_tap_on_its_kind(live, phone_of):
    place = registry.licensed_institution(live.people.county, name="远山体育培训中心")
    database.close_session()
    one = phone_of(live, "李敏").taken_along()
    one.window.set_offline(True)
    one.page.get_by_placeholder("名称、首字母或地址").fill("远山")
    one.page.get_by_role("link", name="远山体育培训中心").tap()
    one.tap("日常检查")
    one.answer(0, "符合")
    one.window.set_offline(False)

    one.bar("已全部上传")
    [visit] = office(live, sa.select(Visit))
    assert (visit.institution_id, visit.state) == (place.id, VisitState.UNDER_WAY)


def test_a_shut_door_is_noted_with_its_photo_and_comes_again(live, phone_of):
    planned(live, "李敏")
    one = phone_of(live, "李敏").taken_along()
    one.window.set_offline(True)
    one.tap("开始检查")
    one.page.get_by_role("link", name="登记未能检查").tap()
    one.page.locator(".segment-part", has_text="关门").tap()
    one.photo(one.page.locator("#field"), picture(3))
    expect(one.page.get_by_text("等网络")).to_be_visible()
    one.tap("登记")
    one.window.set_offline(False)

    one.bar("已全部上传")
    states = office(live, sa.select(Visit.state).order_by(Visit.id))
    assert states == [VisitState.NOT_POSSIBLE, VisitState.PLANNED]
    assert len(office(live, sa.select(FieldPhoto))) == 1


def test_a_full_phone_says_which_photo_was_not_kept(live, phone_of):
    planned(live, "李敏")
    one = phone_of(live, "李敏").taken_along()
    one.tap("开始检查")
    one.page.locator(".question").first.wait_for()
    one.page.evaluate(
        """() => {
          const put = IDBObjectStore.prototype.put;
          IDBObjectStore.prototype.put = function (...given) {
            if (this.name === "photos") throw new DOMException("full", "QuotaExceededError");
            return put.apply(this, given);
          };
        }"""
    )

    one.photo(one.page.locator("[data-dock]"), picture(4), "IMG_9.jpg")

    expect(one.page.get_by_text("“IMG_9.jpg”没有存下")).to_be_visible()
    expect(one.page.locator(".shots li")).to_have_count(0)


def test_a_large_photo_is_made_smaller_and_both_hashes_are_known(live, phone_of):
    planned(live, "李敏")
    one = phone_of(live, "李敏").taken_along()
    one.tap("开始检查")
    target = io.BytesIO()
    Image.effect_noise((3200, 2400), 80).convert("RGB").save(target, "JPEG", quality=92)

    one.photo(one.page.locator("[data-dock]"), target.getvalue())

    expect(one.page.get_by_text("已上传")).to_have_count(1)
    one.bar("已全部上传")
    [sent] = office(live, sa.select(FieldPhoto))
    assert sent.camera_sha256 == hashlib.sha256(target.getvalue()).hexdigest()
    assert sent.sha256 != sent.camera_sha256
    assert (sent.latitude, sent.accuracy) == (HERE["latitude"], HERE["accuracy"])


def test_the_last_way_out_is_a_file_that_the_office_reads(live, phone_of, tmp_path):
    planned(live, "李敏")
    one = phone_of(live, "李敏").taken_along()
    one.window.set_offline(True)
    one.tap("开始检查")
    one.answer(0, "符合")
    one.photo(one.page.locator("[data-dock]"), picture(5))
    expect(one.page.get_by_text("等网络")).to_be_visible()
    one.page.get_by_role("link", name="待上传").first.tap()
    with one.page.expect_download() as download:
        one.tap("导出到文件")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    one.window.set_offline(False)
    one.bar("已全部上传")

    one.open("/field/import")
    one.page.locator("input[type=file]").set_input_files(file)
    one.press("读入文件")

    expect(one.page.get_by_text("此前已收下").first).to_be_visible()
    assert len(office(live, sa.select(VisitAnswer))) == 1
    assert len(office(live, sa.select(FieldPhoto))) == 1


def test_of_twenty_visits_that_were_cut_off_nothing_is_lost_and_nothing_doubled(chromium):
    """In processes of its own: a browser that is killed takes nothing of the test along."""
    assert chromium.is_connected()

    told = subprocess.run(
        [sys.executable, "-m", "benchmarks", "field"],
        check=False,
        env=os.environ | {"RUNS": "20"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        cwd=ROOT,
    )

    assert told.returncode == 0, told.stdout + told.stderr
    assert "20 visits" in told.stdout
    assert "0 lost, 0 doubled, 0 hashes unequal" in told.stdout
