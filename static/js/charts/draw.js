// Replaces a chart rendered by the server with the same one by Plotly. If anything fails, the server's chart stays.

const DARK = matchMedia("(prefers-color-scheme: dark)");
const WIDE = matchMedia("(min-width: 48rem)");
const QUIET = { displayModeBar: false, responsive: false, scrollZoom: false, doubleClick: false };

/** The page's current palette, light or dark. */
function colours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return {
    current: read("--current"), previous: read("--previous"), peers: read("--peers"), target: read("--target-tick"), grid: read("--grid"),
    border: read("--border"), paper: read("--paper"), text: read("--text"), muted: read("--muted"),
    font: read("--font"),
  };
}

/** Apply the colours to a trace, by its role. */
const PAINT = {
  interval: (trace, c) => { trace.fillcolor = c.current; },
  rim: (trace, c) => { trace.line.color = c.border; },
  unscored: (trace, c) => { trace.line.color = c.border; },
  previous: (trace, c) => { trace.line.color = c.previous; trace.marker.color = c.previous; },
  peers: (trace, c) => { trace.line.color = c.peers; trace.marker.color = c.peers; },
  current: (trace, c) => {
    trace.line.color = c.current;
    trace.marker.color = c.current;
    trace.marker.line.color = c.paper;
  },
  target: (trace, c) => { trace.marker.color = c.target; trace.marker.line.color = c.target; },
};

/** Convert lengths from units of the drawing to pixels. */
function enlarge(trace, scale) {
  for (const line of [trace.line, trace.marker?.line]) if (line?.width) line.width *= scale;
  if (trace.line?.dash) trace.line.dash = trace.line.dash.replace(/[\d.]+/g, (length) => length * scale);
  if (trace.marker) trace.marker.size *= scale;
}

/** Set text in the same size as in the server's chart, which is smaller in its units on wide pages. */
function setFont(note, scale, c) {
  const size = note.font.size * (WIDE.matches ? 10.6 / 14 : 1) * scale;
  if (note.yshift) note.yshift *= scale;
  note.font = { ...note.font, size, color: note.name === "ring" || note.name === "absent" ? c.muted : c.text };
}

/** The server's figure in the page's colours, at the size of the chart that it replaces. */
function fitted(figure, width, off) {
  const { data, layout } = structuredClone(figure);
  const c = colours();
  const scale = width / layout.width;
  for (const trace of data) {
    PAINT[trace.meta.role](trace, c);
    enlarge(trace, scale);
    trace.visible = !off.has(trace.meta.role);
  }
  for (const note of layout.annotations) setFont(note, scale, c);
  for (const side of ["l", "r", "t", "b"]) layout.margin[side] *= scale;
  layout.height *= scale;
  layout.width = width;
  layout.font = { ...layout.font, family: c.font, color: c.text };
  layout.hoverlabel = { bgcolor: c.paper, bordercolor: c.border, font: { family: c.font, size: 16, color: c.text } };
  layout.polar.angularaxis.gridcolor = layout.polar.angularaxis.linecolor = c.grid;
  layout.polar.radialaxis.gridcolor = c.grid;
  layout.dragmode = false;
  return { data, layout };
}

/** Loads a classic script once. Resolves to its global. */
function load(address) {
  return new Promise((resolve, reject) => {
    if (window.Plotly) { resolve(window.Plotly); return; }
    const script = document.createElement("script");
    script.src = address;
    script.async = true;
    script.onload = () => (window.Plotly ? resolve(window.Plotly) : reject(new Error("Plotly did not load")));
    script.onerror = () => reject(new Error(`${address} did not load`));
    document.head.append(script);
  });
}

/** Draws a hidden chart next to the server's, and swaps the two once it is complete. `off`: the hidden series. */
export async function draw(box, figure, reader, off) {
  const drawing = box.querySelector("svg");
  const plotly = await load(box.dataset.plotly);
  const width = drawing.getBoundingClientRect().width;
  if (!width || !figure.layout.polar) return;
  const host = document.createElement("div");
  Object.assign(host.style, { position: "absolute", visibility: "hidden" }); // Plotly has to measure text
  drawing.after(host);
  const first = fitted(figure, width, off);
  await plotly.newPlot(host, first.data, first.layout, QUIET);
  host.removeAttribute("style");
  host.classList.add("drawn");
  reader.hover([]);
  box.classList.add("live"); // hides the server's chart on screen, but not in print
  follow(box, host, figure, plotly, off);
  reader.hover = (points) => (points.length ? plotly.Fx.hover(host, points, "polar") : plotly.Fx.unhover(host));
  reader.show();
}

/** Redraws when the width, the colours or the selected series change. */
function follow(box, host, figure, plotly, off) {
  let width = host.getBoundingClientRect().width;
  const redraw = () => {
    const drawn = fitted(figure, width, off);
    plotly.react(host, drawn.data, drawn.layout, QUIET);
  };
  box.addEventListener("series", redraw);
  new ResizeObserver(() => {
    const now = Math.min(box.getBoundingClientRect().width, 576);
    if (now && Math.abs(now - width) >= 1) { width = now; requestAnimationFrame(redraw); }
  }).observe(box);
  for (const query of [DARK, WIDE]) query.addEventListener("change", redraw);
}
