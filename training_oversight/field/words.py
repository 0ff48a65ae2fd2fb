"""The sentences of the page on the phone, by the keys that its scripts use; {…} is filled there."""

from __future__ import annotations

from typing import Final

from training_oversight.inspections.workflow import VisitState
from training_oversight.texts import Text

WORDS: Final = {
    "title": Text("Site visit"),
    "nobody": Text("Sign in once with network. Then this page works without it."),
    "nobody_offline": Text(
        "Nobody has signed in on this phone yet, and there is no network. Sign in once where "
        "there is one."
    ),
    "sign_in": Text("Sign in"),
    "bar_quiet": Text("Nothing waits on this phone."),
    "bar_saved": Text("All is in the office {time}"),
    "bar_waiting": Text("{count} things wait on this phone, {photos} of them photos."),
    "bar_sending": Text("Sending: {count} left, {photos} of them photos…"),
    "bar_offline": Text(
        "No network. {count} things, {photos} of them photos, are kept on this phone and go out by "
        "themselves."
    ),
    "bar_offline_empty": Text("No network. Go on; everything is kept on this phone."),
    "bar_fault": Text(
        "The office does not answer. {count} things are kept on this phone and are sent again."
    ),
    "bar_signed_out": Text("The sign-in has ended. {count} things are kept on this phone."),
    "bar_another": Text("Somebody else is signed in; what waits here is not theirs."),
    "bar_stuck": Text("{count} need a decision"),
    "see_waiting": Text("What waits on this phone"),
    "now": Text("Planned for today, late or begun"),
    "none_now": Text("Nothing is planned for today. Choose a place below."),
    "later": Text("Planned for later"),
    "mine": Text("In my charge, longest not visited first"),
    "ended": Text("Ended today"),
    "elsewhere": Text("Another place"),
    "search_hint": Text("Name, initials or address"),
    "near": Text("Near me"),
    "near_within": Text("Your position is known to {metres} m."),
    "no_position": Text("The phone did not tell its position; go on without it."),
    "metres": Text("{count} m away"),
    "kilometres": Text("{count} km away"),
    "count": Text("{count} in all"),
    "start": Text("Begin the check"),
    "go_on": Text("Go on with it"),
    "state_planned": VisitState.PLANNED.label,
    "state_under_way": VisitState.UNDER_WAY.label,
    "state_done": Text("Finished on this phone"),
    "state_not_possible": Text("Recorded as not possible"),
    "late": Text("was planned for {day}"),
    "open_items": Text("{count} open items"),
    "place_gone": Text("A place that is not on this phone"),
    "unknown_place": Text("A place not in the register"),
    "all_visits": Text("All visits"),
    "ready": Text("Ready, also without network ({name}, as of {time})"),
    "ready_online": Text(
        "Taken along at {time} for {name}; open this page once more to use it offline"
    ),
    "luggage_old": Text("What is on this phone is of {day}. Renew it with network."),
    "renew": Text("Renew"),
    "back_to_list": Text("Back to the places"),
    "back_to_questions": Text("Back to the questions"),
    "begin_as": Text("Begin now, as"),
    "begin_hint": Text("The time is noted at once, the position as soon as the phone knows it."),
    "dwelling": Text("The place is a dwelling: never entered without the occupants' consent."),
    "open_here": Text("Open here"),
    "promised": Text("promised for {day}"),
    "found_last": Text("Found last ({count})"),
    "impossible": Text("Record that it was not possible"),
    "photo": Text("Take photos"),
    "finish": Text("Finish the visit"),
    "open_record": Text("Open the visit"),
    "position_coming": Text("looking for the position…"),
    "position_known": Text("position recorded; the registered place has none"),
    "far": Text("far from the registered place: {away}"),
    "here": Text("at the registered place: {away}"),
    "accuracy": Text(" (to {count} m)"),
    "no_checklist": Text("This visit has no checklist. Write down problems and photos."),
    "answered_of": Text("{answered} of {total} answered"),
    "problems": Text("{count} problems"),
    "other_problems": Text("Other problems"),
    "add_problem": Text("Add a problem outside the checklist"),
    "facts": Text("What was seen"),
    "problem_kept": Text("The problem is kept."),
    "problem_unready": Text("Still missing: the kind of problem, or how it was handled."),
    "problem_empty": Text("Tap a phrase or write what was seen."),
    "choose_kind": Text("Choose what kind of problem it is"),
    "kind_of_problem": Text("Kind of problem"),
    "severity": Text("Severity"),
    "not_said": Text("not said"),
    "handling": Text("What was done about it"),
    "handling_note": Text("How it was put right, or why it is not registered"),
    "problem_photo": Text("Photo of this problem"),
    "photos": Text("Photos and papers"),
    "photo_received": Text("Uploaded"),
    "photo_sending": Text("Uploading {part}%"),
    "photo_queued": Text("In the queue"),
    "photo_offline": Text("Waits for network"),
    "photo_no_room": Text(
        "No room on this phone: “{name}” was not kept here. Send what waits, then take it again."
    ),
    "photo_unread": Text("“{name}” could not be read from the camera. Take it again."),
    "remove": Text("Remove {name}"),
    "compare": Text("Before and after ({count})"),
    "before": Text("Before putting right"),
    "after": Text("After putting right"),
    "after_photo": Text("Take the same picture now"),
    "choose_photo": Text("Choose a photo"),
    "take": Text("Take it"),
    "close": Text("Close"),
    "no_camera": Text("The camera cannot be shown here. Close this and choose a photo."),
    "half_problems": Text(
        "{count} problems lack their kind or how they were handled. Complete them."
    ),
    "who_was_there": Text("For the institution"),
    "representative": Text("Person in charge on site"),
    "role": Text("Post of that person"),
    "more_words": Text("Statement and minutes"),
    "statement": Text("What the person in charge said"),
    "minutes": Text("Minutes"),
    "team": Text("Who inspects: {names}"),
    "unanswered": Text("Unanswered ({count})"),
    "why_unanswered": Text("Why questions stay unanswered"),
    "unexplained": Text("Does not comply, without a problem ({count})"),
    "why_none": Text("Why it is no problem: {question}"),
    "say_unanswered": Text("Say why questions stay unanswered, or answer them."),
    "say_why": Text("Write down the problem, or say why it is none."),
    "why": Text("Why it was not possible"),
    "say_why_impossible": Text("Choose why it was not possible."),
    "what_was_there": Text("What was to be seen"),
    "door_photo": Text("Photo of the door"),
    "again_on": Text("Next attempt on"),
    "again_hint": Text("Left empty, it is planned for tomorrow. The duty stays."),
    "record_impossible": Text("Record it"),
    "waiting_title": Text("Waiting to be sent"),
    "waiting_count": Text("{count} things are on this phone only."),
    "waiting_none": Text("Everything has been taken by the office."),
    "send_now": Text("Send now"),
    "export": Text("Export to a file"),
    "export_hint": Text(
        "Only if nothing else helps: the file holds all that waits, with its photos. It stays on "
        "this phone as well."
    ),
    "import": Text("Read such a file in the office"),
    "act_start": Text("Beginning of the visit"),
    "act_position": Text("Position"),
    "act_problem": Text("Problem: {facts}"),
    "act_photo": Text("Photo: {name}"),
    "act_team": Text("Who inspects"),
    "act_finish": Text("End of the visit"),
    "act_not_possible": Text("It was not possible"),
    "mine_says": Text("On this phone: {words}, {time}"),
    "theirs_says": Text("In the office: {words}, {by} {time}"),
    "keep_mine": Text("Take mine"),
    "keep_theirs": Text("Take the colleague's"),
    "try_again": Text("Send this again"),
    "give_up": Text("Give this up"),
    "give_up_sure": Text("Really give it up; it is lost then"),
}


def spoken() -> dict[str, str]:
    """All of them in the language of the page."""
    return {key: str(text) for key, text in WORDS.items()}
