/**
 * The usage dashboard with sample data, as it is shipped: `?state=over&theme=dark&lang=ar`.
 * Bundled by dashboard-stand.mjs.
 */
import { UsageDashboard } from '../../www/shim/elements/dashboard.js';
import { sampleSource } from './dashboard-source.js';

const query = new URLSearchParams(location.search);
const lang = query.get('lang') ?? 'en';
const theme = query.get('theme') ?? 'light';
document.documentElement.lang = lang;
document.documentElement.dir = lang === 'ar' ? 'rtl' : 'ltr';
document.documentElement.dataset.theme = theme;
customElements.define('nivella-usage-dashboard', UsageDashboard);
const dashboard = new UsageDashboard();
dashboard.setAttribute('theme', theme);
const signIn = query.get('sign-in');
if (signIn !== null) dashboard.setAttribute('sign-in-url', signIn);
dashboard.source = sampleSource(query.get('state') ?? 'ready');
/** @type {HTMLElement} */ (document.querySelector('main')).append(dashboard);
