// What stands beside the rows: claims, dated statements, memberships, issues, the documents.

const at = (record) => `${record.source_id}, ${t("line_n", {n: record.line})}`;

function renderDocuments() {
  fill("claims", content.claims, claimTable);
  fill("events", content.events, (events) =>
    h(
      "ol",
      {class: "events"},
      events.map((event) =>
        h("li", {}, h("strong", {}, printed(event.verbatim_date)), printed(event.text), h("span", {class: "minor"}, at(event))),
      ),
    ),
  );
  fill("memberships", content.memberships, memberships);
  fill("loose", looseIssues, (issues) =>
    h(
      "ul",
      {class: "loose"},
      issues.map((issue) =>
        h(
          "li",
          {class: `severity-${issue.severity}`},
          h("strong", {}, named("code", issue.code)),
          " ",
          said(issue.message, issue.message_th),
          " ",
          h("span", {class: "minor"}, at(issue)),
        ),
      ),
    ),
  );
  fill("sources", content.sources, (sources) => h("div", {class: "sources"}, sources.map(sourceCard)));
}

// A section with nothing to say is not there.
function fill(section, records, body) {
  const element = document.getElementById(section);
  element.hidden = !records.length;
  element.querySelector(".body").replaceChildren(...(records.length ? [body(records)] : []));
}

function claimTable(claims) {
  const columns = [
    ["claim_text", "text", (claim) => [h("p", {class: "printed"}, printed(claim.verbatim)), h("p", {class: "minor"}, at(claim))]],
    ["claim_subject", "subject", (claim) => named("subject", claim.subject)],
    ["claimed", "number", (claim) => count(claim.claimed)],
    ["counted", "number", (claim) => count(claim.counted)],
    ["distinct", "number", (claim) => count(claim.distinct)],
    ["verdict", "verdict", (claim) => h("span", {class: `badge verdict-${claim.verdict}`}, named("verdict", claim.verdict))],
  ];
  return h(
    "table",
    {role: "table", class: "claims"},
    h("caption", {}, t("claims_title")),
    h(
      "thead",
      {role: "rowgroup"},
      h("tr", {role: "row"}, columns.map(([head, kind]) => h("th", {role: "columnheader", scope: "col", class: kind}, t(head)))),
    ),
    h(
      "tbody",
      {role: "rowgroup"},
      claims.map((claim) =>
        h(
          "tr",
          {role: "row"},
          columns.map(([head, kind, cell]) => h("td", {role: "cell", class: kind, "data-label": t(head)}, cell(claim))),
        ),
      ),
    ),
  );
}

const count = (value) => (value === null ? "–" : number(value));

function memberships(records) {
  const names = new Map(content.organizations.map((body) => [body.organization_id, body]));
  return h(
    "ul",
    {class: "memberships"},
    records.map((membership) => {
      const body = names.get(membership.organization_id);
      return h(
        "li",
        {},
        h("strong", {}, printed(membership.verbatim_name)),
        body?.acronym && !membership.verbatim_name.includes(body.acronym) ? ` (${plain(body.acronym)})` : "",
        membership.place_id ? h("span", {class: "minor"}, placeName(membership.place_id)) : null,
        h("span", {class: "minor"}, at(membership)),
      );
    }),
  );
}

function sourceCard(source) {
  const facts = [
    ["publisher", source.publisher],
    ["date", source.date],
    ["licence", source.licence],
    ["address", source.url],
    ["file", source.file],
    ["SHA-256", source.sha256],
  ].filter(([, value]) => value);
  return h(
    "article",
    {},
    h("h3", {}, printed(source.title)),
    h("p", {class: "minor"}, h("a", {href: toggled("source", source.source_id), "data-focus": `source-${source.source_id}`}, plain(source.source_id))),
    h(
      "dl",
      {},
      facts.map(([word, value]) => [h("dt", {}, t(word)), h("dd", {class: word === "SHA-256" ? "digest" : null}, web(value))]),
    ),
  );
}

// Only what is plainly a page on the web becomes a link.
const web = (value) =>
  WEB_PAGE.test(value) ? h("a", {href: value, rel: "noreferrer noopener"}, plain(value)) : printed(String(value));
