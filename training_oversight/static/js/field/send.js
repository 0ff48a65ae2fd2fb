// Sending what waits. Nothing leaves the phone until the server has signed for it: a photo by its
// hash, an act by its key. Sending twice changes nothing.
import * as store from "./store.js";

const AGAIN = 10000;
const MOST = 40;

// What the bar and the page of what waits tell.
export const state = { how: "quiet", sentence: "", sending: null, part: 0, know: [], at: null };
const listeners = new Set();

export function watch(listener) {
  listeners.add(listener);
}

export function tell(change = {}) {
  Object.assign(state, change);
  for (const listener of listeners) listener(state);
}

class Stopped extends Error {
  constructor(how, sentence = "") {
    super(how);
    this.how = how;
    this.sentence = sentence;
  }
}

async function who() {
  const reply = await fetch("/field/who", { cache: "no-store" });
  if (!reply.ok) throw new Stopped("fault");
  const told = await reply.json();
  if (!told.officer) throw new Stopped("signed-out");
  if (told.officer.id !== store.owner().id) throw new Stopped("another");
  return told.token;
}

function sendPhoto(shot, token) {
  return new Promise((sent, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/field/files/${shot.sha256}`);
    request.setRequestHeader("X-CSRFToken", token);
    request.setRequestHeader("X-Officer", store.owner().id);
    request.setRequestHeader("X-Name", encodeURIComponent(shot.name).slice(0, 200));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) tell({ sending: shot.sha256, part: Math.round((100 * event.loaded) / event.total) });
    });
    request.addEventListener("load", () => {
      let told = {};
      try {
        told = JSON.parse(request.responseText);
      } catch {
        // No answer of ours.
      }
      if (request.status === 200 && told.sha256 === shot.sha256) sent("received");
      else if (told.sentence && request.status < 500) sent(told.sentence);
      else failed(new Stopped("fault"));
    });
    request.addEventListener("error", () => failed(new Stopped("offline")));
    request.addEventListener("timeout", () => failed(new Stopped("offline")));
    request.send(shot.blob);
  });
}

async function sendPhotos(token) {
  // Not what was refused: it waits for the officer's decision.
  const wanted = new Set((await store.acts()).filter((act) => !act.outcome).map((act) => act.told.sha256));
  const waiting = (await store.photos()).filter((shot) => shot.blob && !shot.received && wanted.has(shot.sha256));
  for (const shot of waiting) {
    tell({ sending: shot.sha256, part: 0 });
    const said = await sendPhoto(shot, token);
    if (said === "received") await store.received(shot.sha256);
    else await refusePhoto(shot, said);
    tell({ sending: null });
  }
}

async function refusePhoto(shot, sentence) {
  for (const act of await store.acts()) {
    if (act.told.sha256 === shot.sha256) await store.answered(act.order, { outcome: "refused", sentence });
  }
}

function envelope(acts) {
  const officer = store.owner();
  return {
    officer: officer.id,
    officer_name: officer.name,
    phone_now: new Date().toISOString(),
    acts,
  };
}

// An act as the server reads it: the visit by the office's number, or by the key under which it began
// here. It reads the same however often it is sent.
function plain(act) {
  return { key: act.key, kind: act.kind, at: act.at, ...named(act.visit), ...act.told };
}

function named(id) {
  return id.startsWith("v") ? { visit_id: Number(id.slice(1)) } : { visit_key: id };
}

async function sendActs(token) {
  const photos = new Map((await store.photos()).map((shot) => [shot.sha256, shot]));
  const visits = new Map((await store.visits()).map((one) => [one.id, one]));
  // A photo of a problem waits until the problem has been taken.
  const written = (act) => {
    const problem = visits.get(act.visit)?.problems?.find((one) => one.key === act.told.problem);
    return !act.told.problem || problem?.sent || problem?.theirs;
  };
  const ready = (await store.acts()).filter(
    (act) => !act.outcome && (act.kind !== "photo" || (photos.get(act.told.sha256)?.received && written(act))),
  );
  const part = ready.slice(0, MOST);
  if (!part.length) return false;
  await store.tried(part.map((act) => act.order));
  const reply = await fetch("/field/acts", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify(envelope(part.map(plain))),
    redirect: "error",
  });
  const told = await reply.json().catch(() => ({}));
  if (!reply.ok) throw new Stopped(reply.status >= 500 || !told.sentence ? "fault" : "refused", told.sentence);
  for (const said of told.acts) {
    const act = part.find((one) => one.key === said.key);
    if (act) await store.answered(act.order, said);
  }
  state.know = [...new Set([...told.know, ...told.acts.flatMap((one) => one.know ?? [])])];
  return ready.length > part.length;
}

async function sendAll() {
  if (!store.owner()) return;
  const open = (await store.acts()).some((act) => !act.outcome);
  if (!open) {
    tell({ how: state.at ? "saved" : "quiet", sending: null });
    return;
  }
  try {
    const token = await who();
    tell({ how: "sending", sentence: "" });
    // What is small first: an answer does not wait behind the photos.
    while (await sendActs(token));
    await sendPhotos(token);
    while (await sendActs(token));
    tell({ how: "saved", at: new Date(), sending: null });
  } catch (error) {
    tell({ how: error.how ?? "offline", sentence: error.sentence ?? "", sending: null });
  }
}

let running = null;
let once_more = false;

// One at a time, also where the page is open twice.
export function send() {
  if (running) {
    once_more = true;
    return running;
  }
  running = navigator.locks.request("field-send", sendAll).finally(() => {
    running = null;
    if (once_more) {
      once_more = false;
      send();
    }
  });
  return running;
}

export function keepSending() {
  window.addEventListener("online", send);
  window.addEventListener("offline", () => tell({ how: "offline" }));
  document.addEventListener("visibilitychange", () => document.hidden || send());
  setInterval(send, AGAIN);
  send();
}

// The last way out: all that waits, with its pictures, as a file that the office reads.
export async function exported() {
  const acts = await store.acts();
  const wanted = new Set(acts.map((act) => act.told.sha256).filter(Boolean));
  const files = [];
  for (const shot of await store.photos()) {
    if (shot.blob && wanted.has(shot.sha256)) {
      files.push({ sha256: shot.sha256, name: shot.name, base64: await base64(shot.blob) });
    }
  }
  const whole = { ...envelope(acts.map(plain)), files };
  return new Blob([JSON.stringify(whole)], { type: "application/json" });
}

function base64(blob) {
  return new Promise((read, failed) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => read(reader.result.slice(reader.result.indexOf(",") + 1)));
    reader.addEventListener("error", () => failed(reader.error));
    reader.readAsDataURL(blob);
  });
}
