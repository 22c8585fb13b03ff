/** Tells the server the browser's time zone with the first assessment. Without it, the organisation's is UTC. */

const field = document.querySelector('input[type="hidden"][name="time_zone"]')
if (field) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? ""
