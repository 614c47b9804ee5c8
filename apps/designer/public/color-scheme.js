// Sets the chosen theme before the first paint; Mantine takes over from there.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem("drawbridge-color-scheme");
  } catch (error) {
    chosen = null;
  }
  var dark = chosen === "dark" || (chosen !== "light" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
