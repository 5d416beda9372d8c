import { h } from './lib/dom.js';
import { current } from './lib/route.js';
import { isUtc, setUtc, duration } from './lib/format.js';
import { skeleton, failed } from './lib/ui.js';
import overview from './views/overview.js';
import streams from './views/streams.js';
import lake from './views/lake.js';
import object from './views/object.js';
import partitions from './views/partitions.js';
import logs from './views/logs.js';
import deadLetters from './views/dead-letters.js';

const REFRESH_MS = 10_000;
const VIEWS = { overview, streams, lake, object, partitions, logs, 'dead-letters': deadLetters };
const IN_NAV = ['overview', 'streams', 'lake', 'partitions', 'logs', 'dead-letters'];

const $ = (id) => document.getElementById(id);
let shown = null;
let loadedAt = 0;
let loading = false;
let turn = 0;
let drawn = null;

// A view is {title, load(params) -> data, draw(data, params) -> element, refreshes, dispose()}. Data that is there stays
// on the page until new data replaces it. What a view drew is drawn again from the same data where only its look changes,
// unless its repaint() does that and returns true.
async function show() {
  shown?.dispose?.();
  const { view, params } = current();
  shown = VIEWS[view] ?? overview;
  document.title = `${shown.title} · Millrace`;
  for (const item of $('nav').children) {
    if (item.dataset.view === view) item.setAttribute('aria-current', 'page');
    else item.removeAttribute('aria-current');
  }
  $('main').replaceChildren(h('h1', { class: 'hidden' }, shown.title), skeleton());
  loadedAt = 0;
  drawn = null;
  await load(true);
}

function draw(data, params) {
  const focused = document.activeElement?.id;
  $('main').replaceChildren(h('h1', { class: 'hidden' }, shown.title), shown.draw(data, params));
  if (focused) $(focused)?.focus();
}

function repaint() {
  if (drawn && !shown.repaint?.()) draw(drawn.data, drawn.params);
}

async function load(first) {
  const mine = ++turn;
  const { params } = current();
  loading = true;
  try {
    const data = await shown.load(params);
    if (mine !== turn) return;
    drawn = { data, params };
    draw(data, params);
    loadedAt = Date.now();
    $('problem').hidden = true;
  } catch (e) {
    if (mine !== turn) return;
    if (first) $('main').replaceChildren(h('h1', { class: 'hidden' }, shown.title), failed(e));
    $('problem').hidden = first;
    $('problem').textContent = first ? '' : `What you see is old: ${e.message}. ${e.hint ?? ''}`;
  } finally {
    if (mine === turn) loading = false;
    tick();
  }
}

const ago = (ms) => (ms < 60_000 ? `${Math.max(0, Math.round(ms / 1000))} s` : duration(ms));

function tick() {
  $('updated').textContent = loadedAt ? `updated ${ago(Date.now() - loadedAt)} ago` : '';
}

function setTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  localStorage.setItem('theme', theme);
  $('theme').textContent = { dark: 'Dark', light: 'Light' }[theme] ?? 'System';
  $('theme').setAttribute('aria-label', `Colours: ${$('theme').textContent}`);
}
function nextTheme() {
  const now = document.documentElement.dataset.theme ?? '';
  setTheme({ '': 'dark', dark: 'light', light: '' }[now]);
  repaint();
}
function setZone(utc) {
  setUtc(utc);
  $('zone').textContent = utc ? 'UTC' : 'Local';
  $('zone').setAttribute('aria-label', `Times: ${$('zone').textContent}`);
}

const KEYS = [
  ['1 – 6', 'the views, in their order'],
  ['/', 'to the search or filter of the view'],
  ['r', 'refresh now'],
  ['p', 'pause or go on with the live tail'],
  ['u', 'times in UTC or local'],
  ['d', 'dark, light or as the system'],
  ['?', 'this sheet'],
  ['Esc', 'close what is open'],
];

function help() {
  const sheet = $('sheet');
  sheet.replaceChildren(h('h2', { id: 'sheet-title' }, 'Keyboard shortcuts'),
    h('dl', {}, KEYS.map(([key, text]) => [h('dt', {}, h('kbd', {}, key)), h('dd', {}, text)])),
    h('button', { type: 'button', onclick: () => sheet.close() }, 'Close'));
  sheet.showModal();
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.('input, select, textarea')) return;
  const actions = {
    r: () => load(false), u: () => $('zone').click(), d: nextTheme, '?': help,
    '/': () => document.querySelector('main input[type=search]')?.focus(), p: () => document.getElementById('pause')?.click(),
  };
  if (/^[1-6]$/.test(event.key)) location.hash = `#/${IN_NAV[event.key - 1]}`;
  else if (actions[event.key]) actions[event.key]();
  else return;
  event.preventDefault();
});

$('nav').append(...IN_NAV.map((name) => h('a', { href: `#/${name}`, 'data-view': name }, VIEWS[name].title)));
$('refresh').addEventListener('click', () => load(false));
$('zone').addEventListener('click', () => { setZone(!isUtc()); repaint(); });
$('theme').addEventListener('click', nextTheme);
$('help').addEventListener('click', help);
window.addEventListener('hashchange', show);
setInterval(tick, 1000);
setInterval(() => {
  if (shown?.refreshes && !document.hidden && !loading) load(false);
}, REFRESH_MS);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && shown?.refreshes && Date.now() - loadedAt > REFRESH_MS) load(false);
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint);
setTheme(localStorage.getItem('theme') ?? '');
setZone(isUtc());
show();
