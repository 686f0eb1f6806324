package waybill.socketio.adapter;

import java.util.LinkedHashSet;
import java.util.Set;

/// The receivers of a broadcast: the members of any of `rooms`, or all sockets where none is named, without the
/// members of any of `except`. A socket's id is the name of a room of its own.
public record Target(Set<String> rooms, Set<String> except) {

    public static final Target ALL = new Target(Set.of(), Set.of());

    public Target {
        rooms = Set.copyOf(rooms);
        except = Set.copyOf(except);
    }

    public Target to(String... more) {
        return new Target(union(rooms, more), except);
    }

    public Target except(String... more) {
        return new Target(rooms, union(except, more));
    }

    private static Set<String> union(Set<String> names, String... more) {
        if (names.isEmpty() && more.length == 1) {
            return Set.of(more[0]);
        }
        var all = new LinkedHashSet<>(names);
        for (var name : more) {
            all.add(name);
        }
        return all;
    }
}
