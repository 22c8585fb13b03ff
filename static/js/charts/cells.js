// Arrow keys in a heat map: from a client's name along its cells, and to the row above or below.

const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

for (const table of document.querySelectorAll(".heat-map")) {
  table.addEventListener("keydown", (event) => {
    const cell = event.target.matches("a") && event.target.closest(".cell, th");
    const [down, along] = STEPS[event.key] ?? [];
    if (!cell || down === undefined) return;
    event.preventDefault();
    let [row, column] = [cell.parentElement, cell.cellIndex];
    do {
      row = down > 0 ? row.nextElementSibling : down < 0 ? row.previousElementSibling : row;
      column += along;
    } while (row?.cells[column] && !row.cells[column].querySelector("a"));
    row?.cells[column]?.querySelector("a").focus();
  });
}
