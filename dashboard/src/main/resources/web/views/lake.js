import { h, link } from '../lib/dom.js';
import { get } from '../lib/api.js';
import { href } from '../lib/route.js';
import { card, table, none } from '../lib/ui.js';
import { number, bytes, atLeast, time } from '../lib/format.js';

function crumbs(bucket, prefix) {
  const parts = prefix.split('/').slice(0, -1);
  return h('nav', { class: 'crumbs', 'aria-label': 'Folder' }, link(href('lake'), 'Buckets'), ' / ', link(href('lake', { bucket }), bucket),
    parts.map((part, i) => [' / ', link(href('lake', { bucket, prefix: `${parts.slice(0, i + 1).join('/')}/` }), part || '(empty)')]));
}

function buckets(list) {
  if (list.length === 0) return none('No buckets', 'There is none, or none that DASHBOARD_BUCKETS allows.');
  return table('Buckets', [
    { name: 'Bucket', value: (b) => link(href('lake', { bucket: b.name }), b.name) },
    { name: 'Objects', end: true, value: (b) => atLeast(number(b.objects), b.atLeast && b.objects !== null) },
    { name: 'Stored', end: true, value: (b) => atLeast(bytes(b.bytes), b.atLeast && b.bytes !== null) },
    { name: 'Created', value: (b) => time(b.createdAt) },
    { name: 'Problem', value: (b) => b.error || '–' }], list);
}

function folder(page) {
  if (page.prefixes.length + page.objects.length === 0) return none('Nothing here', 'This folder holds no objects.');
  const name = (key) => key.slice(page.prefix.length);
  const rows = [
    ...page.prefixes.map((p) => ({ link: link(href('lake', { bucket: page.bucket, prefix: p.prefix }), name(p.prefix), { class: 'folder' }), objects: p.objects === null ? '–' : atLeast(number(p.objects), false), size: bytes(p.bytes), when: '' })),
    ...page.objects.map((o) => ({ link: link(href('object', { bucket: page.bucket, key: o.key }), name(o.key) || '(this folder)'), objects: '', size: bytes(o.size), when: time(o.lastModified) })),
  ];
  return table('Folders and objects', [
    { name: 'Name', value: (r) => r.link },
    { name: 'Objects', end: true, value: (r) => r.objects },
    { name: 'Size', end: true, value: (r) => r.size },
    { name: 'Modified', value: (r) => r.when || '–' }], rows, 'wide');
}

export default {
  title: 'Lake',
  refreshes: true,
  async load(params) {
    const bucket = params.get('bucket');
    if (!bucket) return get('api/s3/buckets');
    return get(`api/s3/bucket/${encodeURIComponent(bucket)}/objects`, { prefix: params.get('prefix'), token: params.get('token') });
  },
  draw(data, params) {
    if (data.buckets) return card('Buckets', buckets(data.buckets));
    return card('', crumbs(data.bucket, data.prefix), folder(data),
      data.nextToken && h('a', { class: 'button', href: href('lake', { ...Object.fromEntries(params), token: data.nextToken }) }, 'Next page'));
  },
};
