// What can be done with a part of a chart that was drawn over: make it the page's view, list its calls, ask why it differs.
(() => {
  "use strict";

  // What of a page's address is its own, and means nothing to another page.
  const OWN = ["last", "since", "until", "by", "sort", "live", "notice"];
  // Calls of one range of latency are all alike slow: what sets slow ones apart is in all of them.
  const LATENCY = ["min_latency_ms", "max_latency_ms"];
  let open = null;

  const iso = (seconds) => new Date(Math.round(seconds) * 1e3).toISOString();

  function close() {
    if (!open) return;
    const { box, plot, before } = open;
    open = null;
    box.remove();
    plot.dispatchEvent(new CustomEvent("weir:unselect"));
    before?.focus?.();
  }

  function zoom({ since, until, filters }) {
    const url = new URL(location.href);
    url.searchParams.delete("last");
    for (const [name, value] of Object.entries({ since: iso(since), until: iso(until), ...filters })) url.searchParams.set(name, value);
    return url.href;
  }

  function elsewhere(path, parameters, without = []) {
    const url = new URL(path, location.href);
    for (const [name, value] of new URL(location.href).searchParams) if (![...OWN, ...without].includes(name)) url.searchParams.set(name, value);
    for (const [name, value] of Object.entries(parameters)) if (value !== "") url.searchParams.set(name, value);
    return url.href;
  }

  // An element above says what more the calls of its charts have in common, and what is wrong with them.
  function places(plot, selection) {
    const { since, until, filters } = selection;
    const about = plot.closest("[data-narrow]")?.dataset ?? {};
    const time = { since: iso(since), until: iso(until) };
    return [
      ["Zoom in", zoom(selection)],
      ["Show these calls", elsewhere("/calls", { ...time, ...filters, ...Object.fromEntries(new URLSearchParams(about.narrow ?? "")) })],
      ["Why is it different?", elsewhere("/why", { ...time, what: about.what ?? "" }, LATENCY)],
    ];
  }

  function offer(plot, selection, x, y) {
    close();
    const box = Object.assign(document.createElement("div"), { className: "selection" });
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "What to do with the selected part");
    for (const [textContent, href] of places(plot, selection)) box.append(Object.assign(document.createElement("a"), { textContent, href }));
    const before = document.activeElement;
    plot.append(box);
    box.style.left = Math.max(0, Math.min(x + 6, plot.clientWidth - box.offsetWidth)) + "px";
    box.style.top = Math.max(0, Math.min(y + 6, plot.clientHeight - box.offsetHeight)) + "px";
    open = { box, plot, before };
    box.firstChild.focus({ preventScroll: true });
  }

  document.addEventListener("keydown", (event) => event.key === "Escape" && close());
  document.addEventListener("pointerdown", (event) => open && !open.box.contains(event.target) && close(), true);

  window.weirSelection = { offer };
})();
