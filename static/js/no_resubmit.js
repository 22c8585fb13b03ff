// The page responds to a POST: make Back and Reload request it with GET instead of submitting the form again.

history.replaceState(history.state, "");
