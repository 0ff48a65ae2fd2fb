// Before the first question: what is open at the place, and one press that begins.
import { button, make } from "./dom.js";
import { say } from "./words.js";
import * as store from "./store.js";
import { here } from "./place.js";
import { send } from "./send.js";

// The planned visit begins at this press; the position follows when the phone knows it.
export async function begin(visit) {
  await store.note(visit.id, (one) => ({ ...one, state: "under_way" }), "start", {});
  locate(visit.id);
}

async function locate(id) {
  const position = await here();
  if (!position) {
    await store.keepVisit(id, (one) => ({ ...one, position: null, position_asked: true }));
    return;
  }
  await store.note(id, (one) => ({ ...one, position }), "position", position);
  send();
}

async function beginAt(place, kind, luggage) {
  const id = crypto.randomUUID();
  const started = {
    id,
    visit_id: null,
    institution_id: place.id,
    checklist_id: place.checklist_id,
    kind_words: kind.words,
    state: "under_way",
    day: luggage.day,
    officers: [luggage.officer.id],
    answers: {},
    problems: [],
    photos: [],
    words: {},
  };
  const told = { institution_id: place.id, visit_kind: kind.value, checklist_id: place.checklist_id };
  await store.note(id, () => started, "start", told);
  locate(id);
  send();
  location.hash = `#visit/${id}`;
}

export async function place(id) {
  const luggage = await store.luggage();
  const one = luggage.places.find((each) => String(each.id) === id);
  if (!one) return { title: say("place_gone"), parts: [back()] };
  return {
    title: one.name,
    parts: [
      back(),
      make("p", { class: "second-words" }, [one.township, one.address].filter(Boolean).join("·")),
      ...known(one),
      make(
        "section",
        { class: "asked-part" },
        make("h2", {}, say("begin_as")),
        make("div", { class: "field-kinds" }, ...luggage.kinds.map((kind) => button(kind.words, () => beginAt(one, kind, luggage)))),
        make("p", { class: "hint" }, say("begin_hint")),
      ),
    ],
  };
}

export function back() {
  return make("p", { class: "field-back" }, make("a", { href: "#today" }, say("back_to_list")));
}

// What stands first: open items, undertakings among them, then what was found last.
export function known(place) {
  const parts = [];
  if (place.dwelling) parts.push(make("p", { class: "notice know" }, say("dwelling")));
  if (place.items.length) {
    parts.push(
      make(
        "section",
        { class: "asked-part" },
        make("h2", {}, say("open_here")),
        make("ul", { class: "field-known" }, ...place.items.map((item) => make("li", {}, make("a", { href: `/ledger/${item.id}` }, item.number), ` ${item.title}`, make("span", { class: "second-words" }, [item.words, item.promised ? say("promised", { day: item.due }) : ""].filter(Boolean).join("·"))))),
      ),
    );
  }
  if (place.findings.length) {
    parts.push(
      make(
        "details",
        { class: "asked-part field-last" },
        make("summary", {}, say("found_last", { count: place.findings.length })),
        make("ul", { class: "field-known" }, ...place.findings.map((one) => make("li", {}, one.title, make("span", { class: "second-words" }, `${one.on}·${one.words}`)))),
      ),
    );
  }
  return parts;
}
