"""What a refused form says of its files is so."""

import io

import pytest
import sqlalchemy as sa

from tests.factories.uploads import photo
from tests.journeys.answers import refusal, rows
from tests.journeys.forms_with_files import WITH_FILES
from training_oversight.files.fields import EvidenceField
from training_oversight.files.models import Attachment, PendingFile
from training_oversight.web.forms import OversightForm


def test_these_are_all_forms_that_take_files(app):
    forms = {
        one
        for one in subclasses(OversightForm)
        if one.__module__.startswith("training_oversight")
        for name in dir(one)
        if getattr(getattr(one, name), "field_class", None) is EvidenceField
    }

    # A problem is entered and changed in one form; the last two are only the ground of others.
    assert {one.__name__ for one in forms} == {
        "EnteredForm", "PhotosForm", "ProblemForm", "OtherProblemForm", "ServeForm", "FailedForm",
        "ReportForm", "VerifyForm", "DirectForm", "RecheckForm", "AttemptForm",
        "IntakeForm", "LeadForm", "AnswerForm", "SecondForm", "PartForm", "PapersForm",
        "NotPossibleForm",
    }  # fmt: skip


def subclasses(one):
    return {one} | {each for child in one.__subclasses__() for each in subclasses(child)}


@pytest.mark.parametrize("form", sorted(WITH_FILES.keys() - {"photos"}))
def test_what_a_refused_form_says_it_has_received_is_there(client_as, county, session, form):
    officer, url, field, answers, typed_in = WITH_FILES[form](county)
    sent = [(io.BytesIO(photo()), "好.png"), (io.BytesIO(b"text"), "坏.jpg")]

    page = client_as(officer).submit(url, 422, **answers, **{field: sent})

    assert "坏.jpg" in refusal(page)
    lines = page.soup.select("li[data-pending]")
    held = {str(one.id): one.name for one in session.scalars(sa.select(PendingFile))}
    assert {one["data-pending"]: one.select_one(".file-name").text for one in lines} == held
    assert list(held.values()) == ["好.png"]
    assert answers[typed_in] in str(page.soup.select_one(f"[name={typed_in}]"))
    assert rows(session, Attachment) == 0
