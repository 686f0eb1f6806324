package waybill.server.identity;

/// The data of a socket that has no token, because a middleware before [SocketAuthenticator] has admitted it by other
/// credentials. The authenticator and the handlers of the namespace leave it alone.
public interface AdmittedWithoutToken {}
