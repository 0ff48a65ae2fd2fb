// One pin to drag: it fills in the field that works without it.
/* global L */
import { clusters, drawMap, fetchPoints, lookAt, wordIcon, written } from "./ground.js";

const box = document.querySelector("[data-map]");
const form = document.querySelector("form[data-place]");
const message = document.querySelector("[data-map-message]");
const { position, datum, how, accuracy } = form.elements;

function say(place, system, source, metres = "") {
  position.value = written(place);
  datum.value = system;
  // Only where the register keeps how a position came about.
  if (how) how.value = source;
  if (accuracy) accuracy.value = metres;
  position.dispatchEvent(new Event("change", { bubbles: true }));
}

function pinOn(map, place) {
  const pin = L.marker(place, {
    icon: wordIcon(box.dataset.pin, "map-here"),
    draggable: true,
    autoPan: true,
    zIndexOffset: 1000,
    title: box.dataset.pin,
  }).addTo(map);
  pin.on("dragend", () => say(pin.getLatLng(), box.dataset.datum, "pinned"));
  return pin;
}

function neighbour(point) {
  return L.marker([point.lat, point.lng], { icon: wordIcon(point.name, "map-around"), interactive: false, keyboard: false });
}

// Telephones tell their position to secure pages only.
function watchHere() {
  const line = document.querySelector("[data-locate-line]");
  if (!line || !navigator.geolocation || !window.isSecureContext) return;
  line.hidden = false;
  const button = document.querySelector("[data-locate]");
  button.addEventListener("click", () => {
    button.setAttribute("aria-busy", "true");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        button.removeAttribute("aria-busy");
        say({ lat: coords.latitude, lng: coords.longitude }, "wgs84", "device", String(Math.round(coords.accuracy)));
      },
      () => {
        button.removeAttribute("aria-busy");
        message.textContent = box.dataset.denied;
      },
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });
}

async function begin() {
  const { map, outline } = drawMap(box);
  const { pinLat, pinLng } = box.dataset;
  const here = pinLat ? [Number(pinLat), Number(pinLng)] : null;
  let pin = here ? pinOn(map, here) : null;
  map.on("click", ({ latlng }) => {
    if (pin) pin.setLatLng(latlng);
    else pin = pinOn(map, latlng);
    say(latlng, box.dataset.datum, "pinned");
  });
  // What is typed by hand is no longer what the pin or the device said.
  for (const control of [position, datum]) {
    control.addEventListener("input", () => {
      if (how) how.value = "";
      if (accuracy) accuracy.value = "";
    });
  }
  watchHere();
  const points = (await fetchPoints(box).catch(() => [])).filter((point) => String(point.id) !== box.dataset.own);
  // On a plain ground the neighbours show the way.
  const around = clusters(box).addLayers(points.map(neighbour));
  map.addLayer(around);
  if (here) lookAt(map, null, [here]);
  else lookAt(map, await outline, points.map((point) => [point.lat, point.lng]));
  box.dataset.drawn = String(points.length);
}

// A map that is folded away is drawn when it is opened: before that it has no size.
const fold = box.closest("details");
if (fold) {
  fold.hidden = false;
  fold.addEventListener("toggle", begin, { once: true });
} else {
  begin();
}
