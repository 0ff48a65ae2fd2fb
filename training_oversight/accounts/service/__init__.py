"""Verbs of the accounts: signing in, officers, lending roles, founding counties."""

from __future__ import annotations

from training_oversight.accounts.service.counties import (
    USUAL_DEPARTMENTS,
    CountyDraft,
    found_county,
)
from training_oversight.accounts.service.delegations import delegate, take_back
from training_oversight.accounts.service.officers import (
    USERNAME_SENTENCE,
    add,
    change,
    change_authority,
    change_password,
    check_at_work,
    choose,
    end_service,
    ensure_system,
    resume_service,
)
from training_oversight.accounts.service.rights import confirm, refuse, withdraw
from training_oversight.accounts.service.saved import (
    change_saved,
    keep_columns,
    remove_saved,
    save_filter,
)
from training_oversight.accounts.service.sessions import (
    NOTED_EVERY,
    SESSION_LASTS,
    note_wrong_passwords,
    sign_in,
    sign_out,
    sign_out_everywhere,
    sign_out_others,
    token_hash,
    use,
)

__all__ = [
    "NOTED_EVERY",
    "SESSION_LASTS",
    "USERNAME_SENTENCE",
    "USUAL_DEPARTMENTS",
    "CountyDraft",
    "add",
    "change",
    "change_authority",
    "change_password",
    "change_saved",
    "check_at_work",
    "choose",
    "confirm",
    "delegate",
    "end_service",
    "ensure_system",
    "found_county",
    "keep_columns",
    "note_wrong_passwords",
    "refuse",
    "remove_saved",
    "resume_service",
    "save_filter",
    "sign_in",
    "sign_out",
    "sign_out_everywhere",
    "sign_out_others",
    "take_back",
    "token_hash",
    "use",
    "withdraw",
]
