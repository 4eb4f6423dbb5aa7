// Filters the cases and unfolds their details. Without it the page still reads.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  document.documentElement.classList.add("scripted");

  const dialog = byId("detail");
  const rows = [...document.querySelectorAll(".matrix tbody tr")];
  const linkOf = (row) => row.querySelector("a");
  const idOf = (row) => decode(linkOf(row).hash);
  const rowOf = new Map(rows.map((row) => [idOf(row), row]));

  /** What stands in the address, as it was written: a case's identity has all kinds of characters. */
  function decode(hash) {
    try {
      return decodeURIComponent(hash.slice(1));
    } catch {
      return hash.slice(1);
    }
  }

  // Details: those that are told in the page, and those that are packed, a case file each.
  const told = new Map([...document.querySelectorAll("article.detail")].map((article) => [article.id, article]));
  const unpacked = new Map();

  async function detailsOf(id) {
    if (told.has(id)) return told.get(id);
    const file = id.split("[")[0].split("/").slice(0, -1).join("/");
    if (!unpacked.has(file)) unpacked.set(file, unpack(file));
    return (await unpacked.get(file)).get(id);
  }

  async function unpack(file) {
    const packed = document.querySelector(`script[data-file="${CSS.escape(file)}"]`);
    if (!packed) return new Map();
    const bytes = Uint8Array.from(atob(packed.textContent.trim()), (char) => char.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const page = new DOMParser().parseFromString(await new Response(stream).text(), "text/html");
    return new Map([...page.querySelectorAll("article")].map((article) => [article.id, article]));
  }

  async function open(id) {
    const article = await detailsOf(id);
    // Meanwhile somebody may have gone on to another.
    if (!article || decode(location.hash) !== id) return;
    const copy = document.importNode(article, true);
    copy.removeAttribute("id");
    shown = id;
    byId("detail-title").textContent = id;
    byId("detail-body").replaceChildren(copy);
    if (!dialog.open) dialog.showModal();
    // What had the focus may have been a link of the case before.
    byId("detail-title").focus();
    dialog.scrollTop = 0;
    const section = wanted && copy.querySelector(`section.engine[data-engine="${CSS.escape(wanted)}"]`);
    if (section) section.scrollIntoView();
    wanted = "";
  }

  /** Opens the case that the address names, or closes what is open. */
  function follow() {
    const id = decode(location.hash);
    if (rowOf.has(id)) open(id);
    else if (dialog.open) dialog.close();
  }

  // The engine whose cell was clicked, and the case that is open or was.
  let wanted = "";
  let shown = "";

  /** Takes a case that is closed out of the address, and gives the focus to its row. */
  function leave() {
    const row = rowOf.get(decode(location.hash));
    // The event `close` comes a little later: the address may name another case by then.
    if (!row || idOf(row) !== shown) return;
    history.replaceState(null, "", location.pathname + location.search);
    row.closest("details").open = true;
    linkOf(row).focus();
  }
  dialog.addEventListener("close", leave);
  byId("detail-close").addEventListener("click", () => {
    dialog.close();
    // Before the event: a link that is followed at once would keep the closed case in the history.
    leave();
  });
  addEventListener("hashchange", follow);
  for (const table of document.querySelectorAll(".matrix tbody")) {
    table.addEventListener("click", (event) => {
      const row = event.target.closest("tr");
      if (!row || event.target.closest("a")) return;
      wanted = event.target.closest("td")?.dataset.engine ?? "";
      location.hash = linkOf(row).hash;
    });
  }

  // Filters.
  const areas = [...document.querySelectorAll(".area")].map((element) => ({
    element,
    open: element.open,
    name: element.dataset.area,
    rows: [...element.querySelectorAll("tbody tr")].map((row) => ({
      row,
      text: `${idOf(row)} ${row.dataset.words}`.toLowerCase(),
      cells: [...row.querySelectorAll("td")].map((cell) => cell.dataset),
    })),
  }));

  function filter() {
    const [text, area, engine, verdict] = ["text", "area", "engine", "verdict"].map((id) => byId(id).value);
    const words = text.trim().toLowerCase();
    const asked = [words, area, engine, verdict].some((value) => value !== "");
    const fits = (cell) =>
      cell.verdict !== "none" && (!engine || cell.engine === engine) && (!verdict || cell.verdict === verdict);
    const matches = (row) =>
      row.text.includes(words) && ((!engine && !verdict) || row.cells.some(fits));
    const left = areas.map(({ name, rows }) => {
      let count = 0;
      for (const row of rows) {
        const hidden = asked && ((area !== "" && area !== name) || !matches(row));
        if (row.row.hidden !== hidden) row.row.hidden = hidden;
        if (!hidden) count++;
      }
      return count;
    });
    const count = left.reduce((sum, each) => sum + each, 0);
    areas.forEach(({ element, open }, at) => {
      element.hidden = left[at] === 0;
      element.open = asked ? left[at] > 0 && count <= 500 : open;
    });
    byId("matching").textContent = asked ? `${count} of ${rows.length} cases` : `${rows.length} cases`;
  }

  let waiting = 0;
  byId("filters").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 80);
  });
  byId("filters").addEventListener("reset", () => setTimeout(filter));
  byId("filters").addEventListener("submit", (event) => event.preventDefault());

  follow();
})();
