// The map of the world: countries, places, and a line for each pair that is matched.

const NEAREST = 40; // how far one may zoom in
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
  const shade = d3.scaleSequentialSqrt([0, most], d3.interpolateRgb("#eef0ea", "#a9cdd3"));
  world.svg.attr("aria-label", t("map_label"));
  world.lands
    .style("fill", (land) =>
      codeOfLand.get(land.id) === HOME ? "#f3d9a4" : land.count ? shade(land.count) : null,
    )
    .attr("class", (land) => {
      const code = codeOfLand.get(land.id);
      return [code === HOME ? "home" : land.count ? "some" : "", code && state.country === code ? "chosen" : ""].join(" ");
    });
  const joined = (some) => some.map((link) => link.path).join("");
  world.links.attr("class", filtered ? "links chosen" : "links").attr("d", joined(links.filter((link) => link.count)));
  world.unshown.links.attr("d", joined(links.filter((link) => !link.count)));
  world.unshown.spots.attr("d", spots.filter((spot) => !spot.count).map(({at: [x, y]}) => `M${x},${y}h0`).join(""));
  world.circles = world.spots
    .selectAll("circle")
    .data(spots.filter((spot) => spot.count), (spot) => spot.id)
    .join((enter) =>
      withTip(enter.append("circle"), spotLines).on("click", (_, spot) => {
        location.hash = toggled("place", spot.id);
      }),
    )
    .attr("class", (spot) => [spot.home ? "home" : "abroad", state.place === spot.id ? "chosen" : ""].join(" "))
    .attr("cx", (spot) => spot.at[0])
    .attr("cy", (spot) => spot.at[1]);
  const absent = shown.filter((row) => !onMap(row)).length;
  world.figure.querySelector(".unplaced").textContent = absent
    ? absent === shown.length
      ? t("nowhere")
      : t("unplaced", {n: absent})
    : "";
  const selection = JSON.stringify([state.place, state.country, state.source, state.row]);
  if (world.fitted !== selection) {
    world.fitted = selection;
    fitWorld();
  } else {
    placeView();
  }
}

// Zoom so that the places that are shown fill the map, but never closer than tells anything.
function fitWorld() {
  const [width, height] = world.size;
  const points = spots.filter((spot) => spot.count).map((spot) => spot.at);
  if (!points.length) {
    world.svg.call(world.zoom.transform, d3.zoomIdentity);
    return;
  }
  const [x0, x1] = d3.extent(points, ([x]) => x);
  const [y0, y1] = d3.extent(points, ([, y]) => y);
  const margin = 42;
  const scale = Math.max(
    1,
    Math.min(7, (width - 2 * margin) / Math.max(x1 - x0, 1), (height - 2 * margin) / Math.max(y1 - y0, 1)),
  );
  const view = d3.zoomIdentity
    .translate(width / 2, height / 2)
    .scale(scale)
    .translate(-(x0 + x1) / 2, -(y0 + y1) / 2);
  world.svg.call(world.zoom.transform, world.zoom.constrain()(view, [[0, 0], [width, height]], [[0, 0], [width, height]]));
}

function placeView() {
  const {view} = world;
  world.ground.attr("transform", view);
  world.circles.attr("r", (spot) => ((spot.home ? 2.6 : 3.2) + 0.9 * Math.sqrt(spot.count - 1)) / view.k);
  placeLabels();
}

// Labels in order of weight; one that would lie on another is left out.
function placeLabels() {
  const {view, size: [width, height]} = world;
  const close = view.k > 5 || Boolean(state.place || state.country || state.row);
  const wanted = [
    ...labelled
      .filter((land) => land.count)
      .map((land) => ({
        at: view.apply(land.at),
        text: countryName(codeOfLand.get(land.id)),
        count: codeOfLand.get(land.id) === HOME ? Infinity : land.count,
        kind: "land",
      })),
    ...(close
      ? spots
          .filter((spot) => spot.count)
          .map((spot) => ({at: view.apply(spot.at), text: shortName(spot.id), count: spot.count, kind: "spot"}))
      : []),
  ].sort((a, b) => d3.descending(a.kind === "land", b.kind === "land") || d3.descending(a.count, b.count));
  const taken = [world.controls];
  const placed = [];
  for (const label of wanted) {
    const [x, y] = label.at;
    const wide = textWidth(label) + 6;
    const left = label.kind === "land" ? x - wide / 2 : x + 5;
    const box = [left, y - 9, left + wide, y + 9];
    const inside = box[0] > 2 && box[2] < width - 2 && box[1] > 2 && box[3] < height - 2;
    const free = taken.every((other) => box[2] < other[0] || box[0] > other[2] || box[3] < other[1] || box[1] > other[3]);
    if (inside && free && placed.length < 80) {
      taken.push(box);
      placed.push({...label, x: label.kind === "land" ? x : x + 6, y});
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
