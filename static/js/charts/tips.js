// Tells in words what a mark of a chart shows, while a pointer or the focus is on it. Every word is elsewhere as well.

const ROW = ".dots li, .versus-rows li, .heat-map tr"; // what a link in it belongs to
const MARK = ".strip-box, .slope a, .trend .mark, .trend a, .heat-map .cell, [data-chart]:not(.live) > svg .dot"; // what a pointer can be on
const STAY = 200; // milliseconds to move the pointer from a mark into its tooltip

const tip = Object.assign(document.createElement("div"), { className: "tip", id: "tip", role: "tooltip", hidden: true });
let [leaving, described, touched] = [0, null, false];

const text = (part) => part?.textContent.trim().replace(/\s+/g, " ") ?? "";

/** The lines for a mark; empty if it shows nothing, like the numbers above an axis. */
function words(mark) {
  if (mark.matches(".slope a, .trend a, .mark")) return [mark.dataset.words];
  if (mark.matches(".dot")) return radar(mark.closest("[data-chart]")).find(({ dot }) => dot === mark).lines;
  if (mark.matches(".cell")) {
    const heads = mark.closest("table").tHead.rows[0].cells;
    return mark.querySelector("a") ? [text(mark.parentElement.querySelector("b")), `${text(heads[mark.cellIndex])}: ${text(mark)}`] : [];
  }
  const [row, drawing] = [mark.parentElement, mark.querySelector("svg")];
  const part = (name) => text(row.querySelector(`:scope > ${name}`));
  return drawing ? [`${part(".name")} ${part(".value")}`, drawing.dataset.words, part(".gap")] : [];
}

/** The dots of a radar that Plotly has not drawn yet, each with its place and the lines of its tooltip. */
function radar(box) {
  const figure = JSON.parse(document.getElementById(box.dataset.chart).textContent);
  const { r, hovertext } = figure.data.find(({ meta }) => meta.role === "current");
  const places = r.slice(0, -1).flatMap((score, at) => (score === null ? [] : [at]));
  return [...box.querySelectorAll(":scope > svg .dot")].map((dot, number) => {
    const lines = hovertext[places[number]].split("<br>").map((line) => new DOMParser().parseFromString(line, "text/html").body.textContent);
    return { dot, at: places[number], lines };
  });
}

/** The browser's own tooltip would show the same a second time. */
function takeTitle(part) {
  const title = part.querySelector(":scope > title");
  if (!title) return;
  part.dataset.words = text(title);
  if (!part.matches(".mark")) part.setAttribute("aria-label", part.dataset.words);
  title.remove();
}

function show(mark, link) {
  const lines = words(mark).filter(Boolean);
  clearTimeout(leaving);
  if (!lines.length) { hide(); return; }
  tip.replaceChildren(...lines.map((line, place) => Object.assign(document.createElement(place ? "span" : "b"), { textContent: line })));
  tip.hidden = false;
  place((mark.querySelector(".dot, text") ?? mark).getBoundingClientRect());
  described?.removeAttribute("aria-describedby");
  described = link;
  link?.setAttribute("aria-describedby", tip.id);
}

/** Above the mark, or below it where there is no room. */
function place(spot) {
  const { width, height } = tip.getBoundingClientRect();
  const room = document.documentElement.clientWidth - width - 8;
  const left = Math.max(8, Math.min(spot.left + spot.width / 2 - width / 2, room));
  const top = spot.top - height - 8 < 0 ? spot.bottom + 8 : spot.top - height - 8;
  Object.assign(tip.style, { left: `${left + scrollX}px`, top: `${top + scrollY}px` });
}

function hide() {
  clearTimeout(leaving);
  tip.hidden = true;
  described?.removeAttribute("aria-describedby");
}

/** The mark that a focused link stands for: itself, the strip of its row, or its cell. */
function markOf(link) {
  return link.closest(".slope a, .trend a, .cell") ?? link.closest(ROW)?.querySelector(":scope > .strip-box");
}

document.querySelectorAll(".strip-box svg, .slope a, .trend a, .trend .mark").forEach(takeTitle);
document.querySelector("main").append(tip);
document.addEventListener("pointerdown", ({ pointerType }) => { touched = pointerType === "touch"; }, true);
document.addEventListener("pointerover", ({ target, pointerType }) => {
  if (pointerType === "touch" && target.closest("a, .tip")) return; // a finger follows the link
  const mark = target.closest(MARK);
  if (mark) show(mark, null);
  else if (target.closest(".tip")) clearTimeout(leaving);
  else if (!tip.hidden && !described) { clearTimeout(leaving); leaving = setTimeout(hide, STAY); }
});
document.addEventListener("focusin", ({ target }) => {
  const mark = !touched && target.matches("a") && markOf(target);
  if (mark) show(mark, target);
  else hide();
});
document.addEventListener("focusout", hide);
document.addEventListener("point", ({ target, detail }) => {
  const found = radar(target).find(({ at }) => at === detail);
  if (found) show(found.dot, null);
  else hide();
});
document.addEventListener("keydown", ({ key }) => {
  touched = false;
  if (key === "Escape") hide();
});
