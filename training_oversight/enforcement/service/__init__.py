"""The verbs of joint enforcement. The machine raises; a person convenes and concludes."""

from training_oversight.enforcement.service.cases import (
    add_items,
    conclude,
    convene,
    open_by_hand,
    remove_item,
    set_aside,
)
from training_oversight.enforcement.service.raising import raise_items
from training_oversight.enforcement.service.tasks import (
    accept,
    cancel,
    check_not_asked,
    draft_task,
    edit_task,
    insist,
    redirect,
    release,
    report,
    return_,
)

__all__ = [
    "accept",
    "add_items",
    "cancel",
    "check_not_asked",
    "conclude",
    "convene",
    "draft_task",
    "edit_task",
    "insist",
    "open_by_hand",
    "raise_items",
    "redirect",
    "release",
    "remove_item",
    "report",
    "return_",
    "set_aside",
]
