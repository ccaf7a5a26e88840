// All of it together: the address says what is shown, and every change of it is drawn anew.

function update() {
  const before = language;
  readAddress();
  const shown = passing();
  keepingFocus(() => {
    if (language !== before || !document.documentElement.dataset.ready) renderWords();
    renderFigures(shown);
    renderFilters();
    renderSelection(shown);
    if (anyProvince) renderThailand();
    renderWorld(shown);
    renderBars();
    renderTable(shown);
    renderMarks(shown);
    renderDocuments();
  });
  document.documentElement.dataset.ready = location.hash || "#";
}

function renderWords() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = t(element.dataset.word);
  for (const element of document.querySelectorAll("[data-word-label]")) {
    element.setAttribute("aria-label", t(element.dataset.wordLabel));
  }
  for (const button of document.querySelectorAll("[data-lang]")) {
    button.setAttribute("aria-pressed", String(button.dataset.lang === language));
  }
  const title = content.title ?? t(`title_${content.kind}`);
  document.title = plain(title);
  document.getElementById("title").replaceChildren(content.title ? printed(title) : title);
  world.figure.querySelector("figcaption").textContent = t(links.length ? "world_caption" : "world_caption_places");
  document.getElementById("lede").textContent = t(`lede_${content.kind}`);
}

// What had the focus has it again after its part of the page is drawn anew.
function keepingFocus(draw) {
  const key = document.activeElement?.dataset.focus;
  draw();
  if (key && document.activeElement?.dataset.focus !== key) {
    document.querySelector(`[data-focus="${CSS.escape(key)}"]`)?.focus({preventScroll: true});
  }
}

// What the signs of the table mean, as far as they are in it.
function renderMarks(shown) {
  const mark = (kind, word) => h("span", {}, h("span", {class: `sign ${kind}`, "aria-hidden": "true"}), t(word));
  document.getElementById("download").hidden = !shown.length;
  document.getElementById("marks").replaceChildren(
    ...[
      shown.some(isOpen) && mark("open", "legend_open"),
      ...SEVERITIES.map(
        (severity) => shown.some((row) => row.issues.some((issue) => issue.severity === severity)) && mark(`severity-${severity}`, `severity_${severity}`),
      ),
    ].filter(Boolean),
  );
}

function renderLicences() {
  document.getElementById("licence-texts").append(
    ...Object.entries(embedded("licences")).map(([name, text]) => h("section", {lang: "en"}, h("h3", {}, name), h("pre", {}, text))),
  );
}

for (const button of document.querySelectorAll("[data-lang]")) {
  button.addEventListener("click", () => go({lang: button.dataset.lang}));
}
let typing = 0;
document.getElementById("q").addEventListener("input", (event) => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    limit = PAGE;
    go({q: event.target.value.trim()}, {replace: true});
  }, 120);
});
document.getElementById("sort").addEventListener("change", (event) =>
  go({sort: event.target.value === "line" ? null : event.target.value}),
);
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  document.getElementById("rows").focus();
});
// Filters are folded away where they would push everything else out of sight.
document.getElementById("more").open = matchMedia("(min-width: 720px)").matches;

addEventListener("hashchange", () => {
  limit = PAGE;
  update();
});
// Paper has no button for more.
addEventListener("beforeprint", () => {
  limit = Infinity;
  update();
});
addEventListener("afterprint", () => {
  limit = PAGE;
  update();
});

// What the rows say nothing of is not asked of them.
document.getElementById("by-year").hidden = rows.every((row) => row.year === null);
document.getElementById("by-stage").hidden = rows.every((row) => row.stage === null);
renderLicences();
if (anyProvince) drawThailand();

// Called at once, and for each new width of the page.
let drawnWidth = 0;
new ResizeObserver(([{contentRect}]) => {
  if (Math.round(contentRect.width) === drawnWidth) return;
  drawnWidth = Math.round(contentRect.width);
  yearsWidth = document.getElementById("by-year").clientWidth;
  drawWorld();
  update();
}).observe(world.figure.querySelector(".drawing"));
