import { h, link } from '../lib/dom.js';
import { get } from '../lib/api.js';
import { href } from '../lib/route.js';
import { card, table, none } from '../lib/ui.js';
import { number, bytes, time } from '../lib/format.js';

const PREFIX = '_dead-letter/';

export default {
  title: 'Dead letters',
  refreshes: true,
  async load() {
    const { buckets } = await get('api/s3/buckets');
    return Promise.all(buckets.map(async ({ name }) => {
      const path = `api/s3/bucket/${encodeURIComponent(name)}/objects`;
      const reasons = await get(path, { prefix: PREFIX });
      return { name, reasons: reasons.prefixes };
    }));
  },
  draw(buckets) {
    const found = buckets.filter((b) => b.reasons.length > 0);
    if (found.length === 0) return card('Dead letters', none('No dead letters', 'Every record so far was a JSON object. What is not goes to _dead-letter/ with its bytes and the reason.'));
    return h('div', { class: 'stack' }, found.map((b) => card(b.name,
      table('Reasons', [
        { name: 'Reason', value: (r) => link(href('lake', { bucket: b.name, prefix: r.prefix }), r.prefix.slice(PREFIX.length).replace(/^reason=|\/$/g, '')) },
        { name: 'Objects', end: true, value: (r) => number(r.objects) },
        { name: 'Stored', end: true, value: (r) => bytes(r.bytes) },
        { name: 'Counted', value: (r) => time(r.countedAt) }], b.reasons),
      h('p', { class: 'quiet' }, 'Open a reason to reach the letters: each line has the error, the record\'s place in the stream and its data in base64. ', h('code', {}, 'millrace-consumer redrive'), ' puts them back on the stream.'))));
  },
};
