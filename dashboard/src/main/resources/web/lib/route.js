// All of a view's state is in the address: #/view?name=value. Going back goes back.
export function current() {
  const hash = location.hash.startsWith('#/') ? location.hash.slice(2) : 'overview';
  const [view, search] = hash.split('?', 2);
  return { view: view || 'overview', params: new URLSearchParams(search ?? '') };
}

export function href(view, params) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params ?? {})) {
    if (value !== undefined && value !== null && value !== '') search.set(name, value);
  }
  const text = search.toString();
  return `#/${view}${text ? `?${text}` : ''}`;
}

export function go(view, params) {
  location.hash = href(view, params);
}
