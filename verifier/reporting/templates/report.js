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
    ["find", "question", "level", "severity", "operation", "list-find", "list-status", "list-operation", "list-asked"]
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

  // The findings, and the checks of which none tells.
  const reveal = (place) => {
    for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  };
  const findings = [...document.querySelectorAll(".finding")];
  const rules = [...document.querySelectorAll(".rule")];
  for (const item of [...findings, ...rules]) item.dataset.question = item.closest(".chapter").id;
  for (const rule of rules) rule.dataset.check = rule.id.slice("check-".length);
  const places = (finding) => [...finding.querySelectorAll(":scope > dl > dd > code, :scope > code, .places code")].map((place) => place.textContent);
  const chapters = [...document.querySelectorAll(".chapter")];
  const filter = at("filter"), list = at("list");
  const texts = new Map();
  const written = (item) => texts.get(item) || texts.set(item, item.textContent.toLowerCase()).get(item);
  const fits = (item, words, wanted) => (!words || written(item).includes(words)) &&
    wanted.every((name) => name === "operation" ? places(item).includes(controls.operation.value)
      : (item.dataset[name] || "").split("|").includes(controls[name].value));
  const sift = () => {
    if (!filter) return;
    const words = controls.find.value.toLowerCase();
    const wanted = ["question", "level", "severity", "operation"].filter((name) => controls[name].value);
    const active = Boolean(words || wanted.length);
    const shown = new Set([...findings, ...rules].filter((item) => !active || fits(item, words, wanted)));
    for (const item of [...findings, ...rules]) item.hidden = !shown.has(item);
    if (active) for (const item of shown) reveal(item.parentElement);
    for (const fold of document.querySelectorAll(".rules"))
      fold.hidden = !fold.querySelector(".rule:not([hidden])");
    for (const chapter of chapters)
      chapter.hidden = active && !chapter.querySelector(".finding:not([hidden]), .rule:not([hidden])");
    const count = (items) => ({ shown: items.filter((item) => shown.has(item)).length, all: items.length });
    const ruled = count(rules), found = count(findings);
    const said = !shown.size ? filter.dataset.none
      : fill(active && !found.shown ? filter.dataset.checks : filter.dataset.shown, active && !found.shown ? ruled : found);
    at("found").replaceChildren(said);
    if (controls.operation.value && list) {
      const link = document.createElement("a");
      link.href = "#" + new URLSearchParams({ "list-operation": controls.operation.value });
      link.textContent = filter.dataset.exchanges;
      at("found").append(" ", link);
    }
    for (const count of counts) count.ariaCurrent = count.dataset.level === controls.level.value ? "true" : null;
  };
  const linked = (text, state) => {
    const made = document.createElement("a");
    made.href = "#" + new URLSearchParams(state);
    made.append(...text.childNodes);
    text.append(made);
    return made;
  };
  const counts = [];
  if (filter) {
    for (const count of document.querySelectorAll(".counts [data-level]")) {
      const made = linked(count, { level: count.dataset.level });
      made.dataset.level = count.dataset.level;
      counts.push(made);
    }
    for (const name of [...new Set(findings.flatMap(places))].sort()) controls.operation.append(new Option(name, name));
    // A line of the coverage table leads to what is known of its operation.
    for (const fold of document.querySelectorAll(".by-operation")) fold.addEventListener("toggle", () => {
      for (const head of fold.querySelectorAll("tbody th")) linked(head, { operation: head.textContent });
    }, { once: true });
    filter.addEventListener("reset", () => setTimeout(() => { sift(); remember(); }));
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
  const load = () => opening = opening || unpack().then(search).catch(() => {
    at("listed").textContent = list.dataset.unreadable;
  });
  const open = () => {
    list.open = true;
    return load();
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

  // One result alone: the rest of the page steps aside, and its evidence is unfolded.
  const solo = at("solo"), main = document.querySelector("main"), title = document.title;
  const together = () => {
    root.classList.remove("alone");
    for (const aside of document.querySelectorAll(".aside")) aside.classList.remove("aside");
    solo.hidden = true;
    document.title = title;
  };
  const setAside = (node, kept, whole) => {
    for (const child of node.children)
      if (!kept.has(child)) child.classList.toggle("aside", !child.matches("#solo, #questions-title, .row > summary, thead"));
      else if (!whole.includes(child)) setAside(child, kept, whole);
  };
  const proven = (row) => {
    const fold = document.createElement("details"), head = document.createElement("summary");
    fold.className = "proof";
    fold.open = true;
    head.textContent = `${text(ID, row)} ${text(METHOD, row)} ${text(TARGET, row)} · ${text(STATUS, row) || list.dataset.none} · ${number.format(text(TOOK, row))} ms`;
    fold.append(head, ...told(row).map((part) => {
      const pre = document.createElement("pre");
      pre.tabIndex = 0;
      pre.textContent = part;
      return pre;
    }));
    return fold;
  };
  // What is only named there is fetched from the list.
  const bring = async (holder) => {
    const ids = [...holder.querySelectorAll("a[href^='#x']")].map((link) => link.hash.slice(1));
    if (!list || !ids.length || holder.dataset.brought) return;
    holder.dataset.brought = "yes";
    await load();
    if (table) holder.append(...ids.map((id) => table.columns[ID].indexOf(id)).filter((row) => row >= 0).map(proven));
  };
  const step = (link, to) => {
    link.hidden = !to;
    if (to) link.href = "#" + to.id;
  };
  const alone = (named) => {
    for (const control of [controls.find, controls.question, controls.level, controls.severity, controls.operation])
      if (control) control.value = "";
    sift();
    const found = named.closest(".finding"), check = (found || named).dataset.check;
    const whole = found ? [found] : [named, ...findings.filter((finding) => finding.dataset.check === check)];
    const kept = new Set();
    for (const one of whole) for (let node = one; node !== main; node = node.parentElement) kept.add(node);
    setAside(main, kept, whole);
    for (const one of whole) {
      reveal(one);
      for (const fold of one.querySelectorAll(".facts, .proof")) fold.open = true;
      for (const shown of one.querySelectorAll(".shown")) bring(shown);
      if (one.matches("li")) bring(one);
    }
    if (found && named !== found) bring(named);
    reveal(named);
    root.classList.add("alone");
    solo.hidden = false;
    const order = found ? findings : rules, nth = order.indexOf(found || named);
    const heading = (found || named).querySelector("h4, td, span:not(.mark)");
    document.title = `${heading.textContent} · ${title}`;
    at("solo-nth").textContent = fill(found ? solo.dataset.nth : solo.dataset.check, { n: nth + 1, all: order.length });
    step(at("solo-before"), order[nth - 1]);
    step(at("solo-after"), order[nth + 1]);
    at("solo-whole").href = "#" + named.closest(".chapter").id;
    at("solo-sent").hidden = Boolean(found) || !list;
    at("solo-sent").href = "#" + new URLSearchParams({ "list-asked": check });
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    if (found && named !== found) named.scrollIntoView();
    else scrollTo(0, 0);
  };
  at("copy").addEventListener("click", async () => {
    try { await navigator.clipboard.writeText(location.href); } catch {
      const field = document.createElement("textarea");
      field.value = location.href;
      solo.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    at("copied").textContent = at("copied").dataset.said;
    setTimeout(() => { at("copied").textContent = ""; }, 3000);
  });

  // A link leads to what it names: folds are opened, and what is only in the list is shown there.
  // Whoever goes back stands where the link was.
  addEventListener("click", (event) => {
    if (event.target.closest("a[href^='#']")) history.replaceState({ top: scrollY }, "");
  }, true);
  const go = () => {
    lead();
    if (history.state && "top" in history.state) scrollTo(0, history.state.top);
  };
  const lead = () => {
    const place = decodeURIComponent(location.hash.slice(1));
    if (root.classList.contains("alone")) together();
    if (!place) {
      recall();
      return sift();
    }
    const named = at(place);
    if (named && named.closest(".finding, .rule") && !named.matches(".proof, .proof *")) return alone(named);
    if (place.includes("=")) {
      recall();
      sift();
      if (list && Object.keys(controls).some((id) => id.startsWith("list-") && controls[id].value))
        open().then(() => { if (table) { recall(); search(); } });
      const section = [...new URLSearchParams(place).keys()].some((id) => id.startsWith("list-")) ? "exchanges" : "questions";
      at(section).scrollIntoView();
      return;
    }
    if (!named) {
      if (list && /^x\d+$/.test(place)) pick(place);
      return;
    }
    reveal(named);
    if (named.matches(".chapter")) named.querySelector(".row").open = true;
    named.scrollIntoView();
  };
  sift();
  addEventListener("hashchange", go);
  if (location.hash) go();
})();
