"use strict";
(() => {
  const root = document.documentElement;
  const at = (id) => document.getElementById(id);
  const number = new Intl.NumberFormat(root.lang);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => number.format(values[name]));
  root.classList.add("has-js");

  at("theme").addEventListener("click", () => {
    const now = root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    root.dataset.theme = now === "dark" ? "light" : "dark";
  });

  // A menu that was chosen from has served.
  const contents = at("contents");
  contents.addEventListener("click", () => { if (contents.matches(":popover-open")) contents.hidePopover(); });

  // What is searched and filtered stands in the fragment, so that a link leads to the same view.
  const controls = Object.fromEntries(
    ["find", "question", "level", "severity", "list-find", "list-status", "list-operation", "list-asked"]
      .map((id) => [id, at(id)]).filter(([, control]) => control));
  const remember = () => {
    const state = new URLSearchParams();
    for (const [id, control] of Object.entries(controls)) if (control.value) state.set(id, control.value);
    const text = state.toString();
    if (text || location.hash.includes("=")) history.replaceState(null, "", "#" + text);
  };
  const recall = () => {
    const state = new URLSearchParams(location.hash.slice(1));
    for (const [id, control] of Object.entries(controls)) {
      const value = state.get(id) || "";
      if (control.tagName === "SELECT" && value && ![...control.options].some((o) => o.value === value))
        control.append(new Option(value, value));
      control.value = value;
    }
  };

  // The findings.
  const reveal = (place) => {
    for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  };
  const findings = [...document.querySelectorAll(".finding")];
  const chapters = [...document.querySelectorAll(".chapter")];
  const filter = at("filter");
  let texts = null;
  const sift = () => {
    if (!filter) return;
    const words = controls.find.value.toLowerCase();
    const wanted = ["question", "level", "severity"].filter((name) => controls[name].value);
    const active = Boolean(words || wanted.length);
    texts = texts || findings.map((finding) => finding.textContent.toLowerCase());
    let shown = 0;
    findings.forEach((finding, index) => {
      const fits = (!words || texts[index].includes(words)) &&
        wanted.every((name) => finding.dataset[name] === controls[name].value);
      finding.hidden = !fits;
      if (fits) shown += 1;
      if (fits && active) reveal(finding.parentElement);
    });
    for (const chapter of chapters)
      chapter.hidden = active && !chapter.querySelector(".finding:not([hidden])");
    at("found").textContent = !shown && active ? filter.dataset.none
      : fill(filter.dataset.shown, { shown, all: findings.length });
  };
  if (filter) {
    filter.addEventListener("input", () => { sift(); remember(); });
    filter.addEventListener("submit", (event) => event.preventDefault());
    const unfold = at("unfold");
    unfold.addEventListener("click", () => {
      const rows = chapters.map((chapter) => chapter.querySelector(".row"));
      const open = rows.some((row) => !row.open);
      for (const row of rows) row.open = open;
      unfold.textContent = open ? unfold.dataset.fold : unfold.dataset.unfold;
    });
  }

  // The list of all exchanges: unpacked when it is opened, a page of rows at a time.
  const list = at("list");
  const PAGE = 200;
  const [ID, METHOD, TARGET, OPERATION, ASKED, STATUS, TOOK, SENT, BODY, HEADERS, ANSWER, SIZE] =
    Array(12).keys();
  let table = null, opening = null, matches = [], rows = 0, haystacks = [];
  const text = (column, row) => {
    const held = table.columns[column][row];
    return [METHOD, OPERATION, ASKED, SENT].includes(column) ? table.texts[held] : held;
  };
  const decoded = (packed) => {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(packed);
    const raw = atob(packed), bytes = new Uint8Array(raw.length);
    for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
    return bytes;
  };
  const fetched = (data) => !data.dataset.file ? Promise.resolve() : new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = data.dataset.file;
    script.onload = done;
    script.onerror = failed;
    document.body.append(script);
  });
  const unpack = async () => {
    const data = at("data");
    await fetched(data);
    const stream = new Blob([decoded(data.textContent.trim())]).stream()
      .pipeThrough(new DecompressionStream("deflate"));
    table = JSON.parse(await new Response(stream).text());
    for (const [column, control] of [[OPERATION, controls["list-operation"]], [ASKED, controls["list-asked"]]]) {
      const kept = control.value;
      const names = [...new Set(table.columns[column])].map((held) => table.texts[held]).filter(Boolean).sort();
      control.replaceChildren(control.options[0], ...names.map((name) => new Option(name, name)));
      control.value = kept;
    }
  };
  const haystack = (row) => haystacks[row] || (haystacks[row] =
    [ID, METHOD, TARGET, ASKED, SENT, BODY, HEADERS, ANSWER].map((column) => text(column, row)).join("\n").toLowerCase());
  const cell = (row, content, name) => {
    const made = document.createElement("td");
    if (name) made.className = name;
    made.append(content);
    row.append(made);
    return made;
  };
  const pretty = (content) => {
    if (!/^\s*[\[{]/.test(content)) return content;
    try { return JSON.stringify(JSON.parse(content), null, 2); } catch { return content; }
  };
  const told = (row) => {
    const status = text(STATUS, row), answer = text(ANSWER, row), size = text(SIZE, row);
    const cut = size > new Blob([answer]).size ? "\n" + fill(list.dataset.cut, { size }) : "";
    const sent = [`${text(METHOD, row)} ${text(TARGET, row)}`, text(SENT, row)];
    if (text(BODY, row)) sent.push("", pretty(text(BODY, row)));
    return [sent.join("\n"), [status || "", text(HEADERS, row), "", pretty(answer)].join("\n").trim() + cut];
  };
  const unfold = (line, row) => {
    const after = line.nextElementSibling;
    if (after && after.className === "opened") return after.remove();
    const detail = document.createElement("tr");
    detail.className = "opened";
    const held = cell(detail, "");
    held.colSpan = 5;
    for (const part of told(row)) {
      const pre = document.createElement("pre");
      pre.tabIndex = 0;
      pre.textContent = part;
      held.append(pre);
    }
    line.after(detail);
  };
  const line = (row) => {
    const made = document.createElement("tr"), button = document.createElement("button");
    made.dataset.id = button.textContent = text(ID, row);
    button.type = "button";
    button.addEventListener("click", () => unfold(made, row));
    cell(made, button);
    cell(made, `${text(METHOD, row)} ${text(TARGET, row)}`, "mono");
    cell(made, text(STATUS, row) ? String(text(STATUS, row)) : list.dataset.none);
    cell(made, `${text(TOOK, row)} ms`);
    cell(made, text(ASKED, row));
    return made;
  };
  const body = list && list.querySelector("tbody");
  const more = () => {
    body.append(...matches.slice(rows, rows + PAGE).map(line));
    rows = Math.min(matches.length, rows + PAGE);
    at("list-more").hidden = rows >= matches.length;
    at("listed").textContent = fill(list.dataset.shown, { shown: matches.length, all: table.columns[ID].length });
  };
  const search = () => {
    const words = controls["list-find"].value.toLowerCase();
    const status = controls["list-status"].value;
    const operation = controls["list-operation"].value, asked = controls["list-asked"].value;
    matches = [...table.columns[ID].keys()].filter((row) =>
      (!status || String(text(STATUS, row))[0] === status) &&
      (!operation || text(OPERATION, row) === operation) &&
      (!asked || text(ASKED, row) === asked) &&
      (!words || haystack(row).includes(words)));
    rows = 0;
    body.replaceChildren();
    more();
  };
  const open = () => {
    list.open = true;
    opening = opening || unpack().then(search).catch(() => {
      at("listed").textContent = list.dataset.unreadable;
    });
    return opening;
  };
  const pick = async (id) => {
    await open();
    const row = table ? table.columns[ID].indexOf(id) : -1;
    if (row < 0) return;
    if (!matches.includes(row)) {
      for (const name of Object.keys(controls)) if (name.startsWith("list-")) controls[name].value = "";
      search();
    }
    while (rows <= matches.indexOf(row)) more();
    const found = body.querySelector(`[data-id="${CSS.escape(id)}"]`);
    if (!found.nextElementSibling || found.nextElementSibling.className !== "opened") unfold(found, row);
    found.scrollIntoView({ block: "center" });
  };
  if (list) {
    list.addEventListener("toggle", () => { if (list.open) open(); });
    at("list-more").addEventListener("click", more);
    list.querySelector("form").addEventListener("input", () => { if (table) search(); remember(); });
    list.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  }

  // A link leads to what it names: folds are opened, and what is only in the list is shown there.
  const go = () => {
    const place = decodeURIComponent(location.hash.slice(1));
    if (place.includes("=")) {
      recall();
      sift();
      if (list && Object.keys(controls).some((id) => id.startsWith("list-") && controls[id].value))
        open().then(() => { if (table) { recall(); search(); } });
      const section = [...new URLSearchParams(place).keys()].some((id) => id.startsWith("list-")) ? "exchanges" : "questions";
      at(section).scrollIntoView();
      return;
    }
    const found = place && at(place);
    if (!found) {
      if (list && /^x\d+$/.test(place)) pick(place);
      return;
    }
    reveal(found);
    const folded = found.matches(".finding, .chapter") && found.querySelector(".facts, .row");
    if (folded) folded.open = true;
    found.scrollIntoView();
  };
  sift();
  addEventListener("hashchange", go);
  if (location.hash) go();
})();
