// Filters the cases and unfolds their details. Without it the page still reads.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  document.documentElement.classList.add("scripted");

  const dialog = byId("detail");
  const rows = [...document.querySelectorAll(".matrix tbody tr")];
  const idOf = (row) => decode(row.querySelector("a").hash);
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
    if (!article) return;
    const copy = document.importNode(article, true);
    copy.removeAttribute("id");
    byId("detail-title").textContent = id;
    byId("detail-body").replaceChildren(copy);
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
  }

  /** Opens the case that the address names, or closes what is open. */
  function follow() {
    const id = decode(location.hash);
    if (rowOf.has(id)) open(id);
    else if (dialog.open) dialog.close();
  }

  dialog.addEventListener("close", () => {
    const id = decode(location.hash);
    if (!rowOf.has(id)) return;
    history.replaceState(null, "", location.pathname + location.search);
    rowOf.get(id).querySelector("a").focus();
  });
  byId("detail-close").addEventListener("click", () => dialog.close());
  addEventListener("hashchange", follow);
  for (const table of document.querySelectorAll(".matrix tbody")) {
    table.addEventListener("click", (event) => {
      const row = event.target.closest("tr");
      if (row && !event.target.closest("a")) location.hash = row.querySelector("a").hash;
    });
  }

  // Filters.
  const engines = [...document.querySelectorAll("#engine option")].map((option) => option.textContent);
  const texts = rows.map((row) => `${idOf(row)} ${row.dataset.words}`.toLowerCase());

  function matches(row, index) {
    const text = byId("text").value.trim().toLowerCase();
    if (text && !texts[index].includes(text)) return false;
    const area = byId("area").value;
    if (area && row.closest(".area").dataset.area !== area) return false;
    const [engine, verdict] = [byId("engine").value, byId("verdict").value];
    const cells = [...row.querySelectorAll("td")].filter((_, at) => !engine || engines[at + 1] === engine);
    if (engine && cells.every((cell) => cell.dataset.verdict === "none")) return false;
    return !verdict || cells.some((cell) => cell.dataset.verdict === verdict);
  }

  function filter() {
    const asked = ["text", "area", "engine", "verdict"].some((id) => byId(id).value.trim() !== "");
    let count = 0;
    rows.forEach((row, index) => {
      row.hidden = asked && !matches(row, index);
      if (!row.hidden) count++;
    });
    for (const area of document.querySelectorAll(".area")) {
      const left = area.querySelectorAll("tbody tr:not([hidden])").length;
      area.hidden = left === 0;
      area.open = asked && left > 0 && count <= 500;
    }
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
