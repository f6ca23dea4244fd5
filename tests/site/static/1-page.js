"use strict";
// The page: an empty shell that requests its data and then shows it, as the real site does.
// How it misbehaves comes as `quirks` with the data (seconds, or how often).
// 1-page.js: elements, data, addresses; 2-lists.js: roster, artist, songs; 3-song.js: both tabs.

const settings = JSON.parse(document.getElementById("settings").textContent);
const WINDOWS = ["7day", "28day", "12months"];
const CHIPS = { "7day": "7 days", "28day": "28 days", "12months": "12 months" };
const LABELS = { "7day": "Last 7 days", "28day": "Last 28 days", "12months": "Last 12 months" };
const LOCAL_ITEM = "sfa:session";
const FAILED = "Something went wrong";
const isChanged = settings.layout === "changed";
let visit = 0; // counts pages shown, so that data of an earlier one is dropped

class Missing extends Error {}
class Ended extends Error {}

const pause = (seconds) => new Promise((done) => setTimeout(done, 1000 * (seconds || 0)));

// Elements -------------------------------------------------------------------------------------

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(isChanged ? changedTag(tag) : tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick" || name === "oninput") element[name] = value;
    else if (isChanged && !["href", "type"].includes(name)) element.setAttribute("data-x", "v2");
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

function changedTag(tag) {
  const isOfTable = ["table", "thead", "tbody", "tr", "td", "th", "ul", "li"].includes(tag);
  return isOfTable ? "div" : tag === "button" ? "span" : tag;
}

function link(href, attributes, ...children) {
  const onclick = (event) => {
    event.preventDefault();
    history.pushState(null, "", href);
    show();
  };
  return make("a", { href, onclick, ...attributes }, ...children);
}

function frame(heading, ...below) {
  const main = make("main", {}, make("h1", {}, heading), ...below);
  const bar = make("header", { class: "bar" }, link(`${prefix()}/roster`, {}, "Spotify for Artists"));
  const navigation = make("nav", { "data-testid": "app-chrome-navigation" }, "Home · Music · Audience");
  document.body.replaceChildren(bar, navigation, main);
  return main;
}

function shell() {
  const navigation = document.createElement("nav");
  navigation.dataset.testid = "app-chrome-navigation-empty-shell";
  const main = document.createElement("main");
  main.append(document.createElement("h1"));
  document.body.replaceChildren(navigation, main);
}

// Data -----------------------------------------------------------------------------------------

async function fetchData(path, values = {}) {
  if (!localStorage.getItem(LOCAL_ITEM)) await renew();
  const query = new URLSearchParams({ ...values, language: language() });
  const headers = { "x-session": localStorage.getItem(LOCAL_ITEM) };
  return read(await fetch(`/api${path}?${query}`, { headers }));
}

async function renew() {
  const { token } = await read(await fetch("/api/session"));
  localStorage.setItem(LOCAL_ITEM, token);
}

async function read(answer) {
  if (answer.status === 401) {
    localStorage.removeItem(LOCAL_ITEM);
    const { expiry } = await answer.json();
    if (expiry === "in place") welcomeBack();
    else location.assign(logInAddress());
    throw new Ended();
  }
  if (answer.status === 404 || answer.status === 403) throw new Missing();
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer.json();
}

const logInAddress = () => `${settings.login}?continue=${encodeURIComponent(location.href)}`;

// The address: /c[/language]/roster, /artist/<id>/home|songs, /artist/<id>/song/<id>/<tab> --------

const place = () =>
  location.pathname.match(/^\/c(?:\/([a-z]{2}))?\/(roster|artist\/(\w+)\/(home|songs|song\/(\w+)\/(stats|playlists)))$/);
const language = () => place()?.[1] || "en";
const prefix = () => (place()?.[1] ? `/c/${place()[1]}` : "/c");

async function show() {
  const here = place();
  const mine = ++visit;
  try {
    if (!here) throw new Missing();
    const [, , page, artist, below, track, tab] = here;
    if (page === "roster") await roster();
    else if (below === "home") await artistHome(artist, mine);
    else if (below === "songs") await songs(artist, mine);
    else if (tab === "stats") await overview(artist, track, mine);
    else await playlists(artist, track, mine);
  } catch (error) {
    if (mine === visit) explain(error);
  }
}

function explain(error) {
  if (error instanceof Ended) return;
  if (!(error instanceof Missing)) frame(FAILED, make("p", {}, "Please try again in a moment."));
  else frame("We couldn't find that page", link(`${prefix()}/roster`, {}, "Go to your roster"));
}

function welcomeBack() {
  visit += 1;
  const name = make("input", { id: "username", name: "username", "data-testid": "login-username" });
  const button = make("button", { "data-testid": "login-button" }, "Continue");
  const form = make("form", { method: "post", action: logInAddress() }, name, button);
  document.body.replaceChildren(make("main", {}, make("h1", {}, "Welcome back"), form));
}
