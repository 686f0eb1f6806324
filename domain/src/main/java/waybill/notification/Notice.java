package waybill.notification;

import java.util.EnumSet;
import java.util.Set;
import waybill.access.Role;
import waybill.outbound.Channel;

/// What one receiver is told of an event.
///
/// @param role the role in which it is told, which selects the words
/// @param isOwn whether the receiver has done it itself
public record Notice(Trigger trigger, Role role, Target target, boolean isOwn) {

    Notice(Trigger trigger, Role role, Target target) {
        this(trigger, role, target, false);
    }

    /// How it is told. What a user has done itself is confirmed by e-mail, and not pushed.
    public Set<Channel> channels() {
        var channels = TriggerTable.channels(trigger, role);
        if (!isOwn || !channels.contains(Channel.PUSH)) {
            return channels;
        }
        var others = EnumSet.copyOf(channels);
        others.remove(Channel.PUSH);
        return others;
    }
}
