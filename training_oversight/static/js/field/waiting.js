// 待上传: every single thing with its state, both sides of a conflict, and the last way out.
import { button, make } from "./dom.js";
import { say } from "./words.js";
import * as store from "./store.js";
import { exported, send, state, watch } from "./send.js";
import { address } from "./photos.js";
import { back } from "./start.js";

let listed = null;

// What has been taken leaves the list; a press that is about to be made is not disturbed.
watch(async () => {
  if (location.hash !== "#waiting" || !listed) return;
  const acts = await store.acts();
  if (acts.length !== listed.count) listed.show();
});

export async function waiting(_id, show) {
  const [luggage, acts, visits, photos] = await Promise.all([store.luggage(), store.acts(), store.visits(), store.photos()]);
  const names = new Map(visits.map((one) => [one.id, luggage.places.find((each) => each.id === one.institution_id)?.name ?? say("place_gone")]));
  const shots = new Map(photos.map((one) => [one.sha256, one]));
  listed = { count: acts.length, show };
  const rows = acts.map((act) => row(act, { names, shots, luggage, visits, show }));
  return {
    title: say("waiting_title"),
    parts: [
      back(),
      make("p", {}, rows.length ? say("waiting_count", { count: rows.length }) : say("waiting_none")),
      rows.length > 0 && make("ol", { class: "field-waiting" }, ...rows),
      make(
        "p",
        { class: "moves" },
        button(say("send_now"), async () => {
          await send();
          show();
        }, { class: "button main" }),
        rows.length > 0 && button(say("export"), save),
      ),
      make("p", { class: "hint" }, say("export_hint"), " ", make("a", { href: "/field/import" }, say("import"))),
    ].filter(Boolean),
  };
}

function row(act, about) {
  const shot = act.told.sha256 ? about.shots.get(act.told.sha256) : null;
  const url = address(shot?.thumb);
  return make(
    "li",
    { class: act.outcome ? "stuck" : "" },
    url && make("img", { src: url, alt: "" }),
    make("p", {}, make("b", {}, about.names.get(act.visit) ?? ""), " ", words(act, about)),
    make("p", { class: "second-words" }, `${act.at.slice(0, 10)} ${clock(act.at)}·${stands(act, shot)}`),
    act.outcome === "conflict" && conflict(act, about),
    act.outcome === "refused" && refused(act, about),
  );
}

function clock(at) {
  const day = new Date(at);
  return `${String(day.getHours()).padStart(2, "0")}:${String(day.getMinutes()).padStart(2, "0")}`;
}

function words(act, about) {
  if (act.kind === "answer") {
    const visit = about.visits.find((one) => one.id === act.visit);
    const questions = about.luggage.checklists[visit?.checklist_id]?.questions ?? [];
    const question = questions.find((one) => one.code === act.told.item)?.text ?? act.told.item;
    return `${question}：${value(act.told.answer, about)}`;
  }
  if (act.kind === "problem") return say("act_problem", { facts: act.told.facts });
  if (act.kind === "photo") return say("act_photo", { name: act.told.name });
  return say(`act_${act.kind}`);
}

function value(answer, about) {
  return about.luggage.answers.find((one) => one.value === answer)?.words ?? answer;
}

function stands(act, shot) {
  if (act.outcome) return act.sentence;
  if (shot && state.sending === act.told.sha256) return say("photo_sending", { part: state.part });
  if (shot?.received) return say("photo_received");
  return say(navigator.onLine ? "photo_queued" : "photo_offline");
}

function conflict(act, about) {
  const mine = act.kind === "answer" ? value(act.told.answer, about) : say(`act_${act.kind}`);
  const { theirs } = act;
  return make(
    "div",
    { class: "field-both" },
    make("p", {}, say("mine_says", { words: mine, time: clock(act.at) })),
    make("p", {}, say("theirs_says", { words: theirs.words, by: theirs.by, time: theirs.at })),
    make(
      "p",
      { class: "moves" },
      act.kind === "answer" && theirs.value !== null && button(say("keep_mine"), async () => {
        await store.again(act.order, { ...act.told, base: theirs.value });
        send();
        about.show();
      }),
      button(say("keep_theirs"), async () => {
        await store.drop(act.order);
        if (act.kind === "answer" && theirs.value) await store.keepVisit(act.visit, (visit) => ({ ...visit, answers: { ...visit.answers, [act.told.item]: theirs.value } }));
        about.show();
      }),
    ),
  );
}

function refused(act, about) {
  const away = button(say("give_up"), async () => {
    if (away.dataset.sure === undefined) {
      away.dataset.sure = "";
      away.textContent = say("give_up_sure");
      return;
    }
    await store.drop(act.order);
    about.show();
  });
  return make("p", { class: "moves" }, button(say("try_again"), async () => {
    await store.again(act.order);
    await send();
    about.show();
  }), away);
}

async function save() {
  const blob = await exported();
  const link = make("a", { href: address(blob), download: `field-${new Date().toISOString().slice(0, 16).replace(/[:T]/g, "-")}.json` });
  document.body.append(link);
  link.click();
  link.remove();
}
