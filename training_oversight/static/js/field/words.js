// Sentences come with the page, in its language: { "key": "… {count} …" }.

const known = JSON.parse(document.body.dataset.words);

export function say(key, values = {}) {
  return (known[key] ?? key).replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
}
