// What a page does beyond links and forms: times in the viewer's zone, copying, the theme, menus.
(() => {
  "use strict";

  const FORMS = {
    long: { dateStyle: "medium", timeStyle: "medium", hourCycle: "h23" },
    short: { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    clock: { timeStyle: "medium", hourCycle: "h23" },
    second: { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
  };

  function localTimes(root) {
    for (const time of root.querySelectorAll("time[datetime]")) {
      const at = new Date(time.dateTime);
      time.title = at.toISOString();
      time.textContent = new Intl.DateTimeFormat(undefined, FORMS[time.dataset.form] ?? FORMS.long).format(at);
    }
  }

  const THEMES = ["", "light", "dark"];
  const THEME_NAMES = { "": "System theme", light: "Light theme", dark: "Dark theme" };

  function showTheme() {
    const theme = document.documentElement.dataset.theme ?? "";
    for (const name of document.querySelectorAll("[data-theme-name]")) name.textContent = THEME_NAMES[theme];
  }

  function nextTheme() {
    const root = document.documentElement;
    const next = THEMES[(THEMES.indexOf(root.dataset.theme ?? "") + 1) % THEMES.length];
    root.dataset.theme = next;
    document.cookie = `weir_theme=${next}; path=/; max-age=31536000; samesite=strict`;
    showTheme();
    redraw();
  }

  function redraw() {
    window.weirCharts.redraw();
    window.weirHeat.redraw();
  }

  async function copy(button) {
    const label = button.querySelector("span");
    const text = document.getElementById(button.dataset.copy).textContent;
    try {
      await navigator.clipboard.writeText(text);
      label.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(document.getElementById(button.dataset.copy));
      label.textContent = "Press Ctrl+C";
    }
    setTimeout(() => (label.textContent = "Copy"), 1500);
  }

  function closeMenus(except) {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (menu !== except) menu.open = false;
    }
  }

  document.addEventListener("click", (event) => {
    closeMenus(event.target.closest("details.menu"));
    const button = event.target.closest("button");
    if (button?.dataset.copy) copy(button);
    if (button && "themeSwitch" in button.dataset) nextTheme();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeMenus(null);
  });

  function ready(root) {
    localTimes(root);
    window.weirCharts.draw(root);
    window.weirHeat.draw(root);
    showTheme();
    const fold = root.querySelector?.("details.fold");
    if (fold && matchMedia("(max-width: 820px)").matches) fold.open = false;
  }

  window.weirTimes = localTimes;
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  document.addEventListener("htmx:load", (event) => ready(event.detail.elt));
  ready(document);
})();
