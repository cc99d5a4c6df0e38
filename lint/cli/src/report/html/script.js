"use strict";
// Filters, and what a step speaks of when it is pointed at. Without this, everything is shown.
(() => {
  const form = document.querySelector("form.filters");
  const findings = [...document.querySelectorAll("section.file > article.finding")];
  const files = [...document.querySelectorAll("section.file")];

  function filter() {
    const { error, warning, rule, file, text, shown } = form.elements;
    const severities = { error: error.checked, warning: warning.checked };
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const finding of findings) {
      const { severity, rule: itsRule, file: itsFile } = finding.dataset;
      let fits = severities[severity] && (!rule.value || rule.value === itsRule) && (!file.value || file.value === itsFile);
      if (fits && words.length > 0) {
        const content = `${itsRule} ${itsFile} ${finding.textContent}`.toLowerCase();
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

  // What an address names must be there to be seen.
  function reveal() {
    let name = location.hash.slice(1);
    try {
      name = decodeURIComponent(name);
    } catch {
      // It is what it is.
    }
    const target = name && document.getElementById(name);
    if (!target) {
      return;
    }
    if (form && target.closest("article[hidden]")) {
      form.reset();
    }
    const details = target.closest("details");
    if (details) {
      details.open = true;
    }
    target.scrollIntoView();
  }

  if (form) {
    form.hidden = false;
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    // The fields are reset after the event.
    form.addEventListener("reset", () => setTimeout(filter));
    filter();
    for (const link of document.querySelectorAll("a[data-filter]")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        form.reset();
        form.elements.rule.value = link.dataset.filter;
        filter();
        form.scrollIntoView();
        form.elements.rule.focus({ preventScroll: true });
      });
    }
  }
  addEventListener("hashchange", reveal);
  reveal();

  // The parts of the source and the steps that belong together have the same number.
  function light(element, on) {
    const finding = element.closest("article");
    const note = element.dataset.note;
    for (const part of finding.querySelectorAll(`[data-note="${note}"], [data-notes~="${note}"]`)) {
      part.classList.toggle("lit", on);
    }
  }
  for (const [name, on] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, (event) => {
      const element = event.target.closest?.("article [data-note]");
      if (element) {
        light(element, on);
      }
    });
  }
})();
