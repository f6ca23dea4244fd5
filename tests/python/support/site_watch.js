// Clicks, and records each state of a song's page until its rows or its number have changed.
async ([clicks, rowSelector]) => {
  const texts = (selector) => [...document.querySelectorAll(selector)].map((one) => one.innerText);
  const state = () => ({
    label: texts('button[aria-haspopup="listbox"]')[0] || null,
    tables: texts("table").length,
    rows: texts(rowSelector),
    number: texts('[data-testid="hero-stats-button-streams"]')[0] || null,
    notice: document.body.innerText.includes("No playlists yet"),
  });
  const states = [];
  const record = () => {
    const text = JSON.stringify(state());
    if (states.at(-1)?.text !== text) states.push({ at: performance.now(), text });
  };
  const content = ({ rows, number }) => rows.join() + (number || "");

  record();
  for (const [selector, text] of clicks) {
    [...document.querySelectorAll(selector)].find((one) => one.innerText === text).click();
    record();
  }
  const before = content(state());
  for (let wait = 0; wait < 500 && ["", before].includes(content(state())); wait += 1) {
    await new Promise((done) => setTimeout(done, 10));
    record();
  }
  record();
  const end = performance.now();
  return states.map(({ at, text }, place) => ({
    ...JSON.parse(text),
    seconds: ((states[place + 1]?.at || end) - at) / 1000,
  }));
}
