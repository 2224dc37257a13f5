// Answers that a reader types beside an exercise: each number that was foreseen has something said to it.
for (const form of document.querySelectorAll(".check form")) {
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
  });
}
