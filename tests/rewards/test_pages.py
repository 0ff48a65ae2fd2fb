"""The whole way through the pages, as handler, head, clerk and reporter."""

import pypdfium2
import pytest

from tests.factories import complaints, rewards
from tests.telling.test_tracking import asked
from training_oversight import clock
from training_oversight.accounts.permissions import Role
from training_oversight.rewards.workflow import RewardState

NAME, PHONE = complaints.REPORTER.name, complaints.REPORTER.phone


@pytest.fixture
def clerk(client_as, county):
    return client_as(rewards.clerk(county))


def reload(county, made):
    county.session.refresh(made)
    return made


def test_from_the_proposal_to_the_slip(client_as, county, clerk):
    rewards.ruled(county)
    order = rewards.report(county)
    url = f"/complaints/{order.id}"
    handler, head = client_as(rewards.proposer(county)), client_as(rewards.head(county))

    assert "提出奖励" in handler.get(url).soup.main.text
    page = handler.submit(f"/rewards/propose/{order.id}", fen="500元", reason="线索准确，已查实。")
    own = page.request.path
    assert "等科室负责人" in page.soup.select_one(".next-step").text.replace("\n", "")
    head.submit(f"{own}/approve")
    assert "您可以领取奖励500元" in asked(client_as(), order.tracking_code, rewards.WORD).text

    found = clerk.submit("/rewards/claim", code=complaints_spoken(order))
    assert found.request.path == f"{own}/pay"
    paid = clerk.submit(f"{own}/pay", word=rewards.WORD)

    assert "现在发放500元" in paid.text
    assert "已发放" in paid.text
    assert "已于2026年10月15日发放" in asked(client_as(), order.tracking_code, rewards.WORD).text
    [text] = slip_of(clerk, own)
    for said in ("举报奖励领取单", "JL-2026-", "500元", order.tracking_code[-2:], "2026年10月15日"):
        assert said in text
    assert NAME not in text
    assert PHONE not in text


def complaints_spoken(order):
    """As it is read aloud: in groups, with spaces."""
    code = order.tracking_code
    return f"{code[:3]} {code[3:6]} {code[6:]}"


def slip_of(browser, own):
    answer = browser.http.get(f"{own}/slip.pdf")
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.data)]


def test_nobody_is_named_on_its_pages_nor_in_the_case(client_as, county):
    made = rewards.paid(county)
    urls = (f"/rewards/{made.id}", "/rewards", f"/complaints/{made.complaint_id}")
    code = made.complaint.tracking_code

    for role in (Role.SECTION_HEAD, Role.OBSERVER):
        for url in urls:
            text = client_as(county.officer(role)).get(url).text
            assert NAME not in text
            assert PHONE not in text
            assert code not in text


def test_a_wrong_word_pays_nothing_and_says_so(clerk, county):
    made = rewards.approved(county)

    page = clerk.submit(f"/rewards/{made.id}/pay", status=422, word="不是这个")

    assert "没有发放任何款项" in page.soup.main.text
    assert "不是这个" not in page.text
    assert reload(county, made).state is RewardState.APPROVED


def test_who_tries_words_is_slowed_down(clerk, county):
    made = rewards.approved(county)

    answers = [clerk.submit(f"/rewards/{made.id}/pay", None, word="不是") for _ in range(12)]

    assert [one.status_code for one in answers][-1] == 429
    assert "试得太多" in answers[-1].soup.main.text
    assert reload(county, made).state is RewardState.APPROVED


@pytest.mark.parametrize("code", ["0000000000", "", "没有", "12345"])
def test_a_code_without_a_reward_says_so_and_stays_typed(clerk, county, code):
    rewards.proposed(county)

    page = clerk.submit("/rewards/claim", status=422, code=code)

    assert page.soup.select_one("#code")["value"] == code
    assert page.soup.select_one(".field-error")


def test_what_is_proposed_only_cannot_be_paid_and_says_why(clerk, county):
    made = rewards.proposed(county)

    page = clerk.submit("/rewards/claim", code=made.complaint.tracking_code)

    assert page.request.path == f"/rewards/{made.id}"
    assert clerk.http.get(f"/rewards/{made.id}/pay").status_code == 409
    assert clerk.http.get(f"/rewards/{made.id}/slip.pdf").status_code == 404


def test_a_second_press_and_a_second_clerk_pay_nothing_more(client_as, county, clerk):
    made = rewards.approved(county)
    url = f"/rewards/{made.id}/pay"
    other = client_as(rewards.clerk(county))
    twice = {"word": rewards.WORD, "version": str(made.version), "once": "y" * 24}

    first = clerk.post(url, twice)
    again = clerk.post(url, twice)
    second = other.post(url, {**twice, "once": "z" * 24}, status=409)

    assert first.status_code == again.status_code == 200
    assert again.request.path == f"/rewards/{made.id}"
    assert "口令" not in second.text
    assert reload(county, made).paid_on == clock.today()
    history = [row.text for row in clerk.get(f"/rewards/{made.id}").soup.select(".timeline li")]
    assert sum("发放奖励" in one for one in history) == 1


def test_a_later_clerk_who_enters_the_code_sees_that_it_was_paid(clerk, county):
    made = rewards.paid(county)

    page = clerk.submit("/rewards/claim", code=made.complaint.tracking_code)

    assert page.request.path == f"/rewards/{made.id}"
    assert "已发放" in page.soup.main.text


def test_the_list_says_count_and_sum_and_each_figure_opens_its_rows(client_as, county):
    made = [rewards.proposed(county, fen=100), rewards.paid(county, fen=50_000)]
    rewards.refused(county)
    browser = client_as(rewards.head(county))

    page = browser.get("/rewards")

    rows = page.soup.select("table.plain tbody tr")
    links = [one.select_one("a")["href"] for one in rows[:-1]]
    counts = [int(one.select("td")[1].text) for one in rows]
    assert sum(counts[:-1]) == counts[-1] == 3
    for link, count in zip(links, counts, strict=False):
        assert len(browser.get(link).soup.select("table.ledger tbody tr")) == count
    assert made[0].number in page.text


def test_the_head_finds_it_on_the_desk_and_the_proposer_does_not(client_as, county):
    made = rewards.proposed(county)

    assert made.number in client_as(rewards.head(county)).get("/desk").text
    assert made.number not in client_as(rewards.proposer(county)).get("/desk").text


def test_what_is_typed_survives_a_refused_proposal(client_as, county):
    rewards.ruled(county)
    order = rewards.report(county)

    page = client_as(rewards.proposer(county)).submit(
        f"/rewards/propose/{order.id}", status=422, fen="9999", reason="线索准确"
    )

    assert page.soup.select_one("#fen")["value"] == "9999"
    assert "最高1000.00元" in page.soup.select_one(".field-error").text
    assert page.soup.select_one("#reason").text.strip() == "线索准确"


def test_the_panel_stays_away_where_nothing_is_rewarded(client_as, county):
    order = rewards.report(county)

    page = client_as(rewards.proposer(county)).get(f"/complaints/{order.id}")

    assert "举报奖励" not in page.soup.main.text


def test_without_a_reward_the_reporter_reads_of_none(client_as, county):
    order = rewards.report(county)
    rewards.proposed(county, order)

    assert "奖励" not in asked(client_as(), order.tracking_code, rewards.WORD).text
