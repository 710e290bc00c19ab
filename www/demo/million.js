/**
 * The export of an account that is busier than this browser's: made up on the way, row by row, in
 * the form of our own CSV, newest first.
 */

/** @typedef {import('/pkg/nivella-credits.js').Zone} Zone */
/**
 * @typedef {object} Wanted
 * @property {number} rows
 * @property {number} after the sequence number before the oldest
 * @property {number} now
 * @property {Zone} zone
 */

export const MANY = 1_000_000;
const DAY = 86_400_000;
const SPAN = 730 * DAY;
/** A chunk is a few milliseconds of work. */
const SLICE = 2000;
const HEADER =
  'seq,occurred_at,booked_at,kind,type,agent,feature,model,site,company,credits,amount,waived,' +
  'messages,call_seconds,images,rate_version,reason,details\r\n';

/** type, agent, feature, model, tenths of a credit at least and on top */
const WORK = /** @type {const} */ ([
  ['message', 'chat', 'chat_reply', 'swift', 11, 4],
  ['message', 'chat', 'chat_reply', 'swift', 11, 4],
  ['message', 'chat', 'chat_reply', 'swift', 11, 4],
  ['message', 'chat', 'knowledge_answer', 'deep', 17, 6],
  ['message', 'chat', 'knowledge_answer', 'deep', 17, 6],
  ['message', 'chat', 'store', 'swift', 13, 3],
  ['call', 'voice_inbound', 'voice', 'realtime', 80, 5],
  ['call', 'voice_outbound', 'voice', 'realtime', 80, 3],
  ['call', 'voice_web', 'voice', 'realtime', 80, 2],
  ['use', 'auto_trigger', 'workflow', '', 20, 1],
  ['use', 'nox', 'summary', 'swift', 30, 1],
  ['use', 'nox', 'reply_suggestion', 'swift', 5, 1],
  ['image', 'nox', 'image', 'studio', 120, 1],
]);
const SITES = /** @type {const} */ ([
  ['demo', 'Halden Furniture'],
  ['demo', 'Halden Furniture'],
  ['northlight', 'Northlight Dental'],
  ['ferrow', 'Ferrow Motors'],
]);
const TOPICS = ['Delivery date', 'Appointment', 'Service booking', '"Oiled oak", care', 'Warranty'];
const TWO = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));

/** Repeatable. @param {number} seq @param {number} salt */
function diced(seq, salt) {
  const hash = Math.imul(seq ^ (salt * 0x9e3779b9), 0x85ebca6b);
  return Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) >>> 8;
}

/** @param {number} tenths */
const credits = (tenths) => {
  const rest = tenths % 10;
  return rest === 0 ? String(tenths / 10) : `${(tenths - rest) / 10}.${rest}`;
};

/** The zone's offset changes seldom: the day's text is made once. @param {Zone} zone */
function clockOf({ base_offset_s, transitions }) {
  const changes = transitions.map(({ at, offset_s }) => ({ at: Date.parse(at), offset_s }));
  let [day, date, offset, suffix] = [NaN, '', NaN, ''];
  return (/** @type {number} */ ms) => {
    const found = changes.findLast(({ at }) => at <= ms)?.offset_s ?? base_offset_s;
    if (found !== offset) {
      offset = found;
      const minutes = Math.abs(Math.round(offset / 60));
      const hours = TWO[Math.floor(minutes / 60)];
      suffix = `${offset < 0 ? '-' : '+'}${hours}:${TWO[minutes % 60]}`;
    }
    const wall = Math.floor(ms / 1000) + offset;
    const today = Math.floor(wall / 86_400);
    if (today !== day) {
      day = today;
      date = new Date(day * DAY).toISOString().slice(0, 11);
    }
    const s = wall - day * 86_400;
    const minutes = `${TWO[Math.floor(s / 3600)]}:${TWO[Math.floor(s / 60) % 60]}`;
    return `${date}${minutes}:${TWO[s % 60]}${suffix}`;
  };
}

/** @param {number} seq @param {string} at */
function line(seq, at) {
  const [type, agent, feature, model, least, more] =
    WORK[diced(seq, 1) % WORK.length] ?? WORK[0];
  const [site, company] = SITES[diced(seq, 2) % SITES.length] ?? SITES[0];
  const isCall = type === 'call';
  const failed = diced(seq, 3) % 80 === 0;
  const extra = diced(seq, 4) % more;
  const cost = failed ? '0' : credits(isCall ? least * (1 + extra) : least + extra);
  const seconds = isCall && !failed ? extra * 60 + 5 + (diced(seq, 5) % 55) : 0;
  const details = `Conversation ${seq}: ${TOPICS[diced(seq, 6) % TOPICS.length]}`;
  const quoted = details.includes(',') ? `"${details.replaceAll('"', '""')}"` : details;
  const count = (/** @type {string} */ unit) => (type === unit && !failed ? 1 : 0);
  return (
    `${seq},${at},${at},use,${type},${agent},${feature},${model},${site},${company},` +
    `${cost},${cost === '0' ? '0' : `-${cost}`},0,${count('message')},${seconds},` +
    `${count('image')},2,${failed ? 'no_reply' : ''},${quoted}\r\n`
  );
}

/** @param {Wanted} wanted @returns {ReadableStream<Uint8Array>} */
export function manyRows({ rows, after, now, zone }) {
  const encoder = new TextEncoder();
  const momentOf = clockOf(zone);
  let left = rows;
  return new ReadableStream(
    {
      start: (controller) => controller.enqueue(encoder.encode(HEADER)),
      pull(controller) {
        let text = '';
        for (const end = Math.max(0, left - SLICE); left > end; left -= 1) {
          text += line(after + left, momentOf(now - ((rows - left + 1) * SPAN) / rows));
        }
        if (text) controller.enqueue(encoder.encode(text));
        if (left === 0) controller.close();
      },
    },
    { highWaterMark: 2 },
  );
}
