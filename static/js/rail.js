// The rail follows the page: its link to the section on screen is the current one.

const links = [...document.querySelectorAll('.rail a[href^="#"]')];
const sections = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
const visible = new Set();

function mark() {
  const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 1;
  const seen = sections.findLastIndex((section) => visible.has(section));
  const current = !scrollY ? 0 : atEnd ? sections.length - 1 : seen;
  if (current < 0) return;
  links.forEach((link, place) => {
    if (place === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
}

const watch = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) visible.add(target);
    else visible.delete(target);
  }
  mark();
}, { rootMargin: "0px 0px -75% 0px" });

for (const section of sections) if (section) watch.observe(section);
addEventListener("scrollend", mark);
