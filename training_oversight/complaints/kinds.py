"""What a complaint can be: how it came, what it asks, and what an answer says of it."""

from __future__ import annotations

from training_oversight.texts import LabelledEnum, Text


class Channel(LabelledEnum):
    PHONE = "phone", Text("By telephone")
    WEB = "web", Text("Web form")
    CENTRE = "centre", Text("12345 hotline")
    LETTER = "letter", Text("By letter")
    VISIT = "visit", Text("In person")
    EMAIL = "email", Text("E-mail")
    SCHOOL = "school", Text("Handed on by a school")


# How a person of the desk can take one in; web forms and lists of the centre come by themselves.
TYPED_IN = (
    *(Channel.PHONE, Channel.VISIT, Channel.LETTER),
    *(Channel.EMAIL, Channel.SCHOOL, Channel.CENTRE),
)


class ComplaintKind(LabelledEnum):
    INQUIRY = "inquiry", Text("Inquiry")
    HELP = "help", Text("Request for help")
    COMPLAINT = "complaint", Text("Complaint of a consumer")
    REPORT = "report", Text("Report of a violation")
    PETITION = "petition", Text("Petition")


class Truth(LabelledEnum):
    """是否属实: whether what was said proved true."""

    TRUE = "true", Text("Proved true")
    PARTLY = "partly", Text("Partly confirmed")
    NOT = "not", Text("Not confirmed")
    NOT_EXAMINED = "not_examined", Text("Nothing to examine")


class Step(LabelledEnum):
    """What is owed by a day."""

    ACCEPT = "accept", Text("Acceptance owed")
    ANSWER = "answer", Text("Answer owed")


class LimitBasis(LabelledEnum):
    """Why the day is what it is."""

    COUNTY = "county", Text("The county's limit")
    ORDER = "order", Text("The outside order's own limit")
    EXTENSION = "extension", Text("Extension")
    REDONE = "redone", Text("New limit after the answer was sent back")
    MERGED = "merged", Text("Earlier day of an order that was merged into it")


class CalledBy(LabelledEnum):
    OFFICE = "office", Text("Called back by us")
    CENTRE = "centre", Text("Called back by the 12345 centre")


class Satisfaction(LabelledEnum):
    """What the call-back brought. Nothing is taken for consent that nobody said."""

    SATISFIED = "satisfied", Text("Satisfied")
    DISSATISFIED = "dissatisfied", Text("Not satisfied")
    NOT_SAID = "not_said", Text("Reached, did not say")
    NOT_REACHED = "not_reached", Text("Not reached")
    NOT_WANTED = "not_wanted", Text("Wants no call-back")


class RequestKind(LabelledEnum):
    """What is asked of the 12345 centre, which decides. The clock runs meanwhile."""

    EXTENSION = "extension", Text("More time")
    RETURN = "return", Text("Return to the centre")


class RequestResult(LabelledEnum):
    GRANTED = "granted", Text("The centre agrees")
    REFUSED = "refused", Text("The centre does not agree")
