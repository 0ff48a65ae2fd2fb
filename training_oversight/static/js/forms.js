// Busy buttons, one press only; a warning before typed text is left behind.

let leavingOnPurpose = false;

function markBusy(form, button) {
  if (!button) return;
  button.setAttribute("aria-busy", "true");
  button.dataset.idle = button.textContent;
  if (button.dataset.busy) button.textContent = button.dataset.busy;
}

function onSubmit(event) {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  leavingOnPurpose = true;
  // The button's own name and value must be sent before its words change.
  const button = event.submitter;
  form.dataset.sent = "yes";
  setTimeout(() => markBusy(form, button), 0);
}

function released() {
  leavingOnPurpose = false;
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[data-idle]")) {
      button.textContent = button.dataset.idle;
      button.removeAttribute("aria-busy");
    }
  }
}

function isChanged(form) {
  return [...form.elements].some((control) => {
    if (control.type === "hidden" || control.type === "submit") return false;
    if (control.type === "checkbox" || control.type === "radio") {
      return control.checked !== control.defaultChecked;
    }
    if (control.type === "file") return control.files.length > 0;
    if (control.tagName === "TEXTAREA" || control.tagName === "INPUT") {
      return control.value !== control.defaultValue;
    }
    return false;
  });
}

function beforeLeaving(event) {
  if (leavingOnPurpose) return;
  if ([...document.querySelectorAll("form[data-guard]")].some(isChanged)) event.preventDefault();
}

// An Enter that ends the choice of a character sends nothing.
function onKeydown(event) {
  if (event.key === "Enter" && event.isComposing) event.preventDefault();
}

export function watchForms() {
  document.addEventListener("submit", onSubmit);
  document.addEventListener("keydown", onKeydown);
  window.addEventListener("beforeunload", beforeLeaving);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) released();
  });
}
