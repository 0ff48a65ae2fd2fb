// Beginnings of sentences that people write every day: a press puts one in, they complete it.

export function watchQuick() {
  for (const quick of document.querySelectorAll("[data-quick]")) {
    const text = document.getElementById(quick.dataset.quick);
    quick.hidden = false;
    quick.addEventListener("click", (event) => {
      if (event.target.tagName !== "BUTTON") return;
      text.value += event.target.textContent.trim();
      text.focus();
      const gap = text.value.lastIndexOf("__");
      if (gap >= 0) text.setSelectionRange(gap, gap + 2);
      text.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
}
