"use strict";
// Filters, and what a step speaks of when it is pointed at. Without this, everything is shown.
(() => {
  const filters = document.querySelector("fieldset.filters");
  const findings = [...document.querySelectorAll("section.file > article.finding")];
  const files = [...document.querySelectorAll("section.file")];

  function filter() {
    const { error, warning, rule, file, text, shown } = filters.elements;
    const severities = { error: error.checked, warning: warning.checked };
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const finding of findings) {
      const is = finding.dataset;
      let fits = severities[is.severity] && (!rule.value || rule.value === is.rule) && (!file.value || file.value === is.file);
      if (fits && words.length > 0) {
        const content = finding.textContent.toLowerCase();
        fits = words.every((word) => content.includes(word));
      }
      finding.hidden = !fits;
      count += fits ? 1 : 0;
    }
    for (const section of files) {
      section.hidden = !section.querySelector("article:not([hidden])");
    }
    shown.value = `${count} of ${findings.length} shown`;
  }

  function show(name) {
    const { error, warning, rule, file, text } = filters.elements;
    error.checked = warning.checked = true;
    rule.value = name;
    file.value = text.value = "";
    filter();
  }

  // What an address names must be there to be seen.
  function reveal() {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) {
      return;
    }
    if (target.closest("article[hidden]")) {
      show("");
    }
    const details = target.closest("details");
    if (details) {
      details.open = true;
    }
    target.scrollIntoView();
  }

  if (filters) {
    filters.hidden = false;
    filters.addEventListener("input", filter);
    filters.elements.all.addEventListener("click", () => show(""));
    // The browser may have kept what was entered.
    filter();
    for (const link of document.querySelectorAll("a[data-filter]")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        show(link.dataset.filter);
        filters.scrollIntoView();
        filters.elements.rule.focus({ preventScroll: true });
      });
    }
  }
  addEventListener("hashchange", reveal);
  reveal();

  // The parts of the source and the steps that belong together have the same number.
  function light(event, on) {
    const step = event.target.closest?.("article [data-note]");
    const note = step?.dataset.note;
    for (const part of step?.closest("article").querySelectorAll(`[data-note="${note}"], [data-notes~="${note}"]`) ?? []) {
      part.classList.toggle("lit", on);
    }
  }
  for (const [name, on] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, (event) => light(event, on));
  }
})();
