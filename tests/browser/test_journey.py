"""A problem from the spreadsheet to the public page, by the hands of everybody it passes.

Each of them signs in with a password once; later windows of theirs are let in by a cookie.
"""

from datetime import date

import pytest
import xlsxwriter
from PIL import Image
from playwright.sync_api import expect

from tests.browser.person import PHONE

NAME = "青禾艺术培训中心"
FACTS = "现场查收据12张，其中4张为半年卡，每张6800元。"
PROBLEM = FACTS.rstrip("。")
NUMBER = "2026-0001"
SERVED_ON, AFTER_THE_DEADLINE = "2026-10-15", date(2026, 11, 9)  # 15 working days: 5 November


@pytest.fixture
def register(tmp_path):
    """A list as a county keeps it: a title above the header, and one row without a name."""
    path = tmp_path / "名单.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        rows = (
            "澄江县校外培训机构名单",
            "机构名称 类别 乡镇街道 地址 负责人 联系电话 "
            "办学许可证号 许可证有效期至 纬度 经度 监管责任人",
            f"{NAME} 文化艺术 文澜街道 文澜路18号 许芸 13809900018 "
            "199010170000018 2028-03-04 29.5612 106.5513 李敏",
            "远山体育培训中心 体育 南塘街道 南塘路6号 罗川 13809900006 199010170000006 2028-05-04",
        )
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row.split())
        sheet.write_row(len(rows), 0, ["", "体育", "南塘街道", "南塘路7号"])
    return path


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "收据.jpg"
    Image.effect_noise((640, 480), 60).convert("RGB").save(path)
    return path


def test_a_problem_goes_from_the_spreadsheet_to_the_public_page(live, person, register, photo, at):
    inspector = person(live).sign_in("李敏")
    import_the_list(inspector, register)
    inspect_on_the_spot(person(live, "李敏", viewport=PHONE, has_touch=True), photo)
    put_on_the_ledger(inspector)
    draft_a_notice(inspector)
    approve_the_notice(person(live).sign_in("王建国"))
    serve_the_notice(inspector, photo)

    at(AFTER_THE_DEADLINE)
    raised = live.app.test_cli_runner().invoke(args=["jobs", "run", "raise-overdue-items"])
    assert raised.exit_code == 0, raised.output
    head = person(live, "王建国")
    convene_the_case(head)
    answer_as_a_department(person(live).sign_in("孙晓"), photo)
    record_the_report(person(live, "李敏"), photo)
    verify_on_site(person(live, viewport=PHONE, has_touch=True).sign_in("赵宁"))
    close_out(head)
    prepare_the_list(person(live).sign_in("周岚"))
    publish(head)

    read_as_a_citizen(person(live))
    read_as_a_citizen(person(live, viewport=PHONE, has_touch=True))


def import_the_list(inspector, register):
    inspector.open("/desk")
    inspector.follow("机构台账", exact=False)
    inspector.follow("导入表格")
    inspector.attach("名单", register)
    inspector.press("打开文件")
    inspector.press("读取并比对")
    inspector.sees("预览（尚未写入）", "下载退回的行（1）")
    inspector.press("将2行写入台账")
    inspector.told("已写入：新增2家")


def inspect_on_the_spot(inspector, photo):
    inspector.open("/institutions")
    inspector.write("机构名称、拼音首字母、地址、证号、电话", "qhys")
    inspector.page.keyboard.press("Enter")
    inspector.follow(NAME)
    inspector.follow("登记检查")
    inspector.choose("检查类别", "日常检查")
    inspector.tick("李敏")
    inspector.tick("赵宁")
    inspector.tick("不需批准")
    inspector.press("开始检查")
    inspector.told("检查已开始")

    inspector.write("纬度，经度", "29.5613, 106.5514")
    inspector.press("保存")
    inspector.told("位置已记录")
    answer(inspector, "证照齐全有效并悬挂", "符合")
    answer(inspector, "一次收费不超过3个月或60课时", "不符合")

    inspector.arrives("问题1")
    inspector.choose("违规类型", "收费：收费超过规定周期或金额")
    inspector.write("看到了什么", FACTS)
    inspector.attach("照片", photo)
    inspector.press("保存问题")
    expect(inspector.main.get_by_role("img", name="收据.jpg").first).to_be_visible()

    inspector.follow("完成检查")
    inspector.write("没有作答的原因", "专查收费，其余项目下次检查。")
    inspector.write("现场负责人", "许芸")
    inspector.press("完成检查")
    inspector.told("检查已完成")
    inspector.sees("离登记地址15米")


def answer(inspector, question, words):
    asked = inspector.main.get_by_role("group", name=question, exact=True)
    asked.get_by_text(words, exact=True).click()


def put_on_the_ledger(inspector):
    inspector.waiting("转入台账", NAME).click()
    inspector.choose("监管责任人", "李敏")
    inspector.press("转入台账")
    inspector.told(f"已转入台账，编号{NUMBER}")


def draft_a_notice(inspector):
    inspector.waiting("起草文书", PROBLEM).click()
    inspector.sees("建议用责令限期整改通知书")
    inspector.tick("责令限期整改通知书")
    inspector.press("起草")
    inspector.write("第1项问题的法律依据", "《中华人民共和国民办教育促进法实施条例》第六十三条")
    inspector.press("送审")
    inspector.told("已送审")


def approve_the_notice(head):
    head.waiting("审批签发", NAME).click()
    head.press("审批签发")
    head.told("已签发，文号澄教责改〔2026〕1号")
    expect(head.waiting("审批签发", NAME)).to_have_count(0)


def serve_the_notice(inspector, photo):
    inspector.waiting("登记送达", "澄教责改〔2026〕1号").click()
    inspector.tick("直接送达")
    inspector.write("送交、寄出或公告的日期", SERVED_ON)
    inspector.write("送达地点", "文澜街道东街1号")
    inspector.write("签收人", "许芸")
    inspector.write("与受送达人的关系", "负责人")
    inspector.attach("签收的送达回证", photo)
    inspector.press("登记送达")
    inspector.told("期限从2026年10月15日的次日起算")


def convene_the_case(head):
    head.waiting("研判联合执法", NAME).click()
    head.arrives("启动联合执法")
    head.write("谁决定的", "陈副县长")
    head.write("决定日期", AFTER_THE_DEADLINE.isoformat())
    head.write("批示", "澄政办批〔2026〕31号")
    head.press("启动联合执法")
    head.told("待通知：澄江县市场监管局")


def answer_as_a_department(liaison, photo):
    liaison.waiting("签收或退回", NAME).click()
    liaison.press("签收")
    liaison.told("已签收")
    liaison.waiting("反馈结果", NAME).click()
    liaison.write("结果", "已约谈负责人，责令停止收取半年卡。")
    liaison.attach("附件和照片", photo)
    liaison.press("反馈结果")
    liaison.told("已反馈结果")


def record_the_report(inspector, photo):
    step = inspector.waiting("登记整改报告", NUMBER)
    inspector.sees("逾期4天")
    step.click()
    inspector.write("机构报告的整改情况", "已退还4名学员超收费用，重新签订合同。")
    inspector.write("收到日期", "今天")
    inspector.attach("整改报告和佐证材料", photo)
    inspector.press("登记整改报告并申请销号")
    inspector.told("等待复查")
    expect(inspector.main.get_by_role("link", name="复查合格")).to_have_count(0)


def verify_on_site(other):
    other.waiting("复查", NUMBER).click()
    other.follow(NUMBER, exact=False)
    other.follow("安排复查任务")
    other.write("计划日期", "今天")
    other.tick("李敏")
    other.tick("赵宁")
    other.press("安排复查任务")
    other.told("已安排2026年11月9日复查")
    other.sees(NUMBER)
    other.press("开始检查")
    other.follow("完成检查")
    other.press("完成检查")
    other.told("检查已完成")
    other.follow("登记复查")
    other.main.get_by_role("group", name="结果").get_by_text("整改到位", exact=True).click()
    other.tick("现场")
    other.write("复查日期", "今天")
    other.write("看到了什么", "收据和合同均已更正，退费凭证齐全。")
    other.press("登记复查")
    other.told("已登记复查")


def close_out(head):
    head.waiting("审批销号", NUMBER).click()
    head.choose("销号原因", "整改到位")
    head.press("同意销号")
    head.told("已销号")


def prepare_the_list(publisher):
    publisher.open("/publications")
    publisher.follow("拟公示")
    publisher.follow("校外培训机构整改情况")
    publisher.press("生成草稿")
    publisher.sees(NAME, "已整改")
    publisher.follow("送审")
    publisher.press("送审")
    publisher.told("已送审")


def publish(head):
    head.waiting("审核公布", "校外培训机构整改情况").click()
    head.follow("审核公布")
    head.press("审核公布")
    head.told("已公布")


def read_as_a_citizen(visitor):
    visitor.open("/public")
    visitor.follow("校外培训机构整改情况")
    row = visitor.main.get_by_role("row").filter(has_text=NAME)
    expect(row).to_contain_text("已整改")
    told = visitor.main.inner_text()
    row.get_by_role("link", name=NAME).click()
    visitor.arrives(NAME)
    told += visitor.main.inner_text()
    for private in ("许芸", "李敏", "13809900018", "文澜路18号", "6800"):
        assert private not in told
