"use strict";
(function () {
  var tip = document.getElementById("tip");
  var shown = null;
  // What says a figure in full: the marks of a drawing, the cells of a table.
  var CHARTS = "svg.chart, .figures table";
  var MARKS = ".mark, td[data-figure]";
  function marksOf(chart) {
    return Array.prototype.slice.call(chart.querySelectorAll(MARKS));
  }
  function markAt(target) {
    var mark = target instanceof Element ? target.closest(MARKS) : null;
    return mark && mark.closest(CHARTS) ? mark : null;
  }
  function says(mark) {
    var fraction = mark.getAttribute("data-fraction");
    return mark.getAttribute("aria-label") || mark.getAttribute("data-figure") + (fraction ? " = " + fraction : "");
  }
  function setTitle(mark, text) {
    var title = mark.querySelector("title");
    if (title) title.textContent = text;
  }
  // Marks can be reached one by one, so a drawing with marks is no longer a single image.
  function prepare(part) {
    part.querySelectorAll(CHARTS).forEach(function (chart) {
      var isDrawing = chart.localName === "svg";
      var marks = marksOf(chart);
      if (isDrawing && marks.length > 0) chart.setAttribute("role", "group");
      marks.forEach(function (mark, at) {
        mark.setAttribute("tabindex", at === 0 ? "0" : "-1");
        if (!isDrawing) return;
        mark.setAttribute("aria-label", mark.querySelector("title").textContent);
        mark.setAttribute("role", "img");
      });
    });
  }
  // The next figure up or down a column.
  function inColumn(cell, step) {
    var row = cell.parentElement;
    do row = row[step > 0 ? "nextElementSibling" : "previousElementSibling"];
    while (row && !markAt(row.cells[cell.cellIndex]));
    return row && row.cells[cell.cellIndex];
  }
  function show(mark) {
    hide();
    shown = mark;
    // The browser's own tooltip would say the same a second later.
    setTitle(mark, "");
    tip.textContent = says(mark);
    tip.hidden = false;
    place();
  }
  function place() {
    var box = shown.getBoundingClientRect();
    var own = tip.getBoundingClientRect();
    var left = Math.min(Math.max(8, box.left + box.width / 2 - own.width / 2), window.innerWidth - own.width - 8);
    var above = box.top - own.height - 8;
    tip.style.left = left + "px";
    tip.style.top = (above > 8 ? above : Math.min(box.bottom + 8, window.innerHeight - own.height - 8)) + "px";
  }
  function hide() {
    if (shown) setTitle(shown, says(shown));
    shown = null;
    tip.hidden = true;
  }
  prepare(document);
  // A part that is drawn anew says so.
  document.addEventListener("drawn", function (event) {
    if (shown && !shown.isConnected) hide();
    prepare(event.target);
  });
  document.addEventListener("pointerover", function (event) {
    var mark = markAt(event.target);
    if (mark === shown) return;
    if (mark) show(mark);
    else if (shown !== document.activeElement) hide();
  });
  document.addEventListener("focusin", function (event) {
    var mark = markAt(event.target);
    if (mark) show(mark);
  });
  document.addEventListener("focusout", hide);
  document.addEventListener("keydown", function (event) {
    var mark = markAt(event.target);
    if (!mark) return;
    if (event.key === "Escape") hide();
    var marks = marksOf(mark.closest(CHARTS));
    var at = marks.indexOf(mark);
    var steps = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: marks.length - 1 };
    if (!(event.key in steps)) return;
    event.preventDefault();
    var column = mark.localName === "td" && { ArrowDown: 1, ArrowUp: -1 }[event.key];
    var to = column ? inColumn(mark, column) : marks[steps[event.key]];
    if (!to) return;
    mark.setAttribute("tabindex", "-1");
    to.setAttribute("tabindex", "0");
    to.focus();
  });
  window.addEventListener("scroll", function () { if (shown) place(); }, { passive: true });
})();
