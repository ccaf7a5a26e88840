// Words in the reader's language, and texts of a document shown for what they are.

// Letters that are not seen but change what is: controls, and marks of direction.
const UNSEEN = /([\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff])/u;
const THAI = /\p{Script=Thai}/u;
const HAN_LANGUAGE = {CN: "zh-Hans", TW: "zh-Hant", HK: "zh-Hant", MO: "zh-Hant", JP: "ja", KR: "ko"};

let language = "en";

function t(word, values = {}) {
  const said = own(words, word)?.[language] ?? word;
  const form = Array.isArray(said) ? said[values.n === 1 ? 0 : 1] : said;
  return form.replace(/\{(\w+)\}/g, (_, name) =>
    typeof values[name] === "number" ? number(values[name]) : values[name],
  );
}

// A word where there is one, or else the code itself, which a later version may have added.
const named = (kind, code) =>
  own(words, `${kind}_${code}`) ? t(`${kind}_${code}`) : code.replaceAll("_", " ");

// Made once for each language: making one takes longer than a thousand uses of it.
const byLanguage = (make) => ({en: make("en"), th: make("th")});
const numbers = byLanguage((code) => new Intl.NumberFormat(code));
const collators = byLanguage((code) => new Intl.Collator(code, {numeric: true}));
const number = (value) => numbers[language].format(value);
const compare = (a, b) => collators[language].compare(a, b);
const score = (value) => (Math.floor(value * 100) / 100).toFixed(2);
const codepoint = (letter) => `U+${letter.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;

// For places where there can be no markup: options, map labels, attributes.
const plain = (text) =>
  text.split(UNSEEN).map((part) => (UNSEEN.test(part) ? `⟨${codepoint(part)}⟩` : part)).join("");

// An element; children are nodes or texts, and a text never becomes markup.
function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.flat(2).filter((child) => child !== null && child !== undefined));
  return element;
}

// A text as printed: kept apart from its surroundings, its unseen letters made visible.
const printed = (text, attributes = {}) =>
  h(
    "bdi",
    {dir: "auto", lang: THAI.test(text) ? "th" : "en", ...attributes},
    text
      .split(UNSEEN)
      .filter((part) => part !== "")
      .map((part) => (UNSEEN.test(part) ? h("span", {class: "unseen"}, codepoint(part)) : part)),
  );

// A message of the library, in Thai where the catalogue has it.
const said = (english, thai, attributes = {}) =>
  language === "th" && thai ? printed(thai, {lang: "th", ...attributes}) : printed(english, {lang: "en", ...attributes});

const WEB_PAGE = /^https?:\/\/[^\s]+$/;

const regionNames = byLanguage((code) => new Intl.DisplayNames([code], {type: "region"}));

const countryNames = new Map();

function countryName(code, inLanguage = language) {
  if (code === null || code === undefined) return t("no_country");
  const key = `${inLanguage} ${code}`;
  if (!countryNames.has(key)) {
    let name = plain(code);
    try {
      name = regionNames[inLanguage].of(code);
    } catch {
      // Not of the form of a country code: it is shown as it is.
    }
    countryNames.set(key, name);
  }
  return countryNames.get(key);
}

function placeName(id) {
  const found = place(id);
  if (found === null) return plain(id);
  return plain((language === "th" && found.name_th) || found.name);
}

// The name without its type word, where a list or map has made clear what it names.
const shortName = (id) => placeName(id).replace(/^จังหวัด/, "");

const yearName = (year) => String(language === "th" ? Number(year) + 543 : year);
