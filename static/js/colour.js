// Adds the browser's colour picker beside a text field and keeps the two in step. The text field is what is sent.

const COLOUR = /^#?([0-9a-f]{6})$/i;

for (const field of document.querySelectorAll("[data-colour]")) {
  const row = document.createElement("span");
  const picker = document.createElement("input");
  const follow = () => {
    const [, digits] = COLOUR.exec(field.value.trim()) ?? [];
    if (digits) picker.value = `#${digits.toLowerCase()}`;
  };
  picker.type = "color";
  picker.className = "picker";
  picker.ariaLabel = field.dataset.colour;
  follow();
  field.addEventListener("input", follow);
  picker.addEventListener("input", () => { field.value = picker.value.toUpperCase(); });
  row.className = "picked";
  field.replaceWith(row);
  row.append(field, picker);
}
