// Chosen files: of a plain field their names and sizes, under the button. Of a field of evidence each
// is sent at once, and what is chosen next is added. What did not reach the server stays in the
// field, so that saving the form sends it.

const LIMIT = 20 * 1024 * 1024;
// The office says how long a film may be; here it is only not refused as a photo would be.
const tooLarge = (file) => !file.type.startsWith("video/") && file.size > LIMIT;

function size(bytes) {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function line(file) {
  const item = document.createElement("li");
  const words = document.createElement("span");
  words.className = "file-size";
  words.textContent = size(file.size);
  item.append(file.name, words);
  return item;
}

function watchPlain(box) {
  const input = box.querySelector("input[type=file]");
  const list = box.querySelector("[data-file-list]");
  input?.addEventListener("change", () => list.replaceChildren(...[...input.files].map(line)));
}

class Evidence {
  constructor(box) {
    this.box = box;
    this.input = box.querySelector("input[type=file]");
    this.list = box.querySelector("[data-file-list]");
    this.template = box.querySelector("[data-file-line]");
    // What the server has not got: line -> file.
    this.unsent = new Map();
    this.sending = new AbortController();
    this.input.addEventListener("change", () => this.add([...this.input.files]));
    this.list.addEventListener("click", (event) => this.pressed(event));
    // The form carries what is still on its way; the server knows a file by its content.
    this.input.form.addEventListener("submit", () => this.sending.abort());
    for (const button of this.list.querySelectorAll("[data-remove]")) button.hidden = false;
  }

  add(files) {
    for (const file of files) {
      const item = this.template.content.firstElementChild.cloneNode(true);
      item.querySelector(".file-name").textContent = file.name;
      item.querySelector(".file-size").textContent = size(file.size);
      const remove = item.querySelector(".file-remove");
      remove.setAttribute("aria-label", remove.getAttribute("aria-label").replace("{name}", file.name));
      if (file.type.startsWith("image/")) this.picture(item, URL.createObjectURL(file));
      this.list.append(item);
      if (tooLarge(file)) {
        this.say(item, "large");
        continue;
      }
      this.unsent.set(item, file);
      this.send(item, file);
    }
    this.refill();
  }

  picture(item, url) {
    const picture = document.createElement("img");
    picture.className = "file-shot";
    picture.alt = "";
    picture.src = url;
    item.querySelector(".file-shot").replaceWith(picture);
  }

  // The field holds exactly what the server has not got.
  refill() {
    const held = new DataTransfer();
    for (const file of this.unsent.values()) held.items.add(file);
    this.input.files = held.files;
  }

  async send(item, file) {
    this.say(item, "sending");
    item.querySelector(".file-again").hidden = true;
    const form = new FormData();
    form.append("place", this.box.dataset.place);
    form.append("file", file);
    let told = null;
    try {
      const answer = await fetch(this.box.dataset.evidence, {
        method: "POST",
        body: form,
        headers: { "X-CSRFToken": this.box.dataset.token },
        signal: this.sending.signal,
        redirect: "error",
      });
      told = await answer.json();
    } catch {
      // No network, a sign-in that has ended: nothing is said to be kept.
    }
    if (!item.isConnected) return;
    if (told?.files?.length) this.received(item, told.files[0]);
    else if (told?.sentence) this.refused(item, told.sentence);
    else this.failed(item);
  }

  received(item, told) {
    this.unsent.delete(item);
    this.refill();
    item.dataset.pending = told.id;
    item.querySelector(".file-remove").dataset.remove = `${this.box.dataset.evidence}/${told.id}/drop`;
    this.say(item, "received", told.sent_at);
    // The same content had been sent before.
    const same = [...this.list.querySelectorAll("[data-pending]")].filter((one) => one.dataset.pending === `${told.id}`);
    for (const twice of same.slice(1)) twice.remove();
  }

  refused(item, sentence) {
    this.unsent.delete(item);
    this.refill();
    item.classList.add("file-bad");
    item.querySelector(".file-state").textContent = sentence;
  }

  failed(item) {
    item.classList.add("file-bad");
    this.say(item, "unsent");
    item.querySelector(".file-again").hidden = false;
  }

  say(item, key, time = "") {
    const state = item.querySelector(".file-state");
    item.classList.toggle("file-bad", key === "unsent" || key === "large");
    state.textContent = state.dataset[key].replace("{time}", time);
  }

  async pressed(event) {
    const item = event.target.closest("li");
    if (event.target.closest(".file-again")) {
      this.send(item, this.unsent.get(item));
      return;
    }
    const remove = event.target.closest(".file-remove");
    if (!remove) return;
    if (remove.dataset.remove) {
      const answer = await fetch(remove.dataset.remove, {
        method: "POST",
        headers: { "X-CSRFToken": this.box.dataset.token },
      }).catch(() => null);
      if (!answer?.ok && answer?.status !== 404) return;
    }
    this.unsent.delete(item);
    this.refill();
    item.remove();
  }
}

export function watchFiles() {
  for (const box of document.querySelectorAll("[data-file]")) {
    if (box.dataset.evidence) new Evidence(box);
    else watchPlain(box);
  }
}
