import { h } from './dom.js';

const ROW = 26;
const EXTRA = 8;

// A list that only has elements for the rows that are seen, so that 100,000 rows scroll as 40 do.
export function virtualList(renderRow, label) {
  let rows = [];
  let scheduled = false;
  const space = h('div', { class: 'vspace' });
  const box = h('div', { class: 'vlist', tabindex: 0, role: 'log', 'aria-live': 'off', 'aria-label': label, onscroll: schedule }, space);

  function draw() {
    scheduled = false;
    const first = Math.max(0, Math.floor(box.scrollTop / ROW) - EXTRA);
    const last = Math.min(rows.length, Math.ceil((box.scrollTop + box.clientHeight) / ROW) + EXTRA);
    space.style.height = `${rows.length * ROW}px`;
    space.replaceChildren(...rows.slice(first, last).map((row, i) => {
      const element = renderRow(row);
      element.style.top = `${(first + i) * ROW}px`;
      return element;
    }));
  }
  function schedule() {
    if (!scheduled) {
      scheduled = true;
      requestAnimationFrame(draw);
    }
  }
  new ResizeObserver(schedule).observe(box);
  return {
    element: box,
    set(all) {
      rows = all;
      schedule();
    },
    toEnd() {
      space.style.height = `${rows.length * ROW}px`;
      box.scrollTop = rows.length * ROW;
    },
    atEnd: () => box.scrollTop + box.clientHeight >= rows.length * ROW - 2 * ROW,
  };
}
