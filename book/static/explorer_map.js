"use strict";

// Draws a map of tiles: one square an economy, placed roughly as on a world map. So no border is drawn and no side taken in a
// dispute over one, and Singapore is as visible as China. The places are in `pages/map_tiles.csv`.

const gvcMap = (() => {
  const { PAGE, svg, label, paper, measured, ticks } = gvcDraw;
  // How much of the deepest colour each shade has; on the last two, letters are of the paper's colour.
  const SHADES = [0.08, 0.24, 0.42, 0.78, 1];
  const LARGEST = 50;

  // Round numbers at which shades begin and end: even steps, or where the largest is ten times the smallest, from the largest
  // down by halves or so, since most economies supply little, and few much.
  const bounds = (values) => {
    const [least, most] = [Math.min(...values), Math.max(...values)];
    if (least > most / 10 || most <= 0) return ticks(least, most, SHADES.length - 1);
    const power = Math.floor(Math.log10(most));
    const round = [-2, -1, 0, 1].flatMap((more) => [1, 2, 5].map((times) => Number(`${times}e${power + more}`)));
    const above = round.findIndex((one) => one >= most);
    return [0, ...round.slice(above - SHADES.length + 1, above + 1)];
  };
  const shades = (count) => Array.from({ length: count }, (_, i) => SHADES[count > 1 ? Math.round((i * (SHADES.length - 1)) / (count - 1)) : 2]);

  const square = (x, y, side, shade, isMarked, ink) => [
    svg("rect", { x, y, width: side, height: side, fill: shade == null ? "none" : ink.deep, "fill-opacity": shade, stroke: ink.grid }),
    // An economy without a number is struck out, and the one whose partners are shown has none of its own.
    ...(shade == null && !isMarked ? [svg("path", { d: `M${x},${y + side} l${side},${-side}`, stroke: ink.muted, "stroke-opacity": 0.6 })] : []),
    ...(isMarked ? [svg("rect", { x: x + 1, y: y + 1, width: side - 2, height: side - 2, fill: "none", stroke: ink.mark, "stroke-width": 2.5 })] : []),
  ];

  // Shades with their bounds, then what has no number and what is marked, on as many lines as they need.
  const legend = ({ ends, used, missing, mark }, width, ink) => {
    const drawn = svg("g", { class: "gvc-map-legend" });
    const told = ends.map((value) => value.toLocaleString("en", { maximumSignificantDigits: 2 }));
    const last = measured(told.at(-1)) / 2;
    const wide = Math.min(Math.max(64, 2 * last + 8), (width - last - 2) / used.length);
    used.forEach((shade, i) => drawn.append(svg("rect", { x: 1 + i * wide, y: 1, width: wide, height: 14, fill: ink.deep, "fill-opacity": shade, stroke: ink.grid })));
    told.forEach((text, i) => drawn.append(label(1 + i * wide, 30, text, { fill: ink.text, "text-anchor": i ? "middle" : "start" })));
    let [x, y] = [used.length * wide + last + 20, 1];
    for (const [text, isMarked] of [...(missing ? [[say("no data"), false]] : []), ...(mark ? [[mark, true]] : [])]) {
      const size = 28 + measured(text);
      if (x > 1 && x + size > width) [x, y] = [1, y === 1 ? 39 : y + 22];
      drawn.append(...square(x, y, 14, null, isMarked, ink), label(x + 20, y + 12, text, { fill: ink.text }));
      x += size + 14;
    }
    return { drawn, height: Math.max(36, y + 20) };
  };

  const draw = ({ tiles, values, marked, mark, names, shown }, width, ink = PAGE) => {
    const all = Object.entries(tiles);
    const most = (i) => 1 + Math.max(...all.map(([, place]) => place[i]));
    const side = Math.min(LARGEST, width / most(0));
    const ends = bounds([...values.values()]);
    const inner = ends.slice(1, -1);
    const used = shades(inner.length + 1);
    const isMissing = ([code]) => !values.has(code) && !marked.includes(code);
    const head = legend({ ends, used, missing: all.some(isMissing), mark }, width, ink);
    const top = head.height + 10;
    const drawn = paper(width, top + side * most(1) + 8);
    drawn.append(head.drawn);
    const places = new Map();
    for (const [code, [column, row]] of all) {
      const [x, y, value, isMarked] = [column * side, top + row * side, values.get(code), marked.includes(code)];
      const shade = value == null ? null : used[inner.filter((one) => value >= one).length];
      const fill = shade == null && !isMarked ? ink.muted : shade > 0.5 ? ink.paper : ink.text;
      const said = say("{0}: {1}", names[code], value == null ? (isMarked ? mark : say("no data")) : shown(value));
      const tile = svg("g", { class: "gvc-tile", "data-code": code, "data-value": value });
      // In the page the name stands beside the pointer.
      if (ink !== PAGE) tile.append(svg("title", {}, said));
      const [text, size] = [value == null ? "" : shown(value), side < 40 ? 11 : 12];
      const fits = side >= 40 && text && measured(text, 11) < side - 4;
      const middle = { "text-anchor": "middle", fill };
      const room = side - (isMarked ? 8 : 4);
      const narrow = measured(code, size) > room ? { textLength: room, lengthAdjust: "spacingAndGlyphs" } : {};
      tile.append(
        ...square(x + 0.5, y + 0.5, side - 1, shade, isMarked, ink),
        label(x + side / 2, y + side / 2 + (fits ? -3 : 4), code, { ...middle, ...narrow, "font-size": size, "font-weight": 600 }),
        ...(fits ? [label(x + side / 2, y + side / 2 + 13, text, { ...middle, "font-size": 11 })] : []),
      );
      drawn.append(tile);
      places.set(code, { x, y, column, row, said });
    }
    return { drawn, follow: (holder) => follow(holder, drawn, places, side, marked[0]) };
  };

  // Names the economy under the pointer, or that the arrow keys choose, and its number.
  const follow = (holder, drawn, places, side, first) => {
    const box = Object.assign(document.createElement("div"), { className: "gvc-explorer-tip", hidden: true });
    const ring = svg("rect", { width: side, height: side, fill: "none", stroke: PAGE.mark, "stroke-width": 2, visibility: "hidden" });
    const name = holder.ariaLabel;
    drawn.append(ring);
    holder.append(box);
    let chosen;
    const show = (code) => {
      const { x, y, said } = places.get(code);
      chosen = code;
      ring.setAttribute("x", x);
      ring.setAttribute("y", y);
      ring.setAttribute("visibility", "visible");
      box.textContent = said;
      box.hidden = false;
      box.style.left = `${Math.max(0, Math.min(x + side / 2 - box.offsetWidth / 2, holder.clientWidth - box.offsetWidth))}px`;
      box.style.top = `${y > box.offsetHeight + 8 ? y - box.offsetHeight - 6 : y + side + 6}px`;
    };
    const hide = () => {
      box.hidden = true;
      ring.setAttribute("visibility", "hidden");
      holder.ariaLabel = name;
    };
    const point = ({ target }) => {
      const tile = target.closest(".gvc-tile");
      if (tile) show(tile.dataset.code);
      else hide();
    };
    drawn.addEventListener("pointermove", point);
    drawn.addEventListener("pointerdown", point);
    drawn.addEventListener("pointerleave", hide);
    // The nearest tile that way, in the same line if there is one.
    const next = (right, down) => {
      const from = places.get(chosen);
      const far = ({ column, row }) => {
        const [over, up] = [column - from.column, row - from.row];
        const [ahead, aside] = right ? [right * over, up] : [down * up, over];
        return ahead > 0 ? ahead + 3 * Math.abs(aside) : Infinity;
      };
      const [code, place] = [...places].reduce((best, one) => (far(one[1]) < far(best[1]) ? one : best), [chosen, from]);
      return far(place) < Infinity ? code : chosen;
    };
    holder.onkeydown = (event) => {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (event.key === "Escape") hide();
      if (!step) return;
      event.preventDefault();
      show(chosen ? next(...step) : (first ?? places.keys().next().value));
      holder.ariaLabel = places.get(chosen).said;
    };
    holder.onblur = hide;
  };

  return { draw };
})();
