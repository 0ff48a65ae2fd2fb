"""No form states a fact or names a person before the officer does."""

import importlib
import pkgutil
from itertools import chain

from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.core import UnboundField

import training_oversight
from training_oversight.web.choices import ToChoose
from training_oversight.web.forms import OversightForm, PartForm

# What stands chosen in a new form all the same: how something is typed or laid out, what the
# county calls its own entries, what is to be done; never what was, nor who.
NOT_A_FACT = {
    "AskedForm.unit": "the unit of a period that is typed beside it",
    "LimitForm.unit": "the unit of a period that is typed beside it",
    "LimitForm.limit": "how the limit is typed",
    "RegisterForm.limit": "no limit yet",
    "ProblemFields.handling": "what is to be done: the problem waits for its decision",
    "PersonsForm.officer_in_charge_id": "of an item that is corrected: who it is",
    "QuestionedFields.item": "begins with “none of them”",
    "PlaceForm.datum": "how a position was read; it begins with “not known”",
    "RecheckForm.visit_id": "begins with “no visit”",
    "PlaceFields.place_kind": "begins with “not known yet”",
    "PlaceFields.place_premises": "begins with “not known yet”",
    "BeginForm.checklist_id": "which questions are asked; nothing is answered",
    "ConversionForm.from_kind_code": "begins with “not known”",
    "ConversionForm.to_kind_code": "begins with “not known”",
    "ConversionForm.from_legal_form": "begins with “not known”",
    "ConversionForm.to_legal_form": "begins with “not known”",
    "LicenceEventForm.grade": "begins with “no grade”",
    "InstitutionForm.division_id": "begins with “not known”",
    "InstitutionForm.kind_code": "begins with “not known”",
    "InstitutionForm.industry_department_id": "begins with “not known”",
    "InstitutionForm.officer_in_charge_id": "begins with “not known”",
    "TaskForm.department_id": "begins with “choose”",
    "ReturnForm.department_id": "begins with “choose”",
    "DelegationForm.taker_id": "begins with “choose”",
    "AssignForm.department_id": "begins with “choose”",
    "AssignForm.handler_id": "begins with “choose”: nobody is named",
    "DecideForm.department_id": "begins with “choose”",
    "HandForm.handler_id": "begins with “everybody of the department”: nobody is named",
    "ToldForm.township": "begins with “choose”",
    "ToldForm.violation": "begins with “not clear yet”",
    "ObjectForm.department_id": "begins with “choose”",
    "TellForm.township": "begins with “choose”",
    "VisitForm.visit": "begins with “choose”",
    "EditForm.recipient": "what the draft says, and its effect admits",
}


def _forms(base):
    return chain([base], *(_forms(one) for one in base.__subclasses__()))


def _all_forms():
    for found in pkgutil.walk_packages(training_oversight.__path__, "training_oversight."):
        if ".forms" in found.name or found.name.endswith(".forms"):
            importlib.import_module(found.name)
    return {*_forms(OversightForm), *_forms(PartForm)}


def _presets():
    seen = set()
    for form in _all_forms():
        for owner in form.__mro__:
            for name, field in vars(owner).items():
                if isinstance(field, UnboundField) and _stands_chosen(field):
                    seen.add(f"{owner.__name__}.{name}")
    return seen


def _stands_chosen(field):
    if issubclass(field.field_class, RadioField | BooleanField):
        return bool(field.kwargs.get("default"))
    choices = field.kwargs.get("choices")
    begins_empty = isinstance(choices, list) and choices[0].value == ""
    # Of several boxes none is ticked by itself.
    free = (ToChoose, SelectMultipleField)
    chosen = issubclass(field.field_class, SelectField) and not issubclass(field.field_class, free)
    return chosen and not begins_empty


# Settings of the county and of the program, and lists to be read or written: no facts of a case.
ELSEWHERE = ("catalogue.", "exports.", "doubles.", "maps.", "intake.", "web.design")


def test_no_choice_stands_made_in_a_new_form():
    modules = {f"{one.__name__}.{name}": one.__module__ for one in _owners() for name in vars(one)}
    found = {
        name
        for name in _presets()
        if not modules[name].removeprefix("training_oversight.").startswith(ELSEWHERE)
    }

    assert sorted(found - NOT_A_FACT.keys()) == []


def _owners():
    return {owner for form in _all_forms() for owner in form.__mro__}
