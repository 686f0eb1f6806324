package waybill.messaging;

import java.util.List;

/// Reads the checkpoints of users' clients. A port: `storage` implements it.
///
/// `StoreContract` tests what every implementation must do.
public interface ClientCheckpoints {

    /// The checkpoints of a user, one for each dialect, by dialect: those of all nodes, merged.
    List<ClientCheckpoint> listCheckpoints(String user);
}
