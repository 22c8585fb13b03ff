// Keyboard access to a chart: arrow keys move between pillars, Escape ends. Tooltips are announced as well.

/** `say` is a live region; `subplot` is the part of the figure that contains the points. */
export function readByKeyboard(host, say, plotly, subplot) {
  let at = -1;
  const points = () => {
    const curve = host.data.findIndex((trace) => trace.meta.role === "current");
    const { r, hovertext } = host.data[curve];
    const last = r.length - 1; // the last point repeats the first
    return [...hovertext.keys()].filter((place) => place < last).map((place) => ({
      curve, place, drawn: r[place] !== null, words: plain(hovertext[place]),
    }));
  };
  const show = ({ curve, place, drawn, words }) => {
    if (drawn) plotly.Fx.hover(host, [{ curveNumber: curve, pointNumber: place }], subplot);
    else plotly.Fx.unhover(host);
    say.textContent = words;
  };
  const stop = () => {
    at = -1;
    plotly.Fx.unhover(host);
    say.textContent = "";
  };
  host.tabIndex = 0;
  host.addEventListener("blur", stop);
  host.addEventListener("keydown", (event) => {
    const found = points();
    const last = found.length - 1;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step) at = at < 0 && step < 0 ? last : (at + step + found.length) % found.length;
    else if (event.key === "Home") at = 0;
    else if (event.key === "End") at = last;
    else {
      if (event.key === "Escape") stop();
      return;
    }
    event.preventDefault();
    show(found[at]);
  });
}

/** Unescape the text, which the server has escaped for Plotly. */
function plain(escaped) {
  return new DOMParser().parseFromString(escaped, "text/html").body.textContent;
}
