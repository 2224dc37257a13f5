// Whether what a link or a file holds is an experiment, by a schema: every part there, every number within what it may be.

/** What an experiment is made of, as neurolib.show.bench.schema describes it. */
const SCHEMA = {};

/** The first part that is not as it should be, by its place, or "". */
function unsound(value, schema = SCHEMA, place = "") {
  const within = (name) => (place ? `${place}.${name}` : name);
  if (typeof schema === "string") {
    const { least = -1e9, most = 1e9, whole, nonzero } = QUANTITIES[schema] ?? {};
    return Number.isFinite(value) && value >= least && value <= most && (!whole || Number.isInteger(value)) && !(nonzero && value === 0) ? "" : place;
  }
  if (schema[0] === "name") return typeof value === "string" ? "" : place;
  if (value === null || typeof value !== "object") return place || "JSON";
  const [kind, about, of] = Array.isArray(schema) ? schema : [];
  if (kind === "pair") return Array.isArray(value) && value.length === 2 ? value.map((one, i) => unsound(one, about[i], within(i + 1))).find(Boolean) ?? "" : place;
  if (kind === "list") return Array.isArray(value) && value.length <= about ? value.map((one, i) => unsound(one, of, within(i + 1))).find(Boolean) ?? "" : place;
  if (kind === "has") return unsound(value, of[value[about] ? 0 : 1], place);
  if (kind === "by") return typeof value[about] === "string" && Object.hasOwn(of, value[about]) ? unsound(value, of[value[about]], place) : within(about);
  for (const [key, part] of Object.entries(schema)) {
    const name = key.replace("?", "");
    const wrong = name === key || (value[name] ?? null) !== null ? unsound(value[name], part, within(name)) : "";
    if (wrong) return wrong;
  }
  return "";
}
