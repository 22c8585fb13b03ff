// Progress: the counts, the meter and each question's state.

import { read } from "answering/fields";

export class Rail {
  constructor(form, keys) {
    Object.assign(this, { keys, words: form.dataset });
  }

  update() {
    const answered = this.keys.filter((key) => read(key).choice);
    for (const key of this.keys) {
      const state = document.querySelector(`[data-state="${CSS.escape(key)}"]`);
      if (state) state.textContent = answered.includes(key) ? this.words.answered : "";
    }
    document.getElementById("progress").value = answered.length;
    document.querySelector("label[data-count]").textContent = this.words.count
      .replace("{answered}", answered.length).replace("{total}", this.keys.length);
    const overall = this.words.overall
      .replace("{answered}", Number(this.words.elsewhere) + answered.length).replace("{total}", this.words.inAll);
    for (const line of document.querySelectorAll(".overall")) line.textContent = overall;
  }
}
