// Asks for confirmation before leaving a page with unsaved changes.
const form = document.querySelector('#content-main > form')
let written = false
form?.addEventListener('input', () => { written = true })
form?.addEventListener('submit', () => { written = false })
addEventListener('beforeunload', event => { if (written) event.preventDefault() })
