// A way of serving asks for its own proof alone; without script all of it stays, with what each way needs.

function show(form) {
  const chosen = form.querySelector('[name="method"]:checked')?.value.replaceAll("_", "-");
  for (const part of form.querySelectorAll('[class*="for-"]')) {
    part.hidden = !part.classList.contains(`for-${chosen}`);
  }
}

export function watchMethods() {
  for (const form of document.querySelectorAll("[data-by-method]")) {
    form.addEventListener("change", () => show(form));
    show(form);
  }
}
