import uPlot from '../vendor/uPlot.esm.js';
import { h } from './dom.js';
import { time } from './format.js';

const COLOURS = ['--c1', '--c2', '--c3', '--c4', '--c5', '--c6'];
const clock = (seconds) => time(new Date(seconds * 1000).toISOString()).slice(11);
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// series: [{name, values}], times in epoch seconds; format turns a value into text.
export function chart(title, times, series, format) {
  const box = h('div', { class: 'chart', role: 'img', 'aria-label': title });
  const last = series.map((s) => `${s.name}: ${format(s.values.at(-1))}`).join(', ');
  box.setAttribute('aria-label', `${title}. Now ${last}`);
  const plot = new uPlot({
    width: 400,
    height: 200,
    legend: { show: false },
    cursor: { drag: { x: false, y: false } },
    scales: { y: { range: (u, min, max) => [0, Math.max(max ?? 1, 1e-9) * 1.1] } },
    axes: [
      { stroke: css('--muted'), grid: { stroke: css('--line'), width: 1 }, space: 70, size: 34, values: (u, ticks) => ticks.map(clock) },
      { stroke: css('--muted'), grid: { stroke: css('--line'), width: 1 }, size: 74, values: (u, ticks) => ticks.map(format) },
    ],
    series: [{ label: 'time', value: (u, v) => (v === null ? '–' : clock(v)) }, ...series.map((s, i) => ({
      label: s.name, stroke: css(COLOURS[i % COLOURS.length]), width: 1.8, points: { show: false }, fill: series.length === 1 ? `${css(COLOURS[i])}22` : undefined, value: (u, v) => format(v),
    }))],
  }, [times, ...series.map((s) => s.values)], box);
  new ResizeObserver(() => plot.setSize({ width: Math.max(220, box.clientWidth), height: 200 })).observe(box);
  return box;
}

// The newest values, each with the colour of its line.
export function now(series, format) {
  return h('p', { class: 'now' }, series.length > COLOURS.length ? `${series.length} lines`
    : series.map((s, i) => h('span', {}, h('span', { class: `dot dot${i + 1}` }), `${s.name} `, h('strong', {}, format(s.values.at(-1))))));
}
