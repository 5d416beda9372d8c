// One live tail. Browsers open six connections to a host and no more, over all tabs: a seventh tail would make every tab
// wait for ever. So at most four tabs have a tail (the rest of the connections is for all else), and a hidden tab lets its
// tail go.
const SLOTS = 4;
const RETRY_MS = 3_000;

async function takeSlot(signal) {
  if (!navigator.locks) return () => {};
  for (let i = 0; i < SLOTS; i++) {
    const release = await new Promise((resolve) => {
      navigator.locks.request(`millrace-tail-${i}`, { ifAvailable: true }, (lock) => {
        if (!lock) {
          resolve(null);
          return undefined;
        }
        return new Promise((free) => resolve(free));
      });
    });
    if (release) {
      if (signal.aborted) release();
      return release;
    }
  }
  return null;
}

export function openTail(url, on) {
  const closed = new AbortController();
  let source = null;
  let release = null;
  let retry = null;
  let opening = false;

  function stop() {
    clearTimeout(retry);
    source?.close();
    source = null;
    release?.();
    release = null;
  }
  function again(text) {
    stop();
    on.state(text);
    if (!closed.signal.aborted) retry = setTimeout(open, RETRY_MS);
  }
  async function open() {
    if (opening || source || closed.signal.aborted || document.hidden) return;
    opening = true;
    release = await takeSlot(closed.signal);
    opening = false;
    if (closed.signal.aborted) return;
    if (!release) {
      again(`${SLOTS} other tabs of this browser have a live tail: close or hide one of them`);
      return;
    }
    source = new EventSource(url);
    source.addEventListener('open', () => on.state('live, waiting for events'));
    source.addEventListener('events', (e) => on.events(JSON.parse(e.data)));
    source.addEventListener('gap', () => on.state('some events were left out: the stream was too fast'));
    source.addEventListener('end', (e) => again(`ended: ${JSON.parse(e.data).reason.replaceAll('_', ' ')}`));
    source.addEventListener('error', () => again('not connected: too many tails, or the dashboard is away; trying again'));
  }
  function onVisibility() {
    if (document.hidden) {
      stop();
      on.state('asleep while this tab is hidden');
    } else {
      open();
    }
  }
  document.addEventListener('visibilitychange', onVisibility);
  open();
  return {
    close() {
      closed.abort();
      document.removeEventListener('visibilitychange', onVisibility);
      stop();
    },
  };
}
