/** Prints figures, and counts those that are over their budget. */

export class Report {
  passed = 0;
  failed = 0;

  /** @param {string} text */
  title(text) {
    console.log(`\n${text}`);
  }

  /** A figure without a budget. @param {string} what @param {string} figure */
  say(what, figure) {
    console.log(`  ${what.padEnd(46)}${figure}`);
  }

  /**
   * A figure with its budget.
   * @param {string} what
   * @param {string} figure
   * @param {boolean} fits
   * @param {string} budget
   */
  check(what, figure, fits, budget) {
    this.say(what, `${figure.padEnd(28)} ${budget}: ${fits ? 'ok' : 'OVER'}`);
    if (fits) this.passed += 1;
    else this.failed += 1;
  }

  close() {
    console.log(`\n${this.passed} passed, ${this.failed} failed`);
    process.exitCode = this.failed ? 1 : 0;
  }
}
