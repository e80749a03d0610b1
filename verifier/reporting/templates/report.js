"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("has-js");
  const toggle = document.getElementById("theme");
  toggle.addEventListener("click", () => {
    const dark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });

  const box = document.getElementById("exchanges");
  const data = document.getElementById("exchange-data");
  if (!box || !data) return;
  const list = box.querySelector("tbody");
  const count = document.getElementById("exchange-count");
  const query = document.getElementById("search");
  const status = document.getElementById("status");
  const ROWS = 200;
  let all = [];

  const inflate = async (text) => {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  };
  const cell = (row, text, name) => {
    const made = document.createElement(name || "td");
    made.textContent = text;
    row.append(made);
    return made;
  };
  const open = (row, x) => {
    const next = row.nextElementSibling;
    if (next && next.dataset.of === x[0]) return next.remove();
    const detail = document.createElement("tr");
    detail.dataset.of = x[0];
    const held = cell(detail, "");
    held.colSpan = 5;
    const pre = document.createElement("pre");
    pre.textContent = x[5] + "\n\n" + x[6];
    held.append(pre);
    row.after(detail);
  };
  const show = () => {
    const wanted = query.value.toLowerCase();
    const kind = status.value;
    const found = all.filter((x) =>
      (!kind || String(x[3])[0] === kind) &&
      (!wanted || (x[0] + " " + x[1] + " " + x[2] + " " + x[5] + x[6]).toLowerCase().includes(wanted)));
    list.replaceChildren(...found.slice(0, ROWS).map((x) => {
      const row = document.createElement("tr");
      row.id = x[0];
      const button = document.createElement("button");
      button.textContent = x[0];
      button.addEventListener("click", () => open(row, x));
      cell(row, "").append(button);
      cell(row, x[1]).className = "mono";
      cell(row, x[2]);
      cell(row, x[3] || "no answer");
      cell(row, x[4] + " ms");
      return row;
    }));
    count.textContent = found.length > ROWS
      ? `showing ${ROWS} of ${found.length}` : `${found.length} shown`;
    const state = new URLSearchParams();
    if (wanted) state.set("search", query.value);
    if (kind) state.set("status", kind);
    if (state.size) history.replaceState(null, "", "#" + state);
  };
  const start = async () => {
    all = await inflate(data.textContent.trim());
    const state = new URLSearchParams(location.hash.slice(1));
    query.value = state.get("search") || (/^#x\d+$/.test(location.hash) ? location.hash.slice(1) : "");
    status.value = state.get("status") || "";
    show();
    query.addEventListener("input", show);
    status.addEventListener("change", show);
  };
  box.addEventListener("toggle", () => { if (box.open && !all.length) start(); });
  if (/^#(x\d+$|search=|status=)/.test(location.hash)) box.open = true;
})();
