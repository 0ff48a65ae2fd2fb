// On the spot: every answer saves itself, and the bar tells the truth about where it is.

const form = document.querySelector("form[data-answers]");
const bar = document.querySelector("[data-truth]");
const AGAIN = 10000;

function say(kind, words) {
  bar.className = `truth ${kind}`;
  bar.textContent = words;
}

// What the server has not signed for. Kept on the phone, so that a closed page loses nothing.
const KEY = form && `answers ${form.dataset.visit}`;
const waiting = new Map(form ? JSON.parse(localStorage.getItem(KEY) || "[]") : []);
let sending = false;
// The problem that the last answer opens, once that answer is kept.
let opens = "";

function keep() {
  if (waiting.size) localStorage.setItem(KEY, JSON.stringify([...waiting]));
  else localStorage.removeItem(KEY);
}

function tellOffline() {
  say("offline", bar.dataset.offline.replace("{count}", waiting.size));
}

async function post(item, answer) {
  const body = new URLSearchParams({ item, answer, csrf_token: form.elements.csrf_token.value });
  const reply = await fetch(form.dataset.answers, { method: "POST", body, redirect: "error" });
  const said = reply.headers.get("content-type")?.includes("json") ? await reply.json() : {};
  return { reply, said };
}

async function sendOne([item, answer]) {
  const { reply, said } = await post(item, answer);
  if (reply.status >= 500) throw new Error("fault");
  // Only what was taken, or refused with a sentence of its own, leaves the phone. Anything else
  // says something of this page, for instance that it is too old: the answer is still good.
  if (!reply.ok && !said.sentence) throw Object.assign(new Error("old page"), { reload: true });
  // A newer answer to the same question may have been given meanwhile.
  if (waiting.get(item) === answer) waiting.delete(item);
  keep();
  if (!reply.ok) throw Object.assign(new Error("refused"), { sentence: said.sentence });
  document.querySelector("[data-answered]").textContent = said.answered;
  return said.saved_at;
}

async function sendAll() {
  if (sending || !waiting.size) return;
  sending = true;
  say("", bar.dataset.saving);
  try {
    let at = "";
    while (waiting.size) at = await sendOne(waiting.entries().next().value);
    say("saved", bar.dataset.saved.replace("{time}", at));
    if (opens) location.assign(opens);
  } catch (error) {
    if (error.sentence) say("refused", bar.dataset.refused.replace("{reason}", error.sentence));
    else if (error.reload) say("refused", bar.dataset.reload);
    else tellOffline();
  } finally {
    sending = false;
  }
}

function show(question, answer) {
  question.classList.remove("answered-yes", "answered-no", "answered-na", "answered-not");
  question.classList.add(`answered-${answer}`);
  question.open = answer === "no";
  const part = question.closest(".asked-part");
  const count = part.querySelector("[data-part-count]");
  count.textContent = count.dataset.words.replace("{answered}", part.querySelectorAll("input:checked").length);
}

function onAnswer(event) {
  const question = event.target.closest("[data-question]");
  if (!question || event.target.type !== "radio") return;
  waiting.set(question.dataset.question, event.target.value);
  keep();
  show(question, event.target.value);
  const bare = event.target.value === "no" && !question.querySelector(".found");
  opens = bare ? question.querySelector(".asked-problem a").href : "";
  sendAll();
}

function restore() {
  for (const [item, answer] of waiting) {
    const question = form.querySelector(`[data-question="${CSS.escape(item)}"]`);
    const choice = question?.querySelector(`input[value="${CSS.escape(answer)}"]`);
    if (!choice) continue;
    choice.checked = true;
    show(question, answer);
  }
}

if (form) {
  form.addEventListener("change", onAnswer);
  window.addEventListener("online", sendAll);
  window.addEventListener("offline", () => waiting.size && tellOffline());
  setInterval(sendAll, AGAIN);
  restore();
  sendAll();
}

// The device's position, if it tells it; typed all the same if not. A form names the field for it.
for (const place of document.querySelectorAll("form[data-place]")) {
  const button = place.querySelector("[data-locate]");
  const words = place.querySelector("[data-locate-words]");
  if (!navigator.geolocation) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    button.setAttribute("aria-busy", "true");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const { accuracy, source } = place.elements;
        place.elements[place.dataset.place].value = `${coords.latitude.toFixed(6)}, ${coords.longitude.toFixed(6)}`;
        if (accuracy) accuracy.value = Math.round(coords.accuracy);
        if (source) source.value = "device";
        place.requestSubmit();
      },
      () => {
        button.removeAttribute("aria-busy");
        words.textContent = words.dataset.denied;
      },
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });
}
