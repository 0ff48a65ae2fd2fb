// A text that goes into another system is copied by one press, where the browser allows it.

export function watchCopying() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) {
    const text = document.getElementById(button.dataset.copy);
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.value);
        button.textContent = button.dataset.done;
      } catch {
        // Then it is marked, to be copied by hand; nothing is called copied that is not.
        text.select();
      }
    });
  }
}
