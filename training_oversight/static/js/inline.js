// A small decision inside a long page: saved without leaving it. Without script the page comes anew.

// What the answer has anew takes the place of what stands here.
function exchange(page) {
  for (const part of document.querySelectorAll("[data-live]")) {
    const fresh = page.getElementById(part.id);
    if (!fresh) {
      part.remove();
      continue;
    }
    // The row that the keys are at stays the one.
    fresh.classList.toggle("current", part.classList.contains("current"));
    part.replaceWith(fresh);
  }
}

function goOn(id) {
  const part = document.getElementById(id);
  if (!part) return;
  const said = document.querySelector("[data-inline-said]");
  if (said) said.textContent = part.dataset.said || "";
  part.focus({ preventScroll: true });
}

async function send(form, submitter) {
  const part = form.closest("[data-live]")?.id;
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form, submitter) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  // Refused, signed out, or a fault: then the whole page has something to say.
  if (!answer.ok || !part || !page.getElementById(part)) throw new Error("not in line");
  exchange(page);
  goOn(part);
}

function onSubmit(event) {
  const form = event.target;
  if (!form.matches("form[data-inline]") || event.defaultPrevented) return;
  event.preventDefault();
  send(form, event.submitter).catch(() => form.submit());
}

export function watchInline() {
  document.addEventListener("submit", onSubmit);
}
