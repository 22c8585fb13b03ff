// Keeps the screens of a workshop up to date. Without JavaScript, the page reloads by itself or by a link.

import { note, swap, typed } from "workshop/region";
import { watchVotes } from "workshop/vote";

const PAUSE = 2000; // milliseconds: at most one request in two seconds
const SPREAD = 500; // so that thirty phones do not send requests at the same moment
const HIDDEN = 15_000; // between requests while the page is hidden
const LONGEST = 15_000; // between attempts without a connection

const live = document.querySelector("[data-live]");
let tag = "";
let failed = 0;
let renewed = false;
let wake = () => {};

/** The workshop's state, or null if it is unchanged. Throws if the server does not respond. */
async function now() {
  const headers = tag ? { "If-None-Match": tag } : {};
  const response = await fetch(live.dataset.live, { headers, cache: "no-store" });
  if (response.status === 304) return null;
  if (response.status === 401) {
    note("out", true);
    return null;
  }
  if (!response.ok) throw new Error(response.status);
  tag = response.headers.get("ETag") ?? "";
  return response.json();
}

/** Replaces the content with the current page. */
async function show() {
  const response = await fetch(location.pathname, { cache: "no-store" });
  if (!response.ok) throw new Error(response.status);
  renewed = true;
  if (new URL(response.url).pathname !== location.pathname) location.assign(response.url);
  else swap(live, await response.text());
}

async function look() {
  const found = await now();
  if (!found) return;
  for (const place of live.querySelectorAll("[data-votes]")) place.textContent = found.votes;
  const arrived = "people" in live.dataset && String(found.people) !== live.dataset.people && !typed(live);
  if (String(found.turn ?? "") === live.dataset.turn && !arrived) return;
  if (typed(live)) note("moved", true);
  else await show();
}

function pause() {
  if (failed) return Math.min(LONGEST, PAUSE * 2 ** failed);
  const base = renewed ? 2 * PAUSE : PAUSE; // reloading the page was a request too
  renewed = false;
  return (document.hidden ? HIDDEN : base) + Math.random() * SPREAD;
}

const rest = () => new Promise((resolve) => {
  wake = resolve;
  setTimeout(resolve, pause());
});

async function watch() {
  for (;;) {
    await rest();
    try {
      await look();
      failed = 0;
    } catch {
      tag = "";
      failed += 1;
    }
    note("offline", failed > 1);
  }
}

addEventListener("online", () => wake());
document.addEventListener("visibilitychange", () => { if (!document.hidden) wake(); });
document.querySelector("[data-show]")?.addEventListener("click", () => {
  note("moved", false);
  show().catch(() => note("offline", true));
});
watchVotes(live, (page) => {
  renewed = true;
  swap(live, page);
});
watch();
