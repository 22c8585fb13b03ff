// Asks before a page is left on which something was written and not saved.
const form = document.querySelector('#content-main > form')
let written = false
form?.addEventListener('input', () => { written = true })
form?.addEventListener('submit', () => { written = false })
addEventListener('beforeunload', event => { if (written) event.preventDefault() })
