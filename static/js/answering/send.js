// Sends one question to the server and returns the outcome as one word.

import { read } from "answering/fields";

const TIMEOUT = 10_000; // milliseconds until a save without a response is retried
const ROOM = 60_000; // browsers send at most 64 KB in total for pages being closed

/** A page's id, with which the server tells a later save of this page from another person's. */
function newId() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Sender {
  constructor(form) {
    this.form = form;
    this.page = newId();
    this.saves = 0;
    this.latest = new Map(); // question -> number of its latest save
    this.revisions = new Map();
    this.room = ROOM;
  }

  get token() { return this.form.elements.csrfmiddlewaretoken.value; }

  revision(key) { return this.revisions.get(key) ?? Number(this.form.elements[`${key}:revision`].defaultValue); }

  learn(key, revision) { this.revisions.set(key, Math.max(revision, this.revision(key))); }

  /** Add page id, save number and revisions to a form that the browser submits. */
  complete(data) {
    data.set("page", this.page);
    data.set("save", String((this.saves += 1)));
    for (const [key, revision] of this.revisions) data.set(`${key}:revision`, String(revision));
  }

  request(key, fields, more) {
    const number = (this.saves += 1);
    this.latest.set(key, number);
    const { submission, answers } = this.form.dataset;
    const sent = { ...fields, revision: this.revision(key), submission, page: this.page, save: number };
    const address = answers.replace(/-$/, encodeURIComponent(key));
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token };
    const options = { method: "PUT", headers, body: JSON.stringify(sent), redirect: "manual", ...more };
    return { number, size: new Blob([options.body]).size, go: () => fetch(address, options) };
  }

  /** Save a question. Resolves to `{kind, reply}` and never rejects. */
  async save(key) {
    const request = this.request(key, read(key), { signal: AbortSignal.timeout(TIMEOUT) });
    return this.#answered(key, request.number, request.go());
  }

  /** Save a question while the page closes: completely if it fits, otherwise what has changed since `known`. */
  async saveLeaving(key, known) {
    const now = read(key);
    const changed = Object.fromEntries(Object.entries(now).filter(([name, value]) => value !== known[name]));
    let request = this.request(key, now, { keepalive: true });
    if (request.size > this.room) request = this.request(key, { ...changed, choice: now.choice, reason: now.reason }, { keepalive: true });
    if (request.size > this.room) request = this.request(key, now, {});
    else this.room -= request.size;
    const outcome = await this.#answered(key, request.number, request.go());
    this.room = Math.min(ROOM, this.room + request.size);
    return outcome;
  }

  async #answered(key, number, response) {
    let kind;
    let reply = {};
    try {
      const answer = await response;
      if ((answer.headers.get("Content-Type") ?? "").includes("json")) reply = await answer.json();
      kind = kindOf(answer, reply);
    } catch {
      return { kind: "unreachable", reply };
    }
    if (reply.revision) this.learn(key, reply.revision);
    if (kind === "clash" && number < this.latest.get(key)) kind = "overtaken";
    return { kind, reply };
  }
}

function kindOf({ ok, status, type }, reply) {
  if (ok && "revision" in reply) return "saved";
  if (status === 401 || type === "opaqueredirect" || reply.somebody_else) return "signed-out";
  if (status === 409) return reply.other ? "clash" : "closed";
  if (status === 404) return "closed";
  if (status === 400 && reply.errors) return "refused";
  if (status === 403) return "token";
  return "failed";
}
