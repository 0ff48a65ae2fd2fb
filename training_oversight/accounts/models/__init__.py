"""Who works with the system, for which authority, in which division."""

from training_oversight.accounts.models.ground import (
    Authority,
    Department,
    Division,
    DivisionLevel,
    InDivision,
    Scope,
)
from training_oversight.accounts.models.officers import (
    NO_ROLE,
    Delegation,
    Lender,
    Loan,
    Officer,
    OfficerRole,
)
from training_oversight.accounts.models.own import OfficerSession, SavedFilter
from training_oversight.accounts.models.rights import Decision, RightsProposal

__all__ = [
    "NO_ROLE",
    "Authority",
    "Decision",
    "Delegation",
    "Department",
    "Division",
    "DivisionLevel",
    "InDivision",
    "Lender",
    "Loan",
    "Officer",
    "OfficerRole",
    "OfficerSession",
    "RightsProposal",
    "SavedFilter",
    "Scope",
]
