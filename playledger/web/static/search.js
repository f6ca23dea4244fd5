// Updates a list while someone types or chooses. Without this script its button does the same.
"use strict";

for (const form of document.querySelectorAll("form[data-rows]")) {
  const rows = document.getElementById(form.dataset.rows);
  let request = null;

  const show = async () => {
    request?.abort();
    request = new AbortController();
    const fields = [...new FormData(form)].filter(([, value]) => value !== "");
    const query = new URLSearchParams(fields).toString();
    const address = form.getAttribute("action") + (query ? `?${query}` : "");
    try {
      const response = await fetch(address, { headers: { "x-part": "rows" }, signal: request.signal });
      if (!response.ok) throw new Error(response.statusText);
      rows.innerHTML = await response.text();
      history.replaceState(null, "", address);
      form.querySelector("a").hidden = fields.every(([name]) => name === "sort");
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address); // that page explains what is wrong
    }
  };

  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
}
