// Checkboxes that show and hide the series of a chart; the score itself is always shown.

/** Returns the set of hidden roles, and calls `changed` whenever it changes. */
export function series(boxes, changed) {
  const off = new Set();
  for (const box of boxes?.querySelectorAll("input") ?? []) {
    box.checked = true; // the browser may have restored another state
    box.addEventListener("change", () => {
      if (box.checked) off.delete(box.value);
      else off.add(box.value);
      changed();
    });
  }
  boxes?.classList.remove("waiting");
  return off;
}
