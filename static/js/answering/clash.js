// Shows a conflicting version of an answer, and asks which one to keep.

import { NAMES, clearError, focus, read, showErrors, words, write } from "answering/fields";
import { timeOfDay } from "answering/status";

export class Clashes {
  /** Calls `decided(key, mine, other)` with the person's choice. */
  constructor(form, decided) {
    this.words = form.dataset;
    this.others = new Map();
    for (const box of form.querySelectorAll(".clash")) this.#adopt(box);
    form.addEventListener("click", (event) => {
      const button = event.target.closest(".clash button");
      if (!button) return;
      event.preventDefault();
      this.#settle(button.value, button.name === "keep", decided);
    });
  }

  /** Registers a conflict that the server rendered. */
  #adopt(box) {
    const other = JSON.parse(box.dataset.other);
    box.querySelector("time").textContent = timeOfDay(other.saved_at);
    this.others.set(box.closest(".question").id, other);
  }

  show(key, other) {
    this.others.set(key, other);
    const question = document.getElementById(key);
    question.querySelector(".clash")?.remove();
    const box = document.getElementById("clash").content.cloneNode(true).firstElementChild;
    box.id = `${key}-clash`;
    box.setAttribute("aria-labelledby", `${key}-clash-title`);
    box.querySelector(".clash-title").id = `${key}-clash-title`;
    for (const button of box.querySelectorAll("button")) button.value = key;
    for (const name of NAMES.filter((each) => each !== "evidence_grade")) this.#fill(box, key, name, other);
    box.querySelector("time").textContent = timeOfDay(other.saved_at);
    question.querySelector(".choices").before(box);
    // Not while the person is typing: their text would move away
    if (question.contains(document.activeElement) && document.activeElement.type === "radio") box.scrollIntoView({ block: "nearest" });
    showErrors(key, { choice: [this.words.staleError] });
  }

  #fill(box, key, name, other) {
    const cell = box.querySelector(`[data-of=${name}]`);
    cell.textContent = name === "choice" ? words(key, other.choice) || this.words.noAnswer : other[name];
    cell.parentElement.hidden = !cell.textContent;
  }

  #settle(key, mine, decided) {
    const other = this.others.get(key);
    this.others.delete(key);
    document.getElementById(`${key}-clash`).remove();
    clearError(key, "choice");
    if (!mine) write(key, other);
    focus(key);
    decided(key, mine, { ...other, ...read(key) });
  }
}
