"""What an officer leaves behind who ends their service: the areas above know it."""

from __future__ import annotations

from training_oversight.texts import Text
from training_oversight.web.contributions import FactName

WORK_LEFT = FactName[Text]("work_left")
