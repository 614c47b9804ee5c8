// Asks for what the page at this address needs while the app's own code is still on its way; call.ts takes the answers.
(function () {
  var path = window.location.pathname;
  var files = JSON.parse(document.getElementById("page-files").textContent);
  Object.keys(files).forEach(function (address) {
    if (!new RegExp(address).test(path)) return;
    files[address].forEach(function (file) {
      var link = document.createElement("link");
      var style = /\.css$/.test(file);
      link.rel = style ? "preload" : "modulepreload";
      if (style) link.as = "style";
      link.href = file;
      document.head.appendChild(link);
    });
  });
  var answers = {};
  var ask = function (address) {
    answers[address] = fetch(address, { headers: { accept: "application/json" }, credentials: "same-origin" }).catch(function () {
      return null;
    });
  };
  var run = /^\/runs\/([^/]+)$/.exec(path);
  if (!/^\/sign-in/.test(path)) ask("/api/v1/session");
  if (run && run[1] !== "compare") {
    ask("/api/v1/runs/" + run[1]);
    ask("/api/v1/catalog");
  }
  window.earlyAnswers = answers;
})();
