// What every map has: ground, outline, words of its controls. All words come from the page.
/* global L */

const EVERYWHERE = [[18, 73], [54, 135]];
const NEAREST_ZOOM = 16;

// An attribution is set as markup; the county typed plain words.
function plain(words) {
  const holder = document.createElement("span");
  holder.textContent = words;
  return holder.innerHTML;
}

function layTiles(map, box) {
  const { tiles, labels, source } = box.dataset;
  for (const address of [tiles, labels].filter(Boolean)) {
    L.tileLayer(address, {
      maxZoom: map.getMaxZoom(),
      attribution: source ? plain(source) : "",
      // Keys are bound to the host that shows the map; the page itself stays unsaid.
      referrerPolicy: "origin",
    }).addTo(map);
  }
}

async function drawOutline(map, box) {
  if (!box.dataset.outline) return null;
  const answer = await fetch(box.dataset.outline);
  if (!answer.ok) return null;
  const style = { color: "#465160", weight: 1.5, fill: false, interactive: false };
  return L.geoJSON(await answer.json(), { style, interactive: false }).addTo(map);
}

export function drawMap(box) {
  const { dataset } = box;
  const map = L.map(box, {
    minZoom: 3,
    maxZoom: 18,
    // Pictures are sharp at whole steps only; a plain ground fits the frame as it likes.
    zoomSnap: dataset.tiles ? 1 : 0.25,
    zoomControl: false,
    // Nothing moves by itself.
    zoomAnimation: false,
    fadeAnimation: false,
    markerZoomAnimation: false,
    inertia: false,
  });
  map.attributionControl.setPrefix(false);
  if (dataset.approvals) map.attributionControl.addAttribution(plain(dataset.approvals));
  L.control.zoom({ zoomInTitle: dataset.in, zoomOutTitle: dataset.out }).addTo(map);
  L.control.scale({ imperial: false, position: "topright" }).addTo(map);
  map.on("popupopen", ({ popup }) => {
    popup.getElement()?.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", dataset.close);
  });
  box.addEventListener("keydown", ({ code }) => {
    if (code === "Escape") map.closePopup();
  });
  map.fitBounds(EVERYWHERE);
  layTiles(map, box);
  return { map, outline: drawOutline(map, box) };
}

// Where the map looks first: the outline, else all points, else the country.
export function lookAt(map, outline, points) {
  const bounds = outline ? outline.getBounds() : L.latLngBounds(points);
  if (bounds.isValid()) map.fitBounds(bounds, { maxZoom: NEAREST_ZOOM, padding: [30, 30] });
}

function icon(drawn, aloud, css) {
  const holder = document.createElement("span");
  holder.append(drawn);
  if (aloud) {
    const hidden = document.createElement("span");
    hidden.className = "visually-hidden";
    hidden.textContent = aloud;
    holder.append(hidden);
  }
  return L.divIcon({ html: holder, className: `map-mark ${css}`, iconSize: null, popupAnchor: [0, -28] });
}

// The shape and word of a mark, as the legend has them.
export function drawnMark(mark) {
  return document.querySelector(`[data-mark="${CSS.escape(mark)}"] .status`)?.cloneNode(true) ?? "";
}

export function markIcon(mark, aloud) {
  return icon(drawnMark(mark), aloud, "");
}

export function wordIcon(words, css) {
  return icon(words, "", css);
}

// What stands close together is one figure. It is a button: it says what it holds and does.
export function clusters(box) {
  const { several, closer } = box.dataset;
  return L.markerClusterGroup({
    maxClusterRadius: 56,
    showCoverageOnHover: false,
    animate: false,
    spiderLegPolylineOptions: { weight: 1, color: "#465160" },
    iconCreateFunction: (cluster) => {
      const count = cluster.getChildCount();
      return icon(several.replace("{count}", count), closer.replace("{count}", count), "map-several");
    },
  });
}

export async function fetchPoints(box) {
  if (!box.dataset.points) return [];
  const answer = await fetch(box.dataset.points);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return (await answer.json()).points;
}

export function written({ lat, lng }) {
  return `${lat.toFixed(6)}, ${lng.toFixed(6)}`;
}
