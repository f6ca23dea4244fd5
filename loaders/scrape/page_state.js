// Reads what a page shows as plain data: PageState in page_state.py, which puts SELECTORS and NOTICES
// in front, page_actions.js behind, and all of it in one function.

const findAll = (name, root = document) => {
  for (const selector of SELECTORS[name]) {
    const found = [...root.querySelectorAll(selector)];
    if (found.length) return found;
  }
  return [];
};
const find = (name) => findAll(name)[0] || null;
const collapse = (text) => text.replace(/\s+/g, " ").trim();
const textOf = (element) => (element ? collapse(element.textContent) : null);

// Each text node by itself: a badge in a cell is one of its own, the end of a name is not.
const textNodes = (root) => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const text = collapse(walker.currentNode.data);
    if (text && !walker.currentNode.parentElement.closest("script, style")) found.push(text);
  }
  return found;
};

const isChosen = (element) =>
  ["aria-pressed", "aria-checked", "aria-selected"].some((name) => element.getAttribute(name) === "true");

// Texts of the page itself: a row, title or menu may read like a notice.
const pageTexts = (rows) => {
  const excluded = new Set([...rows, ...["window option", "heading", "artist link", "song link"].flatMap((name) => findAll(name))]);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
    acceptNode: (node) =>
      node.nodeType === Node.TEXT_NODE
        ? NodeFilter.FILTER_ACCEPT
        : excluded.has(node) || ["SCRIPT", "STYLE", "TEMPLATE"].includes(node.tagName) || node.hidden
          ? NodeFilter.FILTER_REJECT
          : NodeFilter.FILTER_SKIP,
  });
  const found = [];
  while (walker.nextNode()) {
    const text = collapse(walker.currentNode.data);
    if (!text) continue;
    found.push(text);
    const whole = collapse(walker.currentNode.parentElement.textContent); // "Showing 100 of 331" may be five nodes
    if (whole !== text && whole.length < 100) found.push(whole);
  }
  return found;
};

const windowNumber = (text) => (String(text || "").match(/\b(7|28|12)\b/) || [])[1];
const windowButton = () => findAll("window button").find((button) => windowNumber(button.textContent));

const readPage = () => {
  if (!document.body) return { isShell: true, textCount: 0, heading: "", notices: [], rows: [], chips: [], links: [] };
  const table = find("playlist table");
  const rows = findAll("playlist row").filter((row) => findAll("cell", row).length >= 4); // a notice may be a row
  const texts = pageTexts(rows);
  const heading = textOf(find("heading")) || "";
  const hasNotice = (notice, where) => where.some((text) => text.toLowerCase().startsWith(notice.toLowerCase()));
  const showing = texts.map((text) => text.match(/^Showing (\d+) of ([\d.,\s'’]+)$/i)).find(Boolean);
  const released = texts.map((text) => text.match(/^Released?(?: on)?:? (.*\d{4}.*)$/i)).find(Boolean);
  const chips = findAll("chip");
  const button = windowButton();
  const hero = textOf(find("hero streams"));
  const isSong = Boolean(chips.length || hero || button || rows.length);
  return {
    isShell: findAll("shell").length > 0,
    textCount: texts.length,
    heading,
    isLogin: findAll("login field").length > 0 && !isSong,
    notices: Object.keys(NOTICES).filter(
      (name) => hasNotice(NOTICES[name], texts) || (!isSong && hasNotice(NOTICES[name], [heading])),
    ),
    isSong,
    chips: chips.map(textOf),
    chosenChip: textOf(chips.find(isChosen)),
    hero,
    releaseDate: released ? released[1] : null,
    window: button ? textOf(button) : null,
    hasTable: table !== null,
    hasRows: findAll("playlist row").length > 0,
    tableTextLength: table ? collapse(table.textContent).length : 0,
    showing: showing ? [showing[1], showing[2]] : null,
    rows: rows.map((row) => findAll("cell", row).map(textNodes)),
    hasSearch: findAll("roster search").length > 0,
    links: [],
  };
};

// The texts inside each link, by address. A search may mark what it found inside a name; links of
// bars ("Home") name nothing. The row around a link holds more than its name: a rank, a date.
const readLinks = (name, inBars = false) => {
  const found = new Map();
  for (const link of findAll(name)) {
    if (!inBars && link.closest("nav, header, footer")) continue;
    const copy = link.cloneNode(true);
    for (const mark of copy.querySelectorAll("mark, em, strong, b")) mark.replaceWith(...mark.childNodes);
    copy.normalize();
    found.set(link.href, [...(found.get(link.href) || []), ...textNodes(copy)]);
  }
  return [...found].map(([href, texts]) => ({ href, texts }));
};

// Per kind of page: when it is complete, and what tells one content from another.
const linksOf = (state) => JSON.stringify(state.links);
const kinds = {
  overview: {
    isComplete: (state) => !state.isShell && state.chips.length >= 3 && /\d/.test(state.hero || ""),
    fingerprint: (state) => state.hero,
  },
  playlists: {
    isComplete: (state) =>
      !state.isShell && state.window !== null &&
      (state.rows.length
        ? state.rows.every((row) => row.length >= 4 && row[1].length) &&
          (!state.showing || Number(state.showing[0]) === state.rows.length)
        : state.notices.includes("no playlists")),
    fingerprint: (state) => (state.rows.length ? JSON.stringify(state.rows) : "none"),
  },
  // Any page that only a session shows.
  "signed-in": { isComplete: (state) => !state.isLogin && (state.hasSearch || state.links.length > 0), fingerprint: () => "", links: "artist link", inBars: true },
  roster: { isComplete: (state) => state.hasSearch && state.links.length > 0, fingerprint: linksOf, links: "artist link" },
  // Results and songs may be empty, for good or for now: roster_pages.py decides.
  "search results": { isComplete: (state) => !state.isShell && state.hasSearch, fingerprint: linksOf, links: "artist link" },
  songs: { isComplete: (state) => !state.isShell && (state.links.length > 0 || (state.hasTable && !state.hasRows)), fingerprint: linksOf, links: "song link" },
};

const read = (kind) => {
  const state = readPage();
  if (kinds[kind].links) state.links = readLinks(kinds[kind].links, kinds[kind].inBars);
  state.fingerprint = kinds[kind].fingerprint(state);
  return state;
};
