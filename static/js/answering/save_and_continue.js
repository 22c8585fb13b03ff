// "Save and continue" leaves the page once everything is saved. Until then it waits, and then continues by itself.

export class SaveAndContinue {
  /** Calls `go()` when the browser submits the form. */
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

  /** Check whether the server can be reached, and send what is waiting. */
  async #reach() {
    this.queue.unreachable = !(await this.session.check());
    await this.queue.flush();
    this.status.show(this.queue);
    this.look();
  }

  /** Continue if nothing is waiting any more. Called after every change. */
  look() {
    if (!this.status.goesOn || this.queue.paused || !this.#free) return;
    this.stop();
    this.form.requestSubmit(this.button);
  }

  /** Stop waiting: the person went on typing. */
  stop() { this.status.goesOn = false; }
}
