// A form that is shown again answers a post: back and reload ask for the page, and do not send the form once more.

history.replaceState(history.state, "");
