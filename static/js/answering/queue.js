// Unsaved answers, kept in memory only: sent one question at a time, and retried until the server has them.

import { read, same } from "answering/fields";

const WAITS = [1, 2, 4, 8, 15]; // seconds between attempts; the last one repeats
const TYPING = 800; // milliseconds after the last keystroke
const LONGEST = 5000; // milliseconds of continuous typing after which it is saved anyway

export class Queue {
  /** Calls `settle(key, outcome)` with the result of each save, and `changed()` after any change. */
  constructor(sender, { settle, changed }) {
    Object.assign(this, { sender, settle, changed });
    this.known = new Map(); // question -> its fields as stored by the server
    this.unsaved = new Map(); // question -> time of the first unsaved change
    this.due = new Set();
    this.blocked = new Set(); // waiting for the person: a conflict, an error, a closed assessment
    this.timers = new Map();
    this.attempts = 0;
    this.unreachable = false;
    this.paused = false;
    this.busy = false;
  }

  /** Whether nothing is waiting except for the person. */
  get settled() { return !this.busy && [...this.unsaved.keys()].every((key) => this.blocked.has(key)); }

  get failing() { return this.attempts > 0 && this.unsaved.size > 0; }

  /** Milliseconds since the oldest unsaved change. */
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

  /** Send everything that is waiting, at once. */
  flush() {
    for (const key of this.unsaved.keys()) if (!this.blocked.has(key)) this.due.add(key);
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

  #next() { return [...this.due].find((key) => !this.blocked.has(key)); }

  /** Handle an outcome. Returns whether to send the next question. */
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

  /** Record that the server has stored these fields of a question. */
  acknowledge(key, fields) {
    this.known.set(key, fields);
    if (same(fields, read(key))) this.unsaved.delete(key);
    else this.unsaved.set(key, Date.now());
  }

  /** Send what is waiting, because the page is being closed or hidden. */
  async leave() {
    const waiting = [...this.unsaved.keys()].filter((key) => !this.blocked.has(key));
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
