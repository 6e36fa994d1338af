// Draws each <figure data-heat> on a canvas: a cell for each step and row, the stronger the more calls.
(() => {
  "use strict";

  const { color, format, moment, timeTick } = window.weirCharts;
  const LEFT = 64;
  const BOTTOM = 22;
  const TICKS = [1, 2, 5];
  const DAY = 86400;
  const day = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric" });
  const TIMES = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080].map((minutes) => 60 * minutes);
  const drawn = new Map();

  function geometry({ spec, canvas }) {
    const width = (canvas.clientWidth - LEFT) / spec.x.length;
    const height = (canvas.clientHeight - BOTTOM) / spec.rows.length;
    return { width, height };
  }

  function paint(map) {
    const { spec, canvas } = map;
    const scale = devicePixelRatio || 1;
    canvas.width = canvas.clientWidth * scale;
    canvas.height = canvas.clientHeight * scale;
    const pen = canvas.getContext("2d");
    pen.scale(scale, scale);
    const { width, height } = geometry(map);
    pen.font = "11px " + getComputedStyle(document.body).fontFamily;
    pen.textBaseline = "middle";
    if (spec.scale) paintLatencies(map, pen); else paintLabels(map, pen);
    // A square root, so that one call among thousands can still be seen.
    const most = Math.max(1, ...spec.rows.flatMap((row) => row.values));
    const gap = width > 6 && height > 6 ? 1 : 0;
    pen.fillStyle = color("c1");
    spec.rows.forEach((row, index) => {
      const top = (spec.rows.length - 1 - index) * height;
      row.values.forEach((value, at) => {
        if (!value) return;
        pen.globalAlpha = 0.14 + 0.86 * Math.sqrt(value / most);
        pen.fillRect(LEFT + at * width, top, Math.max(1, width - gap), Math.max(1, height - gap));
      });
    });
    pen.globalAlpha = 1;
    for (const line of spec.scale?.lines ?? []) paintLine(map, pen, line);
    pen.fillStyle = color("muted");
    pen.textAlign = "center";
    const least = spec.x.length * spec.step > 3 * DAY ? DAY : 0;
    const every = TIMES.find((seconds) => seconds >= least && (seconds / spec.step) * width >= 60) ?? TIMES.at(-1);
    const round = (seconds) => Math.floor((seconds - new Date(seconds * 1e3).getTimezoneOffset() * 60) / every);
    for (let at = 1; at < spec.x.length; at++) {
      if (round(spec.x[at]) === round(spec.x[at - 1])) continue;
      const x = Math.min(LEFT + at * width, canvas.clientWidth - 22);
      pen.fillText(every < DAY ? timeTick(spec.x[at]) : day.format(spec.x[at] * 1e3), x, canvas.clientHeight - BOTTOM / 2);
    }
  }

  function paintLabels(map, pen) {
    const { height } = geometry(map);
    const { rows } = map.spec;
    pen.fillStyle = color("muted");
    pen.textAlign = "right";
    rows.forEach((row, index) => {
      if (height >= 11 || index % 2 === 0) pen.fillText(row.label, LEFT - 8, (rows.length - 0.5 - index) * height);
    });
  }

  // Round latencies, 1, 2 and 5 of each power of ten, as far as there is room for them.
  function paintLatencies(map, pen) {
    const { edges } = map.spec.scale;
    pen.fillStyle = color("muted");
    pen.strokeStyle = color("line");
    pen.textAlign = "right";
    let last = Infinity;
    for (let power = Math.floor(Math.log10(edges[0])); power <= Math.log10(edges.at(-1)); power++) {
      for (const tick of TICKS.map((digit) => digit * 10 ** power)) {
        const y = Math.round(height(map, tick)) + 0.5;
        if (tick < edges[0] || tick > edges.at(-1) || last - y < 16) continue;
        last = y;
        pen.fillText(format("ms", tick), LEFT - 8, Math.max(7, y));
        pen.beginPath();
        pen.moveTo(LEFT, y);
        pen.lineTo(map.canvas.clientWidth, y);
        pen.stroke();
      }
    }
  }

  function paintLine(map, pen, { tone, values }) {
    const { width } = geometry(map);
    pen.strokeStyle = color(tone);
    pen.lineWidth = 1.5;
    pen.beginPath();
    values.forEach((value, at) => {
      if (value == null) return;
      const x = LEFT + at * width;
      if (values[at - 1] == null) pen.moveTo(x, height(map, value)); else pen.lineTo(x, height(map, value));
      pen.lineTo(x + width, height(map, value));
    });
    pen.stroke();
  }

  // Where in the canvas a latency is; one outside is at the edge.
  function height({ spec, canvas }, millis) {
    const { edges } = spec.scale;
    const share = Math.log(millis / edges[0]) / Math.log(edges.at(-1) / edges[0]);
    return (canvas.clientHeight - BOTTOM) * (1 - Math.min(1, Math.max(0, share)));
  }

  // The cell beneath the pointer, the nearest one outside of the map.
  function cellAt(map, event) {
    const { spec, canvas } = map;
    const box = canvas.getBoundingClientRect();
    const { width, height } = geometry(map);
    const within = (value, count) => Math.min(count - 1, Math.max(0, Math.floor(value)));
    return {
      at: within((event.clientX - box.left - LEFT) / width, spec.x.length),
      index: spec.rows.length - 1 - within((event.clientY - box.top) / height, spec.rows.length),
    };
  }

  // From which step and row to which; without a scale the rows are not a range.
  function range({ spec }, from, to) {
    const [first, last] = [from.at, to.at].sort((a, b) => a - b);
    const [low, high] = [from.index, to.index].sort((a, b) => a - b);
    return spec.scale ? { first, last, low, high } : { first, last, low: 0, high: spec.rows.length - 1 };
  }

  function mark(map, { first, last, low, high }) {
    const { width, height } = geometry(map);
    map.mark.hidden = false;
    Object.assign(map.mark.style, {
      left: LEFT + first * width + "px", width: (last - first + 1) * width + "px",
      top: (map.spec.rows.length - 1 - high) * height + "px", height: (high - low + 1) * height + "px",
    });
  }

  function tell(map, event, { first, last, low, high }) {
    const { spec, canvas, tip } = map;
    const sum = (rows) => rows.flatMap((row) => row.values.slice(first, last + 1)).reduce((all, each) => all + each, 0);
    const [calls, all] = [sum(spec.rows.slice(low, high + 1)), sum(spec.rows)];
    const text = (tag, textContent) => Object.assign(document.createElement(tag), { textContent });
    const when = moment.format(spec.x[first] * 1e3) + (first === last ? "" : " – " + moment.format((spec.x[last] + spec.step) * 1e3));
    const row = spec.scale
      ? `${format("ms", spec.scale.edges[low])} – ${format("ms", spec.scale.edges[high + 1])}`
      : low === high ? spec.rows[low].label : "";
    tip.replaceChildren(text("b", when), row, text("span", `${format("calls", calls)} ${calls === 1 ? "call" : "calls"}`));
    if (all) tip.append(text("span", `${format("share", calls / all)} of that time`));
    tip.hidden = false;
    const left = event.clientX - canvas.getBoundingClientRect().left;
    const room = canvas.clientWidth - tip.offsetWidth - 14;
    tip.style.left = Math.max(0, left > room ? left - tip.offsetWidth - 12 : left + 12) + "px";
    tip.style.top = "6px";
  }

  // Filters are whole milliseconds: rather a little more than was marked than less.
  function choose({ spec, plot, canvas }, event, { first, last, low, high }) {
    const { scale } = spec;
    const filters = scale ? { [scale.least]: Math.floor(scale.edges[low]), [scale.most]: Math.ceil(scale.edges[high + 1]) } : {};
    const box = canvas.getBoundingClientRect();
    window.weirSelection.offer(plot, { since: spec.x[first], until: spec.x[last] + spec.step, filters }, event.clientX - box.left, event.clientY - box.top);
  }

  function listen(map) {
    const { canvas } = map;
    let from = null;
    const end = () => {
      from = null;
      map.tip.hidden = map.mark.hidden = true;
    };
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      from = cellAt(map, event);
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => {
      const cell = cellAt(map, event);
      if (from) mark(map, range(map, from, cell)); else map.mark.hidden = true;
      tell(map, event, from ? range(map, from, cell) : { first: cell.at, last: cell.at, low: cell.index, high: cell.index });
    });
    canvas.addEventListener("pointerup", (event) => {
      if (!from) return;
      const chosen = range(map, from, cellAt(map, event));
      end();
      mark(map, chosen);
      choose(map, event, chosen);
    });
    canvas.addEventListener("pointercancel", end);
    canvas.addEventListener("pointerleave", () => {
      map.tip.hidden = true;
    });
    map.plot.addEventListener("weir:unselect", end);
  }

  function drawOne(figure) {
    const spec = JSON.parse(figure.dataset.heat);
    if (!spec.rows.length) return;
    const plot = figure.querySelector(".plot");
    const part = (tag, className) => plot.appendChild(Object.assign(document.createElement(tag), { className }));
    const map = { spec, plot, canvas: part("canvas", "heat"), mark: part("div", "mark"), tip: part("div", "tip") };
    map.mark.hidden = map.tip.hidden = true;
    map.canvas.setAttribute("aria-hidden", "true");
    listen(map);
    drawn.set(figure, map);
    paint(map);
    sizes.observe(map.canvas);
  }

  function draw(root) {
    for (const figure of drawn.keys()) if (!figure.isConnected) drawn.delete(figure);
    for (const figure of root.querySelectorAll("figure[data-heat]")) if (!drawn.has(figure)) drawOne(figure);
  }

  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const map = drawn.get(target.closest("figure"));
      if (map) paint(map);
    }
  });

  window.weirHeat = { draw, redraw: () => drawn.forEach(paint) };
})();
