// Counts the words of a text while it is typed, like `formats.readability.words`: a hyphenated word is one.
const WORD = /[\p{L}\p{N}_]+(?:['’-][\p{L}\p{N}_]+)*/gu

function show (counter, field) {
  const count = (field.value.match(WORD) ?? []).length
  const words = count === 1 ? counter.dataset.one : counter.dataset.many
  counter.textContent = words.replace(/\d+/, count)
  counter.classList.toggle('is-long', count > Number(counter.dataset.most))
}

for (const counter of document.querySelectorAll('[data-words-of]')) {
  const field = document.getElementById(counter.dataset.wordsOf)
  if (!field) continue
  field.addEventListener('input', () => show(counter, field))
  show(counter, field)
}
