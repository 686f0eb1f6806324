package waybill.link;

import java.util.Optional;

/// Reads the committed links. A port: `storage` implements it.
@FunctionalInterface
public interface LinkQueries {

    /// The link of a token, expired perhaps.
    Optional<TrackingLink> findLink(String tokenHash);
}
