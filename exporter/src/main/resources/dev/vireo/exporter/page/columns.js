/** The columns of the table: what each shows, how it sorts, and what unavailable means in it. */
import { percentOf } from './denominator.js';

export const RATES = ['cpu', 'user', 'system', 'delay'];
export const RATE_NAMES = { cpu: 'CPU', user: 'User', system: 'System', delay: 'Steal' };

export const COLUMNS = [
  { id: 'name', label: 'Domain', direction: 1 },
  { id: 'state', label: 'State', direction: 1 },
  { id: 'cpu', label: 'CPU %', direction: -1, rate: true },
  { id: 'user', label: 'User %', direction: -1, rate: true },
  { id: 'system', label: 'Sys %', direction: -1, rate: true },
  { id: 'delay', label: 'Steal %', direction: -1, rate: true },
  { id: 'vcpuCount', label: 'vCPUs', direction: -1 },
];

const collator = new Intl.Collator('en', { numeric: true });

function sortKey(column, domain, frame, of) {
  return column.rate ? percentOf(domain[column.id], domain, frame, of) : domain[column.id];
}

/** Sorts domains; what is unknown comes last, whichever way, and equals by name. */
export function sorted(domains, columnId, direction, frame, of) {
  const column = COLUMNS.find((each) => each.id === columnId);
  const keyed = domains.map((domain) => ({ domain, key: sortKey(column, domain, frame, of) }));
  keyed.sort((one, other) => compare(one.key, other.key, direction)
      || collator.compare(one.domain.name, other.domain.name) || (one.domain.key < other.domain.key ? -1 : 1));
  return keyed.map((each) => each.domain);
}

function compare(one, other, direction) {
  if (one === null || other === null) {
    return (one === null) - (other === null);
  }
  return direction * (typeof one === 'string' ? collator.compare(one, other) : one - other);
}

export function matches(domain, text) {
  const wanted = text.trim().toLowerCase();
  return wanted === '' || domain.lowerName.includes(wanted) || domain.uuid.startsWith(wanted) || String(domain.id) === wanted;
}
