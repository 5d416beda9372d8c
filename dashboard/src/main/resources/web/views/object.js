import { h, visible, link } from '../lib/dom.js';
import { get, objectUrl, downloadUrl } from '../lib/api.js';
import { href, go } from '../lib/route.js';
import { card, none, noMatch, chip, copyButton } from '../lib/ui.js';
import { bytes, number, time } from '../lib/format.js';
import { jsonTree } from '../lib/json.js';

const WHY = { page: '', end: 'This is all.', bytes: 'Stopped: one view reads at most 256 MiB.', time: 'Stopped: one view reads for at most 10 s.', broken: 'The object cannot be read further.' };

function line(l) {
  const body = h('div', {});
  return h('details', { class: 'record', ontoggle: (e) => {
    if (e.target.open && !body.hasChildNodes()) body.append(copyButton(l.text), jsonTree(l.text));
  } },
  h('summary', {}, h('span', { class: 'lineno' }, number(l.number + 1)), l.invalid && chip('invalid UTF-8', 'warn'), l.cut && chip(`${bytes(l.bytes)}, cut`, 'warn'), ' ',
    h('span', { class: 'clip' }, visible(l.text.slice(0, 400)))), body);
}

export default {
  title: 'Object',
  refreshes: false,
  load: (params) => get(objectUrl(params.get('bucket') ?? ''), { key: params.get('key'), line: params.get('line'), q: params.get('q') }),
  draw(view, params) {
    const folder = view.key.slice(0, view.key.lastIndexOf('/') + 1);
    const search = h('input', { type: 'search', id: 'object-q', value: params.get('q') ?? '', placeholder: 'Text in a line', 'aria-label': 'Filter lines' });
    const all = Object.fromEntries(params);
    return card('', h('nav', { class: 'crumbs', 'aria-label': 'Folder' }, link(href('lake', { bucket: view.bucket, prefix: folder }), `${view.bucket} / ${folder}`)),
      h('h2', { class: 'name' }, visible(view.key.slice(folder.length))),
      h('p', { class: 'quiet' }, `${bytes(view.size)} stored, ${view.encoding}, modified ${time(view.lastModified)}. `,
        h('a', { class: 'button', href: downloadUrl(view.bucket, view.key), download: true }, 'Download')),
      h('form', { class: 'form', onsubmit: (e) => { e.preventDefault(); go('object', { ...all, q: search.value, line: '' }); } }, search, h('button', {}, 'Filter')),
      view.problem && h('p', { class: 'note bad' }, visible(view.problem)),
      view.lines.length === 0 ? (params.get('q') ? noMatch('No line has this text.') : none('Empty', 'The object has no lines.')) : h('div', { class: 'records' }, view.lines.map(line)),
      h('p', { class: 'quiet' }, WHY[view.stopped] ?? '', ' ', view.nextLine !== null && h('a', { class: 'button', href: href('object', { ...all, line: view.nextLine }) }, 'Next lines')));
  },
};
