// Draws each <figure data-chart> with uPlot: lines, stacked areas and stacked columns, one look for all.
(() => {
  "use strict";

  const drawn = new Map();

  const color = (tone) => getComputedStyle(document.documentElement).getPropertyValue("--" + tone).trim();

  function short(value, digits = 3) {
    return Number(value.toPrecision(digits)).toLocaleString("en", { maximumSignificantDigits: digits });
  }

  function count(value) {
    if (value >= 1e9) return short(value / 1e9) + "G";
    if (value >= 1e6) return short(value / 1e6) + "M";
    if (value >= 1e5) return short(value / 1e3) + "k";
    return value.toLocaleString("en", { maximumFractionDigits: 1 });
  }

  function millis(value) {
    if (value < 999.5) return short(value) + " ms";
    return value < 59950 ? short(value / 1e3) + " s" : short(value / 6e4) + " min";
  }

  // The same words as Figures.java has for the tiles.
  const FORMATS = {
    ms: millis,
    us: (value) => millis(value / 1e3),
    share: (value) => short(100 * value) + " %",
    nano_usd: (value) => "$" + (value >= 1e12 ? Math.round(value / 1e9).toLocaleString("en") : value >= 1e9 ? (value / 1e9).toFixed(2) : short(value / 1e9)),
    per_second: (value) => short(value) + " /s",
  };

  const format = (unit, value) => (value == null ? "–" : value === 0 ? "0" : (FORMATS[unit] ?? count)(value));

  const intl = (options) => new Intl.DateTimeFormat(undefined, options);
  const moment = intl({ month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = intl({ month: "short", day: "numeric" });
  const minute = intl({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

  // The day at midnight, the time otherwise.
  function timeTick(seconds) {
    const at = new Date(seconds * 1e3);
    return at.getHours() || at.getMinutes() ? minute.format(at) : day.format(at);
  }

  // Half of a label at the end of the time is beyond the plot, in whichever language.
  function halfLabel(seconds, font) {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = font;
    return Math.ceil(Math.max(...[day, minute].map((form) => pen.measureText(form.format(seconds * 1e3)).width)) / 2);
  }

  // Each series upon the ones before it; hidden ones have no height, and where nothing is known is a gap.
  function stacked(series, shown) {
    const sum = new Array(series[0]?.values.length ?? 0).fill(0);
    return series.map(({ values }, index) =>
      values.map((value, at) => (value == null ? null : shown[index] ? (sum[at] += value) : sum[at])));
  }

  function tooltip(plot, spec, shown, stack) {
    const tip = document.createElement("div");
    tip.className = "tip";
    tip.hidden = true;
    return {
      hooks: {
        init: (u) => u.over.append(tip),
        setCursor: (u) => {
          const at = u.cursor.idx;
          tip.hidden = at == null || u.cursor.left < 0;
          if (tip.hidden) return;
          tip.replaceChildren();
          tip.append(Object.assign(document.createElement("b"), { textContent: moment.format(spec.x[at] * 1e3) }));
          const rows = spec.series.map((series, index) => ({ series, index })).filter(({ index }) => shown[index]);
          for (const { series } of stack ? rows.reverse() : rows) {
            const row = document.createElement("div");
            row.className = "tone-" + series.tone;
            row.append(series.label, Object.assign(document.createElement("span"), { textContent: format(spec.unit, series.values[at]) }));
            tip.append(row);
          }
          const room = u.over.clientWidth - tip.offsetWidth - 14;
          tip.style.left = (u.cursor.left > room ? u.cursor.left - tip.offsetWidth - 12 : u.cursor.left + 12) + "px";
          tip.style.top = "6px";
        },
      },
    };
  }

  // A range drawn with the pointer can become the page's time, among other things.
  function selected(u) {
    const { left, top, width } = u.select;
    if (width < 4) return;
    const at = (pixels) => u.posToVal(pixels, "x");
    const plot = u.root.parentElement;
    plot.addEventListener("weir:unselect", () => u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false), { once: true });
    window.weirSelection.offer(plot, { since: at(left), until: at(left + width), filters: {} }, u.over.offsetLeft + left + width, top);
  }

  function options(spec, shown, width, plot) {
    const stack = spec.kind !== "line";
    const axis = { stroke: color("muted"), grid: { stroke: color("line"), width: 1 }, ticks: { show: false }, font: "11px " + getComputedStyle(document.body).fontFamily };
    const end = spec.x.at(-1) + spec.step;
    const series = spec.series.map((each, index) => ({
      label: each.label,
      show: shown[index],
      stroke: spec.kind === "bar" ? null : color(each.tone),
      width: 1.5,
      fill: stack ? color(each.tone) + (spec.kind === "bar" ? "" : "55") : undefined,
      paths: spec.kind === "bar" ? uPlot.paths.bars({ size: [0.9, 40], align: 1, gap: 1 }) : undefined,
      points: { show: (u, at, from, to) => spec.kind !== "bar" && spec.x.length > 1 && lone(each.values), size: 4, fill: color(each.tone) },
    }));
    return {
      width,
      height: plot.clientHeight,
      padding: [8, halfLabel(end, axis.font) + 4, 0, 0],
      legend: { show: false },
      cursor: { y: false, points: { show: !stack, size: 6 }, drag: { x: true, y: false, setScale: false } },
      scales: { x: { range: [spec.x[0], end] }, y: { range: (u, low, high) => [0, high > 0 ? high * 1.08 : 1] } },
      axes: [{ ...axis, size: 26, values: (u, ticks) => ticks.map(timeTick) }, { ...axis, size: 52, values: (u, ticks) => ticks.map((tick) => format(spec.unit, tick)), splits: spec.unit === "calls" ? wholes : undefined }],
      // The topmost sum first, so that each lower one covers its part.
      series: [{}, ...(stack ? series.reverse() : series)],
      plugins: [tooltip(plot, spec, shown, stack)],
      hooks: { setSelect: [selected] },
    };
  }

  const lone = (values) => !values.some((value, at) => value != null && values[at + 1] != null);

  const wholes = (u, axis, min, max, step) => {
    const width = Math.max(1, Math.ceil(step));
    return Array.from({ length: Math.floor(max / width) + 1 }, (_, index) => index * width);
  };

  function drawOne(figure) {
    const before = drawn.get(figure);
    before?.uplot.destroy();
    const spec = before?.spec ?? JSON.parse(figure.dataset.chart);
    const shown = before?.shown ?? spec.series.map(() => true);
    const plot = figure.querySelector(".plot");
    const values = spec.kind === "line" ? spec.series.map((each) => each.values) : stacked(spec.series, shown).reverse();
    const uplot = new uPlot(options(spec, shown, plot.clientWidth, plot), [spec.x, ...values], plot);
    drawn.set(figure, { spec, shown, uplot });
  }

  function draw(root) {
    for (const figure of drawn.keys()) if (!figure.isConnected) forget(figure);
    for (const figure of root.querySelectorAll("figure[data-chart]")) {
      if (drawn.has(figure)) continue;
      drawOne(figure);
      sizes.observe(figure.querySelector(".plot"));
      figure.querySelectorAll(".legend button").forEach((button, index) => button.addEventListener("click", () => toggle(figure, button, index)));
    }
  }

  function forget(figure) {
    drawn.get(figure).uplot.destroy();
    drawn.delete(figure);
  }

  function toggle(figure, button, index) {
    const { shown } = drawn.get(figure);
    shown[index] = !shown[index];
    button.setAttribute("aria-pressed", shown[index]);
    drawOne(figure);
  }

  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const chart = drawn.get(target.closest("figure"));
      if (chart && chart.uplot.width !== target.clientWidth) chart.uplot.setSize({ width: target.clientWidth, height: target.clientHeight });
    }
  });

  window.weirCharts = { color, format, moment, timeTick, draw, redraw: () => drawn.forEach((_, figure) => drawOne(figure)) };
})();
