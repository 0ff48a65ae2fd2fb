"""What the scripts add, and that everything works without them."""

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from tests.browser.person import PHONE
from tests.factories.uploads import photo
from training_oversight import database
from training_oversight.inspections.models import VisitAnswer
from training_oversight.registry.models import Institution


@pytest.fixture
def stored(site):
    """Ask the database afresh."""

    def ask(statement):
        database.close_session()
        found = database.current_session().scalars(statement).all()
        database.close_session()
        return found

    return ask


def answers(site, item):
    return sa.select(VisitAnswer.answer).where(
        VisitAnswer.visit_id == site.records["under_way"], VisitAnswer.item_code == item
    )


def test_j_and_k_move_between_rows_and_enter_opens_one(site, person):
    one = person(site, "李敏")
    one.open("/items")
    rows = one.main.locator("tbody tr")
    second = rows.nth(1).get_by_role("link").first

    one.page.keyboard.press("j")
    one.page.keyboard.press("j")
    one.page.keyboard.press("j")
    one.page.keyboard.press("k")
    expect(second).to_be_focused()
    address = second.get_attribute("href")
    one.page.keyboard.press("Enter")

    one.page.wait_for_url(f"**{address}")
    assert "/items/" in one.page.url


def test_the_slash_goes_to_the_search(site, person):
    one = person(site, "李敏")
    one.open("/items")

    one.page.keyboard.press("/")
    one.page.keyboard.type("qhys")
    one.page.keyboard.press("Enter")

    one.arrives("查询")
    expect(one.main.get_by_role("link", name="青禾艺术培训中心")).to_be_visible()


def test_a_letter_in_a_field_is_a_letter(site, person):
    one = person(site, "李敏")
    one.open("/institutions/new")

    box = one.main.get_by_role("textbox").first
    box.press_sequentially("jk/e")

    expect(box).to_have_value("jk/e")


def test_a_double_click_on_the_main_button_makes_one_record(site, person, stored):
    one = person(site, "李敏")
    one.open("/institutions/new")
    one.write("名称", "双溪科技培训中心")
    one.main.get_by_label("乡镇街道").select_option(label="文澜街道")
    sent = []
    one.page.on("request", lambda request: sent.append(request.method))

    one.main.locator("[data-main]").dblclick()

    one.arrives("双溪科技培训中心")
    assert sent.count("POST") == 1
    same = sa.select(Institution.id).where(Institution.name == "双溪科技培训中心")
    assert len(stored(same)) == 1


def test_an_answer_given_without_network_is_kept_and_sent_later(site, person, stored):
    one = person(site, "李敏", viewport=PHONE, has_touch=True)
    one.open("/visits/{under_way}/inspect".format(**site.records))
    truth = one.page.locator("[data-truth]")
    answer(one, "exits", "符合")
    expect(truth).to_contain_text("已保存")
    assert stored(answers(site, "exits")) == ["yes"]

    one.window.set_offline(True)
    answer(one, "loans", "符合")
    expect(truth).to_contain_text("没有网络")
    assert stored(answers(site, "loans")) == []
    one.window.set_offline(False)

    expect(truth).to_contain_text("已保存")
    assert stored(answers(site, "loans")) == ["yes"]
    # The browser itself says that it had no network; that is what was asked of it.
    one.complaints = [said for said in one.complaints if "ERR_INTERNET_DISCONNECTED" not in said]


def test_an_answer_given_on_a_page_that_is_too_old_is_kept_until_it_is_opened_again(
    site, person, stored
):
    one = person(site, "李敏", viewport=PHONE, has_touch=True)
    one.open("/visits/{under_way}/inspect".format(**site.records))
    truth = one.page.locator("[data-truth]")
    # As after signing in again in another window: this page's token counts no more.
    one.page.locator("form[data-answers] [name=csrf_token]").evaluate("it => it.value = 'old'")
    answer(one, "fee_display", "符合")
    expect(truth).to_contain_text("请重新打开本页")
    assert stored(answers(site, "fee_display")) == []

    one.page.reload()

    expect(truth).to_contain_text("已保存")
    assert stored(answers(site, "fee_display")) == ["yes"]
    # The browser itself says that it was refused; that is what was asked of it.
    one.complaints = [said for said in one.complaints if "400" not in said]


def answer(one, item, words):
    question = one.page.locator(f"[data-question={item}]")
    question.get_by_role("group").get_by_text(words, exact=True).click()


@pytest.mark.parametrize("typed", [True, False])
def test_only_typed_text_is_not_left_without_a_word(site, person, typed):
    one = person(site, "李敏")
    one.open("/institutions/new")
    asked = []
    one.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    if typed:
        one.main.get_by_label("名称").first.press_sequentially("未完")
    one.follow("机构台账", exact=False)

    one.arrives("机构台账")
    assert asked == (["beforeunload"] if typed else [])


def test_without_scripts_the_work_can_be_done_all_the_same(site, person, stored):
    one = person(site, java_script_enabled=False).sign_in("李敏")
    one.follow("机构台账", exact=False)
    one.follow("青禾艺术培训中心")
    one.follow("修改")
    one.write("举办者", "许芸")
    one.main.locator("[data-main]").click()

    one.arrives("青禾艺术培训中心")
    owner = sa.select(Institution.organiser).where(Institution.name == "青禾艺术培训中心")
    assert stored(owner) == ["许芸"]


def test_without_scripts_the_answers_of_a_visit_are_saved_by_a_button(site, person, stored):
    one = person(site, java_script_enabled=False, viewport=PHONE).sign_in("李敏")
    one.open("/visits/{under_way}/inspect".format(**site.records))
    answer(one, "floor_space", "不适用")
    one.page.get_by_role("button", name="保存答案").click()

    one.told("已保存")
    assert stored(answers(site, "floor_space")) == ["na"]


LIKE = "机构名称,联系电话\n青禾艺术培训学校,\n青禾艺术中心,\n".encode()


def test_possible_duplicates_are_decided_without_leaving_the_page(site, person, stored):
    one = person(site, "李敏")
    one.open("/institutions/import")
    one.page.get_by_label("名单").set_input_files(
        {"name": "名单.csv", "mimeType": "text/csv", "buffer": LIKE}
    )
    one.press("打开文件")
    one.press("读取并比对")
    one.arrives("名单.csv")
    one.page.get_by_role("link", name="疑似重复").click()
    one.leads_to("outcome=possible_duplicate")
    one.page.evaluate("window.stayed = true")
    first = one.main.locator("section[data-row]").first

    one.page.keyboard.press("j")
    expect(first).to_be_focused()
    first.get_by_role("button", name="另一家机构").click()

    expect(first).to_contain_text("另一家机构·新增")
    expect(first).to_be_focused()
    expect(first).to_have_class("beside-others decided current")
    expect(one.main.get_by_role("button", name="将1行写入台账")).to_be_visible()
    expect(one.page.get_by_role("link", name="疑似重复 1")).to_be_visible()
    assert one.page.evaluate("window.stayed")
    first.get_by_role("button", name="收回判断").click()
    expect(first).not_to_contain_text("另一家机构·新增")
    one.press("放弃")
    one.arrives("导入")
    assert not stored(sa.select(Institution.name).where(Institution.name == "青禾艺术培训学校"))


def test_photos_taken_one_after_another_add_up_and_outlive_the_page(site, person, tmp_path):
    one = person(site, "李敏")
    address = f"/visits/{site.records['under_way']}/photos"
    one.open(address)
    chosen = one.main.locator("input[type=file]")
    received = one.main.locator("li[data-pending]")

    for place, colour in enumerate(("red", "green")):
        path = tmp_path / f"现场{place}.png"
        path.write_bytes(photo(color=colour))
        chosen.set_input_files(path)
        expect(received).to_have_count(place + 1)
    one.open(address)

    expect(received).to_have_count(2)
    expect(one.main.get_by_text("现场1.png")).to_be_visible()
    received.first.get_by_role("button", name="移除").click()
    expect(received).to_have_count(1)


def test_without_a_network_the_form_carries_what_was_not_sent(site, person, tmp_path):
    one = person(site, "李敏")
    one.open(f"/visits/{site.records['under_way']}/photos")
    one.page.route("**/files/pending", lambda route: route.abort())
    path = tmp_path / "断网.png"
    path.write_bytes(photo(color="blue"))

    one.main.locator("input[type=file]").set_input_files(path)

    expect(one.main.get_by_text("尚未送达，保存时一并发送")).to_be_visible()
    assert one.main.locator("input[type=file]").evaluate("field => field.files.length") == 1
    one.complaints = [said for said in one.complaints if "ERR_FAILED" not in said]


def test_a_way_of_service_asks_for_its_own_proof_alone(site, person):
    one = person(site, "李敏")
    one.open(f"/notices/{site.records['to_serve']}/serve")
    proof = {name: one.main.locator(f"[name={name}]") for name in ("witness", "receiver_role")}
    for control in proof.values():
        expect(control).to_be_hidden()

    one.main.locator("[name=method][value=left]").check()

    expect(proof["witness"]).to_be_visible()
    expect(proof["receiver_role"]).to_be_hidden()


def test_without_script_all_proofs_stay_with_what_each_way_needs(site, person):
    one = person(site, "李敏", java_script_enabled=False)
    one.open(f"/notices/{site.records['to_serve']}/serve")

    for name in ("witness", "receiver_role", "detail"):
        expect(one.main.locator(f"[name={name}]")).to_be_visible()
    expect(one.main.locator(".proofs dt")).to_have_count(6)
