// The map of institutions: clusters, popups, the list beside it, what is nearest to a point.
/* global L */
import { clusters, drawMap, drawnMark, fetchPoints, lookAt, markIcon, wordIcon, written } from "./ground.js";

const box = document.querySelector("[data-map]");
const message = document.querySelector("[data-map-message]");
const markers = new Map();

// The same page, asked for what is nearest; the filters stay.
function nearUrl(position, datum) {
  const url = new URL(location.href);
  url.searchParams.delete("at");
  url.searchParams.delete("position");
  url.searchParams.set("near", written(position));
  url.searchParams.set("datum", datum);
  return url.href;
}

function filled(template) {
  const popup = document.querySelector(template).content.firstElementChild.cloneNode(true);
  const parts = {};
  for (const part of popup.querySelectorAll("[data-part]")) parts[part.dataset.part] = part;
  return { popup, parts };
}

function popupOf(point, marker) {
  const { popup, parts } = filled("template[data-popup]");
  parts.name.textContent = point.name;
  parts.name.href = box.dataset.record.replace("/0", `/${point.id}`);
  parts.about.textContent = point.about;
  parts.marks.append(...point.marks.map(drawnMark));
  if (point.flags.length) parts.flag.textContent = point.flags.join("·");
  else parts.flag.remove();
  parts.near.href = nearUrl(marker.getLatLng(), box.dataset.datum);
  return popup;
}

function markerOf(point) {
  const marker = L.marker([point.lat, point.lng], {
    icon: markIcon(point.marks[0], point.name),
    title: point.name,
    keyboard: true,
  });
  marker.bindPopup(() => popupOf(point, marker), { autoPanPadding: [16, 16] });
  markers.set(String(point.id), marker);
  return marker;
}

// No closer than it takes to tell it from its neighbours; those at the same door are fanned out.
// (The clusters' own zoomToShowLayer folds the fan again where zooming is not animated.)
function show(map, group, marker) {
  const place = marker.getLatLng();
  map.setView(place, map.getZoom());
  while (group.getVisibleParent(marker) !== marker && map.getZoom() < map.getMaxZoom()) {
    map.setView(place, map.getZoom() + 1);
  }
  const shown = group.getVisibleParent(marker);
  if (shown && shown !== marker) shown.spiderfy();
  marker.openPopup();
  marker.getElement()?.focus({ preventScroll: true });
}

// The rows that stand on the map; where they are.
function watchRows(map, group) {
  const places = [];
  for (const button of document.querySelectorAll("[data-show]")) {
    const marker = markers.get(button.dataset.show);
    if (!marker) continue;
    places.push(marker.getLatLng());
    button.hidden = false;
    button.addEventListener("click", () => {
      box.scrollIntoView({ block: "nearest" });
      show(map, group, marker);
    });
  }
  return places;
}

function watchSpots(map) {
  map.on("click", ({ latlng }) => {
    const { popup, parts } = filled("template[data-spot]");
    parts.position.textContent = written(latlng);
    parts.near.href = nearUrl(latlng, box.dataset.datum);
    L.popup({ autoPanPadding: [16, 16] }).setLatLng(latlng).setContent(popup).openOn(map);
  });
}

// Telephones tell their position to secure pages only.
function watchHere() {
  const button = document.querySelector("[data-locate]");
  if (!button || !navigator.geolocation || !window.isSecureContext) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    button.setAttribute("aria-busy", "true");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => location.assign(nearUrl({ lat: coords.latitude, lng: coords.longitude }, "wgs84")),
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
  const { hereLat, hereLng } = box.dataset;
  const here = hereLat ? [Number(hereLat), Number(hereLng)] : null;
  if (here) {
    L.marker(here, { icon: wordIcon(box.dataset.here, "map-here"), keyboard: false, zIndexOffset: 1000 }).addTo(map);
  }
  watchSpots(map);
  watchHere();
  let points = [];
  try {
    points = await fetchPoints(box);
  } catch {
    message.textContent = box.dataset.failed;
  }
  const group = clusters(box);
  group.addLayers(points.map(markerOf));
  map.addLayer(group);
  const listed = watchRows(map, group);
  if (here) lookAt(map, null, [here, ...listed]);
  else lookAt(map, await outline, points.map((point) => [point.lat, point.lng]));
  box.dataset.drawn = String(points.length);
}

begin();
