/** What the directory of plugins asks of the readme, and of the plugin's head beside it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { at } from '../../pkg/build/paths.mjs';

const readme = readFileSync(at('www/nivella-credits/readme.txt'), 'utf8');
const plugin = readFileSync(at('www/nivella-credits/nivella-credits.php'), 'utf8');

/** @param {string} name of a line at the readme's beginning */
const said = (name) => new RegExp(`^${name}: +(.+)$`, 'm').exec(readme)?.[1] ?? '';
/** @param {string} name of a line of the plugin's head */
const head = (name) => new RegExp(`^ \\* ${name}: +(.+)$`, 'm').exec(plugin)?.[1] ?? '';
/** @param {string} name of a section */
const section = (name) => readme.split(/^== /m).find((part) => part.startsWith(`${name} ==`)) ?? '';

describe('the readme', () => {
  test('says the same as the plugin', () => {
    assert.equal(said('Stable tag'), head('Version'));
    assert.match(plugin, new RegExp(`'NIVELLA_CREDITS_VERSION', '${head('Version')}'`));
    assert.equal(said('Requires at least'), head('Requires at least'));
    assert.equal(said('Requires PHP'), head('Requires PHP'));
    assert.equal(said('License URI'), head('License URI'));
    assert.match(readme, new RegExp(`^=== ${head('Plugin Name')} ===\\n`));
  });

  test('has at most five tags, and a short description that is shown whole', () => {
    const tags = said('Tags').split(', ');
    assert.ok(tags.length >= 1 && tags.length <= 5, `${tags.length} tags`);
    assert.equal(new Set(tags).size, tags.length);
    const short = readme.split('\n\n')[1] ?? '';
    assert.ok(short.length > 20 && short.length <= 150, `${short.length} characters`);
    assert.doesNotMatch(short, /[*`[\]<>\n]/);
  });

  test('is tested with a version of WordPress, without what is behind its second number', () => {
    assert.match(said('Tested up to'), /^\d+\.\d+$/);
    assert.ok(Number(said('Tested up to')) >= Number(said('Requires at least')));
  });

  test('has its sections, none of them longer than the directory shows', () => {
    const names = ['Description', 'Installation', 'Frequently Asked Questions', 'Screenshots'];
    for (const name of names) {
      const words = section(name).split(/\s+/).length;
      assert.ok(words > 20 && words <= 2500, `${name}: ${words} words`);
    }
  });

  test('tells of this version what changed', () => {
    const version = `${head('Version')} =\n* `;
    assert.ok(section('Changelog').split(/^= /m).some((one) => one.startsWith(version)));
  });

  test('numbers its screenshots from 1 on', () => {
    const numbers = [...section('Screenshots').matchAll(/^(\d+)\. \S/gm)].map(([, n]) => Number(n));
    assert.deepEqual(numbers, numbers.map((_, index) => index + 1));
    assert.ok(numbers.length > 0);
  });
});
