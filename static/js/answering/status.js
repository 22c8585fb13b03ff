// The save status, visible and announced to screen readers. At most two seconds behind.

const SLOW = 400; // milliseconds before "Saving…" is shown

/** The time of day in the reader's time zone. */
export function timeOfDay(iso) {
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return new Intl.DateTimeFormat(document.documentElement.lang, options).format(new Date(iso));
}

export class Status {
  constructor(form) {
    this.words = form.dataset;
    this.lines = document.querySelectorAll("[data-status]");
    this.spoken = document.querySelector("[data-announce]");
    this.signedOut = this.closed = this.goesOn = false; // goesOn: "Save and continue" was pressed
    this.clashes = new Set();
    this.refused = new Set();
    this.savedAt = null;
  }

  /** The status of a queue: the mark's shape and the text, or null to keep the current one. */
  of(queue) {
    if (this.signedOut) return ["failed", this.words.signedOut];
    if (this.closed) return ["failed", this.words.closed];
    if (this.clashes.size) return ["failed", this.words.stale];
    if (queue.unreachable && !navigator.onLine) return ["failed", this.goesOn ? this.words.goesOn : this.words.offline];
    if (queue.failing) return ["failed", this.words.failed];
    if (this.refused.size) return ["failed", this.words.refused];
    if (queue.unsaved.size) return queue.waiting >= SLOW ? ["pending", this.words.saving] : null;
    return this.savedAt ? ["", `${this.words.saved} ${timeOfDay(this.savedAt)}`] : ["", ""];
  }

  /** Show the status, and update it while anything is unsaved. */
  show(queue) {
    clearTimeout(this.next);
    const state = this.of(queue);
    if (state) this.#say(...state);
    this.calm = !state || state[0] === "";
    if (queue.unsaved.size) this.next = setTimeout(() => this.show(queue), queue.waiting < SLOW ? SLOW - queue.waiting : 1000);
  }

  #say(kind, words) {
    for (const line of this.lines) {
      line.hidden = !words;
      line.className = `saved ${kind}`.trim();
      if (line.textContent !== words) line.textContent = words;
    }
    if (kind !== "pending") this.announce(words);
  }

  announce(words) {
    if (this.spoken.textContent !== words) this.spoken.textContent = words;
  }
}
