// The map of the world: countries, places, and a line for each pair that is matched.

const NEAREST = 40; // how far one may zoom in
const NEAREST_FIT = 10; // and how far the map zooms in by itself
const TOGETHER = 19; // pixels: points that are closer than this are shown as one
const atlas = embedded("world");
const lands = topojson.feature(atlas, atlas.objects.countries).features.filter((land) => land.id !== "010");
// Some countries are drawn as several; the largest bears the name.
const labelled = d3.groups(lands, (land) => land.id).map(([, parts]) => d3.greatest(parts, d3.geoArea));
const borders = topojson.mesh(atlas, atlas.objects.countries, (a, b) => a !== b);
const codeOfLand = new Map(Object.entries(content.countries).map(([code, id]) => [id, code]));

const located = (id) => Number.isFinite(place(id)?.latitude) && Number.isFinite(place(id)?.longitude);

const spots = [...new Set(rows.flatMap((row) => [row.home, row.place]))]
  .filter((id) => id && located(id))
  .map((id) => ({id, home: place(id).country_code === HOME, where: [place(id).longitude, place(id).latitude]}));
const spotOf = new Map(spots.map((spot) => [spot.id, spot]));
const links = d3
  .groups(
    rows.filter((row) => row.pair && spotOf.has(row.home) && spotOf.has(row.place)),
    (row) => row.pair,
  )
  .map(([, members]) => ({from: spotOf.get(members[0].home), to: spotOf.get(members[0].place), members}));

const onMap = (row) => spotOf.has(row.place);

const world = {
  figure: document.getElementById("world"),
  view: d3.zoomIdentity,
  fitted: null,
};
world.svg = d3.select(world.figure).select(".drawing").append("svg").attr("role", "img");
world.ground = world.svg.append("g");
world.labels = world.svg.append("g").attr("class", "labels").attr("aria-hidden", "true");
world.numbers = world.svg.append("g").attr("class", "numbers").attr("aria-hidden", "true");
world.zoom = d3
  .zoom()
  .scaleExtent([1, NEAREST])
  // The wheel and one finger move the page; the map is moved by mouse, two fingers or buttons.
  .filter((event) =>
    event.type === "wheel" ? event.ctrlKey || event.metaKey : event.touches ? event.touches.length > 1 : !event.button,
  )
  .on("zoom", ({transform}) => {
    world.view = transform;
    placeView();
  });

// Drawn once for a width; what is selected only changes classes and sizes.
function drawWorld() {
  const width = world.figure.querySelector(".drawing").clientWidth;
  if (!width) return;
  const height = Math.round(Math.min(width * 0.58, 560));
  world.size = [width, height];
  world.controls = boxOf(world.figure.querySelector(".zoom"));
  // The Pacific in the middle, so that lines from Thailand run both ways without a break.
  const projection = d3
    .geoNaturalEarth1()
    .rotate([-150, 0])
    .fitExtent([[4, 4], [width - 4, height - 4]], {
      type: "MultiPoint",
      coordinates: [[150, 80], [150, -57], [-31, 30], [-29, 30], [-31, -20], [-29, -20]],
    });
  const path = d3.geoPath(projection);
  for (const spot of spots) spot.at = projection(spot.where);
  world.svg.attr("viewBox", [0, 0, width, height]).attr("width", width).attr("height", height);
  world.zoom.extent([[0, 0], [width, height]]).translateExtent([[0, 0], [width, height]]);
  world.svg.call(world.zoom).on("dblclick.zoom", null);

  world.ground.selectAll("*").remove();
  world.lands = world.ground
    .append("g")
    .attr("class", "lands")
    .selectAll("path")
    .data(lands)
    .join("path")
    .attr("d", path);
  withTip(world.lands, (land) => {
    const code = codeOfLand.get(land.id);
    return code ? [countryName(code), t("n_rows", {n: land.count ?? 0})] : [land.properties.name];
  });
  world.lands.on("click", (_, land) => {
    const code = codeOfLand.get(land.id);
    if (code && land.count && code !== HOME) location.hash = toggled("country", code);
  });
  world.ground.append("path").attr("class", "borders").attr("d", path(borders));
  for (const land of labelled) land.at = centre(land, projection);
  for (const link of links) link.path = arc(link.from.at, link.to.at);
  // Two paths hold all lines, and a third the places that are not shown: thousands are no burden.
  const layer = (name) => world.ground.append("path").attr("class", name);
  world.unshown = {links: layer("links faded"), spots: layer("spots faded")};
  world.links = layer("links");
  world.spots = world.ground.append("g").attr("class", "spots");
  world.fitted = null;
}

const spotLines = (spot) => [
  placeName(spot.id),
  countryName(place(spot.id).country_code),
  t("n_rows", {n: spot.count}),
];

// Where an element lies on the drawing.
function boxOf(element) {
  const {left, top, right, bottom} = element.getBoundingClientRect();
  const {left: x, top: y} = world.figure.querySelector(".drawing").getBoundingClientRect();
  return [left - x, top - y, right - x, bottom - y];
}

// A curve that bends more the farther it goes, so that lines from one place spread.
function arc([x0, y0], [x1, y1]) {
  const bend = 0.18;
  const curve = d3.path();
  curve.moveTo(x0, y0);
  curve.quadraticCurveTo((x0 + x1) / 2 + (y1 - y0) * bend, (y0 + y1) / 2 - Math.abs(x1 - x0) * bend, x1, y1);
  return curve.toString();
}

// Where a country's label stands: the middle of its largest part.
function centre(land, projection) {
  const parts =
    land.geometry.type === "MultiPolygon"
      ? land.geometry.coordinates.map((coordinates) => ({type: "Polygon", coordinates}))
      : [land.geometry];
  return projection(d3.geoCentroid(d3.greatest(parts, (part) => d3.geoArea(part))));
}

function renderWorld(shown) {
  const visible = new Set(shown);
  const filtered = shown.length < rows.length;
  const byPlace = CHOICES.place.counts(shown);
  const byCountry = tally(shown, (row) => row.land);
  for (const spot of spots) spot.count = byPlace.get(spot.id) ?? 0;
  for (const link of links) link.count = link.members.filter((row) => visible.has(row)).length;
  for (const land of lands) {
    const code = codeOfLand.get(land.id);
    land.count = code === HOME ? shown.filter((row) => row.thai).length : (byCountry.get(code) ?? 0);
  }
  const most = d3.max(byCountry.values()) ?? 1;
  const share = d3.scaleSqrt([0, most], [0, 100]);
  const shade = (count) => mixed("--land-few", "--land-many", share(count));
  world.svg.attr("aria-label", t("map_label"));
  world.lands
    .style("fill", (land) =>
      codeOfLand.get(land.id) === HOME ? "var(--land-home)" : land.count ? shade(land.count) : null,
    )
    .attr("class", (land) => {
      const code = codeOfLand.get(land.id);
      return [code === HOME ? "home" : land.count ? "some" : "", code && state.country === code ? "chosen" : ""].join(" ");
    });
  const joined = (some) => some.map((link) => link.path).join("");
  world.links.attr("class", filtered ? "links chosen" : "links").attr("d", joined(links.filter((link) => link.count)));
  world.unshown.links.attr("d", joined(links.filter((link) => !link.count)));
  world.unshown.spots.attr("d", spots.filter((spot) => !spot.count).map(({at: [x, y]}) => `M${x},${y}h0`).join(""));
  const absent = shown.filter((row) => !onMap(row)).length;
  world.figure.querySelector(".unplaced").textContent = absent
    ? absent === shown.length
      ? t("nowhere")
      : t("unplaced", {n: absent})
    : "";
  renderWorldLegend(shown, byCountry, shade, filtered);
  const selection = JSON.stringify([state.place, state.country, state.source, state.row]);
  if (world.fitted !== selection) {
    world.fitted = selection;
    fitWorld();
  } else {
    placeView();
  }
}

// A colour between two of the style sheet, which follows it into the dark and onto paper.
const mixed = (from, to, percent) => `color-mix(in srgb, var(${to}) ${Math.round(percent)}%, var(${from}))`;

// What each colour and sign of the map means, as far as it is on it.
function renderWorldLegend(shown, byCountry, shade, filtered) {
  const sign = (kind, word, values) => h("span", {}, h("span", {class: `sign ${kind}`, "aria-hidden": "true"}), t(word, values));
  const counts = [...new Set([1, d3.max(byCountry.values()) ?? 1])];
  const swatch = (count) => {
    const box = h("span", {class: "swatch"});
    box.style.background = shade(count);
    return h("span", {}, box, t("n_rows", {n: count}));
  };
  const of = (home) => spots.some((spot) => spot.home === home && spot.count);
  world.figure.querySelector(".legend").replaceChildren(
    ...[
      of(true) && sign("point home", "legend_home"),
      of(false) && sign("point abroad", "legend_abroad"),
      sign("point together", "legend_together"),
      links.some((link) => link.count) && sign(filtered ? "stroke chosen" : "stroke", "legend_pair"),
      filtered && sign("stroke faded", "legend_faded"),
      shown.some((row) => row.thai) && sign("area home", "legend_thailand"),
      ...(byCountry.size ? counts.map(swatch) : []),
    ].filter(Boolean),
  );
}

// The places to zoom to: all of them, or without the few that would shrink the rest to a blob.
function core(points) {
  const middle = [d3.median(points, (spot) => spot.at[0]), d3.median(points, (spot) => spot.at[1])];
  const far = ({at: [x, y]}) => Math.hypot(x - middle[0], y - middle[1]);
  const size = (some) => Math.max(...[0, 1].map((axis) => d3.max(some, ({at}) => at[axis]) - d3.min(some, ({at}) => at[axis])));
  const most = points.length < 5 ? 0 : Math.max(1, Math.floor(points.length * 0.1));
  const near = points.toSorted((a, b) => far(a) - far(b)).slice(0, points.length - most);
  return size(near) < 0.6 * size(points) ? points.filter((spot) => far(spot) <= far(near.at(-1)) * 1.5) : points;
}

// Zoom so that the places that are shown fill the map.
function fitWorld(everything = false) {
  const [width, height] = world.size;
  const all = spots.filter((spot) => spot.count);
  const points = everything ? all : core(all);
  zoomTo(points, NEAREST_FIT);
  const outside = all.filter((spot) => !points.includes(spot));
  world.figure.querySelector(".outside").replaceChildren(
    ...(outside.length
      ? [
          t("outside", {n: outside.length, names: outside.slice(0, 3).map((spot) => shortName(spot.id)).join(", ") + (outside.length > 3 ? " …" : "")}),
          " ",
          h("button", {type: "button", class: "unfold", "data-zoom": "all", onclick: () => fitWorld(true)}, t("show_all")),
        ]
      : []),
  );
}

function zoomTo(points, nearest) {
  const [width, height] = world.size;
  if (!points.length) {
    world.svg.call(world.zoom.transform, d3.zoomIdentity);
    return;
  }
  const [x0, x1] = d3.extent(points, ({at: [x]}) => x);
  const [y0, y1] = d3.extent(points, ({at: [, y]}) => y);
  const margin = Math.min(48, width / 8);
  const scale = Math.max(
    1,
    Math.min(nearest, (width - 2 * margin) / Math.max(x1 - x0, 1), (height - 2 * margin) / Math.max(y1 - y0, 1)),
  );
  const view = d3.zoomIdentity
    .translate(width / 2, height / 2)
    .scale(scale)
    .translate(-(x0 + x1) / 2, -(y0 + y1) / 2);
  const extent = [[0, 0], [width, height]];
  world.svg.call(world.zoom.transform, world.zoom.constrain()(view, extent, extent));
}

// Points that would lie on each other at this zoom, each group under its largest.
function groups() {
  const reach = TOGETHER / world.view.k;
  const leaders = {true: d3.quadtree([], (g) => g.at[0], (g) => g.at[1]), false: d3.quadtree([], (g) => g.at[0], (g) => g.at[1])};
  const found = [];
  for (const spot of spots.filter((one) => one.count).sort((a, b) => d3.descending(a.count, b.count))) {
    const chosen = state.place === spot.id;
    const near = chosen ? null : leaders[spot.home].find(...spot.at, reach);
    if (near && !near.chosen) {
      near.members.push(spot);
      near.count += spot.count;
    } else {
      const group = {id: spot.id, home: spot.home, at: spot.at, count: spot.count, members: [spot], chosen};
      leaders[spot.home].add(group);
      found.push(group);
    }
  }
  return found;
}

const groupLines = (group) =>
  group.members.length === 1
    ? spotLines(group.members[0])
    : [t("n_places", {n: group.members.length}), ...group.members.slice(0, 6).map((spot) => shortName(spot.id)), ...(group.members.length > 6 ? ["…"] : []), t("n_rows", {n: group.count})];

function choose(group) {
  const apart = group.members.some(({at: [x, y]}) => Math.hypot(x - group.at[0], y - group.at[1]) * NEAREST > TOGETHER * 1.5);
  if (group.members.length > 1 && apart && world.view.k < NEAREST * 0.9) zoomTo(group.members, NEAREST);
  else location.hash = toggled("place", group.id);
}

function placeView() {
  const {view} = world;
  world.ground.attr("transform", view);
  const shown = groups();
  for (const group of shown) {
    group.r = group.members.length > 1 ? 7.5 + 0.6 * Math.sqrt(group.count) : (group.home ? 3.4 : 3.8) + 0.9 * Math.sqrt(group.count - 1);
    group.seen = view.apply(group.at);
  }
  world.circles = world.spots
    .selectAll("circle")
    .data(shown, (group) => group.id)
    .join((enter) => withTip(enter.append("circle"), groupLines).on("click", (_, group) => choose(group)))
    .attr("class", (group) => [group.home ? "home" : "abroad", group.chosen ? "chosen" : "", group.members.length > 1 ? "together" : ""].join(" "))
    .attr("cx", (group) => group.at[0])
    .attr("cy", (group) => group.at[1])
    .attr("r", (group) => group.r / view.k);
  world.numbers
    .selectAll("text")
    .data(shown.filter((group) => group.members.length > 1))
    .join("text")
    .attr("x", (group) => group.seen[0])
    .attr("y", (group) => group.seen[1])
    .attr("dy", "0.34em")
    .text((group) => number(group.members.length));
  placeLabels(shown);
}

const meets = (a, b) => a[2] >= b[0] && a[0] <= b[2] && a[3] >= b[1] && a[1] <= b[3];

// Labels in order of weight; one that would lie on another, or on a point, is left out.
function placeLabels(shown) {
  const {view, size: [width, height]} = world;
  const close = view.k > 5 || Boolean(state.place || state.country || state.row);
  const named = (group) => (group.members.length > 1 ? `${shortName(group.id)} +${number(group.members.length - 1)}` : shortName(group.id));
  const wanted = [
    ...labelled
      .filter((land) => land.count)
      .map((land) => ({
        at: view.apply(land.at),
        text: countryName(codeOfLand.get(land.id)),
        count: codeOfLand.get(land.id) === HOME ? Infinity : land.count,
        kind: "land",
      })),
    ...(close ? shown.map((group) => ({at: group.seen, r: group.r, text: named(group), count: group.count, kind: "spot", group})) : []),
  ].sort((a, b) => d3.descending(a.kind === "land", b.kind === "land") || d3.descending(a.count, b.count));
  const points = shown.map((group) => {
    const [x, y] = group.seen;
    return {group, box: [x - group.r, y - group.r, x + group.r, y + group.r]};
  });
  const taken = [world.controls];
  const placed = [];
  for (const label of wanted) {
    const wide = textWidth(label) + 6;
    const [x, y] = label.at;
    const sides =
      label.kind === "land"
        ? [[x, y], [x, y - 20], [x, y + 20], [x, y - 38], [x, y + 38], [x, y, "over points"], [x, y - 20, "over points"]]
        : [[x + label.r + 3, y], [x - label.r - wide, y]];
    for (const [at, level, over] of sides) {
      const left = label.kind === "land" ? at - wide / 2 : at - 1;
      const box = [left, level - 9, left + wide, level + 9];
      const inside = box[0] > 2 && box[2] < width - 2 && box[1] > 2 && box[3] < height - 2;
      const covered = points.filter((point) => point.group !== label.group && meets(box, point.box));
      const free = !taken.some((other) => meets(box, other)) && (over ? covered.every(({group}) => group.members.length === 1) : !covered.length);
      if (inside && free && placed.length < 80) {
        taken.push(box);
        placed.push({...label, x: at, y: level});
        break;
      }
    }
  }
  world.labels
    .selectAll("text")
    .data(placed)
    .join("text")
    .attr("class", (label) => label.kind)
    .attr("x", (label) => label.x)
    .attr("y", (label) => label.y)
    .attr("dy", "0.32em")
    .text((label) => label.text);
}

const ruler = document.createElement("canvas").getContext("2d");

function textWidth({text, kind}) {
  ruler.font = kind === "land" ? "600 13px Sarabun" : "12px Sarabun";
  return ruler.measureText(text).width;
}

for (const button of world.figure.querySelectorAll("[data-zoom]")) {
  button.addEventListener("click", () => {
    if (button.dataset.zoom === "fit") fitWorld();
    else world.svg.call(world.zoom.scaleBy, button.dataset.zoom === "in" ? 1.7 : 1 / 1.7);
  });
}
