"""What is kept of forms that were carried out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from training_oversight.database import Base, JsonList


class FormReceipt(Base):
    """That a form was carried out, and which page shows the result."""

    __tablename__ = "form_receipt"

    token: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    url: Mapped[str] = mapped_column(default="/")
    # What was said on it, as (kind, sentence): said again to who pressed twice.
    said: Mapped[JsonList] = mapped_column(default=list)
