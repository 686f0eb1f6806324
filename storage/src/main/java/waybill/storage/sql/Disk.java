package waybill.storage.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/// What the database files lie on: this machine's disk, or that of a simulation, which fails when it is to.
public interface Disk {

    /// Opens a connection to a file.
    Connection connect(DataSource source) throws SQLException;

    /// Brings the tables of a file up to date by `migration`.
    void migrate(Path file, Runnable migration);

    static Disk ofMachine() {
        return new Disk() {
            @Override
            public Connection connect(DataSource source) throws SQLException {
                return source.getConnection();
            }

            @Override
            public void migrate(Path file, Runnable migration) {
                migration.run();
            }
        };
    }
}
