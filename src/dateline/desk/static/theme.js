// Sets the theme that the reader chose before anything is drawn, so that a dark page does not flash white. Loaded in the head.
"use strict";
try {
  const theme = localStorage.getItem("dateline.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch { /* storage may be forbidden: the system's theme is used */ }
document.documentElement.classList.add("scripted");
