// Saves each answer as soon as it is given. Without JavaScript, "Save and continue" saves them all.

import { Clashes } from "answering/clash";
import { clearError, focus, read, served, showErrors } from "answering/fields";
import { SaveAndContinue } from "answering/save_and_continue";
import { Queue } from "answering/queue";
import { Rail } from "answering/rail";
import { Sender } from "answering/send";
import { Session } from "answering/session";
import { Status } from "answering/status";

const form = document.querySelector("form[data-answers]");
const questions = [...form.querySelectorAll(".question")];
const rail = new Rail(form, questions.map((question) => question.id));
const status = new Status(form);
const sender = new Sender(form);
const queue = new Queue(sender, { settle, changed });
const clashes = new Clashes(form, decided);
const session = new Session(form, signed);
const saveAndContinue = new SaveAndContinue(form, { queue, status, session, go: () => { leaving = true; } });
let leaving = false;

session.stayed = () => status.announce(form.dataset.stayed);

for (const { id: key } of questions) {
  if (clashes.others.has(key)) hold(key, status.clashes);
  else if (isRefused(key)) hold(key, status.refused);
  else queue.known.set(key, served(key));
}
for (const key of queue.known.keys()) queue.edited(key, { now: true }); // entered before this script was loaded
rail.update();
status.show(queue);

function changed() {
  status.show(queue);
  saveAndContinue.look();
}

/** Whether the server rendered a text that it could not save. */
function isRefused(key) {
  return [...document.getElementById(key).querySelectorAll("[aria-invalid]")].some((field) => field.value);
}

/** Hold a question back until the person has dealt with it. */
function hold(key, set) {
  set.add(key);
  queue.blocked.add(key);
  if (!queue.unsaved.has(key)) queue.unsaved.set(key, Date.now());
}

/** Handle the outcome of a save. */
function settle(key, { kind, reply }) {
  if (kind === "saved") status.savedAt = reply.saved_at;
  if (kind === "clash") {
    hold(key, status.clashes);
    clashes.show(key, reply.other);
  } else if (kind === "refused") {
    hold(key, status.refused);
    showErrors(key, reply.errors);
  } else if (kind === "closed") {
    hold(key, new Set());
    status.closed = true;
  } else if (kind === "signed-out") {
    session.lost();
    queue.due.add(key);
  } else if (kind === "token") {
    session.check();
  }
}

function decided(key, mine, other) {
  status.clashes.delete(key);
  queue.blocked.delete(key);
  sender.learn(key, other.revision);
  if (mine) {
    queue.edited(key, { now: true });
  } else {
    queue.acknowledge(key, read(key));
    status.savedAt = other.saved_at;
  }
  rail.update();
  status.show(queue);
}

/** Pause sending while signed out, until the same person has signed in again. */
function signed(signedIn) {
  status.signedOut = !signedIn;
  queue.paused = !signedIn;
  status.show(queue);
  if (signedIn) queue.flush();
}

function nameOf(field) {
  return field.name.includes(":") ? field.name.split(":")[1] : "choice";
}

function edited(event, now) {
  const key = event.target.closest(".question")?.id;
  if (!key) return;
  saveAndContinue.stop();
  document.getElementById(key).querySelector("[data-author]")?.remove(); // the answer is this person's from now on
  if (!status.clashes.has(key)) clearError(key, nameOf(event.target));
  if (status.refused.delete(key)) queue.blocked.delete(key);
  queue.edited(key, { now });
  rail.update();
}

form.addEventListener("change", (event) => edited(event, true));
form.addEventListener("input", (event) => {
  if (event.target.matches("textarea, input:not([type=radio])")) edited(event, false);
});
form.addEventListener("focusin", (event) => {
  form.elements.at.value = event.target.closest(".question")?.id ?? form.elements.at.value;
});
form.addEventListener("focusout", (event) => {
  const key = event.target.closest(".question")?.id;
  if (key && !queue.blocked.has(key)) queue.send(key);
});
form.addEventListener("click", (event) => {
  const button = event.target.closest(".clear");
  if (!button) return;
  event.preventDefault();
  for (const radio of document.getElementById(button.value).querySelectorAll("input[type=radio]")) radio.checked = false;
  focus(button.value);
  edited({ target: document.getElementById(`${button.value}-comment`) }, true);
});

form.addEventListener("formdata", (event) => sender.complete(event.formData));

addEventListener("offline", async () => {
  queue.unreachable = !(await session.check());
  status.show(queue);
});
addEventListener("pagehide", () => { if (!leaving) queue.leave(); });
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && !leaving) queue.leave();
});
addEventListener("beforeunload", (event) => { if (!leaving && queue.unsaved.size && !status.calm) event.preventDefault(); });
addEventListener("pageshow", async (event) => {
  leaving = false;
  if (!event.persisted) return;
  await queue.flush(); // save what was entered, then reload: the browser has restored an outdated page
  if (!queue.unsaved.size) location.reload();
});
