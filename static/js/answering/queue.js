// What is not saved yet, in memory only: sent one question at a time, and again until the server has it.

import { read, same } from "answering/fields";

const WAITS = [1, 2, 4, 8, 15]; // seconds between attempts; the last one for ever
const TYPING = 800; // milliseconds after the last key
const LONGEST = 5000; // of unbroken typing before it is saved all the same

export class Queue {
  /** `settle(key, outcome)` hears what became of each save, `changed()` that something is different now. */
  constructor(sender, { settle, changed }) {
    Object.assign(this, { sender, settle, changed });
    this.known = new Map(); // question -> its fields as the server has them
    this.unsaved = new Map(); // question -> since when
    this.due = new Set();
    this.held = new Set(); // needs the person first: a clash, an error, a lock
    this.timers = new Map();
    this.attempts = 0;
    this.unreachable = false;
    this.paused = false;
    this.busy = false;
  }

  /** Nothing waits but what needs the person first. */
  get settled() { return !this.busy && [...this.unsaved.keys()].every((key) => this.held.has(key)); }

  get failing() { return this.attempts > 0 && this.unsaved.size > 0; }

  /** Milliseconds for which something has been waiting. */
  get waiting() { return this.unsaved.size ? Date.now() - Math.min(...this.unsaved.values()) : 0; }

  edited(key, { now = false } = {}) {
    const stands = this.known.get(key);
    if (stands && same(stands, read(key)) && !this.unsaved.has(key)) return;
    if (!this.unsaved.has(key)) this.unsaved.set(key, Date.now());
    clearTimeout(this.timers.get(key));
    if (now || Date.now() - this.unsaved.get(key) > LONGEST) this.send(key);
    else this.timers.set(key, setTimeout(() => this.send(key), TYPING));
    this.changed();
  }

  send(key) {
    clearTimeout(this.timers.get(key));
    if (this.unsaved.has(key)) this.due.add(key);
    this.drain();
  }

  /** Everything that waits, at once. */
  flush() {
    for (const key of this.unsaved.keys()) if (!this.held.has(key)) this.due.add(key);
    return this.drain();
  }

  async drain() {
    if (this.busy || this.paused) return;
    this.busy = true;
    clearTimeout(this.retry);
    for (let key = this.#next(); key !== undefined && !this.paused; key = this.#next()) {
      this.due.delete(key);
      const sent = read(key);
      const outcome = await this.sender.save(key);
      if (!this.#heard(key, sent, outcome)) break;
    }
    this.busy = false;
    this.changed();
  }

  #next() { return [...this.due].find((key) => !this.held.has(key)); }

  /** Whether to go on with the next question. */
  #heard(key, sent, outcome) {
    this.unreachable = outcome.kind === "unreachable";
    const again = this.unreachable || outcome.kind === "failed" || outcome.kind === "token";
    if (again) {
      this.due.add(key);
      this.retry = setTimeout(() => this.drain(), 1000 * WAITS[Math.min(this.attempts, WAITS.length - 1)]);
      this.attempts += 1;
    } else {
      this.attempts = 0;
      if (outcome.kind === "saved") this.acknowledge(key, sent);
    }
    this.settle(key, outcome);
    this.changed();
    return !again;
  }

  /** The server has these fields of a question. */
  acknowledge(key, fields) {
    this.known.set(key, fields);
    if (same(fields, read(key))) this.unsaved.delete(key);
    else this.unsaved.set(key, Date.now());
  }

  /** The page is going away, or out of sight: hand over what waits. */
  async leave() {
    const waiting = [...this.unsaved.keys()].filter((key) => !this.held.has(key));
    if (this.paused) return;
    await Promise.all(waiting.map(async (key) => {
      const sent = read(key);
      const outcome = await this.sender.saveLeaving(key, this.known.get(key) ?? {});
      if (outcome.kind === "saved") this.acknowledge(key, sent);
      if (outcome.kind === "saved" || outcome.kind === "clash") this.settle(key, outcome);
    }));
    this.changed();
  }
}
