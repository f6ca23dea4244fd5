// Clicks, and notes every state of a song's page until its rows or its number are other ones.
async ([clicks, rowSelector]) => {
  const texts = (selector) => [...document.querySelectorAll(selector)].map((one) => one.innerText);
  const state = () => ({
    label: texts('button[aria-haspopup="listbox"]')[0] || null,
    tables: texts("table").length,
    rows: texts(rowSelector),
    number: texts('[data-testid="hero-stats-button-streams"]')[0] || null,
    notice: document.body.innerText.includes("No playlists yet"),
  });
  const seen = [];
  const note = () => {
    const now = JSON.stringify(state());
    if (seen.at(-1)?.text !== now) seen.push({ at: performance.now(), text: now });
  };
  const content = ({ rows, number }) => rows.join() + (number || "");

  note();
  for (const [selector, text] of clicks) {
    [...document.querySelectorAll(selector)].find((one) => one.innerText === text).click();
    note();
  }
  const before = content(state());
  for (let wait = 0; wait < 500 && ["", before].includes(content(state())); wait += 1) {
    await new Promise((done) => setTimeout(done, 10));
    note();
  }
  note();
  const end = performance.now();
  return seen.map(({ at, text }, place) => ({
    ...JSON.parse(text),
    seconds: ((seen[place + 1]?.at || end) - at) / 1000,
  }));
}
