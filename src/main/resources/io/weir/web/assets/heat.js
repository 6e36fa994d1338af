// Draws each <figure data-heat>: how many calls took how long when. A click or a drag narrows the page to them.
(() => {
  "use strict";

  const LEFT = 58;
  const BOTTOM = 22;
  const TOP = 4;
  const ROW = 7;
  const TICKS = [1, 2, 5];
  const maps = new Map();

  const color = (tone) => getComputedStyle(document.documentElement).getPropertyValue("--" + tone).trim();
  const count = (value) => value.toLocaleString("en");
  const moment = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const minute = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric" });

  function millis(value) {
    const [number, unit] = value < 999.5 ? [value, " ms"] : value < 59950 ? [value / 1e3, " s"] : [value / 6e4, " min"];
    return Number(number.toPrecision(3)) + unit;
  }

  class HeatMap {
    constructor(figure) {
      this.spec = JSON.parse(figure.dataset.heat);
      this.place = figure.querySelector(".cells");
      this.canvas = this.place.appendChild(document.createElement("canvas"));
      this.mark = this.place.appendChild(Object.assign(document.createElement("div"), { className: "mark", hidden: true }));
      this.tip = this.place.appendChild(Object.assign(document.createElement("div"), { className: "tip", hidden: true }));
      this.most = Math.max(1, ...this.spec.counts.flat());
      this.low = Math.log(this.spec.edges[0]);
      this.high = Math.log(this.spec.edges.at(-1));
      this.columns = this.spec.x.map((_, at) => this.spec.counts.reduce((sum, band) => sum + band[at], 0));
      this.listen();
    }

    get width() { return this.place.clientWidth - LEFT; }
    get height() { return Math.min(320, Math.max(130, this.spec.counts.length * ROW)); }
    get cell() { return { width: this.width / this.spec.x.length, height: this.height / this.spec.counts.length }; }

    draw() {
      const scale = devicePixelRatio || 1;
      const { canvas } = this;
      canvas.width = this.place.clientWidth * scale;
      canvas.height = (TOP + this.height + BOTTOM) * scale;
      const ink = canvas.getContext("2d");
      ink.scale(scale, scale);
      ink.font = "11px " + getComputedStyle(document.body).fontFamily;
      this.drawAxes(ink);
      this.drawCells(ink);
      for (const line of this.spec.lines) this.drawLine(ink, line);
    }

    drawCells(ink) {
      const { width, height } = this.cell;
      const edge = (value) => Math.round(value);
      ink.fillStyle = color("heat");
      this.spec.counts.forEach((band, row) => {
        const top = edge(TOP + this.height - (row + 1) * height);
        const bottom = edge(TOP + this.height - row * height);
        band.forEach((calls, at) => {
          if (!calls) return;
          const left = edge(LEFT + at * width);
          ink.globalAlpha = 0.16 + (0.84 * Math.log1p(calls)) / Math.log1p(this.most);
          ink.fillRect(left, top, Math.max(1, edge(LEFT + (at + 1) * width) - left), Math.max(1, bottom - top));
        });
      });
      ink.globalAlpha = 1;
    }

    drawLine(ink, { tone, values }) {
      const { width } = this.cell;
      ink.strokeStyle = color(tone);
      ink.lineWidth = 1.5;
      ink.beginPath();
      values.forEach((value, at) => {
        if (value == null) return;
        const y = this.y(value);
        const x = LEFT + at * width;
        if (values[at - 1] == null) ink.moveTo(x, y); else ink.lineTo(x, y);
        ink.lineTo(x + width, y);
      });
      ink.stroke();
    }

    drawAxes(ink) {
      ink.strokeStyle = color("line");
      ink.fillStyle = color("muted");
      ink.lineWidth = 1;
      ink.textAlign = "right";
      ink.textBaseline = "middle";
      let last = Infinity;
      for (const tick of this.latencies()) {
        const y = Math.round(this.y(tick)) + 0.5;
        if (last - y < 15) continue;
        last = y;
        ink.fillText(millis(tick), LEFT - 8, y);
        ink.beginPath();
        ink.moveTo(LEFT, y);
        ink.lineTo(LEFT + this.width, y);
        ink.stroke();
      }
      ink.textAlign = "center";
      const every = Math.max(1, Math.ceil(86 / this.cell.width));
      for (let at = 0; at < this.spec.x.length; at += every) {
        const x = LEFT + at * this.cell.width;
        if (x + 30 > this.place.clientWidth) break;
        ink.textAlign = at === 0 ? "left" : "center";
        ink.fillText(this.time(this.spec.x[at]), x, TOP + this.height + 13);
      }
    }

    // Round latencies within the map: 1, 2 and 5 of each power of ten.
    latencies() {
      const from = Math.floor(this.low / Math.LN10);
      const to = Math.ceil(this.high / Math.LN10);
      const all = [];
      for (let power = from; power <= to; power++) {
        for (const tick of TICKS) {
          const value = Math.log(tick) + power * Math.LN10;
          if (value >= this.low && value <= this.high) all.push(tick * 10 ** power);
        }
      }
      return all.length ? all : [this.spec.edges[0]];
    }

    y(latency) {
      const share = (Math.log(latency) - this.low) / (this.high - this.low);
      return TOP + this.height * (1 - Math.min(1, Math.max(0, share)));
    }

    time(seconds) {
      const at = new Date(seconds * 1e3);
      if (this.spec.step >= 86400) return day.format(at);
      return this.spec.x.length * this.spec.step > 86400 * 1.5 ? moment.format(at) : minute.format(at);
    }

    // The cell under the pointer, the nearest one outside the map.
    at(event) {
      const box = this.canvas.getBoundingClientRect();
      const within = (value, most) => Math.min(most - 1, Math.max(0, Math.floor(value)));
      return {
        column: within((event.clientX - box.left - LEFT) / this.cell.width, this.spec.x.length),
        row: within((TOP + this.height - (event.clientY - box.top)) / this.cell.height, this.spec.counts.length),
      };
    }

    listen() {
      const { canvas } = this;
      let from = null;
      canvas.addEventListener("pointerdown", (event) => {
        if (event.button !== 0) return;
        from = this.at(event);
        canvas.setPointerCapture(event.pointerId);
        this.select(from, from);
      });
      canvas.addEventListener("pointermove", (event) => {
        const to = this.at(event);
        if (from) this.select(from, to);
        this.tell(from ?? to, to, event);
      });
      canvas.addEventListener("pointerup", (event) => {
        if (from) this.narrow(from, this.at(event));
        from = null;
      });
      const end = () => { from = null; this.mark.hidden = this.tip.hidden = true; };
      canvas.addEventListener("pointercancel", end);
      canvas.addEventListener("pointerleave", () => from || end());
    }

    // From which column and row to which, in order.
    range(from, to) {
      return {
        left: Math.min(from.column, to.column), right: Math.max(from.column, to.column) + 1,
        low: Math.min(from.row, to.row), high: Math.max(from.row, to.row) + 1,
      };
    }

    select(from, to) {
      const { left, right, low, high } = this.range(from, to);
      const { width, height } = this.cell;
      this.mark.hidden = false;
      Object.assign(this.mark.style, {
        left: LEFT + left * width + "px", width: (right - left) * width + "px",
        top: TOP + this.height - high * height + "px", height: (high - low) * height + "px",
      });
    }

    tell(from, to, event) {
      const { left, right, low, high } = this.range(from, to);
      const { spec } = this;
      const sum = (columns) => columns.reduce((all, each) => all + each, 0);
      const calls = sum(spec.counts.slice(low, high).map((band) => sum(band.slice(left, right))));
      const of = sum(this.columns.slice(left, right));
      const until = spec.x[right - 1] + spec.step;
      const text = (tag, textContent) => Object.assign(document.createElement(tag), { textContent });
      const row = text("p", `${count(calls)} ${calls === 1 ? "call" : "calls"}`);
      if (of) row.append(text("small", `${Math.round((100 * calls) / of)} % of that time`));
      this.tip.replaceChildren(
        text("b", `${moment.format(spec.x[left] * 1e3)} – ${minute.format(until * 1e3)}`),
        text("p", `${millis(spec.edges[low])} – ${millis(spec.edges[high])}`), row);
      this.tip.hidden = false;
      const box = this.canvas.getBoundingClientRect();
      const x = event.clientX - box.left;
      const beside = x + 14 + this.tip.offsetWidth > this.place.clientWidth ? x - this.tip.offsetWidth - 14 : x + 14;
      this.tip.style.left = Math.max(0, beside) + "px";
      this.tip.style.top = Math.max(0, Math.min(event.clientY - box.top + 14, this.height - this.tip.offsetHeight)) + "px";
    }

    // Filters are whole milliseconds: rather a little more than was marked than less.
    narrow(from, to) {
      const { left, right, low, high } = this.range(from, to);
      const { spec } = this;
      const url = new URL(location.href);
      url.searchParams.delete("last");
      const iso = (seconds) => new Date(seconds * 1e3).toISOString();
      url.searchParams.set("since", iso(spec.x[left]));
      url.searchParams.set("until", iso(spec.x[right - 1] + spec.step));
      url.searchParams.set("min_latency_ms", Math.floor(spec.edges[low]));
      url.searchParams.set("max_latency_ms", Math.ceil(spec.edges[high]));
      location.assign(url);
    }
  }

  function drawAll(root) {
    for (const figure of maps.keys()) if (!figure.isConnected) maps.delete(figure);
    for (const figure of root.querySelectorAll("figure[data-heat]")) {
      if (maps.has(figure) || !JSON.parse(figure.dataset.heat).counts.length) continue;
      const map = new HeatMap(figure);
      maps.set(figure, map);
      sizes.observe(map.place);
      map.draw();
    }
  }

  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) maps.get(target.closest("figure"))?.draw();
  });

  const { draw, redraw } = window.weirCharts;
  window.weirCharts = {
    draw(root) { draw(root); drawAll(root); },
    redraw() { redraw(); maps.forEach((map) => map.draw()); },
  };
})();
