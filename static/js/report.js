// Shows the progress of a download, then its size; a reload continues it. Without JavaScript, links download directly.

const box = document.querySelector(".take");
const state = box.querySelector("[data-report-state]");
const remember = (report) => history.replaceState({ ...history.state, report }, ""); // the tab's, until it is left
const ATTEMPTS = 15;

const pause = (seconds) => new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });

/** Resolves to the report once it is ready; another one may be first in the queue. */
async function fetched(address) {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const response = await fetch(address);
    const later = Number(response.headers.get("Retry-After"));
    if (response.ok && response.headers.has("Report-Ready")) return response;
    if (response.status === 409) return null; // a page has something to ask
    if (![429, 503].includes(response.status) || !later) break;
    state.textContent = box.dataset.waiting;
    await pause(later);
  }
  throw new Error("no report");
}

/** Saves the file under the name that the server chose. */
async function keep(response) {
  const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition"))?.[1] ?? "report.pdf";
  const address = URL.createObjectURL(await response.blob());
  const anchor = Object.assign(document.createElement("a"), { href: address, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

let busy = false;
async function make(address) {
  busy = true;
  state.textContent = box.dataset.making;
  remember(address);
  try {
    const response = await fetched(address);
    if (!response) {
      remember(null);
      location.assign(address);
      return;
    }
    await keep(response);
    state.textContent = decodeURIComponent(response.headers.get("Report-Ready"));
  } catch {
    state.textContent = box.dataset.failed;
  }
  remember(null);
  busy = false;
}

const links = [...box.querySelectorAll("a[data-report]")];
box.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-report]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (!busy) make(link.href);
});

const unfinished = links.find((link) => link.href === history.state?.report);
if (unfinished) make(unfinished.href);
