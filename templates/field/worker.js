// Keeps the page of site visits and its files on the phone, each release apart.
const KEPT = "field-{{ release }}";
const FILES = {{ kept | safe }};
const PAGE = "{{ page }}";

self.addEventListener("install", (event) => {
  // All of them or none: half a page would not open.
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(FILES.map((url) => new Request(url, { cache: "reload" })))).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("field-") && name !== KEPT;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  const wanted = event.request.mode === "navigate" && url.pathname === PAGE ? PAGE : url.pathname;
  if (!FILES.includes(wanted)) return;
  event.respondWith(caches.open(KEPT).then((cache) => cache.match(wanted)).then((kept) => kept ?? fetch(event.request)));
});
