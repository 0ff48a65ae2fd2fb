// Keys for eight hours a day. event.code, because an input method hides event.key.

const off = new Set((document.body.dataset.keysOff || "").split(" ").filter(Boolean));

// What takes the focus of a row: its link, what it folds away, or the row itself.
function target(row) {
  return row.querySelector("a[href], summary") || (row.hasAttribute("tabindex") ? row : null);
}

function rows() {
  return [...document.querySelectorAll("table[data-rows] tbody tr, section[data-row]")].filter(
    (row) => target(row) && !row.matches(".group, .more, .explain-row"),
  );
}

function current() {
  return document.querySelector("table[data-rows] tr.current, section[data-row].current");
}

function step(by) {
  const all = rows();
  if (!all.length) return;
  const now = current();
  const next = all[Math.min(Math.max(all.indexOf(now) + by, 0), all.length - 1)];
  now?.classList.remove("current");
  next.classList.add("current");
  (next.matches("section") ? next : target(next)).focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function click(selector, inside = document) {
  inside?.querySelector(selector)?.click();
}

function pick() {
  click("input[data-select]", current());
}

function search() {
  const box = document.querySelector("[data-search-main]") || document.querySelector("[data-search]");
  box?.focus();
  box?.select();
}

// E is the blue button, the next step that is named: its page is opened. One that acts at once is
// only gone to, and pressed by Enter.
function next() {
  const main = document.querySelector("[data-moves] .button.main");
  if (main?.tagName === "A") main.click();
  else main?.focus();
}

const PLAIN = {
  KeyJ: () => step(1),
  KeyK: () => step(-1),
  KeyX: pick,
  KeyE: next,
  BracketLeft: () => click("[data-previous]"),
  BracketRight: () => click("[data-next]"),
  Slash: search,
};

function isTyping(target) {
  return target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
}

function onKeydown(event) {
  if (event.isComposing || event.altKey || event.metaKey) return;
  if (event.ctrlKey) {
    if (event.code === "Enter") event.target.closest("form")?.querySelector("[data-main]")?.click();
    return;
  }
  if (event.shiftKey && event.code === "Slash" && !isTyping(event.target)) {
    event.preventDefault();
    click(".topbar-me > summary");
    return;
  }
  if (event.shiftKey || isTyping(event.target) || off.has(event.code)) return;
  const action = PLAIN[event.code];
  if (!action) return;
  event.preventDefault();
  action();
}

export function watchKeys() {
  document.addEventListener("keydown", onKeydown);
}
