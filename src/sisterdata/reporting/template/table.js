// The rows: printed text beside what it was matched to, why, how sure, and what is amiss.

// A phone shows fewer rows at a time, and of each what matters most until it is unfolded.
const narrow = matchMedia("(max-width: 719px)");
const PAGE = narrow.matches ? 20 : 50;
let limit = PAGE;
const unfoldedRows = new Set();

const textOrder = (of) => (a, b) => missingLast(of(a), of(b), compare);
const numberOrder = (of, direction) => (a, b) => missingLast(of(a), of(b), direction);
const missingLast = (a, b, order) =>
  a === null || b === null ? Number(a === null) - Number(b === null) : order(a, b);

const SORTS = {
  line: () => 0,
  home: textOrder((row) => (row.home ? placeName(row.home) : row.home_text)),
  text: textOrder((row) => row.text),
  name: textOrder((row) => (row.place ? placeName(row.place) : null)),
  score_up: numberOrder((row) => row.score, d3.ascending),
  score_down: numberOrder((row) => row.score, d3.descending),
  issues: (a, b) => d3.descending(a.issues.length, b.issues.length),
  year_up: numberOrder((row) => row.date ?? row.year, d3.ascending),
  year_down: numberOrder((row) => row.date ?? row.year, d3.descending),
  stage: (a, b) => d3.descending(STAGES.indexOf(a.stage), STAGES.indexOf(b.stage)),
};

const sourced = rows.some((row) => row.source !== null);
const hasHome = rows.some((row) => row.home_text || row.home);

// A column: its heading, the orders that its heading offers in turn, and its cell.
const COLUMNS = [
  {head: () => t(sourced ? "head_line" : "head_number"), sorts: ["line"], cell: lineCell, class: "line"},
  {head: () => t("head_home"), sorts: ["home"], cell: homeCell, class: "home", if: () => hasHome},
  {head: () => t("head_text"), sorts: ["text"], cell: textCell, class: "text"},
  {head: () => t("head_name"), sorts: ["name"], cell: nameCell, class: "match"},
  {head: () => t("head_score"), sorts: ["score_up", "score_down"], cell: whyCell, class: "why"},
  {head: () => t("head_issues"), sorts: ["issues"], cell: issuesCell, class: "issues", if: () => rows.some((row) => row.issues.length)},
  {head: () => t("head_year"), sorts: ["year_up", "year_down"], cell: yearCell, class: "year", if: () => rows.some((row) => row.year || row.year_text || row.stage)},
  {head: () => t("head_other"), sorts: [], cell: otherCell, class: "other", if: () => rows.some((row) => Object.keys(row.other).length)},
];

const offeredSorts = () =>
  ["line", ...Object.keys(SORTS).slice(1)].filter((sort) =>
    COLUMNS.some((column) => (column.sorts.includes(sort) || sort === "stage") && (!column.if || column.if()) && (sort !== "stage" || rows.some((row) => row.stage))),
  );

function renderTable(shown) {
  const sort = own(SORTS, state.sort) ? state.sort : "line";
  document.getElementById("sort").replaceChildren(
    ...offeredSorts().map((value) => h("option", {value, selected: value === sort}, t(`sort_${value}`))),
  );
  const body = document.getElementById("table");
  if (!shown.length) {
    body.replaceChildren(
      h(
        "p",
        {class: "nothing"},
        t(rows.length ? "no_rows" : "empty"),
        " ",
        rows.length ? h("a", {href: address(NO_FILTER)}, t("clear")) : null,
      ),
    );
    return;
  }
  const columns = COLUMNS.filter((column) => !column.if || column.if());
  const ordered = shown.toSorted((a, b) => SORTS[sort](a, b) || a.n - b.n);
  const some = ordered.slice(0, limit);
  const left = ordered.length - some.length;
  body.replaceChildren(
    // The roles are stated because a phone shows the cells as a list, which would hide them.
    h(
      "table",
      {role: "table", class: `${sourced ? "" : "unsourced"} ${hasHome ? "" : "homeless"}`},
      h("caption", {}, t("rows_caption")),
      h("thead", {role: "rowgroup"}, h("tr", {role: "row"}, columns.map((column) => headCell(column, sort)))),
      h(
        "tbody",
        {role: "rowgroup"},
        some.map((row) =>
          h(
            "tr",
            {role: "row", class: `${isOpen(row) ? "open" : ""} ${unfoldedRows.has(row.n) ? "" : "folded"}`},
            columns.map((column) =>
              h("td", {role: "cell", class: column.class, "data-label": column.head()}, column.cell(row)),
            ),
          ),
        ),
      ),
    ),
    ...(left
      ? [
          h(
            "button",
            {
              type: "button",
              class: "more",
              "data-focus": "more-rows",
              onclick: () => {
                limit += PAGE * 2;
                keepingFocus(() => renderTable(shown));
              },
            },
            t("more_rows", {n: Math.min(left, PAGE * 2)}),
          ),
        ]
      : []),
  );
}

function headCell(column, sort) {
  const at = column.sorts.indexOf(sort);
  const direction = {score_down: "descending", year_down: "descending", issues: "descending"}[sort] ?? "ascending";
  const attributes = {role: "columnheader", scope: "col", class: column.class, "aria-sort": at < 0 ? null : direction};
  if (!column.sorts.length) return h("th", attributes, column.head());
  const next = column.sorts[(at + 1) % column.sorts.length];
  return h(
    "th",
    attributes,
    h("a", {href: address({sort: next === "line" ? null : next}), "data-focus": `sort-${column.class}`}, column.head()),
  );
}

function lineCell(row) {
  return [
    h("a", {href: address({...NO_FILTER, row: row.id}), "aria-label": `${t("link_to_row")}: ${row.id}`, "data-focus": `row-${row.id}`}, number(row.line)),
    sourceLink(row),
    content.sources.length > 1 ? h("span", {class: "minor"}, plain(row.source)) : null,
    foldButton(row),
  ];
}

// The document on the web, at the printed text: browsers scroll to it and mark it.
function sourceLink(row) {
  const source = content.sources.find((one) => one.source_id === row.source);
  if (!source?.url || !WEB_PAGE.test(source.url)) return null;
  const there = row.text && !source.url.includes("#") ? `#:~:text=${encodeURIComponent(row.text.trim().slice(0, 80)).replaceAll("-", "%2D")}` : "";
  const what = `${t("open_source")}: ${row.id}`;
  return h("span", {}, h("a", {class: "to-source", href: source.url + there, rel: "noreferrer noopener", title: what, "aria-label": what}, "↗"));
}

function foldButton(row) {
  const button = h(
    "button",
    {
      type: "button",
      class: "fold",
      "aria-expanded": String(unfoldedRows.has(row.n)),
      "data-focus": `fold-${row.n}`,
      onclick: () => {
        if (!unfoldedRows.delete(row.n)) unfoldedRows.add(row.n);
        const open = unfoldedRows.has(row.n);
        button.setAttribute("aria-expanded", String(open));
        button.textContent = t(open ? "show_less" : "show_details");
        button.closest("tr").classList.toggle("folded", !open);
      },
    },
    t(unfoldedRows.has(row.n) ? "show_less" : "show_details"),
  );
  return button;
}

function homeCell(row) {
  return [
    row.home_text ? h("p", {class: "printed"}, printed(row.home_text)) : null,
    row.home ? h("p", {class: "matched"}, placeLink(row.home)) : h("p", {class: "none"}, t("no_match")),
  ];
}

function textCell(row) {
  return [
    row.text === null ? h("p", {class: "none"}, t("none")) : h("p", {class: "printed"}, printed(row.text)),
    row.note ? h("p", {class: "minor"}, printed(row.note)) : null,
  ];
}

function nameCell(row) {
  const country = row.country
    ? h("a", {href: address({country: row.land ?? NONE}), "data-focus": `country-${row.n}`}, countryName(row.country))
    : null;
  if (row.place === null) {
    const candidates = [...new Set(row.issues.flatMap((issue) => issue.candidates?.split(" ") ?? []))].slice(0, 5);
    return [
      h("p", {class: "none"}, t("no_match")),
      country ? h("p", {class: "minor"}, country) : null,
      candidates.length
        ? h(
            "p",
            {class: "minor candidates"},
            `${t("candidates")} `,
            candidates.map((id, n) => [n ? "; " : "", h("span", {title: plain(id)}, placeName(id), h("span", {class: "apart"}, ` (${whereabouts(id)})`))]),
          )
        : null,
    ];
  }
  const found = place(row.place) ?? {};
  const region = `iso3166-2:${found.admin1_code}`;
  const local = found.name_local && found.name_local !== found.name ? found.name_local : null;
  const beside = language === "th" && found.name_th ? found.name : found.name_th;
  return [
    h("p", {class: "matched"}, placeLink(row.place)),
    h(
      "p",
      {class: "minor names"},
      beside ? printed(beside) : null,
      local ? printed(local, {lang: HAN_LANGUAGE[found.country_code] ?? null}) : null,
    ),
    h(
      "p",
      {class: "minor"},
      [
        found.level ? named("level", found.level) : null,
        region !== row.place && place(region) ? placeName(region) : null,
        country,
      ]
        .filter(Boolean)
        .flatMap((part, n) => (n ? [" · ", part] : [part])),
    ),
    h("p", {class: "minor id"}, identifier(row.place)),
  ];
}

// What tells a place from others of its name: its level, its region and its country.
function whereabouts(id) {
  const found = place(id);
  if (found === null) return plain(id);
  const region = `iso3166-2:${found.admin1_code}`;
  return [named("level", found.level), region !== id && place(region) ? placeName(region) : null, countryName(found.country_code)]
    .filter(Boolean)
    .join(", ");
}

const placeLink = (id) => {
  const name = placeName(id);
  return h("a", {href: address({place: id}), lang: THAI.test(name) ? "th" : "en"}, name);
};

// GeoNames has a page for each of its ids; the other schemes have none.
const identifier = (id) =>
  /^geonames:\d+$/.test(id)
    ? h("a", {href: `https://www.geonames.org/${id.slice(9)}`, rel: "noreferrer noopener"}, id)
    : plain(id);

function whyCell(row) {
  const bar = h("span", {class: "fill"});
  bar.style.width = `${(row.score ?? 0) * 100}%`;
  return [
    h(
      "p",
      {class: "decision"},
      h("a", {href: address({status: row.status}), class: `badge status-${row.status}`}, named("status", row.status ?? "not_run")),
      row.score === null
        ? null
        : h("span", {class: "score"}, h("span", {class: "track", "aria-hidden": "true"}, bar), h("span", {"aria-label": t("score", {score: score(row.score)}), role: "img"}, score(row.score))),
    ),
    row.rule ? h("p", {class: "rule"}, said(row.rule, row.rule_th)) : null,
  ];
}

function issuesCell(row) {
  return row.issues.length
    ? h(
        "ul",
        {},
        row.issues.map((issue) =>
          h(
            "li",
            {class: `severity-${issue.severity}`},
            h("a", {href: address({issue: issue.code}), title: named("severity", issue.severity)}, named("code", issue.code)),
            " ",
            said(issue.message, issue.message_th, {class: "minor"}),
          ),
        ),
      )
    : null;
}

function yearCell(row) {
  const year = row.year === null ? null : yearName(row.year);
  const exact = row.date && row.date.length > 4 ? row.date : null;
  return [
    year ? h("p", {}, h("a", {href: address({year: String(row.year)})}, year)) : h("p", {class: "none"}, row.year_text ? printed(row.year_text) : t("no_year")),
    exact ? h("p", {class: "minor"}, exact) : null,
    row.stage && row.stage !== "not_stated" ? h("p", {}, h("a", {href: address({stage: row.stage})}, named("stage", row.stage))) : null,
    row.instrument ? h("p", {class: "minor"}, named("instrument", row.instrument)) : null,
    row.topic ? h("p", {class: "minor"}, printed(row.topic)) : null,
    row.next_step ? h("p", {class: "minor"}, named("next", row.next_step)) : null,
  ];
}

function otherCell(row) {
  const cells = Object.entries(row.other).filter(([, value]) => value !== null);
  return h(
    "dl",
    {},
    cells.map(([name, value]) => [h("dt", {}, printed(name)), h("dd", {}, printed(String(value)))]),
  );
}
