// Who signs out takes their name off the page for site visits: it shows nothing until they are back.
// What waits on this device stays for them.

function forgetWhose() {
  return new Promise((done) => {
    const asked = indexedDB.open("field", 1);
    asked.addEventListener("upgradeneeded", () => asked.result.createObjectStore("people"));
    asked.addEventListener("error", done);
    asked.addEventListener("success", () => {
      const transaction = asked.result.transaction("people", "readwrite");
      transaction.objectStore("people").delete("now");
      for (const end of ["complete", "error", "abort"]) transaction.addEventListener(end, done);
    });
  });
}

export function watchLeaving() {
  document.addEventListener("submit", (event) => {
    const address = event.target.getAttribute("action") ?? "";
    if (!/^\/sign-out(-everywhere)?$/.test(address) || !window.indexedDB) return;
    event.preventDefault();
    forgetWhose().finally(() => event.target.submit());
  });
}
