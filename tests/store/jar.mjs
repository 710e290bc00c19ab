/** A visitor of a store for tests: fetch with cookies, as a browser keeps them. */

/** @typedef {import('../../www/shim/http.js').Fetch} Fetch */

/** @returns {Fetch & {cookies: Map<string, string>}} */
export function visitor() {
  /** @type {Map<string, string>} */
  const cookies = new Map();

  /** @param {Response} response */
  function keep(response) {
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      const gone = /max-age=0\b/i.test(line) || / expires=[^;]*\b19(69|70)\b/i.test(line);
      if (gone) cookies.delete(name);
      else cookies.set(name, value);
    }
  }

  /** @type {Fetch} */
  async function get(address, init = {}) {
    const headers = new Headers(init.headers);
    const sent = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (sent) headers.set('Cookie', sent);
    const response = await fetch(address, { ...init, headers, redirect: 'manual' });
    keep(response);
    const to = response.headers.get('location');
    if (!to || init.redirect === 'manual') return response;
    return get(new URL(to, address).href, { method: 'GET' });
  }

  return Object.assign(get, { cookies });
}

/** What a tab remembers. */
export function tabStorage() {
  /** @type {Map<string, string>} */
  const kept = new Map();
  return {
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, value),
  };
}
