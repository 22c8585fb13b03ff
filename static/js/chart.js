// The radar: its series can be shown and hidden at once; Plotly, 1.1 MB, is loaded only for a hand that is on it.

import { readByKeyboard } from "charts/read";
import { series } from "charts/series";

const DWELL = 120; // milliseconds, so that a pointer on its way elsewhere loads nothing

/** Draw the chart by Plotly at the first focus, tap or stay of a pointer. If that fails, the server's chart stays. */
function enhance(box) {
  const hint = box.querySelector("[data-loading]");
  const words = hint.textContent.trim();
  const off = series(document.getElementById(box.dataset.series), box);
  let [begun, staying] = [false, 0];
  const begin = async () => {
    if (begun) return;
    begun = true;
    hint.style.minBlockSize = `${hint.offsetHeight}px`; // the shorter text moves nothing
    hint.textContent = hint.dataset.loading;
    try {
      const figure = JSON.parse(document.getElementById(box.dataset.chart).textContent);
      const reader = readByKeyboard(box, figure); // from the first key on, while the drawing is still loading
      const { draw } = await import("charts/draw");
      await draw(box, figure, reader, off);
    } catch (problem) {
      console.warn("The chart stays as the server drew it.", problem);
    }
    hint.textContent = words;
  };
  box.tabIndex = 0;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", `${box.querySelector("svg > title").textContent} ${words}`);
  box.addEventListener("focus", begin);
  box.addEventListener("click", begin);
  box.addEventListener("pointerenter", (event) => {
    if (event.pointerType !== "touch") staying = setTimeout(begin, DWELL); // a finger may only be scrolling
  });
  box.addEventListener("pointerleave", () => clearTimeout(staying));
}

document.querySelectorAll("[data-chart]").forEach(enhance);
