// Checkboxes that show and hide the series of a chart; the score itself is always shown.

/** Returns the set of hidden roles. The box has a class for each, and hears of every change. */
export function series(choices, box) {
  const off = new Set();
  for (const choice of choices?.querySelectorAll("input") ?? []) {
    choice.checked = true; // the browser may have restored another state
    choice.addEventListener("change", () => {
      if (choice.checked) off.delete(choice.value);
      else off.add(choice.value);
      box.classList.toggle(`off-${choice.value}`, !choice.checked);
      box.dispatchEvent(new Event("series"));
    });
  }
  choices?.classList.remove("waiting");
  return off;
}
