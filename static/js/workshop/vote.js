// Sends a vote without leaving the page, and retries while there is no connection.

import { note } from "workshop/region";

const AGAIN = 4000; // milliseconds between attempts

/** Calls `done` with the page that the server returns. */
export function watchVotes(live, done) {
  live.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-vote]");
    if (!form || !new FormData(form).has("choice")) return; // the server explains what is missing
    event.preventDefault();
    send(form, done);
  });
}

async function send(form, done) {
  const button = form.querySelector("button");
  if (button.disabled) return;
  button.disabled = true;
  const vote = new FormData(form);
  while (form.isConnected) {
    try {
      const response = await fetch(form.action, { method: "POST", body: vote });
      if (response.status >= 500) throw new Error(response.status);
      if (!response.ok || new URL(response.url).pathname !== location.pathname) location.reload();
      else done(await response.text());
      break;
    } catch {
      note("unsent", true);
      await new Promise((resolve) => { setTimeout(resolve, AGAIN); });
    }
  }
  note("unsent", false);
}
