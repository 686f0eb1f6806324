package waybill.storage.sqlite;

import java.sql.ResultSet;
import waybill.blob.BlobId;
import waybill.blob.BlobReferences;
import waybill.storage.sql.BlobTable;

/// Which uploaded files are needed, as committed.
public final class SqliteBlobReferences implements BlobReferences {

    private final ReadConnectionPool connections;

    public SqliteBlobReferences(ReadConnectionPool connections) {
        this.connections = connections;
    }

    @Override
    public boolean isReferenced(BlobId id) {
        return connections.query(BlobTable.IS_REFERENCED, query -> {
            query.setString(1, id.toString());
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        });
    }
}
