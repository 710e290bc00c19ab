/** One long work at a time, with its progress and a cancel that works. */

/**
 * @callback Task
 * @param {string} title
 * @param {(progress: (done: number) => void, signal: AbortSignal) => Promise<void>} work
 * @param {AbortSignal} [outer] of whoever asked, who may cancel it too
 * @returns {Promise<void>}
 */

/** @param {import('./dashboard-parts.js').Parts} parts @returns {Task} */
export function taskOf(parts) {
  const task = parts.at('task');
  const progress = /** @type {HTMLProgressElement} */ (task.querySelector('progress'));
  /** @type {AbortController | undefined} */
  let running;
  parts.on('task-stop', 'click', () => running?.abort());
  return async (title, work, outer) => {
    running?.abort();
    const mine = running = new AbortController();
    const { signal } = mine;
    const stop = () => mine.abort(outer?.reason);
    outer?.addEventListener('abort', stop, { signal });
    progress.removeAttribute('value');
    progress.ariaLabel = title;
    parts.put('task-title', title);
    task.hidden = false;
    try {
      outer?.throwIfAborted();
      await work((done) => { if (mine === running) progress.value = done; }, signal);
      signal.throwIfAborted();
    } finally {
      outer?.removeEventListener('abort', stop);
      if (mine === running) task.hidden = true;
    }
  };
}
