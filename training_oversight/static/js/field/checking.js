// The questions, each answer one tap; what does not comply opens its problem under the question.
import { make, segments } from "./dom.js";
import { say } from "./words.js";
import * as store from "./store.js";
import { metres } from "./place.js";
import { send, watch, state } from "./send.js";
import { known, back } from "./start.js";
import { distance } from "./today.js";
import { problemBox, emptyProblem, isEmpty } from "./problem.js";
import { cameraButton, shots, comparing, follow } from "./camera.js";

let page = null;

export async function checking(id, show) {
  const [luggage, visit] = await Promise.all([store.luggage(), store.visit(id)]);
  if (!visit) return { title: say("place_gone"), parts: [back()] };
  const place = luggage.places.find((one) => one.id === visit.institution_id);
  const list = luggage.checklists[visit.checklist_id];
  page = { id, luggage, place, list, show };
  follow();
  if (visit.state !== "under_way") return over(visit, place);
  return {
    title: place?.name ?? say("place_gone"),
    parts: [
      back(),
      make("p", { class: "second-words" }, [visit.kind_words, where(visit, place)].filter(Boolean).join("·")),
      ...(place ? known(place) : []),
      place ? await comparing(visit, place, () => show()) : null,
      ...sections(visit),
      other(visit),
      await shots(visit, (one) => !one.problem),
      make("p", { class: "asked-other" }, make("a", { href: `#impossible/${id}` }, say("impossible"))),
    ].filter(Boolean),
    dock: [progress(visit), cameraButton(visit.id, {}, say("photo"), show), make("a", { class: "button main", href: `#finish/${id}` }, say("finish"))],
  };
}

function over(visit, place) {
  return {
    title: place?.name ?? say("place_gone"),
    parts: [back(), make("p", {}, say(`state_${visit.state}`)), visit.visit_id && make("p", {}, make("a", { href: `/visits/${visit.visit_id}` }, say("open_record")))].filter(Boolean),
  };
}

function where(visit, place) {
  if (!visit.position) return say(visit.position_asked ? "no_position" : "position_coming");
  const away = metres(visit.position, place);
  const told = away === null ? say("position_known") : say(away > page.luggage.far ? "far" : "here", { away: distance(away) });
  return `${told}${say("accuracy", { count: visit.position.accuracy })}`;
}

function sections(visit) {
  const questions = page.list?.questions ?? [];
  if (!questions.length) return [make("p", { class: "hint" }, say("no_checklist"))];
  const names = [...new Set(questions.map((one) => one.section))];
  return names.map((name) => {
    const own = questions.filter((one) => one.section === name);
    return make(
      "section",
      { class: "asked-part" },
      make("h2", {}, name, make("span", { class: "note", "data-count": name }, counted(own, visit))),
      ...own.map((one) => question(one, questions.indexOf(one) + 1, visit)),
    );
  });
}

function counted(questions, visit) {
  return say("answered_of", { answered: questions.filter((one) => visit.answers[one.code]).length, total: questions.length });
}

function question(one, number, visit) {
  const given = visit.answers[one.code] ?? "";
  const problems = visit.problems.filter((each) => each.item === one.code);
  const element = make(
    "details",
    { class: `question answered-${given || "not"}`, id: `q-${one.code}`, open: given === "" || given === "no" },
    make("summary", {}, make("span", { class: "asked-number" }, String(number)), make("span", { class: "asked-text" }, one.text), make("span", { class: `given given-${given || "not"}` }, given && given !== "no" ? words(given) : "")),
    segments(one.text, `answer-${one.code}`, page.luggage.answers, given, (value) => answer(one, number, value)),
    one.hint && make("p", { class: "asked-hint" }, one.hint),
    ...(given === "no" || problems.length ? problems.map((each) => problemBox(visit, each, one, page)) : []),
  );
  return element;
}

function words(value) {
  return page.luggage.answers.find((one) => one.value === value)?.words ?? "";
}

async function answer(one, number, value) {
  let before = null;
  const visit = await store.note(
    page.id,
    (stands) => {
      before = stands.answers[one.code] ?? null;
      stands.answers[one.code] = value;
      const mine = stands.problems.filter((each) => each.item === one.code);
      if (value === "no" && !mine.length) stands.problems.push(emptyProblem(one, page.luggage));
      if (value !== "no") stands.problems = stands.problems.filter((each) => each.item !== one.code || !isEmpty(each));
      return stands;
    },
    "answer",
    () => ({ item: one.code, answer: value, base: before }),
  );
  document.getElementById(`q-${one.code}`)?.replaceWith(question(one, number, visit));
  count(visit);
  send();
}

function count(visit) {
  const questions = page.list?.questions ?? [];
  for (const note of document.querySelectorAll("[data-count]")) {
    note.textContent = counted(questions.filter((one) => one.section === note.dataset.count), visit);
  }
  const dock = document.querySelector("[data-progress]");
  if (dock) dock.replaceWith(progress(visit));
}

function progress(visit) {
  const total = page.list?.questions.length ?? 0;
  const answered = Object.values(visit.answers).filter(Boolean).length;
  const problems = visit.problems.filter((one) => !isEmpty(one)).length;
  return make("p", { class: "progress-words", "data-progress": "" }, make("b", {}, String(answered)), `/${total}`, make("span", {}, say("problems", { count: problems })));
}

function other(visit) {
  const loose = visit.problems.filter((one) => !one.item);
  const section = make("section", { class: "asked-part" }, make("h2", {}, say("other_problems")), ...loose.map((one) => problemBox(visit, one, null, page)));
  const more = make("button", { class: "button", type: "button", onclick: async () => {
    await store.keepVisit(page.id, (stands) => {
      stands.problems.push(emptyProblem(null, page.luggage));
      return stands;
    });
    page.show();
  } }, say("add_problem"));
  section.append(make("p", { class: "asked-other" }, more));
  return section;
}

// A photo's state changes while it is sent; the rest of the page stays where the finger is.
watch(async () => {
  if (!location.hash.startsWith("#visit/")) return;
  for (const line of document.querySelectorAll("[data-shot]")) {
    const sha256 = line.dataset.shot;
    if (state.sending === sha256) line.textContent = say("photo_sending", { part: state.part });
    else {
      const shot = await store.photo(sha256);
      line.textContent = say(shot?.received ? "photo_received" : navigator.onLine ? "photo_queued" : "photo_offline");
    }
  }
});
