// The grid: a box that ticks all rows, how many are ticked, arrow keys from row to row, and the words of the field that
// is chosen. Without this each row is ticked by itself and the words stand in a list below.
"use strict";
(() => {
  const form = document.getElementById("grid");
  const all = document.getElementById("all");
  if (!form || !all) return;
  const boxes = [...form.querySelectorAll("input[name=item]")];
  const count = document.getElementById("ticked");
  const tell = () => {
    const n = boxes.filter((b) => b.checked).length;
    all.checked = n === boxes.length;
    all.indeterminate = n > 0 && n < boxes.length;
    count.textContent = n ? n + " " + count.dataset.one : "";
  };
  all.hidden = false;
  all.addEventListener("change", () => { for (const b of boxes) b.checked = all.checked; tell(); });
  boxes.forEach((b, i) => {
    b.addEventListener("change", tell);
    b.addEventListener("keydown", (e) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
      if (step && boxes[i + step]) { e.preventDefault(); boxes[i + step].focus(); }
    });
  });
  tell();

  const field = document.getElementById("g-field"), value = document.getElementById("g-value");
  const hint = document.getElementById("g-hint");
  const offer = () => {
    const words = document.getElementById("w-" + field.value);
    if (words) value.setAttribute("list", words.id);
    else value.removeAttribute("list");
    const names = words ? [...words.options].map((o) => o.value).join(", ") : "";
    const chosen = field.selectedOptions[0];
    hint.textContent = [names, chosen ? chosen.dataset.hint || "" : ""].filter(Boolean).join(" · ");
  };
  field.addEventListener("change", offer);
  offer();
})();
