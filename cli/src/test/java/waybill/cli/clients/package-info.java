/// Third-party clients connect to the hub directly and through reverse proxies.
///
/// Every client runs the same exchange (`src/test/js/exchange.js`): a store and a driver on `/caps` send each other
/// orders from a few bytes to just below the limit. A missing client or proxy is skipped with a message; with
/// `WAYBILL_CLIENTS=required` in the environment, as in continuous integration, it fails the test.
@NullMarked
package waybill.cli.clients;

import org.jspecify.annotations.NullMarked;
