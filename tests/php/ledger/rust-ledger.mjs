/** The Rust engine's answers to random histories, and what they have reached. */
import { readFileSync } from 'node:fs';
import * as glue from '#engine-module';
import { at } from '../../../pkg/build/paths.mjs';
import { Maker } from './histories.mjs';
import { DAY, instant } from './history-parts.mjs';
import { settingsOf } from './history-settings.mjs';

glue.initSync({ module: readFileSync(at('target/glue/engine/engine_bg.wasm')) });

/** @typedef {import('./histories.mjs').Json} Json */
/** @typedef {Json & {now: string}} Step what is asked, and when */
/** @typedef {{settings: Json, steps: Step[], answers: string[], reached: Set<string>}} History */

const STEPS = 200;

/** @param {() => any} call @param {Set<string>} reached @returns {any} */
function answered(call, reached) {
  try {
    return call() ?? null;
  } catch (thrown) {
    const { name, code, field } = /** @type {any} */ (thrown);
    if (name !== 'NivellaError') throw thrown;
    reached.add(code);
    return { code, field: field ?? null };
  }
}

/** @param {any} engine @param {string} account @param {string} now */
function statementOf(engine, account, now) {
  let text = '';
  engine.begin_statement(account, now);
  for (let piece; (piece = engine.next_statement(500)) !== undefined;) text += piece;
  return text;
}

/** @param {Maker} maker @param {any} answer @param {Set<string>} reached @param {Json} step */
function note(maker, answer, reached, step) {
  const { balance, hold, entries = [], items = [] } = answer ?? {};
  if (hold && !answer.replayed) {
    maker.holds = Number(hold.id);
    maker.open.push(hold.id);
    maker.marks.push(Date.parse(hold.lapses_at));
  }
  for (const { expires_at } of balance?.pools ?? []) {
    if (expires_at) maker.marks.push(Date.parse(expires_at));
  }
  if (balance?.plan) maker.marks.push(Date.parse(balance.plan.cycle_ends_at));
  maker.marks = [...new Set(maker.marks)].filter((mark) => mark > maker.now).slice(-20);
  if (answer?.booked && step.do?.hold) {
    maker.open = maker.open.filter((id) => id !== step.do.hold);
  }
  if (answer?.booked && step.do?.op === 'grant' && step.do.order_item) {
    maker.items.push(step.do.order_item);
  }
  const all = [...entries, ...items.flatMap((/** @type {Json} */ item) => item.entries)];
  if (answer?.booked && step.do?.request_id) maker.sent.push(step.do);
  for (const item of answer?.booked ? (step.do?.items ?? []) : []) {
    maker.sent.push({ op: 'use', ...item });
  }
  if (answer?.booked === false) reached.add(answer.reason);
  if (answer?.replayed) reached.add('replayed');
  if (balance && balance.debt !== '0') reached.add('debt');
  if (balance?.unlimited_until) reached.add('unlimited until');
  const kinds = entries.map((/** @type {Json} */ { kind }) => kind);
  const evened = kinds.filter((/** @type {string} */ kind) => kind === 'reinstatement');
  if (evened.length > 1) reached.add('several items evened out');
  for (const entry of all) {
    reached.add(entry.kind);
    if (entry.waived) reached.add('waived');
    if (entry.debt?.startsWith('-')) reached.add('repaid');
    if (entry.draws?.length > 2) reached.add('several draws');
    if (entry.kind === 'expiry' && entry.hold) reached.add('expiry of what was held');
    for (const name of ['forgiven', 'spared']) if (entry.movement?.[name]) reached.add(name);
    const back = (entry.draws ?? []).filter((/** @type {Json} */ draw) => draw.from === 'consumed');
    if (back.length) reached.add('given back to lenders');
    const lenders = new Set(back.map((/** @type {Json} */ draw) => draw.grant));
    if (lenders.size < back.length) reached.add('who lent twice gets both back');
    if (entry.grant && entry.kind === 'reinstatement') reached.add('fresh credits');
  }
}

/**
 * The history of this seed, with the Rust engine's answers as JSON.
 *
 * @param {number} seed
 * @returns {History}
 */
export function historyOf(seed) {
  const settings = JSON.parse(JSON.stringify(settingsOf(seed)));
  const maker = new Maker(seed);
  const engine = /** @type {any} */ (glue.Engine.open(settings));
  /** @type {History} */
  const history = { settings, steps: [], answers: [], reached: new Set() };
  /** @param {Json} asked */
  const take = (asked) => {
    const step = JSON.parse(JSON.stringify({ now: instant(maker.now), ...asked }));
    const { now } = step;
    const answer = answered(() => {
      if (step.do) return engine.apply(step.do, now);
      if (step.quote) return engine.quote(step.quote, now);
      if (step.thresholds) return engine.set_thresholds(step.thresholds, now);
      return step.statement ? statementOf(engine, step.statement, now) : engine.balance(now);
    }, history.reached);
    note(maker, answer, history.reached, step);
    history.steps.push(step);
    history.answers.push(JSON.stringify(answer));
  };
  for (let n = 0; n < STEPS; n += 1) {
    maker.pass();
    take(maker.ask());
  }
  take({ statement: 'account 7' });
  maker.now += 400 * DAY;
  take({ balance: true });
  engine.free();
  return history;
}
