/** Takes the pictures, one browser for all of them. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../../../pkg/build/paths.mjs';
import { launch } from '../../browser/harness.mjs';
import { buyer } from '../plugin/buyer.mjs';
import { LOOKS } from './looks.mjs';
import { SCENES } from './scenes.mjs';
import { takeReadme } from './readme.mjs';
import { prepare, state } from './state.mjs';

const FOLDER = at('target/pictures');
const PATIENCE_MS = 15_000;
/** How tall a window is that somebody holds or sits before. @param {number} width */
const tall = (width) => (width < 600 ? 844 : 900);

/** @param {string} name @param {string[]} words */
const wanted = (name, words) => words.length === 0 || words.some((word) => name.includes(word));

/** @param {import('playwright-core').Page} page @param {string} name @param {boolean} whole */
async function take(page, name, whole) {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(400);
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path, fullPage: whole, animations: 'disabled' });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  console.log(over > 0 ? `${name}: ${over} px beyond the window` : name);
}

/**
 * @param {string[]} scenes parts of names; all where there are none
 * @param {string[]} looks the same
 * @param {string} classic name of the theme without blocks; empty where there is none
 */
export async function fill(scenes, looks, classic) {
  mkdirSync(FOLDER, { recursive: true });
  const shop = await prepare();
  const browser = await launch();
  /** @type {Map<string, any>} cookies, by name */
  const sessions = new Map();
  if (scenes.includes('readme')) await takeReadme(browser, shop);
  for (const look of LOOKS) {
    if (!wanted(look.name, looks) || (look.theme === 'classic' && !classic)) continue;
    const theme = look.theme === 'block' ? 'twentytwentyfive' : classic;
    state('look', theme, look.dark ? 'Evening' : '', look.locale);
    for (const scene of SCENES) {
      if (!wanted(scene.name, scenes) || (look.width === 320 && !scene.crowded)) continue;
      const { who = '' } = scene;
      const person = await buyer(browser, {
        locale: look.locale || 'en-US',
        colorScheme: look.dark ? 'dark' : 'light',
        viewport: { width: look.width, height: tall(look.width) },
        ...(sessions.has(who) ? { storageState: sessions.get(who) } : {}),
      });
      person.page.setDefaultTimeout(PATIENCE_MS);
      try {
        if (who && !sessions.has(who)) {
          await person.signIn(who);
          sessions.set(who, await person.page.context().storageState());
        }
        await scene.first?.(person.page, shop);
        const quiet = person.page.goto(`${process.env.STORE}/${scene.path(shop)}`,
          { waitUntil: 'networkidle', timeout: PATIENCE_MS });
        await quiet.catch(() => {});
        await scene.then?.(person.page, shop);
      } catch (error) {
        console.log(`${look.name} ${scene.name}: ${String(error).split('\n')[0]}`);
      }
      await take(person.page, `${scene.name}--${look.name}`, !scene.window);
      await person.close();
    }
    if (wanted('mail', scenes) && look.theme === 'block' && !look.dark) {
      await letters(browser, look, String(shop.paid));
    }
  }
  await browser.close();
}

/** @param {import('playwright-core').Browser} browser @param {any} look @param {string} paid */
async function letters(browser, look, paid) {
  const context = await browser.newContext({ viewport: { width: look.width, height: 800 } });
  const page = await context.newPage();
  for (const [kind, html] of Object.entries(state('letters', paid))) {
    await page.setContent(String(html));
    await take(page, `mail-${kind}--${look.name}`, true);
  }
  await context.close();
}
