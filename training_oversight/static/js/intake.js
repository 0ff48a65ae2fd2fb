// The page of the desk: places and open orders while one types, and a draft that is kept meanwhile.

const WAIT = 200;
const REST = 1000;

const form = document.querySelector("[data-intake]");
if (form) watch(form);

function watch(form) {
  const list = form.querySelector("[data-beside-list]");
  const told = document.querySelector("[data-draft-told]");
  const place = form.elements.place;
  form.querySelector("[data-look]").hidden = true;
  const beside = new URL(form.dataset.beside, location.href);
  let asking;
  let keeping;
  let asked = 0;
  let draft = new AbortController();

  function chosen() {
    return form.querySelector("[data-place-choice]:checked")?.value ?? "";
  }

  async function look(institution) {
    const mine = ++asked;
    const said = {
      place: place.value.trim(),
      position: form.elements.position.value.trim(),
      datum: form.elements.datum.value,
      institution,
    };
    // An address never carries what is empty: the server would lead on to the one without.
    const address = new URL(beside);
    for (const [name, value] of Object.entries(said)) {
      if (value) address.searchParams.set(name, value);
    }
    try {
      const reply = await fetch(address);
      const text = await reply.text();
      // The session may have ended: then another page came, and the plain button still works.
      if (mine !== asked || !reply.ok || reply.redirected) return;
      const focused = list.contains(document.activeElement);
      list.innerHTML = text;
      if (focused) list.querySelector("[data-place-choice]:checked")?.focus();
    } catch {
      // Without the network the page stays as it is.
    }
  }

  function typed(event) {
    if (event.isComposing) return;
    clearTimeout(asking);
    asking = setTimeout(look, WAIT, "");
  }

  async function keep() {
    const typedIn = new FormData(form);
    for (const name of [...typedIn.keys()]) {
      if (typedIn.get(name) instanceof File) typedIn.delete(name);
    }
    try {
      const reply = await fetch(form.dataset.draft, {
        method: "POST",
        body: typedIn,
        signal: draft.signal,
      });
      told.textContent = reply.redirected ? told.dataset.lost : (await reply.json()).said;
    } catch {
      if (!draft.signal.aborted) told.textContent = told.dataset.lost;
    }
  }

  function changed() {
    clearTimeout(keeping);
    keeping = setTimeout(keep, REST);
  }

  place.addEventListener("input", typed);
  place.addEventListener("compositionend", typed);
  for (const name of ["position", "datum"]) {
    form.elements[name].addEventListener("change", () => look(chosen()));
  }
  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-place-choice]")) look(event.target.value);
  });
  // A correction has no draft.
  if (!form.dataset.draft) return;
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  // What is sent is no draft any more: one that came after it would offer the same call anew.
  form.addEventListener("submit", () => {
    clearTimeout(keeping);
    draft.abort();
  });
  // The page that comes back from the browser's memory is typed on as before.
  window.addEventListener("pageshow", () => {
    draft = new AbortController();
  });
}
