// The part of the page that changes with the workshop.

const said = document.querySelector("[data-announce]");

/** Shows or hides one of the sentences about the connection. */
export function note(kind, visible) {
  const place = document.querySelector(`[data-trouble=${kind}]`);
  if (place) place.hidden = !visible;
}

/** Whether somebody has typed or chosen something in a form that must not be lost. */
export function typed(live) {
  const fields = [...live.querySelectorAll("[data-keep] :is(input, textarea)")];
  return fields.some((field) => (field.type === "radio" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue));
}

/** Puts the region of a page in place of the one that is shown, and says what is new in it. */
export function swap(live, text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.querySelector("[data-live]");
  if (!fresh) return;
  const held = live.contains(document.activeElement);
  live.replaceChildren(...fresh.childNodes);
  live.dataset.turn = fresh.dataset.turn;
  document.title = page.title;
  if (held) live.querySelector("h1")?.focus();
  if (said && said.textContent !== heading(live)) said.textContent = heading(live);
}

const heading = (live) => [...live.querySelectorAll("h1, figcaption")].map((part) => part.textContent).join(" ");
