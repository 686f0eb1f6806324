/// Clients that are not ours meet the hub at its own port, directly and through reverse proxies.
///
/// Every client does the same exchange (`src/test/js/exchange.js`): a store and a driver on `/caps` send each other
/// orders
/// from a few bytes to just below the limit. A client or proxy that is not installed is skipped with a line that says
/// so;
/// with `WAYBILL_CLIENTS=required` in the environment, as in continuous integration, its absence fails the test.
@NullMarked
package waybill.cli.clients;

import org.jspecify.annotations.NullMarked;
