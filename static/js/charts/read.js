// Keyboard access to a chart: arrow keys move between pillars, Escape ends. Tooltips are announced as well.

/**
 * Reads the scores of a figure, with or without its drawing. Returns the reader: `hover` shows the tooltip of a curve's
 * point, or none, by the light tooltip of tips.js until a drawing brings its own; `show` shows the present one again.
 */
export function readByKeyboard(box, figure) {
  const say = box.querySelector("[data-say]"); // a live region
  const curve = figure.data.findIndex((trace) => trace.meta.role === "current");
  const { r, hovertext } = figure.data[curve];
  const count = r.length - 1; // the last point repeats the first
  let at = -1;
  const hover = (points) => box.dispatchEvent(new CustomEvent("point", { detail: points[0]?.pointNumber, bubbles: true }));
  const reader = { hover, show };
  function show() {
    if (at < 0) return;
    reader.hover(r[at] === null ? [] : [{ curveNumber: curve, pointNumber: at }]);
    say.textContent = plain(hovertext[at]);
  }
  const stop = () => {
    at = -1;
    reader.hover([]);
    say.textContent = "";
  };
  box.addEventListener("blur", stop);
  box.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step) at = at < 0 && step < 0 ? count - 1 : (at + step + count) % count;
    else if (event.key === "Home") at = 0;
    else if (event.key === "End") at = count - 1;
    else {
      if (event.key === "Escape") stop();
      return;
    }
    event.preventDefault();
    show();
  });
  return reader;
}

/** Unescape the text, which the server has escaped for Plotly. */
function plain(escaped) {
  return new DOMParser().parseFromString(escaped, "text/html").body.textContent;
}
