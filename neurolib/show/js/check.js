// Answers that a reader types or taps beside an exercise: each number that was foreseen has something said to it; what was
// answered is kept in this browser alone.

/** Keep that an answer was right or wrong, "later" where a wrong one came before the right one; one found stays found. */
function note(box, right, given) {
  const key = `neurolib:${box.dataset.check}`;
  const before = localStorage.getItem(key);
  if (before && before !== "wrong") return;
  localStorage.setItem(key, right ? (before ? "later" : "right") : "wrong");
  document.dispatchEvent(new CustomEvent("neurolib-progress", { detail: { key: box.dataset.check, given } }));
}

for (const box of document.querySelectorAll(".check[data-check]")) {
  for (const option of box.querySelectorAll("details")) {
    const given = option.querySelector("summary");
    option.addEventListener("toggle", () => option.open && note(box, option.dataset.right === "true", given.textContent));
  }
}
for (const form of document.querySelectorAll(".check[data-check] form")) {
  const field = form.querySelector("input");
  const status = form.querySelector(".check-status");
  const said = [...form.querySelectorAll(".check-said")];
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = parsed(field.value, form.dataset.unit);
    const met = ({ value, near }) => Math.abs(given - value) <= Number(near) * (1 + 1e-9);
    const found = Number.isNaN(given)
      ? said.find(({ dataset }) => "unread" in dataset)
      : said.find(({ dataset }) => "value" in dataset && met(dataset)) ?? said.find(({ dataset }) => "other" in dataset);
    status.replaceChildren(...found.cloneNode(true).childNodes);
    status.dataset.right = found.dataset.right ?? "";
    if (!Number.isNaN(given)) note(form.parentElement, found.dataset.right === "true", String(given));
  });
}
const showKept = () => {
  for (const box of document.querySelectorAll(".check[data-check]")) {
    box.toggleAttribute("data-found", ["right", "later"].includes(localStorage.getItem(`neurolib:${box.dataset.check}`)));
  }
};
document.addEventListener("neurolib-progress", showKept);
addEventListener("storage", showKept);
showKept();
