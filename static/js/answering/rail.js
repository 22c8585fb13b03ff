// Progress: the counts, the meter, each question's state, and the question on screen.

import { read } from "answering/fields";

export class Rail {
  constructor(form, keys) {
    Object.assign(this, { keys, words: form.dataset });
    const links = new Map(keys.map((key) => [key, document.querySelector(`.rail a[href="#${CSS.escape(key)}"]`)]));
    const watch = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        for (const link of links.values()) link?.removeAttribute("aria-current");
        links.get(target.id)?.setAttribute("aria-current", "true");
      }
    }, { rootMargin: "-30% 0px -69% 0px" });
    for (const key of keys) watch.observe(document.getElementById(key));
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
