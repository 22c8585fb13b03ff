// A link to a section that is on another page now goes there. Without a script it ends at the link to that page.
// A link to what is folded opens it.

const id = decodeURIComponent(location.hash.slice(1));
const link = document.getElementById(id) ?? (id.startsWith("explain-") ? document.getElementById("explain") : null);
if (link?.matches("details")) link.open = true;
if (link?.matches("a.moved")) location.replace(`${link.pathname}#${encodeURIComponent(id)}`);
