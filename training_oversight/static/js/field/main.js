// 现场检查: one page, whose parts the address names after #. It works from what the phone holds.
import { make } from "./dom.js";
import { say } from "./words.js";
import * as store from "./store.js";
import { keepSending, send, state, watch } from "./send.js";
import { fetchLuggage } from "./luggage.js";
import { today } from "./today.js";
import { place } from "./start.js";
import { checking } from "./checking.js";
import { ending, impossible } from "./ending.js";
import { waiting } from "./waiting.js";

const PAGES = { today, place, visit: checking, finish: ending, impossible, waiting };
const root = document.getElementById("field");
const bar = document.querySelector("[data-truth]");
const titles = document.querySelectorAll("[data-field-title]");
let shown = 0;

export async function show() {
  const turn = (shown += 1);
  const [name, id] = location.hash.slice(1).split("/");
  const page = PAGES[name] ?? today;
  const made = store.owner() && (await store.luggage()) ? await page(decodeURIComponent(id ?? ""), show) : nobody();
  if (turn !== shown) return;
  for (const title of titles) title.textContent = made.title;
  root.replaceChildren(...made.parts);
  document.body.classList.toggle("with-dock", Boolean(made.dock));
  const dock = document.querySelector("[data-dock]");
  dock.replaceChildren(...(made.dock ?? []));
  dock.hidden = !made.dock;
  await tellTruth();
}

function nobody() {
  return {
    title: say("title"),
    parts: [
      make("p", {}, say(navigator.onLine ? "nobody" : "nobody_offline")),
      make("p", {}, make("a", { class: "button main", href: "/sign-in?next=/field/" }, say("sign_in"))),
    ],
  };
}

function two(number) {
  return String(number).padStart(2, "0");
}

// The bar under the title: where things are, never more than that.
async function tellTruth() {
  const acts = store.owner() ? await store.acts() : [];
  const stuck = acts.filter((act) => act.outcome).length;
  const open = acts.length - stuck;
  const photos = acts.filter((act) => act.kind === "photo" && !act.outcome).length;
  const counted = { count: open, photos };
  let how = state.how;
  if (!navigator.onLine) how = "offline";
  if (how === "sending" && !open) how = "saved";
  const words = {
    quiet: open ? say("bar_waiting", counted) : say("bar_quiet"),
    saved: open ? say("bar_waiting", counted) : say("bar_saved", { time: state.at ? `${two(state.at.getHours())}:${two(state.at.getMinutes())}` : "" }),
    sending: say("bar_sending", counted),
    offline: open ? say("bar_offline", counted) : say("bar_offline_empty"),
    fault: say("bar_fault", counted),
    refused: state.sentence,
    "signed-out": say("bar_signed_out", counted),
    another: say("bar_another"),
  };
  const kind = { saved: "saved", offline: "offline", fault: "offline", "signed-out": "refused", another: "refused", refused: "refused" };
  bar.className = `truth ${kind[how] ?? ""}`;
  const parts = [words[how]];
  if (how === "signed-out") parts.push(make("a", { href: "/sign-in?next=/field/" }, say("sign_in")));
  if (stuck) parts.push(make("a", { href: "#waiting", class: "truth-stuck" }, say("bar_stuck", { count: stuck })));
  else if (open && location.hash !== "#waiting") parts.push(make("a", { href: "#waiting" }, say("see_waiting")));
  if (state.know.length) parts.push(make("span", { class: "truth-know" }, state.know.join(" ")));
  bar.replaceChildren(...parts.flatMap((one) => [one, " "]));
}

async function whoIsHere() {
  const reply = await fetch("/field/who", { cache: "no-store" }).catch(() => null);
  if (!reply?.ok) return;
  const { officer } = await reply.json();
  // A second officer on the same phone gets pages of their own; what waits stays the first one's.
  if (officer && officer.id !== store.owner()?.id) await store.own(officer);
  if (!officer) return;
  await fetchLuggage().catch(() => null);
}

function worker() {
  if (!("serviceWorker" in navigator) || !window.isSecureContext) {
    document.querySelector("[data-insecure]").hidden = false;
    return;
  }
  // From then on the page opens without network, and says so.
  navigator.serviceWorker.addEventListener("controllerchange", show);
  navigator.serviceWorker.register("/field/worker.js", { scope: "/field/" }).catch(() => {
    document.querySelector("[data-insecure]").hidden = false;
  });
}

async function begin() {
  document.documentElement.classList.add("js");
  if (!window.crypto?.subtle || !window.indexedDB) {
    document.querySelector("[data-insecure]").hidden = false;
    return;
  }
  await store.whose();
  worker();
  watch(tellTruth);
  window.addEventListener("hashchange", () => {
    show();
    window.scrollTo(0, 0);
  });
  await show();
  await whoIsHere();
  await show();
  keepSending();
  send();
}

begin();
