package waybill.server.caps;

import java.util.ArrayDeque;
import java.util.Optional;
import waybill.limit.RecentKeys;

/// The budgets that disconnected sockets without a token leave behind, by address, so that a reconnect renews none.
/// As many clients of one address as are connected at a time have budgets of their own. Thread-safe.
final class StrangerBudgets {

    /// Addresses in memory; of another one, the budgets are new.
    static final int ADDRESSES_MAX = 10_000;

    /// Budgets of one address. Beyond that the oldest is dropped, which has refilled the most.
    static final int BUDGETS_MAX = 100;

    private final RecentKeys<String, ArrayDeque<EventBudgets>> left = new RecentKeys<>(ADDRESSES_MAX);

    /// What the socket that disconnected first has left; empty if none has used any.
    synchronized Optional<EventBudgets> take(String address) {
        return Optional.ofNullable(ofAddress(address).pollFirst());
    }

    synchronized void giveBack(String address, EventBudgets budgets, long nowMs) {
        if (budgets.isFull(nowMs)) {
            return;
        }
        var others = ofAddress(address);
        if (others.size() == BUDGETS_MAX) {
            others.removeFirst();
        }
        others.addLast(budgets);
        left.put(address, others);
    }

    private ArrayDeque<EventBudgets> ofAddress(String address) {
        return left.getOrDefault(address, new ArrayDeque<>(1));
    }
}
