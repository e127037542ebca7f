"use strict";

// What a reader takes from a view: its numbers, its picture, its address, a reference, and a frame for a page of theirs.

const gvcFiles = (() => {
  const make = (tag, properties = {}, ...children) => {
    const { aria, ...own } = properties;
    const made = Object.assign(document.createElement(tag), own);
    for (const [name, said] of Object.entries(aria ?? {})) made.setAttribute(`aria-${name}`, said);
    made.append(...children);
    return made;
  };

  // As `text.csv` has it: to a spreadsheet no cell is a formula.
  const inert = (text) => text.replace(/((?:^|[,;])[\s"]*)(?=[-=+@＝＋－＠])/g, "$1'");
  const csv = ({ title, unit, sources, rows }) => {
    const quoted = (text) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const bound = ({ value, off }, sign) => (off == null || value == null ? "" : Number((value + sign * off).toPrecision(4)));
    return [
      `# ${title}`,
      `# ${inert(unit)}`,
      ...sources.map((line) => `# ${inert(say("Source: {0}", line))}`),
      `panel,database,origin,partner,${rows[0]?.industry ? "industry," : ""}year,value,low,high`,
      ...rows.map((row) =>
        [row.key, quoted(inert(row.database)), row.origin, row.partner ?? "", ...(row.industry ? [row.industry] : []), row.year, row.value ?? "", bound(row, -1), bound(row, 1)].join(","),
      ),
      "",
    ].join("\n");
  };

  // The picture with its title, unit and source, on white, in letters of any computer.
  const WIDE = 800;
  const picture = ({ title, unit, scope, sources, notes, draw }) => {
    const { drawn } = draw(WIDE - 40, gvcDraw.PAPER);
    const { svg, PAPER, FONT, folded } = gvcDraw;
    let y = 14;
    const paper = svg("svg", { xmlns: "http://www.w3.org/2000/svg", "font-family": FONT });
    const write = (text, size, fill, weight) => {
      for (const line of folded(text, (WIDE - 40) / (weight ? 1.08 : 1), size)) {
        y += size * 1.35;
        paper.append(svg("text", { x: 20, y, "font-size": size, "font-weight": weight, fill }, line));
      }
    };
    write(title, 18, PAPER.text, 700);
    write(scope ?? say("Unit: {0}", unit), 13, PAPER.muted);
    drawn.setAttribute("x", 20);
    drawn.setAttribute("y", y + 12);
    paper.append(drawn);
    y += 16 + Number(drawn.getAttribute("height"));
    for (const note of [...notes, say("Source: {0}", sources.join(" ")), `${window.gvcBook.title}.`]) write(note, 12, PAPER.muted);
    const height = Math.ceil(y + 16);
    for (const [name, value] of Object.entries({ viewBox: `0 0 ${WIDE} ${height}`, width: WIDE, height })) paper.setAttribute(name, value);
    paper.prepend(svg("title", {}, title), svg("rect", { width: WIDE, height, fill: PAPER.paper }));
    return { text: new XMLSerializer().serializeToString(paper), width: WIDE, height };
  };
  const png = async (made) => {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(made.text)}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: 2 * made.width, height: 2 * made.height });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  };

  const saved = (blob, download) => {
    const link = make("a", { href: URL.createObjectURL(blob), download });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const named = ({ chart, measure, pairs: [pair] = [{}], kind, fixed }, ending) => {
    if (chart) return `${chart}.${ending}`;
    const who = { matrix: [], industries: [pair.origin], map: [pair[fixed]] }[kind] ?? [pair.origin, pair.partner];
    return `${[measure, ...who, ...(kind === "lines" ? [] : [kind])].join("-")}.${ending}`;
  };

  const json = ({ title, unit, scope, means, sources, head, rows, body }) =>
    JSON.stringify({ title, unit: scope ?? unit, measure: means, source: sources.join(" "), rows: typeof rows[0] === "object" ? rows.map(({ key, database, origin, partner, industry, year, value, off }) => ({ panel: key, database, origin, partner, industry, year, value, off })) : body.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i]]))) }, null, 1);
  // What the numbers of a view are as a file, and what the page at their address shows.
  const TEXTS = { csv: (result) => (result.csv ?? csv)(result), json };

  // The page around a frame makes it as high as it says, and tells it its own background.
  const HOST = 'addEventListener("message",({data,source})=>{for(const one of document.querySelectorAll("iframe"))if(one.contentWindow===source&&data?.gvcHeight>0){one.style.height=data.gvcHeight+"px";source.postMessage({gvcPaper:getComputedStyle(document.body).backgroundColor},"*")}})';
  const frame = (result, hash) => {
    const address = new URL("embed.html", gvcExplorer.root);
    const escaped = (text) => text.replace(/[&"<>]/g, (sign) => `&#${sign.codePointAt(0)};`);
    const { height } = result.draw(600).drawn.viewBox.baseVal;
    return `<iframe src="${escaped(`${address}#${hash}`)}" title="${escaped(result.title)}" width="100%" height="${Math.ceil(height) + 200}" style="border: 0"></iframe>\n<script>${HOST}</script>`;
  };

  // The line below a view.
  const offered = (view, result) => {
    const hash = gvcAddress.written(view);
    const link = (name, run) => {
      const button = make("a", { href: "#", role: "button", textContent: name });
      button.addEventListener("click", (event) => {
        event.preventDefault();
        run();
      });
      return button;
    };
    const file = (form) => make("a", { textContent: form.toUpperCase(), download: named(view, form), href: URL.createObjectURL(new Blob([TEXTS[form](result)], { type: form === "csv" ? "text/csv" : "application/json" })) });
    const pictured = link("SVG", () => saved(new Blob([picture(result).text], { type: "image/svg+xml" }), named(view, "svg")));
    const painted = link("PNG", async () => saved(await png(picture(result)), named(view, "png")));
    const code = frame(result, hash);
    const downloads = make("span", { className: "exhibit-downloads" }, say("Download: {0}", ""), file("csv"), " · ", file("json"), " · ", pictured, " · ", painted);
    // No link: the theme takes the end of each on a page without contents for the name of a section.
    const opening = (textContent, more = "") => {
      const button = make("button", { type: "button", className: "gvc-copy", textContent });
      button.addEventListener("click", () => open(`${new URL("embed.html", gvcExplorer.root)}#${hash}${more}`));
      return button;
    };
    const copying = (text, what) => window.gvcBook.copying(text, what);
    const embed = make(
      "details",
      { className: "gvc-cite gvc-embed" },
      make("summary", { textContent: say("Embed") }),
      make("pre", { textContent: code }),
      copying(() => code, say("Copy the frame")),
      " ",
      opening(say("Open it by itself")),
    );
    const cite = window.gvcBook.citing(say("this view"), say("{0}.", result.title), hash, `gvc-view-${view.chart ?? view.measure}`);
    const home = result.home ? [make("a", { href: result.home, textContent: say("The chart in its chapter") }), make("a", { href: "#", textContent: say("All of the explorer") })] : [];
    return [downloads, make("div", { className: "gvc-explorer-take" }, ...home, copying(() => location.href, say("Copy link")), ...Object.keys(TEXTS).map((form) => opening(say("{0} by address", form.toUpperCase()), `&as=${form}`)), cite, embed)];
  };

  return { make, offered, TEXTS, inert, picture };
})();
