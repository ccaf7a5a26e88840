// What the page is about, unpacked: rows with their issues, places, countries.

const embedded = (id) => JSON.parse(document.getElementById(`data-${id}`).textContent);
const content = embedded("content");
const words = embedded("words");

const HOME = "TH";
const STAGES = ["not_stated", "drafting", "negotiating", "approved", "signed"];
const STATUSES = ["exact", "alias", "corrected", "inferred", "ambiguous", "unmatched", "not_run"];
const SEVERITIES = ["error", "warning", "info"];

const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : null); // not its toString
const place = (id) => own(content.places, id);

const unpack = ({count, columns}) =>
  Array.from({length: count}, (_, n) =>
    Object.fromEntries(
      Object.entries(columns).map(([name, [values, codes]]) => [name, values[codes[n]]]),
    ),
  );

const rows = unpack(content.rows);
const others = unpack(content.other);
for (const [n, row] of rows.entries()) {
  row.n = n;
  row.id = row.source === null ? String(row.line) : `${row.source}#L${row.line}`;
  row.issues = [];
  row.other = others[n] ?? {};
  const sides = [row.home, row.place].filter((id) => id !== null);
  row.thai = sides.find((id) => place(id)?.country_code === HOME) ?? null;
  // A Thai city counts for its province too.
  row.province = row.thai && place(row.thai).admin1_code ? `iso3166-2:${place(row.thai).admin1_code}` : null;
  row.places = [...new Set([...sides, row.province])].filter((id) => id !== null);
  row.abroad = sides.find((id) => id !== row.thai) ?? null;
  row.land =
    row.country !== null && row.country !== HOME
      ? row.country
      : (place(row.abroad)?.country_code ?? row.country);
  row.pair = sides.length === 2 ? sides.toSorted().join("~") : null;
}

// Issues of a line that is no row stand in a list of their own.
const looseIssues = [];
for (const issue of unpack(content.issues)) {
  (issue.row === null ? looseIssues : rows[issue.row].issues).push(issue);
}
for (const row of rows) {
  row.issues.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}
const isOpen = (row) => ["ambiguous", "unmatched", "not_run"].includes(row.status);
