// Boxes that show and hide the series of a chart; the score itself always stays.

/** The roles that are switched off; calls `changed` whenever that is another set. */
export function series(boxes, changed) {
  const off = new Set();
  for (const box of boxes?.querySelectorAll("input") ?? []) {
    box.checked = true; // a browser may remember another state
    box.addEventListener("change", () => {
      if (box.checked) off.delete(box.value);
      else off.add(box.value);
      changed();
    });
  }
  boxes?.classList.remove("waiting");
  return off;
}
