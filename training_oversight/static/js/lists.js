// Filters that apply when chosen, and the count of selected rows.

// On the phone the boxes stand behind one button; without script they are all there.
function foldFilters(form) {
  const more = form.querySelector("[data-filters-more]");
  if (more && window.matchMedia("(max-width: 767px)").matches) more.open = false;
}

function watchFilters(form) {
  foldFilters(form);
  // Boxes that are not set say nothing: they stay out of the address.
  form.addEventListener("formdata", ({ formData }) => {
    for (const name of new Set(formData.keys())) {
      if (formData.getAll(name).every((value) => value === "")) formData.delete(name);
    }
  });
  for (const select of form.querySelectorAll("select")) {
    select.addEventListener("change", () => {
      // On the phone the boxes are a page of their own with a button.
      if (window.matchMedia("(min-width: 768px)").matches) form.requestSubmit();
    });
  }
  for (const day of form.querySelectorAll("[data-filter-day]")) {
    day.addEventListener("change", () => {
      if (window.matchMedia("(min-width: 768px)").matches) form.requestSubmit();
    });
  }
}

function watchSelection(bar) {
  const count = bar.querySelector("[data-selection-count]");
  const nothing = count.textContent;
  const clear = bar.querySelector("[data-selection-clear]");
  const boxes = [...document.querySelectorAll("input[data-select]")];
  // One stands in the head of the table, one in the bar: on the phone the table has no head.
  const alls = [...document.querySelectorAll("input[data-select-all]")];
  // Those that were found and stand on other pages, when all were asked for.
  const elsewhere = document.querySelectorAll("input[data-select-rest]").length;

  function show() {
    const here = boxes.filter((box) => box.checked).length;
    const chosen = here + elsewhere;
    bar.classList.toggle("none", chosen === 0);
    count.textContent = chosen ? count.dataset.words.replace("{count}", chosen) : nothing;
    if (clear) clear.hidden = chosen === 0;
    for (const box of boxes) box.closest("tr")?.classList.toggle("selected", box.checked);
    for (const all of alls) all.checked = here > 0 && here === boxes.length;
  }

  for (const box of boxes) box.addEventListener("change", show);
  for (const all of alls) {
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
      show();
    });
  }
  clear?.addEventListener("click", () => setTimeout(show, 0));
  show();
}

// Stacked on the phone, a figure needs the head of its column beside it.
function labelCells(table) {
  const heads = [...table.querySelectorAll(":scope > thead th")].map((head) => head.textContent.trim());
  for (const row of table.querySelectorAll(":scope > tbody > tr:not(.explain-row, .group, .more)")) {
    [...row.cells].forEach((cell, place) => {
      if (place > 0 && heads[place] && !cell.dataset.label) cell.dataset.label = heads[place];
    });
  }
}

export function watchLists() {
  document.querySelectorAll("table.plain").forEach(labelCells);
  document.querySelectorAll("form[data-filters]").forEach(watchFilters);
  document.querySelectorAll("[data-selection]").forEach(watchSelection);
}
