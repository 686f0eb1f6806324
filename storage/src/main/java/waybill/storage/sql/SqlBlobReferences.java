package waybill.storage.sql;

import java.sql.ResultSet;
import waybill.blob.BlobId;
import waybill.blob.BlobReferences;

/// Which uploaded files are needed, as committed.
public final class SqlBlobReferences implements BlobReferences {

    private final ReadConnections connections;

    public SqlBlobReferences(ReadConnections connections) {
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
