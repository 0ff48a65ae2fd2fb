"""With what every service that writes begins: whose record it is, and whose right the step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from training_oversight.accounts.models import Authority, Division, Officer
from training_oversight.accounts.permissions import GRANTED, NEVER_LENT, Permission, Role, granted
from training_oversight.errors import NotFound, NotPermitted
from training_oversight.texts import Text


class InDivision(Protocol):
    """A record, an officer: what lies in a division."""

    division_path: Any


Subject = InDivision | Division | Authority


def authorise(by: Officer, subject: Subject, *permissions: Permission) -> None:
    """Raises ``NotFound`` for another ground than the officer's, ``NotPermitted`` for who holds
    none of the permissions.

    Whoever may not see a record does not hear from its refusal that there is one.
    """
    in_scope(by, subject)
    if not by.may_any(permissions):
        raise NotPermitted(_for_others(by, permissions))


def in_scope(by: Officer, subject: Subject) -> None:
    """Only the ground: for what hangs on no right, or on one that is asked next."""
    if not by.scope.covers(_ground(subject)):
        raise NotFound


def _ground(subject: Subject) -> str:
    if isinstance(subject, Division):
        return subject.path
    path: str = subject.division.path if isinstance(subject, Authority) else subject.division_path
    return path


def own_matter(by: Officer, owner_id: int, sentence: Text) -> None:
    """What belongs to one officer is theirs alone, whatever others may do."""
    if by.id != owner_id:
        raise NotPermitted(sentence)


def settings_of(by: Officer, authority: Authority) -> None:
    """What holds for a whole authority is changed by its own administrators, who work for all of
    it: not by one of a township, and not under a lent role."""
    if is_operator(by):
        return
    if by.authority_id != authority.id or not by.may(Permission.MANAGE_CATALOGUE):
        raise NotPermitted(
            Text(
                "The settings of %(authority)s are for its administrators who work for the whole "
                "county, under their own role.",
                authority=authority.name,
            )
        )


def is_operator(by: Officer) -> bool:
    """Who works on the server itself, through its commands."""
    return Role.SYSTEM in by.roles


def operators_matter(by: Officer, sentence: Text) -> None:
    if not is_operator(by):
        raise NotPermitted(sentence)


def _for_others(by: Officer, permissions: Sequence[Permission]) -> Text:
    if not granted(by.delegated_roles).isdisjoint(NEVER_LENT.intersection(permissions)):
        return Text(
            "This is done under one's own role, not a lent one: %(roles)s.",
            roles=roles_with(*permissions),
        )
    return Text("This step is for another role: %(roles)s.", roles=roles_with(*permissions))


def page_for_others(by: Officer, permissions: Sequence[Permission], people: Sequence[str]) -> Text:
    """Whose page it is; who they are, where they are few and of the reader's own county."""
    if not granted(by.delegated_roles).isdisjoint(NEVER_LENT.intersection(permissions)):
        return _for_others(by, permissions)
    roles = roles_with(*permissions)
    if not people:
        return Text("This page is for another role: %(roles)s.", roles=roles)
    return Text(
        "This page is for another role: %(roles)s (%(people)s).",
        roles=roles,
        people="、".join(people),
    )


def roles_with(*permissions: Permission) -> Listed:
    """Whom to turn to. The system's own role is nobody."""
    return Listed(
        role.label
        for role, held in GRANTED.items()
        if not held.isdisjoint(permissions) and role is not Role.SYSTEM
    )


@dataclass(frozen=True, init=False)
class Listed:
    """Labels joined when they are shown."""

    labels: tuple[Text, ...]

    def __init__(self, labels: Iterable[Text]) -> None:
        object.__setattr__(self, "labels", tuple(labels))

    def __str__(self) -> str:
        return " · ".join(map(str, self.labels))
