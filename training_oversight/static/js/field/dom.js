// Small helpers to make elements: text is always text, never markup.

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((one) => one !== null && one !== undefined && one !== false));
  return element;
}

export function button(words, pressed, more = {}) {
  return make("button", { type: "button", class: "button", onclick: pressed, ...more }, words);
}

let made = 0;

export function field(words, control, hint = "") {
  control.id ||= `field-${(made += 1)}`;
  return make(
    "div",
    { class: "field" },
    make("label", { for: control.id }, words),
    control,
    hint && make("p", { class: "hint" }, hint),
  );
}

// One of a few: the segments that the desk pages have.
export function segments(legend, name, options, chosen, changed) {
  const parts = options.map(({ value, words }) =>
    make(
      "label",
      { class: `segment-part${value === "no" ? " bad" : ""}` },
      make("input", {
        class: "visually-hidden",
        type: "radio",
        name,
        value,
        checked: value === chosen,
        onchange: () => changed(value),
      }),
      make("span", {}, words),
    ),
  );
  return make(
    "fieldset",
    {},
    make("legend", { class: "visually-hidden" }, legend),
    make("div", { class: "segment" }, ...parts),
  );
}
