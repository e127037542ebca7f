"use strict";

// All statements of the page at once, whichever table has them: what is typed and chosen lists them, and each leads to its card.
{
  const place = document.querySelector(".gvc-find-statement");
  const field = place.querySelector("input");
  const [part, verdict] = place.querySelectorAll("select");
  const count = place.querySelector("[role=status]");
  const { count: counted } = document.querySelector(".exhibit-table .exhibit-search-count").dataset; // as each table says it
  const list = place.querySelector("ol");
  const bare = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const letters = new Intl.Collator(document.documentElement.lang);

  const cards = [...document.querySelectorAll("table.exhibit-cards")].flatMap((table) =>
    [...table.tBodies[0].rows].map((row) => {
      const statement = row.cells[0].querySelector("p").cloneNode(true);
      statement.querySelector(".headerlink")?.remove();
      const chip = row.querySelector(".exhibit-chip");
      return { row, said: statement.textContent, chip, verdict: chip.textContent, part: table.caption.querySelector(".caption-text").textContent, words: () => bare(row.textContent) };
    }),
  );
  const options = (values) => values.map((value) => new Option(value));
  part.append(...options([...new Set(cards.map((card) => card.part))]));
  verdict.append(...options([...new Set(cards.map((card) => card.verdict))].toSorted(letters.compare)));

  const show = () => {
    const wanted = bare(field.value).split(/[\s,]+/).filter(Boolean);
    const found = cards.filter(
      (card) =>
        (!part.value || card.part === part.value) &&
        (!verdict.value || card.verdict === verdict.value) &&
        wanted.every((word) => card.words().includes(word)),
    );
    count.textContent = counted.replace(/\{(\d)\}/g, (_, n) => [found.length, cards.length][n]);
    list.hidden = !wanted.length && !part.value && !verdict.value;
    list.replaceChildren(
      ...found.map((card) => {
        const link = Object.assign(document.createElement("a"), { href: `#${card.row.id}`, textContent: card.said });
        const item = document.createElement("li");
        item.append(card.chip.cloneNode(true), " ", link);
        return item;
      }),
    );
  };
  // A card that its own table has filtered away is shown again, or the link would lead nowhere.
  list.addEventListener("click", ({ target }) => {
    const row = target.closest("a") && document.getElementById(target.closest("a").hash.slice(1));
    const bar = row?.hidden && row.closest(".exhibit-table").querySelector(".exhibit-search-bar");
    if (!bar) return;
    for (const control of bar.querySelectorAll("input, select")) control.value = "";
    bar.dispatchEvent(new Event("input"));
  });
  for (const control of [field, part, verdict]) {
    control.disabled = false;
    control.addEventListener("input", show);
  }
  show();
}
