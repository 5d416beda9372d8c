import { h, visible } from '../lib/dom.js';
import { get, query } from '../lib/api.js';
import { go, href } from '../lib/route.js';
import { noMatch, none, field, select, level, copyButton, saveLines } from '../lib/ui.js';
import { number, bytes, time } from '../lib/format.js';
import { virtualList } from '../lib/virtual.js';
import { jsonTree } from '../lib/json.js';
import { openTail } from '../lib/tail.js';

const LEVELS = ['ERROR', 'WARN', 'INFO', 'DEBUG'];
const MAX_ROWS = 100_000;
const STOPPED = { end: 'Everything in this range was searched.', limit: 'There may be more.', bytes: 'Stopped after 256 MiB; there may be more.', time: 'Stopped after 8 s; there may be more.' };
let tail = null;
let repaintTail = null;

function row(event, open) {
  const when = time(event.timestamp, true);
  const element = h('div', { class: 'row', role: 'button', tabindex: 0, onclick: () => open(event), onkeydown: (e) => e.key === 'Enter' && open(event) },
    h('span', { class: 'code when' }, h('span', { class: 'date' }, `${when.slice(0, 10)} `), when.slice(11) || when), level(event.level),
    h('span', { class: 'who' }, visible(event.service)), h('span', { class: 'clip' }, visible(event.message.slice(0, 600))));
  return element;
}

// What a row shows; the event's own text stays as it is.
function parse(text, found) {
  let fields = {};
  try {
    fields = JSON.parse(text) ?? {};
  } catch {
    // Not JSON, or cut: shown as it is.
  }
  return { text, timestamp: found.timestamp ?? fields.timestamp ?? found.arrival, level: String(found.level ?? fields.level ?? ''),
    service: String(found.service ?? fields.service ?? ''), message: typeof fields.message === 'string' ? fields.message : text, key: found.key, line: found.line };
}

function drawer(box, event, bucket) {
  box.replaceChildren(h('div', { class: 'form' }, h('strong', {}, 'Event'), copyButton(event.text),
    event.key && h('a', { class: 'button', href: href('object', { bucket, key: event.key, line: event.line }) }, 'In its object'),
    h('button', { type: 'button', onclick: () => { box.hidden = true; } }, 'Close')), jsonTree(event.text));
  box.hidden = false;
}

function form(params, services, streams, live) {
  const inputs = Object.fromEntries(['q', 'regex', 'field', 'from', 'to'].map((name) => [name,
    h('input', { type: name === 'q' ? 'search' : 'text', id: `logs-${name}`, value: params.get(name) ?? '', placeholder: { q: 'Text', regex: 'timeout \\w+', field: 'http.status=500', from: '2025-11-09T13:00:00Z', to: 'now' }[name] })]));
  const levels = new Set((params.get('level') ?? '').split(',').filter(Boolean));
  const to = (change) => go('logs', { ...Object.fromEntries(params), ...Object.fromEntries(Object.entries(inputs).map(([k, i]) => [k, i.value.trim()])), level: [...levels].join(','), run: 1, ...change });
  return h('form', { class: 'form', onsubmit: (e) => { e.preventDefault(); to({}); } },
    h('div', { class: 'switch', role: 'group', 'aria-label': 'Source' },
      h('button', { type: 'button', 'aria-pressed': String(!live), onclick: () => to({ live: '' }) }, 'Search the lake'),
      h('button', { type: 'button', 'aria-pressed': String(live), onclick: () => to({ live: 1 }) }, 'Live tail')),
    live ? field('Stream', select(streams, params.get('stream') ?? streams[0], (stream) => to({ stream })))
      : field('Service', select([...new Set(['', ...services, params.get('service') ?? ''])], params.get('service') ?? '', (service) => to({ service }))),
    !live && [field('From', inputs.from), field('To', inputs.to)],
    field('Text', inputs.q), field('Expression', inputs.regex), field('Field = value', inputs.field),
    h('div', { class: 'chips', role: 'group', 'aria-label': 'Levels' }, LEVELS.map((name) => h('button', { type: 'button', class: 'chip', 'aria-pressed': String(levels.has(name)), onclick: () => {
      if (!levels.delete(name)) levels.add(name);
      to({});
    } }, name))),
    h('button', { class: 'primary' }, live ? 'Apply' : 'Search'));
}

function liveView(params, side) {
  const rows = [];
  const list = virtualList((event) => row(event, (e) => drawer(side, e)), 'Live events');
  const state = h('span', { role: 'status' }, 'connecting…');
  let paused = false;
  let total = 0;
  let waiting = 0;
  const pause = h('button', { type: 'button', id: 'pause', onclick: () => {
    paused = !paused;
    pause.textContent = paused ? 'Go on (p)' : 'Pause (p)';
    waiting = 0;
    state.textContent = paused ? 'paused' : `live, ${number(total)} events`;
    list.set(paused ? rows.slice() : rows);
    if (!paused) list.toEnd();
  } }, 'Pause (p)');
  tail = openTail(`api/logs/tail${query({ stream: params.get('stream'), q: params.get('q'), regex: params.get('regex'), field: params.get('field'), level: params.get('level') })}`, {
    state: (text) => { state.textContent = text; },
    events(batch) {
      total += batch.length;
      // Asked before the rows are there: the list holds the same array, and is not at its end once it has grown.
      const follow = list.atEnd();
      for (const event of batch) rows.push(parse(event.event, { arrival: event.arrival }));
      if (rows.length > MAX_ROWS) rows.splice(0, rows.length - MAX_ROWS);
      if (paused) {
        waiting += batch.length;
        state.textContent = `paused, ${number(waiting)} waiting`;
        return;
      }
      list.set(rows);
      if (follow) list.toEnd();
      state.textContent = `live, ${number(total)} events`;
    },
  });
  repaintTail = () => list.set(paused ? rows.slice(0, rows.length - waiting) : rows);
  return h('div', { class: 'stack' }, h('div', { class: 'form' }, state, pause,
    h('button', { type: 'button', onclick: () => { rows.length = 0; list.set(rows); } }, 'Clear'),
    h('button', { type: 'button', onclick: () => saveLines('tail.jsonl', rows.map((r) => r.text)) }, 'Download what is shown')), list.element);
}

function resultView(result, params, side, bucket) {
  if (!result) return none('Search the lake', 'Choose a service and a time range. Without a range the last 24 hours are searched.');
  const events = result.events.map((e) => parse(e.event, e));
  const list = virtualList((event) => row(event, (e) => drawer(side, e, bucket)), 'Events found');
  list.set(events);
  const more = result.cursor && h('a', { class: 'button', href: href('logs', { ...Object.fromEntries(params), cursor: result.cursor }) }, 'Search on');
  const { scanned } = result;
  return h('div', { class: 'stack' },
    h('div', { class: 'form' }, h('span', { role: 'status' }, `${number(events.length)} events. ${STOPPED[result.stopped]} Looked at ${number(scanned.lines)} lines (${bytes(scanned.bytes)}) in ${number(scanned.objects)} objects of ${number(scanned.hours)} hours${scanned.upTo ? `, as far as ${time(scanned.upTo)}` : ''}.`),
      more, events.length > 0 && h('button', { type: 'button', onclick: () => saveLines('events.jsonl', events.map((e) => e.text)) }, 'Download what is shown')),
    result.skipped.map((s) => h('p', { class: 'note warn' }, visible(s))),
    events.length === 0 ? noMatch('No event in this range fits the filter.', more) : list.element);
}

export default {
  title: 'Logs',
  refreshes: false,
  async load(params) {
    const live = params.get('live') === '1';
    const [{ buckets }, { streams }] = await Promise.all([get('api/s3/buckets'), get('api/kinesis/streams').catch(() => ({ streams: [] }))]);
    const bucket = params.get('bucket') ?? (buckets.find((b) => b.objects > 0) ?? buckets[0])?.name;
    const report = bucket ? await get(`api/s3/bucket/${encodeURIComponent(bucket)}/partitions`, { limit: 1 }).catch(() => ({ services: [] })) : { services: [] };
    const wanted = params.has('run') || params.has('service');
    const result = live || !wanted || !bucket ? null : await get('api/logs/search', { bucket, service: params.get('service'), from: params.get('from'), to: params.get('to'), q: params.get('q'), regex: params.get('regex'), field: params.get('field'), level: params.get('level'), cursor: params.get('cursor'), limit: 500 });
    return { live, bucket, services: report.services.map((s) => s.service), streams: streams.map((s) => s.name), result };
  },
  draw({ live, bucket, services, streams, result }, params) {
    this.dispose();
    const side = h('aside', { class: 'drawer card', hidden: true, 'aria-label': 'Event' });
    return h('div', { class: 'stack' }, h('section', { class: 'card' }, form(params, services, streams, live)),
      h('div', { class: 'split' }, h('section', { class: 'card grow' }, live ? liveView(params, side) : resultView(result, params, side, bucket)), side));
  },
  // A tail that runs keeps what it has.
  repaint() {
    repaintTail?.();
    return repaintTail !== null;
  },
  dispose() {
    tail?.close();
    tail = null;
    repaintTail = null;
  },
};
