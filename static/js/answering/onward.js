// "Save and continue" leaves the page only once the server has everything. Until then the page stays, and goes on by itself.

export class Onward {
  /** `go()` hears when the browser itself sends the form. */
  constructor(form, { queue, status, session, go }) {
    Object.assign(this, { form, queue, status, session });
    form.addEventListener("submit", (event) => {
      if (queue.paused || this.#free) {
        go();
        return;
      }
      event.preventDefault();
      this.#wait(event.submitter);
    });
    addEventListener("online", () => this.#reach());
  }

  get #free() { return this.queue.settled && !this.queue.unreachable; }

  #wait(button) {
    this.button = button ?? undefined;
    this.status.goesOn = true;
    this.status.show(this.queue);
    if (this.queue.unreachable) this.#reach();
    else this.queue.flush();
  }

  /** Ask whether the server is there, and send it what waits. */
  async #reach() {
    this.queue.unreachable = !(await this.session.check());
    await this.queue.flush();
    this.status.show(this.queue);
    this.look();
  }

  /** Something is different now: perhaps the page may go on. */
  look() {
    if (!this.status.goesOn || this.queue.paused || !this.#free) return;
    this.stop();
    this.form.requestSubmit(this.button);
  }

  /** Whoever writes on has stayed. */
  stop() { this.status.goesOn = false; }
}
