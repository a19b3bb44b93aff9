// Shows a card as HTML. Everything that comes from outside becomes text nodes:
// nothing that anybody wrote is ever read as markup.

export function el(name, props = {}, ...children) {
  const e = document.createElement(name);
  for (const [k, v] of Object.entries(props)) {
    if (k.startsWith("on")) e.addEventListener(k.slice(2), v);
    else if (k === "class") e.className = v;
    else if (v !== undefined && v !== false) e.setAttribute(k, v === true ? "" : v);
  }
  e.append(...children.filter((c) => c !== null && c !== undefined));
  return e;
}

const safe = (url) => /^https?:\/\//i.test(url);

function span(s, names) {
  let n = document.createTextNode(s.text);
  if (s.mention?.id) n = el("span", { class: "mention" }, "@" + (names[s.mention.id] ?? s.text));
  if (s.at?.id) n = el("span", { class: "mention" }, "#" + (names[s.at.id] ?? s.text));
  if (s.link && safe(s.link)) n = el("a", { href: s.link, rel: "noreferrer noopener", target: "_blank" }, n);
  if (s.bold) n = el("strong", {}, n);
  if (s.italic) n = el("em", {}, n);
  return n;
}

const spans = (list, names) => (list ?? []).map((s) => span(s, names));

function button(b, press) {
  if (b.url) return el("a", { href: safe(b.url) ? b.url : undefined, target: "_blank", rel: "noreferrer noopener" }, b.label);
  return el("button", {
    type: "button", class: b.style || undefined,
    title: b.command ? `or type: ${b.command}` : undefined, onclick: () => press(b),
  }, b.label);
}

const show = {
  heading: (d) => el("h3", {}, d.text),
  text: (d, o) => el("p", {}, ...spans(d.spans, o.names)),
  note: (d, o) => el("p", { class: "note" }, ...spans(d.spans, o.names)),
  quote: (d, o) => el("blockquote", {}, ...spans(d.spans, o.names)),
  divider: () => el("hr"),
  list: (d, o) => el("ul", {}, ...(d.items ?? []).map((i) => el("li", {}, ...spans(i, o.names)))),
  facts: (d) => el("dl", {}, ...(d.rows ?? []).flatMap((r) => [el("dt", {}, r.label), el("dd", {}, r.value)])),
  buttons: (d, o) => el("div", { class: "buttons" }, ...(d.buttons ?? []).map((b) => button(b, o.press))),
  picture: (d) => el("img", { src: `data:image/png;base64,${d.png}`, alt: d.alt }),
  table: (d) => el("table", {},
    el("thead", {}, el("tr", {}, ...(d.header ?? []).map((h) => el("th", { scope: "col" }, h)))),
    el("tbody", {}, ...(d.rows ?? []).map((r) => el("tr", {}, ...r.map((c) => el("td", {}, c)))))),
};

// card makes the element for a card. press is called with a button's data;
// names turns ids into what people are called.
export function card(c, o) {
  const e = el("div", { class: "card", lang: c.lang || undefined });
  for (const b of c.blocks ?? []) if (show[b.kind]) e.append(show[b.kind](b.data ?? {}, o));
  return e;
}

// form makes the dialog's content for a form. send gets the values and
// answers with the faults by field, or nothing.
export function form(f, send, close) {
  const errors = {};
  const field = (x) => {
    const id = "field-" + x.name;
    const err = (errors[x.name] = el("p", { class: "error", id: id + "-error", role: "alert" }));
    const hint = x.hint ? el("p", { class: "quiet", id: id + "-hint" }, x.hint) : null;
    return el("div", { class: "field" }, el("label", { for: id }, x.label), hint, control(x, id), err);
  };
  const general = (errors[""] = el("p", { class: "error", role: "alert" }));
  const body = el("form", {
    lang: f.lang || undefined,
    onsubmit: async (e) => {
      e.preventDefault();
      for (const n of Object.values(errors)) n.textContent = "";
      const faults = await send(values(f, body));
      if (!faults) return close();
      for (const [name, text] of Object.entries(faults)) (errors[name] ?? general).textContent = text;
      const first = Object.keys(faults).find((n) => n && errors[n]);
      if (first) body.querySelector(`[name="${CSS.escape(first)}"]`)?.focus();
    },
  },
  el("h3", { id: "dialog-title" }, f.title), f.intro ? el("p", {}, f.intro) : null,
  ...(f.fields ?? []).map(field), general,
  el("div", { class: "buttons" }, el("button", { type: "submit", class: "primary" }, f.submit || "OK"),
    el("button", { type: "button", onclick: close }, f.cancel || "Cancel")));
  return body;
}

function control(x, id) {
  const common = { id, name: x.name, "aria-describedby": `${x.hint ? id + "-hint " : ""}${id}-error`, required: !x.optional };
  if (x.kind === "long") {
    const t = el("textarea", { ...common, rows: 5, maxlength: x.max || undefined });
    t.value = x.value ?? "";
    return t;
  }
  if (x.kind === "choice" || x.kind === "many") {
    const chosen = (x.value ?? "").split(",");
    return el("select", { ...common, multiple: x.kind === "many" },
      ...(x.options ?? []).map((o) => el("option", { value: o.value, selected: chosen.includes(o.value) }, o.label)));
  }
  const type = { date: "date", time: "time" }[x.kind] ?? "text";
  return el("input", { ...common, type, value: x.value ?? "", maxlength: x.max || undefined });
}

function values(f, body) {
  const out = {};
  for (const x of f.fields ?? []) {
    const c = body.elements.namedItem(x.name);
    out[x.name] = x.kind === "many" ? [...c.selectedOptions].map((o) => o.value).join(",") : c.value;
  }
  return out;
}
