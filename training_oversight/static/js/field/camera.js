// The camera: photos one after another, and the old picture over the finder for a re-check.
import { button, make } from "./dom.js";
import { say } from "./words.js";
import * as store from "./store.js";
import { address, taken } from "./photos.js";
import { send } from "./send.js";

let latest = null;
let watching = null;

// Where the phone is while a visit is open, so that a photo does not wait for it.
export function follow() {
  if (watching !== null || !navigator.geolocation) return;
  watching = navigator.geolocation.watchPosition(
    ({ coords }) => {
      latest = { latitude: Number(coords.latitude.toFixed(6)), longitude: Number(coords.longitude.toFixed(6)), accuracy: Math.round(coords.accuracy) };
    },
    () => {},
    { enableHighAccuracy: true, maximumAge: 60000 },
  );
}

export async function shoot(id, files, of) {
  const failed = [];
  for (const file of files) {
    try {
      const made = await taken(file);
      const { camera, ...shot } = made;
      const key = crypto.randomUUID();
      const told = { sha256: shot.sha256, camera_sha256: camera, name: of.name ?? shot.name, shot: key, ...(latest ?? {}), ...(of.problem ? { problem: of.problem } : {}) };
      await store.note(
        id,
        (visit) => {
          visit.photos = [...(visit.photos ?? []), { key, sha256: shot.sha256, name: told.name, problem: of.problem ?? null, item: of.item ?? null }];
          return visit;
        },
        "photo",
        told,
        { photo: shot },
      );
    } catch (error) {
      failed.push(say(error?.name === "QuotaExceededError" ? "photo_no_room" : "photo_unread", { name: file.name }));
    }
  }
  send();
  return failed;
}

// A label that is a button: the phone opens its camera, the desk its files.
export function cameraButton(id, of, words, show) {
  const told = make("span", { class: "field-error", role: "alert" });
  const input = make("input", { type: "file", class: "visually-hidden", accept: "image/*,video/mp4,video/quicktime", multiple: true, onchange: async () => {
    label.setAttribute("aria-busy", "true");
    const failed = await shoot(id, [...input.files], of);
    label.removeAttribute("aria-busy");
    input.value = "";
    told.textContent = failed.join(" ");
    if (!failed.length) show();
  } });
  const label = make("label", { class: "button" }, input, words);
  return make("span", { class: "field-camera" }, label, told);
}

export function pictures(visit, wanted) {
  const list = make("ul", { class: "shots" });
  fill(list, visit, wanted);
  return list;
}

async function fill(list, visit, wanted) {
  const lines = [];
  for (const one of (visit.photos ?? []).filter(wanted)) {
    const kept = await store.photo(one.sha256);
    const url = address(kept?.thumb ?? kept?.blob);
    const key = kept?.received ? "photo_received" : navigator.onLine ? "photo_queued" : "photo_offline";
    lines.push(
      make(
        "li",
        {},
        url ? make("img", { src: url, alt: one.name }) : null,
        make("span", { class: "caption" }, one.name),
        make("span", { class: "shot-state", "data-shot": one.sha256 }, say(key)),
        !kept?.received && make("button", { type: "button", class: "button text", "aria-label": say("remove", { name: one.name }), onclick: () => remove(visit.id, one, list, wanted) }, "×"),
      ),
    );
  }
  list.replaceChildren(...lines);
}

async function remove(id, one, list, wanted) {
  for (const act of await store.acts()) {
    if (act.kind === "photo" && act.told.shot === one.key && !act.tried) await store.drop(act.order);
    else if (act.kind === "photo" && act.told.shot === one.key) return;
  }
  const visit = await store.keepVisit(id, (stands) => ({ ...stands, photos: stands.photos.filter((each) => each.key !== one.key) }));
  fill(list, visit, wanted);
}

export async function shots(visit, wanted) {
  const own = (visit.photos ?? []).filter(wanted);
  if (!own.length) return null;
  return make("section", { class: "asked-part" }, make("h2", {}, say("photos"), make("span", { class: "note" }, say("count", { count: own.length }))), pictures(visit, wanted));
}

// What was found before beside what is there now.
export async function comparing(visit, place, changed) {
  const items = place.items.filter((one) => one.pictures.length);
  if (!items.length) return null;
  const rows = [];
  for (const item of items) {
    const before = await store.picture(item.pictures[0]);
    const url = address(before) ?? item.pictures[0];
    rows.push(
      make(
        "li",
        {},
        make("p", {}, `${item.number} ${item.title}`),
        make("ul", { class: "shots" }, make("li", {}, make("img", { src: url, alt: say("before") }), make("span", { class: "caption" }, say("before")))),
        button(say("after_photo"), () => over(visit.id, item, url, changed)),
        cameraButton(visit.id, { item: item.id, name: `${say("after")}-${item.number}.jpg` }, say("choose_photo"), changed),
        pictures(visit, (one) => one.item === item.id),
      ),
    );
  }
  return make("details", { class: "asked-part field-compare" }, make("summary", {}, say("compare", { count: items.length })), make("ul", { class: "field-known" }, ...rows));
}

// The old picture lies half-transparent over what the camera sees, so that both show the same.
async function over(id, item, url, changed) {
  const video = make("video", { autoplay: true, playsinline: true, muted: true });
  const told = make("p", { class: "field-error", role: "alert" });
  const dialog = make("dialog", { class: "field-finder" }, make("div", { class: "field-finder-view" }, video, make("img", { src: url, alt: say("before") })), told);
  const close = () => {
    for (const track of video.srcObject?.getTracks() ?? []) track.stop();
    dialog.close();
    dialog.remove();
  };
  const press = async () => {
    const canvas = make("canvas", { width: video.videoWidth, height: video.videoHeight });
    canvas.getContext("2d").drawImage(video, 0, 0);
    const blob = await new Promise((made) => canvas.toBlob(made, "image/jpeg", 0.9));
    const name = `${say("after")}-${item.number}.jpg`;
    const failed = await shoot(id, [new File([blob], name, { type: "image/jpeg" })], { item: item.id, name });
    close();
    if (!failed.length) changed();
  };
  const take = button(say("take"), press, { class: "button main", disabled: true });
  dialog.append(make("p", { class: "field-finder-dock" }, button(say("close"), close), take));
  document.body.append(dialog);
  dialog.showModal();
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
    take.disabled = false;
  } catch {
    told.textContent = say("no_camera");
  }
}
