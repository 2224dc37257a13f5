// Hold and compare, for the reader: a button.

function compareTool(explorer) {
  const { text, form, root } = explorer;
  const button = make("button", {
    type: "button", "data-tool": "hold", click: () => (explorer.ghosts ? explorer.release() : explorer.hold()),
  });
  const mark = () => {
    button.setAttribute("aria-pressed", String(Boolean(explorer.ghosts)));
    button.textContent = explorer.ghosts ? text.release : text.hold;
  };
  root.addEventListener("neurolib-held", mark);
  mark();
  form.querySelector(".explorer-buttons").append(button);
}
tools.push(compareTool);
