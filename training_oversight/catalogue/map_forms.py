"""What an administrator may type about the map."""

from __future__ import annotations

from wtforms import FileField, IntegerField, PasswordField, RadioField, SelectField, StringField
from wtforms.validators import ValidationError

from training_oversight.catalogue.forms import NeededBetween
from training_oversight.catalogue.map_settings import (
    LONGEST_ADDRESS,
    SERVICES,
    TILE_DATUMS,
    GeocoderChoice,
    Tiles,
    check_tiles,
)
from training_oversight.errors import BadInput
from training_oversight.places import Datum
from training_oversight.places.geocoding import GeocodingService
from training_oversight.texts import Text
from training_oversight.web.forms import AtMost, OversightForm, Required

FASTEST = 20
OFF = ""
LONGEST_APPROVAL, LONGEST_ATTRIBUTION, LONGEST_KEY = 60, 100, 200
NO_APPROVAL = Text("Enter the approval number of the map.")
APPROVAL = Text("Approval number (审图号)")


def _address(label: Text, hint: Text) -> StringField:
    return StringField(label, description=hint, validators=[AtMost(LONGEST_ADDRESS)])


class TilesForm(OversightForm):
    address = _address(
        Text("Address of the map's squares"),
        Text("With {z}, {x} and {y}. Empty: a plain ground, nothing is fetched from outside."),
    )
    labels = _address(
        Text("Address of the squares with names"),
        Text("For services that keep names apart, as Tianditu does."),
    )
    datum = SelectField(
        Text("Coordinates of the map"),
        coerce=Datum,
        choices=lambda: [(datum, datum.label) for datum in TILE_DATUMS],
        description=Text("Baidu's squares are cut in another way and cannot be laid here."),
    )
    attribution = StringField(
        Text("Source as it must stand on the map"),
        validators=[AtMost(LONGEST_ATTRIBUTION)],
    )
    approval = StringField(
        APPROVAL,
        description=Text("As the map's publisher gives it. It is shown on the map."),
        validators=[AtMost(LONGEST_APPROVAL)],
    )

    def validate_address(self, field: StringField) -> None:
        _can_be_laid(field.data)
        if self.labels.data and not field.data:
            raise ValidationError(Text("Names need a map below them."))

    def validate_labels(self, field: StringField) -> None:
        _can_be_laid(field.data)

    def validate_approval(self, field: StringField) -> None:
        if self.address.data and not field.data:
            raise ValidationError(NO_APPROVAL)

    def tiles(self) -> Tiles | None:
        if not self.address.data:
            return None
        return Tiles(
            address=self.address.data,
            labels=self.labels.data or "",
            datum=self.datum.data,
            attribution=self.attribution.data or "",
            approval=self.approval.data,
        )


class OutlineForm(OversightForm):
    outline = FileField(
        Text("Outline file"),
        description=Text("GeoJSON with one or more surfaces, at most 4 MB and 20,000 points."),
        validators=[Required(Text("Choose the file of the outline."))],
    )
    datum = SelectField(
        Text("Coordinates of the file"),
        coerce=Datum,
        choices=Datum.choices,
        description=Text("Outlines from Amap's tools are GCJ-02. They are kept as WGS-84."),
    )
    approval = StringField(
        APPROVAL,
        description=Text("Of the map that the outline is taken from. It is shown on the map."),
        validators=[Required(NO_APPROVAL), AtMost(LONGEST_APPROVAL)],
    )


class GeocoderForm(OversightForm):
    service = RadioField(
        Text("Map service"),
        choices=lambda: [(OFF, Text("Off: no address leaves the office")),
                         *GeocodingService.choices()],
        default=OFF,
    )  # fmt: skip
    key = PasswordField(Text("Key"), validators=[AtMost(LONGEST_KEY)])
    per_second = IntegerField(
        Text("Questions a second"),
        default=1,
        description=Text("Not more than your contract with the service allows."),
        validators=[NeededBetween(1, FASTEST)],
    )

    def choice(self) -> GeocoderChoice | None:
        if self.service.data == OFF:
            return None
        return GeocoderChoice(SERVICES[self.service.data], self.per_second.data)


def _can_be_laid(address: str | None) -> None:
    if not address:
        return
    try:
        check_tiles(address)
    except BadInput as error:
        raise ValidationError(error.text) from error
