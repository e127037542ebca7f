"use strict";

// Draws views as SVG, with nothing but the browser: lines, bars, dumbbells and a matrix. All text is of the page's font, and
// colours of ink come from whoever asks, since a picture to take away has no style sheet.

const gvcDraw = (() => {
  const PHONE = 480;
  const SMALL = 12;
  const PAGE = {
    text: "var(--pst-color-text-base)",
    muted: "var(--pst-color-text-muted)",
    grid: "var(--pst-color-border)",
    paper: "var(--pst-color-background)",
    deep: "var(--gvc-explorer-deep)",
    mark: "var(--gvc-explorer-mark)",
  };
  const PAPER = { text: "#222832", muted: "#48566b", grid: "#d1d5da", paper: "#ffffff", deep: "#0b4a8f", mark: "#cc4818" };
  const FONT =
    "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif";
  // The years that readers look for.
  const EVENTS = [
    [2001, say("China joins the World Trade Organization")],
    [2008, say("the financial crisis")],
    [2018, say("the first American duties on China")],
    [2022, say("war in Ukraine; American limits on chips")],
    [2025, say("American duties on all partners")],
  ];

  const svg = (tag, properties = {}, ...children) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(properties)) if (value != null) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
  const canvas = document.createElement("canvas").getContext("2d");
  const measured = (text, size = SMALL) => {
    canvas.font = `600 ${size}px ${FONT}`;
    return canvas.measureText(text).width;
  };
  // Text in lines of a width; Chinese has no spaces, and may break anywhere.
  const folded = (text, room, size = SMALL) => {
    const found = [""];
    for (const word of text.match(/[\u3000-\u9fff\uff00-\uffef]|[^\s\u3000-\u9fff\uff00-\uffef]+\s*/g) ?? []) {
      if (found.at(-1) && measured((found.at(-1) + word).trimEnd(), size) > room) found.push("");
      found[found.length - 1] += word;
    }
    return found.map((line) => line.trimEnd());
  };
  // Letters in the colour of a line are nearer to ink than the line: a text needs 4.5:1, a line 3:1.
  const COLOURED = 0.6;
  const lettered = (colour, ink) => {
    if (ink === PAGE) return `color-mix(in srgb, ${colour} ${100 * COLOURED}%, ${ink.text})`;
    const part = (one, at) => Number.parseInt(one.slice(at, at + 2), 16);
    return `#${[1, 3, 5].map((at) => Math.round(COLOURED * part(colour, at) + (1 - COLOURED) * part(ink.text, at)).toString(16).padStart(2, "0")).join("")}`;
  };
  const label = (x, y, text, properties = {}) => svg("text", { x, y, "font-size": SMALL, ...properties }, text);
  const paper = (width, height) => svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, "font-family": FONT, "aria-hidden": "true" });

  // Round numbers that an axis shows, from zero or below what is least.
  const ticks = (least, most, about = 5) => {
    const raw = (most - least) / about || 1;
    const power = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 5, 10].map((times) => times * power).find((one) => one >= raw);
    const begin = Math.floor(least / step) * step;
    const count = Math.ceil((most - begin) / step - 1e-9);
    return Array.from({ length: count + 1 }, (_, i) => Number((begin + i * step).toPrecision(12)));
  };
  const years = ([from, to], room) => {
    const most = Math.max(1, Math.floor(room / 48));
    const step = [1, 2, 5, 10, 20].find((one) => (to - from) / one <= most) ?? 50;
    const found = [];
    for (let year = Math.ceil(from / step) * step; year <= to; year += step) found.push(year);
    return found;
  };

  // Labels that would lie over one another make way, downwards and, where there is no room left, back up.
  const apart = (labels, gap, bottom) => {
    const placed = labels.toSorted((one, other) => one.y - other.y);
    placed.forEach((one, i) => {
      one.at = Math.max(one.y, i ? placed[i - 1].at + gap(placed[i - 1]) : -Infinity);
    });
    for (let i = placed.length - 1; i >= 0; i -= 1) {
      const limit = i === placed.length - 1 ? bottom : placed[i + 1].at - gap(placed[i]);
      placed[i].at = Math.min(placed[i].at, limit);
    }
    return placed;
  };

  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
  const runs = (points) => {
    const found = [[]];
    for (const point of points) {
      if (point.value == null) found.push([]);
      else found.at(-1).push(point);
    }
    return found.filter((run) => run.length);
  };

  // Lines over years. A line is {points: [{year, value, off}], colour, dash, width, label: [pair, database]}; where a
  // value is empty it breaks, and what stands alone is a dot. Instead of `off` a point may have `low` and `high`. Lines
  // over anything but years come with `across`: whether its ticks are years, and what a place is called. What `within`
  // holds the scale has room for; labels are broken where they are `wrapped`. A line with `end` is named by that alone, or,
  // where it is empty, not at all. What the numbers cannot go below, such as zero, is the `floor`.
  const lines = ({ lines: given, digits, shown, events: marked = EVENTS, within = [], across, wrapped, floor = -Infinity }, width, ink = PAGE) => {
    const ends_ = ({ value, off, low: least_, high: most_ }) => (off ? [Math.max(value - off, floor), value + off] : least_ == null ? null : [least_, most_]);
    const narrow = width < PHONE;
    const every = given.flatMap((line) => line.points.filter((point) => point.value != null));
    const bounds = [...within, ...every.flatMap((point) => ends_(point) ?? [point.value])];
    const span0 = [Math.min(...every.map((point) => point.year)), Math.max(...every.map((point) => point.year))];
    const [from, to] = span0[0] === span0[1] ? [span0[0] - 1, span0[1] + 1] : span0;
    const [least, most] = [Math.min(...bounds), Math.max(...bounds)];
    // From zero, unless all lies far above it.
    const rises = ticks(least > 0 && least < 0.6 * most ? 0 : least, most);
    const [low, high] = [rises[0], rises.at(-1)];
    const told = (line) => line.label.filter(Boolean).join(say(", "));
    const most_ = Math.min(width * 0.42, 240) - 12;
    const texts = (line) => (line.end === "" ? [] : wrapped ? folded(line.end ?? told(line), most_) : line.end != null ? [line.end] : narrow ? line.label.filter(Boolean) : [told(line)]);
    // Names of lines that end at the edge stand below one another.
    const ending = given.filter((line) => line.end !== "" && (line.points.findLast((point) => point.value != null)?.year ?? -Infinity) > to - 0.06 * (to - from));
    const height = Math.max(narrow ? 340 : 380, 60 + sum(ending.map((line) => 14 * texts(line).length)));
    const wide = Math.min(width * 0.42, Math.max(0, ...given.flatMap((line) => texts(line).map((text) => measured(text)))) + 12);
    const left = 8 + Math.max(...rises.map((tick) => measured(tick.toLocaleString("en"))));
    const [top, right, bottom] = [26, width - wide, height - 26];
    const x = (year) => left + ((year - from) / (to - from)) * (right - left);
    const y = (value) => bottom - ((value - low) / (high - low)) * (bottom - top);
    const drawn = paper(width, height);
    for (const tick of rises) {
      drawn.append(
        svg("line", { x1: left, x2: right, y1: y(tick), y2: y(tick), stroke: ink.grid, "stroke-width": tick === 0 ? 1.5 : 1 }),
        label(left - 6, y(tick) + 4, tick.toLocaleString("en"), { "text-anchor": "end", fill: ink.muted }),
      );
    }
    const places = across?.plain ? ticks(from, to).filter((one) => one >= from && one <= to) : years([from, to], right - left);
    for (const year of places) {
      drawn.append(label(x(year), height - 8, across?.plain ? year.toLocaleString("en") : String(year), { "text-anchor": "middle", fill: ink.muted }));
    }
    let last = -Infinity;
    for (const [year, what] of marked.filter(([one]) => one >= span0[0] && one <= span0[1])) {
      const mark = svg("g", { class: "gvc-event", "data-year": year }, svg("title", {}, say("{0}: {1}", year, what)));
      mark.append(svg("line", { x1: x(year), x2: x(year), y1: top - 8, y2: bottom, stroke: ink.muted, "stroke-dasharray": "1 4" }));
      if (x(year) - last > 34) {
        mark.append(label(x(year), top - 12, String(Math.floor(year)), { "text-anchor": "middle", "font-size": 11, fill: ink.muted }));
        last = x(year);
      }
      drawn.append(mark);
    }
    const ends = [];
    for (const line of given) {
      const group = svg("g", { class: "gvc-line", "data-label": told(line), fill: line.colour, stroke: line.colour });
      for (const run of runs(line.points)) {
        const banded = run.filter(ends_);
        if (banded.length > 1) {
          const edge = (which, points) => points.map((point) => `${x(point.year)},${y(ends_(point)[which])}`);
          group.append(svg("polygon", { class: "gvc-band", points: [...edge(1, banded), ...edge(0, banded.toReversed())].join(" "), "fill-opacity": 0.15, stroke: "none" }));
        } else {
          for (const point of banded)
            group.append(svg("line", { class: "gvc-band", x1: x(point.year), x2: x(point.year), y1: y(ends_(point)[0]), y2: y(ends_(point)[1]), "stroke-width": 6, "stroke-opacity": 0.25 }));
        }
        if (run.length > 1) {
          const path = run.map(({ year, value }) => `${x(year).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
          group.append(svg("polyline", { points: path, fill: "none", "stroke-width": line.width, "stroke-dasharray": line.dash?.join(" "), "stroke-linejoin": "round" }));
        } else {
          group.append(svg("circle", { cx: x(run[0].year), cy: y(run[0].value), r: 2.5 + line.width / 2, stroke: "none" }));
        }
      }
      drawn.append(group);
      const end = line.points.findLast((point) => point.value != null);
      if (end && line.end !== "") ends.push({ line, text: texts(line), x: x(end.year), y: y(end.value) });
    }
    // Lines that reach the edge are named beside it, the others above their end.
    const near = ({ line }) => ending.includes(line);
    const inside = ends.filter((end) => !near(end));
    // Where many are, and the colour is named at the edge, the database is enough.
    const crowded = inside.length > (narrow ? 2 : 6);
    const isNamed = (line) => ending.some((other) => other.colour === line.colour);
    const gap = (end) => 14 * end.text.length;
    for (const end of apart(ends.filter(near), gap, bottom)) {
      if (Math.abs(end.at - end.y) > 6) {
        drawn.append(svg("path", { d: `M${end.x + 4},${end.y} L${right + 6},${end.at}`, stroke: end.line.colour, "stroke-width": 0.75, fill: "none" }));
      }
      end.text.forEach((text, i) =>
        drawn.append(label(right + 8, end.at + 4 + 13 * i, text, { class: "gvc-end", fill: lettered(end.line.colour, ink), "font-weight": i ? null : 600 })),
      );
    }
    const taken = [];
    for (const end of inside.toSorted((one, other) => one.y - other.y)) {
      const text = end.line.end ?? (crowded && isNamed(end.line) ? end.line.label.at(-1) : told(end.line));
      const size = measured(text) + 6;
      const over = Math.min(Math.max(end.x + 4, left + size), width);
      const free = [-8, -22, 16, -36, 30, -50, 44, 58].map((step) => end.y + step).find((at) =>
        at > top && at < bottom && !taken.some((other) => Math.abs(other.at - at) < 13 && other.over - other.size < over && over - size < other.over),
      ) ?? end.y - 8;
      taken.push({ at: free, over, size });
      drawn.append(
        label(over, free, text, { class: "gvc-end", "data-label": told(end.line), "text-anchor": "end", fill: lettered(end.line.colour, ink), "font-weight": 600, stroke: ink.paper, "stroke-width": 4, "paint-order": "stroke", "stroke-linejoin": "round" }),
      );
    }
    // What is under the pointer: the year, and what every line says of it.
    const at = (pointed) => {
      const wanted = Math.min(Math.max(from + ((pointed - left) / (right - left)) * (to - from), span0[0]), span0[1]);
      const nearest = (best, one) => (Math.abs(one - wanted) < Math.abs(best - wanted) ? one : best);
      const year = across ? across.places.reduce(nearest) : Math.round(wanted);
      const found = given
        .map((line) => ({ line, point: line.points.find((point) => point.year === year && point.value != null) }))
        .filter(({ point }) => point)
        .toSorted((one, other) => other.point.value - one.point.value);
      return { year, named: across?.named(year), x: x(year), top, bottom, said: found.map(({ line, point }) => ({ colour: line.colour, label: told(line), value: `${shown(point.value)}${point.off ? ` ± ${shown(point.off)}` : point.low == null ? "" : ` (${shown(point.low)}–${shown(point.high)})`}` })) };
    };
    return { drawn, at, span: span0, digits, places: across?.places };
  };

  // Bars, or dumbbells where a row has two values: {label, value, before, off, colour, hollow}.
  const bars = ({ rows, shown, heads, within = [], floor = -Infinity }, width, ink = PAGE) => {
    const narrow = width < PHONE;
    const named = Math.min(Math.max(...rows.map((row) => measured(row.label))) + 10, width * 0.6);
    const above = named > width * (narrow ? 0.36 : 0.45);
    // What the two dots are stands in a line where there is room, else in two.
    const wanted = 52 + measured((heads ?? []).join(""));
    const [headed, low] = [named + wanted > width ? 4 : above ? 4 : named, heads && wanted > width];
    const [thick, head] = [above ? 38 : 24, low ? 46 : heads ? 26 : 6];
    const height = head + rows.length * thick + 26;
    const every = [...within, ...rows.flatMap(({ value, before, off }) => [value + (off ?? 0), before ?? value])];
    const rises = ticks(Math.min(0, ...every), Math.max(...every), narrow ? 3 : 5);
    const room = 12 + Math.max(...rows.map((row) => measured(shown(row.value))));
    // The number of a loss stands to the left of its bar.
    const isLoss = ({ value, before }) => before == null && value < 0;
    const left = (above ? 4 : named) + (rows.some(isLoss) ? room : 0);
    const right = width - room;
    const x = (value) => left + ((value - rises[0]) / (rises.at(-1) - rises[0])) * (right - left);
    const drawn = paper(width, height);
    for (const tick of rises) {
      drawn.append(
        svg("line", { x1: x(tick), x2: x(tick), y1: head, y2: height - 24, stroke: ink.grid }),
        label(x(tick), height - 8, tick.toLocaleString("en"), { "text-anchor": "middle", fill: ink.muted }),
      );
    }
    if (heads) {
      const [hollow, full] = heads;
      const [hx, hy] = low ? [headed, 32] : [headed + 28 + measured(hollow), 12];
      drawn.append(
        svg("circle", { cx: headed + 6, cy: 12, r: 4.5, fill: ink.paper, stroke: ink.muted, "stroke-width": 1.5 }),
        label(headed + 16, 16, hollow, { fill: ink.muted }),
        svg("circle", { cx: hx + 6, cy: hy, r: 5, fill: ink.muted }),
        label(hx + 16, hy + 4, full, { fill: ink.muted }),
      );
    }
    rows.forEach((row, i) => {
      const middle = head + i * thick + (above ? 27 : thick / 2);
      const group = svg("g", { class: "gvc-row", "data-label": row.label }, svg("title", {}, say("{0}: {1}", row.label, row.before == null ? shown(row.value) : say("{0} → {1}", shown(row.before), shown(row.value)))));
      group.append(above ? label(4, middle - 12, row.label, { fill: ink.text, textLength: measured(row.label) > width - 8 ? width - 8 : null, lengthAdjust: "spacingAndGlyphs" }) : label(named - 8, middle + 4, row.label, { "text-anchor": "end", fill: ink.text, "font-weight": row.bold ? 700 : null }));
      if (row.before == null) {
        const [begin, end] = [x(0), x(row.value)].toSorted((one, other) => one - other);
        group.append(svg("rect", { x: begin, y: middle - 7, width: Math.max(end - begin, 1), height: 14, fill: row.colour, "fill-opacity": row.hollow ? 0.35 : 1, stroke: row.hollow ? row.colour : null, "stroke-dasharray": row.hollow ? "4 3" : null }));
        if (row.off) group.append(svg("path", { class: "gvc-band", d: `M${x(Math.max(row.value - row.off, floor))},${middle} H${x(row.value + row.off)}`, stroke: ink.text, "stroke-width": 1.5 }));
      } else {
        group.append(
          svg("line", { x1: x(row.before), x2: x(row.value), y1: middle, y2: middle, stroke: row.colour, "stroke-width": 2.5 }),
          svg("circle", { cx: x(row.before), cy: middle, r: 4.5, fill: ink.paper, stroke: row.colour, "stroke-width": 1.5 }),
          svg("circle", { cx: x(row.value), cy: middle, r: 5, fill: row.colour }),
        );
      }
      const end = Math.max(x(row.value + (row.off ?? 0)), x(row.before ?? row.value));
      group.append(isLoss(row) ? label(x(row.value - (row.off ?? 0)) - 8, middle + 4, shown(row.value), { "text-anchor": "end", fill: ink.text }) : label(end + 8, middle + 4, shown(row.value), { fill: ink.text }));
      drawn.append(group);
    });
    return { drawn };
  };

  // A number in each cell, darker where it is larger.
  const matrix = ({ rows, columns, values, shown, names, colour, loss = colour, within = [], whole = true }, width, ink = PAGE) => {
    const left = Math.min(Math.max(...rows.map((code) => measured(names[code]))) + 8, width * 0.3);
    const tall = Math.min(Math.max(...columns.map((code) => measured(names[code]))), 110) * 0.75 + 14;
    const side = (width - left - tall * 0.6) / columns.length;
    const row = Math.max(24, Math.min(side, 34));
    const height = tall + row * rows.length + 4;
    const most = Math.max(...within, ...values.flat().filter((value) => value != null).map(Math.abs));
    const drawn = paper(width, height);
    columns.forEach((code, j) => {
      const [cx, cy] = [left + (j + 0.5) * side, tall - 8];
      drawn.append(label(cx, cy, names[code], { fill: ink.text, transform: `rotate(-48 ${cx} ${cy})` }));
    });
    rows.forEach((code, i) => {
      drawn.append(label(left - 8, tall + (i + 0.5) * row + 4, names[code], { "text-anchor": "end", fill: ink.text, textLength: measured(names[code]) > left - 8 ? left - 8 : null, lengthAdjust: "spacingAndGlyphs" }));
      columns.forEach((other, j) => {
        const value = values[i][j];
        const cell = svg("g", { class: "gvc-cell", "data-pair": `${code}.${other}` });
        cell.append(svg("rect", { x: left + j * side, y: tall + i * row, width: side - 1, height: row - 1, fill: value == null ? "none" : value < 0 ? loss : colour, "fill-opacity": value == null ? null : 0.04 + 0.5 * (Math.abs(value) / most || 0), stroke: value == null ? ink.grid : null }));
        if (value != null) {
          const text = whole && side < 34 ? Math.round(value).toLocaleString("en") : shown(value);
          cell.append(svg("title", {}, say("{0}: {1}", `${names[code]} → ${names[other]}`, shown(value))));
          if (measured(text, 11) < side) cell.append(label(left + (j + 0.5) * side - 0.5, tall + (i + 0.5) * row + 4, text, { "text-anchor": "middle", "font-size": 11, fill: ink.text }));
        }
        drawn.append(cell);
      });
    });
    return { drawn };
  };

  // Shows the year under the pointer, or that the arrow keys choose, and all values of it.
  const follow = (holder, { drawn, at, span, places, follow: own }) => {
    holder.onkeydown = holder.onblur = null;
    if (own) own(holder);
    if (!at) return;
    const rule = svg("line", { stroke: PAGE.muted, "stroke-width": 1, visibility: "hidden" });
    drawn.append(rule);
    const box = Object.assign(document.createElement("div"), { className: "gvc-explorer-tip", hidden: true });
    holder.append(box);
    let year;
    const show = (pointed, height) => {
      const found = at(pointed, height);
      year = found.year;
      for (const [name, value] of Object.entries({ x1: found.x, x2: found.x, y1: found.top, y2: found.bottom, visibility: "visible" })) rule.setAttribute(name, value);
      const made = (tag, textContent, more = {}) => Object.assign(document.createElement(tag), { textContent, ...more });
      const list = document.createElement("dl");
      for (const { colour, label: name, value } of found.said) {
        const term = made("dt", name);
        term.style.borderColor = colour;
        list.append(term, made("dd", value));
      }
      box.replaceChildren(made("strong", found.named ?? String(found.year)), found.said.length ? list : made("p", say("No database has this year.")));
      box.hidden = false;
      box.style.top = found.top > 40 ? `${found.top}px` : "";
      const wide = holder.clientWidth;
      box.style.left = `${Math.max(0, Math.min(found.x + (found.x > wide / 2 ? -box.offsetWidth - 12 : 12), wide - box.offsetWidth))}px`;
    };
    const hide = () => {
      box.hidden = true;
      rule.setAttribute("visibility", "hidden");
    };
    const pointed = (event) => {
      const { left, top } = drawn.getBoundingClientRect();
      show(event.clientX - left, event.clientY - top);
    };
    drawn.addEventListener("pointermove", pointed);
    drawn.addEventListener("pointerdown", pointed);
    drawn.addEventListener("pointerleave", hide);
    holder.onkeydown = (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (event.key === "Escape") hide();
      if (!step) return;
      event.preventDefault();
      const beside = places ? places[places.indexOf(year) + step] ?? year : year + step;
      const next = year == null ? span[1] : Math.min(Math.max(beside, span[0]), span[1]);
      const [first, last] = [at(0), at(1e6)].map((one) => one.x);
      show(first + ((next - span[0]) / (span[1] - span[0] || 1)) * (last - first));
    };
    holder.onblur = hide;
  };

  const events = ([from, to]) => EVENTS.filter(([year]) => year >= from && year <= to).map(([year, what]) => say("{0} {1}", year, what));

  // Both ends of a slider lie on one line: the one that is nearer to the pointer, or has the focus, is above.
  const twoEnded = (holder, ends, chosen) => {
    const [from, to] = [ends.from, ends.to].map((end) => end.querySelector("input"));
    const raise = (field) => Object.values(ends).forEach((one) => (one.style.zIndex = one.contains(field) ? 2 : 1));
    holder.addEventListener("focusin", ({ target }) => raise(target));
    holder.addEventListener("pointermove", ({ clientX, buttons }) => {
      if (buttons) return;
      const { left, width } = to.getBoundingClientRect();
      const year = Number(to.min) + ((clientX - left) / width) * (to.max - to.min);
      raise(!ends.from.hidden && Math.abs(year - chosen().from) < Math.abs(year - chosen().to) ? from : to);
    });
  };

  return { PAGE, PAPER, PHONE, FONT, EVENTS, lines, bars, matrix, follow, events, svg, measured, folded, label, paper, ticks, twoEnded };
})();
