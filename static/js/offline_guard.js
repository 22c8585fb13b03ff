// Submits a form only if the server can be reached. Otherwise the page stays, keeps what was typed and says so.

const note = document.querySelector("[data-unreachable]");
let asking = false;
let going = false;

async function isThere() {
  try {
    const options = { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(5000) };
    return (await fetch(note.dataset.unreachable, options)).ok;
  } catch {
    return false;
  }
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (going || form.method !== "post") return;
  event.preventDefault();
  if (asking) return;
  asking = true;
  note.hidden = true;
  going = await isThere();
  asking = false;
  if (going) {
    form.requestSubmit(event.submitter);
  } else {
    form.append(note);
    note.hidden = false;
  }
});

addEventListener("pageshow", () => { going = false; });
