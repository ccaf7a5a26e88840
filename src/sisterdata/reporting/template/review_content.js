// What is to be decided: the names, their candidates, and the places known to this page.

const embedded = (id) => JSON.parse(document.getElementById(`data-${id}`).textContent);
const content = embedded("content");
const words = embedded("words");
const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : null);
const known = new Map(Object.entries(content.places));
for (const one of content.search) known.set(one.id, one);
const place = (id) => known.get(id) ?? null;

const names = content.names;
// Each has what was already decided, and what is decided here.
for (const [n, name] of names.entries()) {
  name.n = n;
  name.before = {decision: name.review.decision.trim(), country: name.review.country.trim(), reason: name.review.reason};
}
const isDecided = (name) => Boolean(name.review.decision.trim() || name.review.country.trim());
const chosenIds = (name) =>
  name.review.decision.split("|").map((choice) => choice.trim().split(/\s/)[0]).filter((id) => id && id.toLowerCase() !== "none");
const isNone = (name) => name.review.decision.trim().toLowerCase() === "none";
