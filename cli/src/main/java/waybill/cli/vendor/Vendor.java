package waybill.cli.vendor;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.json.JSONObject;
import waybill.cli.caps.Answer;
import waybill.cli.caps.App;
import waybill.cli.caps.Later;
import waybill.cli.caps.Line;
import waybill.cli.caps.News;
import waybill.cli.caps.Outbox;
import waybill.cli.caps.Parcel;
import waybill.cli.caps.Recent;
import waybill.cli.caps.Requests;

/// A store. Its orders are said until the hub has them, and each delivery is told once, however often the hub repeats
/// it.
public final class Vendor implements App {

    /// Orders that the hub has not answered for. When so many are waiting, no more are placed.
    static final int UNANSWERED_MAX = 1_000;

    /// Deliveries remembered, so that repeats are known. The hub repeats only what was not received, so far fewer
    /// matter.
    static final int REMEMBERED_MAX = 10_000;

    private static final List<String> QUEUES = List.of("in-transit", "delivered");

    private final String store;
    private final Consumer<News> tell;
    private final Requests requests;
    private final Outbox outbox;
    private final Recent told = new Recent(REMEMBERED_MAX);
    private final Set<String> unconfirmed = new HashSet<>();
    private Runnable confirmed = () -> {};
    private boolean isHeld;

    public Vendor(String store, Line line, Later later, Consumer<News> tell) {
        this.store = store;
        this.tell = tell;
        requests = new Requests(line, later, tell);
        outbox = new Outbox(line, later, UNANSWERED_MAX);
    }

    /// Places an order.
    ///
    /// @return whether there was room for it
    public boolean place(Order order) {
        var parcel = new Parcel(store, order.id(), order.payload(store));
        if (!outbox.offer(parcel.id(), "pickup", parcel.message(), answer -> placed(parcel, answer))) {
            hold();
            return false;
        }
        isHeld = false;
        return true;
    }

    @Override
    public void connected() {
        requests.connected();
        requests.say("join", new JSONObject().put("clientId", store));
        for (var queue : QUEUES) {
            requests.say("subscribe", new JSONObject().put("clientId", store).put("event", queue));
            requests.say("getAll", new JSONObject().put("clientId", store).put("event", queue));
        }
        outbox.connected();
    }

    @Override
    public void disconnected() {
        requests.disconnected();
        outbox.disconnected();
    }

    @Override
    public void heard(String event, JSONObject message) {
        var parcel = Parcel.of(message).filter(heard -> heard.store().equals(store));
        switch (event) {
            case "in-transit" -> parcel.ifPresent(heard -> hear(event, heard, new News.OnItsWay(heard)));
            case "delivered" -> parcel.ifPresent(heard -> hear(event, heard, new News.Arrived(heard)));
            default -> {} // pickups are for drivers
        }
    }

    private void hear(String event, Parcel parcel, News news) {
        if (told.add(event + '/' + parcel.id())) {
            tell.accept(news);
        }
        var key = event + '/' + parcel.id();
        unconfirmed.add(key);
        requests.say("received", parcel.receipt(event), () -> {
            unconfirmed.remove(key);
            confirmed.run();
        });
    }

    /// Whether the hub knows of all messages that they have been received. While it does not it sends them again, to
    /// the
    /// next vendor of the store as well.
    public boolean isConfirmed() {
        return unconfirmed.isEmpty();
    }

    /// Runs `task` whenever the hub has answered for one more message that was received.
    public void onConfirmed(Runnable task) {
        confirmed = task;
    }

    private void hold() {
        if (!isHeld) {
            isHeld = true;
            tell.accept(new News.Held(UNANSWERED_MAX));
        }
    }

    private void placed(Parcel parcel, Answer answer) {
        if (requests.isForbidden() && answer instanceof Answer.Refused) {
            return;
        }
        tell.accept(
                switch (answer) {
                    case Answer.Done _ -> new News.Placed(parcel);
                    case Answer.Refused(var code, var message, var _) -> new News.NotPlaced(parcel, code, message);
                });
    }
}
