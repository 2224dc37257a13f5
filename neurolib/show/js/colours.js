// The theme sets the colours when the page has been read, and until then takes those of last time, or light ones: where
// they follow the system, tell it the system's. No light page flashes in the dark, and nothing is styled twice.
(() => {
  const mode = localStorage.getItem("mode") || "auto";
  const dark = mode === "auto" ? matchMedia("(prefers-color-scheme: dark)").matches : mode === "dark";
  localStorage.setItem("theme", dark ? "dark" : "light");
})();
