const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
const whole = new Intl.NumberFormat('en-US');

let utc = localStorage.getItem('zone') !== 'local';
export const isUtc = () => utc;
export function setUtc(value) {
  utc = value;
  localStorage.setItem('zone', value ? 'utc' : 'local');
}

export function number(value) {
  return value === null || value === undefined ? '–' : whole.format(Math.round(value));
}

export function atLeast(text, more) {
  return more ? `> ${text}` : text;
}

export function bytes(value) {
  if (value === null || value === undefined) return '–';
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit && value < 100 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}

export function duration(ms) {
  if (ms === null || ms === undefined) return '–';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const s = ms / 1000;
  if (s < 60) return `${s < 10 ? s.toFixed(1) : Math.round(s)} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${Math.round(s % 60)} s`;
  if (s < 86_400) return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
  return `${Math.floor(s / 86_400)} d ${Math.floor((s % 86_400) / 3600)} h`;
}

const two = (n) => String(n).padStart(2, '0');

function parts(date) {
  return utc
    ? [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()]
    : [date.getFullYear(), date.getMonth() + 1, date.getDate(), date.getHours(), date.getMinutes(), date.getSeconds()];
}

export function time(iso, withMillis) {
  if (!iso) return '–';
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return String(iso);
  const [y, mo, d, hh, mm, ss] = parts(date);
  const millis = withMillis ? `.${String(date.getMilliseconds()).padStart(3, '0')}` : '';
  return `${y}-${two(mo)}-${two(d)} ${two(hh)}:${two(mm)}:${two(ss)}${millis}`;
}

export const day = (iso) => time(iso).slice(0, 10);
export const hour = (iso) => time(iso).slice(11, 13);
