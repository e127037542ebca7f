"use strict";

// The field of the first page: share of … in …, in …: a sentence, a small chart, and the way to the view. Its numbers come when
// a reader chooses something; until then what the page holds stands.
{
  const place = document.querySelector(".gvc-share-of");
  const form = place.querySelector("form");
  const [origin, partner, year] = form.querySelectorAll("select");
  const answer = place.querySelector("[data-answer]");
  const chart = place.querySelector("[data-chart]");
  const more = place.querySelector("a");
  let turn = 0;

  const show = async () => {
    turn += 1;
    const mine = turn;
    place.ariaBusy = "true";
    await gvcExplorer.open();
    const [from, to] = gvcAddress.span();
    const view = { kind: "lines", measure: "fva_share", pairs: [{ origin: origin.value, partner: partner.value }], database: "all", from, to };
    const result = await gvcViews.make(view);
    if (mine !== turn) return;
    const [pair] = view.pairs;
    const asked = Number(year.value);
    const { index, shown, MEASURES } = gvcExplorer;
    const found = result.rows.filter((row) => row.year === asked && row.value != null);
    const nearest = result.rows.filter((row) => row.value != null).toSorted((one, other) => Math.abs(one.year - asked) - Math.abs(other.year - asked))[0];
    const says = ({ value }) => MEASURES.fva_share.says(index.names[pair.origin], index.names[pair.partner], shown(value, "fva_share"));
    const beside = ({ value, database }) => say("{0} ({1})", shown(value, "fva_share"), database);
    const [first, ...others] = found.toReversed();
    const told = first
      ? [say("{0} in {1} ({2}).", says(first), asked, first.database), ...(others.length ? [say("Other databases: {0}.", others.map(beside).reduce((all, other) => say("{0}, {1}", all, other)))] : [])]
      : [say("No database has this share in {0}.", asked), ...(nearest ? [say("{0} in {1} ({2}).", says(nearest), nearest.year, nearest.database)] : [])];
    answer.textContent = told.join(" ");
    more.hash = gvcAddress.written(view);
    chart.replaceChildren();
    chart.ariaLabel = result.kind ?? told.join(" ");
    if (result.draw) {
      const made = result.draw(chart.clientWidth);
      chart.append(made.drawn);
      gvcDraw.follow(chart, made);
    }
    place.ariaBusy = "false";
    place.dataset.shown = more.hash;
  };
  for (const field of form.elements) field.disabled = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", show);
}
