package waybill.hub.presence;

import java.util.List;
import waybill.access.UserId;

/// How many sockets each user has, on all nodes together. A port.
public interface UserSockets {

    /// Counts one more; false when the user has `max` already. A `max` of 0 is no limit.
    boolean add(UserId user, int max);

    void remove(UserId user);

    int count(UserId user);

    /// How many users have a socket.
    int users();

    /// The ids of at most `max` of them. Two users of different roles may have the same.
    List<String> userIds(int max);
}
