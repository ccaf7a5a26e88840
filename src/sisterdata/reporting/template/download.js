// The rows that pass the filters as a CSV file that a spreadsheet opens as it is.

const CSV_COLUMNS = {
  source: (row) => row.source,
  line: (row) => row.line,
  home_text: (row) => row.home_text,
  home_id: (row) => row.home,
  home_name: (row) => place(row.home)?.name,
  home_name_th: (row) => place(row.home)?.name_th,
  text: (row) => row.text,
  place_id: (row) => row.place,
  name: (row) => place(row.place)?.name,
  name_th: (row) => place(row.place)?.name_th,
  level: (row) => place(row.place)?.level,
  admin1_code: (row) => place(row.place)?.admin1_code,
  country_code: (row) => row.country,
  latitude: (row) => place(row.place)?.latitude,
  longitude: (row) => place(row.place)?.longitude,
  status: (row) => row.status,
  score: (row) => row.score,
  rule: (row) => row.rule,
  issues: (row) => row.issues.map((issue) => `${issue.code}: ${issue.message}`).join("; "),
  year: (row) => row.year,
  date: (row) => row.date,
  instrument: (row) => row.instrument,
  stage: (row) => row.stage,
  topic: (row) => row.topic,
  next_step: (row) => row.next_step,
  note: (row) => row.note,
};

// A text that a spreadsheet would run as a formula gets an apostrophe before it.
function csvCell(value) {
  if (value === null || value === undefined) return "";
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function csv(shown) {
  const others = [...new Set(shown.flatMap((row) => Object.keys(row.other)))];
  const filled = Object.entries(CSV_COLUMNS).filter(([, of]) => shown.some((row) => ![null, undefined, ""].includes(of(row))));
  const lines = [
    [...filled.map(([name]) => name), ...others],
    ...shown.map((row) => [...filled.map(([, of]) => of(row)), ...others.map((name) => row.other[name])]),
  ];
  return lines.map((cells) => cells.map(csvCell).join(",")).join("\r\n") + "\r\n";
}

document.getElementById("download").addEventListener("click", () => {
  const file = new Blob(["\ufeff", csv(passing())], {type: "text/csv;charset=utf-8"});
  const url = URL.createObjectURL(file);
  h("a", {href: url, download: "rows.csv"}).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
});
