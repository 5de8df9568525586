/**
 * The event stream. The browser reconnects by itself where the connection breaks; where it gives up, since the exporter
 * answered but did not let it in, it is tried again here.
 */
import { addressOf } from './address.js';

const FIRST_WAIT = 2000;
const LONGEST_WAIT = 15000;

export function follow(listener) {
  let wait = FIRST_WAIT;

  function connect() {
    const source = new EventSource(addressOf('api/v1/events'));
    source.addEventListener('open', () => {
      wait = FIRST_WAIT;
      listener.connected();
    });
    source.addEventListener('frame', (event) => listener.frame(JSON.parse(event.data)));
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED) {
        listener.lost('The exporter does not let this page in: it has too many viewers, or wants a password.');
        setTimeout(connect, wait);
        wait = Math.min(wait * 2, LONGEST_WAIT);
      } else {
        listener.lost('The connection to the exporter is lost.');
      }
    });
  }
  connect();
}
