// What a page shows, as plain data: `ledgerPage.see()`, and `ledgerPage.until(wish)`, which waits in
// the page itself. Runs before the page's own scripts; SELECTORS and NOTICES come from selectors.py.
(() => {
  const all = (name, root = document) => {
    for (const selector of SELECTORS[name]) {
      const found = [...root.querySelectorAll(selector)];
      if (found.length) return found;
    }
    return [];
  };
  const one = (name) => all(name)[0] || null;
  const plain = (text) => text.replace(/\s+/g, " ").trim();
  const textOf = (element) => (element ? plain(element.textContent) : null);

  // Each text node by itself: a badge inside a cell is one, the end of a name is not.
  const pieces = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const text = plain(walker.currentNode.data);
      if (text && !walker.currentNode.parentElement.closest("script, style")) found.push(text);
    }
    return found;
  };

  const isChosen = (element) =>
    ["aria-pressed", "aria-checked", "aria-selected"].some((name) => element.getAttribute(name) === "true");

  // Texts of the page itself: what a row, a title or a menu says may read like a notice.
  const remarks = (rows) => {
    const apart = new Set([...rows, ...["window option", "heading", "artist link", "song link"].flatMap((name) => all(name))]);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
      acceptNode: (node) =>
        node.nodeType === Node.TEXT_NODE
          ? NodeFilter.FILTER_ACCEPT
          : apart.has(node) || ["SCRIPT", "STYLE", "TEMPLATE"].includes(node.tagName) || node.hidden
            ? NodeFilter.FILTER_REJECT
            : NodeFilter.FILTER_SKIP,
    });
    const found = [];
    while (walker.nextNode()) {
      const text = plain(walker.currentNode.data);
      if (!text) continue;
      found.push(text);
      const whole = plain(walker.currentNode.parentElement.textContent); // "Showing 100 of 331" may be five nodes
      if (whole !== text && whole.length < 100) found.push(whole);
    }
    return found;
  };

  const numberIn = (text) => (String(text || "").match(/\b(7|28|12)\b/) || [])[1];
  const windowButton = () => all("window button").find((each) => numberIn(each.textContent));

  const see = () => {
    if (!document.body) return { address: location.href, shell: true, texts: 0, heading: "", notices: [], rows: [], chips: [], links: [] };
    const table = one("playlist table");
    const rows = all("playlist row").filter((row) => all("cell", row).length >= 4); // a notice may be a row
    const texts = remarks(rows);
    const heading = textOf(one("heading"));
    const says = (notice, where) => where.some((text) => text.toLowerCase().startsWith(notice.toLowerCase()));
    const showing = texts.map((text) => text.match(/^Showing (\d+) of ([\d.,\s'’]+)$/i)).find(Boolean);
    const chips = all("chip").map((chip) => ({ text: textOf(chip), isChosen: isChosen(chip) }));
    const button = windowButton();
    const hero = textOf(one("hero streams"));
    const isSong = Boolean(chips.length || hero || button || rows.length);
    return {
      address: location.href,
      shell: all("shell").length > 0,
      texts: texts.length,
      heading: heading || "",
      isLogin: all("login field").length > 0 && !isSong,
      notices: Object.keys(NOTICES).filter(
        (name) => says(NOTICES[name], texts) || (!isSong && says(NOTICES[name], [heading || ""])),
      ),
      isSong,
      chips,
      hero,
      listeners: textOf(one("hero listeners")),
      release: texts.map((text) => text.match(/^Released?(?: on)?:? (.*\d{4}.*)$/i)).filter(Boolean).map((found) => found[1])[0] || null,
      window: button ? textOf(button) : null,
      hasTable: table !== null,
      hasRows: all("playlist row").length > 0,
      tableSays: table ? plain(table.textContent).length : 0,
      showing: showing ? [showing[1], showing[2]] : null,
      rows: rows.map((row) => all("cell", row).map(pieces)),
      hasSearch: all("roster search").length > 0,
      links: [],
    };
  };

  // What each link says, by address. A search may set off what it found inside a name; a bar's own
  // links ("Home") name nothing. The row around a link says more than its name: a rank, a date.
  const links = (name, inBars = false) => {
    const found = new Map();
    for (const link of all(name)) {
      if (!inBars && link.closest("nav, header, footer")) continue;
      const bare = link.cloneNode(true);
      for (const part of bare.querySelectorAll("mark, em, strong, b")) part.replaceWith(...part.childNodes);
      bare.normalize();
      const texts = [...(found.get(link.href) || []), ...pieces(bare)];
      found.set(link.href, texts);
    }
    return [...found].map(([href, texts]) => ({ href, texts }));
  };

  // For each kind of page: what must hold for it to be whole, and what tells one state from another.
  const kinds = {
    overview: {
      isWhole: (seen) => !seen.shell && seen.chips.length >= 3 && /\d/.test(seen.hero || ""),
      print: (seen) => seen.hero,
    },
    playlists: {
      isWhole: (seen) =>
        !seen.shell && seen.window !== null &&
        (seen.rows.length
          ? seen.rows.every((row) => row.length >= 4 && row[1].length) &&
            (!seen.showing || Number(seen.showing[0]) === seen.rows.length)
          : seen.notices.includes("no playlists")),
      print: (seen) => (seen.rows.length ? JSON.stringify(seen.rows) : "none"),
    },
    home: { isWhole: (seen) => !seen.isLogin && (seen.hasSearch || seen.links.length > 0), print: () => "", links: "artist link", inBars: true },
    roster: { isWhole: (seen) => seen.hasSearch && seen.links.length > 0, print: (seen) => JSON.stringify(seen.links), links: "artist link" },
    // Both may be empty, for good or for now: roster.py tells.
    found: { isWhole: (seen) => !seen.shell && seen.hasSearch, print: (seen) => JSON.stringify(seen.links), links: "artist link" },
    songs: { isWhole: (seen) => !seen.shell && (seen.links.length > 0 || (seen.hasTable && !seen.hasRows)), print: (seen) => JSON.stringify(seen.links), links: "song link" },
  };

  const look = (kind) => {
    const seen = see();
    if (kinds[kind].links) seen.links = links(kinds[kind].links, kinds[kind].inBars);
    seen.print = kinds[kind].print(seen);
    return seen;
  };

  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  // A click that needs no frame to be painted (eight pages on two cores paint late), and that no bar
  // on top of the page can catch. Answers whether there was something to press.
  const press = (element) => {
    if (!element) return false;
    element.scrollIntoView({ block: "center" });
    const how = { bubbles: true, cancelable: true, composed: true, button: 0, view: window };
    for (const [kind, Kind] of [["pointerdown", PointerEvent], ["mousedown", MouseEvent], ["pointerup", PointerEvent], ["mouseup", MouseEvent]])
      element.dispatchEvent(new Kind(kind, how));
    element.click();
    return true;
  };

  const pressChip = (number) => press(all("chip").find((chip) => numberIn(chip.textContent) === number));

  const pressOption = async (number) => {
    const option = () => all("window option").find((each) => numberIn(each.textContent) === number);
    if (!option() && !press(windowButton())) return false;
    for (let tries = 0; tries < 50 && !option(); tries += 1) await pause(20);
    if (!press(option())) return false;
    for (let tries = 0; tries < 75 && numberIn(textOf(windowButton())) !== number; tries += 1) await pause(20);
    return numberIn(textOf(windowButton())) === number;
  };

  const isAt = (tab) => location.pathname.endsWith(`/${tab}`);
  const pressTab = async (tab) => {
    if (!press(one(`${tab} tab`))) return false;
    for (let tries = 0; tries < 75 && !isAt(tab); tries += 1) await pause(20);
    return isAt(tab);
  };

  // Waits until the page is whole, shows `window` (7, 28 or 12, if given), and differs from `unlike`
  // (if given) for `quiet` ms; or has been like it for `sameFor` ms; or says that it failed; or for
  // `patience` ms. Answers what it saw with `state`: whole, same, failed or late. Rows that went away
  // and came back as they were are a change: the page has asked for them anew.
  const watch = ({ kind, window: wanted = null, unlike = null, quiet = 10, sameFor = null, patience }) =>
    new Promise((resolve) => {
      const started = performance.now();
      let wasEmptied = false, since = started, before = null, seen = null, timer = null;
      const judge = () => {
        seen = look(kind);
        const hasFailed =
          seen.isLogin || (!seen.shell && (seen.notices.includes("went wrong") || (seen.notices.includes("not found") && !seen.isSong)));
        const isThere = wanted === null || numberIn(seen.window) === wanted;
        const isWhole = kinds[kind].isWhole(seen);
        wasEmptied ||= isThere && !isWhole;
        const isSame = seen.print === unlike && !wasEmptied;
        return hasFailed ? "failed" : !isWhole || !isThere ? "late" : isSame ? "same" : "whole";
      };
      const step = () => {
        clearTimeout(timer);
        const state = judge();
        const now = performance.now();
        const print = JSON.stringify([state, seen.print]);
        if (print !== before) [before, since] = [print, now];
        const enough = { whole: quiet, same: sameFor, failed: 400, late: null }[state];
        const left = Math.min(enough === null ? Infinity : since + enough - now, started + patience - now);
        if (left > 0) {
          timer = setTimeout(step, left + 1);
          return;
        }
        observer.disconnect();
        resolve({ ...seen, state });
      };
      const observer = new MutationObserver(() => {
        clearTimeout(timer);
        timer = setTimeout(step, 0);
      });
      observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
      step();
    });

  // With `press`, a control and its number, it is pressed first; one call is faster than two.
  const until = async ({ press: control = null, ...wish }) => {
    const pressing = { chip: pressChip, option: pressOption };
    if (control && !(await pressing[control[0]](control[1]))) return { state: "nothing to press" };
    return watch(wish);
  };

  window.ledgerPage = { see: look, until, pressTab };
})();
