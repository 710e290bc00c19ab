/** What translators are given, and what the shipped languages say. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, test } from 'node:test';
import { po } from 'gettext-parser';
import { at } from '../../pkg/build/paths.mjs';
import { makeTemplate, shipped } from '../../pkg/build/translations.mjs';

const template = at('www/nivella-credits/languages/nivella-credits.pot');

test('the template has all texts (make texts renews it)', () => {
  assert.equal(readFileSync(template, 'utf8'), makeTemplate());
});

test('whoever translates is told what each placeholder stands for', () => {
  const texts = Object.values(po.parse(readFileSync(template)).translations);
  const untold = texts
    .flatMap((some) => Object.values(some))
    .filter(({ msgid, comments }) => /%(\d\$)?[sd]/.test(msgid) && !comments?.extracted);
  assert.deepEqual(untold.map(({ msgid }) => msgid), []);
});

/** What must stand in a text in every language. @param {string} text */
const placeholders = (text) =>
  (text.match(/%(?:\d+\$)?[sd]|\{\w+\}/g) ?? []).map((found) => found.replace(/\d+\$/, '')).sort();

describe('each language', () => {
  for (const file of shipped()) {
    const parsed = po.parse(readFileSync(file));
    const texts = Object.values(parsed.translations).flatMap((some) => Object.values(some));
    const own = texts.filter(({ msgid }) => msgid);

    test(`${basename(file)} has every text`, () => {
      const missing = own.filter(({ msgstr }) => msgstr.some((form) => !form));
      assert.deepEqual(missing.map(({ msgid }) => msgid), []);
    });

    test(`${basename(file)} keeps what is filled in`, () => {
      const wrong = own.filter(({ msgid, msgid_plural: many, msgstr }) => {
        const allowed = [msgid, many ?? msgid].map((text) => placeholders(text).join());
        // A form for exactly one or two may say so in words.
        return msgstr.some((form) => {
          const found = placeholders(form).join();
          return !allowed.includes(found) && !(many && found === '');
        });
      });
      assert.deepEqual(wrong.map(({ msgid, msgstr }) => [msgid, msgstr]), []);
    });
  }
});
