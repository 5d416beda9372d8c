import { h, visible, link } from '../lib/dom.js';
import { get } from '../lib/api.js';
import { href, go, current } from '../lib/route.js';
import { card, table, chip, none, field, select } from '../lib/ui.js';
import { number, duration, time, bytes } from '../lib/format.js';
import { jsonTree } from '../lib/json.js';

const POSITIONS = { trim_horizon: 'from the oldest', latest: 'from now on', timestamp: 'at a time', at_sequence: 'at a sequence number', after_sequence: 'after a sequence number' };

function streamTable(streams) {
  if (streams.length === 0) return none('No streams', 'There is none in this account and region, or none that DASHBOARD_STREAMS allows.');
  return table('Streams', [
    { name: 'Stream', value: (s) => link(href('streams', { stream: s.name }), s.name) },
    { name: 'Status', value: (s) => chip(s.status, s.status === 'ACTIVE' ? 'good' : 'warn') },
    { name: 'Mode', value: (s) => s.mode },
    { name: 'Open shards', end: true, value: (s) => number(s.openShards) },
    { name: 'Retention', end: true, value: (s) => `${s.retentionHours} h` },
    { name: 'Created', value: (s) => time(s.createdAt) }], streams);
}

// Sequence numbers differ at their ends; the whole of one is a pointer's rest away.
function short(sequence) {
  if (!sequence) return '–';
  return sequence.length <= 16 ? sequence : h('span', { title: sequence }, `…${sequence.slice(-12)}`);
}

const share = (hashKey) => Math.round(Number((BigInt(hashKey) * 1000n) >> 128n) / 10);

function shardTable(report) {
  return table('Shards', [
    { name: 'Shard', value: (s) => link(href('streams', { stream: report.stream, shard: s.shardId }), s.shardId) },
    { name: 'State', value: (s) => chip(s.closed ? 'closed' : s.state ?? 'not read', s.closed ? 'quiet' : s.state ? 'good' : 'warn') },
    { name: 'Freshness', end: true, value: (s) => duration(s.freshnessMillis) },
    { name: 'Behind', end: true, value: (s) => duration(s.millisBehindLatest) },
    { name: 'Held', end: true, value: (s) => (s.openRecords === null ? '–' : `${number(s.openRecords)} · ${bytes(s.heldBytes)}`) },
    { name: 'Owner', value: (s) => s.leaseOwner ?? '–' },
    { name: 'Switches', end: true, value: (s) => number(s.ownerSwitches) },
    { name: 'Checkpoint', code: true, value: (s) => short(s.checkpoint) },
    { name: 'Pending commit', code: true, value: (s) => short(s.pendingCheckpoint) },
    { name: 'Parents', code: true, value: (s) => s.parents.map((p) => p.replace(/^shardId-0*(?=\d)/, 'shard ')).join(', ') || '–' },
    { name: 'Hash keys', end: true, value: (s) => h('span', { title: `${s.startingHashKey} – ${s.endingHashKey}` }, `${share(s.startingHashKey)} – ${share(s.endingHashKey)} %`) }], report.shards);
}

function seek(params, shards) {
  const stream = params.get('stream');
  const position = params.get('position') ?? 'trim_horizon';
  const value = h('input', { id: 'seek-value', value: params.get('at') ?? '', size: 30, 'aria-label': 'Time or sequence number', placeholder: '2025-11-09T13:00:00Z or a number' });
  const to = (change) => go('streams', { stream, shard: params.get('shard'), position, at: value.value, ...change });
  return h('form', { class: 'form', onsubmit: (e) => { e.preventDefault(); to({}); } },
    field('Shard', select(shards.map((s) => s.shardId), params.get('shard'), (shard) => to({ shard }))),
    field('Start', select(Object.keys(POSITIONS), position, (p) => to({ position: p }))),
    ['timestamp', 'at_sequence', 'after_sequence'].includes(position) && field('At', value),
    h('button', {}, 'Read'));
}

function recordList(page, params) {
  const next = page.next && h('a', { class: 'button', href: href('streams', { ...Object.fromEntries(params), next: page.next }) },
    page.records.length ? 'Next page' : 'Look again');
  if (page.records.length === 0) return h('div', {}, none('No records here', page.next ? 'The shard has none at this place yet.' : 'The shard is closed, and this is its end.'), next);
  return h('div', { class: 'records' }, page.records.map((r) => h('details', { class: 'record' },
    h('summary', {}, h('span', { class: 'code' }, time(r.arrival, true)), ' ', r.aggregated && chip('KPL', 'info'), r.gzip && chip('gzip', 'info'), ' ',
      h('span', { class: 'clip' }, visible(r.text.slice(0, 200)))),
    h('dl', { class: 'pairs' }, [['Sequence number', r.sequenceNumber + (r.aggregated ? ` : ${r.subSequenceNumber}` : '')], ['Partition key', r.partitionKey], ['Size', bytes(r.bytes) + (r.cut ? ', shown in part' : '')]]
      .map(([k, v]) => [h('dt', {}, k), h('dd', { class: 'code' }, visible(v))])),
    jsonTree(r.text))), h('p', {}, `${duration(page.millisBehindLatest)} behind the shard's end. `, next));
}

export default {
  title: 'Streams',
  get refreshes() { return !current().params.has('shard'); },
  async load(params) {
    const { streams } = await get('api/kinesis/streams');
    const stream = params.get('stream') ?? streams[0]?.name;
    if (!stream) return { streams };
    const base = `api/kinesis/stream/${encodeURIComponent(stream)}`;
    const shard = params.get('shard');
    const at = params.get('at') ?? '';
    const position = params.get('position') ?? 'trim_horizon';
    const [metrics, records] = await Promise.all([get(`${base}/metrics`), shard && get(`${base}/records`, {
      shard, position, limit: 50, next: params.get('next'), timestamp: position === 'timestamp' ? at : '', sequence: position.endsWith('sequence') ? at : '' })]);
    return { streams, stream, metrics, records };
  },
  draw({ streams, stream, metrics, records }, params) {
    if (!stream) return streamTable(streams);
    const { report, rates } = metrics;
    params.set('stream', stream);
    return h('div', { class: 'stack' },
      !params.has('shard') && card('Streams', streamTable(streams)),
      card(`Shards of ${stream}`, report.problems.map((p) => h('p', { class: 'note warn' }, visible(p))),
        h('p', { class: 'quiet' }, `Read ${number(rates.recordsInPerSecond)}/s, written ${number(rates.recordsOutPerSecond)}/s, ${bytes(rates.bytesOutPerSecond)}/s (consumers, all streams). Leases: ${report.leaseTable}. Workers: ${Object.entries(report.workers).map(([w, n]) => `${w} (${n})`).join(', ') || 'none'}.`),
        shardTable(report)),
      records ? card('Records', seek(params, report.shards), recordList(records, params))
        : card('Records', h('p', { class: 'quiet' }, 'Choose a shard to look at its records.')));
  },
};
