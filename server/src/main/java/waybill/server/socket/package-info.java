/// What all namespaces share: admission, rate limits, acknowledgements, errors and the log lines of sockets. Knows no
/// dialect's events.
@NullMarked
package waybill.server.socket;

import org.jspecify.annotations.NullMarked;
