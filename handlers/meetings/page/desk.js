// The desk: what the server says is shown as text, never as markup.
"use strict";
const id = document.body.dataset.id, W = JSON.parse(document.body.dataset.words), $ = n => document.getElementById(n);
let view = null, here = null, nonceN = 0;
const timers = new Map(), waiting = new Map();
const boot = Math.random().toString(36).slice(2) + Date.now().toString(36);

function el(tag, props, ...kids) {
  const e = Object.assign(document.createElement(tag), props || {});
  e.append(...kids);
  return e;
}
function status(text, bad) { $("status").textContent = text; $("status").className = bad ? "bad" : ""; }

async function call(path, body) {
  const req = body ? { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) } : {};
  for (let go = 0; ; go++) {
    let res = null;
    try { res = await fetch("/desk/m/" + id + path, req); } catch { /* the network: tried again below */ }
    if (res && res.ok) return res.json();
    if (res && res.status === 422) throw new Error((await res.json()).error);
    if (res && res.status < 500) throw new Error(W.failed);
    if (go >= 5) throw new Error(W.failed);
    await new Promise(r => setTimeout(r, 500 * 2 ** go));
  }
}

let chain = Promise.resolve();
function act(verb, args, text) { // one after the other, in the order in which they were done
  const body = { nonce: boot + "-" + (++nonceN), verb, args: args || "", text: text || "" };
  status(W.saving);
  chain = chain.then(async () => {
    try { show(await call("/do", body)); status(W.saved); } catch (e) { status(e.message, true); await refresh(); }
  });
  return chain;
}
async function refresh() { try { show(await call("/data")); } catch (e) { status(e.message, true); } }

function show(v) {
  view = v;
  document.title = v.title;
  $("title").textContent = v.title;
  $("date").textContent = v.date_line;
  $("undo").disabled = !v.undo;
  $("lists").checked = v.lists;
  $("chart").checked = v.chart;
  $("notes").textContent = [v.word && W.word, v.stale && W.stale, v.published && W.published].filter(Boolean).join(" ");
  showRisks();
  showParts();
  showEvidence();
  document.body.dataset.revision = v.revision;
  if (v.busy) setTimeout(refresh, 1500);
}

function showRisks() {
  const open = (view.risks || []).filter(r => r.open);
  $("guardsum").textContent = view.busy ? W.wait : open.length ? W.settle + " (" + open.length + ")" : W.clear;
  $("publish").disabled = view.busy || open.length > 0;
  $("risks").replaceChildren(...open.map(r => {
    const li = el("li", {}, el("b", { textContent: r.label }), document.createTextNode(r.text + " "));
    if (r.part) li.append(el("button", { textContent: W.go, onclick: () => go(r.part) }), " ");
    li.append(r.firm ? el("span", { className: "note", textContent: W.firm }) : el("button", { textContent: W.keep, onclick: () => act("settle", r.id) }));
    return li;
  }));
}

// showParts changes what changed and leaves alone what is being typed in.
function showParts() {
  const box = $("parts"), have = new Map([...box.children].map(e => [e.dataset.part, e]));
  let last = null;
  for (const p of view.parts) {
    let e = have.get(p.part);
    if (!e) e = makePart(p);
    have.delete(p.part);
    fill(e, p);
    if (last ? last.nextSibling !== e : box.firstChild !== e) last ? last.after(e) : box.prepend(e);
    last = e;
  }
  for (const e of have.values()) e.remove();
  if (!view.parts.some(p => p.part === here)) here = view.parts.length ? view.parts[0].part : null;
  mark();
}

function makePart(p) {
  const e = el("section", { className: "part" });
  e.dataset.part = p.part;
  e.append(el("h2"));
  if (p.theme) e.append(field(p.part, "title", W.theme, el("input", { maxLength: 200 })));
  e.append(field(p.part, "text", W.paragraph, el("textarea", { maxLength: 3000, rows: 5 })));
  const row = el("div", { className: "row" });
  if (p.theme) {
    row.append(el("button", { className: "hide", onclick: () => act(find(p.part).hidden ? "unhide" : "hide", p.part) }),
      el("button", { textContent: W.redraw, onclick: () => act("redraw", p.part) }), el("select", { className: "merge", onchange: ev => act("merge", p.part + " " + ev.target.value) }));
  }
  e.append(row, el("p", { className: "note" }));
  e.addEventListener("focusin", () => { if (here !== p.part) { here = p.part; mark(); showEvidence(); } });
  e.addEventListener("click", () => { if (here !== p.part) { here = p.part; mark(); showEvidence(); } });
  return e;
}

function field(part, verb, label, input) {
  const key = part + "/" + verb;
  const save = () => {
    clearTimeout(timers.get(key));
    timers.delete(key);
    const p = find(part);
    if (p && input.value.trim() !== p[verb] && (verb === "text" || input.value.trim())) {
      waiting.set(key, true);
      act(verb, part, input.value).then(() => waiting.delete(key));
    }
  };
  input.className = verb;
  input.addEventListener("input", () => { clearTimeout(timers.get(key)); timers.set(key, setTimeout(save, 800)); status(W.saving); });
  input.addEventListener("blur", save);
  return el("label", {}, label, input);
}

function fill(e, p) {
  e.querySelector("h2").textContent = p.name;
  e.classList.toggle("hidden", p.hidden);
  for (const verb of ["title", "text"]) {
    const input = e.querySelector("." + verb), key = p.part + "/" + verb;
    if (!input || timers.has(key) || waiting.has(key) && document.activeElement === input) continue;
    if (input.value !== p[verb]) input.value = p[verb];
    input.disabled = view.word;
  }
  e.querySelector(".note").textContent = (p.hidden ? W.hidden + " " : "") + p.note;
  if (!p.theme) return;
  e.querySelector(".hide").textContent = p.hidden ? W.show : W.hide;
  const others = view.parts.filter(o => o.theme && o.part !== p.part);
  e.querySelector(".merge").setAttribute("aria-label", W.merge);
  e.querySelector(".merge").replaceChildren(new Option(W.merge, ""), ...others.map(o => new Option(o.part + ". " + o.title, o.part)));
}

function find(part) { return view.parts.find(p => p.part === part); }
function mark() { for (const e of $("parts").children) e.classList.toggle("here", e.dataset.part === here); }
function go(part) {
  here = part;
  mark();
  showEvidence();
  const e = [...$("parts").children].find(e => e.dataset.part === part);
  if (e) { e.scrollIntoView({ block: "center" }); (e.querySelector(".text") || e).focus(); }
}

function showEvidence() {
  const p = view && find(here);
  $("behind").textContent = p ? W.behind + " " + (p.title || p.name) : W.evidence;
  const ns = p ? new Set(p.messages) : new Set();
  const all = (view.messages || []).filter(m => ns.has(m.n));
  const themes = view.parts.filter(o => o.theme && o.part !== here);
  $("messages").replaceChildren(...all.map(m => {
    const li = el("li", {}, el("span", { className: "n", textContent: "m" + m.n + " " + m.at }), document.createTextNode(m.text));
    if (p.theme && themes.length) {
      const to = el("select", { onchange: ev => act("move", "m" + m.n + " " + ev.target.value) }, new Option(W.move, ""), ...themes.map(o => new Option(o.part + ". " + o.title, o.part)));
      to.setAttribute("aria-label", W.move + " m" + m.n);
      li.append(el("div", {}, to));
    }
    return li;
  }));
  if (!all.length) $("messages").append(el("li", { className: "note", textContent: W.none }));
}

$("undo").onclick = () => act("undo");
$("lists").onchange = e => act("lists", e.target.checked ? "on" : "off");
$("chart").onchange = e => act("chart", e.target.checked ? "on" : "off");
$("add").onsubmit = e => { e.preventDefault(); const n = $("addname").value.trim(); if (n) { $("addname").value = ""; act("add", n.replaceAll(":", " ")); } };
$("publish").onclick = () => {
  if (!confirm(W.sure)) return;
  chain = chain.then(async () => {
    try { show(await call("/publish", { nonce: boot + "-" + (++nonceN) })); status(W.published); } catch (e) { status(e.message, true); }
  });
};
document.addEventListener("keydown", e => {
  if (!e.altKey || e.ctrlKey || e.metaKey || !view) return;
  const parts = view.parts.map(p => p.part), at = parts.indexOf(here);
  const does = {
    ArrowDown: () => go(parts[Math.min(at + 1, parts.length - 1)]), ArrowUp: () => go(parts[Math.max(at - 1, 0)]), e: () => $("evidence").focus(),
    h: () => { const p = find(here); if (p && p.theme) act(p.hidden ? "unhide" : "hide", here); }, z: () => { if (view.undo) act("undo"); },
  }[e.key];
  if (does) { e.preventDefault(); does(); }
});
window.addEventListener("beforeunload", e => { if (timers.size || waiting.size) e.preventDefault(); });
refresh().then(() => { document.body.dataset.ready = "yes"; });
