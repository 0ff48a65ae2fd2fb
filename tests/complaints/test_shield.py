"""Who told it stays with the desk and the named handler: planted, then looked for everywhere."""

import io
import logging
import zipfile

import pypdfium2
import pytest
import sqlalchemy as sa

from tests.architecture.test_reading import readable
from tests.factories import complaints, refunds, rewards
from tests.factories.addresses import records_of
from tests.factories.lists import workbook
from tests.factories.uploads import photo
from tests.pages import filled_in
from tests.refunds.test_lists import HEADER as FAMILY_HEADER
from tests.telling.test_form import sent
from tests.vault.rings import NEW, holding
from training_oversight import clock, database
from training_oversight.accounts.permissions import Role
from training_oversight.audit import Event
from training_oversight.complaints import service
from training_oversight.complaints.models import Complaint, ComplaintContact
from training_oversight.complaints.service import Reporter
from training_oversight.complaints.workflow import ComplaintState
from training_oversight.database import Base
from training_oversight.refunds.families import Family
from training_oversight.vault import looking

NAME, PHONE, REACH = "林素问", "13800138000", "suwen8800"
MAIL, IDENTITY, PLATE = "linsuwen@163.com", "330102199003071234", "浙A·D8K56"
# A family with a refund: nobody reads who it is without a look, the desk neither.
FAMILY = Family("19900001234", "霍思远", "霍小满")
LISTED = Family("19900005678", "季安澜", "季知遥")
FAMILIES = tuple(word for one in (FAMILY, LISTED) for word in (one.phone, one.parent, one.pupil))
SECRETS = (
    *FAMILIES,
    NAME,
    "素问",
    PHONE,
    "138-0013-8000",
    "一三八零零一三八零零零",
    REACH,
    MAIL,
    IDENTITY,
    PLATE,
)
# What somebody pastes who does not think of it.
TELLING = (
    "林女士（素问）来电：机构不退费。电话138-0013-8000，也就是一三八零零一三八零零零，"
    f"微信{REACH}，邮箱{MAIL}，身份证{IDENTITY}，车牌{PLATE}，又叫{NAME}，{PHONE}。"
)
# What the reporter's own words keep, for the desk and the handler.
OWN_WORDS = {
    *("complaint.words", "complaint.happened", "complaint.wanted", "callback.remark"),
}
SEARCHES = (
    "/search?q={}", "/search/suggestions?q={}", "/institutions?view=all&q={}",
    "/items?view=all&q={}",
    "/complaints?q={}", "/notices?q={}", "/visits?q={}", "/visits/new?q={}", "/cases?q={}",
    "/history?q={}",
)  # fmt: skip
PARTS = ("素", "1380013", "suwen", "33010219")


def pressed_on(browser, url, **answers):
    """A form with a text that tells too much: pressed once, looked at, pressed again."""
    first = browser.submit(url, status=422, **answers)
    boxes = first.soup.select("input[name=keep]")
    assert boxes, first.text
    assert not [one for one in boxes if one.has_attr("checked")]
    form = first.soup.select_one("main form[method=post]")
    return browser.post(url, filled_in(form), status=200)


@pytest.fixture
def planted(county, session, client_as):
    """An order that went through every step, with contacts wherever somebody can type."""
    desk, head = complaints.desk(county), complaints.head(county)
    handler = complaints.handler(county, "market")
    at_desk = client_as(desk)
    taken = at_desk.submit(
        "/complaints/new", place=f"书院路口，招牌上写{PHONE}，问{NAME}", kind="report",
        township=county.townships[0].code, words=TELLING, happened=f"5月，{NAME}在场",
        wanted=f"退费到{PHONE}",
        anonymous="no", name=NAME, phone=PHONE, reach=f"微信 {REACH}，{MAIL}", channel="phone",
        files=(io.BytesIO(photo()), f"{NAME}{PHONE}.png"), secret="suwenword",
    )  # fmt: skip
    assert PHONE not in taken.text
    order = session.scalars(sa.select(Complaint).order_by(Complaint.id.desc())).first()
    url = f"/complaints/{order.id}"
    complaints.done(service.accept, order, by=desk, today=clock.today())
    pressed_on(
        at_desk, f"{url}/assign", account=TELLING, handler_id=str(handler.id),
        department_id=str(county.departments["market"].id),
    )  # fmt: skip
    pressed_on(at_desk, f"{url}/urge", note=f"催：{TELLING}")
    pressed_on(client_as(handler), f"{url}/answer", truth="true", reasons=TELLING, words=TELLING)
    pressed_on(client_as(head), f"{url}/return", reason="问问138 0013 8000")
    pressed_on(client_as(handler), f"{url}/answer", truth="true", reasons=TELLING, words=TELLING)
    complaints.done(service.approve, order, by=head, today=clock.today())
    at_desk.submit(
        f"{url}/call", called_on=clock.today().isoformat(), called_by="office",
        satisfaction="satisfied", remark=TELLING,
    )  # fmt: skip
    at_desk.submit(f"{url}/contact", why=f"打{PHONE}回访{NAME}")
    at_desk.submit(f"{url}/close")
    reward_id = with_reward(county, order, handler, client_as)
    session.refresh(order)
    assert order.state is ComplaintState.CLOSED
    order.told_to = handler
    order.numbers = {
        "complaint_id": order.id,
        "reward_id": reward_id,
        **with_refunds(county, at_desk, client_as),
    }
    return order


def with_reward(county, order, handler, client_as):
    """Proposed in words that tell too much, approved, and paid out at the counter."""
    rewards.ruled(county)
    proposed = pressed_on(
        client_as(handler), f"/rewards/propose/{order.id}", fen="500", reason=TELLING
    )
    url = proposed.request.path
    client_as(complaints.head(county)).submit(f"{url}/approve")
    client_as(rewards.clerk(county)).submit(f"{url}/pay", word="suwenword")
    return int(url.rpartition("/")[2])


def with_refunds(county, at_desk, client_as):
    """Families of a closing event: one entered and looked at, one from a list; their numbers."""
    event = refunds.event(county)
    one = refunds.refund(county, event=event, whose=FAMILY)
    at_desk.submit(f"/refunds/{one.id}/contact", why=f"打{FAMILY.phone}回访{FAMILY.parent}")
    row = (1, LISTED.parent, LISTED.phone, LISTED.pupil, "美术", "1000元", 40, "", 20)
    bad = (2, LISTED.parent, LISTED.phone, LISTED.pupil, "书法", "很多", 40, "", 20)
    at_desk.submit(
        f"/refunds/events/{event.id}/list",
        file=(io.BytesIO(workbook(FAMILY_HEADER, row, bad)), f"{LISTED.parent}.xlsx"),
        formula_id=str(refunds.formula(county).id),
    )
    telling = f"打{FAMILY.phone}找{FAMILY.parent}和{FAMILY.pupil}"
    office = client_as(county.officer())
    pressed_on(office, f"/refunds/{one.id}/dispute", reason=telling)
    pressed_on(
        office, f"/refunds/{one.id}/agree", fen="100", way="talk", note=telling,
        agreed_on=clock.today().isoformat(),
    )  # fmt: skip
    pressed_on(
        office, f"/refunds/{one.id}/pay", fen="50", way="talk", note=telling,
        paid_on=clock.today().isoformat(),
    )  # fmt: skip
    head = client_as(complaints.head(county))
    pressed_on(head, f"/refunds/events/{event.id}/announce", text=f"请打{FAMILY.phone}")
    pressed_on(head, f"/refunds/events/{event.id}/close", conclusion=f"已问{FAMILY.phone}")
    return {"refund_id": one.id, "event_id": event.id}


def texts(body):
    """All that can be read in what came: pages, tables, papers."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            for name in packed.namelist():
                yield name
                yield from texts(packed.read(name))
        return
    if body.startswith(b"%PDF"):
        paper = pypdfium2.PdfDocument(body)
        for page in paper:
            yield page.get_textpage().get_text_range()
        return
    yield body.decode("utf-8", "ignore")
    yield body.decode("gb18030", "ignore")


def told(body):
    """The secrets in what came."""
    found = "".join(texts(body))
    return {secret for secret in SECRETS if secret in found}


def leaks(browser, addresses):
    found, opened = [], 0
    for url in addresses:
        with browser.http.get(url) as answer:
            opened += answer.status_code == 200
            said = [answer.get_data(), str(answer.headers).encode()]
        found += [(url, secret) for one in said for secret in told(one)]
    return found, opened


OTHERS = [role for role in Role if role not in (Role.SYSTEM, Role.HOTLINE)]


@pytest.fixture
def everywhere(app, county, client_as, planted):
    """Every address, about the planted order where it names one."""
    numbers = records_of(app, county, client_as) | planted.numbers
    searches = [one.format(part) for one in SEARCHES for part in PARTS]
    return [url for _endpoint, url in readable(app, numbers)] + searches


def test_no_page_paper_table_or_search_tells_another_role(
    app, county, client_as, planted, everywhere, caplog
):
    caplog.set_level(logging.DEBUG)
    leaked, opened = {}, {}

    for role in OTHERS:
        found, opened[role] = leaks(client_as(county.officer(role)), everywhere)
        leaked |= {(role, *one): 1 for one in found}
    for name, officer in {
        "colleague": complaints.handler(county, "market"),
        "visitor": None,
    }.items():
        found, opened[name] = leaks(client_as(officer), everywhere)
        leaked |= {(name, *one): 1 for one in found}

    assert list(leaked) == []
    assert opened[Role.SECTION_HEAD] > 90
    assert [secret for secret in SECRETS if secret in caplog.text] == []


def test_not_even_the_desk_reads_of_a_family_by_the_way(county, client_as, everywhere):
    pages = [url for url in everywhere if "refund" in url or "q=" in url or "history" in url]

    found, opened = leaks(client_as(complaints.desk(county)), pages)

    assert [one for one in found if one[1] in FAMILIES] == []
    assert opened > 20


def test_the_desk_and_the_handler_read_what_was_told(client_as, county, planted):
    """Else the test above would find nothing wherever it looked."""
    url = f"/complaints/{planted.id}"

    for officer in (complaints.desk(county), planted.told_to):
        browser = client_as(officer)
        assert told(browser.get(url).get_data()) >= {PHONE, NAME, MAIL}
        shown = browser.submit(f"{url}/contact", why="核对退费结果")
        assert told(shown.get_data()) >= {PHONE, NAME, REACH}


def test_nobody_else_is_shown_the_contact(client_as, county, session, planted):
    looks = sa.select(sa.func.count()).where(Event.verb == looking.LOOKED.verb)
    before, answers = session.scalar(looks), {}

    for role in OTHERS:
        browser = client_as(county.officer(role))
        given = {"csrf_token": browser.token(), "why": "核对退费结果", "once": "x" * 24}
        answer = browser.http.post(f"/complaints/{planted.id}/contact", data=given)
        answers[role] = answer.status_code, told(answer.get_data())

    assert all(status in (403, 404) and not found for status, found in answers.values()), answers
    assert session.scalar(looks) == before


def test_the_contact_is_shown_once_and_no_address_leads_to_it(client_as, county):
    order = complaints.received(county, reporter=Reporter(NAME, PHONE, REACH))
    browser, url = client_as(complaints.desk(county)), f"/complaints/{order.id}/contact"

    before = browser.get(url)
    shown = browser.submit(url, why="核对退费结果")
    after = browser.get(url)

    assert told(shown.get_data()) == {NAME, "素问", PHONE, REACH}
    assert "no-store" in shown.headers["Cache-Control"]
    assert told(before.get_data()) == told(after.get_data()) == set()


def lying_open(session):
    """Column and secret: what can be read in the database beyond the reporter's own words."""
    found = set()
    for table in Base.metadata.sorted_tables:
        for row in session.execute(sa.select(table)).mappings():
            for column, value in row.items():
                known = f"{table.name}.{column}"
                # What is sealed was opened by the program on its way here.
                sealed = getattr(table.c[column].type, "is_protected", False)
                if not sealed and known not in OWN_WORDS:
                    found |= {(known, one) for one in SECRETS if one in str(value)}
    return found


def test_nothing_else_in_the_database_tells(session, planted):
    """History, messages, receipts, saved filters, files' names: all that lies in it."""
    assert lying_open(session) == set()


def test_what_is_told_without_an_account_is_kept_the_same(client_as, session, county):
    photos = (io.BytesIO(photo()), f"{NAME}{PHONE}.png")
    page = sent(
        client_as(),
        where={"place": f"书院路口，找{NAME}，{PHONE}", "township": "unknown"},
        what={"kind": "report", "words": TELLING, "happened": f"{NAME}在场", "photos": photos},
        who={"anonymous": "no", "name": NAME, "phone": PHONE, "reach": REACH, "secret": "桂花树下"},
    )

    assert page.soup.select_one(".public-code")
    assert told(page.get_data()) == set()
    assert session.scalars(sa.select(Complaint)).one().reachable
    assert lying_open(session) == set()


def test_what_is_sealed_lies_sealed(session, planted):
    raw = session.connection().exec_driver_sql("SELECT * FROM complaint_contact").all()

    assert raw
    for row in raw:
        for value in row:
            plain = bytes(value).decode("latin-1") if isinstance(value, bytes) else str(value)
            assert [one for one in SECRETS if one in plain] == []


def test_no_file_bears_a_name_that_tells(app, planted):
    names = [str(path) for path in app.config["DATA_DIR"].rglob("*")]

    assert [(name, one) for name in names for one in SECRETS if one in name] == []


def test_the_folder_for_the_public_tells_nothing(app, planted, tmp_path):
    answer = app.test_cli_runner().invoke(args=["publication", "export", str(tmp_path)])

    assert answer.exit_code == 0, answer.output
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert written
    assert [(path, told(path.read_bytes())) for path in written if told(path.read_bytes())] == []


def test_a_fault_in_the_middle_tells_neither_page_nor_log(
    app, client_as, county, monkeypatch, caplog
):
    caplog.set_level(logging.DEBUG)
    monkeypatch.setitem(app.config, "TESTING", False)
    monkeypatch.setattr(service, "log", lambda *_given, **_more: 1 / 0)

    page = client_as(complaints.desk(county)).submit(
        "/complaints/new", status=500, place="书院路口", kind="report",
        township=county.townships[0].code,
        words=TELLING, anonymous="no", name=NAME, phone=PHONE, channel="phone",
    )  # fmt: skip

    assert told(page.get_data()) == set()
    assert "ZeroDivisionError" in caplog.text
    assert [one for one in SECRETS if one in caplog.text] == []


def test_a_draft_is_sealed_and_its_owners_alone(client_as, county, session):
    one, other = complaints.desk(county), complaints.desk(county)

    client_as(one).post(
        "/complaints/new/draft", {"place": "书院路口", "words": TELLING, "phone": PHONE}, status=200
    )

    assert told(client_as(one).get("/complaints/new").get_data()) >= {PHONE}
    assert told(client_as(other).get("/complaints/new").get_data()) == set()
    raw = session.connection().exec_driver_sql("SELECT content FROM complaint_draft").all()
    assert PHONE.encode() not in bytes(raw[0][0])


def test_who_guesses_a_name_hears_nothing_of_it(client_as, county):
    """A handler who was not named writes the reporter's name: that it was found would tell."""
    order = complaints.assigned(county, department="market", reporter=complaints.REPORTER)
    colleague = client_as(complaints.handler(county, "market"))

    page = colleague.submit(
        f"/complaints/{order.id}/answer", truth="true", reasons="问过林素问", words="已处理",
    )  # fmt: skip

    assert not page.soup.select("input[name=keep]")


def test_without_a_key_the_clerk_is_told_and_nothing_is_kept(client_as, county, session):
    browser = client_as(complaints.desk(county))
    with holding():
        page = browser.submit(
            "/complaints/new", status=409, place="书院路口", kind="report",
        township=county.townships[0].code,
            words="不退费", anonymous="no", name=NAME, phone=PHONE, channel="phone",
        )  # fmt: skip

    assert "PROTECTION_KEYS" in page.text
    with database.transaction():
        assert session.scalar(sa.select(sa.func.count()).select_from(Complaint)) == 0


def test_before_a_look_the_page_says_that_it_stays(client_as, county):
    order = complaints.received(county)

    page = client_as(complaints.desk(county)).get(f"/complaints/{order.id}/contact")

    assert "查看会留下记录" in page.soup.main.text


def test_where_the_key_is_lost_the_page_says_so_and_shows_the_rest(client_as, county, session):
    order = complaints.received(county, reporter=Reporter(NAME, PHONE, ""))
    browser = client_as(complaints.desk(county))
    session.expire(session.scalars(sa.select(ComplaintContact)).one())

    with holding(NEW):
        record = browser.get(f"/complaints/{order.id}")
        shown = browser.submit(f"/complaints/{order.id}/contact", why="核对退费结果")

    assert complaints.WORDS in record.text
    assert shown.text.count("密钥不在本机") == 2
    assert told(shown.get_data()) == set()
