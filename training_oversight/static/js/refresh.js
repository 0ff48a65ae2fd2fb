// A part of the page that changes by itself: fetched again as long as it says data-refresh.

async function renewed(part) {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return part;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-refresh]");
  // A button that was just pressed must not be taken away, and one that has the focus keeps it.
  if (!fresh || part.querySelector("form[data-sent]")) return part;
  const focused = part.contains(document.activeElement);
  part.replaceWith(fresh);
  if (focused) fresh.querySelector("button, a")?.focus({ preventScroll: true });
  return fresh;
}

function say(part) {
  const place = document.querySelector("[data-refreshed]");
  if (place && !part.dataset.refresh) place.textContent = part.dataset.said;
}

function again(part) {
  const seconds = Number(part.dataset.refresh);
  if (!seconds) return;
  setTimeout(async () => {
    let next = part;
    if (!document.hidden) {
      try {
        next = await renewed(part);
      } catch {
        // No network for now: the next time.
      }
    }
    say(next);
    again(next);
  }, seconds * 1000);
}

export function watchRefreshing() {
  document.querySelectorAll("[data-refresh]").forEach(again);
}
