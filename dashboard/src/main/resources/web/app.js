const REFRESH_MS = 10_000;

const columns = {
  streams: ['name', 'status', 'mode', 'openShards', 'retentionHours'],
  buckets: ['name', 'createdAt'],
};

function cell(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

function show(id, rows) {
  const head = document.createElement('tr');
  head.append(...columns[id].map((name) => cell('th', name)));
  const body = rows.map((row) => {
    const tr = document.createElement('tr');
    tr.append(...columns[id].map((name) => cell('td', String(row[name]))));
    return tr;
  });
  document.getElementById(id).replaceChildren(head, ...body);
}

async function load(id, url) {
  const response = await fetch(url);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  show(id, answer[id]);
}

async function refresh() {
  const results = await Promise.allSettled([
    load('streams', 'api/kinesis/streams'),
    load('buckets', 'api/s3/buckets'),
  ]);
  const failed = results.filter((result) => result.status === 'rejected').map((result) => result.reason.message);
  document.getElementById('updated').textContent =
    failed.length ? failed.join('; ') : `Updated ${new Date().toLocaleTimeString()}`;
}

refresh();
setInterval(refresh, REFRESH_MS);
