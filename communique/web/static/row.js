// A row by hand: choosing a sentence, or selecting words in the text, fills the quote. Without this the sentence that is
// chosen is the quote, or words are typed.
"use strict";
(() => {
  const form = document.getElementById("row");
  const box = form && form.querySelector(".textbox");
  const quote = document.getElementById("quote");
  if (!box || !quote) return;
  const selected = () => {
    const s = getSelection();
    if (!s || s.isCollapsed || !box.contains(s.anchorNode) || !box.contains(s.focusNode)) return "";
    return s.toString().trim();
  };
  box.addEventListener("change", (e) => {
    const line = e.target.closest("label");
    quote.value = selected() || line.querySelector("span").textContent;
  });
  document.addEventListener("mouseup", () => {
    const text = selected();
    if (!text) return;
    const s = getSelection(), first = s.getRangeAt(0).startContainer;
    const line = (first.nodeType === 1 ? first : first.parentElement).closest("label");
    if (line) line.querySelector("input").checked = true;
    quote.value = text;
  });
})();
