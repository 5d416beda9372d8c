import { h, visible } from '../lib/dom.js';
import { get } from '../lib/api.js';
import { href } from '../lib/route.js';
import { card, none, chip } from '../lib/ui.js';
import { chart, now } from '../lib/chart.js';
import { number, bytes, duration, atLeast, time } from '../lib/format.js';

function fact(label, value, target) {
  return h(target ? 'a' : 'div', { class: 'fact', href: target }, h('span', {}, label), h('strong', {}, value));
}

function headline(consumer) {
  const ms = consumer.freshnessMillis;
  if (ms === null) {
    const why = consumer.configured === 0 ? 'No consumer is configured (CONSUMER_STATUS_URLS).'
      : consumer.answering === 0 ? 'No consumer answers, so it is not known whether data flows.' : 'The consumer works on no shard yet.';
    return h('section', { class: 'headline unknown' }, h('p', { class: 'label' }, 'Freshness'), h('p', { class: 'big' }, 'unknown'), h('p', {}, why));
  }
  const kind = ms > 300_000 ? 'bad' : ms > 120_000 ? 'warn' : 'good';
  return h('section', { class: `headline ${kind}` }, h('p', { class: 'label' }, 'Freshness'), h('p', { class: 'big' }, duration(ms)),
    h('p', {}, 'is the age of the oldest event that is not in the lake yet. Last commit: ', time(consumer.lastCommit), '.'));
}

function alertList(alerts) {
  if (alerts.length === 0) return h('p', { class: 'quiet' }, 'None.');
  return h('ul', { class: 'alerts' }, alerts.map((a) => h('li', {}, chip(a.kind, a.severity === 'CRITICAL' ? 'bad' : 'warn'), ' ', visible(a.message),
    h('small', {}, ` since ${time(a.since)}`))));
}

// A consumer tells of a batch when it is committed, which makes single samples jump: each point is an average of four.
function smooth(values) {
  return values.map((_, i) => {
    const window = values.slice(Math.max(0, i - 3), i + 1).filter((v) => v !== null);
    return window.length ? window.reduce((a, b) => a + b) / window.length : null;
  });
}

function charts(history) {
  const samples = history.samples;
  if (samples.length < 2) return none('No history yet', 'The first points appear a few seconds after the dashboard starts.');
  const times = samples.map((s) => Date.parse(s.time) / 1000);
  const shards = [...new Set(samples.flatMap((s) => Object.keys(s.lagMillis)))].slice(0, 20);
  const panel = (title, series, format) => h('section', { class: 'card' }, h('div', { class: 'head' }, h('h2', {}, title), now(series, format)), chart(title, times, series, format));
  return h('div', { class: 'charts' },
    panel('Records a second', [{ name: 'in', values: smooth(samples.map((s) => s.recordsIn)) }, { name: 'out', values: smooth(samples.map((s) => s.recordsOut)) }], number),
    panel('Bytes to the lake a second', [{ name: 'out', values: smooth(samples.map((s) => s.bytesOut)) }], bytes),
    shards.length === 0 ? card('Lag per shard', none('No shard is worked on', 'Start a consumer.'))
      : panel('Lag per shard', shards.map((name) => ({ name: name.split('/').at(-1).replace(/^shardId-0*(?=\d)/, 'shard '), values: samples.map((s) => s.lagMillis[name] ?? null) })), duration));
}

export default {
  title: 'Overview',
  refreshes: true,
  async load() {
    const [summary, history, alerts] = await Promise.all([get('api/stats/summary'), get('api/stats/history'), get('api/alerts')]);
    return { summary, history, alerts };
  },
  draw({ summary, history, alerts }) {
    const { streams, buckets, consumer } = summary;
    return h('div', { class: 'stack' },
      headline(consumer),
      h('div', { class: 'facts' },
        fact('Streams', streams.error ? 'away' : `${number(streams.count)} · ${number(streams.openShards)} shards`, href('streams')),
        fact('Buckets', buckets.error ? 'away' : number(buckets.count), href('lake')),
        fact('Objects', buckets.error ? '–' : atLeast(number(buckets.objects), buckets.atLeast), href('partitions')),
        fact('Stored', buckets.error ? '–' : atLeast(bytes(buckets.bytes), buckets.atLeast), href('lake')),
        fact('Written since start', number(consumer.recordsWritten)),
        fact('Dead letters', buckets.error ? '–' : buckets.deadLetterObjects === 1 ? '1 object' : `${number(buckets.deadLetterObjects)} objects`, href('dead-letters'))),
      [streams, buckets].filter((part) => part.error).map((part) => h('p', { class: 'note bad' }, visible(part.error))),
      card('Alerts', alertList(alerts.alerts)),
      charts(history));
  },
};
