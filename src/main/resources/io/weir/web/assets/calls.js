// Puts calls on top of the list as they end: rows come as events, and are built as text.
(() => {
  "use strict";

  const MOST_ROWS = 200;
  const LINKED = 0;

  let followed = null;

  function cell({ text, kind, tone }, href) {
    const td = document.createElement("td");
    td.className = `${kind} ${tone}`;
    const shown = document.createElement(href ? "a" : "span");
    if (href) shown.href = href;
    if (kind === "time") {
      const time = document.createElement("time");
      time.dateTime = text;
      time.dataset.form = "second";
      shown.append(time);
    } else {
      shown.textContent = text;
    }
    td.append(shown);
    return td;
  }

  function row({ href, cells }) {
    const tr = document.createElement("tr");
    tr.className = "news";
    tr.append(...cells.map((each, index) => cell(each, index === LINKED ? href : null)));
    return tr;
  }

  class Tail {
    constructor(panel) {
      this.panel = panel;
      this.rows = panel.querySelector("tbody");
      this.state = panel.querySelector("[data-tail-state]");
      this.button = panel.querySelector("[data-tail-pause]");
      this.waiting = [];
      this.seen = 0;
      this.paused = false;
      this.button.hidden = false;
      this.button.addEventListener("click", () => this.pause(!this.paused));
      this.open();
    }

    open() {
      if (this.source) return;
      this.source = new EventSource(this.panel.dataset.tail);
      this.source.onopen = () => this.show();
      this.source.onerror = () => (this.state.textContent = "The connection was lost; trying again.");
      this.source.onmessage = (event) => this.take(JSON.parse(event.data));
    }

    close() {
      this.source?.close();
      this.source = null;
    }

    take(call) {
      this.seen++;
      this.waiting.push(call);
      // More than the list holds would be thrown away again.
      if (this.waiting.length > MOST_ROWS) this.waiting.shift();
      if (!this.paused && !this.drawing) this.drawing = requestAnimationFrame(() => this.draw());
      if (this.paused) this.show();
    }

    draw() {
      this.drawing = null;
      const news = this.waiting.splice(0).reverse().map(row);
      this.rows.prepend(...news);
      while (this.rows.rows.length > MOST_ROWS) this.rows.lastElementChild.remove();
      this.panel.querySelector("[data-tail-empty]")?.remove();
      for (const each of news) {
        window.weirTimes(each);
        window.htmx?.process(each);
      }
      this.show();
    }

    pause(paused) {
      this.paused = paused;
      this.button.textContent = paused ? "Go on" : "Pause";
      if (!paused) this.draw();
      this.show();
    }

    show() {
      const waiting = this.waiting.length;
      this.state.textContent = this.paused
        ? `Paused; ${waiting === MOST_ROWS ? `the last ${waiting}` : waiting} wait`
        : `Live: ${this.seen} since this page was opened`;
    }
  }

  function look() {
    if (followed && !followed.panel.isConnected) {
      followed.close();
      followed = null;
    }
    const panel = document.querySelector("[data-tail]");
    if (panel && !followed) followed = new Tail(panel);
  }

  // A browser opens six connections to a server: a page that nobody sees must not hold one.
  document.addEventListener("visibilitychange", () => (document.hidden ? followed?.close() : followed?.open()));
  document.addEventListener("htmx:load", look);
  look();
})();
