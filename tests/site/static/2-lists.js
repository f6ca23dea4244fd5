// Lists that grow by scrolling: each fetches the next 20 rows when its end comes into view.

function growing(list, table, path, values, row, nothing) {
  const end = make("div", { class: "end" });
  const mine = visit;
  const isGone = () => mine !== visit || !end.isConnected;
  let offset = 0;
  const watch = new IntersectionObserver((seen) => {
    if (seen.some((entry) => entry.isIntersecting)) more();
  });
  async function more() {
    watch.disconnect();
    try {
      const data = await fetchData(path, { ...values, offset });
      if (isGone()) return;
      list.append(...data.rows.map((entry, index) => row(entry, offset + index + 1)));
      offset += data.rows.length;
      if (offset < data.total) watch.observe(end);
      if (!data.total) end.textContent = nothing;
    } catch (error) {
      if (!isGone()) explain(error);
    }
  }
  table.after(end);
  return more();
}

function roster() {
  const list = make("ul", { class: "roster" });
  const field = make("input", { type: "search", placeholder: "Search your roster" });
  let wait = 0;
  const fill = () => {
    list.nextElementSibling?.remove();
    list.replaceChildren();
    return growing(list, list, "/roster", { search: field.value }, rosterRow, "No artists found");
  };
  field.oninput = () => {
    clearTimeout(wait);
    wait = setTimeout(fill, 150);
  };
  frame("Roster", field, list);
  return fill();
}

const rosterRow = ({ id, name }) =>
  make("li", {}, link(`${prefix()}/artist/${id}/home`, {}, make("span", {}, name)));

async function artistHome(artist, mine) {
  const { name } = await fetchData(`/artist/${artist}`);
  if (mine === visit) frame(name, link(`${prefix()}/artist/${artist}/songs`, {}, "See songs"));
}

async function songs(artist, mine) {
  const { name } = await fetchData(`/artist/${artist}`);
  if (mine !== visit) return;
  const head = make("tr", {}, ...["#", "Title", "Released"].map((text) => make("th", {}, text)));
  const body = make("tbody");
  const table = make("table", {}, make("thead", {}, head), body);
  frame("Songs", make("p", {}, name), table);
  const row = ({ id, title, released }, rank) => {
    const toSong = link(`${prefix()}/artist/${artist}/song/${id}/stats`, {}, title);
    return make("tr", {}, make("td", {}, `${rank}`), make("td", {}, toSong), make("td", {}, released));
  };
  await growing(body, table, `/artist/${artist}/songs`, {}, row, "No songs yet");
}
