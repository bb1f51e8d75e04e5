"use strict";
(function () {
  var tip = document.getElementById("tip");
  var shown = null;
  function says(mark) {
    return mark.getAttribute("aria-label");
  }
  function show(mark) {
    shown = mark;
    tip.textContent = says(mark);
    tip.hidden = false;
    var box = mark.getBoundingClientRect();
    var own = tip.getBoundingClientRect();
    var left = Math.min(Math.max(8, box.left + box.width / 2 - own.width / 2), window.innerWidth - own.width - 8);
    var above = box.top - own.height - 8;
    tip.style.left = left + "px";
    tip.style.top = (above > 8 ? above : Math.min(box.bottom + 8, window.innerHeight - own.height - 8)) + "px";
  }
  function hide() {
    shown = null;
    tip.hidden = true;
  }
  document.querySelectorAll("svg.chart").forEach(function (chart) {
    var marks = Array.prototype.slice.call(chart.querySelectorAll(".mark"));
    if (marks.length === 0) return;
    // Marks can be reached one by one, so the drawing is no longer a single image.
    chart.setAttribute("role", "group");
    function move(from, to) {
      if (to < 0 || to >= marks.length) return;
      marks[from].setAttribute("tabindex", "-1");
      marks[to].setAttribute("tabindex", "0");
      marks[to].focus();
    }
    marks.forEach(function (mark, at) {
      var title = mark.querySelector("title");
      mark.setAttribute("aria-label", title.textContent);
      mark.setAttribute("role", "img");
      mark.setAttribute("tabindex", at === 0 ? "0" : "-1");
      mark.addEventListener("pointerenter", function () {
        // The browser's own tooltip would say the same a second later.
        title.textContent = "";
        show(mark);
      });
      mark.addEventListener("pointerleave", function () {
        title.textContent = says(mark);
        if (shown === mark) hide();
      });
      mark.addEventListener("focus", function () { show(mark); });
      mark.addEventListener("blur", hide);
      mark.addEventListener("keydown", function (event) {
        var step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        if (step) {
          event.preventDefault();
          move(at, at + step);
        } else if (event.key === "Home" || event.key === "End") {
          event.preventDefault();
          move(at, event.key === "Home" ? 0 : marks.length - 1);
        } else if (event.key === "Escape") {
          hide();
        }
      });
    });
  });
  window.addEventListener("scroll", function () { if (shown) show(shown); }, { passive: true });
})();
