"""Whoever tells and whoever answers, each in a window of their own: the form on a phone, an order
of the centre, a closing with very many families."""

import re

import sqlalchemy as sa
from playwright.sync_api import expect

from tests.browser.person import PHONE
from tests.factories import orders, registry
from tests.factories.lists import workbook
from tests.refunds.test_lists import HEADER
from training_oversight import clock, database
from training_oversight.complaints.models import Complaint
from training_oversight.refunds import queries
from training_oversight.refunds.models import ClosingEvent

WORD, FAMILIES = "桂花树下", 200


def last_order():
    try:
        with database.transaction() as session:
            return session.scalars(sa.select(Complaint).order_by(Complaint.id.desc())).first()
    finally:
        database.close_session()


def test_somebody_unnamed_tells_on_a_phone_is_asked_back_and_replies(live, person):
    reporter = person(live, viewport=PHONE, has_touch=True, is_mobile=True)
    reporter.open("/tell-us")
    reporter.write("机构名称，或者在哪里", "书院路小卖部楼上")
    reporter.main.get_by_label("乡镇街道").select_option(index=1)
    reporter.press("下一步")
    reporter.tick("举报违规办学")
    reporter.write("什么情况", "每周六上午有二十来个孩子在补数学。")
    reporter.press("下一步")
    reporter.tick("不可以，我要匿名")
    reporter.write("自己定一个查询词", WORD)
    reporter.press("提交反映")
    code = reporter.main.locator(".public-code").inner_text()
    assert re.fullmatch(r"\d{3} \d{3} \d{4}", code)

    order, desk = last_order(), person(live, "吴桐")
    desk.open(f"/complaints/{order.id}")
    desk.press("受理")
    desk.follow("向反映人提问")
    desk.write("要问的内容", "是几楼，从哪个门进？")
    desk.press("向反映人提问")
    desk.told("已提问")

    reporter.open("/tell-us/track")
    reporter.write("查询码", code)
    reporter.write("您定的查询词", WORD)
    reporter.press("查看办理情况")
    reporter.arrives("已受理")
    reporter.sees("是几楼，从哪个门进？")
    reporter.write("您的回复", "三楼，后门。")
    reporter.press("提交回复")
    reporter.told("您的回复已经收到")

    desk.open(f"/complaints/{order.id}")
    desk.sees("三楼，后门。")


def test_an_order_of_the_centre_from_its_list_to_the_copied_answer(live, person, tmp_path):
    registry.institution(live.people.county, name="青禾艺术培训中心")
    market_office = live.people.county.departments["market"].name
    database.close_session()
    file = tmp_path / "工单.xlsx"
    file.write_bytes(orders.orders(orders.row("DH20261015001")))
    desk = person(live, "吴桐", permissions=["clipboard-read", "clipboard-write"])
    desk.open("/complaints/import")
    desk.attach("12345中心的工单名单", file)
    desk.press("打开文件")
    desk.press("确认导入")
    desk.sees("导入结果")
    order = last_order()
    at = f"/complaints/{order.id}"

    desk.open(at)
    desk.press("受理")
    desk.follow("向中心申请延期")
    desk.write("延期到哪一天", (order.due_on or clock.today()).replace(year=2027).isoformat())
    desk.write("申请理由", "合同尚未核对完。")
    desk.press("向中心申请延期")
    desk.follow("登记中心答复")
    desk.main.get_by_role("radio", name="同意", exact=True).check()
    desk.write("中心答复日期", "今天")
    desk.press("登记中心答复")
    desk.told("已登记中心答复")

    desk.follow("向中心申请退回")
    desk.write("申请理由", "属于市场监管部门职责。")
    desk.press("向中心申请退回")
    desk.follow("登记中心答复")
    desk.main.get_by_role("radio", name="不同意", exact=True).check()
    desk.write("中心答复日期", "今天")
    desk.press("登记中心答复")
    desk.told("已登记中心答复")

    desk.follow("分办")
    desk.main.get_by_label("主办部门").select_option(label=market_office)
    desk.write("转办内容", "反映停课后不退费。")
    desk.press("分办")
    market = person(live, "孙晓")
    market.open(f"{at}/answer")
    market.main.get_by_role("radio", name="属实", exact=True).check()
    market.write("查实情况", "到场核实，机构已停课。")
    market.write("给反映人的答复", "已责令机构退还剩余课时费。")
    market.press("送审答复")
    head = person(live, "王建国")
    head.open(f"{at}/approve")
    head.press("审核答复")

    desk.open(at)
    desk.press("复制到12345")
    expect(desk.main.get_by_role("button", name="已复制")).to_be_visible()
    copied = desk.page.evaluate("navigator.clipboard.readText()")
    assert copied == "已责令机构退还剩余课时费。"


def test_a_closing_with_very_many_families_has_one_total(live, person, tmp_path):
    place = registry.institution(live.people.county, name="青禾艺术培训中心")
    key = place.id
    database.close_session()
    rows = [
        (n, f"家长{n}", f"1990{n:07}", "", "美术", "1000元", 40, "", 20)
        for n in range(1, FAMILIES + 1)
    ]
    file = tmp_path / "家长.xlsx"
    file.write_bytes(workbook(HEADER, *rows))
    clerk = person(live, "吴桐")
    clerk.open(f"/refunds/events/new?institution={key}")
    clerk.write("停业日期", "今天")
    clerk.write("情况", "人去楼空，家长围门。")
    clerk.press("开启停业事件")
    clerk.follow("导入名单")
    clerk.attach("家长名单", file)
    clerk.main.get_by_role("radio").first.check()
    clerk.press("导入名单")

    clerk.told(f"{FAMILIES}")
    clerk.sees(f"{FAMILIES}户", "100,000元")
    with database.transaction() as session:
        event = session.scalars(sa.select(ClosingEvent)).one()
        total = queries.totals(session, [event.id])[event.id]
    database.close_session()
    assert (total.families, total.due, total.paid) == (FAMILIES, FAMILIES * 50_000, 0)
