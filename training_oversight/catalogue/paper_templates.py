"""Which templates of papers there are, and for which effects, as notices tell it from above."""

from __future__ import annotations

from dataclasses import dataclass

from training_oversight.catalogue.models import Effect
from training_oversight.declared import Declared
from training_oversight.errors import BadInput
from training_oversight.texts import Text


@dataclass(frozen=True)
class PaperTemplate:
    """The words that a type of notice is printed in; ``effects`` are those that they suit."""

    code: str
    label: Text
    effects: frozenset[Effect]


# The area that prints notices declares them.
KNOWN: Declared[PaperTemplate] = Declared(lambda template: template.code)
declare = KNOWN.declare


def check(code: str, effect: str) -> None:
    """Raises ``BadInput`` for a template that is unknown or says something else."""
    if sentence := _fault(code, effect):
        raise BadInput(sentence, {"template_code": sentence})


def _fault(code: str, effect: str) -> Text | None:
    """Why a type of notice with this effect cannot be printed in this template."""
    template = KNOWN.get(code)
    if template is None:
        return Text(
            "There is no template “%(code)s” of papers here. Choose another for this type of "
            "notice on the settings pages.",
            code=code,
        )
    if effect not in template.effects:
        return Text(
            "“%(template)s” does not say what “%(effect)s” does. Choose another template.",
            template=template.label,
            effect=Effect(effect),  # type: ignore[call-arg]
        )
    return None
