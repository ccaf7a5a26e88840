// The review file: saved by the server, or given to the reader as a download.

const FORMULA = /^(?:[=@\t\r\n]|[+-](?![\d.]+$))/;

function reviewCell(value) {
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function reviewFile() {
  const lines = [content.columns, ...names.map(({review}) => content.columns.map((column) => review[column] ?? ""))];
  return `\ufeff${lines.map((cells) => cells.map(reviewCell).join(",")).join("\n")}\n`;
}

async function save() {
  const text = reviewFile();
  const line = document.getElementById("saved");
  if (content.save) {
    try {
      const answer = await fetch("review.csv", {method: "PUT", body: text});
      const {saved, problem} = await answer.json();
      line.textContent = problem ? `${t("review_problem")} ${problem}` : t("review_saved", {file: saved});
      changed = false;
    } catch {
      line.textContent = t("review_not_saved");
    }
    return;
  }
  const url = URL.createObjectURL(new Blob([text], {type: "text/csv;charset=utf-8"}));
  h("a", {href: url, download: "review.csv"}).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  line.textContent = t("review_downloaded");
  changed = false;
}

// What was decided on this page outlives a closed window, in this browser only.
const KEY = `sisterdata review ${content.title} ${names.map((name) => name.review.verbatim).join("|").length}.${names.length}`;

function remember() {
  try {
    const decided = names.map(({review}) => [review.verbatim, review.decision, review.country, review.reason]);
    localStorage.setItem(KEY, JSON.stringify(decided));
  } catch {
    // No storage here: the page still works.
  }
}

function recall() {
  try {
    for (const [n, [verbatim, decision, country, reason]] of JSON.parse(localStorage.getItem(KEY) ?? "[]").entries()) {
      if (names[n]?.review.verbatim === verbatim && !isDecided(names[n])) Object.assign(names[n].review, {decision, country, reason});
    }
  } catch {
    // Nothing to recall.
  }
}

let changed = false;
addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});
