"""What somebody without an account tells the county, in three parts of one form.

What was typed in the other parts travels in the page: without an account there is nowhere else to
keep it that would not outlive a closed window.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField

from training_oversight.complaints import pinned
from training_oversight.complaints.kinds import ComplaintKind
from training_oversight.complaints.pinned import Pinned
from training_oversight.files.fields import StrangersPhotos
from training_oversight.texts import Text
from training_oversight.web.choices import listed, member
from training_oversight.web.forms import AtMost, OversightForm, Required

SHORTEST_WORD = 4
# A petition (信访) has a way and a law of its own.
TOLD_HERE = {
    ComplaintKind.REPORT: Text("Report that a place breaks the rules"),
    ComplaintKind.COMPLAINT: Text("Complain: fees, refunds, contracts"),
    ComplaintKind.HELP: Text("Ask for help"),
    ComplaintKind.INQUIRY: Text("Ask a question"),
}
# In the list of townships: what is none.
UNKNOWN, ELSEWHERE = "unknown", "elsewhere"


class TellForm(Pinned, OversightForm):
    """Where; what and when, with photos; who."""

    # The county by its code, the record that the link named, and the part that was just filled in.
    county = HiddenField()
    at = HiddenField()
    part = HiddenField(default="1")
    # A person never sees it; what fills in forms by itself fills in this one too.
    website = StringField(Text("Leave this empty"))
    place = StringField(
        Text("Name of the place, or where it is"),
        validators=[
            Required(Text("Write the name of the place, or how to find it.")),
            AtMost(200),
        ],
        description=Text(
            "If it has no name that you know: road, building, floor, what stands beside it."
        ),
    )
    township = SelectField(
        Text("Township or street"),
        validators=[Required(Text("Choose the township; if you do not know it, say so."))],
    )
    position = pinned.position()
    datum = pinned.datum()
    kind = RadioField(
        Text("What you want of us"),
        coerce=member(ComplaintKind),
        choices=listed((one.value, words) for one, words in TOLD_HERE.items()),
        validators=[Required(Text("Choose what you want of us."))],
    )
    words = TextAreaField(
        Text("What happened"),
        validators=[Required(Text("Write what happened.")), AtMost(5000)],
        description=Text(
            "What you saw or paid. Names and telephone numbers of your own belong on the next page."
        ),
    )
    happened = StringField(
        Text("When it happened"),
        validators=[AtMost(200)],
        description=Text("For example: every Saturday morning, or since last month."),
    )
    wanted = StringField(Text("What you would like us to do"), validators=[AtMost(500)])
    photos = StrangersPhotos(
        Text("Photos"),
        description=Text(
            "At most 9. Where and with which phone they were taken is removed when we receive them."
        ),
    )
    anonymous = RadioField(
        Text("May we reach you?"),
        choices=listed(
            [
                ("no", Text("Yes, I leave a name and a way to reach me")),
                ("yes", Text("No, I stay anonymous")),
            ]
        ),
        validators=[Required(Text("Choose whether we may reach you."))],
        description=Text(
            "Kept under a key, read by the desk and by who handles it alone, and each look is "
            "recorded. The place that you tell us of does not learn it."
        ),
    )
    name = StringField(Text("Your name"), validators=[AtMost(50)])
    phone = StringField(Text("Telephone"), validators=[AtMost(40)])
    reach = StringField(Text("Another way to reach you"), validators=[AtMost(100)])
    secret = StringField(
        Text("A word of your own"),
        validators=[
            Required(Text("Choose a word of your own; you need it to see what became of it.")),
            AtMost(40),
        ],
        description=Text(
            "At least 4 characters that nobody else guesses. With it and the code that you are "
            "given you see what became of it. Nobody can tell it to you again."
        ),
    )

    parts: Mapping[int, tuple[str, ...]] = {
        1: ("place", "township", "position", "datum"),
        2: ("kind", "words", "happened", "wanted", "photos"),
        3: ("anonymous", "name", "phone", "reach", "secret"),
    }

    @property
    def sent_part(self) -> int:
        """Which part was before the reader."""
        typed = self.part.data or ""
        return int(typed) if typed in {"1", "2", "3"} else 1

    def holds(self, part: int) -> bool:
        """Whether what stands in one part can be used; photos of it are kept either way."""
        fields = [self[name] for name in self.parts[part] if name in self]
        wrong = [one for one in fields if not one.validate(self, self._own_checks(one.name))]
        return not wrong

    def _own_checks(self, name: str) -> list[object]:
        """What the form itself asks of a field, as its whole validation would."""
        found = getattr(type(self), f"validate_{name}", None)
        return [found] if found is not None else []

    def faulty_part(self) -> int:
        """The first part in which something is wrong, else the last."""
        wrong = (
            part
            for part, names in self.parts.items()
            if any(self[name].errors for name in names if name in self)
        )
        return next(wrong, max(self.parts))

    def show(self, part: int) -> None:
        """Put this part before the reader; what is wrong in another is said there."""
        self.part.data = str(part)
        for other, names in self.parts.items():
            for name in names:
                if other != part and name in self:
                    self[name].errors = []

    def carried(self, part: int) -> Iterator[tuple[str, str]]:
        """What was typed in the other parts, as it was typed."""
        for other, names in self.parts.items():
            for name in names:
                if other != part and name in self and name != self.photos.name:
                    typed = self[name].raw_data
                    if typed and typed[0]:
                        yield name, str(typed[0])


class TrackForm(OversightForm):
    # What was typed on a page whose visit had ended.
    kept = HiddenField()
    code = StringField(
        Text("Tracking code"),
        validators=[Required(Text("Enter the code that you were given.")), AtMost(40)],
        description=Text("Ten figures; spaces do not matter."),
    )
    secret = StringField(
        Text("The word of your own"),
        validators=[Required(Text("Enter the word that you chose.")), AtMost(40)],
    )

    @property
    def digits(self) -> str:
        """The figures of the code, however they were grouped or wide."""
        typed = unicodedata.normalize("NFKC", self.code.data or "")
        return "".join(sign for sign in typed if sign.isdecimal())


class AskForm(OversightForm):
    question = TextAreaField(
        Text("What you want to know"),
        validators=[Required(Text("Write what you want to know.")), AtMost(500)],
        description=Text(
            "It stands on the tracking page. Ask for what is missing, not for who they are."
        ),
    )


class ReadForm(OversightForm):
    """That a reply was read needs nothing typed."""


class ReplyForm(OversightForm):
    reply = TextAreaField(
        Text("Your reply"),
        validators=[Required(Text("Write your reply.")), AtMost(2000)],
        description=Text("Only our desk and who handles it read it."),
    )
