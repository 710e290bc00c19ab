/**
 * Where rows of one height stand in a box that scrolls, one of them opened further.
 *
 * A browser draws no more than some 17 million pixels: above `MOST` the ends of the space are as
 * the rows are, and its middle stands for more rows than it is high. A small movement there moves
 * the rows by just as much all the same; once it rests, the bar is put where the rows are.
 */
const MOST = 8_000_000;
const END = 2_000_000;
const REST_MS = 150;

export class Scroller {
  /** The height of a row, in pixels. */
  row = 46;
  /** where the sight begins, as if all rows were there */
  #top = 0;
  #last = 0;
  #count = 0;
  #open = -1;
  #extra = 0;
  #resting = 0;
  /** The height of the sight, as far as it was measured; reading it in between costs a layout. */
  room = 0;

  /** @param {HTMLElement} box that scrolls @param {HTMLElement} space in it, as high as the rows */
  constructor(box, space) {
    this.box = box;
    this.space = space;
  }

  /** The further height of the open row. */
  get extra() { return this.#extra; }

  get #whole() { return this.#count * this.row + this.#extra; }
  get #drawn() { return Math.min(this.#whole, MOST); }

  /** How many rows fit in sight. */
  get fits() { return Math.floor(this.room / this.row); }

  /** The first row in sight. */
  get first() { return this.#at(this.#top); }

  /** @param {number} index of the open row, -1 for none @param {number} extra its further height */
  open(index, extra) {
    this.#open = extra ? index : -1;
    this.#extra = extra;
  }

  /** @param {number} count of all rows */
  resize(count) {
    this.#count = count;
    this.space.style.blockSize = `${this.#drawn}px`;
    this.#top = this.#clamp(this.#top);
  }

  /** The box was scrolled. */
  scrolled() {
    const { scrollTop } = this.box;
    const by = scrollTop - this.#last;
    this.#last = scrollTop;
    const near = Math.abs(by) < 2 * this.room && this.#whole > MOST;
    this.#top = this.#clamp(near ? this.#top + by : this.#seen(scrollTop));
    clearTimeout(this.#resting);
    if (this.#whole > MOST) this.#resting = Number(setTimeout(() => this.to(this.#top), REST_MS));
  }

  /** @param {number} top */
  to(top) {
    this.#top = this.#clamp(top);
    const at = Math.round(this.#bar(this.#top));
    // Where it already is, not even asking is free: it costs a layout.
    if (Math.abs(at - this.#last) > 1) {
      this.box.scrollTop = at;
      this.#last = this.box.scrollTop;
    }
    if (this.#whole <= MOST) return;
    for (const node of this.space.children) this.#move(/** @type {HTMLElement} */ (node));
  }

  /** Rows came in above. @param {number} rows */
  shift(rows) { if (this.#top > 0) this.#top += rows * this.row; }

  /**
   * Brings a row into sight, and what is open below it.
   * @param {number} index @param {number} more
   */
  reveal(index, more) {
    const start = this.#start(index);
    const room = this.room;
    const end = Math.min(start + room, start + this.row + more);
    if (start < this.#top) this.to(start);
    else if (end > this.#top + room) this.to(end - room);
  }

  /** The rows to paint, the end excluded. @param {number} count @param {number} beyond */
  range(count, beyond) {
    const end = this.#at(this.#top + this.room) + 1 + beyond;
    return [Math.max(0, this.first - beyond), Math.min(count, end)];
  }

  /** @param {HTMLElement} node @param {number} index */
  place(node, index) {
    node.dataset.start = String(this.#start(index));
    this.#move(node);
  }

  /** @param {HTMLElement} node */
  #move(node) {
    const start = Number(node.dataset.start);
    const at = this.#whole > MOST ? start - this.#top + this.#last : start;
    const moved = `translateY(${at}px)`;
    if (node.style.transform !== moved) node.style.transform = moved;
  }

  /** @param {number} index */
  #start(index) {
    return index * this.row + (this.#open >= 0 && index > this.#open ? this.#extra : 0);
  }

  /** @param {number} y */
  #at(y) {
    const below = (this.#open + 1) * this.row;
    if (this.#open < 0 || y < below) return Math.floor(y / this.row);
    return y < below + this.#extra ? this.#open : Math.floor((y - this.#extra) / this.row);
  }

  /** @param {number} top */
  #clamp(top) { return Math.max(0, Math.min(top, this.#whole - this.room)); }

  /** What is seen where the bar is. @param {number} at */
  #seen(at) {
    const [whole, drawn] = [this.#whole, this.#drawn];
    if (at <= END || whole === drawn) return at;
    if (at >= drawn - END) return whole - (drawn - at);
    return END + (at - END) * (whole - 2 * END) / (drawn - 2 * END);
  }

  /** Where the bar is for what is seen. @param {number} top */
  #bar(top) {
    const [whole, drawn] = [this.#whole, this.#drawn];
    if (top <= END || whole === drawn) return top;
    if (top >= whole - END) return drawn - (whole - top);
    return END + (top - END) * (drawn - 2 * END) / (whole - 2 * END);
  }
}
