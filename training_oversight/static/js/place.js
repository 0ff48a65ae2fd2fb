// A page that is come back to stays where it was; after a step the focus is on what was said.

function key() {
  return `scroll ${location.pathname}${location.search}`;
}

export function rememberScroll() {
  if (!document.querySelector("table[data-rows]")) return;
  const saved = Number(sessionStorage.getItem(key()));
  const returned = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  if (saved && returned) window.scrollTo(0, saved);
  window.addEventListener("pagehide", () => sessionStorage.setItem(key(), String(window.scrollY)));
}

export function moveFocus() {
  const target = document.querySelector(".error-summary[data-focus]") || document.querySelector("[data-focus]");
  target?.focus({ preventScroll: !target.matches(".error-summary") });
}
