// Comforts on top of pages that work without them: keys, kept text, focus on what went wrong.
(function () {
  "use strict";
  var body = document.body;
  var words = body.dataset;

  // Single keys, which a reader may switch off (WCAG 2.1.4).
  var keys = document.getElementById("keys");
  var box = document.getElementById("keys-on");
  function keysOn() { return localStorage.getItem("linban.keys") !== "off"; }
  if (box) {
    box.checked = keysOn();
    box.addEventListener("change", function () { localStorage.setItem("linban.keys", box.checked ? "on" : "off"); });
  }
  function typing(target) { return /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable; }
  function rows() { return Array.prototype.slice.call(document.querySelectorAll("[data-row]")); }
  function step(by) {
    var all = rows();
    if (!all.length) { return; }
    var at = all.findIndex(function (row) { return row.classList.contains("is-here"); });
    if (at >= 0) { all[at].classList.remove("is-here"); }
    var next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
    next.classList.add("is-here");
    next.querySelector("a").focus();
  }
  function search() {
    var shown = Array.prototype.filter.call(document.querySelectorAll("[type=search]"), function (one) { return one.offsetParent; });
    if (shown.length) { shown[0].focus(); } else { location.href = words.find; }
  }
  var go = { w: words.desk, b: words.board };
  var waiting = false;
  function single(key) {
    if (waiting && go[key]) { location.href = go[key]; }
    waiting = key === "g";
    if (key === "/") { search(); return true; }
    if (key === "j") { step(1); }
    if (key === "k") { step(-1); }
    if (key === "n") { location.href = words.new; }
    if (key === "?" && keys) { keys.showModal(); }
    return false;
  }
  document.addEventListener("keydown", function (event) {
    if (words.keys !== "on" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) { return; }
    if (event.key !== "?" && !keysOn()) { return; }
    if (single(event.key)) { event.preventDefault(); }
  });

  // What was typed stays in this tab until the server has taken it.
  function place(form) { return "linban.kept:" + location.pathname + ":" + form.getAttribute("action"); }
  function keepable(control) { return control.name && !/^(hidden|password|file|submit)$/.test(control.type) && control.name !== "csrf_token"; }
  function keep(form) {
    var kept = [];
    Array.prototype.forEach.call(form.elements, function (control) {
      if (!keepable(control)) { return; }
      var ticked = control.type === "checkbox" || control.type === "radio";
      kept.push([control.name, control.value, ticked ? control.checked : null]);
    });
    sessionStorage.setItem(place(form), JSON.stringify(kept));
  }
  function restore(form) {
    var kept = JSON.parse(sessionStorage.getItem(place(form)) || "[]");
    var changed = false;
    kept.forEach(function (one) {
      Array.prototype.forEach.call(form.elements, function (control) {
        if (control.name !== one[0] || !keepable(control)) { return; }
        if (one[2] === null) { if (!control.value && one[1]) { control.value = one[1]; changed = true; } }
        else if (control.value === one[1] && control.checked !== one[2]) { control.checked = one[2]; changed = true; }
      });
    });
    if (changed) { tell(form); }
  }
  function tell(form) {
    var note = document.createElement("p");
    note.className = "lb-note-in";
    note.setAttribute("role", "status");
    note.textContent = words.kept + " ";
    var drop = document.createElement("button");
    drop.type = "button";
    drop.className = "lb-link";
    drop.textContent = words.drop;
    drop.addEventListener("click", function () { sessionStorage.removeItem(place(form)); form.reset(); note.remove(); });
    note.appendChild(drop);
    form.parentNode.insertBefore(note, form);
  }
  Array.prototype.forEach.call(document.querySelectorAll("form[data-keep]"), function (form) {
    var saved = form.querySelector("[data-save]");
    if (saved && saved.textContent.trim()) { sessionStorage.removeItem(place(form)); }
    if (!document.getElementById("trouble")) { restore(form); }
    form.addEventListener("input", function () { keep(form); });
  });
  if (document.querySelector("[data-taken]")) {
    Object.keys(sessionStorage).forEach(function (name) { if (name.indexOf("linban.kept:") === 0) { sessionStorage.removeItem(name); } });
  }

  // The server keeps a draft too, every twenty seconds in which something was typed.
  Array.prototype.forEach.call(document.querySelectorAll("[data-save]"), function (note) {
    var changed = false;
    note.closest("form").addEventListener("input", function () { changed = true; });
    note.addEventListener("htmx:afterSwap", function () { sessionStorage.removeItem(place(note.closest("form"))); });
    note.addEventListener("htmx:responseError", function () { changed = true; note.textContent = words.unsaved; });
    note.addEventListener("htmx:sendError", function () { changed = true; note.textContent = words.lost; });
    setInterval(function () {
      if (changed) { changed = false; window.htmx.trigger(note, "save"); }
    }, 20000);
  });

  // A receipt is long: open beside a wide page, closed on a phone.
  if (window.matchMedia("(min-width: 1100px)").matches) {
    Array.prototype.forEach.call(document.querySelectorAll("details[data-wide]"), function (one) { one.open = true; });
  }

  // One press, one request.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.classList.contains("is-sending")) { event.preventDefault(); return; }
    form.classList.add("is-sending");
    form.setAttribute("aria-busy", "true");
    setTimeout(function () { form.classList.remove("is-sending"); form.removeAttribute("aria-busy"); }, 8000);
  });
  window.addEventListener("pageshow", function () {
    Array.prototype.forEach.call(document.querySelectorAll(".is-sending"), function (form) { form.classList.remove("is-sending"); });
  });
  window.addEventListener("offline", function () {
    var note = document.createElement("p");
    note.className = "lb-note-in lb-soon-in lb-wrap";
    note.setAttribute("role", "alert");
    note.textContent = words.lost || "";
    if (words.lost) { document.getElementById("main").insertAdjacentElement("beforebegin", note); }
  });

  // The code of a scanned slip stands behind #, which never leaves the browser.
  var code = document.querySelector("[data-hash]");
  if (code && location.hash.length > 1) {
    code.value = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, "", location.pathname);
  }
  var trouble = document.querySelector("[data-focus]");
  if (trouble) { trouble.focus(); }
})();
