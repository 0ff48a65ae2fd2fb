"""What a phone sends, made as its page makes it."""

import base64
import hashlib
import json
import uuid
from datetime import timedelta

import sqlalchemy as sa

from tests.factories.inspections import checklist, violation_type
from tests.factories.uploads import photo
from training_oversight import clock, database
from training_oversight.field.models import FieldPhoto


def act(kind, *, visit=None, begun=None, at=None, key=None, **told):
    """One act: of a visit that the office planned, or of one that the phone began."""
    whose = {"visit_id": visit.id} if visit is not None else {"visit_key": str(begun)}
    when = (at or clock.now()).isoformat()
    return {"key": str(key or uuid.uuid4()), "kind": kind, "at": when, **whose, **told}


def begin(county, place, begun, **told):
    asked = {
        "institution_id": place.id,
        "visit_kind": "routine",
        "checklist_id": checklist(county).id,
    }
    return act("start", begun=begun, **(asked | told))


def problem(county, visit, *, of=None, **told):
    values = {
        "problem": str(of or uuid.uuid4()), "violation_type_id": violation_type(county).id,
        "severity": "serious", "facts": "收据12张，其中4张为半年卡。",
        "handling": "ledger", "note": "",
    }  # fmt: skip
    return act("problem", visit=visit, **(values | told))


class Phone:
    """The phone of one officer who is signed in on it."""

    def __init__(self, browser, officer, *, slow=timedelta()):
        self.browser, self.officer, self.slow = browser, officer, slow
        self.token = {"X-CSRFToken": browser.http.get("/field/who").json["token"]}

    def envelope(self, *acts, officer=None):
        whose = officer or self.officer
        now = (clock.now() - self.slow).isoformat()
        return {
            "officer": whose.id,
            "officer_name": whose.name,
            "phone_now": now,
            "acts": list(acts),
        }

    def send(self, *acts, status=200, officer=None):
        """The whole answer."""
        reply = self.browser.http.post(
            "/field/acts",
            json=self.envelope(*acts, officer=officer),
            headers=self.token,
        )
        assert reply.status_code == status, reply.text
        return reply.json

    def say(self, *acts):
        """The answer to the last of the acts."""
        return self.send(*acts)["acts"][-1]

    def photo(self, content, name="IMG_1.jpg", sha256=None, status=200, officer=None):
        named = sha256 or hashlib.sha256(content).hexdigest()
        reply = self.browser.http.post(
            f"/field/files/{named}",
            data=content,
            headers=self.token | {"X-Officer": str((officer or self.officer).id), "X-Name": name},
        )
        assert reply.status_code == status, reply.text
        return named if status == 200 else reply.json["sentence"]


def exported(phone, *acts, files=()):
    """The file that a phone writes as the last way out."""
    pictures = [
        {
            "sha256": hashlib.sha256(one).hexdigest(),
            "name": "IMG_9.jpg",
            "base64": base64.b64encode(one).decode(),
        }
        for one in files
    ]
    return json.dumps(phone.envelope(*acts) | {"files": pictures}).encode()


def photo_of(browser, officer, visit):
    """A photo that a phone has sent and put under the visit."""
    phone = Phone(browser, officer)
    sha256 = phone.photo(photo(kind="JPEG", color=7))
    phone.say(act("photo", visit=visit, sha256=sha256, name="门头.jpg"))
    wanted = sa.select(FieldPhoto).filter_by(officer_id=officer.id, sha256=sha256)
    return database.current_session().scalars(wanted).one()
