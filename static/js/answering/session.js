// Warns five minutes before the session ends, and helps to sign in again.

import { timeOfDay } from "answering/status";

const WARNING = 5 * 60; // seconds before the end
const LOOK = 15_000;

export class Session {
  /** Calls `changed(signedIn)` when the person is signed out or in again. */
  constructor(form, changed) {
    Object.assign(this, { form, changed });
    this.signedIn = true;
    this.notice = (name) => form.querySelector(`[data-notice="${name}"]`);
    this.#lasts(form.dataset.left === undefined ? Infinity : Number(form.dataset.left));
    form.querySelector("[data-stay]").addEventListener("click", () => this.#stay());
    setInterval(() => this.#look(), LOOK);
    addEventListener("focus", () => this.#look());
    document.addEventListener("visibilitychange", () => this.#look());
  }

  #lasts(seconds) { this.ends = Date.now() + seconds * 1000; }

  get left() { return (this.ends - Date.now()) / 1000; }

  /** Query the server only if something may have changed. */
  #look() {
    if (document.visibilityState === "hidden") return;
    if (!this.signedIn || this.left <= WARNING) this.check();
  }

  /** Update the session's state. Resolves to whether the server could be reached. */
  async check(method = "GET") {
    const headers = { "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value };
    try {
      const options = { method, headers, redirect: "manual", signal: AbortSignal.timeout(5000) };
      const response = await fetch(this.form.dataset.session, options);
      if (response.status === 401) this.lost();
      else if (response.ok) this.#told(await response.json());
      else return false;
    } catch {
      return false;
    }
    return true;
  }

  #told({ left, final, person, token }) {
    if (String(person) !== this.form.dataset.person) {
      this.lost();
      return;
    }
    this.form.elements.csrfmiddlewaretoken.value = token;
    this.#lasts(left);
    this.form.querySelector("[data-stay]").hidden = final; // eight hours after signing in is the limit
    this.#warn(left <= WARNING);
    if (this.signedIn) return;
    this.signedIn = true;
    this.notice("signed-out").hidden = true;
    this.changed(true);
  }

  #warn(wanted) {
    const notice = this.notice("ending");
    if (wanted) notice.querySelector("[data-ends]").textContent = timeOfDay(this.ends);
    if (notice.hidden === wanted) notice.hidden = !wanted;
  }

  /** Called when nobody, or another person, is signed in. */
  lost() {
    if (!this.signedIn) return;
    this.signedIn = false;
    this.#warn(false);
    this.notice("signed-out").hidden = false;
    this.changed(false);
  }

  async #stay() {
    const hadFocus = document.activeElement === this.form.querySelector("[data-stay]");
    if (await this.check("POST") && this.left > WARNING) this.stayed?.();
    if (hadFocus && this.signedIn) document.getElementById("main").focus({ preventScroll: true });
  }
}
