// Sets the chosen theme before the first paint; Mantine takes over from there.
(function () {
  var dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  try {
    var chosen = localStorage.getItem("drawbridge-color-scheme");
    dark = chosen === "dark" || (chosen !== "light" && dark);
  } catch {
    // Without storage the system's choice stands.
  }
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
