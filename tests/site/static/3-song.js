// A song: its numbers, and its playlists in three windows.

function songFrame(song, artist, track, ...below) {
  const base = `${prefix()}/artist/${artist}/song/${track}`;
  const tabs = make(
    "nav",
    { class: "tabs" },
    link(`${base}/stats`, { "data-testid": "tab-overview" }, "Overview"),
    link(`${base}/playlists`, { "data-testid": "tab-playlists" }, "Playlists"),
  );
  const released = make("p", { class: "released" }, `Released ${song.released}`);
  if (!settings.heading) return frame(song.title, released, tabs, ...below);
  return frame(settings.heading, make("h2", {}, song.title), released, tabs, ...below);
}

// Overview -------------------------------------------------------------------------------------

async function overview(artist, track, mine) {
  const path = `/artist/${artist}/song/${track}/overview`;
  const first = await fetchData(path);
  if (mine !== visit) return;
  let chosen = first.window;
  const chips = WINDOWS.map((window) =>
    make("button", { "data-encore-id": "chipFilter", onclick: () => choose(window) }, CHIPS[window]),
  );
  const number = make("span", { class: "number" }, first.streams);
  const hero = make(
    "button",
    { class: "hero", "data-testid": "hero-stats-button-streams" },
    make("span", {}, "Streams"),
    number,
  );
  const mark = () =>
    chips.forEach((chip, index) => {
      if (!isChanged) chip.setAttribute("aria-pressed", WINDOWS[index] === chosen);
    });

  async function choose(window) {
    chosen = window;
    mark();
    try {
      const data = await fetchData(path, { window });
      await pause(data.quirks.stale);
      if (mine === visit && chosen === window) number.textContent = data.streams;
    } catch (error) {
      if (mine === visit) explain(error);
    }
  }
  mark();
  songFrame(first, artist, track, make("div", { class: "chips" }, ...chips), hero);
}

// Playlists ------------------------------------------------------------------------------------

async function playlists(artist, track, mine) {
  const path = `/artist/${artist}/song/${track}/playlists`;
  const first = await fetchData(path);
  if (mine !== visit) return;
  let chosen = first.window;
  let ignored = first.quirks.ignored || 0; // switches that the drop-down does not take
  const button = make("button", { "aria-haspopup": "listbox", onclick: open }, LABELS[chosen]);
  const picker = make("div", { class: "picker" }, button);
  const panel = make("section");
  const table = playlistTable(panel);

  function open() {
    if (picker.children.length > 1) return picker.lastChild.remove();
    const options = WINDOWS.map((window) =>
      make(
        "li",
        { role: "option", "aria-selected": window === chosen, onclick: () => choose(window) },
        LABELS[window],
      ),
    );
    picker.append(make("ul", { role: "listbox" }, ...options));
  }

  async function choose(window) {
    picker.lastChild.remove();
    if (ignored > 0) return void (ignored -= 1);
    chosen = window;
    button.textContent = LABELS[window];
    try {
      const data = await fetchData(path, { window });
      await pause(data.quirks.stale);
      if (mine !== visit || chosen !== window || first.quirks.stuck) return;
      await fill(data);
    } catch (error) {
      if (mine !== visit || chosen !== window) return;
      if (error instanceof Missing || error instanceof Ended) explain(error);
      else panel.replaceChildren(make("p", { role: "alert" }, FAILED));
    }
  }

  async function fill(data) {
    if (data.quirks.empty) {
      table.show([], "");
      await pause(data.quirks.empty);
      if (mine !== visit || chosen !== data.window) return;
    }
    if (data.rows.length) table.show(data.rows, data.showing);
    else panel.replaceChildren(make("p", { class: "notice" }, "No playlists yet"));
  }

  songFrame(first, artist, track, picker, panel);
  await fill(first);
  if (mine === visit && first.quirks.covered) scrollTo(0, picker.offsetTop - 10);
}

// The table; in one mode it keeps its row elements and changes their text, in the other not.

function playlistTable(panel) {
  const titles = ["#", "Playlist", "Made by", "Streams", "Date added"];
  const head = make("tr", {}, ...titles.map((title) => make("th", {}, title)));
  const body = make("tbody");
  const table = make("table", { "data-testid": "sort-table" }, make("thead", {}, head), body);
  const count = make("p", { class: "count" });

  function row() {
    const cells = titles.map(() => make("td", {}, make("span")));
    return make("tr", { "data-testid": "sort-table-body-row" }, ...cells);
  }

  function write(cells, values) {
    const texts = [values.rank, values.name, values.made_by, values.streams, values.added];
    texts.forEach((text, column) => (cells[column].firstChild.textContent = text));
    const badge = cells[1].children[1];
    if (badge && !values.badge) badge.remove();
    if (!badge && values.badge) cells[1].append(make("span", { class: "badge" }, "Personalized"));
  }

  return {
    show(rows, showing) {
      if (settings.rows === "replaced") body.replaceChildren();
      while (body.children.length > rows.length) body.lastChild.remove();
      while (body.children.length < rows.length) body.append(row());
      rows.forEach((values, index) => write(body.children[index].children, values));
      count.textContent = showing;
      if (!table.isConnected) panel.replaceChildren(table, count);
    },
  };
}

// A page that kills its renderer: elements nested too deep to be laid out.
function die() {
  let inner = document.body;
  for (let depth = 0; depth < 200000; depth += 1) inner = inner.appendChild(document.createElement("div"));
  document.body.getBoundingClientRect();
}

addEventListener("popstate", () => show());
if (settings.dies) die();
show();
