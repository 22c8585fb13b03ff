// Uploads files to the answers of a pillar page: dropped, pasted or chosen. Without JavaScript, a link leads to a form.

const template = document.getElementById("upload");
const token = () => document.querySelector("form[data-answers]").elements.csrfmiddlewaretoken.value;

/** A sentence with the name of the file. */
const say = (sentence, file) => sentence.replace("{name}", () => file.name);

class Drop {
  constructor(field) {
    this.field = field;
    this.box = template.content.firstElementChild.cloneNode(true);
    this.input = this.box.querySelector("input[type=file]");
    this.fields = [...this.box.querySelectorAll("[data-field]")];
    this.progress = this.box.querySelector("progress");
    this.status = this.box.querySelector("[role=status]");
    this.error = this.box.querySelector("[role=alert]");
    field.append(this.box);
    for (const type of ["input", "change"]) this.box.addEventListener(type, (event) => event.stopPropagation()); // no answer
    this.input.addEventListener("change", () => this.take(this.input.files));
    this.box.addEventListener("dragover", (event) => this.hover(event, true));
    this.box.addEventListener("dragleave", (event) => this.hover(event, false));
    this.box.addEventListener("drop", (event) => {
      this.hover(event, false);
      this.take(event.dataTransfer.files);
    });
    field.closest("details").addEventListener("paste", (event) => {
      if (!event.clipboardData.files.length) return;
      event.preventDefault();
      this.take(event.clipboardData.files);
    });
  }

  hover(event, over) {
    event.preventDefault();
    this.box.classList.toggle("over", over);
  }

  /** Upload files one after another. */
  async take(files) {
    this.fail("");
    this.used = false;
    for (const file of [...files]) await this.send(file);
    this.input.value = "";
    if (this.used) this.clear();
  }

  /** Dates and the offer are for the files just uploaded, never silently for the next ones. */
  clear() {
    for (const field of this.fields) {
      if (field.type === "checkbox") field.checked = false;
      else field.value = "";
    }
  }

  fail(sentence) {
    this.error.textContent = sentence;
    this.error.hidden = !sentence;
    if (sentence) this.status.textContent = "";
  }

  /** Resolves when the file is there, or the page says why it is not. */
  send(file) {
    return new Promise((resolve) => {
      const data = new FormData();
      data.append("file", file);
      for (const { dataset, type, value, checked } of this.fields) {
        if (type !== "checkbox") data.append(dataset.field, value);
        else if (checked) data.append(dataset.field, "on");
      }
      const request = new XMLHttpRequest();
      request.open("POST", this.field.dataset.evidence);
      request.setRequestHeader("Accept", "application/json");
      request.setRequestHeader("X-CSRFToken", token());
      request.upload.addEventListener("progress", ({ loaded, total }) => { this.progress.value = loaded / total; });
      request.addEventListener("loadend", () => {
        this.progress.hidden = true;
        this.settle(request, file);
        resolve();
      });
      this.progress.value = 0;
      this.progress.hidden = false;
      this.status.textContent = say(this.box.dataset.sending, file);
      request.send(data);
    });
  }

  settle(request, file) {
    const reply = read(request.responseText);
    if (request.status === 200 && reply?.html !== undefined) {
      this.field.querySelector("[data-files]").innerHTML = reply.html; // rendered and escaped by the server
      this.status.textContent = say(this.box.dataset.done, file);
      this.used = true;
    } else if (reply?.error) this.fail(reply.error);
    else if (request.status === 413) this.fail(say(this.box.dataset.large, file));
    else if (request.status === 200) this.fail(this.box.dataset.signedOut); // the sign-in page
    else this.fail(say(this.box.dataset.broken, file));
  }
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

for (const field of document.querySelectorAll("[data-evidence]")) new Drop(field);
