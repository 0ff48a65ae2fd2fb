// A lead is typed in half a minute: the day by a press, the place by the device.

for (const days of document.querySelectorAll("[data-lead-days]")) {
  const field = document.getElementById(days.dataset.leadDays);
  days.hidden = false;
  days.addEventListener("click", (event) => {
    if (event.target.tagName !== "BUTTON") return;
    field.value = event.target.textContent.trim();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

const button = document.querySelector("[data-lead-locate]");
if (button && navigator.geolocation) watch(button);

function watch(button) {
  const words = document.querySelector("[data-lead-locate-words]");
  const { position, accuracy } = button.form.elements;
  button.hidden = false;
  button.addEventListener("click", () => {
    button.setAttribute("aria-busy", "true");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        button.removeAttribute("aria-busy");
        position.value = `${coords.latitude.toFixed(6)}, ${coords.longitude.toFixed(6)}`;
        accuracy.value = Math.round(coords.accuracy);
        words.textContent = "";
        position.dispatchEvent(new Event("change", { bubbles: true }));
      },
      () => {
        button.removeAttribute("aria-busy");
        words.textContent = words.dataset.denied;
      },
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });
  // What is typed over it was not told by the device.
  position.addEventListener("input", () => {
    accuracy.value = "";
  });
}
