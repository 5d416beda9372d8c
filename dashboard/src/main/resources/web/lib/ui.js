import { h, visible } from './dom.js';

export function card(title, ...children) {
  return h('section', { class: 'card' }, title && h('h2', {}, title), ...children);
}

export function skeleton(rows = 5) {
  return h('div', { class: 'skeleton', role: 'status', 'aria-label': 'Loading' },
    Array.from({ length: rows }, () => h('div', { class: 'bone' })));
}

// Three different ways of having nothing: there is none yet, nothing fits, it cannot be read.
export function none(title, text) {
  return h('div', { class: 'empty none' }, h('strong', {}, title), h('p', {}, text));
}
export function noMatch(text, action) {
  return h('div', { class: 'empty nomatch' }, h('strong', {}, 'Nothing fits'), h('p', {}, text), action);
}
export function failed(error) {
  return h('div', { class: 'empty failed', role: 'alert' },
    h('strong', {}, 'This cannot be read'), h('p', {}, visible(error.message)), error.hint && h('p', {}, visible(error.hint)));
}

export function table(caption, columns, rows, kind) {
  return h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    h('table', { class: kind }, h('caption', { class: 'hidden' }, caption),
      h('thead', {}, h('tr', {}, columns.map((c) => h('th', { scope: 'col', class: c.end ? 'end' : '' }, c.name)))),
      h('tbody', {}, rows.map((row) => h('tr', {}, columns.map((c) => {
        const value = c.value(row);
        return h('td', { class: c.end ? 'end' : c.code ? 'code' : '' }, typeof value === 'string' ? visible(value) : value);
      }))))));
}

export function chip(text, kind) {
  return h('span', { class: `chip ${kind ?? ''}` }, visible(text));
}

const LEVELS = { ERROR: 'bad', FATAL: 'bad', CRITICAL: 'bad', WARN: 'warn', WARNING: 'warn', INFO: 'info', NOTICE: 'info' };
export function level(text) {
  return chip(text || '–', LEVELS[String(text).toUpperCase()] ?? 'quiet');
}

export function field(label, control) {
  return h('label', { class: 'field' }, h('span', {}, label), control);
}

export function select(options, value, onchange, label) {
  const box = h('select', { onchange: () => onchange(box.value), 'aria-label': label },
    options.map((o) => h('option', { value: o, selected: o === value }, visible(o || 'all'))));
  return box;
}

export function copyButton(text) {
  const button = h('button', { type: 'button', onclick: async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = 'Copied';
    } catch {
      button.textContent = 'Not allowed here';
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  } }, 'Copy');
  return button;
}

export function saveLines(name, lines) {
  const url = URL.createObjectURL(new Blob([lines.join('\n') + '\n'], { type: 'application/x-ndjson' }));
  h('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
