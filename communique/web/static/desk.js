// The document page: an item and its words show each other, by pointer and by keyboard. Without this the links do it.
"use strict";
(() => {
  const marks = [...document.querySelectorAll(".m[data-i]")];
  const items = new Map([...document.querySelectorAll(".hit[data-i]")].map((e) => [e.dataset.i, e]));
  const words = new Map();
  for (const mark of marks)
    for (const id of mark.dataset.i.trim().split(" ")) words.set(id, [...(words.get(id) || []), mark]);

  let shown = [];
  const show = (ids) => {
    for (const e of shown) e.classList.remove("on");
    shown = ids.flatMap((id) => [...(words.get(id) || []), items.get(id)]).filter(Boolean);
    for (const e of shown) e.classList.add("on");
  };
  const into = (e, box) => {
    if (!box || box.scrollHeight <= box.clientHeight) return;
    const a = e.getBoundingClientRect(), b = box.getBoundingClientRect();
    if (a.top < b.top || a.bottom > b.bottom) box.scrollTop += a.top - b.top - box.clientHeight / 3;
  };
  const ids = (e) => e.dataset.i.trim().split(" ");

  for (const mark of marks)
    for (const event of ["mouseenter", "focus"])
      mark.addEventListener(event, () => {
        show(ids(mark));
        const first = items.get(ids(mark)[0]);
        if (first) into(first, first.closest(".beside"));
      });
  for (const item of items.values()) {
    item.addEventListener("mouseenter", () => show([item.dataset.i]));
    item.addEventListener("focusin", () => show([item.dataset.i]));
  }
  const follow = () => {
    const id = decodeURIComponent(location.hash.slice(1)).replace(/^[iq]-/, "");
    if (!items.has(id)) return;
    show([id]);
    const first = (words.get(id) || [])[0];
    if (location.hash.startsWith("#i-") && first && matchMedia("(min-width: 60rem)").matches)
      first.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", follow);
  addEventListener("load", () => setTimeout(follow, 0)); // after the browser has gone to the fragment itself
  follow();
})();
