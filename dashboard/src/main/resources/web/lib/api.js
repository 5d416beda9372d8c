const TIMEOUT_MS = 30_000;

export class ApiError extends Error {
  constructor(status, body) {
    super(body.message ?? `Status ${status}`);
    this.status = status;
    this.hint = body.hint ?? '';
  }
}

export function query(params) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params ?? {})) {
    for (const one of [value].flat()) {
      if (one !== undefined && one !== null && one !== '') search.append(name, one);
    }
  }
  const text = search.toString();
  return text ? `?${text}` : '';
}

export async function get(path, params) {
  let response;
  try {
    response = await fetch(path + query(params), { signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (e) {
    throw new ApiError(0, { message: 'The dashboard does not answer', hint: e.message });
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new ApiError(response.status, body);
  return body;
}

// Bucket and key may hold anything; a browser would take '..' out of a path, so the key goes into the query.
export const objectUrl = (bucket) => `api/s3/object/${encodeURIComponent(bucket)}`;
export const downloadUrl = (bucket, key) => objectUrl(bucket) + query({ key, download: true });
