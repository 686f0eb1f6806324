package waybill.storage.sql;

import java.sql.SQLException;
import java.util.Collection;
import waybill.access.UserId;

/// The users and the stores that a batch may send messages to. Collected only when the first is asked for: most hubs
/// send
/// none.
public interface Contacts {

    Collection<UserId> users() throws SQLException;

    Collection<String> stores() throws SQLException;
}
