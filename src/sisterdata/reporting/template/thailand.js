// The provinces of Thailand, shaded by the number of rows; left out where no row is of Thailand.

const thaiAtlas = embedded("provinces");
const provinces = topojson.feature(thaiAtlas, thaiAtlas.objects.provinces);
const provinceId = (shape) => (shape.id ? `iso3166-2:${shape.id}` : null);
const anyProvince = rows.some((row) => row.province);

const thailand = {figure: document.getElementById("thailand")};
thailand.figure.hidden = !anyProvince;
thailand.svg = d3.select(thailand.figure).select(".drawing").append("svg").attr("role", "img");

function drawThailand() {
  const [width, height] = [260, 430];
  const projection = d3.geoMercator().fitExtent([[4, 4], [width - 4, height - 4]], provinces);
  thailand.svg.attr("viewBox", [0, 0, width, height]);
  thailand.shapes = thailand.svg
    .selectAll("path")
    .data(provinces.features)
    .join("path")
    .attr("d", d3.geoPath(projection).digits(1));
  withTip(thailand.shapes, (shape) => [
    provinceId(shape) && place(provinceId(shape)) ? placeName(provinceId(shape)) : (shape.id ?? ""),
    t("n_rows", {n: shape.count ?? 0}),
  ]);
  thailand.shapes.on("click", (_, shape) => {
    if (shape.count || state.place === provinceId(shape)) location.hash = toggled("place", provinceId(shape));
  });
}

function renderThailand() {
  const counts = CHOICES.place.counts(passing("place"));
  for (const shape of provinces.features) shape.count = counts.get(provinceId(shape)) ?? 0;
  const most = d3.max(provinces.features, (shape) => shape.count) || 1;
  const shade = (count) => mixed("--province-few", "--province-many", (100 * count) / most);
  thailand.svg.attr("aria-label", t("map_label"));
  thailand.shapes
    .style("fill", (shape) => (shape.count ? shade(shape.count) : null))
    .attr("class", (shape) =>
      [shape.count ? "some" : "", state.place && state.place === provinceId(shape) ? "chosen" : ""].join(" "),
    )
    .filter((shape) => state.place === provinceId(shape))
    .raise();
  const steps = [...new Set([1, Math.ceil(most / 2), most])];
  thailand.figure.querySelector(".legend").replaceChildren(
    ...steps.map((step) => {
      const swatch = h("span", {class: "swatch"});
      swatch.style.background = shade(step);
      return h("span", {}, swatch, t("n_rows", {n: step}));
    }),
  );
}
