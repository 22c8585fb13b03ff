// Saves each answer as soon as it is given. Without this script "Save and continue" does everything.

const form = document.querySelector("[data-autosave]");
const lines = document.querySelectorAll("[data-status]");
const token = form.elements.csrfmiddlewaretoken.value;
const fields = ["reason", "comment", "evidence_grade", "evidence_text", "evidence_link", "revision"];
const waits = [1, 2, 4, 8, 15];
const pending = new Set();
let saving = false;
let failures = 0;
let timer;

function show(kind, words) {
  for (const line of lines) {
    line.hidden = false;
    line.className = `saved ${kind}`;
    if (line.textContent !== words) line.textContent = words;
  }
}

function body(key) {
  const data = new FormData(form);
  const sent = { choice: data.get(key) ?? "" };
  for (const name of fields) sent[name] = data.get(`${key}:${name}`) ?? "";
  return sent;
}

function put(key) {
  return fetch(form.dataset.autosave.replace(/-$/, encodeURIComponent(key)), {
    method: "PUT",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify(body(key)),
  });
}

function mark(key, answer) {
  form.elements[`${key}:revision`].value = answer.revision;
  const state = document.querySelector(`[data-state="${CSS.escape(key)}"]`);
  const chosen = form.querySelector(`[name="${CSS.escape(key)}"]:checked`);
  if (state && chosen) state.textContent = form.dataset.answered;
  const meter = document.getElementById("progress");
  meter.value = new Set([...form.querySelectorAll(".question input[type=radio]:checked")].map((radio) => radio.name)).size;
}

async function answered(key, response) {
  if (response.ok) {
    const answer = await response.json();
    mark(key, answer);
    show("", answer.saved_at ? `${form.dataset.saved} ${answer.saved_at}` : form.dataset.saved);
  } else if (response.status === 400) {
    show("failed", form.dataset.refused);
    const errors = Object.values((await response.json()).errors).flat();
    const line = document.getElementById(`${key}-error`);
    line.textContent = errors.join(" ");
    line.hidden = false;
  } else if (response.status === 409) {
    show("failed", (await response.json()).closed ? form.dataset.closed : form.dataset.stale);
  } else {
    throw new Error(String(response.status));
  }
}

async function drain() {
  if (saving || pending.size === 0) return;
  saving = true;
  const [key] = pending;
  pending.delete(key);
  const slow = setTimeout(() => show("pending", form.dataset.saving), 400);
  try {
    await answered(key, await put(key));
    failures = 0;
  } catch {
    pending.add(key);
    failures += 1;
    show("failed", form.dataset.failed);
    setTimeout(drain, waits[Math.min(failures, waits.length) - 1] * 1000);
  }
  clearTimeout(slow);
  saving = false;
  if (failures === 0) drain();
}

function queue(event) {
  const question = event.target.closest(".question");
  if (!question) return;
  pending.add(question.id);
  drain();
}

form.addEventListener("change", queue);
form.addEventListener("input", (event) => {
  if (event.target.type === "radio") return;
  clearTimeout(timer);
  timer = setTimeout(() => queue(event), 800);
});
addEventListener("online", drain);
