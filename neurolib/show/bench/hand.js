// The hand: groups of controls behind tabs, one at a time; a group is built anew when the experiment's form changes.

const groups = {};

/** What an experiment is like, but for its numbers: when this changes, the controls are others. */
const formOf = (experiment) => JSON.stringify(experiment, (key, value) => (typeof value === "number" ? 0 : value));

function handPart(bench) {
  const { text, hand } = bench, names = Object.keys(groups);
  const panel = make("div", { class: "bench-group", role: "tabpanel", id: "bench-group", tabindex: "-1" });
  const tabs = names.map((name) => make("button", { type: "button", role: "tab", "data-group": name, id: `bench-tab-${name}`, "aria-controls": "bench-group", click: () => choose(name) }, text[`group_${name}`]));
  const list = make("div", { class: "bench-tabs", role: "tablist", "aria-label": text.controls, keydown: (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    choose(names[(names.indexOf(bench.group) + by + names.length) % names.length]);
    tabs[names.indexOf(bench.group)].focus();
  } }, ...tabs);
  let form = "";

  function build() {
    const focused = panel.contains(document.activeElement) ? document.activeElement.dataset.key : undefined, scrolled = panel.scrollTop;
    const unfolded = [...panel.querySelectorAll("details[open]")].map((one) => one.dataset.fold);
    bench.followers = [];
    panel.replaceChildren(...groups[bench.group](bench));
    for (const one of panel.querySelectorAll("details")) one.open = unfolded.includes(one.dataset.fold);
    panel.setAttribute("aria-labelledby", `bench-tab-${bench.group}`);
    for (const sync of bench.followers) sync();
    panel.scrollTop = scrolled;
    if (focused !== undefined) ([...panel.querySelectorAll("[data-key]")].find((element) => element.dataset.key === focused) ?? panel).focus({ preventScroll: true });
  }

  const choose = (name) => {
    bench.group = name;
    form = "";
    arrange();
    panel.scrollTop = 0;
  };
  /** Build the group at hand if its form has changed. */
  const arrange = () => {
    const now = bench.group + bench.open + formOf(bench.experiment);
    if (now === form) return;
    form = now;
    tabs.forEach((tab) => {
      const here = tab.dataset.group === bench.group;
      tab.setAttribute("aria-selected", String(here));
      tab.tabIndex = here ? 0 : -1;
    });
    build();
  };
  bench.rebuild = () => {
    form = "";
    arrange();
  };
  bench.choose = choose;
  bench.refresh = arrange;
  hand.replaceChildren(list, panel);
  arrange();
}
