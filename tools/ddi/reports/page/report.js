"use strict";
(function () {
const data = JSON.parse(document.getElementById("data").textContent);
const CHUNK = 100;  // findings that a group shows at a time
const WHOLE = 500;  // lines of a file that is shown as a whole; of any other so many
const CONTEXT = 200;  // around each step
const OPEN = 200;   // with no more findings all groups are open
const [FILE, LINE, FROM, TO, MESSAGE, DEPTH, STATE] = [0, 1, 2, 3, 4, 5, 6];  // of a step
const STATUSES = {
  counted: "all that count", new: "new", unchanged: "unchanged since the baseline",
  suppressed: "suppressed", undecided: "not decided", gone: "gone since the baseline",
  all: "everything",
};
// What a browser would obey or hide, and a reader of code must see.
const ODD = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/;
const TOKEN = new RegExp([
  /(\/\/.*|\/\*.*?(?:\*\/|$))/, /("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)/,
  /\b(\d[\w.]*)/, /\b(auto|bool|break|case|class|const|constexpr|continue|default|delete|do|else|enum|extern|for|goto|if|inline|namespace|new|nullptr|private|protected|public|register|return|sizeof|static|struct|switch|template|this|throw|try|typedef|typename|union|using|virtual|void|volatile|while|__try|__except|__finally|__leave|__forceinline)\b/,
].map((one) => one.source).join("|"), "g");
const KINDS = ["comment", "string", "number-literal", "keyword"];

const $ = (id) => document.getElementById(id);
let shown = [];       // numbers of the findings that the filters leave, as listed
let chosen = -1;
let step = 0;
let viewer = null;    // of the chosen finding

// ---- Elements ---------------------------------------------------------------

function put(node, text) {
  text = String(text);
  for (let at = 0; at < text.length;) {
    const odd = text.slice(at).search(ODD);
    const end = odd < 0 ? text.length : at + odd;
    if (end > at) node.append(text.slice(at, end));
    if (odd < 0) break;
    const mark = document.createElement("span");
    const code = "U+" + text.charCodeAt(end).toString(16).toUpperCase().padStart(4, "0");
    mark.className = "odd";
    mark.textContent = code;
    mark.title = "This character is shown by its number";
    node.append(mark);
    at = end + 1;
  }
  return node;
}

function element(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value);
  }
  for (const child of children)
    if (child instanceof Node) node.append(child);
    else if (child !== null && child !== undefined) put(node, child);
  return node;
}

// A message, in which no line ends within a quoted name.
function message(text) {
  const node = element("span", {class: "message"});
  for (const part of text.split(/('[^' ]{1,40}')/)) {
    if (part.startsWith("'") && part.endsWith("'") && part.length > 2)
      node.append(element("span", {class: "name"}, part));
    else put(node, part);
  }
  return node;
}

const place = (one) => data.files[one[FILE]].name + (one[LINE] ? ":" + one[LINE] : "");
const plural = (number, noun) => number + " " + noun + (number === 1 ? "" : "s");

// ---- The list ---------------------------------------------------------------

const texts = data.findings.map((one) => [
  one.message, one.function, data.files[one.file].name + ":" + one.line,
  data.rules[one.rule].id, one.reason,
].join("\n").toLowerCase());

const counts = (one) => ["open", "new", "unchanged"].includes(one.status);

function matches(index, words) {
  const one = data.findings[index];
  const [rule, file, status] = [$("rule").value, $("file").value, $("status").value];
  return (rule === "" || one.rule === +rule) && (file === "" || one.file === +file) &&
    (status === "all" || (status === "counted" ? counts(one) : one.status === status)) &&
    words.every((word) => texts[index].includes(word));
}

function groups() {
  const by = $("group").value;
  const found = new Map();
  for (const index of shown) {
    const key = data.findings[index][by];
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(index);
  }
  const name = (key) => by === "rule" ? data.rules[key].id : data.files[key].name;
  return [...found].map(([key, members]) => ({name: name(key), members, by}))
    .sort((a, b) => a.name < b.name ? -1 : 1);
}

function list() {
  const words = $("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  shown = data.findings.map((_, index) => index)
    .filter((index) => matches(index, words));
  const all = groups();
  shown = all.flatMap((group) => group.members);
  $("count").textContent = shown.length === data.findings.length ?
    plural(shown.length, "finding") :
    shown.length + " of " + plural(data.findings.length, "finding");
  const open = (group, index) => shown.length <= OPEN || index === 0;
  $("groups").replaceChildren(...all.map((group, index) =>
    groupElement(group, open(group, index))));
  if (!shown.length)
    $("groups").append(element("p", {class: "none"}, data.findings.length ?
      "No finding fits these filters." : "Nothing was found."));
  mark();
}

function groupElement(group, open) {
  const items = element("ul");
  const node = element("details", {}, element("summary", {},
    element("span", {class: "name"}, group.name),
    element("span", {class: "number"}, group.members.length)), items);
  const more = () => {
    const from = items.childNodes.length;
    for (const index of group.members.slice(from, from + CHUNK))
      items.append(item(index, group.by));
    const left = group.members.length - items.childNodes.length;
    node.querySelector(".more")?.remove();
    if (left > 0)
      node.append(element("button", {type: "button", class: "more", onclick: more},
        "Show " + Math.min(CHUNK, left) + " more of " + left));
  };
  const fill = () => { if (node.open && !items.childNodes.length) more(); };
  node.reach = (index) => {
    const at = group.members.indexOf(index);
    if (at >= 0) node.open = true;
    while (at >= items.childNodes.length) more();
  };
  node.addEventListener("toggle", fill);
  node.open = open;
  fill();
  return node;
}

function item(index, by) {
  const one = data.findings[index];
  const where = data.files[one.file].name + ":" + one.line;
  return element("li", {}, element("a", {href: "#" + index, "data-index": index},
    message(one.message),
    element("span", {class: "where"}, by === "rule" ? where :
      "line " + one.line + ", " + data.rules[one.rule].id, " ", chip(one))));
}

function chip(one) {
  return one.status === "open" ? null :
    element("span", {class: "chip " + one.status},
      {undecided: "not decided"}[one.status] || one.status);
}

function mark() {
  for (const old of $("groups").querySelectorAll("[aria-current]"))
    old.removeAttribute("aria-current");
  for (const group of $("groups").querySelectorAll("details")) group.reach(chosen);
  const link = $("groups").querySelector('[data-index="' + chosen + '"]');
  if (!link) return;
  link.setAttribute("aria-current", "true");
  if (getComputedStyle($("list")).overflowY === "auto")
    link.scrollIntoView({block: "nearest"});
}

function fillFilters() {
  const choose = (id, first, things, count) => {
    const used = things.map((name, index) => [name, index, count(index)])
      .filter((row) => row[2]).sort((a, b) => a[0] < b[0] ? -1 : 1);
    $(id).append(element("option", {value: ""}, first), ...used.map((row) =>
      element("option", {value: row[1]}, row[0] + " (" + row[2] + ")")));
  };
  const tally = (key) => {
    const table = {};
    for (const one of data.findings) table[one[key]] = (table[one[key]] || 0) + 1;
    return table;
  };
  const [rules, files, statuses] = ["rule", "file", "status"].map(tally);
  choose("rule", "all rules", data.rules.map((one) => one.id), (i) => rules[i]);
  choose("file", "all files", data.files.map((one) => one.name), (i) => files[i]);
  for (const [value, name] of Object.entries(STATUSES))
    if (value === "counted" || value === "all" || statuses[value])
      $("status").append(element("option", {value}, name));
}

// ---- The chosen finding -----------------------------------------------------

function show(index) {
  chosen = index;
  step = 0;
  const one = data.findings[index];
  viewer = new Viewer(one);
  $("detail").replaceChildren(
    element("button", {type: "button", id: "back", onclick: toList}, "← All findings"),
    element("h2", {}, message(one.message)),
    element("div", {class: "about"},
      element("a", {href: "#rule", onclick: toRule}, data.rules[one.rule].id),
      element("span", {class: "mono"}, data.files[one.file].name + ":" + one.line),
      one.function ? element("span", {}, "in ",
        element("span", {class: "mono"}, one.function)) : null,
      chip(one),
      one.reason ? element("span", {}, "Reason: " + one.reason) : null),
    viewer.element(), ruleElement(one.rule));
  mark();
}

function toList() {
  location.hash = "";
  document.body.dataset.view = "list";
  $("groups").querySelector("[aria-current]")?.focus();
}

function toRule(event) {
  event.preventDefault();
  $("explained").scrollIntoView({block: "start"});
  $("explained").focus({preventScroll: true});
}

class Viewer {
  constructor(finding) {
    this.steps = finding.steps;
    this.file = -1;
  }

  element() {
    this.list = element("ol", {class: "steps", id: "steps", tabindex: "-1"},
      ...this.steps.map((one, index) => this.stepElement(one, index)));
    this.previous = [];
    this.next = [];
    this.heading = element("h3", {id: "at", "aria-live": "polite"});
    this.name = element("span", {class: "name mono", id: "source-name"});
    this.depth = element("span", {class: "chip", id: "depth"});
    this.state = element("dl", {class: "state", id: "state"});
    this.source = element("div", {class: "source", id: "source", tabindex: "0",
      role: "region", "aria-label": "Source"});
    return element("div", {class: "walk"},
      element("section", {class: "pane", "aria-label": "Path"},
        element("div", {class: "bar"}, this.heading, this.keys("")),
        this.list,
        element("p", {class: "hint"}, element("kbd", {}, "j"), " ",
          element("kbd", {}, "k"), " step   ", element("kbd", {}, "n"), " ",
          element("kbd", {}, "p"), " finding   ", element("kbd", {}, "/"), " search")),
      element("section", {class: "pane", "aria-label": "Source of the step"},
        element("div", {class: "bar"}, this.name, this.depth, this.keys(" narrow")),
        this.state, this.source));
  }

  keys(kind) {
    const make = (name, title, text, by) => element("button", {type: "button",
      "aria-label": name, title, onclick: () => go(step + by)}, text);
    this.previous.push(make("Previous step", "Previous step (k or ↑)", "↑", -1));
    this.next.push(make("Next step", "Next step (j or ↓)", "↓", 1));
    return element("div", {class: "keys" + kind}, this.previous.at(-1),
      this.next.at(-1));
  }

  stepElement(one, index) {
    const end = index === this.steps.length - 1 ? "end" : "";
    const item = element("li", {}, element("button",
      {type: "button", class: end, "data-step": index, onclick: () => go(index)},
      element("span", {class: "dot"}, index + 1),
      message(one[MESSAGE]),
      element("span", {class: "where", title: place(one)},
        place(one).replace(/^.*\//, ""))));
    item.style.setProperty("--depth", one[DEPTH]);
    return item;
  }

  go() {
    const one = this.steps[step];
    if (one[FILE] !== this.file) this.open(one[FILE]);
    this.heading.textContent = "Step " + (step + 1) + " of " + this.steps.length;
    for (const one of this.previous) one.disabled = step === 0;
    for (const one of this.next) one.disabled = step === this.steps.length - 1;
    this.name.replaceChildren();
    put(this.name, place(one));
    this.depth.textContent = one[DEPTH] ? plural(one[DEPTH], "call") + " deep" : "";
    this.depth.hidden = !one[DEPTH];
    this.showState();
    for (const root of [this.list, this.source])
      for (const button of root.querySelectorAll("[data-step]"))
        if (+button.dataset.step === step) button.setAttribute("aria-current", "step");
        else button.removeAttribute("aria-current");
    this.highlight(one);
    reveal(this.list, this.list.querySelector("[aria-current]"));
    reveal(this.source, this.source.querySelector(".on") ||
      this.source.querySelector("[aria-current]"));
  }

  // The state behind the last step that tells of one, and what this step changed.
  showState() {
    let at = step;
    while (at >= 0 && this.steps[at][STATE] < 0) at--;
    this.state.hidden = at < 0;
    this.state.replaceChildren();
    if (at < 0) return;
    let before = at - 1;
    while (before >= 0 && this.steps[before][STATE] < 0) before--;
    const now = stateRows(data.states[this.steps[at][STATE]]);
    const old = before < 0 || at !== step ? null :
      stateRows(data.states[this.steps[before][STATE]]);
    for (const [name, text] of now)
      this.state.append(element("div",
        {class: old && old.get(name) !== text ? "changed" : ""},
        element("dt", {}, name), element("dd", {}, text)));
  }

  open(number) {
    this.file = number;
    const file = data.files[number];
    const rows = element("div", {class: "lines"});
    const near = this.near(file);
    let next = 1;
    for (const [first, text] of file.parts) {
      let comment = false;
      text.split("\n").forEach((line, index) => {
        const code = element("span", {class: "code"});
        comment = colour(code, line, comment);
        if (!near(first + index)) return;
        if (first + index > next) rows.append(gap(next, first + index - 1));
        next = first + index + 1;
        rows.append(element("div", {class: "row", "data-line": first + index},
          element("span", {class: "no"}, first + index), code),
          ...this.notes(first + index));
      });
    }
    if (next <= file.lines) rows.append(gap(next, file.lines));
    if (!file.parts.length) {
      rows.append(element("p", {class: "gap"}, "The source is not in this report."));
      for (const at of new Set(this.steps.map((one) => one[LINE])))
        rows.append(...this.notes(at));
    }
    this.source.replaceChildren(rows);
    this.source.scrollLeft = 0;
  }

  // Whether a line of the file is shown: the report may hold more of a large one than
  // this path needs.
  near(file) {
    if (file.lines <= WHOLE) return () => true;
    const lines = this.steps.filter((one) => one[FILE] === this.file)
      .map((one) => one[LINE]);
    return (line) => lines.some((one) => Math.abs(one - line) <= CONTEXT);
  }

  notes(line) {
    const made = [];
    this.steps.forEach((one, index) => {
      if (one[FILE] !== this.file || one[LINE] !== line) return;
      const end = index === this.steps.length - 1 ? "end" : "";
      const button = element("button", {type: "button", class: end,
        "data-step": index, tabindex: "-1", onclick: () => go(index)},
        element("span", {class: "dot"}, index + 1),
        message(one[MESSAGE]));
      button.style.setProperty("--column", one[FROM] - 1);
      made.push(element("div", {class: "note"}, button));
    });
    return made;
  }

  highlight(one) {
    for (const row of this.source.querySelectorAll(".row.on")) {
      row.classList.remove("on", "end");
      for (const old of row.querySelectorAll("mark")) old.replaceWith(...old.childNodes);
      row.normalize();
    }
    const row = this.source.querySelector('[data-line="' + one[LINE] + '"]');
    if (!row) return;
    row.classList.add("on");
    if (step === this.steps.length - 1) row.classList.add("end");
    markWord(row.querySelector(".code"), one[FROM] - 1, one[TO] - 1);
  }
}

function stateRows(state) {
  const rows = new Map();
  if (state.irql.length) rows.set("IRQL", state.irql.join(" to "));
  const region = (name, depth) => {
    if (depth !== null)
      rows.set(name, depth === 0 ? "outside" : depth === 1 ? "inside" : depth + " deep");
  };
  region("Critical region", state.critical);
  region("Guarded region", state.guarded);
  rows.set("Holds", state.held.map(([object, kind, mode]) =>
    object + " (" + [kind, mode].filter(Boolean).join(", ") + ")").join("; ") || "nothing");
  return rows;
}

const gap = (first, last) => element("p", {class: "gap"}, first === last ?
  "⋯ line " + first : "⋯ lines " + first + " to " + last);

// Adds the line with its comments, strings, numbers and keywords; returns whether
// the next line begins in a comment.
function colour(node, line, comment) {
  if (comment) {
    const end = line.indexOf("*/");
    const text = end < 0 ? line : line.slice(0, end + 2);
    node.append(element("span", {class: "comment"}, text));
    if (end < 0) return true;
    line = line.slice(end + 2);
  }
  let at = 0;
  for (const found of line.matchAll(TOKEN)) {
    put(node, line.slice(at, found.index));
    const kind = KINDS[found.slice(1).findIndex((one) => one !== undefined)];
    node.append(element("span", {class: kind}, found[0]));
    at = found.index + found[0].length;
    if (found[1] && found[1].startsWith("/*") &&
        !(found[1].length > 3 && found[1].endsWith("*/"))) return true;
  }
  put(node, line.slice(at));
  return false;
}

// Marks the characters from..to of the line; one that is shown by its number counts
// as one.
function markWord(code, from, to) {
  let at = 0;
  const walk = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walk.nextNode()) texts.push(walk.currentNode);
  for (const text of texts) {
    const odd = text.parentElement.className === "odd";
    const length = odd ? 1 : text.length;
    const [first, last] = [Math.max(from - at, 0), Math.min(to - at, length)];
    at += length;
    if (first >= last || odd) continue;
    const range = document.createRange();
    range.setStart(text, first);
    range.setEnd(text, last);
    range.surroundContents(document.createElement("mark"));
  }
}

function reveal(pane, node) {
  if (!node) return;
  const [outer, inner] = [pane.getBoundingClientRect(), node.getBoundingClientRect()];
  const margin = pane.id === "source" ? outer.height / 4 : 8;
  if (inner.top < outer.top + margin || inner.bottom > outer.bottom - margin)
    pane.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
}

// ---- The rule ---------------------------------------------------------------

function ruleElement(number) {
  const rule = data.rules[number];
  const node = element("section", {class: "rule", id: "explained", tabindex: "-1",
    "aria-label": "The rule"}, element("h3", {}, rule.id));
  if (rule.summary) node.append(element("p", {class: "summary"}, rule.summary + "."));
  for (const text of (rule.text || "").split("\n").filter(Boolean))
    node.append(element("p", {}, text));
  node.append(...diagramElements(number, rule));
  const example = (title, kind, text) => text ? element("div", {class: kind},
    element("h4", {}, title), element("pre", {tabindex: "0"}, text.trimEnd())) : null;
  if (rule.bad || rule.good)
    node.append(element("div", {class: "examples"},
      example("Wrong", "bad", rule.bad), example("Right", "good", rule.good)));
  if (rule.url)
    node.append(element("p", {}, element("a", {href: rule.url, rel: "noreferrer"},
      "Microsoft's documentation")));
  return node;
}

function diagramElements(number, rule) {
  const template = $("diagram-" + number);
  const svg = template && template.content.firstElementChild;
  const words = element("ul", {}, ...rule.words.map(([text, bad]) =>
    element("li", {class: bad ? "bad" : ""}, bad ? "Wrong: " + text : text)));
  if (!svg) return rule.words.length ? [words] : [];
  const drawn = document.importNode(svg, true);
  if (parseFloat(drawn.getAttribute("width")) < 560) drawn.classList.add("small");
  return [element("div", {class: "diagram", tabindex: "0", role: "group",
    "aria-label": "Diagram"}, drawn),
  element("details", {class: "words"},
    element("summary", {}, "The diagram in words"), words)];
}

// ---- Where one is -----------------------------------------------------------

function go(number) {
  if (!viewer || number < 0 || number >= viewer.steps.length) return;
  step = number;
  viewer.go();
  history.replaceState(null, "", "#" + chosen + "." + step);
}

function follow() {
  const found = /^#(\d+)(?:\.(\d+))?$/.exec(location.hash);
  const index = found ? +found[1] : -1;
  if (!data.findings[index]) {
    document.body.dataset.view = "list";
    if (chosen < 0 && shown.length) { show(shown[0]); viewer.go(); }
    return;
  }
  document.body.dataset.view = "detail";
  if (index !== chosen) {
    show(index);
    $("detail").scrollTop = 0;
    $("detail").closest("main").scrollTop = 0;
    $("detail").focus({preventScroll: true});  // so that the arrows go its path
  }
  step = Math.min(+(found[2] || 0), viewer.steps.length - 1);
  viewer.go();
}

function move(by) {
  const at = shown.indexOf(chosen);
  const next = shown[at < 0 ? 0 : at + by];
  if (next === undefined) return;
  location.hash = "#" + next;
}

function moveInList(by) {
  const links = [...$("groups").querySelectorAll("summary, a")]
    .filter((one) => one.offsetParent);
  const next = links[links.indexOf(document.activeElement) + by];
  if (next) next.focus();
}

const KEYS = {
  j: () => go(step + 1), k: () => go(step - 1),
  ArrowDown: () => go(step + 1), ArrowUp: () => go(step - 1),
  n: () => move(1), p: () => move(-1),
  "/": () => $("search").focus(), Escape: toList,
};

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target;
  if (target.matches("input, select")) {
    if (event.key === "Escape") target.blur();
    return;
  }
  const arrow = {ArrowDown: 1, ArrowUp: -1}[event.key];
  if (arrow && $("groups").contains(target)) moveInList(arrow);
  else if (arrow && target.matches(".source, pre, .diagram")) return;
  else if (KEYS[event.key]) KEYS[event.key]();
  else return;
  event.preventDefault();
}

// ---- The page ---------------------------------------------------------------

function theme() {
  const names = ["auto", "dark", "light"];
  const stored = () => { try { return localStorage.getItem("ddi-theme"); } catch { return null; } };
  let name = names.includes(stored()) ? stored() : "auto";
  const apply = () => {
    if (name === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = name;
    $("theme").textContent = "Theme: " + name;
  };
  $("theme").addEventListener("click", () => {
    name = names[(names.indexOf(name) + 1) % names.length];
    try { localStorage.setItem("ddi-theme", name); } catch { /* not kept */ }
    apply();
  });
  apply();
}

function missed(rows, title) {
  if (!rows.length) return;
  $("missed").append(element("details", {}, element("summary", {}, title),
    element("ul", {}, ...rows.map(([name, why]) => element("li", {},
      element("span", {class: "mono"}, name), " " + why)))));
}

function later(action) {
  let timer = 0;
  return () => { clearTimeout(timer); timer = setTimeout(action, 120); };
}

theme();
missed(data.missed, plural(data.missed.length, "file") + " not analysed");
missed(data.unused, plural(data.unused.length, "unused suppression"));
fillFilters();
for (const id of ["rule", "file", "status", "group"]) $(id).addEventListener("change", list);
$("search").addEventListener("input", later(list));
document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("keydown", key);
addEventListener("hashchange", follow);
if (!data.findings.length)
  $("detail").append(element("p", {class: "none"}, "Nothing was found."));
list();
follow();
}());
