package waybill.storage.sql;

import java.util.Optional;
import waybill.link.LinkQueries;
import waybill.link.TrackingLink;

/// The public links to orders, as committed.
public final class SqlLinkQueries implements LinkQueries {

    private final ReadConnections connections;

    public SqlLinkQueries(ReadConnections connections) {
        this.connections = connections;
    }

    @Override
    public Optional<TrackingLink> findLink(String tokenHash) {
        return connections.read(connection -> {
            try (var query = connection.prepare(LinkTable.SELECT + "WHERE token_hash = ?")) {
                return DirectoryRows.findByName(query, tokenHash, LinkTable::link);
            }
        });
    }
}
