import { h, visible, link } from '../lib/dom.js';
import { get } from '../lib/api.js';
import { href, go } from '../lib/route.js';
import { card, table, none, field, select } from '../lib/ui.js';
import { number, bytes } from '../lib/format.js';

const HOURS = Array.from({ length: 24 }, (_, i) => i);
const DAY_MS = 86_400_000;

const shades = (value, max) => (value === undefined ? 'gap' : `heat heat${Math.min(5, 1 + Math.floor((5 * Math.log1p(value)) / Math.log1p(max)))}`);

// Hours of a day are UTC hours, as the lake's folders are, whatever the clock of the page says.
function heat(report, dayStart, bucket, metric) {
  const cells = new Map(report.partitions.map((p) => [`${p.service}\n${new Date(p.hour).getUTCHours()}`, p]));
  const services = [...new Set(report.partitions.map((p) => p.service))].sort();
  const max = Math.max(1, ...report.partitions.map((p) => p[metric] ?? 0));
  const show = metric === 'bytes' ? (v) => bytes(v).replace('iB', '').replace(' ', '') : number;
  return h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Service by hour' }, h('table', { class: 'heatmap' },
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Service'), HOURS.map((i) => h('th', { scope: 'col' }, String(i).padStart(2, '0'))))),
    h('tbody', {}, services.map((service) => h('tr', {}, h('th', { scope: 'row' }, link(href('logs', { service, from: new Date(dayStart).toISOString(), to: new Date(dayStart + DAY_MS).toISOString() }), service)),
      HOURS.map((i) => {
        const cell = cells.get(`${service}\n${i}`);
        if (!cell) return h('td', { class: 'gap' }, h('span', { class: 'hidden' }, 'nothing'));
        const value = cell[metric];
        return h('td', { class: value === null ? 'heat' : shades(value, max), title: `${number(cell.objects)} objects, ${bytes(cell.bytes)}, ${number(cell.small)} small, ${cell.events === null ? 'events not counted' : `${number(cell.events)} events in ${cell.eventsOf} objects`}` },
          h('a', { href: href('lake', { bucket, prefix: cell.prefix }) }, value === null ? '?' : show(value)));
      }))))));
}

export default {
  title: 'Partitions',
  refreshes: true,
  async load(params) {
    const { buckets } = await get('api/s3/buckets');
    const bucket = params.get('bucket') ?? (buckets.find((b) => b.objects > 0) ?? buckets[0])?.name;
    if (!bucket) return { buckets };
    const path = `api/s3/bucket/${encodeURIComponent(bucket)}/partitions`;
    const whole = await get(path, { limit: 20_000 });
    const dayStart = Date.parse(params.get('day') ? `${params.get('day')}T00:00:00Z` : (whole.lastHour ?? new Date().toISOString()).slice(0, 10));
    const day = { ...whole, partitions: whole.partitions.filter((p) => Date.parse(p.hour) >= dayStart && Date.parse(p.hour) < dayStart + DAY_MS) };
    return { buckets, bucket, whole, day, dayStart };
  },
  draw({ buckets, bucket, whole, day, dayStart }, params) {
    if (!bucket) return none('No buckets', 'There is nothing to analyse.');
    const metric = params.get('metric') ?? 'objects';
    const date = new Date(dayStart).toISOString().slice(0, 10);
    const to = (change) => go('partitions', { bucket, day: date, metric, ...change });
    const days = [...new Set(whole.partitions.map((p) => p.hour.slice(0, 10)))];
    const at = days.indexOf(date);
    const form = h('form', { class: 'form', onsubmit: (e) => e.preventDefault() },
      field('Bucket', select(buckets.map((b) => b.name), bucket, (b) => to({ bucket: b, day: '' }))),
      field('Cells show', select(['objects', 'bytes', 'small', 'events'], metric, (m) => to({ metric: m }))),
      field('Day (UTC)', h('input', { id: 'day', value: date, placeholder: '2025-11-09', onchange: (e) => (Number.isNaN(Date.parse(`${e.target.value.trim()}T00:00:00Z`)) ? e.target.select() : to({ day: e.target.value.trim() })) })),
      h('button', { type: 'button', disabled: at < 0 || at === days.length - 1, onclick: () => to({ day: days[at + 1] }) }, 'Earlier day with data'),
      h('button', { type: 'button', disabled: at <= 0, onclick: () => to({ day: days[at - 1] }) }, 'Later'));
    return h('div', { class: 'stack' }, card('', form,
      whole.partitions.length === 0 ? none('No partitions yet', whole.atLeast ? 'The bucket is still being looked through.' : 'No object lies under service=…/year=…/month=…/day=…/hour=….')
        : day.partitions.length === 0 ? h('div', { class: 'empty nomatch' }, h('strong', {}, `Nothing on ${date}`), h('p', {}, `There are ${days.length} days with data, from ${whole.firstHour.slice(0, 10)} to ${whole.lastHour.slice(0, 10)}.`))
          : heat(day, dayStart, bucket, metric),
      h('p', { class: 'quiet' }, `A blank cell has no objects; a number, even 0, was counted. ${metric === 'events' ? 'Events are known of objects that were read to their ends here; ? stands for none yet. ' : ''}${whole.atLeast ? 'Not everything is counted yet. ' : ''}${number(whole.other)} objects lie outside this layout.`)),
    card('Services, over all time', table('Services', [
      { name: 'Service', value: (s) => link(href('logs', { service: s.service, from: whole.firstHour, to: new Date(Date.parse(whole.lastHour) + 3_600_000).toISOString() }), s.service) },
      { name: 'Hours', end: true, value: (s) => number(s.hours) },
      { name: 'Objects', end: true, value: (s) => number(s.objects) },
      { name: 'Stored', end: true, value: (s) => bytes(s.bytes) },
      { name: 'Small files', end: true, value: (s) => `${Math.round(100 * s.smallShare)} %` }], whole.services)));
  },
};
