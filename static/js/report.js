// Shows the report's progress, then its length and size. Without JavaScript, the link downloads it directly.

const link = document.querySelector("[data-report]");
const state = document.querySelector("[data-report-state]");
const ATTEMPTS = 15;

const pause = (seconds) => new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });

/** Resolves to the report once it is ready; another one may be first in the queue. */
async function fetched(address) {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const response = await fetch(address);
    const later = Number(response.headers.get("Retry-After"));
    if (response.ok && response.headers.get("Content-Type") === "application/pdf") return response;
    if (![429, 503].includes(response.status) || !later) break;
    state.textContent = link.dataset.waiting;
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
link.addEventListener("click", async (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (busy) return;
  busy = true;
  state.textContent = link.dataset.making;
  try {
    const response = await fetched(link.href);
    await keep(response);
    state.textContent = decodeURIComponent(response.headers.get("Report-Ready"));
  } catch {
    state.textContent = link.dataset.failed;
  }
  busy = false;
});
