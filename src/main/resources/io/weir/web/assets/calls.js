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

  // A stream's text once more, each piece when it came: data-pace holds "milliseconds+characters".
  class Replay {
    constructor(button) {
      this.button = button;
      this.state = button.parentElement.querySelector("[data-replay-state]");
      this.texts = [...document.querySelectorAll("[data-pace]")].map((node) => {
        let end = 0;
        const steps = node.dataset.pace.split(" ").map((step) => {
          const [at, length] = step.split("+").map(Number);
          end += length;
          return { at, end };
        });
        return { node, steps, text: node.textContent, shown: -1 };
      });
      this.total = Math.max(...this.texts.map(({ steps }) => steps.at(-1).at));
      button.hidden = false;
      button.addEventListener("click", () => (this.began ? this.stop() : this.begin()));
    }

    begin() {
      this.began = performance.now();
      this.button.textContent = "Stop";
      // The page below must not move with the text.
      for (const { node } of this.texts) node.style.minHeight = `${node.offsetHeight}px`;
      this.step();
    }

    step() {
      if (!this.began || !this.button.isConnected) return;
      const now = performance.now() - this.began;
      if (now > this.total) return this.stop();
      for (const text of this.texts) {
        const next = text.steps.findLast(({ at }) => at <= now)?.end ?? 0;
        if (next !== text.shown) text.node.textContent = text.text.slice(0, (text.shown = next));
      }
      this.state.textContent = `${(now / 1000).toFixed(1)} s of ${(this.total / 1000).toFixed(1)} s`;
      requestAnimationFrame(() => this.step());
    }

    stop() {
      this.began = 0;
      this.button.textContent = "Play as it came";
      this.state.textContent = "";
      for (const text of this.texts) {
        text.node.textContent = text.text;
        text.node.style.minHeight = "";
        text.shown = -1;
      }
    }
  }

  function look() {
    if (followed && !followed.panel.isConnected) {
      followed.close();
      followed = null;
    }
    const panel = document.querySelector("[data-tail]");
    if (panel && !followed) followed = new Tail(panel);
    const button = document.querySelector("[data-replay][hidden]");
    if (button) new Replay(button);
  }

  // A browser opens six connections to a server: a page that nobody sees must not hold one.
  document.addEventListener("visibilitychange", () => (document.hidden ? followed?.close() : followed?.open()));
  document.addEventListener("htmx:load", look);
  look();
})();
