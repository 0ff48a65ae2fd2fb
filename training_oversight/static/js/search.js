// Results beneath the search box while one types. Without script, Enter leads to their page.

const WAIT = 150;

export function watchSearch() {
  const form = document.querySelector("[data-search-form]");
  if (!form) return;
  const box = form.querySelector("[data-search-main]");
  const list = form.querySelector("[data-search-list]");
  const told = form.querySelector("[data-search-told]");
  const opener = document.querySelector("[data-search-open]");
  let timer;
  let asked = 0;
  let running;

  function options() {
    return [...list.querySelectorAll("[role=option]")];
  }

  function chosen() {
    return list.querySelector("[aria-selected=true]");
  }

  function choose(option) {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) box.setAttribute("aria-activedescendant", option.id);
    else box.removeAttribute("aria-activedescendant");
  }

  function show(open) {
    list.hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    if (!open) choose(null);
  }

  // An answer to what was typed before comes too late: it is neither shown nor told.
  function forget() {
    clearTimeout(timer);
    asked += 1;
    running?.abort();
    list.removeAttribute("aria-busy");
  }

  async function ask(words) {
    const mine = asked;
    running = new AbortController();
    try {
      const address = `${form.dataset.searchForm}?${new URLSearchParams({ q: words })}`;
      const reply = await fetch(address, { signal: running.signal });
      const text = await reply.text();
      if (mine !== asked) return;
      // The session may have ended: then another page came, and Enter leads there, too.
      if (!reply.ok || reply.redirected) return show(false);
      list.innerHTML = text;
      list.removeAttribute("aria-busy");
      told.textContent = list.firstElementChild.dataset.told;
      choose(null);
      show(true);
    } catch {
      if (mine === asked) show(false);
    }
  }

  function typed() {
    forget();
    // What still stands there fits what was typed before: Enter must not open it.
    choose(null);
    const words = box.value.trim();
    if (words) {
      list.setAttribute("aria-busy", "true");
      timer = setTimeout(ask, WAIT, words);
    } else {
      told.textContent = "";
      show(false);
    }
  }

  function reopen() {
    if (list.childElementCount && box.value.trim()) show(true);
  }

  function step(by) {
    if (list.hidden) return reopen();
    const all = options();
    const next = all.indexOf(chosen()) + by;
    // Past either end one is back in the box, with what was typed.
    choose(next === -2 ? all.at(-1) : all[next]);
  }

  // On the phone the box is a sheet over the page.
  function sheet(open) {
    form.classList.toggle("sheet", open);
    form.querySelector("[data-search-close]").hidden = !open;
    if (open) box.focus();
    else if (opener?.offsetParent) opener.focus();
  }

  function leave() {
    forget();
    if (!list.hidden) return show(false);
    if (form.classList.contains("sheet")) return sheet(false);
    if (box.value) box.value = "";
    else box.blur();
  }

  const keys = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Escape: leave,
  };

  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  show(false);

  box.addEventListener("input", (event) => event.isComposing || typed());
  box.addEventListener("compositionend", typed);
  box.addEventListener("focus", reopen);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.code === "Enter" || event.code === "NumpadEnter") {
      const option = list.hidden ? null : chosen();
      forget();
      if (!option) return;
      event.preventDefault();
      option.click();
      return;
    }
    const act = keys[event.code];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  // The box keeps the focus while one clicks: else the list would be gone before the click is.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || show(false));
  form.querySelector("[data-search-close]").addEventListener("click", () => {
    forget();
    show(false);
    sheet(false);
  });
  opener?.addEventListener("click", (event) => {
    event.preventDefault();
    sheet(true);
  });
}
