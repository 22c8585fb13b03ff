// Rows that can be reordered by dragging; the buttons next to them work without JavaScript.
for (const list of document.querySelectorAll('[data-rows]')) {
  let dragged = null
  let before = []
  const keys = () => [...list.querySelectorAll('[data-key]')].map(row => row.dataset.key)

  for (const row of list.querySelectorAll('[data-key]')) {
    row.draggable = true
    row.addEventListener('dragstart', event => {
      dragged = row
      before = keys()
      event.dataTransfer.effectAllowed = 'move'
      event.dataTransfer.setData('text/plain', row.dataset.key)
    })
    row.addEventListener('dragover', event => {
      if (!dragged || dragged === row) return
      event.preventDefault()
      const { top, height } = row.getBoundingClientRect()
      row[event.clientY > top + height / 2 ? 'after' : 'before'](dragged)
    })
  }
  list.addEventListener('dragover', event => dragged && event.preventDefault())
  list.addEventListener('drop', event => event.preventDefault())
  list.addEventListener('dragend', () => {
    const moved = dragged
    dragged = null
    if (moved && keys().join() !== before.join()) save(list, moved, keys())
  })
}

async function save (list, row, keys) {
  const body = new URLSearchParams(keys.map(key => ['key', key]))
  body.set('csrfmiddlewaretoken', list.querySelector('[name=csrfmiddlewaretoken]').value)
  const answer = await fetch(row.dataset.arrange, { method: 'POST', body }).catch(() => null)
  if (answer?.ok) return settle(list)
  const note = list.parentElement.querySelector('[data-drag]')
  note.textContent = note.dataset.failed
  note.classList.add('is-long')
}

function settle (list) {
  const rows = [...list.querySelectorAll('[data-key]')]
  rows.forEach((row, place) => {
    row.querySelector('.number').textContent = place + 1
    row.querySelector('[value=up]').disabled = place === 0
    row.querySelector('[value=down]').disabled = place === rows.length - 1
  })
}
