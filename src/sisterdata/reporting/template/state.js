// What is selected. The address holds all of it, so that a link opens the same view.

const KEYS = ["lang", "q", "place", "country", "year", "stage", "status", "issue", "source", "row", "sort"];

let state = {};

function readAddress() {
  const said = new URLSearchParams(location.hash.slice(1));
  state = Object.fromEntries(KEYS.map((key) => [key, said.get(key) || null]));
  const preferred = navigator.languages?.find((code) => /^(th|en)\b/.test(code)) ?? "en";
  language = ["en", "th"].includes(state.lang) ? state.lang : preferred.slice(0, 2);
}

function address(changes) {
  const next = {...state, lang: language, ...changes};
  const said = new URLSearchParams(KEYS.filter((key) => next[key]).map((key) => [key, next[key]]));
  return `#${said}`;
}

// A choice is a step back and forth in the history; typing is not.
function go(changes, {replace = false} = {}) {
  if (!replace) {
    location.hash = address(changes);
    return;
  }
  history.replaceState(null, "", address(changes));
  update();
}

// A link that makes a choice, or takes it back where it is made already.
const toggled = (key, value) => address({[key]: state[key] === value ? null : value});
