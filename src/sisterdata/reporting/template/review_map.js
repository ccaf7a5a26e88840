// A small map of the candidates, numbered as in the list.

const atlas = embedded("world");
const lands = topojson.feature(atlas, atlas.objects.countries).features.filter((land) => land.id !== "010");

function candidateMap(shown) {
  const placed = shown.filter(({place: found}) => Number.isFinite(found?.latitude) && Number.isFinite(found?.longitude));
  if (!placed.length) return null;
  const [width, height] = [420, 300];
  const points = {type: "MultiPoint", coordinates: placed.flatMap(({place: {longitude, latitude}}) => around(longitude, latitude))};
  const middle = d3.geoCentroid({type: "MultiPoint", coordinates: placed.map(({place: p}) => [p.longitude, p.latitude])});
  const projection = d3
    .geoMercator()
    .rotate([-middle[0], 0])
    .fitExtent([[30, 30], [width - 30, height - 30]], points);
  const path = d3.geoPath(projection);
  const svg = d3.create("svg").attr("viewBox", [0, 0, width, height]).attr("role", "img").attr("aria-label", t("review_map"));
  svg.append("rect").attr("class", "sea").attr("width", width).attr("height", height);
  svg.append("g").attr("class", "lands").selectAll("path").data(lands).join("path").attr("d", path);
  const labels = [];
  const marks = svg
    .append("g")
    .selectAll("g")
    .data(placed)
    .join("g")
    .attr("class", (one) => (one.chosen ? "mark chosen" : "mark"))
    .attr("transform", ({place: p}) => `translate(${apart(projection([p.longitude, p.latitude]), labels)})`);
  marks.append("circle").attr("r", 11);
  marks.append("text").attr("dy", "0.34em").text((one) => one.number);
  marks.append("title").text((one) => placeName(one.place.id));
  return h("figure", {class: "candidates-map"}, svg.node());
}

// Corners around a place, so that the map shows a region and not a single point.
const around = (longitude, latitude) => [
  [longitude - 3, Math.max(latitude - 2, -80)],
  [longitude + 3, Math.min(latitude + 2, 80)],
];

// A mark moves aside where another is already.
function apart([x, y], taken) {
  let at = [x, y];
  for (let turn = 0; turn < 8 && taken.some(([a, b]) => Math.hypot(a - at[0], b - at[1]) < 20); turn += 1) {
    at = [x + 22 * Math.cos(turn * 0.8), y + 22 * Math.sin(turn * 0.8)];
  }
  taken.push(at);
  return at;
}
