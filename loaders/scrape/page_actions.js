// Waits and clicks in the page itself. It runs before the page's own scripts, behind page_state.js.

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const poll = async (condition, times) => {
  for (let tries = 0; tries < times && !condition(); tries += 1) await sleep(20);
  return condition();
};

// A click that waits for no painted frame (eight pages on two cores paint late), and that no bar on
// top of the page can catch. Returns whether there was something to click.
const click = (element) => {
  if (!element) return false;
  element.scrollIntoView({ block: "center" });
  const options = { bubbles: true, cancelable: true, composed: true, button: 0, view: window };
  for (const [type, Type] of [["pointerdown", PointerEvent], ["mousedown", MouseEvent], ["pointerup", PointerEvent], ["mouseup", MouseEvent]])
    element.dispatchEvent(new Type(type, options));
  element.click();
  return true;
};

const clickChip = (number) => click(findAll("chip").find((chip) => windowNumber(chip.textContent) === number));

const clickOption = async (number) => {
  const option = () => findAll("window option").find((each) => windowNumber(each.textContent) === number);
  if (!option() && !click(windowButton())) return false;
  await poll(option, 50);
  return click(option()) && poll(() => windowNumber(textOf(windowButton())) === number, 75);
};

const clickTab = async (tab) =>
  click(find(`${tab} tab`)) && poll(() => location.pathname.endsWith(`/${tab}`), 75);

// Resolves with a PageState once the page is complete, shows `window` (7, 28 or 12, if given) and
// differs from the fingerprint `previous` (if given), for `stableMs`: state "complete". Or it stayed
// like `previous` for `unchangedMs`: "unchanged". Or it shows an error or the log-in: "failed". Or
// `timeoutMs` passed: "incomplete". Rows that vanished and came back as they were count as changed:
// the page has fetched them anew.
const observe = ({ kind, window: wanted = null, previous = null, stableMs = 10, unchangedMs = null, timeoutMs }) =>
  new Promise((resolve) => {
    const started = performance.now();
    let wasEmptied = false, since = started, before = null, page = null, timer = null;
    const classify = () => {
      page = read(kind);
      const hasFailed =
        page.isLogin || (!page.isShell && (page.notices.includes("went wrong") || (page.notices.includes("not found") && !page.isSong)));
      const isWindow = wanted === null || windowNumber(page.window) === wanted;
      const isComplete = kinds[kind].isComplete(page);
      wasEmptied ||= isWindow && !isComplete;
      const isUnchanged = page.fingerprint === previous && !wasEmptied;
      return hasFailed ? "failed" : !isComplete || !isWindow ? "incomplete" : isUnchanged ? "unchanged" : "complete";
    };
    const step = () => {
      clearTimeout(timer);
      const state = classify();
      const now = performance.now();
      const current = JSON.stringify([state, page.fingerprint]);
      if (current !== before) [before, since] = [current, now];
      const needed = { complete: stableMs, unchanged: unchangedMs, failed: 400, incomplete: null }[state];
      const left = Math.min(needed === null ? Infinity : since + needed - now, started + timeoutMs - now);
      if (left > 0) {
        timer = setTimeout(step, left + 1);
        return;
      }
      observer.disconnect();
      resolve({ ...page, state });
    };
    const observer = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(step, 0);
    });
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    step();
  });

// `control`, like ["chip", "28"], is clicked first: one call is faster than two.
const waitFor = async ({ control = null, ...options }) => {
  const click = { chip: clickChip, "window option": clickOption };
  if (control && !(await click[control[0]](control[1]))) return { state: "no control" };
  return observe(options);
};

// Scrolls whatever scrolls around the last link, the page or a part of it, to its end. Resolves once
// the page's own observers have run, with whether anything moved.
const scrollToEnd = (linkName) =>
  new Promise((resolve) => {
    const last = findAll(linkName).filter((link) => !link.closest("nav, header, footer")).pop();
    let hasMoved = false;
    for (let part = last; part; part = part.parentElement) {
      const before = part.scrollTop;
      part.scrollTop = part.scrollHeight;
      hasMoved ||= Math.abs(part.scrollTop - before) > 1;
    }
    const observer = new IntersectionObserver(() => {
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(hasMoved), 0));
    });
    requestAnimationFrame(() => observer.observe(last));
    setTimeout(() => resolve(hasMoved), 3000);
  });

window.ledgerPage = { read, waitFor, clickTab, scrollToEnd };
