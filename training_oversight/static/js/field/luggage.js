// What is taken along from the office, and the pictures of what is open there.
import * as store from "./store.js";

export async function fetchLuggage() {
  const since = Date.now();
  const reply = await fetch("/field/luggage", { cache: "no-store", redirect: "error" });
  if (!reply.ok) throw new Error("luggage");
  const brought = await reply.json();
  await store.own(brought.officer);
  await store.pack(brought, await picturesOf(brought), since);
  await navigator.storage?.persist?.();
  return brought;
}

async function picturesOf(brought) {
  const pictures = [];
  const wanted = brought.places.flatMap((place) => place.items.flatMap((item) => item.pictures));
  for (const url of wanted) {
    if (await store.picture(url)) continue;
    const reply = await fetch(url).catch(() => null);
    // A picture that does not come is missing on the phone; the visit is not held up.
    if (reply?.ok) pictures.push([url, await reply.blob()]);
  }
  return pictures;
}
