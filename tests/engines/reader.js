// What the tests of every engine do in a page, each in one call, since a call takes longer than most of what it asks.
(() => {
  const roots = () => [...document.querySelectorAll("[data-explorer]")];
  const explorerOf = (name) => document.querySelector(`[data-explorer="${name}"]`).neurolib;
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const open = (root) => {
    root.removeAttribute("data-sealed");
    root.querySelectorAll("details").forEach((details) => (details.open = true));
  };

  /** The bits of doubles as text. */
  const bits = (array) => {
    const bytes = new Uint8Array(Float64Array.from(array).buffer);
    let text = "";
    for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
    return btoa(text);
  };

  /** Until the frame is drawn, and a sweep or a glide at its end. */
  const settled = async (explorer) => {
    await frame();
    while (explorer.frame || explorer.busy || explorer.gliding) await frame();
  };

  /** What a reader sees of an explorer's state, and what it is. */
  const state = (explorer) => {
    const numbers = explorer.spec.readouts.map(({ name }) => explorer.results[name]);
    const shown = explorer.spec.controls.map((control) => {
      const main = explorer.input(control, control.kind);
      return [control.name, control.kind === "toggle" ? Number(main.checked) : Number(main.value),
        explorer.input(control, "number")?.value ?? null];
    });
    return {
      values: { ...explorer.values }, fault: explorer.fault, numbers: bits(numbers), shown,
      sentence: explorer.shown.textContent, figure: explorer.svg.innerHTML.includes("NaN") ? "NaN" : "",
    };
  };

  /** Put a slider to a share of its way, as a hand does. */
  const move = (name, share) => {
    const explorer = explorerOf(name);
    open(explorer.root);
    const control = explorer.spec.controls.find(({ kind }) => kind === "slider");
    const main = explorer.input(control, "slider");
    main.value = String(Math.round(share * Number(main.max)));
    main.dispatchEvent(new Event("input", { bubbles: true }));
  };

  /** A tool's button, in its opened fold. */
  const tool = (name, which) => {
    open(explorerOf(name).root);
    return explorerOf(name).root.querySelector(`[data-tool="${which}"]`);
  };

  window.reader = {
    move,
    focus(name, control) {
      open(explorerOf(name).root);
      const typed = explorerOf(name).form.querySelector(`[data-control="${control}"][data-role="number"]`);
      typed.focus();
      typed.select();
    },
    async typed(name, control) {
      const explorer = explorerOf(name);
      await settled(explorer);
      return [explorer.values[control], explorer.form.querySelector(`[data-note="${control}"]`).textContent];
    },

    /** What the buttons give the browser to save, as text. */
    async takeaway(name) {
      const files = {}, make = URL.createObjectURL;
      await settled(explorerOf(name));
      for (const which of ["csv", "svg", "png"]) {
        const blob = await new Promise((done) => {
          URL.createObjectURL = (given) => (done(given), make.call(URL, given));
          tool(name, which).click();
        });
        const bytes = new Uint8Array(await blob.arrayBuffer());
        files[which] = which === "png" ? String.fromCharCode(...bytes.subarray(0, 8)) : new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
      }
      URL.createObjectURL = make;
      return files;
    },
    async copied(name) {
      await new Promise((done) => setTimeout(done, 300)); // the Python call is written a little later
      tool(name, "python").click();
      await frame();
      return explorerOf(name).root.querySelector(".explorer-told").textContent;
    },
    explorerOf, settled, state, open,
    ready: () => roots().length > 0 && roots().every((root) => root.classList.contains("explorer-equipped")),
    names: () => roots().map((root) => root.dataset.explorer),

    /** The model's results at settings, after the first steps of a sweep. */
    evaluate(name, settings, steps) {
      const { model, arrays: own, numbers: fresh } = explorerOf(name);
      return settings.map((values) => {
        const arrays = Object.fromEntries(Object.entries(own).map(([key, array]) => [key, new Float64Array(array.length)]));
        const numbers = { ...fresh };
        let word = model.compute(values, arrays, numbers);
        for (let i = 0; i < steps && word === "ok"; i += 1) word = model.step(values, arrays, numbers, i);
        if (word === "ok") model.moment?.(values, arrays, numbers);
        const sizes = Object.entries({ ...arrays, ...numbers }).map(([key, value]) => [key, value.length ?? 1]);
        return [word, sizes, bits(Object.values({ ...arrays, ...numbers }).flatMap((v) => (v.length === undefined ? [v] : [...v])))];
      });
    },

    /** One control at places between its ends, by its own input; the state after each. */
    async operate(name, which, places) {
      const explorer = explorerOf(name), control = explorer.spec.controls[which];
      open(explorer.root);
      const main = explorer.input(control, control.kind), states = [];
      if (main.disabled) return states;
      const last = control.kind === "slider" ? Number(main.max) : control.max;
      const wanted = control.kind === "slider" ? places.map((place) => Math.round(place * last)) : [...Array(last + 1).keys()];
      for (const place of wanted) {
        if (control.kind === "toggle") main.checked = place === 1;
        else main.value = String(place);
        main.dispatchEvent(new Event("input", { bubbles: true }));
        await settled(explorer);
        states.push(state(explorer));
      }
      explorer.set(explorer.defaults());
      return states;
    },

    /** The states of all presets. */
    async presets(name) {
      const explorer = explorerOf(name), states = [];
      for (const preset of Object.keys(explorer.spec.presets ?? {})) {
        explorer.presets.value = preset;
        explorer.presets.dispatchEvent(new Event("change", { bubbles: true }));
        await settled(explorer);
        states.push(state(explorer));
      }
      explorer.set(explorer.defaults());
      return states;
    },
  };
})();
