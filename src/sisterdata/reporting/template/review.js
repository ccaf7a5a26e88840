// One name at a time: what was printed, why it is open, which place is meant.

let current = 0;
let found = []; // by the search
let asked = ""; // the text of the search
let searches = 0;
const past = []; // for undo

function decide(changes) {
  const name = names[current];
  if (!name) return;
  past.push({n: current, before: {...name.review}});
  Object.assign(name.review, changes);
  changed = true;
  remember();
}

function choose(id, cell = null) {
  const one = place(id);
  const name = names[current];
  const elsewhere = name.review.country_code && one && one.country_code !== name.review.country_code;
  decide({decision: cell ?? `${id} ${one?.name ?? ""}`.trim(), country: elsewhere ? one.country_code : ""});
  next();
}

function undo() {
  const last = past.pop();
  if (!last) return;
  names[last.n].review = last.before;
  current = last.n;
  changed = true;
  remember();
  resetSearch();
  render();
}

const resetSearch = () => {
  searches += 1;
  found = [];
  asked = "";
};

function goTo(n) {
  current = Math.max(0, Math.min(n, names.length - 1));
  resetSearch();
  render();
}

// The next name that is still open, or else the next one.
function next() {
  const order = [...names.keys()].slice(current + 1).concat([...names.keys()].slice(0, current));
  goTo(order.find((n) => !isDecided(names[n])) ?? Math.min(current + 1, names.length - 1));
}

function render() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = t(element.dataset.word);
  for (const element of document.querySelectorAll("[data-word-label]")) element.setAttribute("aria-label", t(element.dataset.wordLabel));
  for (const button of document.querySelectorAll("[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === language));
  document.title = `${plain(content.title)}: ${t("review_title")}`;
  document.getElementById("title").replaceChildren(printed(content.title), `: ${t("review_title")}`);
  document.getElementById("keys").textContent = t("review_keys");
  const done = names.filter(isDecided).length;
  document.getElementById("progress").textContent = t("review_progress", {done, n: names.length});
  document.getElementById("bar").style.width = `${names.length ? (100 * done) / names.length : 100}%`;
  document.getElementById("undo").disabled = !past.length;
  renderNames();
  renderCase();
  document.documentElement.dataset.ready = `${current} ${done} ${language}`;
}

function renderNames() {
  const list = h(
    "ol",
    {},
    names.map((name) =>
      h(
        "li",
        {},
        h(
          "button",
          {type: "button", class: isDecided(name) ? "decided" : "open", "aria-current": name.n === current ? "true" : null, onclick: () => goTo(name.n)},
          printed(name.review.verbatim),
          h("span", {class: "minor"}, isDecided(name) ? outcome(name) : named("status", name.review.status)),
        ),
      ),
    ),
  );
  document.getElementById("names").replaceChildren(list);
  const here = list.querySelector("[aria-current]");
  const box = document.getElementById("names");
  if (here && box.scrollHeight > box.clientHeight) box.scrollTop = here.offsetTop - box.clientHeight / 2;
}

function outcome(name) {
  if (isNone(name)) return `✓ ${t("review_is_none")}`;
  const ids = chosenIds(name);
  if (ids.length) return `✓ ${ids.map((id) => placeName(id)).join(" | ")}`;
  return `✓ ${countryName(name.review.country)}`;
}

function renderCase() {
  const name = names[current];
  const body = document.getElementById("case");
  if (!name) {
    body.replaceChildren(h("p", {class: "nothing"}, t("review_nothing")));
    return;
  }
  const shown = choices(name);
  body.replaceChildren(
    ...[
      h("p", {class: "minor"}, t("review_number", {at: current + 1, n: names.length}), " · ", t("n_rows", {n: Number(name.review.rows) || name.rows.length})),
      h("h2", {}, printed(name.review.verbatim)),
      name.review.country_code ? h("p", {class: "minor"}, t("review_asked_in", {country: countryName(name.review.country_code)})) : null,
      h("p", {class: "why"}, h("span", {class: `badge status-${name.review.status}`}, named("status", name.review.status)), " ", said(name.review.why, name.why_th)),
      isDecided(name) ? h("p", {class: "outcome"}, outcome(name)) : null,
      rowsOf(name),
      h("div", {class: "choice"}, h("div", {}, h("h3", {}, t("review_candidates")), candidateList(name, shown), otherChoices()), candidateMap(shown)),
      h("div", {class: "more-choices"}, searchBox(), countryBox(name), reasonBox(name)),
    ].filter(Boolean),
  );
}

// The candidates, then what the search found; each with its number.
function choices(name) {
  const ids = chosenIds(name);
  const entries = [...name.candidates.map((one) => ({...one, kind: "candidate"})), ...found.map((id) => ({id, kind: "found"}))];
  for (const id of ids) if (!entries.some((one) => one.id === id)) entries.push({id, kind: "found"});
  return entries
    .filter((one, n) => place(one.id) && entries.findIndex((other) => other.id === one.id) === n)
    .map((one, n) => ({...one, place: place(one.id), number: n + 1, chosen: ids.includes(one.id)}));
}

function candidateList(name, shown) {
  if (!shown.length) return h("p", {class: "nothing"}, t("review_no_candidates"));
  return h(
    "ol",
    {class: "candidate-list"},
    shown.map((one) =>
      h(
        "li",
        {},
        h(
          "button",
          {type: "button", class: one.chosen ? "candidate chosen" : "candidate", "aria-pressed": String(one.chosen), onclick: () => choose(one.id, one.cell ?? null)},
          h("kbd", {}, number(one.number)),
          h("span", {class: "what"}, h("strong", {}, placeName(one.id)), otherName(one.place), h("span", {class: "minor"}, whereabouts(one.place))),
          one.score === undefined || one.score === null ? null : h("span", {class: "score", "aria-label": t("score", {score: score(one.score)})}, score(one.score)),
        ),
      ),
    ),
  );
}

const otherName = (found) => {
  const beside = language === "th" && found.name_th ? found.name : found.name_th;
  return beside ? h("span", {class: "beside"}, printed(beside)) : null;
};

function whereabouts(found) {
  const region = (language === "th" && found.region_th) || found.region;
  return [
    named("level", found.level),
    region,
    countryName(found.country_code),
    found.population ? t("review_population", {n: found.population}) : null,
    found.id,
  ]
    .filter(Boolean)
    .join(" · ");
}

const otherChoices = () =>
  h(
    "p",
    {class: "others"},
    h("button", {type: "button", class: "action", id: "none", onclick: () => (decide({decision: "none", country: ""}), next())}, h("kbd", {}, "N"), t("review_none")),
    h("button", {type: "button", class: "action", id: "skip", onclick: next}, h("kbd", {}, "S"), t("review_later")),
    h("button", {type: "button", class: "action", id: "clear", onclick: () => (decide({decision: "", country: ""}), render())}, h("kbd", {}, "X"), t("review_clear")),
  );

function rowsOf(name) {
  if (!name.rows.length) return null;
  const columns = [...new Set(name.rows.flatMap((row) => Object.keys(row)))].slice(0, 8);
  return h(
    "div",
    {class: "rows", tabindex: "0", role: "region", "aria-label": t("review_rows")},
    h(
      "table",
      {},
      h("caption", {}, t("review_rows")),
      h("thead", {}, h("tr", {}, columns.map((column) => h("th", {scope: "col"}, column === "line" ? t("head_line") : (own(words, `column_${column}`) ? t(`column_${column}`) : printed(column)))))),
      h("tbody", {}, name.rows.map((row) => h("tr", {}, columns.map((column) => h("td", {}, row[column] === undefined ? "" : printed(String(row[column]))))))),
    ),
  );
}

function searchBox() {
  const input = h("input", {id: "search", type: "search", autocomplete: "off", spellcheck: "false", value: asked, placeholder: t("review_search_hint")});
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => search(input.value), 200);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && found.length) {
      event.preventDefault();
      choose(found[0]);
    }
  });
  return h("div", {class: "field"}, h("label", {for: "search"}, h("kbd", {}, "/"), t("review_search")), input);
}
let waiting = 0;

async function search(text) {
  searches += 1;
  const turn = searches;
  const ids = content.save ? await ofServer(text) : ofPage(text);
  if (turn !== searches) return; // another search has begun since
  found = ids;
  asked = document.getElementById("search").value; // what was typed meanwhile stays
  renderCase();
  const input = document.getElementById("search");
  input.focus();
  input.setSelectionRange(asked.length, asked.length);
  document.documentElement.dataset.found = text;
}

async function ofServer(text) {
  if (!text.trim()) return [];
  try {
    const places = await (await fetch(`search?q=${encodeURIComponent(text)}`)).json();
    for (const one of places) known.set(one.id, one);
    return places.map((one) => one.id);
  } catch {
    return [];
  }
}

const bare = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");

function ofPage(text) {
  const wanted = bare(text.trim());
  if (!wanted) return [];
  return [...known.values()]
    .filter((one) => one.id === text.trim() || [one.name, one.name_th, one.name_local].some((name) => name && bare(name).includes(wanted)))
    .sort((a, b) => b.population - a.population)
    .slice(0, 20)
    .map((one) => one.id);
}

function countryBox(name) {
  const codes = Object.keys(content.countries).sort((a, b) => compare(countryName(a), countryName(b)));
  const first = name.countries.length ? name.countries : [];
  const option = (code) => h("option", {value: code, selected: name.review.country === code}, `${countryName(code)} (${code})`);
  const select = h(
    "select",
    {id: "country", onchange: () => (decide({country: select.value}), render(), document.getElementById("country").focus())},
    h("option", {value: ""}, t("review_as_printed")),
    first.length ? h("optgroup", {label: t("review_likely")}, first.map(option)) : null,
    codes.filter((code) => !first.includes(code)).map(option),
  );
  return h("div", {class: "field"}, h("label", {for: "country"}, h("kbd", {}, "C"), t("review_country")), select, h("p", {class: "minor"}, t("review_country_help")));
}

function reasonBox(name) {
  const input = h("input", {id: "reason", type: "text", value: name.review.reason, autocomplete: "off"});
  input.addEventListener("change", () => decide({reason: input.value}));
  return h("div", {class: "field"}, h("label", {for: "reason"}, h("kbd", {}, "R"), t("review_reason")), input);
}

const KEYS = {
  j: () => goTo(current + 1),
  ArrowRight: () => goTo(current + 1),
  k: () => goTo(current - 1),
  ArrowLeft: () => goTo(current - 1),
  s: next,
  n: () => document.getElementById("none")?.click(),
  x: () => document.getElementById("clear")?.click(),
  u: undo,
  "/": () => document.getElementById("search")?.focus(),
  c: () => document.getElementById("country")?.focus(),
  r: () => document.getElementById("reason")?.focus(),
};

addEventListener("keydown", (event) => {
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key.toLowerCase() === "s") {
    event.preventDefault();
    save();
    return;
  }
  if (event.key === "Escape") {
    document.activeElement?.blur();
    return;
  }
  if (command || event.altKey || /^(?:INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "")) return;
  const chosen = /^[1-9]$/.test(event.key) ? choices(names[current])[Number(event.key) - 1] : null;
  // On a Thai keyboard the letter is another, the key is the same.
  const key = /^Key[A-Z]$/.test(event.code) ? event.code.slice(3).toLowerCase() : event.code === "Slash" ? "/" : event.key;
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  const picked = chosen ?? (digit ? choices(names[current])[Number(digit) - 1] : null);
  if (picked) choose(picked.id, picked.cell ?? null);
  else if (own(KEYS, key)) KEYS[key]();
  else return;
  event.preventDefault();
});

document.getElementById("undo").addEventListener("click", undo);
document.getElementById("save").addEventListener("click", save);
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  document.getElementById("case").focus();
});
for (const button of document.querySelectorAll("[data-lang]")) {
  button.addEventListener("click", () => {
    language = button.dataset.lang;
    render();
  });
}
const preferred = new URLSearchParams(location.hash.slice(1)).get("lang") ?? navigator.languages?.find((code) => /^(th|en)\b/.test(code)) ?? "en";
language = preferred.startsWith("th") ? "th" : "en";
recall();
current = Math.max(0, names.findIndex((name) => !isDecided(name)));
render();
