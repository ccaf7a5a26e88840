// Numbers over all, and bars by country, year, stage and match.

const AT_FIRST = 8; // bars of a list, before the rest is asked for
const unfolded = new Set();
let yearsWidth = 300;

function renderFigures(shown) {
  const distinct = (of) => new Set(shown.map(of).filter((value) => value !== null)).size;
  const open = shown.filter(isOpen).length;
  const sides =
    content.kind === "pairs"
      ? [
          ["figure_pairs", distinct((row) => row.pair)],
          ["figure_provinces", distinct((row) => row.province)],
        ]
      : [["figure_places", distinct((row) => row.place)]];
  const figures = [
    ["figure_rows", shown.length],
    ...sides,
    ["figure_countries", distinct((row) => row.land)],
    ["figure_matched", shown.length - open],
    ["figure_open", open],
  ];
  document.getElementById("figures").replaceChildren(
    ...figures.map(([word, value]) =>
      h("div", {class: word}, h("dt", {}, t(word, {n: value})), h("dd", {}, number(value))),
    ),
  );
}

function renderBars() {
  renderList("by-country", "country", bySize);
  renderYears();
  renderList("by-stage", "stage", CHOICES.stage.order);
  renderList("by-status", "status", CHOICES.status.order);
}

function renderList(panel, key, order) {
  const counts = CHOICES[key].counts(passing(key));
  const values = order(counts);
  const width = d3.scaleLinear([0, d3.max(counts.values()) ?? 1], [0, 100]);
  const bars = values.map((value, n) => {
    const fill = h("span", {class: `fill ${key}-${value}`});
    fill.style.width = `${width(counts.get(value))}%`;
    const chosen = state[key] === value;
    return h(
      "li",
      {class: n >= AT_FIRST && !unfolded.has(panel) && !chosen ? "rest" : null},
      h(
        "a",
        {
          href: toggled(key, value),
          class: state[key] && !chosen ? "bar faded" : "bar",
          "aria-current": chosen ? "true" : null,
          "data-focus": `${panel}-${value}`,
        },
        h("span", {class: "name"}, CHOICES[key].name(value)),
        h("span", {class: "count"}, number(counts.get(value))),
        h("span", {class: "track", "aria-hidden": "true"}, fill),
      ),
    );
  });
  const rest = values.length - AT_FIRST;
  fillPanel(panel, `by_${key}`, [
    values.length ? h("ul", {class: "bars"}, bars) : h("p", {class: "nothing"}, t("nothing_to_count")),
    rest > 0
      ? h(
          "button",
          {
            type: "button",
            class: "unfold",
            "aria-expanded": String(unfolded.has(panel)),
            "data-focus": `${panel}-unfold`,
            onclick: () => {
              if (!unfolded.delete(panel)) unfolded.add(panel);
              keepingFocus(() => renderList(panel, key, order));
            },
          },
          unfolded.has(panel) ? t("show_fewer") : t("show_rest", {n: rest}),
        )
      : null,
  ]);
}

// Every year of the span has its place, also one in which nothing happened.
function renderYears() {
  const counts = CHOICES.year.counts(passing("year"));
  const none = counts.get(NONE) ?? 0;
  counts.delete(NONE);
  const [first, last] = d3.extent(counts.keys(), Number);
  const most = d3.max(counts.values()) ?? 1;
  const height = d3.scaleLinear([0, most], [0, 100]);
  const columns = first === undefined ? [] : d3.range(first, last + 1).map(String);
  const room = yearsWidth / Math.max(columns.length, 1);
  const every = Math.max(1, Math.ceil(40 / room));
  const bars = columns.map((year, n) => {
    const count = counts.get(year) ?? 0;
    const fill = h("span", {class: "fill"});
    fill.style.height = `${height(count)}%`;
    const chosen = state.year === year;
    const label = h("span", {class: n % every === 0 ? "name" : "name hidden"}, yearName(year));
    const inside = [
      h("span", {class: "count"}, count && room >= 16 ? number(count) : ""),
      h("span", {class: "track"}, fill),
      label,
    ];
    return h(
      "li",
      {},
      count
        ? h(
            "a",
            {
              href: toggled("year", year),
              class: state.year && !chosen ? "bar faded" : "bar",
              "aria-current": chosen ? "true" : null,
              "aria-label": `${yearName(year)}: ${t("n_rows", {n: count})}`,
              "data-focus": `by-year-${year}`,
            },
            inside,
          )
        : h("span", {class: "bar"}, inside),
    );
  });
  fillPanel("by-year", "by_year", [
    bars.length ? h("ul", {class: "columns"}, bars) : h("p", {class: "nothing"}, t("nothing_to_count")),
    none
      ? h(
          "a",
          {href: toggled("year", NONE), class: "unfold", "aria-current": state.year === NONE ? "true" : null, "data-focus": "by-year-none"},
          `${t("no_year")}: ${t("n_rows", {n: none})}`,
        )
      : null,
  ]);
}

function fillPanel(panel, title, body) {
  document.getElementById(panel).replaceChildren(h("h3", {}, t(title)), ...body.filter(Boolean));
}
