// The region of the page that changes during a workshop.

const said = document.querySelector("[data-announce]");

/** Shows or hides one of the messages about the connection. */
export function note(kind, visible) {
  const place = document.querySelector(`[data-trouble=${kind}]`);
  if (place) place.hidden = !visible;
}

/** Whether a form contains unsaved input. */
export function typed(live) {
  const fields = [...live.querySelectorAll("[data-keep] :is(input, textarea)")];
  return fields.some((field) => (field.type === "radio" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue));
}

/** Replaces the region with that of another page, and announces its new heading. */
export function swap(live, text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.querySelector("[data-live]");
  if (!fresh) return;
  const hadFocus = live.contains(document.activeElement);
  live.replaceChildren(...fresh.childNodes);
  Object.assign(live.dataset, fresh.dataset);
  document.title = page.title;
  if (hadFocus) live.querySelector("h1")?.focus();
  if (said && said.textContent !== heading(live)) said.textContent = heading(live);
}

const heading = (live) => [...live.querySelectorAll("h1, figcaption")].map((part) => part.textContent).join(" ");
