package waybill.hub.presence;

import waybill.messaging.InMemoryQueueSubscriptions;
import waybill.messaging.QueueSubscriptions;

class InMemoryQueueSubscriptionsContractTest implements QueueSubscriptionsContract {

    private final QueueSubscriptions subscriptions = new InMemoryQueueSubscriptions(2);

    @Override
    public QueueSubscriptions here() {
        return subscriptions;
    }

    @Override
    public QueueSubscriptions there() {
        return subscriptions;
    }

    @Override
    public void settle() {
        // both nodes have the same
    }
}
