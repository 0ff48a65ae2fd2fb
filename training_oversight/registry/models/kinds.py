"""What an institution, its places and its papers can be, and what can happen to a paper."""

from __future__ import annotations

from training_oversight.texts import LabelledEnum, Text


class LegalForm(LabelledEnum):
    COMPANY = "company", Text("Company")
    NON_ENTERPRISE = "non_enterprise", Text("Private non-enterprise unit")
    INDIVIDUAL = "individual", Text("Individual business")
    UNREGISTERED = "unregistered", Text("Not registered")


class Stage(LabelledEnum):
    PRESCHOOL = "preschool", Text("Ages 3 to 6")
    PRIMARY = "primary", Text("Primary school")
    JUNIOR = "junior", Text("Junior high school")
    SENIOR = "senior", Text("Senior high school")


class Mode(LabelledEnum):
    OFFLINE = "offline", Text("On site")
    ONLINE = "online", Text("Online")
    BOTH = "both", Text("On site and online")


class Premises(LabelledEnum):
    SHOP = "shop", Text("Shop")
    OFFICE = "office", Text("Office")
    # Never entered without consent.
    DWELLING = "dwelling", Text("Dwelling")
    OTHER = "other", Text("Other premises")


class Tenure(LabelledEnum):
    OWNED = "owned", Text("Owned")
    RENTED = "rented", Text("Rented")
    LENT = "lent", Text("Lent free of charge")


class PositionSource(LabelledEnum):
    DEVICE = "device", Text("From the device")
    TYPED = "typed", Text("Typed in")
    IMPORTED = "imported", Text("Imported")
    PINNED = "pinned", Text("Set on the map")
    GEOCODED = "geocoded", Text("Found by its address")


class ClosingKind(LabelledEnum):
    STOPPED = "stopped", Text("Closed down")
    DEREGISTERED = "deregistered", Text("Deregistered")
    REVOKED = "revoked", Text("Licence revoked")
    MOVED_AWAY = "moved_away", Text("Moved away")
    # The two that are no closing of a place; such a record is counted nowhere.
    MERGED = "merged", Text("Joined with another record")
    ENTERED_IN_ERROR = "entered_in_error", Text("Entered in error")


class LicenceType(LabelledEnum):
    SCHOOL = "school", Text("Private school permit")
    TRAINING = "training", Text("Non-subject training permit")
    BUSINESS = "business", Text("Business licence")
    NON_ENTERPRISE = "non_enterprise_certificate", Text("Non-enterprise registration")
    FOOD = "food", Text("Food business permit")
    FIRE = "fire", Text("Fire acceptance")
    OTHER = "other", Text("Other paper")


# The papers that allow training; "licensed" means one of these stands on the day.
TRAINING_LICENCES = (LicenceType.SCHOOL, LicenceType.TRAINING)


class LicenceState(LabelledEnum):
    NOT_YET = "not_yet", Text("Not yet valid")
    VALID = "valid", Text("Valid")
    EXPIRING = "expiring", Text("Expiring soon")
    EXPIRED = "expired", Text("Expired")
    SUSPENDED = "suspended", Text("Suspended")
    REVOKED = "revoked_licence", Text("Revoked")
    CANCELLED = "cancelled", Text("Cancelled")


class LicenceEventKind(LabelledEnum):
    RENEWED = "licence.renewed", Text("Renewed")
    CHANGED = "licence.changed", Text("Changed")
    ANNUAL_CHECK = "licence.annual_check", Text("Annual check")
    SUSPENDED = "licence.suspended", Text("Licence suspended")
    RESUMED = "licence.resumed", Text("Suspension lifted")
    REVOKED = "licence.revoked", Text("Licence was revoked")
    CANCELLED = "licence.cancelled", Text("Licence was cancelled")


class AnnualGrade(LabelledEnum):
    EXCELLENT = "excellent", Text("Excellent")
    PASSED = "passed", Text("Passed")
    BASICALLY_PASSED = "basically_passed", Text("Basically passed")
    FAILED = "failed", Text("Failed")
    ABSENT = "absent", Text("Did not take part")
