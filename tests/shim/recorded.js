/**
 * Replays recorded exchanges of a real store: a fetch that answers only what was recorded, in
 * the order that the test names.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

/** @typedef {import('../../www/shim/http.js').Fetch} Fetch */
/**
 * @typedef {object} Recording
 * @property {{method: string, path: string, headers: Record<string, string>, body: any}} request
 * @property {{status: number, headers: Record<string, string>, body: any}} response
 */
/** A recording's name, or what to answer from one (or anything) to another request. */
/**
 * @typedef {string | {as?: string, method?: string, path?: string, body?: any, status?: number,
 *   headers?: Record<string, string>, answer?: unknown, raw?: string, fail?: Error}} Step
 */
/** @typedef {{method: string, url: URL, headers: Headers, body: any}} Seen */

export const PAGE = 'https://shop.example/chat/';

/** @param {string} name @returns {Recording} */
export function recording(name) {
  const file = new URL(`../storeapi/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * @param {Step[]} steps
 * @returns {{fetch: Fetch, seen: Seen[], done: () => void}}
 */
export function replay(steps) {
  const left = [...steps];
  /** @type {Seen[]} */
  const seen = [];
  return {
    seen,
    async fetch(address, init = {}) {
      const request = {
        method: init.method ?? 'GET',
        url: new URL(address),
        headers: new Headers(init.headers),
        body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
      };
      seen.push(request);
      const step = left.shift();
      assert.ok(step !== undefined, `not recorded: ${request.method} ${address}`);
      return answer(request, step);
    },
    done: () => assert.deepEqual(left, [], 'recorded but never asked for'),
  };
}

/** @param {Seen} request @param {Step} step @returns {Response} */
function answer(request, step) {
  const given = typeof step === 'string' ? { as: step } : step;
  if (given.fail) throw given.fail;
  const found = given.as === undefined ? undefined : recording(given.as);
  const wanted = new URL(given.path ?? found?.request.path ?? request.url, request.url);
  const asked = given.path === undefined ? found?.request : undefined;
  assert.equal(request.method, given.method ?? asked?.method ?? request.method);
  assert.equal(routeOf(request.url), routeOf(wanted));
  for (const [name, value] of wanted.searchParams) {
    if (name !== 'rest_route') assert.equal(request.url.searchParams.get(name), value, name);
  }
  const body = 'body' in given ? given.body : asked?.body;
  if (body) assert.deepEqual(request.body, body);
  const text = given.raw ?? JSON.stringify('answer' in given ? given.answer : found?.response.body);
  const headers = new Headers(given.headers ?? found?.response.headers);
  return new Response(text, { status: given.status ?? found?.response.status ?? 200, headers });
}

/** @param {URL} url */
function routeOf(url) {
  const route = url.searchParams.get('rest_route');
  return route ?? url.pathname.replace(/^.*\/wp-json/, '');
}
