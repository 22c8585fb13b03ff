// Keyboard access to a chart: arrow keys move between pillars, Escape ends. Tooltips are announced as well.

/**
 * Reads the scores of a figure, with or without its drawing. `say` is a live region; `hover` shows the tooltip of a
 * curve's point, or none. Returns a function that shows the present one again.
 */
export function readByKeyboard(box, say, figure, hover) {
  const curve = figure.data.findIndex((trace) => trace.meta.role === "current");
  const { r, hovertext } = figure.data[curve];
  const count = r.length - 1; // the last point repeats the first
  let at = -1;
  const show = () => {
    if (at < 0) return;
    hover(r[at] === null ? [] : [{ curveNumber: curve, pointNumber: at }]);
    say.textContent = plain(hovertext[at]);
  };
  const stop = () => {
    at = -1;
    hover([]);
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
  return show;
}

/** Unescape the text, which the server has escaped for Plotly. */
function plain(escaped) {
  return new DOMParser().parseFromString(escaped, "text/html").body.textContent;
}
