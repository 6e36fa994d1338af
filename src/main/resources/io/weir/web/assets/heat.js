// Draws each <figure data-heat> on a canvas: a cell for each step and row, the stronger the more calls.
(() => {
  "use strict";

  const { color, format, moment, timeTick, zoomTo } = window.weirCharts;
  const LEFT = 64;
  const BOTTOM = 22;
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
    const most = Math.max(1, ...spec.rows.flatMap((row) => row.values));
    pen.font = "11px " + getComputedStyle(document.body).fontFamily;
    pen.textBaseline = "middle";
    spec.rows.forEach((row, index) => {
      const top = (spec.rows.length - 1 - index) * height;
      pen.fillStyle = color("c1");
      row.values.forEach((value, at) => {
        // A square root, so that one call among thousands can still be seen.
        pen.globalAlpha = value ? 0.12 + 0.88 * Math.sqrt(value / most) : 0;
        pen.fillRect(LEFT + at * width, top, Math.max(1, width - 1), Math.max(1, height - 1));
      });
      pen.globalAlpha = 1;
      pen.fillStyle = color("muted");
      pen.textAlign = "right";
      if (height >= 11 || index % 2 === 0) pen.fillText(row.label, LEFT - 8, top + height / 2);
    });
    pen.textAlign = "center";
    const every = Math.max(1, Math.ceil(70 / width));
    for (let at = every; at < spec.x.length; at += every) pen.fillText(timeTick(spec.x[at]), LEFT + at * width, canvas.clientHeight - BOTTOM / 2);
  }

  function cellAt(map, event) {
    const { spec, canvas } = map;
    const box = canvas.getBoundingClientRect();
    const { width, height } = geometry(map);
    const at = Math.floor((event.clientX - box.left - LEFT) / width);
    const index = spec.rows.length - 1 - Math.floor((event.clientY - box.top) / height);
    return spec.rows[index] && at >= 0 && at < spec.x.length ? { at, row: spec.rows[index] } : null;
  }

  function point(map, event) {
    const { spec, canvas, tip } = map;
    const cell = cellAt(map, event);
    tip.hidden = !cell;
    if (!cell) return;
    tip.textContent = `${moment.format(spec.x[cell.at] * 1e3)} · ${cell.row.label}: ${format("calls", cell.row.values[cell.at])}`;
    const left = event.clientX - canvas.getBoundingClientRect().left;
    const room = canvas.clientWidth - tip.offsetWidth - 14;
    tip.style.left = (left > room ? left - tip.offsetWidth - 12 : left + 12) + "px";
    tip.style.top = "6px";
  }

  function drawOne(figure) {
    const plot = figure.querySelector(".plot");
    const canvas = Object.assign(document.createElement("canvas"), { className: "heat" });
    const tip = Object.assign(document.createElement("div"), { className: "tip", hidden: true });
    plot.append(canvas, tip);
    const map = { spec: JSON.parse(figure.dataset.heat), canvas, tip };
    let from = null;
    canvas.addEventListener("mousemove", (event) => point(map, event));
    canvas.addEventListener("mouseleave", () => (tip.hidden = true));
    canvas.addEventListener("mousedown", (event) => (from = cellAt(map, event)));
    canvas.addEventListener("mouseup", (event) => {
      const to = cellAt(map, event);
      if (!from || !to || from.at === to.at) return;
      const [first, last] = [from.at, to.at].sort((a, b) => a - b);
      zoomTo(map.spec.x[first], map.spec.x[last] + map.spec.step);
    });
    drawn.set(figure, map);
    paint(map);
    sizes.observe(canvas);
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
