"""Reading complaints, in the officer's scope; a department reads its own."""

from training_oversight.complaints.queries.after import (
    PROPOSED,
    TO_CALL,
    After,
    after_answers,
)
from training_oversight.complaints.queries.board import (
    Named,
    OfDepartment,
    by_channel,
    by_department,
    most_named,
    satisfaction,
)
from training_oversight.complaints.queries.clusters import Cluster, suspected_venues
from training_oversight.complaints.queries.drafts import draft_of
from training_oversight.complaints.queries.lists import (
    Bounced,
    ComplaintFilter,
    DueIn,
    bounced,
    by_state,
    count_of_institution,
    late,
    listed,
    of_institution,
)
from training_oversight.complaints.queries.records import (
    by_number,
    complaint_for,
    handlers,
    items_of,
    may_correct,
    may_see_file,
    may_see_reporter,
    place,
    readable,
    visits_of,
    visits_to_link,
)
from training_oversight.complaints.queries.repeats import Repeat, repeats, similar
from training_oversight.complaints.queries.reporters import (
    contact_of,
    ended_before,
    ended_on,
    known_of,
    words_of,
)

__all__ = [
    "PROPOSED",
    "TO_CALL",
    "After",
    "Bounced",
    "Cluster",
    "ComplaintFilter",
    "DueIn",
    "Named",
    "OfDepartment",
    "Repeat",
    "after_answers",
    "bounced",
    "by_channel",
    "by_department",
    "by_number",
    "by_state",
    "complaint_for",
    "contact_of",
    "count_of_institution",
    "draft_of",
    "ended_before",
    "ended_on",
    "handlers",
    "items_of",
    "known_of",
    "late",
    "listed",
    "may_correct",
    "may_see_file",
    "may_see_reporter",
    "most_named",
    "of_institution",
    "place",
    "readable",
    "repeats",
    "satisfaction",
    "similar",
    "suspected_venues",
    "visits_of",
    "visits_to_link",
    "words_of",
]
