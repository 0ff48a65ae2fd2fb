// The first page: what is planned, what is near, what is mine, and a search; one press begins.
import { button, make } from "./dom.js";
import { say } from "./words.js";
import * as store from "./store.js";
import { here, metres } from "./place.js";
import { fetchLuggage } from "./luggage.js";
import { begin } from "./start.js";
import { send } from "./send.js";

const FEW = 10;
let found = null;
let words = "";

const ORDER = { under_way: 0, planned: 1, done: 2, not_possible: 3 };

export async function today(_id, show) {
  const luggage = await store.luggage();
  const places = new Map(luggage.places.map((one) => [one.id, one]));
  const visits = (await store.visits()).sort((one, other) => ORDER[one.state] - ORDER[other.state]);
  const now = visits.filter((one) => one.state === "under_way" || (one.state === "planned" && one.day <= luggage.day));
  const later = visits.filter((one) => one.state === "planned" && one.day > luggage.day);
  const ended = visits.filter((one) => one.state === "done" || one.state === "not_possible");
  const row = (one) => visitRow(one, places.get(one.institution_id), luggage, show);
  return {
    title: say("title"),
    parts: [
      ready(luggage, show),
      section(say("now"), now.map(row), say("none_now")),
      finder(luggage, show),
      later.length ? section(say("later"), later.map(row)) : null,
      mine(luggage),
      ended.length ? section(say("ended"), ended.map(row)) : null,
      make("p", { class: "field-more" }, make("a", { href: "#waiting" }, say("see_waiting")), " ", make("a", { href: "/visits/new?place=unknown" }, say("unknown_place")), " ", make("a", { href: "/visits/" }, say("all_visits"))),
    ].filter(Boolean),
  };
}

function ready(luggage, show) {
  const at = new Date(luggage.made_at);
  const time = `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
  const old = luggage.day !== localDay();
  const renew = button(say("renew"), async () => {
    renew.setAttribute("aria-busy", "true");
    await fetchLuggage().catch(() => null);
    show();
  });
  return make(
    "p",
    { class: `field-ready${old ? " old" : ""}`, role: "status" },
    say(old ? "luggage_old" : navigator.serviceWorker?.controller ? "ready" : "ready_online", { time, day: luggage.day, name: luggage.officer.name }),
    " ",
    renew,
  );
}

function localDay() {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
}

function section(words, rows, none = "") {
  return make(
    "section",
    { class: "asked-part" },
    make("h2", {}, words, make("span", { class: "note" }, rows.length ? say("count", { count: rows.length }) : "")),
    rows.length ? make("ul", { class: "field-rows" }, ...rows) : make("p", { class: "hint" }, none),
  );
}

function visitRow(visit, place, luggage, show) {
  const about = [visit.kind_words, say(`state_${visit.state}`), place?.township, place?.address].filter(Boolean).join("·");
  const late = visit.state === "planned" && visit.day < luggage.day;
  const open = () => {
    location.hash = `#visit/${visit.id}`;
  };
  const starts = async () => {
    await begin(visit);
    send();
    open();
    show();
  };
  const press = {
    planned: () => button(say("start"), starts, { class: "button main" }),
    under_way: () => button(say("go_on"), open, { class: "button main" }),
  }[visit.state];
  const name = place?.name ?? say("place_gone");
  return make(
    "li",
    {},
    make(
      "div",
      { class: "field-row-words" },
      visit.visit_id ? make("a", { href: `/visits/${visit.visit_id}` }, name) : make("b", {}, name),
      make("span", { class: "second-words" }, about),
      late && make("span", { class: "late-words" }, say("late", { day: visit.day })),
      place && openWords(place),
    ),
    press?.(),
  );
}

function openWords(place) {
  return place.items.length ? make("span", { class: "second-words" }, say("open_items", { count: place.items.length })) : null;
}

function placeRow(place, away = null) {
  const about = [place.township, place.address, away === null ? "" : distance(away)].filter(Boolean).join("·");
  return make(
    "li",
    {},
    make("div", { class: "field-row-words" }, make("a", { href: `#place/${place.id}` }, place.name), make("span", { class: "second-words" }, about), openWords(place)),
  );
}

export function distance(away) {
  return away < 1000 ? say("metres", { count: Math.round(away / 10) * 10 }) : say("kilometres", { count: (away / 1000).toFixed(1) });
}

function finder(luggage, show) {
  const list = make("ul", { class: "field-rows" });
  const search = () => {
    const typed = words.trim().toLowerCase();
    const fits = luggage.places.filter((one) => [one.name, one.address, one.initials].some((each) => each?.toLowerCase().includes(typed)));
    list.replaceChildren(...(typed ? fits.slice(0, FEW).map((one) => placeRow(one)) : near()));
  };
  const near = () => {
    if (!found) return [];
    return luggage.places
      .map((one) => [metres(found, one), one])
      .filter(([away]) => away !== null)
      .sort(([one], [other]) => one - other)
      .slice(0, FEW)
      .map(([away, one]) => placeRow(one, away));
  };
  const input = make("input", {
    type: "search",
    class: "form-control",
    value: words,
    placeholder: say("search_hint"),
    "aria-label": say("search_hint"),
    oninput: () => {
      words = input.value;
      search();
    },
  });
  const told = make("p", { class: "hint", role: "status" }, found ? say("near_within", { metres: found.accuracy }) : "");
  const locate = button(say("near"), async () => {
    locate.setAttribute("aria-busy", "true");
    const position = await here();
    locate.removeAttribute("aria-busy");
    if (position) {
      found = position;
      show();
    } else told.textContent = say("no_position");
  });
  search();
  return make("section", { class: "asked-part" }, make("h2", {}, say("elsewhere")), make("div", { class: "field-find" }, input, locate), told, list);
}

function mine(luggage) {
  const own = luggage.places.filter((one) => one.mine).sort((one, other) => (one.visited ?? "").localeCompare(other.visited ?? ""));
  return own.length ? section(say("mine"), own.slice(0, FEW).map((one) => placeRow(one))) : null;
}
