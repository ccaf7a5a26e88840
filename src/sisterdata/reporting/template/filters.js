// Which rows the selection leaves, and the controls that make it.

const NONE = "none";

const PASSES = {
  place: (row, id) => row.places.includes(id),
  country: (row, code) => (row.land ?? NONE) === code,
  year: (row, year) => String(row.year ?? NONE) === year,
  stage: (row, stage) => row.stage === stage,
  status: (row, status) => row.status === status,
  issue: (row, code) => row.issues.some((issue) => issue.code === code),
  source: (row, source) => row.source === source,
  row: (row, id) => row.id === id,
  q: (row, text) => terms(text).every((term) => haystack(row).includes(term)),
};

const MOST_OPTIONS = 500; // beyond it a list helps nobody

const NO_FILTER = Object.fromEntries(Object.keys(PASSES).map((key) => [key, null]));

// Rows that pass every filter, or all but one of them: the choices a list of that one offers.
const passing = (but) =>
  rows.filter((row) =>
    Object.entries(PASSES).every(([key, passes]) => key === but || !state[key] || passes(row, state[key])),
  );

const THAI_DIGITS = /[๐-๙]/g;
const folded = (text) =>
  text
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .normalize("NFC")
    .replace(THAI_DIGITS, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0x0e50 + 48));

const terms = (text) => folded(text).split(/\s+/).filter(Boolean);

const haystacks = new Map();

function haystack(row) {
  if (!haystacks.has(row.n)) {
    const ids = [row.home, row.place].filter(Boolean);
    const names = ids.flatMap((id) => {
      const found = place(id) ?? {};
      const region = place(`iso3166-2:${found.admin1_code}`);
      return [id, found.name, found.name_th, found.name_local, region?.name, region?.name_th];
    });
    const texts = [
      ...[row.id, row.home_text, row.text, row.note, row.section, row.rule, row.status],
      ...[row.year_text, row.date, row.instrument, row.topic, row.land],
      ...(row.land ? [countryName(row.land, "en"), countryName(row.land, "th")] : []),
      ...row.issues.flatMap((issue) => [issue.code, issue.message]),
      ...Object.values(row.other),
      ...names,
    ];
    haystacks.set(row.n, folded(texts.filter((text) => text !== null && text !== undefined).join("\n")));
  }
  return haystacks.get(row.n);
}

const tally = (among, of) => d3.rollup(among.filter((row) => of(row) !== null), (group) => group.length, of);

const times = (values) => d3.rollup(values, (group) => group.length, (value) => value);

// The controls: for each filter, its values, how each is named, and whether it is offered.
const bySize = (counts) => [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a));
const byName = (name) => (counts) =>
  [...counts.keys()]
    .map((value) => [name(value), value])
    .sort(([a], [b]) => compare(a, b))
    .map(([, value]) => value);
const inOrder = (order) => (counts) => order.filter((value) => counts.has(value));

const CHOICES = {
  place: {
    counts: (among) => times(among.flatMap((row) => row.places)),
    name: shortName,
    order: byName(shortName),
    group: (id) => (place(id)?.country_code === HOME ? "place_home" : "place_abroad"),
  },
  country: {
    counts: (among) => tally(among, (row) => row.land ?? NONE),
    name: (code) => (code === NONE ? t("no_country") : countryName(code)),
    order: byName((code) => (code === NONE ? "\uffff" : countryName(code))),
  },
  year: {
    counts: (among) => tally(among, (row) => String(row.year ?? NONE)),
    name: (year) => (year === NONE ? t("no_year") : yearName(year)),
    order: (counts) => [...counts.keys()].sort().reverse(),
  },
  stage: {
    counts: (among) => tally(among, (row) => row.stage),
    name: (stage) => named("stage", stage),
    order: inOrder(STAGES.toReversed()),
  },
  status: {
    counts: (among) => tally(among, (row) => row.status),
    name: (status) => named("status", status),
    order: inOrder(STATUSES),
  },
  issue: {
    counts: (among) => times(among.flatMap((row) => [...new Set(row.issues.map((issue) => issue.code))])),
    name: (code) => named("code", code),
    order: bySize,
  },
  source: {
    counts: (among) => tally(among, (row) => row.source),
    name: (source) => plain(source),
    order: byName((source) => source),
  },
};

function renderFilters() {
  const search = document.getElementById("q");
  search.placeholder = t("search_hint");
  if (document.activeElement !== search) search.value = state.q ?? "";
  document.getElementById("choices").replaceChildren(
    ...Object.entries(CHOICES)
      .filter(([, choice]) => choice.counts(rows).size > 1)
      .map(([key, choice]) => choiceOf(key, choice)),
  );
}

function choiceOf(key, choice) {
  const counts = choice.counts(passing(key));
  const values = choice.order(counts);
  if (state[key] && !counts.has(state[key])) values.unshift(state[key]);
  const few = values.length <= MOST_OPTIONS;
  const option = (value) =>
    h("option", {value, selected: state[key] === value}, `${choice.name(value)} (${number(counts.get(value) ?? 0)})`);
  const groups = choice.group ? d3.groups(values, choice.group).sort(([a], [b]) => d3.descending(a, b)) : null;
  const options =
    groups && groups.length > 1
      ? groups.map(([group, members]) => h("optgroup", {label: t(group)}, few || group !== "place_abroad" ? members.map(option) : [
            ...members.filter((value) => value === state[key]).map(option),
            h("option", {disabled: true}, t("too_many", {n: members.length})),
          ]))
      : values.map(option);
  const select = h(
    "select",
    {id: `choose-${key}`, "data-focus": `choose-${key}`, onchange: () => go({[key]: select.value})},
    h("option", {value: ""}, t("all")),
    options,
  );
  return h(
    "div",
    {class: state[key] ? "field chosen" : "field"},
    h("label", {for: select.id}, t(key)),
    select,
  );
}

function renderSelection(shown) {
  document.getElementById("count").textContent = t("shown", {shown: shown.length, n: rows.length});
  const chosen = Object.keys(PASSES).filter((key) => state[key]);
  document.getElementById("chips").replaceChildren(
    ...chosen.map((key) => {
      const value = CHOICES[key] ? CHOICES[key].name(state[key]) : plain(state[key]);
      const what = `${t(key === "q" ? "search" : key)}: ${value}`;
      return h(
        "li",
        {},
        h(
          "a",
          {href: address({[key]: null}), class: "chip", "data-focus": `chip-${key}`, "aria-label": t("remove", {what})},
          what,
          h("span", {"aria-hidden": "true"}, "×"),
        ),
      );
    }),
    ...(chosen.length > 1
      ? [h("li", {}, h("a", {href: address(NO_FILTER), class: "chip clear"}, t("clear")))]
      : []),
  );
}
