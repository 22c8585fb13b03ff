// Counts down the seconds until another code can be requested. Without JavaScript, the page says how many there were.

const form = document.querySelector("[data-wait]");
const text = form?.querySelector("[data-wait-text]");

if (text) {
  const button = form.querySelector("[value=resend]");
  const seconds = text.querySelector("[data-wait-seconds]");
  const ends = Date.now() + Number(form.dataset.wait) * 1000;
  button.disabled = true;
  const timer = setInterval(() => {
    const left = Math.ceil((ends - Date.now()) / 1000);
    seconds.textContent = String(Math.max(left, 0));
    if (left > 0) return;
    clearInterval(timer);
    button.disabled = false;
    text.remove();
  }, 1000);
}
