// The end of a visit: what is unanswered, who was there for the institution; or why nobody got in.
import { button, field, make, segments } from "./dom.js";
import { say } from "./words.js";
import * as store from "./store.js";
import { send } from "./send.js";
import { back } from "./start.js";
import { cameraButton, shots } from "./camera.js";
import { isEmpty, isReady } from "./problem.js";

export async function ending(id, show) {
  const [luggage, visit] = await Promise.all([store.luggage(), store.visit(id)]);
  if (!visit || visit.state !== "under_way") return { title: say("finish"), parts: [back()] };
  const questions = luggage.checklists[visit.checklist_id]?.questions ?? [];
  const open = questions.filter((one) => !visit.answers[one.code]);
  const bare = questions.filter((one) => visit.answers[one.code] === "no" && !visit.problems.some((each) => each.item === one.code && (each.theirs || isReady(each))));
  const half = visit.problems.filter((one) => !one.theirs && !isEmpty(one) && !isReady(one));
  const told = make("p", { class: "field-error", role: "alert" });
  const parts = [
    make("p", { class: "field-back" }, make("a", { href: `#visit/${id}` }, say("back_to_questions"))),
    open.length > 0 && unanswered(id, visit, open),
    bare.length > 0 && unexplained(id, visit, bare),
    half.length > 0 && make("p", { class: "notice warn" }, say("half_problems", { count: half.length })),
    make(
      "section",
      { class: "asked-part" },
      make("h2", {}, say("who_was_there")),
      field(say("representative"), input(id, visit, "representative", { maxlength: "60", autocomplete: "off" })),
      field(say("role"), input(id, visit, "representative_role", { maxlength: "60", autocomplete: "off" })),
      make("details", {}, make("summary", {}, say("more_words")), field(say("statement"), area(id, visit, "statement")), field(say("minutes"), area(id, visit, "minutes"))),
      team(id, visit, luggage),
    ),
    told,
  ];
  const end = async () => {
    const now = await store.visit(id);
    const why = open.length && !now.words.unanswered_reason?.trim() ? say("say_unanswered") : "";
    const whys = Object.fromEntries(bare.map((one) => [one.code, now.words[`why_${one.code}`]?.trim() ?? ""]));
    const silent = Object.values(whys).some((one) => !one) ? say("say_why") : "";
    told.textContent = [why, silent, half.length ? say("half_problems", { count: half.length }) : ""].filter(Boolean).join(" ");
    if (told.textContent) {
      told.scrollIntoView({ block: "center" });
      return;
    }
    await store.release(id);
    await store.note(
      id,
      (stands) => ({ ...stands, state: "done", ended_on: luggage.day }),
      "finish",
      (stands) => ({
        representative: stands.words.representative ?? "",
        representative_role: stands.words.representative_role ?? "",
        statement: stands.words.statement ?? "",
        minutes: stands.words.minutes ?? "",
        unanswered_reason: stands.words.unanswered_reason ?? "",
        whys,
      }),
    );
    send();
    location.hash = "#today";
  };
  return { title: say("finish"), parts: parts.filter(Boolean), dock: [button(say("finish"), end, { class: "button main" })] };
}

function keep(id, name, value) {
  return store.keepVisit(id, (visit) => ({ ...visit, words: { ...visit.words, [name]: value } }));
}

function input(id, visit, name, more = {}) {
  const control = make("input", { type: "text", class: "form-control", oninput: () => keep(id, name, control.value), ...more });
  control.value = visit.words?.[name] ?? "";
  return control;
}

function area(id, visit, name) {
  const control = make("textarea", { class: "form-control", rows: "3", oninput: () => keep(id, name, control.value) });
  control.value = visit.words?.[name] ?? "";
  return control;
}

function unanswered(id, visit, open) {
  return make(
    "section",
    { class: "asked-part" },
    make("h2", {}, say("unanswered", { count: open.length })),
    make("ul", { class: "field-known" }, ...open.map((one) => make("li", {}, one.text))),
    field(say("why_unanswered"), input(id, visit, "unanswered_reason")),
  );
}

function unexplained(id, visit, bare) {
  return make(
    "section",
    { class: "asked-part" },
    make("h2", {}, say("unexplained", { count: bare.length })),
    ...bare.map((one) => field(say("why_none", { question: one.text }), input(id, visit, `why_${one.code}`))),
  );
}

function team(id, visit, luggage) {
  const chosen = new Set(visit.officers ?? []);
  const pick = async (officer, on) => {
    if (on) chosen.add(officer);
    else chosen.delete(officer);
    const officers = [...chosen];
    const own = (act) => act.kind === "team" && act.visit === id;
    await store.note(id, (stands) => ({ ...stands, officers }), "team", { officers }, { replace: own });
    send();
  };
  return make(
    "details",
    {},
    make("summary", {}, say("team", { names: luggage.officers.filter((one) => chosen.has(one.id)).map((one) => one.name).join("、") })),
    ...luggage.officers.map((one) => {
      const box = make("input", { type: "checkbox", checked: chosen.has(one.id), onchange: () => pick(one.id, box.checked) });
      return make("label", { class: "field-officer" }, box, ` ${one.name}`);
    }),
  );
}

export async function impossible(id, show) {
  const [luggage, visit] = await Promise.all([store.luggage(), store.visit(id)]);
  if (!visit || visit.state !== "under_way") return { title: say("impossible"), parts: [back()] };
  const told = make("p", { class: "field-error", role: "alert" });
  const day = make("input", { type: "date", class: "form-control", min: luggage.day, oninput: () => keep(id, "again_on", day.value) });
  day.value = visit.words?.again_on ?? "";
  const end = async () => {
    const now = await store.visit(id);
    if (!now.words.why) {
      told.textContent = say("say_why_impossible");
      return;
    }
    await store.note(
      id,
      (stands) => ({ ...stands, state: "not_possible", ended_on: luggage.day }),
      "not_possible",
      (stands) => ({ why: stands.words.why, note: stands.words.why_note ?? "", again_on: stands.words.again_on ?? "" }),
    );
    send();
    location.hash = "#today";
  };
  return {
    title: say("impossible"),
    parts: [
      make("p", { class: "field-back" }, make("a", { href: `#visit/${id}` }, say("back_to_questions"))),
      segments(say("why"), "why", luggage.not_possible, visit.words?.why ?? "", (value) => keep(id, "why", value)),
      field(say("what_was_there"), input(id, visit, "why_note")),
      make("p", {}, cameraButton(id, {}, say("door_photo"), show)),
      await shots(visit, (one) => !one.problem),
      field(say("again_on"), day, say("again_hint")),
      told,
    ].filter(Boolean),
    dock: [button(say("record_impossible"), end, { class: "button main" })],
  };
}
