// Numbers and symbols as text, as neurolib.explorer.typography writes them; a small maker of elements.

const minus = (text) => text.replace(/^-/, "−");

function fixed(value, digits) {
  const text = value.toFixed(digits);
  return minus(Number(text) === 0 ? text.replace("-", "") : text);
}

function significant(value, digits = 3) {
  if (value === 0) return "0";
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
  if (exponent >= -3 && exponent < 5) return minus(String(Number(value.toPrecision(digits))));
  const raised = [...String(Number(exponent))].map((c) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(c)]).join("");
  return minus(`${Number(mantissa)}×10${raised}`).replace(/^(−?)1×/, "$1");
}

/** A number with so many decimals, or with three significant digits where that is null or "s". */
const numberText = (value, digits) => (digits === null || digits === "s" ? significant(value) : fixed(value, Number(digits)));

/** Put values into the {name}, {name:2} and {name:s} fields of a sentence; a number stays with the word after it. */
const fill = (template, values) =>
  template.replace(/\{(\w+)(?::(\d+|s))?\}( ?)/g, (_, name, digits, space) => numberText(values[name], digits || 1) + (space && "\u00a0"));

/** Put words into the {name} fields of a text. */
const filled = (template, words) => template.replace(/\{(\w+)\}/g, (_, name) => words[name] ?? "");

/** A value with its unit; a percent sign stands close. */
const withUnit = (text, unit) => (unit ? `${text}${unit === "%" ? "" : " "}${unit}` : text);

/** Write a text into an element, its symbols (V_m, g_Na) in italics with their index lowered. */
function typeset(element, text) {
  const parts = text.split(/(\[\w+[⁺⁻²]*\]|[A-Za-zα-ωΔ])_(\w+|∞)/u);
  element.replaceChildren(...parts.flatMap((part, i) => {
    if (i % 3 === 0) return part ? [part] : [];
    const markup = document.createElement(i % 3 === 1 ? "i" : "sub");
    markup.textContent = part;
    return [markup];
  }));
}

/** Write a text unless it is there: a page lays out anew what has been written, also where nothing has changed. */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** A text for ears and files, without the mark of an index. */
const plain = (text) => text.replace(/(\[\w+[⁺⁻²]*\]|[A-Za-zα-ωΔ])_(\w+)/gu, "$1$2");

/**
 * An element with attributes and children; a function as an attribute is a listener.
 * @param {string} tag @param {Object<string, any>} attributes @param {...(Node|string)} children
 */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** `call` when it has not been asked for during `delay` ms: with one timer, however often it is asked for. */
function atRest(call, delay) {
  let due = 0, waits = false;
  const look = () => {
    const left = due - performance.now();
    waits = left > 1;
    if (waits) setTimeout(look, left);
    else call();
  };
  return () => {
    due = performance.now() + delay;
    if (!waits) setTimeout(look, delay);
    waits = true;
  };
}

/** Text for a screen reader once the reader has come to rest, so that it is not read at every step of a slider. */
function politely(element, delay = 700) {
  let last = "";
  const speak = atRest(() => setText(element, last), delay);
  return (text) => {
    last = text;
    speak();
  };
}
