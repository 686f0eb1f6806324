package waybill.messaging;

import java.util.List;

/// Reads how far the clients of users are. A port: the domain owns it, `storage` fills it in.
///
/// Implementations agree on what `StoreContract` says and on nothing else.
public interface ClientCheckpoints {

    /// Those of a user, one for each dialect, by dialect.
    List<ClientCheckpoint> listCheckpoints(String user);
}
