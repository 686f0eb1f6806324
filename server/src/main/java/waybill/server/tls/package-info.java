/// The certificate of the hub's own port, for a hub without a proxy that terminates TLS.
///
/// Start at [waybill.server.tls.TlsCertificate]. Knows files and Vert.x, and nothing of requests.
@NullMarked
package waybill.server.tls;

import org.jspecify.annotations.NullMarked;
