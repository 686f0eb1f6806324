package waybill.storage.sqlite;

import java.util.Optional;
import waybill.link.LinkQueries;
import waybill.link.TrackingLink;
import waybill.storage.sql.DirectoryRows;
import waybill.storage.sql.LinkTable;

/// The public links to orders, as committed.
public final class SqliteLinkQueries implements LinkQueries {

    private final ReadConnectionPool connections;

    public SqliteLinkQueries(ReadConnectionPool connections) {
        this.connections = connections;
    }

    @Override
    public Optional<TrackingLink> findLink(String tokenHash) {
        return connections.read(connection -> {
            try (var query = connection.prepareStatement(LinkTable.SELECT + "WHERE token_hash = ?")) {
                return DirectoryRows.findByName(query, tokenHash, LinkTable::link);
            }
        });
    }
}
