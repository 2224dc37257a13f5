// A channel of NeuroML 2, as far as its parts have a form here; anything else is named. It is read by the browser's own parser.

const { UNITS, RATE_TYPES, REVERSAL } = tables; // units in ours by dimension; our form of a type; a reversal potential by species

class Unsupported extends Error {}

/** A quantity such as "-40mV" in the units of the page. */
function quantityOf(element, name, dimension) {
  const match = /^\s*([-+.\deE]+)\s*(\w*)\s*$/.exec(element.getAttribute(name) ?? ""), units = UNITS[dimension];
  if (!match || !Object.hasOwn(units, match[2]) || !Number.isFinite(Number(match[1]))) throw new Unsupported(`${element.localName} ${name}`);
  return Number(match[1]) * units[match[2]];
}

function rateFrom(element) {
  const type = element.getAttribute("type"), tau = element.localName === "timeCourse", dimension = element.localName === "steadyState" ? "none" : "per_time";
  if (type === "fixedTimeCourse" && tau) return { form: "constant", rate: quantityOf(element, "tau", "time") };
  if (tau || !Object.hasOwn(RATE_TYPES, type)) throw new Unsupported(type ?? element.localName);
  return { form: RATE_TYPES[type], rate: quantityOf(element, "rate", dimension), midpoint: quantityOf(element, "midpoint", "voltage"), scale: quantityOf(element, "scale", "voltage") };
}

function gateFrom(element) {
  const type = element.localName === "gate" ? element.getAttribute("type") : element.localName;
  const roles = { gateHHrates: ["alpha", "beta"], gateHHtauInf: ["inf", "tau"], gateHHInstantaneous: ["inf"] }[type];
  if (!roles) throw new Unsupported(type ?? element.localName);
  const gate = { name: element.getAttribute("id"), power: Number(element.getAttribute("instances") ?? 1), q10: 1, reference: 6.3, ...type === "gateHHInstantaneous" && { tau: null } };
  const places = { forwardRate: "alpha", reverseRate: "beta", steadyState: "inf", timeCourse: "tau" };
  for (const child of element.children) {
    const name = child.localName;
    if (["notes", "annotation"].includes(name)) continue;
    if (name === "q10Settings" && child.getAttribute("type") === "q10ExpTemp") Object.assign(gate, { q10: quantityOf(child, "q10Factor", "none"), reference: quantityOf(child, "experimentalTemp", "temperature") });
    else if (name === "q10Settings" && child.getAttribute("type") === "q10Fixed") gate.speed = quantityOf(child, "fixedQ10", "none");
    else if (roles.includes(places[name])) gate[places[name]] = rateFrom(child);
    else throw new Unsupported(name);
  }
  for (const role of roles) if (!(role in gate)) throw new Unsupported(`${gate.name} ${role}`);
  return gate;
}

/** The channels of a NeuroML text. Throws {@link Unsupported} with the name of what has no form here. */
function channelsFrom(written) {
  const tree = new DOMParser().parseFromString(written, "application/xml");
  if (tree.querySelector("parsererror")) throw new Unsupported("XML");
  const found = [...tree.querySelectorAll("ionChannel, ionChannelHH, ionChannelPassive")];
  if (!found.length) throw new Unsupported([...tree.documentElement.children].find((child) => !/^(notes|annotation|include)$/i.test(child.localName))?.localName ?? "neuroml");
  return found.map((element) => {
    const species = (element.getAttribute("species") ?? "").toLowerCase();
    const gates = [...element.children].filter(({ localName }) => !["notes", "annotation"].includes(localName)).map((child) => {
      if (!child.localName.startsWith("gate")) throw new Unsupported(child.localName);
      return gateFrom(child);
    });
    const name = (element.getAttribute("id") ?? "X").replace(/\W/g, "_").replace(/^\d/, "_$&").slice(0, 24);
    return { name, g: 1, drive: { form: "ohmic", E: REVERSAL[species] ?? -70 }, gates };
  });
}
