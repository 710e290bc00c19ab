/** A site's own accent: its softer shades are mixed from it, and its text is the better of two. */

/** @param {HTMLElement} host */
export function takeAccent(host) {
  const page = getComputedStyle(host.parentElement ?? document.documentElement);
  const own = page.getPropertyValue('--nivella-accent').trim();
  host.toggleAttribute('data-accent', false);
  if (!own) return;
  host.dataset.accent = 'own';
  const probe = document.createElement('i');
  probe.style.color = own;
  probe.hidden = true;
  host.append(probe);
  const channels = getComputedStyle(probe).color.match(/[\d.]+/g) ?? [];
  const [red = 0, green = 0, blue = 0] = channels.map(Number);
  probe.remove();
  const [r, g, b] = [red, green, blue].map(linear);
  const light = 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
  // White reads better up to this luminance, ink above it (WCAG 2.2, contrast ratio).
  host.style.setProperty('--nivella-on-accent-auto', light < 0.26 ? '#ffffff' : '#14201d');
}

/** @param {number} channel 0 to 255 */
function linear(channel) {
  const part = channel / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}
