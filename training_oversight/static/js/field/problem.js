// A problem under its question: filled in from the catalogue, facts by tapping phrases or typing.
import { field, make, segments } from "./dom.js";
import { say } from "./words.js";
import * as store from "./store.js";
import { send } from "./send.js";
import { cameraButton, pictures } from "./camera.js";

const PAUSE = 700;

export function emptyProblem(question, luggage) {
  const kind = luggage.violations.find((one) => one.id === question?.violation);
  return {
    key: crypto.randomUUID(),
    item: question?.code ?? null,
    violation: kind?.id ?? null,
    severity: kind?.severity ?? "",
    facts: "",
    handling: "ledger",
    note: "",
  };
}

export function isEmpty(problem) {
  return !problem.theirs && !problem.facts.trim();
}

function told(problem) {
  return {
    problem: problem.key,
    item: problem.item ?? "",
    violation_type_id: problem.violation,
    severity: problem.severity,
    facts: problem.facts,
    handling: problem.handling,
    note: problem.note,
  };
}

export function isReady(problem) {
  return Boolean(problem.facts.trim() && problem.violation && (problem.handling === "ledger" || problem.note.trim()));
}

function put(visit, problem) {
  visit.problems = visit.problems.map((one) => (one.key === problem.key ? problem : one));
  return visit;
}

async function save(id, problem) {
  if (!isReady(problem)) {
    await store.keepVisit(id, (visit) => put(visit, problem));
    return;
  }
  const own = (act) => act.kind === "problem" && act.visit === id && act.told.problem === problem.key;
  await store.note(id, (visit) => put(visit, problem), "problem", told(problem), { replace: own });
  send();
}

export function problemBox(visit, problem, question, page) {
  if (problem.theirs || !problem.key) return told_before(problem);
  const now = { ...problem };
  let timer = null;
  const status = make("p", { class: "hint", role: "status" }, state_words(now));
  const changed = (at_once) => {
    clearTimeout(timer);
    const keep = async () => {
      await save(visit.id, { ...now });
      status.textContent = state_words(now);
    };
    if (at_once) return keep();
    store.keepVisit(visit.id, (one) => put(one, { ...now }));
    timer = setTimeout(keep, PAUSE);
    return null;
  };
  const facts = make("textarea", { class: "form-control", rows: "3", oninput: () => {
    now.facts = facts.value;
    changed(false);
  }, onblur: () => changed(true) });
  facts.value = now.facts;
  const tap = (phrase) => {
    facts.value = facts.value ? `${facts.value.replace(/[。；]?$/, "；")}${phrase}` : phrase;
    now.facts = facts.value;
    changed(true);
  };
  const phrases = question?.phrases ?? [];
  return make(
    "div",
    { class: "found field-problem" },
    phrases.length > 0 && make("div", { class: "phrases" }, ...phrases.map((one) => make("button", { type: "button", class: "button", onclick: () => tap(one) }, one))),
    field(say("facts"), facts),
    kinds(now, page, changed),
    handling(now, page, changed),
    cameraButton(visit.id, { problem: now.key }, say("problem_photo"), page.show),
    pictures(visit, (one) => one.problem === now.key),
    status,
  );
}

function state_words(problem) {
  if (isReady(problem)) return say("problem_kept");
  return say(problem.facts.trim() ? "problem_unready" : "problem_empty");
}

function told_before(problem) {
  return make("div", { class: "found" }, make("p", {}, problem.facts), make("p", { class: "second-words" }, problem.words ?? ""));
}

function kinds(now, page, changed) {
  const suggested = page.luggage.violations.find((one) => one.id === now.violation);
  const choice = make("select", { class: "form-select", onchange: () => {
    now.violation = Number(choice.value) || null;
    now.severity = page.luggage.violations.find((one) => one.id === now.violation)?.severity ?? "";
    changed(true);
  } }, make("option", { value: "" }, say("choose_kind")), ...page.luggage.violations.map((one) => make("option", { value: String(one.id), selected: one.id === now.violation }, one.words)));
  const severity = page.luggage.severities.find((one) => one.value === now.severity)?.words ?? say("not_said");
  return make(
    "details",
    { class: "field-kind", open: !suggested },
    make("summary", {}, suggested ? `${suggested.words}·${severity}` : say("choose_kind")),
    field(say("kind_of_problem"), choice),
    segments(say("severity"), `severity-${now.key}`, page.luggage.severities, now.severity, (value) => {
      now.severity = value;
      changed(true);
    }),
  );
}

function handling(now, page, changed) {
  const note = make("input", { type: "text", class: "form-control", oninput: () => {
    now.note = note.value;
    changed(false);
  }, onblur: () => changed(true) });
  note.value = now.note;
  const why = make("div", { hidden: now.handling === "ledger" }, field(say("handling_note"), note));
  return make(
    "div",
    {},
    segments(say("handling"), `handling-${now.key}`, page.luggage.handlings, now.handling, (value) => {
      now.handling = value;
      why.hidden = value === "ledger";
      changed(true);
    }),
    why,
  );
}
