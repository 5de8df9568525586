/** Where the exporter answers. Nothing can be fetched relative to a page whose address has a password in it; `location` has none. */
export function addressOf(path) {
  return new URL(path, location.href);
}
