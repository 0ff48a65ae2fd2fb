// What the phone holds, for each officer apart. A change of a visit and the act that tells of it are
// written in one transaction: after a kill at any moment both are there, or neither.
import { openDB } from "../../vendor/idb/idb-8.0.4.js";

const STRICT = { durability: "strict" };
let database;
let officer = null;

// Whose things the page shows. Not in localStorage: a browser writes that late, and a kill forgets it.
function people() {
  return openDB("field", 1, {
    upgrade(db) {
      db.createObjectStore("people");
    },
  });
}

export async function whose() {
  officer = (await (await people()).get("people", "now")) ?? null;
  return officer;
}

export function owner() {
  return officer;
}

export async function own(one) {
  if (officer?.id !== one.id) database = undefined;
  officer = one;
  const transaction = (await people()).transaction("people", "readwrite", STRICT);
  await Promise.all([transaction.store.put(one, "now"), transaction.done]);
}

function opened() {
  database ??= openDB(`field-${owner().id}`, 1, {
    upgrade(db) {
      db.createObjectStore("luggage");
      db.createObjectStore("visits", { keyPath: "id" });
      db.createObjectStore("acts", { keyPath: "order", autoIncrement: true });
      db.createObjectStore("photos", { keyPath: "sha256" });
      db.createObjectStore("pictures");
    },
  });
  return database;
}

export async function luggage() {
  return (await opened()).get("luggage", "now");
}

export async function visit(id) {
  return (await opened()).get("visits", id);
}

export async function visits() {
  return (await opened()).getAll("visits");
}

export async function acts() {
  return (await opened()).getAll("acts");
}

export async function photos() {
  return (await opened()).getAll("photos");
}

export async function photo(sha256) {
  return (await opened()).get("photos", sha256);
}

export async function picture(url) {
  return (await opened()).get("pictures", url);
}

async function write(stores, change) {
  const transaction = (await opened()).transaction(stores, "readwrite", STRICT);
  let result;
  try {
    result = await change(transaction);
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // It has ended by itself.
    }
    await transaction.done.catch(() => {});
    throw error;
  }
  await transaction.done;
  return result;
}

// Change a visit and note what was done. `change` gets the visit as it stands, and may be no promise.
export function note(id, change, kind, told, { photo: shot = null, replace = null } = {}) {
  return write(["visits", "acts", "photos"], async (transaction) => {
    const visits = transaction.objectStore("visits");
    const acts = transaction.objectStore("acts");
    const stands = (await visits.get(id)) ?? { id };
    const changed = { ...(change(stands) ?? stands), changed_at: Date.now() };
    const told_now = typeof told === "function" ? told(changed) : told;
    await visits.put(changed);
    if (shot) await transaction.objectStore("photos").put(shot);
    const act = { key: crypto.randomUUID(), kind, visit: id, at: new Date().toISOString(), told: told_now };
    if (replace) {
      const waiting = (await acts.getAll()).find((one) => replace(one) && !one.tried && !one.outcome);
      if (waiting) {
        await acts.put({ ...waiting, told: told_now });
        return changed;
      }
    }
    await acts.add(act);
    return changed;
  });
}

export function keepVisit(id, change) {
  return write(["visits"], async (transaction) => {
    const stands = await transaction.store.get(id);
    if (!stands) return null;
    const changed = change(stands) ?? stands;
    await transaction.store.put(changed);
    return changed;
  });
}

export function tried(orders) {
  return write(["acts"], async ({ store }) => {
    for (const order of orders) {
      const act = await store.get(order);
      if (act) await store.put({ ...act, tried: true });
    }
  });
}

// The server has signed for the photo by its hash.
export function received(sha256) {
  return write(["photos"], async ({ store }) => {
    const shot = await store.get(sha256);
    if (shot) await store.put({ ...shot, received: true });
  });
}

// What the server said to an act. Only what it has signed for leaves the phone.
export function answered(order, said) {
  return write(["acts", "visits", "photos"], async (transaction) => {
    const acts = transaction.objectStore("acts");
    const visits = transaction.objectStore("visits");
    const act = await acts.get(order);
    if (!act) return;
    if (said.outcome !== "taken" && said.outcome !== "again") {
      await acts.put({ ...act, outcome: said.outcome, sentence: said.sentence, theirs: said.theirs });
      return;
    }
    await acts.delete(order);
    const stands = await visits.get(act.visit);
    if (stands) {
      stands.changed_at = Date.now();
      stands.visit_id = said.visit_id;
      for (const problem of stands.problems ?? []) {
        if (problem.key === act.told.problem && act.kind === "problem") problem.sent = true;
      }
      for (const shot of stands.photos ?? []) {
        if (act.kind === "photo" && shot.key === act.told.shot) shot.sent = true;
      }
      await visits.put(stands);
    }
    if (act.kind !== "photo") return;
    const others = (await acts.getAll()).some((one) => one.told.sha256 === act.told.sha256);
    const shots = transaction.objectStore("photos");
    const kept = await shots.get(act.told.sha256);
    // The picture itself goes; a small one stays for the page of the visit.
    if (kept && !others) await shots.put({ ...kept, blob: null, sent: true });
  });
}

// Given up. A picture that nothing else speaks of goes with it, and is not sent any more.
export function drop(order) {
  return write(["acts", "photos"], async (transaction) => {
    const acts = transaction.objectStore("acts");
    const act = await acts.get(order);
    await acts.delete(order);
    if (!act?.told.sha256) return;
    const others = (await acts.getAll()).some((one) => one.told.sha256 === act.told.sha256);
    if (!others) await transaction.objectStore("photos").delete(act.told.sha256);
  });
}

export function again(order, told = null) {
  return write(["acts"], async ({ store }) => {
    const act = await store.get(order);
    if (!act) return;
    await store.delete(order);
    const fresh = told ? { key: crypto.randomUUID(), tried: false } : {};
    const { outcome: _outcome, sentence: _sentence, theirs: _theirs, ...rest } = act;
    await store.put({ ...rest, ...fresh, told: told ?? act.told });
  });
}

// The luggage of the office, asked for at ``since``. What waits on the phone goes before what the office
// knows, and a visit that was changed or taken after the question was asked is newer than the answer.
export function pack(brought, pictures, since) {
  return write(["luggage", "visits", "acts", "pictures"], async (transaction) => {
    const stored = transaction.objectStore("visits");
    const waiting = await transaction.objectStore("acts").getAll();
    const here = await stored.getAll();
    await transaction.objectStore("luggage").put(brought, "now");
    const seen = new Set();
    for (const one of brought.visits) {
      const mine = here.find((each) => each.visit_id === one.id) ?? { id: `v${one.id}`, visit_id: one.id, photos: [], words: {} };
      seen.add(mine.id);
      if (mine.changed_at >= since) continue;
      await stored.put(merged(mine, one, waiting.filter((act) => act.visit === mine.id)));
    }
    for (const one of here) {
      const open = waiting.some((act) => act.visit === one.id);
      // Ended: shown until the next day, then it stands in the office alone.
      const today = one.ended_on === brought.day;
      if (!seen.has(one.id) && !open && !today && !(one.changed_at >= since)) await stored.delete(one.id);
    }
    for (const [url, blob] of pictures) await transaction.objectStore("pictures").put(blob, url);
  });
}

function merged(mine, theirs, waiting) {
  const open = new Set(waiting.filter((act) => act.kind === "answer").map((act) => act.told.item));
  const answers = { ...theirs.answers };
  for (const item of open) answers[item] = mine.answers?.[item];
  const own = mine.problems ?? [];
  const others = theirs.problems.filter((one) => !own.some((each) => each.key && each.key === one.key));
  const moved = waiting.some((act) => ["start", "finish", "not_possible"].includes(act.kind));
  return {
    ...mine,
    kind_words: theirs.kind_words,
    institution_id: theirs.institution_id,
    checklist_id: theirs.checklist_id,
    purpose: theirs.purpose,
    day: theirs.day,
    officers: mine.officers ?? theirs.officers,
    state: moved ? mine.state : theirs.state,
    answers,
    problems: [...own, ...others.map((one) => ({ ...one, theirs: true }))].filter(unique),
  };
}

function unique(one, place, all) {
  return all.findIndex((each) => same(each, one)) === place;
}

function same(one, other) {
  return one.key || other.key ? one.key === other.key : one.facts === other.facts && one.item === other.item;
}

// Photos of a problem that was never written down stay with the visit.
export function release(id) {
  return write(["visits", "acts"], async (transaction) => {
    const visit = await transaction.objectStore("visits").get(id);
    const written = new Set((visit.problems ?? []).filter((one) => one.theirs || one.facts.trim()).map((one) => one.key));
    const acts = transaction.objectStore("acts");
    for (const act of await acts.getAll()) {
      if (act.visit !== id || act.kind !== "photo" || !act.told.problem || written.has(act.told.problem)) continue;
      const { problem: _problem, ...told } = act.told;
      await acts.put({ ...act, told });
    }
    visit.problems = (visit.problems ?? []).filter((one) => written.has(one.key));
    visit.photos = (visit.photos ?? []).map((one) => (one.problem && !written.has(one.problem) ? { ...one, problem: null } : one));
    await transaction.objectStore("visits").put(visit);
  });
}
