/**
 * uPlot writes numbers in the browser's language, and is not there at all where that is none: WebKitGTK says `C` where the
 * locale is C.UTF-8. This runs before it.
 */
try {
  new Intl.NumberFormat(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en', configurable: true });
}
