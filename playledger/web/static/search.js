// A list follows what is typed or chosen. Without this script its button does the same.
"use strict";

for (const form of document.querySelectorAll("form[data-rows]")) {
  const rows = document.getElementById(form.dataset.rows);
  let asked = null;

  const show = async () => {
    asked?.abort();
    asked = new AbortController();
    const wanted = [...new FormData(form)].filter(([, value]) => value !== "");
    const query = new URLSearchParams(wanted).toString();
    const address = form.getAttribute("action") + (query ? `?${query}` : "");
    try {
      const answer = await fetch(address, { headers: { "x-part": "rows" }, signal: asked.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      rows.innerHTML = await answer.text();
      history.replaceState(null, "", address);
      form.querySelector("a").hidden = wanted.every(([name]) => name === "sort");
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address); // that page says what is wrong
    }
  };

  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
}
