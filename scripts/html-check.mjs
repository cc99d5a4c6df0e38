// Loads pages that socklint wrote into Chromium, and compares them with the JSON reports beside them.
//
// Usage: html-check.mjs FOLDER-WITH-NODE-MODULES PAGE.html..
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [tools, ...pages] = process.argv.slice(2);
const require = createRequire(join(resolve(tools), "index.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

// More findings than these are not given to axe, which looks at every pair of elements.
const FEW = 150;

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
try {
  for (const page of pages) {
    await check(resolve(page));
  }
} finally {
  await browser.close();
}

async function check(path) {
  const report = read(path.replace(/\.html$/, ".json"));
  const findings = report.findings.length;
  await withPage(path, { javaScriptEnabled: false }, async (page) => {
    await page.setViewportSize({ width: 1280, height: 900 });
    assert.equal(await page.locator("article").count(), findings + report.notChecked.length);
    assert.equal(await page.locator("fieldset.filters").isVisible(), false, "no filter without scripts");
  });
  await withPage(path, {}, async (page) => {
    await holdsTheReport(page, report);
    if (findings > 0) {
      await filters(page, report);
      await links(page);
      await pointing(page);
    }
    for (const width of [1280, 400]) {
      await page.setViewportSize({ width, height: 900 });
      const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(content <= window, `${content} pixels do not fit ${window}`);
    }
  });
  if (findings <= FEW) {
    for (const colorScheme of ["light", "dark"]) {
      await withPage(path, { colorScheme }, accessible);
    }
  }
  console.log(`${path}: ${findings} findings, ${report.proofs.length} sockets: as in the JSON report`);
}

// The page must load nothing but itself and say nothing on the console.
async function withPage(path, options, use) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const heard = [];
  page.on("console", (message) => heard.push(message.text()));
  page.on("pageerror", (error) => heard.push(String(error)));
  page.on("dialog", (dialog) => heard.push(dialog.message()));
  page.on("request", (request) => heard.push(request.url()));
  const address = pathToFileURL(path).href;
  await page.goto(address);
  await use(page);
  assert.deepEqual(heard, [address]);
  await context.close();
}

function read(path) {
  const lines = readFileSync(path, "utf8").split("\n").filter(Boolean);
  const objects = lines.map((line) => JSON.parse(line));
  const messages = objects.filter((object) => object.reason === "compiler-message");
  const all = messages.map(({ message }) => ({
    rule: message.code.code.replace("socklint::", ""),
    severity: message.level,
    file: message.spans[0].file_name,
  }));
  return {
    findings: all.filter((finding) => finding.rule !== "not_checked"),
    notChecked: all.filter((finding) => finding.rule === "not_checked"),
    proofs: objects.filter((object) => object.reason === "socklint-proof"),
    cutShort: objects.filter((object) => object.reason === "socklint-cut-short"),
  };
}

async function holdsTheReport(page, report) {
  const count = (selector) => page.locator(selector).count();
  const number = async (selector) => Number(await page.locator(selector).textContent());
  const of = (severity) => report.findings.filter((finding) => finding.severity === severity).length;
  assert.equal(await number("#errors"), of("error"));
  assert.equal(await number("#warnings"), of("warning"));
  assert.equal(await count('article[data-rule="not_checked"]'), report.notChecked.length);
  const rules = new Map();
  for (const { rule } of report.findings) {
    rules.set(rule, (rules.get(rule) ?? 0) + 1);
  }
  for (const [rule, times] of rules) {
    assert.equal(await count(`article[data-rule="${rule}"]`), times, rule);
  }
  assert.equal(await count("table.by-rule tbody tr"), rules.size);
  assert.equal(await count("details.rule"), rules.size);
  assert.equal(await count("table.fates tr:not(.file) > td:first-child"), report.proofs.length);
  for (const verdict of report.proofs.length > 0 ? ["closed", "handed_on", "escaped", "leaks"] : []) {
    const name = verdict.replace("_", "-");
    const expected = report.proofs.filter((proof) => proof.verdict === verdict).length;
    assert.equal(await number(`[data-fate-count="${name}"]`), expected, verdict);
    assert.equal(await count(`table.fates .fate.${name}`), expected, verdict);
  }
  assert.equal(await count(".plain-list li"), report.cutShort.length);
}

async function filters(page, { findings }) {
  // Whether it is laid out is not asked of every finding: that would lay out all of a long page.
  const shown = () => page.locator("section.file:not([hidden]) > article:not([hidden])").count();
  const rule = page.getByLabel("Rule", { exact: true });
  const file = page.getByLabel("File", { exact: true });
  const text = page.getByLabel("Text", { exact: true });
  const all = page.getByRole("button", { name: "Show all" });
  assert.equal(await shown(), findings.length);
  for (const [severity, label] of [["error", "Errors"], ["warning", "Warnings"]]) {
    await page.getByLabel(label).uncheck();
    assert.equal(await shown(), findings.filter((finding) => finding.severity !== severity).length);
    await page.getByLabel(label).check();
  }
  for (const name of new Set(findings.map((finding) => finding.rule))) {
    await rule.selectOption(name);
    assert.equal(await shown(), findings.filter((finding) => finding.rule === name).length, name);
  }
  await all.click();
  const files = [...new Set(findings.map((finding) => finding.file))];
  for (const index of [0, files.length - 1]) {
    await file.selectOption({ index: index + 1 });
    assert.equal(await shown(), findings.filter((finding) => finding.file === files[index]).length);
    assert.equal(await page.locator("section.file:not([hidden])").count(), 1);
  }
  await all.click();
  await text.fill("WinSock nothing-is-called-so");
  assert.equal(await shown(), 0);
  assert.equal(await page.locator("section.file article").first().isVisible(), false);
  await text.fill(findings[0].rule);
  assert.ok((await shown()) >= 1);
  assert.match(await page.locator("output").textContent(), / of \d+ shown$/);
  await all.click();
  assert.equal(await shown(), findings.length);
  // A rule of the summary leads to its findings.
  const link = page.locator("a[data-filter]").last();
  const name = await link.textContent();
  await link.click();
  assert.equal(await shown(), findings.filter((finding) => finding.rule === name).length);
  // A link to a finding that is filtered out shows it.
  await text.fill("nothing-is-called-so");
  const anchor = await page.locator("section.file article").first().getAttribute("id");
  await page.evaluate((name) => (location.hash = name), anchor);
  await page.locator(`[id="${anchor}"]`).waitFor({ state: "visible" });
}

async function links(page) {
  const broken = await page.evaluate(() => {
    const links = [...document.querySelectorAll("a[href^='#']")];
    const targets = links.map((link) => link.getAttribute("href").slice(1));
    return targets.filter((target) => !document.getElementById(target));
  });
  assert.deepEqual(broken, []);
  // The rule's text is folded until it is asked for.
  await page.locator("article .where a.rule").first().click();
  await page.locator(".doc:visible").first().waitFor();
}

async function pointing(page) {
  const step = page.locator("ol.path a").first();
  if ((await step.count()) > 0) {
    await step.hover();
    assert.ok((await page.locator("mark.lit").count()) > 0, "what a step speaks of is lit");
    assert.ok((await page.locator(".note.lit").count()) > 0);
  }
}

async function accessible(page) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run());
  const said = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.length}: ${nodes[0].html}\n${nodes[0].failureSummary}`);
  assert.deepEqual(said, []);
}
