// Shows what would change as questions are moved. Without a script, or if it fails, the form's button does.

const form = document.querySelector("[data-what-if]");
const button = form.querySelector("button");
const address = form.action.split("#")[0];
let asking = new AbortController();

/** Replace each region with the same one of another page; a name typed for the scenario stays. */
function swap(page) {
  const typed = document.querySelector(".keep [name=name]")?.value;
  for (const region of document.querySelectorAll("[data-live]")) {
    const fresh = page.querySelector(`[data-live="${region.dataset.live}"]`);
    if (fresh.innerHTML !== region.innerHTML) region.replaceChildren(...fresh.childNodes);
  }
  const name = document.querySelector(".keep [name=name]");
  if (typed && name) name.value = typed;
  document.title = page.title;
}

async function show() {
  asking.abort();
  asking = new AbortController();
  const moved = new URLSearchParams([...new FormData(form)].filter(([, level]) => level));
  const target = moved.size ? `${address}?${moved}` : address;
  try {
    const response = await fetch(target, { signal: asking.signal });
    if (!response.ok || response.redirected) throw new Error(`${response.status} ${response.url}`);
    swap(new DOMParser().parseFromString(await response.text(), "text/html"));
    history.replaceState(null, "", target);
    button.hidden = true;
  } catch (problem) {
    if (problem.name !== "AbortError") button.hidden = false;
  }
}

button.hidden = true;
form.addEventListener("change", show);
