// What the pages gain from JavaScript. Everything works without it.
"use strict";

function focusErrors(root) {
  root.querySelector("[data-focus]")?.focus();
}

// A filter takes effect when it is changed; its button is for those without JavaScript.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-instant]");
  if (form) form.requestSubmit();
});

document.documentElement.classList.add("js");
focusErrors(document);
document.addEventListener("htmx:afterSettle", (event) => focusErrors(event.target));
