import { h, visible } from './dom.js';

// Shows JSON as a tree with every number and string as it was written: JSON.parse would round big numbers.
const TOKEN = /\s*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|([^\s{}[\],:"]+))/gy;
const MAX_DEPTH = 60;

export function jsonTree(text) {
  try {
    JSON.parse(text);
  } catch {
    return h('pre', { class: 'raw' }, visible(text));
  }
  TOKEN.lastIndex = 0;
  const tokens = [...text.matchAll(TOKEN)].map((m) => m[1] ?? m[2] ?? m[3]);
  let at = 0;
  const value = (depth) => {
    const token = tokens[at++];
    if (token === '{' || token === '[') return group(token, depth);
    return h('span', { class: token.startsWith('"') ? 'str' : 'num' }, visible(token));
  };
  const group = (open, depth) => {
    const close = open === '{' ? '}' : ']';
    const rows = [];
    while (tokens[at] !== close) {
      let name = null;
      if (open === '{') {
        name = tokens[at];
        at += 2;
      }
      rows.push(h('li', {}, name && [h('span', { class: 'key' }, visible(JSON.parse(name))), ': '],
        depth < MAX_DEPTH ? value(depth + 1) : value(depth)));
      if (tokens[at] === ',') at++;
    }
    at++;
    return h('details', { open: depth < 3 }, h('summary', {}, `${open} ${rows.length} ${close}`), h('ul', {}, rows));
  };
  return h('div', { class: 'tree' }, value(0));
}
