"""Frozen content in, PDF or .docx out. Pure: no tables, no session, no request.

What a notice says is frozen as JSON when it is approved; the paper can be
printed from it on any day after, and looks the same.
"""

from __future__ import annotations

from training_oversight.documents.content import (
    FrozenContent,
    NoticeContent,
    Particular,
    Person,
    PrintedAnswer,
    PrintedRecipient,
    Requirement,
    ServiceReceiptContent,
    VisitMinutesContent,
    canonical_json,
    content_hash,
)
from training_oversight.documents.rendering import docx, pdf, render
from training_oversight.documents.signs import GETA

__all__ = [
    "GETA",
    "FrozenContent",
    "NoticeContent",
    "Particular",
    "Person",
    "PrintedAnswer",
    "PrintedRecipient",
    "Requirement",
    "ServiceReceiptContent",
    "VisitMinutesContent",
    "canonical_json",
    "content_hash",
    "docx",
    "pdf",
    "render",
]
