/** The check of a statement: a file that is dropped or chosen, or the live one. */

/** @typedef {import('./dashboard-view.js').Verdict} Verdict */

/** @param {import('./dashboard-board.js').Ui} ui @returns {import('./dashboard-board.js').Paint} */
export function verifyPart({ parts, texts, source, host, signal }) {
  const card = parts.at('verify');
  const drop = parts.at('verify-drop');
  const progress = /** @type {HTMLProgressElement} */ (parts.at('verify-progress'));
  /** @type {AbortController | undefined} */
  let running;

  /** @param {string} state @param {string | null} said @param {string | null} [more] */
  const show = (state, said, more = null) => {
    card.dataset.state = state;
    parts.at('verify-run').hidden = state !== 'running';
    parts.put('verify-said', said);
    parts.put('verify-more', more);
  };
  /** @param {File | null} file null for the live statement */
  const run = async (file) => {
    running?.abort();
    const mine = running = new AbortController();
    progress.removeAttribute('value');
    show('running', texts.t('usage.verify.running'), file && texts.apart(file.name));
    try {
      const move = (/** @type {number} */ done) => {
        if (mine === running) progress.value = done;
      };
      const verdict = await source().verify(file, move, mine.signal);
      if (mine === running && !mine.signal.aborted) tell(verdict);
    } catch (error) {
      if (mine !== running) return;
      const { code } = /** @type {{ code?: string }} */ (error);
      if (mine.signal.aborted) return show('rest', null);
      host.report(error);
      show('unread', texts.t('usage.verify.unread'),
        texts.locale.known(`usage.error.${code}`) ?? texts.t('usage.verify.unread.text'));
    }
  };
  /** @param {Verdict} verdict */
  const tell = ({ entries, differs }) => {
    if (!differs) {
      const count = { amount: String(entries) };
      return show('matches', texts.t('usage.verify.matches'), texts.t('usage.verify.all', count));
    }
    const { place, id, field, found, expected } = differs;
    const name = texts.locale.known(`usage.verify.field.${field}`) ?? field;
    show('differs', texts.t(`usage.verify.differs.${place}`, { entry: { text: id } }),
      texts.t('usage.verify.differs.text', {
        name: { text: name }, found: { text: found }, expected: { text: expected },
      }));
  };
  parts.on('verify-stop', 'click', () => {
    running?.abort();
    show('rest', null);
    parts.at('verify-live').focus();
  });
  parts.on('verify-live', 'click', () => run(null));
  parts.on('verify-file', 'change', () => {
    const [file] = parts.input('verify-file').files ?? [];
    parts.input('verify-file').value = '';
    if (file) run(file);
  });
  /** @param {DragEvent} event */
  const over = (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    drop.toggleAttribute('data-over', event.type === 'dragover');
    if (event.type !== 'drop') return;
    const [file] = event.dataTransfer.files;
    if (file) run(file);
  };
  card.addEventListener('dragover', over);
  card.addEventListener('drop', over);
  card.addEventListener('dragleave', () => drop.removeAttribute('data-over'));
  signal.addEventListener('abort', () => running?.abort());
  return () => {};
}
