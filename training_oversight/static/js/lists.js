// Filters that apply when chosen, and the count of selected rows.

function watchFilters(form) {
  for (const select of form.querySelectorAll("select")) {
    select.addEventListener("change", () => {
      // On the phone the boxes are a page of their own with a button.
      if (window.matchMedia("(min-width: 768px)").matches) form.requestSubmit();
    });
  }
}

function watchSelection(bar) {
  const count = bar.querySelector("[data-selection-count]");
  const nothing = count.textContent;
  const clear = bar.querySelector("[data-selection-clear]");
  const boxes = [...document.querySelectorAll("input[data-select]")];
  const all = document.querySelector("input[data-select-all]");

  function show() {
    const chosen = boxes.filter((box) => box.checked).length;
    bar.classList.toggle("none", chosen === 0);
    count.textContent = chosen ? count.dataset.words.replace("{count}", chosen) : nothing;
    clear.hidden = chosen === 0;
    for (const box of boxes) box.closest("tr")?.classList.toggle("selected", box.checked);
    if (all) all.checked = chosen > 0 && chosen === boxes.length;
  }

  for (const box of boxes) box.addEventListener("change", show);
  all?.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  clear.addEventListener("click", () => setTimeout(show, 0));
  show();
}

export function watchLists() {
  document.querySelectorAll("form[data-filters]").forEach(watchFilters);
  document.querySelectorAll("[data-selection]").forEach(watchSelection);
}
