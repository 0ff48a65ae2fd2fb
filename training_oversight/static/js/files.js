// The names and sizes of chosen files, under the button.

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

export function watchFiles() {
  for (const box of document.querySelectorAll("[data-file]")) {
    const input = box.querySelector("input[type=file]");
    const list = box.querySelector("[data-file-list]");
    input?.addEventListener("change", () => list.replaceChildren(...[...input.files].map(line)));
  }
}
