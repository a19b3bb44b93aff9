import { card, el, form } from "/card.js";

const $ = (id) => document.getElementById(id);
const state = { as: "", place: "community", thread: "", setting: null, messages: new Map(), source: null, ahead: 0, fresh: new Set() };
const names = { cymar: "Cymar" };

const nonce = () => [...crypto.getRandomValues(new Uint8Array(12))].map((b) => b.toString(16).padStart(2, "0")).join("");

// post sends an act, and tries again under the same nonce while the bot
// cannot take it in.
async function post(path, body) {
  const data = JSON.stringify({ nonce: nonce(), as: state.as, place: state.place, ...body });
  for (let wait = 300; ; wait *= 2) {
    const res = await fetch("/api/" + path, { method: "POST", body: data, headers: { "Content-Type": "application/json" } }).catch(() => null);
    if (res?.ok) return res.status === 204 ? {} : res.json();
    if (res && res.status !== 503) throw new Error(await res.text());
    if (wait > 10000) throw new Error("The bot could not take that in. Please try again in a minute.");
    fault("The bot is busy or not reachable; trying again…");
    await new Promise((r) => setTimeout(r, wait));
  }
}

function fault(text) { $("fault").textContent = text; $("fault").hidden = !text; }

async function doing(work) {
  try { const out = await work(); fault(""); return out; } catch (e) { fault(e.message); return null; }
}

const direct = () => "direct-" + state.as;

function places() {
  return [...state.setting.rooms, { id: direct(), name: "Direct chat with Cymar", kind: "direct" }];
}

function drawRooms() {
  $("rooms").replaceChildren(...places().map((p) => el("li", {}, el("button", {
    type: "button", "data-place": p.id, "aria-current": p.id === state.place ? "true" : undefined,
    class: state.fresh.has(p.id) ? "new" : undefined, onclick: () => go(p.id),
  }, p.name))));
  const here = places().find((p) => p.id === state.place);
  names[direct()] = "Direct chat with Cymar";
  $("room").textContent = here.name;
  $("about").textContent = {
    channel: "Everybody here sees this. Cymar reads only what mentions it: write “@Cymar” and your question.",
    meeting: "The chat beside a meeting. Cymar reads along only after it has said so.",
    direct: "Only you and Cymar. Just write; no mention needed.",
  }[here.kind];
  $("hint").textContent = here.kind === "direct" ? "Enter sends, Shift and Enter begins a new line. “help” lists what Cymar can do." : "Enter sends. Mention @Cymar to ask it something.";
  $("meeting").hidden = here.kind !== "meeting";
}

function go(place, thread = "") {
  state.place = place; state.thread = thread; state.fresh.delete(place);
  drawRooms(); drawThread(); drawLog(); $("room").focus();
}

function drawThread() {
  $("thread").hidden = !state.thread;
  const root = state.messages.get(state.thread);
  $("thread").firstElementChild.textContent = root ? `Replying in the thread of “${(root.text ?? "").slice(0, 60)}”` : "";
}

const time = (iso) => new Date(iso).toLocaleString("en-GB", { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

function view(m) {
  const mine = m.from === state.as;
  const bot = m.from === "cymar";
  const who = names[m.from] ?? m.from;
  const body = [];
  if (m.removed) body.push(el("p", { class: "quiet" }, "Message deleted"));
  if (m.text) body.push(el("p", { class: "text", dir: "auto" }, m.text));
  if (m.card) body.push(card(m.card, { names, press: (b) => press(m, b) }));
  if (m.file) body.push(el("p", {}, el("a", { href: `/api/file?message=${encodeURIComponent(m.id)}&as=${state.as}` }, `${m.file.name} (${Math.ceil(m.file.size / 1024)} kB)`)));
  const act = (label, fn) => el("button", { type: "button", class: "link", onclick: fn }, label);
  const acts = [];
  const channel = places().find((p) => p.id === m.place)?.kind === "channel";
  if (channel && !m.removed) acts.push(act("Reply in thread", () => { state.thread = m.thread || m.id; drawThread(); $("text").focus(); }));
  if (!bot && !m.removed) acts.push(act(m.liked ? `Liked (${m.likes})` : m.likes ? `Like (${m.likes})` : "Like", () => doing(() => post("react", { message: m.id, name: "like", gone: m.liked }))));
  if (mine && !m.removed && !m.card) acts.push(act("Edit", () => edit(m)), act("Delete", () => doing(() => post("remove", { message: m.id }))));
  if (m.card) acts.push(act("See it as…", () => seeAs(m)));
  return el("li", { class: `message${m.only ? " only" : ""}${m.thread ? " in-thread" : ""}`, "data-id": m.id, "data-from": m.from },
    el("span", { class: `face${bot ? " bot" : ""}`, "aria-hidden": "true" }, bot ? "C" : (state.setting.cast.find((c) => c.id === m.from)?.short ?? "?")),
    el("div", {}, el("p", { class: "meta" }, el("strong", {}, who), el("span", { class: "quiet" }, time(m.at)),
      m.edited ? el("span", { class: "quiet" }, "edited") : null, m.only ? el("span", { class: "quiet" }, "Only you can see this") : null),
    ...body, el("p", { class: "acts" }, ...acts)));
}

// ordered puts replies under the message that began their thread.
function ordered() {
  const here = [...state.messages.values()].filter((m) => m.place === state.place);
  const threads = new Map();
  for (const m of here) if (m.thread && m.thread !== m.id) threads.set(m.thread, [...(threads.get(m.thread) ?? []), m]);
  const out = [];
  for (const m of here) {
    if (m.thread && m.thread !== m.id && state.messages.has(m.thread)) continue;
    out.push(m, ...(threads.get(m.id) ?? []));
  }
  return out;
}

function drawLog() {
  $("log").replaceChildren(...ordered().map(view));
  const last = $("log").lastElementChild;
  if (last) show(last);
}

// show brings a message into view by its beginning, so that a long card is
// read from the top.
function show(e) {
  const tall = e.offsetHeight > $("log").clientHeight;
  e.scrollIntoView({ block: tall ? "start" : "nearest" });
}

function spoken(m) {
  const words = m.card ? m.card.summary : m.text;
  return `${names[m.from] ?? m.from}${m.only ? ", only for you" : ""}: ${words ?? m.file?.name ?? ""}`;
}

function receive(m) {
  const known = state.messages.has(m.id);
  state.messages.set(m.id, m);
  if (m.place !== state.place) {
    if (!known) state.fresh.add(m.place);
    drawRooms();
    return;
  }
  const old = $("log").querySelector(`[data-id="${CSS.escape(m.id)}"]`);
  if (known && old) {
    const held = old.contains(document.activeElement);
    const fresh = view(m);
    old.replaceWith(fresh);
    if (held) (fresh.querySelector("button") ?? $("text")).focus();
  } else drawLog();
  if (!known && m.from !== state.as) {
    $("live").append(el("p", {}, spoken(m)));
    while ($("live").childElementCount > 20) $("live").firstElementChild.remove();
    const e = $("log").querySelector(`[data-id="${CSS.escape(m.id)}"]`);
    if (e) show(e);
  }
}

function listen() {
  state.source?.close();
  const source = (state.source = new EventSource("/api/events?as=" + state.as));
  source.addEventListener("all", (e) => {
    state.messages = new Map(JSON.parse(e.data).map((m) => [m.id, m]));
    $("offline").hidden = true;
    drawRooms(); drawThread(); drawLog();
    document.documentElement.dataset.ready = state.as;
  });
  source.addEventListener("message", (e) => receive(JSON.parse(e.data)));
  source.addEventListener("time", (e) => setTime(JSON.parse(e.data)));
  source.onerror = () => { $("offline").textContent = "The bot has stopped or is not reachable. This page comes back by itself."; $("offline").hidden = false; };
}

function setTime(now) { state.ahead = new Date(now) - Date.now(); tick(); }

function tick() {
  const now = new Date(Date.now() + state.ahead);
  $("now").dateTime = now.toISOString();
  $("now").textContent = now.toLocaleString("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
}

// hoursToMorning is how far it is to a quarter to ten, so many days on: the
// hour by which what is due that day has come.
function hoursToMorning(days) {
  const to = new Date(Date.now() + state.ahead);
  to.setDate(to.getDate() + days);
  to.setHours(9, 45, 0, 0);
  return (to - (Date.now() + state.ahead)) / 3600000;
}

async function press(m, b) {
  if (b.confirm && !confirm(b.confirm)) return;
  const now = await doing(() => post("press", { place: m.place, message: m.id, action: b.action, value: b.value ?? "" }));
  if (now?.form) ask(now.form, m);
}

function open(content) {
  $("dialog").replaceChildren(content);
  if (!$("dialog").open) $("dialog").showModal();
  content.querySelector("input, select, textarea, button")?.focus();
}

const close = () => $("dialog").close();

function ask(f, m) {
  open(form(f, async (fields) => {
    const now = await doing(() => post("submit", { place: m.place, thread: m.thread, form: f.id, state: f.state, fields }));
    if (now?.form) { ask(now.form, m); return {}; }
    return now === null ? { "": $("fault").textContent } : now.field_errors;
  }, close));
}

function edit(m) {
  open(form({ title: "Change your message", submit: "Save", fields: [{ name: "text", label: "Message", kind: "long", value: m.text }] },
    async (v) => { await doing(() => post("edit", { message: m.id, text: v.text })); return null; }, close));
}

function seeAs(m) {
  const out = el("pre", { tabindex: "0", "aria-live": "polite" });
  const pick = el("select", { id: "form", onchange: () => load(pick.value) }, ...state.setting.renderers.map((r) => el("option", { value: r }, r)));
  async function load(name) {
    const res = await fetch(`/api/card?message=${encodeURIComponent(m.id)}&as=${state.as}&form=${encodeURIComponent(name)}`);
    out.textContent = await res.text();
  }
  open(el("div", {}, el("h3", { id: "dialog-title" }, "The same card elsewhere"), el("label", { for: "form" }, "As "), pick, out,
    el("button", { type: "button", onclick: close }, "Close")));
  load(state.setting.renderers[0]);
}

function be(id) {
  state.as = id;
  if (state.place.startsWith("direct-")) state.place = direct();
  state.thread = "";
  state.fresh.clear();
  $("is").textContent = state.setting.cast.find((c) => c.id === id).is;
  listen();
}

async function send(e) {
  e?.preventDefault();
  const text = $("text").value;
  if (!text) return;
  $("text").value = "";
  const sent = await doing(() => post("say", { text, thread: state.thread }));
  if (sent === null) $("text").value = text;
  $("text").focus();
}

async function upload(file) {
  if (!file) return;
  const q = new URLSearchParams({ nonce: nonce(), as: state.as, place: state.place, name: file.name });
  await doing(async () => {
    const res = await fetch("/api/upload?" + q, { method: "POST", body: file });
    if (!res.ok) throw new Error(await res.text());
  });
  $("file").value = "";
}

async function start() {
  state.setting = await (await fetch("/api/setting")).json();
  for (const c of state.setting.cast) { names[c.id] = c.name; $("as").append(el("option", { value: c.id }, c.name)); }
  for (const r of state.setting.rooms) names[r.id] = r.name;
  $("volatile").hidden = !state.setting.volatile;
  setTime(state.setting.now);
  setInterval(tick, 1000);
  $("as").addEventListener("change", () => be($("as").value));
  $("say").addEventListener("submit", send);
  $("text").addEventListener("keydown", (e) => { if (e.key === "Enter" && !e.shiftKey && !e.isComposing) send(e); });
  $("unthread").addEventListener("click", () => { state.thread = ""; drawThread(); $("text").focus(); });
  $("file").addEventListener("change", () => upload($("file").files[0]));
  for (const kind of ["dragover", "dragleave", "drop"]) $("say").addEventListener(kind, (e) => {
    e.preventDefault();
    $("say").classList.toggle("over", kind === "dragover");
    if (kind === "drop") upload(e.dataTransfer.files[0]);
  });
  for (const b of document.querySelectorAll("[data-hours], [data-mornings]")) b.addEventListener("click", () =>
    doing(async () => setTime((await post("clock", { hours: Number(b.dataset.hours) || hoursToMorning(Number(b.dataset.mornings)) })).now)));
  $("meeting-start").addEventListener("click", () => doing(() => post("meeting", {})));
  $("meeting-end").addEventListener("click", () => doing(() => post("meeting", { gone: true })));
  be(state.setting.cast[0].id);
}

start();
