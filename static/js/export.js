// Keeps the progress of an export up to date. Without JavaScript, a link on the page refreshes it.

const PAUSE = 2000; // milliseconds, about the time one report takes
const shown = document.querySelector("[data-export]");

/** Updates the progress. Resolves to whether to keep waiting. */
async function renewed() {
  const response = await fetch(location.href);
  if (!response.ok || response.redirected) return false;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector("[data-export]");
  if (!fresh) return false;
  const meter = shown.querySelector("progress");
  const next = fresh.querySelector("progress");
  if (meter && next && !fresh.querySelector("form")) {
    meter.value = next.value;
    shown.querySelector("[role=status]").textContent = fresh.querySelector("[role=status]").textContent;
    return true;
  }
  shown.replaceChildren(...fresh.childNodes);
  return next !== null;
}

async function watch() {
  let more = true;
  while (more) {
    await new Promise((resolve) => { setTimeout(resolve, PAUSE); });
    more = await renewed().catch(() => true);
  }
}

watch();
