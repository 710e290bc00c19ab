/** Draws the pictures of the README from the running demo: `node tests/browser/picture.mjs`. */
import { at } from '../../pkg/build/paths.mjs';
import { launch, openPage, startDemo } from './harness.mjs';

const demo = await startDemo();
const browser = await launch();
const { page } = await openPage(browser, { viewport: { width: 1440, height: 820 } });
await page.goto(demo.origin);
const pill = page.getByRole('button', { name: /^2,341 Credits/ });
await pill.waitFor();
await pill.click();
await page.getByRole('button', { name: 'Add credit' }).click();
await page.getByRole('radio').nth(1).check();
await page.getByText('7,341').first().waitFor();
await page.evaluate(() => scrollTo(0, 0));
// The dialog lies over the page: both are in the picture.
await page.screenshot({ path: at('www/demo/picture.png'), animations: 'disabled' });

await page.setViewportSize({ width: 1280, height: 1010 });
await page.goto(`${demo.origin}/usage.html`);
await page.locator('nivella-usage-dashboard').getByText('Highest:').waitFor();
await page.screenshot({ path: at('www/demo/usage.png'), animations: 'disabled' });
await browser.close();
await demo.stop();
