"""Photos of a phone: signed for by their hash, kept byte for byte, shown upright."""

import io
import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa
from PIL import Image

from tests.factories.field import Phone, act, exported, problem
from tests.factories.inspections import checklist, visit_under_way
from tests.factories.uploads import heavy_photo, photo
from training_oversight import clock, database
from training_oversight.field import service
from training_oversight.field.models import FieldPhoto
from training_oversight.files import storage
from training_oversight.files.models import Attachment, StoredFile
from training_oversight.files.pending import KEPT
from training_oversight.inspections.models import Finding


@pytest.fixture
def officer(county):
    return county.officer()


@pytest.fixture
def phone(client_as, officer):
    return Phone(client_as(officer), officer)


@pytest.fixture
def visit(county, officer):
    return visit_under_way(county, by=officer, officers=[officer])


def turned(size=(40, 30)):
    """A photo of a phone that was held upright: the notes say how to turn it."""
    target = io.BytesIO()
    notes = Image.Exif()
    notes[0x0112] = 6
    Image.new("RGB", size).save(target, "JPEG", exif=notes)
    return target.getvalue()


def attached(county, kind, key):
    wanted = sa.select(Attachment).where(
        Attachment.subject_kind == kind, Attachment.subject_id == key
    )
    return county.session.scalars(wanted).all()


def test_a_photo_keeps_its_bytes_its_time_and_its_place(county, phone, visit, app):
    content, at = turned(), clock.now() - timedelta(minutes=3)
    sha256 = phone.photo(content)

    told = phone.say(
        act("photo", visit=visit, at=at, sha256=sha256, camera_sha256="a" * 64, name="门头.jpg",
            latitude=29.56, longitude=106.55, accuracy=12)
    )  # fmt: skip

    assert told["outcome"] == "taken"
    [one] = county.session.scalars(sa.select(FieldPhoto))
    [file] = attached(county, "visit", visit.id)
    assert (one.attachment_id, one.taken_at, one.accuracy) == (file.id, at, 12)
    assert (one.sha256, one.camera_sha256) == (sha256, "a" * 64)
    with storage.open_stored(app.config["DATA_DIR"], one.sha256) as stream:
        assert stream.read() == content
    view = county.session.get_one(StoredFile, one.view_sha256)
    assert (view.width, view.height) == (30, 40)
    assert (file.name, file.sha256) == ("门头.jpg", one.view_sha256)


def test_a_photo_of_a_problem_hangs_on_the_problem(county, phone, visit):
    key, sha256 = uuid.uuid4(), phone.photo(photo(kind="JPEG"))

    phone.send(
        problem(county, visit, of=key, item=checklist(county).items[0]["code"]),
        act("photo", visit=visit, sha256=sha256, name="p.jpg", problem=str(key)),
    )

    [one] = county.session.scalars(sa.select(Finding).where(Finding.visit_id == visit.id))
    assert [file.name for file in attached(county, "finding", one.id)] == ["p.jpg"]


def test_sent_twice_it_is_one_photo(county, phone, visit):
    content, key = photo(kind="JPEG"), uuid.uuid4()
    phone.photo(content)
    sha256 = phone.photo(content)
    shown = act("photo", visit=visit, key=key, sha256=sha256, name="p.jpg")

    assert [phone.say(shown)["outcome"], phone.say(shown)["outcome"]] == ["taken", "again"]
    assert len(attached(county, "visit", visit.id)) == 1


def test_bytes_that_were_damaged_on_the_way_are_not_signed_for(county, phone):
    content = photo(kind="JPEG")

    sentence = phone.photo(content[:-5], sha256="0" * 64, status=422)

    assert "再发一次" in sentence
    assert county.session.scalars(sa.select(FieldPhoto)).all() == []


@pytest.mark.parametrize(
    "content", [b"", b"%!PS no photo", b"\xff\xd8\xff\xe0 cut off"], ids=["empty", "text", "cut"]
)
def test_what_is_no_photo_is_refused_with_a_sentence(phone, content):
    assert phone.photo(content, status=422)


def test_a_photo_that_the_office_has_not_got_is_not_attached(county, phone, visit):
    told = phone.say(act("photo", visit=visit, sha256="f" * 64, name="p.jpg"))

    assert told["outcome"] == "refused"
    assert attached(county, "visit", visit.id) == []


def test_a_photo_that_came_after_the_end_is_there_all_the_same(county, phone, visit):
    sha256 = phone.photo(photo(kind="JPEG"))
    end = act("finish", visit=visit, representative="", representative_role="", statement="",
              minutes="", unanswered_reason="停电", whys={})  # fmt: skip

    told = phone.say(end, act("photo", visit=visit, sha256=sha256, name="p.jpg"))

    assert told["outcome"] == "taken"
    assert len(attached(county, "visit", visit.id)) == 1


def test_what_no_act_takes_up_is_let_go_of_after_a_month(county, phone, visit, at):
    used, unused = phone.photo(photo(kind="JPEG")), phone.photo(photo(kind="JPEG", color=9))
    phone.say(act("photo", visit=visit, sha256=used, name="p.jpg"))
    at(clock.now() + KEPT + timedelta(days=1))

    with database.transaction() as session:
        assert service.forget(session, now=clock.now()) == 1

    assert [one.sha256 for one in county.session.scalars(sa.select(FieldPhoto))] == [used]
    assert county.session.get(StoredFile, unused) is None


def imported(phone, content):
    return phone.browser.submit("/field/import", file=(io.BytesIO(content), "field-1.json"))


def test_a_file_that_the_phone_wrote_is_read_and_checked_the_same_way(county, phone, visit):
    content = photo(kind="JPEG")
    code = checklist(county).items[0]["code"]
    phone_says = (
        act("answer", visit=visit, item=code, answer="yes", base=""),
        act("answer", visit=visit, item="unknown", answer="yes", base=""),
    )
    file = exported(phone, *phone_says, files=[content])

    page = imported(phone, file)
    twice = imported(phone, file)

    assert "已收下" in page.text
    assert "unknown" in page.text
    assert "此前已收下" in twice.text
    assert [one.answer.value for one in visit.answers] == ["yes"]
    assert len(county.session.scalars(sa.select(FieldPhoto)).all()) == 1


def test_another_file_or_another_officers_is_refused(county, phone, visit, client_as):
    colleague = county.officer()
    foreign = exported(Phone(phone.browser, colleague))

    wrong = phone.browser.submit("/field/import", status=422, file=(io.BytesIO(b"{}"), "list.json"))
    theirs = phone.browser.submit(
        "/field/import", status=422, file=(io.BytesIO(foreign), "field-2.json")
    )
    none = phone.browser.submit("/field/import", status=422)

    assert "field-" in wrong.text
    assert colleague.name in theirs.text
    assert "请选择" in none.text


def test_a_film_of_a_phone_is_its_own_view(county, phone, visit):
    film = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 640
    sha256 = phone.photo(film, "VID_1.mp4")

    phone.say(act("photo", visit=visit, sha256=sha256, name="VID_1.mp4"))

    [file] = attached(county, "visit", visit.id)
    assert (file.sha256, file.file.media_type) == (sha256, "video/mp4")
    shown = phone.browser.get(f"/visits/{visit.id}/files/{file.id}")
    assert shown.data == film
    shown.close()


def test_a_photo_of_an_iphone_is_kept_and_shown_as_a_jpeg(county, phone, visit):
    target = io.BytesIO()
    Image.new("RGB", (60, 40)).save(target, "HEIF")
    sha256 = phone.photo(target.getvalue(), "IMG_1.HEIC")

    phone.say(act("photo", visit=visit, sha256=sha256, name="IMG_1.HEIC"))

    [file] = attached(county, "visit", visit.id)
    [kept] = county.session.scalars(sa.select(FieldPhoto))
    assert (kept.sha256, file.file.media_type) == (sha256, "image/jpeg")


def test_a_photo_of_a_problem_that_never_came_waits_for_it(county, phone, visit):
    sha256 = phone.photo(photo(kind="JPEG"))

    told = phone.say(
        act("photo", visit=visit, sha256=sha256, name="p.jpg", problem=str(uuid.uuid4()))
    )

    assert (told["outcome"], "还没有被收下" in told["sentence"]) == ("refused", True)


def test_a_photo_that_is_too_large_says_so(phone):
    assert "20" in phone.photo(heavy_photo(21), status=413)
