// Search as you type: names under the field, and on the page of the search the items themselves. Saved searches are
// kept by the browser. Without this the form does the same at the press of a key.
"use strict";
(() => {
  const field = document.querySelector("form.search input[name=text]");
  const found = document.getElementById("found");
  const WAIT = 160, KEY = "communique.saved";

  const make = (tag, props, ...inner) => {
    const e = Object.assign(document.createElement(tag), props);
    e.append(...inner);
    return e;
  };

  // --- names -----------------------------------------------------------------------------------------------------
  const list = make("ul", { id: "names", className: "offered", role: "listbox", hidden: true });
  let at = -1, asked = "", running = null, timer = 0;
  if (field) {
    field.after(list);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": "names", "aria-autocomplete": "list" }))
      field.setAttribute(name, value);
    list.setAttribute("aria-label", field.labels[0] ? field.labels[0].textContent : "");
  }
  const close = () => { list.hidden = true; at = -1; field.setAttribute("aria-expanded", "false"); field.removeAttribute("aria-activedescendant"); };
  const offer = (names) => {
    list.replaceChildren(...names.map((n, i) => {
      const link = make("a", { href: n.href, tabIndex: -1 }, make("bdi", { textContent: n.name }), " ", make("bdi", { className: "also", textContent: n.also }), " ", make("span", { className: "role", textContent: n.kind }));
      const item = make("li", { id: "name-" + i }, link);
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      return item;
    }));
    at = -1;
    list.hidden = !names.length || document.activeElement !== field;
    field.setAttribute("aria-expanded", String(!list.hidden));
  };
  const choose = (step) => {
    const all = [...list.children];
    if (list.hidden || !all.length) return;
    at = (at + step + all.length + (at < 0 && step < 0 ? 1 : 0)) % all.length;
    all.forEach((e, i) => e.setAttribute("aria-selected", String(i === at)));
    field.setAttribute("aria-activedescendant", all[at].id);
    all[at].scrollIntoView({ block: "nearest" });
  };

  // --- items -----------------------------------------------------------------------------------------------------
  const address = () => {
    const query = new URLSearchParams([...new FormData(field.form)].filter(([, v]) => String(v).trim()));
    return query.toString();
  };
  const get = (url, signal) => fetch(url, { signal, headers: { accept: "*/*" } }).then((r) => (r.ok ? r : Promise.reject(r)));
  const look = () => {
    const text = field.value.trim();
    if (text === asked) return;
    asked = text;
    if (running) running.abort();
    running = new AbortController();
    const signal = running.signal;
    if (text) get("/names?text=" + encodeURIComponent(text.slice(0, 100)), signal).then((r) => r.json()).then(offer).catch(() => {});
    else close();
    if (!found) return;
    const query = address();
    found.setAttribute("aria-busy", "true");
    get("/find/part?" + query, signal).then((r) => r.text()).then((page) => {
      found.innerHTML = page; // our own page, escaped by the server; its policy lets nothing in it run
      history.replaceState(null, "", "/find" + (query ? "?" + query : ""));
      found.removeAttribute("aria-busy");
      saving();
    }).catch(() => found.removeAttribute("aria-busy"));
  };
  if (field) {
    asked = field.value.trim();
    field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, WAIT); });
    field.addEventListener("keydown", (e) => {
      if (e.isComposing) return;
      if (e.key === "ArrowDown" || e.key === "ArrowUp") { if (list.firstChild) { e.preventDefault(); list.hidden = false; field.setAttribute("aria-expanded", "true"); choose(e.key === "ArrowDown" ? 1 : -1); } }
      else if (e.key === "Escape" && !list.hidden) { e.preventDefault(); close(); }
      else if (e.key === "Enter" && at >= 0 && !list.hidden) { e.preventDefault(); location.assign(list.children[at].firstChild.href); }
    });
    field.addEventListener("blur", () => setTimeout(() => { if (!list.contains(document.activeElement)) close(); }, 200));
  }

  // --- saved searches --------------------------------------------------------------------------------------------
  const kept = () => { try { return JSON.parse(localStorage.getItem(KEY)) || []; } catch { return []; } };
  const keep = (all) => { try { localStorage.setItem(KEY, JSON.stringify(all.slice(0, 50))); } catch { /* the browser keeps nothing */ } };
  const saving = () => {
    for (const button of document.querySelectorAll("[data-save]")) {
      button.parentElement.hidden = false;
      button.addEventListener("click", () => {
        keep([button.dataset.save, ...kept().filter((a) => a !== button.dataset.save)]);
        button.textContent = button.dataset.done;
        button.disabled = true;
      });
    }
  };
  const box = document.getElementById("saved");
  const shown = () => {
    const mine = kept().filter((a) => typeof a === "string" && a.startsWith("/find?"));
    const ul = box.querySelector("ul");
    box.hidden = !mine.length;
    ul.replaceChildren(...mine.map((a) => {
      const name = [...new URLSearchParams(a.slice(6))].map(([, v]) => v).join(" · ");
      const forget = make("button", { type: "button", className: "plainly", textContent: ul.dataset.forget });
      forget.addEventListener("click", () => { keep(kept().filter((x) => x !== a)); shown(); });
      return make("li", {}, make("a", { href: a }, make("bdi", { textContent: name })), forget);
    }));
  };
  saving();
  if (box) shown();
})();
