// A short word on what the pointer is over. What it says stands in the lists and the table too.

const tip = document.getElementById("tip");

function showTip(event, lines) {
  tip.replaceChildren(...lines.map((line, n) => h(n ? "span" : "strong", {}, line)));
  tip.hidden = false;
  const {innerWidth, innerHeight} = window;
  const {width, height} = tip.getBoundingClientRect();
  const left = Math.min(event.clientX + 14, innerWidth - width - 8);
  const below = event.clientY + 16;
  const top = below + height > innerHeight ? event.clientY - height - 10 : below;
  tip.style.transform = `translate(${Math.max(8, left)}px, ${Math.max(8, top)}px)`;
}

const hideTip = () => {
  tip.hidden = true;
};

const withTip = (selection, lines) =>
  selection
    .on("pointermove", (event, datum) => showTip(event, lines(datum)))
    .on("pointerleave", hideTip);

addEventListener("keydown", (event) => {
  if (event.key === "Escape") hideTip();
});
addEventListener("scroll", hideTip, {passive: true});
