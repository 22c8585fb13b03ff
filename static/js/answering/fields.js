// Reads and writes the fields of one question, and shows their errors.

export const NAMES = ["choice", "reason", "comment", "evidence_grade", "evidence_text", "evidence_link"];
const ELEMENTS = { evidence_text: "evidence", evidence_link: "link", evidence_grade: "grade" };

const radios = (key) => document.getElementById(key).querySelectorAll("input[type=radio]");
const element = (key, name) => document.getElementById(`${key}-${ELEMENTS[name] ?? name}`);

/** The current values of a question's fields as text; "" for a field that it does not have. */
export function read(key) {
  const choice = [...radios(key)].find((radio) => radio.checked)?.value ?? "";
  const others = NAMES.slice(1).map((name) => [name, element(key, name)?.value ?? ""]);
  return { choice, ...Object.fromEntries(others) };
}

/** The values of a question's fields as the server rendered them. */
export function served(key) {
  const choice = [...radios(key)].find((radio) => radio.defaultChecked)?.value ?? "";
  const others = NAMES.slice(1).map((name) => [name, sent(element(key, name)) ?? ""]);
  return { choice, ...Object.fromEntries(others) };
}

function sent(field) {
  if (!field?.options) return field?.defaultValue;
  return [...field.options].find((option) => option.defaultSelected)?.value;
}

/** Fill a question's fields with another version. */
export function write(key, version) {
  for (const radio of radios(key)) radio.checked = radio.value === version.choice;
  for (const name of NAMES.slice(1)) {
    const field = element(key, name);
    if (field) field.value = version[name];
  }
  const details = document.getElementById(key).querySelector("details");
  if (version.comment || version.evidence_text || version.evidence_link) details.open = true;
}

export const same = (one, two) => NAMES.every((name) => one[name] === two[name]);

/** The label on a choice's card, or "" if there is no such choice. */
export function words(key, choice) {
  const radio = [...radios(key)].find((each) => each.value === choice);
  return radio?.closest("label").querySelector("b, span").firstChild.textContent.trim() ?? "";
}

/** Focus a question's selected card, or else its first. */
export function focus(key) {
  ([...radios(key)].find((radio) => radio.checked) ?? radios(key)[0]).focus();
}

/** Show error messages at their fields: `{comment: ["…"]}`. */
export function showErrors(key, errors) {
  for (const [name, sentences] of Object.entries(errors)) mark(key, name, sentences.join(" "));
  if (Object.keys(errors).some((name) => NAMES.indexOf(name) > 1)) {
    document.getElementById(key).querySelector("details").open = true;
  }
}

/** Clear a field's error. */
export const clearError = (key, name) => mark(key, name, "");

function mark(key, name, sentence) {
  const line = document.getElementById(name === "choice" ? `${key}-error` : `${key}-${ELEMENTS[name] ?? name}-error`);
  if (!line) return;
  line.textContent = sentence;
  line.hidden = !sentence;
  const box = document.getElementById(key);
  if (name === "choice") {
    describe(box, line.id, Boolean(sentence));
  } else {
    line.closest(".field").classList.toggle("wrong", Boolean(sentence));
    describe(element(key, name), line.id, Boolean(sentence));
    if (sentence) element(key, name).setAttribute("aria-invalid", "true");
    else element(key, name).removeAttribute("aria-invalid");
  }
  box.classList.toggle("wrong", [...box.querySelectorAll(".error")].some((each) => !each.hidden));
}

/** Add an id to an element's aria-describedby, or remove it. */
function describe(target, id, wanted) {
  const ids = new Set((target.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  if (wanted) ids.add(id);
  else ids.delete(id);
  if (ids.size) target.setAttribute("aria-describedby", [...ids].join(" "));
  else target.removeAttribute("aria-describedby");
}
