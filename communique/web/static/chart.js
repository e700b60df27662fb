// The slider of a network: draws the year it stands on. Without this script its button does the same.
"use strict";
(() => {
  const slider = document.querySelector("form.years input[type=range]");
  if (!slider) return;
  const form = slider.form;
  const shown = form.querySelector("output");
  form.querySelector("button").hidden = true;
  let waiting = 0;
  let asked = "";
  const draw = async () => {
    const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
    asked = address;
    const answer = await fetch(address, { headers: { accept: "text/html" } });
    if (!answer.ok || asked !== address) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById("chart");
    if (next) {
      document.getElementById("chart").replaceWith(next);
      history.replaceState(null, "", address);
    }
  };
  slider.addEventListener("input", () => {
    shown.value = slider.value;
    clearTimeout(waiting);
    waiting = setTimeout(draw, 150);
  });
})();
